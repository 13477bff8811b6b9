package dev.hone.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.app.Golden;
import dev.hone.app.Rooms;
import dev.hone.app.wiring.Methods;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
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

            ```yaml
            hone: 1
            method: star
            model: my-model/
            task: my-problems.jsonl
            rounds: 2
            sampling: {temperature: 0.7, max-tokens: 200}
            learning: {epochs: 2, batch: 8, rate: 0.00003}
            ```

            | Name | Default | Allowed | Meaning |
            |---|---|---|---|
            """;
    private static final String UNREAD = """

            ## What a method does not read
            A method that has no use for a value refuses it.

            | Name | Not read by |
            |---|---|
            """;
    private static final String RECIPES = """

            ## Recipes of hone pretrain
            A file that makes a model (`hone pretrain FILE`), such as `recipes/countdown.yaml`, is of the same schema. It has
            `task`, `seed`, `sampling.max-tokens`, `validation.problems`, of `learning` all but the command, and

            | Name | Default | Allowed | Meaning |
            |---|---|---|---|
            """;

    @Test
    void the_page_is_what_the_keys_say() {
        Golden.page(
                Rooms.home().resolve("docs/settings.md"),
                rows(Methods.settings().schema().keys(), HEAD) + unread() + rows(ofRecipesAlone(), RECIPES));
    }

    private static String rows(List<Key<?>> keys, String head) {
        return keys.stream().map(SettingsPageTest::row).collect(Collectors.joining("\n", head, "\n"));
    }

    private static String unread() {
        SequencedMap<String, List<String>> methods = new LinkedHashMap<>();
        for (Key<?> key : RunKeys.ALL) {
            List<String> names = Methods.settings().schema().methods().stream()
                    .filter(method -> method.unread().contains(key))
                    .map(MethodKeys::method)
                    .toList();
            if (!names.isEmpty()) {
                methods.put(key.name(), names);
            }
        }
        return methods.entrySet().stream()
                .map(each -> "| `" + each.getKey() + "` | " + String.join(", ", each.getValue()) + " |")
                .collect(Collectors.joining("\n", UNREAD, "\n"));
    }

    private static List<Key<?>> ofRecipesAlone() {
        return RecipeKeys.ALL.stream()
                .filter(key -> !RunKeys.ALL.contains(key))
                .<Key<?>>map(key -> key)
                .toList();
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
