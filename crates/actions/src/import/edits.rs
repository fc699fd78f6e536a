//! The edits of an import, given back one by one: each row is freed once it is published.
//! Absent: what they mean.

use std::collections::VecDeque;

use store::{Body, Edit};

/// Rows to put, then identifiers to withdraw.
#[derive(Default)]
pub(super) struct Edits {
    rows: VecDeque<Body>,
    withdrawn: std::vec::IntoIter<String>,
}

impl Edits {
    /// Adds a row.
    pub fn push(&mut self, body: Body) {
        self.rows.push_back(body);
    }

    /// Sets the identifiers to withdraw.
    pub fn withdraw(&mut self, ids: Vec<String>) {
        self.withdrawn = ids.into_iter();
    }

    /// Puts rows in the order of identifiers, that of the database: each of its pages is then written about once.
    pub fn sort(&mut self) {
        self.rows.make_contiguous().sort_unstable_by(|one, other| one.id().cmp(other.id()));
    }
}

impl Iterator for Edits {
    type Item = Edit;

    fn next(&mut self) -> Option<Edit> {
        let row = self.rows.pop_front().map(Edit::Put);
        row.or_else(|| self.withdrawn.next().map(Edit::Withdraw))
    }
}
