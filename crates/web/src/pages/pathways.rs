//! Pages of pathways, and what they share: the request that an address says, the wait for an answer. Absent: how a pathway is
//! found (see `catalogue::pathways::Planner`).

pub(crate) mod compare;
pub(crate) mod composer;
pub(crate) mod data;
pub(crate) mod drawing;
mod files;
mod form;
pub(crate) mod one;
mod others;
mod steps;
pub(crate) mod team;
pub(crate) mod typical;

use catalogue::french;
use catalogue::gaps::Rules;
use catalogue::pathways::{
    ANYBODY, Outcome, PathwayError, PathwayRequest, Preference, RequestError, anybody,
};
use catalogue::persona::Persona;

use super::needs::{self, Asked};
use super::waiting::{self, Awaited, Waited};
use crate::address;
use crate::errors::{Code, Failure};
use crate::layout::Section;
use crate::planning::{Answered, Finding, Order};
use crate::visit::Visit;

/// Path of the pathways.
pub(crate) const PATHWAYS: &str = "/parcours";
/// Path of the form.
pub(crate) const COMPOSER: &str = "/parcours/composer";
/// Most parameters of an address: the form has two for each competence.
const PARAMETERS_MAX: usize = 300;
/// What is said while a pathway is waited for.
const OF_PATHWAYS: Awaited = Awaited {
    section: Section::Pathways,
    above: Some(("Parcours", PATHWAYS)),
    under_way: "Ce parcours demande plus d’une seconde\u{202f}: la recherche continue.",
    nowhere: "Cette installation ne calcule pas de parcours.",
    otherwise: ("Composer un parcours", COMPOSER),
};
/// What is said when the search was stopped before it found anything.
pub(crate) const STOPPED: &str =
    "La recherche s’est arrêtée à sa limite avant de trouver un parcours : resserrez la demande.";

/// Parameters of a pathway, each with what it says.
pub(crate) fn parameters() -> Vec<(&'static str, &'static str)> {
    let of_case =
        needs::parameters().into_iter().filter(|(name, _)| !matches!(*name, "persona" | "organismes"));
    of_case.chain(PathwayRequest::parameters().iter().copied()).collect()
}

/// A pathway as an address asks for it.
pub(crate) struct Wanted {
    /// The persona, as she is.
    pub persona: Persona,
    /// What is asked.
    pub request: PathwayRequest,
    /// Pairs that say the request again.
    pub pairs: Vec<(&'static str, String)>,
}

impl Wanted {
    /// Reads an address whose other parameters are named.
    pub(crate) fn read(visit: &Visit, persona: Persona, others: &[&str]) -> Result<Self, Failure> {
        check_names(visit, others)?;
        if let Ok(request) = request(visit) {
            return Ok(Self::new(visit, persona, request));
        }
        let referential = visit.snapshot.referential();
        let wrongs = form::wrongs(visit, &[], |_| false, |pairs| PathwayRequest::parse(pairs, referential));
        let messages: Vec<String> = wrongs.into_iter().map(|wrong| wrong.message).collect();
        Err(Failure::new(Code::BadValue, messages.join(" "))
            .leading("La page sans paramètre", visit.path.clone())
            .leading("Composer un parcours", COMPOSER.to_owned()))
    }

    /// What is asked, without what the persona says already.
    pub(crate) fn new(visit: &Visit, persona: Persona, mut request: PathwayRequest) -> Self {
        let case = &mut request.case;
        // How many organisations make a level covered says nothing of a pathway.
        case.rules.providers_min = Rules::default().providers_min;
        case.hours = case.hours.filter(|hours| Some(*hours) != persona.hours_year_high);
        case.budget_eur = case.budget_eur.filter(|euros| Some(*euros) != persona.budget_eur);
        case.known.retain(|competence, level| {
            persona.need(*competence).is_none_or(|need| need.from < level.number())
        });
        request.audience = request.audience.filter(|own| Some(*own) != persona.audience);
        request.wanted.retain(|competence, level| {
            *level != persona.need(*competence).map_or(0, |need| need.to.number())
        });
        let pairs = request.pairs(visit.snapshot.referential());
        Self { persona, request, pairs }
    }

    /// What is to be looked for.
    fn order(&self) -> Order {
        Order::Pathway(self.persona.clone(), self.request.clone())
    }

    /// The address of the pathway at an end of path such as `.json`, with other pairs.
    pub(crate) fn href(&self, end: &str, others: &[(&str, &str)]) -> String {
        let own = self.pairs.iter().map(|(name, value)| (*name, value.as_str()));
        address::with_pairs(
            &format!("{PATHWAYS}/{}{end}", self.persona.id),
            own.chain(others.iter().copied()),
        )
    }

    /// The same address without a pair.
    pub(crate) fn href_without(&self, name: &str, value: &str) -> String {
        let own = self.pairs.iter().map(|(name, value)| (*name, value.as_str()));
        let kept = own.filter(|pair| *pair != (name, value));
        address::with_pairs(&format!("{PATHWAYS}/{}", self.persona.id), kept)
    }

    /// The same address with another number of hours in a year, from minutes over the whole pathway.
    pub(crate) fn href_with_minutes(&self, minutes: u64) -> String {
        let share = f64::from(self.request.months) / 12.0;
        // Rounded up to a hundredth: the pathway still fits.
        let hours = (minutes as f64 / 60.0 / share * 100.0 - 1e-6).ceil() / 100.0;
        let hours = hours.to_string();
        let own = self.pairs.iter().map(|(name, value)| (*name, value.as_str()));
        let others = own.filter(|(name, _)| *name != "heures");
        address::with_pairs(
            &format!("{PATHWAYS}/{}", self.persona.id),
            others.chain([("heures", hours.as_str())]),
        )
    }

    /// The form, filled with this request.
    pub(crate) fn composer(&self) -> String {
        let own = self.pairs.iter().map(|(name, value)| (*name, value.as_str()));
        let persona = (self.persona.id != ANYBODY).then_some(("persona", self.persona.id.as_str()));
        address::with_pairs(COMPOSER, persona.into_iter().chain(own))
    }

    /// What the request changes, each in a phrase.
    pub(crate) fn told(&self, visit: &Visit) -> Vec<String> {
        let (request, referential) = (&self.request, visit.snapshot.referential());
        let case = Asked { case: request.case.clone(), pairs: Vec::new() };
        let mut told = case.told(visit);
        let needs: Vec<String> = request
            .wanted
            .iter()
            .map(|(competence, level)| {
                let label = french::quoted(&referential.term(*competence).label);
                if *level == 0 {
                    format!("{label} (sans besoin)")
                } else {
                    format!("{label} au niveau {level}")
                }
            })
            .collect();
        if !needs.is_empty() {
            told.push(format!("vous voulez {}", french::list(&needs, "et")));
        }
        told.extend(
            request
                .audience
                .map(|code| format!("le public est {}", french::quoted(&referential.term(code).label))),
        );
        if request.months != PathwayRequest::default().months {
            told.push(format!("le parcours dure {} mois", request.months));
        }
        told.extend(
            request.month_hours.map(|hours| format!("{} par mois au plus", french::hours(hours.get()))),
        );
        told.extend(
            request
                .steps
                .map(|steps| format!("{} au plus", french::counted(steps.into(), "formation", "formations"))),
        );
        let counted = |count: usize, one: &str, many: &str| french::counted(count as u64, one, many);
        if !request.pinned.is_empty() {
            told.push(counted(request.pinned.len(), "formation est imposée", "formations sont imposées"));
        }
        if !request.banned.is_empty() {
            told.push(counted(request.banned.len(), "formation est exclue", "formations sont exclues"));
        }
        if !request.windows.is_empty() {
            told.push(counted(
                request.windows.len(),
                "formation a une fenêtre de mois",
                "formations ont une fenêtre de mois",
            ));
        }
        if request.preference == Preference::Cheapest {
            told.push("à couverture égale, le moins cher est préféré".to_owned());
        }
        if request.admits_unknown_prices {
            told.push("un prix inconnu n’écarte pas la formation".to_owned());
        }
        told.extend(request.start.map(|month| format!("le parcours commence en {}", month.in_french())));
        told
    }
}

/// Refuses names of parameters that are not ours.
fn check_names(visit: &Visit, others: &[&str]) -> Result<(), Failure> {
    if visit.pairs.len() > PARAMETERS_MAX {
        let message = format!("L’adresse a {} paramètres, {PARAMETERS_MAX} au plus.", visit.pairs.len());
        return Err(Failure::new(Code::TooManyParameters, message));
    }
    let names = parameters().into_iter().map(|(name, _)| name);
    let known: Vec<&str> = others.iter().copied().chain(names).collect();
    visit.accept_also(&known, PathwayRequest::is_parameter)?;
    visit.once(others)
}

/// What an address asks.
fn request(visit: &Visit) -> Result<PathwayRequest, RequestError> {
    let pairs = visit.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    PathwayRequest::parse(pairs, visit.snapshot.referential())
}

/// The persona of an identifier, or nobody in particular.
fn persona(visit: &Visit, id: &str) -> Result<Persona, Failure> {
    if id == ANYBODY { Ok(anybody()) } else { needs::persona(visit, id) }
}

/// Waits a little for what is asked; longer for a file.
pub(crate) fn wait(visit: &Visit, order: &Order) -> Result<Waited, Failure> {
    waiting::wait(visit, order, &OF_PATHWAYS)
}

/// Why a planner refused.
pub(crate) fn refused(error: &PathwayError) -> Failure {
    let code = match error {
        PathwayError::UnknownTraining(_) | PathwayError::Idle(_) => Code::BadValue,
        PathwayError::TooLarge(_) => Code::TooManyParameters,
        PathwayError::Unsound(_) | PathwayError::Stopped => Code::Internal,
    };
    let message = french::capitalised(&crate::wording::typeset(&format!("{error}.")));
    Failure::new(code, message).leading("Composer un parcours", COMPOSER.to_owned())
}

/// The pathway found, or the failure that says why not.
fn outcome(answered: &Answered) -> Result<&Outcome, Failure> {
    match answered.as_ref() {
        Ok(Finding::Pathway(outcome)) => Ok(outcome),
        Ok(_) => Err(Failure::new(Code::Internal, "La réponse n’est pas un parcours.")),
        Err(error) => Err(refused(error)),
    }
}
