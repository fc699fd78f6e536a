//! What of the offer may enter a pathway, as numbers: hours, price, levels; and what keeps the rest out, one obstacle at a
//! time. Absent: entry levels, time and money, which are weighed together by the search.

use explorer::Address;

use super::request::{PathwayRequest, Preference};
use crate::gaps::{Constraint, Facts, judged};
use crate::offer::{Duration, Row};
use crate::persona::Persona;
use crate::quality::DECIDING;
use crate::snapshot::Snapshot;
use crate::training::Training;
use crate::vocabulary::{Code as _, Competence, Format};

/// Identifiers of the formats that each follows at her own pace.
const SELF_PACED: [&str; 2] = ["e-learning", "mooc"];

/// Something that keeps a training out of a pathway, whatever its time and its money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Obstacle {
    /// It is for other publics.
    Audience,
    /// It is given in other formats.
    Format,
    /// It is given elsewhere.
    Place,
    /// It is given in another language.
    Language,
    /// Nobody states how long it lasts, and nothing allows an estimate.
    Duration,
    /// Nobody states its price, and there is a budget.
    Price,
    /// It is an event that may not be held again.
    Event,
    /// The visitor leaves it out.
    Banned,
}

/// Obstacle, name in files, label, words for « écartée par … ».
const OBSTACLES: [(Obstacle, &str, &str, &str); 8] = [
    (Obstacle::Audience, "public", "Public visé", "le public visé"),
    (Obstacle::Format, "format", "Format", "le format"),
    (Obstacle::Place, "lieu", "Lieu", "le lieu"),
    (Obstacle::Language, "langue", "Langue", "la langue"),
    (Obstacle::Duration, "duree-inconnue", "Durée inconnue", "une durée inconnue"),
    (Obstacle::Price, "prix-inconnu", "Prix inconnu", "un prix inconnu"),
    (Obstacle::Event, "evenement", "Événement ponctuel", "le fait d’être un événement ponctuel"),
    (Obstacle::Banned, "exclue", "Exclue à la demande", "votre exclusion"),
];

impl Obstacle {
    /// All obstacles, in the order of the page.
    pub fn all() -> impl Iterator<Item = Obstacle> {
        OBSTACLES.iter().map(|(obstacle, ..)| *obstacle)
    }

    /// Name in files.
    pub fn name(self) -> &'static str {
        OBSTACLES[self as usize].1
    }

    /// Label on screens.
    pub fn label(self) -> &'static str {
        OBSTACLES[self as usize].2
    }

    /// Words for it in a sentence, with their article.
    pub fn phrase(self) -> &'static str {
        OBSTACLES[self as usize].3
    }
}

/// A set of obstacles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Obstacles(u8);

impl Obstacles {
    /// Adds one.
    pub fn insert(&mut self, obstacle: Obstacle) {
        self.0 |= 1 << obstacle as u8;
    }

    /// Whether one is a member.
    pub fn contains(self, obstacle: Obstacle) -> bool {
        self.0 >> obstacle as u8 & 1 == 1
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Number of members.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether all members are in another set.
    pub fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Members, in the order of the page.
    pub fn iter(self) -> impl Iterator<Item = Obstacle> {
        Obstacle::all().filter(move |obstacle| self.contains(*obstacle))
    }
}

/// What the duration of a training rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Its source.
    Stated,
    /// The rule of estimates.
    Estimated,
    /// Nothing: what counts is a lower bound, or nothing.
    Unknown,
}

/// A training as the search takes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Offered {
    address: Address,
    /// Whether the visitor imposes it.
    pub is_pinned: bool,
    /// What keeps it out; empty for those that may enter, and for those that are imposed all that is passed over.
    pub obstacles: Obstacles,
    /// Minutes that count.
    pub minutes: u32,
    /// Minutes at the median of the estimate; the same as above when the duration is stated.
    pub central_minutes: u32,
    /// What the duration rests on.
    pub basis: Basis,
    /// Stated price, in cents.
    pub cents: Option<u32>,
    /// First and last month, from 1, between which the visitor wants it.
    pub window: Option<(u8, u8)>,
    /// Whether each follows it at her own pace: all its formats are.
    pub is_self_paced: bool,
    /// Number of the deciding facts that no source states.
    pub unstated: u8,
    /// Levels it brings to, by the competence's position.
    pub teaches: Vec<(usize, u8)>,
    /// Levels it asks for, by the competence's position.
    pub asks: Vec<(usize, u8)>,
}

impl Offered {
    /// Whether it may enter a pathway.
    pub fn may_enter(&self) -> bool {
        self.is_pinned || self.obstacles.is_empty()
    }
}

/// The trainings that teach something, as they stand for a persona.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OfferedSet {
    /// All of them, in the order of the offer.
    pub all: Vec<Offered>,
    /// Identifiers that were imposed or banned and that no training has.
    pub unknown: Vec<String>,
    /// Identifiers that were imposed and teach nothing.
    pub idle: Vec<String>,
}

/// Position of a competence, as the search numbers it.
pub fn topic(competence: Competence) -> usize {
    usize::from(competence.position())
}

impl Snapshot {
    /// What may enter a pathway of a persona, already in her case.
    pub fn offered(&self, own: &Persona, request: &PathwayRequest) -> OfferedSet {
        let offer = self.offer();
        let mut case = request.case.clone();
        for together in [Constraint::Time, Constraint::Price, Constraint::Prerequisite] {
            case.rules.lifted.insert(together);
        }
        let verdicts = judged(offer, own, &case, self.referential());
        let mut set = OfferedSet::default();
        let pinned = self.addresses(&request.pinned, &mut set.unknown);
        let banned = self.addresses(&request.banned, &mut set.unknown);
        let mut windows: Vec<(Address, (u8, u8))> = Vec::new();
        for (id, window) in &request.windows {
            let found = self.addresses(std::slice::from_ref(id), &mut set.unknown);
            windows.extend(found.into_iter().map(|address| (address, *window)));
        }
        let asks_nothing = request.case.rules.lifted.contains(Constraint::Prerequisite);
        for (row, verdict) in offer.rows.iter().zip(verdicts) {
            let is_pinned = pinned.contains(&row.address);
            let teaches: Vec<(usize, u8)> = offer
                .taught(row)
                .iter()
                .map(|taught| (topic(taught.competence), taught.to.number()))
                .collect();
            if teaches.is_empty() {
                if is_pinned {
                    set.idle.push(self.training(row.address).id.to_string());
                }
                continue;
            }
            let asks = offer.asked(row).iter().filter(|_| !asks_nothing);
            let mut offered = self.counted(row, own, request);
            offered.is_pinned = is_pinned;
            offered.window = windows.iter().find(|(own, _)| *own == row.address).map(|(_, window)| *window);
            offered.teaches = teaches;
            offered.asks = asks.map(|(competence, level)| (topic(*competence), level.number())).collect();
            let from_verdict = [
                (Constraint::Audience, Obstacle::Audience),
                (Constraint::Format, Obstacle::Format),
                (Constraint::Place, Obstacle::Place),
                (Constraint::Language, Obstacle::Language),
            ];
            for (constraint, obstacle) in from_verdict {
                if verdict.contains(constraint) {
                    offered.obstacles.insert(obstacle);
                }
            }
            if banned.contains(&row.address) {
                offered.obstacles.insert(Obstacle::Banned);
            }
            set.all.push(offered);
        }
        set
    }

    fn addresses(&self, ids: &[crate::TrainingId], unknown: &mut Vec<String>) -> Vec<Address> {
        let mut found = Vec::new();
        for id in ids {
            match self.index.find(id.as_str()) {
                Some(address) => found.push(address),
                None => unknown.push(id.to_string()),
            }
        }
        found
    }

    /// What a training takes, and what of it keeps it out.
    fn counted(&self, row: &Row, own: &Persona, request: &PathwayRequest) -> Offered {
        let rules = &request.case.rules;
        let mut obstacles = Obstacles::default();
        let (hours, central, basis) = match row.duration {
            Duration::Stated(hours) => (hours, hours, Basis::Stated),
            Duration::Estimated { median_hours, .. } if rules.central_durations => {
                (median_hours, median_hours, Basis::Estimated)
            }
            Duration::Estimated { median_hours, p80_hours } => (p80_hours, median_hours, Basis::Estimated),
            Duration::MoreThan(hours) | Duration::AtLeast(hours) => (hours, hours, Basis::Unknown),
            Duration::Unknown => (0.0, 0.0, Basis::Unknown),
        };
        let is_settled = match basis {
            Basis::Stated => true,
            Basis::Estimated => rules.facts == Facts::All,
            Basis::Unknown => rules.lifted.contains(Constraint::Time),
        };
        if !is_settled {
            obstacles.insert(Obstacle::Duration);
        }
        let minds_price = own.budget_eur.is_some() && !rules.lifted.contains(Constraint::Price);
        if minds_price && row.price_eur.is_none() && !request.admits_unknown_prices {
            obstacles.insert(Obstacle::Price);
        }
        if self.referential().term(row.kind).id == "event" {
            obstacles.insert(Obstacle::Event);
        }
        Offered {
            address: row.address,
            is_pinned: false,
            window: None,
            obstacles,
            minutes: minutes(hours),
            central_minutes: minutes(central),
            basis,
            cents: row.price_eur.map(|price| (f64::from(price) * 100.0).round() as u32),
            is_self_paced: !row.formats.is_empty() && row.formats.iter().all(|code| self.is_self_paced(code)),
            unstated: DECIDING - row.facts.min(DECIDING),
            teaches: Vec::new(),
            asks: Vec::new(),
        }
    }

    fn is_self_paced(&self, format: Format) -> bool {
        SELF_PACED.contains(&self.referential().term(format).id.as_str())
    }

    /// For each identifier, the place of its training in a set of this snapshot; none when it is not there.
    pub fn places(&self, set: &OfferedSet, ids: &[crate::TrainingId]) -> Vec<Option<usize>> {
        let place = |id: &crate::TrainingId| {
            let address = self.index.find(id.as_str())?;
            set.all.iter().position(|offered| offered.address == address)
        };
        ids.iter().map(place).collect()
    }

    /// The training of something offered by this snapshot.
    pub fn training_of(&self, offered: &Offered) -> Training {
        self.training(offered.address)
    }
}

/// Whole minutes, rounded up so that no limit is passed by a rounding.
fn minutes(hours: f32) -> u32 {
    // A thousandth of a minute absorbs what the storage of hours as f32 adds.
    (f64::from(hours) * 60.0 - 0.001).ceil().max(0.0) as u32
}

/// The limits of a request in the search's units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Minutes over the whole pathway; none: no limit.
    pub minutes: Option<u32>,
    /// Cents over the whole pathway; none: no limit.
    pub cents: Option<u32>,
    /// Trainings; none: no limit.
    pub steps: Option<u8>,
    /// What is wanted among pathways of equal coverage.
    pub preference: Preference,
}

impl Limits {
    /// The limits of a persona already in her case: a year's time and money, in proportion of the months.
    pub fn of(own: &Persona, request: &PathwayRequest) -> Self {
        let lifted = request.case.rules.lifted;
        let share = f64::from(request.months) / 12.0;
        let whole = |per_year: f64, units: f64| (per_year * share * units + 1e-6).floor().min(1e9) as u32;
        let hours = own.hours_year_high.filter(|_| !lifted.contains(Constraint::Time));
        let euros = own.budget_eur.filter(|_| !lifted.contains(Constraint::Price));
        let by_month =
            request.month_hours.map(|hours| (hours.get() * 60.0 * f64::from(request.months)).min(1e9) as u32);
        let minutes = hours.map(|hours| whole(hours.get(), 60.0));
        Self {
            minutes: minutes.into_iter().chain(by_month).min(),
            cents: euros.map(|euros| whole(euros.get(), 100.0)),
            steps: request.steps,
            preference: request.preference,
        }
    }
}
