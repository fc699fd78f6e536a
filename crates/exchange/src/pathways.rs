//! A pathway as a table for spreadsheets and as a calendar. Absent: reading them back, the search.

use catalogue::Referential;
use catalogue::pathways::{Basis, Month, Pathway, Reason, minutes_in_french};
use chrono::{DateTime, NaiveDate, Utc};
use icalendar::{Calendar, Component, Event, EventLike, Property};

use crate::sheet::write_csv_record;

const COLUMNS: [&str; 16] = [
    "kind",
    "step",
    "id",
    "title",
    "provider",
    "url",
    "hours",
    "duration",
    "hours_if_central",
    "price_eur",
    "month_first",
    "month_last",
    "competence",
    "level_from",
    "level_to",
    "why",
];

/// One line for each rise that a step brings (`step`), then one for each level left (`unmet`), with why.
pub fn pathway_table(own: &Pathway, referential: &Referential) -> Vec<u8> {
    let mut lines: Vec<Vec<String>> = vec![COLUMNS.iter().map(|name| (*name).to_owned()).collect()];
    // A hundredth of an hour is less than a minute.
    let hours = |minutes: u32| ((f64::from(minutes) / 60.0 * 100.0).round() / 100.0).to_string();
    let id = |competence| referential.term(competence).id.clone();
    for (number, step) in own.steps.iter().enumerate() {
        let training = &step.training;
        let month =
            |month: fn((u8, u8)) -> u8| step.months.map(|own| month(own).to_string()).unwrap_or_default();
        let own = vec![
            "step".to_owned(),
            (number + 1).to_string(),
            training.id.to_string(),
            training.title.clone(),
            training.provider.name.clone(),
            training.url.as_ref().map(|page| page.as_str().to_owned()).unwrap_or_default(),
            hours(step.minutes),
            match step.basis {
                Basis::Stated => "stated",
                Basis::Estimated => "estimated",
                Basis::Unknown => "unknown",
            }
            .to_owned(),
            hours(step.central_minutes),
            training.price_eur.map(|price| price.get().to_string()).unwrap_or_default(),
            month(|own| own.0),
            month(|own| own.1),
        ];
        let without = step.without.as_ref().map(|without| without.in_french()).unwrap_or_default();
        if step.gains.is_empty() {
            let rest = [String::new(), String::new(), String::new(), without.clone()];
            lines.push(own.iter().cloned().chain(rest).collect());
        }
        for gain in &step.gains {
            let rest = [id(gain.competence), gain.from.to_string(), gain.to.to_string(), without.clone()];
            lines.push(own.iter().cloned().chain(rest).collect());
        }
    }
    for unmet in &own.unmet {
        let mut line = vec![String::new(); COLUMNS.len()];
        line[0] = "unmet".to_owned();
        line[12] = id(unmet.competence);
        line[13] = (unmet.level.number() - 1).to_string();
        line[14] = unmet.level.number().to_string();
        line[15] = Reason::in_french(&unmet.reason, referential);
        lines.push(line);
    }
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    for line in &lines {
        write_csv_record(&mut bytes, line).expect("memory is written");
    }
    bytes
}

/// A calendar (RFC 5545) of the steps that have months: one event for each, from the first day of its first month to the last
/// of its last one, that leaves the time free. `stamp` is when the catalogue was published, RFC 3339: the same pathway gives
/// the same bytes.
pub fn pathway_calendar(own: &Pathway, start: Month, stamp: &str) -> Vec<u8> {
    let stamp =
        DateTime::parse_from_rfc3339(stamp).map_or(DateTime::UNIX_EPOCH, |date| date.with_timezone(&Utc));
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0").done());
    calendar.append_property(Property::new("PRODID", "-//Parcours//Parcours//FR").done());
    calendar.name(&format!("Parcours : {}", own.persona.label));
    for (number, step) in own.steps.iter().enumerate() {
        let Some((first, last)) = step.months else { continue };
        let day = |months: u8| {
            let (year, month) = start.plus(u16::from(months)).parts();
            NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), 1)
        };
        let (Some(from), Some(to)) = (day(first - 1), day(last)) else { continue };
        let training = &step.training;
        let estimated = match step.basis {
            Basis::Stated => "",
            Basis::Estimated => " (durée estimée)",
            Basis::Unknown => " (durée inconnue)",
        };
        let mut event = Event::new();
        event
            .uid(&format!("{}-{start}-{}@parcours", own.persona.id, training.id))
            .timestamp(stamp)
            .summary(&format!("Étape {} : {}", number + 1, training.title))
            .description(&format!(
                "{}, {}{estimated}",
                training.provider.name,
                minutes_in_french(step.minutes.into())
            ))
            .starts(from)
            .ends(to)
            .append_property(Property::new("TRANSP", "TRANSPARENT").done());
        if let Some(page) = &training.url {
            event.url(page.as_str());
        }
        calendar.push(event.done());
    }
    calendar.to_string().into_bytes()
}
