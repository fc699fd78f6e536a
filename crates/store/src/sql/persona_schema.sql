-- Every state that each persona has had; a row never changes. The state in place is that of the greatest number.
CREATE TABLE IF NOT EXISTS persona (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    body TEXT, -- JSON; NULL: withdrawn
    author TEXT NOT NULL,
    written_at TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS persona_by_id ON persona (id, number);
CREATE TRIGGER IF NOT EXISTS persona_never_changes BEFORE UPDATE ON persona
BEGIN SELECT RAISE(ABORT, 'a written persona never changes'); END;
CREATE TRIGGER IF NOT EXISTS persona_never_goes BEFORE DELETE ON persona
BEGIN SELECT RAISE(ABORT, 'a written persona never goes'); END;
