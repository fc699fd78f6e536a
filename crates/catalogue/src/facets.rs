//! The facets of the explorer: one table gives each its name in addresses, its label, its
//! vocabulary and the words that tell a filter in a sentence; and a training's values for each.
//! Absent: counting (see the crate `explorer`).

use crate::referential::Referential;
use crate::training::Training;
use crate::vocabulary::{Code, Set};

/// A facet of the explorer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// What trainings are about.
    Theme,
    /// Whom they are for.
    Audience,
    /// What they aim at.
    Objective,
    /// Competences they bring, in blocks.
    Competence,
    /// Stated duration, by buckets.
    Duration,
    /// Stated price, by buckets.
    Price,
    /// How they are given.
    Format,
    /// What they deliver.
    Nature,
    /// Public, private, association.
    ProviderKind,
    /// Who gives them.
    Provider,
    /// Language of teaching.
    Language,
    /// Course, exam, event, alternative format.
    Kind,
}

struct Row {
    facet: Facet,
    name: &'static str,
    label: &'static str,
    phrase: &'static str,
}

const fn row(facet: Facet, name: &'static str, label: &'static str, phrase: &'static str) -> Row {
    Row { facet, name, label, phrase }
}

const TABLE: [Row; 12] = [
    row(Facet::Theme, "theme", "Thématique", "sur le thème"),
    row(Facet::Audience, "audience", "Public visé", "pour le public"),
    row(Facet::Objective, "objective", "Objectif pédagogique", "avec pour objectif"),
    row(Facet::Competence, "competence", "Compétence", "développant"),
    row(Facet::Duration, "duration", "Durée", "avec pour durée"),
    row(Facet::Price, "price", "Prix", "avec pour prix"),
    row(Facet::Format, "format", "Format", "au format"),
    row(Facet::Nature, "nature", "Nature", "de nature"),
    row(Facet::ProviderKind, "provider_kind", "Statut de l’organisme", "d’un organisme de statut"),
    row(Facet::Provider, "provider", "Organisme", "de l’organisme"),
    row(Facet::Language, "language", "Langue", "en langue"),
    row(Facet::Kind, "kind", "Type", "de type"),
];

impl Facet {
    /// All facets, in the order of the page.
    pub fn all() -> impl Iterator<Item = Facet> {
        TABLE.iter().map(|row| row.facet)
    }

    /// Position in [`Facet::all`], and in the index's schema.
    pub fn position(self) -> usize {
        self as usize
    }

    /// Name in addresses; also the name of its vocabulary.
    pub fn name(self) -> &'static str {
        TABLE[self.position()].name
    }

    /// Label on screens.
    pub fn label(self) -> &'static str {
        TABLE[self.position()].label
    }

    /// Words before the values in a sentence: « sur le thème » (« Droit et éthique »).
    pub fn phrase(self) -> &'static str {
        TABLE[self.position()].phrase
    }

    /// The facet of a name.
    pub fn named(name: &str) -> Option<Facet> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.facet)
    }

    /// The number that a range of this facet bears on: position in the index's numbers.
    pub fn number(self) -> Option<usize> {
        match self {
            Facet::Duration => Some(DURATION_HOURS),
            Facet::Price => Some(PRICE_EUR),
            _ => None,
        }
    }
}

/// Position of the stated duration among the index's numbers.
pub(crate) const DURATION_HOURS: usize = 0;
/// Position of the stated price among the index's numbers.
pub(crate) const PRICE_EUR: usize = 1;
/// Position of the date seen among the index's numbers.
pub(crate) const SEEN: usize = 2;

/// Identifiers of a training's values for a facet.
pub(crate) fn values(training: &Training, facet: Facet, referential: &Referential) -> Vec<String> {
    match facet {
        Facet::Theme => ids(training.themes, referential),
        Facet::Audience => ids(training.audiences, referential),
        Facet::Objective => ids(training.objectives, referential),
        Facet::Format => ids(training.formats, referential),
        Facet::Nature => training.nature.iter().map(|code| referential.term(*code).id.clone()).collect(),
        Facet::Language => training.language.iter().map(|code| referential.term(*code).id.clone()).collect(),
        Facet::Kind => vec![referential.term(training.kind).id.clone()],
        Facet::ProviderKind => {
            training.provider.kind.iter().map(|code| referential.term(*code).id.clone()).collect()
        }
        Facet::Provider => vec![training.provider.id()],
        Facet::Competence => {
            training.competences.iter().map(|(code, _)| referential.term(code).id.clone()).collect()
        }
        Facet::Duration => vec![duration_bucket(training.duration_hours.map(|h| h.get())).to_owned()],
        Facet::Price => vec![price_bucket(training.price_eur.map(|p| p.get())).to_owned()],
    }
}

fn ids<C: Code>(set: Set<C>, referential: &Referential) -> Vec<String> {
    set.iter().map(|code| referential.term(code).id.clone()).collect()
}

/// Bucket of a stated duration: a day is 7 hours.
pub(crate) fn duration_bucket(hours: Option<f64>) -> &'static str {
    match hours {
        None => "inconnue",
        Some(hours) if hours <= 2.0 => "2h",
        Some(hours) if hours <= 7.0 => "1j",
        Some(hours) if hours <= 21.0 => "3j",
        Some(_) => "long",
    }
}

/// Bucket of a stated price.
pub(crate) fn price_bucket(euros: Option<f64>) -> &'static str {
    match euros {
        None => "inconnu",
        Some(0.0) => "gratuit",
        Some(euros) if euros <= 500.0 => "500",
        Some(euros) if euros <= 2_000.0 => "2000",
        Some(_) => "plus",
    }
}
