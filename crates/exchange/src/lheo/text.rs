//! Texts of LHEO as people fill them: HTML turned into text, words that say nothing, amounts and dates.
//! Absent: which element means what (see `map`).

use crate::tags;

/// Elements that begin a new line.
const BLOCKS: [&str; 20] = [
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "ol",
    "p",
    "pre",
    "table",
    "tr",
    "ul",
    "center",
];
/// Elements whose content is not text.
const HIDDEN: [&str; 2] = ["script", "style"];
/// Entities of HTML that French texts use.
const ENTITIES: [(&str, &str); 56] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("eacute", "é"),
    ("egrave", "è"),
    ("ecirc", "ê"),
    ("euml", "ë"),
    ("agrave", "à"),
    ("acirc", "â"),
    ("ccedil", "ç"),
    ("icirc", "î"),
    ("iuml", "ï"),
    ("ocirc", "ô"),
    ("ouml", "ö"),
    ("ugrave", "ù"),
    ("ucirc", "û"),
    ("uuml", "ü"),
    ("oelig", "œ"),
    ("aelig", "æ"),
    ("Eacute", "É"),
    ("Egrave", "È"),
    ("Ecirc", "Ê"),
    ("Agrave", "À"),
    ("Acirc", "Â"),
    ("Ccedil", "Ç"),
    ("Icirc", "Î"),
    ("Ocirc", "Ô"),
    ("Ucirc", "Û"),
    ("OElig", "Œ"),
    ("rsquo", "’"),
    ("lsquo", "‘"),
    ("rdquo", "”"),
    ("ldquo", "“"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("bull", "•"),
    ("middot", "·"),
    ("euro", "€"),
    ("deg", "°"),
    ("sup2", "²"),
    ("times", "×"),
    ("rarr", "→"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("shy", ""),
    ("thinsp", " "),
    ("ensp", " "),
    ("emsp", " "),
    ("zwnj", ""),
];
/// What fills a compulsory element and says nothing, folded.
const NOTHING: [&str; 22] = [
    "-",
    "--",
    "---",
    ".",
    "..",
    "...",
    "…",
    "–",
    "—",
    "_",
    "/",
    "néant",
    "neant",
    "aucun",
    "aucune",
    "nc",
    "n.c.",
    "n/c",
    "n/a",
    "na",
    "null",
    "sans objet",
];

/// A text without markup: paragraphs as lines, items of lists after a dash.
pub(super) fn plain(text: &str) -> String {
    let mut plain = Plain::default();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        plain.words(&rest[..at]);
        rest = &rest[at..];
        rest = if rest.starts_with('<') { plain.tag(rest) } else { plain.entity(rest) };
    }
    plain.words(rest);
    plain.text.truncate(plain.text.trim_end_matches(['\n', ' ', '-']).len());
    plain.text
}

#[derive(Default)]
struct Plain {
    text: String,
    is_spaced: bool,
    /// Line breaks since the last word: two make a paragraph.
    breaks: usize,
    hidden: Option<&'static str>,
}

impl Plain {
    fn words(&mut self, words: &str) {
        words.chars().for_each(|character| self.push(character));
    }

    fn push(&mut self, character: char) {
        if self.hidden.is_some() {
            return;
        }
        if character.is_whitespace() || character.is_control() {
            self.is_spaced = true;
            self.breaks += usize::from(character == '\n');
        } else {
            if self.breaks > 1 {
                self.line();
            }
            self.breaks = 0;
            let starts = self.text.is_empty() || self.text.ends_with('\n');
            if self.is_spaced && !starts && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
            self.is_spaced = false;
            self.text.push(character);
        }
    }

    fn line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if self.text.ends_with("\n-") {
            self.text.truncate(self.text.len() - 2);
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.is_spaced = false;
    }

    /// What follows the tag, comment or plain « < » that begins here.
    fn tag<'a>(&mut self, text: &'a str) -> &'a str {
        if let Some(comment) = text.strip_prefix("<!--") {
            return comment.split_once("-->").map_or("", |(_, after)| after);
        }
        let inside = &text[1..];
        let Some(length) = tags::tag(text) else {
            self.push('<');
            return inside;
        };
        let name = inside.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let lower = name[..end].to_ascii_lowercase();
        let hidden = HIDDEN.into_iter().find(|hidden| *hidden == lower);
        if hidden.is_some() {
            self.hidden = if inside.starts_with('/') { None } else { hidden };
        } else if lower == "li" && !inside.starts_with('/') {
            self.line();
            self.words("-");
            self.is_spaced = true;
        } else if lower == "li" || BLOCKS.contains(&lower.as_str()) {
            self.line();
        } else if lower == "td" || lower == "th" {
            self.is_spaced = true;
        }
        &text[length..]
    }

    /// What follows the entity or plain « & » that begins here.
    fn entity<'a>(&mut self, text: &'a str) -> &'a str {
        let end = text.bytes().take(12).position(|byte| byte == b';');
        let read = end.and_then(|end| character(&text[1..end]).map(|words| (words, end)));
        match read {
            Some((words, end)) => {
                self.words(&words);
                &text[end + 1..]
            }
            None => {
                self.push('&');
                &text[1..]
            }
        }
    }
}

/// What an entity or a numeric reference stands for.
pub(crate) fn character(name: &str) -> Option<String> {
    let number = name.strip_prefix('#').map(|number| match number.strip_prefix(['x', 'X']) {
        Some(number) => u32::from_str_radix(number, 16).ok(),
        None => number.parse().ok(),
    });
    match number {
        Some(number) => char::from_u32(number?).map(|character| character.to_string()),
        None => ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, words)| (*words).to_owned()),
    }
}

/// The text of an element, or nothing when it says nothing: `-`, « néant », « aucune », zeros only for a code.
pub(super) fn said(text: &str) -> Option<String> {
    let plain = plain(text);
    let folded = plain.trim_end_matches(['.', ' ']).to_lowercase();
    let says =
        !folded.is_empty() && !NOTHING.contains(&folded.as_str()) && !NOTHING.contains(&plain.as_str());
    says.then_some(plain)
}

/// A code, or nothing when it is a filler: `-1`, zeros.
pub(super) fn code(text: &str) -> Option<String> {
    said(text).filter(|code| code != "-1" && code.chars().any(|c| c != '0'))
}

/// A text cut at a number of characters, after a sentence if one ends in its second half, else after a word;
/// and whether it was cut.
pub(super) fn cut(text: &str, longest: usize) -> (String, bool) {
    let Some((end, _)) = text.char_indices().nth(longest) else { return (text.to_owned(), false) };
    let kept = &text[..end];
    let sentence = kept
        .char_indices()
        .filter(|(at, c)| {
            ['.', '!', '?', '…'].contains(c) && kept[at + c.len_utf8()..].starts_with(char::is_whitespace)
                || *c == '\n'
        })
        .map(|(at, c)| at + c.len_utf8())
        .next_back()
        .filter(|at| at * 2 > end);
    if let Some(at) = sentence {
        return (kept[..at].trim_end().to_owned(), true);
    }
    let short: String = kept.chars().take(longest.saturating_sub(1)).collect();
    let word = short.rfind(char::is_whitespace).filter(|at| at * 2 > short.len()).unwrap_or(short.len());
    (format!("{}…", short[..word].trim_end()), true)
}

/// An amount in euros that a text states and nothing else: « 1 200,00 », « 1200.00 € », « gratuit ».
/// Amounts before tax, ranges and hourly rates are not.
pub(super) fn amount(text: &str) -> Option<f64> {
    let lower = text.to_lowercase();
    if ["gratuit", "gratuite", "gratuits"].contains(&lower.trim()) {
        return Some(0.0);
    }
    let mut digits = lower.trim();
    for unit in ["ttc", "euros", "euro", "eur", "€"] {
        digits = digits.strip_suffix(unit).unwrap_or(digits).trim_end();
    }
    let digits: String = digits.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, decimals) = match digits.rfind([',', '.']) {
        Some(at) => (&digits[..at], &digits[at + 1..]),
        None => (digits.as_str(), ""),
    };
    // A last group of three digits may be thousands as well as decimals.
    if decimals.len() > 2 && decimals.bytes().any(|digit| digit != b'0') || decimals.len() == 3 {
        return None;
    }
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let is_grouped = groups.len() == 1 || groups[1..].iter().all(|group| group.len() == 3);
    let whole = groups.concat();
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_grouped || whole.is_empty() || whole.len() > 9 || !is_number(&whole) || !is_number(decimals) {
        return None;
    }
    format!("{whole}.{decimals}0").parse().ok()
}

/// A date of LHEO as precise as it is (`20170900` is September 2017), in the form of our files.
pub(super) fn date(text: &str) -> Option<String> {
    let digits: String = text.trim().chars().filter(|c| *c != '-').take(8).collect();
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, month, day) = (&digits[..4], &digits[4..6], &digits[6..]);
    let date = match (month, day) {
        ("00", _) => year.to_owned(),
        (_, "00") => format!("{year}-{month}"),
        _ => format!("{year}-{month}-{day}"),
    };
    catalogue::Seen::parse(&date).ok().map(|_| date)
}
