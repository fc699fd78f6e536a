//! Headcounts that a source states of a persona's population, from `data/headcounts.csv`.
//! Absent: estimates: a population that nobody counts has no row.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::values::WebAddress;

/// How many people a persona stands for, somewhere.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Headcount {
    /// Identifier of the persona.
    pub persona: String,
    /// Ministry, as its source names it; « État » for the whole.
    pub ministry: String,
    /// What is counted.
    pub population: String,
    /// Number of people, or of posts.
    pub count: u64,
    /// Year.
    pub year: u16,
    /// What the number is.
    pub kind: HeadcountKind,
    /// Where it was read.
    #[serde(rename = "source_url", deserialize_with = "address")]
    pub source: WebAddress,
    /// What to know of it.
    pub note: String,
}

/// What a headcount is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum HeadcountKind {
    /// People counted.
    #[serde(rename = "effectif")]
    Counted,
    /// Most posts that a decree allows.
    #[serde(rename = "plafond")]
    Ceiling,
}

impl Headcount {
    /// What the number is, in words.
    pub fn kind_in_french(&self) -> &'static str {
        match self.kind {
            HeadcountKind::Counted => "effectif",
            HeadcountKind::Ceiling => "plafond d’emplois",
        }
    }
}

fn address<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<WebAddress, D::Error> {
    let text = String::deserialize(deserializer)?;
    WebAddress::parse(&text).map_err(|error| serde::de::Error::custom(error.problem))
}

/// The sourced headcounts of a persona: the whole first.
///
/// # Panics
/// Never: a test reads the table.
pub fn headcounts(persona: &str) -> impl Iterator<Item = &'static Headcount> {
    static TABLE: OnceLock<Vec<Headcount>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let text = include_str!("../../../../data/headcounts.csv");
        let rows: Result<_, _> = csv::Reader::from_reader(text.as_bytes()).deserialize().collect();
        rows.expect("the built-in headcounts are tested")
    });
    table.iter().filter(move |row| row.persona == persona)
}
