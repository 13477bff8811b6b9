/// The local engine: draws from, scores with and trains a decoder that lies in a Hugging Face directory.
///
/// **In** a model directory, prompts as token ids or text, examples. **Out** samples, log-probabilities, a
/// new model directory whose name is the hash of its content. No tensor ever leaves this package, nothing
/// here judges or picks a sample, and nothing native is loaded before the first model is used.
///
/// Start at [ModelDirectory] (the files), then [Sampler] (drawing: plain Java around one matrix product,
/// because a sample must not depend on its neighbours, bit for bit), then [Trainer] and [TrainingDecoder]
/// (learning, on libtorch).
///
/// A token is drawn by [Dice], or by [WarpedDice] if the distribution is bent; [StopStrings] and [RegexGuide]
/// hold the text that grows against what was asked; in [LockStep] several models draw together.
///
/// Text becomes tokens in [PromptWriter], by the model's [ChatTemplate] if it has one. A GGUF file becomes a
/// model directory in [GgufConversion].
///
/// **To add a model family:** a case of [Family], its parts in [BatchDecoder] and [TrainingDecoder], and a
/// folder under `parity/` in the tests with what transformers computes on a tiny model of that family; for
/// GGUF its architecture in [GgufConfig] and the names of its tensors in [GgufWeights].
@NullMarked
package dev.hone.torch;

import org.jspecify.annotations.NullMarked;
