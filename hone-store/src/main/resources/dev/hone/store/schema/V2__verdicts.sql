-- Verdicts of reward models: 'rewarded' holds a number on no scale, 'stepwise' numbers in [0, 1] apart by spaces.

CREATE TABLE verdict_of_any_kind (
  sample_id INTEGER NOT NULL REFERENCES sample,
  step_id   INTEGER NOT NULL REFERENCES step,
  judge_id  INTEGER NOT NULL REFERENCES judge,
  kind      TEXT NOT NULL CHECK (kind IN ('scored', 'rewarded', 'stepwise', 'unjudged')),
  value     ANY,
  because   TEXT NOT NULL,
  PRIMARY KEY (sample_id, step_id, judge_id)
) STRICT, WITHOUT ROWID;

INSERT INTO verdict_of_any_kind SELECT sample_id, step_id, judge_id, kind, value, because FROM verdict;
DROP TABLE verdict;
ALTER TABLE verdict_of_any_kind RENAME TO verdict;
