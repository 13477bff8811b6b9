/// Reports: what a run found out, for a reader, a program and the eye.
///
/// **In** [Results], or a [Comparison] of runs. **Out** a table for the terminal, `report.md`, `report.json`,
/// `plot.svg`,
/// `plot.png`; `compare.md`, `compare.json`, `compare.png`.
/// Nothing here measures or decides anything; equal results give equal files, times kept apart.
///
/// Start at [Results]; [ReportFolder] writes the files.
///
/// **To add a form:** one class that reads [Results], one line in [ReportFolder].
@NullMarked
package dev.hone.app.report;

import org.jspecify.annotations.NullMarked;
