//! Durations in words: « 2 Jour(s) », « 1 h 30 », « 2 jours, 14 heures », to hours. Two parts add up, or say the same twice,
//! or are alternatives; what cannot be told stays in words.
//! Absent: columns (see `rows`), other words (see `values`).

mod words;

use super::clocks::{clock, iso};
use super::{Settings, Unit};
use words::{Token, is_word, tokens};

/// Most of a day that hours after days may be, to be more of them and not those of each.
const SHORT: f64 = 0.6;

/// What a duration's words say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Duration {
    /// So many hours.
    Hours(f64),
    /// A number whose unit nobody says.
    Bare(f64),
}

impl Measure {
    /// Hours in one of them.
    fn hours(self, settings: &Settings) -> f64 {
        match self {
            Self::Days => settings.hours_per_day,
            Self::HalfDays => settings.hours_per_half_day,
            Self::Hours => 1.0,
            Self::Minutes => 1.0 / 60.0,
        }
    }
}

/// What a word counts.
fn measure(word: &str) -> Option<Measure> {
    match word {
        "h" | "hr" | "hrs" | "heure" | "heures" | "hour" | "hours" => Some(Measure::Hours),
        "j" | "jr" | "jrs" | "jour" | "jours" | "journee" | "journees" | "day" | "days" => {
            Some(Measure::Days)
        }
        "min" | "mn" | "mins" | "minute" | "minutes" => Some(Measure::Minutes),
        _ => None,
    }
}

/// The duration that words say, all of them: « 2 Jour(s) », « 1 h 30 », « 2 jours (14 h) », « 1 demi-journée ».
/// Ranges, rhythms (« 2 h par semaine »), weeks and months are not hours: nothing then.
pub(super) fn duration(text: &str, of_column: Option<Unit>, settings: &Settings) -> Option<Duration> {
    if let Some(hours) = clock(text).or_else(|| iso(text)) {
        return Some(Duration::Hours(hours));
    }
    if is_clock_or_decimal(text, of_column) {
        return None;
    }
    let mut tokens = tokens(text)?;
    // « 2 jours consécutifs ».
    if tokens.len() > 1 && tokens.last().is_some_and(|last| is_word(last, "consecutifs")) {
        tokens.pop();
    }
    if let [Token::Number(number)] = tokens.as_slice() {
        return Some(match of_column {
            Some(Unit::Hours) => Duration::Hours(*number),
            Some(Unit::Days) => Duration::Hours(number * settings.hours_per_day),
            Some(Unit::Minutes) => Duration::Hours(number / 60.0),
            None => Duration::Bare(*number),
        });
    }
    // « 2 jours (14 h) », « 2 jours soit 14 heures »: the second says the first in hours.
    let is_cut =
        |token: &Token| matches!(token, Token::Open) || is_word(token, "soit") || is_word(token, "sur");
    let cut = tokens.iter().position(is_cut);
    let hours = match cut {
        None => Parts::of(&tokens)?.hours(settings)?,
        Some(at) => {
            let mut inside = &tokens[at + 1..];
            if tokens[at] == Token::Open {
                let (last, before) = inside.split_last()?;
                inside = if *last == Token::Close { before } else { return None };
            }
            let is_exact =
                |tokens: &[Token]| tokens.iter().any(|token| is_word(token, "h") || is_word(token, "heures"));
            // « 14 heures (2 jours) » says the same the other way round.
            let mut outside = &tokens[..at];
            if let [before @ .., Token::Word(spread)] = outside
                && is_word(&tokens[at], "sur")
                && matches!(spread.as_str(), "reparties" | "repartis" | "reparti" | "etalees")
            {
                outside = before;
            }
            if let [first, rest @ ..] = inside
                && is_word(first, "soit")
            {
                inside = rest;
            }
            let is_reversed = is_exact(outside) && !is_exact(inside);
            // « 35 h sur 7 h » says no duration.
            if is_word(&tokens[at], "sur") && !is_reversed {
                return None;
            }
            let (days, times) = if is_reversed { (inside, outside) } else { (outside, inside) };
            let (days, hours) = (Parts::of(days)?, Parts::of(times)?.hours(settings)?);
            days.hours(settings)?;
            Some(hours).filter(|hours| is_exact(times) && days.may_last(*hours, settings))?
        }
    };
    (hours > 0.0).then_some(Duration::Hours(hours))
}

/// Whether hours may be hours and minutes, or a decimal number of them: « 3,30 » is 3 h 30 or 3.3 h. Two figures that are
/// quarters of a hundred, or no usual minutes, leave no doubt.
fn is_clock_or_decimal(text: &str, of_column: Option<Unit>) -> bool {
    let lower = text.trim().to_lowercase();
    let digits = lower.trim_end_matches(|sign: char| sign.is_alphabetic() || sign.is_whitespace());
    let unit = &lower[digits.len()..];
    let is_hours = match unit.trim() {
        "" => of_column == Some(Unit::Hours),
        word => measure(word) == Some(Measure::Hours),
    };
    let Some((hours, minutes)) = digits.split_once([',', '.']).filter(|_| is_hours) else { return false };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(hours)
        && is_digits(minutes)
        && minutes.len() == 2
        && minutes
            .parse()
            .is_ok_and(|count: u8| count < 60 && count.is_multiple_of(5) && !count.is_multiple_of(25))
}

/// What a part of a duration counts, the largest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Measure {
    Days,
    HalfDays,
    Hours,
    Minutes,
}

/// The parts of a duration: « 2 jours », « 14 h ».
#[derive(Default)]
struct Parts {
    /// How many of each measure, in the order of the words.
    counts: Vec<(Measure, f64)>,
    /// Whether « et » adds some of them.
    are_added: bool,
    /// Whether a line break or a bar parts some of them: nobody knows whether they add up.
    are_apart: bool,
}

impl Parts {
    /// The parts of a sequence of numbers and units, and of nothing else.
    fn of(tokens: &[Token]) -> Option<Self> {
        let mut parts = Self::default();
        let mut rest = tokens;
        while !rest.is_empty() {
            let (count, measure, after) = match rest {
                [Token::Apart, after @ ..] => {
                    parts.are_apart = true;
                    rest = after;
                    continue;
                }
                [Token::Word(word), after @ ..]
                    if !parts.counts.is_empty() && (word == "et" || word == "and") =>
                {
                    parts.are_added = true;
                    rest = after;
                    continue;
                }
                [Token::Word(half), Token::Word(day), after @ ..] if half == "demi" && is_day(day) => {
                    (1.0, Measure::HalfDays, after)
                }
                // « 1 jour et demi », « 2 heures et demie ».
                [Token::Word(half)] if parts.are_added && (half == "demi" || half == "demie") => {
                    let (_, count) = parts.counts.last_mut().filter(|(_, count)| count.fract() == 0.0)?;
                    *count += 0.5;
                    break;
                }
                [Token::Number(count), Token::Word(half), Token::Word(day), after @ ..]
                    if (half == "demi" || half == "demis" || half == "demies") && is_day(day) =>
                {
                    (*count, Measure::HalfDays, after)
                }
                // « 1 h 30 »: minutes follow hours.
                [Token::Number(count), Token::Word(word), Token::Number(minutes)]
                    if measure(word) == Some(Measure::Hours) && *minutes < 60.0 && minutes.fract() == 0.0 =>
                {
                    parts.counts.push((Measure::Hours, *count));
                    (*minutes, Measure::Minutes, &[][..])
                }
                [Token::Number(count), Token::Word(word), after @ ..] => (*count, measure(word)?, after),
                _ => return None,
            };
            parts.counts.push((measure, count));
            rest = after;
        }
        // « 0 jour 7 heures ».
        parts.counts.retain(|(_, count)| *count > 0.0);
        Some(parts)
    }

    /// How many hours they say together: the same duration said twice, else their sum when it cannot be anything else.
    fn hours(&self, settings: &Settings) -> Option<f64> {
        let is_twice = |at: usize| self.counts[..at].iter().any(|other| other.0 == self.counts[at].0);
        if (0..self.counts.len()).any(is_twice) {
            return None;
        }
        let share = self.share_of_a_day(settings);
        let sum = self.sum(settings).filter(|_| share < 1.0);
        match self.said_twice(settings) {
            // « 1 jour 6 h »: the hours of that day, or more of them.
            Some(hours) if !self.are_added => (self.are_apart || sum.is_none()).then_some(hours),
            // « 1 jour et 7 heures »: one more day, or the same one.
            _ if self.counts.len() > 1 && self.are_apart => None,
            // « 3 jours 6 h »: those of each day, or more of them.
            _ => sum.filter(|_| self.are_added || share <= SHORT),
        }
    }

    /// The parts of some measures.
    fn of_measures(&self, is_wanted: impl Fn(Measure) -> bool) -> Self {
        let counts = self.counts.iter().filter(|(measure, _)| is_wanted(*measure)).copied().collect();
        Self { counts, ..Self::default() }
    }

    /// Its days and its hours: how many hours the days are by convention, and one of the smallest of them; the hours.
    fn days_and_times(&self, settings: &Settings) -> Option<(f64, f64, Self)> {
        let days = self.of_measures(|measure| measure < Measure::Hours);
        let one = days.counts.last()?.0.hours(settings);
        Some((days.sum(settings)?, one, self.of_measures(|measure| measure >= Measure::Hours)))
    }

    /// How much of one of its days its hours are; nothing without both.
    fn share_of_a_day(&self, settings: &Settings) -> f64 {
        let of_days = self.days_and_times(settings);
        of_days.and_then(|(_, one, times)| Some(times.sum(settings)? / one)).unwrap_or(0.0)
    }

    /// Whether its days may last so many hours in all: « 2 jours (7 h) » says those of one day.
    fn may_last(&self, hours: f64, settings: &Settings) -> bool {
        /// Most hours of a day that somebody would plan.
        const LONGEST: f64 = 10.0;
        let Some((days, one, _)) = self.days_and_times(settings) else { return true };
        let a_day = hours * settings.hours_per_day / days;
        let (least, most) = usual_day(settings);
        let is_of_all = days <= one || hours >= LONGEST * one / settings.hours_per_day;
        (least..=most).contains(&a_day) || (is_of_all && a_day <= LONGEST)
    }

    /// The sum of parts that go down, each one less than one unit of the part before: « 1 jour 3 h », « 1 h 30 ».
    fn sum(&self, settings: &Settings) -> Option<f64> {
        let mut hours = 0.0;
        let mut limit: Option<(Measure, f64)> = None;
        for (measure, count) in &self.counts {
            let own = count * measure.hours(settings);
            if limit.is_some_and(|(before, most)| *measure < before || own >= most) {
                return None;
            }
            limit = Some((*measure, measure.hours(settings)));
            hours += own;
        }
        Some(hours)
    }

    /// The duration that two parts say twice: « 2 jours, 14 heures », at six to eight hours a day; « 2 h, 120 min ». The
    /// hours are kept.
    fn said_twice(&self, settings: &Settings) -> Option<f64> {
        if let Some((days, _, times)) =
            self.days_and_times(settings).filter(|(.., times)| !times.counts.is_empty())
        {
            let hours = times.sum(settings)?;
            let (least, most) = usual_day(settings);
            return (least..=most).contains(&(hours * settings.hours_per_day / days)).then_some(hours);
        }
        let [one, other] = self.counts.as_slice() else { return None };
        let hours = |(measure, count): &(Measure, f64)| count * measure.hours(settings);
        ((hours(one) - hours(other)).abs() < 0.01).then(|| hours(one))
    }
}

/// How many hours a day of training has, at least and at most.
fn usual_day(settings: &Settings) -> (f64, f64) {
    (settings.hours_per_day.min(6.0), settings.hours_per_day.max(8.0))
}

fn is_day(word: &str) -> bool {
    matches!(word, "journee" | "journees" | "jour" | "jours" | "day" | "days")
}

#[cfg(test)]
mod tests {
    use super::{Duration, duration};
    use crate::mapping::{Settings, Unit};

    #[track_caller]
    fn check_duration(text: &str, hours: Option<f64>) {
        let read = duration(text, None, &Settings::default());
        assert_eq!(read, hours.map(Duration::Hours), "{text}");
    }

    #[test]
    fn durations_are_read_whole_or_not_at_all() {
        check_duration("2 Jour(s)", Some(14.0));
        check_duration("1 Demi-journée(s)", Some(3.5));
        check_duration("1/2 journée", Some(3.5));
        check_duration("½ journée", Some(3.5));
        check_duration("2½ jours", Some(17.5));
        check_duration("une demi-journée", Some(3.5));
        check_duration("deux jours", Some(14.0));
        check_duration("2 jours consécutifs", Some(14.0));
        check_duration("1 jour (soit 6 heures)", Some(6.0));
        check_duration("14 heures réparties sur 2 jours", Some(14.0));
        check_duration("14 h sur 2 jours", Some(14.0));
        check_duration("26 h - 4 jours", Some(26.0));
        check_duration("26 h – 4 jours", Some(26.0));
        check_duration("2 – 3 jours", None);
        check_duration("douze heures", Some(12.0));
        check_duration("2 h sur 3 semaines", None);
        for none in [
            "35 h sur 7 h",
            "3 h sur 14 h",
            "1 h 30 sur 3 h",
            "deux heures sur 14 heures",
            "2 jours sur 14 h",
        ] {
            check_duration(none, None);
        }
        check_duration("un à deux jours", None);
        check_duration("2 jours - 3 jours", None);
        check_duration("½ j", None);
        check_duration("2 1/2 jours", None);
        check_duration("2 ½ jours", None);
        check_duration("1h½", None);
        check_duration("1 h ½", None);
        check_duration("1,5 Heure(s)", Some(1.5));
        check_duration("5 Heure(s) 30", Some(5.5));
        check_duration("1h30", Some(1.5));
        check_duration("45 min", Some(0.75));
        check_duration("2 jours (14 h)", Some(14.0));
        check_duration("2 jours (12h)", Some(12.0));
        check_duration("2 jours soit 14 heures", Some(14.0));
        check_duration("1 jour et 2 heures", Some(9.0));
        check_duration("3 hours.", Some(3.0));
        check_duration("14 heures (2 jours)", Some(14.0));
        check_duration("14 h soit 2 jours", Some(14.0));
        check_duration("7 heures (2 jours)", None);
        check_duration("14 heures (dont 2 jours)", None);
        check_duration("1 200 heures", Some(1200.0));
        check_duration("1\u{202f}000 h", Some(1000.0));
        check_duration("12 00 h", None);
        check_duration("1 20 h", None);
        check_duration("1 200 50 h", None);
        check_duration("03:30:00", Some(3.5));
        check_duration("3:30", Some(3.5));
        check_duration("03:30:15", None);
        check_duration("PT14H", Some(14.0));
        check_duration("PT1H30M", Some(1.5));
        check_duration("PT90M", Some(1.5));
        check_duration("P2D", None);
        check_duration("PTH", None);
        check_duration("PT", None);
        check_duration("2\njours", Some(14.0));
        check_duration("2–3 hours per week", None);
        check_duration("6 weeks", None);
        check_duration("1 à 2 jours", None);
        check_duration("2 jours (à Paris)", None);
        check_duration("0 h", None);
        check_duration("", None);
        assert_eq!(duration("14", None, &Settings::default()), Some(Duration::Bare(14.0)));
        assert_eq!(duration("60", Some(Unit::Minutes), &Settings::default()), Some(Duration::Hours(1.0)));
    }

    #[test]
    fn halves_add_to_what_is_before() {
        check_duration("1 jour et demi", Some(10.5));
        check_duration("un jour et demi (10 h)", Some(10.0));
        check_duration("2 heures et demie", Some(2.5));
        check_duration("1 jour et demi-journée", Some(10.5));
        check_duration("1 jour demi", None);
        check_duration("1,5 jour et demi", None);
        check_duration("1 jour et demi et demi", None);
    }

    #[test]
    fn decimals_that_may_be_minutes_are_not_read() {
        let check = |text: &str, unit: Option<Unit>, expect: Option<f64>| {
            let read = duration(text, unit, &Settings::default());
            assert_eq!(read, expect.map(Duration::Hours), "{text}");
        };
        for doubtful in ["3,30", "3.30", "1,45", "7,15", " 2,20 "] {
            check(doubtful, Some(Unit::Hours), None);
        }
        check("3,30 h", None, None);
        check("3,30 heures", None, None);
        check("3,5", Some(Unit::Hours), Some(3.5));
        check("3,50", Some(Unit::Hours), Some(3.5));
        check("7,00", Some(Unit::Hours), Some(7.0));
        check("1,25 h", None, Some(1.25));
        check("5,33", Some(Unit::Hours), Some(5.33));
        check("1,75", Some(Unit::Hours), Some(1.75));
        check("1,30", Some(Unit::Minutes), Some(1.3 / 60.0));
    }

    #[test]
    fn the_same_duration_said_twice_counts_once() {
        check_duration("2 jours\n14 heures", Some(14.0));
        check_duration("2 jours / 14 heures", Some(14.0));
        check_duration("2 jours = 12 h", Some(12.0));
        check_duration("5j 35h", Some(35.0));
        check_duration("5 jours, 35 heures", Some(35.0));
        check_duration("2j 14h", Some(14.0));
        check_duration("2j 14h00", Some(14.0));
        check_duration("14h, 2 jours", Some(14.0));
        check_duration("1 journée / 6h", Some(6.0));
        check_duration("1/2 journée 3h30", Some(3.5));
        check_duration("4 demi-journées, 14h", Some(14.0));
        check_duration("2h 120 mn", Some(2.0));
        check_duration("1 jour, 2 demi-journées", Some(7.0));
    }

    #[test]
    fn hours_of_one_day_are_not_those_of_all() {
        check_duration("2 jours (7h)", None);
        check_duration("3 jours (7 heures)", None);
        check_duration("2 jours (6 h)", None);
        check_duration("2 jours (9h)", None);
        check_duration("2 jours soit 7 h", None);
        check_duration("2 jours (40 h)", None);
        check_duration("4 demi-journées (3 h 30)", None);
        check_duration("2 jours (10 h)", Some(10.0));
        check_duration("1 jour (5 h)", Some(5.0));
        check_duration("1,5 jour (9 h)", Some(9.0));
        check_duration("2 demi-journées (7 h)", Some(7.0));
        check_duration("3 demi-journées (9 h)", Some(9.0));
        check_duration("10 jours (35 h)", Some(35.0));
    }

    #[test]
    fn parts_add_up_only_when_they_go_down() {
        check_duration("1 jour 3h", Some(10.0));
        check_duration("1 jour et 1/2 journée", Some(10.5));
        check_duration("1 jour et 6 heures", Some(13.0));
        check_duration("2 jours 3 h 30 min", Some(17.5));
        check_duration("0 jour 3 heures", Some(3.0));
        check_duration("1 jour et 7 heures", None);
        check_duration("2 jours 3h30", Some(17.5));
        check_duration("1 jour 5h", None);
        check_duration("1 jour 6h", None);
        check_duration("1 journée 6h", None);
        check_duration("3 jours 6h", None);
        check_duration("5 jours 6 h", None);
        check_duration("4 demi-journées 3 h", None);
        check_duration("1 jour\n3 heures", None);
        check_duration("1 jour / 3 heures", None);
        check_duration("2 jours 21 h", None);
        check_duration("3 h 1 jour", None);
        check_duration("2 j, 3 j", None);
        check_duration("2 jours\n3 jours", None);
        check_duration("30 min 45 min", None);
        check_duration("2 h 90 min", None);
        check_duration("7h / jour", None);
    }
}
