/// What a caller chooses of the engine, in the words of other modules.
///
/// **In** a word or a constant. **Out** [Device], [Dtype] and [Activations] for computing, [SpecialText] for reading
/// messages, [StoredDtype] for files, [LogitBlend] for drawing with several models.
/// Nothing here opens a file, knows a model or another room of the engine. Besides [dev.hone.torch] this is
/// the only room that other modules may use, so everything public here is meant for them.
///
/// Start at [Dtype].
@NullMarked
package dev.hone.torch.setting;

import org.jspecify.annotations.NullMarked;
