//! How long a note says that a day of training is: « 1 jour = 6 h », « Journée de 6 heures », « 6 h par jour ».
//! Absent: durations of trainings (see `durations`), the other notes (see `around`).

use super::durations::{Duration, duration};
use super::{Settings, Unit};

/// Hours that a day may have by convention; a note that says others speaks of something else.
const DAY_HOURS: std::ops::RangeInclusive<f64> = 2.0..=12.0;
/// Words between a day and its hours.
const LINKS: [&str; 19] = [
    "=",
    "de",
    "formation",
    "stage",
    "correspond",
    "à",
    "équivaut",
    "compte",
    "vaut",
    "soit",
    "est",
    "fait",
    "dure",
    "représente",
    "pour",
    "comporte",
    "comprend",
    "en",
    "moyenne",
];
/// Words before a day that is any day.
const ANY: [&str; 8] = ["1", "un", "une", "la", "le", "chaque", "en", "par"];
/// Words that make a range, or an alternative, of hours.
const RANGE: [&str; 5] = ["à", "ou", "et", "-", "–"];
/// Most words of hours: « 6 heures 30 ».
const HOURS_WORDS: usize = 3;

/// What a note says of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Day {
    /// It has so many hours.
    Of(f64),
    /// It has hours that nobody can tell.
    Unclear,
}

/// How many hours a line says that a day has; nothing when it says nothing of that.
pub(super) fn day(line: &str) -> Option<Day> {
    let spaced = line.to_lowercase().replace('/', " par ").replace('=', " = ");
    let words: Vec<&str> = spaced
        .split(|sign: char| sign.is_whitespace() || "():;|«»".contains(sign))
        .map(|word| word.trim_end_matches(['.', ',']))
        .filter(|word| !word.is_empty())
        .collect();
    let days =
        (0..words.len()).filter(|at| matches!(words[*at], "jour" | "jours" | "journée" | "journées" | "j"));
    let mut found = days.filter_map(|at| defined(&words, at));
    let first = found.next()?;
    Some(if found.all(|other| other == first) { first } else { Day::Unclear })
}

/// What words say of the day that one of them names.
fn defined(words: &[&str], at: usize) -> Option<Day> {
    let before = at.checked_sub(1).map(|before| words[before]);
    let is_figure = |word: &str| word.starts_with(|sign: char| sign.is_ascii_digit());
    if before == Some("par") {
        return hours_before(&words[..at - 1]);
    }
    // « 2 jours de 6 heures » says a training; « mise à jour de 6 h » no day.
    if before.is_some_and(|word| (is_figure(word) && word != "1") || matches!(word, "demi" | "à")) {
        return None;
    }
    let is_plural = words[at].ends_with('s');
    let is_any = before.is_none_or(|word| ANY.contains(&word)) || words.get(at + 1) == Some(&"de");
    let start = (at + 1..words.len()).find(|next| !LINKS.contains(&words[*next]))?;
    let is_tied = start > at + 1 || !is_plural;
    if !is_any || !is_tied || !is_figure(words[start]) {
        return None;
    }
    let is_range = |at: usize| {
        words.get(at).is_some_and(|word| RANGE.contains(word))
            && words.get(at + 1).is_some_and(|word| is_figure(word))
    };
    if is_range(start + 1) && words[start + 2..].iter().any(|word| word.contains('h')) {
        return Some(Day::Unclear);
    }
    let (hours, end) = longest(words, |count| (start, start + count))?;
    Some(if is_range(end) { Day::Unclear } else { of(hours) })
}

/// Hours that end words: « 6 h par jour ».
fn hours_before(words: &[&str]) -> Option<Day> {
    let end = words.len();
    let start_of = |count: usize| (end.checked_sub(count).unwrap_or(end), end);
    let (hours, _) = longest(words, start_of)?;
    let figure = words.iter().rposition(|word| word.starts_with(|sign: char| sign.is_ascii_digit()))?;
    let is_range = figure > 0 && RANGE.contains(&words[figure - 1]);
    Some(if is_range { Day::Unclear } else { of(hours) })
}

/// The hours of the longest of some runs of words, and where it ends.
fn longest(words: &[&str], run: impl Fn(usize) -> (usize, usize)) -> Option<(f64, usize)> {
    let read = |count: usize| {
        let (start, end) = run(count);
        let text = words.get(start..end).filter(|words| !words.is_empty())?.join(" ");
        let has_unit = text.contains('h');
        match duration(&text, Some(Unit::Hours), &Settings::default()) {
            Some(Duration::Hours(hours)) if has_unit => Some((hours, end)),
            _ => None,
        }
    };
    (1..=HOURS_WORDS).rev().find_map(read)
}

fn of(hours: f64) -> Day {
    if DAY_HOURS.contains(&hours) { Day::Of(hours) } else { Day::Unclear }
}

#[cfg(test)]
mod tests {
    use super::{Day, day};

    #[test]
    fn a_note_says_how_long_a_day_is() {
        for note in [
            "1 jour = 6 h",
            "1 journée = 6 heures",
            "Journée de 6 heures",
            "Durées en jours de 6 heures",
            "Une journée de formation correspond à 6 h",
            "Prix HT par groupe de 12. 1 jour = 6 h.",
            "Durées en jours (6 h par jour)",
            "6h/jour",
            "1 j=6h",
            "1 jour (6 h)",
        ] {
            assert_eq!(day(note), Some(Day::Of(6.0)), "{note}");
        }
        assert_eq!(day("1 jour = 6 h 30"), Some(Day::Of(6.5)));
        assert_eq!(day("1 jour = 6h30, pauses comprises"), Some(Day::Of(6.5)));
        for note in [
            "1 jour = 6 à 7 h",
            "6 à 7 h par jour",
            "1 jour = 6 h ou 7 h",
            "1 jour = 24 h",
            "1 jour = 6 h, 1 jour = 7 h",
        ] {
            assert_eq!(day(note), Some(Day::Unclear), "{note}");
        }
        for note in [
            "Catalogue 2026",
            "Stages de 2 jours de 6 heures",
            "Durées en jours",
            "Mis à jour à 6 h",
            "Mis à jour le 3 mars",
            "Journée du 6 mars",
            "2 jours = 12 h",
            "Tarifs par jour",
            "Une demi-journée de 3 h",
            "Volume de 21 heures",
        ] {
            assert_eq!(day(note), None, "{note}");
        }
    }
}
