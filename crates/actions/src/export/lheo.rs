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

/// Identifiers given with a reason.
pub const FIRST_MAX: usize = 5;

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
    /// Trainings left out.
    pub left_out: u64,
    /// Why trainings are left out, then what could not be carried of others; that of most trainings first.
    pub reasons: Vec<Reason>,
}

/// Why something could not be carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Whether the trainings were written all the same; else they were left out.
    pub is_written: bool,
    /// In French.
    pub why: String,
    /// Trainings that it bears on.
    pub trainings: u64,
    /// Identifiers of the first of them, at most [`FIRST_MAX`].
    pub first: Vec<String>,
}

/// Groups what was left by its reason.
fn reasons(left: Vec<Left>) -> Vec<Reason> {
    let mut groups: BTreeMap<(bool, String), Reason> = BTreeMap::new();
    for Left { id, is_written, reasons } in left {
        for why in reasons {
            let empty = || Reason { is_written, why: why.clone(), trainings: 0, first: Vec::new() };
            let group = groups.entry((is_written, why.clone())).or_insert_with(empty);
            group.trainings += 1;
            if group.first.len() < FIRST_MAX {
                group.first.push(id.clone());
            }
        }
    }
    let mut reasons: Vec<Reason> = groups.into_values().collect();
    reasons.sort_by_key(|reason| (reason.is_written, std::cmp::Reverse(reason.trainings)));
    reasons
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
        let left_out = left.iter().filter(|left| !left.is_written).count() as u64;
        let written = read - left_out;
        if written > 0 {
            partial.keep()?;
        }
        Ok(Written { written, left_out, reasons: reasons(left) })
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
