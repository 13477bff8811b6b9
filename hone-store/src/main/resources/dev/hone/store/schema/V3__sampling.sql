-- What shapes the drawing besides temperature and length, as JSON; '' for none. Part of what tells settings apart, so
-- the table is made anew (SQLite cannot change a UNIQUE).

CREATE TABLE setting_2 (
  id            INTEGER PRIMARY KEY,
  run_id        INTEGER NOT NULL REFERENCES run,
  model         TEXT NOT NULL,
  temperature   ANY NOT NULL,
  max_tokens    INTEGER NOT NULL,
  sampling_more TEXT NOT NULL DEFAULT '',
  hint          TEXT NOT NULL CHECK (hint IN ('none', 'shown')),
  UNIQUE (run_id, model, temperature, max_tokens, sampling_more, hint)
) STRICT;

INSERT INTO setting_2 (id, run_id, model, temperature, max_tokens, hint)
SELECT id, run_id, model, temperature, max_tokens, hint FROM setting;

DROP TABLE setting;

ALTER TABLE setting_2 RENAME TO setting;
