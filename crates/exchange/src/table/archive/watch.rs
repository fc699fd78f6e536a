//! What the parts of an XLSX workbook would take in memory, seen as they pass: their reader holds shared texts
//! and styles, and believes the number of texts that a part announces. Absent: other parts, which it does not read.

use std::io::{self, Write};

use catalogue::french::integer;

use crate::issue::Fault;
use crate::limits::{BOOK_TEXT_BYTES, SHARED_BYTES, SHARED_TEXTS, STYLES, STYLES_BYTES};

/// The attribute that announces texts, and how much is looked at after it.
const ANNOUNCES: (&[u8], usize) = (b"uniqueCount", 40);

/// How much of a sheet is looked at for how it is shown: that is said before its cells.
const VIEW_BYTES: usize = 8 << 10;

/// What a part is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Texts,
    Styles,
    Other,
    /// Not read.
    Unread,
}

/// A part that passes.
pub(super) struct Watch {
    part: Part,
    bytes: u64,
    /// Elements that take memory: texts or styles.
    items: u64,
    /// Bytes since the last mark.
    run: u64,
    /// The end of what has passed, where a word may have begun.
    rest: Vec<u8>,
    announced: u64,
    is_too_long: bool,
    has_formulas: bool,
    /// The beginning of a sheet.
    view: Vec<u8>,
}

impl Watch {
    pub(super) fn of(name: &str) -> Self {
        let name = name.to_lowercase().replace('\\', "/");
        let part = match name.as_str() {
            _ if !name.starts_with("xl/") || !name.ends_with(".xml") => Part::Unread,
            _ if name.ends_with("sharedstrings.xml") => Part::Texts,
            _ if name.ends_with("styles.xml") => Part::Styles,
            _ => Part::Other,
        };
        Self {
            part,
            bytes: 0,
            items: 0,
            run: 0,
            rest: Vec::new(),
            announced: 0,
            is_too_long: false,
            has_formulas: false,
            view: Vec::new(),
        }
    }

    /// Whether the part is a sheet that shows nothing where a cell is zero (ECMA-376, part 1, section 18.3.1.87).
    pub(super) fn hides_zeros(&self) -> bool {
        let view = String::from_utf8_lossy(&self.view);
        view.split('<').filter(|mark| mark.contains("sheetView ")).any(|mark| {
            let said = mark.split_once("showZeros=").map_or("", |(_, said)| said);
            let value = said.trim_start_matches(['"', '\'']);
            value.starts_with('0') || value.starts_with("false")
        })
    }

    /// Whether a formula passed.
    pub(super) fn has_formulas(&mut self) -> bool {
        let rest = std::mem::take(&mut self.rest);
        (0..rest.len()).filter(|at| rest[*at] == b'<').for_each(|at| self.look(&rest, at));
        self.rest = rest;
        self.has_formulas
    }

    /// Whether the part can be read without harm.
    pub(super) fn end(self) -> Result<(), Fault> {
        let is_too_much = match self.part {
            Part::Texts => {
                self.bytes > SHARED_BYTES || self.items > SHARED_TEXTS || self.announced > SHARED_TEXTS
            }
            Part::Styles => self.bytes > STYLES_BYTES || self.items > STYLES,
            Part::Other | Part::Unread => false,
        };
        if self.is_too_long {
            let message = format!("un texte du classeur dépasse {} octets", integer(BOOK_TEXT_BYTES));
            return Err(Fault::new(message, "raccourcissez-le, ou enregistrez la table en CSV"));
        }
        if !is_too_much {
            return Ok(());
        }
        let message = match self.part {
            Part::Styles => "le classeur a trop de mises en forme".to_owned(),
            _ => format!(
                "le classeur a trop de textes (au plus {} textes et {} octets)",
                integer(SHARED_TEXTS),
                integer(SHARED_BYTES)
            ),
        };
        Err(Fault::new(message, "enregistrez la table en CSV"))
    }

    /// Looks at bytes that begin a mark or may announce texts.
    fn look(&mut self, bytes: &[u8], at: usize) {
        let after = &bytes[at + 1..];
        let (name, is_item): (&[u8], bool) = match self.part {
            Part::Texts => (b"si", true),
            Part::Styles => (b"xf", true),
            Part::Other => (b"f", false),
            Part::Unread => return,
        };
        // A prefix may come before the name.
        let end = after
            .iter()
            .take(ANNOUNCES.1)
            .position(|byte| matches!(byte, b' ' | b'>' | b'/' | b'\n' | b'\t' | b'\r'));
        let tag = &after[..end.unwrap_or(0)];
        let is_it =
            tag == name || (tag.ends_with(name) && tag.get(tag.len() - name.len() - 1) == Some(&b':'));
        self.items += u64::from(is_item && is_it);
        self.has_formulas |= !is_item && is_it;
    }
}

impl Write for Watch {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        if self.part == Part::Unread {
            return Ok(buffer.len());
        }
        self.bytes += buffer.len() as u64;
        let room = VIEW_BYTES.saturating_sub(self.view.len());
        self.view.extend_from_slice(&buffer[..room.min(buffer.len())]);
        let before = self.rest.len();
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.extend_from_slice(buffer);
        // What is too near the end is looked at with what comes next.
        let known = bytes.len().saturating_sub(ANNOUNCES.0.len() + ANNOUNCES.1);
        for at in 0..known {
            match bytes[at] {
                b'<' => self.look(&bytes, at),
                b'u' if self.part == Part::Texts && bytes[at..].starts_with(ANNOUNCES.0) => {
                    let digits = bytes[at + ANNOUNCES.0.len()..].iter().take(ANNOUNCES.1);
                    let number: String = digits
                        .map(|byte| char::from(*byte))
                        .skip_while(|sign| !sign.is_ascii_digit())
                        .take_while(char::is_ascii_digit)
                        .collect();
                    let number = number.parse().unwrap_or(if number.is_empty() { 0 } else { u64::MAX });
                    self.announced = self.announced.max(number);
                }
                _ => {}
            }
        }
        for byte in &bytes[before..] {
            self.run = if *byte == b'<' { 0 } else { self.run + 1 };
            self.is_too_long |= self.run > BOOK_TEXT_BYTES;
        }
        self.rest = bytes.split_off(known);
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
