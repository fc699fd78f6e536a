//! Why, in sentences of French: the proof, what a step is worth, why a level is left, what would have to change.
//! Absent: HTML.

use super::answer::{Bill, Impossible, Lack, Pathway, Proof, Reason, Removal, Way, Without};
use super::{Limits, Obstacle, Obstacles, UNSTATED_MINUTES};
use crate::french::{counted, euros, hours, list, percent, quoted};
use crate::referential::Referential;
use crate::vocabulary::Competence;

/// A duration of so many minutes; none: `0 h`.
pub fn minutes_in_french(minutes: u64) -> String {
    if minutes == 0 { "0\u{a0}h".to_owned() } else { hours(minutes as f64 / 60.0) }
}

/// An amount of so many cents: `0 €`, `1 200 €`.
pub fn cents_in_french(cents: u64) -> String {
    if cents == 0 { "0\u{a0}€".to_owned() } else { euros(cents as f64 / 100.0) }
}

/// A share from 0 to 1: `34 %`.
pub fn share_in_french(share: f64) -> String {
    percent((share * 10_000.0).round() as u64, 10_000)
}

fn phrases(obstacles: Obstacles) -> String {
    let words: Vec<String> = obstacles.iter().map(|one| one.phrase().to_owned()).collect();
    list(&words, "et")
}

impl Proof {
    /// What is proven, in a sentence that says by which rule; `bill` tells what counts of it is unknown.
    pub fn in_french(self, preference: super::Preference, bill: &Bill) -> String {
        let rule = match preference {
            super::Preference::Shortest => {
                format!("n’est plus court en couvrant autant, si chaque fait décisif non précisé compte pour {UNSTATED_MINUTES} minutes")
            }
            super::Preference::Cheapest => {
                "n’a, en couvrant autant, moins de prix inconnus, ni autant de prix inconnus et un coût connu plus bas"
                    .to_owned()
            }
        };
        let unknown = match bill.unknown_durations {
            0 => "",
            _ => " Les durées inconnues y comptent pour leur minimum.",
        };
        match self {
            Proof::Best => {
                format!(
                    "Prouvé : aucun parcours ne couvre davantage dans ces limites, et aucun {rule}.{unknown}"
                )
            }
            Proof::MostCovering => format!(
                "Prouvé : aucun parcours ne couvre davantage dans ces limites. Qu’aucun {rule} n’est pas prouvé.{unknown}"
            ),
            Proof::AtMost(share) => format!(
                "La recherche s’est arrêtée à sa limite : aucun parcours ne couvre plus de {} des besoins.{unknown}",
                share_in_french(share)
            ),
        }
    }
}

impl Bill {
    /// What it costs: « 1 200 € », « au moins 0 € : 4 prix non précisés ».
    pub fn cost_in_french(&self) -> String {
        match (self.unknown_prices, self.cents) {
            (0, 0) => "gratuit".to_owned(),
            (0, cents) => cents_in_french(cents),
            (unknown, 0) => {
                format!("inconnu, {}", counted(unknown as u64, "prix non précisé", "prix non précisés"))
            }
            (unknown, cents) => format!(
                "au moins {}, {}",
                cents_in_french(cents),
                counted(unknown as u64, "prix non précisé", "prix non précisés")
            ),
        }
    }

    /// How long it lasts, in a few words: « 81 h », « au moins 133 h ».
    pub fn length_in_french(&self) -> String {
        match (self.unknown_durations, self.minutes) {
            (0, minutes) => minutes_in_french(minutes),
            (_, 0) => "une durée inconnue".to_owned(),
            (_, minutes) => format!("au moins {}", minutes_in_french(minutes)),
        }
    }

    /// How long it lasts, with what of it is estimated.
    pub fn time_in_french(&self) -> String {
        let whole = minutes_in_french(self.minutes);
        let mut notes = Vec::new();
        if self.estimated > 0 {
            notes.push(format!(
                "{} de durée estimée ; {} si chaque estimation est prise à sa médiane",
                counted(self.estimated as u64, "formation", "formations"),
                minutes_in_french(self.central_minutes)
            ));
        }
        if self.unknown_durations > 0 {
            let least = counted(self.unknown_durations as u64, "durée inconnue", "durées inconnues");
            let counts = if self.unknown_durations > 1 {
                "comptées à leur minimum"
            } else {
                "comptée à son minimum"
            };
            notes.push(format!("{least}, {counts}"));
        }
        let least = if self.unknown_durations > 0 { "au moins " } else { "" };
        match notes.is_empty() {
            true => whole,
            false => format!("{least}{whole} ({})", notes.join(" ; ")),
        }
    }
}

impl Without {
    /// What the best pathway without the step would be, in a sentence.
    pub fn in_french(&self) -> String {
        let titles: Vec<String> = self.rivals.iter().map(|rival| quoted(&rival.title)).collect();
        let instead = match titles.len() {
            0 => "rien ne prendrait sa place".to_owned(),
            1 => format!("{} entrerait", titles[0]),
            2 | 3 => format!("{} entreraient", list(&titles, "et")),
            more => format!("{}, {} et {} autres entreraient", titles[0], titles[1], more - 2),
        };
        let mut effects = Vec::new();
        match self.lost_levels {
            0 if self.lost_share > 0.0 => effects.push("couvrirait moins bien les besoins".to_owned()),
            1.. => effects.push(format!(
                "couvrirait {} de moins",
                counted(self.lost_levels as u64, "niveau", "niveaux")
            )),
            _ => {}
        }
        let time = self.more_minutes.unsigned_abs();
        match self.more_minutes {
            1.. => effects.push(format!("durerait {} de plus", minutes_in_french(time))),
            0 => {}
            _ => effects.push(format!("durerait {} de moins", minutes_in_french(time))),
        }
        effects.extend(self.cost_in_french());
        if self.lost_levels == 0 && self.lost_share == 0.0 && self.more_minutes < 0 && self.more_unstated > 0
        {
            effects.push(format!(
                "reposerait sur {} de plus",
                counted(self.more_unstated as u64, "fait non précisé", "faits non précisés")
            ));
        }
        let effects = match effects.is_empty() {
            true if self.more_unstated > 0 => {
                "couvrirait autant et durerait autant, sur des faits moins établis".to_owned()
            }
            true => "couvrirait autant et durerait autant : à égalité".to_owned(),
            false => list(&effects, "et"),
        };
        format!("Sans elle, {instead} ; le parcours {effects}.")
    }

    /// What changes of the cost, in a phrase: sums of known prices compare only when as many are unknown.
    fn cost_in_french(&self) -> Option<String> {
        let cents = cents_in_french(self.more_cents.unsigned_abs());
        let way = |more: i64| if more > 0 { "de plus" } else { "de moins" };
        let unknown = counted(self.more_unknown_prices.unsigned_abs(), "prix inconnu", "prix inconnus");
        match (self.more_unknown_prices, self.more_cents) {
            (0, 0) => None,
            (0, more) => Some(format!("coûterait {cents} {}", way(more))),
            (unknowns, 0) => Some(format!("compterait {unknown} {}", way(unknowns))),
            (unknowns, more) => Some(format!(
                "compterait {unknown} {} et {cents} de prix connus {}",
                way(unknowns),
                way(more)
            )),
        }
    }
}

impl Lack {
    /// What would be needed beyond the limits: « 7 h ou 300 € au-delà des limites ».
    pub fn in_french(&self) -> String {
        let parts: Vec<String> = [
            self.minutes.map(minutes_in_french),
            self.cents.map(cents_in_french),
            self.steps.map(|steps| counted(steps, "formation", "formations")),
        ]
        .into_iter()
        .flatten()
        .collect();
        match parts.len() {
            0 => String::new(),
            1 => format!("{} au-delà de la limite", parts[0]),
            _ => format!("{} au-delà des limites", list(&parts, if self.is_joint { "et" } else { "ou" })),
        }
    }
}

impl Reason {
    /// A short name of the reason: for tables and files.
    pub fn label(&self) -> &'static str {
        match self {
            Reason::Untaught => "Absent de l’offre",
            Reason::KeptOut { .. } => "Hors de portée",
            Reason::Entry { .. } => "Prérequis manquant",
            Reason::Limits(lack) => match (lack.minutes, lack.cents, lack.steps) {
                (Some(_), None, None) => "Temps",
                (None, Some(_), None) => "Budget",
                (None, None, Some(_)) => "Nombre de formations",
                _ => "Limites",
            },
            Reason::Calendar => "Calendrier",
            Reason::Undecided => "Recherche interrompue",
        }
    }

    /// Name in files.
    pub fn name(&self) -> &'static str {
        match self {
            Reason::Untaught => "untaught",
            Reason::KeptOut { .. } => "kept_out",
            Reason::Entry { .. } => "entry",
            Reason::Limits(_) => "limits",
            Reason::Calendar => "calendar",
            Reason::Undecided => "undecided",
        }
    }

    /// Why, in a sentence.
    pub fn in_french(&self, referential: &Referential) -> String {
        let label = |competence: &Competence| quoted(&referential.term(*competence).label);
        match self {
            Reason::Untaught => "Aucune formation recensée n’amène à ce niveau.".to_owned(),
            Reason::KeptOut { ways, teaching, limits } => kept_out(ways, *teaching, *limits),
            Reason::Entry { competence, level } => format!(
                "Les formations qui y amènent demandent le niveau {} en {}, que rien n’enseigne.",
                level.number(),
                label(competence)
            ),
            Reason::Limits(lack) => {
                let alone = match lack.fits_alone {
                    true => "Il tiendrait seul dans les limites, d’autres niveaux ont été préférés. ",
                    false => "",
                };
                format!("{alone}Pour l’ajouter à tout le reste, il faudrait {}.", lack.in_french())
            }
            Reason::Calendar => {
                "Il tiendrait dans le temps et l’argent du parcours, pas dans les heures et les fenêtres de chaque mois.".to_owned()
            }
            Reason::Undecided => "La recherche s’est arrêtée à sa limite avant de le savoir.".to_owned(),
        }
    }
}

/// How many trainings teach a level, and what alone keeps how many of them out.
fn kept_out(ways: &[Way], teaching: usize, limits: Limits) -> String {
    let teach = counted(teaching as u64, "formation l’enseigne", "formations l’enseignent");
    if let [way] = ways
        && way.trainings == teaching
    {
        let all = if teaching > 1 { "toutes écartées" } else { "écartée" };
        return format!("{teach}, {all} par {}.", phrases(way.obstacles));
    }
    let mut parts = Vec::new();
    for way in ways {
        let by = phrases(way.obstacles);
        match way.trainings {
            0 => {}
            1 => parts.push(format!("1 n’est écartée que par {by}")),
            many => parts.push(format!("{many} ne sont écartées que par {by}")),
        }
        let beyond = [
            (way.too_long, ["dure", "durent"], limits.minutes.map(|most| minutes_in_french(most.into()))),
            (way.too_dear, ["coûte", "coûtent"], limits.cents.map(|most| cents_in_french(most.into()))),
        ];
        for (count, [one, many], most) in beyond {
            let most = most.unwrap_or_default();
            match count {
                0 => {}
                1 => parts.push(format!("1 est écartée par {by} et {one} plus que vos {most}")),
                _ => parts.push(format!("{count} sont écartées par {by} et {many} plus que vos {most}")),
            }
        }
    }
    match (parts.is_empty(), ways) {
        (true, [way, ..]) => {
            format!("{teach} ; une formation préalable est écartée par {}.", phrases(way.obstacles))
        }
        _ => {
            let alone: usize = ways.iter().map(|way| way.trainings + way.too_long + way.too_dear).sum();
            let others = match teaching.saturating_sub(alone) {
                0 => String::new(),
                others => format!(
                    " ; {} par davantage d’obstacles",
                    counted(others as u64, "autre est écartée", "autres sont écartées")
                ),
            };
            format!("{teach} ; {}{others}.", list(&parts, "et"))
        }
    }
}

impl Impossible {
    /// Why nothing fits and what would be enough, in a sentence.
    pub fn in_french(&self, referential: &Referential) -> String {
        if let Some((title, competence, level)) = &self.entry {
            let label = quoted(&referential.term(*competence).label);
            return format!(
                "{} demande le niveau {level} en {label}, que rien d’accessible n’enseigne : retirez-la des formations imposées, ou dites que vous maîtrisez ce niveau.",
                quoted(title)
            );
        }
        let subject = match self.pinned.len() {
            1 => "La formation imposée ne tient pas dans les limites".to_owned(),
            _ => "Les formations imposées ne tiennent pas ensemble dans les limites".to_owned(),
        };
        let removal = self.removal.as_ref().map(|removal| removal.in_french(self.pinned.len()));
        match (self.enough.in_french(), removal) {
            // The limits of the whole pathway hold nothing back: those of its months do.
            (none, removal) if none.is_empty() => {
                let or = removal.map_or_else(String::new, |told| format!(", ou {told}"));
                format!(
                    "{subject} de chaque mois : il faudrait élargir la fenêtre ou les heures par mois{or}."
                )
            }
            (lack, removal) => {
                let or = removal.map_or_else(String::new, |told| format!(", ou {told}"));
                format!("{subject} : il faudrait {lack}{or}.")
            }
        }
    }
}

impl Removal {
    /// What would have to go of so many imposed trainings, after « il faudrait … ou ».
    fn in_french(&self, pinned: usize) -> String {
        let example = self.sets.first().map(|set| set.iter().map(|title| quoted(title)).collect::<Vec<_>>());
        let example = list(&example.unwrap_or_default(), "et");
        match (self.count, self.is_any) {
            (1, _) if pinned == 1 => "la retirer".to_owned(),
            (1, true) => "en retirer une".to_owned(),
            (1, false) => {
                let titles: Vec<String> = self.sets.iter().flatten().map(|title| quoted(title)).collect();
                format!("retirer {}", list(&titles, "ou"))
            }
            (count, _) if count == pinned => "les retirer toutes".to_owned(),
            (count, true) => format!("en retirer {count} ; en retirer moins ne suffit pas"),
            (count, false) => {
                format!("en retirer {count}, par exemple {example} ; en retirer moins ne suffit pas")
            }
        }
    }
}

/// What is said of a pathway whose months are not known.
const UNPLACED: &str = "La recherche s’est arrêtée avant de placer les étapes dans les mois : il n’est pas établi qu’elles tiennent dans les mois demandés.";

impl Pathway {
    /// What is proven, in a sentence; nothing when nothing was to be found.
    pub fn proof_in_french(&self) -> Option<String> {
        match (self.levels().1, self.steps.is_empty(), self.proof) {
            (0, ..) => None,
            (_, true, Proof::Best | Proof::MostCovering) => {
                Some("Prouvé : aucun parcours ne couvre davantage dans ces limites.".to_owned())
            }
            _ if self.calendar == super::Calendar::Unknown => {
                Some(format!("{UNPLACED} {}", self.proof.in_french(self.limits.preference, &self.bill)))
            }
            _ => {
                let proof = self.proof.in_french(self.limits.preference, &self.bill);
                Some(
                    [Some(proof), self.shorter_in_french()]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(" "),
                )
            }
        }
    }

    /// That a shorter pathway covers as much on facts that are less sure, in a sentence; nothing when none does.
    pub fn shorter_in_french(&self) -> Option<String> {
        let (weight, whole) = self.weights();
        let is_as_good = |point: &&super::FrontierPoint| {
            point.is_within && point.share >= weight / whole - 1e-9 && point.minutes < self.bill.minutes
        };
        let is_by_length = self.limits.preference == super::Preference::Shortest && self.proof == Proof::Best;
        let shortest = self.frontier.iter().filter(is_as_good).min_by_key(|point| point.minutes)?;
        is_by_length.then(|| {
            format!(
                "{} suffiraient pour couvrir autant, soit {} de moins, mais sur davantage de faits que personne ne précise : chacun compte pour {UNSTATED_MINUTES} minutes, et ce parcours passe devant.",
                minutes_in_french(shortest.minutes),
                minutes_in_french(self.bill.minutes - shortest.minutes)
            )
        })
    }

    /// What the pathway does, in a sentence.
    pub fn finding(&self) -> String {
        let (gained, wanted) = self.levels();
        if wanted == 0 && !self.is_asked {
            return "Aucun besoin n’est demandé : choisissez au moins une compétence et le niveau voulu."
                .to_owned();
        }
        if wanted == 0 {
            return match self.persona.id == super::ANYBODY {
                true => "Aucun niveau à gagner : tout ce qui est demandé est déjà maîtrisé.".to_owned(),
                false => "Aucun niveau à gagner : tous les besoins sont déjà satisfaits.".to_owned(),
            };
        }
        if self.steps.is_empty() {
            return "Aucune formation du catalogue n’apporte un des niveaux voulus dans ces limites."
                .to_owned();
        }
        let (weight, whole) = self.weights();
        let trainings = counted(self.steps.len() as u64, "formation", "formations");
        let whole_of = match self.coverage.iter().any(|line| (line.weight - 1.0).abs() > 1e-9) {
            true => format!(" ({} du poids des besoins)", share_in_french(weight / whole)),
            false => String::new(),
        };
        format!(
            "{trainings} en {}{} pour {} sur {wanted}{whole_of}.",
            self.bill.length_in_french(),
            match (self.bill.estimated, self.bill.stated_minutes) {
                (0, _) => "",
                (_, 0) => ", durée estimée,",
                _ => ", en partie estimées,",
            },
            counted(gained as u64, "niveau gagné", "niveaux gagnés"),
        )
    }
}

/// What keeps trainings out, in words: « public visé : 12 ».
pub fn obstacle_counts(kept_out: &[(Obstacle, usize)]) -> String {
    let parts: Vec<String> =
        kept_out.iter().map(|(one, count)| format!("{} : {count}", one.label().to_lowercase())).collect();
    parts.join(" ; ")
}
