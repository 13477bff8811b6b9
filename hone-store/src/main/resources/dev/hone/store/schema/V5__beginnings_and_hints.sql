-- A forced prefix that was given as text, which the generator made into tokens itself: its ids, log_probs and authors are
-- empty. UTF-16 bytes if it is not valid Unicode; NULL for a prefix of tokens.

ALTER TABLE fork ADD COLUMN text ANY;

-- What the model saw in place of its problem's own prompt, of samples with a hint. Those of older versions have no row:
-- their problem's prompt was what the model saw.

CREATE TABLE hint (
  sample_id INTEGER PRIMARY KEY REFERENCES sample,
  messages  TEXT NOT NULL                     -- JSON
) STRICT;
