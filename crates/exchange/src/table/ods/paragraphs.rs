//! The text of a cell in OpenDocument: paragraphs, with white space collapsed. Source: OpenDocument 1.3, part 3, section 6.1.2.
//! Absent: typed values (see `ods`).

use crate::limits::ROW_BYTES;

/// The paragraphs of a cell, white space collapsed.
#[derive(Default)]
pub(super) struct Paragraphs {
    pub(super) text: String,
    paragraphs: usize,
    is_open: bool,
    /// Whether white space was met that counts only if something follows.
    is_spaced: bool,
    is_start: bool,
}

impl Paragraphs {
    pub(super) fn begin(&mut self) {
        if self.paragraphs > 0 {
            self.push('\n');
        }
        self.paragraphs += 1;
        (self.is_open, self.is_spaced, self.is_start) = (true, false, true);
    }

    /// Whether it has paragraphs, all of them empty.
    pub(super) fn is_blank(&self) -> bool {
        self.paragraphs > 0 && self.text.is_empty()
    }

    pub(super) fn end(&mut self) {
        (self.is_open, self.is_spaced) = (false, false);
    }

    /// Longer texts are of no use, and are cut.
    fn push(&mut self, sign: char) {
        if self.text.len() < ROW_BYTES {
            self.text.push(sign);
        }
    }

    pub(super) fn sign(&mut self, sign: char) {
        if std::mem::take(&mut self.is_spaced) {
            self.push(' ');
        }
        self.push(sign);
        self.is_start = sign == ' ';
    }

    pub(super) fn spaces(&mut self, count: u64) {
        (0..count.min(1_000)).for_each(|_| self.sign(' '));
    }

    pub(super) fn words(&mut self, words: &str) {
        if !self.is_open {
            return;
        }
        for sign in words.chars() {
            if matches!(sign, ' ' | '\t' | '\n' | '\r') {
                self.is_spaced |= !self.is_start;
            } else {
                self.sign(sign);
            }
        }
    }
}
