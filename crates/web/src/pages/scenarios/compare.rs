//! `/scenarios/comparer`: up to four scenarios side by side, each told by its identifier or its address. Absent: one of them
//! (see `one`).

use askama::Template;
use catalogue::french::quoted;
use catalogue::scenarios::{Interval, SCENARIOS_COMPARED, ScenarioRequest, Simulation};

use super::drawing::{Band, band};
use super::own::Own;
use super::{SCENARIOS, order, simulated, view};
use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::visit::{Visit, shortened};
use crate::wording::typeset;

/// Path of the page.
pub(crate) const COMPARE: &str = "/scenarios/comparer";
/// Longest address of a scenario.
const ADDRESS_MAX: usize = 4_000;
/// Names of the rows, in the order of [`view::figures`].
const ROWS: [&str; 6] = [
    "Personnes formées",
    "Dépenses",
    "Par personne formée",
    "Objectif atteint",
    "Besoins couverts",
    "Heures de formateurs, relais et tuteurs, en moyenne",
];

#[derive(Template)]
#[template(path = "scenarios_compare.html")]
struct ComparePage {
    layout: Layout,
    base: String,
    style: String,
    columns: Vec<(String, String, String)>,
    rows: Vec<(&'static str, Vec<String>)>,
    bands: Vec<(String, Band)>,
    left: Vec<(&'static str, Vec<String>)>,
    years: Vec<(String, Vec<String>)>,
    fields: Vec<String>,
    four: String,
    known: Vec<(String, String)>,
    wrong: Option<String>,
}

/// The address that compares the four ways, the first of the scenarios shipped.
pub(super) fn four_ways() -> String {
    let four = super::builtin().iter().take(SCENARIOS_COMPARED).map(|own| ("scenario", own.id.as_str()));
    address::with_pairs(COMPARE, four)
}

/// `/scenarios/comparer`
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&["scenario"])?;
    let given: Vec<String> =
        visit.values("scenario").map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
    if given.len() > SCENARIOS_COMPARED {
        return Err(Failure::new(Code::BadValue, "Quatre scénarios au plus se comparent à la fois.")
            .leading("Les scénarios", SCENARIOS.to_owned()));
    }
    let mut simulations: Vec<(Own, ScenarioRequest, Simulation)> = Vec::new();
    let mut wrong = None;
    for text in &given {
        let (own, request) = match read(visit, text) {
            Ok(read) => read,
            Err(told) => {
                wrong = Some(told);
                continue;
            }
        };
        match simulated(visit, &order(visit, &own.scenario, &request), |simulation| Ok(simulation.clone())) {
            Ok(Ok(simulation)) => simulations.push((own, request, simulation)),
            Ok(Err(pending)) => return Ok(pending),
            Err(failure) if failure.code == Code::BadValue => wrong = Some(failure.message),
            Err(failure) => return Err(failure),
        }
    }
    let status =
        if wrong.is_some() { axum::http::StatusCode::BAD_REQUEST } else { axum::http::StatusCode::OK };
    Ok(Answer::html(&shown(visit, given, &simulations, wrong)).with_status(status))
}

/// The scenario of an identifier or of an address, and what it asks.
fn read(visit: &Visit, text: &str) -> Result<(Own, ScenarioRequest), String> {
    if text.len() > ADDRESS_MAX {
        return Err("Une adresse est trop longue.".to_owned());
    }
    let rest = text.split_once("/scenarios/").map_or(text, |(_, rest)| rest);
    let (id, query) = rest.split_once('?').unwrap_or((rest, ""));
    let id = id.split('.').next().unwrap_or_default();
    let not_one = || format!("{} n’est pas l’adresse d’un scénario.", quoted(&shortened(text)));
    let pairs = address::pairs(query.split('#').next().unwrap_or_default()).map_err(|_| not_one())?;
    let visit = Visit {
        app: visit.app.clone(),
        snapshot: visit.snapshot.clone(),
        path: format!("{SCENARIOS}/{id}"),
        pairs,
        fragment: false,
        wants_json: false,
    };
    let own = Own::read(&visit, id).map_err(|failure| match failure.code {
        Code::PageNotFound => not_one(),
        _ => failure.message,
    })?;
    own.check_names(&visit).map_err(|failure| failure.message)?;
    let request = own.asked(&visit)?;
    Ok((own, request))
}

fn shown(
    visit: &Visit,
    given: Vec<String>,
    all: &[(Own, ScenarioRequest, Simulation)],
    wrong: Option<String>,
) -> ComparePage {
    let layout =
        Layout::new(visit, Section::Scenarios, "Comparer des scénarios").under("Scénarios", SCENARIOS);
    let figures: Vec<[String; 6]> = all.iter().map(|(.., own)| view::figures(own)).collect();
    let interval = |own: &Simulation, row: usize| match row {
        0 => Some(format!(
            "{}, sur {}",
            own.trained.people_in_french(),
            catalogue::french::integer(own.people)
        )),
        1 => Some(own.spending.euros_in_french()),
        4 => own.coverage.as_ref().map(Interval::percent_in_french),
        _ => None,
    };
    let rows = ROWS.iter().enumerate().map(|(row, name)| {
        let cells = all
            .iter()
            .zip(&figures)
            .map(|((.., own), figures)| typeset(&interval(own, row).unwrap_or_else(|| figures[row].clone())));
        (*name, cells.collect())
    });
    let causes = all.first().map(|(.., own)| own.left.causes().map(|(label, _)| label));
    let left = causes.into_iter().flatten().enumerate().map(|(place, label)| {
        let cells = all.iter().map(|(.., own)| catalogue::scenarios::people(own.left.causes()[place].1));
        (label, cells.collect())
    });
    let mut years: Vec<u16> =
        all.iter().flat_map(|(.., own)| own.years.iter().map(|year| year.year)).collect();
    years.sort_unstable();
    years.dedup();
    let years = years.into_iter().map(|year| {
        let of = |own: &Simulation| {
            let own = own.years.iter().find(|own| own.year == year);
            own.map_or_else(|| "—".to_owned(), |own| catalogue::scenarios::about_euros(own.spending))
        };
        (year.to_string(), all.iter().map(|(.., own)| of(own)).collect())
    });
    let mut fields = given;
    fields.resize(SCENARIOS_COMPARED, String::new());
    ComparePage {
        layout: if visit.pairs.is_empty() { layout } else { layout.not_indexed() },
        base: crate::assets::pathways_style_address(),
        style: crate::assets::scenarios_style_address(),
        columns: all
            .iter()
            .map(|(own, request, _)| {
                let pairs: Vec<String> =
                    request.pairs().iter().map(|(name, value)| format!("{name}\u{a0}: {value}")).collect();
                (own.scenario.label.clone(), own.href(request, ""), pairs.join("\u{202f}; "))
            })
            .collect(),
        rows: rows.collect(),
        bands: all
            .iter()
            .filter_map(|(scenario, _, own)| Some((scenario.scenario.label.clone(), band(own)?)))
            .collect(),
        left: left.collect(),
        years: years.collect(),
        fields,
        four: four_ways(),
        known: super::builtin().iter().map(|own| (own.id.clone(), own.label.clone())).collect(),
        wrong,
    }
}
