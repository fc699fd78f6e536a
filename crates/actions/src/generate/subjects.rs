//! What generated trainings are about: themes with the share they have in the real catalogue, the
//! words of their titles and the competences that go with them. Absent: sentences (see `sentences`).

/// A theme of the referential and how trainings about it are written.
pub(super) struct Subject {
    /// Identifier of the theme.
    pub theme: &'static str,
    /// Subjects of titles, with their article.
    pub objects: [&'static str; 6],
    /// Identifiers of competences, most usual first.
    pub competences: &'static [&'static str],
}

const fn subject(
    theme: &'static str,
    objects: [&'static str; 6],
    competences: &'static [&'static str],
) -> Subject {
    Subject { theme, objects, competences }
}

/// Subjects, with the number of real trainings that have the theme.
pub(super) const SUBJECTS: [(Subject, usize); 14] = [
    (
        subject(
            "data-science",
            [
                "l’analyse statistique",
                "la science des données",
                "l’économétrie",
                "les sondages",
                "la programmation en R",
                "la programmation en Python",
            ],
            &["analyse-donnees", "apprentissage-automatique", "lire-chiffres", "visualisation-donnees"],
        ),
        117,
    ),
    (
        subject(
            "droit-ethique",
            [
                "la protection des données",
                "le RGPD",
                "l’éthique des algorithmes",
                "le droit de la donnée",
                "les données personnelles",
                "la transparence des décisions",
            ],
            &["protection-donnees", "ethique-algorithmes", "enjeux-numeriques", "gouvernance-donnees"],
        ),
        108,
    ),
    (
        subject(
            "transformation",
            [
                "la transformation numérique",
                "la conduite du changement",
                "le design de service",
                "l’innovation publique",
                "la culture numérique",
                "le management de l’innovation",
            ],
            &["conduite-changement", "enjeux-numeriques", "conception-usagers", "equipe-data"],
        ),
        106,
    ),
    (
        subject(
            "ia-algorithmes",
            [
                "l’intelligence artificielle",
                "l’IA générative",
                "l’apprentissage automatique",
                "les algorithmes publics",
                "les agents conversationnels",
                "le traitement des langues",
            ],
            &["comprendre-ia", "apprentissage-automatique", "ethique-algorithmes", "cas-usage"],
        ),
        102,
    ),
    (
        subject(
            "pilotage-projets",
            [
                "le projet de données",
                "la méthode agile",
                "le produit numérique",
                "l’achat de prestations numériques",
                "le portefeuille de projets",
                "le budget d’un projet",
            ],
            &["conduite-projet", "cas-usage", "achat-financement", "portefeuille-projets"],
        ),
        63,
    ),
    (
        subject(
            "ingenierie-donnees",
            [
                "les bases de données",
                "l’architecture de données",
                "la qualité des données",
                "les entrepôts de données",
                "le langage SQL",
                "la mise en production",
            ],
            &["ingenierie-donnees", "qualite-donnees", "gouvernance-donnees", "analyse-donnees"],
        ),
        56,
    ),
    (
        subject(
            "ouverture-partage",
            [
                "les données ouvertes",
                "l’open data",
                "la circulation des données",
                "les API publiques",
                "la réutilisation des données",
                "le partage entre administrations",
            ],
            &["ouverture-partage", "qualite-donnees", "culture-donnees", "code-ouvert"],
        ),
        56,
    ),
    (
        subject(
            "strategie-gouvernance",
            [
                "la stratégie de la donnée",
                "la gouvernance des données",
                "la feuille de route",
                "le rôle d’AMDAC",
                "l’organisation de la donnée",
                "le catalogue de données",
            ],
            &["strategie-donnees", "gouvernance-donnees", "equipe-data", "cas-usage"],
        ),
        49,
    ),
    (
        subject(
            "culture-donnees",
            [
                "la culture de la donnée",
                "le cycle de vie des données",
                "les chiffres clés",
                "la valeur des données",
                "le vocabulaire de la donnée",
                "les données au quotidien",
            ],
            &["culture-donnees", "lire-chiffres", "cas-usage", "visualisation-donnees"],
        ),
        48,
    ),
    (
        subject(
            "securite",
            [
                "la cybersécurité",
                "la souveraineté numérique",
                "l’hébergement des données",
                "la gestion de crise",
                "les rançongiciels",
                "l’homologation de sécurité",
            ],
            &["securite-numerique", "protection-donnees", "enjeux-numeriques"],
        ),
        36,
    ),
    (
        subject(
            "visualisation",
            [
                "la visualisation de données",
                "le tableau de bord",
                "le récit par les données",
                "l’infographie",
                "les graphiques",
                "la cartographie interactive",
            ],
            &["visualisation-donnees", "analyse-donnees", "lire-chiffres"],
        ),
        28,
    ),
    (
        subject(
            "geodonnees",
            [
                "les données géographiques",
                "le système d’information géographique",
                "la télédétection",
                "les cartes en ligne",
                "l’analyse spatiale",
                "les référentiels de territoire",
            ],
            &["analyse-donnees", "ingenierie-donnees", "visualisation-donnees", "ouverture-partage"],
        ),
        18,
    ),
    (
        subject(
            "evaluation-politiques",
            [
                "l’évaluation des politiques publiques",
                "la mesure d’impact",
                "les indicateurs de performance",
                "la décision par les données",
                "l’expérimentation contrôlée",
                "l’analyse de l’action publique",
            ],
            &["decision-donnees", "analyse-donnees", "lire-chiffres"],
        ),
        17,
    ),
    (
        subject(
            "logiciels-libres",
            [
                "les logiciels libres",
                "l’ouverture des codes sources",
                "les communs numériques",
                "la forge logicielle",
                "les licences libres",
                "le code reproductible",
            ],
            &["code-ouvert", "ouverture-partage", "ingenierie-donnees"],
        ),
        16,
    ),
];

/// Audiences, with the number of real trainings that are for them and how one addresses them.
pub(super) const AUDIENCES: [((&str, &str), usize); 4] = [
    (("cadres-metiers", "les cadres métiers"), 310),
    (("cadres-techniques", "les cadres techniques"), 270),
    (("sous-directeurs", "les sous-directeurs"), 137),
    (("directeurs-administration-centrale", "les directeurs d’administration centrale"), 41),
];

/// Objectives, with the number of real trainings that aim at them.
pub(super) const OBJECTIVES: [(&str, usize); 4] =
    [("pratique-technique", 186), ("pratique-metier", 159), ("sensibilisation", 143), ("strategie", 73)];

/// Formats; a real training in two states none.
pub(super) const FORMATS: [(&str, usize); 7] = [
    ("presentiel", 90),
    ("e-learning", 70),
    ("mooc", 55),
    ("distanciel", 45),
    ("hybride", 30),
    ("conference", 12),
    ("accompagnement", 10),
];

/// Stated durations in hours that occur in the real catalogue, with how often.
pub(super) const DURATIONS_HOURS: [(f64, usize); 18] = [
    (14.0, 30),
    (7.0, 25),
    (2.0, 12),
    (21.0, 9),
    (1.0, 6),
    (3.5, 6),
    (28.0, 5),
    (1.5, 5),
    (12.0, 4),
    (35.0, 4),
    (3.0, 3),
    (6.0, 3),
    (40.0, 3),
    (0.5, 2),
    (90.0, 2),
    (126.0, 2),
    (150.0, 2),
    (420.0, 1),
];
