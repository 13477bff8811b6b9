/// Where tensors of libtorch lie, and whether a GPU can be computed on.
///
/// **In** numbers in Java's arrays, a [dev.hone.torch.setting.Device]. **Out** tensors on it, numbers in arrays
/// again; what is missing for CUDA, in words.
/// Nothing here knows a decoder. No tensor is kept: all belong to the scope in which they are made.
///
/// Start at [Transfer], which all numbers pass on their way onto a device and off it, and [Cuda].
@NullMarked
package dev.hone.torch.device;

import org.jspecify.annotations.NullMarked;
