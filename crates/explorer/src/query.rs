//! A search as data. Absent: reading it from a URL or a command line.

/// A search over an index.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// Words as typed; quotes (« », “”, "") ask for the exact form. Empty: everything.
    pub text: String,
    /// Whether a document must hold every word.
    pub matching: Matching,
    /// At most one filter for each facet: AND between filters.
    pub filters: Vec<Filter>,
    /// Order of hits.
    pub sort: Sort,
    /// Number of hits to skip.
    pub offset: usize,
    /// Number of hits wanted.
    pub limit: usize,
    /// Facets to count (indices in the schema); counts of a facet ignore its own filter only.
    pub count: Vec<usize>,
    /// Most values listed of an open facet, the most frequent; those of its own filter come beside.
    pub open_values: usize,
}

/// Whether a hit must hold all words or at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Matching {
    /// Every word (a word is satisfied by its forms, synonyms or correction).
    #[default]
    All,
    /// At least one word; words of compounds and quoted expressions count one by one, and a word
    /// of five letters or more is satisfied by longer forms too.
    Any,
}

/// A filter on one facet: a document passes when it has one of `values` or its number is in `range`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Index of the facet in the schema.
    pub facet: usize,
    /// Identifiers of values: OR between them.
    pub values: Vec<String>,
    /// A range of a number, OR with `values`.
    pub range: Option<Range>,
}

/// An inclusive range of a numeric column; a document whose number is unknown is outside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Index of the number in the schema.
    pub number: usize,
    /// Lower bound, inclusive.
    pub min: Option<f32>,
    /// Upper bound, inclusive.
    pub max: Option<f32>,
}

/// Order of hits. Unknown numbers come last either way; ties go to `standing`, then key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best score first; without words, greatest standing first.
    #[default]
    Relevance,
    /// A number of the schema, smallest first.
    Ascending(usize),
    /// A number of the schema, greatest first.
    Descending(usize),
    /// The documents' `sort_key`.
    Key,
}
