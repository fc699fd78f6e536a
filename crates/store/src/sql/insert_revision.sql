INSERT INTO revision (id, parent, published_at, author, message, added, changed, withdrawn, total, digest)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
