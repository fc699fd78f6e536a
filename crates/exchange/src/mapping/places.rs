//! Names of organisations in cells, and titles: what stands for « the same as above », for nothing known, for an organisation
//! that is not chosen yet.
//! Absent: towns (see `towns`), words of vocabularies (see `vocabulary`), words for what is unknown anywhere (see `values`).

use catalogue::slug;

use super::texts::one_line;
use super::values;

/// Words that name nobody and no place.
const NAMELESS: [&str; 33] = [
    "aucun",
    "aucune",
    "oui",
    "non",
    "vrai",
    "faux",
    "true",
    "false",
    "x",
    "xx",
    "xxx",
    "so",
    "sans-objet",
    "a-definir",
    "a-determiner",
    "a-confirmer",
    "a-completer",
    "a-preciser",
    "a-venir",
    "en-attente",
    "en-cours",
    "a-choisir",
    "sur-devis",
    "sur-demande",
    "nous-consulter",
    "voir-devis",
    "tbd",
    "tba",
    "nc",
    "n-a",
    "na",
    "variable",
    "divers",
];

/// Words under « Organisme » that name nobody: a kind of organisation, a contract.
const NOBODY: [&str; 23] = [
    "autre",
    "autres",
    "aucun",
    "plusieurs",
    "neant",
    "non-concerne",
    "non-concernee",
    "interne",
    "externe",
    "en-interne",
    "en-externe",
    "formateur",
    "formateur-interne",
    "formateurs-internes",
    "formateur-externe",
    "formateur-occasionnel",
    "formation-interne",
    "prestataire",
    "prestataire-interne",
    "prestataire-externe",
    "hors-marche",
    "mise-en-concurrence",
    "consultation",
];
/// How words begin that name nobody yet.
const NOBODY_YET: [&str; 11] = [
    "a-designer",
    "a-definir",
    "a-determiner",
    "a-preciser",
    "a-confirmer",
    "a-choisir",
    "a-identifier",
    "a-pourvoir",
    "appel-d-offre",
    "selon",
    "voir",
];
/// Whether a cell says that it holds the same as the one above.
pub(super) fn is_ditto(text: &str) -> bool {
    const LONGEST: usize = 30;
    const WORDS: [&str; 19] = [
        "idem",
        "id",
        "ibid",
        "ibidem",
        "ditto",
        "voir-ci-dessus",
        "cf-ci-dessus",
        "comme-ci-dessus",
        "idem-ci-dessus",
        "idem-dessus",
        "idem-au-dessus",
        "idem-que-ci-dessus",
        "idem-ligne-precedente",
        "idem-ligne-au-dessus",
        "idem-ligne-du-dessus",
        "idem-ligne-ci-dessus",
        "idem-precedent",
        "voir-ligne-precedente",
        "cf-ligne-precedente",
    ];
    const MARKS: [&str; 9] = ["\"", "\"\"", "''", "»", "”", "“", "//", "〃", "’’"];
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return false;
    }
    let is_word = || {
        let is_whole =
            text.chars().all(|sign| sign.is_alphabetic() || matches!(sign, ' ' | '.' | '-' | '(' | ')'));
        // « ID » may name something.
        is_whole && text != "ID" && WORDS.contains(&slug(text).as_str())
    };
    let bare = text.trim_matches(|sign: char| sign == '-' || sign.is_whitespace());
    MARKS.contains(&bare) || is_word()
}

/// Whether words name neither an organisation nor a town: « À définir », a number, a date, an address.
pub(super) fn is_nameless(text: &str) -> bool {
    let text = text.trim();
    // « M@gistère » is no address.
    let is_mail = !text.contains(char::is_whitespace)
        && text.split_once('@').is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'));
    let is_address = text.contains("://") || text.starts_with("www.");
    is_mail
        || is_address
        || !text.chars().any(char::is_alphabetic)
        || NAMELESS.contains(&slug(text).as_str())
        || values::date(text).is_some()
}

/// Whether words are no title of a training.
pub(super) fn is_no_title(text: &str) -> bool {
    is_nameless(text)
}

/// Whether words under « Organisme » name nobody, or nobody yet: « À désigner », « Marché 2024, lot 3 ».
pub(super) fn is_undecided(text: &str) -> bool {
    const OF_MARKETS: [&str; 7] =
        ["interministeriel", "ministeriel", "public", "publics", "national", "en", "a"];
    let folded = slug(text);
    let words: Vec<&str> = folded.split('-').collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_rank = |word: &str| is_number(word) || word.len() == 1;
    let is_market = match words.as_slice() {
        ["marche" | "marches"] | ["lot"] => true,
        ["marche" | "marches", second, rest @ ..] => {
            OF_MARKETS.contains(second) || [*second].iter().chain(rest).any(|word| is_number(word))
        }
        ["lot", rank] | ["lot", "n" | "no" | "numero", rank] => is_rank(rank),
        _ => false,
    };
    let begins = |start: &&str| {
        let rest = folded.strip_prefix(*start);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', 's']))
    };
    is_nameless(text)
        || is_market
        || NOBODY.contains(&folded.as_str())
        || NOBODY_YET.iter().any(begins)
        || (words.len() > 1 && folded.ends_with("-en-cours"))
}

/// A name on one line: those of several lines with a comma between them, unless a line goes on in the next one.
pub(super) fn joined(text: &str) -> String {
    let mut whole = String::new();
    for line in text.lines().map(one_line).filter(|line| !line.is_empty()) {
        if !whole.is_empty() {
            let goes_on = line.starts_with(|sign: char| sign.is_lowercase() || "(-–&".contains(sign))
                || whole.ends_with([',', ';', '-', '–', '&', '/', '’', '\'']);
            whole.push_str(if goes_on { " " } else { ", " });
        }
        whole.push_str(&line);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::{is_ditto, is_nameless, is_undecided, joined};

    #[test]
    fn what_names_nobody_is_left() {
        for none in ["À définir", "sur devis", "x", "n/a", "NC", "12", "01/02/2024", "a@b.fr", "TBD", "-"] {
            assert!(is_nameless(none), "{none}");
        }
        for name in
            ["M@gistère", "@ccessibilité", "INSEE", "École 42", "数据", "Divers & Cie", "Orsys", "X-Force"]
        {
            assert!(!is_nameless(name), "{name}");
        }
    }

    #[test]
    fn an_organisation_that_is_not_chosen_yet_is_left() {
        for none in [
            "À désigner",
            "Appel d'offres en cours",
            "Autre",
            "Non concerné",
            "Voir marché",
            "lot 2",
            "Lot n° 3",
            "MARCHÉ 2024-12 LOT 3",
            "Non",
            "oui",
            "Marché interministériel",
            "Formateur interne",
            "Prestataire externe",
            "à déterminer par le marché",
            "Consultation en cours",
        ] {
            assert!(is_undecided(none), "{none}");
        }
        for name in [
            "Autre Regard",
            "Externatic",
            "Voiron Formation",
            "Lot-et-Garonne Formation",
            "Selonia",
            "Marchés et Territoires",
            "Marché d’intérêt régional",
            "Interne & Co",
            "INSEE",
            "DGFiP",
            "Le Non-Verbal",
        ] {
            assert!(!is_undecided(name), "{name}");
        }
    }

    #[test]
    fn marks_of_repetition_are_known() {
        for mark in [
            "idem",
            "Idem.",
            "id.",
            "Voir ci-dessus",
            "Idem ligne précédente",
            "idem (ci-dessus)",
            "//",
            "-//-",
            "\"",
            "''",
            "»",
            "- » -",
            "〃",
        ] {
            assert!(is_ditto(mark), "{mark}");
        }
        for other in ["ID", "-", "", "Idemia", "Idem Formation", "Idem ligne 12", "C / D", "identité"] {
            assert!(!is_ditto(other), "{other}");
        }
    }

    #[test]
    fn names_of_several_lines_are_told_on_one() {
        let check = |text: &str, expect: &str| assert_eq!(joined(text), expect);
        check("INSEE\nIGPDE", "INSEE, IGPDE");
        check("École nationale\nd’administration", "École nationale d’administration");
        check(" Orsys \r\n\r\n", "Orsys");
    }
}
