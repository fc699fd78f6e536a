//! A training's row as the store keeps it: its identifier and its JSON, written once and carried as bytes.
//! Absent: what rows mean (see the crate `catalogue`).

use catalogue::RawTraining;

use crate::StoreError;

/// A row as JSON. One made by [`Body::of`] is readable; one that a store gives is as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    id: Box<str>,
    json: Box<str>,
}

impl Body {
    /// Writes a row.
    ///
    /// # Panics
    /// Never: a row is plain data.
    pub fn of(raw: &RawTraining) -> Self {
        let json = serde_json::to_string(raw).expect("a row is plain data");
        Self { id: raw.id.as_str().into(), json: json.into_boxed_str() }
    }

    /// A row that [`Body::of`] wrote, kept elsewhere meanwhile.
    pub fn restored(id: &str, json: &str) -> Self {
        Self { id: id.into(), json: json.into() }
    }

    pub(crate) fn published(id: String, json: String) -> Self {
        Self { id: id.into_boxed_str(), json: json.into_boxed_str() }
    }

    /// Identifier of the training.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The row as JSON, on one line.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// The row.
    ///
    /// # Errors
    /// When the text is not that of a row: the database is damaged.
    pub fn raw(&self) -> Result<RawTraining, StoreError> {
        crate::read::parse(&self.id, &self.json)
    }
}
