/// A model on disk and all that is known of it before anything is computed with it.
///
/// **In** a directory in the form of Hugging Face transformers, an adapter in PEFT's. **Out** its config,
/// its weights by name, its prompts and demonstrations in tokens; new directories whose name is the hash of
/// their content.
/// Nothing here draws, learns or touches a native tensor. [PlainDecoder] computes only to see that what was
/// written is what was meant.
///
/// Start at [ModelDirectory], then [LoadedModel], whose [PromptWriter] makes tokens out of messages; new
/// ones are written by [DirectoryWriter].
///
/// **To add a model family:** a case of [Family], its parts in [dev.hone.torch.sample.BatchDecoder] and
/// [dev.hone.torch.learn.TrainingDecoder], and a folder under `parity/` in the tests with what transformers
/// computes on a tiny model of that family; for GGUF see [dev.hone.torch.gguf].
@NullMarked
package dev.hone.torch.model;

import org.jspecify.annotations.NullMarked;
