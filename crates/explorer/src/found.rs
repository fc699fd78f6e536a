//! What a search gives back. Absent: words for people; callers write the sentences.

use crate::index::Address;

/// The answer to a [`crate::Query`].
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Number of documents that pass the words and all filters; exact.
    pub total: u64,
    /// The wanted page of hits, in order.
    pub hits: Vec<Hit>,
    /// Counts for each facet of [`crate::Query::count`], in the same order.
    pub counts: Vec<FacetCounts>,
    /// How each typed word was understood, in order.
    pub readings: Vec<Reading>,
    /// When `total` is zero: what each single relaxation would give.
    pub relaxations: Vec<Relaxation>,
}

/// One document found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Where the document is.
    pub address: Address,
    /// Score of the words; 0 without words.
    pub score: f32,
}

/// Exact counts of one facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCounts {
    /// Index of the facet in the schema.
    pub facet: usize,
    /// Value and number of documents: closed facets list every known value in schema order, zero
    /// included; open facets list at most [`crate::Query::open_values`] values of at least one
    /// document, most frequent first, then the filter's own values that are not among them.
    pub values: Vec<(String, u64)>,
    /// Number of values of at least one document, listed or not.
    pub distinct: usize,
}

/// How one typed word or quoted expression was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// As typed.
    pub typed: String,
    /// What was done with it.
    pub kind: ReadingKind,
}

/// The ways to understand a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadingKind {
    /// Looked up with its inflections.
    Word,
    /// A quoted expression, looked up as it is.
    Exact,
    /// An expression of a synonym group; the group's expressions.
    Synonym(Vec<String>),
    /// The beginning of longer words, which are listed, most frequent first.
    Prefix(Vec<String>),
    /// Unknown; replaced by near spellings.
    Corrected(Vec<String>),
    /// Too common to search for; ignored.
    Ignored,
    /// Unknown, and nothing near.
    Unknown,
}

/// On zero hits: how many there would be with one thing dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relaxation {
    /// What to drop.
    pub drop: Correction,
    /// Hits left then; at least 1.
    pub total: u64,
}

/// One thing to drop from a query that finds nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correction {
    /// The filter of a facet (index in the schema).
    Filter(usize),
    /// All the words.
    Words,
    /// Ask for at least one of the words instead of all.
    AnyWord,
}
