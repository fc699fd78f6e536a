//! Which of our columns a table lacks, and whether a table that lacks some is still ours.
//! Absent: what becomes of the fields of a column that is absent (see `partial` in the crate `catalogue`).

use super::{COLUMNS, COMPULSORY, name};

/// The column of what is wrong with each row, in a table of refused rows; left out when it is read back.
pub const REFUSED_COLUMN: &str = "erreur";

/// The columns of ours that a table lacks: it says nothing of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Absent(u32);

// A bit for each column.
const _: () = assert!(COLUMNS.len() <= u32::BITS as usize);

impl Absent {
    /// Those that are not among the names of a table.
    pub(crate) fn of(names: &[impl AsRef<str>]) -> Self {
        let has = |column: &str| names.iter().any(|own| name(own.as_ref()) == column);
        let bits = (0_u32..).zip(COLUMNS).filter(|(_, column)| !has(column)).map(|(place, _)| 1 << place);
        Self(bits.sum())
    }

    /// Whether the table has all our columns.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Their names, in the order in which columns are written.
    pub fn columns(self) -> impl Iterator<Item = &'static str> {
        (0_u32..).zip(COLUMNS).filter(move |(place, _)| self.0 >> place & 1 == 1).map(|(_, column)| column)
    }

    /// Whether it is absent.
    pub fn has(self, column: &str) -> bool {
        self.columns().any(|absent| absent == column)
    }

    /// Those without which a row cannot be a new training.
    pub fn compulsory(self) -> impl Iterator<Item = &'static str> {
        self.columns().filter(|column| COMPULSORY.contains(column))
    }
}

/// Whether a table of these columns is one of ours: it has those that nobody else has, or else `id`, another
/// one and no name that is not ours. An empty name, and that of what is wrong with refused rows, count for
/// nothing.
pub fn is_ours(names: &[impl AsRef<str>]) -> bool {
    let names: Vec<String> = names.iter().map(|own| name(own.as_ref())).collect();
    let has = |column: &str| names.iter().any(|own| own == column);
    let mut others = names.iter().filter(|own| !own.is_empty() && *own != REFUSED_COLUMN && *own != "id");
    has("source.address")
        || (has("kind") && has("provider_kind"))
        || (has("id") && others.clone().next().is_some() && others.all(|own| COLUMNS.contains(&own.as_str())))
}
