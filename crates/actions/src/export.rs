//! Exporting the catalogue, or a selection of it, to a file that is whole or absent.
//! Absent: formats themselves (see the crate `exchange`).

mod lheo;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::mpsc::sync_channel;

use catalogue::{RawTraining, Selection, Snapshot, Training};
use exchange::{About, Output};
use store::Store;
use tempfile::NamedTempFile;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use crate::error::ActionError;
pub use lheo::{FIRST_MAX, Feed, Reason, Written};

/// Most trainings of a filtered export, which is sorted; a whole export has no limit.
pub const SELECTED_MAX: usize = 10_000;
/// What a whole export says of its selection.
const EVERYTHING: &str = "Toutes les formations du catalogue.";
/// Rows waiting between the database and the file.
const WAITING_ROWS: usize = 1_024;

/// A file to export to.
pub struct Destination<'a> {
    path: &'a Path,
    output: Output,
    overwrite: bool,
}

impl<'a> Destination<'a> {
    /// A file whose name says its format.
    ///
    /// # Errors
    /// When the name does not say a format, or the file exists and must not be overwritten.
    pub fn new(path: &'a Path, overwrite: bool) -> Result<Self, ActionError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let output = Output::from_name(&name).ok_or_else(|| ActionError::UnknownOutput(path.to_owned()))?;
        if path.exists() && !overwrite {
            return Err(ActionError::Exists(path.to_owned()));
        }
        Ok(Self { path, output, overwrite })
    }

    /// Writes rows, which come from what `about` says; gives how many.
    ///
    /// # Errors
    /// When the file cannot be written; the former file, if any, is then as it was.
    pub fn write(&self, rows: impl Iterator<Item = RawTraining>, about: &About) -> Result<u64, ActionError> {
        let mut partial = Partial::new(self.path, self.overwrite)?;
        let count = partial.fill(|writer| self.output.write(writer, rows, about))?;
        partial.keep()?;
        Ok(count)
    }
}

/// Writes bytes to a file that is whole or absent.
///
/// # Errors
/// When the file exists and must not be overwritten, or cannot be written.
pub fn write_whole(path: &Path, overwrite: bool, bytes: &[u8]) -> Result<(), ActionError> {
    let mut partial = Partial::new(path, overwrite)?;
    partial.fill(|writer| std::io::Write::write_all(writer, bytes))?;
    partial.keep()?;
    Ok(())
}

/// A file being written beside its place, and not yet there.
pub(crate) struct Partial<'a> {
    path: &'a Path,
    overwrite: bool,
    file: NamedTempFile,
}

impl<'a> Partial<'a> {
    /// An empty file.
    pub(crate) fn new(path: &'a Path, overwrite: bool) -> Result<Self, ActionError> {
        if path.exists() && !overwrite {
            return Err(ActionError::Exists(path.to_owned()));
        }
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok(Self { path, overwrite, file: partial_file(parent).map_err(ActionError::file(path))? })
    }

    /// Writes all of it.
    pub(crate) fn fill<T>(
        &mut self,
        write: impl FnOnce(&mut BufWriter<&mut File>) -> std::io::Result<T>,
    ) -> Result<T, ActionError> {
        let file = ActionError::file(self.path);
        let mut writer = BufWriter::with_capacity(1 << 20, self.file.as_file_mut());
        let written = write(&mut writer).and_then(|written| writer.flush().map(|()| written));
        drop(writer);
        written.and_then(|written| self.file.as_file().sync_all().map(|()| written)).map_err(file)
    }

    /// Puts it in its place.
    pub(crate) fn keep(self) -> Result<(), ActionError> {
        let path = self.path;
        if self.overwrite {
            self.file.persist(path).map_err(|error| ActionError::file(path)(error.error))?;
        } else {
            self.file.persist_noclobber(path).map_err(|_| ActionError::Exists(path.to_owned()))?;
        }
        Ok(())
    }
}

/// Exports the latest revision whole, by identifier; gives how many trainings.
///
/// # Errors
/// When the store cannot be read or the file cannot be written.
pub async fn everything(store: &Store, path: &Path, overwrite: bool) -> Result<u64, ActionError> {
    let path = path.to_owned();
    all_rows(store, move |rows, about| Destination::new(&path, overwrite)?.write(rows, about)).await
}

/// Exports the latest revision whole to LHEO.
///
/// # Errors
/// When the store cannot be read, the register is wrong, or the file cannot be written.
pub async fn everything_as_lheo(store: &Store, feed: Feed) -> Result<Written, ActionError> {
    all_rows(store, move |rows, _| feed.write(rows)).await
}

/// Gives all rows of the latest revision to `write`, as they are read.
async fn all_rows<T: Send + 'static>(
    store: &Store,
    write: impl FnOnce(std::sync::mpsc::IntoIter<RawTraining>, &About) -> Result<T, ActionError> + Send + 'static,
) -> Result<T, ActionError> {
    let latest = store.latest().await?;
    let about = latest.as_ref().map_or_else(About::default, |latest| About {
        revision: latest.id.unsigned_abs(),
        published_at: latest.published_at.clone(),
        ..About::default()
    });
    let about = About { selection: EVERYTHING.to_owned(), ..about };
    let (sender, receiver) = sync_channel::<RawTraining>(WAITING_ROWS);
    let (reader, handle) = (store.clone(), Handle::current());
    let reading = spawn_blocking(move || {
        handle.block_on(async {
            match latest {
                None => Ok(()),
                // The receiver is gone only when writing failed, which is told below.
                Some(latest) => reader.state(latest.id, &mut |raw| drop(sender.send(raw))).await,
            }
        })
    });
    let writing = spawn_blocking(move || write(receiver.into_iter(), &about));
    let written = writing.await?;
    reading.await??;
    written
}

/// Exports a selection, in its order; gives how many trainings.
///
/// # Errors
/// When the selection is refused or holds more than [`SELECTED_MAX`] trainings, or the file cannot be
/// written.
pub fn selection(
    snapshot: &Snapshot,
    selection: &Selection,
    destination: &Destination,
) -> Result<u64, ActionError> {
    let trainings = selected(snapshot, selection)?;
    let total = trainings.len() as u64;
    let about = About {
        selection: snapshot.sentence(selection, total),
        revision: snapshot.stamp().revision,
        published_at: snapshot.stamp().published_at.clone(),
        total: Some(total),
    };
    destination.write(trainings.iter().map(|training| training.to_raw(snapshot.referential())), &about)
}

/// Exports a selection to LHEO, in its order.
///
/// # Errors
/// As [`selection`], or when the register is wrong.
pub fn selection_as_lheo(
    snapshot: &Snapshot,
    selection: &Selection,
    feed: &Feed,
) -> Result<Written, ActionError> {
    let trainings = selected(snapshot, selection)?;
    feed.write(trainings.iter().map(|training| training.to_raw(snapshot.referential())))
}

fn selected(snapshot: &Snapshot, selection: &Selection) -> Result<Vec<Training>, ActionError> {
    let total = snapshot.count(selection)?;
    if total > SELECTED_MAX as u64 {
        return Err(ActionError::TooMany(total));
    }
    Ok(snapshot.first(selection, SELECTED_MAX)?)
}

/// A temporary file beside the destination, readable by all that the user's mask allows: an export is
/// an ordinary file.
#[cfg(unix)]
fn partial_file(directory: &Path) -> std::io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    let permissions = std::fs::Permissions::from_mode(0o666);
    tempfile::Builder::new().permissions(permissions).tempfile_in(directory)
}

#[cfg(not(unix))]
fn partial_file(directory: &Path) -> std::io::Result<NamedTempFile> {
    NamedTempFile::new_in(directory)
}
