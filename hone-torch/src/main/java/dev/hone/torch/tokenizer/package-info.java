/// Text to token ids and back, by the `tokenizer.json` that comes with a model.
///
/// **In** such a file, which is not trusted, and text. **Out** ids, text, the bytes of each token.
/// Nothing of a file reaches the native library unchecked, because the library ends the process where it is
/// wrong; and no text becomes a special token here unless it is asked to.
///
/// Start at [TextTokenizer]; [TokenizerJson] is what it lets through.
@NullMarked
package dev.hone.torch.tokenizer;

import org.jspecify.annotations.NullMarked;
