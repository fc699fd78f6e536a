//! The editorial vocabularies: codes that fit a byte, sets of codes that fit a word, and the
//! referential that gives each its label, definition and order.
//! Absent: the vocabularies' content, which is in `data/vocabularies.csv` and `data/competences.csv`.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

/// A code of a closed vocabulary: its position in the referential's order.
pub trait Code: Copy + Eq + Ord + fmt::Debug {
    /// Name of the vocabulary in `data/vocabularies.csv`.
    const VOCABULARY: &'static str;
    /// The code at a position.
    fn at(position: u8) -> Self;
    /// Position in the vocabulary's order.
    fn position(self) -> u8;
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $vocabulary:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(u8);

        impl Code for $name {
            const VOCABULARY: &'static str = $vocabulary;
            fn at(position: u8) -> Self {
                Self(position)
            }
            fn position(self) -> u8 {
                self.0
            }
        }
    )*};
}

codes! {
    /// What a training is about.
    Theme = "theme";
    /// Whom it is for.
    Audience = "audience";
    /// What it aims at: awareness, practice, strategy.
    Objective = "objective";
    /// What it delivers: diploma, certification, qualification, attestation.
    Nature = "nature";
    /// How it is given.
    Format = "format";
    /// Course, exam, event or alternative format.
    Kind = "kind";
    /// Public body, private firm or association.
    ProviderKind = "provider_kind";
    /// Language of teaching.
    Language = "language";
    /// One of the competences of the referential.
    Competence = "competence";
}

/// A set of codes of one vocabulary, at most 64 values.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Set<C> {
    bits: u64,
    #[serde(skip)]
    vocabulary: PhantomData<C>,
}

impl<C: Code> Set<C> {
    /// The set without a value.
    pub const EMPTY: Self = Self { bits: 0, vocabulary: PhantomData };

    /// The set whose members are the bits set in `bits`.
    pub fn from_bits(bits: u64) -> Self {
        Self { bits, vocabulary: PhantomData }
    }

    /// One bit for each member.
    pub fn bits(self) -> u64 {
        self.bits
    }

    /// Adds a code.
    pub fn insert(&mut self, code: C) {
        self.bits |= 1 << code.position();
    }

    /// Whether the code is a member.
    pub fn contains(self, code: C) -> bool {
        self.bits >> code.position() & 1 == 1
    }

    /// Whether there is no member.
    pub fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Number of members.
    pub fn len(self) -> usize {
        self.bits.count_ones() as usize
    }

    /// Members in the vocabulary's order.
    pub fn iter(self) -> impl Iterator<Item = C> {
        (0..64u8).filter(move |position| self.bits >> position & 1 == 1).map(C::at)
    }
}

impl<C> Clone for Set<C> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<C> Copy for Set<C> {}
impl<C> PartialEq for Set<C> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}
impl<C> Eq for Set<C> {}
impl<C: Code> Default for Set<C> {
    fn default() -> Self {
        Self::EMPTY
    }
}
impl<C: Code> fmt::Debug for Set<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
impl<C: Code> FromIterator<C> for Set<C> {
    fn from_iter<I: IntoIterator<Item = C>>(codes: I) -> Self {
        let mut set = Self::EMPTY;
        codes.into_iter().for_each(|code| set.insert(code));
        set
    }
}

/// A level of a competence, 1 (awareness) to 4 (expertise).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Level(u8);

impl Level {
    /// The level of a number from 1 to 4.
    pub fn new(number: u8) -> Option<Self> {
        (1..=4).contains(&number).then_some(Self(number))
    }

    /// Number from 1 to 4.
    pub fn number(self) -> u8 {
        self.0
    }

    /// All levels, lowest first.
    pub fn all() -> impl Iterator<Item = Level> {
        (1..=4).map(Level)
    }
}
