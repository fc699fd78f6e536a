//! What stands between parentheses in the name of a column: its unit, how to fill it, or that it is of something else
//! than the training.
//! Absent: the names themselves (see `names`).

use catalogue::slug;

use super::{Target, taxes};

/// Words that change nothing to what a column is.
const HARMLESS: [&str; 45] = [
    "obligatoire",
    "obligatoires",
    "requis",
    "facultatif",
    "optionnel",
    "champ",
    "a",
    "remplir",
    "saisir",
    "completer",
    "le",
    "la",
    "les",
    "l",
    "de",
    "du",
    "des",
    "d",
    "en",
    "ou",
    "et",
    "s",
    "x",
    "francais",
    "fr",
    "complet",
    "complete",
    "texte",
    "libre",
    "nom",
    "noms",
    "intitule",
    "titre",
    "libelle",
    "formation",
    "formations",
    "stage",
    "organisme",
    "ville",
    "lieu",
    "commune",
    "raison",
    "sociale",
    "url",
    "lien",
];
/// Words of a column that says another thing of the same sort: a former name, a translation.
pub(super) const OF_OTHER: [&str; 18] = [
    "ancien",
    "ancienne",
    "anciens",
    "anciennes",
    "precedent",
    "precedente",
    "old",
    "archive",
    "obsolete",
    "anglais",
    "anglaise",
    "english",
    "allemand",
    "espagnol",
    "italien",
    "traduction",
    "traduit",
    "traduite",
];
/// Words of a column about somebody, something or a code beside the training.
pub(super) const OF_SOMEBODY: [&str; 41] = [
    "code",
    "codes",
    "n",
    "no",
    "num",
    "numero",
    "id",
    "identifiant",
    "siret",
    "siren",
    "uai",
    "nda",
    "siege",
    "agent",
    "agents",
    "tutelle",
    "demandeur",
    "demandeuse",
    "beneficiaire",
    "stagiaire",
    "stagiaires",
    "participant",
    "participants",
    "employeur",
    "service",
    "responsable",
    "contact",
    "referent",
    "manager",
    "client",
    "commanditaire",
    "financeur",
    "payeur",
    "facturation",
    "domicile",
    "residence",
    "affectation",
    "rattachement",
    "origine",
    "depart",
    "naissance",
];

/// A name of a column without what stands between parentheses, and that.
pub(super) fn parted(name: &str) -> (String, String) {
    let (mut bare, mut inside, mut depth) = (String::new(), String::new(), 0_u32);
    for sign in name.chars() {
        match sign {
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                inside.push(' ');
            }
            _ if depth > 0 => inside.push(sign),
            _ => bare.push(sign),
        }
    }
    if bare.trim().is_empty() { (name.to_owned(), String::new()) } else { (bare, inside) }
}

/// Whether what stands between parentheses changes nothing to a price or a duration but its unit.
pub(super) fn is_unit_only(target: Target, inside: &str) -> bool {
    const OF_PRICES: [&str; 22] = [
        "euro",
        "euros",
        "eur",
        "en",
        "ttc",
        "ht",
        "net",
        "nets",
        "de",
        "hors",
        "taxe",
        "taxes",
        "toutes",
        "comprises",
        "par",
        "personne",
        "stagiaire",
        "participant",
        "participante",
        "agent",
        "montant",
        "prix",
    ];
    const OF_DURATIONS: [&str; 16] = [
        "en", "heure", "heures", "h", "hours", "jour", "jours", "j", "days", "minutes", "min", "mn",
        "nombre", "de", "d", "total",
    ];
    let known: &[&str] = match target {
        Target::Price => &OF_PRICES,
        Target::Duration => &OF_DURATIONS,
        _ => return true,
    };
    let folded = slug(inside);
    let words = if target == Target::Price { taxes::without(&folded) } else { folded };
    // « (€/jour) », « (h/semaine) »: of something.
    !inside.contains('/') && words.split('-').all(|word| word.is_empty() || known.contains(&word))
}

/// Whether the brackets of a name say that the column is of something else than what the rest of the name says.
pub(super) fn is_of_other(target: Target, name: &str) -> bool {
    let has = |wanted: &[&str]| slug(&parted(name).1).split('-').any(|word| wanted.contains(&word));
    has(&OF_OTHER) || (target.is_told_of_others() && has(&OF_SOMEBODY))
}

/// Whether the brackets of a name say nothing that may make another column of it.
pub(super) fn is_plain(target: Target, name: &str) -> bool {
    if target.nomenclature().is_some() || target.alternates() || target == Target::Certification {
        return true;
    }
    let inside = slug(&parted(name).1);
    let is_harmless = |word: &str| {
        word.is_empty() || HARMLESS.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    // « Title (EN) ».
    inside != "en" && inside.split('-').all(is_harmless)
}
