//! A set of the documents of one part, one bit each: what a search computes with.
//! Absent: the compressed sets that an index keeps (roaring bitmaps, see `columns`).

use roaring::RoaringBitmap;

/// A set of documents numbered from 0; 64 of them in a word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// No document out of `documents`.
    pub fn none(documents: u32) -> Self {
        Self(vec![0; (documents as usize).div_ceil(64)])
    }

    /// All of `documents`.
    pub fn all(documents: u32) -> Self {
        let mut bits = Self(vec![u64::MAX; (documents as usize).div_ceil(64)]);
        if let Some(last) = bits.0.last_mut().filter(|_| !documents.is_multiple_of(64)) {
            *last = (1 << (documents % 64)) - 1;
        }
        bits
    }

    /// The documents whose place in a sequence passes a test.
    pub fn of<T>(values: &[T], passes: impl Fn(&T) -> bool) -> Self {
        let word = |values: &[T]| {
            values.iter().enumerate().fold(0, |word, (at, value)| word | u64::from(passes(value)) << at)
        };
        Self(values.chunks(64).map(word).collect())
    }

    /// The members of a compressed set.
    pub fn from_set(set: &RoaringBitmap, documents: u32) -> Self {
        let mut bits = Self::none(documents);
        bits.add_set(set);
        bits
    }

    /// Empties the set, for `documents`.
    pub fn reset(&mut self, documents: u32) {
        self.0.clear();
        self.0.resize((documents as usize).div_ceil(64), 0);
    }

    /// Whether a document is in.
    #[inline]
    pub fn has(&self, doc: u32) -> bool {
        self.0[(doc >> 6) as usize] >> (doc & 63) & 1 != 0
    }

    /// Adds a document.
    #[inline]
    pub fn insert(&mut self, doc: u32) {
        self.0[(doc >> 6) as usize] |= 1 << (doc & 63);
    }

    /// Takes a document away.
    pub fn remove(&mut self, doc: u32) {
        self.0[(doc >> 6) as usize] &= !(1 << (doc & 63));
    }

    /// Adds the members of a compressed set.
    pub fn add_set(&mut self, set: &RoaringBitmap) {
        for doc in set {
            self.insert(doc);
        }
    }

    /// Takes away the members of a compressed set.
    pub fn remove_set(&mut self, set: &RoaringBitmap) {
        for doc in set {
            self.remove(doc);
        }
    }

    /// Adds the members of another set.
    pub fn unite(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, theirs)| *own |= theirs);
    }

    /// Keeps the members of another set.
    pub fn intersect(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, theirs)| *own &= theirs);
    }

    /// Number of members.
    pub fn len(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// Keeps the members that another set lacks.
    pub fn subtract(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, theirs)| *own &= !theirs);
    }

    /// Number of members in common.
    pub fn common(&self, other: &Self) -> u64 {
        self.0.iter().zip(&other.0).map(|(own, theirs)| u64::from((own & theirs).count_ones())).sum()
    }

    /// Calls `visit` with each member, in order.
    #[inline]
    pub fn for_each(&self, mut visit: impl FnMut(u32)) {
        for (at, &word) in (0_u32..).zip(&self.0) {
            let mut left = word;
            while left != 0 {
                visit(at * 64 + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }

    /// The members, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0_u32..).zip(&self.0).flat_map(|(at, &word)| {
            std::iter::successors(Some(word), |left| Some(left & left.wrapping_sub(1)))
                .take_while(|left| *left != 0)
                .map(move |left| at * 64 + left.trailing_zeros())
        })
    }
}
