//! Files to rows and back: JSONL, CSV, TOML, workbooks and packages, with an issue for each row that cannot be taken.
//!
//! Inside: reading in streaming with limits, writing so that reading back gives the same rows.
//! Absent: checks of trainings (see `catalogue`), SQL, HTTP, clock.

mod about;
pub mod book;
pub mod certifications;
pub mod community;
pub mod decisions;
mod dictionary;
mod fields;
mod gaps;
mod issue;
mod jsonl;
pub mod lheo;
pub mod limits;
mod lines;
pub mod linked;
pub mod mapping;
mod output;
pub mod package;
mod pathways;
pub mod personas;
pub mod report;
mod roadmaps;
pub mod scenarios;
mod sheet;
pub mod table;
mod tags;
mod text;
pub mod workshop;

use std::borrow::Borrow;
use std::io::{self, BufRead, Write};

use catalogue::RawTraining;

pub use about::About;
pub use fields::{column_label, shown_value};
pub use gaps::gaps_table;
pub use issue::Issue;
pub use output::Output;
pub use pathways::{pathway_calendar, pathway_table};
pub use roadmaps::roadmaps_table;
pub use sheet::without_apostrophe;
pub use sheet::{Absent, COLUMNS, COMPULSORY, REFUSED_COLUMN, absent_columns, is_ours, write_csv_record};

use issue::Fault;
use lines::Lines;

/// A row of a file, not yet checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Line where it begins, from 1.
    pub line: u64,
    /// What it says.
    pub raw: RawTraining,
    /// The columns that its table lacks: it says nothing of them. A key that is absent from JSONL or TOML is
    /// unknown, as an empty cell is.
    pub absent: Absent,
}

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// A table, for spreadsheets.
    Csv,
    /// Our readable form, that of `data/trainings/`.
    Toml,
}

impl Format {
    /// All forms.
    pub const ALL: [Self; 3] = [Self::Jsonl, Self::Csv, Self::Toml];

    /// The form that a file's name announces.
    pub fn from_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "csv" => Some(Self::Csv),
            "toml" => Some(Self::Toml),
            _ => None,
        }
    }
}

/// How far a file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// To its end: every row was given, or is an issue.
    Whole,
    /// Reading stopped before the end, and the last issue says why: rows that were not given may be
    /// in the file, so nothing may be concluded from their absence.
    Partial,
}

/// A file read whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Good rows, in order.
    pub rows: Vec<Row>,
    /// What is wrong, in order.
    pub issues: Vec<Issue>,
}

/// Reads a file held in memory. A table or a TOML file that is not UTF-8 gives no row at all; of a JSONL
/// file, the lines that are not are left out.
pub fn read(name: &str, bytes: &[u8], format: Format) -> Read {
    let mut read = Read { rows: Vec::new(), issues: Vec::new() };
    let extent = read_each(name, bytes, format, &mut |row| match row {
        Ok(row) => read.rows.push(row),
        Err(issue) => read.issues.push(issue),
    });
    if extent == Extent::Partial && std::str::from_utf8(bytes).is_err() {
        read.rows.clear();
    }
    read
}

/// Reads a file row by row, in bounded memory: good rows and issues are given as they come.
///
/// Never fails: what is wrong with the file is an issue too, and the last one when the answer is
/// [`Extent::Partial`].
pub fn read_each(
    name: &str,
    reader: impl BufRead,
    format: Format,
    sink: &mut dyn FnMut(Result<Row, Issue>),
) -> Extent {
    let mut lines = Lines::new(reader);
    let mut sink = Sink { name, rows: 0, absent: Absent::default(), sink };
    let end = match format {
        Format::Jsonl => jsonl::read(&mut lines, &mut sink),
        Format::Csv => sheet::read(&mut lines, &mut sink),
        Format::Toml => text::read(&mut lines, &mut sink),
    };
    match end {
        Ok(()) => Extent::Whole,
        Err(Stop(line, fault)) => {
            sink.fault(line, fault);
            Extent::Partial
        }
    }
}

/// Writes rows. Reading them back gives the same ones, whatever their texts; numbers must be finite and of
/// at most 15 digits.
///
/// # Errors
/// Those of the writer.
pub fn write(
    format: Format,
    writer: &mut impl Write,
    rows: impl Iterator<Item = impl Borrow<RawTraining>>,
) -> io::Result<()> {
    match format {
        Format::Jsonl => jsonl::write(writer, rows),
        Format::Csv => sheet::write(writer, rows),
        Format::Toml => text::write(writer, rows),
    }
}

/// Why the rest of a file is given up, and at which line.
struct Stop(Option<u64>, Fault);

impl From<(u64, Fault)> for Stop {
    fn from((line, fault): (u64, Fault)) -> Self {
        Self(Some(line), fault)
    }
}

/// Where rows and issues go.
struct Sink<'a> {
    name: &'a str,
    rows: u64,
    /// What the table being read lacks.
    absent: Absent,
    sink: &'a mut dyn FnMut(Result<Row, Issue>),
}

impl Sink<'_> {
    /// Gives a row, or each of its faults.
    fn row(&mut self, line: u64, row: Result<RawTraining, Vec<Fault>>) -> Result<(), Stop> {
        if self.rows >= limits::ROWS {
            let message =
                format!("le fichier dépasse {} lignes de données", catalogue::french::integer(limits::ROWS));
            return Err((line, Fault::new(message, "découpez-le en plusieurs fichiers")).into());
        }
        self.rows += 1;
        match row {
            Ok(raw) => (self.sink)(Ok(Row { line, raw, absent: self.absent })),
            Err(faults) => faults.into_iter().for_each(|fault| self.fault(Some(line), fault)),
        }
        Ok(())
    }

    fn fault(&mut self, line: Option<u64>, fault: Fault) {
        (self.sink)(Err(fault.at(self.name, line)));
    }
}
