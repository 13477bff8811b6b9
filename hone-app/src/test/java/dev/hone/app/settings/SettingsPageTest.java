package dev.hone.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.app.Golden;
import dev.hone.app.Rooms;
import dev.hone.app.wiring.Methods;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page of the settings is made of the list of keys.
class SettingsPageTest {
    private static final String HEAD = """
            # Settings

            Every value of a run, with its default, and that of a method where it is another. A settings file is YAML,
            schema `hone: 1`, with the dots as levels (`--settings study.yaml`); an option of the command wins over the
            file. A file or an option that is wrong is answered with everything that is wrong, at once. Generated:
            `./hone test -Dhone.golden=write` renews it.

            | Name | Default | Allowed | Meaning |
            |---|---|---|---|
            """;

    @Test
    void the_page_is_what_the_keys_say() {
        Golden.page(
                Rooms.home().resolve("docs/settings.md"),
                Methods.settings().schema().keys().stream()
                        .map(SettingsPageTest::row)
                        .collect(Collectors.joining("\n", HEAD, "\n")));
    }

    @Test
    void a_key_becomes_a_row() {
        assertThat(row(RunKeys.ROUNDS))
                .isEqualTo("| `rounds` | `3` | a whole number of at least 1 | rounds of improvement |");
    }

    private static String row(Key<?> key) {
        String refusal = key.refusal("");
        String allowed =
                refusal.substring((key.name() + " must be ").length(), refusal.length() - " but was ".length());
        String standard = Methods.settings().schema().methods().stream()
                .flatMap(method -> method.standards().stream()
                        .filter(each -> each.key().equals(key))
                        .map(each -> "; `" + each.written() + "` for " + method.method()))
                .collect(Collectors.joining("", "`" + key.write(key.standard()) + "`", ""));
        return "| `%s` | %s | %s | %s |".formatted(key.name(), standard, allowed, key.meaning());
    }
}
