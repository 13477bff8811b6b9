package dev.hone.torch;

import dev.hone.data.Author;
import dev.hone.data.Finish;
import dev.hone.data.Hint;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Sample;
import dev.hone.data.Tokens;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/// Draws with a model of this machine.
///
/// @param dtype that products are computed in
/// @param rows sequences in flight; changes the speed, never a sample
/// @param threads that draw; changes the speed, never a sample
public record TorchGenerator(LocalModels models, Dtype dtype, int rows, int threads) implements Generator {

    /// Float32, 256 rows, a thread a core.
    public static TorchGenerator on(LocalModels models) {
        return new TorchGenerator(
                models, Dtype.FLOAT32, 256, Runtime.getRuntime().availableProcessors());
    }

    /// What a prompt became: a request for the sampler, or why there is none.
    private sealed interface Asked {
        record Request(Sampler.Request request, Tokens kept) implements Asked {}

        record Refused(String because) implements Asked {}
    }

    @Override
    public List<Sample> generate(Model model, List<Prompt> prompts, Step step) {
        LoadedModel loaded = models.load(model);
        var manners = new Manners(loaded);
        List<Asked> asked = new ArrayList<>();
        List<Sampler.Request> requests = new ArrayList<>();
        long total = 0;
        for (Prompt prompt : prompts) {
            Asked each = ask(loaded, manners, prompt, step);
            asked.add(each);
            if (each instanceof Asked.Request(Sampler.Request request, var _)) {
                requests.add(request);
                total += prompt.samples();
            }
        }
        long all = total;
        List<List<Sampler.Drawn>> drawn = draw(loaded, requests, done -> {
            step.mayStop();
            step.progress(done, all, "samples", "");
        });
        List<Sample> samples = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < prompts.size(); i++) {
            Prompt prompt = prompts.get(i);
            switch (asked.get(i)) {
                case Asked.Refused(String because) -> samples.addAll(failed(model, prompt, because, step));
                case Asked.Request(var _, Tokens kept) ->
                    samples.addAll(finished(loaded, model, prompt, kept, drawn.get(next++), step));
            }
        }
        return samples;
    }

    private List<List<Sampler.Drawn>> draw(LoadedModel loaded, List<Sampler.Request> requests, LongConsumer progress) {
        try (var gang = new Gang(threads);
                var weights = BatchWeights.of(loaded.config(), loaded.tensors(), dtype, gang)) {
            return new Sampler(weights, rows, threads).draw(requests, progress);
        }
    }

    private static Asked ask(LoadedModel loaded, Manners manners, Prompt prompt, Step step) {
        Tokens kept = prompt.origin() instanceof Origin.Forked(var _, Tokens prefix) ? prefix : Tokens.empty();
        int[] ids;
        try {
            ids = LoadedModel.join(loaded.prompt(prompt.problem().prompt()), kept.ids());
        } catch (Unwritable refused) {
            return new Asked.Refused(String.valueOf(refused.getMessage()));
        }
        int room = loaded.config().context() - ids.length;
        if (ids.length == 0 || room < prompt.sampling().maxTokens()) {
            return new Asked.Refused("prompt and prefix of " + ids.length + " tokens and maxTokens "
                    + prompt.sampling().maxTokens() + " exceed the model's context "
                    + loaded.config().context() + "; lower maxTokens or shorten the prompt");
        }
        if (kept.size() > 0 && loaded.ends().contains(kept.id(kept.size() - 1))) {
            return new Asked.Refused("the forced prefix already holds the end token; cut it off to go on");
        }
        if (Arrays.stream(ids).anyMatch(id -> id < 0 || id >= loaded.config().vocabulary())) {
            return new Asked.Refused("the forced prefix has token ids outside of the model's vocabulary of "
                    + loaded.config().vocabulary() + "; it comes from a model with another tokenizer");
        }
        long[] seeds = new long[prompt.samples()];
        for (int index = 0; index < seeds.length; index++) {
            seeds[index] = Generator.seed(step, prompt, index).value();
        }
        Sampler.Manner manner;
        try {
            manner = manners.of(prompt.sampling(), kept.ids());
        } catch (IllegalArgumentException refused) {
            return new Asked.Refused(String.valueOf(refused.getMessage()));
        }
        return new Asked.Request(
                new Sampler.Request(ids, seeds, manner, prompt.sampling().maxTokens(), loaded.stops()), kept);
    }

    private static List<Sample> failed(Model model, Prompt prompt, String because, Step step) {
        List<Sample> samples = new ArrayList<>();
        for (int index = 0; index < prompt.samples(); index++) {
            samples.add(sample(model, prompt, index, "", Tokens.empty(), new Finish.Failed(because), step));
        }
        return samples;
    }

    private static List<Sample> finished(
            LoadedModel loaded, Model model, Prompt prompt, Tokens kept, List<Sampler.Drawn> drawn, Step step) {
        List<Sample> samples = new ArrayList<>();
        for (int index = 0; index < drawn.size(); index++) {
            Sampler.Drawn each = drawn.get(index);
            Tokens tokens = kept.plus(Tokens.scored(Author.MODEL, each.tokens(), each.logProbs()));
            Finish finish = each.ending() == Sampler.Ending.LIMIT
                    ? new Finish.Truncated(prompt.sampling().maxTokens())
                    : new Finish.Stopped();
            String text = text(loaded.tokenizer(), prompt.sampling().stops(), kept, tokens, each.ending());
            samples.add(sample(model, prompt, index, text, tokens, finish, step));
        }
        return samples;
    }

    private static String text(
            TextTokenizer tokenizer, List<String> stops, Tokens kept, Tokens tokens, Sampler.Ending ending) {
        int[] ids = tokens.ids();
        return switch (ending) {
            case LIMIT -> tokenizer.decode(ids);
            case ENDED -> tokenizer.decode(Arrays.copyOf(ids, ids.length - 1));
            case STOPPED -> {
                String text = tokenizer.decode(ids);
                int forced = tokenizer.decode(kept.ids()).length();
                yield text.substring(0, StopStrings.end(stops, text, forced).orElse(text.length()));
            }
        };
    }

    private static Sample sample(
            Model model, Prompt prompt, int index, String text, Tokens tokens, Finish finish, Step step) {
        return new Sample(
                Generator.id(step, prompt, index),
                prompt.problem(),
                text,
                tokens,
                finish,
                prompt.sampling(),
                model.id(),
                prompt.origin(),
                Hint.NONE);
    }
}
