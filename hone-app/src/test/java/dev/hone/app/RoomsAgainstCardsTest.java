package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the page on rooms and papers names is there.
class RoomsAgainstCardsTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern CODE = Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\\.(\\w+))?`");

    private final String page = read(Rooms.home().resolve("docs/results/rooms-against-cards.md"));

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// By class name.
    private static Map<String, String> sources(String folder) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> modules = Files.list(Rooms.home())) {
            for (Path module : modules.map(each -> each.resolve(folder))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(module)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .forEach(file -> sources.merge(
                                    file.getFileName().toString().replace(".java", ""), read(file), String::concat));
                }
            }
        }
        return sources;
    }

    private List<MatchResult> named(Pattern pattern) {
        return pattern.matcher(page).results().toList();
    }

    @Test
    void every_test_that_it_names_is_there() throws IOException {
        Map<String, String> tests = sources("src/test/java");
        assertThat(named(TEST))
                .hasSizeGreaterThan(50)
                .allSatisfy(each -> assertThat(tests.getOrDefault(each.group(1), ""))
                        .as(each.group(1))
                        .contains("void " + each.group(2) + "("));
    }

    @Test
    void every_class_that_it_names_is_there_and_what_it_is_said_to_have() throws IOException {
        Map<String, String> sources = sources("src/main/java");
        assertThat(named(CODE).stream().filter(each -> !each.group(1).endsWith("Test")))
                .hasSizeGreaterThan(50)
                .allSatisfy(each -> {
                    assertThat(sources).containsKey(each.group(1));
                    if (each.group(2) != null) {
                        assertThat(sources.get(each.group(1)))
                                .as(each.group(1))
                                .containsPattern("\\b" + Pattern.quote(each.group(2)) + "\\b");
                    }
                });
    }
}
