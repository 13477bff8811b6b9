-- A step may have figures of several things. Those on record do not say what they are of; a run that goes on computes
-- them again.
DROP TABLE step_figure;

CREATE TABLE step_figure (
  step_id INTEGER NOT NULL REFERENCES step,
  what    TEXT NOT NULL,                      -- they are of
  name    TEXT NOT NULL,
  value   ANY,                                -- NULL is not a number
  PRIMARY KEY (step_id, what, name)
) STRICT, WITHOUT ROWID;
