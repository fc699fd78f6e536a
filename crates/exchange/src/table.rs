//! Tables of other people: any file of rows and columns, as it is, before a mapping gives its columns a
//! meaning. Inside: types and doors; each form has its reader below. Absent: what columns mean (see
//! `mapping`).

mod again;
pub(crate) mod archive;
mod assembler;
mod closed;
mod courses;
mod delimited;
mod encoding;
mod flatten;
mod flaw;
mod found;
mod header;
mod headless;
mod hidden;
mod json;
mod kind;
mod legacy;
mod letters;
mod names;
mod nested;
mod ods;
mod old;
mod parts;
mod quantity;
mod repeats;
mod shown;
mod workbook;

use std::path::Path;

use crate::issue::Fault;
use crate::{Extent, Issue, Stop};

use kind::Kind;

pub(crate) use flaw::is_error;
pub use legacy::Legacy;

/// One cell, typed as far as its file says so.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing, or only white space.
    #[default]
    Empty,
    /// Words, as written.
    Text(String),
    /// A number of a workbook or of JSON; a CSV file has texts only.
    Number(f64),
    /// A day of a workbook: year, month, day.
    Day(i32, u8, u8),
    /// A true or false of a workbook or of JSON.
    Truth(bool),
    /// Several values, of JSON.
    Several(Vec<String>),
}

impl Cell {
    /// A text as written, or nothing when it is only white space.
    pub(crate) fn text(text: String) -> Self {
        if text.trim().is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// What it says as a text, several values with `between` between them; nothing when it is empty.
    pub fn to_text(&self, between: &str) -> Option<String> {
        let text = match self {
            Self::Empty => return None,
            Self::Text(text) => text.trim().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Day(year, month, day) => format!("{year:04}-{month:02}-{day:02}"),
            Self::Truth(truth) => if *truth { "oui" } else { "non" }.to_owned(),
            Self::Several(items) => items.join(between),
        };
        (!text.is_empty()).then_some(text)
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    /// Line of the file or of the sheet, from 1; of a JSON document, number of the object.
    pub line: u64,
    /// Cells, as many as there are columns.
    pub cells: Vec<Cell>,
    /// The title above it that says that it is no longer on offer, when there is one: « Formations annulées ».
    pub under: Option<String>,
}

impl TableRow {
    /// A row under no title that says something of it.
    pub fn new(line: u64, cells: Vec<Cell>) -> Self {
        Self { line, cells, under: None }
    }
}

/// What a table is made of, once its header is found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shape {
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Names of the columns, cleaned of line breaks and of repeated spaces, never twice the same.
    pub columns: Vec<String>,
    /// Line of the header, from 1; the last one when it has several; 0 when the file has none (JSON).
    pub header_line: u64,
    /// Whether the columns have no names, and are numbered: « colonne 1 », « colonne 2 »…
    pub is_numbered: bool,
    /// Columns that the rows being read lack, under a line of names met again that has fewer of them: nothing is said of
    /// them, which is not saying that they are empty.
    pub unsaid: Vec<String>,
    /// Texts of the lines above the header: a title, a unit that holds for the whole table.
    pub above: Vec<String>,
    /// Lines, among the first ones, that hold the title of a part: capitals alone over rows of several cells.
    pub parts: Vec<u64>,
    /// How the file was read (« windows-1252, séparateur « ; » »), in French.
    pub reading: Vec<String>,
    /// Key of the list of each object whose objects are the rows, when a person named one.
    pub list: Option<String>,
    /// Places of the columns that are hidden in the workbook.
    pub hidden: Vec<usize>,
    /// Whether it is a hidden sheet that nobody asked for: nothing of it is read.
    pub is_left_out: bool,
}

/// What a person says of a file; what they leave out is detected.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The only sheet to read.
    pub sheet: Option<String>,
    /// Line of the header, from 1; the last one when it has several.
    pub header_line: Option<u64>,
    /// Whether there is a header.
    pub header: Option<bool>,
    /// Name of the encoding of a text file: « utf-8 », « windows-1252 », « mac roman », « utf-16le ».
    pub encoding: Option<String>,
    /// Separator of the cells of a text file.
    pub separator: Option<char>,
    /// Key of the list, in each object of a JSON file, whose objects are the rows.
    pub list: Option<String>,
}

/// Whether a header's name, cleaned, is recognised.
pub(crate) type Known<'a> = &'a dyn Fn(&str) -> bool;
type Receiver<'a> = dyn FnMut(&Shape, Result<TableRow, Issue>) + 'a;

/// Whether a file's name announces a table that can be read.
pub fn known_name(name: &str) -> bool {
    const KNOWN: [&str; 11] =
        ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods", "json", "jsonl", "ndjson", "jsonld"];
    name.rsplit_once('.').is_some_and(|(_, end)| KNOWN.contains(&end.to_ascii_lowercase().as_str()))
}

/// The tables of a file: one, or one for each sheet that is not empty. `known` says whether a cleaned name
/// of column is recognised, which helps to find the header.
///
/// # Errors
/// What prevents any reading: a form that is not a table, a damaged or protected file, a limit.
pub fn shapes(path: &Path, options: &Options, known: &dyn Fn(&str) -> bool) -> Result<Vec<Shape>, Issue> {
    let mut shapes = Vec::new();
    let request = Request { most_rows: 0, ..Request::new(path, options, known) };
    request.run(&mut |_, _| {}, &mut shapes)?;
    Ok(shapes)
}

/// Reads a table row by row: rows and issues are given as they come, with the shape of their table. Text
/// files and JSON Lines take a memory that does not grow with them.
///
/// # Errors
/// As [`shapes`]. What stops the reading later is the last issue given, and the answer is
/// [`Extent::Partial`].
pub fn read_each(
    path: &Path,
    options: &Options,
    known: &dyn Fn(&str) -> bool,
    sink: &mut dyn FnMut(&Shape, Result<TableRow, Issue>),
) -> Result<Extent, Issue> {
    Request::new(path, options, known).run(sink, &mut Vec::new())
}

/// As [`read_each`], but a row of more cells than there are columns is given with all of them.
///
/// # Errors
/// As [`read_each`].
pub fn read_wide(
    path: &Path,
    options: &Options,
    known: &dyn Fn(&str) -> bool,
    sink: &mut dyn FnMut(&Shape, Result<TableRow, Issue>),
) -> Result<Extent, Issue> {
    Request { is_wide: true, ..Request::new(path, options, known) }.run(sink, &mut Vec::new())
}

/// The tables of a file with the first rows of each, at most `most`; what cannot be taken is left out. A text
/// file is read no further than that.
///
/// # Errors
/// As [`shapes`], and when no table has a row.
pub fn sample(
    path: &Path,
    options: &Options,
    known: &dyn Fn(&str) -> bool,
    most: usize,
) -> Result<Vec<(Shape, Vec<TableRow>)>, Issue> {
    let mut tables: Vec<(Shape, Vec<TableRow>)> = Vec::new();
    let mut sink = |shape: &Shape, row: Result<TableRow, Issue>| {
        if shape.is_left_out {
            return;
        }
        if tables.last().is_none_or(|(last, _)| last.sheet != shape.sheet) {
            tables.push((shape.clone(), Vec::new()));
        }
        if let (Some((_, rows)), Ok(row)) = (tables.last_mut(), row)
            && rows.len() < most
        {
            rows.push(row);
        }
    };
    let request = Request { most_rows: most as u64, ..Request::new(path, options, known) };
    let mut shapes = Vec::new();
    request.run(&mut sink, &mut shapes)?;
    match shapes.last().filter(|_| tables.is_empty()) {
        Some(shape) => {
            let is_table = shape.sheet.is_some() || shape.columns.len() > 1;
            let fault = if is_table { no_row() } else { no_table() };
            let issue = request.issue(Stop(Some(shape.header_line), fault));
            Err(Issue { sheet: shape.sheet.clone(), ..issue })
        }
        None => Ok(tables),
    }
}

/// Reads a workbook of ours: no row of it is an example of how to fill the table.
pub(crate) fn read_whole(
    path: &Path,
    options: &Options,
    known: &dyn Fn(&str) -> bool,
    sink: &mut dyn FnMut(&Shape, Result<TableRow, Issue>),
) -> Result<Extent, Issue> {
    Request { is_ours: true, ..Request::new(path, options, known) }.run(sink, &mut Vec::new())
}

/// What is asked of a file.
#[derive(Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) path: &'a Path,
    pub(crate) options: &'a Options,
    pub(crate) known: Known<'a>,
    /// Rows wanted of each table; 0: shapes only.
    pub(crate) most_rows: u64,
    /// Whether its columns are ours.
    pub(crate) is_ours: bool,
    /// Whether rows of too many cells are given whole.
    pub(crate) is_wide: bool,
}

impl<'a> Request<'a> {
    /// All rows of somebody else's table.
    fn new(path: &'a Path, options: &'a Options, known: Known<'a>) -> Self {
        Self { path, options, known, most_rows: u64::MAX, is_ours: false, is_wide: false }
    }

    fn run(self, sink: &mut Receiver, shapes: &mut Vec<Shape>) -> Result<Extent, Issue> {
        let kind = kind::of(self.path).map_err(|fault| self.issue(Stop(None, fault)))?;
        if let Some(fault) = kind.without_effect(self.options) {
            return Err(self.issue(Stop(None, fault)));
        }
        let read = match kind {
            Kind::Text(note) => delimited::read(self, note, sink, shapes),
            Kind::Json => json::read(self, sink, shapes),
            Kind::Workbook(form) => workbook::read(self, form, sink, shapes),
        };
        match read {
            Ok(()) if shapes.is_empty() => Err(self.issue(Stop(None, kind::empty()))),
            Ok(()) => Ok(Extent::Whole),
            Err(stop) => match shapes.last() {
                // Too late to refuse the file: some of it was given.
                Some(shape) if self.most_rows > 0 => {
                    let issue = Issue { sheet: shape.sheet.clone(), ..self.issue(stop) };
                    sink(shape, Err(issue));
                    Ok(Extent::Partial)
                }
                Some(_) => Ok(Extent::Partial),
                None => Err(self.issue(stop)),
            },
        }
    }

    pub(crate) fn name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    pub(crate) fn issue(&self, Stop(line, fault): Stop) -> Issue {
        fault.at(&self.name(), line)
    }
}

/// A number without the noise of calculations in floating point: twelve figures are enough for hours and euros, and
/// whole numbers are kept as they are.
fn tidy(number: f64) -> f64 {
    if number.fract() == 0.0 { number } else { format!("{number:.11e}").parse().unwrap_or(number) }
}

/// What to say of names of columns without any row.
fn no_row() -> Fault {
    Fault::new("il n’y a aucune ligne sous l’en-tête", "ajoutez-y une ligne par formation")
}

/// What to say of a text of one line without any separator.
fn no_table() -> Fault {
    let message = "le fichier n’a qu’une ligne, sans séparateur\u{202f}: ce n’est pas une table";
    Fault::new(message, kind::as_table())
}

/// What to say when the system does not give the bytes of a file.
fn unreadable(error: &std::io::Error) -> Stop {
    let message = format!("le fichier est illisible : {}", catalogue::system::in_french(error));
    Stop(None, Fault::new(message, "vérifiez son chemin et les droits d’accès"))
}
