//! Cells that are not empty and have no value: errors of calculation, formulas without a result.
//! Absent: the rows around them (see `assembler`).

use crate::issue::Fault;

/// Why a cell that is not empty has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// An error of calculation.
    Error(String),
    /// A formula whose result is not written.
    Uncomputed,
}

/// Whether a text is what a spreadsheet shows of an error of calculation, in French or in English, or of a column too
/// narrow for its numbers.
pub(crate) fn is_error(text: &str) -> bool {
    const LONGEST: usize = 24;
    const ERRORS: [&str; 27] = [
        "N/A",
        "N/D",
        "REF",
        "VALEUR",
        "VALUE",
        "DIV/0",
        "NOM",
        "NAME",
        "NOMBRE",
        "NUM",
        "NUL",
        "NULL",
        "ERROR",
        "ERREUR",
        "CHAMP",
        "FIELD",
        "CALC",
        "SPILL",
        "PROPAGATION",
        "BLOQUÉ",
        "BLOQUE",
        "BLOCKED",
        "BUSY",
        "GETTING_DATA",
        "CONNECT",
        "CONNEXION",
        "UNKNOWN",
    ];
    let text = text.trim();
    if text.len() > LONGEST || !text.starts_with(['#', 'E']) {
        return false;
    }
    let compact: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    let code = ["Err:", "Erreur:"].iter().find_map(|start| compact.strip_prefix(start));
    let is_code = |code: &str| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
    let name = compact.strip_prefix('#').map(|name| name.trim_end_matches(['!', '?']));
    code.is_some_and(is_code)
        || name.is_some_and(|name| ERRORS.contains(&name))
        || (compact.len() > 2 && compact.bytes().all(|byte| byte == b'#'))
}

impl Flaw {
    /// What a row given back holds in its place.
    pub(super) fn as_text(&self) -> String {
        match self {
            Self::Error(error) => error.clone(),
            Self::Uncomputed => "#N/A".to_owned(),
        }
    }

    pub(super) fn fault(self) -> Fault {
        match self {
            Self::Error(error) => Fault::new(
                "la cellule contient une erreur de calcul, elle n’est pas lue",
                "corrigez la formule, ou écrivez la valeur",
            )
            .value(error),
            Self::Uncomputed => Fault::new(
                "le résultat de la formule n’est pas dans le classeur, la cellule n’est pas lue",
                "ouvrez le classeur dans un tableur, enregistrez-le, puis importez-le de nouveau",
            ),
        }
    }
}
