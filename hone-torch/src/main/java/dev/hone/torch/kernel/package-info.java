/// The inner loops that are written by hand: products of a few rows with packed matrices, arithmetic on
/// float arrays, threads that share short loops, random numbers by place.
///
/// **In** arrays and [dev.hone.torch.file.Tensors]. **Out** arrays, in an order of sums that does not
/// depend on the machine's load, the number of threads or the rows beside.
/// Nothing here knows a decoder. No memory is native unless its arena says so, and no tensor of libtorch is
/// made.
///
/// Start at [RowProduct]; [Brgemm] is the fast one, [PackedMatrix] what it reads.
@NullMarked
package dev.hone.torch.kernel;

import org.jspecify.annotations.NullMarked;
