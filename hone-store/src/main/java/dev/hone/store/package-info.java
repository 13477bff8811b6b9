/// The store: what happened in every run, so that a run survives the death of its process.
///
/// **In** the roles of hone-core and what they give. **Out** the same roles, recorded: what is finished is
/// read, what was cut goes on from its last commit. Besides, everything that a report or a dashboard wants
/// to know. Nothing here generates, judges or learns; nothing that was drawn is thrown away.
///
/// Start at [Store]; [RecordedRun] is what a method sees. The tables are in `V1__runs.sql` and the files
/// after it.
///
/// | Role | A finished step | A step that was cut |
/// |---|---|---|
/// | generator | samples are read, bit for bit | the missing prompts are asked |
/// | judge, selector | rows are read | all is judged again |
/// | learner | the model's row is read | the learner resumes from its own checkpoint |
/// | exam | the report is read | its samples are read, the rest is done |
///
/// **To add one:** a new case of a sealed value gets its words in the class that writes its rows; a new
/// table or column is a new `V<n>__<what>.sql`, and [Database#VERSION] rises; a published file is never
/// edited.
@NullMarked
package dev.hone.store;

import org.jspecify.annotations.NullMarked;
