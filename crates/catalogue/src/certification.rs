//! Certifications of the national directories (RNCP and RS): their codes, where a training cites them, what the
//! directory of a day says of each. Absent: reading its files (see `exchange`), keeping it (see `store`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::evidence::{Field, Place};
use crate::training::Training;
use crate::values::Seen;

/// Most codes read in one training.
pub const CITED_MAX: usize = 20;
/// Most digits of a number.
const DIGITS: usize = 6;
/// Most characters between the name of a directory and a number: « RNCP n° 38106 ».
const BETWEEN: usize = 4;
/// Least digits of a number of the RS in free words, where « RS485 » is a cable.
const LEAST_IN_WORDS: usize = 4;
/// Successors followed from one certification to the next.
const FOLLOWED_MAX: usize = 20;

/// A national directory of certifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Directory {
    /// Répertoire national des certifications professionnelles: degrees and professional titles.
    Rncp,
    /// Répertoire spécifique: certifications of complementary skills.
    Rs,
}

/// A certification's code: `RNCP38106`, `RS5616`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CertificationCode {
    directory: Directory,
    number: u32,
}

impl CertificationCode {
    /// The code of a number in a directory; nothing when it has too many digits.
    pub fn new(directory: Directory, number: u32) -> Option<Self> {
        (number > 0 && number < 10_u32.pow(DIGITS as u32)).then_some(Self { directory, number })
    }

    /// Reads a code and nothing else: « RNCP38106 », « rs 5616 ».
    pub fn parse(text: &str) -> Option<Self> {
        let upper = text.trim().to_uppercase();
        let (directory, rest) = match upper.strip_prefix("RNCP") {
            Some(rest) => (Directory::Rncp, rest),
            None => (Directory::Rs, upper.strip_prefix("RS")?),
        };
        let digits = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '-']);
        let plain = digits.len() <= DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        Self::new(directory, digits.parse().ok().filter(|_| plain)?)
    }

    /// The directory that it is of.
    pub fn directory(self) -> Directory {
        self.directory
    }

    /// Its page at France compétences, which keeps both directories.
    pub fn page(self) -> String {
        let directory = match self.directory {
            Directory::Rncp => "rncp",
            Directory::Rs => "rs",
        };
        format!("https://www.francecompetences.fr/recherche/{directory}/{}/", self.number)
    }
}

impl fmt::Display for CertificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let directory = match self.directory {
            Directory::Rncp => "RNCP",
            Directory::Rs => "RS",
        };
        write!(f, "{directory}{}", self.number)
    }
}

impl TryFrom<String> for CertificationCode {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("« {text} » n’est pas un code de certification"))
    }
}

impl From<CertificationCode> for String {
    fn from(code: CertificationCode) -> Self {
        code.to_string()
    }
}

/// The codes that words about a certification cite, in order, each once: « RNCP38106 ; RS5616 ».
pub fn codes_in(words: &str) -> Vec<CertificationCode> {
    let mut codes = Vec::new();
    gather(words, 1, &mut codes);
    codes
}

/// Adds the codes of a text; the RS's have at least so many digits.
fn gather(text: &str, least: usize, codes: &mut Vec<CertificationCode>) {
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        let is_start = !before.is_alphanumeric();
        let after_slash = before == '/';
        before = letter;
        if !is_start || !matches!(letter, 'R' | 'r') || codes.len() >= CITED_MAX {
            continue;
        }
        let rest = &text[at..];
        let code = match rest.get(..4).filter(|name| name.eq_ignore_ascii_case("rncp")) {
            Some(_) => numbered(Directory::Rncp, &rest[4..], 1),
            // « rs » in small letters is a directory in addresses only.
            None if rest.starts_with("RS") || (after_slash && rest.starts_with("rs/")) => {
                numbered(Directory::Rs, &rest[2..], least)
            }
            None => None,
        };
        codes.extend(code.filter(|code| !codes.contains(code)));
    }
}

/// The code of a number that begins a text, after a few signs.
fn numbered(directory: Directory, text: &str, least: usize) -> Option<CertificationCode> {
    let is_between =
        |c: char| c.is_whitespace() || matches!(c, '-' | '/' | '_' | ':' | '.' | 'n' | 'N' | '°' | 'º');
    let start = text.find(|c| !is_between(c))?;
    if text[..start].chars().count() > BETWEEN {
        return None;
    }
    let digits = &text[start..];
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let after = &digits[end..];
    // « RNCP40344BC01 » is a block of RNCP40344.
    let is_whole = !after.starts_with(char::is_alphanumeric) || after.starts_with("BC");
    let fits = (least..=DIGITS).contains(&end) && is_whole;
    CertificationCode::new(directory, digits[..end].parse().ok().filter(|_| fits)?)
}

impl Training {
    /// The certifications that the training cites: in its source's words on what it delivers, in its title, in
    /// the addresses of its page and of its main source. At most [`CITED_MAX`].
    pub fn certifications(&self) -> Vec<CertificationCode> {
        let mut codes = Vec::new();
        gather(self.stated(Field::Nature).unwrap_or_default(), 1, &mut codes);
        gather(&self.title, LEAST_IN_WORDS, &mut codes);
        if let Some(url) = &self.url {
            gather(url.as_str(), LEAST_IN_WORDS, &mut codes);
        }
        if let Place::Web(address) = &self.sources.main.address {
            gather(address.as_str(), LEAST_IN_WORDS, &mut codes);
        }
        codes
    }
}

/// What a directory says of a certification; what it does not say is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certification {
    /// Title.
    pub title: String,
    /// Type, in the directory's words: « Titre professionnel », « Master ».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Level of the national framework, 1 to 8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Whether it is active: whether one may still enter a training for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// End of its registration, `2028-08-31`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<String>,
    /// Those that take its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub successors: Vec<CertificationCode>,
}

impl Certification {
    /// End of its registration, in words: « 31 août 2028 ».
    pub fn end_in_french(&self) -> Option<String> {
        self.ends_on.as_deref().and_then(|day| Seen::parse(day).ok()).map(Seen::in_french)
    }
}

/// How a code stands in a directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing<'a> {
    /// The directory does not have it.
    Unknown,
    /// Active.
    Active(&'a Certification),
    /// No longer active.
    Inactive(&'a Certification),
    /// The directory does not say.
    Unsaid(&'a Certification),
}

/// Both directories as France compétences published them on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certifications {
    as_of: Seen,
    entries: BTreeMap<CertificationCode, Certification>,
}

impl Certifications {
    /// The entries of a day.
    pub fn new(as_of: Seen, entries: BTreeMap<CertificationCode, Certification>) -> Self {
        Self { as_of, entries }
    }

    /// The day that it is true of.
    pub fn as_of(&self) -> Seen {
        self.as_of
    }

    /// Number of certifications.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All entries, by code.
    pub fn iter(&self) -> impl Iterator<Item = (CertificationCode, &Certification)> {
        self.entries.iter().map(|(code, entry)| (*code, entry))
    }

    /// How a code stands.
    pub fn standing(&self, code: CertificationCode) -> Standing<'_> {
        match self.entries.get(&code) {
            None => Standing::Unknown,
            Some(entry) => match entry.active {
                Some(true) => Standing::Active(entry),
                Some(false) => Standing::Inactive(entry),
                None => Standing::Unsaid(entry),
            },
        }
    }

    /// What takes the place of a certification today: the active ones that its successors lead to; when none
    /// is known to be active, its own successors.
    pub fn replacements(&self, code: CertificationCode) -> Vec<CertificationCode> {
        let of = |code| self.entries.get(&code).map_or(&[][..], |entry| entry.successors.as_slice());
        let mut waiting = of(code).to_vec();
        let (mut seen, mut active) = (BTreeSet::from([code]), Vec::new());
        while let Some(next) = waiting.pop() {
            if seen.len() > FOLLOWED_MAX || !seen.insert(next) {
                continue;
            }
            match self.standing(next) {
                Standing::Active(_) => active.push(next),
                _ => waiting.extend(of(next)),
            }
        }
        active.sort_unstable();
        if active.is_empty() { of(code).to_vec() } else { active }
    }
}

#[cfg(test)]
mod tests {
    use super::{CITED_MAX, CertificationCode, codes_in, gather};

    fn check(words: &str, expect: &[&str]) {
        let codes: Vec<String> = codes_in(words).iter().map(ToString::to_string).collect();
        assert_eq!(codes, expect, "{words}");
    }

    #[test]
    fn codes_are_read_in_the_words_that_people_write() {
        check("RNCP38106", &["RNCP38106"]);
        check("Titre (RNCP n° 38106), niveau 7", &["RNCP38106"]);
        check("RNCP 38106 ; RS5616 ; RNCP38106", &["RNCP38106", "RS5616"]);
        check("https://www.francecompetences.fr/recherche/rncp/38106/", &["RNCP38106"]);
        check("https://www.francecompetences.fr/recherche/rs/5616/", &["RS5616"]);
        check("https://certification.example/RNCP37796.html", &["RNCP37796"]);
        check("bloc RNCP40344BC01", &["RNCP40344"]);
        check("RNCP, 2024 ; RNCP38106X ; RNCP1234567 ; CRS1234 ; cours 1234 ; rs 5616", &[]);
        check("", &[]);
    }

    #[test]
    fn short_numbers_of_the_rs_are_no_codes_in_free_words() {
        let mut codes = Vec::new();
        gather("Le bus RS485 et la RS5616", super::LEAST_IN_WORDS, &mut codes);
        assert_eq!(codes.iter().map(ToString::to_string).collect::<Vec<_>>(), ["RS5616"]);
    }

    #[test]
    fn a_text_gives_a_bounded_number_of_codes() {
        let many: String = (1..100).map(|number| format!("RNCP{number} ")).collect();
        assert_eq!(codes_in(&many).len(), CITED_MAX);
    }

    #[test]
    fn a_code_is_alone_or_is_not_read() {
        let parse = |text: &str| CertificationCode::parse(text).map(|code| code.to_string());
        assert_eq!(parse(" rncp 38106 ").as_deref(), Some("RNCP38106"));
        assert_eq!(parse("RS5616").as_deref(), Some("RS5616"));
        assert_eq!(parse("RNCP").or(parse("RNCP0")).or(parse("38106")).or(parse("RNCP+12")), None);
    }
}
