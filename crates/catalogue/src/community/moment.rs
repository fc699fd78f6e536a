//! Days, and moments as clocks show them in Paris, with the instant that each stands for. Absent: the clock.

use std::fmt;

use time::{Date, Duration, Month, PrimitiveDateTime, Time, Weekday};

use crate::french::{MONTHS, NO_BREAK};

const WEEKDAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
/// Years that make sense.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// A day from 2000 to 2100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// Reads `2027-01-12`.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts[..] else { return None };
        let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
        let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
        let date = Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()?;
        YEARS.contains(&date.year()).then_some(Self(date))
    }

    /// Its month.
    pub fn month(self) -> crate::pathways::Month {
        crate::pathways::Month::at(self.0.year() as u16, u8::from(self.0.month()).into())
    }

    /// « 12 janvier 2027 », « 1er mars 2027 ».
    pub fn in_french(self) -> String {
        let month = MONTHS[usize::from(u8::from(self.0.month())) - 1];
        let first = if self.0.day() == 1 { "er" } else { "" };
        format!("{}{first} {month} {}", self.0.day(), self.0.year())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

/// A moment as clocks show it in Paris, to the minute, from 2000 to 2100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime(PrimitiveDateTime);

impl LocalTime {
    /// Reads `2027-01-12T14:30`; nothing when it is no moment: clocks skip an hour on the last Sunday of March.
    pub fn parse(text: &str) -> Option<Self> {
        let (day, time) = text.split_once('T')?;
        let (hour, minute) = time.split_once(':')?;
        let (hour, minute) = (number(hour, 2)?, number(minute, 2)?);
        let time = Time::from_hms(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?, 0).ok()?;
        let local = PrimitiveDateTime::new(Day::parse(day)?.0, time);
        (!is_skipped(local)).then_some(Self(local))
    }

    /// Its day.
    pub fn day(self) -> Day {
        Day(self.0.date())
    }

    /// Seconds since 1 January 1970 in universal time. Of an hour that clocks show twice, on the last Sunday of October, the
    /// first.
    pub fn unix_seconds(self) -> i64 {
        let winter = self.0 - Duration::hours(1);
        let summer = self.0 - Duration::hours(2);
        // It is summer time when it would be so at the instant that summer time gives.
        let instant = if is_summer(summer) { summer } else { winter };
        instant.assume_utc().unix_timestamp()
    }

    /// « mardi 12 janvier 2027 à 14 h 30 ».
    pub fn in_french(self) -> String {
        let weekday = WEEKDAYS[usize::from(self.0.weekday().number_days_from_monday())];
        let (hour, minute) = (self.0.hour(), self.0.minute());
        let minutes = if minute == 0 { String::new() } else { format!("{NO_BREAK}{minute:02}") };
        format!("{weekday} {} à {hour}{NO_BREAK}h{minutes}", self.day().in_french())
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}:{:02}", self.day(), self.0.hour(), self.0.minute())
    }
}

fn number(text: &str, digits: usize) -> Option<u16> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Whether summer time is in force at an instant of universal time: from the last Sunday of March to that of October, both at
/// 1:00 (directive 2000/84/EC, articles 2 and 3: <https://eur-lex.europa.eu/eli/dir/2000/84/oj>).
fn is_summer(instant: PrimitiveDateTime) -> bool {
    let year = instant.year();
    let change = |month| {
        last_sunday(year, month).map(|day| PrimitiveDateTime::new(day, Time::MIDNIGHT) + Duration::hours(1))
    };
    match (change(Month::March), change(Month::October)) {
        (Some(from), Some(to)) => from <= instant && instant < to,
        _ => false,
    }
}

/// Whether clocks never show it: from 2:00 to 3:00 on the last Sunday of March.
fn is_skipped(local: PrimitiveDateTime) -> bool {
    last_sunday(local.year(), Month::March) == Some(local.date()) && local.hour() == 2
}

/// The last Sunday of a month of 31 days.
fn last_sunday(year: i32, month: Month) -> Option<Date> {
    let last = Date::from_calendar_date(year, month, 31).ok()?;
    last.checked_sub(Duration::days(i64::from(last.weekday().number_days_from_sunday())))
        .filter(|day| day.weekday() == Weekday::Sunday)
}
