package dev.hone.app.settings;

import dev.hone.app.settings.Inputs.Checked;
import dev.hone.app.settings.Inputs.Entry;
import dev.hone.run.HoneException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A file that says what is compared with what: arms, each a run's settings, and the seeds with which each is run.
///
/// ```yaml
/// hone: 1
/// seeds: [1, 2, 3]
/// against: star
/// shared:
///   task: countdown
///   rounds: 3
/// arms:
///   star:  {method: star}
///   bstar: {method: bstar, bstar.probe: 100}
/// ```
///
/// @param against the arm that the others are compared with
/// @param arms by name in the file's order, at least one; their seeds are those of the file
/// @param notes what the user should know
public record ComparisonFile(
        List<Long> seeds, String against, SequencedMap<String, Settings> arms, List<String> notes) {
    private static final String SEEDS = "seeds";
    private static final String AGAINST = "against";
    private static final String SHARED = "shared.";
    private static final String ARMS = "arms.";
    private static final String SET = "--set ";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
    private static final int MOST_SEEDS = 100;
    private static final List<Key<?>> ALIKE =
            List.of(RunKeys.MODEL, RunKeys.TASK, RunKeys.MAX_TOKENS, RunKeys.EXAM_PROBLEMS, RunKeys.EXAM_SAMPLES);

    public ComparisonFile {
        seeds = List.copyOf(seeds);
        arms = new LinkedHashMap<>(arms);
        notes = List.copyOf(notes);
    }

    /// @param set values by dotted name that every arm has instead of its own
    /// @param standard says which settings there are
    /// @param known further checks of an arm, such as whether its method exists
    /// @throws HoneException that lists every problem
    public static ComparisonFile read(
            Path file, Map<String, String> set, Settings standard, Function<Settings, List<String>> known) {
        return parse(String.valueOf(file.getFileName()), SettingsFile.content(file), set, standard, known);
    }

    static ComparisonFile parse(
            String name,
            String text,
            Map<String, String> set,
            Settings standard,
            Function<Settings, List<String>> known) {
        FlatYaml yaml = FlatYaml.read(name, text);
        List<String> problems = new ArrayList<>(yaml.problems());
        Map<String, Entry> entries = new LinkedHashMap<>(yaml.entries());
        SettingsFile.version(name, entries, problems);
        Map<String, Entry> forAll = new LinkedHashMap<>();
        set.forEach((key, value) -> forAll.put(key, new Entry(SET + key, value)));
        Optional.ofNullable(forAll.remove(SEEDS)).ifPresent(seeds -> entries.put(SEEDS, seeds));
        List<Long> seeds = seeds(name, entries.remove(SEEDS), problems);
        Optional<Entry> against = Optional.ofNullable(entries.remove(AGAINST));
        Map<String, Entry> shared = new LinkedHashMap<>();
        SequencedMap<String, Map<String, Entry>> arms = new LinkedHashMap<>();
        entries.forEach((key, entry) -> sort(key, entry, shared, arms, problems));
        if (arms.isEmpty()) {
            problems.add(name + ": has no arms; name at least one, such as \"arms: {star: {method: star}}\"");
        }
        String control = against.map(Entry::text)
                .orElse(arms.isEmpty() ? "" : arms.firstEntry().getKey());
        if (!arms.isEmpty() && !arms.containsKey(control)) {
            problems.add(against.orElseThrow().place() + ": against is \"" + control + "\", which is no arm; arms are "
                    + arms.keySet());
        }
        List<String> notes = new ArrayList<>();
        SequencedMap<String, Settings> settings = new LinkedHashMap<>();
        Set<String> ofArms = new LinkedHashSet<>(); // a problem of what is shared is told once
        arms.forEach((arm, own) -> {
            Map<String, Entry> all = new LinkedHashMap<>(shared);
            all.putAll(own);
            all.putAll(forAll);
            Checked checked =
                    Inputs.checked(standard, Optional.of(SettingsFile.of(all, List.of(), standard)), Map.of(), known);
            checked.problems().forEach(problem -> ofArms.add(inArm(arm, problem)));
            notes.addAll(checked.inputs().notes());
            settings.put(arm, checked.inputs().settings());
        });
        problems.addAll(ofArms);
        problems.addAll(unlike(settings));
        Inputs.refuse(problems);
        return new ComparisonFile(seeds, control, settings, notes);
    }

    /// What must be alike for models to be compared: what they come from, and the exam.
    private static List<String> unlike(SequencedMap<String, Settings> arms) {
        List<String> problems = new ArrayList<>();
        if (arms.isEmpty()) {
            return problems;
        }
        Map.Entry<String, Settings> first = arms.firstEntry();
        for (Key<?> key : ALIKE) {
            arms.forEach((arm, settings) -> {
                if (!settings.get(key).equals(first.getValue().get(key))) {
                    problems.add("arms " + first.getKey() + " and " + arm + " cannot be compared: " + key + " is "
                            + first.getValue().get(key) + " in one and " + settings.get(key)
                            + " in the other; put it below shared");
                }
            });
        }
        return problems;
    }

    /// What a place does not tell, the name of the arm does.
    private static String inArm(String arm, String problem) {
        return Inputs.isPlaced(problem) || problem.startsWith(SET) ? problem : "arm " + arm + ": " + problem;
    }

    private static List<Long> seeds(String name, @Nullable Entry entry, List<String> problems) {
        if (entry == null) {
            problems.add(name + ": has no seeds; a comparison needs some, such as \"seeds: [1, 2, 3]\"");
            return List.of();
        }
        try {
            List<Long> seeds = Arrays.stream(entry.text().split(",", -1))
                    .map(each -> Long.valueOf(each.strip()))
                    .distinct()
                    .toList();
            if (seeds.size() > MOST_SEEDS) {
                problems.add(
                        entry.place() + ": seeds are " + seeds.size() + ", at most " + MOST_SEEDS + " are allowed");
            }
            return seeds;
        } catch (NumberFormatException e) {
            problems.add(entry.place() + ": seeds must be whole numbers, such as [1, 2, 3], but were \"" + entry.text()
                    + "\"");
            return List.of();
        }
    }

    private static Map<String, Entry> named(
            String arm, Entry entry, Map<String, Map<String, Entry>> arms, List<String> problems) {
        if (!NAME.matcher(arm).matches()) {
            problems.add(entry.place() + ": the arm \"" + arm
                    + "\" must be named with 1 to 40 small letters, digits, - and _");
        }
        return arms.computeIfAbsent(arm, _ -> new LinkedHashMap<>());
    }

    private static void sort(
            String key,
            Entry entry,
            Map<String, Entry> shared,
            Map<String, Map<String, Entry>> arms,
            List<String> problems) {
        if (key.equals(SHARED + RunKeys.SEED) || key.matches("arms\\.[^.]*\\." + RunKeys.SEED)) {
            problems.add(entry.place() + ": every arm runs with every seed; name them in \"seeds\" instead");
        } else if (entry.form() == Entry.Form.EMPTY && key.startsWith(ARMS) && key.indexOf('.', ARMS.length()) < 0) {
            named(key.substring(ARMS.length()), entry, arms, problems); // all that it has is shared
        } else if (key.startsWith(SHARED)) {
            shared.put(key.substring(SHARED.length()), entry);
        } else if (key.startsWith(ARMS) && key.indexOf('.', ARMS.length()) > 0) {
            String arm = key.substring(ARMS.length(), key.indexOf('.', ARMS.length()));
            named(arm, entry, arms, problems).put(key.substring(ARMS.length() + arm.length() + 1), entry);
        } else {
            problems.add(entry.place() + ": unknown \"" + key + "\"; a comparison has hone, seeds, against, shared and"
                    + " arms, and settings stand below shared or an arm");
        }
    }
}
