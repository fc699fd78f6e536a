//! Calendars (RFC 5545) of events, in universal time, and of a plan, by whole months. Persons are left out: what somebody
//! subscribed to cannot be erased. Absent: reading calendars.

use catalogue::community::Community;
use catalogue::community::animation::{AnimationPlan, PlanItem};
use catalogue::french::typeset;
use catalogue::pathways::{Month, minutes_in_french};
use chrono::{DateTime, NaiveDate, Utc};
use icalendar::{Calendar, Component, Event, EventLike, Property};

use super::{Dated, FeedAbout};

/// A calendar of events. The same events give the same bytes.
pub fn events_calendar(events: &[Dated], community: &Community, about: &FeedAbout) -> Vec<u8> {
    let mut calendar = begun(about.title);
    for Dated { event: own, changed_at } in events {
        let instant = |seconds| DateTime::<Utc>::from_timestamp(seconds, 0);
        let (Some(from), Some(to)) = (instant(own.starts.unix_seconds()), instant(own.ends_unix_seconds()))
        else {
            continue;
        };
        let stamp = stamp_of(changed_at);
        let mut event = Event::new();
        event
            .uid(&format!("rendez-vous-{}@{}", own.id, about.authority))
            .timestamp(stamp)
            .last_modified(stamp)
            .summary(&own.title)
            .starts(from)
            .ends(to)
            .categories([own.kind.label()]);
        let described = description(own, community);
        if !described.is_empty() {
            event.description(&described);
        }
        if let Some(place) = &own.place {
            event.location(place);
        }
        if let Some(page) = &own.address {
            event.url(page.as_str());
        }
        calendar.push(event.done());
    }
    calendar.to_string().into_bytes()
}

/// A calendar of a plan: each item from the first day of its month to the last, which leaves the time free. `changed_at` is
/// when the plan was drawn, RFC 3339.
pub fn plan_calendar(plan: &AnimationPlan, authority: &str, changed_at: &str) -> Vec<u8> {
    let stamp = stamp_of(changed_at);
    let mut calendar = begun(&format!("Plan d’animation : {}", plan.label));
    for item in plan.items() {
        let (Some(from), Some(to)) = (first_day(item.month), first_day(item.month.plus(1))) else { continue };
        let mut event = Event::new();
        event
            .uid(&format!("plan-{}-{}@{authority}", plan.scenario, item.id))
            .timestamp(stamp)
            .summary(&item.title)
            .description(&planned(item))
            .starts(from)
            .ends(to)
            .categories([item.kind.label()])
            .append_property(Property::new("TRANSP", "TRANSPARENT").done());
        if let Some(page) = &item.ground.page {
            event.url(page.as_str());
        }
        calendar.push(event.done());
    }
    calendar.to_string().into_bytes()
}

/// What is said of an event beside its title, a line each: what it is about, for whom, who holds it, by function.
pub(super) fn description(own: &catalogue::community::Event, community: &Community) -> String {
    let mut lines: Vec<String> = own.summary.iter().cloned().collect();
    let cohort = own.cohort.as_deref().and_then(|id| community.cohort(id));
    lines.extend(cohort.map(|cohort| format!("Cohorte : {}", cohort.label)));
    let relays = own.relays.iter().filter_map(|id| community.relay(id));
    lines.extend(relays.map(|relay| format!("Relais : {}, {}", relay.function, relay.ministry)));
    typeset(&lines.join("\n"))
}

fn planned(item: &PlanItem) -> String {
    let mut lines = vec![format!("Pour : {}", item.for_whom)];
    if let Some(minutes) = item.minutes {
        let assumed = if item.is_duration_assumed { " (hypothèse)" } else { "" };
        lines.push(format!("Durée : {}{assumed}", minutes_in_french(minutes.into())));
    }
    lines.push(item.ground.told.clone());
    typeset(&lines.join("\n"))
}

fn begun(name: &str) -> Calendar {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0").done());
    calendar.append_property(Property::new("PRODID", "-//Parcours//Parcours//FR").done());
    let name = typeset(name);
    // The library escapes the texts of properties that it knows: this one is of RFC 7986.
    let escape = |name: String, sign: &char| name.replace(*sign, &format!("\\{sign}"));
    let escaped = ['\\', ';', ','].iter().fold(name.clone(), escape);
    calendar.append_property(Property::new("NAME", escaped).done());
    calendar.append_property(Property::new("X-WR-CALNAME", name).done());
    calendar
}

fn stamp_of(moment: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(moment).map_or(DateTime::UNIX_EPOCH, |date| date.with_timezone(&Utc))
}

fn first_day(month: Month) -> Option<NaiveDate> {
    let (year, month) = month.parts();
    NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), 1)
}
