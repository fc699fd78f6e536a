//! Themes that the codes of national nomenclatures speak for, by the table `data/codes.csv`: only codes whose label
//! makes the theme plain. A theme found so is a proposal, with the code as its reason; it is never a fact.
//! Absent: NSF, whose labels are wider than our themes, and ROME, whose codes are those of jobs: they are quoted only.

use std::sync::OnceLock;

/// Most codes read in a text.
const CODES_MOST: usize = 100;

/// A code that speaks for a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeTheme {
    /// The nomenclature: « FORMACODE ».
    pub nomenclature: String,
    /// The code itself.
    pub code: String,
    /// What the nomenclature calls it.
    pub label: String,
    /// Identifier of the theme.
    pub theme: String,
}

impl CodeTheme {
    /// The code as a reason: « FORMACODE 11036, Statistique ».
    pub fn reason(&self) -> String {
        format!("{} {}, {}", self.nomenclature, self.code, self.label)
    }
}

/// All the codes that speak for a theme.
pub fn table() -> &'static [CodeTheme] {
    static TABLE: OnceLock<Vec<CodeTheme>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = include_str!("../../../data/codes.csv").lines().skip(1);
        let read = |line: &str| {
            // No cell of this table is quoted; a test reads it whole.
            let mut cells = line.splitn(4, ',').map(str::to_owned);
            Some(CodeTheme {
                nomenclature: cells.next()?,
                code: cells.next()?,
                label: cells.next()?,
                theme: cells.next()?,
            })
        };
        lines.filter_map(read).collect()
    })
}

/// The codes of a text which speak for a theme, each theme once: « FORMACODE 11036, 31042 ; NSF 326 » has two.
pub fn themes_in(words: &str) -> Vec<CodeTheme> {
    let mut found: Vec<CodeTheme> = Vec::new();
    let mut nomenclature = "";
    let is_end = |c: char| !c.is_alphanumeric();
    for word in words.split(is_end).filter(|word| !word.is_empty()).take(2 * CODES_MOST) {
        if word.chars().all(char::is_alphabetic) {
            nomenclature = word;
        }
        let code = table()
            .iter()
            .find(|code| code.code == word && code.nomenclature.eq_ignore_ascii_case(nomenclature));
        if let Some(code) = code.filter(|code| found.iter().all(|other| other.theme != code.theme)) {
            found.push(code.clone());
        }
    }
    found
}
