-- Figures of a step that are computed once, such as how far the sampler and the learner are apart.

CREATE TABLE step_figure (
  step_id INTEGER NOT NULL REFERENCES step,
  name    TEXT NOT NULL,
  value   ANY,                                -- NULL is not a number
  PRIMARY KEY (step_id, name)
) STRICT, WITHOUT ROWID;
