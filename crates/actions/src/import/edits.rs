//! The edits of an import, put aside and given back one by one. Absent: what they mean.

use store::{Body, Edit, StoreError};

use super::shelf::{Place, Shelf};
use crate::error::ActionError;

/// Rows to put, then identifiers to withdraw.
#[derive(Default)]
pub(super) struct Edits {
    /// Made with the first row.
    shelf: Option<Shelf>,
    rows: Vec<(Box<str>, Place)>,
    withdrawn: std::vec::IntoIter<String>,
    given: usize,
    failed: Option<ActionError>,
}

impl Edits {
    /// Adds a row; a failure is told by [`Edits::settle`].
    pub fn push(&mut self, body: &Body) {
        if self.shelf.is_none() {
            match Shelf::new() {
                Ok(shelf) => self.shelf = Some(shelf),
                Err(error) => self.failed = Some(error),
            }
        }
        if let Some(shelf) = &mut self.shelf {
            self.rows.push((body.id().into(), shelf.push(body)));
        }
    }

    /// Leaves out the rows of some identifiers.
    pub fn leave_out(&mut self, is_left: impl Fn(&str) -> bool) {
        self.rows.retain(|(id, _)| !is_left(id));
    }

    /// Sets the identifiers to withdraw.
    pub fn withdraw(&mut self, ids: Vec<String>) {
        self.withdrawn = ids.into_iter();
    }

    /// Ends the rows, and puts them in the order of identifiers, that of the database: each of its pages is then
    /// written about once.
    ///
    /// # Errors
    /// When a row could not be put aside.
    pub fn settle(&mut self) -> Result<(), ActionError> {
        self.rows.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        self.failed.take().map_or(Ok(()), Err)?;
        self.shelf.as_mut().map_or(Ok(()), Shelf::failure)
    }
}

impl Iterator for Edits {
    type Item = Result<Edit, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some(((id, place), shelf)) = self.rows.get(self.given).zip(self.shelf.as_mut()) else {
            return self.withdrawn.next().map(|id| Ok(Edit::Withdraw(id)));
        };
        self.given += 1;
        Some(shelf.body(id, *place).map(Edit::Put).map_err(StoreError::Unprepared))
    }
}
