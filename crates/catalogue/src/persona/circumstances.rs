//! What a visitor says of herself and of the rules: read from the pairs of an address and written back to one; nothing of
//! it is kept anywhere. Absent: the personas themselves.

use std::collections::BTreeMap;

use super::Persona;
use crate::french::read_number;
use crate::gaps::{Constraint, Facts, Rules};
use crate::nearest::nearest;
use crate::referential::Referential;
use crate::values::{Euros, Hours};
use crate::vocabulary::{Code as _, Competence, Level};

/// Levels that somebody masters already, by competence.
pub type Known = BTreeMap<Competence, Level>;

/// A persona's own case: what she masters, her time, her money, and the rules of the judgement.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Circumstances {
    /// Levels mastered already.
    pub known: Known,
    /// Hours in a year, instead of the persona's.
    pub hours: Option<Hours>,
    /// Euros in a year, instead of the persona's.
    pub budget_eur: Option<Euros>,
    /// Rules of the judgement.
    pub rules: Rules,
}

/// Why an address or a command does not say a case; messages are in French.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CircumstancesError {
    /// Not « competence:level ».
    #[error("« {name} » attend une compétence et un niveau de 0 à 4, par exemple culture-donnees:2 ; « {value} » a été reçu{}", hint(.nearest))]
    BadKnown {
        /// Name of the parameter.
        name: String,
        /// As written.
        value: String,
        /// The closest competence.
        nearest: Option<String>,
    },
    /// Not a number, or out of bounds.
    #[error("« {name} » attend {expected} ; « {value} » a été reçu")]
    BadValue {
        /// Name of the parameter.
        name: String,
        /// What fits.
        expected: String,
        /// As written.
        value: String,
    },
    /// A parameter that is given once is given twice.
    #[error("« {0} » est donné plusieurs fois : gardez-en un")]
    Repeated(String),
    /// A competence has two levels.
    #[error("« {name} » est donné plusieurs fois pour « {item} » : gardez-en un")]
    RepeatedFor {
        /// Name of the parameter.
        name: String,
        /// Identifier of the competence.
        item: String,
    },
}

impl CircumstancesError {
    /// The same error, the parameter called otherwise: as the option of a command.
    pub fn renamed(mut self, rename: impl FnOnce(&str) -> String) -> Self {
        match &mut self {
            Self::BadKnown { name, .. }
            | Self::BadValue { name, .. }
            | Self::Repeated(name)
            | Self::RepeatedFor { name, .. } => *name = rename(name),
        }
        self
    }
}

fn hint(nearest: &Option<String>) -> String {
    nearest.as_ref().map(|n| format!(" (vouliez-vous « {n} » ?)")).unwrap_or_default()
}

/// Names of the parameters.
pub(crate) const PARAMETERS: [&str; 7] =
    ["acquis", "heures", "budget", "organismes", "faits", "durees", "sans"];

/// What begins the parameter of one competence's level.
const ONE_KNOWN: &str = "acquis-";

impl Circumstances {
    /// Names of all parameters of an address.
    pub fn parameters() -> [&'static str; 7] {
        PARAMETERS
    }

    /// Whether a parameter is one of ours: `acquis-culture-donnees=2` is `acquis=culture-donnees:2` as a form with one
    /// choice by competence sends it.
    pub fn is_parameter(name: &str) -> bool {
        PARAMETERS.contains(&name) || name.starts_with(ONE_KNOWN)
    }

    /// Reads decoded pairs of an address; those of other names are left aside, empty values too: forms send them.
    ///
    /// # Errors
    /// On the first pair of ours that says nothing sensible.
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
        referential: &Referential,
    ) -> Result<Self, CircumstancesError> {
        let mut case = Self::default();
        let mut seen = Vec::new();
        for (name, value) in pairs {
            let value = value.trim();
            if let Some(id) = name.strip_prefix(ONE_KNOWN).filter(|_| !value.is_empty()) {
                case.read_known(&format!("{id}:{value}"), referential)?;
                continue;
            }
            let Some(name) =
                PARAMETERS.into_iter().find(|known| *known == name).filter(|_| !value.is_empty())
            else {
                continue;
            };
            if !matches!(name, "acquis" | "sans") {
                if seen.contains(&name) {
                    return Err(CircumstancesError::Repeated(name.to_owned()));
                }
                seen.push(name);
            }
            case.read(name, value, referential)?;
        }
        Ok(case)
    }

    fn read(
        &mut self,
        name: &'static str,
        value: &str,
        referential: &Referential,
    ) -> Result<(), CircumstancesError> {
        let bad = |expected: &str| CircumstancesError::BadValue {
            name: name.to_owned(),
            expected: expected.to_owned(),
            value: value.chars().filter(|c| !c.is_control()).take(60).collect(),
        };
        let number = || read_number(value);
        match name {
            "acquis" => self.read_known(value, referential)?,
            "heures" => {
                let hours = number().and_then(|hours| Hours::new(hours).ok());
                self.hours =
                    Some(hours.ok_or_else(|| bad("un nombre d’heures de plus de 0 à 20\u{202f}000"))?);
            }
            "budget" => {
                let euros = number().and_then(|euros| Euros::new(euros).ok());
                self.budget_eur =
                    Some(euros.ok_or_else(|| bad("un nombre d’euros, de 0 à 1\u{202f}000\u{202f}000"))?);
            }
            "organismes" => {
                let least = value.parse().ok().filter(|least| (1..=9).contains(least));
                self.rules.providers_min = least.ok_or_else(|| bad("un nombre entier de 1 à 9"))?;
            }
            "faits" => {
                self.rules.facts = Facts::named(value).ok_or_else(|| bad("« tous » ou « etablis »"))?;
            }
            "durees" => {
                self.rules.central_durations = match value {
                    "prudentes" => false,
                    "centrales" => true,
                    _ => return Err(bad("« prudentes » ou « centrales »")),
                }
            }
            _ => {
                let known: Vec<&str> = Constraint::all().map(Constraint::name).collect();
                let lifted = Constraint::named(value).ok_or_else(|| bad(&known.join(", ")))?;
                self.rules.lifted.insert(lifted);
            }
        }
        Ok(())
    }

    fn read_known(&mut self, value: &str, referential: &Referential) -> Result<(), CircumstancesError> {
        let (id, level) = value.split_once([':', '=']).unwrap_or((value, ""));
        let competence = referential.code::<Competence>(id);
        let number = level.parse::<u8>().ok().filter(|level| *level <= 4);
        let (Some(competence), Some(number)) = (competence, number) else {
            let ids = referential.terms(Competence::VOCABULARY).iter().map(|term| term.id.as_str());
            let near = competence.is_none().then(|| nearest(id, ids).map(str::to_owned)).flatten();
            let value = value.chars().filter(|c| !c.is_control()).take(60).collect();
            return Err(CircumstancesError::BadKnown { name: "acquis".to_owned(), value, nearest: near });
        };
        if let Some(level) = Level::new(number) {
            let held = *self.known.entry(competence).or_insert(level);
            if held != level {
                let (name, item) = ("acquis".to_owned(), id.to_owned());
                return Err(CircumstancesError::RepeatedFor { name, item });
            }
        }
        Ok(())
    }

    /// The pairs that parse back to this case, in one canonical order; defaults are left out.
    pub fn pairs(&self, referential: &Referential) -> Vec<(&'static str, String)> {
        let known = self.known.iter();
        let mut pairs: Vec<(&str, String)> = known
            .map(|(code, level)| ("acquis", format!("{}:{}", referential.term(*code).id, level.number())))
            .collect();
        pairs.extend(self.hours.map(|hours| ("heures", hours.get().to_string())));
        pairs.extend(self.budget_eur.map(|euros| ("budget", euros.get().to_string())));
        let (rules, usual) = (&self.rules, Rules::default());
        if rules.providers_min != usual.providers_min {
            pairs.push(("organismes", rules.providers_min.to_string()));
        }
        if rules.facts != usual.facts {
            pairs.push(("faits", rules.facts.name().to_owned()));
        }
        if rules.central_durations {
            pairs.push(("durees", "centrales".to_owned()));
        }
        pairs.extend(rules.lifted.iter().map(|constraint| ("sans", constraint.name().to_owned())));
        pairs
    }

    /// The persona in this case: her needs start where she is, and those already met are gone.
    pub fn of(&self, persona: &Persona) -> Persona {
        let mut own = persona.clone();
        for need in &mut own.needs {
            let known = self.known.get(&need.competence).map_or(0, |level| level.number());
            need.from = need.from.max(known);
        }
        own.needs.retain(|need| need.from < need.to.number());
        if let Some(hours) = self.hours {
            own.hours_year_high = Some(hours);
            own.hours_year_low = own.hours_year_low.filter(|low| *low <= hours);
        }
        own.budget_eur = self.budget_eur.or(own.budget_eur);
        own
    }
}
