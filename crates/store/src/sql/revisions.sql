-- ?1: least number; ?2: most rows. The latest first.
SELECT id, parent, published_at, author, message, added, changed, withdrawn, total, digest
FROM revision WHERE id >= ?1 ORDER BY id DESC LIMIT ?2
