//! The elements of LHEO 2.3: which ones an element holds, in which order and how many times, and what a
//! text may be. Written from the public description of the standard; `lheo-index` included.
//! Absent: other versions' tables (2.2 and the Mon Compte Formation profile are compared with this one).

use std::collections::HashMap;
use std::sync::LazyLock;

/// What an element may hold.
#[derive(Debug)]
pub(super) enum Rule {
    /// Elements, in this order.
    Sequence(Vec<Part>),
    /// A text of a number of characters.
    Text(usize, usize),
    /// One of a few codes.
    Choice(&'static str),
    /// A whole number.
    Number,
    /// Eight digits, zeros where unknown.
    Date,
    /// Anything: `extras`.
    Free,
}

/// An element of a sequence.
#[derive(Debug)]
pub(super) struct Part {
    /// Name of the element.
    pub(super) name: &'static str,
    /// Least times.
    pub(super) least: usize,
    /// Most times.
    pub(super) most: usize,
}

/// Sequences: after a name, `?` is at most one, `*` any number, `+` at least one, `:a-b` from a to b.
const SEQUENCES: [(&str, &str); 58] = [
    ("lheo", "offres"),
    ("offres", "formation+"),
    (
        "formation",
        "domaine-formation intitule-formation objectif-formation resultats-attendus contenu-formation certifiante \
         contact-formation+ parcours-de-formation code-niveau-entree objectif-general-formation? certification:0-5 \
         code-type-formation:0-5 code-niveau-sortie? url-formation? action+ organisme-formation-responsable \
         identifiant-module? positionnement? sous-modules? modules-prerequis?",
    ),
    ("domaine-formation", "code-FORMACODE:0-5 code-NSF:0-3 code-ROME:0-5"),
    ("certification", "code-RNCP? code-CERTIFINFO? code-RS? code-CPF? reference-code-FORMACODE?"),
    ("reference-certification", "reference-code-RNCP? reference-code-CERTIFINFO? reference-code-RS?"),
    ("code-type-formation", "code-CPF? code-ELU?"),
    (
        "action",
        "rythme-formation code-public-vise:1-10 info-public-vise? niveau-entree-obligatoire modalites-alternance \
         modalites-enseignement conditions-specifiques prise-en-charge-frais-possible lieu-de-formation* \
         modalites-entrees-sorties url-action? duree-cycle? session+ adresse-information? date-information:0-3 \
         restauration? hebergement? transport? acces-handicapes? langue-formation:0-5 modalites-recrutement? \
         modalites-pedagogiques? code-modalite-pedagogique:0-5 equipement* frais-restants? \
         code-perimetre-recrutement? infos-perimetre-recrutement? prix-horaire-TTC? prix-total-TTC? \
         duree-indicative? nombre-heures-centre? nombre-heures-entreprise? nombre-heures-total? \
         detail-conditions-prise-en-charge? conventionnement? duree-conventionnee? organisme-formateur* \
         organisme-financeur:0-8 enseignement*",
    ),
    (
        "organisme-formation-responsable",
        "numero-activite SIRET-organisme-formation nom-organisme raison-sociale coordonnees-organisme \
         contact-organisme+ renseignements-specifiques? potentiel? code-UAI-organisme-formation?",
    ),
    (
        "organisme-formateur",
        "SIRET-formateur raison-sociale-formateur contact-formateur* potentiel? code-UAI-formateur? \
         reference-certification:0-5",
    ),
    ("potentiel", "code-FORMACODE:1-25"),
    ("url-formation", "urlweb:1-3"),
    ("url-action", "urlweb:1-3"),
    ("url-session", "urlweb:1-3"),
    ("web", "urlweb:1-3"),
    ("lieu-de-formation", "SIRET-lieu-formation? code-UAI-lieu-formation? coordonnees"),
    (
        "recrutement",
        "modalite-recrutement code-perimetre-recrutement? infos-perimetre-recrutement? a-distance? adresse? \
         urlweb? nb-places? periode? heure-debut? heure-fin? commentaire?",
    ),
    ("enseignement", "libelle-enseignement type-enseignement obligatoire commentaire?"),
    ("equipement", "type-equipement cout-indicatif-equipement? commentaire?"),
    ("rythme-alternance", "unite-rythme-alternance unites-entreprise unites-centre"),
    ("alternance", "type-alternance rythme-alternance?"),
    ("cycle", "type-cycle annee-cycle* effectif-minimal? capacite-simultanee? capacite-cumulee? alternance?"),
    (
        "session",
        "periode adresse-inscription modalites-inscription? periode-inscription? etat-recrutement? recrutement* \
         url-session? contact-session* reference-certification:0-5 blocs-competences* cycle*",
    ),
    ("adresse-inscription", "adresse"),
    ("adresse-information", "adresse"),
    ("date-information", "date"),
    ("periode", "debut fin"),
    ("periode-inscription", "periode"),
    ("SIRET-organisme-formation", "SIRET"),
    ("SIRET-lieu-formation", "SIRET"),
    ("SIRET-formateur", "SIRET"),
    ("code-UAI-organisme-formation", "code-UAI"),
    ("code-UAI-lieu-formation", "code-UAI"),
    ("code-UAI-formateur", "code-UAI"),
    ("coordonnees-organisme", "coordonnees"),
    ("contact-formation", "type-contact? coordonnees"),
    ("contact-session", "type-contact? coordonnees"),
    ("contact-organisme", "type-contact? coordonnees"),
    ("contact-formateur", "type-contact? coordonnees"),
    ("organisme-financeur", "code-financeur nb-places-financees?"),
    ("bloc-competences", "libelle-bloc code-bloc"),
    ("blocs-competences", "validation-blocs reference-certification bloc-competences+"),
    ("sous-modules", "sous-module+"),
    ("sous-module", "reference-module type-module"),
    ("modules-prerequis", "reference-module+"),
    ("coordonnees", "civilite? nom? prenom? ligne:0-3 adresse? telfixe? portable? fax? courriel? web?"),
    (
        "adresse",
        "denomination? ligne:1-4 codepostal ville departement? code-INSEE-commune? code-INSEE-canton? region? \
         pays? geolocalisation?",
    ),
    ("geolocalisation", "latitude longitude"),
    ("telfixe", "numtel:1-3"),
    ("portable", "numtel:1-3"),
    ("fax", "numtel:1-3"),
    ("lheo-index", "resumes-offres? resumes-organismes?"),
    ("resumes-offres", "resume-offre*"),
    ("resumes-organismes", "resume-organisme*"),
    (
        "resume-offre",
        "domaine-formation intitule-formation nom-organisme SIRET codepostal? code-INSEE-commune? ville departement \
         region? certifiante code-niveau-entree prise-en-charge-frais-possible modalites-enseignement? \
         code-public-vise:1-10 nombre-heures-total? session* contact-formation-resume* certification:0-5",
    ),
    ("resume-organisme", "nom-organisme raison-sociale SIRET numero-activite"),
    ("contact-formation-resume", "type-contact? nom? telfixe? courriel?"),
    ("lheo-plus", "lheo? organisme-formation-responsable*"),
];

/// Texts: least and most characters, then the elements.
const TEXTS: [(usize, usize, &str); 25] = [
    (1, 255, "intitule-formation libelle-enseignement denomination modalites-inscription"),
    (
        1,
        250,
        "nom-organisme raison-sociale info-public-vise restauration hebergement transport acces-handicapes",
    ),
    (0, 250, "raison-sociale-formateur"),
    (
        1,
        3000,
        "objectif-formation resultats-attendus contenu-formation rythme-formation modalites-alternance",
    ),
    (1, 3000, "conditions-specifiques identifiant-module reference-module"),
    (0, 3000, "renseignements-specifiques modalites-recrutement"),
    (0, 150, "duree-indicative"),
    (5, 5, "code-modalite-pedagogique code-FORMACODE code-ROME code-public-vise reference-code-FORMACODE"),
    (5, 5, "codepostal code-INSEE-commune"),
    (3, 3, "code-NSF"),
    (0, 200, "frais-restants modalites-pedagogiques"),
    (2, 2, "langue-formation region pays"),
    (2, 3, "departement"),
    (11, 11, "numero-activite"),
    (14, 14, "SIRET"),
    (8, 8, "code-UAI"),
    (1, 10, "code-RNCP code-CERTIFINFO reference-code-RNCP reference-code-CERTIFINFO reference-code-RS"),
    (1, 10, "prix-total-TTC"),
    (1, 6, "prix-horaire-TTC"),
    (3, 10, "code-RS"),
    (4, 10, "code-CPF code-ELU"),
    (1, 50, "ligne prenom civilite nom ville"),
    (0, 50, "infos-perimetre-recrutement"),
    (1, 500, "commentaire libelle-bloc"),
    (3, 400, "urlweb"),
];
const MORE_TEXTS: [(usize, usize, &str); 7] = [
    (1, 600, "detail-conditions-prise-en-charge"),
    (8, 40, "code-bloc"),
    (4, 5, "code-INSEE-canton"),
    (0, 30, "latitude longitude"),
    (3, 160, "courriel"),
    (1, 25, "numtel"),
    (2, 5, "heure-debut heure-fin"),
];

const NIVEAUX: &str = "0 1 2 3 4 5 6 7 8 11 12 13 14 15 16 17 18";

/// Codes, after the elements.
const CHOICES: [(&str, &str); 15] = [
    ("certifiante niveau-entree-obligatoire prise-en-charge-frais-possible a-distance obligatoire", "0 1"),
    ("modalites-entrees-sorties type-cycle conventionnement", "0 1"),
    ("parcours-de-formation", "1 2 3 4"),
    ("objectif-general-formation", "1 2 3 4 5 6 7 8 9"),
    ("code-niveau-entree code-niveau-sortie", NIVEAUX),
    ("modalites-enseignement type-alternance validation-blocs type-module", "0 1 2"),
    ("type-equipement", "0 1 2 3 4 5 6 7 8 9 10 11"),
    ("modalite-recrutement", "0 1 2 3 4 5 6 7 8 9"),
    ("type-enseignement", "1 2 3 4 5 6 7 8 9 10"),
    ("unite-rythme-alternance", "0 1 2 3 4"),
    ("type-contact", "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14"),
    ("code-perimetre-recrutement", "0 1 2 3 4 5 6"),
    ("code-financeur", "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20"),
    ("positionnement", "1 2"),
    ("etat-recrutement", "1 2 3"),
];

const NUMBERS: &str = "nb-places cout-indicatif-equipement effectif-minimal capacite-simultanee capacite-cumulee \
                       unites-entreprise unites-centre duree-cycle annee-cycle nb-places-financees \
                       nombre-heures-centre nombre-heures-entreprise nombre-heures-total duree-conventionnee";
const DATES: &str = "debut fin date";
const FREE: &str = "extras extra";

/// Elements that say who to call: their words are never shown nor kept.
const PERSONAL: &str = "civilite nom prenom ligne numtel courriel denomination";

type Rules = HashMap<&'static str, (&'static str, Rule)>;

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules = Rules::new();
    for (name, parts) in SEQUENCES {
        rules.insert(name, (name, Rule::Sequence(parts.split_whitespace().map(part).collect())));
    }
    let mut insert = |names: &'static str, rule: fn(&'static str, (usize, usize)) -> Rule, codes, lengths| {
        for name in names.split_whitespace() {
            rules.insert(name, (name, rule(codes, lengths)));
        }
    };
    for (least, most, names) in TEXTS.into_iter().chain(MORE_TEXTS) {
        insert(names, |_, (least, most)| Rule::Text(least, most), "", (least, most));
    }
    for (names, codes) in CHOICES {
        insert(names, |codes, _| Rule::Choice(codes), codes, (0, 0));
    }
    insert(NUMBERS, |_, _| Rule::Number, "", (0, 0));
    insert(DATES, |_, _| Rule::Date, "", (0, 0));
    insert(FREE, |_, _| Rule::Free, "", (0, 0));
    rules
});

/// The name, kept once for all, and the rule of a known element.
pub(super) fn rule(name: &str) -> Option<(&'static str, &'static Rule)> {
    RULES.get(name).map(|(name, rule)| (*name, rule))
}

/// All known names.
pub(super) fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = RULES.keys().copied().collect();
    names.sort_unstable();
    names
}

/// Whether an element's words are about a person or how to reach her.
pub(super) fn is_personal(name: &str) -> bool {
    PERSONAL.split(' ').any(|personal| personal == name)
}

fn part(text: &'static str) -> Part {
    let bounded = |name, least, most| Part { name, least, most };
    if let Some(name) = text.strip_suffix('?') {
        return bounded(name, 0, 1);
    }
    if let Some(name) = text.strip_suffix('*') {
        return bounded(name, 0, usize::MAX);
    }
    if let Some(name) = text.strip_suffix('+') {
        return bounded(name, 1, usize::MAX);
    }
    let times = text.split_once(':').and_then(|(name, times)| Some((name, times.split_once('-')?)));
    match times {
        Some((name, (least, most))) => bounded(name, least.parse().unwrap_or(0), most.parse().unwrap_or(1)),
        None => bounded(text, 1, 1),
    }
}
