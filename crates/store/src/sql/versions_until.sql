-- ?1: revision. The last row of each identifier is its state then.
SELECT training_id, revision, body FROM training_version
WHERE revision <= ?1 ORDER BY training_id, revision
