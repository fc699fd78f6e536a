//! The table of texts that cells share, cut in records of 8 kB anywhere, even inside a text.
//! Source: [MS-XLS], sections 2.4.265 (SST) and 2.5.293 (XLUnicodeRichExtendedString).

use super::super::super::kind::damaged;
use super::{CONTINUE, first, too_many_texts};
use crate::issue::Fault;
use crate::limits::SHARED_TEXTS;

/// Letters of one or two bytes.
pub(super) fn decoded(letters: &[u8], length: usize, is_wide: bool) -> Option<String> {
    if !is_wide {
        // The low halves of UTF-16 units.
        return Some(letters.get(..length)?.iter().map(|byte| char::from(*byte)).collect());
    }
    let units = letters.get(..length.checked_mul(2)?)?.as_chunks::<2>().0;
    Some(String::from_utf16_lossy(&units.iter().map(|unit| u16::from_le_bytes(*unit)).collect::<Vec<_>>()))
}

/// All the texts; a table that is cut short gives those that are whole.
pub(super) fn shared(data: &[u8], mut rest: &[u8]) -> Result<Vec<String>, Fault> {
    let mut pieces = vec![data.get(8..).ok_or_else(damaged)?];
    while let Some(record) = first(rest)?.filter(|record| record.kind == CONTINUE) {
        pieces.push(record.data);
        rest = record.rest;
    }
    let mut table = Table { pieces, piece: 0, at: 0 };
    let mut texts = Vec::new();
    while let Some(text) = table.text() {
        if texts.len() as u64 >= SHARED_TEXTS {
            return Err(too_many_texts());
        }
        texts.push(text);
    }
    Ok(texts)
}

/// A place in the pieces of the table.
struct Table<'a> {
    pieces: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
}

impl<'a> Table<'a> {
    /// What is left of the piece.
    fn left(&self) -> &'a [u8] {
        self.pieces.get(self.piece).and_then(|piece| piece.get(self.at..)).unwrap_or_default()
    }

    /// Whether there is a next piece; goes to it.
    fn turn(&mut self) -> Option<()> {
        (self.piece, self.at) = (self.piece + 1, 0);
        (self.piece < self.pieces.len()).then_some(())
    }

    fn byte(&mut self) -> Option<u8> {
        while self.left().is_empty() {
            self.turn()?;
        }
        let byte = self.left().first().copied();
        self.at += 1;
        byte
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut length: usize) -> Option<()> {
        while length > self.left().len() {
            length -= self.left().len();
            self.turn()?;
        }
        self.at += length;
        Some(())
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::from(self.short()?);
        let form = self.byte()?;
        let runs = if form & 8 != 0 { usize::from(self.short()?) } else { 0 };
        let more = if form & 4 != 0 { u32::from(self.short()?) | u32::from(self.short()?) << 16 } else { 0 };
        let (mut text, mut is_wide, mut missing) = (Vec::<u16>::new(), form & 1 == 1, length);
        while missing > 0 {
            let left = self.left();
            let size = if is_wide { 2 } else { 1 };
            let here = (left.len() / size).min(missing);
            match is_wide {
                true => {
                    text.extend(left.as_chunks::<2>().0[..here].iter().map(|unit| u16::from_le_bytes(*unit)))
                }
                false => text.extend(left[..here].iter().map(|byte| u16::from(*byte))),
            }
            (self.at, missing) = (self.at + here * size, missing - here);
            if missing > 0 {
                // The next piece says anew how letters are written.
                self.turn()?;
                is_wide = self.byte()? & 1 == 1;
            }
        }
        self.skip(runs * 4 + usize::try_from(more).ok()?)?;
        Some(String::from_utf16_lossy(&text))
    }
}
