-- What chooses among samples of the model offered for a round; the reference is that of one learned from pairs.

CREATE TABLE verifier (
  id           INTEGER PRIMARY KEY,           -- in the order in which they were offered
  run_id       INTEGER NOT NULL REFERENCES run,
  round        INTEGER NOT NULL,
  name         TEXT NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('preferring', 'grading')),
  model_id     INTEGER NOT NULL REFERENCES model,
  reference_id INTEGER REFERENCES model,
  UNIQUE (run_id, round, name),
  CHECK ((kind = 'preferring') = (reference_id IS NOT NULL))
) STRICT;
