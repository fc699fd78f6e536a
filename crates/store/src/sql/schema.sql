CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    parent INTEGER REFERENCES revision (id),
    published_at TEXT NOT NULL,
    author TEXT NOT NULL,
    message TEXT NOT NULL,
    added INTEGER NOT NULL CHECK (added >= 0),
    changed INTEGER NOT NULL CHECK (changed >= 0),
    withdrawn INTEGER NOT NULL CHECK (withdrawn >= 0),
    total INTEGER NOT NULL CHECK (total >= 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT;

-- A training as published by a revision; a body of NULL withdraws it. The revision's row is written
-- last, with the counts, hence the deferred key.
CREATE TABLE training_version (
    training_id TEXT NOT NULL,
    revision INTEGER NOT NULL REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED,
    body TEXT,
    PRIMARY KEY (training_id, revision)
) STRICT, WITHOUT ROWID;

CREATE INDEX training_version_by_revision ON training_version (revision);

CREATE TRIGGER revision_is_not_updated BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'published rows never change'); END;
CREATE TRIGGER revision_is_not_deleted BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'published rows never change'); END;
CREATE TRIGGER training_version_is_not_updated BEFORE UPDATE ON training_version
BEGIN SELECT RAISE(ABORT, 'published rows never change'); END;
CREATE TRIGGER training_version_is_not_deleted BEFORE DELETE ON training_version
BEGIN SELECT RAISE(ABORT, 'published rows never change'); END;
