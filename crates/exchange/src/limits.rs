//! The limits of a file, each told in French by the issue that reaches it.
//! Absent: limits of a training's fields (see `catalogue`).

/// Longest file, in bytes: about two million rows.
pub const FILE_BYTES: u64 = 2 << 30;
/// Most rows of a file.
pub const ROWS: u64 = 2_000_000;
/// Longest row, in bytes: a line of JSONL, a record of CSV, a `[[training]]` of TOML.
pub const ROW_BYTES: usize = 1 << 20;
/// Most lines of a row of CSV or TOML.
pub const ROW_LINES: usize = 1_000;
/// Most certifications of a directory; the real ones hold some tens of thousands.
pub const CERTIFICATIONS: usize = 200_000;
/// Longest zip of a directory of certifications, in bytes.
pub const DIRECTORY_BYTES: u64 = 400 << 20;
/// Most files of such a zip; the real one holds ten.
pub const DIRECTORY_PARTS: usize = 100;
/// Most columns of a CSV file.
pub const COLUMNS: usize = 200;
/// Longest value of a field, in bytes, in its file's form.
pub const VALUE_BYTES: usize = 64 << 10;
/// Most quotes left open in a CSV file before the rest of it is given up.
pub const OPEN_QUOTES: usize = 100;
/// Longest text, tag or comment of an XML file, in bytes.
pub const XML_EVENT_BYTES: usize = 4 << 20;
/// Longest offer of an XML file, in bytes of memory.
pub const XML_OFFER_BYTES: usize = 16 << 20;
/// Most elements one inside the other in an XML file; real offers need fifteen.
pub const XML_DEPTH: usize = 100;
/// Most attributes read of an XML element; the others are left out.
pub const XML_ATTRIBUTES: usize = 64;
/// Most departures from a schema told of one offer.
pub const XML_NOTES: usize = 60;
/// Most tags of an XML file that are closed for it or left out, before the rest is given up.
pub const XML_MENDED: usize = 200_000;
/// Most columns of a table of other people.
pub const TABLE_COLUMNS: usize = 1_000;
/// Most sheets of a workbook.
pub const SHEETS: usize = 1_000;
/// Most merged cells of a sheet that are taken into account.
pub const MERGES: usize = 100_000;
/// Most rows that an ODS sheet gives by repeating another.
pub const REPEATED_ROWS: u64 = 1_000;
/// Most cells that an ODS sheet gives by repeating others, when it repeats each of its own many times.
pub const REPEATED_CELLS: u64 = 50_000;
/// How many times an ODS sheet may repeat its cells beyond that: rows of marks side by side are written so.
pub const REPEATED_TIMES: u64 = 50;
/// Longest XLS workbook, in bytes.
pub const OLD_BYTES: u64 = 64 << 20;
/// Most texts that an XLSX or XLS workbook shares between its cells.
pub const SHARED_TEXTS: u64 = 4_000_000;
/// Longest table of shared texts of an XLSX workbook, in bytes.
pub const SHARED_BYTES: u64 = 128 << 20;
/// Longest text or tag of an XLSX workbook, in bytes; Excel's cells hold 32,767 characters.
pub const BOOK_TEXT_BYTES: u64 = 4 << 20;
/// Most styles of cells of an XLSX workbook; Excel has 64,000.
pub const STYLES: u64 = 200_000;
/// Longest table of styles of an XLSX workbook, in bytes.
pub const STYLES_BYTES: u64 = 16 << 20;
/// Longest line of a text table before the whole file is refused, in bytes.
pub const LINE_BYTES: u64 = 16 << 20;
/// Longest JSON document, in bytes: it is held in memory (JSON Lines are not).
pub const JSON_BYTES: u64 = 64 << 20;
/// Most values of a JSON document, those inside others included.
pub const JSON_VALUES: u64 = 4_000_000;
/// Deepest JSON object that gives columns of its own.
pub const JSON_DEPTH: usize = 8;
/// Longest workbook, in bytes.
pub const WORKBOOK_BYTES: u64 = 100 << 20;
/// Longest content of a workbook once unpacked, in bytes.
pub const UNPACKED_BYTES: u64 = 400 << 20;
/// Most times that a part of a workbook may grow when unpacked.
pub const UNPACKED_RATIO: u64 = 300;
/// Most parts of a workbook.
pub const PARTS: usize = 10_000;
/// Most trainings of a workbook that we write: the rows of a sheet, its header apart.
pub const BOOK_ROWS: u64 = (1 << 20) - 1;
/// Longest cell of an XLSX workbook that we write, in UTF-16 units: that of Excel.
pub const BOOK_CELL_CHARS: usize = 32_767;
