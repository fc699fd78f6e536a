//! A scenario: who, when, by which ways; as it is read, and as it makes sense. Absent: what is asked beside it (see `request`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::read::Reader;
use super::settings::{Setting, Triple};
use super::ways::WayKind;
use crate::parse::Problem;
use crate::pathways::Month;
use crate::values::WebAddress;

/// Most populations of a scenario.
pub const POPULATIONS_MAX: usize = 100;
/// Most people of a population.
pub(super) const PEOPLE_MAX: u32 = 10_000_000;
/// Most months of a scenario.
pub(super) const MONTHS_MAX: u16 = 120;

/// A scenario as its file says it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawScenario {
    /// Identifier: lower-case letters, digits and hyphens.
    pub id: String,
    /// Name on screens.
    pub label: String,
    /// What it is, in a few sentences.
    pub summary: String,
    /// Months simulated.
    pub months: u16,
    /// First month, `2027-01`.
    pub start: String,
    /// Months of the calendar without any session, 1 to 12.
    #[serde(default)]
    pub closed: Vec<u8>,
    /// Who is to be trained.
    #[serde(default, rename = "population")]
    pub populations: Vec<RawPopulation>,
    /// What is followed by populations without a persona.
    #[serde(default, rename = "route", skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<RawRoute>,
    /// How.
    #[serde(default, rename = "way")]
    pub ways: Vec<RawWay>,
    /// What really happened, when somebody published it.
    #[serde(default, rename = "published", skip_serializing_if = "Vec::is_empty")]
    pub published: Vec<RawPublished>,
}

/// A population as a file says it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPopulation {
    /// Identifier.
    pub id: String,
    /// Name on screens.
    pub label: String,
    /// Identifier of the persona whose typical pathway it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persona: Option<String>,
    /// Identifier of the route that it follows instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<String>,
    /// Number of people; none when nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    /// Page that states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What to know of the number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Month from which it may begin, 1 for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_month: Option<u16>,
}

/// A route as a file says it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRoute {
    /// Identifier.
    pub id: String,
    /// Name on screens.
    pub label: String,
    /// Page that states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Its steps, in their order.
    #[serde(default, rename = "step")]
    pub steps: Vec<RawRouteStep>,
}

/// A step of a route as a file says it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRouteStep {
    /// Name on screens.
    pub label: String,
    /// Hours.
    pub hours: f64,
}

/// A way as a file says it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawWay {
    /// Name of the way.
    pub kind: String,
    /// Share of each population that it is given, in percent.
    pub share: f64,
    /// Numbers unlike the usual ones: one value, or the lowest, the likeliest and the highest.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<String, Vec<f64>>,
    /// Why they are so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub why: BTreeMap<String, String>,
}

/// A published fact as a file says it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPublished {
    /// What is stated.
    pub label: String,
    /// The number of people, when it is one that the simulation gives too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trained: Option<u32>,
    /// At the end of which month, 1 for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<u16>,
    /// Page that states it.
    pub source: String,
}

/// A scenario that makes sense.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Identifier.
    pub id: String,
    /// Name on screens.
    pub label: String,
    /// What it is.
    pub summary: String,
    /// Months simulated.
    pub months: u16,
    /// The first one.
    pub start: Month,
    /// Months of the calendar without any session.
    pub closed: Vec<u8>,
    /// Who is to be trained.
    pub populations: Vec<Population>,
    /// What is followed by populations without a persona.
    pub routes: Vec<Route>,
    /// How, each way once at most, in their order.
    pub ways: Vec<Way>,
    /// What really happened.
    pub published: Vec<Published>,
}

/// Who is to be trained.
#[derive(Debug, Clone, PartialEq)]
pub struct Population {
    /// Identifier.
    pub id: String,
    /// Name on screens.
    pub label: String,
    /// What it follows: a persona's typical pathway, or a route.
    pub follows: Follows,
    /// Number of people, when it is known.
    pub people: Option<u32>,
    /// Page that states it.
    pub source: Option<WebAddress>,
    /// What to know of the number.
    pub note: String,
    /// Month from which it may begin, from 0.
    pub from_month: u16,
    /// Whether a reader gave the number.
    pub is_given: bool,
}

impl Population {
    /// Whether a reader leaves it out.
    pub fn is_left_out(&self) -> bool {
        self.is_given && self.people.is_none()
    }
}

/// What a population follows.
#[derive(Debug, Clone, PartialEq)]
pub enum Follows {
    /// The typical pathway of a persona, by her identifier.
    Persona(String),
    /// A route, by its place in the scenario.
    Route(usize),
}

/// What is followed, step by step.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Identifier.
    pub id: String,
    /// Name on screens.
    pub label: String,
    /// Page that states it.
    pub source: Option<WebAddress>,
    /// Its steps.
    pub steps: Vec<RouteStep>,
}

/// A step of a route.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteStep {
    /// Name on screens.
    pub label: String,
    /// Hours.
    pub hours: f64,
}

/// A way of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// Which one.
    pub kind: WayKind,
    /// Share of each population, in percent.
    pub share: f64,
    /// Numbers unlike the usual ones, with why, in the scenario's words; none when a reader gave them.
    pub set: BTreeMap<Setting, (Triple, Option<String>)>,
}

/// What really happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// What is stated.
    pub label: String,
    /// People trained, and the month at whose end, from 0, when the simulation gives them too.
    pub trained: Option<(u32, u16)>,
    /// Page that states it.
    pub source: WebAddress,
}

impl Way {
    /// The value of a setting, what it rests on when it is the usual one, and the scenario's reason otherwise.
    pub fn value(&self, setting: Setting) -> Option<Triple> {
        let usual = setting.default(self.kind).map(|(triple, _)| triple);
        self.set.get(&setting).map(|(triple, _)| *triple).or(usual)
    }
}

impl Scenario {
    /// Makes sense of a raw scenario.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(raw: &RawScenario) -> Result<Self, Vec<Problem>> {
        Reader::default().scenario(raw)
    }

    /// The scenario as its file says it.
    pub fn to_raw(&self) -> RawScenario {
        RawScenario {
            id: self.id.clone(),
            label: self.label.clone(),
            summary: self.summary.clone(),
            months: self.months,
            start: self.start.to_string(),
            closed: self.closed.clone(),
            // One that a reader leaves out is in no file: « nobody knows » would be said of it there.
            populations: self
                .populations
                .iter()
                .filter(|own| !own.is_left_out())
                .map(|own| self.raw_population(own))
                .collect(),
            routes: self.routes.iter().map(raw_route).collect(),
            ways: self.ways.iter().map(raw_way).collect(),
            published: self.published.iter().map(raw_published).collect(),
        }
    }

    fn raw_population(&self, own: &Population) -> RawPopulation {
        let (persona, route) = match &own.follows {
            Follows::Persona(id) => (Some(id.clone()), None),
            Follows::Route(place) => (None, self.routes.get(*place).map(|route| route.id.clone())),
        };
        RawPopulation {
            id: own.id.clone(),
            label: own.label.clone(),
            persona,
            route,
            people: own.people,
            source: own.source.as_ref().map(|page| page.as_str().to_owned()),
            note: own.note.clone(),
            from_month: (own.from_month > 0).then_some(own.from_month + 1),
        }
    }

    /// Share of people given to no way, in percent.
    pub fn unassigned_percent(&self) -> f64 {
        (100.0 - self.ways.iter().map(|way| way.share).sum::<f64>()).max(0.0)
    }

    /// People whose number is known.
    pub fn people(&self) -> u64 {
        self.populations.iter().filter_map(|own| own.people).map(u64::from).sum()
    }

    /// The month of a place in the run, from 0.
    pub fn month(&self, place: usize) -> Month {
        self.start.plus(place as u16)
    }
}

fn raw_route(own: &Route) -> RawRoute {
    RawRoute {
        id: own.id.clone(),
        label: own.label.clone(),
        source: own.source.as_ref().map(|page| page.as_str().to_owned()),
        steps: own
            .steps
            .iter()
            .map(|step| RawRouteStep { label: step.label.clone(), hours: step.hours })
            .collect(),
    }
}

fn raw_way(own: &Way) -> RawWay {
    let values = |triple: &Triple| match triple.is_certain() {
        true => vec![triple.mode],
        false => vec![triple.low, triple.mode, triple.high],
    };
    RawWay {
        kind: own.kind.name().to_owned(),
        share: own.share,
        set: own
            .set
            .iter()
            .map(|(setting, (triple, _))| (setting.name().to_owned(), values(triple)))
            .collect(),
        why: own
            .set
            .iter()
            .filter_map(|(setting, (_, why))| Some((setting.name().to_owned(), why.clone()?)))
            .collect(),
    }
}

fn raw_published(own: &Published) -> RawPublished {
    RawPublished {
        label: own.label.clone(),
        trained: own.trained.map(|(people, _)| people),
        month: own.trained.map(|(_, month)| month + 1),
        source: own.source.as_str().to_owned(),
    }
}
