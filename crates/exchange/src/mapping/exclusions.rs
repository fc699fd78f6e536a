//! Words of exclusion: « tous, sauf A et B », « hors C », « e-learning (hors MOOC) ». What follows them is no value.
//! Absent: the values (see `vocabulary`).

use catalogue::slug;

/// Stands for what is excluded, in a text.
pub(super) const MARK: char = '\u{0}';

/// Words after which everything is excluded.
const WORDS: [&str; 16] = [
    "sauf",
    "hors",
    "hormis",
    "excepte",
    "exceptee",
    "exceptes",
    "exceptees",
    "exclusion",
    "exception",
    "exclu",
    "exclue",
    "exclus",
    "exclues",
    "excluant",
    "except",
    "excluding",
];
/// Words that make « pas » and « non » exclude what follows, before them…
const BEFORE: [&str; 4] = ["mais", "et", "ou", "concerne"];
/// … or after them.
const AFTER: [&str; 12] =
    ["de", "d", "le", "la", "les", "l", "au", "aux", "pour", "en", "destine", "destinee"];

/// What « pas » and « non » exclude somebody or something from being.
const QUALITIES: [&str; 24] = [
    "accessible",
    "accessibles",
    "admis",
    "admise",
    "admises",
    "autorise",
    "autorises",
    "concerne",
    "concernee",
    "concernees",
    "concernes",
    "disponible",
    "disponibles",
    "eligible",
    "eligibles",
    "ouvert",
    "ouverte",
    "ouvertes",
    "ouverts",
    "propose",
    "proposee",
    "proposees",
    "proposes",
    "vise",
];

/// Whether brackets say that the value before them is excluded: « sous-directeurs (non éligibles) ».
fn is_of_value_before(inside: &str) -> bool {
    let says_only =
        |word: &str| matches!(word, "non" | "pas") || word.starts_with("exclu") || QUALITIES.contains(&word);
    slug(inside).split('-').all(says_only)
}

/// A text whose excluded part is a mark: up to the end of the parenthesis, which goes whole, of the sentence or of the text;
/// the value before a parenthesis that says nothing but « non éligible ». Nothing when it excludes nothing.
pub(super) fn marked(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = exclusion(rest) {
        let before = &rest[..at];
        match before.rfind('(').filter(|open| !before[*open..].contains(')')) {
            Some(open) => {
                out.push_str(before[..open].trim_end());
                let close = rest[at..].find(')').map_or(rest.len(), |close| at + close + 1);
                if is_of_value_before(rest[open + 1..close].trim_end_matches(')')) {
                    let value = out.rfind([',', ';', '|', '/', '\n']).map_or(0, |separator| separator + 1);
                    out.truncate(value);
                    out.push(MARK);
                }
                rest = &rest[close..];
                if rest.is_empty() && !text.ends_with(')') {
                    out.push(MARK);
                }
            }
            None => {
                out.push_str(before);
                out.push(MARK);
                let end = rest[at..].find(". ").map_or(rest.len(), |end| at + end + 1);
                rest = &rest[end..];
            }
        }
    }
    let excludes = rest.len() < text.len();
    out.push_str(rest);
    excludes.then_some(out)
}

/// Whether a value speaks for everything: « tous », « toutes catégories ». It is not true beside an exclusion.
pub(super) fn is_all(word: &str) -> bool {
    slug(word).split('-').any(|word| matches!(word, "tous" | "toutes" | "tout" | "toute"))
}

/// Where the first word of exclusion begins that something follows.
fn exclusion(text: &str) -> Option<usize> {
    let mut words: Vec<(usize, &str, String)> = Vec::new();
    let mut start = None;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        match (sign.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(begun)) => {
                words.push((begun, &text[at..], slug(&text[begun..at])));
                start = None;
            }
            _ => {}
        }
    }
    let word = |at: usize| words.get(at).map_or("", |(.., word)| word.as_str());
    let found = (0..words.len()).find(|at| {
        let (_, rest, own) = &words[*at];
        let follows = words.len() > at + 1;
        // « Non-cadres » is a word of its own; « hors : » is not.
        let is_compound = rest.starts_with('-');
        let negates = || {
            let before = at.checked_sub(1).map_or("", word);
            BEFORE.contains(&before) || AFTER.contains(&word(at + 1)) || QUALITIES.contains(&word(at + 1))
        };
        follows
            && !is_compound
            && match own.as_str() {
                "pas" | "non" => negates(),
                "ni" => true,
                own => WORDS.contains(&own),
            }
    });
    found.map(|at| words[at].0)
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn what_follows_a_word_of_exclusion_is_marked() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(marked(text).map(|text| text.replace('\0', "#")).as_deref(), expect, "{text}");
        };
        check("Tous, sauf sous-directeurs, cadres métiers", Some("Tous, #"));
        check("Hors : présentiel, hybride", Some("#"));
        check("E-learning (hors MOOC, distanciel)", Some("E-learning"));
        check("E-learning (hors MOOC, distanciel), hybride", Some("E-learning, hybride"));
        check("E-learning (hors MOOC, distanciel", Some("E-learning#"));
        check("À l'exclusion de : cadres techniques", Some("À l'#"));
        check("Directeurs. Sauf A, B. Cadres métiers", Some("Directeurs. # Cadres métiers"));
        check("Pas de distanciel, présentiel", Some("#"));
        check("Cadres métiers, mais pas cadres techniques", Some("Cadres métiers, mais #"));
        check("Non ouvert aux : sous-directeurs, cadres métiers", Some("#"));
        check("Sous-directeurs (et non Directeurs), Cadres métiers", Some("Sous-directeurs, Cadres métiers"));
        check("Sous-directeurs (non éligible)", Some("#"));
        check("Cadres métiers (non concernés), sous-directeurs", Some("#, sous-directeurs"));
        check("Directeurs, cadres métiers (pas ouvert)", Some("Directeurs,#"));
        check("Distanciel, présentiel (non disponible)", Some("Distanciel,#"));
        for nothing in
            ["Présentiel, distanciel", "Non-cadres, cadres", "Non", "Excel pas à pas", "cadres exclus"]
        {
            check(nothing, None);
        }
    }
}
