//! `/scenarios`: the scenarios that come with the program, with what each would give; what their pages share. Absent: one
//! scenario (see `one`), several side by side (see `compare`), the simulation (see `catalogue::scenarios::Simulator`).

pub(crate) mod compare;
pub(crate) mod data;
mod drawing;
mod form;
pub(crate) mod one;
pub(crate) mod opened;
pub(crate) mod own;
mod view;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use askama::Template;
use catalogue::scenarios::{Scenario, ScenarioRequest, Simulation};

use super::waiting::{self, Awaited, Waited};
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::planning::{Answered, Finding, Order, Standing};
use crate::visit::Visit;
use crate::wording::typeset;

/// Path of the page.
pub(crate) const SCENARIOS: &str = "/scenarios";
/// How long the list waits for each of its scenarios.
const LIST_WAIT: Duration = Duration::from_millis(400);

/// What is said while a scenario is simulated.
const OF_SCENARIOS: Awaited = Awaited {
    section: Section::Scenarios,
    above: Some(("Scénarios", SCENARIOS)),
    under_way: "Le scénario est en cours de simulation.",
    nowhere: "Cette installation ne simule pas de scénario.",
    otherwise: ("Les scénarios", SCENARIOS),
};

#[derive(Template)]
#[template(path = "scenarios.html")]
struct ScenariosPage {
    layout: Layout,
    base: String,
    style: String,
    rows: Vec<RowView>,
    is_pending: bool,
    compare: String,
    ways: Vec<(&'static str, &'static str)>,
}

/// A scenario of the list.
pub(crate) struct RowView {
    pub label: String,
    pub href: String,
    pub summary: String,
    /// Trained, spending, spending by person, goal, needs, hours; none when it is not known yet.
    pub figures: Option<[String; 6]>,
    pub wrong: Option<String>,
}

/// The scenarios that come with the program.
pub(crate) fn builtin() -> &'static [Scenario] {
    static ALL: OnceLock<Vec<Scenario>> = OnceLock::new();
    ALL.get_or_init(exchange::scenarios::builtin)
}

/// What is to be waited for.
pub(crate) fn order(visit: &Visit, scenario: &Scenario, request: &ScenarioRequest) -> Order {
    Order::Simulation(visit.app.personas(), Arc::new(scenario.clone()), request.clone())
}

/// The simulation of an answer.
fn simulation(answered: &Answered) -> Result<&Simulation, Failure> {
    match answered.as_ref() {
        Ok(Finding::Simulation(Ok(own))) => Ok(own),
        Ok(Finding::Simulation(Err(error))) => {
            Err(Failure::new(Code::BadValue, typeset(&catalogue::french::capitalised(&format!("{error}."))))
                .leading("Les scénarios", SCENARIOS.to_owned()))
        }
        Ok(Finding::NoSimulation) => Err(Failure::new(Code::PageNotFound, OF_SCENARIOS.nowhere)),
        _ => Err(Failure::new(Code::Internal, "La simulation s’est interrompue.")),
    }
}

/// The simulation of a request, or the page that says to wait.
pub(crate) fn simulated<T>(
    visit: &Visit,
    order: &Order,
    then: impl FnOnce(&Simulation) -> Result<T, Failure>,
) -> Result<Result<T, Answer>, Failure> {
    match waiting::wait(visit, order, &OF_SCENARIOS)? {
        Waited::Ready(answered) => then(simulation(&answered)?).map(Ok),
        Waited::Pending(page) => Ok(Err(page)),
    }
}

/// `/scenarios`
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&[])?;
    let Some(planning) = visit.app.planning() else {
        return Err(Failure::new(Code::PageNotFound, OF_SCENARIOS.nowhere).leading("Accueil", "/".to_owned()));
    };
    let usual = ScenarioRequest::default();
    let rows: Vec<RowView> = builtin()
        .iter()
        .map(|scenario| {
            let standing = planning.ask_within(&visit.snapshot, &order(visit, scenario, &usual), LIST_WAIT);
            row(scenario, &format!("{SCENARIOS}/{}", scenario.id), &standing)
        })
        .collect();
    Ok(Answer::html(&ScenariosPage {
        layout: Layout::new(visit, Section::Scenarios, "Scénarios"),
        base: crate::assets::pathways_style_address(),
        style: crate::assets::scenarios_style_address(),
        is_pending: rows.iter().any(|row| row.figures.is_none() && row.wrong.is_none()),
        rows,
        compare: compare::four_ways(),
        ways: catalogue::scenarios::WayKind::all().map(|kind| (kind.label(), kind.told())).collect(),
    }))
}

fn row(scenario: &Scenario, href: &str, standing: &Standing) -> RowView {
    let (figures, wrong) = match standing {
        Standing::Ready(answered) => match simulation(answered) {
            Ok(own) => (Some(view::figures(own)), None),
            Err(failure) => (None, Some(failure.message)),
        },
        Standing::UnderWay | Standing::Busy => (None, None),
    };
    RowView {
        label: scenario.label.clone(),
        href: href.to_owned(),
        summary: typeset(&scenario.summary),
        figures,
        wrong,
    }
}
