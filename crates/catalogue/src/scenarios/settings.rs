//! The numbers of a way: what each is, between which bounds, its value when nothing is said, and what that rests on. Absent:
//! how they are used (see the crate `actions`).

use super::ways::WayKind;

/// A number known by its lowest, likeliest and highest values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Triple {
    /// Lowest.
    pub low: f64,
    /// Likeliest.
    pub mode: f64,
    /// Highest.
    pub high: f64,
}

impl Triple {
    /// A number that is known.
    pub const fn fixed(value: f64) -> Self {
        Self { low: value, mode: value, high: value }
    }

    /// Whether there is nothing uncertain in it.
    pub fn is_certain(&self) -> bool {
        self.low >= self.high
    }
}

/// What a number rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// A page, and what it says.
    Source(&'static str, &'static str),
    /// Nobody states it: to be set by who knows better.
    Assumption(&'static str),
}

/// A number of a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// Share of people who ever come forward, in percent.
    TakeUp,
    /// Share of people invited who come, in percent.
    ShowUp,
    /// Share of people who begin a step and end it, in percent.
    Completion,
    /// What part of a step reaches the learner, in percent.
    Quality,
    /// Most people of a session.
    GroupSize,
    /// Trainers.
    Trainers,
    /// Hours that a trainer gives in a month.
    TrainerHours,
    /// Trainers of a session.
    SessionTrainers,
    /// Hours to prepare a session.
    Preparation,
    /// Euros for a person and a day of seven hours.
    DayCost,
    /// Euros for a person and a step.
    HeadCost,
    /// Euros to open the way.
    OpeningCost,
    /// Euros for each month while it is open.
    MonthlyCost,
    /// People trained to become relays.
    Relays,
    /// Hours that a relay gives in a month.
    RelayHours,
    /// Hours of a trainer to train a group of relays.
    RelayTraining,
    /// Share of relays who stop in a month, in percent.
    Departures,
    /// Hours of a tutor for a person and a step.
    TutorHours,
    /// Months before the way opens.
    Delay,
}

/// Name, label, unit, least, most, whether it is a whole number.
type Row = (Setting, &'static str, &'static str, &'static str, f64, f64, bool);

const ROWS: [Row; 19] = [
    (Setting::TakeUp, "participation", "Personnes qui se présentent un jour", "%", 0.0, 100.0, false),
    (Setting::ShowUp, "presence", "Inscrits qui viennent", "%", 1.0, 100.0, false),
    (
        Setting::Completion,
        "achevement",
        "Personnes qui finissent une étape commencée",
        "%",
        0.0,
        100.0,
        false,
    ),
    (Setting::Quality, "qualite", "Part de l’apport qui est retenue", "%", 0.0, 100.0, false),
    (Setting::GroupSize, "groupe", "Personnes par session, au plus", "personnes", 1.0, 1_000.0, true),
    (Setting::Trainers, "formateurs", "Formateurs", "personnes", 1.0, 100_000.0, true),
    (
        Setting::TrainerHours,
        "heures-formateur",
        "Heures données par un formateur",
        "h par mois",
        0.5,
        200.0,
        false,
    ),
    (Setting::SessionTrainers, "formateurs-session", "Formateurs par session", "personnes", 1.0, 20.0, true),
    (Setting::Preparation, "preparation", "Préparation d’une session", "h", 0.0, 200.0, false),
    (Setting::DayCost, "cout-jour", "Coût d’un jour de formation", "€ par personne", 0.0, 10_000.0, false),
    (Setting::HeadCost, "cout-etape", "Coût d’une étape", "€ par personne", 0.0, 10_000.0, false),
    (Setting::OpeningCost, "ouverture", "Coût d’ouverture", "€", 0.0, 100_000_000.0, false),
    (Setting::MonthlyCost, "cout-mois", "Coût fixe", "€ par mois", 0.0, 10_000_000.0, false),
    (Setting::Relays, "relais", "Relais à former", "personnes", 1.0, 100_000.0, true),
    (Setting::RelayHours, "heures-relais", "Heures données par un relais", "h par mois", 0.5, 200.0, false),
    (
        Setting::RelayTraining,
        "formation-relais",
        "Heures de formateur pour former un groupe de relais",
        "h",
        1.0,
        500.0,
        false,
    ),
    (Setting::Departures, "departs", "Relais qui cessent chaque mois", "%", 0.0, 100.0, false),
    (Setting::TutorHours, "tutorat", "Tutorat d’une étape", "h par personne", 0.0, 50.0, false),
    (Setting::Delay, "delai", "Mois avant l’ouverture", "mois", 0.0, 60.0, true),
];

impl Setting {
    /// The settings of a way, in their order.
    pub fn of(kind: WayKind) -> impl Iterator<Item = Setting> {
        ROWS.iter().map(|row| row.0).filter(move |setting| setting.default(kind).is_some())
    }

    /// Name in addresses and files.
    pub fn name(self) -> &'static str {
        ROWS[self as usize].1
    }

    /// Label on screens.
    pub fn label(self) -> &'static str {
        ROWS[self as usize].2
    }

    /// Unit, as it follows a number.
    pub fn unit(self) -> &'static str {
        ROWS[self as usize].3
    }

    /// The least and the most that it may be.
    pub fn bounds(self) -> (f64, f64) {
        (ROWS[self as usize].4, ROWS[self as usize].5)
    }

    /// Whether it is a whole number.
    pub fn is_whole(self) -> bool {
        ROWS[self as usize].6
    }

    /// Whether it must be certain: counts, delays and shares of departures are decided, not drawn.
    pub fn is_decided(self) -> bool {
        matches!(
            self,
            Setting::Trainers
                | Setting::SessionTrainers
                | Setting::Preparation
                | Setting::OpeningCost
                | Setting::MonthlyCost
                | Setting::Relays
                | Setting::RelayTraining
                | Setting::Departures
                | Setting::Delay
        )
    }

    /// The setting of a name.
    pub fn named(name: &str) -> Option<Setting> {
        ROWS.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// Its value for a way when nothing is said, and what that rests on; none when the way has no such number.
    pub fn default(self, kind: WayKind) -> Option<(Triple, Ground)> {
        match kind {
            WayKind::Campus => campus(self),
            WayKind::Relays => relays(self),
            WayKind::Tailored => tailored(self),
            WayKind::Platform => platform(self),
        }
    }
}

const fn between(low: f64, mode: f64, high: f64) -> Triple {
    Triple { low, mode, high }
}

const PRICES: &str = "https://www.lagazettedescommunes.com/1004752/le-chiffre-de-la-semaine-8-organismes-de-formation-sur-13-declarent-ne-pas-connaitre-leur-cout-moyen-dune-journee";
const TRAINERS: &str = "https://centre-inffo.fr/site-centre-inffo/actualites-centre-inffo/le-quotidien-de-la-formation-actualite-formation-professionnelle-apprentissage/articles-2025/le-campus-du-numerique-public-recherche-des-formateurs-pour-accompagner-son-developpement";
const ECOLOGY: &str = "https://www.cmvrh.developpement-durable.gouv.fr/formation-des-cadres-superieurs-a-la-transition-a4712.html";
const GROUPS: &str = "https://www.bercynumerique.finances.gouv.fr/vivre-le-numerique-a-bercy/la-formation-au-numerique-des-cadres-superieurs-souvre-a";
const ONE_BIG_THING: &str =
    "https://www.civilserviceworld.com/news/article/cabinet-office-hails-one-big-thing-dataskills-success";
const MOOCS: &str =
    "https://blog.educpros.fr/matthieu-cisel/2013/06/01/mooc-ce-que-les-taux-dabandon-signifient/";
const PROJECTS: &str = "https://github.com/numerique-gouv/numerique.gouv.fr/blob/284723d34bb60d05f0f6dfdc8e5c8b18c55613b0/_services/guichet-financement-campus-du-numerique.markdown";

/// What holds of all ways with sessions.
fn sessions(setting: Setting) -> Option<(Triple, Ground)> {
    Some(match setting {
        Setting::TakeUp => (
            between(40.0, 70.0, 90.0),
            Ground::Source(
                ONE_BIG_THING,
                "40 % des agents ont participé à l’opération britannique de 2023, proposée à tous ; le reste est une hypothèse",
            ),
        ),
        Setting::ShowUp => (
            between(75.0, 87.0, 95.0),
            Ground::Source(
                ECOLOGY,
                "87 % des membres de comités de direction présents au premier atelier ; l’écart est une hypothèse",
            ),
        ),
        Setting::Completion => (
            between(80.0, 90.0, 98.0),
            Ground::Source(
                ECOLOGY,
                "78 % au second atelier pour 87 % au premier, soit 90 % d’une étape à l’autre [calcul] ; l’écart est une hypothèse",
            ),
        ),
        Setting::Quality => (
            Triple::fixed(100.0),
            Ground::Assumption("la référence : ce qu’apporte une session donnée par un formateur"),
        ),
        Setting::GroupSize => (
            between(15.0, 20.0, 27.0),
            Ground::Source(
                GROUPS,
                "20 puis 27 cadres par promotion du cycle supérieur du numérique ; 15 est une hypothèse",
            ),
        ),
        Setting::SessionTrainers => (Triple::fixed(1.0), Ground::Assumption("un formateur par session")),
        Setting::Preparation => {
            (Triple::fixed(2.0), Ground::Assumption("deux heures par session d’une étape"))
        }
        Setting::DayCost => (
            between(250.0, 300.0, 468.0),
            Ground::Source(
                PRICES,
                "tarifs de 250 à 468 € par personne et par jour, coût moyen estimé à 300 €",
            ),
        ),
        Setting::Delay => (Triple::fixed(0.0), Ground::Assumption("ouvert dès le premier mois")),
        _ => return None,
    })
}

fn campus(setting: Setting) -> Option<(Triple, Ground)> {
    Some(match setting {
        Setting::Trainers => (
            Triple::fixed(50.0),
            Ground::Source(TRAINERS, "environ 50 formateurs occasionnels au Campus du numérique public"),
        ),
        Setting::TrainerHours => (
            between(7.0, 14.0, 21.0),
            Ground::Assumption(
                "des formateurs occasionnels : un à trois jours par mois, aucune source ne le dit",
            ),
        ),
        Setting::OpeningCost | Setting::MonthlyCost => {
            (Triple::fixed(0.0), Ground::Assumption("compris dans le coût d’un jour"))
        }
        other => return sessions(other),
    })
}

fn relays(setting: Setting) -> Option<(Triple, Ground)> {
    Some(match setting {
        Setting::Relays => (
            Triple::fixed(100.0),
            Ground::Source(ECOLOGY, "une centaine d’animateurs internes formés au pôle Écologie"),
        ),
        Setting::RelayHours => (
            between(3.5, 7.0, 14.0),
            Ground::Assumption(
                "un demi-jour à deux jours par mois pris sur leur poste, aucune source ne le dit",
            ),
        ),
        Setting::RelayTraining => {
            (Triple::fixed(14.0), Ground::Assumption("deux jours pour former un groupe de relais"))
        }
        Setting::Departures => (
            Triple::fixed(2.0),
            Ground::Assumption("un relais sur cinq cesse chaque année, mobilité des cadres"),
        ),
        Setting::Quality => (
            between(60.0, 80.0, 95.0),
            Ground::Assumption("une cascade perd de la qualité ; combien, aucune source ne le dit"),
        ),
        Setting::DayCost => (
            between(64.0, 150.0, 300.0),
            Ground::Source(
                PRICES,
                "64 € est le coût d’un jour le plus bas déclaré par une école, 300 € le coût moyen ; le plus probable est une hypothèse",
            ),
        ),
        Setting::OpeningCost | Setting::MonthlyCost => {
            (Triple::fixed(0.0), Ground::Assumption("l’animation des relais n’est pas chiffrée"))
        }
        other => return sessions(other),
    })
}

fn tailored(setting: Setting) -> Option<(Triple, Ground)> {
    Some(match setting {
        Setting::Trainers => (
            Triple::fixed(32.0),
            Ground::Source(TRAINERS, "32 formateurs externes au Campus du numérique public"),
        ),
        Setting::TrainerHours => (
            between(7.0, 14.0, 28.0),
            Ground::Assumption("des prestataires : un à quatre jours par mois, aucune source ne le dit"),
        ),
        Setting::TakeUp => (
            between(60.0, 80.0, 95.0),
            Ground::Assumption(
                "la direction invite ses propres cadres : davantage viennent que par un catalogue",
            ),
        ),
        Setting::OpeningCost | Setting::MonthlyCost => {
            (Triple::fixed(0.0), Ground::Assumption("compris dans le coût d’un jour"))
        }
        other => return sessions(other),
    })
}

fn platform(setting: Setting) -> Option<(Triple, Ground)> {
    Some(match setting {
        Setting::TakeUp => (
            between(20.0, 40.0, 60.0),
            Ground::Source(
                ONE_BIG_THING,
                "40 % des agents ont participé à l’opération britannique de 2023 ; l’écart est une hypothèse",
            ),
        ),
        Setting::ShowUp => (
            between(30.0, 60.0, 90.0),
            Ground::Source(
                MOOCS,
                "souvent plus de 70 % d’inscrits à un cours en ligne ouvert ne viennent jamais ; ici, qui ne vient pas est invité de nouveau le mois suivant, et l’écart est une hypothèse",
            ),
        ),
        Setting::Completion => (
            between(10.0, 37.0, 86.0),
            Ground::Source(
                MOOCS,
                "environ 10 % finissent un cours en ligne ouvert, 37 % quand il est court ; 86 % dans l’opération britannique de 2023 [calcul]",
            ),
        ),
        Setting::Quality => (
            between(50.0, 70.0, 90.0),
            Ground::Assumption("seul, on retient moins qu’entre pairs ; combien, aucune source ne le dit"),
        ),
        Setting::HeadCost => {
            (between(0.0, 10.0, 40.0), Ground::Assumption("licences et accompagnement par étape"))
        }
        Setting::OpeningCost => (
            Triple::fixed(100_000.0),
            Ground::Source(
                PROJECTS,
                "le guichet du Campus finance des projets de 20 000 à 300 000 € ; 100 000 € est une hypothèse",
            ),
        ),
        Setting::MonthlyCost => (Triple::fixed(2_000.0), Ground::Assumption("hébergement et maintenance")),
        Setting::TutorHours => (
            between(0.0, 0.25, 0.5),
            Ground::Assumption(
                "un quart d’heure de tuteur par personne et par étape, compté en heures ; ce qu’il coûte est dans le coût d’une étape",
            ),
        ),
        Setting::Delay => {
            (Triple::fixed(6.0), Ground::Source(PROJECTS, "effet attendu en moins de six mois"))
        }
        _ => return None,
    })
}
