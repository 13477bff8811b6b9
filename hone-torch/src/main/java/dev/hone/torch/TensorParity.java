package dev.hone.torch;

import dev.hone.torch.learn.AdamW;
import dev.hone.torch.learn.Gradients;
import dev.hone.torch.learn.Noise;
import dev.hone.torch.learn.Packing;
import dev.hone.torch.learn.Pass;
import dev.hone.torch.learn.Scoring;
import dev.hone.torch.learn.Trainer;
import dev.hone.torch.learn.TrainingDecoder;
import dev.hone.torch.learn.TrainingState;
import dev.hone.torch.model.Distance;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.objective.Imitation;
import dev.hone.torch.objective.Readout;
import dev.hone.torch.objective.Text;
import dev.hone.torch.sample.Sampler;
import dev.hone.torch.sample.SamplerLogits;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/// The figures of a tiny model: everything that drawing, scoring and learning are made of.
record TensorParity(ModelDirectory model, ExpectedFile expected, Device device) {
    private static final double RELATIVE = 1e-4;
    /// The tiny models of the tests are off by 0.017 to 0.031 here and by 0.026 to 0.042 in transformers' own bfloat16.
    private static final double BFLOAT16 = 5e-2;
    private static final double LOSS = 1e-5;
    private static final double GRADIENT = 1e-3;
    private static final double CURVE = 1e-4;
    private static final int PIECE = 1000;

    List<Parity.Line> lines() {
        List<Parity.Line> lines = new ArrayList<>();
        var weights = model.weights();
        List<int[]> ids = ids("input_ids");
        int asked = (int) expected.number("sft.prompt_tokens");
        List<Text> lessons = texts(ids, asked);
        try (var decoder = new TrainingDecoder(model.config(), weights, device, Dtype.FLOAT32)) {
            forward(decoder, ids, lines);
            gradients(decoder, lessons, lines);
        }
        learning(ids, lessons, asked, lines);
        sampler(ids, Dtype.FLOAT32, RELATIVE, lines);
        greedy(lines);
        sampler(ids, Dtype.BFLOAT16, BFLOAT16, lines);
        return List.copyOf(lines);
    }

    private List<int[]> ids(String names) {
        return expected.idRows(names, model.config());
    }

    private List<Text> texts(List<int[]> rows, int promptTokens) {
        List<Text> texts = new ArrayList<>();
        for (int[] row : rows) {
            if (promptTokens < 1 || promptTokens >= row.length) {
                throw expected.wrong("\"sft.prompt_tokens\" is " + promptTokens + " of " + row.length + " tokens");
            }
            texts.add(Text.completing(row, row.length - promptTokens, 1f));
        }
        return texts;
    }

    private void forward(TrainingDecoder decoder, List<int[]> ids, List<Parity.Line> lines) {
        lines.add(relative("logits after the last token", expected.table("logits_last"), lastLogits(decoder, ids)));
        lines.add(relative(
                "log-probabilities of the tokens", expected.table("token_logprobs"), logProbs(decoder, texts(ids, 1))));
        int[] longOne = expected.ids(expected.at("long_input_ids"), "long_input_ids", model.config());
        lines.add(relative(
                "logits after " + longOne.length + " tokens",
                new double[][] {expected.numbers("long_logits_last")},
                lastLogits(decoder, List.of(longOne))));
    }

    private static double[][] lastLogits(TrainingDecoder decoder, List<int[]> ids) {
        List<Text> texts = ids.stream().map(row -> Text.completing(row, 1, 1f)).toList();
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Packing packing = Packing.of(decoder.config(), texts);
            double[][] rows = new double[ids.size()][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = wide(decoder.logits(packing, new long[] {packing.ends()[i]})[0]);
            }
            return rows;
        }
    }

    private static double[][] logProbs(TrainingDecoder decoder, List<Text> texts) {
        return new Scoring(1)
                .logProbs(decoder, texts).stream().map(TensorParity::wide).toArray(double[][]::new);
    }

    private static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /// Logits of the sampler, which computes them in its own way.
    private void sampler(List<int[]> ids, Dtype dtype, double bound, List<Parity.Line> lines) {
        double[][] last = new double[ids.size()][];
        new SamplerLogits(model, device, dtype).each(ids, (text, place, logits) -> {
            if (place == ids.get(text).length - 1) {
                last[text] = wide(logits);
            }
        });
        double off = Distance.relative(expected.table("logits_last"), last);
        String kind = dtype == Dtype.FLOAT32 ? "float32" : "bfloat16";
        lines.add(new Parity.Line("logits of the sampler in " + kind + ", relative", off, bound));
    }

    private void greedy(List<Parity.Line> lines) {
        int most = expected.at("greedy").path(0).size();
        List<Sampler.Request> requests = new ArrayList<>();
        List<int[]> prompts = ids("prompts");
        expected.refuseLong(prompts, most, model.config());
        for (int[] prompt : prompts) {
            requests.add(new Sampler.Request(prompt, new long[] {0}, 0, most, new int[0]));
        }
        List<List<Sampler.Drawn>> drawn = Sampler.once(model, device, Dtype.FLOAT32, requests);
        List<int[]> wanted = ids("greedy");
        int different = Math.abs(wanted.size() - drawn.size()) * most;
        for (int i = 0; i < Math.min(wanted.size(), drawn.size()); i++) {
            different += different(wanted.get(i), drawn.get(i).getFirst().tokens());
        }
        lines.add(new Parity.Line("greedy tokens that differ", different, 0));
    }

    /// Places where two sequences differ, those that only one of them has included.
    static int different(int[] wanted, int[] got) {
        int count = Math.abs(wanted.length - got.length);
        for (int i = 0; i < Math.min(wanted.length, got.length); i++) {
            count += wanted[i] == got[i] ? 0 : 1;
        }
        return count;
    }

    private void gradients(TrainingDecoder decoder, List<Text> lessons, List<Parity.Line> lines) {
        var sums = new TrainingState(model.weights());
        try (var _ = new PointerScope()) {
            Pass pass = new Pass(decoder, lessons, Noise.none(), Activations.KEPT);
            List<Readout> slopes =
                    lessons.stream().map(text -> Readout.zero(text, 0)).toList();
            double loss = Trainer.loss(Imitation.batch(lessons), pass.read(), slopes);
            try (Gradients gradients = pass.gradients(slopes)) {
                sums.weights().keySet().forEach(name -> gradients.addTo(name, sums.gradient(name)));
            }
            lines.add(difference("loss", expected.number("sft.loss"), loss, LOSS));
        }
        double squares = 0;
        Parity.Line worst = new Parity.Line("", -1, GRADIENT);
        for (String parameter : model.config().parameters().keySet()) {
            double norm = norm(sums.gradient(parameter));
            squares += norm * norm;
            var node = expected.at("sft.grad_norms").path(parameter);
            if (!node.isNumber()) {
                throw expected.wrong("\"sft.grad_norms\" has no \"" + parameter + "\"");
            }
            double off = Math.abs(norm / node.asDouble() - 1);
            if (!(off <= worst.got())) { // written so that NaN is the worst
                worst = new Parity.Line("gradient norm, worst: " + parameter, off, GRADIENT);
            }
        }
        double whole = Math.sqrt(squares) / expected.number("sft.grad_norm");
        lines.add(new Parity.Line("gradient norm, all, relative", Math.abs(whole - 1), GRADIENT));
        lines.add(worst);
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    /// Three steps of AdamW, then the preference figures between the model before and after them.
    private void learning(List<int[]> chosen, List<Text> lessons, int asked, List<Parity.Line> lines) {
        double[] betas = expected.numbers("sft_adamw.betas");
        if (betas.length != 2) {
            throw expected.wrong("\"sft_adamw.betas\" has " + betas.length + " numbers, 2 are needed");
        }
        var optimizer = new AdamW(
                betas[0], betas[1], expected.number("sft_adamw.eps"), expected.number("sft_adamw.weight_decay"));
        var trainer = new Trainer(optimizer, expected.number("sft_adamw.max_grad_norm"), PIECE, 1, Activations.KEPT);
        double[] curve = expected.numbers("sft_adamw.losses");
        List<Text> rejected = texts(ids("preference.rejected_ids"), asked);
        var state = new TrainingState(model.weights());
        try (var decoder = new TrainingDecoder(model.config(), state.weights(), device, Dtype.FLOAT32)) {
            double[][] chosenBefore = logProbs(decoder, lessons);
            double[][] rejectedBefore = logProbs(decoder, rejected);
            double off = 0;
            for (double wanted : curve) {
                double loss = trainer.step(
                        decoder, state, Imitation.batch(lessons), Noise.none(), expected.number("sft_adamw.lr"));
                off = Math.max(off, Math.abs(loss - wanted));
            }
            lines.add(new Parity.Line("losses of " + curve.length + " AdamW steps, worst", off, CURVE));
            double[][] chosenAfter = logProbs(decoder, lessons);
            lines.add(
                    difference("loss after them", expected.number("sft_adamw.final_loss"), -mean(chosenAfter), CURVE));
            if (chosen.size() != rejected.size()) {
                throw expected.wrong(
                        "\"preference.rejected_ids\" has " + rejected.size() + " rows, the inputs " + chosen.size());
            }
            var pairs = new PreferenceParity(chosenAfter, logProbs(decoder, rejected), chosenBefore, rejectedBefore);
            lines.addAll(pairs.lines(expected, RELATIVE));
        }
    }

    private static double mean(double[][] rows) {
        double sum = 0;
        int count = 0;
        for (double[] row : rows) {
            for (double value : row) {
                sum += value;
            }
            count += row.length;
        }
        return sum / count;
    }

    static Parity.Line difference(String name, double wanted, double got, double bound) {
        return new Parity.Line(name, Math.abs(got - wanted), bound);
    }

    private Parity.Line relative(String name, double[][] wanted, double[][] got) {
        if (wanted.length != got.length || wanted[0].length != got[0].length) {
            throw expected.wrong(name + ": " + wanted.length + " rows of " + wanted[0].length + " where this model has "
                    + got.length + " of " + got[0].length);
        }
        return new Parity.Line(name + ", relative", Distance.relative(wanted, got), RELATIVE);
    }
}
