package dev.hone.torch;

import dev.hone.torch.file.Fault;
import dev.hone.torch.learn.Packing;
import dev.hone.torch.learn.Scoring;
import dev.hone.torch.learn.TrainingDecoder;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.objective.Text;
import dev.hone.torch.sample.Sampler;
import dev.hone.torch.sample.SamplerLogits;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import dev.hone.torch.template.ChatTemplate;
import dev.hone.torch.template.TemplateFunction;
import dev.hone.torch.tokenizer.TextTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The figures of a model with its tokenizer: texts in, tokens and log-probabilities out.
record TextParity(ModelDirectory model, ExpectedFile expected, Device device) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<Map<String, Object>>> MESSAGES = new TypeReference<>() {};
    private static final double NATS = 1e-3;
    /// SmolLM2-135M is off by 0.03 here and by 0.08 in transformers' own bfloat16.
    private static final double BFLOAT16 = 5e-2;

    List<Parity.Line> lines() {
        List<Parity.Line> lines = new ArrayList<>();
        tokens(lines);
        chats(lines);
        Scored scored = scored();
        try (var decoder = TrainingDecoder.reading(model.config(), model.tensors(), device, Dtype.FLOAT32)) {
            logProbs(decoder, scored, lines);
        }
        sampler(scored, Dtype.FLOAT32, lines);
        greedy(lines);
        sampler(scored, Dtype.BFLOAT16, lines);
        return List.copyOf(lines);
    }

    private void tokens(List<Parity.Line> lines) {
        int different = 0;
        int differentText = 0;
        try (TextTokenizer tokenizer = model.tokenizer()) {
            for (JsonNode each : expected.at("tokenize")) {
                int[] wanted = expected.ids(each.path("ids"), "tokenize.ids", model.config());
                int[] got = tokenizer.encode(each.path("text").asString(""));
                different += TensorParity.different(wanted, got) == 0 ? 0 : 1;
                String decoded = each.path("decoded").asString("");
                differentText += tokenizer.decodeAll(wanted).equals(decoded) ? 0 : 1;
            }
        }
        int texts = expected.at("tokenize").size();
        lines.add(new Parity.Line("texts of " + texts + " whose token ids differ", different, 0));
        lines.add(new Parity.Line("texts of " + texts + " that differ when decoded", differentText, 0));
    }

    private void chats(List<Parity.Line> lines) {
        JsonNode chats = expected.at("chat");
        if (chats.isEmpty()) {
            return;
        }
        ChatTemplate template = ChatTemplate.read(model.path())
                .orElseThrow(() -> Fault.data(
                        expected.path() + " has chats and " + model.path() + " no chat template",
                        "give the file that was made with this model"));
        int different = 0;
        int differentIds = 0;
        try (TextTokenizer tokenizer = model.tokenizer()) {
            for (JsonNode each : chats) {
                String text = each.path("text").asString("");
                different += rendered(template, each.path("messages")).equals(text) ? 0 : 1;
                int[] wanted = expected.ids(each.path("ids"), "chat.ids", model.config());
                differentIds += TensorParity.different(wanted, tokenizer.encode(text)) == 0 ? 0 : 1;
            }
        }
        lines.add(new Parity.Line("chats of " + chats.size() + " whose text differs", different, 0));
        lines.add(new Parity.Line("chats of " + chats.size() + " whose token ids differ", differentIds, 0));
    }

    private String rendered(ChatTemplate template, JsonNode messages) {
        if (!messages.isArray()) {
            throw expected.wrong("\"chat\" has an entry without a list of \"messages\"");
        }
        try {
            return template.render(JSON.readerFor(MESSAGES).readValue(messages), null, true);
        } catch (JacksonException | TemplateFunction.Refusal refused) {
            throw expected.wrong(
                    "\"chat\" has messages " + messages + " that cannot be rendered: " + refused.getMessage());
        }
    }

    /// The texts with given log-probabilities, and these.
    private record Scored(List<int[]> ids, List<double[]> logProbs, List<JsonNode> likeliest) {}

    private Scored scored() {
        var scored = new Scored(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (JsonNode each : expected.at("logprobs")) {
            int[] ids = expected.ids(each.path("ids"), "logprobs.ids", model.config());
            double[] wanted = expected.numbers(each.path("logprobs"), "logprobs.logprobs");
            if (ids.length < 2 || wanted.length != ids.length - 1) {
                throw expected.wrong("\"logprobs\" has " + wanted.length + " numbers for " + ids.length + " tokens");
            }
            scored.ids.add(ids);
            scored.logProbs.add(wanted);
            scored.likeliest.add(each.path("top5"));
        }
        return scored;
    }

    private void logProbs(TrainingDecoder decoder, Scored scored, List<Parity.Line> lines) {
        double worst = 0;
        double worstNext = 0;
        for (int text = 0; text < scored.ids.size(); text++) {
            int[] ids = scored.ids.get(text);
            Text whole = Text.completing(ids, ids.length - 1, 1f);
            float[] got = new Scoring(1).logProbs(decoder, List.of(whole)).getFirst();
            double[] wanted = scored.logProbs.get(text);
            for (int i = 0; i < wanted.length; i++) {
                worst = Math.max(worst, Math.abs(got[i] - wanted[i]));
            }
            worstNext = Math.max(worstNext, likeliest(decoder, whole, scored.likeliest.get(text)));
        }
        lines.add(new Parity.Line("log-probabilities of the tokens, worst", worst, NATS));
        lines.add(new Parity.Line("log-probabilities of the likeliest next tokens, worst", worstNext, NATS));
    }

    /// Log-probabilities of the sampler, which computes them in its own way.
    private void sampler(Scored scored, Dtype dtype, List<Parity.Line> lines) {
        double[] sums = new double[3]; // worst, sum of squares, count
        new SamplerLogits(model, device, dtype).each(scored.ids, (text, place, logits) -> {
            int[] ids = scored.ids.get(text);
            if (place + 1 < ids.length) {
                double off = SamplerLogits.logProb(logits, ids[place + 1])
                        - scored.logProbs.get(text)[place];
                sums[0] = Math.max(sums[0], Math.abs(off));
                sums[1] += off * off;
                sums[2]++;
            }
        });
        lines.add(
                dtype == Dtype.FLOAT32
                        ? new Parity.Line("log-probabilities of the sampler in float32, worst", sums[0], NATS)
                        : new Parity.Line(
                                "log-probabilities of the sampler in bfloat16, root mean square",
                                Math.sqrt(sums[1] / sums[2]),
                                BFLOAT16));
    }

    /// How far the log-probabilities of the tokens named are off, after the last token of a text.
    private double likeliest(TrainingDecoder decoder, Text text, JsonNode named) {
        float[] logits;
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Packing packing = Packing.of(decoder.config(), List.of(text));
            logits = decoder.logits(packing, new long[] {text.ids().length - 1L})[0];
        }
        double worst = 0;
        for (JsonNode each : named) {
            double[] pair = expected.numbers(each, "logprobs.top5");
            int id = pair.length == 2 ? (int) pair[0] : -1;
            if (id < 0 || id >= logits.length) {
                throw expected.wrong("\"logprobs.top5\" holds " + each + " where a token id and a number are needed");
            }
            worst = Math.max(worst, Math.abs(SamplerLogits.logProb(logits, id) - pair[1]));
        }
        return worst;
    }

    /// Each continuation ends with the end token or where the file's does.
    private void greedy(List<Parity.Line> lines) {
        List<int[]> prompts = new ArrayList<>();
        for (JsonNode each : expected.at("chat")) {
            prompts.add(expected.ids(each.path("ids"), "chat.ids", model.config()));
        }
        List<int[]> wanted = new ArrayList<>();
        for (JsonNode each : expected.at("greedy")) {
            wanted.add(expected.ids(each.path("ids"), "greedy.ids", model.config()));
        }
        if (wanted.size() != prompts.size()) {
            throw expected.wrong("\"greedy\" has " + wanted.size() + " entries and \"chat\" " + prompts.size());
        }
        OptionalInt most = wanted.stream().mapToInt(ids -> ids.length).max();
        if (most.isEmpty()) {
            return;
        }
        expected.refuseLong(prompts, most.getAsInt(), model.config());
        List<Sampler.Request> requests = new ArrayList<>();
        for (int[] prompt : prompts) {
            requests.add(new Sampler.Request(prompt, new long[] {0}, 0, most.getAsInt(), model.stops()));
        }
        List<List<Sampler.Drawn>> drawn = Sampler.once(model, device, Dtype.FLOAT32, requests);
        int different = 0;
        for (int i = 0; i < wanted.size(); i++) {
            different += TensorParity.different(
                    wanted.get(i), drawn.get(i).getFirst().tokens());
        }
        lines.add(new Parity.Line("greedy tokens of " + wanted.size() + " chats that differ", different, 0));
    }
}
