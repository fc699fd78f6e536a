-- ?1: a subject, or NULL for all. Of each subject, the latest job; the latest subject first.
SELECT number, subject, input, state, progress, output, asked_at, ended_at
FROM job
WHERE number IN (SELECT max(number) FROM job WHERE ?1 IS NULL OR subject = ?1 GROUP BY subject)
ORDER BY number DESC
