//! What the words of a cell mean: durations, prices, dates, languages, values of vocabularies. Words that are
//! not understood whole are not understood: nothing is read by guess.
//! Absent: columns, and tables of values that a mapping gives.

use catalogue::slug;

use super::{Settings, Unit};

/// What a duration's words say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Duration {
    /// So many hours.
    Hours(f64),
    /// A number whose unit nobody says.
    Bare(f64),
}

/// Words that say that something is not known.
const UNKNOWN: [&str; 17] = [
    "",
    "nc",
    "n-c",
    "n-a",
    "na",
    "null",
    "none",
    "neant",
    "non-communique",
    "non-communiquee",
    "non-renseigne",
    "non-renseignee",
    "non-precise",
    "non-precisee",
    "inconnu",
    "unknown",
    "a-preciser",
];

/// Longest of these words.
const UNKNOWN_LONGEST: usize = 16;

/// Whether a cell says that nothing is known; `-1` stands for that in national files.
pub(super) fn is_unknown(text: &str) -> bool {
    let text = text.trim();
    // Folding keeps each of these: long texts need not be folded.
    let kept = text.bytes().filter(u8::is_ascii_alphanumeric).take(UNKNOWN_LONGEST + 1).count();
    let folded = if kept <= UNKNOWN_LONGEST { slug(text) } else { return false };
    // Letters that folding does not keep, as those of Arabic, say something.
    let is_blank = folded.is_empty() && text.chars().any(char::is_alphanumeric);
    text == "-1" || (!is_blank && UNKNOWN.contains(&folded.as_str()))
}

/// A number as people write it, French or English: « 1 200,50 », « 1200.5 ». Three digits after the only
/// sign may be thousands: such a number is not read, nor one whose spaces part other groups than three digits.
pub(crate) fn number(text: &str) -> Option<f64> {
    if !is_grouped(text) {
        return None;
    }
    let compact: String =
        text.chars().filter(|c| !c.is_whitespace() && *c != '\u{202f}' && *c != '\u{a0}').collect();
    let plain = !compact.is_empty() && compact.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.');
    if !plain || compact.matches([',', '.']).count() > 1 {
        return None;
    }
    let ambiguous =
        compact.split_once([',', '.']).is_some_and(|(whole, rest)| rest.len() == 3 && whole != "0");
    let point = compact.replace(',', ".");
    point.parse().ok().filter(|number: &f64| !ambiguous && number.is_finite())
}

/// Whether spaces, if there are any, part thousands: « 1 200 », not « 12 00 » nor « 1 200 .00 ».
fn is_grouped(text: &str) -> bool {
    let mut groups = text.split_whitespace();
    let digits = |group: &str| group.bytes().take_while(u8::is_ascii_digit).count();
    let is_first_sound = groups.next().is_some_and(|first| {
        let alone = text.split_whitespace().nth(1).is_none();
        alone || (digits(first) == first.len() && (1..=3).contains(&first.len()))
    });
    let rest: Vec<&str> = groups.collect();
    let last = rest.len().saturating_sub(1);
    is_first_sound
        && rest.iter().enumerate().all(|(at, group)| {
            digits(group) == 3 && (group.len() == 3 || (at == last && group[3..].starts_with([',', '.'])))
        })
}

/// A word or a number of a duration.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(f64),
    Word(String),
    Open,
    Close,
}

/// « 2½ » as « 2,5 », « ½ » alone as « 1/2 ».
fn halves(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 4);
    for letter in text.chars() {
        match letter {
            '½' if plain.ends_with(|c: char| c.is_ascii_digit()) => plain.push_str(",5"),
            '½' => plain.push_str(" 1/2 "),
            other => plain.push(other),
        }
    }
    plain
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let text = halves(&text.replace("(s)", "s")).to_lowercase();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let kind = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
        if first.is_ascii_digit() {
            let end = rest.find(|c| !kind(c)).unwrap_or(rest.len());
            let digits = rest[..end].trim_end_matches(['.', ',']);
            tokens.push(Token::Number(number(digits)?));
            rest = &rest[end..];
        } else if first.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            tokens.push(Token::Word(slug(&rest[..end])));
            rest = &rest[end..];
        } else if first.is_whitespace() || matches!(first, ':' | '=' | ',' | '.') {
            rest = &rest[first.len_utf8()..];
        } else if first == '(' || first == ')' {
            tokens.push(if first == '(' { Token::Open } else { Token::Close });
            rest = &rest[1..];
        } else if first == '-' && rest[1..].starts_with(char::is_alphabetic) {
            // « demi-journée ».
            rest = &rest[1..];
        } else if first == '/' && tokens.last() == Some(&Token::Number(1.0)) && rest[1..].starts_with('2') {
            tokens.pop();
            // « 2 1/2 jours » is two and a half, not two halves.
            if matches!(tokens.last(), Some(Token::Number(_))) {
                return None;
            }
            tokens.push(Token::Word("demi".to_owned()));
            rest = &rest[2..];
        } else {
            return None;
        }
    }
    Some(tokens)
}

/// Hours in one unit of a word.
fn unit(word: &str, settings: &Settings) -> Option<f64> {
    match word {
        "h" | "hr" | "hrs" | "heure" | "heures" | "hour" | "hours" => Some(1.0),
        "j" | "jr" | "jrs" | "jour" | "jours" | "journee" | "journees" | "day" | "days" => {
            Some(settings.hours_per_day)
        }
        "min" | "mn" | "mins" | "minute" | "minutes" => Some(1.0 / 60.0),
        _ => None,
    }
}

/// The duration that words say, all of them: « 2 Jour(s) », « 1 h 30 », « 2 jours (14 h) », « 1 demi-journée ».
/// Ranges, rhythms (« 2 h par semaine »), weeks and months are not hours: nothing then.
pub(super) fn duration(text: &str, of_column: Option<Unit>, settings: &Settings) -> Option<Duration> {
    if let Some(hours) = clock(text) {
        return Some(Duration::Hours(hours));
    }
    let tokens = tokens(text)?;
    if let [Token::Number(number)] = tokens.as_slice() {
        return Some(match of_column {
            Some(Unit::Hours) => Duration::Hours(*number),
            Some(Unit::Days) => Duration::Hours(number * settings.hours_per_day),
            Some(Unit::Minutes) => Duration::Hours(number / 60.0),
            None => Duration::Bare(*number),
        });
    }
    // « 2 jours (14 h) », « 2 jours soit 14 heures »: the second says the first in hours.
    let cut = tokens.iter().position(|token| matches!(token, Token::Open) || is_word(token, "soit"));
    let hours = match cut {
        None => span(&tokens, settings)?,
        Some(at) => {
            let mut inside = &tokens[at + 1..];
            if tokens[at] == Token::Open {
                let (last, before) = inside.split_last()?;
                inside = if *last == Token::Close { before } else { return None };
            }
            span(&tokens[..at], settings)?;
            let exact = inside.iter().any(|token| is_word(token, "h") || is_word(token, "heures"));
            span(inside, settings).filter(|_| exact)?
        }
    };
    (hours > 0.0).then_some(Duration::Hours(hours))
}

/// « 7:30 » as seven hours and a half: hours and minutes, as a spreadsheet shows a duration.
fn clock(text: &str) -> Option<f64> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let is_digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !is_digits(hours, 4) || minutes.len() != 2 || !is_digits(minutes, 2) {
        return None;
    }
    let (hours, minutes): (f64, f64) = (hours.parse().ok()?, minutes.parse().ok()?);
    (minutes < 60.0).then_some(hours + minutes / 60.0)
}

fn is_word(token: &Token, wanted: &str) -> bool {
    matches!(token, Token::Word(word) if word == wanted)
}

/// The sum of a sequence of numbers and units.
fn span(tokens: &[Token], settings: &Settings) -> Option<f64> {
    let mut hours = 0.0;
    let mut rest = tokens;
    while !rest.is_empty() {
        rest = match rest {
            [Token::Word(word), after @ ..] if hours > 0.0 && (word == "et" || word == "and") => after,
            [Token::Word(half), Token::Word(day), after @ ..] if half == "demi" && is_day(day) => {
                hours += settings.hours_per_half_day;
                after
            }
            [Token::Number(count), Token::Word(half), Token::Word(day), after @ ..]
                if (half == "demi" || half == "demis" || half == "demies") && is_day(day) =>
            {
                hours += count * settings.hours_per_half_day;
                after
            }
            // « 1 h 30 »: minutes follow hours.
            [Token::Number(count), Token::Word(word), Token::Number(minutes)]
                if unit(word, settings) == Some(1.0) && *minutes < 60.0 && minutes.fract() == 0.0 =>
            {
                hours += count + minutes / 60.0;
                &[]
            }
            [Token::Number(count), Token::Word(word), after @ ..] => {
                hours += count * unit(word, settings)?;
                after
            }
            _ => return None,
        };
    }
    Some(hours)
}

fn is_day(word: &str) -> bool {
    matches!(word, "journee" | "journees" | "jour" | "jours" | "day" | "days")
}

/// The price that words say in euros, all of them: « 1 200 € », « 990 euros TTC », « 450 € HT », « gratuit »; with taxes
/// or without is told apart by [`catalogue::PriceBasis`]. Other currencies, ranges and « sur devis » are no price: nothing then.
pub(super) fn price(text: &str) -> Option<f64> {
    let words = slug(text);
    if matches!(words.as_str(), "gratuit" | "gratuite" | "free" | "offert" | "gratis" | "sans-frais") {
        return Some(0.0);
    }
    let lower = text.to_lowercase();
    let digits_end = lower.rfind(|c: char| c.is_ascii_digit())? + 1;
    let amount = number(lower[..digits_end].trim().trim_start_matches(['€', ' ']))?;
    let after = lower[digits_end..].replace('€', " euros ");
    // A sign that is none of these may be another currency, or a percentage.
    if after.contains(|c: char| !c.is_alphabetic() && !c.is_whitespace() && !"().,".contains(c)) {
        return None;
    }
    let after = slug(&after);
    for word in after.split('-').filter(|word| !word.is_empty()) {
        match word {
            "euros" | "euro" | "eur" | "e" | "ttc" | "net" | "nets" | "ht" => {}
            _ => return None,
        }
    }
    Some(amount)
}

/// A date as our files write it, with the precision that it has: « 31/08/2023 », « 2023-08 », « 20170900 »,
/// « août 2023 ».
pub(crate) fn date(text: &str) -> Option<String> {
    let text = text.trim();
    let numbers: Vec<&str> = text.split(['/', '-', '.', ' ', 'T']).filter(|part| !part.is_empty()).collect();
    let all_digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    let ymd = |year: &str, month: &str, day: &str| match (month, day) {
        ("00", _) => year.to_owned(),
        (month, "00") => format!("{year}-{month}"),
        (month, day) => format!("{year}-{month:0>2}-{day:0>2}"),
    };
    match numbers.as_slice() {
        [year] if year.len() == 4 && all_digits(year) => Some((*year).to_owned()),
        [packed] if packed.len() == 8 && all_digits(packed) && !packed.starts_with("0000") => {
            Some(ymd(&packed[..4], &packed[4..6], &packed[6..]))
        }
        [year, month] if year.len() == 4 && all_digits(year) && all_digits(month) => {
            Some(format!("{year}-{month:0>2}"))
        }
        [month, year] if year.len() == 4 && all_digits(year) && all_digits(month) => {
            Some(format!("{year}-{month:0>2}"))
        }
        [word, year] if year.len() == 4 && all_digits(year) => {
            Some(format!("{year}-{:02}", month(&slug(word))?))
        }
        [year, month, day, ..] if year.len() == 4 && [year, month, day].into_iter().all(all_digits) => {
            Some(ymd(year, month, day))
        }
        [day, month, year, ..] if year.len() == 4 && [day, month, year].into_iter().all(all_digits) => {
            Some(ymd(year, month, day))
        }
        [day, word, year] if year.len() == 4 && all_digits(year) && all_digits(day) => {
            Some(format!("{year}-{:02}-{day:0>2}", month(&slug(word))?))
        }
        _ => None,
    }
}

fn month(word: &str) -> Option<usize> {
    const MONTHS: [&str; 12] = [
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
    ];
    MONTHS.iter().position(|known| *known == word).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::{Duration, date, duration, number, price};
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
    fn prices_are_read_whole_or_not_at_all() {
        let check = |text: &str, expect: Option<f64>| assert_eq!(price(text), expect, "{text}");
        check("1 200 €", Some(1200.0));
        check("1 200,50 € TTC", Some(1200.5));
        check("990 euros", Some(990.0));
        check("450 € HT", Some(450.0));
        check("450€HT", Some(450.0));
        check("gratuit", Some(0.0));
        check("Gratuite", Some(0.0));
        check("0", Some(0.0));
        check("sur devis", None);
        check("à partir de 300 €", None);
        check("300 à 500 €", None);
        check("$49", None);
        check("49 USD", None);
        check("100 $", None);
        check("100$", None);
        check("100 £", None);
        check("100 ¥", None);
        check("20 %", None);
        check("450 € (HT)", Some(450.0));
        check("12 00 €", None);
        check("1 2 3 €", None);
        check("1 200 .00", None);
        check("1 200 000 €", Some(1_200_000.0));
        check("1\u{202f}200,5\u{a0}€", Some(1200.5));
        check("300 € par jour", None);
        check("FREE-Add a Verified Certificate for $49 USD", None);
    }

    #[test]
    fn dates_keep_the_precision_they_have() {
        let check = |text: &str, expect: Option<&str>| assert_eq!(date(text).as_deref(), expect, "{text}");
        check("31/08/2023", Some("2023-08-31"));
        check("1/8/2023", Some("2023-08-01"));
        check("2023-08-31T10:00:00", Some("2023-08-31"));
        check("20170900", Some("2017-09"));
        check("20170000", Some("2017"));
        check("00000000", None);
        check("2024", Some("2024"));
        check("08/2023", Some("2023-08"));
        check("août 2023", Some("2023-08"));
        check("3 mars 2024", Some("2024-03-03"));
        check("bientôt", None);
    }

    #[test]
    fn numbers_that_may_be_thousands_are_not_read() {
        assert_eq!(number("1,200"), None);
        assert_eq!(number("1 200"), Some(1200.0));
        assert_eq!(number("0,125"), Some(0.125));
        assert_eq!(number("1.200,50"), None);
    }
}
