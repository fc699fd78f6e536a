//! Which documents of a part hold the words of a plan, and their scores.
//! Absent: how words are understood (see `plan`), filters.

use tantivy::postings::BlockSegmentPostings;

use crate::bits::{Bits, Writer};
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
/// Documents scored at a time: those of a block of postings.
const BLOCK: usize = 128;

/// Memory reused from one search to the next.
#[derive(Default)]
pub(crate) struct Scratch {
    /// Score of each document; meaningless for a document that the words did not find.
    pub scores: Vec<f32>,
    hits: Bits,
    clause_hits: Bits,
    others: Others,
}

/// Documents of all lists of a clause but the longest.
#[derive(Default)]
struct Others {
    hits: Bits,
    of_longest: Bits,
    /// Best frequency of each document; 0 where none.
    frequencies: Vec<u16>,
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

/// Scores of a block of documents that hold a clause.
struct Block([f32; BLOCK]);

impl Block {
    fn new() -> Self {
        Self([0.0; BLOCK])
    }

    /// As [`Scorer::score`] for each document, several at a time.
    #[inline]
    fn score(&mut self, scorer: &Scorer, docs: &[u32], frequencies: &[u32], lengths: &[u8]) -> &[f32] {
        let scores = &mut self.0[..docs.len()];
        for (score, doc) in scores.iter_mut().zip(docs) {
            *score = scorer.discounts[usize::from(lengths[*doc as usize])];
        }
        for (score, frequency) in scores.iter_mut().zip(frequencies) {
            // A signed number: processors turn several of them to floating point at once.
            #[expect(clippy::cast_possible_wrap, reason = "at most FREQUENCY_MAX")]
            let frequency = (*frequency).min(FREQUENCY_MAX) as i32;
            #[expect(clippy::cast_precision_loss, reason = "small next to the 24 bits of a f32")]
            let frequency = frequency as f32;
            *score = scorer.weight * frequency / (frequency + *score);
        }
        scores
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

    /// Calls `visit` with the documents, in order, and their frequencies, at most [`BLOCK`] at a time.
    #[inline]
    fn for_each(self, mut visit: impl FnMut(&[u32], &[u32])) {
        match self {
            Self::Postings(postings) => text::for_each_block(*postings, |docs, frequencies| {
                docs.chunks(BLOCK).zip(frequencies.chunks(BLOCK)).for_each(|(docs, own)| visit(docs, own));
            }),
            Self::Ready(pairs) => {
                let (mut docs, mut frequencies) = ([0; BLOCK], [0; BLOCK]);
                for pairs in pairs.chunks(BLOCK) {
                    for (at, pair) in pairs.iter().enumerate() {
                        (docs[at], frequencies[at]) = *pair;
                    }
                    visit(&docs[..pairs.len()], &frequencies[..pairs.len()]);
                }
            }
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
) -> Bits {
    let segment = &*part.segment;
    scratch.fit(segment.columns.len());
    let mut first = true;
    for clause in plan.in_order() {
        let lists = lists(number, segment, clause);
        let lengths = &segment.lengths;
        match matching {
            _ if first => start(lists, &clause.scorer, lengths, scratch),
            Matching::Any => add(lists, &clause.scorer, lengths, scratch),
            Matching::All => restrict(lists, &clause.scorer, lengths, scratch),
        }
        first = false;
    }
    let mut found = std::mem::take(&mut scratch.hits);
    found.remove_set(&part.deleted);
    found
}

/// Finds the documents of the first clause.
fn start(lists: Vec<List<'_>>, scorer: &Scorer, lengths: &[u8], scratch: &mut Scratch) {
    let Scratch { scores, hits, others, .. } = scratch;
    let mut writer = Writer::new(hits);
    let mut block = Block::new();
    best(lists, lengths, others, |docs, frequencies| {
        for (doc, score) in docs.iter().zip(block.score(scorer, docs, frequencies, lengths)) {
            scores[*doc as usize] = *score;
            writer.insert(*doc);
        }
    });
    writer.finish();
}

/// Adds the documents of a clause to those found.
fn add(lists: Vec<List<'_>>, scorer: &Scorer, lengths: &[u8], scratch: &mut Scratch) {
    let Scratch { scores, hits, others, .. } = scratch;
    let mut block = Block::new();
    best(lists, lengths, others, |docs, frequencies| {
        for (doc, score) in docs.iter().zip(block.score(scorer, docs, frequencies, lengths)) {
            let sum = &mut scores[*doc as usize];
            *sum = if hits.has(*doc) { *sum + score } else { *score };
            hits.insert(*doc);
        }
    });
}

/// Keeps the documents found that satisfy a clause too.
fn restrict(lists: Vec<List<'_>>, scorer: &Scorer, lengths: &[u8], scratch: &mut Scratch) {
    let left = scratch.hits.len();
    let length: u64 = lists.iter().map(List::len).sum();
    if left * SEEK_RATIO < length {
        return seek(lists, scorer, lengths, scratch);
    }
    let Scratch { scores, hits, others, clause_hits } = scratch;
    clause_hits.reset(documents(lengths));
    let mut writer = Writer::new(clause_hits);
    let mut block = Block::new();
    let (mut kept, mut kept_frequencies) = ([0; BLOCK], [0; BLOCK]);
    best(lists, lengths, others, |docs, frequencies| {
        let mut len = 0;
        for (doc, frequency) in docs.iter().zip(frequencies) {
            // Written whether kept or not: which ones are cannot be foreseen.
            (kept[len], kept_frequencies[len]) = (*doc, *frequency);
            len += usize::from(hits.has(*doc));
        }
        let docs = &kept[..len];
        for (doc, score) in docs.iter().zip(block.score(scorer, docs, &kept_frequencies[..len], lengths)) {
            scores[*doc as usize] += score;
            writer.insert(*doc);
        }
    });
    writer.finish();
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

/// Calls `visit` once with each document of some lists and its best frequency over them, at most
/// [`BLOCK`] at a time: those of the longest list in order, then those that are only in others.
// inlined
fn best(
    mut lists: Vec<List<'_>>,
    lengths: &[u8],
    others: &mut Others,
    mut visit: impl FnMut(&[u32], &[u32]),
) {
    lists.sort_by_key(List::len);
    let Some(longest) = lists.pop() else { return };
    if lists.is_empty() {
        return longest.for_each(visit);
    }
    let Others { hits, of_longest, frequencies: bests } = others;
    hits.reset(documents(lengths));
    of_longest.reset(documents(lengths));
    bests.clear();
    bests.resize(lengths.len(), 0);
    for list in lists {
        let mut writer = Writer::new(hits);
        list.for_each(|docs, frequencies| {
            for (doc, frequency) in docs.iter().zip(frequencies) {
                let best = &mut bests[*doc as usize];
                *best = u16::try_from(*frequency).unwrap_or(u16::MAX).max(*best);
                writer.insert(*doc);
            }
        });
        writer.finish();
    }
    let mut writer = Writer::new(of_longest);
    let mut own = [0; BLOCK];
    longest.for_each(|docs, frequencies| {
        for ((own, doc), frequency) in own.iter_mut().zip(docs).zip(frequencies) {
            *own = u32::from(bests[*doc as usize]).max(*frequency);
            writer.insert(*doc);
        }
        visit(docs, &own[..docs.len()]);
    });
    writer.finish();
    hits.subtract(of_longest);
    let (mut docs, mut len) = ([0; BLOCK], 0);
    hits.for_each(|doc| {
        (docs[len], own[len]) = (doc, u32::from(bests[doc as usize]));
        len += 1;
        if len == BLOCK {
            visit(&docs, &own);
            len = 0;
        }
    });
    visit(&docs[..len], &own[..len]);
}

/// Number of documents, one length each.
fn documents(lengths: &[u8]) -> u32 {
    u32::try_from(lengths.len()).unwrap_or(u32::MAX)
}
