-- ?1: JSON array of [code, body].
INSERT INTO certification (code, body)
SELECT value ->> 0, value ->> 1 FROM json_each(?1)
