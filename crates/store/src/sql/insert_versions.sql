-- ?1: revision; ?2: JSON array of [identifier, body or null].
INSERT INTO training_version (training_id, revision, body)
SELECT value ->> 0, ?1, value ->> 1 FROM json_each(?2)
