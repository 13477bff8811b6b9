-- Figures of a step that are computed once, such as how far the sampler and the learner are apart.

CREATE TABLE step_figure (
  step_id INTEGER NOT NULL REFERENCES step,
  what    TEXT NOT NULL,                      -- they are of
  name    TEXT NOT NULL,
  value   ANY,                                -- NULL is not a number
  PRIMARY KEY (step_id, what, name)
) STRICT, WITHOUT ROWID;
