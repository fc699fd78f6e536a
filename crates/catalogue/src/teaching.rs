//! What the offer teaches of each competence, level by level: how many trainings and organisations, at what price,
//! how long. A level is taught as [`Taught::covers`] says. Absent: for whom (see `gaps`), HTML.

use rustc_hash::FxHashMap;

use crate::offer::{Offer, Row, Taught};
use crate::snapshot::Snapshot;
use crate::training::Training;
use crate::values::Seen;
use crate::vocabulary::{Code as _, Competence, Level};

/// How many trainings teach each level of a competence, level 1 first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TeachingCounts {
    /// Trainings that teach the level, on their way to a higher one or not.
    pub teaching: [u64; 4],
    /// Those that bring to the level and no further.
    pub ending: [u64; 4],
}

/// An organisation and how many of its trainings teach a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teacher {
    /// Identifier in addresses.
    pub id: String,
    /// Name.
    pub name: String,
    /// Number of its trainings.
    pub trainings: u64,
}

/// What the offer holds for one level of one competence.
#[derive(Debug, Clone)]
pub struct LevelOffer {
    /// The level.
    pub level: Level,
    /// Trainings that teach it.
    pub teaching: u64,
    /// Those that bring to it and no further.
    pub ending: u64,
    /// Organisations that give them, those of most trainings first, then by identifier.
    pub providers: Vec<Teacher>,
    /// First trainings, as many as asked for: those that end at the level, then those whose source states most deciding
    /// facts, then the most recent source.
    pub first: Vec<Training>,
    /// How many state a price in euros.
    pub priced: u64,
    /// How many of them are free.
    pub free: u64,
    /// One that states the lowest price; `None` when no price is stated.
    pub cheapest: Option<Training>,
    /// How many state a duration in hours.
    pub timed: u64,
    /// Shortest and longest stated duration, in hours.
    pub hours: Option<(f64, f64)>,
}

impl Snapshot {
    /// How many trainings teach each level of each competence, in the referential's order.
    pub fn teaching_counts(&self) -> Vec<TeachingCounts> {
        let offer = self.offer();
        let mut counts =
            vec![TeachingCounts::default(); self.referential().terms(Competence::VOCABULARY).len()];
        for taught in offer.rows.iter().flat_map(|row| offer.taught(row)) {
            let count = &mut counts[usize::from(taught.competence.position())];
            for level in Level::all().filter(|level| taught.covers(*level)) {
                let place = usize::from(level.number()) - 1;
                count.teaching[place] += 1;
                count.ending[place] += u64::from(taught.to == level);
            }
        }
        counts
    }

    /// What the offer holds for each level of a competence, level 1 first, with at most `listed` trainings a level.
    pub fn teaching(&self, competence: Competence, listed: usize) -> Vec<LevelOffer> {
        let offer = self.offer();
        let taught = |row: &'_ Row| -> Option<Taught> {
            offer.taught(row).iter().find(|taught| taught.competence == competence).copied()
        };
        let rows: Vec<(&Row, Taught)> =
            offer.rows.iter().filter_map(|row| Some((row, taught(row)?))).collect();
        Level::all().map(|level| self.level_offer(offer, &rows, level, listed)).collect()
    }

    fn level_offer(&self, offer: &Offer, rows: &[(&Row, Taught)], level: Level, listed: usize) -> LevelOffer {
        let mut teaching: Vec<&(&Row, Taught)> =
            rows.iter().filter(|(_, taught)| taught.covers(level)).collect();
        teaching.sort_by_key(|(row, taught)| {
            let seen = row.seen.map(Seen::rank).unwrap_or_default() as u32;
            (taught.to != level, u8::MAX - row.facts, u32::MAX - seen, row.address)
        });
        let rows = || teaching.iter().map(|(row, _)| *row);
        let prices: Vec<(f32, &Row)> = rows().filter_map(|row| Some((row.price_eur?, row))).collect();
        let cheapest = prices.iter().min_by(|(a, _), (b, _)| a.total_cmp(b));
        let hours: Vec<f64> = rows().filter_map(|row| row.hours).map(f64::from).collect();
        let least = hours.iter().copied().reduce(f64::min);
        let most = hours.iter().copied().reduce(f64::max);
        LevelOffer {
            level,
            teaching: teaching.len() as u64,
            ending: teaching.iter().filter(|(_, taught)| taught.to == level).count() as u64,
            providers: teachers(offer, rows()),
            first: rows().take(listed).map(|row| self.training(row.address)).collect(),
            priced: prices.len() as u64,
            free: prices.iter().filter(|(price, _)| *price == 0.0).count() as u64,
            cheapest: cheapest.map(|(_, row)| self.training(row.address)),
            timed: hours.len() as u64,
            hours: least.zip(most),
        }
    }
}

fn teachers<'a>(offer: &Offer, rows: impl Iterator<Item = &'a Row>) -> Vec<Teacher> {
    let mut counts: FxHashMap<u32, u64> = FxHashMap::default();
    rows.for_each(|row| *counts.entry(row.provider).or_default() += 1);
    let teacher = |(provider, trainings): (u32, u64)| {
        let provider = &offer.providers[provider as usize];
        Teacher { id: provider.id.clone(), name: provider.name.clone(), trainings }
    };
    let mut teachers: Vec<Teacher> = counts.into_iter().map(teacher).collect();
    teachers.sort_unstable_by(|a, b| (b.trainings, &a.id).cmp(&(a.trainings, &b.id)));
    teachers
}
