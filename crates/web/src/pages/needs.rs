//! Pages about personas and what the offer leaves of their needs, and what they share: the persona and the case that an
//! address says, the bar of states. Absent: the judgement (see `catalogue::gaps`).

pub(crate) mod assessment;
mod evidence;
pub(crate) mod gaps;
pub(crate) mod gaps_data;
mod overview;
mod person;
pub(crate) mod personas;

use catalogue::french;
use catalogue::gaps::{Gaps, Rules, State};
use catalogue::persona::{Circumstances, Persona};
use serde::Serialize;

use crate::address;
use crate::errors::{Code, Failure};
use crate::visit::{Visit, shortened};

/// Path of the gaps.
pub(crate) const GAPS: &str = "/ecarts";
/// Path of the personas.
pub(crate) const PERSONAS: &str = "/personas";
/// Name of the parameter that chooses a persona.
const PERSONA: &str = "persona";
/// Most parameters of an address.
const PARAMETERS_MAX: usize = 100;

/// Parameters of the gaps, each with what it says.
pub(crate) fn parameters() -> [(&'static str, &'static str); 8] {
    [
        (PERSONA, "Identifiant d’un persona\u{202f}; sans lui, tous"),
        (
            "acquis",
            "Niveau déjà maîtrisé, comme culture-donnees:2\u{202f}; répété\u{202f}: un par compétence",
        ),
        ("heures", "Heures par an, au lieu de celles du persona"),
        ("budget", "Euros par an, au lieu de ceux du persona"),
        ("organismes", "Nombre d’organismes à partir duquel un niveau est couvert, 2 par défaut"),
        (
            "faits",
            "«\u{202f}tous\u{202f}» (par défaut) ou «\u{202f}etablis\u{202f}»\u{202f}: une contrainte de public, de temps, de prix, de format, de lieu ou de langue qu’aucun fait établi ne permet de vérifier écarte la formation",
        ),
        (
            "durees",
            "«\u{202f}prudentes\u{202f}» (par défaut, 80e centile) ou «\u{202f}centrales\u{202f}» (médiane)",
        ),
        (
            "sans",
            "Contrainte laissée de côté\u{202f}: public, temps, prix, format, lieu, langue, prerequis\u{202f}; répété",
        ),
    ]
}

/// What an address says of a visitor: nothing of it is kept.
#[derive(Default)]
pub(crate) struct Asked {
    /// Her case.
    pub case: Circumstances,
    /// Pairs that say the case again.
    pub pairs: Vec<(&'static str, String)>,
}

impl Asked {
    /// Reads the case of an address whose other parameters are named.
    pub(crate) fn read(visit: &Visit, others: &[&str]) -> Result<Self, Failure> {
        if visit.pairs.len() > PARAMETERS_MAX {
            let message = format!("L’adresse a {} paramètres, {PARAMETERS_MAX} au plus.", visit.pairs.len());
            return Err(Failure::new(Code::TooManyParameters, message));
        }
        let known: Vec<&str> = others.iter().copied().chain(Circumstances::parameters()).collect();
        visit.accept_also(&known, Circumstances::is_parameter)?;
        visit.once(others)?;
        let pairs = visit.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let case = Circumstances::parse(pairs, visit.snapshot.referential()).map_err(|error| {
            let message = crate::wording::typeset(&format!("{error}."));
            Failure::new(Code::BadValue, message).leading("La page sans paramètre", visit.path.clone())
        })?;
        let pairs = case.pairs(visit.snapshot.referential());
        Ok(Self { case, pairs })
    }

    /// What the case changes, each in a phrase.
    pub(crate) fn told(&self, visit: &Visit) -> Vec<String> {
        let (case, referential) = (&self.case, visit.snapshot.referential());
        let mut told: Vec<String> = Vec::new();
        let known: Vec<String> = case
            .known
            .iter()
            .map(|(code, level)| {
                format!("{} (niveau {})", french::quoted(&referential.term(*code).label), level.number())
            })
            .collect();
        if !known.is_empty() {
            told.push(format!("vous maîtrisez déjà {}", french::list(&known, "et")));
        }
        told.extend(case.hours.map(|hours| match hours.get() {
            under if under * 60.0 < 1.0 => "vous avez moins d’une minute par an".to_owned(),
            hours => format!("vous avez {} par an", french::hours(hours)),
        }));
        told.extend(case.budget_eur.map(|budget| match budget.get() {
            0.0 => "votre budget est de 0\u{a0}€".to_owned(),
            euros => format!("vous avez {} par an", french::euros(euros)),
        }));
        let (rules, usual) = (&case.rules, Rules::default());
        if rules.providers_min != usual.providers_min {
            let providers = french::counted(rules.providers_min.into(), "organisme", "organismes");
            told.push(format!("un niveau est couvert à partir de {providers}"));
        }
        if rules.facts != usual.facts {
            told.push("une contrainte de public, de temps, de prix, de format, de lieu ou de langue qu’aucun fait établi ne permet de vérifier écarte la formation".to_owned());
        }
        if rules.central_durations {
            told.push("les durées estimées sont prises à leur médiane".to_owned());
        }
        let lifted: Vec<String> = rules
            .lifted
            .iter()
            .map(|constraint| french::quoted(&constraint.label().to_lowercase()))
            .collect();
        match lifted.as_slice() {
            [] => {}
            [one] => told.push(format!("la contrainte {one} est laissée de côté")),
            several => {
                told.push(format!("les contraintes {} sont laissées de côté", french::list(several, "et")))
            }
        }
        told
    }

    /// The same case without what the persona says already.
    pub(crate) fn beside(mut self, persona: &Persona, visit: &Visit) -> Self {
        self.case.hours = self.case.hours.filter(|hours| Some(*hours) != persona.hours_year_high);
        self.case.budget_eur = self.case.budget_eur.filter(|euros| Some(*euros) != persona.budget_eur);
        self.pairs = self.case.pairs(visit.snapshot.referential());
        self
    }

    /// An address that says the case again, after other pairs.
    pub(crate) fn href(&self, path: &str, others: &[(&str, &str)]) -> String {
        let case = self.pairs.iter().map(|(name, value)| (*name, value.as_str()));
        address::with_pairs(path, others.iter().copied().chain(case))
    }

    /// Whether anything differs from the persona as she is.
    pub(crate) fn is_changed(&self) -> bool {
        !self.pairs.is_empty()
    }
}

/// The persona of an identifier.
pub(crate) fn persona(visit: &Visit, id: &str) -> Result<Persona, Failure> {
    let personas = visit.app.personas();
    personas.iter().find(|persona| persona.id == id).cloned().ok_or_else(|| {
        let message = format!("Aucun persona n’a l’identifiant {}.", french::quoted(&shortened(id)));
        let failure = Failure::new(Code::PersonaNotFound, message);
        failure
            .knowing(personas.iter().map(|persona| persona.id.clone()).collect())
            .leading("Tous les personas", PERSONAS.to_owned())
    })
}

/// A competence in a table of states.
pub(crate) struct StatesRow {
    /// Label of the competence.
    pub competence: String,
    /// Its page.
    pub href: String,
    /// A state for each column; none without a need.
    pub cells: Vec<Option<StateCell>>,
}

/// A state in a table.
pub(crate) struct StateCell {
    /// The state.
    pub state: State,
    /// A figure under it.
    pub note: String,
    /// Where it leads.
    pub href: String,
}

/// The bar of states of a persona: widths as shares of the whole, with figures.
#[derive(Serialize)]
pub(crate) struct Bar {
    /// Its parts, best first; states without a level are left out.
    pub parts: Vec<Part>,
    /// The same in words.
    pub sentence: String,
}

/// A part of a bar.
#[derive(Serialize)]
pub(crate) struct Part {
    /// Name of the state, also a class of the style.
    pub state: &'static str,
    /// Label of the state.
    pub label: &'static str,
    /// Number of levels.
    pub number: usize,
    /// Left end: `12.5%`.
    #[serde(skip)]
    pub start: String,
    /// Length: `37.5%`.
    #[serde(skip)]
    pub length: String,
}

/// The bar of a persona's gaps.
pub(crate) fn bar(judged: &Gaps) -> Bar {
    let whole = judged.gaps.len().max(1);
    let mut start = 0;
    let mut parts = Vec::new();
    for state in State::all().collect::<Vec<_>>().into_iter().rev() {
        let number = judged.count(state);
        if number == 0 {
            continue;
        }
        let share = |part: usize| format!("{}%", (part * 10_000 / whole) as f64 / 100.0);
        parts.push(Part {
            state: state.name(),
            label: state.label(),
            number,
            start: share(start),
            length: share(number),
        });
        start += number;
    }
    Bar { sentence: judged.counts_in_french(), parts }
}
