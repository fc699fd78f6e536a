-- The directory of certifications, replaced whole: not a part of any revision. Made with the first directory, so
-- that a program that does not know it opens the same database.
CREATE TABLE IF NOT EXISTS certification_directory (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    loaded_at TEXT NOT NULL,
    total INTEGER NOT NULL CHECK (total > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT;

CREATE TABLE IF NOT EXISTS certification (
    code TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
