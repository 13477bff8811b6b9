-- The most memory that the process held while it worked on a step's phase, in bytes, and how large the Java heap was
-- when that was read; 0 where the system does not tell.

ALTER TABLE spent ADD COLUMN resident INTEGER NOT NULL DEFAULT 0;
ALTER TABLE spent ADD COLUMN heap INTEGER NOT NULL DEFAULT 0;
