//! Words too common to be searched for, compared before accents are folded (« été » and « sûr » are
//! words to search for, « à » and « sur » are not). Absent: interrogative nouns, verbs of teaching.

/// Articles, pronouns, prepositions, conjunctions, auxiliaries. Single letters other than « a » and « y »
/// are absent: « C » and « R » are languages; elided ones are told by their apostrophe.
const STOPS: &[&str] = &[
    "a", "afin", "ai", "ainsi", "alors", "après", "as", "au", "aucun", "aucune", "aussi", "autre", "autres", "aux",
    "avaient", "avait", "avant", "avec", "avez", "avoir", "avons", "car", "ce", "ceci", "cela", "celle", "celles",
    "celui", "ces", "cet", "cette", "ceux", "chaque", "chez", "comme", "comment", "dans", "de", "depuis", "des",
    "donc", "dont", "du", "dès", "elle", "elles", "en", "encore", "entre", "es", "est", "et", "eux", "fait", "faire",
    "font", "ici", "il", "ils", "je", "la", "le", "les", "leur", "leurs", "lors", "lorsque", "lui", "là", 
    "ma", "mais", "me", "mes", "moi", "mon", "même", "mêmes", "ne", "ni", "nos", "notre", "nous", "on", "ont",
    "ou", "où", "par", "parce", "pas", "pendant", "peu", "peut", "peuvent", "plus", "plusieurs", "pour", "pourquoi",
    "puis", "puisque", "qu", "quand", "que", "quel", "quelle", "quelles", "quels", "qui", "quoi", "sa", "sans",
    "se", "selon", "sera", "seront", "ses", "si", "soit", "son", "sont", "sous", "suis", "sur", "ta", "te", "tes",
    "toi", "ton", "tous", "tout", "toute", "toutes", "tu", "un", "une", "vers", "via", "voici", "voilà", "vos",
    "votre", "vous", "y", "à", "étaient", "était", "êtes", "être",
];

/// Whether the lower-cased word is ignored by a search.
pub(super) fn is_stop(lower: &str) -> bool {
    lower.len() <= 12 && STOPS.contains(&lower)
}

/// Whether the word is an article, a pronoun or a conjunction when an apostrophe follows.
pub(super) fn is_elision(lower: &str) -> bool {
    matches!(
        lower,
        "l" | "d" | "j" | "m" | "t" | "s" | "n" | "c" | "qu" | "lorsqu" | "puisqu" | "jusqu" | "quoiqu"
    )
}
