//! The first documents of a part in an order.
//! Absent: the order between parts (see `search`).

use roaring::RoaringBitmap;

use crate::columns::Order;
use crate::part::Part;
use crate::query::Sort;
use crate::search::Candidate;

/// Beyond one document in this many, the order is walked until enough documents are met.
const WALK_SHARE: u64 = 64;

/// Adds to `candidates` the first documents of a part, at most the depth given after the sort.
pub(crate) fn collect(
    (number, part): (usize, &Part),
    documents: &RoaringBitmap,
    scores: Option<&[f32]>,
    (sort, depth): (Sort, usize),
    candidates: &mut Vec<Candidate>,
) {
    if depth == 0 {
        return;
    }
    let columns = &part.segment.columns;
    let order = match sort {
        Sort::Relevance => &columns.by_standing,
        Sort::Ascending(number) => &columns.ascending[number],
        Sort::Descending(number) => &columns.descending[number],
        Sort::Key => &columns.by_sort_key,
    };
    let candidate = |doc: u32| Candidate { part: number, doc, score: scores.map_or(0.0, |scores| scores[doc as usize]) };
    match scores {
        Some(scores) if sort == Sort::Relevance => {
            candidates.extend(best(documents, scores, &order.ranks, depth).into_iter().map(candidate));
        }
        _ => candidates.extend(first(documents, order, depth).into_iter().map(candidate)),
    }
}

/// The documents of best score, in no order; the better rank wins between equals.
fn best(documents: &RoaringBitmap, scores: &[f32], ranks: &[u32], depth: usize) -> Vec<u32> {
    // Greater is better: scores are positive, so that their bits sort as they do.
    let key = |doc: u32| (u64::from(scores[doc as usize].to_bits()) << 32) | u64::from(u32::MAX - ranks[doc as usize]);
    let room = (2 * depth).max(256);
    let mut kept: Vec<(u64, u32)> = Vec::with_capacity(room);
    let mut floor = 0;
    let mut floor_score = 0.0;
    let cut = |kept: &mut Vec<(u64, u32)>| {
        kept.select_nth_unstable_by(depth - 1, |a, b| b.cmp(a));
        kept.truncate(depth);
        kept[depth - 1].0
    };
    for doc in documents {
        if scores[doc as usize] < floor_score {
            continue;
        }
        let key = key(doc);
        if key < floor {
            continue;
        }
        kept.push((key, doc));
        if kept.len() == room {
            floor = cut(&mut kept);
            floor_score = f32::from_bits(u32::try_from(floor >> 32).unwrap_or(0));
        }
    }
    if kept.len() > depth {
        cut(&mut kept);
    }
    kept.into_iter().map(|(_, doc)| doc).collect()
}

/// The documents that come first in an order.
fn first(documents: &RoaringBitmap, order: &Order, depth: usize) -> Vec<u32> {
    if documents.len() * WALK_SHARE > order.docs.len() as u64 {
        return order.docs.iter().copied().filter(|doc| documents.contains(*doc)).take(depth).collect();
    }
    let mut docs: Vec<u32> = documents.iter().collect();
    if docs.len() > depth {
        docs.select_nth_unstable_by_key(depth - 1, |doc| order.ranks[*doc as usize]);
        docs.truncate(depth);
    }
    docs
}
