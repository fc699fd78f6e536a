//! Whether a pathway that somebody holds is what it says, by the checker alone: no search is made. Absent: how good it is.

use catalogue::Snapshot;
use catalogue::french::quoted;
use catalogue::pathways::{Pathway, PathwayError, PathwayRequest, minutes_in_french};
use catalogue::persona::Persona;
use pathway::Broken;
use serde::Deserialize;

use super::problem::{CENTS, Question};

/// A pathway as its file says it: the twin of the page, of which the rest is left aside.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Claim {
    /// Identifier of the persona.
    pub persona: String,
    /// Pairs of an address that say the request.
    pub request: Vec<(String, String)>,
    /// Steps, in order.
    pub steps: Vec<ClaimedStep>,
    /// Levels of needs gained.
    pub levels_gained: Option<usize>,
    /// What it takes.
    pub bill: Option<ClaimedBill>,
}

/// A step of a claim.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ClaimedStep {
    /// Identifier of the training.
    pub id: String,
}

/// Totals of a claim.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ClaimedBill {
    /// Hours that count.
    pub hours: f64,
    /// Euros of known prices.
    pub known_euros: f64,
}

impl Claim {
    /// What a pathway claims; the request is left out.
    pub fn of(persona: &str, own: &Pathway) -> Self {
        Self {
            persona: persona.to_owned(),
            request: Vec::new(),
            steps: own.steps.iter().map(|step| ClaimedStep { id: step.training.id.to_string() }).collect(),
            levels_gained: Some(own.levels().0),
            bill: Some(ClaimedBill {
                hours: own.bill.minutes as f64 / 60.0,
                known_euros: own.bill.cents as f64 / 100.0,
            }),
        }
    }
}

/// All that is wrong with a claim, in French; nothing when it keeps to the offer, to the limits and to its own figures.
///
/// # Errors
/// When the request makes no sense in this offer.
pub fn check(
    snapshot: &Snapshot,
    persona: &Persona,
    request: &PathwayRequest,
    claim: &Claim,
) -> Result<Vec<String>, PathwayError> {
    let question = Question::new(snapshot, persona, request)?;
    let ids: Vec<String> = question
        .entering
        .iter()
        .map(|place| snapshot.training_of(&question.set.all[*place]).id.to_string())
        .collect();
    let place = |id: &str| ids.iter().position(|own| own == id);
    let unknown = claim.steps.iter().filter(|step| place(&step.id).is_none());
    let mut broken: Vec<String> =
        unknown.map(|step| format!("{} ne peut pas entrer dans ce parcours", quoted(&step.id))).collect();
    let chosen: Vec<usize> = claim.steps.iter().filter_map(|step| place(&step.id)).collect();
    if let Err(wrong) = pathway::check(&question.problem, &chosen) {
        broken.extend(wrong.iter().map(|own| told(own, &question, &ids)));
    }
    if !broken.is_empty() {
        return Ok(broken);
    }
    let (levels, _) = question.gained(&chosen);
    if claim.levels_gained.is_some_and(|own| own != levels) {
        broken.push(format!(
            "le parcours gagne {levels} niveaux, non {}",
            claim.levels_gained.unwrap_or_default()
        ));
    }
    let bill = question.bill(&chosen);
    if let Some(own) = &claim.bill {
        if (own.hours * 60.0 - bill.minutes as f64).abs() > 1.0 {
            broken.push(format!("il dure {}, non {} heures", minutes_in_french(bill.minutes), own.hours));
        }
        if (own.known_euros * 100.0 - bill.cents as f64).abs() > 1.0 {
            broken.push(format!(
                "ses prix connus font {} euros, non {}",
                bill.cents as f64 / 100.0,
                own.known_euros
            ));
        }
    }
    Ok(broken)
}

fn told(broken: &Broken, question: &Question, ids: &[String]) -> String {
    let id = |module: usize| quoted(ids.get(module).map_or("", String::as_str));
    match *broken {
        Broken::Twice(module) => format!("{} est prise deux fois", id(module)),
        Broken::Unready(module, _, asked, there) => {
            format!("{} demande un niveau {asked} là où le parcours n’est qu’au niveau {there}", id(module))
        }
        Broken::Over(CENTS) => "les prix dépassent le budget".to_owned(),
        Broken::Over(_) => {
            let most = question.limits.minutes.unwrap_or_default();
            format!("les heures dépassent {}", minutes_in_french(most.into()))
        }
        Broken::Missing(module) => format!("{} est imposée et absente", id(module)),
        Broken::TooMany(count) => format!("il y a {count} étapes, plus que permis"),
        Broken::Unknown(_) | Broken::Banned(_) | Broken::Group(_) => {
            "une formation ne peut pas entrer dans ce parcours".to_owned()
        }
    }
}
