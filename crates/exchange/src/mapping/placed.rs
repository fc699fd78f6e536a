//! Where the columns of a mapping are in a table. Absent: reading rows (see `rows`).

use super::texts::text;
use super::{Column, values};
use crate::table::Cell;

/// Where a column of the mapping is in the table.
pub(super) struct Place<'a> {
    pub(super) column: &'a Column,
    pub(super) at: usize,
    /// Columns read where its cell is empty.
    pub(super) otherwise: Vec<usize>,
    /// Columns read with it.
    pub(super) with: Vec<usize>,
    /// The column that gives the most of what it gives the least of.
    pub(super) up_to: Option<usize>,
}

impl Place<'_> {
    /// Its cell in a row: the first that says something, of its own column and of those read in its place.
    pub(super) fn cell<'c>(&self, cells: &'c [Cell]) -> &'c Cell {
        let says = |cell: &&Cell| text(cell).is_some_and(|words| !values::is_unknown(&words));
        let own = cells.get(self.at).unwrap_or(&Cell::Empty);
        let others = self.otherwise.iter().filter_map(|at| cells.get(*at));
        std::iter::once(own).chain(others).find(says).unwrap_or(own)
    }
}
