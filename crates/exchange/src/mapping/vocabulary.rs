//! The values of a vocabulary by the words that stand for them: identifiers, labels, usual words, folded once
//! for all rows. Absent: what a mapping adds to them (see `rows`).

use std::collections::HashMap;

use catalogue::{Referential, slug};

use super::Target;

/// Usual words for values of vocabularies, folded, beside their identifiers and labels.
const USUAL: [(&str, &str); 42] = [
    ("a-distance", "distanciel"),
    ("distance", "distanciel"),
    ("en-presentiel", "presentiel"),
    ("presentielle", "presentiel"),
    ("en-salle", "presentiel"),
    ("classe-virtuelle", "distanciel"),
    ("en-distanciel", "distanciel"),
    ("distancielle", "distanciel"),
    ("elearning", "e-learning"),
    ("en-ligne", "e-learning"),
    ("formation-en-ligne", "e-learning"),
    ("mixte", "hybride"),
    ("blended", "hybride"),
    ("blended-learning", "hybride"),
    ("classroom", "presentiel"),
    ("onsite", "presentiel"),
    ("on-site", "presentiel"),
    ("face-to-face", "presentiel"),
    ("in-person", "presentiel"),
    ("virtual-classroom", "distanciel"),
    ("online", "e-learning"),
    ("online-course", "e-learning"),
    ("self-paced", "e-learning"),
    ("hybrid", "hybride"),
    ("webinaire", "conference"),
    ("coaching", "accompagnement"),
    ("certifiant", "certifiante"),
    ("diplomant", "diplomante"),
    ("qualifiant", "qualifiante"),
    ("french", "fr"),
    ("francais", "fr"),
    ("english", "en"),
    ("anglais", "en"),
    ("espanol", "es"),
    ("deutsch", "de"),
    ("italiano", "it"),
    ("portugues", "pt"),
    ("nederlands", "nl"),
    ("prive", "prive"),
    ("privee", "prive"),
    ("publique", "public"),
    ("association", "associatif"),
];

/// The values of one vocabulary.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    ids: Vec<String>,
    /// Place among the identifiers, by folded word.
    words: HashMap<String, usize>,
}

impl Vocabulary {
    /// That of a field; empty when the field has none.
    pub fn of(target: Target, referential: &Referential) -> Self {
        let name = match target {
            Target::Formats => "format",
            Target::Audiences => "audience",
            Target::Objectives => "objective",
            Target::Themes => "theme",
            Target::Nature | Target::Language | Target::ProviderKind | Target::Kind => target.name(),
            _ => return Self::default(),
        };
        let mut words = HashMap::new();
        let terms = referential.terms(name);
        for (place, term) in terms.iter().enumerate() {
            words.entry(slug(&term.id)).or_insert(place);
            words.entry(slug(&term.label)).or_insert(place);
        }
        for (usual, id) in USUAL {
            if let Some(place) = terms.iter().position(|term| term.id == id) {
                words.entry(usual.to_owned()).or_insert(place);
            }
        }
        Self { ids: terms.iter().map(|term| term.id.clone()).collect(), words }
    }

    /// The identifier of the value that a word stands for.
    pub fn code(&self, word: &str) -> Option<&str> {
        self.words.get(&slug(word)).map(|place| self.ids[*place].as_str())
    }

    /// Identifiers of all values, in order.
    pub fn ids(&self) -> &[String] {
        &self.ids
    }
}
