//! Reading revisions: their list, a state, what differs between two. Absent: writing.

use catalogue::RawTraining;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::body::Body;
use crate::digest::Digest;
use crate::{Store, StoreError};

/// A published state of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Number, from 1.
    pub id: i64,
    /// Number of the revision before it.
    pub parent: Option<i64>,
    /// When, UTC, RFC 3339.
    pub published_at: String,
    /// Who published it.
    pub author: String,
    /// Why.
    pub message: String,
    /// Trainings added.
    pub added: i64,
    /// Trainings changed.
    pub changed: i64,
    /// Trainings withdrawn.
    pub withdrawn: i64,
    /// Trainings in this state.
    pub total: i64,
    /// Digest of this state.
    pub digest: Digest,
}

/// What differs between two revisions, by identifier.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    /// In the second only.
    pub added: Vec<RawTraining>,
    /// In both and different: before, after.
    pub changed: Vec<(RawTraining, RawTraining)>,
    /// In the first only.
    pub withdrawn: Vec<RawTraining>,
}

/// The states of one training: revision and row, `None` when withdrawn.
pub type History = Vec<(i64, Option<RawTraining>)>;

impl Store {
    /// The latest revision; `None` before any publication.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn latest(&self) -> Result<Option<Revision>, StoreError> {
        latest(&mut *self.pool.acquire().await?).await
    }

    /// Number of the latest revision; 0 before any. Cheap: asked several times a second.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn latest_number(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar("SELECT coalesce(max(id), 0) FROM revision").fetch_one(&self.pool).await?)
    }

    /// A revision.
    ///
    /// # Errors
    /// [`StoreError::NoRevision`] when there is none of this number.
    pub async fn revision(&self, id: i64) -> Result<Revision, StoreError> {
        let found = self.revisions(id, i64::MAX).await?.pop();
        found.filter(|revision| revision.id == id).ok_or(StoreError::NoRevision(id))
    }

    /// Revisions numbered `least` or more, the latest first, at most `limit`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn revisions(&self, least: i64, limit: i64) -> Result<Vec<Revision>, StoreError> {
        let query = sqlx::query(include_str!("sql/revisions.sql")).bind(least).bind(limit);
        query.fetch_all(&self.pool).await?.iter().map(revision).collect()
    }

    /// Gives each training of a revision to `sink`, by identifier; memory stays bounded.
    ///
    /// # Errors
    /// When the revision does not exist, the database cannot be read, or a row is unreadable.
    pub async fn state(&self, id: i64, sink: &mut (dyn FnMut(RawTraining) + Send)) -> Result<(), StoreError> {
        let mut failed = None;
        self.bodies(id, &mut |body| match body.raw() {
            Ok(raw) => sink(raw),
            Err(error) => drop(failed.get_or_insert(error)),
        })
        .await?;
        failed.map_or(Ok(()), Err)
    }

    /// Gives each training of a revision to `sink`, by identifier, as it was published and without reading its
    /// JSON; memory stays bounded.
    ///
    /// # Errors
    /// When the revision does not exist, or the database cannot be read.
    pub async fn bodies(&self, id: i64, sink: &mut (dyn FnMut(Body) + Send)) -> Result<(), StoreError> {
        self.revision(id).await?;
        let mut last: Option<(String, Option<String>)> = None;
        self.versions(id, &mut |training_id, _, body| {
            if let Some((known, Some(body))) = last.take_if(|(known, _)| *known != training_id) {
                sink(Body::published(known, body));
            }
            last = Some((training_id, body));
        })
        .await?;
        if let Some((known, Some(body))) = last {
            sink(Body::published(known, body));
        }
        Ok(())
    }

    /// Gives each row published up to a revision to `sink`, by identifier, then by revision.
    pub(crate) async fn versions(
        &self,
        until: i64,
        sink: &mut (dyn FnMut(String, i64, Option<String>) + Send),
    ) -> Result<(), StoreError> {
        use sqlx::Executor;
        let mut connection = self.pool.acquire().await?;
        let query = sqlx::query(include_str!("sql/versions_until.sql")).bind(until);
        let mut rows = connection.fetch(query);
        while let Some(row) = next(&mut rows).await? {
            sink(row.try_get("training_id")?, row.try_get("revision")?, row.try_get("body")?);
        }
        Ok(())
    }

    /// What must be done to go from one revision to another: each training that differs, with its
    /// row in `to`, or `None` when it is not there.
    ///
    /// # Errors
    /// When a revision does not exist, or the database cannot be read.
    pub async fn changes(
        &self,
        from: i64,
        to: i64,
    ) -> Result<Vec<(String, Option<RawTraining>)>, StoreError> {
        let rows = self.touched(from, to).await?;
        rows.into_iter()
            .filter(|(_, before, after)| before != after)
            .map(|(id, _, after)| {
                let raw = after.map(|body| parse(&id, &body)).transpose()?;
                Ok((id, raw))
            })
            .collect()
    }

    /// What differs between two revisions.
    ///
    /// # Errors
    /// When a revision does not exist, or the database cannot be read.
    pub async fn difference(&self, from: i64, to: i64) -> Result<Difference, StoreError> {
        let mut difference = Difference::default();
        for (id, before, after) in self.touched(from, to).await? {
            let read = |body: Option<String>| body.map(|body| parse(&id, &body)).transpose();
            match (read(before)?, read(after)?) {
                (None, Some(after)) => difference.added.push(after),
                (Some(before), None) => difference.withdrawn.push(before),
                (Some(before), Some(after)) if before != after => difference.changed.push((before, after)),
                _ => {}
            }
        }
        Ok(difference)
    }

    async fn touched(
        &self,
        from: i64,
        to: i64,
    ) -> Result<Vec<(String, Option<String>, Option<String>)>, StoreError> {
        for id in [from, to] {
            if id != 0 {
                self.revision(id).await?;
            }
        }
        let (earlier, later) = if from <= to { ("earlier", "later") } else { ("later", "earlier") };
        let query = sqlx::query(include_str!("sql/difference.sql")).bind(from.min(to)).bind(from.max(to));
        let rows = query.fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(earlier)?, row.try_get(later)?))).collect()
    }

    /// All states of a training, earliest first; empty when it never was published.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn history(&self, training_id: &str) -> Result<History, StoreError> {
        let query = sqlx::query(include_str!("sql/training_history.sql")).bind(training_id);
        let rows = query.fetch_all(&self.pool).await?;
        rows.iter()
            .map(|row| {
                let body: Option<String> = row.try_get("body")?;
                Ok((row.try_get("revision")?, body.map(|body| parse(training_id, &body)).transpose()?))
            })
            .collect()
    }
}

async fn next<S>(rows: &mut S) -> Result<Option<SqliteRow>, sqlx::Error>
where
    S: futures_core::Stream<Item = Result<SqliteRow, sqlx::Error>> + Unpin,
{
    std::future::poll_fn(|context| std::pin::Pin::new(&mut *rows).poll_next(context)).await.transpose()
}

pub(crate) async fn latest(connection: &mut SqliteConnection) -> Result<Option<Revision>, StoreError> {
    let query = sqlx::query(include_str!("sql/revisions.sql")).bind(1_i64).bind(1_i64);
    query.fetch_optional(connection).await?.as_ref().map(revision).transpose()
}

fn revision(row: &SqliteRow) -> Result<Revision, StoreError> {
    let digest: &[u8] = row.try_get("digest")?;
    let damaged = || StoreError::Damaged("empreinte de version de mauvaise longueur".to_owned());
    Ok(Revision {
        id: row.try_get("id")?,
        parent: row.try_get("parent")?,
        published_at: row.try_get("published_at")?,
        author: row.try_get("author")?,
        message: row.try_get("message")?,
        added: row.try_get("added")?,
        changed: row.try_get("changed")?,
        withdrawn: row.try_get("withdrawn")?,
        total: row.try_get("total")?,
        digest: Digest::from_bytes(digest).ok_or_else(damaged)?,
    })
}

pub(crate) fn parse(id: &str, body: &str) -> Result<RawTraining, StoreError> {
    serde_json::from_str(body)
        .map_err(|error| StoreError::Unreadable { id: id.to_owned(), reason: error.to_string() })
}
