//! How much an ODS sheet gives by repeating its rows and cells.
//! Absent: reading it (see `ods`).

use catalogue::french::{NARROW, integer};

use crate::issue::Fault;
use crate::limits::{REPEATED_CELLS, REPEATED_TIMES};

/// What a sheet repeats.
#[derive(Default)]
pub(super) struct Repeats {
    /// Cells that it writes.
    pub(super) written: u64,
    /// Cells given by repeating these.
    pub(super) copies: u64,
    /// Rows given by repeating others.
    pub(super) rows: u64,
}

impl Repeats {
    /// Whether the sheet is made of repetitions: a file of a few bytes may say millions of cells.
    pub(super) fn are_too_many(&self) -> bool {
        self.copies > REPEATED_CELLS && self.copies / REPEATED_TIMES > self.written
    }

    /// What to say of it then.
    pub(super) fn fault() -> Fault {
        let most = integer(REPEATED_CELLS);
        let message = format!(
            "la feuille répète les mêmes cellules plus de {most} fois{NARROW}: ce n’est pas une table"
        );
        Fault::new(message, "effacez les cellules répétées à droite et au bas de la feuille")
    }
}
