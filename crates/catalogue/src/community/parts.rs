//! Relays, persons, cohorts and events that make sense, and the way back to what is written. Absent: how they are read
//! (see `read`).

use std::fmt;

use super::moment::{Day, LocalTime};
use super::raw::{RawCohort, RawEvent, RawPerson, RawRelay};
use crate::pathways::Month;
use crate::referential::Referential;
use crate::values::{Hours, WebAddress};
use crate::vocabulary::{Competence, Level};

/// Somebody's function in a ministry, through which trainings and their follow-up reach her colleagues.
#[derive(Debug, Clone, PartialEq)]
pub struct Relay {
    /// Identifier.
    pub id: String,
    /// Ministry, as its roadmap names it.
    pub ministry: String,
    /// Identifier of its roadmap.
    pub roadmap: Option<String>,
    /// Function.
    pub function: String,
    /// Direction or service, when it is known.
    pub direction: Option<String>,
    /// What she can teach, and up to which level; in the referential's order.
    pub teaches: Vec<(Competence, Level)>,
    /// Hours given in a month, when they are known.
    pub hours_per_month: Option<Hours>,
    /// First month in which she teaches; none: no limit is known.
    pub from: Option<Month>,
    /// Last month.
    pub to: Option<Month>,
    /// What to know of it; for a built-in one, what its source says.
    pub note: Option<String>,
    /// Page that names the function.
    pub source: Option<WebAddress>,
    /// Who holds the function, if she agreed to be named.
    pub person: Option<Person>,
    /// Whether it is that of a public source, which nobody has replaced.
    pub is_builtin: bool,
}

/// Who holds a function; she exists only with the day on which she agreed. What shows it for debugging leaves out who she is.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Electronic address, if she gave one.
    pub email: Option<String>,
    /// Day on which she agreed to be named.
    pub agreed_on: Day,
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("agreed_on", &self.agreed_on).finish_non_exhaustive()
    }
}

/// People who follow a pathway together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// Identifier.
    pub id: String,
    /// Name on screens.
    pub label: String,
    /// Identifier of the persona whose pathway it follows; whether there is one is for who holds personas to say.
    pub persona: String,
    /// Ministry; none: several.
    pub ministry: Option<String>,
    /// First month.
    pub starts: Month,
    /// Number of people, when it is known.
    pub people: Option<u32>,
    /// Identifiers of its relays.
    pub relays: Vec<String>,
}

/// What an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// A meeting of relays or of a cohort.
    Meeting,
    /// A short informal meeting.
    Cafe,
    /// Something done together.
    Workshop,
    /// Going to see somebody else's work.
    Visit,
    /// Talks before a larger public.
    Conference,
    /// Anything else.
    Other,
}

const KINDS: [(EventKind, &str, &str); 6] = [
    (EventKind::Meeting, "reunion", "Réunion"),
    (EventKind::Cafe, "cafe", "Café de la data"),
    (EventKind::Workshop, "atelier", "Atelier"),
    (EventKind::Visit, "visite", "Visite"),
    (EventKind::Conference, "conference", "Conférence ou séminaire"),
    (EventKind::Other, "autre", "Autre rendez-vous"),
];

impl EventKind {
    /// All kinds, in their order.
    pub fn all() -> impl Iterator<Item = EventKind> {
        KINDS.iter().map(|(kind, ..)| *kind)
    }

    /// Name in addresses and files.
    pub fn name(self) -> &'static str {
        KINDS[self as usize].1
    }

    /// Label on screens.
    pub fn label(self) -> &'static str {
        KINDS[self as usize].2
    }

    /// The kind of a name.
    pub fn named(name: &str) -> Option<EventKind> {
        EventKind::all().find(|kind| kind.name() == name)
    }
}

/// A dated moment of the community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it is.
    pub kind: EventKind,
    /// When it begins.
    pub starts: LocalTime,
    /// How long it lasts, in minutes.
    pub minutes: u32,
    /// Where, in words.
    pub place: Option<String>,
    /// Page about it, or to join it.
    pub address: Option<WebAddress>,
    /// Identifier of the cohort that it is for; none: everybody.
    pub cohort: Option<String>,
    /// Identifiers of the relays who hold it.
    pub relays: Vec<String>,
    /// What it is about.
    pub summary: Option<String>,
}

impl Relay {
    /// Whether she can bring somebody to a level of a competence in a month.
    pub fn can_teach(&self, competence: Competence, level: Level, month: Month) -> bool {
        let in_time = self.from.is_none_or(|from| from <= month) && self.to.is_none_or(|to| month <= to);
        in_time && self.teaches.iter().any(|(own, to)| *own == competence && *to >= level)
    }

    /// The relay as it is written.
    pub fn to_raw(&self, referential: &Referential) -> RawRelay {
        let teaches = self.teaches.iter();
        RawRelay {
            id: self.id.clone(),
            ministry: self.ministry.clone(),
            roadmap: self.roadmap.clone(),
            function: self.function.clone(),
            direction: self.direction.clone().unwrap_or_default(),
            hours_per_month: self.hours_per_month.map(Hours::get),
            from: self.from.map(|month| month.to_string()),
            to: self.to.map(|month| month.to_string()),
            note: self.note.clone().unwrap_or_default(),
            source: self.source.as_ref().map(|page| page.as_str().to_owned()),
            teaches: teaches
                .map(|(competence, level)| (referential.term(*competence).id.clone(), level.number()))
                .collect(),
            person: self.person.as_ref().map(Person::to_raw),
        }
    }
}

impl Person {
    /// The person as she is written.
    pub fn to_raw(&self) -> RawPerson {
        RawPerson {
            name: self.name.clone(),
            email: self.email.clone(),
            agreed_on: self.agreed_on.to_string(),
        }
    }
}

impl Cohort {
    /// The cohort as it is written.
    pub fn to_raw(&self) -> RawCohort {
        RawCohort {
            id: self.id.clone(),
            label: self.label.clone(),
            persona: self.persona.clone(),
            ministry: self.ministry.clone(),
            starts: self.starts.to_string(),
            people: self.people,
            relays: self.relays.clone(),
        }
    }
}

impl Event {
    /// When it ends, in seconds since 1 January 1970 in universal time.
    pub fn ends_unix_seconds(&self) -> i64 {
        self.starts.unix_seconds() + i64::from(self.minutes) * 60
    }

    /// The event as it is written.
    pub fn to_raw(&self) -> RawEvent {
        RawEvent {
            id: self.id.clone(),
            title: self.title.clone(),
            kind: self.kind.name().to_owned(),
            starts: self.starts.to_string(),
            minutes: self.minutes,
            place: self.place.clone().unwrap_or_default(),
            address: self.address.as_ref().map(|page| page.as_str().to_owned()),
            cohort: self.cohort.clone(),
            relays: self.relays.clone(),
            summary: self.summary.clone().unwrap_or_default(),
        }
    }
}
