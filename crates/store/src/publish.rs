//! Publishing: one transaction that appends a revision and the rows that differ.
//! Absent: what is published and why (see the crate `actions`).

use std::collections::BTreeMap;

use sqlx::{QueryBuilder, Row, Sqlite, Transaction};

use crate::body::Body;
use crate::digest::Digest;
use crate::read::Revision;
use crate::{Store, StoreError};

/// Longest row of a training, in bytes of JSON.
pub const BODY_BYTES: usize = 64 << 10;
/// Longest author or message, in characters; longer ones are cut.
const TEXT_CHARS: usize = 500;
/// Edits examined at once.
const BATCH: usize = 500;

/// What is said of a revision when it is published.
#[derive(Debug, Clone)]
pub struct NewRevision {
    /// When, UTC, RFC 3339.
    pub published_at: String,
    /// Who publishes.
    pub author: String,
    /// Why, in a sentence.
    pub message: String,
    /// The revision that the edits were prepared on; refused when a later one exists.
    pub expected_parent: Option<i64>,
}

/// One change to the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Adds a training, or replaces the one of the same identifier.
    Put(Body),
    /// Withdraws the training of an identifier; nothing if there is none.
    Withdraw(String),
}

/// What a publication has done so far.
#[derive(Default)]
struct Ledger {
    added: i64,
    changed: i64,
    withdrawn: i64,
    digest: Digest,
}

impl Store {
    /// Publishes edits as one revision, or nothing at all. Edits that change nothing are left out;
    /// when nothing changes, there is no new revision and the answer is `None`.
    ///
    /// # Errors
    /// When someone published meanwhile, an identifier comes twice, a row is too long, or the
    /// database cannot write; nothing is then changed.
    pub async fn publish(
        &self,
        new: NewRevision,
        edits: impl Iterator<Item = Edit> + Send,
    ) -> Result<Option<Revision>, StoreError> {
        self.publish_each(new, edits.map(Ok)).await
    }

    /// The same, of edits that are read one by one and may fail to be.
    ///
    /// # Errors
    /// Those of [`Store::publish`], and the first failure among the edits; nothing is then changed.
    pub async fn publish_each(
        &self,
        new: NewRevision,
        edits: impl Iterator<Item = Result<Edit, StoreError>> + Send,
    ) -> Result<Option<Revision>, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let parent = crate::read::latest(&mut transaction).await?;
        let parent_id = parent.as_ref().map_or(0, |parent| parent.id);
        if let Some(expected) = new.expected_parent
            && expected != parent_id
        {
            return Err(StoreError::Overtaken { expected, found: parent_id });
        }
        let digest = parent.as_ref().map_or(Digest::default(), |parent| parent.digest);
        let mut ledger = Ledger { digest, ..Ledger::default() };
        let id = parent_id + 1;
        let mut edits = edits.peekable();
        while edits.peek().is_some() {
            let batch: Vec<Edit> = edits.by_ref().take(BATCH).collect::<Result<_, _>>()?;
            ledger.write(&mut transaction, id, batch).await?;
        }
        if ledger.added + ledger.changed + ledger.withdrawn == 0 {
            transaction.rollback().await?;
            return Ok(None);
        }
        let revision = Revision {
            id,
            parent: parent.as_ref().map(|parent| parent.id),
            published_at: new.published_at,
            author: new.author.chars().take(TEXT_CHARS).collect(),
            message: new.message.chars().take(TEXT_CHARS).collect(),
            added: ledger.added,
            changed: ledger.changed,
            withdrawn: ledger.withdrawn,
            total: parent.map_or(0, |parent| parent.total) + ledger.added - ledger.withdrawn,
            digest: ledger.digest,
        };
        insert(&mut transaction, &revision).await?;
        transaction.commit().await?;
        Ok(Some(revision))
    }

    /// Publishes the state of an earlier revision as a new one; `None` when it is the current state.
    ///
    /// # Errors
    /// When the revision does not exist; as [`Store::publish`] otherwise.
    pub async fn restore(&self, revision: i64, new: NewRevision) -> Result<Option<Revision>, StoreError> {
        self.revision(revision).await?;
        let latest = self.latest().await?.ok_or(StoreError::NoRevision(revision))?;
        let edits: Vec<Edit> = self
            .changes(latest.id, revision)
            .await?
            .into_iter()
            .map(|(id, raw)| raw.map_or(Edit::Withdraw(id), |raw| Edit::Put(Body::of(&raw))))
            .collect();
        self.publish(NewRevision { expected_parent: Some(latest.id), ..new }, edits.into_iter()).await
    }
}

impl Ledger {
    async fn write(
        &mut self,
        transaction: &mut Transaction<'_, Sqlite>,
        revision: i64,
        batch: Vec<Edit>,
    ) -> Result<(), StoreError> {
        if let Some(long) = batch.iter().filter_map(Edit::body).find(|body| body.json().len() > BODY_BYTES) {
            let (id, bytes) = (long.id().to_owned(), long.json().len());
            return Err(StoreError::TooLong { id, bytes, limit: BODY_BYTES });
        }
        let ids: Vec<&str> = batch.iter().map(Edit::id).collect();
        let rows = sqlx::query(include_str!("sql/current_bodies.sql"))
            .bind(serde_json::to_string(&ids).expect("texts are JSON"))
            .fetch_all(&mut **transaction)
            .await?;
        let current: BTreeMap<String, Option<String>> = rows
            .into_iter()
            .map(|row| Ok((row.try_get("training_id")?, row.try_get("body")?)))
            .collect::<Result<_, sqlx::Error>>()?;
        let mut written = Vec::new();
        for edit in &batch {
            let (id, after) = (edit.id(), edit.body().map(Body::json));
            let before = current.get(id).and_then(Option::as_deref);
            if before == after {
                continue;
            }
            if let Some(before) = before {
                self.digest.subtract(id, before);
            }
            if let Some(after) = after {
                self.digest.add(id, after);
            }
            match (before, after) {
                (None, _) => self.added += 1,
                (Some(_), Some(_)) => self.changed += 1,
                (Some(_), None) => self.withdrawn += 1,
            }
            written.push((id, after));
        }
        if !written.is_empty() {
            let mut query = QueryBuilder::new("INSERT INTO training_version (training_id, revision, body) ");
            query.push_values(&written, |mut row, (id, body)| {
                row.push_bind(*id).push_bind(revision).push_bind(*body);
            });
            // Few batches are of another size: their statements are not worth keeping.
            query.build().persistent(written.len() == BATCH).execute(&mut **transaction).await?;
        }
        Ok(())
    }
}

impl Edit {
    fn id(&self) -> &str {
        match self {
            Self::Put(body) => body.id(),
            Self::Withdraw(id) => id,
        }
    }

    fn body(&self) -> Option<&Body> {
        match self {
            Self::Put(body) => Some(body),
            Self::Withdraw(_) => None,
        }
    }
}

async fn insert(transaction: &mut Transaction<'_, Sqlite>, revision: &Revision) -> Result<(), StoreError> {
    sqlx::query(include_str!("sql/insert_revision.sql"))
        .bind(revision.id)
        .bind(revision.parent)
        .bind(&revision.published_at)
        .bind(&revision.author)
        .bind(&revision.message)
        .bind(revision.added)
        .bind(revision.changed)
        .bind(revision.withdrawn)
        .bind(revision.total)
        .bind(revision.digest.bytes())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
