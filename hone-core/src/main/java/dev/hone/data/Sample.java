package dev.hone.data;

/// What a model made of a problem.
///
/// @param id unique in its run: `step/round/problem/index`
/// @param text the completion as text, forced prefix included, end token left out
/// @param tokens the completion's tokens, forced prefix and end token included
/// @param sampling the settings that it was drawn with
/// @param model id of the [Model] that drew it
public record Sample(
        String id,
        Problem problem,
        String text,
        Tokens tokens,
        Finish finish,
        Sampling sampling,
        String model,
        Origin origin,
        Hint hint) {}
