package dev.hone.torch.sample;

import dev.hone.data.Author;
import dev.hone.data.Finish;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Sample;
import dev.hone.data.Tokens;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.run.Step;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.template.Unwritable;
import dev.hone.torch.tokenizer.TextTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/// What lies between prompts and something that draws tokens: prompts become requests, and what was drawn
/// becomes samples.
///
/// @param model whose samples they are
/// @param loaded the same, whose tokenizer writes and reads
/// @param context tokens that fit into whatever draws
public record PromptedDrawing(Model model, LoadedModel loaded, int context, Step step) {

    /// Draws tokens.
    @FunctionalInterface
    public interface Drawer {
        /// @param progress told how many completions are done so far; may throw to stop the work
        /// @return for each request its completions, in the order of the seeds
        List<List<Sampler.Drawn>> draw(List<Sampler.Request> requests, LongConsumer progress);
    }

    /// What a prompt became: a request for the sampler, or why there is none.
    private sealed interface Asked {
        record Request(Sampler.Request request, Tokens kept) implements Asked {}

        record Refused(String because) implements Asked {}
    }

    /// @return prompt by prompt in the order given, for each its samples by index
    public List<Sample> samples(List<Prompt> prompts, Drawer drawer) {
        var manners = new Manners(loaded);
        List<Asked> asked = new ArrayList<>();
        List<Sampler.Request> requests = new ArrayList<>();
        long total = 0;
        for (Prompt prompt : prompts) {
            Asked each = ask(manners, prompt);
            asked.add(each);
            if (each instanceof Asked.Request(Sampler.Request request, var _)) {
                requests.add(request);
                total += prompt.samples();
            }
        }
        long all = total;
        List<List<Sampler.Drawn>> drawn = drawer.draw(requests, done -> {
            step.mayStop();
            step.progress(done, all, "samples", "");
        });
        List<Sample> samples = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < prompts.size(); i++) {
            Prompt prompt = prompts.get(i);
            switch (asked.get(i)) {
                case Asked.Refused(String because) -> samples.addAll(failed(prompt, because));
                case Asked.Request(var request, Tokens kept) ->
                    samples.addAll(finished(prompt, request.limits(), kept, drawn.get(next++)));
            }
        }
        return samples;
    }

    private Asked ask(Manners manners, Prompt prompt) {
        Tokens kept;
        int[] ids;
        try {
            kept = kept(prompt.origin());
            ids = LoadedModel.join(loaded.prompt(prompt.seen()), kept.ids());
        } catch (Unwritable refused) {
            return new Asked.Refused(String.valueOf(refused.getMessage()));
        }
        int room = context - ids.length;
        int limit = prompt.sampling().maxTokens();
        if (kept.size() > 0 && room > 0) {
            limit = Math.min(limit, room); // the prefix is a part of the answer that maxTokens makes room for
        }
        if (ids.length == 0 || room < limit) {
            return new Asked.Refused("prompt and prefix of " + ids.length + " tokens and maxTokens "
                    + prompt.sampling().maxTokens() + " exceed the model's context "
                    + context + "; lower maxTokens or shorten the prompt");
        }
        if (kept.size() > 0 && loaded.ends().contains(kept.id(kept.size() - 1))) {
            return new Asked.Refused("the forced prefix already holds the end token; cut it off to go on");
        }
        if (Arrays.stream(kept.ids())
                .anyMatch(id -> id < 0 || id >= loaded.config().vocabulary())) {
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
        return new Asked.Request(new Sampler.Request(ids, seeds, manner, limit, loaded.stops()), kept);
    }

    private Tokens kept(Origin origin) {
        return switch (origin) {
            case Origin.Fresh() -> Tokens.empty();
            case Origin.Forked(var _, Tokens prefix) -> prefix;
            case Origin.Begun(var _, String text) -> Tokens.by(Author.FORCED, loaded.written(text));
        };
    }

    private List<Sample> failed(Prompt prompt, String because) {
        List<Sample> samples = new ArrayList<>();
        for (int index = 0; index < prompt.samples(); index++) {
            samples.add(sample(prompt, index, "", Tokens.empty(), new Finish.Failed(because)));
        }
        return samples;
    }

    private List<Sample> finished(Prompt prompt, int[] limits, Tokens kept, List<Sampler.Drawn> drawn) {
        List<Sample> samples = new ArrayList<>();
        for (int index = 0; index < drawn.size(); index++) {
            Sampler.Drawn each = drawn.get(index);
            Tokens tokens = kept.plus(Tokens.scored(Author.MODEL, each.tokens(), each.logProbs()));
            Finish finish =
                    each.ending() == Sampler.Ending.LIMIT ? new Finish.Truncated(limits[index]) : new Finish.Stopped();
            String text = text(prompt.sampling().stops(), kept, tokens, each.ending());
            samples.add(sample(prompt, index, text, tokens, finish));
        }
        return samples;
    }

    private String text(List<String> stops, Tokens kept, Tokens tokens, Sampler.Ending ending) {
        TextTokenizer tokenizer = loaded.tokenizer();
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

    private Sample sample(Prompt prompt, int index, String text, Tokens tokens, Finish finish) {
        return new Sample(
                Generator.id(step, prompt, index),
                prompt.problem(),
                text,
                tokens,
                finish,
                prompt.sampling(),
                model.id(),
                prompt.origin(),
                prompt.hint());
    }
}
