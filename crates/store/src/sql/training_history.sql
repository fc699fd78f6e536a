SELECT revision, body FROM training_version WHERE training_id = ?1 ORDER BY revision
