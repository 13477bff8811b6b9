package dev.hone.torch;

import dev.hone.learn.Objective;
import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.kernel.Gang;
import dev.hone.torch.learn.AdamW;
import dev.hone.torch.learn.Noise;
import dev.hone.torch.learn.Scoring;
import dev.hone.torch.learn.Trainer;
import dev.hone.torch.learn.TrainingDecoder;
import dev.hone.torch.learn.TrainingState;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.objective.Criterion;
import dev.hone.torch.objective.Imitation;
import dev.hone.torch.objective.Pairs;
import dev.hone.torch.objective.Part;
import dev.hone.torch.objective.Readout;
import dev.hone.torch.objective.Text;
import dev.hone.torch.sample.DrawingWeights;
import dev.hone.torch.sample.Sampler;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Times the engine on a given workload of token ids, so that it can be compared with what else does the same work.
///
/// @param model a model directory
/// @param workload JSON lines of `prompt_ids` and `completions` (lists of token ids)
/// @param device where it is computed
/// @param dtype that products are computed in
/// @param threads that compute
public record Bench(Path model, Path workload, Device device, Dtype dtype, int threads) {
    private static final int SFT_BATCH = 8;
    private static final int SFT_COMPLETIONS = 4;
    private static final int DPO_BATCH = 4;
    private static final double SFT_RATE = 1e-5;
    private static final double DPO_RATE = 1e-6;

    /// Told how far the work is.
    @FunctionalInterface
    public interface Watcher {

        /// @param done completions or steps, of `total`
        void moved(long done, long total);
    }

    /// What came out.
    ///
    /// @param what was timed, in words
    /// @param batch rows or examples at a time
    /// @param usefulTokens drawn, or learned from with their prompts; no padding
    /// @param seconds without loading
    public record Result(String what, int batch, long usefulTokens, double seconds) {
        public double tokensPerSecond() {
            return usefulTokens / seconds;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
    private record Line(int[] prompt, List<int[]> completions) {
        Text text(int completion) {
            int[] drawn = completions.get(completion);
            return Text.completing(LoadedModel.join(prompt, drawn), drawn.length, 1f);
        }
    }

    /// Completions of the workload's lengths at temperature 1, whatever they say.
    ///
    /// @param rows sequences at a time
    /// @param progress told of completions
    public Result sample(int rows, Watcher progress) {
        if (rows < 1) {
            throw Fault.settings(
                    "rows must be at least 1 but was " + rows, "give the sequences drawn at a time, such as 64");
        }
        ModelDirectory directory = ModelDirectory.open(model);
        List<Sampler.Request> requests = new ArrayList<>();
        long tokens = 0;
        for (Line line : lines(directory.config())) {
            int[] limits =
                    line.completions.stream().mapToInt(each -> each.length).toArray();
            long[] seeds = IntStream.range(0, limits.length)
                    .mapToLong(i -> requests.size() * 1_000L + i)
                    .toArray();
            requests.add(new Sampler.Request(line.prompt, seeds, 1, limits, new int[0]));
            tokens += IntStream.of(limits).sum();
        }
        try (var gang = new Gang(threads);
                var weights = DrawingWeights.of(directory.config(), directory.tensors(), device, dtype, gang)) {
            long start = System.nanoTime();
            long total =
                    requests.stream().mapToLong(each -> each.seeds().length).sum();
            new Sampler(weights, rows, threads).draw(requests, done -> progress.moved(done, total));
            return new Result("sample", rows, tokens, seconds(start));
        }
    }

    /// Steps of supervised fine-tuning on the first four completions of each prompt, eight at a time; the first step
    /// is taken once more before the clock starts.
    ///
    /// @param progress told of steps
    public Result sft(Watcher progress) {
        return train(
                SFT_BATCH,
                SFT_RATE,
                "sft",
                progress,
                (_, lines) -> new Imitation(lines.stream()
                        .flatMap(line -> IntStream.range(0, Math.min(SFT_COMPLETIONS, line.completions.size()))
                                .mapToObj(line::text))
                        .toList()));
    }

    /// Steps of DPO on completions 0 and 1, 2 and 3 of each prompt as chosen and rejected, four pairs at a time, the
    /// reference's log-probabilities included.
    ///
    /// @param progress told of steps
    public Result dpo(Watcher progress) {
        return train(DPO_BATCH, DPO_RATE, "dpo", progress, this::pairs);
    }

    private Pairs pairs(TrainingDecoder decoder, List<Line> lines) {
        List<Text> texts = new ArrayList<>();
        for (Line line : lines) {
            for (int i = 0; i < Math.min(SFT_COMPLETIONS, line.completions.size()) / 2 * 2; i++) {
                texts.add(line.text(i));
            }
        }
        List<Readout> read = new Scoring(threads).read(decoder, texts);
        List<Pairs.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < texts.size(); i += 2) {
            pairs.add(new Pairs.Pair(
                    texts.get(i),
                    texts.get(i + 1),
                    read.get(i).sum(),
                    read.get(i + 1).sum()));
        }
        return Pairs.dpo(Objective.Dpo.asInPaper(), pairs);
    }

    private interface Task {
        Criterion of(TrainingDecoder decoder, List<Line> lines);
    }

    private Result train(int batch, double rate, String what, Watcher progress, Task task) {
        ModelDirectory directory = ModelDirectory.open(model);
        List<Line> lines = lines(directory.config());
        var state = new TrainingState(directory.weights());
        var trainer = new Trainer(
                new AdamW(0.9, 0.999, 1e-8, 0), 1, TorchLearner.PLACES_PER_PIECE, threads, Activations.KEPT);
        try (var decoder = new TrainingDecoder(directory.config(), state.weights(), device, dtype)) {
            Criterion warm = task.of(decoder, lines.subList(0, Math.min(2, lines.size())));
            if (warm.examples() == 0) {
                throw Fault.data(
                        workload + " has too few completions for " + what, "give two a prompt for pairs, one for sft");
            }
            step(trainer, decoder, state, warm, 0, Math.min(batch, warm.examples()), rate);
            long start = System.nanoTime();
            Criterion all = task.of(decoder, lines);
            for (int from = 0; from < all.examples(); from += batch) {
                step(trainer, decoder, state, all, from, Math.min(all.examples(), from + batch), rate);
                progress.moved(from / batch + 1, Math.ceilDiv(all.examples(), batch));
            }
            double seconds = seconds(start);
            long tokens = all.parts(IntStream.range(0, all.examples()).boxed().toList(), _ -> List.of()).stream()
                    .flatMap(part -> part.texts().stream())
                    .mapToLong(text -> text.ids().length)
                    .sum();
            return new Result(what, batch, tokens, seconds);
        }
    }

    private static void step(
            Trainer trainer,
            TrainingDecoder decoder,
            TrainingState state,
            Criterion criterion,
            int from,
            int to,
            double rate) {
        List<Part> parts = criterion.parts(IntStream.range(from, to).boxed().toList(), _ -> List.of());
        trainer.step(decoder, state, parts, Noise.none(), rate);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }

    private List<Line> lines(DecoderConfig config) {
        List<Line> lines = new ArrayList<>();
        for (String text : SafeFiles.text(workload).lines().toList()) {
            String where = workload + ":" + (lines.size() + 1);
            JsonNode line = Json.object(text, where);
            List<int[]> completions = new ArrayList<>();
            line.path("completions").forEach(each -> completions.add(ids(each, config, where)));
            int[] prompt = ids(line.path("prompt_ids"), config, where);
            if (completions.isEmpty()) {
                throw Fault.data(where + " has no \"completions\"", "give lists of token ids");
            }
            int longest = prompt.length
                    + completions.stream().mapToInt(each -> each.length).max().orElse(0);
            if (longest > config.context()) {
                throw Fault.data(
                        where + " is " + longest + " tokens long and the model reads " + config.context(),
                        "shorten it or take a model with a longer context");
            }
            lines.add(new Line(prompt, completions));
        }
        if (lines.isEmpty()) {
            throw Fault.data(workload + " is empty", "give a line of JSON for each prompt");
        }
        return lines;
    }

    private static int[] ids(JsonNode array, DecoderConfig config, String where) {
        int[] ids = new int[array.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = array.get(i).asInt(-1);
            if (ids[i] < 0 || ids[i] >= config.vocabulary()) {
                throw Fault.data(
                        where + " holds " + array.get(i) + " where a token id below " + config.vocabulary()
                                + " is needed",
                        "make the workload for this model's vocabulary");
            }
        }
        if (ids.length == 0) {
            throw Fault.data(
                    where + " has an empty or missing list of token ids",
                    "give \"prompt_ids\" and \"completions\" of at least one id each");
        }
        return ids;
    }
}
