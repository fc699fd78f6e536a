//! Communities in files: one TOML file with `[[relay]]`, `[[cohort]]` and `[[event]]`, read with the line of each fault, and
//! written; calendars, a feed and contacts. Absent: what a community must be (see `catalogue::community`), where it is kept
//! (see the crate `store`).

mod calendars;
mod contacts;
mod feed;

use catalogue::community::{Community, RawCommunity};
use catalogue::roadmaps::Roadmaps;
use catalogue::{Problem, Referential};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub use calendars::{events_calendar, plan_calendar};
pub use contacts::{contact_cards, contacts_table};
pub use feed::events_feed;

use crate::Issue;
use crate::issue::Fault;
use crate::personas::key_in_french;
use crate::scenarios::unreadable;

/// Longest file of a community, in bytes.
pub const COMMUNITY_BYTES: usize = 4 << 20;

/// An event, and when what is known of it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated<'a> {
    /// The event.
    pub event: &'a catalogue::community::Event,
    /// When, RFC 3339.
    pub changed_at: &'a str,
}

/// What a calendar or a feed says of itself. The same one gives the same identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedAbout<'a> {
    /// Its title.
    pub title: &'a str,
    /// Domain name of who publishes it: it makes identifiers unique, so it must not change.
    pub authority: &'a str,
    /// Whole address of the page that shows the same.
    pub page: &'a str,
    /// Whole address of the feed itself.
    pub itself: &'a str,
    /// When what it is drawn from changed, RFC 3339: an event that goes says it no more. An event may say it later.
    pub changed_at: &'a str,
}

/// Reads the bytes of a community's file.
///
/// # Errors
/// As [`read`], and when the bytes are not UTF-8.
pub fn read_bytes(
    file: &str,
    bytes: &[u8],
    referential: &Referential,
    roadmaps: &Roadmaps,
) -> Result<Community, Vec<Issue>> {
    read(file, decoded(file, bytes)?, referential, roadmaps)
}

/// Reads the bytes of a file whose rows come beside those that are held, each in the place of the one of its identifier; gives
/// the rows of the file, and what would be held.
///
/// # Errors
/// As [`read_bytes`]: a row may name what is held.
pub fn read_beside(
    file: &str,
    bytes: &[u8],
    held: &RawCommunity,
    referential: &Referential,
    roadmaps: &Roadmaps,
) -> Result<(RawCommunity, Community), Vec<Issue>> {
    let text = decoded(file, bytes)?;
    let rows = rows(file, text)?;
    let mut all = rows.clone();
    // After those of the file, so that the lines of faults are theirs.
    let others = held.relays.iter().filter(|own| rows.relays.iter().all(|other| other.id != own.id));
    all.relays.extend(others.cloned());
    let others = held.cohorts.iter().filter(|own| rows.cohorts.iter().all(|other| other.id != own.id));
    all.cohorts.extend(others.cloned());
    let others = held.events.iter().filter(|own| rows.events.iter().all(|other| other.id != own.id));
    all.events.extend(others.cloned());
    Ok((rows, sensible(file, text, &all, referential, roadmaps)?))
}

fn decoded<'t>(file: &str, bytes: &'t [u8]) -> Result<&'t str, Vec<Issue>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        let fault = Fault::new("le fichier n’est pas en UTF-8", "enregistrez-le en UTF-8");
        vec![fault.at(file, Some(line as u64))]
    })?;
    Ok(text.trim_start_matches('\u{feff}'))
}

/// Reads the file of a community; an empty one is a community of built-in relays.
///
/// # Errors
/// All that is wrong with it, each with its line.
pub fn read(
    file: &str,
    text: &str,
    referential: &Referential,
    roadmaps: &Roadmaps,
) -> Result<Community, Vec<Issue>> {
    sensible(file, text, &rows(file, text)?, referential, roadmaps)
}

/// The rows of a file, before they make sense.
fn rows(file: &str, text: &str) -> Result<RawCommunity, Vec<Issue>> {
    if text.len() > COMMUNITY_BYTES {
        let message = format!("le fichier dépasse {} Mo", COMMUNITY_BYTES >> 20);
        return Err(vec![Fault::new(message, "retirez-en ce qui est passé").at(file, None)]);
    }
    toml::from_str(text).map_err(|error| vec![unreadable(file, text, &error)])
}

fn sensible(
    file: &str,
    text: &str,
    raw: &RawCommunity,
    referential: &Referential,
    roadmaps: &Roadmaps,
) -> Result<Community, Vec<Issue>> {
    Community::parse(raw, referential, roadmaps).map_err(|problems| {
        let document = DeTable::parse(text).ok();
        let line = |column: &str| line_of(document.as_ref()?.get_ref(), text, column);
        let issue = |problem: Problem| {
            let line = line(&problem.column);
            let fault = Fault::new(problem.problem, problem.remedy).column(key_in_french(&problem.column));
            let fault = if problem.value.is_empty() { fault } else { fault.value(problem.value) };
            fault.at(file, line)
        };
        problems.into_iter().map(issue).collect()
    })
}

/// Writes a community as [`read`] reads it back; built-in relays are left out.
pub fn write(community: &Community, referential: &Referential) -> String {
    let raw = community.to_raw(referential);
    toml::to_string_pretty(&raw).expect("a community is plain data")
}

/// The line of a key such as `relay[2].person.email`; of the nearest thing around it when it is absent.
fn line_of(document: &DeTable, text: &str, column: &str) -> Option<u64> {
    let (table, rest) = column.split_once('[').unwrap_or((column, ""));
    let (number, path) = rest.split_once("].").unwrap_or(("0", ""));
    let place: usize = number.parse().ok()?;
    let (_, value) = entry(document, table)?;
    let DeValue::Array(items) = value.get_ref() else { return None };
    let item = items.get(place)?;
    let mut at = item.span().start;
    let mut around = item.get_ref();
    for key in path.split('.') {
        let DeValue::Table(own) = around else { break };
        let Some((name, value)) = entry(own, key) else { break };
        at = name.span().start;
        around = value.get_ref();
    }
    let before = text.as_bytes().get(..at)?;
    Some(before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1)
}

type Entry<'a, 'i> = (&'a Spanned<std::borrow::Cow<'i, str>>, &'a Spanned<DeValue<'i>>);

fn entry<'a, 'i>(table: &'a DeTable<'i>, key: &str) -> Option<Entry<'a, 'i>> {
    table.iter().find(|(name, _)| name.get_ref() == key)
}
