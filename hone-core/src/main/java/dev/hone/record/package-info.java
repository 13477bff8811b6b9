/// Keeping: what a method hands to the record besides what its roles write down themselves.
///
/// **In** a judge or selector that a method made. **Out** the same, on record.
/// Nothing here knows how or where the record is kept.
///
/// Start at [Recording].
@NullMarked
package dev.hone.record;

import org.jspecify.annotations.NullMarked;
