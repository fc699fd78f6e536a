//! Exact counts of facet values.
//! Absent: which documents are counted (see `search`).

use roaring::RoaringBitmap;

use crate::columns::dense;
use crate::found::FacetCounts;
use crate::index::Inner;
use crate::part::Part;
use crate::query::Query;
use crate::search::Bases;

/// Visiting one document's values costs as much as intersecting this many documents of one value.
const WALK_COST: u64 = 4_000;
/// Below one document in this many, roaring keeps lists, which are slow to intersect: bits are used.
const LISTS_SHARE: u64 = 16;
/// A facet of more values is walked whatever the number of documents.
const INTERSECTED_VALUES_MAX: usize = 256;

/// Counts being summed over parts.
pub(crate) struct Tally {
    /// Facet, its filter if any, its counts by value number.
    facets: Vec<(usize, Option<usize>, Vec<u64>)>,
    packed: Vec<u64>,
}

impl Tally {
    /// Nothing counted yet of the facets that the query wants.
    pub fn new(inner: &Inner, query: &Query) -> Self {
        let facets = query.count.iter().map(|facet| {
            let filter = query.filters.iter().position(|filter| filter.facet == *facet);
            (*facet, filter, vec![0; inner.codes[*facet].values.len()])
        });
        Self { facets: facets.collect(), packed: Vec::new() }
    }

    /// Adds the documents of one part.
    pub fn add(&mut self, part: &Part, bases: &Bases) {
        for filter in std::iter::once(None).chain((0..bases.without.len()).map(Some)) {
            let base = match filter {
                None => &bases.all,
                Some(at) => match &bases.without[at] {
                    Some(base) => base,
                    None => continue,
                },
            };
            let whole = base.len() == part.live.len();
            let places = &part.segment.columns.facets.layout.places;
            let counted =
                self.facets.iter().filter(|(facet, own, _)| *own == filter && places[*facet].is_some());
            let values: usize = counted.map(|(.., counts)| counts.len()).sum();
            let walk = base.len() * WALK_COST < values as u64 * u64::from(part.segment.columns.len());
            if walk {
                self.walk_packed(part, base);
            }
            let lists = !walk && base.len() * LISTS_SHARE < u64::from(part.segment.columns.len());
            let bits = lists.then(|| dense(base, part.segment.columns.len()));
            let Self { facets, packed } = self;
            for (facet, _, counts) in facets.iter_mut().filter(|(_, own, _)| *own == filter) {
                if whole {
                    counts.iter_mut().zip(&part.counts[*facet]).for_each(|(sum, count)| *sum += count);
                } else if let (true, Some((word, bit))) = (walk, places[*facet]) {
                    let start = word * 64 + bit as usize;
                    counts.iter_mut().zip(&packed[start..]).for_each(|(sum, count)| *sum += count);
                } else {
                    count_one(part, *facet, (base, bits.as_deref()), counts);
                }
            }
        }
    }

    /// Counts all packed facets at once, document by document.
    fn walk_packed(&mut self, part: &Part, base: &RoaringBitmap) {
        let facets = &part.segment.columns.facets;
        let words = facets.layout.words;
        self.packed.clear();
        self.packed.resize(words * 64, 0);
        for doc in base {
            let start = doc as usize * words;
            for (word, mask) in facets.masks[start..start + words].iter().enumerate() {
                let mut left = *mask;
                while left != 0 {
                    self.packed[word * 64 + left.trailing_zeros() as usize] += 1;
                    left &= left - 1;
                }
            }
        }
    }

    /// The counts, with the values' identifiers.
    pub fn into_counts(self, inner: &Inner, query: &Query) -> Vec<FacetCounts> {
        let name = |(facet, filter, counts): (usize, Option<usize>, Vec<u64>)| {
            let codes = &inner.codes[facet];
            let distinct = counts.iter().filter(|count| **count > 0).count();
            let pairs = codes.values.iter().zip(counts);
            let values = if codes.open {
                let wanted = filter.map_or(&[][..], |at| &query.filters[at].values);
                most_frequent(pairs, query.open_values, wanted)
            } else {
                pairs.map(|(value, count)| (value.clone(), count)).collect()
            };
            FacetCounts { facet, values, distinct }
        };
        self.facets.into_iter().map(name).collect()
    }
}

/// The `most` values of the most documents, then the wanted ones that are not among them.
fn most_frequent<'a>(
    pairs: impl Iterator<Item = (&'a String, u64)>,
    most: usize,
    wanted: &[String],
) -> Vec<(String, u64)> {
    let mut values: Vec<(&String, u64)> = pairs.filter(|(_, count)| *count > 0).collect();
    let order = |a: &(&String, u64), b: &(&String, u64)| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0));
    let mut rest = Vec::new();
    if most < values.len() {
        values.select_nth_unstable_by(most, order);
        rest = values.split_off(most);
        rest.retain(|(value, _)| wanted.contains(value));
        rest.sort_by(order);
    }
    values.sort_by(order);
    values.into_iter().chain(rest).map(|(value, count)| (value.clone(), count)).collect()
}

fn count_one(part: &Part, facet: usize, (base, bits): (&RoaringBitmap, Option<&[u64]>), counts: &mut [u64]) {
    let facets = &part.segment.columns.facets;
    let sets = &facets.sets[facet];
    if let (Some(bits), Some(_)) = (bits, facets.layout.places[facet]) {
        for (sum, value) in counts.iter_mut().zip(&facets.dense[facet]) {
            *sum += bits.iter().zip(value).map(|(a, b)| u64::from((a & b).count_ones())).sum::<u64>();
        }
    } else if facets.layout.places[facet].is_none() && sets.len() > INTERSECTED_VALUES_MAX {
        for doc in base {
            for number in facets.listed[facet].get(doc) {
                counts[*number as usize] += 1;
            }
        }
    } else {
        for (sum, set) in counts.iter_mut().zip(sets) {
            *sum += base.intersection_len(set);
        }
    }
}
