-- ?1 and ?2: two revisions, the earlier first.
SELECT touched.training_id,
    (SELECT body FROM training_version AS v
     WHERE v.training_id = touched.training_id AND v.revision <= ?1
     ORDER BY v.revision DESC LIMIT 1) AS earlier,
    (SELECT body FROM training_version AS v
     WHERE v.training_id = touched.training_id AND v.revision <= ?2
     ORDER BY v.revision DESC LIMIT 1) AS later
FROM (SELECT DISTINCT training_id FROM training_version WHERE revision > ?1 AND revision <= ?2) AS touched
ORDER BY touched.training_id
