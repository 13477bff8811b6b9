package dev.hone.store.problems;

import dev.hone.data.Match;
import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.Seed;
import dev.hone.task.exact.Expression;
import dev.hone.task.exact.Fraction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two public collections of arithmetic word problems as one file of Hone's: ASDiv (Miao et al. 2020), whose formulas
/// become worked answers to start from, and MAWPS (Koncel-Kedziorski et al. 2016) to practise and be measured on.
///
/// @param worked ASDiv problems with a worked answer, for training
/// @param train MAWPS problems without one
/// @param validation MAWPS problems
/// @param test MAWPS problems
public record WordProblems(int worked, int train, int validation, int test) {
    /// What the final answer of a text is: what stands after `Answer:` at its end, or the whole text.
    static final String PATTERN = "(?:Answer: |^)(-?\\d[\\d,]*(?:\\.\\d+)?)\\.?\\s*$";

    private static final Pattern EQUATION = Pattern.compile("\\s*([-+*/(). \\d]+)=\\s*(-?\\d+(?:\\.\\d+)?)\\s*");
    private static final Pattern SYMBOL = Pattern.compile("\\d+(?:\\.\\d+)?|[-+*/()]");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// @param words in lower case
    private record Raw(String id, String text, String answer, List<String> worked, Set<String> words) {
        static Raw of(String id, String text, String answer, List<String> worked) {
            String plain = text.strip().replaceAll("\\s+", " ").replaceAll(" ([.,?!])", "$1");
            Set<String> words = Stream.of(plain.toLowerCase(Locale.ROOT).split("[^a-z0-9.]+"))
                    .map(word -> word.replaceAll("\\.$", ""))
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
            return new Raw(id, plain, answer, worked, words);
        }

        /// Whether four of five words are the same: the collections took problems from each other.
        boolean resembles(Raw other) {
            long both = words.stream().filter(other.words::contains).count();
            return both * 5 >= (words.size() + other.words.size() - both) * 4;
        }
    }

    /// Reads `asdiv*.jsonl` (`body`, `question`, `formula`) and `mawps*.jsonl` (`input`, `target`) of a folder. No two
    /// problems of the result resemble each other, whichever their splits.
    ///
    /// @return fewer than asked for where there are not as many
    /// @throws HoneException if there are no such files or a line is not as expected
    public List<FiledProblem> collect(Path folder, Seed seed) {
        List<Raw> mawps = shuffled(read(folder, "mawps", WordProblems::mawps), seed.derive("mawps"));
        List<Raw> asdiv = shuffled(read(folder, "asdiv", WordProblems::asdiv), seed.derive("asdiv"));
        List<Raw> taken = new ArrayList<>();
        List<FiledProblem> problems = new ArrayList<>();
        take(problems, taken, mawps, test, Split.TEST);
        take(problems, taken, mawps, validation, Split.VALIDATION);
        take(problems, taken, mawps, train, Split.TRAIN);
        take(problems, taken, asdiv, worked, Split.TRAIN);
        return List.copyOf(problems);
    }

    private static void take(List<FiledProblem> problems, List<Raw> taken, List<Raw> from, int count, Split split) {
        int got = 0;
        for (Raw raw : from) {
            if (got < count && taken.stream().noneMatch(raw::resembles)) {
                taken.add(raw);
                problems.add(filed(raw, split));
                got++;
            }
        }
    }

    private static FiledProblem filed(Raw raw, Split split) {
        var problem = new Problem(
                raw.id,
                List.of(Message.user(raw.text)),
                new Reference.Answer(raw.answer, new Match.Regex(PATTERN)),
                split,
                new TreeMap<>());
        return new FiledProblem(problem, raw.worked);
    }

    private static List<Raw> shuffled(List<Raw> all, Seed seed) {
        List<Raw> copy = new ArrayList<>(all);
        Collections.shuffle(copy, Random.from(seed.random()));
        return copy;
    }

    private interface Reading {
        Optional<Raw> read(String id, JsonNode line);
    }

    private static List<Raw> read(Path folder, String prefix, Reading reading) {
        List<Raw> all = new ArrayList<>();
        for (Path file : files(folder, prefix)) {
            String stem = file.getFileName().toString().replace(".jsonl", "");
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                JsonNode line = json(lines.get(i), file, i + 1);
                reading.read(stem + "-" + (i + 1), line).ifPresent(all::add);
            }
        }
        return all;
    }

    private static List<Path> files(Path folder, String prefix) {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.getFileName().toString().matches(prefix + ".*\\.jsonl"))
                    .sorted()
                    .toList();
        } catch (IOException broken) {
            throw unusable(folder + " cannot be listed; give the folder of the collections", broken);
        }
        if (files.isEmpty()) {
            throw unusable(folder + " has no file " + prefix + "*.jsonl; give the folder of the collections", null);
        }
        return files;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException broken) {
            throw unusable(file + " cannot be read as UTF-8 text; fetch it again", broken);
        }
    }

    private static JsonNode json(String text, Path file, int line) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException broken) {
            throw unusable(file + ":" + line + " is no JSON; fetch the file again", broken);
        }
    }

    private static HoneException unusable(String message, @Nullable Throwable cause) {
        return cause == null ? new HoneException(Kind.DATA, message) : new HoneException(Kind.DATA, message, cause);
    }

    /// A target that is a number of at most four decimals; others are left out.
    private static Optional<Raw> mawps(String id, JsonNode line) {
        String answer = line.path("target").asString("").replaceAll("\\.0+$", "");
        return answer.matches("-?\\d{1,12}(\\.\\d{1,4})?")
                        && !line.path("input").asString("").isBlank()
                ? Optional.of(Raw.of(id, line.path("input").asString(), answer, List.of()))
                : Optional.empty();
    }

    /// A formula that is one equation, and true; others are left out.
    private static Optional<Raw> asdiv(String id, JsonNode line) {
        Matcher equation = EQUATION.matcher(line.path("formula").asString(""));
        if (!equation.matches() || !isTrue(equation.group(1), equation.group(2))) {
            return Optional.empty();
        }
        String text =
                line.path("body").asString("") + " " + line.path("question").asString("");
        List<String> symbols = SYMBOL.matcher(equation.group(1))
                .results()
                .map(match -> match.group())
                .toList();
        String left = String.join(" ", symbols).replace("( ", "(").replace(" )", ")");
        String answer = equation.group(2);
        String worked = left + " = " + answer + ". Answer: " + answer;
        return Optional.of(Raw.of(id, text, answer, List.of(worked)));
    }

    private static boolean isTrue(String left, String right) {
        return value(left).flatMap(value -> value(right).map(value::equals)).orElse(false);
    }

    private static Optional<Fraction> value(String expression) {
        try {
            return Expression.read(expression) instanceof Expression.Reading.Read(Expression read)
                    ? read.value()
                    : Optional.empty();
        } catch (ArithmeticException beyond) {
            return Optional.empty();
        }
    }
}
