//! Names of organisations and of towns in cells: what stands for « the same as above », for nothing known, for a place
//! that is no town.
//! Absent: words of vocabularies (see `vocabulary`), words for what is unknown anywhere (see `values`).

use catalogue::slug;

use super::texts::one_line;
use super::values;

/// Words that name nobody and no place.
const NAMELESS: [&str; 25] = [
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

/// Words under « Ville » that are no town: everywhere, at the client’s, at a distance, a form of session.
const NOWHERE: [&str; 61] = [
    "en-ligne",
    "online",
    "visio",
    "visioconference",
    "en-visio",
    "en-visioconference",
    "webinaire",
    "classe-virtuelle",
    "a-distance",
    "en-distanciel",
    "distanciel",
    "distance",
    "internet",
    "web",
    "teams",
    "zoom",
    "webex",
    "skype",
    "mooc",
    "e-learning",
    "elearning",
    "remote",
    "presentiel",
    "en-presentiel",
    "hybride",
    "mixte",
    "intra",
    "inter",
    "intra-entreprise",
    "inter-entreprises",
    "intra-inter",
    "sur-site",
    "sur-site-client",
    "sur-le-site-du-client",
    "site-client",
    "sur-place",
    "chez-le-client",
    "chez-vous",
    "dans-vos-locaux",
    "dans-nos-locaux",
    "nos-locaux",
    "vos-locaux",
    "en-entreprise",
    "en-interne",
    "interne",
    "france",
    "france-entiere",
    "toute-la-france",
    "toute-france",
    "partout-en-france",
    "national",
    "en-region",
    "en-regions",
    "regions",
    "toutes-regions",
    "plusieurs-villes",
    "plusieurs-lieux",
    "selon-session",
    "selon-sessions",
    "selon-la-session",
    "selon-les-sessions",
];

/// Whether a cell says that it holds the same as the one above.
pub(super) fn is_ditto(text: &str) -> bool {
    const LONGEST: usize = 20;
    const WORDS: [&str; 8] =
        ["idem", "id", "ibid", "ibidem", "ditto", "voir-ci-dessus", "cf-ci-dessus", "comme-ci-dessus"];
    const MARKS: [&str; 9] = ["\"", "\"\"", "''", "»", "”", "“", "//", "〃", "’’"];
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return false;
    }
    let is_word = || {
        let is_whole = text.chars().all(|sign| sign.is_alphabetic() || matches!(sign, ' ' | '.' | '-'));
        // « ID » may name something.
        is_whole && text != "ID" && WORDS.contains(&slug(text).as_str())
    };
    let bare = text.trim_matches(|sign: char| sign == '-' || sign.is_whitespace());
    MARKS.contains(&bare) || is_word()
}

/// Whether words name neither an organisation nor a town: « À définir », a number, a date, an address.
pub(super) fn is_nameless(text: &str) -> bool {
    let text = text.trim();
    let is_mail = text.contains('@') && !text.contains(char::is_whitespace);
    let is_address = text.contains("://") || text.starts_with("www.");
    is_mail
        || is_address
        || !text.chars().any(char::is_alphabetic)
        || NAMELESS.contains(&slug(text).as_str())
        || values::date(text).is_some()
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

/// The towns that a cell names, without what is no town: « Paris ou distanciel » is Paris; nothing when it names none.
pub(super) fn towns(text: &str) -> Option<String> {
    let whole = joined(text);
    let is_none = |part: &str| is_nameless(part) || NOWHERE.contains(&slug(part).as_str());
    if is_none(&whole) {
        return None;
    }
    let even = whole.replace(" ou ", "\n").replace(" et ", "\n").replace(" / ", "\n");
    let parts: Vec<&str> =
        even.split(['\n', ',', ';', '|', '+']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let towns: Vec<&str> = parts.iter().copied().filter(|part| !is_none(part)).collect();
    match towns.len() {
        0 => None,
        // « Paris et Lyon » is told as it is written.
        some if some == parts.len() => Some(whole),
        _ => Some(towns.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_ditto, is_nameless, joined, towns};

    #[test]
    fn what_is_no_town_is_left() {
        let check = |text: &str, expect: Option<&str>| assert_eq!(towns(text).as_deref(), expect, "{text}");
        for none in [
            "Sur site client",
            "Nos locaux",
            "Intra",
            "Présentiel",
            "France entière",
            "Teams",
            "Zoom",
            "MOOC",
            "e-learning",
            "Selon session",
            "75012",
            "12",
            "https://exemple.fr",
            "À définir",
            "Présentiel ou distanciel",
            "x",
        ] {
            check(none, None);
        }
        check("Paris ou distanciel", Some("Paris"));
        check("Visio / Lyon", Some("Lyon"));
        check("Paris\nLyon", Some("Paris, Lyon"));
        check("Paris et Lyon", Some("Paris et Lyon"));
        check("Aix-en-Provence", Some("Aix-en-Provence"));
        check("Saint-Denis (La Réunion)", Some("Saint-Denis (La Réunion)"));
        check("75012 Paris", Some("75012 Paris"));
        check("Paris, 75012", Some("Paris"));
        check("北京", Some("北京"));
        check("Y", Some("Y"));
    }

    #[test]
    fn what_names_nobody_is_left() {
        for none in ["À définir", "sur devis", "x", "n/a", "NC", "12", "01/02/2024", "a@b.fr", "TBD", "-"] {
            assert!(is_nameless(none), "{none}");
        }
        for name in ["INSEE", "École 42", "数据", "Divers & Cie", "Orsys", "X-Force"] {
            assert!(!is_nameless(name), "{name}");
        }
    }

    #[test]
    fn marks_of_repetition_are_known() {
        for mark in ["idem", "Idem.", "id.", "Voir ci-dessus", "//", "-//-", "\"", "''", "»", "- » -", "〃"]
        {
            assert!(is_ditto(mark), "{mark}");
        }
        for other in ["ID", "-", "", "Idemia", "C / D", "identité"] {
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
