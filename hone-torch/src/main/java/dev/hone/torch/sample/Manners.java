package dev.hone.torch.sample;

import dev.hone.data.Constraint;
import dev.hone.data.Sampling;
import dev.hone.torch.model.LoadedModel;
import java.util.HashMap;
import java.util.Map;

/// Settings of sampling in a model's tokens. An expression is compiled once.
///
/// One thread at a time.
final class Manners {
    private final LoadedModel model;
    private final Map<String, RegexGuide> guides = new HashMap<>();

    Manners(LoadedModel model) {
        this.model = model;
    }

    /// @param kept tokens that the completion begins with
    /// @throws IllegalArgumentException if the settings do not go with the model or with what is kept
    /// @throws dev.hone.run.HoneException if the constraint cannot be used
    Sampler.Manner of(Sampling sampling, int[] kept) {
        var bias = sampling.warping().bias();
        int vocabulary = model.config().vocabulary();
        if (!bias.isEmpty() && bias.lastKey() >= vocabulary) {
            throw new IllegalArgumentException("the bias for token " + bias.lastKey()
                    + " is for none of the model's vocabulary of " + vocabulary + "; take it out");
        }
        Stop stop = sampling.stops().isEmpty()
                ? Stop.NEVER
                : new StopStrings(sampling.stops(), model.tokenizer().bytes(), kept);
        Guide guide = switch (sampling.constraint()) {
            case Constraint.Free() -> Guide.FREE;
            case Constraint.Regex(String pattern) ->
                guides.computeIfAbsent(
                                pattern,
                                _ -> new RegexGuide(pattern, model.tokenizer().bytes(), vocabulary, model.stops()))
                        .after(kept);
        };
        return new Sampler.Manner(sampling.temperature(), sampling.warping(), stop, guide);
    }
}
