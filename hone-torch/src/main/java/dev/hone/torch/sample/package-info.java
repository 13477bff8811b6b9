/// Drawing completions: plain Java around one matrix product on the CPU, tensors of libtorch on a GPU.
///
/// **In** prompts in tokens, settings, seeds. **Out** tokens with their log-probabilities,
/// [dev.hone.data.Sample].
/// On the CPU a sample never depends on its neighbours, bit for bit, nor on rows or threads; nothing here has a
/// gradient or writes a file, and no tensor leaves it.
///
/// Start at [PromptedDrawing] (prompts to samples), then [Sampler], then [StepDecoder], what it asks: [BatchDecoder]
/// computes that on the CPU, [TensorDecoder] on either device; [Pages] counts who shares what they keep.
/// A token is drawn by [Dice], or by [WarpedDice] if the distribution is bent; [StopStrings] and
/// [RegexGuide] hold the text that grows against what was asked; in [LockStep] several models draw
/// together.
@NullMarked
package dev.hone.torch.sample;

import org.jspecify.annotations.NullMarked;
