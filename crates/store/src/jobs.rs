//! Slow work that pages ask for: a queue in a database of its own beside the revisions, and a directory for the
//! files of each subject. Jobs are kept until their subject is removed; one cut short begins again.
//! Absent: what the work is (see the crate `actions`), the clock (callers say when).

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow};
use sqlx::{ConnectOptions, Row, SqlitePool};
use tokio::sync::Notify;

use crate::StoreError;

/// Name of the queue in a data directory.
pub const JOBS_NAME: &str = "jobs.sqlite";
/// Name of the directory of their files.
pub const FILES_NAME: &str = "imports";
/// Letters of a subject.
const SUBJECT_CHARS: usize = 32;
/// How long one writer waits for another.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// What jobs are about, one import for example: 32 hexadecimal digits that nobody guesses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject(String);

impl Subject {
    /// A new subject from sixteen random bytes.
    pub fn new(bytes: [u8; 16]) -> Self {
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Reads a subject; `None` when it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == SUBJECT_CHARS && text.bytes().all(is_digit)).then(|| Self(text.to_owned()))
    }

    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// Not begun.
    Waiting,
    /// Under way.
    Running,
    /// Ended; `output` tells.
    Done,
    /// Given up; `output` says why, in French.
    Failed,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Number, greater than those of earlier jobs.
    pub number: i64,
    /// What it is about.
    pub subject: Subject,
    /// What is asked.
    pub input: String,
    /// How far it is.
    pub state: JobState,
    /// How far it is, in French words; may be empty.
    pub progress: String,
    /// What came of it.
    pub output: String,
    /// When it was asked, RFC 3339.
    pub asked_at: String,
    /// When it ended.
    pub ended_at: Option<String>,
}

/// The queue of a data directory. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Jobs {
    pool: SqlitePool,
    files: PathBuf,
    asked: Arc<Notify>,
}

impl Jobs {
    /// Opens the queue of a data directory that exists; jobs cut short wait again.
    ///
    /// # Errors
    /// When the queue or the directory of files cannot be read or written.
    pub async fn open(dir: &Path) -> Result<Self, StoreError> {
        let files = dir.join(FILES_NAME);
        fs::create_dir_all(&files).map_err(|source| StoreError::File { path: files.clone(), source })?;
        let options = SqliteConnectOptions::new()
            .filename(dir.join(JOBS_NAME))
            .create_if_missing(true)
            .busy_timeout(BUSY_TIMEOUT)
            .journal_mode(SqliteJournalMode::Wal)
            .disable_statement_logging();
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await?;
        sqlx::raw_sql(include_str!("sql/jobs.sql")).execute(&pool).await?;
        sqlx::query("UPDATE job SET state = 'waiting' WHERE state = 'running'").execute(&pool).await?;
        Ok(Self { pool, files, asked: Arc::new(Notify::new()) })
    }

    /// Where the files of a subject are; the directory may not exist.
    pub fn directory(&self, subject: &Subject) -> PathBuf {
        self.files.join(&subject.0)
    }

    /// Asks for a job. Gives its number.
    ///
    /// # Errors
    /// When the queue cannot be written.
    pub async fn ask(&self, subject: &Subject, input: &str, now: &str) -> Result<i64, StoreError> {
        let query = sqlx::query("INSERT INTO job (subject, input, asked_at) VALUES (?1, ?2, ?3)");
        let done = query.bind(&subject.0).bind(input).bind(now).execute(&self.pool).await?;
        self.asked.notify_one();
        Ok(done.last_insert_rowid())
    }

    /// Waits until a job is asked in this process, or may have been.
    pub async fn wait(&self) {
        self.asked.notified().await;
    }

    /// Begins the job that waits for longest.
    ///
    /// # Errors
    /// When the queue cannot be read or written.
    pub async fn take(&self) -> Result<Option<Job>, StoreError> {
        let row = sqlx::query(include_str!("sql/take_job.sql")).fetch_optional(&self.pool).await?;
        Ok(row.as_ref().map(job))
    }

    /// Says how far a job is, in French words.
    ///
    /// # Errors
    /// When the queue cannot be written.
    pub async fn progress(&self, number: i64, words: &str) -> Result<(), StoreError> {
        let query = sqlx::query("UPDATE job SET progress = ?2 WHERE number = ?1");
        query.bind(number).bind(words).execute(&self.pool).await?;
        Ok(())
    }

    /// Ends a job: what came of it, or why it is given up.
    ///
    /// # Errors
    /// When the queue cannot be written.
    pub async fn end(&self, number: i64, outcome: Result<&str, &str>, now: &str) -> Result<(), StoreError> {
        let (state, output) = match outcome {
            Ok(output) => ("done", output),
            Err(why) => ("failed", why),
        };
        let query = sqlx::query("UPDATE job SET state = ?2, output = ?3, ended_at = ?4 WHERE number = ?1");
        query.bind(number).bind(state).bind(output).bind(now).execute(&self.pool).await?;
        Ok(())
    }

    /// The latest job of a subject.
    ///
    /// # Errors
    /// When the queue cannot be read.
    pub async fn latest(&self, subject: &Subject) -> Result<Option<Job>, StoreError> {
        let query = sqlx::query(include_str!("sql/latest_jobs.sql")).bind(&subject.0);
        Ok(query.fetch_optional(&self.pool).await?.as_ref().map(job))
    }

    /// All jobs of a subject, the first one first.
    ///
    /// # Errors
    /// When the queue cannot be read.
    pub async fn history(&self, subject: &Subject) -> Result<Vec<Job>, StoreError> {
        let query = sqlx::query("SELECT * FROM job WHERE subject = ?1 ORDER BY number").bind(&subject.0);
        Ok(query.fetch_all(&self.pool).await?.iter().map(job).collect())
    }

    /// The latest job of each subject, the latest first.
    ///
    /// # Errors
    /// When the queue cannot be read.
    pub async fn subjects(&self) -> Result<Vec<Job>, StoreError> {
        let query = sqlx::query(include_str!("sql/latest_jobs.sql")).bind(None::<&str>);
        Ok(query.fetch_all(&self.pool).await?.iter().map(job).collect())
    }

    /// Removes a subject with its jobs and its files.
    ///
    /// # Errors
    /// When the queue cannot be written or the files cannot be removed.
    pub async fn remove(&self, subject: &Subject) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM job WHERE subject = ?1").bind(&subject.0).execute(&self.pool).await?;
        let path = self.directory(subject);
        match fs::remove_dir_all(&path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                Err(StoreError::File { path, source })
            }
            _ => Ok(()),
        }
    }
}

fn job(row: &SqliteRow) -> Job {
    let state = match row.get::<&str, _>("state") {
        "waiting" => JobState::Waiting,
        "running" => JobState::Running,
        "done" => JobState::Done,
        _ => JobState::Failed,
    };
    Job {
        number: row.get("number"),
        subject: Subject(row.get("subject")),
        input: row.get("input"),
        state,
        progress: row.get("progress"),
        output: row.get("output"),
        asked_at: row.get("asked_at"),
        ended_at: row.get("ended_at"),
    }
}
