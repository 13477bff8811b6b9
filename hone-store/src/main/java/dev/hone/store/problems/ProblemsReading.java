package dev.hone.store.problems;

import dev.hone.data.Match;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.data.Verdict;
import dev.hone.judge.Checker;
import dev.hone.judge.ReferenceJudge;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.task.StableSplit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// A file as it was read: its problems, and what its content hashes to.
///
/// @param hash SHA-256 of the bytes, hexadecimal
record ProblemsReading(List<FiledProblem> problems, String hash) {

    static ProblemsReading of(Path file, Map<String, Checker> checkers) {
        if (Files.isDirectory(file)) {
            throw new HoneException(
                    Kind.DATA, file + " is a folder; a file with one JSON object a line is needed; name the file");
        }
        MessageDigest digest = sha256();
        Gathering gathering = new Gathering(file, checkers);
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
            TextLines lines = new TextLines(bytes);
            for (Optional<TextLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                gathering.take(line.get());
            }
        } catch (NoSuchFileException missing) {
            throw new HoneException(
                    Kind.DATA,
                    file + " does not exist; a file with one JSON object a line is needed; check the path",
                    missing);
        } catch (IOException failed) {
            throw new HoneException(
                    Kind.DATA,
                    file + " cannot be read (" + failed.getMessage() + "); a readable file is needed; check its rights",
                    failed);
        }
        return new ProblemsReading(gathering.problems(), HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /// The lines so far, with what is wrong with them.
    private static final class Gathering {
        private static final int COMPLAINTS_SHOWN = 10;
        private static final int HASH_DIGITS = 16;

        private final Path file;
        private final Map<String, Checker> checkers;
        private final MessageDigest digest = sha256();
        private final List<String> complaints = new ArrayList<>();
        private final Map<String, Integer> lineOfId = new HashMap<>();
        private final Map<String, Integer> lineOfPrompt = new HashMap<>();
        private final Map<Integer, Split> splitOfLine = new HashMap<>();
        private final List<FiledProblem> problems = new ArrayList<>();
        private final List<String> promptHashes = new ArrayList<>();
        private int broken;
        private boolean hasSplits;

        Gathering(Path file, Map<String, Checker> checkers) {
            this.file = file;
            this.checkers = checkers;
        }

        void take(TextLines.Line line) {
            switch (line) {
                case TextLines.Line.Broken(int number, String because) -> complain(number, because);
                case TextLines.Line.Text(int number, String text) -> {
                    if (!text.isBlank()) {
                        try {
                            add(number, ProblemLine.read(text));
                        } catch (Unusable unusable) {
                            complain(number, unusable.because());
                        }
                    }
                }
            }
        }

        List<FiledProblem> problems() {
            if (broken > 0) {
                String more = broken > complaints.size() ? "\n  and " + (broken - complaints.size()) + " more" : "";
                throw new HoneException(
                        Kind.DATA,
                        broken == 1
                                ? file + " " + complaints.getFirst()
                                : file + " has " + broken + " lines that cannot be used:\n  "
                                        + String.join("\n  ", complaints) + more);
            }
            if (problems.isEmpty()) {
                throw new HoneException(
                        Kind.DATA,
                        file + " holds no problem; one JSON object a line is needed; add for instance"
                                + " {\"prompt\": \"6*7=\", \"answer\": \"42\"}");
            }
            return hasSplits ? List.copyOf(problems) : splitByPrompt();
        }

        private void complain(int number, String because) {
            broken++;
            if (complaints.size() < COMPLAINTS_SHOWN) {
                complaints.add("line " + number + " " + because);
            }
        }

        private void add(int number, ProblemLine line) throws Unusable {
            String promptHash = HexFormat.of()
                    .formatHex(digest.digest(line.promptText().getBytes(StandardCharsets.UTF_8)))
                    .substring(0, HASH_DIGITS);
            hasSplits |= !line.split().isEmpty();
            Split split = line.split().isEmpty() ? Split.TRAIN : line.split().getFirst();
            alone(number, line, promptHash, split);
            String id = line.id().isEmpty() ? promptHash : line.id().getFirst();
            Problem problem = new Problem(id, line.prompt(), line.reference(), split, line.facts());
            accepted(problem, line.worked());
            problems.add(new FiledProblem(problem, line.worked()));
            promptHashes.add(promptHash);
        }

        /// Refuses a second problem of the same id, or with the prompt of one in another split.
        private void alone(int number, ProblemLine line, String promptHash, Split split) throws Unusable {
            splitOfLine.put(number, split);
            Integer samePrompt = lineOfPrompt.putIfAbsent(promptHash, number);
            if (!line.id().isEmpty()) {
                Integer sameId = lineOfId.putIfAbsent(line.id().getFirst(), number);
                if (sameId != null) {
                    throw new Unusable("has the id " + Unusable.shown(line.id().getFirst()) + " of line " + sameId
                            + "; every problem needs its own; rename one");
                }
            } else {
                Integer sameId = lineOfId.putIfAbsent(promptHash, number);
                if (sameId != null) {
                    throw new Unusable("has the prompt of line " + sameId
                            + " and neither id tells them apart; problems must differ; remove one or give both an id");
                }
            }
            if (samePrompt != null && splitOfLine.get(samePrompt) != split) {
                throw new Unusable("has the prompt of line " + samePrompt
                        + " but is in another split; what is learned must not be examined; remove one");
            }
        }

        private void accepted(Problem problem, List<String> worked) throws Unusable {
            switch (problem.reference()) {
                case Reference.None() -> {
                    if (!worked.isEmpty()) {
                        throw new Unusable("has worked answers that the checker \"none\" cannot accept; every worked"
                                + " answer must be right; name a checker or remove them");
                    }
                }
                case Reference.Checked(String name) -> readsFacts(problem, name);
                case Reference.Answer(String answer, Match match) -> acceptsItself(problem, answer, match, worked);
            }
            if (new HashSet<>(worked).size() < worked.size()) {
                throw new Unusable("has a worked answer twice; they must be different; remove one");
            }
            for (String text : worked) {
                Verdict verdict = verdict(problem, text);
                if (!isRight(verdict)) {
                    throw new Unusable(
                            "has the worked answer " + Unusable.shown(text) + " that its own checker rejects ("
                                    + verdict.because() + "); every worked answer must be right; correct it");
                }
            }
        }

        private void readsFacts(Problem problem, String name) throws Unusable {
            if (!checkers.containsKey(name)) {
                List<String> known = new ArrayList<>(List.of("exact", "numeric", "regex", "none"));
                known.addAll(new TreeSet<>(checkers.keySet()));
                throw new Unusable("has the unknown checker " + Unusable.shown(name) + "; known are "
                        + String.join(", ", known) + "; "
                        + ProblemLine.meant(name, known)
                                .map(meant -> "did you mean \"" + meant + "\"?")
                                .orElse("choose one"));
            }
            try {
                verdict(problem, "");
            } catch (IllegalArgumentException unusable) {
                throw new Unusable("has facts that its checker \"" + name + "\" cannot use: " + unusable.getMessage());
            }
        }

        private void acceptsItself(Problem problem, String answer, Match match, List<String> worked) throws Unusable {
            boolean shown = match instanceof Match.Regex && !worked.isEmpty();
            if (shown) {
                return; // the worked answers show what the pattern finds in its context
            }
            Verdict verdict = verdict(problem, answer);
            if (!isRight(verdict)) {
                throw new Unusable("has the answer " + Unusable.shown(answer) + " that its own checker rejects ("
                        + Unusable.shown(verdict.because()) + "); a checker must accept the answer as it stands; "
                        + (match instanceof Match.Regex
                                ? "correct the pattern, or add a worked answer that shows what it finds"
                                : "write the number alone"));
            }
        }

        private Verdict verdict(Problem problem, String text) {
            return switch (problem.reference()) {
                case Reference.Answer(String answer, Match.Regex(String pattern)) ->
                    BoundedRegex.compare(pattern, answer, text);
                case Reference.Answer(String answer, Match match) -> ReferenceJudge.compare(answer, match, text);
                case Reference.Checked(String name) ->
                    Optional.ofNullable(checkers.get(name)).orElseThrow().check(problem, text);
                case Reference.None() -> new Verdict.Unjudged("the problem has no reference");
            };
        }

        private static boolean isRight(Verdict verdict) {
            return verdict instanceof Verdict.Scored(double value, String _) && value == 1;
        }

        private List<FiledProblem> splitByPrompt() {
            List<FiledProblem> split = new ArrayList<>();
            for (int i = 0; i < problems.size(); i++) {
                Problem p = problems.get(i).problem();
                Problem moved =
                        new Problem(p.id(), p.prompt(), p.reference(), StableSplit.of(promptHashes.get(i)), p.facts());
                split.add(new FiledProblem(moved, problems.get(i).worked()));
            }
            return List.copyOf(split);
        }
    }
}
