//! Towns in cells: one is taken, without its address; several stay in words; a place that is no town is left.
//! Absent: other names (see `places`).

mod words;

use catalogue::slug;

use super::places::{is_nameless, joined};
use words::{BODIES, CITIES, NO_TOWN, NOWHERE, REGIONS, STREETS};

/// What a cell says of towns.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Towns {
    /// It names none.
    None,
    /// It names one.
    One(String),
    /// It names several: nobody knows which is that of the training.
    Several,
    /// It names no town, but a region, a district or a country.
    Region,
}

/// Whether words say something else than a town: how it is given, a room, what is not known yet, how long.
fn is_elsewhere(text: &str) -> bool {
    const COUNTED: [&str; 11] =
        ["jour", "jours", "j", "heure", "heures", "h", "semaine", "semaines", "session", "sessions", "lieux"];
    let folded = slug(text);
    let words: Vec<&str> = folded.split('-').collect();
    let is_count = |pair: &[&str]| {
        !pair[0].is_empty() && pair[0].bytes().all(|byte| byte.is_ascii_digit()) && COUNTED.contains(&pair[1])
    };
    let begins =
        |body: &str| folded.strip_prefix(body).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    words.first().is_some_and(|word| *word == "salle")
        || BODIES.iter().any(|body| begins(body))
        || is_street(&words)
        || words.iter().any(|word| NO_TOWN.contains(word))
        || (words.len() > 1 && words[0] == "hors")
        || words.windows(2).any(is_count)
        || text.contains("->")
        || text.contains(['@', '→', '?', '!', '=', '{', '['])
}

/// Whether words are a street with its number: « 12 rue de Bercy », « 12 bis ».
fn is_street(words: &[&str]) -> bool {
    let begins = |word: &&str| word.starts_with(|sign: char| sign.is_ascii_digit());
    let rest = words.iter().skip(1).copied().find(|word| !matches!(*word, "bis" | "ter"));
    // « Rue » alone is a town.
    let is_named = matches!(words, [street, "de" | "du" | "des" | "d", _, ..] if STREETS.contains(street));
    is_named || (words.first().is_some_and(begins) && rest.is_none_or(|word| STREETS.contains(&word)))
}

/// A part without the postal code that it has before or after a town, nor the street before that code.
fn without_code(part: &str) -> &str {
    let is_code = |word: &str| word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit());
    let Some(code) = part.split_whitespace().find(|word| is_code(word)) else { return part };
    let Some((before, after)) = part.split_once(code).map(|(before, after)| (before.trim(), after.trim()))
    else {
        return part;
    };
    if after.is_empty() { before } else { after }
}

/// Whether a name is those of two towns: « Paris-Lyon ».
fn is_pair(name: &str) -> bool {
    let folded = slug(name);
    folded.split_once('-').is_some_and(|(one, other)| CITIES.contains(&one) && CITIES.contains(&other))
}

/// The town that a cell names, without what is no town: « Paris ou distanciel » and « 75012 Paris » are Paris.
pub(super) fn towns(text: &str) -> Towns {
    let whole = joined(text);
    let is_none =
        |part: &str| is_nameless(part) || NOWHERE.contains(&slug(part).as_str()) || is_elsewhere(part);
    if is_nameless(&whole) || whole.contains("->") {
        return Towns::None;
    }
    let even =
        [" ou ", " et ", " - ", " – ", " — "].iter().fold(whole, |even, between| even.replace(between, "\n"));
    let parts = even.split(['\n', ',', ';', '|', '+', '/']).map(|part| without_code(part.trim()));
    let is_region = |part: &str| REGIONS.contains(&slug(part).as_str());
    let named: Vec<&str> = parts.filter(|part| !part.is_empty() && !is_none(part)).collect();
    let towns: Vec<&str> = named.iter().copied().filter(|part| !is_region(part)).collect();
    match towns.split_first() {
        None if !named.is_empty() => Towns::Region,
        None => Towns::None,
        // « Nantes (hors Rennes) » is more than a town.
        Some((only, [])) if is_pair(only) || super::exclusions::marked(text).is_some() => Towns::Several,
        Some((first, others)) if others.iter().all(|other| slug(other) == slug(first)) => {
            Towns::One((*first).to_owned())
        }
        Some(_) => Towns::Several,
    }
}

#[cfg(test)]
mod tests {
    use super::{Towns, towns};

    #[test]
    fn several_towns_are_none() {
        for several in [
            "Paris, Lyon et Lille",
            "Paris ou Lyon",
            "Paris|Lyon",
            "Paris\nLyon",
            "Paris/Lyon",
            "Marseille ; Lyon",
            "Paris - Lyon",
            "Paris – Lyon",
            "Paris-Lyon",
            "Nantes (hors Rennes)",
            "75012 Paris et 69003 Lyon",
        ] {
            assert_eq!(towns(several), Towns::Several, "{several}");
        }
    }

    #[test]
    fn what_is_no_town_is_left() {
        for none in [
            "Sur site client",
            "Classroom",
            "Virtual classroom",
            "Face-to-face",
            "To be defined",
            "Multiple locations",
            "Sciences Po Paris",
            "École militaire",
            "Délégation de Lyon",
            "Zone de défense Est",
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
            "Lieu à préciser",
            "Non défini",
            "Selon effectifs",
            "Sur votre lieu de travail",
            "Foad",
            "Distanciel (Teams)",
            "Visioconférence Teams",
            "Mentor",
            "Dématérialisé",
            "Plusieurs sites",
            "en présentiel à Lyon",
            "Non",
            "Oui",
            "2 jours",
            "Salle 203",
            "12 rue de Bercy",
            "voir convocation",
            "Lien envoyé",
            "Lyon -> annulé",
            "Visio Zoom",
            "Toutes",
            "Région",
            "Hors Paris",
            "Mairie",
            "IRA de Lille",
            "DDT de la Moselle",
        ] {
            assert_eq!(towns(none), Towns::None, "{none}");
        }
    }

    #[test]
    fn a_region_is_no_town() {
        for region in ["Île-de-France", "Région Sud", "Moselle", "Europe", "Bretagne ou visio"] {
            assert_eq!(towns(region), Towns::Region, "{region}");
        }
    }

    #[test]
    fn one_town_is_taken_without_what_is_around_it() {
        let check = |text: &str, town: &str| assert_eq!(towns(text), Towns::One(town.to_owned()), "{text}");
        check("Paris ou distanciel", "Paris");
        check("Visio / Lyon", "Lyon");
        check("Aix-en-Provence", "Aix-en-Provence");
        check("Teams ou Paris", "Paris");
        check("Paris + distanciel", "Paris");
        for town in [
            "La Salle-les-Alpes",
            "Ligné",
            "Jours-lès-Baigneux",
            "Saint-Lieux-lès-Lavaur",
            "Paris 12e",
            "Lyon (69)",
            "PARIS CEDEX 12",
            "L’Haÿ-les-Roses",
            "Bercy",
            "Rue",
            "Cours-la-Ville",
        ] {
            check(town, town);
        }
        check("Saint-Denis (La Réunion)", "Saint-Denis (La Réunion)");
        for paris in [
            "75012 Paris",
            "12 rue de Bercy, 75012 Paris",
            "12 rue de Bercy 75012 Paris",
            "12 bis, avenue de Bercy, Paris",
            "Paris 75012",
            "Paris, Paris",
            "Paris, France",
            "Paris, Île-de-France",
        ] {
            check(paris, "Paris");
        }
        check("75572 PARIS CEDEX 12", "PARIS CEDEX 12");
        check("Paris, 75012", "Paris");
        check("75012 - Paris", "Paris");
        check("Paris - distanciel", "Paris");
        check("北京", "北京");
        check("Y", "Y");
    }
}
