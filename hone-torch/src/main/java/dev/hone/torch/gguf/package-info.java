/// GGUF files, of which model directories are made.
///
/// **In** a file of one of the supported families, which is not trusted. **Out** a directory as
/// [dev.hone.torch.model.ModelDirectory] opens it: numbers as llama.cpp dequantises them, tokenizer,
/// config.
/// Nothing here is written to a GGUF file, and nothing of the engine computes with one.
///
/// Start at [GgufConversion], then [GgufFile].
///
/// **To add an architecture:** its name in [GgufConfig], the names of its tensors in [GgufWeights]; a type
/// of blocks is a case of [GgufType] and of [GgufBlocks].
@NullMarked
package dev.hone.torch.gguf;

import org.jspecify.annotations.NullMarked;
