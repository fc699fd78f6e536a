//! Exact counts of facet values.
//! Absent: which documents are counted (see `search`).

use std::cmp::Reverse;

use crate::bits::Bits;
use crate::columns::{Facets, Listed};
use crate::found::FacetCounts;
use crate::index::Inner;
use crate::kept::Answer;
use crate::part::Part;
use crate::positions::Positions;
use crate::query::Query;
use crate::search::Bases;

/// Reading the values of one document costs as much as intersecting this many words of bits: it
/// waits for memory. Measured, see `docs/decisions/0002-search-engine.md`.
const READ_COST: u64 = 24;

/// A facet, its filter if any, its counts by value number.
type Counted = (usize, Option<usize>, Vec<u64>);

/// Counts of the facets that a query wants, over some parts.
pub(crate) struct Tally {
    facets: Vec<Counted>,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(inner: &Inner, query: &Query) -> Self {
        let facets = query.count.iter().map(|facet| {
            let filter = query.filters.iter().position(|filter| filter.facet == *facet);
            (*facet, filter, vec![0; inner.codes[*facet].values.len()])
        });
        Self { facets: facets.collect() }
    }

    /// Adds the counts of other parts.
    pub fn merge(&mut self, other: &Self) {
        for ((.., sums), (.., counts)) in self.facets.iter_mut().zip(&other.facets) {
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
    }

    /// Adds the documents of one part.
    pub fn add(&mut self, part: &Part, bases: &Bases) {
        let filtered = bases.without.iter().enumerate();
        let filtered = filtered.filter_map(|(at, base)| Some((Some(at), base.as_ref()?)));
        for (filter, base) in std::iter::once((None, &bases.all)).chain(filtered) {
            let counted = self.facets.iter_mut().filter(|(_, own, _)| *own == filter);
            add_base(part, base, counted);
        }
    }

    /// Adds the documents of one part that a kept clause finds; there are no filters.
    pub fn add_answer(&mut self, inner: &Inner, part: &Part, answer: &Answer) {
        let counts = answer.counts.get_or_init(|| {
            let zeros = inner.codes.iter().map(|codes| vec![0; codes.values.len()]);
            let mut all: Vec<Counted> =
                zeros.enumerate().map(|(facet, counts)| (facet, None, counts)).collect();
            add_base(part, &answer.found, all.iter_mut());
            all.into_iter().map(|(.., counts)| counts).collect()
        });
        for (facet, _, sums) in &mut self.facets {
            sums.iter_mut().zip(&counts[*facet]).for_each(|(sum, count)| *sum += count);
        }
    }

    /// The counts, with the values' identifiers.
    pub fn into_counts(self, inner: &Inner, query: &Query) -> Vec<FacetCounts> {
        let name = |(facet, filter, counts): Counted| {
            let codes = &inner.codes[facet];
            let distinct = counts.iter().filter(|count| **count > 0).count();
            let pairs = codes.values.iter().zip(counts);
            let values = if codes.open {
                let wanted = filter.map_or(&[][..], |at| &query.filters[at].values);
                most_frequent(pairs.zip(&codes.ranks), query.open_values, wanted)
            } else {
                pairs.map(|(value, count)| (value.clone(), count)).collect()
            };
            FacetCounts { facet, values, distinct }
        };
        self.facets.into_iter().map(name).collect()
    }
}

/// The `most` values of the most documents, in alphabetical order between equals, then the wanted
/// ones that are not among them.
fn most_frequent<'a>(
    values: impl Iterator<Item = ((&'a String, u64), &'a u32)>,
    most: usize,
    wanted: &[String],
) -> Vec<(String, u64)> {
    let counted = values.filter(|((_, count), _)| *count > 0);
    let mut values: Vec<(Reverse<u64>, u32, &String)> =
        counted.map(|((value, count), rank)| (Reverse(count), *rank, value)).collect();
    let order = |value: &(Reverse<u64>, u32, &String)| (value.0, value.1);
    let mut rest = Vec::new();
    if most < values.len() {
        values.select_nth_unstable_by_key(most, order);
        rest = values.split_off(most);
        rest.retain(|(.., value)| wanted.contains(value));
        rest.sort_unstable_by_key(order);
    }
    values.sort_unstable_by_key(order);
    values.into_iter().chain(rest).map(|(Reverse(count), _, value)| (value.clone(), count)).collect()
}

/// Adds the documents of `base` to the counts of some facets; when they are the most, by taking the
/// others away from the counts of all.
fn add_base<'a>(part: &Part, base: &Bits, counted: impl Iterator<Item = &'a mut Counted>) {
    let documents = base.len();
    let mut counted: Vec<_> = counted.collect();
    if documents == part.live_count {
        for (facet, _, counts) in counted {
            counts.iter_mut().zip(&part.counts[*facet]).for_each(|(sum, count)| *sum += count);
        }
        return;
    }
    if documents > part.live_count / 2 {
        let mut rest = part.live.clone();
        rest.subtract(base);
        let mut left_out: Vec<_> =
            counted.iter().map(|(facet, filter, counts)| (*facet, *filter, vec![0; counts.len()])).collect();
        count(part, &rest, &mut left_out.iter_mut().collect::<Vec<_>>());
        for ((facet, _, sums), (.., left_out)) in counted.into_iter().zip(left_out) {
            let all = &part.counts[*facet];
            sums.iter_mut().zip(all).zip(left_out).for_each(|((sum, all), out)| *sum += all - out);
        }
    } else {
        count(part, base, &mut counted);
    }
}

/// Counts the documents of `base`, one by one or value by value.
fn count(part: &Part, base: &Bits, counted: &mut [&mut Counted]) {
    let documents = base.len();
    let facets = &part.segment.columns.facets;
    let packed = |facet: usize| facets.layout.places[facet];
    let values: usize =
        counted.iter().filter(|own| packed(own.0).is_some()).map(|own| facets.sets[own.0].len()).sum();
    let words = u64::from(part.segment.columns.len()).div_ceil(64);
    let read = documents * READ_COST < values as u64 * words;
    let wanted: Vec<usize> = (0..facets.layout.words)
        .filter(|word| counted.iter().any(|own| packed(own.0).is_some_and(|place| place.0 == *word)))
        .collect();
    let sums = read.then(|| packed_counts(facets, &wanted, base));
    for (facet, _, counts) in counted {
        match (packed(*facet), &sums) {
            (Some((word, bit)), Some(sums)) => {
                let (_, sums) = sums.iter().find(|(own, _)| *own == word).expect("a word that is wanted");
                counts.iter_mut().zip(&sums[bit as usize..]).for_each(|(sum, count)| *sum += count);
            }
            (Some(_), None) => {
                counts
                    .iter_mut()
                    .zip(&facets.dense[*facet])
                    .for_each(|(sum, value)| *sum += base.common(value));
            }
            (None, _) => count_listed(&facets.listed[*facet], base, counts),
        }
    }
}

/// Counts of all values packed in the `wanted` words of the layout: for each word, by bit.
fn packed_counts(facets: &Facets, wanted: &[usize], base: &Bits) -> Vec<(usize, [u64; 64])> {
    let words = facets.layout.words;
    let mut positions: Vec<(usize, Positions)> =
        wanted.iter().map(|word| (*word, Positions::new())).collect();
    let mut docs = [0; 16];
    let mut held = 0;
    let mut flush = |docs: &[usize]| {
        for (word, positions) in &mut positions {
            let mut masks = [0; 16];
            for (mask, doc) in masks.iter_mut().zip(docs) {
                *mask = facets.masks[doc * words + *word];
            }
            positions.add(&masks);
        }
    };
    base.for_each(|doc| {
        docs[held] = doc as usize;
        held += 1;
        if held == docs.len() {
            flush(&docs);
            held = 0;
        }
    });
    flush(&docs[..held]);
    positions.into_iter().map(|(word, positions)| (word, positions.counts())).collect()
}

/// Counts of a facet whose values are listed by document.
fn count_listed(listed: &Listed, base: &Bits, counts: &mut [u64]) {
    // Half the size of the sums, so that more of them stay near the processor.
    let mut own = vec![0_u32; counts.len()];
    if listed.single {
        base.for_each(|doc| own[listed.codes[doc as usize] as usize] += 1);
    } else {
        base.for_each(|doc| listed.get(doc).iter().for_each(|number| own[*number as usize] += 1));
    }
    counts.iter_mut().zip(own).for_each(|(sum, own)| *sum += u64::from(own));
}
