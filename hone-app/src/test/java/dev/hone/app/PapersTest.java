package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.app.wiring.Methods;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every room of a method says which paper it is, and how far it can be trusted; the index is made of that.
class PapersTest {
    private static final String HEAD = """
            # The papers

            One row for each room that implements a published system, from the label on its door
            (`package-info.java`). Generated: `./hone test -Dhone.golden=write` renews it.

            | Status | means |
            |---|---|
            | sketch | it runs; not yet held against the paper |
            | faithful | follows the paper step by step, and tests pin every step; departures are listed in the class |
            | replicated | a committed run re-obtained a figure of the paper; the label names it |

            | Room | Paper | Status | Start at |
            |---|---|---|---|
            """;

    @Test
    void every_method_names_its_paper() {
        assertThat(Rooms.methods())
                .isNotEmpty()
                .allSatisfy(room -> assertThat(room.about("Paper"))
                        .as("**Paper** of %s", room.name())
                        .hasValueSatisfying(
                                paper -> assertThat(paper).containsPattern("arXiv:\\d{4}\\.\\d{4,5}|https://\\S+")));
    }

    @Test
    void every_method_states_its_evidence() {
        assertThat(Rooms.methods())
                .isNotEmpty()
                .allSatisfy(room -> assertThat(room.about("Status"))
                        .as("**Status** of %s", room.name())
                        .hasValueSatisfying(
                                status -> assertThat(status).matches("sketch|faithful.*|replicated \\S.*")));
    }

    @Test
    void every_method_is_in_the_list_of_methods() {
        assertThat(Methods.ALL)
                .extracting(Methods.Method::room)
                .containsAll(Rooms.methods().stream().map(Rooms.Room::name).toList());
    }

    @Test
    void every_method_in_the_list_has_a_room_that_names_its_paper() {
        assertThat(Methods.ALL)
                .extracting(Methods.Method::room)
                .isSubsetOf(Rooms.all().stream()
                        .filter(room -> room.about("Paper").isPresent())
                        .map(Rooms.Room::name)
                        .toList());
    }

    @Test
    void the_index_is_what_the_labels_say() {
        Golden.page(Rooms.home().resolve("docs/papers.md"), index(Rooms.all()));
    }

    @Test
    void a_label_becomes_a_row() {
        var room = new Rooms.Room("dev.hone.method.dive", """
                Diversity first.

                Start at [Dive].

                **Paper** Qin et al. 2025, arXiv:2503.02841;
                Doe 2020, https://example.org/doe
                **Status** sketch""");

        assertThat(row(room))
                .isEqualTo("| `dive` | Qin et al. 2025, [arXiv:2503.02841](https://arxiv.org/abs/2503.02841);"
                        + " Doe 2020, https://example.org/doe | sketch | `Dive` |");
    }

    private static String index(List<Rooms.Room> rooms) {
        return rooms.stream()
                .filter(room -> room.about("Paper").isPresent())
                .map(PapersTest::row)
                .collect(Collectors.joining("\n", HEAD, "\n"));
    }

    private static String row(Rooms.Room room) {
        String paper = room.about("Paper").orElse("").replaceAll("\\.$", "");
        String start =
                room.text().replaceAll("(?s).*Start at \\[?`?([\\w.]+).*", "$1").replaceAll("\\.$", "");
        return "| `%s` | %s | %s | `%s` |"
                .formatted(
                        room.shortName(),
                        paper.replaceAll("arXiv:(\\d{4}\\.\\d{4,5})", "[arXiv:$1](https://arxiv.org/abs/$1)"),
                        room.about("Status").orElse("none stated"),
                        start);
    }
}
