//! Numbers, durations, prices and lists as French prints them, with narrow no-break spaces
//! (Lexique des règles typographiques en usage à l'Imprimerie nationale).
//! Absent: the sentences themselves.

/// Narrow no-break space: thousands, before `; : ! ?`, inside « ».
pub const NARROW: char = '\u{202f}';
/// No-break space: between a number and its unit.
pub const NO_BREAK: char = '\u{a0}';

/// Names of the months.
pub(crate) const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// A whole number with its thousands apart: `12 345`.
pub fn integer(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + 6);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(NARROW);
        }
        text.push(digit);
    }
    text
}

/// A number of at most two decimals, with a comma: `3,5`.
pub fn decimal(number: f64) -> String {
    let hundredths = (number.abs() * 100.0).round() as u64;
    let whole = integer(hundredths / 100);
    let sign = if number < 0.0 && hundredths > 0 { "−" } else { "" };
    match hundredths % 100 {
        0 => format!("{sign}{whole}"),
        part if part % 10 == 0 => format!("{sign}{whole},{}", part / 10),
        part => format!("{sign}{whole},{part:02}"),
    }
}

/// Reads a number as people write it: `1500`, `1 500`, `49,50`. Spaces, breaking or not, stand between thousands only.
pub fn read_number(text: &str) -> Option<f64> {
    let end = text.find([',', '.']).unwrap_or(text.len());
    let (whole, part) = text.split_at(end);
    format!("{}{}", without_spaces(whole)?, part.replace(',', ".")).parse().ok()
}

/// Reads a whole number as people write it: `1500`, `1 500`.
pub fn read_integer(text: &str) -> Option<u64> {
    without_spaces(text)?.parse().ok()
}

/// Figures without the spaces between their thousands; nothing when the spaces stand elsewhere.
fn without_spaces(figures: &str) -> Option<String> {
    let groups: Vec<&str> = figures.split([' ', NO_BREAK, NARROW]).collect();
    let is_sound = match groups.as_slice() {
        [_] => true,
        [first, others @ ..] => {
            let is_group = |group: &&str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
            (1..=3).contains(&first.len()) && others.iter().all(is_group)
        }
        [] => false,
    };
    is_sound.then(|| groups.concat())
}

/// A duration: `20 min`, `3 h 30`, `14 h`.
pub fn hours(duration_hours: f64) -> String {
    let minutes = ((duration_hours * 60.0).round() as u64).max(1);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes}{NO_BREAK}min"),
        (hours, 0) => format!("{}{NO_BREAK}h", integer(hours)),
        (hours, minutes) => format!("{}{NO_BREAK}h{NO_BREAK}{minutes:02}", integer(hours)),
    }
}

/// A price: `gratuit`, `1 200 €`, `49,50 €`.
pub fn euros(price_eur: f64) -> String {
    let cents = (price_eur * 100.0).round() as u64;
    match (cents / 100, cents % 100) {
        (0, 0) => "gratuit".to_owned(),
        (euros, 0) => format!("{}{NO_BREAK}€", integer(euros)),
        (euros, cents) => format!("{},{cents:02}{NO_BREAK}€", integer(euros)),
    }
}

/// A share of a whole: `34 %`; under half a percent but not zero: `moins de 1 %`.
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    let rounded = (part * 100 + whole / 2) / whole;
    match rounded {
        0 if part > 0 => format!("moins de 1{NARROW}%"),
        100 if part < whole => format!("plus de 99{NARROW}%"),
        rounded => format!("{rounded}{NARROW}%"),
    }
}

/// A number and a noun that agrees with it: zero and one are singular in French.
pub fn counted(number: u64, singular: &str, plural: &str) -> String {
    let noun = if number < 2 { singular } else { plural };
    format!("{}{NO_BREAK}{noun}", integer(number))
}

/// A sentence that goes on after a colon: its first letter is a small one.
pub fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// A text whose first letter is a capital.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A text in French quotation marks.
pub fn quoted(text: &str) -> String {
    format!("«{NARROW}{text}{NARROW}»")
}

/// A list with a word before the last item: `a, b ou c`.
pub fn list(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// The text with the no-break spaces that French typography asks for: narrow before `» ; : ! ?` and after `«`; between a number
/// and `%` or `€`.
pub fn typeset(text: &str) -> String {
    let mut typeset = String::with_capacity(text.len() + 16);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let closes = matches!(letters.peek(), Some('»' | ';' | ':' | '!' | '?'));
        let counts = matches!(letters.peek(), Some('%' | '€'))
            && typeset.ends_with(|last: char| last.is_ascii_digit());
        match letter {
            ' ' if closes || typeset.ends_with('«') => typeset.push(NARROW),
            ' ' if counts => typeset.push('\u{a0}'),
            letter => typeset.push(letter),
        }
    }
    typeset
}
