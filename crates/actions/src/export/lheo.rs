//! Exporting to LHEO 2.3, the French standard of training offers. Absent: what the standard asks (see
//! `exchange::lheo`), other formats (see `export`).

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use catalogue::RawTraining;
use exchange::lheo::{Left, ProviderRecord, WriteOptions, providers, write};

use super::Partial;
use crate::error::ActionError;

/// A file of LHEO to write.
#[derive(Debug, Clone)]
pub struct Feed {
    /// The file.
    pub out: PathBuf,
    /// Whether it may replace another.
    pub overwrite: bool,
    /// The register of providers: what LHEO asks of them and the catalogue does not hold.
    pub providers: PathBuf,
}

/// What was written.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// Trainings in the file.
    pub written: u64,
    /// Trainings left out, and those of which something could not be carried, with the reasons.
    pub left: Vec<Left>,
}

impl Written {
    /// Trainings left out.
    pub fn left_out(&self) -> u64 {
        self.left.iter().filter(|left| !left.is_written).count() as u64
    }
}

impl Feed {
    /// Writes rows. When none can be written, there is no file.
    ///
    /// # Errors
    /// When the register is wrong, or the file exists or cannot be written; the former file, if any, is then
    /// as it was.
    pub fn write(&self, rows: impl Iterator<Item = RawTraining>) -> Result<Written, ActionError> {
        let options = WriteOptions { providers: self.register()? };
        let mut read = 0;
        let mut partial = Partial::new(&self.out, self.overwrite)?;
        let left = partial.fill(|writer| write(writer, rows.inspect(|_| read += 1), &options))?;
        let mut written = Written { written: 0, left };
        written.written = read - written.left_out();
        if written.written > 0 {
            partial.keep()?;
        }
        Ok(written)
    }

    fn register(&self) -> Result<BTreeMap<String, ProviderRecord>, ActionError> {
        let path = &self.providers;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let file = File::open(path).map_err(ActionError::file(path))?;
        let (known, issues) = providers(&name, BufReader::new(file));
        match issues.into_iter().next() {
            Some(issue) => Err(ActionError::Register(Box::new(issue))),
            None => Ok(known),
        }
    }
}
