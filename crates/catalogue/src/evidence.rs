//! Where a field comes from: address, date seen, words of the source, or the stated rule that
//! stands in for it. Absent: the estimates themselves (see `estimate`).

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::french::quoted;
use crate::training::Training;
use crate::values::{Seen, ValueError, WebAddress, text};

/// Where a source is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// A page of the web.
    Web(WebAddress),
    /// A file that somebody brought, by its name: its facts have no page of their own.
    File(String),
}

/// Before the name of a file, in our files.
pub const FILE_SCHEME: &str = "fichier:";
/// Longest name of a file, in characters.
const FILE_NAME_CHARS: usize = 200;

impl Place {
    /// Reads an address of the web, or « fichier: » and a name.
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        match raw.trim().strip_prefix(FILE_SCHEME) {
            Some(name) => text(name, FILE_NAME_CHARS).map(Self::File),
            None => WebAddress::parse(raw).map(Self::Web),
        }
    }

    /// The address of a page; `None` for a file.
    pub fn link(&self) -> Option<&str> {
        match self {
            Self::Web(address) => Some(address.as_str()),
            Self::File(_) => None,
        }
    }

    /// The site, or « fichier » and its name.
    pub fn site(&self) -> String {
        match self {
            Self::Web(address) => address.host().to_owned(),
            Self::File(name) => format!("fichier {}", quoted(name)),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Web(address) => f.write_str(address.as_str()),
            Self::File(name) => write!(f, "{FILE_SCHEME}{name}"),
        }
    }
}

/// A page or a file that states something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Where it is.
    pub address: Place,
    /// Date of the page or of the visit; `None` when the page is not dated.
    pub seen: Option<Seen>,
}

/// The sources of a training, by field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources {
    /// The page that states all fields but those of `by_field`.
    pub main: Source,
    /// Pages of single fields.
    pub by_field: BTreeMap<Field, Source>,
    /// Words of the source for a field.
    pub stated: BTreeMap<Field, String>,
}

/// A field of a training that evidence can be given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Field {
    /// `kind`
    Kind,
    /// `title`
    Title,
    /// `provider` and its kind
    Provider,
    /// `url`
    Url,
    /// `language`
    Language,
    /// `formats`
    Formats,
    /// `duration_hours`
    Duration,
    /// `price_eur`
    Price,
    /// `city`
    City,
    /// `nature`
    Nature,
    /// `public_sector_only`
    PublicSectorOnly,
    /// `audiences`
    Audience,
    /// `objectives`
    Objectives,
    /// `themes`
    Themes,
    /// `competences`
    Competences,
    /// `prerequisites`
    Prerequisites,
    /// `summary`
    Summary,
}

/// How a field is known: decides how a screen marks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The source states it.
    Stated,
    /// An editor judged it from what the source states.
    Editor,
    /// Written by the catalogue's editors.
    Written,
    /// Nobody states it.
    Unknown,
}

const FIELDS: [(Field, &str, &str); 17] = [
    (Field::Kind, "kind", "Type"),
    (Field::Title, "title", "Intitulé"),
    (Field::Provider, "provider", "Organisme"),
    (Field::Url, "url", "Page de la formation"),
    (Field::Language, "language", "Langue"),
    (Field::Formats, "formats", "Format"),
    (Field::Duration, "duration", "Durée"),
    (Field::Price, "price", "Prix"),
    (Field::City, "city", "Lieu"),
    (Field::Nature, "nature", "Nature"),
    (Field::PublicSectorOnly, "public_sector_only", "Réservée aux agents publics"),
    (Field::Audience, "audience", "Public visé"),
    (Field::Objectives, "objectives", "Objectif pédagogique"),
    (Field::Themes, "themes", "Thématique"),
    (Field::Competences, "competences", "Compétences et niveau atteint"),
    (Field::Prerequisites, "prerequisites", "Prérequis"),
    (Field::Summary, "summary", "Résumé"),
];

impl Field {
    /// All fields, in the order of a training's page.
    pub fn all() -> impl Iterator<Item = Field> {
        FIELDS.iter().map(|(field, ..)| *field)
    }

    /// Name in files.
    pub fn name(self) -> &'static str {
        FIELDS[self as usize].1
    }

    /// Label on screens.
    pub fn label(self) -> &'static str {
        FIELDS[self as usize].2
    }

    /// The field of a name.
    pub fn named(name: &str) -> Option<Field> {
        FIELDS.iter().find(|(_, known, _)| *known == name).map(|(field, ..)| *field)
    }
}

impl Training {
    /// How a field is known.
    pub fn origin(&self, field: Field) -> Origin {
        use Origin::{Editor, Stated, Unknown, Written};
        let known = |present: bool, origin: Origin| if present { origin } else { Unknown };
        let words = self.sources.stated.contains_key(&field);
        match field {
            Field::Kind | Field::Title | Field::Provider => Stated,
            Field::Url => known(self.url.is_some(), Stated),
            Field::Language => known(self.language.is_some(), Stated),
            Field::Formats => known(!self.formats.is_empty(), Stated),
            Field::Duration => known(self.duration_hours.is_some() || words, Stated),
            Field::Price => known(self.price_eur.is_some() || words, Stated),
            Field::City => known(self.city.is_some(), Stated),
            Field::Nature => known(self.nature.is_some(), Editor),
            Field::PublicSectorOnly => known(self.public_sector_only.is_some(), Stated),
            Field::Audience => known(!self.audiences.is_empty(), Editor),
            Field::Objectives => known(!self.objectives.is_empty(), Editor),
            Field::Themes => known(!self.themes.is_empty(), Editor),
            Field::Competences => known(!self.competences.is_empty(), Editor),
            Field::Prerequisites => match (words, self.prerequisites.is_empty()) {
                (true, _) => Stated,
                (false, false) => Editor,
                (false, true) => Unknown,
            },
            // A summary whose source is named is that source's own.
            Field::Summary => match self.sources.by_field.contains_key(&Field::Summary) {
                true => known(!self.summary.is_empty(), Stated),
                false => known(!self.summary.is_empty(), Written),
            },
        }
    }

    /// The page a field was read on; `None` when the field is unknown.
    pub fn source(&self, field: Field) -> Option<&Source> {
        let known = self.origin(field) != Origin::Unknown;
        known.then(|| self.sources.by_field.get(&field).unwrap_or(&self.sources.main))
    }

    /// The source's own words for a field.
    pub fn stated(&self, field: Field) -> Option<&str> {
        self.sources.stated.get(&field).map(String::as_str)
    }
}
