//! The first documents of a part in an order.
//! Absent: the order between parts (see `search`).

use crate::bits::Bits;
use crate::columns::Order;
use crate::part::Part;
use crate::query::Sort;
use crate::search::Candidate;

/// Beyond one document in this many, the order is walked until enough documents are met.
const WALK_SHARE: u64 = 64;

/// The first documents of a part, at most the depth given after the sort; in no order.
pub(crate) fn collect(
    (number, part): (usize, &Part),
    documents: &Bits,
    scores: Option<&[f32]>,
    (sort, depth): (Sort, usize),
) -> Vec<Candidate> {
    if depth == 0 {
        return Vec::new();
    }
    let columns = &part.segment.columns;
    let order = match sort {
        Sort::Relevance => &columns.by_standing,
        Sort::Ascending(number) => &columns.ascending[number],
        Sort::Descending(number) => &columns.descending[number],
        Sort::Key => &columns.by_sort_key,
    };
    let score = |doc: u32| scores.map_or(0.0, |scores| scores[doc as usize]);
    let candidate = |doc: u32| Candidate { part: number, doc, score: score(doc) };
    match scores {
        Some(scores) if sort == Sort::Relevance => {
            let mut best = Best::new(scores, &order.ranks, depth);
            documents.for_each(|doc| best.offer(doc));
            best.into_docs().map(candidate).collect()
        }
        _ => first(documents, order, depth).into_iter().map(candidate).collect(),
    }
}

/// The documents of best score, in no order; the better rank wins between equals.
struct Best<'a> {
    scores: &'a [f32],
    ranks: &'a [u32],
    depth: usize,
    room: usize,
    kept: Vec<(u64, u32)>,
    floor: u64,
    floor_score: f32,
}

impl<'a> Best<'a> {
    fn new(scores: &'a [f32], ranks: &'a [u32], depth: usize) -> Self {
        let room = (2 * depth).max(256);
        Self { scores, ranks, depth, room, kept: Vec::with_capacity(room), floor: 0, floor_score: 0.0 }
    }

    #[inline]
    fn offer(&mut self, doc: u32) {
        let score = self.scores[doc as usize];
        if score < self.floor_score {
            return;
        }
        // Greater is better: scores are positive, so that their bits sort as they do.
        let key = (u64::from(score.to_bits()) << 32) | u64::from(u32::MAX - self.ranks[doc as usize]);
        if key < self.floor {
            return;
        }
        self.kept.push((key, doc));
        if self.kept.len() == self.room {
            self.cut();
        }
    }

    #[cold]
    fn cut(&mut self) {
        self.kept.select_nth_unstable_by(self.depth - 1, |a, b| b.cmp(a));
        self.kept.truncate(self.depth);
        self.floor = self.kept[self.depth - 1].0;
        self.floor_score = f32::from_bits(u32::try_from(self.floor >> 32).unwrap_or(0));
    }

    fn into_docs(mut self) -> impl Iterator<Item = u32> {
        if self.kept.len() > self.depth {
            self.cut();
        }
        self.kept.into_iter().map(|(_, doc)| doc)
    }
}

/// The documents that come first in an order.
fn first(documents: &Bits, order: &Order, depth: usize) -> Vec<u32> {
    if documents.len() * WALK_SHARE > order.docs.len() as u64 {
        return order.docs.iter().copied().filter(|doc| documents.has(*doc)).take(depth).collect();
    }
    let mut docs: Vec<u32> = documents.iter().collect();
    if docs.len() > depth {
        docs.select_nth_unstable_by_key(depth - 1, |doc| order.ranks[*doc as usize]);
        docs.truncate(depth);
    }
    docs
}
