//! One part of an index: documents in the order in which they were added, and which of them are gone.
//! Absent: search.

use std::sync::Arc;
use std::sync::{Mutex, PoisonError};

use roaring::RoaringBitmap;
use rustc_hash::FxHashMap;

use crate::analysis::Analyzer;
use crate::bits::Bits;
use crate::columns::{Codes, Columns};
use crate::concepts::Concepts;
use crate::document::Document;
use crate::index::IndexError;
use crate::lengths;
use crate::schema::Schema;
use crate::text::{Terms, Text, TextBuilder};

/// What never changes of a part.
pub(crate) struct Segment {
    pub text: Text,
    pub columns: Columns,
    /// Length of each document, in the few steps of [`lengths`].
    pub lengths: Vec<u8>,
    /// Sum of the lengths.
    pub tokens: u64,
    /// For each folded form, its usual spelling and the number of its occurrences, when it has accents.
    pub spellings: FxHashMap<String, (String, u32)>,
}

/// A part and its deletions.
#[derive(Clone)]
pub(crate) struct Part {
    pub segment: Arc<Segment>,
    pub deleted: RoaringBitmap,
    /// All documents but the deleted.
    pub live: Bits,
    /// Number of documents but the deleted.
    pub live_count: u64,
    /// For each facet, for each value, number of live documents.
    pub counts: Vec<Vec<u64>>,
}

impl Part {
    /// A part, some documents of which are deleted.
    pub fn new(segment: Arc<Segment>, deleted: RoaringBitmap, codes: &[Codes]) -> Self {
        let mut live = Bits::all(segment.columns.len());
        live.remove_set(&deleted);
        let live_count = live.len();
        let facets = &segment.columns.facets;
        let mut counts: Vec<Vec<u64>> =
            facets.sets.iter().map(|sets| sets.iter().map(RoaringBitmap::len).collect()).collect();
        for (facet, counts) in counts.iter_mut().enumerate() {
            for doc in &deleted {
                facets.values(facet, codes[facet].values.len(), doc, |number| counts[number as usize] -= 1);
            }
        }
        Self { segment, deleted, live, live_count, counts }
    }

    /// The live document that has this key.
    pub fn find(&self, key: &str) -> Option<u32> {
        self.segment.columns.find(key).iter().copied().find(|doc| !self.deleted.contains(*doc))
    }
}

/// The numbers of facet values, shared by the threads that build parts.
pub(crate) struct SharedCodes {
    codes: Mutex<Vec<Codes>>,
}

impl SharedCodes {
    /// Starts from known numbers.
    pub fn new(codes: Vec<Codes>) -> Self {
        Self { codes: Mutex::new(codes) }
    }

    /// The numbers, once all parts are read.
    pub fn into_codes(self) -> Vec<Codes> {
        self.codes.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Adds documents one by one to a part to be.
pub(crate) struct PartBuilder<'a> {
    schema: &'a Schema,
    shared: &'a SharedCodes,
    known: Vec<Codes>,
    analyzer: Analyzer<'a>,
    weights: &'a [u8],
    text: TextBuilder,
    columns: Columns,
    lengths: Vec<u8>,
    tokens: u64,
    /// Where each document came in the sequence of all parts.
    pub sequence: Vec<u64>,
    facets: Vec<Vec<u32>>,
}

impl<'a> PartBuilder<'a> {
    /// An empty part.
    pub fn new(
        schema: &'a Schema,
        weights: &'a [u8],
        concepts: &'a Concepts,
        shared: &'a SharedCodes,
    ) -> Result<Self, IndexError> {
        let known = shared.codes.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(Self {
            schema,
            shared,
            known,
            analyzer: Analyzer::new(concepts),
            weights,
            text: TextBuilder::new()?,
            columns: Columns::new(schema),
            lengths: Vec::new(),
            tokens: 0,
            sequence: Vec::new(),
            facets: vec![Vec::new(); schema.facets.len()],
        })
    }

    /// Adds one document, the `sequence`-th of all.
    pub fn add(&mut self, document: &Document, sequence: u64) -> Result<(), IndexError> {
        check_shape(self.schema, document)?;
        if self.sequence.len() >= u32::MAX as usize / 2 {
            return Err(IndexError::TooLarge);
        }
        self.number_values(document)?;
        self.columns.facets.push(&self.facets);
        let mut terms = Terms::new(self.weights);
        for (field, text) in document.texts.iter().enumerate() {
            self.analyzer.field(field, text, &mut terms);
        }
        let length = lengths::code(terms.length);
        self.lengths.push(length);
        self.tokens += u64::from(lengths::value(length));
        self.text.add(terms)?;
        self.columns.keys.push(document.key.as_bytes());
        self.columns.sort_keys.push(document.sort_key.as_bytes());
        self.columns.payloads.push(&document.payload);
        self.columns.standing.push(document.standing);
        for (column, number) in self.columns.numbers.iter_mut().zip(&document.numbers) {
            column.push(number.unwrap_or(f32::NAN));
        }
        self.sequence.push(sequence);
        Ok(())
    }

    /// Fills `self.facets` with the numbers of the document's values and of their ancestors.
    fn number_values(&mut self, document: &Document) -> Result<(), IndexError> {
        for (facet, values) in document.facets.iter().enumerate() {
            let numbers = &mut self.facets[facet];
            let known = &mut self.known[facet];
            numbers.clear();
            for value in values {
                let number = match known.numbers.get(value) {
                    Some(number) => *number,
                    None if known.open => {
                        let number = self.shared.codes.lock().unwrap_or_else(PoisonError::into_inner)[facet]
                            .add(value);
                        known.numbers.insert(value.clone(), number);
                        number
                    }
                    None => {
                        let facet = self.schema.facets[facet].name.clone();
                        return Err(IndexError::UnknownValue {
                            key: document.key.clone(),
                            facet,
                            value: value.clone(),
                        });
                    }
                };
                numbers.push(number);
                numbers.extend_from_slice(known.ancestors(number));
            }
            numbers.sort_unstable();
            numbers.dedup();
        }
        Ok(())
    }

    /// Ends the part; its columns are not arranged yet. `None` when it holds no document.
    pub fn finish(self) -> Result<Option<(Segment, Vec<u64>)>, IndexError> {
        let Some(text) = self.text.finish(self.sequence.len())? else { return Ok(None) };
        let mut columns = self.columns;
        for blobs in [&mut columns.keys, &mut columns.sort_keys, &mut columns.payloads] {
            blobs.bytes.shrink_to_fit();
        }
        let segment = Segment {
            text,
            columns,
            lengths: self.lengths,
            tokens: self.tokens,
            spellings: self.analyzer.spellings(),
        };
        Ok(Some((segment, self.sequence)))
    }
}

fn check_shape(schema: &Schema, document: &Document) -> Result<(), IndexError> {
    let counts = [
        ("texts", schema.texts.len(), document.texts.len()),
        ("facets", schema.facets.len(), document.facets.len()),
        ("numbers", schema.numbers.len(), document.numbers.len()),
    ];
    match counts.into_iter().find(|(_, expected, found)| expected != found) {
        Some((what, expected, found)) => {
            Err(IndexError::Shape { key: document.key.clone(), what, expected, found })
        }
        None => Ok(()),
    }
}
