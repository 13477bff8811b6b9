package dev.hone.app.settings;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts settings together: the default of a key, which may be the method's, unless a file has it, unless an option
/// has it.
///
/// @param notes what the user should know, such as an option that wins over the file
public record Inputs(Settings settings, List<String> notes) {
    private static final Pattern LINE = Pattern.compile("^[^:]*:(\\d{1,9}):");

    public Inputs {
        notes = List.copyOf(notes);
    }

    /// A value as it was written somewhere.
    ///
    /// @param place such as `hone.yaml:3` or `--rounds`
    /// @param form in which it was written
    record Entry(String place, String text, Form form) {
        /// What a file has there.
        enum Form {
            VALUE,
            LIST,
            /// A mapping without names.
            EMPTY
        }

        Entry(String place, String text) {
            this(place, text, Form.VALUE);
        }
    }

    /// @param standard the defaults
    /// @param file what a file has, if there is one
    /// @param options by dotted name, as given on the command line
    /// @param known further checks, such as whether the method exists
    /// @throws HoneException that lists every problem
    public static Inputs of(
            Settings standard,
            Optional<SettingsFile> file,
            Map<String, String> options,
            Function<Settings, List<String>> known) {
        Checked checked = checked(standard, file, options, known);
        refuse(checked.problems);
        return checked.inputs;
    }

    /// What was put together, and all that is wrong with it, each with its place.
    record Checked(Inputs inputs, List<String> problems) {}

    /// Refuses nothing.
    static Checked checked(
            Settings standard,
            Optional<SettingsFile> file,
            Map<String, String> options,
            Function<Settings, List<String>> known) {
        List<String> problems = new ArrayList<>(file.map(SettingsFile::problems).orElse(List.of()));
        List<String> notes = new ArrayList<>();
        Map<String, Entry> entries =
                new TreeMap<>(file.map(SettingsFile::entries).orElse(Map.of()));
        options.forEach((name, text) -> {
            Entry option = new Entry(optionOf(name), text);
            Entry inFile = entries.put(name, option);
            if (inFile != null && !inFile.text().equals(text)) {
                notes.add(option.place() + " " + text + " wins over " + inFile.place() + " (" + inFile.text() + ")");
            }
        });
        Settings settings = standard;
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            settings = set(settings, standard.schema().named(entry.getKey()).orElseThrow(), entry.getValue(), problems);
        }
        if (standard.schema().keys().contains(RunKeys.PROBLEMS)
                && settings.isTaskFile()
                && !entries.containsKey(RunKeys.PROBLEMS.name())) {
            settings = settings.with(RunKeys.PROBLEMS, RunKeys.ALL_PROBLEMS);
        }
        settings = standard.schema().standing(settings, entries.keySet());
        Settings chosen = settings;
        entries.forEach((name, entry) -> standard.schema()
                .misplaced(chosen, standard.schema().named(name).orElseThrow())
                .ifPresent(what -> problems.add(entry.place() + ": " + what)));
        problems.addAll(standard.schema().between().apply(settings));
        problems.addAll(known.apply(settings));
        return new Checked(new Inputs(settings, notes), problems);
    }

    /// @throws HoneException that lists them all in the order of their lines, if there are any
    static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            List<String> sorted = new ArrayList<>(problems);
            sorted.sort(Comparator.comparingInt(Inputs::line));
            throw new HoneException(Kind.SETTINGS, message(sorted));
        }
    }

    private static <T> Settings set(Settings settings, Key<T> key, Entry entry, List<String> problems) {
        if (entry.form() == Entry.Form.LIST && !key.isList()) {
            problems.add(entry.place() + ": " + key + " must be one value but is a list");
            return settings;
        }
        Optional<T> value = key.parse(entry.text());
        Optional<String> problem =
                value.isEmpty() ? Optional.of(key.refusal("\"" + entry.text() + "\"")) : key.problem(value.get());
        problem.ifPresent(what -> problems.add(entry.place() + ": " + what));
        return problem.isPresent() ? settings : settings.with(key, value.orElseThrow());
    }

    /// Whether a problem names a line.
    static boolean isPlaced(String problem) {
        return LINE.matcher(problem).find();
    }

    /// The line that a problem's place names; what has none comes last.
    private static int line(String problem) {
        Matcher line = LINE.matcher(problem);
        return line.find() ? Integer.parseInt(line.group(1)) : Integer.MAX_VALUE;
    }

    private static String optionOf(String name) {
        return "--" + name;
    }

    private static String message(List<String> problems) {
        if (problems.size() == 1) {
            return problems.getFirst();
        }
        return problems.size() + " problems in the settings:\n  " + String.join("\n  ", problems);
    }
}
