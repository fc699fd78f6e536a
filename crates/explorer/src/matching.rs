//! Which documents of a part hold the words of a plan, and their scores.
//! Absent: how words are understood (see `plan`), filters.

use std::sync::{Arc, OnceLock};

use tantivy::postings::BlockSegmentPostings;

use crate::bits::Bits;
use crate::index::Inner;
use crate::kept::{Answer, Kept};
use crate::lengths;
use crate::part::Segment;
use crate::plan::{Clause, Plan, Source};
use crate::query::Matching;
use crate::text;

/// Saturation of repeated words in BM25.
pub(crate) const SATURATION: f32 = 1.2;
/// How much long documents are discounted in BM25.
pub(crate) const LENGTH_SHARE: f32 = 0.65;
/// Beyond, more occurrences change nothing.
const FREQUENCY_MAX: u32 = u16::MAX as u32;
/// A list this many times longer than the documents still in play is sought rather than read.
const SEEK_RATIO: u64 = 12;

/// Memory reused from one search to the next.
#[derive(Default)]
pub(crate) struct Scratch {
    /// Score of each document; meaningless for a document that the words did not find.
    pub scores: Vec<f32>,
    hits: Bits,
    /// Best frequency of each document over the lists of a clause; 0 where none.
    frequencies: Vec<u16>,
    clause_hits: Bits,
}

impl Scratch {
    fn fit(&mut self, documents: u32) {
        if self.scores.len() < documents as usize {
            self.scores.resize(documents as usize, 0.0);
        }
        self.hits.reset(documents);
    }
}

/// BM25 of one clause.
#[derive(Debug, Clone)]
pub(crate) struct Scorer {
    weight: f32,
    discounts: [f32; 256],
}

impl Scorer {
    /// For a clause of this rarity, in an index of this mean length.
    pub fn new(rarity: f32, mean_length: f32) -> Self {
        let discounts = std::array::from_fn(|code| {
            #[expect(clippy::cast_precision_loss, reason = "lengths are small next to the 24 bits of a f32")]
            let length = lengths::value(u8::try_from(code).unwrap_or(u8::MAX)) as f32;
            SATURATION * (1.0 - LENGTH_SHARE + LENGTH_SHARE * length / mean_length)
        });
        Self { weight: rarity * (SATURATION + 1.0), discounts }
    }

    /// Score of a document of this length code for this weighted frequency.
    #[inline]
    pub fn score(&self, frequency: u32, length: u8) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "frequencies are small next to the 24 bits of a f32")]
        let frequency = frequency.min(FREQUENCY_MAX) as f32;
        self.weight * frequency / (frequency + self.discounts[usize::from(length)])
    }
}

/// Rarity of something that `frequency` documents out of `documents` hold.
pub(crate) fn rarity(frequency: u64, documents: u64) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a million fits in a f64")]
    let (frequency, documents) = (frequency as f64, documents as f64);
    #[expect(clippy::cast_possible_truncation, reason = "a logarithm is small")]
    let rarity = (1.0 + (documents - frequency + 0.5).max(0.0) / (frequency + 0.5)).ln() as f32;
    rarity
}

/// A list of documents and frequencies ready to be read.
enum List<'a> {
    Postings(Box<BlockSegmentPostings>),
    Ready(&'a [(u32, u32)]),
}

impl List<'_> {
    fn len(&self) -> u64 {
        match self {
            Self::Postings(postings) => u64::from(postings.doc_freq()),
            Self::Ready(pairs) => pairs.len() as u64,
        }
    }

    #[inline]
    fn for_each(self, mut visit: impl FnMut(u32, u32)) {
        match self {
            Self::Postings(postings) => text::for_each(*postings, visit),
            Self::Ready(pairs) => pairs.iter().for_each(|(doc, frequency)| visit(*doc, *frequency)),
        }
    }
}

fn lists<'a>(part: usize, segment: &Segment, clause: &'a Clause) -> Vec<List<'a>> {
    let lists = clause.sources.iter().filter_map(|source| match source {
        Source::Term(dictionary, term) => {
            Some(List::Postings(Box::new(segment.text.postings(*dictionary, term)?)))
        }
        Source::Ready(parts) => Some(List::Ready(&parts[part])),
    });
    lists.filter(|list| list.len() > 0).collect()
}

/// Documents of a part that satisfy the words; their scores are left in `scratch`.
pub(crate) fn matches(
    inner: &Inner,
    plan: &Plan,
    matching: Matching,
    number: usize,
    scratch: &mut Scratch,
) -> Bits {
    let part = &inner.parts[number];
    let segment = &*part.segment;
    scratch.fit(segment.columns.len());
    let mut first = true;
    for clause in plan.in_order() {
        let restricts = matching == Matching::All && !first;
        match kept(inner, clause, number) {
            Some(answer) if restricts => restrict_to(&answer, scratch),
            Some(answer) => add_all(&answer, scratch),
            None if restricts => {
                restrict(lists(number, segment, clause), &clause.scorer, &segment.lengths, scratch);
            }
            None => add(lists(number, segment, clause), &clause.scorer, &segment.lengths, scratch),
        }
        first = false;
    }
    let mut found = std::mem::take(&mut scratch.hits);
    found.remove_set(&part.deleted);
    found
}

/// The answer of a part to a clause that is worth keeping.
pub(crate) fn kept(inner: &Inner, clause: &Clause, number: usize) -> Option<Arc<Answer>> {
    let segment = &*inner.parts[number].segment;
    if !Kept::worth(clause, inner.documents()) {
        return None;
    }
    let make = || {
        let mut scratch = inner.borrow_scratch();
        scratch.fit(segment.columns.len());
        add(lists(number, segment, clause), &clause.scorer, &segment.lengths, &mut scratch);
        let mut found = scratch.hits.clone();
        found.remove_set(&inner.parts[number].deleted);
        let scores = scratch.scores[..segment.lengths.len()].to_vec();
        inner.give_back(scratch);
        Answer { found, scores, counts: OnceLock::new() }
    };
    Some(inner.kept[number].answer(clause, make))
}

/// As [`add`], for a clause that is kept.
fn add_all(answer: &Answer, scratch: &mut Scratch) {
    let Scratch { scores, hits, .. } = scratch;
    answer.found.for_each(|doc| {
        let at = doc as usize;
        scores[at] = if hits.has(doc) { scores[at] + answer.scores[at] } else { answer.scores[at] };
    });
    hits.unite(&answer.found);
}

/// As [`restrict`], for a clause that is kept.
fn restrict_to(answer: &Answer, scratch: &mut Scratch) {
    let Scratch { scores, hits, .. } = scratch;
    hits.intersect(&answer.found);
    hits.for_each(|doc| scores[doc as usize] += answer.scores[doc as usize]);
}

/// Adds the documents of a clause to those found.
fn add(mut lists: Vec<List<'_>>, scorer: &Scorer, lengths: &[u8], scratch: &mut Scratch) {
    if lists.len() == 1 {
        let Scratch { scores, hits, .. } = scratch;
        let Some(list) = lists.pop() else { return };
        list.for_each(|doc, frequency| {
            let at = doc as usize;
            let score = scorer.score(frequency, lengths[at]);
            scores[at] = if hits.has(doc) { scores[at] + score } else { score };
            hits.insert(doc);
        });
        return;
    }
    best(lists, lengths, scratch);
    let Scratch { scores, hits, frequencies, clause_hits } = scratch;
    clause_hits.for_each(|doc| {
        let at = doc as usize;
        let score = scorer.score(u32::from(frequencies[at]), lengths[at]);
        scores[at] = if hits.has(doc) { scores[at] + score } else { score };
        hits.insert(doc);
    });
}

/// Keeps the documents found that satisfy a clause too.
fn restrict(mut lists: Vec<List<'_>>, scorer: &Scorer, lengths: &[u8], scratch: &mut Scratch) {
    let left = scratch.hits.len();
    let length: u64 = lists.iter().map(List::len).sum();
    if left * SEEK_RATIO < length {
        return seek(lists, scorer, lengths, scratch);
    }
    if lists.len() == 1 {
        let Scratch { scores, hits, clause_hits, .. } = scratch;
        clause_hits.reset(documents(lengths));
        let Some(list) = lists.pop() else { return };
        list.for_each(|doc, frequency| {
            if hits.has(doc) {
                clause_hits.insert(doc);
                scores[doc as usize] += scorer.score(frequency, lengths[doc as usize]);
            }
        });
    } else {
        best(lists, lengths, scratch);
        let Scratch { scores, hits, frequencies, clause_hits } = scratch;
        clause_hits.intersect(hits);
        clause_hits.for_each(|doc| {
            let at = doc as usize;
            scores[at] += scorer.score(u32::from(frequencies[at]), lengths[at]);
        });
    }
    std::mem::swap(&mut scratch.hits, &mut scratch.clause_hits);
}

/// As [`restrict`], for few documents and long lists.
fn seek(mut lists: Vec<List<'_>>, scorer: &Scorer, lengths: &[u8], scratch: &mut Scratch) {
    let Scratch { scores, hits, clause_hits, .. } = scratch;
    clause_hits.reset(documents(lengths));
    hits.for_each(|doc| {
        let mut frequency = 0;
        for list in &mut lists {
            let own = match list {
                List::Postings(postings) => {
                    let at = postings.seek(doc);
                    if postings.doc(at) == doc { postings.freq(at) } else { 0 }
                }
                List::Ready(pairs) => {
                    pairs.binary_search_by_key(&doc, |pair| pair.0).map_or(0, |at| pairs[at].1)
                }
            };
            frequency = frequency.max(own);
        }
        if frequency > 0 {
            clause_hits.insert(doc);
            scores[doc as usize] += scorer.score(frequency, lengths[doc as usize]);
        }
    });
    std::mem::swap(&mut scratch.hits, &mut scratch.clause_hits);
}

/// The best frequency of each document over several lists, in `frequencies` and `clause_hits`.
fn best(lists: Vec<List<'_>>, lengths: &[u8], scratch: &mut Scratch) {
    let Scratch { frequencies, clause_hits, .. } = scratch;
    clause_hits.reset(documents(lengths));
    frequencies.clear();
    frequencies.resize(lengths.len(), 0);
    for list in lists {
        list.for_each(|doc, frequency| {
            let own = u16::try_from(frequency).unwrap_or(u16::MAX);
            let best = &mut frequencies[doc as usize];
            *best = (*best).max(own);
            clause_hits.insert(doc);
        });
    }
}

/// Number of documents, one length each.
fn documents(lengths: &[u8]) -> u32 {
    u32::try_from(lengths.len()).unwrap_or(u32::MAX)
}
