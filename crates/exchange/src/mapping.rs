//! A mapping: which column of somebody's table is which field of a training, and what its words mean. It is
//! a TOML file that a person can read, and [`Mapping::recognise`] writes its first draft.
//! Absent: reading tables (see `table`), checks of trainings (see `catalogue`).

mod above;
mod around;
mod aside;
mod bounds;
mod cells;
mod clocks;
mod codes;
mod contents;
mod convention;
mod doubts;
mod durations;
mod exclusions;
mod file;
mod fitting;
pub(crate) mod footers;
pub(crate) mod groups;
mod names;
pub(crate) mod past;
mod placed;
mod places;
mod propose;
mod qualifiers;
mod remarks;
mod repeated;
mod rows;
mod said;
mod strengths;
mod survey;
mod taxes;
mod texts;
mod towns;
mod values;
mod vocabulary;

use std::collections::BTreeMap;

use catalogue::Field;
use catalogue::french::quoted;
use serde::{Deserialize, Serialize};

use crate::issue::Fault;
use crate::table::Options;

pub use around::lines_that_count;
pub use names::{is_known, named};
pub use past::is_past;
pub use rows::{Mapped, RowReader};
pub use survey::{ColumnSurvey, Survey};
pub use texts::{apart, label};
pub(crate) use towns::known as known_town;
pub(crate) use values::{date as day, number};

/// Longest mapping file, in bytes.
pub const MAPPING_BYTES: usize = 1 << 20;

/// What a column is to a training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The provider's own reference, from which the identifier is made.
    Id,
    /// Its title.
    Title,
    /// Name of the provider.
    Provider,
    /// Status of the provider.
    ProviderKind,
    /// Type.
    Kind,
    /// Address of its page.
    Url,
    /// Address of the page that states the row, when it is another.
    Source,
    /// Date of that page.
    Seen,
    /// Language of teaching.
    Language,
    /// Formats.
    Formats,
    /// Duration, with or without a unit.
    Duration,
    /// Price.
    Price,
    /// City.
    City,
    /// Nature.
    Nature,
    /// Codes of certifications.
    Certification,
    /// Whether it is for public servants only.
    PublicSectorOnly,
    /// Audiences.
    Audiences,
    /// Objectives.
    Objectives,
    /// Themes.
    Themes,
    /// Codes of FORMACODE, quoted beside the themes.
    Formacode,
    /// Codes of the nomenclature of specialities (NSF), quoted beside the themes.
    Nsf,
    /// Codes of ROME, quoted beside the themes.
    Rome,
    /// Requirements, in words.
    Prerequisites,
    /// Presentation.
    Summary,
}

impl Target {
    /// All of them, with their names in a mapping and what they are called on screens.
    pub const ALL: [(Self, &'static str, &'static str); 24] = [
        (Self::Id, "id", "référence chez l’organisme"),
        (Self::Title, "title", "intitulé"),
        (Self::Provider, "provider", "organisme"),
        (Self::ProviderKind, "provider_kind", "statut de l’organisme"),
        (Self::Kind, "kind", "type"),
        (Self::Url, "url", "page de la formation"),
        (Self::Source, "source", "page qui l’affirme"),
        (Self::Seen, "seen", "date de cette page"),
        (Self::Language, "language", "langue"),
        (Self::Formats, "formats", "format"),
        (Self::Duration, "duration", "durée"),
        (Self::Price, "price", "prix"),
        (Self::City, "city", "ville"),
        (Self::Nature, "nature", "nature"),
        (Self::Certification, "certification", "code RNCP ou RS"),
        (Self::PublicSectorOnly, "public_sector_only", "réservée aux agents publics"),
        (Self::Audiences, "audiences", "public visé"),
        (Self::Objectives, "objectives", "objectif pédagogique"),
        (Self::Themes, "themes", "thématique"),
        (Self::Formacode, "formacode", "codes FORMACODE"),
        (Self::Nsf, "nsf", "codes NSF"),
        (Self::Rome, "rome", "codes ROME"),
        (Self::Prerequisites, "prerequisites", "prérequis"),
        (Self::Summary, "summary", "présentation"),
    ];

    /// Its name in a mapping.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(target, ..)| *target == self).map_or("", |(_, name, _)| name)
    }

    /// Whether several columns may bring values to it.
    pub fn gathers(self) -> bool {
        let values = [
            Self::Formats,
            Self::Audiences,
            Self::Objectives,
            Self::Themes,
            Self::Summary,
            Self::Certification,
        ];
        values.contains(&self) || self.nomenclature().is_some()
    }

    /// Whether several columns may say it, the best one being taken for each row: hours rather than days, a price with
    /// taxes rather than without.
    pub fn alternates(self) -> bool {
        matches!(self, Self::Duration | Self::Price)
    }

    /// Whether it tells one training from another: it is taken from a hidden column too, when nothing else says it.
    pub fn tells_apart(self) -> bool {
        matches!(self, Self::Id | Self::Title | Self::Provider | Self::Url)
    }

    /// Whether tables say it of people and of other things than trainings too: the name of an agent, the town of a seat.
    fn is_told_of_others(self) -> bool {
        matches!(self, Self::Title | Self::Provider | Self::City | Self::Url | Self::Summary)
    }

    /// The nomenclature whose codes it is.
    fn nomenclature(self) -> Option<&'static str> {
        match self {
            Self::Formacode => Some("FORMACODE"),
            Self::Nsf => Some("NSF"),
            Self::Rome => Some("ROME"),
            _ => None,
        }
    }
}

/// What a bare number of hours, days or minutes counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days of [`Settings::hours_per_day`].
    Days,
}

impl Unit {
    /// Its name in a mapping.
    fn name(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
        }
    }
}

/// One column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name in the table.
    pub name: String,
    /// What it is; nothing: the column is left out.
    pub field: Option<Target>,
    /// Between several values of a cell.
    pub separator: Option<String>,
    /// What bare numbers count, of a duration.
    pub unit: Option<Unit>,
    /// Whether prices are without taxes, when their cells do not say: shown as such, never converted.
    #[serde(default)]
    pub without_taxes: bool,
    /// The value that a mark (« x », « oui ») in this column stands for.
    pub when_marked: Option<String>,
    /// Columns that say its unit, its currency or its basis: their words are read after its own.
    #[serde(default)]
    pub with: Vec<String>,
    /// The column that gives the most of what this one gives the least of: a value is taken when both are the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<String>,
    /// Columns read in its place, in this order, where its cell is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub otherwise: Vec<String>,
    /// Whether it was recognised by what it holds, not by its name: told until a person has looked.
    #[serde(default)]
    pub to_check: bool,
    /// Why it is not taken in spite of its name: told until a person says what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<String>,
    /// Whether its durations or prices stay in words, since something in the table says that they are of another sort: a
    /// note above it, a count of people beside them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_words: bool,
    /// What the table's words mean: words to a value of Parcours, or to nothing (unknown). A key that
    /// ends with `*` stands for all words that begin so.
    #[serde(default, deserialize_with = "file::values")]
    pub values: BTreeMap<String, String>,
}

impl Column {
    /// A column of this name that is not taken.
    pub fn left_out(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            field: None,
            separator: None,
            unit: None,
            without_taxes: false,
            when_marked: None,
            with: Vec::new(),
            up_to: None,
            otherwise: Vec::new(),
            to_check: false,
            doubt: None,
            in_words: false,
            values: BTreeMap::new(),
        }
    }
}

/// What holds for every row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Hours in a day of training.
    pub hours_per_day: f64,
    /// Hours in half a day.
    pub hours_per_half_day: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { hours_per_day: 7.0, hours_per_half_day: 3.5 }
    }
}

/// What a row has when its table does not say.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Defaults {
    /// Name of the provider.
    pub provider: Option<String>,
    /// Status of the provider.
    pub provider_kind: Option<String>,
    /// Type; `course` when absent.
    pub kind: Option<String>,
    /// Language of teaching.
    pub language: Option<String>,
    /// Address of the page where the table was found.
    pub source: Option<String>,
    /// Date of the table: `2024`, `2024-05` or `2024-05-17`.
    pub seen: Option<String>,
}

/// How to read the table itself; what is absent is detected.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TableSettings {
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Line of the names of columns.
    pub header_line: Option<u64>,
    /// Whether a line names the columns; `false`: they are « colonne 1 », « colonne 2 »…
    pub header: Option<bool>,
    /// Encoding of a CSV file.
    pub encoding: Option<String>,
    /// Separator of a CSV file.
    pub separator: Option<char>,
    /// Key of the list, in each object of a JSON file, whose objects are the trainings; what contains it is then
    /// in columns « parent.… ».
    pub list: Option<String>,
}

/// A whole mapping.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// How to read the table.
    pub table: TableSettings,
    /// What holds for every row.
    pub settings: Settings,
    /// What a row has when its table does not say.
    pub defaults: Defaults,
    /// The columns; those that are not named are left out.
    pub column: Vec<Column>,
}

impl Mapping {
    fn contradiction(&self) -> Option<Fault> {
        let in_reach = |hours: f64| hours > 0.0 && hours <= 24.0;
        if !in_reach(self.settings.hours_per_day) || !in_reach(self.settings.hours_per_half_day) {
            let remedy = "écrivez entre 0 et 24 heures pour hours_per_day et hours_per_half_day";
            return Some(Fault::new("la durée d’une journée n’est pas possible", remedy));
        }
        if self.table.header_line == Some(0) {
            let remedy = "écrivez son numéro à partir de 1, ou header = false quand il n’y en a pas";
            return Some(Fault::new("la ligne d’en-tête 0 n’existe pas", remedy));
        }
        if self.table.header == Some(false) && self.table.header_line.is_some() {
            let message = "header = false dit que la table n’a pas d’en-tête, et header_line dit où il est";
            return Some(Fault::new(message, "gardez une seule des deux lignes"));
        }
        for (at, column) in self.column.iter().enumerate() {
            let before = &self.column[..at];
            if before.iter().any(|other| other.name == column.name && other.field == column.field) {
                let fault = Fault::new("la colonne est décrite deux fois", "gardez une seule description");
                return Some(fault.column(&column.name));
            }
            if column.unit.is_some() && column.field != Some(Target::Duration) {
                let fault = Fault::new("unit ne vaut que pour une durée", "retirez la ligne unit");
                return Some(fault.column(&column.name));
            }
            let Some(target) = column.field.filter(|target| !target.gathers() && !target.alternates()) else {
                continue;
            };
            if let Some(other) = before.iter().find(|other| other.field == Some(target)) {
                let message = format!("deux colonnes donnent le champ {}", quoted(target.name()));
                let remedy = format!("retirez la ligne field de {} ou de l’autre", quoted(&other.name));
                return Some(Fault::new(message, remedy).column(&column.name));
            }
        }
        let remedy = "écrivez field = \"title\" sous la colonne qui porte l’intitulé des formations";
        // Without any column, it only says how to read the table.
        (!self.has_title() && !self.column.is_empty())
            .then(|| Fault::new("aucune colonne ne donne l’intitulé", remedy))
    }

    /// Whether a column gives the title.
    pub fn has_title(&self) -> bool {
        self.column.iter().any(|column| column.field == Some(Target::Title))
    }

    /// The first column whose name says a field and which is not taken for a reason: its name, and why.
    pub fn left_for_doubt(&self, target: Target) -> Option<(&str, &str)> {
        let columns: Vec<String> = self.column.iter().map(|column| column.name.clone()).collect();
        self.column.iter().filter(|column| column.field.is_none()).find_map(|column| {
            let says = names::target(repeated::base(&column.name, &columns).0);
            Some((column.name.as_str(), column.doubt.as_deref()?)).filter(|_| says == Some(target))
        })
    }

    /// Whether a column, or a default, gives the provider.
    pub fn has_provider(&self) -> bool {
        self.defaults.provider.is_some()
            || self.column.iter().any(|column| column.field == Some(Target::Provider))
    }

    /// Whether the table has a column for a field, or the mapping a default; `unread` names the columns whose
    /// cell could not be read.
    pub fn has_room(&self, field: Field, unread: &[String]) -> bool {
        let is_read = |column: &Column| {
            !unread.contains(&column.name) && column.otherwise.iter().all(|other| !unread.contains(other))
        };
        let told =
            |wanted: Target| self.column.iter().any(|column| column.field == Some(wanted) && is_read(column));
        match field {
            Field::Kind => told(Target::Kind) || self.defaults.kind.is_some(),
            Field::Title | Field::Provider => true,
            Field::Url => told(Target::Url),
            Field::Language => told(Target::Language) || self.defaults.language.is_some(),
            Field::Formats => told(Target::Formats),
            Field::Duration => told(Target::Duration),
            Field::Price => told(Target::Price),
            Field::City => told(Target::City),
            Field::Nature => told(Target::Nature) || told(Target::Certification),
            Field::PublicSectorOnly => told(Target::PublicSectorOnly),
            Field::Audience => told(Target::Audiences),
            Field::Objectives => told(Target::Objectives),
            Field::Themes => told(Target::Themes),
            Field::Competences => false,
            Field::Prerequisites => told(Target::Prerequisites),
            Field::Summary => told(Target::Summary),
        }
    }

    /// What the table calls one of our columns (« title », « price_eur »); what is said on screens when it has none.
    pub fn column_for(&self, ours: &str) -> String {
        let name = ours.trim_end_matches("_hours").trim_end_matches("_eur");
        let target = Target::ALL.iter().find(|(_, own, _)| *own == name).map(|(target, ..)| *target);
        let column = self.column.iter().find(|column| column.field.is_some() && column.field == target);
        column.map_or_else(|| crate::fields::column_label(ours), |column| column.name.clone())
    }

    /// The mapping as a file, without comments: [`Mapping::parse`] reads it back.
    pub fn to_text(&self) -> String {
        toml::to_string(self).expect("names and words are plain data")
    }

    /// How its table is to be read.
    pub fn options(&self) -> Options {
        let TableSettings { sheet, header_line, header, encoding, separator, list } = self.table.clone();
        Options { sheet, header_line, header, encoding, separator, list }
    }
}

/// What a name is before the number that a repeated name is given: « Formation (2) ».
fn parted_number(name: &str) -> Option<&str> {
    let (base, number) = name.strip_suffix(')')?.rsplit_once(" (")?;
    number.parse().is_ok_and(|number: u32| number > 1).then_some(base)
}
