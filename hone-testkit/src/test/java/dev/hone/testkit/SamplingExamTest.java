package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Figure;
import dev.hone.data.Judged;
import dev.hone.data.Problem;
import dev.hone.data.Report;
import dev.hone.data.Sample;
import dev.hone.data.Verdict;
import dev.hone.generate.HashedNGrams;
import dev.hone.judge.Judge;
import dev.hone.judge.ReferenceAnswers;
import dev.hone.judge.ReferenceJudge;
import dev.hone.measure.Ranker;
import dev.hone.measure.RightDiversity;
import dev.hone.measure.SamplingExam;
import dev.hone.measure.SamplingExam.Marking;
import dev.hone.measure.diversity.DistinctN;
import dev.hone.measure.diversity.Unit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SamplingExamTest {
    private static final Judge REFERENCE = new ReferenceJudge(Map.of());

    private static SamplingExam exam(List<String> texts, List<Ranker> rankers) {
        return exam(Problems.numbered(1), texts, rankers);
    }

    /// Every problem is answered with these texts.
    private static SamplingExam exam(List<Problem> problems, List<String> texts, List<Ranker> rankers) {
        return new SamplingExam(
                "numbers@1 test",
                () -> problems,
                texts.size(),
                8,
                new ScriptedGenerator((_, _, index, _) -> texts.get(index)),
                new Marking(REFERENCE, new ReferenceAnswers(Map.of()), rankers),
                List.of(),
                List.of());
    }

    private static Report report(SamplingExam exam) {
        return exam.examine(Problems.model("m"), new ScratchRun(1, Path.of("scratch")).step("exam", 1));
    }

    private static double value(SamplingExam exam, String figure) {
        return report(exam).figure(figure).value();
    }

    private static Ranker by(ToDoubleFunction<Sample> rank) {
        return new Ranker(
                "verifier",
                (groups, _) -> groups.stream()
                        .flatMap(group -> group.samples().stream())
                        .map(sample ->
                                new Judged(sample, "test", new Verdict.Rewarded(rank.applyAsDouble(sample), "test")))
                        .toList());
    }

    private static double right(Sample sample) {
        return sample.text().equals("1") ? 1 : 0;
    }

    private static List<String> names(SamplingExam exam) {
        return report(exam).figures().stream().map(Figure::name).toList();
    }

    @Test
    void every_exam_of_several_samples_has_the_controls() {
        assertThat(names(exam(List.of("1", "2", "3"), List.of())))
                .containsExactly(
                        "greedy",
                        "pass@1",
                        "pass@3",
                        "maj@3",
                        "best-of-3 by own likelihood",
                        "distinct right",
                        "unjudged");
        assertThat(names(exam(List.of("1"), List.of(by(_ -> 0)))))
                .containsExactly("greedy", "pass@1", "distinct right", "unjudged");
    }

    @Test
    void with_a_ranker_it_shows_what_more_to_choose_from_does() {
        assertThat(names(exam(List.of("1", "2", "3", "4", "5", "6"), List.of(by(_ -> 0)))))
                .contains("best-of-2 by verifier", "best-of-4 by verifier", "best-of-6 by verifier", "maj@2", "pass@4")
                .contains("best-of-4 by own likelihood")
                .doesNotContain("best-of-1 by verifier", "best-of-8 by verifier")
                .doesNotHaveDuplicates();
    }

    // two right of six
    @Test
    void one_that_knows_is_the_ideal_one_that_does_not_is_chance_and_one_that_has_it_backwards_is_worse() {
        List<String> texts = List.of("1", "no", "nay", "1", "never", "not");
        for (int k : new int[] {2, 4, 6}) {
            String figure = "best-of-" + k + " by verifier";
            double chance = 2 / 6.0;
            assertThat(value(exam(texts, List.of(by(SamplingExamTest::right))), figure))
                    .isCloseTo(value(exam(texts, List.of(by(_ -> 0))), "pass@" + k), within(1e-12));
            assertThat(value(exam(texts, List.of(by(_ -> 0.5))), figure)).isCloseTo(chance, within(1e-12));
            assertThat(value(exam(texts, List.of(by(sample -> -right(sample)))), figure))
                    .isLessThan(chance);
        }
    }

    @Test
    void pass_at_1_is_told_by_a_fact_of_problems_too_numbers_in_their_order() {
        List<Problem> plain = Problems.numbered(4);
        List<Problem> problems = List.of(
                withSize(plain.get(0), "10"), withSize(plain.get(1), "2"), withSize(plain.get(2), "2"), plain.get(3));
        Report report = report(new SamplingExam(
                "numbers@1 test",
                () -> problems,
                2,
                8,
                new ScriptedGenerator((_, prompt, index, _) ->
                        index == 0 || prompt.problem().id().equals("p2")
                                ? prompt.problem().id().substring(1)
                                : "no"),
                new Marking(REFERENCE, new ReferenceAnswers(Map.of()), List.of()),
                List.of("size"),
                List.of()));

        assertThat(report.figures().stream().map(Figure::name).filter(name -> name.startsWith("pass@1 of")))
                .containsExactly("pass@1 of size 2", "pass@1 of size 10");
        assertThat(report.perProblem()).containsEntry("pass@1 of size 2", List.of(1.0, 0.5));
        assertThat(report.figure("pass@1 of size 10").value()).isEqualTo(0.5);
    }

    /// Of the first problem `1+0` and `0+1` are right, of the second one sample only, of the third all in the same
    /// words.
    @Test
    void how_different_right_samples_are_is_told_of_problems_with_so_many() {
        List<List<String>> texts =
                List.of(List.of("1+0=1", "no", "0+1=1"), List.of("no", "1", "no"), List.of("1", "1", "1"));
        Judge right = (groups, _) -> groups.stream()
                .flatMap(group -> group.samples().stream())
                .map(sample -> new Judged(
                        sample, "right", new Verdict.Scored(sample.text().equals("no") ? 0 : 1, "")))
                .toList();
        Report report = report(new SamplingExam(
                "numbers@1 test",
                () -> Problems.numbered(3),
                3,
                8,
                new ScriptedGenerator((_, prompt, index, _) -> texts.get(
                                Integer.parseInt(prompt.problem().id().substring(1)) - 1)
                        .get(index)),
                new Marking(right, new ReferenceAnswers(Map.of()), List.of()),
                List.of(),
                List.of(new RightDiversity(2, HashedNGrams.standard()))));

        assertThat(report.perProblem())
                .containsEntry("pass@3-2", List.of(1.0, 0.0, 0.0))
                .containsEntry("edit distance of 2 right", List.of(2 / 5.0, Double.NaN, 0.0));
        // 1+0=1 and 0+1=1 are the same calculation; "1" holds none
        assertThat(report.perProblem())
                .containsEntry("distinct equations of 2 right", List.of(0.5, Double.NaN, Double.NaN));
        assertThat(report.figure("edit distance of 2 right").value()).isCloseTo(0.2, within(1e-12));
        assertThat(report.figure("edit distance of 2 right").n()).isEqualTo(2);
        // characters cost half a nat each: 12, 5 and 3 of them in three draws
        assertThat(report.perProblem()).containsEntry("entropy", List.of(2.0, 5 / 6.0, 0.5));
        // 2, 1 and 3 of 3 are right
        assertThat(report.perProblem())
                .containsEntry("level 1", List.of(0.0, 0.0, 1.0))
                .containsEntry("level 2", List.of(1.0, 0.0, 0.0))
                .containsEntry("level 3", List.of(0.0, 0.0, 0.0))
                .containsEntry("level 4", List.of(0.0, 1.0, 0.0))
                .containsEntry("level 5", List.of(0.0, 0.0, 0.0));
        // of the first "no" is the likeliest, of the second "1", the one right sample
        assertThat(report.perProblem()).containsEntry("reward@3-2 by own likelihood", List.of(0.0, 0.0, 1.0));
        assertThat(report.figure("distinct-n of 2 right").value())
                .isCloseTo((distinct("1+0=1", "0+1=1") + distinct("1", "1")) / 2, within(1e-12));
        assertThat(report.perProblem())
                .hasEntrySatisfying(
                        "embedding diversity of 2 right",
                        values -> assertThat(values.get(2)).isCloseTo(0, within(1e-6)));
    }

    private static double distinct(String... texts) {
        return DistinctN.mean(Stream.of(texts).map(Unit.WORDS::of).toList()).orElseThrow();
    }

    @Test
    void a_figure_that_no_problem_has_is_no_number_of_no_problems() {
        Report report = report(new SamplingExam(
                "numbers@1 test",
                () -> Problems.numbered(2),
                2,
                8,
                new ScriptedGenerator((_, _, _, _) -> "no"),
                new Marking(REFERENCE, new ReferenceAnswers(Map.of()), List.of()),
                List.of(),
                List.of(new RightDiversity(2, HashedNGrams.standard()))));
        assertThat(report.figure("edit distance of 2 right").n()).isZero();
        assertThat(report.figure("edit distance of 2 right").value()).isNaN();
    }

    private static Problem withSize(Problem problem, String size) {
        return new Problem(
                problem.id(),
                problem.prompt(),
                problem.reference(),
                problem.split(),
                new TreeMap<>(Map.of("size", size)));
    }

    @Test
    void ranks_by_chance_give_the_share_of_right_samples_over_many_problems() {
        List<Problem> problems = Problems.numbered(2_000);
        SplittableRandom random = new SplittableRandom(5);
        Map<String, Double> ranks = new HashMap<>();
        Ranker chance = by(sample -> ranks.computeIfAbsent(sample.id(), _ -> random.nextDouble()));
        var exam = new SamplingExam(
                "numbers@1 test",
                () -> problems,
                8,
                8,
                new ScriptedGenerator((_, prompt, index, _) ->
                        index < 3 ? prompt.problem().id().substring(1) : "no"),
                new Marking(REFERENCE, new ReferenceAnswers(Map.of()), List.of(chance)),
                List.of(),
                List.of());
        Report report = report(exam);
        assertThat(report.figure("best-of-8 by verifier").low()).isLessThan(3 / 8.0);
        assertThat(report.figure("best-of-8 by verifier").high()).isGreaterThan(3 / 8.0);
        assertThat(report.figure("pass@1").value()).isCloseTo(3 / 8.0, within(1e-12));
    }

    /// A character costs half a nat.
    @Test
    void the_own_likelihood_is_that_of_the_whole_sample() {
        assertThat(value(exam(List.of("1", "none", "no"), List.of()), "best-of-3 by own likelihood"))
                .isEqualTo(1);
        assertThat(value(exam(List.of("1", "", "x"), List.of()), "best-of-3 by own likelihood"))
                .as("of two that are equally likely one is right")
                .isEqualTo(0.5);
    }

    @Test
    void what_a_ranker_cannot_tell_comes_last() {
        Ranker unsure = new Ranker(
                "verifier",
                (groups, _) -> groups.stream()
                        .flatMap(group -> group.samples().stream())
                        .map(sample -> new Judged(
                                sample,
                                "test",
                                right(sample) == 1 ? new Verdict.Unjudged("?") : new Verdict.Rewarded(-1e9, "test")))
                        .toList());
        SamplingExam exam = exam(List.of("1", "2", "1"), List.of(unsure));
        assertThat(value(exam, "best-of-3 by verifier")).isZero();
        assertThat(value(exam, "best-of-2 by verifier"))
                .as("only where nothing else is there")
                .isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void all_rankers_see_the_samples_that_the_other_figures_are_of() {
        List<List<String>> seen = new ArrayList<>();
        Judge watching = (groups, _) -> {
            seen.add(groups.stream()
                    .flatMap(group -> group.samples().stream())
                    .map(Sample::id)
                    .toList());
            return groups.stream()
                    .flatMap(group -> group.samples().stream())
                    .map(sample -> new Judged(sample, "test", new Verdict.Scored(0.5, "test")))
                    .toList();
        };
        report(exam(
                Problems.numbered(2),
                List.of("1", "2"),
                List.of(new Ranker("a", watching), new Ranker("b", watching))));
        assertThat(seen)
                .containsExactly(
                        List.of("exam/1/p1/0", "exam/1/p1/1", "exam/1/p2/0", "exam/1/p2/1"),
                        List.of("exam/1/p1/0", "exam/1/p1/1", "exam/1/p2/0", "exam/1/p2/1"));
    }

    @Test
    void equal_samples_need_not_be_dropped_since_the_best_of_a_draw_is_the_same_without_them() {
        List<String> texts = List.of("1", "two", "two", "1", "three", "two", "four", "four");
        Map<String, Double> ranks = Map.of("1", -2.0, "two", -3.0, "three", -1.0, "four", -4.0);
        for (int k : new int[] {2, 4, 8}) {
            double sum = 0;
            int subsets = 0;
            for (int bits = 0; bits < 256; bits++) {
                if (Integer.bitCount(bits) == k) {
                    int chosen = bits;
                    List<String> different = IntStream.range(0, 8)
                            .filter(i -> (chosen >> i & 1) == 1)
                            .mapToObj(texts::get)
                            .distinct()
                            .toList();
                    String best = different.stream()
                            .max(Comparator.comparing(ranks::get))
                            .orElseThrow();
                    sum += best.equals("1") ? 1 : 0;
                    subsets++;
                }
            }
            assertThat(value(
                            exam(texts, List.of(by(sample -> ranks.getOrDefault(sample.text(), 0.0)))),
                            "best-of-" + k + " by verifier"))
                    .isCloseTo(sum / subsets, within(1e-12));
        }
    }

    @Test
    void the_majority_votes_over_answers_and_one_without_any_vote_elects_nothing() {
        assertThat(value(exam(List.of("1", "1", "2"), List.of()), "maj@3")).isEqualTo(1);
        assertThat(value(exam(List.of("1", "2"), List.of()), "maj@2")).isEqualTo(0.5);
        assertThat(value(exam(List.of("much too long a text", "much too long as well"), List.of()), "maj@2"))
                .as("both cut short")
                .isZero();
    }

    @Test
    void two_rankers_of_one_name_are_refused() {
        assertThatThrownBy(() -> exam(List.of("1"), List.of(by(_ -> 0), by(_ -> 1))))
                .hasMessageContaining("names of their own");
        assertThatThrownBy(() -> exam(List.of("1"), List.of(Ranker.OWN))).hasMessageContaining("own likelihood");
    }
}
