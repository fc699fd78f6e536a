//! What a training of a given length may promise: learnt from the trainings of the catalogue that state their duration.
//! Absent: what is composed with it (see `candidates`).

use super::request::Promise;
use crate::estimate::LEAST_SAMPLE;
use crate::offer::Taught;
use crate::snapshot::Snapshot;
use crate::vocabulary::Level;

/// Longest hours of each length, and its label. Half a day of 4 hours and a day of 7 hours are the catalogue's own rule
/// (`data/README.md`, rule 10) and the day that its sources state.
const LENGTHS: [(f32, &str, &str); 5] = [
    (4.0, "demi-journee", "Une demi-journée au plus"),
    (7.0, "journee", "Une journée"),
    (14.0, "deux-jours", "Deux jours"),
    (21.0, "trois-jours", "Trois jours"),
    (35.0, "cinq-jours", "Quatre ou cinq jours"),
];

/// Least number of trainings of a length that go one level further than the others with an entry level, for a new one to be
/// assumed to do it.
const DEEP_SAMPLE: usize = 3;

/// A length of training, and what trainings of this length bring.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// Identifier in addresses.
    pub id: &'static str,
    /// Label on screens.
    pub label: &'static str,
    /// Hours of a training of this length: the median of those that state theirs.
    pub hours: f64,
    /// Trainings of the catalogue that state such a duration and teach something.
    pub sample: usize,
    /// Most competences that one is assumed to teach.
    pub competences: usize,
    /// Levels that one is assumed to bring, over its competences.
    pub gains: usize,
    /// Highest level that one is assumed to bring to, from nothing.
    pub top: u8,
    /// Highest level that one is assumed to bring to from the level just under, asked on entry; the top when too few do.
    pub deep: u8,
}

impl Template {
    /// The lengths of which enough trainings are known, the shortest first.
    pub fn learnt(snapshot: &Snapshot, promise: Promise) -> Vec<Self> {
        let offer = snapshot.offer();
        let mut least = 0.0;
        let mut templates = Vec::new();
        for (most, id, label) in LENGTHS {
            let mut hours = Vec::new();
            let (mut competences, mut gains, mut tops) = (Vec::new(), Vec::<usize>::new(), Vec::new());
            let mut deeper: Vec<u8> = Vec::new();
            for row in &offer.rows {
                let (Some(own), taught) = (row.hours, offer.taught(row)) else { continue };
                let is_course = snapshot.referential().term(row.kind).id == "course";
                if !is_course || own <= least || own > most || taught.is_empty() {
                    continue;
                }
                hours.push(f64::from(own));
                competences.push(taught.len());
                gains.push(
                    taught.iter().map(|own| usize::from(own.to.number().saturating_sub(own.from))).sum(),
                );
                let is_deeper = |own: &&Taught| own.from > 0 && own.to.number() == own.from + 1;
                deeper.extend(taught.iter().filter(is_deeper).map(|own| own.to.number()).max());
                tops.push(taught.iter().map(|own| own.to.number()).max().unwrap_or(0));
            }
            least = most;
            if hours.len() < LEAST_SAMPLE {
                continue;
            }
            hours.sort_by(f64::total_cmp);
            deeper.sort_unstable_by(|a, b| b.cmp(a));
            let top = promise.of(&mut tops).max(1);
            templates.push(Self {
                id,
                label,
                hours: hours[(hours.len() - 1) / 2],
                sample: hours.len(),
                competences: promise.of(&mut competences).max(1),
                gains: promise.of(&mut gains).max(1),
                top,
                deep: deeper.get(DEEP_SAMPLE - 1).copied().unwrap_or(top).max(top),
            });
        }
        templates
    }

    /// Whether a training of this length may bring from a level to another: up to its top; or one level above the one asked
    /// on entry, as far as trainings of this length go.
    pub fn may_bring(&self, from: u8, to: Level) -> bool {
        to.number() > from
            && (to.number() <= self.top || (to.number() == from + 1 && to.number() <= self.deep))
    }
}
