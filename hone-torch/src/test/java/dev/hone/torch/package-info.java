/// Laws of the engine, on tiny models, and what tests of its rooms share.
@NullMarked
package dev.hone.torch;

import org.jspecify.annotations.NullMarked;
