-- ?1: JSON array of identifiers. The body kept is that of the greatest revision.
SELECT training_id, max(revision) AS revision, body
FROM training_version
WHERE training_id IN (SELECT value FROM json_each(?1))
GROUP BY training_id
