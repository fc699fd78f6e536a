//! Tables of other people: any file of rows and columns, as it is, before a mapping gives its columns a
//! meaning. Absent: what columns mean (see `mapping`).

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

/// One row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    /// Line of the file or of the sheet, from 1; of a JSON file, number of the object.
    pub line: u64,
    /// Cells, as many as there are columns.
    pub cells: Vec<Cell>,
}

/// What a table is made of, once its header is found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shape {
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Names of the columns, cleaned of line breaks and of repeated spaces, never twice the same.
    pub columns: Vec<String>,
    /// Line of the header, from 1; the last one when it has several.
    pub header_line: u64,
    /// How the file was read (« windows-1252, séparateur « ; » »), in French.
    pub reading: Vec<String>,
}

/// How to read a table; what is absent is detected.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Line of the names of columns.
    pub header_line: Option<u64>,
    /// Encoding of a CSV file.
    pub encoding: Option<String>,
    /// Separator of a CSV file.
    pub separator: Option<char>,
}
