//! A training as text and plain values, before anything is checked: the row that files carry and
//! that the store keeps. Absent: checks (see `parse`), typed values (see `training`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A training as a file states it; every field is checked later by [`crate::Training::parse`].
///
/// This is also the shape of one line of our JSONL files, and of the store's rows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawTraining {
    /// Identifier: lower-case letters, digits and hyphens.
    pub id: String,
    /// `course`, `exam`, `event` or `alternative`.
    pub kind: String,
    /// Title as its source writes it.
    pub title: String,
    /// Name of the provider.
    pub provider: String,
    /// `public`, `prive` or `associatif`; empty when it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub provider_kind: String,
    /// Address of the training's own page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Language of teaching, ISO 639-1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Identifiers of formats.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formats: Vec<String>,
    /// Stated duration in hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_hours: Option<f64>,
    /// Stated price in euros; 0 is free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_eur: Option<f64>,
    /// City where it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Identifier of the nature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nature: Option<String>,
    /// Whether it is open to public servants only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_sector_only: Option<bool>,
    /// Identifiers of audiences, an editor's judgement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<String>,
    /// Identifiers of objectives, an editor's judgement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objectives: Vec<String>,
    /// Identifiers of themes, an editor's judgement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<String>,
    /// Competence and level reached (1 to 4), an editor's judgement.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub competences: BTreeMap<String, u8>,
    /// Competence and level asked on entry (1 to 4), an editor's judgement.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub prerequisites: BTreeMap<String, u8>,
    /// Summary, written by the catalogue's editors unless `sources.summary` says whose it is; empty when
    /// there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// Where the facts were read.
    pub source: RawSource,
    /// Words of the source for a field: keys are field names (`duration`, `price`, `audience`, `prerequisites`, …).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stated: BTreeMap<String, String>,
    /// Sources of single fields where they differ from `source`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, RawSource>,
}

/// Where and when facts were read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawSource {
    /// Address of the page, or `fichier:` and the name of a file.
    pub address: String,
    /// Date of the page or of the visit: `2024`, `2024-05` or `2024-05-17`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<String>,
}
