//! What the documents of an index are made of: text fields, facets, numbers, synonyms.
//! Absent: the documents themselves.

use serde::{Deserialize, Serialize};

/// The shape of all documents of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// Text fields, in the order of [`crate::Document::texts`].
    pub texts: Vec<TextField>,
    /// Facets, in the order of [`crate::Document::facets`].
    pub facets: Vec<Facet>,
    /// Names of the numeric columns, in the order of [`crate::Document::numbers`].
    pub numbers: Vec<String>,
    /// Expressions that mean the same thing.
    pub synonyms: Synonyms,
}

/// A text field and how much a word found in it weighs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextField {
    /// Name shown by an explanation.
    pub name: String,
    /// How many times a word of this field counts: simple BM25F by replication
    /// (Robertson, Zaragoza and Taylor, « Simple BM25 extension to multiple weighted fields », CIKM 2004).
    pub weight: u8,
}

/// A facet: a property whose values are counted and filtered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Name, as in [`crate::Filter::facet`].
    pub name: String,
    /// Known values in display order; parents come before their children.
    pub values: Vec<FacetValue>,
    /// Whether documents may bring values that `values` does not list (providers).
    pub open: bool,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// Identifier, unique within its facet.
    pub id: String,
    /// Identifier of the broader value: a document that has this value has its parent too.
    pub parent: Option<String>,
}

/// Groups of expressions that mean the same: each inner list is one group (« RGPD », « GDPR »,
/// « règlement général sur la protection des données »).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synonyms {
    /// The groups; an expression is one or several words as people write them.
    pub groups: Vec<Vec<String>>,
}
