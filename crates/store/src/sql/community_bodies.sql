SELECT 'relay' AS kind, id, body FROM relay
UNION ALL SELECT 'cohort', id, body FROM cohort
UNION ALL SELECT 'event', id, body FROM event
UNION ALL SELECT 'person', relay, json_object('name', name, 'email', email) FROM person
ORDER BY kind, id
