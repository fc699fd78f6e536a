//! How good the map itself is: how each field is known, how old the sources are, which rows to read again
//! first, how much a few organisations weigh, which trainings may be written twice. Absent: how pairs are compared
//! (see `duplicates`), HTML.

use std::collections::BTreeMap;

use crate::duplicates::{Decisions, Pairs, near_duplicates};
use crate::evidence::{Field, Origin};
use crate::offer::{Offer, Row};
use crate::snapshot::Snapshot;
use crate::training::Training;

/// Number of the facts that decide a reader: duration, price, formats, nature, public, entry level, page, town.
pub const DECIDING: u8 = 8;
/// Most rows that are listed to be read again.
pub const TO_READ_MAX: usize = 50;
/// Most trainings of a catalogue whose near-duplicates are looked for as a page is asked.
pub const COMPARED_MOST: usize = 2_000;

/// How one field is known over a catalogue: numbers of trainings, whose sum is the catalogue's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FieldQuality {
    /// Stated by the source, as a value.
    pub stated: u64,
    /// Stated by the source in words that give no value: « deux ans », « sur devis ».
    pub words: u64,
    /// Judged by an editor from the source, or written by us.
    pub edited: u64,
    /// Estimated by a stated rule.
    pub estimated: u64,
    /// Known to nobody.
    pub unknown: u64,
}

/// How each field is known over a catalogue.
#[derive(Debug, Clone, Default)]
pub(crate) struct FieldTally([FieldQuality; 17]);

impl FieldTally {
    /// Counts a training; gives the number of its deciding facts that are stated.
    pub(crate) fn add(&mut self, training: &Training, is_estimated: bool) -> u8 {
        for (field, tally) in Field::all().zip(&mut self.0) {
            let place = match training.origin(field) {
                _ if field == Field::Duration && is_estimated => &mut tally.estimated,
                Origin::Stated if !has_value(training, field) => &mut tally.words,
                Origin::Stated => &mut tally.stated,
                Origin::Editor | Origin::Written => &mut tally.edited,
                Origin::Unknown => &mut tally.unknown,
            };
            *place += 1;
        }
        stated_facts(training)
    }
}

/// Whether a field has a value beside the source's words.
fn has_value(training: &Training, field: Field) -> bool {
    match field {
        Field::Duration => training.duration_hours.is_some(),
        Field::Price => training.price_eur.is_some(),
        Field::Prerequisites => !training.prerequisites.is_empty(),
        _ => true,
    }
}

/// How many of the [`DECIDING`] facts are stated.
pub(crate) fn stated_facts(training: &Training) -> u8 {
    let stated = [
        training.duration_hours.is_some(),
        training.price_eur.is_some(),
        !training.formats.is_empty(),
        training.nature.is_some(),
        training.stated(Field::Audience).is_some(),
        training.stated(Field::Prerequisites).is_some(),
        training.url.is_some(),
        training.city.is_some(),
    ];
    stated.into_iter().map(u8::from).sum()
}

/// What a catalogue's evidence is worth.
#[derive(Debug, Clone)]
pub struct Quality {
    /// Number of trainings.
    pub trainings: u64,
    /// Each field and how it is known, in the order of [`Field::all`].
    pub fields: Vec<(Field, FieldQuality)>,
    /// Number of trainings by year of their source; `None`: the page bears no date.
    pub years: BTreeMap<Option<u16>, u64>,
    /// Trainings to read again first, at most [`TO_READ_MAX`]: those whose source bears no date, then the oldest; among
    /// equals, those whose source states the fewest deciding facts.
    pub to_read: Vec<ToRead>,
    /// Weight of the organisations.
    pub concentration: Concentration,
}

/// A training to read again, and why.
#[derive(Debug, Clone)]
pub struct ToRead {
    /// The training.
    pub training: Training,
    /// Year of its source.
    pub year: Option<u16>,
    /// Deciding facts that its source states, out of [`DECIDING`].
    pub facts: u8,
}

/// How much a few organisations weigh.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Concentration {
    /// Number of organisations.
    pub providers: u64,
    /// Organisations of one training.
    pub single: u64,
    /// The ten that give most trainings, most first: identifier, name, number.
    pub top: Vec<(String, String, u64)>,
    /// Herfindahl-Hirschman index, 0 to 1: sum of the squares of the shares (Hirschman 1964, American Economic Review
    /// 54(5), 761); its inverse is the number of equal organisations that would weigh the same.
    pub index: f64,
    /// Fewest organisations that give half of the trainings.
    pub half: u64,
}

impl Snapshot {
    /// What the evidence of the catalogue is worth.
    pub fn quality(&self) -> Quality {
        let offer = self.offer();
        let mut years: BTreeMap<Option<u16>, u64> = BTreeMap::new();
        for row in &offer.rows {
            *years.entry(row.seen.map(crate::Seen::year)).or_default() += 1;
        }
        Quality {
            trainings: offer.len() as u64,
            fields: Field::all().zip(offer.fields.0).collect(),
            years,
            to_read: self.to_read(offer),
            concentration: concentration(offer),
        }
    }

    /// The pairs of trainings that look like one, worked out once for a revision; `None` beyond [`COMPARED_MOST`]
    /// trainings. Decisions already taken on pairs are no part of a revision: such pairs are there too.
    pub fn duplicates(&self) -> Option<&Pairs> {
        let pairs = || {
            let trainings: Vec<Training> = self.trainings().collect();
            near_duplicates(&trainings, &Decisions::default())
        };
        (self.len() <= COMPARED_MOST).then(|| self.offer().duplicates.get_or_init(pairs))
    }

    /// Oldest source first, the undated before all; among equals, those whose source states the fewest facts.
    fn to_read(&self, offer: &Offer) -> Vec<ToRead> {
        let rank = |row: &Row| (row.seen.map(crate::Seen::year), row.facts);
        let mut rows: Vec<&Row> = offer.rows.iter().collect();
        let listed = TO_READ_MAX.min(rows.len());
        let order = |row: &&Row| (rank(row), row.address);
        if listed > 0 && listed < rows.len() {
            rows.select_nth_unstable_by_key(listed - 1, order);
            rows.truncate(listed);
        }
        rows.sort_unstable_by_key(order);
        rows.into_iter()
            .map(|row| ToRead {
                training: self.training(row.address),
                year: row.seen.map(crate::Seen::year),
                facts: row.facts,
            })
            .collect()
    }
}

fn concentration(offer: &Offer) -> Concentration {
    let mut providers: Vec<_> = offer.providers.iter().collect();
    providers.sort_unstable_by(|a, b| b.trainings.cmp(&a.trainings).then_with(|| a.id.cmp(&b.id)));
    let total = offer.len() as u64;
    let share = |trainings: u32| f64::from(trainings) / total.max(1) as f64;
    let mut running = 0;
    let half = providers.iter().take_while(|provider| {
        let before = running;
        running += u64::from(provider.trainings);
        before * 2 < total
    });
    Concentration {
        half: half.count() as u64,
        providers: providers.len() as u64,
        single: providers.iter().filter(|provider| provider.trainings == 1).count() as u64,
        index: providers.iter().map(|provider| share(provider.trainings).powi(2)).sum(),
        top: providers
            .iter()
            .take(10)
            .map(|provider| (provider.id.clone(), provider.name.clone(), u64::from(provider.trainings)))
            .collect(),
    }
}
