SELECT id, body FROM persona AS last
WHERE body IS NOT NULL AND number = (SELECT max(number) FROM persona WHERE id = last.id)
ORDER BY id
