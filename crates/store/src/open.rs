//! Opening a data directory: ours, new, or refused untouched. Absent: what is in it.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, SqliteConnection, SqlitePool};

use crate::{Store, StoreError};

/// Name of the database in a data directory.
pub const DATABASE_NAME: &str = "parcours.sqlite";
/// `PARC`: marks a SQLite file as ours.
const APPLICATION_ID: u32 = 0x5041_5243;
/// Format of the database that this program writes.
const FORMAT: u32 = 1;
/// Names that may stand beside the database, or before it is made.
const OURS: [&str; 8] = [
    "cache",
    "community.sqlite",
    "community.sqlite-journal",
    "imports",
    "jobs.sqlite",
    "jobs.sqlite-shm",
    "jobs.sqlite-wal",
    "lost+found",
];
/// How long a second publisher waits for the first.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// A new SQLite database that holds nothing yet is at most one page.
const ONE_PAGE_BYTES: u64 = 4_096;

/// What marks a SQLite file as ours.
pub(crate) struct Mark {
    /// Its application identifier.
    pub application: u32,
    /// Latest format that this program knows.
    pub format: u32,
}

/// The catalogue's.
const MARK: Mark = Mark { application: APPLICATION_ID, format: FORMAT };

/// What the first bytes of a file say, read without SQLite so that a foreign file stays untouched.
pub(crate) enum Header {
    Absent,
    New,
    Ours,
    Foreign,
}

impl Store {
    /// Opens a data directory, and makes it when it does not exist or is empty.
    ///
    /// # Errors
    /// When the directory or the file is not ours, damaged, newer, or cannot be written.
    pub async fn open(dir: &Path) -> Result<Self, StoreError> {
        let path = dir.join(DATABASE_NAME);
        match header(&path, &MARK)? {
            Header::Absent => make_directory(dir)?,
            Header::New | Header::Ours => {}
            Header::Foreign => return Err(StoreError::ForeignFile(path)),
        }
        Self::connect(path, true).await
    }

    /// Opens a data directory that holds a catalogue.
    ///
    /// # Errors
    /// As [`Store::open`], and when there is no catalogue.
    pub async fn open_existing(dir: &Path) -> Result<Self, StoreError> {
        let path = dir.join(DATABASE_NAME);
        match header(&path, &MARK)? {
            Header::Absent => Err(missing(dir)),
            Header::Foreign => Err(StoreError::ForeignFile(path)),
            Header::New | Header::Ours => Self::connect(path, false).await,
        }
    }

    /// Opens a data directory that holds a catalogue, to read it only; one that cannot be written is
    /// read too.
    ///
    /// # Errors
    /// As [`Store::open_existing`] and [`Store::open_read_only`].
    pub async fn open_to_read(dir: &Path) -> Result<Self, StoreError> {
        match Self::open_existing(dir).await {
            Err(StoreError::ReadOnly) => Self::open_read_only(dir).await,
            other => other,
        }
    }

    /// Opens a data directory without writing anything there, not even the files that connections
    /// share. When none of these is there, nobody else is connected and the database is read as a file
    /// that does not change: what is published later stays unseen (see [`Store::is_frozen`]).
    ///
    /// # Errors
    /// When there is no catalogue, or publications are in a log that cannot be read without writing.
    pub async fn open_read_only(dir: &Path) -> Result<Self, StoreError> {
        let path = dir.join(DATABASE_NAME);
        match header(&path, &MARK)? {
            Header::Absent | Header::New => return Err(missing(dir)),
            Header::Foreign => return Err(StoreError::ForeignFile(path)),
            Header::Ours => {}
        }
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .read_only(true)
            .busy_timeout(BUSY_TIMEOUT)
            .disable_statement_logging();
        let logs = ["wal", "journal"].map(|log| path.with_file_name(format!("{DATABASE_NAME}-{log}")));
        if logs.iter().any(|log| log.exists())
            && let Ok(store) = Self::connect_read_only(options.clone(), false).await
        {
            return Ok(store);
        }
        let is_full = |log: &&PathBuf| fs::metadata(log).is_ok_and(|log| log.len() > 0);
        if let Some(log) = logs.iter().find(is_full) {
            return Err(StoreError::LogUnreadable(log.clone()));
        }
        Self::connect_read_only(options.immutable(true), true).await
    }

    async fn connect_read_only(options: SqliteConnectOptions, is_frozen: bool) -> Result<Self, StoreError> {
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await?;
        let store = Self { pool, is_frozen };
        // The log is opened by the first reading only.
        store.latest_number().await?;
        Ok(store)
    }

    /// Whether the database is read as a file that does not change: what others publish is unseen.
    pub fn is_frozen(&self) -> bool {
        self.is_frozen
    }

    /// A store in memory, for tests.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub async fn open_memory() -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(true);
        // One connection: each connection to a database in memory has its own.
        let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = pool.connect_with(options).await?;
        initialise(&mut *pool.acquire().await?, Path::new(":memory:")).await?;
        Ok(Self { pool, is_frozen: false })
    }

    async fn connect(path: PathBuf, create: bool) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(create)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .synchronous(SqliteSynchronous::Full)
            .disable_statement_logging();
        // The schema and the mark are made in one transaction before the switch to a write-ahead log,
        // so that the file's own first page always tells whose it is.
        let mut first = SqliteConnection::connect_with(&options).await?;
        initialise(&mut first, &path).await?;
        first.close().await?;
        let pool: SqlitePool = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options.journal_mode(SqliteJournalMode::Wal))
            .await?;
        Ok(Self { pool, is_frozen: false })
    }

    /// Closes all connections; what is published is in the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Allows the database this many pages more, as a full disk would.
    #[doc(hidden)]
    pub async fn limit_pages(&self, more: u32) -> Result<(), StoreError> {
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&self.pool).await?;
        let limit = format!("PRAGMA max_page_count = {}", pages + i64::from(more));
        let mut connections = Vec::new();
        for _ in 0..self.pool.options().get_max_connections() {
            let mut connection = self.pool.acquire().await?;
            connection.execute(AssertSqlSafe(limit.clone())).await?;
            connections.push(connection);
        }
        Ok(())
    }
}

pub(crate) fn header(path: &Path, mark: &Mark) -> Result<Header, StoreError> {
    let file = |source| StoreError::File { path: path.to_owned(), source };
    let mut opened = match fs::File::open(path) {
        Ok(opened) => opened,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Header::Absent),
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
            return Err(StoreError::NotADirectory(path.parent().unwrap_or(path).to_owned()));
        }
        Err(error) => return Err(file(error)),
    };
    let metadata = opened.metadata().map_err(file)?;
    if !metadata.is_file() {
        return Ok(Header::Foreign);
    }
    if metadata.len() == 0 {
        return Ok(Header::New);
    }
    let mut bytes = [0; 100];
    if opened.read_exact(&mut bytes).is_err() || !bytes.starts_with(b"SQLite format 3\0") {
        return Ok(Header::Foreign);
    }
    let number = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    // Offsets of the user version and the application identifier: https://www.sqlite.org/fileformat2.html#the_database_header
    let (format, application) = (number(60), number(68));
    match application {
        own if own == mark.application && format > mark.format => {
            Err(StoreError::Newer { path: path.to_owned(), found: format, known: mark.format })
        }
        own if own == mark.application => Ok(Header::Ours),
        // Ours is marked before its first write-ahead log: another program left this one.
        0 if metadata.len() <= ONE_PAGE_BYTES && !write_ahead_log(path).exists() => Ok(Header::New),
        _ => Ok(Header::Foreign),
    }
}

fn write_ahead_log(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push("-wal");
    path.with_file_name(name)
}

/// Why nothing can be read in a directory without a database.
fn missing(dir: &Path) -> StoreError {
    let foreign = if dir.exists() { refuse_foreign(dir).err() } else { None };
    foreign.unwrap_or_else(|| StoreError::Missing(dir.to_owned()))
}

fn make_directory(dir: &Path) -> Result<(), StoreError> {
    if !dir.exists() {
        return fs::create_dir_all(dir).map_err(|source| StoreError::File { path: dir.to_owned(), source });
    }
    refuse_foreign(dir)
}

/// Refuses a directory that holds files of others.
fn refuse_foreign(dir: &Path) -> Result<(), StoreError> {
    let file = |source| StoreError::File { path: dir.to_owned(), source };
    if !dir.is_dir() {
        return Err(StoreError::NotADirectory(dir.to_owned()));
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(dir).map_err(file)? {
        let name = entry.map_err(file)?.file_name().to_string_lossy().into_owned();
        if !OURS.contains(&name.as_str()) && !name.starts_with(DATABASE_NAME) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return Ok(());
    }
    names.sort();
    let more = names.len().saturating_sub(3);
    names.truncate(3);
    if more > 0 {
        names.push(format!("{more} de plus"));
    }
    Err(StoreError::ForeignDirectory { dir: dir.to_owned(), names: names.join(", ") })
}

/// Makes the tables of a new database; leaves ours as it is; refuses another's.
async fn initialise(connection: &mut SqliteConnection, path: &Path) -> Result<(), StoreError> {
    let application: u32 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *connection).await?;
    if application == APPLICATION_ID {
        return Ok(());
    }
    let mut transaction = connection.begin_with("BEGIN EXCLUSIVE").await?;
    let application: u32 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *transaction).await?;
    if application == APPLICATION_ID {
        return Ok(transaction.rollback().await?);
    }
    let tables: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&mut *transaction).await?;
    if tables > 0 || application != 0 {
        transaction.rollback().await?;
        return Err(StoreError::ForeignFile(path.to_owned()));
    }
    transaction.execute(sqlx::raw_sql(include_str!("sql/schema.sql"))).await?;
    let mark = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT};");
    transaction.execute(sqlx::raw_sql(AssertSqlSafe(mark))).await?;
    Ok(transaction.commit().await?)
}
