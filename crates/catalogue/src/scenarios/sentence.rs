//! Scenarios in sentences of French. Absent: HTML.

use super::answer::{BestMix, Interval, Never, Simulation, TooLong};
use super::settings::{Ground, Setting, Triple};
use super::ways::WayKind;
use crate::french::{counted, decimal, euros, hours, integer, list, quoted};

/// A count of people, rounded.
pub fn people(number: f64) -> String {
    integer(number.max(0.0).round() as u64)
}

/// Euros, rounded as much as an estimate deserves: to three figures.
pub fn about_euros(number: f64) -> String {
    let number = number.max(0.0);
    if number < 0.5 {
        return "0\u{a0}€".to_owned();
    }
    let step = if number < 1_000.0 { 1.0 } else { 10_f64.powf(number.log10().floor() - 2.0) };
    euros((number / step).round() * step)
}

/// A share, 0 to 1, in percent.
pub fn percent(share: f64) -> String {
    format!("{}\u{a0}%", decimal((share * 100.0).round()))
}

impl Triple {
    /// « 15 à 27, le plus souvent 20 », or one value.
    pub fn in_french(&self, unit: &str) -> String {
        let unit = match unit {
            "" => String::new(),
            "personnes" if self.high < 2.0 => "\u{a0}personne".to_owned(),
            unit => format!("\u{a0}{unit}"),
        };
        match self.is_certain() {
            true => format!("{}{unit}", decimal(self.mode)),
            false => format!(
                "{} à {}{unit}, le plus probable {}",
                decimal(self.low),
                decimal(self.high),
                decimal(self.mode)
            ),
        }
    }

    /// The values as a form takes them.
    pub fn written(&self) -> String {
        match self.is_certain() {
            true => decimal(self.mode),
            false => [self.low, self.mode, self.high].map(decimal).join(" ; "),
        }
    }
}

impl Ground {
    /// What a number rests on, and the page that states it.
    pub fn in_french(&self) -> (String, Option<&'static str>) {
        match self {
            Ground::Source(page, told) => ((*told).to_owned(), Some(page)),
            Ground::Assumption(told) => (format!("hypothèse : {told}"), None),
        }
    }
}

impl Interval {
    /// « 640 (de 520 à 760) ».
    pub fn people_in_french(&self) -> String {
        let (low, high) = (people(self.low), people(self.high));
        match low == high {
            true => people(self.median),
            false => format!("{} (de {low} à {high})", people(self.median)),
        }
    }

    /// « 640 personnes (de 520 à 760) ».
    pub fn persons_in_french(&self) -> String {
        let (low, high) = (people(self.low), people(self.high));
        let persons = counted(self.median.max(0.0).round() as u64, "personne", "personnes");
        if low == high { persons } else { format!("{persons} (de {low} à {high})") }
    }

    /// « 1 200 000 € (de 900 000 € à 1 500 000 €) ».
    pub fn euros_in_french(&self) -> String {
        let (low, high) = (about_euros(self.low), about_euros(self.high));
        match low == high {
            true => about_euros(self.median),
            false => format!("{} (de {low} à {high})", about_euros(self.median)),
        }
    }

    /// « 43 % (de 35 % à 51 %) ».
    pub fn percent_in_french(&self) -> String {
        let (low, high) = (percent(self.low), percent(self.high));
        match low == high {
            true => percent(self.median),
            false => format!("{} (de {low} à {high})", percent(self.median)),
        }
    }
}

impl Never {
    /// A number of euros that some runs do not have.
    pub fn euros_in_french(&self) -> String {
        match (self.low, self.median, self.high) {
            (Some(low), Some(median), Some(high)) => {
                Interval { mean: median, low, median, high }.euros_in_french()
            }
            (_, Some(median), None) => {
                format!("{} ; dans un tirage sur dix, personne n’est formé", about_euros(median))
            }
            _ => "personne n’est formé dans la plupart des tirages".to_owned(),
        }
    }
}

impl Simulation {
    /// What the scenario would give, in a sentence.
    pub fn finding(&self) -> String {
        let all = integer(self.people);
        format!(
            "En {}, {} {} sur {all}, pour {}.",
            counted(self.scenario.months.into(), "mois", "mois"),
            self.trained.persons_in_french(),
            if self.trained.median.round() < 2.0 { "serait formée" } else { "seraient formées" },
            self.spending.euros_in_french()
        )
    }

    /// How to read the figures.
    pub fn reading(&self) -> String {
        format!(
            "Valeur médiane de {}, et l’intervalle où tombent huit tirages sur dix. Chaque nombre incertain est tiré entre sa plus basse et sa plus haute valeur.",
            counted(self.request.runs.into(), "tirage", "tirages")
        )
    }

    /// When the goal is reached, in a sentence.
    pub fn goal_in_french(&self) -> String {
        let goal = format!("L’objectif, {}\u{a0}% des personnes formées,", self.request.goal);
        let month = |place: f64| self.scenario.month(place.max(0.0) as usize).in_french();
        match (self.goal.low, self.goal.median, self.goal.high, self.goal.never) {
            (Some(low), Some(median), Some(high), _) => format!(
                "{goal} serait atteint en {}, entre {} et {}.",
                month(median),
                month(low),
                month(high)
            ),
            (_, Some(median), None, never) => format!(
                "{goal} serait atteint en {} dans un tirage sur deux ; dans {} des tirages, il ne l’est pas en {} mois.",
                month(median),
                percent(never),
                self.scenario.months
            ),
            (_, None, _, never) if never >= 1.0 => {
                format!("{goal} n’est atteint dans aucun tirage en {} mois.", self.scenario.months)
            }
            (_, None, _, never) => format!(
                "{goal} n’est pas atteint en {} mois dans {}.",
                self.scenario.months,
                match never >= 0.995 {
                    true => "presque tous les tirages".to_owned(),
                    false => format!("{} des tirages", percent(never)),
                }
            ),
            (None, Some(median), Some(_), _) => format!("{goal} serait atteint en {}.", month(median)),
        }
    }

    /// Populations of unknown number, in a sentence.
    pub fn unknown_in_french(&self) -> Option<String> {
        let unknown =
            self.scenario.populations.iter().filter(|own| own.people.is_none() && !own.is_left_out());
        let labels: Vec<String> = unknown.map(|own| quoted(&own.label)).collect();
        let verb = if labels.len() > 1 { "ne sont pas simulées" } else { "n’est pas simulée" };
        (!labels.is_empty()).then(|| {
            format!("{} {verb} : l’effectif n’est pas connu, il reste à donner.", list(&labels, "et"))
        })
    }

    /// The ways of which a session never opens, each in a sentence.
    pub fn too_long_in_french(&self) -> Vec<String> {
        let told = |own: &TooLong| {
            let whose = if own.kind == WayKind::Relays { "de relais" } else { "de formateurs" };
            format!(
                "{} : l’étape la plus longue demande {} {whose}, un mois en offre {} au plus : elle ne s’ouvre jamais, et qui y arrive attend.",
                own.kind.label(),
                hours(own.hours),
                hours(own.available)
            )
        };
        self.too_long.iter().map(told).collect()
    }

    /// What moves the result most, in a sentence.
    pub fn effect_in_french(&self) -> Option<String> {
        let effect = self.sure_effects().next()?;
        let value = |number: f64| match self.request.measure {
            super::Measure::Trained => {
                format!("{} {}", people(number), if number.round() < 2.0 { "formée" } else { "formées" })
            }
            super::Measure::Spending => about_euros(number),
            super::Measure::Coverage => percent(number),
        };
        Some(format!(
            "Ce qui change le plus le résultat : {} ({}). De {} à {}{}, on passe de {} à {}.",
            quoted(&effect.setting.label().to_lowercase()),
            effect.kind.label().to_lowercase(),
            decimal(effect.values.low),
            decimal(effect.values.high),
            unit(effect.setting),
            value(effect.at_low),
            value(effect.at_high)
        ))
    }
}

fn unit(setting: Setting) -> String {
    format!("\u{a0}{}", setting.unit())
}

impl BestMix {
    /// What the best mix is, in a sentence.
    pub fn finding(&self) -> String {
        let kinds: Vec<WayKind> = WayKind::all().collect();
        let total = |place: usize| -> u64 { self.shares.iter().map(|own| own.people[place]).sum() };
        let parts: Vec<String> = (0..kinds.len())
            .filter(|place| total(*place) > 0)
            .map(|place| {
                format!(
                    "{} par {}",
                    counted(total(place), "personne", "personnes"),
                    kinds[place].label().to_lowercase()
                )
            })
            .collect();
        let budget = if self.budget_eur > 0.0 { euros(self.budget_eur) } else { "0\u{a0}€".to_owned() };
        match parts.is_empty() {
            true => format!("Avec {budget}, aucune façon ne peut ouvrir."),
            false => format!("Avec {budget} : {}.", list(&parts, "et")),
        }
    }

    /// What is proven of it, in a sentence.
    pub fn proof(&self) -> String {
        let reached = format!("{} des besoins", share(self.reached));
        match self.is_proven {
            true => format!(
                "Prouvé, dans le modèle des moyennes : cette répartition couvre {reached}, aucune ne couvre davantage dans ce budget."
            ),
            false => format!(
                "Dans le modèle des moyennes, cette répartition couvre {reached} ; aucune n’en couvre plus de {}.",
                share(self.bound)
            ),
        }
    }
}

/// A share, 0 to 1, with two decimals of percent.
fn share(share: f64) -> String {
    format!("{}\u{a0}%", decimal((share * 10_000.0).round() / 100.0))
}
