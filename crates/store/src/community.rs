//! The community in a file of its own beside the revisions: here rows change and go, so that a person can be erased.
//!
//! Inside: relays, who holds them, cohorts, events; each change is checked whole before it is written. Deleted bytes are
//! written over (`secure_delete`), there is no write-ahead log to keep older pages, and the file is written anew after each
//! change of a person. Absent: backups (see [`crate::Backup`]), what a community must be (see `catalogue::community`), the
//! clock.

mod persons;
mod rows;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use catalogue::Referential;
use catalogue::community::{Community, RawCohort, RawCommunity, RawEvent, RawPerson, RawRelay};
use catalogue::roadmaps::Roadmaps;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, SqliteConnection, SqlitePool};

pub use persons::{Erased, Holder, Mention};

use crate::StoreError;
use crate::check::{Finding, Severity};
use crate::open::{Header, Mark, header};

/// Name of the community's file in a data directory.
pub const COMMUNITY_NAME: &str = "community.sqlite";
/// `PARR`: marks a SQLite file as a community of ours.
const APPLICATION_ID: u32 = 0x5041_5252;
/// Format of the file that this program writes.
const FORMAT: u32 = 1;
const MARK: Mark = Mark { application: APPLICATION_ID, format: FORMAT };
/// How long one writer waits for another.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The community of a data directory. Cheap to clone.
#[derive(Debug, Clone)]
pub struct CommunityStore {
    pool: SqlitePool,
}

/// The community as it is held.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldCommunity {
    /// Its value, built-in relays included.
    pub community: Community,
    /// When each event was last changed, RFC 3339, by identifier.
    pub events_changed_at: BTreeMap<String, String>,
    /// When anything was last written, erasures aside, RFC 3339; none: never.
    pub changed_at: Option<String>,
    /// Number of changes so far.
    pub number: i64,
}

impl CommunityStore {
    /// Opens the community of a data directory that exists, and makes its file when there is none: only its owner may read
    /// it, where the system knows owners.
    ///
    /// # Errors
    /// When the file is not ours, damaged, newer, or cannot be written.
    pub async fn open(dir: &Path) -> Result<Self, StoreError> {
        let path = dir.join(COMMUNITY_NAME);
        make_private(&path)?;
        Self::connect(path).await
    }

    /// Opens the community of a data directory; nothing when nobody made it.
    ///
    /// # Errors
    /// As [`CommunityStore::open`].
    pub async fn open_existing(dir: &Path) -> Result<Option<Self>, StoreError> {
        let path = dir.join(COMMUNITY_NAME);
        if path.exists() { Self::connect(path).await.map(Some) } else { Ok(None) }
    }

    async fn connect(path: PathBuf) -> Result<Self, StoreError> {
        if let Header::Foreign = header(&path, &MARK)? {
            return Err(StoreError::ForeignFile(path));
        }
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .synchronous(SqliteSynchronous::Full)
            .pragma("secure_delete", "ON")
            .pragma("temp_store", "MEMORY")
            .disable_statement_logging();
        let mut first = SqliteConnection::connect_with(&options).await?;
        initialise(&mut first, &path).await?;
        first.close().await?;
        // One connection: nothing of ours keeps the file from being written anew.
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.journal_mode(SqliteJournalMode::Delete))
            .await?;
        Ok(Self { pool })
    }

    /// Closes the connection; what is written is in the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Number of changes so far. Cheap: asked several times a second.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn number(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar("SELECT number FROM change").fetch_one(&self.pool).await?)
    }

    /// All that is held, with the built-in relays.
    ///
    /// # Errors
    /// When the file cannot be read, or does not hold what was written.
    pub async fn read(&self) -> Result<HeldCommunity, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let raw = rows::read(&mut transaction).await?;
        let events_changed_at = rows::events_changed_at(&mut transaction).await?;
        let select = sqlx::query_as("SELECT number, written_at FROM change");
        let (number, changed_at) = select.fetch_one(&mut *transaction).await?;
        let community = parse(&raw).map_err(|_| StoreError::Damaged("communauté illisible".to_owned()))?;
        Ok(HeldCommunity { community, events_changed_at, changed_at, number })
    }

    /// Puts a whole community in the place of what is held; people who are not in it are erased. Gives the number of relays,
    /// cohorts and events that differ.
    ///
    /// # Errors
    /// When it makes no sense, or cannot be written; nothing is then changed.
    pub async fn replace(&self, raw: &RawCommunity, written_at: &str) -> Result<u64, StoreError> {
        self.change(written_at, |held| *held = raw.clone()).await
    }

    /// Writes a relay, in the place of the one of its identifier, built-in ones included. Without a person, whoever is held
    /// stays: see [`CommunityStore::erase_person`].
    ///
    /// # Errors
    /// As [`CommunityStore::replace`].
    pub async fn put_relay(&self, relay: &RawRelay, written_at: &str) -> Result<bool, StoreError> {
        let put = |held: &mut RawCommunity| {
            let before =
                held.relays.iter().position(|own| own.id == relay.id).map(|at| held.relays.remove(at));
            let person = relay.person.clone().or_else(|| before.and_then(|own| own.person));
            held.relays.push(RawRelay { person, ..relay.clone() });
        };
        Ok(self.change(written_at, put).await? > 0)
    }

    /// Removes a relay and who holds it; cohorts and events no longer name it, unless it is built-in too. Tells whether there
    /// was one.
    ///
    /// # Errors
    /// As [`CommunityStore::replace`].
    pub async fn remove_relay(&self, id: &str, written_at: &str) -> Result<bool, StoreError> {
        let is_builtin = Community::builtin(&Roadmaps::builtin()).relay(id).is_some();
        let remove = |held: &mut RawCommunity| {
            held.relays.retain(|own| own.id != id);
            if !is_builtin {
                held.cohorts.iter_mut().for_each(|own| own.relays.retain(|relay| relay != id));
                held.events.iter_mut().for_each(|own| own.relays.retain(|relay| relay != id));
            }
        };
        Ok(self.change(written_at, remove).await? > 0)
    }

    /// Writes a cohort, in the place of the one of its identifier; tells whether anything changed.
    ///
    /// # Errors
    /// As [`CommunityStore::replace`].
    pub async fn put_cohort(&self, cohort: &RawCohort, written_at: &str) -> Result<bool, StoreError> {
        let put = |held: &mut RawCommunity| {
            held.cohorts.retain(|own| own.id != cohort.id);
            held.cohorts.push(cohort.clone());
        };
        Ok(self.change(written_at, put).await? > 0)
    }

    /// Removes a cohort; its events are then for everybody. Tells whether there was one.
    ///
    /// # Errors
    /// As [`CommunityStore::replace`].
    pub async fn remove_cohort(&self, id: &str, written_at: &str) -> Result<bool, StoreError> {
        let remove = |held: &mut RawCommunity| {
            held.cohorts.retain(|own| own.id != id);
            held.events
                .iter_mut()
                .for_each(|own| own.cohort = own.cohort.take().filter(|cohort| cohort != id));
        };
        Ok(self.change(written_at, remove).await? > 0)
    }

    /// Writes an event, in the place of the one of its identifier; tells whether anything changed.
    ///
    /// # Errors
    /// As [`CommunityStore::replace`].
    pub async fn put_event(&self, event: &RawEvent, written_at: &str) -> Result<bool, StoreError> {
        let put = |held: &mut RawCommunity| {
            held.events.retain(|own| own.id != event.id);
            held.events.push(event.clone());
        };
        Ok(self.change(written_at, put).await? > 0)
    }

    /// Removes an event; tells whether there was one.
    ///
    /// # Errors
    /// As [`CommunityStore::replace`].
    pub async fn remove_event(&self, id: &str, written_at: &str) -> Result<bool, StoreError> {
        let remove = |held: &mut RawCommunity| held.events.retain(|own| own.id != id);
        Ok(self.change(written_at, remove).await? > 0)
    }

    /// Names who holds a relay that somebody wrote, with the day on which she agreed, in the place of whoever was named.
    ///
    /// # Errors
    /// As [`CommunityStore::replace`], and when there is no such relay: a built-in one is first written.
    pub async fn set_person(
        &self,
        relay: &str,
        person: &RawPerson,
        written_at: &str,
    ) -> Result<bool, StoreError> {
        let mut is_there = false;
        let set = |held: &mut RawCommunity| {
            if let Some(own) = held.relays.iter_mut().find(|own| own.id == relay) {
                own.person = Some(person.clone());
                is_there = true;
            }
        };
        let changed = self.change(written_at, set).await?;
        if is_there { Ok(changed > 0) } else { Err(StoreError::NoRelay(relay.to_owned())) }
    }

    /// Verifies the file and that it holds what was written; empty when all is well.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub async fn check(&self) -> Result<Vec<Finding>, StoreError> {
        let told: Vec<String> = sqlx::query_scalar("PRAGMA quick_check").fetch_all(&self.pool).await?;
        let mut problems: Vec<String> = told.into_iter().filter(|line| line != "ok").collect();
        if problems.is_empty() {
            match self.read().await {
                Err(StoreError::Damaged(problem)) => problems.push(problem),
                other => drop(other?),
            }
        }
        let finding = |problem| Finding {
            severity: Severity::Error,
            problem: format!("« {COMMUNITY_NAME} » : {problem}"),
            remedy: "écartez ce fichier, puis importez de nouveau la communauté".to_owned(),
        };
        Ok(problems.into_iter().map(finding).collect())
    }

    /// Changes what is held, if the whole then makes sense. Gives the number of relays, cohorts and events that differ.
    async fn change(
        &self,
        written_at: &str,
        edit: impl FnOnce(&mut RawCommunity),
    ) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let before = rows::read(&mut transaction).await?;
        let mut after = before.clone();
        edit(&mut after);
        let after = parse(&after).map_err(StoreError::CommunityRefused)?.to_raw(&Referential::builtin());
        let changed = rows::write(&mut transaction, &before, &after, written_at).await?;
        if changed == 0 {
            return Ok(0);
        }
        rows::count_change(&mut transaction, Some(written_at)).await?;
        transaction.commit().await?;
        if rows::persons(&before) != rows::persons(&after) {
            self.write_anew().await?;
        }
        Ok(changed)
    }

    /// Writes the file anew, without anything that was deleted.
    async fn write_anew(&self) -> Result<(), StoreError> {
        let done = sqlx::query("VACUUM").execute(&self.pool).await;
        done.map_err(|error| StoreError::NotWrittenAnew(Box::new(error.into())))?;
        Ok(())
    }
}

fn parse(raw: &RawCommunity) -> Result<Community, Vec<catalogue::Problem>> {
    Community::parse(raw, &Referential::builtin(), &Roadmaps::builtin())
}

/// Makes the file when there is none, readable by its owner alone.
fn make_private(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::File { path: path.to_owned(), source: error })
        }
        _ => Ok(()),
    }
}

/// Makes the tables of a new file; leaves ours as it is, even one that cannot be written; refuses another's.
async fn initialise(connection: &mut SqliteConnection, path: &Path) -> Result<(), StoreError> {
    if is_ours(connection).await? {
        return Ok(());
    }
    let mut transaction = connection.begin_with("BEGIN EXCLUSIVE").await?;
    if is_ours(&mut transaction).await? {
        return Ok(transaction.rollback().await?);
    }
    let tables: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&mut *transaction).await?;
    if tables > 0 {
        return Err(StoreError::ForeignFile(path.to_owned()));
    }
    transaction.execute(sqlx::raw_sql(include_str!("sql/community_schema.sql"))).await?;
    let mark = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT};");
    transaction.execute(sqlx::raw_sql(AssertSqlSafe(mark))).await?;
    Ok(transaction.commit().await?)
}

/// Whether a file has our mark; not yet when it is new.
async fn is_ours(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    let application: u32 = sqlx::query_scalar("PRAGMA application_id").fetch_one(connection).await?;
    Ok(application == APPLICATION_ID)
}
