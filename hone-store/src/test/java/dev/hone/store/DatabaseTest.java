package dev.hone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private static final int NORMAL = 1;
    private static final int FULL = 2;

    private static int synchronous(Handle handle) {
        return handle.createQuery("PRAGMA synchronous").mapTo(Integer.class).one();
    }

    @Test
    void a_sync_commits_to_the_disk_and_the_commits_after_it_do_not_wait(@TempDir Path folder) {
        Database database = Database.open(folder.resolve("hone.db"));
        try (Handle writer = database.writer()) {
            assertThat(synchronous(writer)).isEqualTo(NORMAL);
            int[] within = {0};
            database.sync(writer, each -> within[0] = synchronous(each));
            assertThat(within).containsExactly(FULL);
            assertThat(synchronous(writer)).isEqualTo(NORMAL);
            assertThatThrownBy(() -> database.sync(writer, _ -> {
                        throw new IllegalStateException("not written");
                    }))
                    .hasMessage("not written");
            assertThat(synchronous(writer)).isEqualTo(NORMAL);
        }
    }
}
