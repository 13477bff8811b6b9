package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.learn.Adaptation;
import dev.hone.run.Seed;
import dev.hone.torch.file.Shards;
import dev.hone.torch.file.Weight;
import dev.hone.torch.learn.AdamW;
import dev.hone.torch.learn.Noise;
import dev.hone.torch.learn.Packing;
import dev.hone.torch.learn.Parameters;
import dev.hone.torch.learn.Trainer;
import dev.hone.torch.learn.TrainingDecoder;
import dev.hone.torch.learn.TrainingState;
import dev.hone.torch.learn.Tuning;
import dev.hone.torch.model.DirectoryWriter;
import dev.hone.torch.model.HeadKind;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.model.PromptFormat;
import dev.hone.torch.model.PromptWriter;
import dev.hone.torch.objective.Imitation;
import dev.hone.torch.objective.Text;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Dtype;
import dev.hone.torch.setting.SpecialText;
import dev.hone.torch.setting.StoredDtype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Files that Hone wrote, in the hands of transformers and PEFT. Needs a Python with them: `HONE_PEERS` names
/// its virtual environment.
class PeersTest {
    private static final int[][] PROBES = {{5, 1, 60, 33, 96, 7}, {3, 3}, {90, 4, 4, 17, 20, 21, 22, 23, 24, 25}};

    @TempDir
    Path folder;

    @BeforeAll
    static void there_is_a_python_with_transformers() {
        Peers.assumeThere();
    }

    private static ModelDirectory fixture(String name) {
        return ModelDirectory.open(Tiny.resource("/parity/" + name));
    }

    /// Writes what Hone computes with a folder beside its weights.
    private static Path probed(Path folder, int[][] probes, Map<String, Object> more) throws IOException {
        return probed(folder, probes, more, 0);
    }

    /// @param off added to the first logit
    private static Path probed(Path folder, int[][] probes, Map<String, Object> more, float off) throws IOException {
        ModelDirectory model = ModelDirectory.open(folder);
        try (var decoder = Tiny.decoder(model.config(), model.weights())) {
            List<float[]> logits = logits(decoder, probes);
            logits.getFirst()[0] += off;
            return noted(model, probes, logits, more);
        }
    }

    private static List<float[]> logits(TrainingDecoder decoder, int[][] probes) {
        List<float[]> logits = new ArrayList<>();
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            for (int[] ids : probes) {
                Packing packing = Packing.of(decoder.config(), List.of(Text.completing(ids, 1, 1f)));
                logits.add(decoder.logits(packing, new long[] {ids.length - 1L})[0]);
            }
        }
        return logits;
    }

    private static Path noted(ModelDirectory model, int[][] probes, List<float[]> logits, Map<String, Object> more)
            throws IOException {
        Map<String, Object> said = new LinkedHashMap<>(more);
        said.put("ids", probes);
        said.put("logits", logits);
        said.put("bound", 1e-4);
        said.put("dtype", model.tensors().dtype().word());
        Files.writeString(model.path().resolve("hone.json"), JsonMapper.shared().writeValueAsString(said));
        return model.path();
    }

    private Path exported(String fixture, StoredDtype dtype, long shard) throws IOException {
        ModelDirectory model = fixture(fixture);
        Path out = folder.resolve(fixture + "-" + dtype.word() + "-" + shard);
        new DirectoryWriter(dtype, shard)
                .to(out, Map.of("config.json", model.config().toJson()), model.tensors());
        return probed(out, PROBES, Map.of());
    }

    private Path learned(String fixture) throws IOException {
        ModelDirectory model = fixture(fixture);
        var state = new TrainingState(model.weights());
        var trainer = new Trainer(new AdamW(0.9, 0.999, 1e-8, 0.01), 1.0, 100, 1, Activations.KEPT);
        try (var decoder = Tiny.decoder(model.config(), state.weights())) {
            for (int i = 0; i < 3; i++) {
                trainer.step(
                        decoder,
                        state,
                        Imitation.batch(List.of(Text.completing(PROBES[2], 5, 1f))),
                        Noise.none(),
                        1e-2);
            }
        }
        return probed(
                ModelDirectory.write(folder.resolve("models"), model.texts(), state.weights())
                        .path(),
                PROBES,
                Map.of());
    }

    /// An adapter far from its start, merged and beside, with the logits of base and adapter unmerged.
    private Path adapted(String fixture, Adaptation.Lora lora) throws IOException {
        ModelDirectory base = fixture(fixture);
        try (var models = Tiny.models(folder.resolve("made"));
                var tokenizer = ModelDirectory.of(models.create(Tiny.shape(), new Seed(7)))
                        .tokenizer()) {
            var tuning = Tuning.of(
                    new LoadedModel(
                            base,
                            base.tensors(),
                            new PromptWriter(tokenizer, new PromptFormat.Plain(-1), SpecialText.TEXT),
                            List.of()),
                    lora,
                    HeadKind.TOKENS_ONLY,
                    new Seed(3));
            var learned = new LinkedHashMap<>(tuning.learning());
            var random = new Random(5);
            learned.replaceAll((_, weight) -> {
                float[] values = new float[weight.values().length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = 0.2f * (float) random.nextGaussian();
                }
                return new Weight(weight.shape(), values);
            });
            ModelDirectory made = tuning.write(folder.resolve("models"), learned);
            var parameters = new Parameters(tuning.frozen(), learned, Tiny.device(), Dtype.FLOAT32);
            try (var decoder = new TrainingDecoder(base.config(), parameters, lora.scale())) {
                return noted(
                        made,
                        PROBES,
                        logits(decoder, PROBES),
                        Map.of("base", base.path().toString()));
            }
        }
    }

    private Path made() throws IOException {
        try (var models = Tiny.models(folder.resolve("made"))) {
            Path made = Path.of(models.create(Tiny.shape(), new Seed(7)).location());
            List<String> texts = List.of("1+2=3\n", "T 907*(4-5)/6");
            try (var tokenizer = ModelDirectory.open(made).tokenizer()) {
                List<int[]> ids = texts.stream().map(tokenizer::encode).toList();
                return probed(made, new int[][] {{1, 5, 9}, {1, 20}}, Map.of("texts", texts, "text_ids", ids));
            }
        }
    }

    @Test
    void transformers_loads_what_was_written_and_gives_the_same_logits() throws Exception {
        List<Path> folders = new ArrayList<>();
        for (String name : List.of("llama", "llama31-rope", "mistral", "qwen2", "qwen3")) {
            folders.add(exported(name, StoredDtype.F32, Shards.LARGEST));
            folders.add(exported(name, StoredDtype.F32, 100_000));
        }
        folders.add(exported("qwen2", StoredDtype.BF16, 50_000));
        folders.add(exported("qwen3", StoredDtype.F16, Shards.LARGEST));
        folders.add(learned("qwen2"));
        folders.add(learned("llama31-rope"));
        folders.add(adapted("qwen3", Adaptation.Lora.of(4, 8)));
        var few = EnumSet.of(Adaptation.Target.QUERY, Adaptation.Target.DOWN);
        folders.add(adapted("qwen2", new Adaptation.Lora(3, 5, 0.1, few, Adaptation.Scaling.ROOT_OF_RANK)));
        folders.add(made());
        int good = folders.size();
        Path spoilt = probed(exported("mistral", StoredDtype.F32, 90_000), PROBES, Map.of(), 0.1f);
        folders.add(spoilt);
        Peers.Said peers = Peers.check(folders, folder.resolve("log.txt"));
        String said = peers.text();
        assertThat(said.lines().filter(line -> line.contains(", logits within ")))
                .as(said)
                .hasSize(good);
        assertThat(peers.exitCode()).as("one is spoilt on purpose").isEqualTo(1);
        assertThat(said).contains(spoilt + ": logits are off by ");
    }
}
