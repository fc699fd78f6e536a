//! What the words of a cell mean: prices, dates, languages, values of vocabularies. Words that are not understood
//! whole are not understood: nothing is read by guess.
//! Absent: durations (see `durations`), columns, and tables of values that a mapping gives.

use catalogue::slug;

use super::taxes;

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
    if let Some(number) = of_both_signs(&compact).filter(|_| compact.len() == text.trim().len()) {
        return Some(number);
    }
    let plain = !compact.is_empty() && compact.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.');
    if !plain || compact.matches([',', '.']).count() > 1 {
        return None;
    }
    let ambiguous =
        compact.split_once([',', '.']).is_some_and(|(whole, rest)| rest.len() == 3 && whole != "0");
    let point = compact.replace(',', ".");
    point.parse().ok().filter(|number: &f64| !ambiguous && number.is_finite())
}

/// « 1.200,50 », « 1,200.50 »: one sign parts thousands, the other one cents. Three figures after the last sign would leave
/// a doubt.
fn of_both_signs(text: &str) -> Option<f64> {
    let at = text.rfind([',', '.'])?;
    let (whole, cents) = (&text[..at], &text[at + 1..]);
    let thousands = if text[at..].starts_with(',') { '.' } else { ',' };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(thousands);
    let first =
        groups.next().filter(|first| is_digits(first) && first.len() < 4 && !first.starts_with('0'))?;
    let rest: Vec<&str> = groups.collect();
    let is_grouped = !rest.is_empty() && rest.iter().all(|group| is_digits(group) && group.len() == 3);
    let is_cents = is_digits(cents) && cents.len() < 3;
    (is_grouped && is_cents).then(|| format!("{first}{}.{cents}", rest.concat()).parse().ok())?
}

/// Whether spaces, if there are any, part thousands: « 1 200 », not « 12 00 » nor « 1 200 .00 ». A line break, a
/// tabulation or two spaces part two amounts.
fn is_grouped(text: &str) -> bool {
    let text = text.trim();
    let is_space = |sign: char| matches!(sign, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let mut before = 'x';
    for sign in text.chars() {
        if sign.is_whitespace() && (!is_space(sign) || is_space(before)) {
            return false;
        }
        before = sign;
    }
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

/// The price that words say in euros, all of them: « 1 200 € », « 990 euros TTC », « 450 € HT », « gratuit »; with taxes
/// or without is told apart by [`catalogue::PriceBasis`]. Other currencies, ranges and « sur devis » are no price: nothing then.
pub(super) fn price(text: &str) -> Option<f64> {
    let words = slug(text);
    if matches!(
        words.as_str(),
        "gratuit" | "gratuite" | "free" | "offert" | "gratis" | "sans-frais" | "aucun-frais"
    ) {
        return Some(0.0);
    }
    let lower = text.to_lowercase();
    let digits_end = lower.rfind(|c: char| c.is_ascii_digit())? + 1;
    let digits = lower[..digits_end].trim();
    let figures = digits.strip_prefix("eur").unwrap_or(digits).trim_start_matches(['€', ' ', '\u{a0}']);
    let amount = number(figures).or_else(|| english(figures).filter(|_| digits.starts_with('€')))?;
    let after = without_each(&lower[digits_end..].replace('€', " euros "));
    // A sign that is none of these may be another currency, or a percentage.
    if after.contains(|c: char| !c.is_alphabetic() && !c.is_whitespace() && !"().,".contains(c)) {
        return None;
    }
    let net = |after: String, words: &str| after.replace(words, "net");
    let after = ["nets-de-taxes", "net-de-taxes", "nets-de-taxe", "net-de-taxe"]
        .into_iter()
        .fold(taxes::without(&slug(&after)), net);
    for word in after.split('-').filter(|word| !word.is_empty()) {
        match word {
            "euros" | "euro" | "eur" | "e" | "net" | "nets" => {}
            _ => return None,
        }
    }
    Some(amount)
}

/// An amount whose thousands commas part, as English writes it after its sign: « €4,500 ».
fn english(figures: &str) -> Option<f64> {
    let mut groups = figures.split(',');
    let is_digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups
        .next()
        .filter(is_digits)
        .filter(|first| matches!(first.len(), 1..=3) && !first.starts_with('0'))?;
    let rest: Vec<&str> = groups.collect();
    let is_grouped = !rest.is_empty() && rest.iter().all(|group| group.len() == 3 && is_digits(group));
    is_grouped.then(|| format!("{first}{}", rest.concat()).parse().ok())?
}

/// Words after an amount without « par personne », « / stagiaire », which a price always is.
fn without_each(after: &str) -> String {
    const EACH: [&str; 9] = [
        "pers",
        "personne",
        "participant",
        "participante",
        "stagiaire",
        "agent",
        "apprenant",
        "apprenante",
        "inscrit",
    ];
    let spaced = after.replace('/', " / ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let is_each =
        |pair: &[&str]| matches!(pair, ["par" | "/", word] if EACH.contains(&word.trim_end_matches('.')));
    match words.windows(2).position(is_each) {
        Some(at) => [&words[..at], &words[at + 2..]].concat().join(" "),
        None => after.to_owned(),
    }
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
    use super::{date, number, price};

    #[test]
    fn prices_are_read_whole_or_not_at_all() {
        let check = |text: &str, expect: Option<f64>| assert_eq!(price(text), expect, "{text}");
        check("1 200 €", Some(1200.0));
        check("1 200,50 € TTC", Some(1200.5));
        check("1.200,50 €", Some(1200.5));
        check("990 euros", Some(990.0));
        check("EUR 350", Some(350.0));
        check("900€ nets de taxes", Some(900.0));
        check("350 € net de taxe", Some(350.0));
        check("Aucun frais", Some(0.0));
        check("450 € HT", Some(450.0));
        check("1 200 € hors taxes", Some(1200.0));
        check("1 200 € toutes taxes comprises", Some(1200.0));
        check("450 € H.T.", Some(450.0));
        check("450 € hors frais", None);
        check("450 € hors taxe de séjour", None);
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
        check("500\n600", None);
        check("500\t600", None);
        check("500  600", None);
        check("450\n600 €", None);
        check("1 200\n900", None);
        check("1\u{2009}200\n€", Some(1200.0));
        check("1\u{202f}200,5\u{a0}€", Some(1200.5));
        check("300 € par jour", None);
        check("350 € par personne", Some(350.0));
        check("350 € HT / stagiaire", Some(350.0));
        check("350€/agent", Some(350.0));
        check("350 €/pers.", Some(350.0));
        check("€4,500", Some(4500.0));
        check("€1,234,500", Some(1_234_500.0));
        check("€4,50", Some(4.5));
        check("4,500 €", None);
        check("350 € par personne HT", Some(350.0));
        check("350 € par personne et par jour", None);
        check("350 €/personne/jour", None);
        check("350 € par groupe", None);
        check("350 € / 10 personnes", None);
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
        assert_eq!(number(" 1\u{202f}200\n"), Some(1200.0));
        assert_eq!(number("0,125"), Some(0.125));
        assert_eq!(number("1.200"), None);
        assert_eq!(number("1.200,50"), Some(1200.5));
        assert_eq!(number("1,200.50"), Some(1200.5));
        assert_eq!(number("1.234.567,8"), Some(1_234_567.8));
        for doubtful in
            ["1.200,500", "1.20,50", "1.200.300", "1,200,50", "0.200,50", "1 200.300,5", "1200.300,5"]
        {
            assert_eq!(number(doubtful), None, "{doubtful}");
        }
    }
}
