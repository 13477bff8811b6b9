/// Files: weights by name, JSON, and writing that leaves a file old or new and never half.
///
/// **In** paths and bytes from elsewhere, which are taken for hostile. **Out** [Tensors], of which a
/// [Weight] is read when it is asked for; JSON that was checked; a [Fault] that says what is wrong, what is
/// allowed, what to do.
/// Nothing here knows what a tensor is for, or allocates by a length that it has not held against the file.
///
/// Start at [Tensors], then [Safetensors] and [Shards]. Every failure that a user can repair is made by
/// [Fault].
@NullMarked
package dev.hone.torch.file;

import org.jspecify.annotations.NullMarked;
