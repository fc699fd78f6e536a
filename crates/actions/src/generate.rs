//! A large and plausible catalogue made from a seed, to try and measure the product: French titles and
//! summaries, words by Zipf's law, facts stated as often as in the real catalogue.
//! Absent: real trainings; each generated one says so by its provider's name and its address.

mod dice;
mod grammar;
mod sentences;
mod subjects;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

use catalogue::{RawSource, RawTraining};

use dice::{Dice, Zipf};
use sentences::{Topic, Writer};
use subjects::{AUDIENCES, DURATIONS_HOURS, FORMATS, OBJECTIVES, SUBJECTS, Subject};

/// Most trainings that can be asked for.
pub const GENERATED_MAX: u64 = 10_000_000;
const PROVIDERS_MIN: u64 = 50;
const PROVIDERS_MAX: u64 = 5_000;
/// Places of the sequence of random numbers which are for providers, far from those of trainings.
const PROVIDER_PLACES: u64 = 1 << 40;

/// A generated catalogue: the same trainings for the same count and seed, on every machine.
pub struct Generated {
    count: u64,
    seed: u64,
    next: u64,
    writer: Writer,
    providers: Vec<(String, &'static str)>,
    provider_law: Zipf,
}

impl Generated {
    /// Trainings numbered from 1 to `count`, at most [`GENERATED_MAX`].
    pub fn new(count: u64, seed: u64) -> Self {
        let count = count.min(GENERATED_MAX);
        let writer = Writer::new();
        let number = (count / 200).clamp(PROVIDERS_MIN, PROVIDERS_MAX);
        let providers: Vec<_> = (0..number).map(|rank| provider(&writer, seed, rank)).collect();
        let provider_law = Zipf::new(providers.len(), 3.0);
        Self { count, seed, next: 1, writer, providers, provider_law }
    }

    fn training(&self, number: u64) -> RawTraining {
        let dice = &mut Dice::new(self.seed, number);
        let subject = dice.weighted(&SUBJECTS);
        let duration_hours = dice.chance(335).then(|| *dice.weighted(&DURATIONS_HOURS));
        let level = level(duration_hours, dice);
        let audiences = some(&AUDIENCES, &[409, 480], dice);
        let object: &&str = dice.pick(&subject.objects);
        let topic = Topic { object, audience: audiences[0].1, level };
        let title = self.writer.title(&topic, dice);
        let summary = self.writer.summary(&topic, dice);
        let (provider, provider_kind) = &self.providers[dice.rank(&self.provider_law)];
        let themes = themes(subject, dice);
        let price_eur = dice.chance(196).then(|| price(duration_hours, dice));
        let address = format!("https://exemple.invalid/{}/{number}", self.seed);
        RawTraining {
            id: format!("g-{}-{number}", self.seed),
            kind: (*dice.weighted(&[("course", 985), ("exam", 5), ("event", 5), ("alternative", 5)]))
                .to_owned(),
            title,
            provider: provider.clone(),
            provider_kind: (*provider_kind).to_owned(),
            url: Some(address.clone()),
            language: dice.chance(980).then(|| dice.weighted(&[("fr", 843), ("en", 157)]).to_string()),
            formats: formats(dice),
            duration_hours,
            price_eur,
            city: dice.chance(120).then(|| self.writer.town(dice)),
            nature: nature(level, dice).map(str::to_owned),
            public_sector_only: dice.chance(355).then(|| dice.chance(290)),
            audiences: audiences.iter().map(|(id, _)| (*id).to_owned()).collect(),
            objectives: some(&OBJECTIVES, &[740, 260], dice).iter().map(|id| (*id).to_owned()).collect(),
            competences: competences(subject, level, dice),
            prerequisites: prerequisites(subject, level, dice),
            themes,
            summary,
            source: RawSource { address, seen: dice.chance(950).then(|| seen(dice)) },
            stated: stated(duration_hours, price_eur, dice),
            sources: BTreeMap::new(),
        }
    }
}

impl Iterator for Generated {
    type Item = RawTraining;

    fn next(&mut self) -> Option<RawTraining> {
        let number = self.next;
        self.next += 1;
        (number <= self.count).then(|| self.training(number))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from((self.count + 1).saturating_sub(self.next)).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}

fn provider(writer: &Writer, seed: u64, rank: u64) -> (String, &'static str) {
    let dice = &mut Dice::new(seed, PROVIDER_PLACES + rank);
    let kind = *dice.weighted(&[("public", 277), ("prive", 138), ("associatif", 30)]);
    let rank = usize::try_from(rank).unwrap_or(0);
    (format!("Organisme d’essai {} {}", writer.name(rank * 37), rank + 1), kind)
}

/// Short trainings reach modest levels, as the rules of the real catalogue ask.
fn level(duration_hours: Option<f64>, dice: &mut Dice) -> u8 {
    match duration_hours {
        Some(hours) if hours <= 4.0 => 1,
        Some(hours) if hours <= 21.0 => *dice.weighted(&[(1, 2), (2, 5)]),
        Some(_) => *dice.weighted(&[(2, 3), (3, 4), (4, 3)]),
        None => *dice.weighted(&[(1, 90), (2, 150), (3, 60), (4, 45)]),
    }
}

/// One to three different values; `shares` says how many thousandths have one, then two.
fn some<T: Copy + PartialEq>(table: &[(T, usize)], shares: &[usize; 2], dice: &mut Dice) -> Vec<T> {
    let drawn = dice.below(1000);
    let wanted = if drawn < shares[0] { 1 } else { 2 + usize::from(drawn >= shares[0] + shares[1]) };
    let mut values = Vec::with_capacity(wanted);
    for _ in 0..wanted {
        let value = *dice.weighted(table);
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

fn themes(subject: &Subject, dice: &mut Dice) -> Vec<String> {
    let mut themes = vec![subject.theme.to_owned()];
    for share in [730, 150] {
        let other = dice.weighted(&SUBJECTS).theme;
        if dice.chance(share) && !themes.iter().any(|theme| theme == other) {
            themes.push(other.to_owned());
        }
    }
    themes
}

fn competences(subject: &Subject, level: u8, dice: &mut Dice) -> BTreeMap<String, u8> {
    let mut levels = BTreeMap::from([(subject.competences[0].to_owned(), level)]);
    let more = *dice.weighted(&[(0, 101), (1, 159), (2, 122), (3, 57)]);
    for _ in 0..more {
        let near = if dice.chance(700) { subject } else { dice.weighted(&SUBJECTS) };
        let id = *dice.pick(near.competences);
        let lower = 1 + dice.below(usize::from(level)) as u8;
        levels.entry(id.to_owned()).or_insert(lower);
    }
    levels
}

fn prerequisites(subject: &Subject, level: u8, dice: &mut Dice) -> BTreeMap<String, u8> {
    let asked = level > 1 && dice.chance(130);
    asked.then(|| (subject.competences[0].to_owned(), level - 1)).into_iter().collect()
}

fn formats(dice: &mut Dice) -> Vec<String> {
    if dice.chance(450) {
        return Vec::new();
    }
    some(&FORMATS, &[900, 100], dice).iter().map(|id| (*id).to_owned()).collect()
}

fn nature(level: u8, dice: &mut Dice) -> Option<&'static str> {
    let table: &[(Option<&str>, usize)] = match level {
        1 | 2 => &[
            (None, 192),
            (Some("qualifiante"), 80),
            (Some("attestation"), 14),
            (Some("certifiante"), 10),
            (Some("diplomante"), 4),
        ],
        _ => &[(None, 18), (Some("diplomante"), 97), (Some("certifiante"), 17), (Some("qualifiante"), 13)],
    };
    *dice.weighted(table)
}

/// Three stated prices in four are « gratuit »; the others grow with the duration.
fn price(duration_hours: Option<f64>, dice: &mut Dice) -> f64 {
    if dice.chance(747) {
        return 0.0;
    }
    let hours = duration_hours.unwrap_or(14.0).clamp(3.0, 150.0);
    let tens = (hours * (30.0 + dice.below(90) as f64) / 10.0).round();
    tens * 10.0
}

fn seen(dice: &mut Dice) -> String {
    let year = *dice.weighted(&[
        (2019, 2),
        (2020, 3),
        (2021, 5),
        (2022, 8),
        (2023, 12),
        (2024, 20),
        (2025, 30),
        (2026, 20),
    ]);
    match dice.below(3) {
        0 => format!("{year}"),
        1 => format!("{year}-{:02}", 1 + dice.below(10)),
        _ => format!("{year}-{:02}-{:02}", 1 + dice.below(10), 1 + dice.below(28)),
    }
}

fn stated(duration_hours: Option<f64>, price_eur: Option<f64>, dice: &mut Dice) -> BTreeMap<String, String> {
    let mut stated = BTreeMap::new();
    if let Some(hours) = duration_hours {
        let days = hours / 7.0;
        let words = match days.fract() == 0.0 && days <= 10.0 {
            true => catalogue::french::counted(days as u64, "jour", "jours"),
            false => catalogue::french::hours(hours),
        };
        stated.insert("duration".to_owned(), words);
    } else if dice.chance(80) {
        stated.insert("duration".to_owned(), "un an, en alternance".to_owned());
    }
    if let Some(price) = price_eur {
        stated.insert("price".to_owned(), catalogue::french::euros(price));
    }
    if dice.chance(300) {
        stated.insert("audience".to_owned(), "Agents publics et cadres".to_owned());
    }
    stated
}
