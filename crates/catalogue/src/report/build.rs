//! The order of sections, and what all of them share: whom the report bears on, its date, what each table says of itself.
//! Absent: what sections say (see the modules beside).

use super::document::{Report, Section, Table};
use super::request::{ReportRequest, SectionKind};
use super::{
    actors, brief, gaps, limits, map, method, pathways, personas, recommendations, scenarios, sources,
    summary,
};
use crate::french::{self, typeset};
use crate::gaps::Gaps;
use crate::pathways::{Outcome, Pathway};
use crate::persona::{Circumstances, Persona};
use crate::quality::Quality;
use crate::recommendations::{RecommendationOutcome, Recommendations};
use crate::referential::Referential;
use crate::scenarios::Simulation;
use crate::snapshot::Snapshot;
use crate::values::Seen;

/// Most personas of a report; one chooses beyond.
pub const PERSONAS_MAX: usize = 8;

/// What a report is made from.
pub struct Inputs<'a> {
    /// The offer.
    pub snapshot: &'a Snapshot,
    /// All personas in place.
    pub personas: &'a [Persona],
    /// Their typical pathways, as far as they were found.
    pub pathways: &'a [TypicalPathway],
    /// The trainings to build, as far as they were found.
    pub recommendations: Option<&'a RecommendationOutcome>,
    /// Scenarios simulated; empty when they are not wanted or could not be.
    pub scenarios: &'a [Simulation],
    /// What is asked.
    pub request: &'a ReportRequest,
}

/// The typical pathway of a persona.
#[derive(Debug, Clone, PartialEq)]
pub struct TypicalPathway {
    /// Identifier of the persona.
    pub persona: String,
    /// What the search ended with; `None` when it refused.
    pub outcome: Option<Outcome>,
}

/// A persona of the report, with what the offer leaves her and her pathway.
pub(super) struct Subject<'a> {
    pub persona: &'a Persona,
    pub gaps: Gaps,
    pub outcome: Option<&'a Outcome>,
}

impl Subject<'_> {
    /// The pathway, when one was found.
    pub fn pathway(&self) -> Option<&Pathway> {
        match self.outcome {
            Some(Outcome::Found(own)) => Some(own),
            _ => None,
        }
    }
}

/// What sections are written from.
pub(super) struct Material<'a> {
    pub snapshot: &'a Snapshot,
    pub subjects: Vec<Subject<'a>>,
    /// Personas left out for want of room.
    pub left_out: usize,
    pub quality: Quality,
    pub recommendations: Option<&'a RecommendationOutcome>,
    pub scenarios: &'a [Simulation],
    /// The version and the date, in words.
    stamp: String,
}

impl<'a> Material<'a> {
    fn new(inputs: &Inputs<'a>, day: &str) -> Self {
        let wanted: Vec<&Persona> = match &inputs.request.persona {
            Some(id) => inputs.personas.iter().filter(|persona| persona.id == *id).collect(),
            None => inputs.personas.iter().collect(),
        };
        let case = Circumstances::default();
        let subject = |persona: &&'a Persona| Subject {
            persona,
            gaps: inputs.snapshot.gaps(persona, &case),
            outcome: inputs
                .pathways
                .iter()
                .find(|found| found.persona == persona.id)
                .and_then(|found| found.outcome.as_ref()),
        };
        let stamp = inputs.snapshot.stamp();
        Self {
            snapshot: inputs.snapshot,
            subjects: wanted.iter().take(PERSONAS_MAX).map(subject).collect(),
            left_out: wanted.len().saturating_sub(PERSONAS_MAX),
            quality: inputs.snapshot.quality(),
            recommendations: inputs.recommendations,
            scenarios: inputs.scenarios,
            stamp: format!(
                "version {} du catalogue, publiée le {} ; rapport du {}",
                french::integer(stamp.revision),
                words(&stamp.published_at),
                words(day)
            ),
        }
    }

    /// The referential.
    pub fn referential(&self) -> &Referential {
        self.snapshot.referential()
    }

    /// What a table bears on, in a sentence: its filters, the version, the date.
    pub fn scope(&self, filters: &str) -> String {
        typeset(&format!("Filtres : {filters} ; {}.", self.stamp))
    }

    /// What a table of the whole offer says of its filters.
    pub fn whole(&self) -> String {
        self.scope(&format!("aucun, {}", self.trainings()))
    }

    /// What a table about a persona says of its filters.
    pub fn of(&self, persona: &Persona) -> String {
        self.scope(&format!("persona {}, {}", french::quoted(&persona.label), self.trainings()))
    }

    /// « 445 formations »
    pub fn trainings(&self) -> String {
        french::counted(self.snapshot.len() as u64, "formation", "formations")
    }

    /// The trainings to build, when they were found.
    pub fn found(&self) -> Option<&'a Recommendations> {
        match self.recommendations {
            Some(RecommendationOutcome::Found(own)) => Some(own),
            _ => None,
        }
    }

    /// What is said of the personas that are left out.
    pub fn others_told(&self) -> Option<String> {
        (self.left_out > 0).then(|| {
            format!(
                "Ce rapport porte sur les {PERSONAS_MAX} premiers personas ; {} : choisissez-en un pour un rapport qui lui soit propre.",
                french::counted(self.left_out as u64, "autre n’y est pas", "autres n’y sont pas")
            )
        })
    }
}

/// The day of a moment written as RFC 3339, in French words.
fn words(moment: &str) -> String {
    let day = moment.get(..10).unwrap_or(moment);
    Seen::parse(day).map_or_else(|_| day.to_owned(), Seen::in_french)
}

/// The report.
pub fn report(inputs: &Inputs<'_>) -> Report {
    let request = inputs.request.clone();
    let stamp = inputs.snapshot.stamp();
    let day = request
        .date
        .map_or_else(|| stamp.published_at.get(..10).unwrap_or_default().to_owned(), |date| date.to_string());
    let material = Material::new(inputs, &day);
    let filters = match material.subjects.as_slice() {
        [only] if request.persona.is_some() => format!("persona {}", french::quoted(&only.persona.label)),
        _ => "aucun".to_owned(),
    };
    let sections = match request.is_one_page {
        true => vec![brief::section(&material)],
        false => sections(&material, &request),
    };
    let title = "Former les cadres publics à la donnée";
    Report {
        title: title.to_owned(),
        subtitle: "Ce que l’offre couvre, ce qui manque, que suivre et dans quel ordre".to_owned(),
        date: words(&day),
        day,
        revision: stamp.revision,
        scope: material.scope(&format!("{filters}, {}", material.trainings())),
        figures: summary::figures(&material),
        sections,
        request,
    }
}

fn sections(material: &Material<'_>, request: &ReportRequest) -> Vec<Section> {
    let write = |kind| match kind {
        SectionKind::Summary => summary::section(material),
        SectionKind::Method => method::section(material),
        SectionKind::Map => map::section(material),
        SectionKind::Actors => actors::section(material),
        SectionKind::Personas => personas::section(material),
        SectionKind::Gaps => gaps::section(material),
        SectionKind::Pathways => pathways::section(material),
        SectionKind::Recommendations => recommendations::section(material),
        SectionKind::Limits => limits::section(material),
        SectionKind::Sources => sources::section(material),
        SectionKind::Scenarios => scenarios::section(material),
    };
    SectionKind::all().filter(|kind| request.wants(*kind)).map(write).collect()
}

/// The same table, of which pages and paper show the first rows only.
pub(super) fn cut(table: Table, most: usize) -> Table {
    Table { most: Some(most), ..table }
}
