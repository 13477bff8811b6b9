-- Instants are milliseconds since 1970 UTC. Columns of type ANY hold doubles bit by bit: a REAL column would
-- turn -0.0 into 0.0 on disk. Token ids, log-probabilities and losses are little-endian arrays.

CREATE TABLE run (
  id               INTEGER PRIMARY KEY,
  name             TEXT NOT NULL UNIQUE,
  method           TEXT NOT NULL,
  seed             INTEGER NOT NULL,
  settings         TEXT NOT NULL,
  settings_version INTEGER NOT NULL,
  hone_version     TEXT NOT NULL,
  folder           TEXT NOT NULL,             -- beside the store file
  started          INTEGER NOT NULL,
  status           TEXT NOT NULL CHECK (status IN ('running', 'stopped', 'done', 'failed')),
  ended            INTEGER NOT NULL,          -- when the status last changed
  because          TEXT NOT NULL DEFAULT '',
  headline         TEXT NOT NULL DEFAULT '',
  pid              INTEGER NOT NULL,          -- of the process that runs it, or ran it last
  heartbeat        INTEGER NOT NULL           -- its last commit
) STRICT;

CREATE TABLE step (
  id     INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run,
  name   TEXT NOT NULL,
  round  INTEGER NOT NULL,
  UNIQUE (run_id, name, round)
) STRICT;

CREATE TABLE spent (
  step_id INTEGER NOT NULL REFERENCES step,
  phase   TEXT NOT NULL,
  seconds ANY NOT NULL,
  PRIMARY KEY (step_id, phase)
) STRICT, WITHOUT ROWID;

-- Once per run; a problem that is also asked with a hint has a second row under the same name.
CREATE TABLE problem (
  id     INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run,
  name   TEXT NOT NULL,
  hash   BLOB NOT NULL,                       -- SHA-256 of body
  body   TEXT NOT NULL,                       -- JSON
  UNIQUE (run_id, name, hash)
) STRICT;

-- What a sample was drawn with.
CREATE TABLE setting (
  id          INTEGER PRIMARY KEY,
  run_id      INTEGER NOT NULL REFERENCES run,
  model       TEXT NOT NULL,
  temperature ANY NOT NULL,
  max_tokens  INTEGER NOT NULL,
  hint        TEXT NOT NULL CHECK (hint IN ('none', 'shown')),
  UNIQUE (run_id, model, temperature, max_tokens, hint)
) STRICT;

CREATE TABLE sample (
  id         INTEGER PRIMARY KEY,
  run_id     INTEGER NOT NULL REFERENCES run,
  step_id    INTEGER NOT NULL REFERENCES step,
  problem_id INTEGER NOT NULL REFERENCES problem,
  setting_id INTEGER NOT NULL REFERENCES setting,
  name       TEXT NOT NULL,
  text       ANY NOT NULL,                    -- UTF-16 bytes if it is not valid Unicode
  ids        BLOB NOT NULL,                   -- int32 each
  log_probs  BLOB NOT NULL,                   -- float32 each, NaN where none is known
  authors    BLOB NOT NULL,                   -- pairs of int32: author, how many tokens in a row
  finish     TEXT NOT NULL CHECK (finish IN ('stopped', 'truncated', 'failed')),
  detail     ANY,                             -- the limit of a truncated one, the reason of a failed one
  UNIQUE (run_id, name)
) STRICT;
CREATE INDEX sample_by_step ON sample (step_id);

-- The forced prefix of a sample that has one.
CREATE TABLE fork (
  sample_id INTEGER PRIMARY KEY REFERENCES sample,
  parent    TEXT NOT NULL,
  ids       BLOB NOT NULL,
  log_probs BLOB NOT NULL,
  authors   BLOB NOT NULL
) STRICT;

CREATE TABLE judge (
  id     INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run,
  role   TEXT NOT NULL,                       -- the name it was recorded under
  name   TEXT NOT NULL,                       -- the name it gives itself
  UNIQUE (run_id, role, name)
) STRICT;

CREATE TABLE verdict (
  sample_id INTEGER NOT NULL REFERENCES sample,
  step_id   INTEGER NOT NULL REFERENCES step,
  judge_id  INTEGER NOT NULL REFERENCES judge,
  kind      TEXT NOT NULL CHECK (kind IN ('scored', 'unjudged')),
  value     ANY,
  because   TEXT NOT NULL,
  PRIMARY KEY (sample_id, step_id, judge_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
  sample_id INTEGER NOT NULL REFERENCES sample,
  step_id   INTEGER NOT NULL REFERENCES step,
  role      TEXT NOT NULL,                    -- the name that the selector was recorded under
  kept      INTEGER NOT NULL CHECK (kept IN (0, 1)),
  because   TEXT NOT NULL,
  PRIMARY KEY (sample_id, step_id, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE model (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  location TEXT NOT NULL,                     -- relative to the run's folder where it lies in there
  origin   TEXT NOT NULL CHECK (origin IN ('given', 'learned')),
  parent   TEXT NOT NULL,                     -- of a learned one; who gave a given one
  run      TEXT NOT NULL,
  step     TEXT NOT NULL,
  round    INTEGER NOT NULL
) STRICT;

CREATE TABLE learned (
  step_id  INTEGER PRIMARY KEY REFERENCES step,
  model_id INTEGER NOT NULL REFERENCES model,
  asked    BLOB NOT NULL,                     -- SHA-256 of start, examples, objective and training
  losses   BLOB NOT NULL,                     -- float64 each
  tokens   INTEGER NOT NULL
) STRICT;

CREATE TABLE offered (
  run_id   INTEGER NOT NULL REFERENCES run,
  round    INTEGER NOT NULL,
  model_id INTEGER NOT NULL REFERENCES model,
  PRIMARY KEY (run_id, round)
) STRICT, WITHOUT ROWID;

CREATE TABLE exam (
  step_id          INTEGER PRIMARY KEY REFERENCES step,
  name             TEXT NOT NULL,
  model            TEXT NOT NULL,
  questions        INTEGER NOT NULL,
  samples          INTEGER NOT NULL,
  calls            INTEGER NOT NULL,
  generated_tokens INTEGER NOT NULL
) STRICT;

CREATE TABLE figure (
  step_id  INTEGER NOT NULL REFERENCES exam,
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  value    ANY,                               -- NULL is not a number
  low      ANY,
  high     ANY,
  n        INTEGER NOT NULL,
  PRIMARY KEY (step_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE per_problem (
  step_id INTEGER NOT NULL REFERENCES exam,
  figure  TEXT NOT NULL,
  "values" BLOB NOT NULL,                     -- float64 each, in the exam's order
  PRIMARY KEY (step_id, figure)
) STRICT, WITHOUT ROWID;

CREATE TABLE health (
  run_id INTEGER NOT NULL REFERENCES run,
  round  INTEGER NOT NULL,
  name   TEXT NOT NULL,
  value  ANY,
  PRIMARY KEY (run_id, round, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
  id     INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run,
  round  INTEGER NOT NULL,
  text   TEXT NOT NULL,
  UNIQUE (run_id, round, text)
) STRICT;
