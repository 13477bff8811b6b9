/// Wiring: which class plays which role in a run, and in which order.
///
/// **In** [dev.hone.app.settings.Settings]. **Out** [dev.hone.app.report.Results].
/// Nothing here prints or parses options. The test split is opened in [Examination] and
/// nowhere else, after the method has returned.
///
/// Start at [Improvement]. [Methods] and [Tasks] are the lists of what there is.
///
/// **To add a method:** one line in [Methods].
@NullMarked
package dev.hone.app.wiring;

import org.jspecify.annotations.NullMarked;
