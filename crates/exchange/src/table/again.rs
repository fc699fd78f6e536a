//! A line of names met again among the rows of a table: the same table goes on, or another one begins below it.
//! Absent: the first header (see `header`).

use std::collections::BTreeSet;

use catalogue::slug;

use super::names::of_cell;
use super::{Cell, Known};
use crate::mapping::{Target, named};

/// Fewest recognised names of a line that is a header, one of them that of titles; without it, one more.
const NAMES: usize = 3;

/// What a line of names says of the rows below it.
pub(crate) enum Again {
    /// The same columns, each at this place of the rows to come, if it is there at all.
    Same(Vec<Option<usize>>),
    /// Columns of other names: another table.
    Other,
}

/// What a row is when its cells are names of columns: those of this table, or most of them recognised.
pub(crate) fn header(cells: &[Cell], columns: &[String], known: Known) -> Option<Again> {
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    let mut recognised = 0;
    // « id » in several cells repeats what is above.
    let mut distinct = BTreeSet::new();
    for (at, cell) in cells.iter().filter(|cell| !cell.is_empty()).enumerate() {
        let is_text = matches!(cell, Cell::Text(text) if text.chars().count() <= 100);
        let name = of_cell(Some(cell));
        if is_text && known(&name) {
            recognised += 1;
            distinct.insert(slug(&name));
        }
        // A row of data is seen at its first cells.
        if (at + 1 - recognised) * 4 > filled {
            return None;
        }
    }
    let names: Vec<String> = cells.iter().map(|cell| slug(&of_cell(Some(cell)))).collect();
    let place = |own: &String| names.iter().position(|name| !name.is_empty() && *name == slug(own));
    let places: Vec<Option<usize>> = columns.iter().map(place).collect();
    let found = places.iter().flatten().count();
    let is_whole = found == filled && found >= 2;
    if is_whole && (found >= NAMES || found == columns.len()) {
        return Some(Again::Same(places));
    }
    let has_title = || distinct.iter().any(|name| named(name) == Some(Target::Title));
    (distinct.len() > NAMES || (distinct.len() == NAMES && has_title())).then_some(Again::Other)
}

/// Cells put where the table has them; those of no column come after.
pub(crate) fn moved(mut cells: Vec<Cell>, places: &[Option<usize>]) -> Vec<Cell> {
    let take = |place: &Option<usize>| place.and_then(|at| cells.get_mut(at)).map(std::mem::take);
    let mut own: Vec<Cell> = places.iter().map(take).map(Option::unwrap_or_default).collect();
    own.extend(cells.into_iter().filter(|cell| !cell.is_empty()));
    own
}
