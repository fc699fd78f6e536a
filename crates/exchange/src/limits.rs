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
