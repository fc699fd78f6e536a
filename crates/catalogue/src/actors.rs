//! The profile of actors: what part of their trainings each value of a vocabulary has, against the whole offer.
//! Absent: drawings, addresses (see the crate `web`), the statistics themselves (see the crate `contingency`).

use std::collections::BTreeSet;

use contingency::{Share, Specialisation, Verdict, share, specialisation};

use crate::facets::Facet;
use crate::offer::{Offer, Row};
use crate::referential::Referential;
use crate::snapshot::Snapshot;

/// The fields that a profile bears on, in the order of the page.
pub const PROFILED: [Facet; 4] = [Facet::Theme, Facet::Objective, Facet::Audience, Facet::Nature];

/// Trainings that an index must rest on to be brought out: found in the group, or expected there if nothing set it
/// apart (`docs/decisions/0014-tables-of-counts.md`).
pub const LEAST_TRAININGS: f64 = 3.0;

/// Whose trainings are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    /// Those of the organisations of some kinds: identifiers of `provider_kind`.
    Kinds(BTreeSet<String>),
    /// Those of some organisations: identifiers.
    Providers(BTreeSet<String>),
}

/// The trainings of a group, field by field.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Number of trainings of the group.
    pub trainings: u64,
    /// Number of trainings of the whole offer, the group included.
    pub whole: u64,
    /// One for each field of [`PROFILED`].
    pub fields: Vec<FieldProfile>,
}

/// The trainings of a group by the values of a field. A training that has several values counts in each.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldProfile {
    /// Which field.
    pub facet: Facet,
    /// Trainings of the group that have a value: what shares are of.
    pub known: u64,
    /// Trainings of the whole offer that have a value.
    pub whole_known: u64,
    /// All values, in the vocabulary's order.
    pub lines: Vec<Line>,
}

/// A value of a field in a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Identifier.
    pub id: String,
    /// Label on screens.
    pub label: String,
    /// Trainings of the group that have the value.
    pub count: u64,
    /// Trainings of the whole offer that have it.
    pub whole_count: u64,
    /// `count` over the group's known trainings; `None` when there is none.
    pub share: Option<Share>,
    /// `whole_count` over the whole's known trainings; `None` when there is none.
    pub whole_share: Option<Share>,
    /// The share in the group over the share in the whole; `None` when there is nothing to compare.
    pub specialisation: Option<Specialisation>,
    /// Whether fewer than [`LEAST_TRAININGS`] trainings carry the index.
    pub rests_on_few: bool,
}

impl Line {
    /// What the index allows to say: nothing when it rests on a training or two.
    pub fn verdict(&self) -> Option<Verdict> {
        let verdict = self.specialisation.as_ref().map(|index| index.verdict);
        verdict.map(|verdict| if self.rests_on_few { Verdict::Undecided } else { verdict })
    }
}

/// Counts of a field under construction, by position in the vocabulary.
#[derive(Default)]
struct Tally {
    known: u64,
    counts: Vec<u64>,
}

impl Tally {
    fn add(&mut self, bits: u64) {
        self.known += u64::from(bits != 0);
        for (position, count) in self.counts.iter_mut().enumerate() {
            *count += bits >> position & 1;
        }
    }
}

impl Snapshot {
    /// The profile of a group against the whole offer.
    pub fn profile(&self, group: &Group) -> Profile {
        profile(self.offer(), group, self.referential())
    }
}

fn profile(offer: &Offer, group: &Group, referential: &Referential) -> Profile {
    let belongs: Vec<bool> = match group {
        Group::Kinds(_) => Vec::new(),
        Group::Providers(wanted) => {
            offer.providers.iter().map(|provider| wanted.contains(&provider.id)).collect()
        }
    };
    let is_inside = |row: &Row| match group {
        Group::Kinds(wanted) => {
            row.provider_kind.is_some_and(|kind| wanted.contains(&referential.term(kind).id))
        }
        Group::Providers(_) => belongs[row.provider as usize],
    };
    let empty =
        || PROFILED.map(|facet| Tally { known: 0, counts: vec![0; referential.terms(facet.name()).len()] });
    let (mut inside, mut whole, mut trainings) = (empty(), empty(), 0);
    for row in &offer.rows {
        let is_inside = is_inside(row);
        trainings += u64::from(is_inside);
        for (place, facet) in PROFILED.into_iter().enumerate() {
            let bits = row.bits(facet, referential);
            whole[place].add(bits);
            if is_inside {
                inside[place].add(bits);
            }
        }
    }
    let fields = PROFILED.into_iter().zip(inside.iter().zip(&whole));
    Profile {
        trainings,
        whole: offer.rows.len() as u64,
        fields: fields.map(|(facet, (inside, whole))| field(facet, inside, whole, referential)).collect(),
    }
}

fn field(facet: Facet, inside: &Tally, whole: &Tally, referential: &Referential) -> FieldProfile {
    let terms = referential.terms(facet.name()).iter();
    let lines = terms.zip(inside.counts.iter().zip(&whole.counts)).map(|(term, (count, whole_count))| {
        let expected = *whole_count as f64 * inside.known as f64 / whole.known.max(1) as f64;
        Line {
            id: term.id.clone(),
            label: term.label.clone(),
            count: *count,
            whole_count: *whole_count,
            share: share(*count, inside.known),
            whole_share: share(*whole_count, whole.known),
            specialisation: specialisation(*count, inside.known, *whole_count, whole.known),
            rests_on_few: expected.max(*count as f64) < LEAST_TRAININGS,
        }
    });
    FieldProfile { facet, known: inside.known, whole_known: whole.known, lines: lines.collect() }
}
