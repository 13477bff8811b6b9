/// Laws of the engine, on tiny models.
@NullMarked
package dev.hone.torch;

import org.jspecify.annotations.NullMarked;
