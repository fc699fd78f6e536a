//! The strategic report: the pathways that it shows are searched, its sections put together, its files written.
//! Absent: what it says (see `catalogue::report`), how it looks (see the crate `report`).

use std::path::{Path, PathBuf};
use std::thread;

use catalogue::Snapshot;
use catalogue::pathways::{PathwayRequest, Planner};
use catalogue::persona::Persona;
use catalogue::recommendations::{RecommendationOutcome, RecommendationRequest};
use catalogue::report::{
    Form, Inputs, PERSONAS_MAX, Paper, PaperForm, PrintError, Report, ReportRequest, Reporter, SectionKind,
    TypicalPathway,
};
use catalogue::scenarios::{Scenario, ScenarioRequest, Simulation, Simulator};

use crate::error::ActionError;
use crate::export::write_whole;
use crate::scenarios::Rollouts;
use crate::threads::threads;

/// Built-in scenarios of a report: one for each way.
const WAYS: usize = 4;

/// Makes reports and prints them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reports;

impl Reporter for Reports {
    fn report(
        &self,
        snapshot: &Snapshot,
        personas: &[Persona],
        request: &ReportRequest,
        planner: &dyn Planner,
    ) -> Report {
        let pathways = pathways(snapshot, personas, request, planner);
        let recommendations = recommendations(snapshot, personas, request, planner);
        let scenarios = scenarios(snapshot, personas, request, planner);
        catalogue::report::report(&Inputs {
            snapshot,
            personas,
            pathways: &pathways,
            recommendations: recommendations.as_ref(),
            scenarios: &scenarios,
            request,
        })
    }

    fn print(&self, report: &Report, form: Form) -> Result<Vec<u8>, PrintError> {
        report::print(report, form)
    }

    fn print_paper(&self, paper: &Paper, form: PaperForm) -> Result<Vec<u8>, PrintError> {
        report::print_paper(paper, form)
    }

    fn sections(&self) -> Vec<SectionKind> {
        SectionKind::all().collect()
    }
}

/// The four ways to distribute the offer, each simulated as its page shows it; those that cannot be are left out.
fn scenarios(
    snapshot: &Snapshot,
    personas: &[Persona],
    request: &ReportRequest,
    planner: &dyn Planner,
) -> Vec<Simulation> {
    if request.is_one_page || !request.wants(SectionKind::Scenarios) {
        return Vec::new();
    }
    let usual = ScenarioRequest::default();
    let simulate = |own: &Scenario| Rollouts.simulate(snapshot, personas, own, &usual, planner).ok();
    exchange::scenarios::builtin().iter().take(WAYS).filter_map(simulate).collect()
}

/// The trainings to build that a report shows.
fn recommendations(
    snapshot: &Snapshot,
    personas: &[Persona],
    request: &ReportRequest,
    planner: &dyn Planner,
) -> Option<RecommendationOutcome> {
    let shows = request.is_one_page
        || [SectionKind::Summary, SectionKind::Recommendations].iter().any(|kind| request.wants(*kind));
    if !shows {
        return None;
    }
    let asked = RecommendationRequest {
        personas: request.persona.iter().cloned().collect(),
        ..RecommendationRequest::default()
    };
    planner.recommend(snapshot, personas, &asked).ok()
}

/// The typical pathways that a report shows, searched side by side.
fn pathways(
    snapshot: &Snapshot,
    personas: &[Persona],
    request: &ReportRequest,
    planner: &dyn Planner,
) -> Vec<TypicalPathway> {
    let shows = request.is_one_page
        || [SectionKind::Summary, SectionKind::Pathways].iter().any(|kind| request.wants(*kind));
    if !shows {
        return Vec::new();
    }
    let wanted = personas.iter().filter(|own| request.persona.as_ref().is_none_or(|id| own.id == *id));
    let wanted: Vec<&Persona> = wanted.take(PERSONAS_MAX).collect();
    let find = |persona: &Persona| TypicalPathway {
        persona: persona.id.clone(),
        outcome: planner.plan(snapshot, persona, &PathwayRequest::default()).ok(),
    };
    let find = &find;
    let lanes = threads(wanted.len().max(1));
    thread::scope(|scope| {
        // One thread takes each so many, so that the order stays that of the personas.
        let lane = |first: usize| {
            let own: Vec<&Persona> = wanted.iter().skip(first).step_by(lanes).copied().collect();
            scope.spawn(move || own.into_iter().map(find).collect::<Vec<_>>())
        };
        let threads: Vec<_> = (0..lanes).map(lane).collect();
        // A search that breaks leaves its personas without a pathway.
        let found: Vec<Vec<TypicalPathway>> =
            threads.into_iter().map(|thread| thread.join().unwrap_or_default()).collect();
        let mut rest: Vec<_> = found.into_iter().map(Vec::into_iter).collect();
        (0..wanted.len()).filter_map(|place| rest[place % lanes].next()).collect()
    })
}

/// The form that the name of a file says.
///
/// # Errors
/// When it says none.
pub fn form(path: &Path) -> Result<Form, ActionError> {
    match path.extension().and_then(|end| end.to_str()).map(str::to_lowercase).as_deref() {
        Some("pdf") => Ok(Form::Pdf),
        Some("odt") => Ok(Form::Odt),
        Some("xlsx") => Ok(Form::Xlsx),
        _ => Err(ActionError::UnknownReport(PathBuf::from(path))),
    }
}

/// Writes a report to a file that is whole or absent; gives its size in bytes.
///
/// # Errors
/// When the file exists and must not be overwritten, or cannot be written; when the report cannot be printed.
pub fn write(report: &Report, path: &Path, overwrite: bool) -> Result<u64, ActionError> {
    let form = form(path)?;
    let bytes = ::report::print(report, form)?;
    write_whole(path, overwrite, &bytes)?;
    Ok(bytes.len() as u64)
}

#[cfg(test)]
mod tests {
    use catalogue::report::{ReportRequest, Reporter};

    use super::Reports;
    use crate::pathways::Solver;
    use crate::pathways::tests::{personas, snapshot, solver};

    /// Numbers of pages and of tables are wrong in a layout that never settles.
    #[test]
    fn the_layout_of_the_real_catalogue_settles() {
        let planner = Solver { explains: false, ..solver() };
        for pairs in
            [&[][..], &[("persona", "adjoint-projet")], &[("section", "carte"), ("section", "sources")]]
        {
            let request = ReportRequest::parse(pairs.iter().copied()).expect("a sound request");
            let report = Reports.report(snapshot(), &personas(), &request, &planner);
            let printed = ::report::pdf(&report).expect("printed");
            assert_eq!(printed.warnings, [""; 0], "{pairs:?}");
            assert!(printed.pages > 2, "{pairs:?}");
        }
    }
}
