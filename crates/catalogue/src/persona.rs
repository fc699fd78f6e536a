//! Personas: profiles of public executives, the levels that each needs, and the constraints under which each can
//! learn. Absent: files (see the crate `exchange`), what the offer leaves of the needs (see `gaps`).

mod circumstances;
mod headcounts;
mod raw;

pub use circumstances::{Circumstances, CircumstancesError, Known};
pub use headcounts::{Headcount, HeadcountKind, headcounts};
pub use raw::{NEEDS_MAX, RawNeed, RawNotNeeded, RawPersona};

use crate::values::{Euros, Hours, WebAddress};
use crate::vocabulary::{Audience, Competence, Format, Language, Level, Set};

/// A profile: who, what she needs, and with what time, money and habits she can learn.
#[derive(Debug, Clone, PartialEq)]
pub struct Persona {
    /// Identifier, unique among personas: lower-case letters, digits and hyphens.
    pub id: String,
    /// Label on screens.
    pub label: String,
    /// What she does, in a sentence.
    pub situation: String,
    /// The public that trainings name her by; `None`: any.
    pub audience: Option<Audience>,
    /// Least time in a year.
    pub hours_year_low: Option<Hours>,
    /// Most time in a year; `None`: no limit is known.
    pub hours_year_high: Option<Hours>,
    /// Most money in a year, in euros; `None`: no limit is known.
    pub budget_eur: Option<Euros>,
    /// Formats she accepts; empty: all.
    pub formats: Set<Format>,
    /// Towns where she can go; empty: anywhere.
    pub cities: Vec<String>,
    /// Languages she learns in; empty: all.
    pub languages: Set<Language>,
    /// Month by which she must be ready, as `2027-12`.
    pub deadline: Option<String>,
    /// Page that the profile rests on.
    pub source: Option<WebAddress>,
    /// What of it is sourced, and what is proposed.
    pub status: String,
    /// Levels to reach, in the referential's order.
    pub needs: Vec<Need>,
    /// Competences that she does not need, with the reason.
    pub not_needed: Vec<NotNeeded>,
}

/// A competence to bring from a level to a higher one.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// The competence.
    pub competence: Competence,
    /// Level mastered already; 0: none.
    pub from: u8,
    /// Level to reach, above `from`.
    pub to: Level,
    /// Importance beside the other needs, above 0.
    pub weight: f64,
    /// Why.
    pub reason: String,
    /// Page that supports the need, not its level.
    pub source: Option<WebAddress>,
    /// What of it is sourced, and what is proposed.
    pub status: String,
}

/// A competence left out on purpose.
#[derive(Debug, Clone, PartialEq)]
pub struct NotNeeded {
    /// The competence.
    pub competence: Competence,
    /// Why.
    pub reason: String,
    /// Page that supports the reason.
    pub source: Option<WebAddress>,
}

impl Need {
    /// The levels to gain, lowest first.
    pub fn levels(&self) -> impl Iterator<Item = Level> {
        let (from, to) = (self.from, self.to);
        Level::all().filter(move |level| level.number() > from && *level <= to)
    }
}

impl Persona {
    /// Number of levels to gain over all needs.
    pub fn levels(&self) -> usize {
        self.needs.iter().map(|need| need.levels().count()).sum()
    }

    /// The need of a competence.
    pub fn need(&self, competence: Competence) -> Option<&Need> {
        self.needs.iter().find(|need| need.competence == competence)
    }
}
