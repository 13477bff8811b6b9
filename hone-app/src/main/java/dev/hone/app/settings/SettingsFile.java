package dev.hone.app.settings;

import dev.hone.app.settings.Inputs.Entry;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A file of settings, schema `hone: 1`. Nothing in it is passed over in silence.
///
/// @param entries by dotted name; each is a [Key]
/// @param problems with its shape and its names, each with its line
public record SettingsFile(Map<String, Entry> entries, List<String> problems) {
    private static final String VERSION_KEY = "hone";
    private static final String VERSION = "1";

    public SettingsFile {
        entries = Map.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /// @param standard says which names there are
    /// @throws HoneException if the file cannot be read at all
    public static SettingsFile read(Path file, Settings standard) {
        return parse(String.valueOf(file.getFileName()), content(file), standard);
    }

    /// @param name of the file, for the places
    static SettingsFile parse(String name, String text, Settings standard) {
        FlatYaml yaml = FlatYaml.read(name, text);
        List<String> problems = new ArrayList<>(yaml.problems());
        Map<String, Entry> entries = new LinkedHashMap<>(yaml.entries());
        version(name, entries, problems);
        return of(entries, problems, standard);
    }

    /// Takes the version out of `entries`, and tells if it is not this one.
    static void version(String name, Map<String, Entry> entries, List<String> problems) {
        Entry version = entries.remove(VERSION_KEY);
        if (version == null && !(entries.isEmpty() && !problems.isEmpty())) {
            problems.add(name + ": says no version; start it with \"hone: " + VERSION + "\"");
        } else if (version != null && !version.text().equals(VERSION)) {
            problems.add(version.place() + ": hone " + version.text() + " is not a version that this Hone reads; it is "
                    + VERSION);
        }
    }

    /// With a problem for each name that is none.
    static SettingsFile of(Map<String, Entry> entries, List<String> problems, Settings standard) {
        Schema schema = standard.schema();
        Map<String, Entry> known = new LinkedHashMap<>(entries);
        List<String> all = new ArrayList<>(problems);
        entries.forEach((key, entry) -> {
            if (entry.form() == Entry.Form.EMPTY) {
                all.add(entry.place() + ": " + key + " is empty; put something into it or remove the line");
            } else if (schema.named(key).isEmpty()) {
                all.add(unknown(key, entry, schema));
            }
        });
        known.entrySet()
                .removeIf(each -> each.getValue().form() == Entry.Form.EMPTY
                        || schema.named(each.getKey()).isEmpty());
        return new SettingsFile(known, all);
    }

    static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new HoneException(Kind.SETTINGS, file + " is not UTF-8 text; save it as UTF-8", e);
        } catch (IOException e) {
            String why = Files.exists(file) ? "cannot be read" : "does not exist";
            throw new HoneException(Kind.SETTINGS, "the file " + file + " " + why + "; check its name", e);
        }
    }

    private static String unknown(String key, Entry entry, Schema schema) {
        Set<String> names = new TreeSet<>(Set.of(VERSION_KEY));
        names.addAll(schema.names());
        String last = key.substring(key.lastIndexOf('.') + 1);
        String hint = names.stream()
                .filter(name -> name.endsWith("." + last) || key.endsWith("." + name))
                .findFirst()
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElseGet(() -> Nearest.hint(key, names));
        return entry.place() + ": unknown setting \"" + key + "\"" + hint;
    }
}
