//! `/recommandations` and its twin: the few trainings to build, with the form that asks for them. Absent: how they are chosen
//! (see `catalogue::pathways::Planner`), the sheet of one (see `sheet`).

pub(crate) mod data;
pub(crate) mod sheet;
mod view;

use std::sync::Arc;

use askama::Template;
use catalogue::french;
use catalogue::persona::Persona;
use catalogue::recommendations::{
    PERSONAS_MAX, Promise, RecommendationOutcome, RecommendationRequest, Recommendations,
};

use super::pathways::refused;
use super::waiting::{self, Awaited, Waited};
use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::planning::{Answered, Finding, Order};
use crate::visit::Visit;
use crate::wording::typeset;
use view::{FoundView, found};

/// Path of the page.
pub(crate) const RECOMMENDATIONS: &str = "/recommandations";
/// What begins the parameter of one headcount in the form.
const ONE_HEADCOUNT: &str = "effectif-";
/// What is said when the search was stopped before it found anything.
const STOPPED: &str = "La recherche s’est arrêtée à sa limite avant de trouver un choix\u{202f}: demandez moins de formations ou moins de personas.";

/// What is said while trainings to build are looked for.
const OF_RECOMMENDATIONS: Awaited = Awaited {
    section: Section::Recommendations,
    above: Some(("Formations à construire", RECOMMENDATIONS)),
    under_way: "Les formations à construire sont cherchées parmi celles que les besoins suggèrent.",
    nowhere: "Cette installation ne cherche pas de formations à construire.",
    otherwise: ("Les formations à construire", RECOMMENDATIONS),
};

#[derive(Template)]
#[template(path = "recommendations.html")]
struct RecommendationsPage {
    layout: Layout,
    style: String,
    wrong: Option<String>,
    why: Option<String>,
    found: Option<FoundView>,
    form: Form,
    json: String,
}

/// The form, as it was sent.
struct Form {
    count: String,
    personas: Vec<PersonaField>,
    promises: Vec<(&'static str, String, bool)>,
}

/// A persona in the form.
struct PersonaField {
    id: String,
    label: String,
    is_chosen: bool,
    people: String,
    hint: String,
    /// Address of the page that states the headcount of the hint.
    source: Option<String>,
}

/// What is asked, and by what address.
struct Asked {
    request: RecommendationRequest,
    personas: Arc<Vec<Persona>>,
}

impl Asked {
    fn read(visit: &Visit) -> Result<Self, String> {
        let personas = visit.app.personas();
        let pairs = visit.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let request =
            RecommendationRequest::parse(pairs, &personas).map_err(|error| typeset(&format!("{error}.")))?;
        Ok(Self { request, personas })
    }

    /// The address of a page of these recommendations.
    fn href(&self, path: &str) -> String {
        let pairs = self.request.pairs();
        address::with_pairs(path, pairs.iter().map(|(name, value)| (*name, value.as_str())))
    }
}

/// Refuses names of parameters that are not ours.
fn check_names(visit: &Visit, others: &[&str]) -> Result<(), Failure> {
    let names = RecommendationRequest::parameters().into_iter().map(|(name, _)| name);
    let known: Vec<&str> = names.chain(others.iter().copied()).collect();
    visit.accept_also(&known, RecommendationRequest::is_parameter)
}

/// `/recommandations`, `.json`
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    check_names(visit, &[])?;
    let is_json = visit.path.ends_with(".json");
    let asked = match Asked::read(visit) {
        Ok(asked) => asked,
        Err(wrong) if is_json => {
            return Err(
                Failure::new(Code::BadValue, wrong).leading("Le formulaire", RECOMMENDATIONS.to_owned())
            );
        }
        Err(wrong) => {
            let page = shown(visit, None, Some(wrong), None, None);
            return Ok(Answer::html(&page).with_status(axum::http::StatusCode::BAD_REQUEST));
        }
    };
    let is_from_form =
        |(name, value): &(String, String)| value.trim().is_empty() || name.starts_with(ONE_HEADCOUNT);
    if !is_json && visit.pairs.iter().any(is_from_form) {
        return Ok(Answer::moved(asked.href(RECOMMENDATIONS)));
    }
    let answered = match waiting::wait(visit, &asked.order(), &OF_RECOMMENDATIONS)? {
        Waited::Ready(answered) => answered,
        Waited::Pending(page) => return Ok(page),
    };
    let outcome = outcome(&answered)?;
    if is_json {
        return Ok(data::twin(visit, &asked.request, outcome));
    }
    Ok(Answer::html(&match outcome {
        RecommendationOutcome::Found(own) => {
            shown(visit, Some(&asked), None, None, Some(found(visit, &asked, own)))
        }
        RecommendationOutcome::Stopped => shown(visit, Some(&asked), None, Some(STOPPED.to_owned()), None),
    }))
}

impl Asked {
    fn order(&self) -> Order {
        Order::Recommendations(self.personas.clone(), self.request.clone())
    }
}

fn outcome(answered: &Answered) -> Result<&RecommendationOutcome, Failure> {
    match answered.as_ref() {
        Ok(Finding::Recommendations(outcome)) => Ok(outcome),
        Ok(_) => Err(Failure::new(Code::Internal, "La réponse n’est pas une recommandation.")),
        Err(error) => Err(refused(error)),
    }
}

/// The recommendations of an address whose other parameters are named, or the page that says to wait.
fn recommendations<T>(
    visit: &Visit,
    others: &[&str],
    then: impl FnOnce(&Asked, &Recommendations) -> Result<T, Failure>,
) -> Result<Result<T, Answer>, Failure> {
    check_names(visit, others)?;
    let asked = Asked::read(visit).map_err(|wrong| {
        Failure::new(Code::BadValue, wrong).leading("Les recommandations", RECOMMENDATIONS.to_owned())
    })?;
    let answered = match waiting::wait(visit, &asked.order(), &OF_RECOMMENDATIONS)? {
        Waited::Ready(answered) => answered,
        Waited::Pending(page) => return Ok(Err(page)),
    };
    match outcome(&answered)? {
        RecommendationOutcome::Found(own) => then(&asked, own).map(Ok),
        RecommendationOutcome::Stopped => Err(Failure::new(Code::TooManySearches, STOPPED)
            .leading("Les recommandations", asked.href(RECOMMENDATIONS))),
    }
}

fn shown(
    visit: &Visit,
    asked: Option<&Asked>,
    wrong: Option<String>,
    why: Option<String>,
    found: Option<FoundView>,
) -> RecommendationsPage {
    let layout = Layout::new(visit, Section::Recommendations, "Formations à construire");
    RecommendationsPage {
        layout: if visit.pairs.is_empty() { layout } else { layout.not_indexed() },
        style: crate::assets::pathways_style_address(),
        wrong,
        why,
        found,
        form: form(visit),
        json: asked.map_or_else(
            || format!("{RECOMMENDATIONS}.json"),
            |asked| asked.href(&format!("{RECOMMENDATIONS}.json")),
        ),
    }
}

fn form(visit: &Visit) -> Form {
    let text =
        |name: &str| visit.values(name).next().unwrap_or_default().chars().take(60).collect::<String>();
    let personas = visit.app.personas();
    let is_listed = |id: &str| visit.values("persona").any(|own| own == id);
    let none_listed = visit.values("persona").next().is_none();
    let people = |id: &str| {
        let listed = visit.values("effectif").find_map(|value| {
            let (own, people) = value.rsplit_once([':', '='])?;
            (own == id).then(|| people.to_owned())
        });
        listed.unwrap_or_else(|| text(&format!("{ONE_HEADCOUNT}{id}")))
    };
    let field = |persona: &Persona| {
        let stated = RecommendationRequest::stated_people(&persona.id);
        PersonaField {
            id: persona.id.clone(),
            label: persona.label.clone(),
            is_chosen: none_listed || is_listed(&persona.id),
            people: people(&persona.id),
            hint: stated.map_or_else(
                || "effectif non précisé par une source".to_owned(),
                |own| {
                    format!(
                        "{}\u{202f}: {} en {}, {}",
                        own.kind_in_french(),
                        french::integer(own.count),
                        own.year,
                        own.population
                    )
                },
            ),
            source: stated.map(|own| own.source.as_str().to_owned()),
        }
    };
    let promise = if text("promesse") == Promise::High.name() { Promise::High } else { Promise::Median };
    Form {
        count: text("nombre"),
        personas: personas.iter().take(PERSONAS_MAX).map(field).collect(),
        promises: [Promise::Median, Promise::High]
            .map(|own| (own.name(), french::capitalised(&typeset(own.label())), own == promise))
            .to_vec(),
    }
}
