//! From a raw row to a training and back: the only door by which a training is made.
//! Absent: files and their lines (see the crate `exchange`).

use std::collections::BTreeMap;
use std::fmt;

use crate::evidence::{Field, Place, Source, Sources};
use crate::raw::{RawSource, RawTraining};
use crate::referential::Referential;
use crate::training::{Levels, Provider, Training};
use crate::values::{Euros, Hours, Seen, TrainingId, ValueError, WebAddress, text};
use crate::vocabulary::{Code, Competence, Level, Set};

/// Longest title, in characters.
pub const TITLE_CHARS: usize = 300;
/// Longest provider's name or city, in characters.
pub const NAME_CHARS: usize = 200;
/// Longest summary, in characters.
pub const SUMMARY_CHARS: usize = 4_000;
/// Longest words of a source, in characters.
pub const STATED_CHARS: usize = 1_000;

/// Something wrong with one column of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Column of our files.
    pub column: String,
    /// The value, as read.
    pub value: String,
    /// What is wrong, in French.
    pub problem: String,
    /// What to do about it, in French.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value: String = self.value.chars().take(80).collect();
        write!(f, "colonne « {} », valeur « {value} » : {} ; {}", self.column, self.problem, self.remedy)
    }
}

/// Collects the problems of a row while its fields are read.
pub(crate) struct Reader<'a> {
    referential: &'a Referential,
    pub problems: Vec<Problem>,
}

impl Training {
    /// Checks a raw row; either a training or everything that is wrong with the row.
    pub fn parse(raw: &RawTraining, referential: &Referential) -> Result<Training, Vec<Problem>> {
        let mut reader = Reader::new(referential);
        let training = reader.training(raw);
        match training {
            Some(training) if reader.problems.is_empty() => Ok(training),
            _ => Err(reader.problems),
        }
    }

    /// The row that parses back to this training.
    pub fn to_raw(&self, referential: &Referential) -> RawTraining {
        let codes = |levels: &Levels| -> BTreeMap<String, u8> {
            levels.iter().map(|(c, level)| (referential.term(c).id.clone(), level.number())).collect()
        };
        let source = |source: &Source| RawSource {
            address: source.address.to_string(),
            seen: source.seen.map(|seen| seen.to_string()),
        };
        RawTraining {
            id: self.id.to_string(),
            kind: referential.term(self.kind).id.clone(),
            title: self.title.clone(),
            provider: self.provider.name.clone(),
            provider_kind: self
                .provider
                .kind
                .map_or_else(String::new, |kind| referential.term(kind).id.clone()),
            url: self.url.as_ref().map(|url| url.as_str().to_owned()),
            language: self.language.map(|code| referential.term(code).id.clone()),
            formats: ids(self.formats, referential),
            duration_hours: self.duration_hours.map(Hours::get),
            price_eur: self.price_eur.map(Euros::get),
            city: self.city.clone(),
            nature: self.nature.map(|code| referential.term(code).id.clone()),
            public_sector_only: self.public_sector_only,
            audiences: ids(self.audiences, referential),
            objectives: ids(self.objectives, referential),
            themes: ids(self.themes, referential),
            competences: codes(&self.competences),
            prerequisites: codes(&self.prerequisites),
            summary: self.summary.clone(),
            source: source(&self.sources.main),
            stated: self
                .sources
                .stated
                .iter()
                .map(|(f, words)| (f.name().to_owned(), words.clone()))
                .collect(),
            sources: self.sources.by_field.iter().map(|(f, s)| (f.name().to_owned(), source(s))).collect(),
        }
    }
}

fn ids<C: Code>(set: Set<C>, referential: &Referential) -> Vec<String> {
    set.iter().map(|code| referential.term(code).id.clone()).collect()
}

impl<'a> Reader<'a> {
    pub fn new(referential: &'a Referential) -> Self {
        Self { referential, problems: Vec::new() }
    }

    fn training(&mut self, raw: &RawTraining) -> Option<Training> {
        let id = self.keep("id", &raw.id, TrainingId::parse(&raw.id));
        let kind = self.code("kind", &raw.kind);
        let title = self.keep("title", &raw.title, text(&raw.title, TITLE_CHARS));
        let provider = self.provider(raw);
        let url = self.optional("url", raw.url.as_deref(), WebAddress::parse);
        let language = raw.language.as_deref().and_then(|id| self.code("language", id));
        let formats = self.codes("formats", &raw.formats);
        let duration_hours =
            raw.duration_hours.and_then(|h| self.keep("duration_hours", &h.to_string(), Hours::new(h)));
        let price_eur = raw.price_eur.and_then(|p| self.keep("price_eur", &p.to_string(), Euros::new(p)));
        let city = self.optional("city", raw.city.as_deref(), |city| text(city, NAME_CHARS));
        let nature = raw.nature.as_deref().and_then(|id| self.code("nature", id));
        let audiences = self.codes("audiences", &raw.audiences);
        let objectives = self.codes("objectives", &raw.objectives);
        let themes = self.codes("themes", &raw.themes);
        let competences = self.levels("competences", &raw.competences);
        let prerequisites = self.levels("prerequisites", &raw.prerequisites);
        let summary = match raw.summary.trim() {
            "" => Some(String::new()),
            written => self.keep("summary", written, text(written, SUMMARY_CHARS)),
        };
        let sources = self.sources(raw);
        Some(Training {
            id: id?,
            kind: kind?,
            title: title?,
            provider: provider?,
            url,
            language,
            formats,
            duration_hours,
            price_eur,
            city,
            nature,
            public_sector_only: raw.public_sector_only,
            audiences,
            objectives,
            themes,
            competences,
            prerequisites,
            summary: summary?,
            sources: sources?,
        })
    }

    fn provider(&mut self, raw: &RawTraining) -> Option<Provider> {
        let name = self.keep("provider", &raw.provider, text(&raw.provider, NAME_CHARS));
        let kind = match raw.provider_kind.as_str() {
            "" => None,
            id => Some(self.code("provider_kind", id)?),
        };
        let provider = Provider { name: name?, kind };
        if provider.id().is_empty() {
            self.refuse(
                "provider",
                &raw.provider,
                ValueError::new(
                    "le nom ne contient ni lettre latine ni chiffre",
                    "écrivez aussi le nom en caractères latins",
                ),
            );
            return None;
        }
        Some(provider)
    }

    fn sources(&mut self, raw: &RawTraining) -> Option<Sources> {
        let main = self.source("source", &raw.source);
        let mut stated = BTreeMap::new();
        for (name, words) in &raw.stated {
            let column = format!("stated.{name}");
            let field = self.field(&column, name);
            let words = self.keep(&column, words, text(words, STATED_CHARS));
            if let (Some(field), Some(words)) = (field, words) {
                stated.insert(field, words);
            }
        }
        let mut by_field = BTreeMap::new();
        for (name, source) in &raw.sources {
            let column = format!("sources.{name}");
            let field = self.field(&column, name);
            if let (Some(field), Some(source)) = (field, self.source(&column, source)) {
                by_field.insert(field, source);
            }
        }
        Some(Sources { main: main?, by_field, stated })
    }

    fn source(&mut self, column: &str, raw: &RawSource) -> Option<Source> {
        let address = self.keep(&format!("{column}.address"), &raw.address, Place::parse(&raw.address));
        let seen = self.optional(&format!("{column}.seen"), raw.seen.as_deref(), Seen::parse);
        Some(Source { address: address?, seen })
    }

    fn field(&mut self, column: &str, name: &str) -> Option<Field> {
        let field = Field::named(name).ok_or_else(|| {
            let known: Vec<&str> = Field::all().map(Field::name).collect();
            ValueError::new("ce champ n’existe pas", format!("choisissez parmi {}", known.join(", ")))
        });
        self.keep(column, name, field)
    }

    fn levels(&mut self, column: &str, raw: &BTreeMap<String, u8>) -> Levels {
        let mut levels = Vec::new();
        for (id, number) in raw {
            let competence = self.code::<Competence>(column, id);
            let level = Level::new(*number)
                .ok_or_else(|| ValueError::new("le niveau n’existe pas", "écrivez un niveau de 1 à 4"));
            let level = self.keep(column, &format!("{id}={number}"), level);
            levels.extend(competence.zip(level));
        }
        levels.into_iter().collect()
    }

    pub fn codes<C: Code>(&mut self, column: &str, raw: &[String]) -> Set<C> {
        raw.iter().filter_map(|id| self.code::<C>(column, id)).collect()
    }

    pub fn code<C: Code>(&mut self, column: &str, id: &str) -> Option<C> {
        let code = self.referential.code(id).ok_or_else(|| {
            let known: Vec<&str> =
                self.referential.terms(C::VOCABULARY).iter().map(|t| t.id.as_str()).collect();
            ValueError::new(
                "cette valeur n’est pas du vocabulaire",
                format!("choisissez parmi {}", known.join(", ")),
            )
        });
        self.keep(column, id, code)
    }

    pub fn optional<T>(
        &mut self,
        column: &str,
        raw: Option<&str>,
        parse: impl FnOnce(&str) -> Result<T, ValueError>,
    ) -> Option<T> {
        raw.and_then(|raw| self.keep(column, raw, parse(raw)))
    }

    pub fn keep<T>(&mut self, column: &str, value: &str, result: Result<T, ValueError>) -> Option<T> {
        result.map_err(|error| self.refuse(column, value, error)).ok()
    }

    pub fn refuse(&mut self, column: &str, value: &str, error: ValueError) {
        self.problems.push(Problem {
            column: column.to_owned(),
            value: value.to_owned(),
            problem: error.problem,
            remedy: error.remedy,
        });
    }
}
