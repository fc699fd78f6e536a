//! What a part keeps for each document besides text: keys, payloads, numbers, orders, facets.
//! Absent: text.

use std::cmp::Ordering;

use roaring::RoaringBitmap;
use rustc_hash::FxHashMap;

use crate::bits::Bits;
use crate::schema::{Facet, Schema};

/// Strings of bytes end to end.
#[derive(Debug, Default)]
pub(crate) struct Blobs {
    pub bytes: Vec<u8>,
    pub ends: Vec<u64>,
}

impl Blobs {
    /// Adds one string.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        self.ends.push(self.bytes.len() as u64);
    }

    /// The string of a document.
    pub fn get(&self, doc: u32) -> &[u8] {
        let doc = doc as usize;
        let start = if doc == 0 { 0 } else { self.ends[doc - 1] };
        &self.bytes[start as usize..self.ends[doc] as usize]
    }
}

/// Numbers given to the values of each facet, the same for all parts of an index.
#[derive(Debug, Clone, Default)]
pub(crate) struct Codes {
    /// Values by number: those of the schema first.
    pub values: Vec<String>,
    /// For each value, its place in alphabetical order; see [`Codes::settle`].
    pub ranks: Vec<u32>,
    pub numbers: FxHashMap<String, u32>,
    /// For each value of the schema, its ancestors.
    ancestors: Vec<Vec<u32>>,
    pub open: bool,
}

impl Codes {
    /// Numbers the values of the schema.
    pub fn new(facet: &Facet) -> Self {
        let mut codes = Self { open: facet.open, ..Self::default() };
        for value in &facet.values {
            let mut ancestors = Vec::new();
            if let Some(parent) = value.parent.as_ref().and_then(|parent| codes.numbers.get(parent)) {
                ancestors.push(*parent);
                ancestors.extend_from_slice(&codes.ancestors[*parent as usize]);
            }
            codes.add(&value.id);
            codes.ancestors.push(ancestors);
        }
        codes
    }

    /// Number of a value, given now if need be.
    pub fn add(&mut self, value: &str) -> u32 {
        if let Some(&number) = self.numbers.get(value) {
            return number;
        }
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(value.to_owned());
        self.numbers.insert(value.to_owned(), number);
        number
    }

    /// Computes the alphabetical order, once all values are known.
    pub fn settle(&mut self) {
        let mut order: Vec<usize> = (0..self.values.len()).collect();
        order.sort_unstable_by_key(|number| &self.values[*number]);
        self.ranks = vec![0; order.len()];
        for (rank, number) in (0..).zip(order) {
            self.ranks[number] = rank;
        }
    }

    /// The broader values that a value implies.
    pub fn ancestors(&self, number: u32) -> &[u32] {
        self.ancestors.get(number as usize).map_or(&[], Vec::as_slice)
    }
}

/// Where the values of small closed facets are kept: one bit each in a few words per document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Words for each document.
    pub words: usize,
    /// For each facet, its word and first bit; `None` when its values are listed instead.
    pub places: Vec<Option<(usize, u32)>>,
}

impl Layout {
    /// Packs the closed facets of at most 64 values.
    pub fn new(schema: &Schema) -> Self {
        let mut free: Vec<u32> = Vec::new();
        let mut places = Vec::new();
        for facet in &schema.facets {
            let width = u32::try_from(facet.values.len()).unwrap_or(u32::MAX);
            if facet.open || width > 64 {
                places.push(None);
                continue;
            }
            let word = free.iter().position(|used| 64 - used >= width).unwrap_or_else(|| {
                free.push(0);
                free.len() - 1
            });
            places.push(Some((word, free[word])));
            free[word] += width;
        }
        Self { words: free.len(), places }
    }
}

/// Values of a facet for each document, as a list of numbers.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    pub ends: Vec<u32>,
    pub codes: Vec<u32>,
    /// Whether each document has exactly one value, so that `codes` has one entry for each.
    pub single: bool,
}

impl Listed {
    /// The values of a document.
    pub fn get(&self, doc: u32) -> &[u32] {
        let doc = doc as usize;
        let start = if doc == 0 { 0 } else { self.ends[doc - 1] as usize };
        &self.codes[start..self.ends[doc] as usize]
    }
}

/// Facet values of the documents of a part, both ways.
#[derive(Debug)]
pub(crate) struct Facets {
    pub layout: Layout,
    /// `layout.words` words for each document.
    pub masks: Vec<u64>,
    /// For each facet that is not packed.
    pub listed: Vec<Listed>,
    /// For each facet, for each value, its documents.
    pub sets: Vec<Vec<RoaringBitmap>>,
    /// For each packed facet, the same sets as one bit for each document.
    pub dense: Vec<Vec<Bits>>,
}

impl Facets {
    /// No document yet.
    pub fn new(schema: &Schema) -> Self {
        let facets = schema.facets.len();
        Self {
            layout: Layout::new(schema),
            masks: Vec::new(),
            listed: (0..facets).map(|_| Listed::default()).collect(),
            sets: Vec::new(),
            dense: Vec::new(),
        }
    }

    /// Adds a document, given the numbers of its values for each facet, without repeats.
    pub fn push(&mut self, values: &[Vec<u32>]) {
        let start = self.masks.len();
        self.masks.resize(start + self.layout.words, 0);
        for (facet, numbers) in values.iter().enumerate() {
            match self.layout.places[facet] {
                Some((word, bit)) => {
                    for number in numbers {
                        self.masks[start + word] |= 1 << (bit + number);
                    }
                }
                None => {
                    let listed = &mut self.listed[facet];
                    listed.codes.extend_from_slice(numbers);
                    listed.ends.push(u32::try_from(listed.codes.len()).unwrap_or(u32::MAX));
                }
            }
        }
    }

    /// Calls `visit` with each value of a facet that a document has.
    pub fn values(&self, facet: usize, width: usize, doc: u32, mut visit: impl FnMut(u32)) {
        match self.layout.places[facet] {
            Some((word, bit)) => {
                let mask = self.masks[doc as usize * self.layout.words + word] >> bit;
                let mut own = if width < 64 { mask & ((1 << width) - 1) } else { mask };
                while own != 0 {
                    visit(own.trailing_zeros());
                    own &= own - 1;
                }
            }
            None => self.listed[facet].get(doc).iter().for_each(|number| visit(*number)),
        }
    }

    /// Computes the documents of each value.
    pub fn invert(&mut self, documents: u32, codes: &[Codes]) {
        for listed in &mut self.listed {
            listed.single = (1..).zip(&listed.ends).all(|(place, end)| *end == place);
        }
        self.sets = codes
            .iter()
            .enumerate()
            .map(|(facet, codes)| {
                let mut docs: Vec<Vec<u32>> = vec![Vec::new(); codes.values.len()];
                for doc in 0..documents {
                    self.values(facet, codes.values.len(), doc, |number| docs[number as usize].push(doc));
                }
                docs.into_iter().map(|docs| docs.into_iter().collect()).collect()
            })
            .collect();
        let places = self.layout.places.iter().zip(&self.sets);
        self.dense = places
            .map(|(place, sets)| match place {
                Some(_) => sets.iter().map(|set| Bits::from_set(set, documents)).collect(),
                None => Vec::new(),
            })
            .collect();
    }
}

/// A total order of the documents of a part.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// Documents, first to last.
    pub docs: Vec<u32>,
    /// For each document, its place.
    pub ranks: Vec<u32>,
}

impl Order {
    fn new(documents: u32, compare: impl Fn(u32, u32) -> Ordering) -> Self {
        let mut docs: Vec<u32> = (0..documents).collect();
        docs.sort_unstable_by(|a, b| compare(*a, *b));
        let mut ranks = vec![0; docs.len()];
        for (rank, doc) in (0..).zip(&docs) {
            ranks[*doc as usize] = rank;
        }
        Self { docs, ranks }
    }
}

/// All that a part keeps by document.
#[derive(Debug)]
pub(crate) struct Columns {
    pub keys: Blobs,
    pub sort_keys: Blobs,
    pub payloads: Blobs,
    pub standing: Vec<u32>,
    /// For each number, one value for each document; NaN: unknown.
    pub numbers: Vec<Vec<f32>>,
    pub facets: Facets,
    /// Documents sorted by key.
    pub by_key: Vec<u32>,
    /// Greatest standing first, then key.
    pub by_standing: Order,
    pub by_sort_key: Order,
    pub ascending: Vec<Order>,
    pub descending: Vec<Order>,
}

impl Columns {
    /// No document yet.
    pub fn new(schema: &Schema) -> Self {
        Self {
            keys: Blobs::default(),
            sort_keys: Blobs::default(),
            payloads: Blobs::default(),
            standing: Vec::new(),
            numbers: vec![Vec::new(); schema.numbers.len()],
            facets: Facets::new(schema),
            by_key: Vec::new(),
            by_standing: Order::default(),
            by_sort_key: Order::default(),
            ascending: Vec::new(),
            descending: Vec::new(),
        }
    }

    /// Number of documents.
    pub fn len(&self) -> u32 {
        u32::try_from(self.standing.len()).unwrap_or(u32::MAX)
    }

    /// Computes all that follows from the columns, once they are complete.
    pub fn arrange(&mut self, codes: &[Codes]) {
        let documents = self.len();
        self.facets.invert(documents, codes);
        let by_key = Order::new(documents, |a, b| self.keys.get(a).cmp(self.keys.get(b)));
        let key_rank = &by_key.ranks;
        let (keys, standing) = (&self.sort_keys, &self.standing);
        let tie = |a: u32, b: u32| {
            let (a, b) = (a as usize, b as usize);
            standing[b].cmp(&standing[a]).then(key_rank[a].cmp(&key_rank[b]))
        };
        let by_standing = Order::new(documents, tie);
        let ranks = &by_standing.ranks;
        let tie = |a: u32, b: u32| ranks[a as usize].cmp(&ranks[b as usize]);
        let by_sort_key = Order::new(documents, |a, b| keys.get(a).cmp(keys.get(b)).then_with(|| tie(a, b)));
        let sorted = |descending: bool| -> Vec<Order> {
            let column = |values: &Vec<f32>| {
                Order::new(documents, |a, b| {
                    number_order(values[a as usize], values[b as usize], descending).then_with(|| tie(a, b))
                })
            };
            self.numbers.iter().map(column).collect()
        };
        let (ascending, descending) = (sorted(false), sorted(true));
        self.by_key = by_key.docs;
        self.by_standing = by_standing;
        self.by_sort_key = by_sort_key;
        self.ascending = ascending;
        self.descending = descending;
    }

    /// The documents that have this key: several when one was replaced while building.
    pub fn find(&self, key: &str) -> &[u32] {
        let key = key.as_bytes();
        let start = self.by_key.partition_point(|doc| self.keys.get(*doc) < key);
        let same = self.by_key[start..].iter().take_while(|doc| self.keys.get(**doc) == key).count();
        &self.by_key[start..start + same]
    }

    /// The documents whose number lies between two inclusive bounds.
    pub fn within(&self, number: usize, min: Option<f32>, max: Option<f32>) -> Bits {
        let (low, high) = (min.unwrap_or(f32::NEG_INFINITY), max.unwrap_or(f32::INFINITY));
        Bits::of(&self.numbers[number], |value| *value >= low && *value <= high)
    }
}

/// Order of two numbers; the unknown (NaN) come last either way.
pub(crate) fn number_order(a: f32, b: f32, descending: bool) -> Ordering {
    match (a.is_nan(), b.is_nan()) {
        (false, false) => {
            // Adding zero makes one of the two zeroes.
            let order = (a + 0.0).total_cmp(&(b + 0.0));
            if descending { order.reverse() } else { order }
        }
        (a, b) => a.cmp(&b),
    }
}
