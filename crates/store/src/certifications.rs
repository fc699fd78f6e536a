//! The directory of certifications: one for a data directory, replaced whole in one transaction, beside the
//! revisions and in none of them. Absent: reading its files (see `exchange`), what it means (see `catalogue`).

use std::collections::BTreeMap;

use catalogue::Seen;
use catalogue::certification::{Certification, CertificationCode, Certifications};
use sqlx::{Executor, Row, SqliteConnection};

use crate::check::Finding;
use crate::digest::Digest;
use crate::{Store, StoreError};

/// Entries written at once.
const BATCH: usize = 500;

/// What is known of a directory without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryStamp {
    /// Number of the loading, from 1: another one at each replacement.
    pub number: i64,
    /// The day that the directory is true of.
    pub as_of: String,
    /// When it was loaded, UTC, RFC 3339.
    pub loaded_at: String,
    /// Certifications in it.
    pub total: i64,
    digest: Digest,
}

impl Store {
    /// Puts a directory in the place of the former one, if any.
    ///
    /// # Errors
    /// When it is empty or the database cannot write; the former one is then as it was.
    pub async fn replace_certifications(
        &self,
        directory: &Certifications,
        loaded_at: &str,
    ) -> Result<DirectoryStamp, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        transaction.execute(sqlx::raw_sql(include_str!("sql/certification_schema.sql"))).await?;
        let before = stamp(&mut transaction).await?;
        transaction.execute("DELETE FROM certification").await?;
        transaction.execute("DELETE FROM certification_directory").await?;
        let mut digest = Digest::default();
        let entries: Vec<(String, String)> = directory
            .iter()
            .map(|(code, entry)| {
                (code.to_string(), serde_json::to_string(entry).expect("an entry is plain data"))
            })
            .collect();
        for batch in entries.chunks(BATCH) {
            batch.iter().for_each(|(code, body)| digest.add(code, body));
            sqlx::query(include_str!("sql/insert_certifications.sql"))
                .bind(serde_json::to_string(batch).expect("texts are JSON"))
                .execute(&mut *transaction)
                .await?;
        }
        let after = DirectoryStamp {
            number: before.map_or(0, |before| before.number) + 1,
            as_of: directory.as_of().to_string(),
            loaded_at: loaded_at.to_owned(),
            total: i64::try_from(entries.len()).unwrap_or(i64::MAX),
            digest,
        };
        sqlx::query("INSERT INTO certification_directory VALUES (1, ?1, ?2, ?3, ?4, ?5)")
            .bind(after.number)
            .bind(&after.as_of)
            .bind(&after.loaded_at)
            .bind(after.total)
            .bind(after.digest.bytes())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(after)
    }

    /// The directory in place, without its entries. Cheap: asked several times a second.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn certifications_stamp(&self) -> Result<Option<DirectoryStamp>, StoreError> {
        stamp(&mut *self.pool.acquire().await?).await
    }

    /// The directory in place; `None` before any.
    ///
    /// # Errors
    /// When the database cannot be read, or an entry is not what was written.
    pub async fn certifications(&self) -> Result<Option<(DirectoryStamp, Certifications)>, StoreError> {
        // One transaction: a replacement between two readings would mix two directories.
        let mut transaction = self.pool.begin().await?;
        let Some(stamp) = stamp(&mut transaction).await? else { return Ok(None) };
        let damaged = |what: &str| StoreError::Damaged(format!("répertoire des certifications : {what}"));
        let mut entries = BTreeMap::new();
        for (code, body) in bodies(&mut transaction).await? {
            let known = CertificationCode::parse(&code).ok_or_else(|| damaged(&code))?;
            let entry: Certification = serde_json::from_str(&body).map_err(|_| damaged(&code))?;
            entries.insert(known, entry);
        }
        let as_of = Seen::parse(&stamp.as_of).map_err(|_| damaged("date illisible"))?;
        Ok(Some((stamp, Certifications::new(as_of, entries))))
    }

    /// Verifies that the directory in place is what was written.
    pub(crate) async fn check_certifications(&self) -> Result<Vec<Finding>, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let Some(stamp) = stamp(&mut transaction).await? else { return Ok(Vec::new()) };
        let (mut digest, mut unreadable) = (Digest::default(), 0_u64);
        let rows = bodies(&mut transaction).await?;
        for (code, body) in &rows {
            digest.add(code, body);
            let is_read = CertificationCode::parse(code).is_some()
                && serde_json::from_str::<Certification>(body).is_ok();
            unreadable += u64::from(!is_read);
        }
        let is_whole = i64::try_from(rows.len()).is_ok_and(|total| total == stamp.total);
        if is_whole && digest == stamp.digest && unreadable == 0 && Seen::parse(&stamp.as_of).is_ok() {
            return Ok(Vec::new());
        }
        let problem =
            format!("le répertoire des certifications du {} n’est pas celui qui a été chargé", stamp.as_of);
        let remedy = "chargez-le de nouveau par « parcours references load »".to_owned();
        Ok(vec![Finding { severity: crate::Severity::Error, problem, remedy }])
    }
}

/// The stamp of the directory in place; none when it never was loaded.
async fn stamp(connection: &mut SqliteConnection) -> Result<Option<DirectoryStamp>, StoreError> {
    let exists =
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'certification_directory'";
    let tables: i64 = sqlx::query_scalar(exists).fetch_one(&mut *connection).await?;
    if tables == 0 {
        return Ok(None);
    }
    let query = sqlx::query("SELECT number, as_of, loaded_at, total, digest FROM certification_directory");
    let Some(row) = query.fetch_optional(connection).await? else { return Ok(None) };
    let digest: &[u8] = row.try_get("digest")?;
    let damaged = || StoreError::Damaged("empreinte du répertoire de mauvaise longueur".to_owned());
    Ok(Some(DirectoryStamp {
        number: row.try_get("number")?,
        as_of: row.try_get("as_of")?,
        loaded_at: row.try_get("loaded_at")?,
        total: row.try_get("total")?,
        digest: Digest::from_bytes(digest).ok_or_else(damaged)?,
    }))
}

async fn bodies(connection: &mut SqliteConnection) -> Result<Vec<(String, String)>, StoreError> {
    let rows = sqlx::query("SELECT code, body FROM certification").fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get("code")?, row.try_get("body")?))).collect()
}
