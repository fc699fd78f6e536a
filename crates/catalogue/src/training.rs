//! A training, all of whose fields have been parsed. Absent: how it is read (see `parse`).

use serde::{Deserialize, Serialize};

use crate::evidence::Sources;
use crate::french::euros;
use crate::price::PriceBasis;
use crate::values::{Euros, Hours, TrainingId, WebAddress, slug};
use crate::vocabulary::{
    Audience, Competence, Format, Kind, Language, Level, Nature, Objective, ProviderKind, Set, Theme,
};

/// One module of the offer. A fact that no source states is `None`, or an empty set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Training {
    /// Identifier, unique in a catalogue.
    pub id: TrainingId,
    /// Course, exam, event or alternative format.
    pub kind: Kind,
    /// Title as its source writes it.
    pub title: String,
    /// Who gives it.
    pub provider: Provider,
    /// Its own page.
    pub url: Option<WebAddress>,
    /// Language of teaching.
    pub language: Option<Language>,
    /// How it is given.
    pub formats: Set<Format>,
    /// Stated duration.
    pub duration_hours: Option<Hours>,
    /// Stated price; 0 is free.
    pub price_eur: Option<Euros>,
    /// Where it is given.
    pub city: Option<String>,
    /// What it delivers.
    pub nature: Option<Nature>,
    /// Whether it is open to public servants only.
    pub public_sector_only: Option<bool>,
    /// Whom it is for (editor's judgement).
    pub audiences: Set<Audience>,
    /// What it aims at (editor's judgement).
    pub objectives: Set<Objective>,
    /// What it is about (editor's judgement).
    pub themes: Set<Theme>,
    /// Levels reached (editor's judgement).
    pub competences: Levels,
    /// Levels asked on entry (editor's judgement).
    pub prerequisites: Levels,
    /// Summary, written by the catalogue's editors unless a source is named for it; empty when there is
    /// none.
    pub summary: String,
    /// Where each field comes from.
    pub sources: Sources,
}

impl Training {
    /// The stated price as a screen shows it, with « HT » when the source says so.
    pub fn price_in_french(&self) -> Option<String> {
        let price = euros(self.price_eur?.get());
        Some(match self.price_basis() {
            PriceBasis::WithoutTaxes => format!("{price}\u{a0}HT"),
            PriceBasis::WithTaxes | PriceBasis::Unsaid => price,
        })
    }

    /// The highest level that the training brings to, over all its competences.
    pub fn highest_level(&self) -> Option<Level> {
        self.competences.iter().map(|(_, level)| level).max()
    }
}

/// Who gives a training.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    /// Name as written.
    pub name: String,
    /// Public, private or association, when it is known.
    pub kind: Option<ProviderKind>,
}

impl Provider {
    /// Identifier in addresses: the slug of the name, so that two spellings that differ by case or
    /// accents are one provider.
    pub fn id(&self) -> String {
        slug(&self.name)
    }
}

/// A level for each of some competences, in the referential's order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Levels(Vec<(Competence, Level)>);

impl Levels {
    /// Level of a competence.
    pub fn get(&self, competence: Competence) -> Option<Level> {
        self.0.iter().find(|(known, _)| *known == competence).map(|(_, level)| *level)
    }

    /// Competences and levels, in the referential's order.
    pub fn iter(&self) -> impl Iterator<Item = (Competence, Level)> {
        self.0.iter().copied()
    }

    /// Whether no competence is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(Competence, Level)> for Levels {
    fn from_iter<I: IntoIterator<Item = (Competence, Level)>>(levels: I) -> Self {
        let mut list: Vec<_> = levels.into_iter().collect();
        list.sort_unstable();
        list.dedup_by_key(|(competence, _)| *competence);
        Self(list)
    }
}
