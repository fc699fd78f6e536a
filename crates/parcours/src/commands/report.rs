//! `parcours report`: the strategic report, to a file. Absent: what it says (see `catalogue::report`), how it is made (see
//! `actions::report`).

use std::path::Path;
use std::process::ExitCode;

use actions::Node;
use actions::pathways::Solver;
use actions::report::{Reports, form, write};
use catalogue::Referential;
use catalogue::french::{counted, decimal};
use catalogue::report::{ReportRequest, Reporter};

use crate::cli::needs::Report;
use crate::failure::Failure;
use crate::terminal;

pub async fn run(asked: &Report, data_dir: &Path) -> Result<ExitCode, Failure> {
    let request = request(asked)?;
    form(&asked.out)?;
    let referential = Referential::builtin();
    let store = super::open_to_read(data_dir, super::FROM_BUILTIN).await?;
    if let Some(id) = &request.persona {
        super::persona(&store, id, &referential).await?;
    }
    let all = actions::personas::in_place(&store, &referential).await?;
    let personas: Vec<_> = all.into_iter().map(|(persona, _)| persona).collect();
    let snapshot = Node::over(store, data_dir, terminal::node_watcher()).await?.snapshot();
    let report = Reports.report(&snapshot, &personas, &request, &Solver::default());
    let bytes = write(&report, &asked.out, asked.force)?;
    let tables = counted(report.tables().count() as u64, "tableau", "tableaux");
    terminal::say(&format!(
        "Rapport du {}, version {} du catalogue : {tables}, {} ko dans « {} ».\n",
        report.date,
        report.revision,
        decimal((bytes as f64 / 1_000.0).ceil()),
        asked.out.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// What the options ask.
fn request(asked: &Report) -> Result<ReportRequest, Failure> {
    let mut pairs: Vec<(&str, &str)> = asked.sections.iter().map(|name| ("section", name.as_str())).collect();
    pairs.extend(asked.persona.iter().map(|id| ("persona", id.as_str())));
    pairs.extend(asked.date.iter().map(|date| ("date", date.as_str())));
    pairs.extend(asked.one_page.then_some(("format", "une-page")));
    ReportRequest::parse(pairs).map_err(|error| {
        let error = error.renamed(|name| if name == "section" { "--sections" } else { "--date" }.to_owned());
        Failure::wrong_use(error.to_string(), "« parcours report --help » décrit les options")
    })
}
