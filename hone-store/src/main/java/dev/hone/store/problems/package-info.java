/// Problems in files: one JSON object a line.
///
/// **In** a JSONL file, or [dev.hone.data.Problem] with worked answers. **Out** the other one, or a task.
/// Nothing here judges samples of a run, and no content of a file makes it hang or half-read.
///
/// Start at [FileTask] for a user's own problems, at [ProblemsFile] for reading and writing.
///
/// | Field | Holds | Without it |
/// |---|---|---|
/// | `prompt` | one user message | `messages` is needed |
/// | `messages` | turns of `role` and `content` (text, or typed parts) | `prompt` is needed |
/// | `answer` | the reference | `checker` names a program, or is `none` |
/// | `checker` | `exact`, `numeric` (`tolerance`), `regex` (`pattern`), `none`, or a program's name | `exact` |
/// | `id` | names the problem | derives from the prompt |
/// | `split` | `train`, `validation`, `test` | `train`; if no line has one, 80/10/10 by the prompt |
/// | `facts` | texts by name | none |
/// | `worked` | worked answers, each accepted by the checker | none |
///
/// **To add one:** a field is read and written in `ProblemLine`, with a row above and a case in both tests.
@NullMarked
package dev.hone.store.problems;

import org.jspecify.annotations.NullMarked;
