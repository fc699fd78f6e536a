//! Names of towns: the communes of France, and places that are known as towns without being communes.
//! Absent: cells that hold more than a name (see `towns`).

use std::collections::HashMap;
use std::sync::LazyLock;

use catalogue::slug;

/// Names of the communes, of those that are part of another one, and of the communes of overseas collectivities, a line each.
///
/// Source: Code officiel géographique, Insee, 2026 (Licence Ouverte), by the package `@etalab/decoupage-administratif` 6.0.0.
const COMMUNES: &str = include_str!("../../../../../data/communes.txt");

/// The name that each folded one is written by; several communes may differ by their accents alone.
static NAMES: LazyLock<HashMap<String, Option<&str>>> = LazyLock::new(|| {
    let mut names: HashMap<String, Option<&str>> = HashMap::with_capacity(COMMUNES.len() / 12);
    for name in COMMUNES.lines().chain(OTHERS) {
        names.entry(slug(name)).and_modify(|written| *written = None).or_insert(Some(name));
    }
    names
});

/// Districts that go by the name of a town, and towns abroad where public executives of France are trained or posted.
const OTHERS: [&str; 56] = [
    "Bercy",
    "La Défense",
    "Paris La Défense",
    "Cergy-Pontoise",
    "Marne-la-Vallée",
    "Saint-Quentin-en-Yvelines",
    "Sophia Antipolis",
    "Roissy",
    "Mata-Utu",
    "Gustavia",
    "Marigot",
    "Monaco",
    "Abidjan",
    "Alger",
    "Amsterdam",
    "Anvers",
    "Athènes",
    "Barcelone",
    "Bâle",
    "Berlin",
    "Berne",
    "Bruges",
    "Brussels",
    "Bruxelles",
    "Bucarest",
    "Budapest",
    "Casablanca",
    "Copenhague",
    "Dakar",
    "Dublin",
    "Genève",
    "Helsinki",
    "La Haye",
    "Lausanne",
    "Liège",
    "Lisbonne",
    "London",
    "Londres",
    "Louvain-la-Neuve",
    "Luxembourg",
    "Maastricht",
    "Madrid",
    "Milan",
    "Montréal",
    "Munich",
    "Namur",
    "New York",
    "Oslo",
    "Ottawa",
    "Prague",
    "Québec",
    "Rabat",
    "Stockholm",
    "Tunis",
    "Varsovie",
    "Zurich",
];

/// Names of communes that a cell more likely says as words: « École », « Ville », « ARS ».
const WORDS: [&str; 43] = [
    "ars", "assas", "avril", "bar", "bars", "bio", "bourg", "bus", "by", "campagne", "centres", "change",
    "charge", "château", "chateau", "cos", "courant", "cours", "école", "ecole", "ens", "eu", "frais",
    "jardin", "ligne", "maire", "maisons", "mars", "mer", "moyen", "place", "plan", "ponts", "port",
    "salles", "simple", "son", "sos", "us", "ville", "villes", "vue", "y",
];

/// The town that words name, by its official spelling where there is one: « PARIS CEDEX 12 » is Paris, « St Denis »
/// Saint-Denis. What brackets add stays, unless it is a number: « Saint-Denis (La Réunion) ».
pub(crate) fn find(words: &str) -> Option<String> {
    let words = words.trim();
    if WORDS.contains(&words.to_lowercase().as_str()) {
        return None;
    }
    if let Some(name) = named(words) {
        return Some(name);
    }
    let (before, within) = words.strip_suffix(')')?.split_once('(')?;
    find(before).map(|name| format!("{name} ({within})"))
}

/// The town of words without brackets.
fn named(words: &str) -> Option<String> {
    let folded = slug(words);
    let written = |folded: &str, words: &str| {
        NAMES.get(folded).map(|name| name.map_or_else(|| words.to_owned(), str::to_owned))
    };
    if let Some(name) = written(&folded, words) {
        return Some(name);
    }
    let parts: Vec<&str> = folded.split('-').filter(|part| !is_district(part)).collect();
    let whole = |part: &&str| {
        match *part {
            "st" => "saint",
            "ste" => "sainte",
            other => other,
        }
        .to_owned()
    };
    let plain: Vec<String> = parts.iter().map(whole).collect();
    let plain = plain.join("-");
    written(&plain, words).filter(|_| plain != folded)
}

/// Whether a word says which part of a town: « CEDEX », « 12 », « 3e », « arrondissement ».
fn is_district(word: &str) -> bool {
    let rank = word.trim_start_matches(|sign: char| sign.is_ascii_digit());
    matches!(word, "cedex" | "arrondissement" | "arrdt" | "arr")
        || (rank.len() < word.len() && matches!(rank, "" | "e" | "er" | "eme" | "ieme"))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn towns_are_found_under_their_many_spellings() {
        let check = |words: &str, expect: &str| assert_eq!(find(words).as_deref(), Some(expect), "{words}");
        check("paris", "Paris");
        check("PARIS CEDEX 12", "Paris");
        check("Paris 12e", "Paris");
        check("Lyon 3ème arrondissement", "Lyon");
        check("St Denis", "Saint-Denis");
        check("STE FOY LES LYON", "Sainte-Foy-lès-Lyon");
        check("aix en provence", "Aix-en-Provence");
        check("L'Haÿ-les-Roses", "L’Haÿ-les-Roses");
        check("Lyon (69)", "Lyon");
        check("Saint-Denis (La Réunion)", "Saint-Denis (La Réunion)");
        check("Nouméa", "Nouméa");
        check("bruxelles", "Bruxelles");
        check("la defense", "La Défense");
        check("Saint-Rémy", "Saint-Rémy");
        check("Saint-Remy", "Saint-Remy");
    }

    #[test]
    fn other_words_name_no_town() {
        for words in [
            "Onsite",
            "Virtual class",
            "Worldwide",
            "ENM",
            "École polytechnique",
            "Lycée Voltaire",
            "École",
            "ARS",
            "Ville",
            "12",
            "Cedex",
            "",
            "(69)",
            "St",
        ] {
            assert_eq!(find(words), None, "{words}");
        }
    }
}
