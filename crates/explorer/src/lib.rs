//! A search engine for up to a million documents: text in French, filters, hits and exact counts.
//!
//! Inside: analysis of French text, an immutable index in memory (tantivy for text, roaring
//! bitmaps for facets, columns for numbers), search, explanation of a score, and the index's
//! own byte format.
//! Absent: trainings, HTML, files, network, clock.

mod analysis;
mod bits;
mod columns;
mod concepts;
mod counting;
mod document;
mod explain;
mod format;
mod found;
mod index;
mod kept;
mod lengths;
mod matching;
mod part;
mod plan;
mod positions;
mod query;
mod schema;
mod search;
mod spelling;
mod text;
mod top;
mod typed;

pub use analysis::Stemming;
pub use document::Document;
pub use explain::{Explanation, FieldShare, WordShare};
pub use found::{Correction, FacetCounts, Found, Hit, Reading, ReadingKind, Relaxation};
pub use index::{Address, Index, IndexError};
pub use query::{Filter, Matching, Query, Range, Sort};
pub use schema::{Facet, FacetValue, Schema, Synonyms, TextField};
pub use search::{DEPTH_MAX, QueryError, WORDS_MAX};
