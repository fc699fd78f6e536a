//! A pathway that somebody holds, worked out again from the identifiers of its steps: the checker alone, no search is made.
//! Absent: how good it is, the comparison with what is claimed (see the command `plan --check`).

use catalogue::Snapshot;
use catalogue::french::{counted, quoted};
use catalogue::pathways::{
    Alternative, Calendar, Obstacles, Pathway, PathwayError, PathwayRequest, Proof, Reason, Unmet,
    minutes_in_french, topic, wanted_levels,
};
use catalogue::persona::Persona;
use pathway::{Broken, Misplaced, check_timetable};
use serde::Deserialize;

use super::problem::{CENTS, Question};
use super::{calendar, told};

/// What of a pathway's file the rest is worked out from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Claim {
    /// Identifier of the persona.
    pub persona: String,
    /// Pairs of an address that say the request.
    pub request: Vec<(String, String)>,
    /// What the search is said to have ended with.
    pub status: Option<String>,
    /// The share that no pathway is said to exceed.
    pub share_bound: Option<f64>,
    /// Steps, in order.
    pub steps: Vec<ClaimedStep>,
    /// Other pathways.
    #[serde(default)]
    pub alternatives: Vec<ClaimedAlternative>,
}

/// A step of a claim.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ClaimedStep {
    /// Identifier of the training.
    pub id: String,
    /// First and last month, from 1.
    pub months: Option<(u8, u8)>,
}

/// Another pathway of a claim.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ClaimedAlternative {
    /// Identifiers of its trainings, in order.
    pub steps: Vec<String>,
}

/// How steps are laid over months, with the first and last month of each, from 0.
type Laid = (Calendar, Vec<(usize, usize)>);

/// The pathway that a claim's steps make, with nothing that takes a search: what each step is worth, the frontier, why a level
/// that can be reached is left. Or all that is wrong with the steps, in French.
///
/// # Errors
/// When the request makes no sense in this offer.
pub fn rebuilt(
    snapshot: &Snapshot,
    persona: &Persona,
    request: &PathwayRequest,
    claim: &Claim,
) -> Result<Result<Pathway, Vec<String>>, PathwayError> {
    let question = Question::new(snapshot, persona, request)?;
    let held = Held::new(&question);
    let ids: Vec<&str> = claim.steps.iter().map(|step| step.id.as_str()).collect();
    let chosen = match held.chosen(&ids) {
        Ok(chosen) => chosen,
        Err(broken) => return Ok(Err(broken)),
    };
    let mut broken = Vec::new();
    let (calendar, places) = held.places(&chosen, claim).unwrap_or_else(|wrong| {
        broken = wrong;
        (Calendar::Unknown, Vec::new())
    });
    let share = question.gained(&chosen).1;
    let proof = held.proof(claim, share).unwrap_or_else(|wrong| {
        broken.push(wrong);
        Proof::AtMost(share)
    });
    let mut alternatives = Vec::new();
    for (number, other) in claim.alternatives.iter().enumerate() {
        let ids: Vec<&str> = other.steps.iter().map(String::as_str).collect();
        match held.alternative(&ids, &chosen) {
            Ok(own) if own.share > share + 1e-9 && proof == Proof::Best => broken.push(format!(
                "l’autre parcours {} couvre davantage que celui qui est dit le meilleur",
                number + 1
            )),
            Ok(own) => alternatives.push(own),
            Err(wrong) => {
                broken.extend(wrong.iter().map(|wrong| format!("l’autre parcours {} : {wrong}", number + 1)))
            }
        }
    }
    if !broken.is_empty() {
        return Ok(Err(broken));
    }
    let mut steps = told::steps(&question, &chosen, calendar, &places);
    for (step, (first, last)) in steps.iter_mut().zip(&places) {
        step.months = Some((*first as u8 + 1, *last as u8 + 1));
    }
    Ok(Ok(Pathway {
        persona: question.own.clone(),
        is_asked: told::is_asked(&question),
        proof,
        steps,
        bill: question.bill(&chosen),
        calendar,
        limits: question.limits,
        coverage: told::coverage(&question, &chosen),
        unmet: unmet(&question, &chosen),
        frontier: Vec::new(),
        alternatives,
        considered: told::considered(&question),
    }))
}

/// The levels left; why only of those that no time and no money would bring.
fn unmet(question: &Question, chosen: &[usize]) -> Vec<Unmet> {
    let (ends, reach) = (question.levels(chosen), question.reach());
    let reached = reach.levels(Obstacles::default());
    let left =
        wanted_levels(&question.own).filter(|(competence, level)| ends[topic(*competence)] < level.number());
    let told = left.map(|(competence, level)| {
        let is_out = reached[topic(competence)] < level.number();
        let reason = if is_out { reach.why_not(competence, level) } else { Reason::Undecided };
        Unmet { competence, level, reason }
    });
    told.collect()
}

/// A claim against what the offer allows.
struct Held<'q, 's> {
    question: &'q Question<'s>,
    ids: Vec<String>,
}

impl<'q, 's> Held<'q, 's> {
    fn new(question: &'q Question<'s>) -> Self {
        let id = |place: &usize| question.snapshot.training_of(&question.set.all[*place]).id.to_string();
        Self { question, ids: question.entering.iter().map(id).collect() }
    }

    /// The modules of these trainings, when they may come in this order within the limits.
    fn chosen(&self, ids: &[&str]) -> Result<Vec<usize>, Vec<String>> {
        let place = |id: &str| self.ids.iter().position(|own| own == id);
        let unknown = ids.iter().filter(|id| place(id).is_none());
        let mut broken: Vec<String> =
            unknown.map(|id| format!("{} ne peut pas entrer dans ce parcours", quoted(id))).collect();
        let chosen: Vec<usize> = ids.iter().filter_map(|id| place(id)).collect();
        if let Err(wrong) = pathway::check(&self.question.problem, &chosen) {
            broken.extend(wrong.iter().map(|own| self.told(own)));
        }
        if broken.is_empty() { Ok(chosen) } else { Err(broken) }
    }

    /// First and last month of each module, from 0: those claimed, when something is asked of the months.
    fn places(&self, chosen: &[usize], claim: &Claim) -> Result<Laid, Vec<String>> {
        let Some(timetable) = calendar::timetable(self.question) else {
            return Ok((Calendar::Even, calendar::even(self.question, chosen)));
        };
        let id = |place: usize| quoted(&claim.steps[place].id);
        let claimed: Vec<(usize, (u8, u8))> =
            claim.steps.iter().enumerate().filter_map(|(place, step)| Some((place, step.months?))).collect();
        if claimed.is_empty() && !claim.steps.is_empty() {
            return Ok((Calendar::Unknown, Vec::new()));
        }
        if claimed.len() < claim.steps.len() {
            return Err(vec!["des étapes ont des mois, d’autres non".to_owned()]);
        }
        let outside = |(_, (first, last)): &&(usize, (u8, u8))| *first == 0 || *last == 0;
        let out: Vec<String> = claimed
            .iter()
            .filter(outside)
            .map(|(place, _)| format!("les mois de {} commencent avant le mois 1", id(*place)))
            .collect();
        if !out.is_empty() {
            return Err(out);
        }
        let places: Vec<(usize, usize)> = claimed
            .iter()
            .map(|(_, (first, last))| (usize::from(*first) - 1, usize::from(*last) - 1))
            .collect();
        let mut broken = Vec::new();
        if let Err(wrong) = check_timetable(&self.question.problem, chosen, &timetable, &places) {
            broken.extend(wrong.iter().map(|own| match *own {
                Misplaced::Window(place) => format!(
                    "{} n’est pas dans les mois du parcours ou dans sa fenêtre, ou est coupée alors qu’elle tient dans un mois",
                    id(place)
                ),
                Misplaced::Unready(place) => format!("{} commence avant ce qu’elle demande", id(place)),
                Misplaced::Full(place) => {
                    format!("il n’y a pas assez d’heures dans les mois de {}", id(place))
                }
            }));
        }
        if places.windows(2).any(|pair| pair[0].0 > pair[1].0) {
            broken.push("les étapes ne sont pas dans l’ordre de leurs mois".to_owned());
        }
        if broken.is_empty() { Ok((Calendar::Placed, places)) } else { Err(broken) }
    }

    /// What the claim says is proven, when it makes sense.
    fn proof(&self, claim: &Claim, share: f64) -> Result<Proof, String> {
        match claim.status.as_deref() {
            Some("optimal") => Ok(Proof::Best),
            Some("feasible") | None => {
                let bound = claim.share_bound.unwrap_or(share);
                if !(share - 1e-9..=1.0 + 1e-9).contains(&bound) {
                    return Err("« share_bound » n’est pas entre la part couverte et 1".to_owned());
                }
                Ok(Proof::AtMost(bound))
            }
            Some(other) => Err(format!("« status » dit {}, alors qu’il y a un parcours", quoted(other))),
        }
    }

    fn alternative(&self, ids: &[&str], first: &[usize]) -> Result<Alternative, Vec<String>> {
        let chosen = self.chosen(ids)?;
        let (levels, share) = self.question.gained(&chosen);
        let training = |module: &usize| self.question.snapshot.training_of(self.question.offered(*module));
        Ok(Alternative {
            trainings: chosen.iter().map(training).collect(),
            bill: self.question.bill(&chosen),
            levels,
            share,
            common: chosen.iter().filter(|module| first.contains(module)).count(),
        })
    }

    fn told(&self, broken: &Broken) -> String {
        let id = |module: usize| quoted(self.ids.get(module).map_or("", String::as_str));
        match *broken {
            Broken::Twice(module) => format!("{} est prise deux fois", id(module)),
            Broken::Unready(module, _, asked, there) => {
                format!(
                    "{} demande un niveau {asked} là où le parcours n’est qu’au niveau {there}",
                    id(module)
                )
            }
            Broken::Over(CENTS) => "les prix dépassent le budget".to_owned(),
            Broken::Over(_) => {
                let most = self.question.limits.minutes.unwrap_or_default();
                format!("les heures dépassent {}", minutes_in_french(most.into()))
            }
            Broken::Missing(module) => format!("{} est imposée et absente", id(module)),
            Broken::TooMany(count) => {
                format!("il y a {}, plus que permis", counted(count as u64, "étape", "étapes"))
            }
            // A question just put has no module left out and no group.
            Broken::Unknown(_) | Broken::Banned(_) | Broken::Group(_) => {
                "une formation ne peut pas entrer dans ce parcours".to_owned()
            }
        }
    }
}
