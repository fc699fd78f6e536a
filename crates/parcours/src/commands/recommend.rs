//! `parcours recommend`: the few trainings to build that would raise most what personas reach, with the proof. Absent: how
//! they are composed and chosen (see `catalogue::recommendations` and `actions`).

use std::path::Path;
use std::process::ExitCode;

use actions::Node;
use actions::pathways::Solver;
use catalogue::french::hours;
use catalogue::pathways::{Planner, RequestError};
use catalogue::recommendations::{Proposal, RecommendationOutcome, RecommendationRequest, Recommendations};
use catalogue::{Referential, Snapshot};

use super::plan::refused;
use crate::cli::needs::Recommend;
use crate::failure::Failure;
use crate::terminal::{self, wrapped};

pub async fn run(asked: &Recommend, data_dir: &Path) -> Result<ExitCode, Failure> {
    let referential = Referential::builtin();
    let store = super::open_to_read(data_dir, super::FROM_BUILTIN).await?;
    let personas = actions::personas::in_place(&store, &referential).await?;
    let personas: Vec<_> = personas.into_iter().map(|(persona, _)| persona).collect();
    let mut pairs: Vec<(&str, &str)> = asked.persona.iter().map(|id| ("persona", id.as_str())).collect();
    pairs.extend(asked.count.iter().map(|count| ("nombre", count.as_str())));
    pairs.extend(asked.people.iter().map(|people| ("effectif", people.as_str())));
    pairs.extend(asked.high_promise.then_some(("promesse", "haute")));
    let request = RecommendationRequest::parse(pairs, &personas).map_err(wrong)?;
    let node = Node::over(store, data_dir, terminal::node_watcher()).await?;
    let snapshot = node.snapshot();
    let outcome = Solver::default().recommend(&snapshot, &personas, &request).map_err(refused)?;
    if asked.json {
        terminal::print_json(&web::RecommendationsTwin::new(&snapshot, &request, &outcome))?;
    } else {
        terminal::say(&told(&outcome, &snapshot))?;
    }
    Ok(match outcome {
        RecommendationOutcome::Found(_) => ExitCode::SUCCESS,
        RecommendationOutcome::Stopped => ExitCode::FAILURE,
    })
}

/// The option that stands for a parameter of an address.
fn wrong(error: RequestError) -> Failure {
    let option = |name: &str| {
        let options = [("nombre", "--count"), ("persona", "--persona"), ("effectif", "--people")];
        options.iter().find(|(known, _)| *known == name).map_or(name, |(_, option)| option).to_owned()
    };
    Failure::wrong_use(error.renamed(option).to_string(), "« parcours recommend --help » décrit les options")
}

fn told(outcome: &RecommendationOutcome, snapshot: &Snapshot) -> String {
    let RecommendationOutcome::Found(own) = outcome else {
        return "La recherche s’est arrêtée à sa limite avant de trouver un choix : demandez moins de formations ou moins de personas.\n"
            .to_owned();
    };
    let mut text = wrapped(&own.finding(), 0);
    text.push_str(&wrapped(&own.proof_in_french(), 0));
    if let Some(told) = own.left_out_in_french() {
        text.push_str(&wrapped(&told, 0));
    }
    for (number, proposal) in own.proposals.iter().enumerate() {
        text.push_str(&one(own, number, proposal, snapshot));
    }
    text.push('\n');
    for outlook in &own.outlooks {
        text.push_str(&wrapped(&format!("{} : {}.", outlook.persona.label, outlook.in_french()), 0));
    }
    text
}

fn one(own: &Recommendations, number: usize, proposal: &Proposal, snapshot: &Snapshot) -> String {
    let referential = snapshot.referential();
    let mut text = format!("\n{}. {}\n", number + 1, proposal.training.title);
    let format = referential.term(proposal.draft.format).label.to_lowercase();
    let facts = format!(
        "{}, {format} ; {} (estimation). {}",
        hours(proposal.draft.template.hours),
        proposal.cost_in_french(),
        proposal.id
    );
    text.push_str(&wrapped(&facts, 2));
    for lift in &proposal.draft.lifts {
        text.push_str(&wrapped(&format!("- {}", lift.in_french(referential)), 2));
    }
    text.push_str(&wrapped(&proposal.worth_in_french(&own.outlooks), 2));
    text.push_str(&wrapped(&proposal.advice_in_french(), 2));
    text
}
