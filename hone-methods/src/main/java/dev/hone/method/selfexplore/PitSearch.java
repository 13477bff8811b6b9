package dev.hone.method.selfexplore;

import static java.util.Objects.requireNonNull;

import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Model;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.method.selfexplore.Explored.End;
import dev.hone.run.Run;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks for the first pit of wrong solutions: the first step after which a model does not reach the answer
/// in so many tries. Goes on with all solutions at once, step by step, so that those still searched are one
/// batch; what several solutions begin with is tried once.
///
/// **Paper** card self-explore, step 7. There is no trial of the bare question: the first is made after
/// step 1.
/// **Departs** a completion may be as long as leaves the whole solution within the limit of a sample. Where
/// nothing is right but a completion failed to be drawn (the beginning too long for the model), the
/// solution counts as unknown, and gives no pair.
/// **Cost** at most `tries` completions for each step of each pair, to the pit.
///
/// @param tries `k`, at least 1
/// @param mostSteps that are looked at, at least 1
record PitSearch(int tries, int mostSteps, Sampling sampling, StepSplit split, Generator generator, Judge judge) {

    /// A beginning of an answer to a problem.
    private record Beginning(String problem, String text) {}

    /// What was drawn after a beginning.
    ///
    /// @param failures why something could not be drawn
    private record Tried(List<Sample> right, List<String> failures) {}

    /// The state of one search.
    private static final class Search {
        private final Pair pair;
        private final Steps steps;
        private final List<List<Sample>> reached = new ArrayList<>();
        private End end = new End.NoPit();
        private boolean isOver;

        Search(Pair pair, Steps steps) {
            this.pair = pair;
            this.steps = steps;
        }

        Beginning through(int number) {
            return new Beginning(pair.problem().id(), steps.through(number));
        }

        void goOn(int number, Tried tried) {
            if (!tried.right.isEmpty()) {
                reached.add(tried.right);
            } else {
                end = tried.failures.isEmpty() ? new End.Pit(number) : new End.Unknown(tried.failures.getFirst());
                isOver = true;
            }
        }
    }

    /// What is known of all pairs.
    ///
    /// @param completions that it took
    record Found(List<Explored> explored, int completions) {
        Found {
            explored = List.copyOf(explored);
        }
    }

    /// @param round of the steps, which are named after the number of the step that is tried
    Found search(Model explorer, List<Pair> pairs, Run run, int round) {
        List<Search> searches = pairs.stream()
                .map(pair -> new Search(pair, split.of(pair.rejected().text())))
                .toList();
        Map<Beginning, Tried> known = new HashMap<>();
        for (int number = 1; number <= mostSteps; number++) {
            int now = number;
            List<Search> left = searches.stream()
                    .filter(each -> !each.isOver && now <= each.steps.count())
                    .toList();
            if (left.isEmpty()) {
                break;
            }
            known.putAll(tryOut(explorer, prompts(left, now, known), run.step("explore-" + now, round)));
            left.forEach(each -> each.goOn(now, requireNonNull(known.get(each.through(now)))));
        }
        return new Found(
                searches.stream()
                        .map(each -> new Explored(each.pair, each.steps, each.end, each.reached))
                        .toList(),
                tries * known.size());
    }

    /// One for each beginning that nobody has tried yet.
    private Map<Beginning, Prompt> prompts(List<Search> left, int number, Map<Beginning, Tried> known) {
        Map<Beginning, Prompt> prompts = new LinkedHashMap<>();
        for (Search each : left) {
            Beginning beginning = each.through(number);
            if (!known.containsKey(beginning)) {
                Sample rejected = each.pair.rejected().sample();
                prompts.putIfAbsent(
                        beginning,
                        Prompt.of(each.pair.problem(), tries, after(beginning, rejected))
                                .begunWith(rejected.id(), beginning.text));
            }
        }
        return prompts;
    }

    /// As many tokens as a sample may have, less those of the beginning: their share of the tokens of the
    /// sample that it is from.
    private Sampling after(Beginning beginning, Sample whole) {
        long taken = Math.ceilDiv(
                (long) whole.tokens().size() * beginning.text.length(),
                whole.text().length());
        return new Sampling(
                sampling.temperature(),
                (int) Math.max(1, sampling.maxTokens() - taken),
                sampling.warping(),
                sampling.stops(),
                sampling.constraint());
    }

    private Map<Beginning, Tried> tryOut(Model explorer, Map<Beginning, Prompt> prompts, Step step) {
        List<Sample> drawn = generator.generate(explorer, List.copyOf(prompts.values()), step);
        Set<String> right = new HashSet<>();
        for (Judged each : judge.judge(Group.of(drawn), step)) { // by problem, so in another order than drawn
            if (each.isRight()) {
                right.add(each.sample().id());
            }
        }
        Map<Beginning, Tried> tried = new HashMap<>();
        int next = 0;
        for (Beginning beginning : prompts.keySet()) {
            List<Sample> its = drawn.subList(next, next + tries);
            tried.put(
                    beginning,
                    new Tried(
                            its.stream()
                                    .filter(each -> right.contains(each.id()))
                                    .toList(),
                            its.stream().flatMap(each -> failure(each).stream()).toList()));
            next += tries;
        }
        return tried;
    }

    private static Optional<String> failure(Sample sample) {
        return sample.finish() instanceof Finish.Failed(String because) ? Optional.of(because) : Optional.empty();
    }
}
