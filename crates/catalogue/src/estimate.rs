//! Estimates of durations that no source states, by a stated rule, and how wrong the rule is.
//!
//! Rule: trainings are comparable when they have the same kind, nature, formats and highest level
//! reached. With at least [`LEAST_SAMPLE`] comparable trainings of stated duration, the estimate
//! is their median and their 80th percentile (nearest rank). Failing that, formats are left aside
//! (never the level nor the nature: a diploma does not last as long as an awareness day). Failing
//! that, and when the source speaks of time in words that give no number of hours (« deux ans », « une
//! journée ou deux »), nothing is estimated: the words are shown.
//! Absent: prices, which vary too much to be estimated.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::evidence::Field;
use crate::training::Training;
use crate::vocabulary::{Format, Kind, Level, Nature, Set};

/// Least number of comparable trainings for an estimate.
pub const LEAST_SAMPLE: usize = 5;

/// What makes trainings comparable; `formats` is `None` when they are left aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Class {
    kind: Kind,
    nature: Option<Nature>,
    level: Option<Level>,
    formats: Option<u64>,
}

impl Class {
    fn of(training: &Training) -> [Class; 2] {
        let wide = Class {
            kind: training.kind,
            nature: training.nature,
            level: training.highest_level(),
            formats: None,
        };
        [Class { formats: Some(training.formats.bits()), ..wide }, wide]
    }
}

/// A duration that no source states.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Median of comparable trainings.
    pub median_hours: f64,
    /// Four comparable trainings out of five last at most this.
    pub p80_hours: f64,
    /// Number of comparable trainings of stated duration.
    pub sample: usize,
    /// Kind they share.
    pub kind: Kind,
    /// Nature they share; `None`: not stated.
    pub nature: Option<Nature>,
    /// Highest level they share; `None`: none given.
    pub level: Option<Level>,
    /// Formats they share; `None`: formats were left aside.
    pub formats: Option<Set<Format>>,
}

/// How wrong the rule is, by leave-one-out cross-validation over the stated durations.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RuleError {
    /// Stated durations.
    pub stated: usize,
    /// Those that the rule could estimate from the others.
    pub estimated: usize,
    /// Median of the absolute error, in hours.
    pub median_error_hours: f64,
    /// Median of the absolute error as a share of the stated duration.
    pub median_error_share: f64,
    /// Share of stated durations at or under the 80th percentile.
    pub within_p80_share: f64,
}

/// The stated durations of a catalogue, sorted, by class.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct DurationRule {
    classes: BTreeMap<Class, Vec<f64>>,
}

impl DurationRule {
    /// Takes a training's stated duration into account.
    pub(crate) fn add(&mut self, training: &Training) {
        let Some(hours) = training.duration_hours else { return };
        for class in Class::of(training) {
            self.classes.entry(class).or_default().push(hours.get());
        }
    }

    /// Sorts what was added; to be called once before any estimate.
    pub(crate) fn settle(&mut self) {
        self.classes.values_mut().for_each(|hours| hours.sort_by(f64::total_cmp));
    }

    /// Forgets a training's stated duration.
    pub(crate) fn remove(&mut self, training: &Training) {
        let Some(hours) = training.duration_hours else { return };
        for class in Class::of(training) {
            if let Some(known) = self.classes.get_mut(&class)
                && let Ok(position) = known.binary_search_by(|other| other.total_cmp(&hours.get()))
            {
                known.remove(position);
            }
        }
    }

    /// The duration of a training that states none; `None` when it states one, when its source
    /// speaks of time in words, or when too few trainings are comparable.
    pub(crate) fn estimate(&self, training: &Training) -> Option<Estimate> {
        let stated = training.stated(Field::Duration).is_some_and(speaks_of_time);
        if training.duration_hours.is_some() || stated {
            return None;
        }
        let (class, hours) = Class::of(training).into_iter().find_map(|class| {
            let hours = self.classes.get(&class)?;
            (hours.len() >= LEAST_SAMPLE).then_some((class, hours))
        })?;
        Some(Estimate {
            median_hours: median(hours.len(), |rank| hours[rank]),
            p80_hours: p80(hours.len(), |rank| hours[rank]),
            sample: hours.len(),
            kind: class.kind,
            nature: class.nature,
            level: class.level,
            formats: class.formats.map(Set::from_bits),
        })
    }

    /// The shortest stated duration of a nature, in hours; `None` with less than [`LEAST_SAMPLE`] of them.
    pub(crate) fn shortest(&self, nature: Nature) -> Option<f32> {
        let wide = self.classes.iter().filter(|(class, _)| class.formats.is_none());
        let of_nature = wide.filter(|(class, _)| class.nature == Some(nature)).map(|(_, hours)| hours);
        let sample: usize = of_nature.clone().map(Vec::len).sum();
        let shortest = of_nature.filter_map(|hours| hours.first().copied()).fold(f64::INFINITY, f64::min);
        (sample >= LEAST_SAMPLE).then_some(shortest as f32)
    }

    /// The rule's error, each stated duration being estimated from all the others.
    pub(crate) fn error(&self) -> RuleError {
        let mut errors: Vec<(f64, f64)> = Vec::new();
        let (mut stated, mut within) = (0, 0);
        for (class, hours) in self.classes.iter().filter(|(class, _)| class.formats.is_some()) {
            let wide = &self.classes[&Class { formats: None, ..*class }];
            stated += hours.len();
            for actual in hours {
                let sample = [hours, wide].into_iter().find(|sample| sample.len() > LEAST_SAMPLE);
                let Some(sample) = sample else { continue };
                let without = sample.partition_point(|other| other < actual);
                let pick = |rank: usize| sample[rank + usize::from(rank >= without)];
                let error = (median(sample.len() - 1, pick) - actual).abs();
                within += usize::from(*actual <= p80(sample.len() - 1, pick));
                errors.push((error, error / actual));
            }
        }
        let middle = |mut values: Vec<f64>| {
            values.sort_by(f64::total_cmp);
            if values.is_empty() { 0.0 } else { median(values.len(), |rank| values[rank]) }
        };
        RuleError {
            stated,
            estimated: errors.len(),
            median_error_hours: middle(errors.iter().map(|(hours, _)| *hours).collect()),
            median_error_share: middle(errors.iter().map(|(_, share)| *share).collect()),
            within_p80_share: within as f64 / errors.len().max(1) as f64,
        }
    }
}

fn median(count: usize, pick: impl Fn(usize) -> f64) -> f64 {
    (pick((count - 1) / 2) + pick(count / 2)) / 2.0
}

fn p80(count: usize, pick: impl Fn(usize) -> f64) -> f64 {
    pick((count * 4).div_ceil(5) - 1)
}

/// Whether the words of a source speak of time: an estimate beside them could contradict them.
fn speaks_of_time(words: &str) -> bool {
    const UNITS: [&str; 52] = [
        "an",
        "ans",
        "année",
        "années",
        "annuel",
        "annuelle",
        "mois",
        "semaine",
        "semaines",
        "semestre",
        "semestres",
        "trimestre",
        "trimestres",
        "saison",
        "ects",
        "crédits",
        "promotion",
        "session",
        "sessions",
        "year",
        "years",
        "month",
        "months",
        "week",
        "weeks",
        "semester",
        "semesters",
        "credits",
        "jour",
        "jours",
        "journée",
        "journées",
        "matin",
        "matinée",
        "matinées",
        "midi",
        "soirée",
        "soirées",
        "heure",
        "heures",
        "h",
        "min",
        "minute",
        "minutes",
        "day",
        "days",
        "hour",
        "hours",
        "morning",
        "afternoon",
        "evening",
        "mn",
    ];
    let lower = words.to_lowercase();
    let mut parts = lower.split(|c: char| !c.is_alphabetic());
    parts.any(|word| UNITS.contains(&word))
}
