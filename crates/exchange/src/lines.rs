//! Lines of a file, one at a time: UTF-8 checked, byte order mark removed, lengths limited.
//! Absent: what lines mean.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use catalogue::french::{integer, quoted};
use catalogue::system;

use crate::Stop;
use crate::issue::Fault;
use crate::limits::{FILE_BYTES, ROW_BYTES};

const BYTE_ORDER_MARK: char = '\u{feff}';

/// A line with its end (`\n`, `\r\n`, or nothing at the end of the file).
pub(crate) struct Line {
    pub(crate) number: u64,
    pub(crate) text: String,
    /// Whether it is over the limit; its text is then empty.
    pub(crate) is_too_long: bool,
}

impl Line {
    /// What to say of a line over the limit.
    pub(crate) fn too_long() -> Fault {
        Fault::new(format!("la ligne dépasse {} octets", integer(ROW_BYTES as u64)), "raccourcissez-la")
    }
}

/// The number of a line read alone, and its text or what is wrong with it.
type Alone = (u64, Result<String, Fault>);

/// The lines of a reader.
pub(crate) struct Lines<R> {
    reader: R,
    number: u64,
    bytes: u64,
    again: VecDeque<Line>,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self { reader, number: 0, bytes: 0, again: VecDeque::new() }
    }

    /// Lines to give again, before the others.
    pub(crate) fn replay(&mut self, lines: impl DoubleEndedIterator<Item = Line>) {
        lines.rev().for_each(|line| self.again.push_front(line));
    }

    /// The next line, or nothing at the end of the file. A line that is not UTF-8 stops the reading:
    /// where a row may take several lines, nobody knows where the next one begins.
    pub(crate) fn next(&mut self) -> Result<Option<Line>, Stop> {
        if let Some(line) = self.again.pop_front() {
            return Ok(Some(line));
        }
        let Some((bytes, is_too_long)) = self.next_bytes()? else { return Ok(None) };
        match self.decoded(bytes) {
            Ok(text) => Ok(Some(Line { number: self.number, text, is_too_long })),
            Err(bytes) => Err(Stop(Some(self.number), not_utf8("le fichier", &bytes))),
        }
    }

    /// The number of the next line and its text, or what is wrong with that line alone: for files where
    /// a row is one line.
    pub(crate) fn next_alone(&mut self) -> Result<Option<Alone>, Stop> {
        let Some((bytes, is_too_long)) = self.next_bytes()? else { return Ok(None) };
        let number = self.number;
        if is_too_long {
            return Ok(Some((number, Err(Line::too_long()))));
        }
        match self.decoded(bytes) {
            Ok(text) => Ok(Some((number, Ok(text)))),
            // No line of such a file is worth a look.
            Err(bytes) if number == 1 && is_utf16(&bytes) => {
                Err(Stop(Some(number), not_utf8("le fichier", &bytes)))
            }
            Err(bytes) => Ok(Some((number, Err(not_utf8("la ligne", &bytes))))),
        }
    }

    /// The bytes of the next line, none when it is over the limit, and whether it is.
    fn next_bytes(&mut self) -> Result<Option<(Vec<u8>, bool)>, Stop> {
        let mut bytes = Vec::new();
        let longest = ROW_BYTES as u64;
        let read = (&mut self.reader).take(longest + 1).read_until(b'\n', &mut bytes);
        let interrupted = |error: io::Error| {
            let remedy = "vérifiez que le fichier est lisible, puis recommencez";
            let message = format!("la lecture s’est interrompue : {}", system::in_french(&error));
            Stop(None, Fault::new(message, remedy))
        };
        let length = read.map_err(interrupted)? as u64;
        if length == 0 {
            return Ok(None);
        }
        self.number += 1;
        self.bytes += length;
        if length > longest {
            self.bytes += self.reader.skip_until(b'\n').map_err(interrupted)? as u64;
            bytes.clear();
        }
        if self.bytes > FILE_BYTES {
            let message = format!("le fichier dépasse {} octets", integer(FILE_BYTES));
            return Err(Stop(Some(self.number), Fault::new(message, "découpez-le en plusieurs fichiers")));
        }
        Ok(Some((bytes, length > longest)))
    }

    /// The text of the line just read, or its bytes again when they are not UTF-8.
    fn decoded(&self, bytes: Vec<u8>) -> Result<String, Vec<u8>> {
        let mut text = String::from_utf8(bytes).map_err(|error| error.into_bytes())?;
        if self.number == 1 && text.starts_with(BYTE_ORDER_MARK) {
            text.remove(0);
        }
        Ok(text)
    }
}

fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}

/// What to say of bytes that are not UTF-8, those around the first bad one shown.
fn not_utf8(what: &str, bytes: &[u8]) -> Fault {
    let message = match is_utf16(bytes) {
        true => format!("{what} est en UTF-16"),
        false => format!("{what} n’est pas en UTF-8"),
    };
    let remedy = format!("enregistrez en UTF-8 (dans Excel, type {})", quoted("CSV UTF-8"));
    let around = String::from_utf8_lossy(bytes);
    let bad = around.chars().position(|c| c == char::REPLACEMENT_CHARACTER).unwrap_or(0);
    let shown: String = around.trim_end().chars().skip(bad.saturating_sub(20)).take(40).collect();
    Fault::new(message, remedy).value(shown)
}
