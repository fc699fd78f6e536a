//! Titles of parts among the first rows of a table: a text of capitals alone in its row, over rows that hold more.
//! Absent: such titles further down (see `mapping::aside`), merged ones (see `assembler`).

use super::{Cell, TableRow};
use crate::mapping::footers::is_part;

/// The lines of such titles.
pub(super) fn titles<'r>(rows: impl Iterator<Item = &'r TableRow> + Clone) -> Vec<u64> {
    let lone = |row: &'r TableRow| {
        let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        match (filled.next(), filled.next()) {
            (Some((column, Cell::Text(text))), None) => Some((column, text)),
            _ => None,
        }
    };
    let fuller: Vec<&TableRow> = rows.clone().filter(|row| lone(row).is_none()).collect();
    let is_small = |column: usize| {
        fuller.iter().any(|row| {
            matches!(row.cells.get(column), Some(Cell::Text(text)) if text.chars().any(char::is_lowercase))
        })
    };
    let is_title = |(column, text): (usize, &String)| is_part(text) && is_small(column);
    let found: Vec<u64> = rows.filter(|row| lone(row).is_some_and(is_title)).map(|row| row.line).collect();
    // Where most rows hold a title alone, such rows are trainings.
    if found.len() <= fuller.len() { found } else { Vec::new() }
}
