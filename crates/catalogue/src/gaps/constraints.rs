//! What keeps a training out of a persona's reach, and the rules that may be changed.
//! Absent: what follows for a need (see the module above).

use super::{Reached, reach};
use crate::offer::{Duration, Offer, Row, in_person};
use crate::persona::{Circumstances, Persona};
use crate::referential::Referential;
use crate::values::slug;
use crate::vocabulary::{Code as _, Format, Set};

/// Something that keeps a training out of somebody's reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Constraint {
    /// It is for other publics.
    Audience,
    /// It lasts longer than the time of a year.
    Time,
    /// It costs more than the money of a year.
    Price,
    /// It is given in other formats.
    Format,
    /// It is given elsewhere.
    Place,
    /// It is given in another language.
    Language,
    /// It asks on entry a level that nothing within reach brings to.
    Prerequisite,
}

/// Constraint, name in addresses, label, words for « écartée par … ».
const CONSTRAINTS: [(Constraint, &str, &str, &str); 7] = [
    (Constraint::Audience, "public", "Public visé", "le public visé"),
    (Constraint::Time, "temps", "Temps", "la durée"),
    (Constraint::Price, "prix", "Prix", "le prix"),
    (Constraint::Format, "format", "Format", "le format"),
    (Constraint::Place, "lieu", "Lieu", "le lieu"),
    (Constraint::Language, "langue", "Langue", "la langue"),
    (Constraint::Prerequisite, "prerequis", "Prérequis", "un prérequis que rien d’accessible n’enseigne"),
];

impl Constraint {
    /// All constraints, in the order of the page.
    pub fn all() -> impl Iterator<Item = Constraint> {
        CONSTRAINTS.iter().map(|(constraint, ..)| *constraint)
    }

    /// Name in addresses and files.
    pub fn name(self) -> &'static str {
        CONSTRAINTS[self as usize].1
    }

    /// Label on screens.
    pub fn label(self) -> &'static str {
        CONSTRAINTS[self as usize].2
    }

    /// Words for it in a sentence, with their article.
    pub fn phrase(self) -> &'static str {
        CONSTRAINTS[self as usize].3
    }

    /// The constraint of a name.
    pub fn named(name: &str) -> Option<Constraint> {
        CONSTRAINTS.iter().find(|(_, known, ..)| *known == name).map(|(constraint, ..)| *constraint)
    }
}

/// A set of constraints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Constraints(u8);

impl Constraints {
    /// Adds one.
    pub fn insert(&mut self, constraint: Constraint) {
        self.0 |= 1 << constraint as u8;
    }

    /// Whether one is a member.
    pub fn contains(self, constraint: Constraint) -> bool {
        self.0 >> constraint as u8 & 1 == 1
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Number of members.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Members, in the order of the page.
    pub fn iter(self) -> impl Iterator<Item = Constraint> {
        Constraint::all().filter(move |constraint| self.contains(*constraint))
    }
}

/// Which facts count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Facts {
    /// A fact that nobody states keeps nothing out.
    #[default]
    All,
    /// A fact that nobody states keeps the training out.
    Confirmed,
}

impl Facts {
    /// Name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Facts::All => "tous",
            Facts::Confirmed => "etablis",
        }
    }

    /// The choice of a name.
    pub fn named(name: &str) -> Option<Facts> {
        [Facts::All, Facts::Confirmed].into_iter().find(|facts| facts.name() == name)
    }
}

/// What may be changed of the judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Organisations that make a level covered.
    pub providers_min: u8,
    /// Which facts count.
    pub facts: Facts,
    /// Estimated durations are taken at their median instead of their 80th percentile.
    pub central_durations: bool,
    /// Constraints that are left aside.
    pub lifted: Constraints,
}

impl Default for Rules {
    fn default() -> Self {
        Self { providers_min: 2, facts: Facts::All, central_durations: false, lifted: Constraints::default() }
    }
}

/// How a training stands for a persona.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Verdict {
    pub kept_out_by: Constraints,
    pub unconfirmed: Constraints,
}

/// What one constraint says of one training.
enum Fit {
    Suits,
    Unconfirmed,
    KeepsOut,
    /// It keeps out, by an estimate or a rule.
    LikelyKeepsOut,
}

/// The verdicts on all trainings of an offer for one persona, in the order of the offer.
pub(super) struct Judge {
    pub verdicts: Vec<Verdict>,
}

/// What a persona asks, ready to be compared.
struct Wishes<'a> {
    own: &'a Persona,
    rules: &'a Rules,
    towns: Vec<String>,
    in_person: Set<Format>,
}

impl Judge {
    /// Entry levels included.
    pub fn new(offer: &Offer, own: &Persona, case: &Circumstances, referential: &Referential) -> Self {
        let mut judge = Self::one_by_one(offer, own, case, referential);
        if !case.rules.lifted.contains(Constraint::Prerequisite) {
            let suiting = judge.suiting(offer, None);
            let reached = reach(offer, case, own, &suiting);
            for (row, verdict) in offer.rows.iter().zip(&mut judge.verdicts) {
                if !is_met(offer, row, &reached) {
                    verdict.kept_out_by.insert(Constraint::Prerequisite);
                }
            }
        }
        judge
    }

    /// The rows that nothing keeps out, or nothing but one constraint.
    pub fn suiting<'a>(&self, offer: &'a Offer, but: Option<Constraint>) -> Vec<&'a Row> {
        let mut mask = Constraints::default();
        but.into_iter().for_each(|constraint| mask.insert(constraint));
        let suits = |verdict: &Verdict| verdict.kept_out_by.0 & !mask.0 == 0;
        let rows = offer.rows.iter().zip(&self.verdicts);
        rows.filter(|(_, verdict)| suits(verdict)).map(|(row, _)| row).collect()
    }

    /// Every constraint but entry levels, which depend on other trainings.
    pub fn one_by_one(offer: &Offer, own: &Persona, case: &Circumstances, referential: &Referential) -> Self {
        let towns = own.cities.iter().map(|city| format!("|{}|", slug(city))).collect();
        let wishes = Wishes { own, rules: &case.rules, towns, in_person: in_person(referential) };
        Self { verdicts: offer.rows.iter().map(|row| wishes.verdict(row)).collect() }
    }
}

/// Whether what can be reached meets the entry levels of a training.
pub(super) fn is_met(offer: &Offer, row: &Row, reached: &Reached) -> bool {
    offer
        .asked(row)
        .iter()
        .all(|(competence, level)| reached[usize::from(competence.position())] >= level.number())
}

impl Wishes<'_> {
    fn verdict(&self, row: &Row) -> Verdict {
        let fits = [
            (Constraint::Audience, self.audience(row)),
            (Constraint::Time, self.time(row)),
            (Constraint::Price, self.price(row)),
            (Constraint::Format, self.format(row)),
            (Constraint::Place, self.place(row)),
            (Constraint::Language, self.language(row)),
        ];
        let mut verdict = Verdict::default();
        for (constraint, fit) in fits {
            if self.rules.lifted.contains(constraint) {
                continue;
            }
            match fit {
                Fit::Suits => {}
                Fit::Unconfirmed => {
                    verdict.unconfirmed.insert(constraint);
                    if self.rules.facts == Facts::Confirmed {
                        verdict.kept_out_by.insert(constraint);
                    }
                }
                Fit::KeepsOut => verdict.kept_out_by.insert(constraint),
                Fit::LikelyKeepsOut => {
                    verdict.kept_out_by.insert(constraint);
                    verdict.unconfirmed.insert(constraint);
                }
            }
        }
        verdict
    }

    fn audience(&self, row: &Row) -> Fit {
        match self.own.audience {
            None => Fit::Suits,
            Some(_) if row.audiences.is_empty() => Fit::Unconfirmed,
            Some(audience) if row.audiences.contains(audience) => Fit::Suits,
            Some(_) => Fit::KeepsOut,
        }
    }

    fn time(&self, row: &Row) -> Fit {
        let Some(limit) = self.own.hours_year_high.map(|hours| hours.get() as f32) else { return Fit::Suits };
        match row.duration {
            Duration::Stated(hours) if hours <= limit => Fit::Suits,
            Duration::Stated(_) => Fit::KeepsOut,
            Duration::Estimated { median_hours, p80_hours } => {
                let hours = if self.rules.central_durations { median_hours } else { p80_hours };
                if hours <= limit { Fit::Unconfirmed } else { Fit::LikelyKeepsOut }
            }
            Duration::MoreThan(hours) if hours >= limit => Fit::LikelyKeepsOut,
            Duration::AtLeast(hours) if hours > limit => Fit::LikelyKeepsOut,
            Duration::MoreThan(_) | Duration::AtLeast(_) | Duration::Unknown => Fit::Unconfirmed,
        }
    }

    fn price(&self, row: &Row) -> Fit {
        match (self.own.budget_eur.map(|budget| budget.get() as f32), row.price_eur) {
            (None, _) => Fit::Suits,
            (Some(_), None) => Fit::Unconfirmed,
            (Some(budget), Some(price)) if price <= budget => Fit::Suits,
            (Some(_), Some(_)) => Fit::KeepsOut,
        }
    }

    fn format(&self, row: &Row) -> Fit {
        if self.own.formats.is_empty() {
            return Fit::Suits;
        }
        match row.formats.bits() {
            0 => Fit::Unconfirmed,
            formats if formats & self.own.formats.bits() != 0 => Fit::Suits,
            _ => Fit::KeepsOut,
        }
    }

    fn place(&self, row: &Row) -> Fit {
        let accepted = match self.own.formats.bits() {
            0 => row.formats.bits(),
            accepted => row.formats.bits() & accepted,
        };
        let anywhere = accepted & !self.in_person.bits() != 0;
        if self.towns.is_empty() || anywhere {
            return Fit::Suits;
        }
        match &row.towns {
            None => Fit::Unconfirmed,
            Some(towns) if self.towns.iter().any(|town| towns.contains(town.as_str())) => Fit::Suits,
            // Of unknown formats, it may be given at a distance too.
            Some(_) if row.formats.is_empty() => Fit::Unconfirmed,
            Some(_) => Fit::KeepsOut,
        }
    }

    fn language(&self, row: &Row) -> Fit {
        if self.own.languages.is_empty() {
            return Fit::Suits;
        }
        match row.language {
            None => Fit::Unconfirmed,
            Some(language) if self.own.languages.contains(language) => Fit::Suits,
            Some(_) => Fit::KeepsOut,
        }
    }
}
