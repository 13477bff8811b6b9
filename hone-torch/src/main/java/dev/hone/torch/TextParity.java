package dev.hone.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import tools.jackson.databind.JsonNode;

/// The figures of a model with its tokenizer: texts in, tokens and log-probabilities out.
record TextParity(ModelDirectory model, ExpectedFile expected) {
    private static final double NATS = 1e-3;

    List<Parity.Line> lines() {
        List<Parity.Line> lines = new ArrayList<>();
        tokens(lines);
        try (var decoder = new TrainingDecoder(model.config(), model.weights())) {
            logProbs(decoder, lines);
        }
        greedy(lines);
        return List.copyOf(lines);
    }

    private int vocabulary() {
        return model.config().vocabulary();
    }

    private void tokens(List<Parity.Line> lines) {
        int different = 0;
        try (TextTokenizer tokenizer = model.tokenizer()) {
            for (JsonNode each : expected.at("tokenize")) {
                int[] wanted = expected.ids(each.path("ids"), "tokenize.ids", vocabulary());
                int[] got = tokenizer.encode(each.path("text").asString(""));
                different += TensorParity.different(wanted, got) == 0 ? 0 : 1;
            }
        }
        int texts = expected.at("tokenize").size();
        lines.add(new Parity.Line("texts of " + texts + " whose token ids differ", different, 0));
    }

    private void logProbs(TrainingDecoder decoder, List<Parity.Line> lines) {
        double worst = 0;
        double worstNext = 0;
        for (JsonNode each : expected.at("logprobs")) {
            int[] ids = expected.ids(each.path("ids"), "logprobs.ids", vocabulary());
            double[] wanted = expected.numbers(each.path("logprobs"), "logprobs.logprobs");
            if (ids.length < 2 || wanted.length != ids.length - 1) {
                throw expected.wrong("\"logprobs\" has " + wanted.length + " numbers for " + ids.length + " tokens");
            }
            Text text = Text.completing(ids, ids.length - 1, 1f);
            float[] got = new Scoring(1).logProbs(decoder, List.of(text)).getFirst();
            for (int i = 0; i < wanted.length; i++) {
                worst = Math.max(worst, Math.abs(got[i] - wanted[i]));
            }
            worstNext = Math.max(worstNext, likeliest(decoder, text, each.path("top5")));
        }
        lines.add(new Parity.Line("log-probabilities of the tokens, worst", worst, NATS));
        lines.add(new Parity.Line("log-probabilities of the likeliest next tokens, worst", worstNext, NATS));
    }

    /// How far the log-probabilities of the tokens named are off, after the last token of a text.
    private double likeliest(TrainingDecoder decoder, Text text, JsonNode named) {
        float[] logits;
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Packing packing = Packing.of(List.of(text));
            logits = decoder.logits(packing, new long[] {text.ids().length - 1L})[0];
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        double worst = 0;
        for (JsonNode each : named) {
            double[] pair = expected.numbers(each, "logprobs.top5");
            int id = pair.length == 2 ? (int) pair[0] : -1;
            if (id < 0 || id >= logits.length) {
                throw expected.wrong("\"logprobs.top5\" holds " + each + " where a token id and a number are needed");
            }
            worst = Math.max(worst, Math.abs(logits[id] - largest - Math.log(sum) - pair[1]));
        }
        return worst;
    }

    /// Each continuation ends with the end token or where the file's does.
    private void greedy(List<Parity.Line> lines) {
        List<int[]> prompts = new ArrayList<>();
        for (JsonNode each : expected.at("chat")) {
            prompts.add(expected.ids(each.path("ids"), "chat.ids", vocabulary()));
        }
        List<int[]> wanted = new ArrayList<>();
        for (JsonNode each : expected.at("greedy")) {
            wanted.add(expected.ids(each.path("ids"), "greedy.ids", vocabulary()));
        }
        if (wanted.size() != prompts.size()) {
            throw expected.wrong("\"greedy\" has " + wanted.size() + " entries and \"chat\" " + prompts.size());
        }
        OptionalInt most = wanted.stream().mapToInt(ids -> ids.length).max();
        if (most.isEmpty()) {
            return;
        }
        List<Sampler.Request> requests = new ArrayList<>();
        for (int[] prompt : prompts) {
            requests.add(new Sampler.Request(prompt, new long[] {0}, 0, most.getAsInt(), new int[] {model.end()}));
        }
        List<List<Sampler.Drawn>> drawn = Sampler.once(model, Dtype.FLOAT32, requests);
        int different = 0;
        for (int i = 0; i < wanted.size(); i++) {
            different += TensorParity.different(
                    wanted.get(i), drawn.get(i).getFirst().tokens());
        }
        lines.add(new Parity.Line("greedy tokens of " + wanted.size() + " chats that differ", different, 0));
    }
}
