//! A table of counts, with its totals. Absent: labels of rows and columns, statistics.

use crate::Error;

/// Rows that a table may have.
pub const ROWS_MAX: usize = 500;
/// Columns that a table may have.
pub const COLUMNS_MAX: usize = 500;
/// What a table may hold in all: 2^53, up to which a count is exact as a floating-point number.
pub const TOTAL_MAX: u64 = 1 << 53;

/// Rows × columns of counts; the only door is [`Table::new`], so that totals always agree with cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    cells: Vec<u64>,
    row_totals: Vec<u64>,
    column_totals: Vec<u64>,
    total: u64,
}

impl Table {
    /// A table of `rows` × `columns` whose cells are given row after row.
    ///
    /// # Errors
    /// [`Error::Empty`], [`Error::TooLarge`] or [`Error::Shape`] of dimensions, [`Error::TotalTooLarge`] of counts.
    pub fn new(rows: usize, columns: usize, cells: Vec<u64>) -> Result<Self, Error> {
        if rows == 0 || columns == 0 {
            return Err(Error::Empty);
        }
        if rows > ROWS_MAX || columns > COLUMNS_MAX {
            return Err(Error::TooLarge { rows, columns });
        }
        if cells.len() != rows * columns {
            return Err(Error::Shape { expected: rows * columns, found: cells.len() });
        }
        let total = cells
            .iter()
            .try_fold(0_u64, |sum, count| sum.checked_add(*count))
            .filter(|total| *total <= TOTAL_MAX)
            .ok_or(Error::TotalTooLarge)?;
        let row_totals = cells.chunks(columns).map(|row| row.iter().sum()).collect();
        let column_totals =
            (0..columns).map(|column| cells.iter().skip(column).step_by(columns).sum()).collect();
        Ok(Self { cells, row_totals, column_totals, total })
    }

    /// The count of a cell, `None` outside the table.
    #[must_use]
    pub fn count(&self, row: usize, column: usize) -> Option<u64> {
        let columns = self.column_totals.len();
        if column < columns { self.cells.get(row * columns + column).copied() } else { None }
    }

    /// The sum of each row; its length is the number of rows.
    #[must_use]
    pub fn row_totals(&self) -> &[u64] {
        &self.row_totals
    }

    /// The sum of each column; its length is the number of columns.
    #[must_use]
    pub fn column_totals(&self) -> &[u64] {
        &self.column_totals
    }

    /// The sum of all cells. Where a thing counted has several values, it is not the number of things.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The rows, each as long as the table is wide.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[u64]> {
        self.cells.chunks(self.column_totals.len())
    }
}
