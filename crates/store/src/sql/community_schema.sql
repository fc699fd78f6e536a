-- The community, apart from revisions so that a person can be erased: rows change and go here.
CREATE TABLE relay (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL, -- JSON, without its person
    written_at TEXT NOT NULL
) STRICT;
-- Who holds a function, with the day on which she agreed to be named: nothing of her is anywhere else.
CREATE TABLE person (
    relay TEXT PRIMARY KEY REFERENCES relay (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    email TEXT,
    agreed_on TEXT NOT NULL,
    written_at TEXT NOT NULL
) STRICT;
CREATE TABLE cohort (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL, -- JSON
    written_at TEXT NOT NULL
) STRICT;
CREATE TABLE event (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL, -- JSON
    written_at TEXT NOT NULL
) STRICT;
-- Number of changes, so that a reader knows cheaply whether to read again; when relays, cohorts or events last changed.
CREATE TABLE change (
    number INTEGER NOT NULL,
    written_at TEXT -- NULL: never
) STRICT;
INSERT INTO change VALUES (0, NULL);
