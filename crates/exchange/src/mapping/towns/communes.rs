//! Names of towns: the communes of France, and places that are known as towns without being communes.
//! Absent: cells that hold more than a name (see `towns`).

use std::collections::HashMap;
use std::sync::LazyLock;

use catalogue::slug;

use super::words::REGIONS;

/// Names of the communes, of those that are part of another one, and of the communes of overseas collectivities, a line each;
/// two lines for a name that several departments have.
///
/// Source: Code officiel géographique, Insee, 2026 (Licence Ouverte), by the package `@etalab/decoupage-administratif` 6.0.0.
const COMMUNES: &str = include_str!("../../../../../data/communes.txt");

/// What is known of a folded name.
struct Known {
    /// How it is written; nothing when several communes differ by their accents alone.
    written: Option<&'static str>,
    /// Whether several departments have a commune of that name.
    is_shared: bool,
}

/// By folded name.
static NAMES: LazyLock<HashMap<String, Known>> = LazyLock::new(|| {
    let mut names: HashMap<String, Known> = HashMap::with_capacity(COMMUNES.len() / 12);
    for name in COMMUNES.lines().chain(OTHERS) {
        let again = |known: &mut Known| {
            known.is_shared = true;
            known.written = known.written.filter(|written| *written == name);
        };
        names.entry(slug(name)).and_modify(again).or_insert(Known { written: Some(name), is_shared: false });
    }
    names
});

/// Towns in parts that have a number: « Lyon 3e ».
const PARTED: [&str; 3] = ["paris", "lyon", "marseille"];

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
/// Saint-Denis. A department in brackets stays beside a name that several departments have: « Saint-Denis (974) »; so do other
/// words, but those that may make another place of it: « Paris (ou Lyon) ».
pub(crate) fn find(words: &str) -> Option<String> {
    let words = words.trim();
    if let Some(known) = NAMES.get(&slug(words)).filter(|_| !is_word(words)) {
        return Some(known.written.unwrap_or(words).to_owned());
    }
    let Some((name, within)) = words.strip_suffix(')').and_then(|words| words.split_once('(')) else {
        return named(words).map(|(name, _)| name);
    };
    let (name, is_shared) = named(name.trim())?;
    let within = within.trim();
    let folded = slug(within);
    let is_department = REGIONS.contains(&folded.as_str())
        || matches!(folded.as_str(), "2a" | "2b")
        || (matches!(folded.len(), 2 | 3) && folded.bytes().all(|byte| byte.is_ascii_digit()));
    match is_department {
        true if is_shared => Some(format!("{name} ({within})")),
        true => Some(name),
        false if PARTED.contains(&slug(&name).as_str()) && folded.split('-').all(is_district) => Some(name),
        false => folded.split('-').all(|word| !is_unsure(word)).then(|| format!("{name} ({within})")),
    }
}

/// Whether a word in brackets may make another place of a town, or none.
fn is_unsure(word: &str) -> bool {
    const UNSURE: [&str; 26] = [
        "ou",
        "et",
        "puis",
        "annule",
        "annulee",
        "reporte",
        "reportee",
        "confirmer",
        "definir",
        "preciser",
        "determiner",
        "venir",
        "reserve",
        "sauf",
        "hors",
        "teams",
        "zoom",
        "visio",
        "visioconference",
        "distanciel",
        "distance",
        "complet",
        "ferme",
        "supprime",
        "supprimee",
        "non",
    ];
    UNSURE.contains(&word) || word.starts_with(|sign: char| sign.is_ascii_digit())
}

fn is_word(words: &str) -> bool {
    WORDS.contains(&words.to_lowercase().as_str())
}

/// The town of words without brackets, and whether several departments have one of that name.
fn named(words: &str) -> Option<(String, bool)> {
    if is_word(words) {
        return None;
    }
    let folded = slug(words);
    let parts: Vec<&str> = folded.split('-').collect();
    let bare: Vec<&str> = parts.iter().copied().filter(|part| !is_district(part)).collect();
    // « École 42 » is no town.
    let is_parted = parts.contains(&"cedex") || PARTED.contains(&bare.join("-").as_str());
    let mut plain = if is_parted { bare } else { parts };
    for part in &mut plain {
        match *part {
            "st" => *part = "saint",
            "ste" => *part = "sainte",
            _ => {}
        }
    }
    let known = NAMES.get(&plain.join("-"))?;
    Some((known.written.unwrap_or(words).to_owned(), known.is_shared))
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
        check("Saint-Denis (974)", "Saint-Denis (974)");
        check("Saint-Malo (Ille-et-Vilaine)", "Saint-Malo");
        check("Paris (12e)", "Paris");
        check("Bors (Canton de Charente-Sud)", "Bors (Canton de Charente-Sud)");
        check("Strasbourg (INSP)", "Strasbourg (INSP)");
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
            "École 42",
            "Campagne 2026",
            "12 mars",
            "Centres 1",
            "Place 4",
            "Lyon (annulé)",
            "Paris (ou Lyon)",
            "Lille 3",
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
