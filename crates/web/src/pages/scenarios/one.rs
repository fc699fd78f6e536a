//! `/scenarios/{id}` and its twins: what a scenario would give, what that rests on, the form that changes it; as JSON for
//! programs, as CSV month by month, as the TOML file that the command line reads. Absent: the simulation.

use askama::Template;
use catalogue::scenarios::{ScenarioRequest, Simulation};

use super::data::{self, SimulationTwin};
use super::form::{FormView, form};
use super::own::{CONTENT, Own};
use super::view::{SimulationView, view};
use super::{SCENARIOS, order, simulated};
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::pages::community::ANIMATION;
use crate::visit::Visit;
use crate::wording::typeset;

/// Forms of a scenario as a file: what is said of each, the end of its path.
const FILES: [(&str, &str); 3] = [
    ("CSV, mois par mois", ".csv"),
    ("JSON, pour un programme", ".json"),
    ("TOML, pour « parcours simulate »", ".toml"),
];

#[derive(Template)]
#[template(path = "scenario.html")]
struct ScenarioPage {
    layout: Layout,
    base: String,
    style: String,
    title: String,
    summary: String,
    wrong: Option<String>,
    found: Option<SimulationView>,
    form: FormView,
    action: String,
    /// The code of a scenario that the address holds, and the name of its parameter.
    content: Option<String>,
    content_name: &'static str,
    files: Vec<(String, String)>,
    original: Option<String>,
    compare: String,
    /// The command that gives the same from the file.
    command: String,
    /// Its plan of meetings, as it is asked.
    plan: String,
}

/// `/scenarios/{id}`, `.json`, `.csv`, `.toml`
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let name = visit.path.rsplit('/').next().unwrap_or_default();
    let (id, end) = name.split_once('.').unwrap_or((name, ""));
    let own = Own::read(visit, id)?;
    own.check_names(visit)?;
    if !matches!(end, "" | "json" | "csv" | "toml") {
        return Err(Failure::new(
            Code::PageNotFound,
            "Un scénario existe en page, en JSON, en CSV et en TOML.",
        )
        .leading("Le scénario", own.original()));
    }
    let request = match own.asked(visit) {
        Ok(request) => request,
        Err(wrong) if !end.is_empty() => {
            return Err(Failure::new(Code::BadValue, wrong).leading("Le scénario", own.original()));
        }
        Err(wrong) => {
            let page = shown(visit, &own, &ScenarioRequest::default(), Some(wrong), None);
            return Ok(Answer::html(&page).with_status(axum::http::StatusCode::BAD_REQUEST));
        }
    };
    if end == "toml" {
        let text = exchange::scenarios::write(&request.of(&own.scenario));
        return Ok(Answer::bytes("application/toml; charset=utf-8", text.into_bytes())
            .for_file(format!("{}.toml", own.scenario.id)));
    }
    let is_from_form =
        |(name, value): &(String, String)| value.trim().is_empty() || ScenarioRequest::is_of_form(name);
    if end.is_empty() && visit.pairs.iter().any(is_from_form) {
        return Ok(Answer::moved(own.href(&request, "")));
    }
    let answer = simulated(visit, &order(visit, &own.scenario, &request), |simulation| {
        Ok(match end {
            "json" => Answer::json(&SimulationTwin::new(&visit.snapshot, simulation)),
            "csv" => Answer::bytes("text/csv; charset=utf-8", data::table(simulation))
                .for_file(format!("{}.csv", own.scenario.id)),
            _ => Answer::html(&shown(visit, &own, &request, None, Some(simulation))),
        })
    });
    match answer {
        Err(failure) if end.is_empty() && failure.code == Code::BadValue => {
            let page = shown(visit, &own, &request, Some(failure.message), None);
            Ok(Answer::html(&page).with_status(axum::http::StatusCode::BAD_REQUEST))
        }
        other => Ok(other?.unwrap_or_else(|pending| pending)),
    }
}

fn shown(
    visit: &Visit,
    own: &Own,
    request: &ScenarioRequest,
    wrong: Option<String>,
    simulation: Option<&Simulation>,
) -> ScenarioPage {
    let scenario = &*own.scenario;
    let layout = Layout::new(visit, Section::Scenarios, scenario.label.clone()).under("Scénarios", SCENARIOS);
    let is_usual = request.pairs().is_empty();
    ScenarioPage {
        layout: if is_usual && wrong.is_none() && own.code.is_none() { layout } else { layout.not_indexed() },
        base: crate::assets::pathways_style_address(),
        style: crate::assets::scenarios_style_address(),
        title: scenario.label.clone(),
        summary: typeset(&scenario.summary),
        wrong,
        found: simulation.map(view),
        form: form(visit, scenario, request),
        action: own.path(),
        content: own.code.clone(),
        content_name: CONTENT,
        files: FILES.map(|(label, end)| (typeset(label), own.href(request, end))).to_vec(),
        original: (!is_usual).then(|| own.original()),
        command: command(&own.scenario.id, request),
        plan: own.plan_href(ANIMATION, request),
        compare: crate::address::with_pairs(
            super::compare::COMPARE,
            [("scenario", own.href(request, "").as_str()), ("scenario", own.name().as_str())],
        ),
    }
}

/// The command that simulates the file of a scenario as the page does: a file holds neither the budget nor how it is followed.
fn command(id: &str, request: &ScenarioRequest) -> String {
    const OPTIONS: [(&str, &str); 5] = [
        ("budget", "--budget"),
        ("objectif", "--goal"),
        ("mesure", "--measure"),
        ("tirages", "--runs"),
        ("graine", "--seed"),
    ];
    let asked = request.pairs();
    let options = OPTIONS.iter().flat_map(|(name, option)| {
        let values = asked.iter().filter(move |(own, _)| own == name);
        values.map(move |(_, value)| format!(" {option} {value}"))
    });
    format!("parcours simulate {id}.toml{}", options.collect::<String>())
}
