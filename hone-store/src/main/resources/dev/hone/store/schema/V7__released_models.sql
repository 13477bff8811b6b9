-- Whether a learned model's files may be gone: the method that learned it had no more use for it.

ALTER TABLE model ADD COLUMN released INTEGER NOT NULL DEFAULT 0;
