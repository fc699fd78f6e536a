//! What the format of a number says beside it: « 12 % », « 300 $ », « 14 h ». A number shown so is not that number
//! alone, and is given with those words. Source: ECMA-376, part 1, section 18.8.31 (formats of numbers).
//! Absent: days and hours (see `workbook`).

use super::Cell;

/// Longest words around a number that are kept, in characters.
const WORDS_CHARS: usize = 40;

/// What is around a number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Around {
    before: String,
    after: String,
    is_percent: bool,
    /// Digits shown at least, when the format is of whole numbers with zeros before them.
    digits: usize,
}

impl Around {
    /// What a format puts around numbers; nothing when they are shown as they are, in euros included. Where
    /// `is_local`, the dollar stands for the currency of whoever opens the workbook, which is not known.
    pub(super) fn of(format: &str, is_local: bool) -> Option<Self> {
        let mut reader = Reader { around: Self::default(), has_number: false, has_fraction: false };
        reader.section(format, is_local);
        let Reader { mut around, has_number, has_fraction } = reader;
        if has_fraction || around.digits < 2 {
            around.digits = 0;
        }
        for words in [&mut around.before, &mut around.after] {
            *words = telling(words);
        }
        let tells = !around.before.is_empty() || !around.after.is_empty();
        (has_number && (around.is_percent || tells || around.digits > 0)).then_some(around)
    }

    /// A number with the code of its currency, or its percent, as OpenDocument says them.
    pub(super) fn currency(code: &str) -> Option<Self> {
        let after = telling(code);
        (!after.is_empty()).then(|| Self { after, ..Self::default() })
    }

    /// A share.
    pub(super) fn percent() -> Self {
        Self { is_percent: true, ..Self::default() }
    }

    /// What is around a number in the text that shows it.
    pub(super) fn shown(text: &str) -> Option<Self> {
        let is_digit = |sign: char| sign.is_ascii_digit();
        let (first, last) = (text.find(is_digit)?, text.rfind(is_digit)?);
        let middle = &text[first..=last];
        // Something else than one number: « 1E+05 », « 3 à 5 ».
        if middle.contains(|sign: char| !is_digit(sign) && !sign.is_whitespace() && !".,".contains(sign)) {
            return None;
        }
        let (before, after) = (telling(&text[..first]), telling(&text[last + 1..]));
        (!before.is_empty() || !after.is_empty()).then(|| Self { before, after, ..Self::default() })
    }

    /// The number with what is around it.
    pub(super) fn cell(&self, number: f64) -> Cell {
        // A percentage is a number of hundredths; the noise of the division is left out.
        let number = if self.is_percent { (number * 1e10).round() / 1e8 } else { number };
        let figures = match self.digits {
            0 => number.to_string(),
            digits if number >= 0.0 && number.fract() == 0.0 => format!("{number:0digits$}"),
            _ => number.to_string(),
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

/// Words that say more than the number does, the euro left out: amounts are in euros when nothing else is said.
fn telling(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let words: String = words.join(" ").chars().take(WORDS_CHARS).collect();
    let is_euro = matches!(words.to_lowercase().as_str(), "€" | "eur" | "euro" | "euros");
    let says = words.chars().any(|sign| sign.is_alphabetic() || "$£¥%".contains(sign));
    if says && !is_euro { words } else { String::new() }
}

struct Reader {
    around: Around,
    has_number: bool,
    has_fraction: bool,
}

impl Reader {
    /// Reads the first section of a format: the others are for other numbers.
    fn section(&mut self, format: &str, is_local: bool) {
        let mut signs = format.chars();
        while let Some(sign) = signs.next() {
            match sign {
                ';' => return,
                '"' => signs.by_ref().take_while(|sign| *sign != '"').for_each(|sign| self.word(sign)),
                '\\' => signs.next().into_iter().for_each(|sign| self.word(sign)),
                // A space of the width of a sign; a sign repeated to fill the cell.
                '_' | '*' => drop(signs.next()),
                '[' => {
                    let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                    let symbol = inside.strip_prefix('$').and_then(|inside| inside.split('-').next());
                    symbol.unwrap_or_default().chars().for_each(|sign| self.word(sign));
                }
                '%' => self.around.is_percent = true,
                '$' if is_local => {}
                '$' | '£' | '¥' | '€' | ' ' => self.word(sign),
                '0' | '#' | '?' => self.digit(sign),
                '.' | '/' | 'E' | ',' => self.has_fraction |= self.has_number,
                _ => {}
            }
        }
    }

    fn digit(&mut self, sign: char) {
        self.has_number = true;
        self.around.digits += usize::from(sign == '0' && !self.has_fraction);
        self.has_fraction |= sign != '0';
    }

    fn word(&mut self, sign: char) {
        let words = if self.has_number { &mut self.around.after } else { &mut self.around.before };
        words.push(sign);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(format: &str, is_local: bool, expect: Option<&str>) {
        let text = Around::of(format, is_local).and_then(|around| around.cell(12.0).to_text(""));
        assert_eq!(text.as_deref(), expect, "{format}");
    }

    #[test]
    fn formats_tell_what_is_around_a_number() {
        for plain in ["General", "0", "0.00", "#,##0", "#,##0.00 \"€\"", "[$€-40C] #,##0", "@", "", "[Red]0"]
        {
            check(plain, false, None);
        }
        check("_-* #,##0.00\\ \"€\"_-;\\-* #,##0.00\\ \"€\"_-", true, None);
        check("_($* #,##0.00_)", true, None);
        check("$#,##0.00", false, Some("$ 12"));
        check("[$$-409]#,##0.00", true, Some("$ 12"));
        check("#,##0.00\\ [$CHF]", true, Some("12 CHF"));
        check("0%", false, Some("1200 %"));
        check("0.0 %", false, Some("1200 %"));
        check("0\" jours\"", false, Some("12 jours"));
        check("#,##0\\ \"€ HT\"", false, Some("12 € HT"));
        check("\"REF-\"0000", false, Some("REF-0012"));
        check("00000", false, Some("00012"));
        check("0;\"moins \"0", false, None);
    }

    #[test]
    fn texts_tell_it_too() {
        let check = |text: &str, expect: Option<&str>| {
            let found = Around::shown(text).and_then(|around| around.cell(1200.0).to_text(""));
            assert_eq!(found.as_deref(), expect, "{text}");
        };
        check("1 200,00 €", None);
        check("1 200", None);
        check("1E+05", None);
        check("jamais", None);
        check("1 200 € HT", Some("1200 € HT"));
        check("1200 h", Some("1200 h"));
        check("$1,200.00", Some("$ 1200"));
    }

    #[test]
    fn shares_have_no_noise() {
        assert_eq!(Around::percent().cell(0.07), Cell::Text("7 %".to_owned()));
        assert_eq!(Around::percent().cell(0.125), Cell::Text("12.5 %".to_owned()));
    }
}
