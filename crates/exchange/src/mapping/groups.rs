//! The name of a group of columns, above theirs: whether the names below keep their meaning under it.
//! Absent: which line names groups (see `table::header`), what stands between parentheses (see `qualifiers`).

use catalogue::slug;

use super::qualifiers::{OF_OTHER, OF_SOMEBODY};
use super::{Target, names, taxes};

/// Words of a group that change nothing to a duration or a price below it.
const HARMLESS: [&str; 111] = [
    "formation",
    "formations",
    "information",
    "informations",
    "info",
    "infos",
    "general",
    "generale",
    "generales",
    "donnees",
    "identification",
    "identite",
    "description",
    "descriptif",
    "caracteristique",
    "caracteristiques",
    "detail",
    "details",
    "duree",
    "durees",
    "volume",
    "volumes",
    "horaire",
    "horaires",
    "temps",
    "tarif",
    "tarifs",
    "tarification",
    "prix",
    "cout",
    "couts",
    "montant",
    "montants",
    "frais",
    "en",
    "euro",
    "euros",
    "eur",
    "ht",
    "ttc",
    "hors",
    "taxe",
    "taxes",
    "toutes",
    "comprises",
    "pedagogique",
    "pedagogiques",
    "pedagogie",
    "logistique",
    "organisation",
    "organisme",
    "organismes",
    "prestataire",
    "prestataires",
    "modalite",
    "modalites",
    "pratique",
    "pratiques",
    "condition",
    "conditions",
    "aspects",
    "volet",
    "financier",
    "financiers",
    "financiere",
    "financieres",
    "administratif",
    "administratives",
    "programme",
    "contenu",
    "offre",
    "catalogue",
    "stage",
    "stages",
    "module",
    "modules",
    "cours",
    "action",
    "principal",
    "principale",
    "principales",
    "fiche",
    "presentation",
    "public",
    "publics",
    "vise",
    "vises",
    "cible",
    "thematique",
    "theme",
    "themes",
    "niveau",
    "inter",
    "par",
    "personne",
    "agent",
    "stagiaire",
    "participant",
    "apprenant",
    "unitaire",
    "unitaires",
    "individuel",
    "individuels",
    "de",
    "du",
    "des",
    "d",
    "la",
    "le",
    "les",
    "l",
];
/// Words of a group of durations.
const OF_DURATIONS: [&str; 8] = ["heures", "heure", "h", "jours", "jour", "j", "total", "totale"];
/// Words that tie others.
const LINKS: [&str; 4] = ["et", "ou", "a", "sur"];
/// Words of a group of trainings that are not those of the row.
const OF_ANOTHER: [&str; 17] = [
    "remplacement",
    "substitution",
    "alternative",
    "alternatives",
    "complementaire",
    "complementaires",
    "preparatoire",
    "preparatoires",
    "prealable",
    "prealables",
    "prerequis",
    "equivalente",
    "equivalentes",
    "annulee",
    "annulees",
    "refusee",
    "refusees",
];
/// First words of a group that is about trainings, whoever they are for.
const TRAININGS: [&str; 10] = [
    "formation",
    "formations",
    "stage",
    "stages",
    "catalogue",
    "offre",
    "offres",
    "action",
    "actions",
    "programme",
];

/// What a column is called under a group: by its own name where the group changes nothing, by both otherwise.
pub(crate) fn under(group: &str, name: &str) -> String {
    let Some(target) = names::named(name) else { return format!("{group} / {name}") };
    if !is_neutral(target, group) {
        return format!("{group} / {name}");
    }
    let says_taxes = |text: &str| taxes::is_without(text) || taxes::is_with(text);
    match target {
        Target::Price if taxes::is_without(group) && !says_taxes(name) => format!("{name} (HT)"),
        _ => name.to_owned(),
    }
}

/// Whether a name keeps its meaning under a group.
pub(crate) fn keeps_meaning(group: &str, name: &str) -> bool {
    names::named(name).is_none_or(|target| is_neutral(target, group))
}

fn is_neutral(target: Target, group: &str) -> bool {
    let mut folded = slug(unnumbered(group));
    if target == Target::Price {
        folded = taxes::without(&folded);
    }
    let words: Vec<&str> = folded.split('-').filter(|word| !word.is_empty()).collect();
    if target.alternates() {
        let is_by = words.contains(&"par");
        let is_of_duration =
            |word: &str| target == Target::Duration && !is_by && OF_DURATIONS.contains(&word);
        let is_harmless =
            |word: &&str| HARMLESS.contains(word) || LINKS.contains(word) || is_of_duration(word);
        return !group.contains(['$', '£', '¥', '/']) && words.iter().all(is_harmless);
    }
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let is_of_trainings = words.first().is_some_and(|first| TRAININGS.contains(first));
    !(has(&OF_OTHER)
        || has(&OF_ANOTHER)
        || (target.is_told_of_others() && !is_of_trainings && has(&OF_SOMEBODY)))
}

/// A group without its rank: « 1. Formation », « B – Coûts ».
fn unnumbered(group: &str) -> &str {
    let bare = group.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let bare = if bare.len() == group.len() {
        group.strip_prefix(|sign: char| sign.is_ascii_uppercase()).unwrap_or(group)
    } else {
        bare
    };
    let is_ranked = group.len() - bare.len() < 3;
    match bare.trim_start().strip_prefix(['.', ')', '-', '–', '—', ':']) {
        Some(rest) if is_ranked && bare.len() < group.len() => rest,
        _ => group,
    }
}

#[cfg(test)]
mod tests {
    use super::under;

    #[test]
    fn a_group_that_qualifies_is_read_with_the_name() {
        let check = |group: &str, name: &str, expect: &str| assert_eq!(under(group, name), expect);
        for (group, name) in [
            ("Coût pour 10 agents", "Prix TTC"),
            ("Session intra (12 agents)", "Prix HT"),
            ("Coûts par jour et par groupe", "Prix HT"),
            ("Prévisionnel 2026", "Montant"),
            ("Tarif 2023", "Prix TTC"),
            ("Coût en k€", "Montant"),
            ("€/jour", "Prix"),
            ("Volume par semaine", "Heures"),
            ("E-learning préparatoire", "Durée (h)"),
            ("2024", "Durée"),
            ("Agent demandeur", "Organisme"),
            ("Agent", "Nom"),
            ("Formation de remplacement", "Titre"),
            ("Ancien intitulé", "Titre"),
        ] {
            check(group, name, &format!("{group} / {name}"));
        }
    }

    #[test]
    fn a_neutral_group_changes_nothing() {
        for (group, name) in [
            ("Formation", "Intitulé"),
            ("Formations proposées aux agents", "Organisme"),
            ("Informations générales", "Durée (h)"),
            ("Durée", "Heures"),
            ("Durée totale", "Jours"),
            ("Tarifs", "Prix TTC"),
            ("Tarif par personne", "Prix TTC"),
            ("2. Coûts pédagogiques", "Prix HT"),
            ("B – Modalités pratiques", "Durée"),
            ("Catalogue 2026", "Titre"),
            ("Agents", "Thématique"),
        ] {
            assert_eq!(under(group, name), name, "{group}");
        }
        assert_eq!(under("Tarifs HT", "Montant"), "Montant (HT)");
        assert_eq!(under("Tarifs HT", "Prix TTC"), "Prix TTC");
    }
}
