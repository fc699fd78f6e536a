//! `parcours gaps`: what the offer leaves of the needs of a persona, or of all.
//! Absent: the judgement (see `catalogue::gaps`).

use std::path::Path;
use std::process::ExitCode;

use actions::Node;
use catalogue::french::{counted, list, quoted};
use catalogue::gaps::{Gap, Gaps as Judged, State};
use catalogue::persona::{Circumstances, CircumstancesError};
use catalogue::{Level, Referential, Snapshot};

use super::personas::constraints;
use crate::cli::needs::{Case, Gaps};
use crate::failure::Failure;
use crate::terminal::{self, cell, wrapped};

/// Columns of a competence's label.
const LABEL_COLUMNS: usize = 38;

pub async fn run(asked: &Gaps, data_dir: &Path) -> Result<ExitCode, Failure> {
    let referential = Referential::builtin();
    let case = case(&asked.case, &referential)?;
    let states = states(&asked.state)?;
    let store = super::open_to_read(data_dir, super::FROM_BUILTIN).await?;
    let personas = match &asked.persona {
        Some(id) => vec![super::persona(&store, id, &referential).await?],
        None => {
            let all = actions::personas::in_place(&store, &referential).await?;
            all.into_iter().map(|(persona, _)| persona).collect()
        }
    };
    let node = Node::over(store, data_dir, terminal::node_watcher()).await?;
    let snapshot = node.snapshot();
    if asked.json {
        let judged: Vec<_> = personas.iter().map(|persona| web::gaps(&snapshot, persona, &case)).collect();
        match (&asked.persona, judged.as_slice()) {
            (Some(_), [only]) => terminal::print_json(only)?,
            _ => terminal::print_json(&judged)?,
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut text = String::new();
    for persona in &personas {
        let judged = snapshot.gaps(persona, &case);
        text.push_str(&summary(&judged, &snapshot));
        if asked.persona.is_some() {
            text.push_str(&detail(&judged, &case, &states, &referential));
        }
    }
    terminal::say(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The case as the options say it.
fn case(asked: &Case, referential: &Referential) -> Result<Circumstances, Failure> {
    let wrong = |error: CircumstancesError| {
        let message = error.renamed(case_option).to_string();
        Failure::wrong_use(message, "« parcours gaps --help » décrit les options")
    };
    Circumstances::parse(case_pairs(asked), referential).map_err(wrong)
}

/// The pairs of an address that say what the options say.
pub(super) fn case_pairs(asked: &Case) -> Vec<(&str, &str)> {
    let mut pairs: Vec<(&str, &str)> = asked.known.iter().map(|known| ("acquis", known.as_str())).collect();
    pairs.extend(asked.lift.iter().map(|constraint| ("sans", constraint.as_str())));
    pairs.extend(asked.hours.iter().map(|hours| ("heures", hours.as_str())));
    pairs.extend(asked.euros.iter().map(|euros| ("budget", euros.as_str())));
    pairs.extend(asked.providers_min.iter().map(|least| ("organismes", least.as_str())));
    pairs.extend(asked.confirmed_only.then_some(("faits", "etablis")));
    pairs.extend(asked.central_durations.then_some(("durees", "centrales")));
    pairs
}

/// The option that stands for a parameter of an address.
pub(super) fn case_option(name: &str) -> String {
    let options = [
        ("acquis", "--known"),
        ("sans", "--lift"),
        ("heures", "--hours"),
        ("budget", "--euros"),
        ("organismes", "--providers-min"),
    ];
    if let Some(competence) = name.strip_prefix("acquis=") {
        return format!("--known {competence}");
    }
    let known = options.into_iter().find(|(parameter, _)| *parameter == name);
    known.map_or(name, |(_, option)| option).to_owned()
}

fn states(asked: &[String]) -> Result<Vec<State>, Failure> {
    let known: Vec<String> = State::all().map(|state| state.name().to_owned()).collect();
    let read = |name: &String| {
        State::named(name).ok_or_else(|| {
            let message = format!("l’état {} n’existe pas", quoted(name));
            Failure::wrong_use(message, format!("choisissez {}", list(&known, "ou")))
        })
    };
    asked.iter().map(read).collect()
}

fn summary(judged: &Judged, snapshot: &Snapshot) -> String {
    let persona = &judged.persona;
    let mut text = format!("{}\n", persona.label);
    text.push_str(&wrapped(&constraints(persona, snapshot.referential()), 2));
    let levels = counted(judged.gaps.len() as u64, "niveau", "niveaux");
    text.push_str(&wrapped(&format!("Sur {levels} : {}.", judged.counts_in_french()), 2));
    text
}

/// A line for each competence, then why each level is as it is.
fn detail(judged: &Judged, case: &Circumstances, states: &[State], referential: &Referential) -> String {
    let mut text = String::from("\n");
    text.push_str(&format!("  {} {}\n", cell("Compétence", LABEL_COLUMNS), "Niveaux 1 à 4"));
    for need in &judged.persona.needs {
        let label = &referential.term(need.competence).label;
        let marks: Vec<&str> = Level::all()
            .map(|level| {
                let gap =
                    judged.gaps.iter().find(|gap| gap.competence == need.competence && gap.level == level);
                gap.map_or("·", |gap| gap.state.mark())
            })
            .collect();
        text.push_str(&format!("  {} {}\n", cell(label, LABEL_COLUMNS), marks.join(" ")));
    }
    text.push_str("  ● couvert   ◐ fragile   ○ hors de portée   ✕ absent   · sans besoin\n\n");
    let shown = |gap: &&Gap| states.is_empty() || states.contains(&gap.state);
    for gap in judged.gaps.iter().filter(shown) {
        let label = &referential.term(gap.competence).label;
        let line = format!(
            "{} {label}, niveau {}. {}. {}",
            gap.state.mark(),
            gap.level.number(),
            gap.state.label(),
            gap.why(&case.rules)
        );
        text.push_str(&wrapped(&line, 2));
    }
    text
}
