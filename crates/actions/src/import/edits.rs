//! The edits of an import, held as bytes and given back one by one: a million rows take the room of
//! their text. Absent: what they mean.

use std::collections::VecDeque;

use catalogue::RawTraining;
use store::Edit;

/// Size of a block of rows, freed once its rows are published, in bytes.
const BLOCK_BYTES: usize = 1 << 20;

/// Rows to put, as lines of JSON, then identifiers to withdraw.
#[derive(Default)]
pub(super) struct Edits {
    blocks: VecDeque<Vec<u8>>,
    /// Where the next row of the first block begins.
    place: usize,
    withdrawn: std::vec::IntoIter<String>,
}

impl Edits {
    /// Adds a row: JSON without a line end.
    pub fn push(&mut self, body: &[u8]) {
        let full = self.blocks.back().is_none_or(|block| block.len() + body.len() >= BLOCK_BYTES);
        if full {
            self.blocks.push_back(Vec::with_capacity(BLOCK_BYTES.max(body.len() + 1)));
        }
        if let Some(block) = self.blocks.back_mut() {
            block.extend_from_slice(body);
            block.push(b'\n');
        }
    }

    /// Sets the identifiers to withdraw.
    pub fn withdraw(&mut self, ids: Vec<String>) {
        self.withdrawn = ids.into_iter();
    }

    fn next_row(&mut self) -> Option<RawTraining> {
        let block = self.blocks.front()?;
        let rest = &block[self.place..];
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let raw = serde_json::from_slice(&rest[..end]).expect("rows are written by this module's callers");
        self.place += end + 1;
        if self.place == block.len() {
            self.blocks.pop_front();
            self.place = 0;
        }
        Some(raw)
    }
}

impl Iterator for Edits {
    type Item = Edit;

    fn next(&mut self) -> Option<Edit> {
        match self.next_row() {
            Some(raw) => Some(Edit::Put(Box::new(raw))),
            None => self.withdrawn.next().map(Edit::Withdraw),
        }
    }
}
