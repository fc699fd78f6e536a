//! One document as it enters an index. Absent: how it is stored.

use serde::{Deserialize, Serialize};

/// A document to index; lists follow the order of the [`crate::Schema`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Unique key; a later document with the same key replaces the earlier one.
    pub key: String,
    /// One text for each text field; may be empty.
    pub texts: Vec<String>,
    /// For each facet, the identifiers of the document's values; may be empty.
    pub facets: Vec<Vec<String>>,
    /// For each number, its value, or `None` when unknown.
    pub numbers: Vec<Option<f32>>,
    /// Text by which [`crate::Sort::Key`] orders, already folded for collation.
    pub sort_key: String,
    /// How good the document is without regard to words: the order of hits when nothing is
    /// typed, and of equal scores. Greater comes first.
    pub standing: u32,
    /// Bytes given back as they are by [`crate::Index::payload`].
    pub payload: Vec<u8>,
}
