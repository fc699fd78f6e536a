//! A consistent copy of the database, made while it serves. Absent: schedules, remote places; the community, on purpose: a
//! copy would keep who was erased. It is saved as a file that one can read, when somebody asks for it.

use std::fs;
use std::path::Path;

use crate::{Store, StoreError};

/// A copy that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Number of the latest revision in it; 0 when nothing is published.
    pub revision: i64,
    /// Size of the file.
    pub bytes: u64,
    /// Whether a community stands beside the database: it is not in the copy.
    pub leaves_community: bool,
}

impl Store {
    /// Copies the database to a file that must not exist; the file is complete or absent.
    ///
    /// # Errors
    /// When the file exists, or cannot be written.
    pub async fn backup(&self, to: &Path) -> Result<Backup, StoreError> {
        if to.exists() {
            return Err(StoreError::Exists(to.to_owned()));
        }
        let mut name = to.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.partiel", std::process::id()));
        let partial = to.with_file_name(name);
        let result = self.copy_to(&partial, to).await;
        if result.is_err() {
            // The first error is the one to tell.
            let _ = fs::remove_file(&partial);
        }
        result
    }

    async fn copy_to(&self, partial: &Path, to: &Path) -> Result<Backup, StoreError> {
        let file = |source| StoreError::File { path: to.to_owned(), source };
        let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let directory = fs::File::open(parent).map_err(file)?;
        let text = partial.to_str().ok_or_else(|| file(std::io::ErrorKind::InvalidFilename.into()))?;
        sqlx::query("VACUUM INTO ?1").bind(text).execute(&self.pool).await?;
        let copy = fs::File::open(partial).map_err(file)?;
        copy.sync_all().map_err(file)?;
        let bytes = copy.metadata().map_err(file)?.len();
        // A link fails where a rename would overwrite a file made meanwhile.
        fs::hard_link(partial, to).map_err(file)?;
        fs::remove_file(partial).map_err(file)?;
        directory.sync_all().map_err(file)?;
        let revision = self.latest_number().await?;
        Ok(Backup { revision, bytes, leaves_community: self.has_community() })
    }

    fn has_community(&self) -> bool {
        let options = self.pool.connect_options();
        options.get_filename().with_file_name(crate::COMMUNITY_NAME).is_file()
    }
}
