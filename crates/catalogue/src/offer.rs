//! The whole offer as columns: what views of the whole catalogue read of each training, decoded once for
//! a revision. Absent: the views themselves (see `cartography`, `gaps`, `quality`, `teaching`).

use std::sync::OnceLock;

use explorer::Address;
use rustc_hash::FxHashMap;

use crate::duplicates::Pairs;
use crate::estimate::{DurationRule, Estimate};
use crate::facets::{Facet, duration_bucket, price_bucket};
use crate::quality::FieldTally;
use crate::referential::Referential;
use crate::training::{Levels, Training};
use crate::values::{Seen, slug};
use crate::vocabulary::{
    Audience, Code, Competence, Format, Kind, Language, Level, Nature, Objective, ProviderKind, Set, Theme,
};

/// Hours that a training needs to bring to level 2, by the catalogue's rule: 4 hours or less bring to level 1.
pub const LEVEL_2_HOURS: f32 = 4.0;
/// Hours that a training needs to bring to level 3 or 4, by the catalogue's rule: 21 hours or less bring to level 2.
pub const LEVEL_3_HOURS: f32 = 21.0;

/// All trainings of a catalogue, one row each.
#[derive(Debug, Default)]
pub struct Offer {
    pub(crate) rows: Vec<Row>,
    pub(crate) providers: Vec<ProviderRow>,
    pub(crate) fields: FieldTally,
    /// Made at the first view that needs it.
    pub(crate) duplicates: OnceLock<Pairs>,
    taught: Vec<Taught>,
    asked: Vec<(Competence, Level)>,
}

/// What an organisation is in an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderRow {
    /// Identifier in addresses.
    pub id: String,
    /// Name as first written.
    pub name: String,
    /// Public, private or association, when it is known.
    pub kind: Option<ProviderKind>,
    /// Number of its trainings.
    pub trainings: u32,
}

/// The levels of a competence that a training teaches: above `from` and up to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taught {
    /// The competence.
    pub competence: Competence,
    /// The level it asks on entry in that competence; 0 when it asks none.
    pub from: u8,
    /// The level it brings to.
    pub to: Level,
}

impl Taught {
    /// Whether a level is taught: above the one asked on entry in the same competence, up to the one reached.
    pub fn covers(self, level: Level) -> bool {
        self.from < level.number() && level <= self.to
    }
}

/// How long a training lasts, as far as anybody can tell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Duration {
    /// Its source states it, in hours.
    Stated(f32),
    /// Estimated from comparable trainings: median and 80th percentile, in hours.
    Estimated {
        /// Half of the comparable trainings last at most this.
        median_hours: f32,
        /// Four out of five last at most this.
        p80_hours: f32,
    },
    /// Nothing but a bound, in hours: the level it brings to takes more than that, by the catalogue's rule.
    MoreThan(f32),
    /// Nothing but a bound, in hours: no diploma of the catalogue is shorter.
    AtLeast(f32),
    /// Nothing is known.
    Unknown,
}

/// A training in an offer.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Where the training is in the index; meaningless in an offer of another date.
    pub address: Address,
    pub kind: Kind,
    pub provider: u32,
    pub provider_kind: Option<ProviderKind>,
    pub language: Option<Language>,
    pub nature: Option<Nature>,
    pub themes: Set<Theme>,
    pub audiences: Set<Audience>,
    pub objectives: Set<Objective>,
    pub formats: Set<Format>,
    pub competences: Set<Competence>,
    pub hours: Option<f32>,
    pub duration: Duration,
    pub price_eur: Option<f32>,
    /// Slugs of the towns, between bars.
    pub towns: Option<Box<str>>,
    pub seen: Option<Seen>,
    /// Number of the facts that decide a reader and that its source states, out of [`crate::quality::DECIDING`].
    pub facts: u8,
    taught: (u32, u8),
    asked: (u32, u8),
}

/// Identifiers of the formats that need somebody to be in a place.
const IN_PERSON: [&str; 4] = ["presentiel", "hybride", "conference", "accompagnement"];

impl Offer {
    /// Reads all trainings once.
    pub(crate) fn new(
        trainings: impl Iterator<Item = (Address, Training)>,
        rule: &DurationRule,
        referential: &Referential,
    ) -> Self {
        let mut offer = Self::default();
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        for (address, training) in trainings {
            let provider = offer.provider(&training, &mut numbers);
            offer.push(address, &training, provider, rule, referential);
        }
        offer
    }

    /// The offer of a list of trainings that no index holds: an earlier state of the catalogue.
    pub fn of(trainings: &[Training], referential: &Referential) -> Self {
        let mut rule = DurationRule::default();
        trainings.iter().for_each(|training| rule.add(training));
        rule.settle();
        let numbered =
            (0..).zip(trainings).map(|(doc, training)| (Address { part: 0, doc }, training.clone()));
        Self::new(numbered, &rule, referential)
    }

    /// Number of trainings.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no training.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How long each training lasts, in the order of the offer.
    pub fn durations(&self) -> impl Iterator<Item = Duration> + '_ {
        self.rows.iter().map(|row| row.duration)
    }

    /// All organisations, in no promised order.
    pub fn providers(&self) -> &[ProviderRow] {
        &self.providers
    }

    fn provider(&mut self, training: &Training, numbers: &mut FxHashMap<String, u32>) -> u32 {
        let id = training.provider.id();
        let number = *numbers.entry(id).or_insert_with_key(|id| {
            self.providers.push(ProviderRow {
                id: id.clone(),
                name: training.provider.name.clone(),
                kind: training.provider.kind,
                trainings: 0,
            });
            self.providers.len() as u32 - 1
        });
        self.providers[number as usize].trainings += 1;
        number
    }

    fn push(
        &mut self,
        address: Address,
        training: &Training,
        provider: u32,
        rule: &DurationRule,
        referential: &Referential,
    ) {
        let taught = self.taught.len() as u32;
        let exam = referential.term(training.kind).id == "exam";
        // An examination checks what one knows and teaches nothing.
        self.taught.extend(training.competences.iter().filter(|_| !exam).map(|(competence, to)| Taught {
            competence,
            from: training.prerequisites.get(competence).map_or(0, Level::number),
            to,
        }));
        let asked = self.asked.len() as u32;
        self.asked.extend(training.prerequisites.iter());
        let facts = self.fields.add(training, rule.estimate(training).is_some());
        self.rows.push(Row {
            address,
            kind: training.kind,
            provider,
            provider_kind: training.provider.kind,
            language: training.language,
            nature: training.nature,
            themes: training.themes,
            audiences: training.audiences,
            objectives: training.objectives,
            formats: training.formats,
            competences: training.competences.iter().map(|(competence, _)| competence).collect(),
            hours: training.duration_hours.map(|hours| hours.get() as f32),
            duration: duration(training, rule, referential),
            price_eur: training.price_eur.map(|price| price.get() as f32),
            towns: training.city.as_deref().map(towns),
            seen: training.sources.main.seen,
            facts,
            taught: (taught, (self.taught.len() as u32 - taught) as u8),
            asked: (asked, (self.asked.len() as u32 - asked) as u8),
        });
    }

    /// What a training teaches.
    pub(crate) fn taught(&self, row: &Row) -> &[Taught] {
        &self.taught[row.taught.0 as usize..][..usize::from(row.taught.1)]
    }

    /// What a training asks on entry.
    pub(crate) fn asked(&self, row: &Row) -> &[(Competence, Level)] {
        &self.asked[row.asked.0 as usize..][..usize::from(row.asked.1)]
    }
}

impl Row {
    /// The values of a facet that the training has, one bit each in the vocabulary's order; no bit when it is
    /// unknown. Organisations are no closed vocabulary: none.
    pub fn bits(&self, facet: Facet, referential: &Referential) -> u64 {
        fn one<C: Code>(code: Option<C>) -> u64 {
            code.map_or(0, |code| 1 << code.position())
        }
        let bucket = |id: &str| {
            let terms = referential.terms(facet.name());
            terms.iter().position(|term| term.id == id).map_or(0, |position| 1 << position)
        };
        match facet {
            Facet::Theme => self.themes.bits(),
            Facet::Audience => self.audiences.bits(),
            Facet::Objective => self.objectives.bits(),
            Facet::Format => self.formats.bits(),
            Facet::Competence => self.competences.bits(),
            Facet::Nature => one(self.nature),
            Facet::ProviderKind => one(self.provider_kind),
            Facet::Language => one(self.language),
            Facet::Kind => one(Some(self.kind)),
            Facet::Duration => bucket(duration_bucket(self.hours.map(f64::from))),
            Facet::Price => bucket(price_bucket(self.price_eur.map(f64::from))),
            Facet::Provider => 0,
        }
    }
}

/// The formats that need somebody to be in a place.
pub(crate) fn in_person(referential: &Referential) -> Set<Format> {
    IN_PERSON.iter().filter_map(|id| referential.code::<Format>(id)).collect()
}

/// Slugs of the towns of a text such as « Lyon, Paris », between bars.
fn towns(city: &str) -> Box<str> {
    let slugs: Vec<String> = city.split([',', ';', '/']).map(slug).filter(|town| !town.is_empty()).collect();
    format!("|{}|", slugs.join("|")).into()
}

fn duration(training: &Training, rule: &DurationRule, referential: &Referential) -> Duration {
    if let Some(hours) = training.duration_hours {
        return Duration::Stated(hours.get() as f32);
    }
    let level = least_hours(&training.competences, &training.prerequisites);
    let diploma = training.nature.filter(|nature| referential.term(*nature).id == "diplomante");
    let shortest = diploma.and_then(|nature| rule.shortest(nature)).unwrap_or(0.0);
    let least = level.max(shortest);
    match rule.estimate(training) {
        Some(Estimate { median_hours, p80_hours, .. }) => Duration::Estimated {
            median_hours: (median_hours as f32).max(least),
            p80_hours: (p80_hours as f32).max(least),
        },
        None if shortest > level => Duration::AtLeast(shortest),
        None if level > 0.0 => Duration::MoreThan(level),
        None => Duration::Unknown,
    }
}

/// Hours that the highest level takes more than, by rule 10 of `data/README.md`; none when the training asks on entry
/// the level just under the one that so short a training may reach.
fn least_hours(reached: &Levels, asked: &Levels) -> f32 {
    let highest = |levels: &Levels| levels.iter().map(|(_, level)| level.number()).max().unwrap_or(0);
    match (highest(reached), highest(asked)) {
        (3.., 0..2) => LEVEL_3_HOURS,
        (2.., 0) => LEVEL_2_HOURS,
        _ => 0.0,
    }
}
