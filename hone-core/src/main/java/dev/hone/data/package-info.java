/// Values.
@NullMarked
package dev.hone.data;

import org.jspecify.annotations.NullMarked;
