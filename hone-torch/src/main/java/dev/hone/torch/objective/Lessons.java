package dev.hone.torch.objective;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.LabelledCompletion;
import dev.hone.data.Message;
import dev.hone.data.Preference;
import dev.hone.data.Ranking;
import dev.hone.data.RationaleGroup;
import dev.hone.data.RolloutGroup;
import dev.hone.data.Sample;
import dev.hone.data.Segment;
import dev.hone.data.StepLabels;
import dev.hone.data.Tokens;
import dev.hone.learn.Objective;
import dev.hone.torch.file.Fault;
import dev.hone.torch.model.LoadedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Turns examples into the texts and figures that a loss is computed on.
///
/// @param model whose tokens the texts are in
/// @param start what the weights at the start say
/// @param reference what the reference's weights say
public record Lessons(LoadedModel model, Reader start, Reader reference) {

    /// @param batches all that will come
    public Criterion of(Objective<?> objective, Examples examples, Supplier<List<List<Integer>>> batches) {
        return switch (objective) {
            case Objective.Sft() -> imitation((Examples.Demonstrations) examples);
            case Objective.Dpo dpo -> Pairs.dpo(dpo, pairs((Examples.Preferences) examples, reference));
            case Objective.SimPo simPo -> Pairs.simPo(simPo, pairs((Examples.Preferences) examples, Lessons::nothing));
            case Objective.Orpo orpo -> Pairs.orpo(orpo, pairs((Examples.Preferences) examples, Lessons::nothing));
            case Objective.Kto kto ->
                Ratings.of(
                        kto, rated((Examples.Labelled) examples), model.config().context(), batches.get(), reference);
            case Objective.BradleyTerry pairwise -> rewardPairs(pairwise, (Examples.Preferences) examples);
            case Objective.Listwise() -> rewardLists((Examples.Rankings) examples);
            case Objective.StepReward() -> stepLabelling((Examples.LabelledSteps) examples);
            case Objective.Grpo grpo -> new GroupPolicy(grpo, drawn((Examples.Rollouts) examples, grpo.kl(), false));
            case Objective.Rloo rloo -> new LeaveOneOut(rloo, drawn((Examples.Rollouts) examples, rloo.kl(), false));
            case Objective.RelativeReward relative ->
                new RelativeRewards(relative, drawn((Examples.Rollouts) examples, relative.beta(), false));
            case Objective.Ppo ppo -> new ActorCritic(ppo, drawn((Examples.Rollouts) examples, ppo.kl(), true));
            case Objective.Latro latro -> new LatentReasoning(latro, thoughts((Examples.Rationales) examples));
        };
    }

    /// Stands in for a reference where a loss has none.
    private static List<Readout> nothing(List<Text> texts) {
        return texts.stream().map(text -> Readout.zero(text, 0)).toList();
    }

    private Text text(Demonstration demonstration) {
        return Text.of(model.taught(demonstration), 1f);
    }

    private Imitation imitation(Examples.Demonstrations examples) {
        return new Imitation(examples.all().stream()
                .map(each -> Text.of(model.taught(each), (float) each.weight()))
                .toList());
    }

    private List<Pairs.Pair> pairs(Examples.Preferences examples, Reader reader) {
        List<Text> texts = new ArrayList<>();
        for (Preference each : examples.all()) {
            for (Text text : List.of(text(each.better()), text(each.worse()))) {
                if (text.counted() == 0) {
                    throw Fault.data(
                            "a side of preference \"" + each.id() + "\" has no token that counts",
                            "mark a segment COUNTED, or leave the pair out");
                }
                texts.add(text);
            }
        }
        List<Readout> read = reader.read(texts);
        return IntStream.range(0, examples.size())
                .map(i -> 2 * i)
                .mapToObj(i -> new Pairs.Pair(
                        texts.get(i),
                        texts.get(i + 1),
                        read.get(i).sum(),
                        read.get(i + 1).sum()))
                .toList();
    }

    private List<Ratings.Rated> rated(Examples.Labelled examples) {
        List<LoadedModel.Taught> taught =
                examples.all().stream().map(each -> model.taught(each.shown())).toList();
        List<Text> texts = taught.stream().map(each -> Text.of(each, 1f)).toList();
        List<Readout> read = reference.read(texts);
        List<Ratings.Rated> rated = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            LabelledCompletion each = examples.all().get(i);
            rated.add(new Ratings.Rated(
                    texts.get(i),
                    taught.get(i).prompt().length,
                    each.label() == LabelledCompletion.Label.DESIRABLE,
                    each.shown().weight(),
                    read.get(i).sum()));
        }
        return rated;
    }

    /// A text read at its last token.
    public static Text whole(LoadedModel model, Demonstration demonstration) {
        LoadedModel.Taught taught = model.taught(demonstration);
        int[] ids = LoadedModel.join(taught.prompt(), taught.completion().ids());
        return Text.read(ids, ids.length - 1);
    }

    private RewardPairs rewardPairs(Objective.BradleyTerry objective, Examples.Preferences examples) {
        return new RewardPairs(
                objective,
                examples.all().stream()
                        .map(each -> new RewardPairs.Pair(whole(model, each.better()), whole(model, each.worse())))
                        .toList());
    }

    private RewardLists rewardLists(Examples.Rankings examples) {
        return new RewardLists(examples.all().stream()
                .map(group -> new RewardLists.Ranked(
                        group.entries().stream()
                                .map(entry -> whole(model, group.shown(entry)))
                                .toList(),
                        group.entries().stream().map(Ranking.Entry::relevance).toList()))
                .toList());
    }

    private StepLabelling stepLabelling(Examples.LabelledSteps examples) {
        return new StepLabelling(examples.all().stream()
                .map(each -> new StepLabelling.Solution(
                        steps(
                                model,
                                each.id(),
                                each.prompt(),
                                each.steps().stream().map(StepLabels.Step::text).toList()),
                        each.steps().stream().map(StepLabels.Step::label).toList()))
                .toList());
    }

    /// A text read at the last token of each step.
    public static Text steps(LoadedModel model, String id, List<Message> prompt, List<Segment> steps) {
        int[] reads = new int[steps.size()];
        int[] ids = {};
        for (int step = 0; step < reads.length; step++) {
            LoadedModel.Taught taught = model.taught(
                    new Demonstration(id, prompt, steps.subList(0, step + 1), Demonstration.Ending.OPEN, 1));
            int before = ids.length;
            ids = LoadedModel.join(taught.prompt(), taught.completion().ids());
            if (ids.length == before) {
                throw Fault.data("step " + (step + 1) + " of \"" + id + "\" has no token", "leave the step out");
            }
            reads[step] = ids.length - 1;
        }
        return Text.read(ids, reads);
    }

    private List<List<Drawn>> drawn(Examples.Rollouts examples, double kl, boolean isValued) {
        List<RolloutGroup.Rollout> all = examples.all().stream()
                .flatMap(group -> group.rollouts().stream())
                .toList();
        List<Text> texts =
                all.stream().map(each -> text(each.sample(), isValued)).toList();
        List<Readout> old = start.read(texts);
        List<Readout> compared = kl == 0 ? old : reference.read(texts);
        List<List<Drawn>> groups = new ArrayList<>();
        int at = 0;
        for (RolloutGroup group : examples.all()) {
            List<Drawn> drawn = new ArrayList<>();
            for (RolloutGroup.Rollout each : group.rollouts()) {
                drawn.add(new Drawn(
                        texts.get(at),
                        each.reward(),
                        old.get(at),
                        compared.get(at).logProbs()));
                at++;
            }
            groups.add(drawn);
        }
        return groups;
    }

    /// The model's own tokens count, at the temperature that they were drawn with.
    private Text text(Sample sample, boolean isValued) {
        LoadedModel.Taught taught = model.taught(Demonstration.of(sample));
        double temperature = sample.sampling().temperature();
        if (temperature == 0) {
            throw Fault.settings(
                    "sample \"" + sample.id() + "\" was drawn at temperature 0, under which it has no probability",
                    "draw rollouts at a temperature above 0");
        }
        int[] ids = LoadedModel.join(taught.prompt(), taught.completion().ids());
        float[] weights = new float[ids.length];
        for (int i = 0; i < taught.completion().size(); i++) {
            weights[taught.prompt().length + i] = taught.completion().author(i) == Author.MODEL ? 1 : 0;
        }
        int[] before = IntStream.range(0, ids.length)
                .filter(i -> isValued && weights[i] != 0)
                .map(i -> i - 1)
                .toArray();
        return new Text(ids, weights, before, temperature);
    }

    private int tokens(RationaleGroup group, RationaleGroup.Rationale rationale) {
        return switch (rationale.content()) {
            case Segment.Drawn(Tokens tokens, var _) -> tokens.size();
            case Segment.Written written ->
                model.taught(new Demonstration(
                                "rationale of " + group.id(),
                                group.prompt(),
                                List.of(written),
                                Demonstration.Ending.OPEN,
                                1))
                        .completion()
                        .size();
        };
    }

    private List<List<LatentReasoning.Thought>> thoughts(Examples.Rationales examples) {
        List<Text> texts = new ArrayList<>();
        for (RationaleGroup group : examples.all()) {
            for (RationaleGroup.Rationale each : group.rationales()) {
                texts.add(text(new Demonstration(
                        "rationale of " + group.id(),
                        group.prompt(),
                        List.of(each.content(), new Segment.Written(group.answer(), Segment.Loss.COUNTED)),
                        Demonstration.Ending.ENDS,
                        1)));
            }
        }
        List<Readout> read = reference.read(texts);
        List<List<LatentReasoning.Thought>> groups = new ArrayList<>();
        int at = 0;
        for (RationaleGroup group : examples.all()) {
            List<LatentReasoning.Thought> thoughts = new ArrayList<>();
            for (RationaleGroup.Rationale each : group.rationales()) {
                thoughts.add(LatentReasoning.Thought.of(
                        texts.get(at), tokens(group, each), each.stop() == RationaleGroup.Stop.FINISHED, read.get(at)));
                at++;
            }
            groups.add(thoughts);
        }
        return groups;
    }
}
