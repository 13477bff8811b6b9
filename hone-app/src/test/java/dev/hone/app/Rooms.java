package dev.hone.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The labels of the rooms, read from the `package-info.java` of all modules.
public final class Rooms {

    /// One label.
    ///
    /// @param name of the package
    /// @param text of its comment, without the slashes
    record Room(String name, String text) {

        /// What stands behind `**word**` up to the next bold word or an empty line, on one line.
        Optional<String> about(String word) {
            String mark = "**" + word + "**";
            int start = text.indexOf(mark);
            if (start < 0) {
                return Optional.empty();
            }
            String rest = text.substring(start + mark.length());
            String paragraph = rest.split("\n\\s*\n|\n\\*\\*", 2)[0];
            return Optional.of(paragraph.replaceAll("\\s+", " ").strip());
        }

        /// The last part of the name.
        String shortName() {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }

    private Rooms() {}

    /// The folder that holds all modules.
    public static Path home() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("hone-core"))) {
            folder = Optional.ofNullable(folder.getParent())
                    .orElseThrow(() -> new IllegalStateException("run this test inside Hone's source tree"));
        }
        return folder;
    }

    /// In order of their names.
    static List<Room> all() {
        try (Stream<Path> modules = Files.list(home())) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(Rooms::labels)
                    .map(Rooms::read)
                    .sorted(Comparator.comparing(Room::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The rooms of the methods.
    static List<Room> methods() {
        return all().stream()
                .filter(room -> room.name().matches("dev\\.hone\\.method\\.\\w+"))
                .toList();
    }

    private static Stream<Path> labels(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.endsWith("package-info.java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Room read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            String name = lines.stream()
                    .filter(line -> line.startsWith("package "))
                    .map(line -> line.substring("package ".length(), line.indexOf(';')))
                    .findFirst()
                    .orElseThrow();
            String text = lines.stream()
                    .filter(line -> line.startsWith("///"))
                    .map(line -> line.substring(3).strip())
                    .collect(Collectors.joining("\n"));
            return new Room(name, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
