//! Towns in cells: one that is known is taken, without its address; several, and places that are not known as towns, stay in
//! words; words of another kind are left. Absent: other names (see `places`).

mod communes;
mod words;

pub(crate) use communes::find as known;

use catalogue::slug;

use super::places::{is_nameless, joined};
use words::{BODIES, NO_TOWN, NOWHERE, REGIONS, STREETS};

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
    /// It names a place that is not known as a town.
    Unknown,
}

/// What one part of a cell is.
enum Part {
    Nothing,
    Region,
    Town(String),
    Unknown,
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
    let is_town = |name: &str| communes::find(name).is_some();
    name.split_once('-').is_some_and(|(one, other)| is_town(one) && is_town(other))
}

/// What a part of a cell is.
fn part_of(part: &str) -> Part {
    let folded = slug(part);
    if is_nameless(part) || NOWHERE.contains(&folded.as_str()) {
        return Part::Nothing;
    }
    if REGIONS.contains(&folded.as_str()) {
        return Part::Region;
    }
    match communes::find(part) {
        Some(town) => Part::Town(town),
        None if is_elsewhere(part) => Part::Nothing,
        None => Part::Unknown,
    }
}

/// The town that a cell names, without what is no town: « Paris ou distanciel » and « 75012 Paris » are Paris.
///
/// A name is taken when it is that of a commune, or of a place that is known as a town; no other is guessed.
pub(super) fn towns(text: &str) -> Towns {
    let whole = joined(text);
    if is_nameless(&whole) || whole.contains("->") {
        return Towns::None;
    }
    let even =
        [" ou ", " et ", " - ", " – ", " — "].iter().fold(whole, |even, between| even.replace(between, "\n"));
    let parts = even.split(['\n', ',', ';', '|', '+', '/']).map(|part| without_code(part.trim()));
    let (mut named, mut is_region, mut unknown): (Vec<String>, _, _) = (Vec::new(), false, None);
    for part in parts.filter(|part| !part.is_empty()) {
        match part_of(part) {
            Part::Nothing => {}
            Part::Region => is_region = true,
            Part::Town(town) if named.iter().any(|other| slug(other) == slug(&town)) => {}
            Part::Town(town) => named.push(town),
            Part::Unknown => unknown = Some(part),
        }
    }
    match (named.len(), unknown) {
        // « Nantes, hors Rennes » is more than a town.
        (1, None) if super::exclusions::marked(text).is_some() => Towns::Several,
        (1, None) => Towns::One(named.swap_remove(0)),
        (0, Some(only)) if !is_pair(only) => Towns::Unknown,
        (0, None) if is_region => Towns::Region,
        (0, None) => Towns::None,
        _ => Towns::Several,
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
            "Nantes, hors Rennes",
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
    fn a_place_that_is_not_known_as_a_town_stays_in_words() {
        for unknown in [
            "Onsite",
            "Virtual class",
            "Worldwide",
            "ENM",
            "École polytechnique",
            "Lycée Voltaire",
            "Urbana",
            "Nantes (hors Rennes)",
            "北京",
            "École",
        ] {
            assert_eq!(towns(unknown), Towns::Unknown, "{unknown}");
        }
        assert_eq!(towns("Lyon ou Urbana"), Towns::Several);
        assert_eq!(towns("Mairie, Lyon"), Towns::One("Lyon".to_owned()));
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
            "L’Haÿ-les-Roses",
            "Bercy",
            "Rue",
            "Cours-la-Ville",
            "Cours-de-Pile",
            "Chemin-d’Aisey",
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
        check("75572 PARIS CEDEX 12", "Paris");
        check("Paris 12e", "Paris");
        check("Lyon (69)", "Lyon");
        check("Paris, 75012", "Paris");
        check("75012 - Paris", "Paris");
        check("Paris - distanciel", "Paris");
        check("AIX EN PROVENCE", "Aix-en-Provence");
        check("Lieu-Saint-Amand", "Lieu-Saint-Amand");
    }
}
