//! The community: relays by ministry, cohorts, events, and the plan of their meetings.
//!
//! Rules, all shown on the pages:
//! - a relay is a function in a ministry first; who holds it is named only with the day on which she agreed, and can be erased;
//! - the data administrators that public sources speak of are relays too, without a name, each until somebody writes a relay
//!   of the same identifier;
//! - a relay can teach a level of a competence when she says that she can bring to it, or higher, in the months that she gives;
//! - an event begins at an hour of Paris; without a cohort it is for everybody;
//! - a plan of meetings is drawn from a scenario (see `animation`): what is sourced of it is told apart from what is proposed.
//!
//! Absent: where persons are kept (see the crate `store`), files and feeds (see `exchange`), the clock: the day is given.

pub mod animation;
mod builtin;
mod moment;
mod parts;
mod raw;
mod read;

pub use moment::{Day, LocalTime};
pub use parts::{Cohort, Event, EventKind, Person, Relay};
pub use raw::{RawCohort, RawCommunity, RawEvent, RawPerson, RawRelay};
pub use read::{COHORTS_MAX, EVENTS_MAX, RELAYS_MAX, RELAYS_NAMED_MAX};

use crate::parse::Problem;
use crate::pathways::Month;
use crate::referential::Referential;
use crate::roadmaps::Roadmaps;
use crate::values::slug;
use crate::vocabulary::{Competence, Level};

/// All relays, cohorts and events, those of public sources included.
#[derive(Debug, Clone, PartialEq)]
pub struct Community {
    /// By ministry, then function.
    relays: Vec<Relay>,
    /// By first month, then name.
    cohorts: Vec<Cohort>,
    /// By beginning.
    events: Vec<Event>,
}

impl Community {
    /// Makes sense of a raw community, and adds the built-in relays that it does not replace.
    ///
    /// # Errors
    /// All that is wrong with it, each with a key such as `relay[2].person.email`.
    pub fn parse(
        raw: &RawCommunity,
        referential: &Referential,
        roadmaps: &Roadmaps,
    ) -> Result<Self, Vec<Problem>> {
        let builtin = builtin::relays(roadmaps);
        let mut read = read::Reader::new(referential, roadmaps).community(raw, &builtin)?;
        let is_free = |own: &Relay| raw.relays.iter().all(|other| other.id != own.id);
        read.relays.extend(builtin.into_iter().filter(is_free));
        read.relays.sort_by_cached_key(by_ministry);
        read.cohorts.sort_by_cached_key(|own| (own.starts, slug(&own.label), own.id.clone()));
        read.events.sort_by_cached_key(|own| (own.starts, own.id.clone()));
        Ok(read)
    }

    /// The relays of public sources alone.
    pub fn builtin(roadmaps: &Roadmaps) -> Self {
        let mut relays = builtin::relays(roadmaps);
        relays.sort_by_cached_key(by_ministry);
        Self { relays, cohorts: Vec::new(), events: Vec::new() }
    }

    /// What somebody wrote of it, as it is written: built-in relays are left out.
    pub fn to_raw(&self, referential: &Referential) -> RawCommunity {
        let own = self.relays.iter().filter(|relay| !relay.is_builtin);
        RawCommunity {
            relays: own.map(|relay| relay.to_raw(referential)).collect(),
            cohorts: self.cohorts.iter().map(Cohort::to_raw).collect(),
            events: self.events.iter().map(Event::to_raw).collect(),
        }
    }

    /// All relays, by ministry, then function.
    pub fn relays(&self) -> &[Relay] {
        &self.relays
    }

    /// All cohorts, by first month, then name.
    pub fn cohorts(&self) -> &[Cohort] {
        &self.cohorts
    }

    /// All events, by beginning.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The relay of an identifier.
    pub fn relay(&self, id: &str) -> Option<&Relay> {
        self.relays.iter().find(|own| own.id == id)
    }

    /// The cohort of an identifier.
    pub fn cohort(&self, id: &str) -> Option<&Cohort> {
        self.cohorts.iter().find(|own| own.id == id)
    }

    /// The event of an identifier.
    pub fn event(&self, id: &str) -> Option<&Event> {
        self.events.iter().find(|own| own.id == id)
    }

    /// Ministries with their relays, in alphabetical order.
    pub fn by_ministry(&self) -> Vec<(&str, Vec<&Relay>)> {
        let mut ministries: Vec<(&str, Vec<&Relay>)> = Vec::new();
        for relay in &self.relays {
            match ministries.last_mut() {
                Some((ministry, own)) if *ministry == relay.ministry => own.push(relay),
                _ => ministries.push((&relay.ministry, vec![relay])),
            }
        }
        ministries
    }

    /// Relays who can bring somebody to a level of a competence in a month.
    pub fn who_can_teach(
        &self,
        competence: Competence,
        level: Level,
        month: Month,
    ) -> impl Iterator<Item = &Relay> {
        self.relays.iter().filter(move |own| own.can_teach(competence, level, month))
    }

    /// Events that begin on a day or later, the nearest first.
    pub fn upcoming(&self, from: Day) -> &[Event] {
        let first = self.events.partition_point(|own| own.starts.day() < from);
        &self.events[first..]
    }

    /// Events of a cohort, those for everybody left out.
    pub fn events_of<'a>(&'a self, cohort: &'a str) -> impl Iterator<Item = &'a Event> {
        self.events.iter().filter(move |own| own.cohort.as_deref() == Some(cohort))
    }

    /// Relays whose holder agreed to be named and gave an address.
    pub fn contacts(&self) -> impl Iterator<Item = (&Relay, &Person, &str)> {
        self.relays.iter().filter_map(|relay| {
            let person = relay.person.as_ref()?;
            Some((relay, person, person.email.as_deref()?))
        })
    }
}

/// Ministries in alphabetical order, accents aside, then functions.
fn by_ministry(relay: &Relay) -> (String, String, String, String) {
    (slug(&relay.ministry), relay.ministry.clone(), slug(&relay.function), relay.id.clone())
}
