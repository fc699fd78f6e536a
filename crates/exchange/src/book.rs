//! Workbooks of ours, XLSX and ODS: a sheet of trainings with the columns of our CSV, each cell of its type,
//! and a sheet that says what they are. Inside: doors, reading back.
//! Absent: workbooks of other people (see `table`), words of the second sheet (see `about`).

mod ods;
mod xlsx;

use std::borrow::Borrow;
use std::io::{self, Seek, Write};
use std::path::Path;

use catalogue::RawTraining;
use catalogue::french::{NARROW, integer, quoted};

use crate::about::About;
use crate::limits::{BOOK_CELL_CHARS, BOOK_ROWS};
use crate::sheet::{self, Absent, COLUMNS, Header, cells};
use crate::table::{self, Cell, Options, Shape, TableRow};
use crate::{Extent, Issue, Row, Sink, Stop};

/// The sheet of trainings.
const TRAININGS: &str = "Formations";
/// The sheet that says what they are.
const ABOUT: &str = "À propos";

/// The form of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Book {
    /// Office Open XML, of Excel.
    Xlsx,
    /// OpenDocument, of LibreOffice.
    Ods,
}

/// Writes a workbook in a memory that does not grow with the rows; gives their number. A character that XML
/// cannot hold becomes « \u{fffd} »; reading back gives all other texts as they are.
///
/// # Errors
/// Those of the writer; more rows than [`BOOK_ROWS`]; in XLSX, a cell longer than Excel can hold. The message
/// is in French.
pub fn write(
    book: Book,
    writer: impl Write + Seek + Send,
    rows: impl Iterator<Item = impl Borrow<RawTraining>>,
    about: &About,
) -> io::Result<u64> {
    match book {
        Book::Xlsx => xlsx::write(writer, rows, about),
        Book::Ods => ods::write(writer, rows, about),
    }
}

/// How to read a workbook that has our columns, and which of them it lacks: in the sheet asked for, or in its
/// first one. `None` when it has others or cannot be read.
pub fn ours(path: &Path, asked: &Options) -> Option<(Options, Absent)> {
    let shapes = table::shapes(path, asked, &|name| is_column(name)).ok()?;
    let shape = shapes.into_iter().next().filter(|shape| shape.sheet.is_some())?;
    if !sheet::is_ours(&shape.columns) {
        return None;
    }
    let absent = Absent::of(&shape.columns);
    Some((Options { sheet: shape.sheet, header_line: Some(shape.header_line), ..asked.clone() }, absent))
}

/// Reads the trainings of a workbook that [`ours`] knows how to read, as [`crate::read_each`] does.
///
/// # Errors
/// What prevents any reading.
pub fn read_each(
    path: &Path,
    options: &Options,
    give: &mut dyn FnMut(Result<Row, Issue>),
) -> Result<Extent, Issue> {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut header: Option<Header> = None;
    let mut rows = 0;
    let mut is_stopped = false;
    let mut bad_line = None;
    let mut take = |shape: &Shape, row: Result<TableRow, Issue>| {
        if is_stopped {
            return;
        }
        let mut told = |row: Result<Row, Issue>| {
            give(row.map_err(|issue| Issue { sheet: shape.sheet.clone(), ..issue }));
        };
        let row = match row {
            Ok(row) => row,
            Err(issue) => {
                bad_line = issue.line.filter(|_| issue.column.is_some());
                return told(Err(issue));
            }
        };
        // A cell that cannot be read takes its row with it: an empty cell would erase what is in place.
        if bad_line.take() == Some(row.line) {
            return;
        }
        let mut sink = Sink { name: &file, rows, absent: Absent::default(), sink: &mut told };
        let found = match header.take() {
            Some(known) => Ok(known),
            None => sheet::columns(shape.header_line, &shape.columns, &mut sink),
        };
        let read = found.and_then(|found| {
            sink.absent = found.absent;
            let found = header.insert(found);
            sink.row(row.line, sheet::of_typed(&row.cells, &found.places))
        });
        if let Err(Stop(line, fault)) = read {
            sink.fault(line, fault);
            is_stopped = true;
        }
        rows = sink.rows;
    };
    let extent = table::read_whole(path, options, &|name| is_column(name), &mut take)?;
    Ok(if is_stopped { Extent::Partial } else { extent })
}

fn is_column(name: &str) -> bool {
    COLUMNS.contains(&name.to_lowercase().as_str())
}

/// A cell as a workbook shows it: yes and no are words, texts are protected by their type.
fn shown(cell: &Cell) -> Cell {
    match cell {
        Cell::Text(text) => Cell::Text(cells::keep(&writable(text))),
        Cell::Truth(_) => Cell::Text(cell.to_text("|").unwrap_or_default()),
        other => other.clone(),
    }
}

/// A text without the characters that XML cannot hold, nor the carriage return, which it turns into another.
fn writable(text: &str) -> String {
    let held = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if held(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

/// Refuses one row too many.
fn room(rows: u64) -> io::Result<()> {
    if rows < BOOK_ROWS {
        return Ok(());
    }
    Err(refused(format!(
        "un classeur ne porte pas plus de {} formations{NARROW}; exportez en CSV ou en JSONL",
        integer(BOOK_ROWS)
    )))
}

/// Refuses a cell that Excel would not open.
fn fits(raw: &RawTraining, column: &str, text: &str) -> io::Result<()> {
    if text.len() <= BOOK_CELL_CHARS || text.encode_utf16().count() <= BOOK_CELL_CHARS {
        return Ok(());
    }
    Err(refused(format!(
        "formation {}, colonne {}{NARROW}: la cellule dépasse les {} caractères d’Excel{NARROW}; exportez en ODS, \
         en CSV ou en JSONL",
        quoted(&raw.id),
        quoted(column),
        integer(BOOK_CELL_CHARS as u64)
    )))
}

fn refused(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}
