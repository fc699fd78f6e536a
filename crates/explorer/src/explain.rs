//! Why a document has its score, word by word and field by field; documents that resemble another.
//! Absent: search itself.

use rustc_hash::FxHashMap;

use crate::analysis::{Analyzer, Sink};
use crate::found::{Hit, Reading};
use crate::index::{Address, Index, Inner};
use crate::lengths;
use crate::matching;
use crate::part::Part;
use crate::plan::{Clause, Lookup, Plan};
use crate::query::{Matching, Query, Sort};
use crate::search::Candidate;
use crate::text::Dictionary;
use crate::top;

/// Words of a document by which its likes are sought.
const LIKENESS_WORDS: usize = 12;
/// What one shared facet value is worth, as a share of the rarest word's weight.
const SHARED_VALUE: f32 = 0.15;

/// The score of one document for one query, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// One entry for each word that was looked up, in the order typed.
    pub words: Vec<WordShare>,
    /// Weighted number of words of the document, as the index remembers it.
    pub length: u32,
    /// Mean of that number over all documents.
    pub mean_length: f32,
    /// The score that [`Index::search`] gives.
    pub total: f32,
}

/// What one word brings.
#[derive(Debug, Clone, PartialEq)]
pub struct WordShare {
    /// The word and how it was understood.
    pub reading: Reading,
    /// Where the document holds it; empty when it does not.
    pub fields: Vec<FieldShare>,
    /// Occurrences, each counted as many times as its field weighs.
    pub frequency: u32,
    /// Number of documents that hold the word.
    pub documents: u64,
    /// Rarity of the word: the logarithm of the inverse of its share of documents.
    pub rarity: f32,
    /// Part of the score.
    pub score: f32,
}

/// Occurrences of a word in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldShare {
    /// Index of the field in the schema.
    pub field: usize,
    /// Number of occurrences.
    pub occurrences: u32,
    /// How many times each counts.
    pub weight: u8,
}

/// The terms of one document, counted field by field.
struct Counted<'w> {
    weights: &'w [u8],
    terms: FxHashMap<String, Vec<u32>>,
    /// Forms of each field, with their places.
    exact: Vec<Vec<(u32, String)>>,
    length: u32,
}

impl Sink for Counted<'_> {
    fn term(&mut self, field: usize, term: &str, counted: bool) {
        let fields = self.weights.len();
        self.terms.entry(term.to_owned()).or_insert_with(|| vec![0; fields])[field] += 1;
        if counted {
            self.length += u32::from(self.weights[field]);
        }
    }

    fn exact(&mut self, field: usize, form: &str, apart: bool) {
        let forms = &mut self.exact[field];
        let place = forms.last().map_or(0, |(place, _)| place + u32::from(apart));
        forms.push((place, form.to_owned()));
    }
}

impl<'w> Counted<'w> {
    fn new(inner: &Inner, weights: &'w [u8], texts: &[String]) -> Self {
        let mut counted =
            Self { weights, terms: FxHashMap::default(), exact: vec![Vec::new(); weights.len()], length: 0 };
        let mut analyzer = Analyzer::new(&inner.concepts);
        for (field, text) in texts.iter().enumerate().take(weights.len()) {
            analyzer.field(field, text, &mut counted);
        }
        counted
    }

    /// Occurrences by field, and the frequency that the index has for them.
    fn occurrences(&self, lookup: &Lookup) -> (u32, Vec<u32>) {
        match lookup {
            Lookup::Term(Dictionary::Words, term) => self.weighted(term),
            Lookup::Term(Dictionary::Exact, form) => self.places(&[(0, form.clone())]),
            Lookup::Phrase(forms) => self.places(forms),
            Lookup::Together(words) => {
                let best = |terms: &Vec<String>| {
                    terms.iter().map(|term| self.weighted(term)).max_by_key(|own| own.0)
                };
                words.iter().filter_map(best).min_by_key(|own| own.0).unwrap_or_default()
            }
        }
    }

    fn weighted(&self, term: &str) -> (u32, Vec<u32>) {
        let Some(fields) = self.terms.get(term) else { return (0, Vec::new()) };
        (
            fields.iter().zip(self.weights).map(|(count, weight)| count * u32::from(*weight)).sum(),
            fields.clone(),
        )
    }

    fn places(&self, forms: &[(u32, String)]) -> (u32, Vec<u32>) {
        let Some((_, first)) = forms.first() else { return (0, Vec::new()) };
        let begins = |field: &[(u32, String)], start: u32| {
            forms.iter().all(|(offset, form)| {
                field.iter().any(|(place, own)| *place == start + offset && own == form)
            })
        };
        let fields: Vec<u32> = self
            .exact
            .iter()
            .map(|field| {
                let starts = field.iter().filter(|(place, form)| form == first && begins(field, *place));
                u32::try_from(starts.count()).unwrap_or(u32::MAX)
            })
            .collect();
        (fields.iter().sum(), fields)
    }
}

impl Index {
    /// Takes apart the score that a document of these texts has for a query.
    #[must_use]
    pub fn explain(&self, query: &Query, texts: &[String]) -> Explanation {
        let inner = &*self.inner;
        let weights: Vec<u8> = inner.schema.texts.iter().map(|text| text.weight).collect();
        let document = Counted::new(inner, &weights, texts);
        let plan = Plan::new(inner, &query.text, query.matching);
        let length = lengths::code(document.length);
        let share = |clause: &Clause| word_share(&document, &plan, clause, length);
        // Sums of floats depend on their order: this is the order of the search.
        let mut total = None;
        for score in plan.in_order().map(|clause| share(clause).score).filter(|score| *score > 0.0) {
            total = Some(total.map_or(score, |sum: f32| sum + score));
        }
        Explanation {
            words: plan.clauses.iter().map(share).collect(),
            length: lengths::value(length),
            mean_length: inner.mean_length(),
            total: total.unwrap_or(0.0),
        }
    }

    /// Documents that resemble one, best first: rare words in common, values of closed facets in
    /// common. The document itself is not among them.
    #[must_use]
    pub fn similar(&self, address: Address, texts: &[String], limit: usize) -> Vec<Hit> {
        let inner = &*self.inner;
        let Some(origin) = inner.parts.get(address.part as usize) else { return Vec::new() };
        if address.doc >= origin.segment.columns.len() {
            return Vec::new();
        }
        let plan = Plan::of_terms(inner, inner.telling_terms(texts));
        let bonus = SHARED_VALUE * plan.in_order().map(|clause| clause.rarity).fold(1.0, f32::max);
        let mut scratch = inner.borrow_scratch();
        let mut candidates = Vec::new();
        for (number, part) in inner.parts.iter().enumerate() {
            let mut found = matching::matches(inner, &plan, Matching::Any, number, &mut scratch);
            if number == address.part as usize {
                found.remove(address.doc);
            }
            found.for_each(|doc| {
                let shared = shared_values((origin, address.doc), (part, doc));
                scratch.scores[doc as usize] += bonus * shared;
            });
            let scores = Some(scratch.scores.as_slice());
            candidates.extend(top::collect((number, part), &found, scores, (Sort::Relevance, limit)));
        }
        inner.give_back(scratch);
        candidates.sort_by(|a: &Candidate, b| inner.compare(a, b, Sort::Relevance));
        let hit = |found: &Candidate| Hit {
            address: Address { part: u32::try_from(found.part).unwrap_or(u32::MAX), doc: found.doc },
            score: found.score,
        };
        candidates.iter().take(limit).map(hit).collect()
    }
}

impl Inner {
    /// The terms that best tell these texts from the others.
    fn telling_terms(&self, texts: &[String]) -> Vec<String> {
        let weights: Vec<u8> = self.schema.texts.iter().map(|text| text.weight).collect();
        let document = Counted::new(self, &weights, texts);
        let documents: u64 = self.parts.iter().map(|part| u64::from(part.segment.columns.len())).sum();
        let value = |term: &String| {
            let frequency: u64 =
                self.parts.iter().map(|part| part.segment.text.frequency(Dictionary::Words, term)).sum();
            #[expect(clippy::cast_precision_loss, reason = "a frequency is small")]
            let repeated = (document.weighted(term).0 as f32).sqrt();
            // A term of no other document cannot lead to one.
            if frequency < 2 { 0.0 } else { repeated * matching::rarity(frequency, documents) }
        };
        let mut terms: Vec<(f32, String)> =
            document.terms.keys().map(|term| (value(term), term.clone())).collect();
        terms.retain(|(value, _)| *value > 0.0);
        terms.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        terms.into_iter().take(LIKENESS_WORDS).map(|(_, term)| term).collect()
    }
}

fn word_share(document: &Counted<'_>, plan: &Plan, clause: &Clause, length: u8) -> WordShare {
    let found = clause.lookups.iter().map(|lookup| document.occurrences(lookup));
    let (frequency, fields) = found.max_by_key(|(frequency, _)| *frequency).unwrap_or_default();
    let fields = fields.into_iter().enumerate().filter(|(_, occurrences)| *occurrences > 0);
    let share = |(field, occurrences)| FieldShare { field, occurrences, weight: document.weights[field] };
    WordShare {
        reading: plan.readings[clause.reading].clone(),
        fields: fields.map(share).collect(),
        frequency,
        documents: clause.frequency,
        rarity: clause.rarity,
        score: if frequency == 0 { 0.0 } else { clause.scorer.score(frequency, length) },
    }
}

/// Number of values of packed facets that two documents share.
fn shared_values((part, doc): (&Part, u32), (other_part, other): (&Part, u32)) -> f32 {
    let (facets, others) = (&part.segment.columns.facets, &other_part.segment.columns.facets);
    let words = facets.layout.words;
    let own = &facets.masks[doc as usize * words..][..words];
    let theirs = &others.masks[other as usize * words..][..words];
    let shared: u32 = own.iter().zip(theirs).map(|(a, b)| (a & b).count_ones()).sum();
    #[expect(clippy::cast_precision_loss, reason = "a few values")]
    let shared = shared as f32;
    shared
}
