//! What the format of a number says beside it: « 12 % », « 300 $ », « 14 h ». A number shown so is not that number
//! alone, and is given with those words. Source: ECMA-376, part 1, section 18.8.31 (formats of numbers).
//! Absent: days and hours (see `workbook`).

use std::iter::Peekable;
use std::str::Chars;

use super::Cell;

/// Longest words around a number that are kept, in characters.
const WORDS_CHARS: usize = 40;

/// How a format shows numbers: one section for all of them, or several, each for some.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown(Vec<Section>);

#[derive(Debug, Clone, PartialEq)]
struct Section {
    /// The numbers that it is for, when it says so: a sign of comparison, and what to compare with.
    test: Option<(String, f64)>,
    kind: Kind,
    /// What it shows of a zero, when that is no digit: a dash, or nothing.
    zero: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    /// The number alone.
    Plain,
    /// The number and words.
    Around(Around),
    /// Words instead of the number; nothing at all when they are empty.
    Words(String),
}

impl Shown {
    /// How a format shows numbers; nothing when it shows all of them as they are, in euros included. Where
    /// `is_local`, the dollar stands for the currency of whoever opens the workbook, which is not known.
    pub(super) fn of(format: &str, is_local: bool) -> Option<Self> {
        let mut signs = format.chars().peekable();
        let mut sections = Vec::new();
        // The fourth section is for texts.
        while sections.len() < 3 {
            let mut reader = Reader::default();
            let is_last = reader.section(&mut signs, is_local);
            sections.push(reader.end());
            if is_last {
                break;
            }
        }
        let is_plain = sections.iter().all(|section| section.kind == Kind::Plain && section.zero.is_none());
        (!is_plain).then_some(Self(sections))
    }

    /// The number with what is around it, or what is shown instead.
    pub(super) fn cell(&self, number: f64) -> Cell {
        let section = self.section(number);
        if let Some(zero) = section.zero.as_ref().filter(|_| number == 0.0) {
            return Cell::text(zero.clone());
        }
        match &section.kind {
            Kind::Plain => Cell::Number(number),
            Kind::Around(around) => around.cell(number),
            Kind::Words(words) => Cell::text(words.clone()),
        }
    }

    fn section(&self, number: f64) -> &Section {
        let sections = &self.0;
        let is_for = |(sign, other): &(String, f64)| match sign.as_str() {
            "<" => number < *other,
            "<=" => number <= *other,
            ">" => number > *other,
            ">=" => number >= *other,
            "=" => number == *other,
            _ => number != *other,
        };
        let place = if sections.iter().any(|section| section.test.is_some()) {
            sections.iter().position(|section| section.test.as_ref().is_none_or(is_for)).unwrap_or(0)
        } else if number < 0.0 {
            1
        } else if number == 0.0 {
            2
        } else {
            0
        };
        sections.get(place).unwrap_or(&sections[0])
    }
}

/// What is around a number.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Around {
    before: String,
    /// Between the last digits and the others, and how many of them there are: « 7 h 30 ».
    inside: Option<(String, usize)>,
    after: String,
    is_percent: bool,
    /// Digits shown at least, when the format is of whole numbers with zeros before them.
    digits: usize,
    /// How many times it is shown in thousands.
    thousands: i32,
}

impl Around {
    /// A number with the code of its currency, or its percent, as OpenDocument says them.
    pub(super) fn currency(code: &str) -> Option<Self> {
        let after = telling(code);
        (!after.is_empty()).then(|| Self { after, ..Self::default() })
    }

    /// A share.
    pub(super) fn percent() -> Self {
        Self { is_percent: true, ..Self::default() }
    }

    /// The number with what is around it.
    pub(super) fn cell(&self, number: f64) -> Cell {
        // The noise of divisions is left out.
        let scaled = if self.is_percent { number * 100.0 } else { number } / 1_000_f64.powi(self.thousands);
        let number = super::tidy(scaled);
        let whole = number >= 0.0 && number.fract() == 0.0;
        let figures = match (&self.inside, self.digits) {
            (Some((words, digits)), _) if whole && *digits < 9 => {
                let unit = 10_f64.powi(i32::try_from(*digits).unwrap_or(0));
                format!("{} {words} {:0digits$}", (number / unit).trunc(), number % unit)
            }
            (Some((words, _)), _) => format!("{number} {words}"),
            (None, digits) if digits > 0 && whole => format!("{number:0digits$}"),
            (None, _) => number.to_string(),
        };
        let mut words = vec![self.before.as_str(), figures.as_str()];
        if self.is_percent {
            words.push("%");
        }
        words.push(&self.after);
        words.retain(|word| !word.is_empty());
        let is_tight = self.before.ends_with(['-', '/', '_']) && words.len() > 1;
        let text = words.join(" ");
        Cell::Text(if is_tight { text.replacen(' ', "", 1) } else { text })
    }
}

/// A number with the text that shows it.
pub(super) fn as_shown(number: f64, text: &str) -> Cell {
    let is_digit = |sign: char| sign.is_ascii_digit();
    let (Some(first), Some(last)) = (text.find(is_digit), text.rfind(is_digit)) else {
        // « sur devis » instead of a zero.
        let is_words = text.chars().any(char::is_alphabetic);
        // … or a dash, which nobody reads as a zero.
        let is_hidden = number == 0.0 && !text.trim().is_empty();
        return if is_words || is_hidden { Cell::text(text.to_owned()) } else { Cell::Number(number) };
    };
    let is_scientific = text.parse::<f64>().is_ok() || text.replace(',', ".").parse::<f64>().is_ok();
    if is_scientific {
        return Cell::Number(number);
    }
    let middle = &text[first..=last];
    // « 7 h 30 », « 3 à 5 »: more than one number.
    if middle.chars().any(char::is_alphabetic) {
        return Cell::text(text.to_owned());
    }
    let (before, after) = (telling(&text[..first]), telling(&text[last + 1..]));
    if before.is_empty() && after.is_empty() {
        return Cell::Number(number);
    }
    // « 1,5 k€ » of 1 500: the figures are those that are shown.
    let is_scaled = after.to_lowercase().starts_with(['k', 'm']) && number.abs() >= 1_000.0;
    match is_scaled {
        true => Cell::text(text.to_owned()),
        false => Around { before, after, ..Around::default() }.cell(number),
    }
}

/// Words that say more than the number does, the euro left out: amounts are in euros when nothing else is said.
fn telling(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let words: String = words.join(" ").chars().take(WORDS_CHARS).collect();
    let is_euro = matches!(words.to_lowercase().as_str(), "€" | "eur" | "euro" | "euros");
    let says = words.chars().any(|sign| sign.is_alphabetic() || "$£¥%".contains(sign));
    if says && !is_euro { words } else { String::new() }
}

#[derive(Default)]
struct Reader {
    test: Option<(String, f64)>,
    around: Around,
    has_number: bool,
    /// Whether a zero is shown by a digit.
    has_zero: bool,
    /// Whether digits are parted by signs: no zero is then put before the number.
    is_parted: bool,
    /// Commas since the last digit.
    commas: i32,
}

impl Reader {
    /// Reads a section, its end included; whether it is the last one.
    fn section(&mut self, signs: &mut Peekable<Chars>, is_local: bool) -> bool {
        while let Some(sign) = signs.next() {
            match sign {
                ';' => return false,
                '"' => signs.by_ref().take_while(|sign| *sign != '"').for_each(|sign| self.word(sign)),
                '\\' => signs.next().into_iter().for_each(|sign| self.word(sign)),
                // A space of the width of a sign; a sign repeated to fill the cell.
                '_' | '*' => drop(signs.next()),
                '[' => self.bracket(&signs.by_ref().take_while(|sign| *sign != ']').collect::<String>()),
                '%' => self.around.is_percent = true,
                '$' if is_local => {}
                '$' | '£' | '¥' | '€' | ' ' => self.word(sign),
                '0' | '#' | '?' => self.digit(sign),
                ',' if self.has_number => {
                    self.commas += 1;
                    self.is_parted = true;
                }
                '.' | '/' | 'E' => {
                    self.is_parted |= self.has_number;
                    // A fraction shows a zero before it.
                    self.has_zero |= sign == '/' && self.has_number;
                }
                // « General », « Standard »: as the number is.
                'G' | 'g' | 'S' | 's' if signs.peek().is_some_and(|next| next.is_alphabetic()) => {
                    while signs.next_if(|next| next.is_alphabetic()).is_some() {}
                    self.has_number = true;
                    self.has_zero = true;
                    self.is_parted = true;
                }
                '@' => (self.has_number, self.has_zero) = (true, true),
                _ => {}
            }
        }
        true
    }

    /// A currency, a condition, or a color.
    fn bracket(&mut self, inside: &str) {
        if let Some(symbol) = inside.strip_prefix('$') {
            symbol.split('-').next().unwrap_or_default().chars().for_each(|sign| self.word(sign));
        } else if inside.starts_with(['<', '>', '=']) {
            let at = inside.find(|sign: char| !"<>=".contains(sign)).unwrap_or(inside.len());
            let number = inside[at..].trim().parse().ok();
            self.test = number.map(|number| (inside[..at].to_owned(), number));
        }
    }

    fn digit(&mut self, sign: char) {
        let around = &mut self.around;
        if self.has_number && !telling(&around.after).is_empty() {
            around.inside = Some((telling(&around.after), 0));
        }
        around.after.clear();
        if let Some((_, digits)) = &mut around.inside {
            *digits += 1;
        }
        self.has_number = true;
        self.has_zero |= sign == '0';
        self.commas = 0;
        around.digits += usize::from(sign == '0' && !self.is_parted);
        self.is_parted |= sign != '0';
    }

    fn word(&mut self, sign: char) {
        let words = if self.has_number { &mut self.around.after } else { &mut self.around.before };
        words.push(sign);
    }

    fn end(self) -> Section {
        let Self { test, mut around, has_number, has_zero, is_parted, commas } = self;
        if !has_number {
            let words = around.before.trim().to_owned();
            let is_sign = !words.is_empty() && !words.chars().any(char::is_alphabetic);
            let zero = Some(words.clone());
            return Section { test, kind: if is_sign { Kind::Plain } else { Kind::Words(words) }, zero };
        }
        // « "-"?? », « # »: a zero is a dash, or nothing.
        let zero = (!has_zero).then(|| around.before.trim().to_owned());
        if is_parted || around.digits < 2 || around.inside.is_some() {
            around.digits = 0;
        }
        for words in [&mut around.before, &mut around.after] {
            *words = telling(words);
        }
        let tells = !around.before.is_empty() || !around.after.is_empty() || around.inside.is_some();
        // Thousands shown as such, without a word, are still the number.
        around.thousands = if tells { commas } else { 0 };
        let is_plain = !around.is_percent && !tells && around.digits == 0;
        Section { test, kind: if is_plain { Kind::Plain } else { Kind::Around(around) }, zero }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(format: &str, is_local: bool, expect: Option<&str>) {
        check_of(12.0, format, is_local, expect);
    }

    #[track_caller]
    fn check_of(number: f64, format: &str, is_local: bool, expect: Option<&str>) {
        let text = Shown::of(format, is_local).and_then(|shown| match shown.cell(number) {
            Cell::Number(_) => None,
            other => Some(other.to_text("").unwrap_or_default()),
        });
        assert_eq!(text.as_deref(), expect, "{format}");
    }

    #[test]
    fn formats_tell_what_is_around_a_number() {
        for plain in ["General", "0", "0.00", "#,##0", "#,##0.00 \"€\"", "[$€-40C] #,##0", "@", "[Red]0"]
        {
            check(plain, false, None);
        }
        check("_-* #,##0.00\\ \"€\"_-;\\-* #,##0.00\\ \"€\"_-;_-* \"-\"??\\ \"€\"_-;_-@_-", true, None);
        check_of(
            0.0,
            "_-* #,##0.00\\ \"€\"_-;\\-* #,##0.00\\ \"€\"_-;_-* \"-\"??\\ \"€\"_-;_-@_-",
            true,
            Some("-"),
        );
        check("_($* #,##0.00_)", true, None);
        check("$#,##0.00", false, Some("$ 12"));
        check("[$$-409]#,##0.00", true, Some("$ 12"));
        check("#,##0.00\\ [$CHF]", true, Some("12 CHF"));
        check("General \"$\"", false, Some("12 $"));
        check("General\" jours\"", false, Some("12 jours"));
        check("0%", false, Some("1200 %"));
        check("0.0 %", false, Some("1200 %"));
        check("0\" jours\"", false, Some("12 jours"));
        check("#,##0\\ \"€ HT\"", false, Some("12 € HT"));
        check("\"REF-\"0000", false, Some("REF-0012"));
        check("00000", false, Some("00012"));
        check_of(1_500.0, "0.0,\" k€\"", false, Some("1.5 k€"));
        check_of(730.0, "0\"h\"00", false, Some("7 h 30"));
        check_of(730.0, "0\" h \"00\" min\"", false, Some("7 h 30 min"));
        check_of(110_004_300_000.0, "000 000 000 00000", false, Some("00110004300000"));
    }

    #[test]
    fn each_section_is_for_some_numbers() {
        check("0;\"moins \"0", false, None);
        check_of(-3.0, "0;\"moins \"0", false, Some("moins -3"));
        check_of(0.0, "#,##0 \"€\";;\"sur devis\"", false, Some("sur devis"));
        check_of(300.0, "#,##0 \"€\";;\"sur devis\"", false, None);
        check_of(0.0, "0;-0;;@", false, Some(""));
        check_of(0.0, "0;-0;\"-\"", false, Some("-"));
        check_of(0.0, "#,###", false, Some(""));
        check_of(0.0, "#,##0", false, None);
        check_of(0.0, "General;-General", false, None);
        check_of(0.0, "# ?/?", false, None);
        check_of(12.0, "#", false, None);
        check_of(2.0, "[<1]0.0 \"h\";0 \"jours\"", false, Some("2 jours"));
        check_of(0.5, "[<1]0.0 \"h\";0 \"jours\"", false, Some("0.5 h"));
    }

    #[test]
    fn texts_tell_it_too() {
        let check = |number: f64, text: &str, expect: Option<&str>| {
            let found = match as_shown(number, text) {
                Cell::Number(_) => None,
                other => other.to_text(""),
            };
            assert_eq!(found.as_deref(), expect, "{text}");
        };
        check(1_200.0, "1 200,00 €", None);
        check(1_200.0, "1 200", None);
        check(100_000.0, "1E+05", None);
        check(0.0, "- €", Some("- €"));
        check(0.0, "0,00 €", None);
        check(0.0, "sur devis", Some("sur devis"));
        check(1_200.0, "1 200 € HT", Some("1200 € HT"));
        check(1_200.0, "1200 h", Some("1200 h"));
        check(1_200.0, "$1,200.00", Some("$ 1200"));
        check(730.0, "7h30", Some("7h30"));
        check(1_500.0, "1,5 k€", Some("1,5 k€"));
    }

    #[test]
    fn shares_have_no_noise() {
        assert_eq!(Around::percent().cell(0.07), Cell::Text("7 %".to_owned()));
        assert_eq!(Around::percent().cell(0.125), Cell::Text("12.5 %".to_owned()));
    }
}
