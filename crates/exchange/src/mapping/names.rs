//! The names that people give to columns, in French and English.
//! Absent: recognising a column by what it holds.

mod abroad;
mod units;

use catalogue::{PriceBasis, slug};

use super::qualifiers::{self, is_unit_only, parted};
use super::{Target, taxes};
use abroad::{in_two_languages, is_foreign_money};
pub(super) use units::unit;
use units::{units, words_of};

/// Names of columns, folded: lower case, without accents, words tied by hyphens.
const NAMES: [(Target, &[&str]); 24] = [
    (
        Target::Id,
        &[
            "id",
            "identifiant",
            "reference",
            "ref",
            "code",
            "code-formation",
            "numero-formation",
            "course-id",
            "key",
            "code-stage",
            "no",
            "numero",
            "formation-id",
            "id-formation",
            "idnumber",
            "crn",
        ],
    ),
    (
        Target::Title,
        &[
            "title",
            "titre",
            "intitule",
            "intitule-formation",
            "intitule-de-la-formation",
            "nom",
            "name",
            "formation",
            "nom-de-la-formation",
            "titre-de-la-formation",
            "libelle",
            "libelle-formation",
            "label-formation",
            "module",
            "nom-du-module",
            "intitule-du-module",
            "intitule-du-stage",
            "stage",
            "course",
            "course-title",
            "course-name",
            "cours",
            "libelle-de-la-formation",
            "intitule-de-formation",
            "intitule-du-cours",
            "nom-du-cours",
            "titre-du-stage",
            "nom-du-stage",
            "titre-du-module",
            "action-de-formation",
            "intitule-de-l-action",
            "intitule-action",
            "designation",
            "fullname",
            "titre-du-cours",
            "titre-de-l-activite",
            "titre-de-cours",
            "intitule-de-l-activite",
            "libelle-du-diplome",
            "intitule-du-diplome",
            "nom-du-diplome",
        ],
    ),
    (
        Target::Provider,
        &[
            "provider",
            "organisme",
            "nom-organisme",
            "organisme-de-formation",
            "nom-of",
            "nom-de-l-organisme",
            "of",
            "institution",
            "etablissement",
            "ecole",
            "university",
            "organization",
            "organisation",
            "acteur",
            "prestataire",
            "owner",
            "organisateur",
            "operateur",
            "fournisseur",
            "school",
            "partner",
            "structure",
            "nom-de-la-structure",
            "organisme-formateur",
            "course-organization",
            "course-provider",
            "training-provider",
            "organisme-prestataire",
            "organisme-dispensateur",
            "centre-de-formation",
            "raison-sociale",
            "universite",
        ],
    ),
    (
        Target::ProviderKind,
        &[
            "provider-kind",
            "statut",
            "statut-organisme",
            "statut-de-l-organisme",
            "type-d-organisme",
            "type-organisme",
        ],
    ),
    (Target::Kind, &["kind"]),
    (
        Target::Url,
        &[
            "url",
            "lien",
            "lien-web",
            "site",
            "site-web",
            "adresse-web",
            "page",
            "link",
            "course-url",
            "website",
            "lien-url",
            "url-formation",
            "lien-vers-la-formation",
            "articleurl",
            "page-web",
            "lien-internet",
            "lien-details",
            "lien-detail",
            "lien-formation",
        ],
    ),
    (Target::Source, &["source", "source-address", "lien-source"]),
    (Target::Seen, &["seen", "source-seen", "date-de-consultation", "date-extract", "date-chargement"]),
    (Target::Language, &["language", "langue", "langue-de-formation", "langue-d-enseignement", "inlanguage"]),
    (
        Target::Formats,
        &[
            "formats",
            "format",
            "modalite",
            "modalites",
            "modalite-pedagogique",
            "modalites-enseignement",
            "modalite-d-enseignement",
            "mode",
            "delivery-mode",
            "delivery-method",
            "mode-of-delivery",
            "course-mode",
            "coursemode",
        ],
    ),
    (
        Target::Duration,
        &[
            "duration",
            "duree",
            "duration-hours",
            "duree-heures",
            "duree-en-heures",
            "duree-h",
            "nombre-d-heures",
            "nb-heures",
            "nombre-heures-total",
            "heures",
            "hours",
            "volume-horaire",
            "duree-jours",
            "duree-en-jours",
            "nombre-de-jours",
            "nb-jours",
            "jours",
            "duree-en-minutes",
            "duree-minutes",
            "timerequired",
            "duree-de-la-formation",
            "duree-de-formation",
            "duree-formation",
            "duree-totale",
        ],
    ),
    (
        Target::Price,
        &[
            "price",
            "prix",
            "tarif",
            "cout",
            "price-eur",
            "prix-ttc",
            "prix-ht",
            "tarif-ttc",
            "tarif-ht",
            "tarifs",
            "cout-ttc",
            "cout-ht",
            "montant",
            "frais",
            "prix-euros",
            "prix-en-euros",
            "couts",
            "cout-pedagogique",
            "couts-pedagogiques",
            "frais-pedagogiques",
            "prix-par-personne",
            "prix-par-stagiaire",
            "prix-stagiaire",
            "tarif-par-stagiaire",
            "tarif-stagiaire",
            "cout-par-stagiaire",
            "cout-stagiaire",
            "frais-de-formation",
            "frais-d-inscription",
            "cost-eur",
            "fee-eur",
            "offers-price",
            "montant-ht",
            "montant-ttc",
            "tarif-par-personne",
        ],
    ),
    (Target::City, &["city", "ville", "lieu", "lieu-de-formation", "localisation", "lieux", "location"]),
    (
        Target::Nature,
        &["nature", "nature-de-la-formation", "certification", "type-de-certification", "sanction"],
    ),
    (
        Target::Certification,
        &[
            "code-rncp",
            "rncp",
            "numero-rncp",
            "fiche-rncp",
            "ficherncp",
            "code-rs",
            "numero-rs",
            "code-inventaire",
            "rncp-rs",
            "code-rncp-rs",
            "code-certification",
            "code-de-certification",
            "certification-rncp",
        ],
    ),
    (
        Target::PublicSectorOnly,
        &[
            "public-sector-only",
            "reservee-aux-agents-publics",
            "reserve-aux-agents-publics",
            "reservees-aux-agents-publics",
            "agents-publics-uniquement",
        ],
    ),
    (
        Target::Audiences,
        &[
            "audiences",
            "audience",
            "public",
            "public-vise",
            "publics",
            "publics-vises",
            "public-cible",
            "cible",
            "cibles",
        ],
    ),
    (
        Target::Objectives,
        &["objectives", "objectif-pedagogique", "objectifs-pedagogiques", "type-d-objectif"],
    ),
    (
        Target::Themes,
        &[
            "themes",
            "theme",
            "thematique",
            "thematiques",
            "domaine",
            "domaines",
            "subject",
            "subjects",
            "sujet",
            "tags",
            "mots-cles",
            "keywords",
        ],
    ),
    (
        Target::Formacode,
        &[
            "formacode",
            "formacodes",
            "code-formacode",
            "codes-formacode",
            "code-formacode-1",
            "code-formacode-2",
            "code-formacode-3",
            "code-formacode-4",
            "code-formacode-5",
        ],
    ),
    (Target::Nsf, &["nsf", "code-nsf", "codes-nsf", "code-nsf-1", "code-nsf-2", "code-nsf-3"]),
    (
        Target::Rome,
        &[
            "rome",
            "code-rome",
            "codes-rome",
            "code-rome-1",
            "code-rome-2",
            "code-rome-3",
            "code-rome-4",
            "code-rome-5",
        ],
    ),
    (
        Target::Prerequisites,
        &["prerequisites", "prerequis", "pre-requis", "conditions-d-acces", "niveau-requis", "prerequisite"],
    ),
    (
        Target::Summary,
        &[
            "summary",
            "resume",
            "description",
            "presentation",
            "abstract",
            "descriptif",
            "contenu",
            "synopsis",
            "course-description",
            "objectif-formation",
            "objectif-de-la-formation",
            "short-description",
            "objectif",
            "objectifs",
            "objectifs-de-la-formation",
            "programme",
        ],
    ),
];

/// What a column of this name is, as far as its name says; nothing when its brackets say that it is of something else.
pub(super) fn target(name: &str) -> Option<Target> {
    named(name).filter(|target| !qualifiers::is_of_other(*target, name))
}

/// What a column of this name is, whatever it is of.
pub fn named(name: &str) -> Option<Target> {
    if is_foreign_money(name) {
        return None;
    }
    // What contains a training says who gives it and where it is told, not how long it lasts.
    if let Some(inner) = name.strip_prefix("parent.") {
        let shared = [
            Target::Provider,
            Target::ProviderKind,
            Target::Language,
            Target::Source,
            Target::Seen,
            Target::Themes,
        ];
        return named(inner).filter(|target| shared.contains(target));
    }
    let (bare, inside) = parted(name);
    let folded = slug(&bare);
    // « name.fr » of a nested object is its name.
    let last = slug(name.strip_suffix(".fr").unwrap_or(name));
    let of = |word: &str| NAMES.iter().find(|(_, names)| names.contains(&word)).map(|(target, _)| *target);
    let apart = || slug(&words_of(&bare));
    let found = of(&folded)
        .or_else(|| of(&last))
        .or_else(|| priced(&folded))
        .or_else(|| in_two_languages(&bare))
        .or_else(|| of(apart().strip_suffix("-raw").unwrap_or(&apart())))?;
    // « Durée (jours ou heures) »: nobody knows which.
    let is_clear = found != Target::Duration || units(name).count() < 2;
    (is_unit_only(found, &inside) && is_clear).then_some(found)
}

/// A price by its name and what it says of taxes: « Tarif hors taxes », « Tarification / HT » under a merged name.
fn priced(folded: &str) -> Option<Target> {
    const NAMES_WITH_A_BASIS: [&str; 5] =
        ["tarification", "montants", "prix-unitaire", "tarif-unitaire", "frais-tot"];
    let bare = taxes::without(folded);
    let is_price = |(target, names): &(Target, &[&str])| {
        *target == Target::Price
            && (names.contains(&bare.as_str()) || NAMES_WITH_A_BASIS.contains(&bare.as_str()))
    };
    let is_said = taxes::basis(folded) != PriceBasis::Unsaid;
    (is_said && NAMES.iter().any(is_price)).then_some(Target::Price)
}

/// Whether a column only says the currency of prices, their basis, or the unit of durations, and of which field.
pub(super) fn beside(name: &str) -> Option<&'static [Target]> {
    const OF_PRICE: [&str; 17] = [
        "devise",
        "currency",
        "pricecurrency",
        "monnaie",
        "code-devise",
        "prix-devise",
        "devise-prix",
        "prix-unite",
        "unite-prix",
        "unite-de-prix",
        "unite-tarifaire",
        "tarif-unite",
        "prix-par",
        "taxe",
        "taxes",
        "ht-ttc",
        "ttc-ht",
    ];
    const OF_DURATION: [&str; 7] = [
        "unite-de-duree",
        "unite-duree",
        "duree-unite",
        "unite-de-la-duree",
        "unite-de-temps",
        "duration-unit",
        "unite-temps",
    ];
    if named(name) == Some(Target::Price) {
        return None;
    }
    // A name met twice has a number: « Unité (2) ».
    let (name, _) = parted(name);
    let (whole, last) = (slug(&name), slug(name.rsplit('.').next().unwrap_or(&name)));
    let is_in = |names: &[&str]| names.contains(&whole.as_str()) || names.contains(&last.as_str());
    let has = |wanted: &[&str]| whole.split('-').any(|word| wanted.contains(&word));
    let says_money = has(&["devise", "devises", "currency", "monnaie", "monetaire", "tarification"])
        || (has(&["unite", "type", "mode", "base"])
            && has(&["prix", "tarif", "tarifaire", "cout", "facturation"]));
    if is_in(&OF_PRICE) || says_money {
        Some(&[Target::Price])
    } else if is_in(&OF_DURATION) {
        Some(&[Target::Duration])
    } else if is_in(&["unite", "unites", "unit"]) {
        Some(&[Target::Duration, Target::Price])
    } else {
        None
    }
}

/// Whether a cell is the name of a column that we know: the line of such cells is the header.
pub fn is_known(name: &str) -> bool {
    named(name).is_some()
}
