//! Personas that somebody brought: every state of each, append-only, beside the revisions and in none of them.
//! Absent: the built-in ones and what a persona must be (see `exchange` and `catalogue`).

use catalogue::persona::RawPersona;
use sqlx::{Executor, Row, SqliteConnection};

use crate::check::Finding;
use crate::{Store, StoreError};

/// Longest persona, in bytes of JSON.
const PERSONA_BYTES: usize = 256 << 10;
/// Most personas in place.
pub const PERSONAS_MAX: i64 = 500;

impl Store {
    /// Writes personas, each in the place of the one of the same identifier; a persona that is what is in place
    /// already is left out. Gives the number written.
    ///
    /// # Errors
    /// When one is too long, there would be too many, or the database cannot write; nothing is then changed.
    pub async fn put_personas(
        &self,
        personas: &[RawPersona],
        author: &str,
        written_at: &str,
    ) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        transaction.execute(sqlx::raw_sql(include_str!("sql/persona_schema.sql"))).await?;
        let mut written = 0;
        for persona in personas {
            let body = serde_json::to_string(persona).expect("a persona is plain data");
            if body.len() > PERSONA_BYTES {
                return Err(StoreError::PersonasLimit(format!(
                    "« {} » dépasse {} ko",
                    persona.id,
                    PERSONA_BYTES >> 10
                )));
            }
            let in_place = body_of(&mut transaction, &persona.id).await?;
            if in_place.flatten().as_deref() == Some(body.as_str()) {
                continue;
            }
            insert(&mut transaction, &persona.id, Some(&body), author, written_at).await?;
            written += 1;
        }
        let in_place = in_place(&mut transaction).await?.len() as i64;
        if in_place > PERSONAS_MAX {
            let message = format!("il y aurait {in_place} personas, {PERSONAS_MAX} au plus");
            return Err(StoreError::PersonasLimit(message));
        }
        transaction.commit().await?;
        Ok(written)
    }

    /// Withdraws a persona that somebody brought; tells whether there was one.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn withdraw_persona(
        &self,
        id: &str,
        author: &str,
        written_at: &str,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        transaction.execute(sqlx::raw_sql(include_str!("sql/persona_schema.sql"))).await?;
        let is_there = body_of(&mut transaction, id).await?.flatten().is_some();
        if is_there {
            insert(&mut transaction, id, None, author, written_at).await?;
            transaction.commit().await?;
        }
        Ok(is_there)
    }

    /// Number of the last state written; 0 before any. Cheap: asked several times a second.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn personas_number(&self) -> Result<i64, StoreError> {
        let mut connection = self.pool.acquire().await?;
        if !exists(&mut connection).await? {
            return Ok(0);
        }
        let greatest = sqlx::query_scalar("SELECT coalesce(max(number), 0) FROM persona");
        Ok(greatest.fetch_one(&mut *connection).await?)
    }

    /// The personas in place, by identifier.
    ///
    /// # Errors
    /// When the database cannot be read, or a persona is not what was written.
    pub async fn personas(&self) -> Result<Vec<RawPersona>, StoreError> {
        let mut connection = self.pool.acquire().await?;
        if !exists(&mut connection).await? {
            return Ok(Vec::new());
        }
        let rows = in_place(&mut connection).await?;
        rows.into_iter()
            .map(|(id, body)| {
                serde_json::from_str(&body)
                    .map_err(|_| StoreError::Damaged(format!("persona {id} illisible")))
            })
            .collect()
    }

    /// Verifies that the personas in place can be read.
    pub(crate) async fn check_personas(&self) -> Result<Vec<Finding>, StoreError> {
        match self.personas().await {
            Err(StoreError::Damaged(problem)) => Ok(vec![Finding {
                severity: crate::Severity::Error,
                problem,
                remedy: "importez-le de nouveau par « parcours personas import »".to_owned(),
            }]),
            other => other.map(|_| Vec::new()),
        }
    }
}

async fn exists(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    let count = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'persona'";
    let tables: i64 = sqlx::query_scalar(count).fetch_one(connection).await?;
    Ok(tables > 0)
}

/// The state in place of a persona: none, withdrawn, or its body.
async fn body_of(connection: &mut SqliteConnection, id: &str) -> Result<Option<Option<String>>, StoreError> {
    let last = sqlx::query_scalar("SELECT body FROM persona WHERE id = ?1 ORDER BY number DESC LIMIT 1");
    Ok(last.bind(id).fetch_optional(connection).await?)
}

async fn in_place(connection: &mut SqliteConnection) -> Result<Vec<(String, String)>, StoreError> {
    let rows = sqlx::query(include_str!("sql/personas.sql")).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get("id")?, row.try_get("body")?))).collect()
}

async fn insert(
    connection: &mut SqliteConnection,
    id: &str,
    body: Option<&str>,
    author: &str,
    written_at: &str,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO persona (id, body, author, written_at) VALUES (?1, ?2, ?3, ?4)")
        .bind(id)
        .bind(body)
        .bind(author)
        .bind(written_at)
        .execute(connection)
        .await?;
    Ok(())
}
