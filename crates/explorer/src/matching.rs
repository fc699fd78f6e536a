//! Which documents of a part hold the words of a plan, and their scores.
//! Absent: how words are understood (see `plan`), filters.

use roaring::RoaringBitmap;
use tantivy::postings::BlockSegmentPostings;

use crate::lengths;
use crate::part::{Part, Segment};
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
    /// Score of each document; meaningless where `hits` has no bit.
    pub scores: Vec<f32>,
    hits: Vec<u64>,
    /// Best frequency of each document over the lists of a clause; 0 where none.
    frequencies: Vec<u16>,
    clause_hits: Vec<u64>,
}

impl Scratch {
    fn fit(&mut self, documents: u32) {
        let documents = documents as usize;
        if self.scores.len() < documents {
            self.scores.resize(documents, 0.0);
        }
        clear(&mut self.hits, documents);
    }

    /// Calls `visit` with each document that the last search of a part found, deleted ones included.
    pub fn for_each_hit(&self, visit: impl FnMut(u32)) {
        for_each_bit(&self.hits, visit);
    }
}

fn clear(bits: &mut Vec<u64>, documents: usize) {
    bits.clear();
    bits.resize(documents.div_ceil(64), 0);
}

#[inline]
fn has(bits: &[u64], doc: u32) -> bool {
    bits[(doc >> 6) as usize] >> (doc & 63) & 1 != 0
}

#[inline]
fn set(bits: &mut [u64], doc: u32) {
    bits[(doc >> 6) as usize] |= 1 << (doc & 63);
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
    plan: &Plan,
    matching: Matching,
    (number, part): (usize, &Part),
    scratch: &mut Scratch,
) -> RoaringBitmap {
    let segment = &*part.segment;
    scratch.fit(segment.columns.len());
    let mut first = true;
    for clause in plan.in_order() {
        let lists = lists(number, segment, clause);
        let lengths = &segment.lengths;
        match matching {
            Matching::Any => add(lists, &clause.scorer, lengths, scratch),
            Matching::All if first => add(lists, &clause.scorer, lengths, scratch),
            Matching::All => restrict(lists, &clause.scorer, lengths, scratch),
        }
        first = false;
    }
    let mut bytes = Vec::with_capacity(scratch.hits.len() * 8);
    for word in &scratch.hits {
        bytes.extend_from_slice(&word.to_le_bytes());
    }
    let mut found = RoaringBitmap::from_lsb0_bytes(0, &bytes);
    if !part.deleted.is_empty() {
        found -= &part.deleted;
    }
    found
}

/// Adds the documents of a clause to those found.
fn add(mut lists: Vec<List<'_>>, scorer: &Scorer, lengths: &[u8], scratch: &mut Scratch) {
    if lists.len() == 1 {
        let Scratch { scores, hits, .. } = scratch;
        let Some(list) = lists.pop() else { return };
        list.for_each(|doc, frequency| {
            let at = doc as usize;
            let score = scorer.score(frequency, lengths[at]);
            scores[at] = if has(hits, doc) { scores[at] + score } else { score };
            set(hits, doc);
        });
        return;
    }
    best(lists, scratch);
    let Scratch { scores, hits, frequencies, clause_hits } = scratch;
    for_each_bit(clause_hits, |doc| {
        let at = doc as usize;
        let score = scorer.score(u32::from(frequencies[at]), lengths[at]);
        scores[at] = if has(hits, doc) { scores[at] + score } else { score };
        set(hits, doc);
    });
}

/// Keeps the documents found that satisfy a clause too.
fn restrict(mut lists: Vec<List<'_>>, scorer: &Scorer, lengths: &[u8], scratch: &mut Scratch) {
    let left: u64 = scratch.hits.iter().map(|word| u64::from(word.count_ones())).sum();
    let length: u64 = lists.iter().map(List::len).sum();
    if left * SEEK_RATIO < length {
        return seek(lists, scorer, lengths, scratch);
    }
    if lists.len() == 1 {
        let Scratch { scores, hits, clause_hits, .. } = scratch;
        clear(clause_hits, hits.len() * 64);
        let Some(list) = lists.pop() else { return };
        list.for_each(|doc, frequency| {
            if has(hits, doc) {
                set(clause_hits, doc);
                scores[doc as usize] += scorer.score(frequency, lengths[doc as usize]);
            }
        });
    } else {
        best(lists, scratch);
        let Scratch { scores, hits, frequencies, clause_hits } = scratch;
        for (clause, found) in clause_hits.iter_mut().zip(hits.iter()) {
            *clause &= found;
        }
        for_each_bit(clause_hits, |doc| {
            let at = doc as usize;
            scores[at] += scorer.score(u32::from(frequencies[at]), lengths[at]);
        });
    }
    std::mem::swap(&mut scratch.hits, &mut scratch.clause_hits);
}

/// As [`restrict`], for few documents and long lists.
fn seek(mut lists: Vec<List<'_>>, scorer: &Scorer, lengths: &[u8], scratch: &mut Scratch) {
    let Scratch { scores, hits, clause_hits, .. } = scratch;
    clear(clause_hits, hits.len() * 64);
    for_each_bit(hits, |doc| {
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
            set(clause_hits, doc);
            scores[doc as usize] += scorer.score(frequency, lengths[doc as usize]);
        }
    });
    std::mem::swap(&mut scratch.hits, &mut scratch.clause_hits);
}

/// The best frequency of each document over several lists, in `frequencies` and `clause_hits`.
fn best(lists: Vec<List<'_>>, scratch: &mut Scratch) {
    let Scratch { hits, frequencies, clause_hits, .. } = scratch;
    clear(clause_hits, hits.len() * 64);
    frequencies.clear();
    frequencies.resize(hits.len() * 64, 0);
    for list in lists {
        list.for_each(|doc, frequency| {
            let own = u16::try_from(frequency).unwrap_or(u16::MAX);
            let best = &mut frequencies[doc as usize];
            *best = (*best).max(own);
            set(clause_hits, doc);
        });
    }
}

fn for_each_bit(bits: &[u64], mut visit: impl FnMut(u32)) {
    for (at, &word) in (0_u32..).zip(bits) {
        let mut left = word;
        while left != 0 {
            visit(at * 64 + left.trailing_zeros());
            left &= left - 1;
        }
    }
}
