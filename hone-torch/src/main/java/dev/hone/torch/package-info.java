/// The local engine: draws from, scores with and trains a decoder that lies in a Hugging Face directory.
///
/// **In** a handle on a model, prompts, examples. **Out** samples, log-probabilities, a new model directory
/// whose name is the hash of its content. No tensor leaves the engine, nothing here picks a sample, and
/// nothing native is loaded before the first model is used.
///
/// Start at [LocalModels], then [TorchGenerator], [TorchLikelihood] and [TorchLearner], which play roles of
/// [dev.hone.generate] and [dev.hone.learn]. Other modules use this package and [dev.hone.torch.setting]
/// only; rooms below never use this one. In the order of their dependencies:
///
/// | Room | Holds |
/// |---|---|
/// | [dev.hone.torch.setting] | what a caller chooses |
/// | [dev.hone.torch.file] | weights, JSON, safe writing, faults |
/// | [dev.hone.torch.template] | chat templates |
/// | [dev.hone.torch.tokenizer] | text to tokens and back |
/// | [dev.hone.torch.model] | a model's directory: config, weights, prompts, adapters |
/// | [dev.hone.torch.gguf] | GGUF files |
/// | [dev.hone.torch.device] | tensors onto a device and off it; what is missing for a GPU |
/// | [dev.hone.torch.kernel] | inner loops written by hand |
/// | [dev.hone.torch.sample] | drawing |
/// | [dev.hone.torch.objective] | losses on plain numbers |
/// | [dev.hone.torch.learn] | training and scoring on libtorch |
@NullMarked
package dev.hone.torch;

import org.jspecify.annotations.NullMarked;
