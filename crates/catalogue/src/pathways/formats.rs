//! Ways to learn that are no course: a visit, reverse mentoring, a workshop on one's own data, from `data/alternatives.csv`,
//! where each says what of it is sourced and what is proposed. Absent: trainings.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::persona::Persona;
use crate::referential::Referential;
use crate::values::WebAddress;
use crate::vocabulary::{Audience, Competence, Level};

/// A way to learn that is no course.
#[derive(Debug, Clone, PartialEq)]
pub struct AlternativeFormat {
    /// Identifier.
    pub id: String,
    /// Label on screens.
    pub label: String,
    /// What it is, in a phrase.
    pub summary: String,
    /// Hours, when they are known or assumed.
    pub duration_hours: Option<f64>,
    /// Whether the hours are an assumption of ours.
    pub is_duration_assumed: bool,
    /// Least number of people.
    pub group_min: Option<u16>,
    /// Most people.
    pub group_max: Option<u16>,
    /// Publics it suits; empty: all.
    pub audiences: Vec<Audience>,
    /// Levels it brings to, by our proposal.
    pub competences: Vec<(Competence, Level)>,
    /// Where it was seen.
    pub where_seen: String,
    /// Page that says so.
    pub source: WebAddress,
    /// What of it is sourced, and what is proposed.
    pub status: String,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    label: String,
    summary: String,
    duration_hours: Option<f64>,
    group_min: Option<u16>,
    group_max: Option<u16>,
    audiences: String,
    competences: String,
    where_seen: String,
    source_url: String,
    status: String,
    is_duration_assumed: String,
}

impl AlternativeFormat {
    fn read(row: Row, referential: &Referential) -> Option<Self> {
        let parts = |text: &str| -> Vec<String> {
            text.split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let level = |text: &String| {
            let (id, level) = text.split_once('=')?;
            Some((referential.code::<Competence>(id)?, Level::new(level.parse().ok()?)?))
        };
        Some(Self {
            audiences: parts(&row.audiences).iter().map(|id| referential.code(id)).collect::<Option<_>>()?,
            competences: parts(&row.competences).iter().map(level).collect::<Option<_>>()?,
            source: WebAddress::parse(&row.source_url).ok()?,
            id: row.id,
            label: row.label,
            summary: row.summary,
            duration_hours: row.duration_hours,
            is_duration_assumed: row.is_duration_assumed == "oui",
            group_min: row.group_min,
            group_max: row.group_max,
            where_seen: row.where_seen,
            status: row.status,
        })
    }

    /// All of them, in the order of the file.
    ///
    /// # Panics
    /// Never: a test reads the table.
    pub fn all() -> &'static [AlternativeFormat] {
        static TABLE: OnceLock<Vec<AlternativeFormat>> = OnceLock::new();
        TABLE.get_or_init(|| {
            let text = include_str!("../../../../data/alternatives.csv");
            let referential = Referential::builtin();
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let rows = reader.deserialize::<Row>().map(|row| {
                let row = row.expect("the built-in alternative formats are tested");
                Self::read(row, &referential).expect("the built-in alternative formats are tested")
            });
            rows.collect()
        })
    }

    /// Whether it suits a persona's public and can raise a competence that stands at a level.
    pub fn helps(&self, persona: &Persona, competence: Competence, from: u8) -> bool {
        let suits = persona
            .audience
            .is_none_or(|audience| self.audiences.is_empty() || self.audiences.contains(&audience));
        suits && self.competences.iter().any(|(own, to)| *own == competence && to.number() > from)
    }
}
