//! `parcours simulate`: what a scenario would give, from a file or from those that come with the program. Absent: what
//! scenarios are (see `catalogue::scenarios`), how they are simulated (see `actions::scenarios`).

use std::path::Path;
use std::process::ExitCode;

use actions::Node;
use actions::pathways::Solver;
use actions::scenarios::Rollouts;
use catalogue::Referential;
use catalogue::french::{counted, decimal, integer, list, quoted};
use catalogue::pathways::RequestError;
use catalogue::scenarios::{
    Measure, Scenario, ScenarioRequest, Simulation, SimulationError, Simulator, about_euros, people, percent,
};

use crate::cli::needs::Simulate;
use crate::failure::Failure;
use crate::terminal::{self, wrapped};

/// Largest file of a scenario that is read, in bytes, one more than what is accepted.
const FILE_BYTES: u64 = exchange::scenarios::SCENARIO_BYTES as u64 + 1;
/// Effects that are told.
const EFFECTS: usize = 5;

pub async fn run(asked: &Simulate, data_dir: &Path) -> Result<ExitCode, Failure> {
    let Some(name) = &asked.scenario else {
        terminal::say(&known())?;
        return Ok(ExitCode::SUCCESS);
    };
    let scenario = read(name)?;
    let request = request(asked, &scenario)?;
    let referential = Referential::builtin();
    let store = super::open_to_read(data_dir, super::FROM_BUILTIN).await?;
    let personas = actions::personas::in_place(&store, &referential).await?;
    let personas: Vec<_> = personas.into_iter().map(|(persona, _)| persona).collect();
    let snapshot = Node::over(store, data_dir, terminal::node_watcher()).await?.snapshot();
    let planner = Solver { explains: false, ..Solver::default() };
    let own = Rollouts.simulate(&snapshot, &personas, &scenario, &request, &planner).map_err(refused)?;
    if asked.json {
        terminal::print_json(&web::SimulationTwin::new(&snapshot, &own))?;
    } else if asked.csv {
        terminal::print(&String::from_utf8_lossy(&web::simulation_table(&own)))?;
    } else {
        terminal::say(&told(&own))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The scenarios that come with the program.
fn known() -> String {
    let mut text = "Scénarios livrés avec le programme :\n".to_owned();
    for own in exchange::scenarios::builtin() {
        text.push_str(&format!("\n{}\n", own.id));
        text.push_str(&wrapped(&format!("{}. {}", own.label, own.summary), 2));
    }
    text
}

/// A scenario that comes with the program, or that of a file.
pub(super) fn read(name: &str) -> Result<Scenario, Failure> {
    let builtin = exchange::scenarios::builtin();
    if let Some(own) = builtin.iter().find(|own| own.id == name) {
        return Ok(own.clone());
    }
    let path = Path::new(name);
    if !path.exists() {
        let ids: Vec<String> = builtin.iter().map(|own| own.id.clone()).collect();
        return Err(Failure::wrong_use(
            format!("{} n’est ni un fichier, ni un scénario livré", quoted(name)),
            format!("donnez un fichier, ou {}", list(&ids, "ou")),
        ));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path)?;
    std::io::Read::read_to_end(&mut std::io::Read::take(file, FILE_BYTES), &mut bytes)?;
    let file = path.file_name().map_or_else(|| name.to_owned(), |name| name.to_string_lossy().into_owned());
    exchange::scenarios::read_bytes(&file, &bytes).map_err(|issues| {
        let lines: Vec<String> = issues.iter().map(ToString::to_string).collect();
        Failure::wrong_use(lines.join("\n"), "corrigez le fichier, puis recommencez")
    })
}

fn request(asked: &Simulate, scenario: &Scenario) -> Result<ScenarioRequest, Failure> {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    let mut one = |name: &'static str, value: &Option<String>| {
        pairs.extend(value.iter().map(|value| (name, value.clone())));
    };
    one("graine", &asked.seed);
    one("tirages", &asked.runs);
    one("mois", &asked.months);
    one("budget", &asked.budget);
    one("objectif", &asked.goal);
    one("mesure", &asked.measure);
    pairs.extend(asked.people.iter().map(|value| ("effectif", value.clone())));
    pairs.extend(asked.share.iter().map(|value| ("part", value.clone())));
    pairs.extend(asked.set.iter().map(|value| ("reglage", value.clone())));
    let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
    ScenarioRequest::parse(pairs, scenario).map_err(wrong)
}

/// The option that stands for a parameter of an address.
fn wrong(error: RequestError) -> Failure {
    let options = [
        ("graine", "--seed"),
        ("tirages", "--runs"),
        ("mois", "--months"),
        ("effectif", "--people"),
        ("part", "--share"),
        ("reglage", "--set"),
        ("budget", "--budget"),
        ("objectif", "--goal"),
        ("mesure", "--measure"),
    ];
    let option = |name: &str| {
        options.iter().find(|(known, _)| *known == name).map_or(name, |(_, option)| option).to_owned()
    };
    Failure::wrong_use(error.renamed(option).to_string(), "« parcours simulate --help » décrit les options")
}

pub(super) fn refused(error: SimulationError) -> Failure {
    Failure::wrong_use(error.to_string(), "changez le scénario ou les options, puis recommencez")
}

fn told(own: &Simulation) -> String {
    let mut text = format!("{}\n\n", own.scenario.label);
    text.push_str(&wrapped(&own.finding(), 0));
    text.push_str(&wrapped(&own.goal_in_french(), 0));
    text.push_str(&wrapped(&own.reading(), 0));
    if let Some(unknown) = own.unknown_in_french() {
        text.push_str(&wrapped(&unknown, 0));
    }
    text.push('\n');
    for year in &own.years {
        text.push_str(&format!(
            "{} : {}, {} en moyenne\n",
            year.year,
            counted(year.trained.max(0.0).round() as u64, "personne formée", "personnes formées"),
            about_euros(year.spending)
        ));
    }
    text.push('\n');
    for result in &own.populations {
        let population = &own.scenario.populations[result.place];
        let line = match (population.people, result.route) {
            (Some(all), Some(_)) => format!(
                "{} : {} formées sur {}",
                population.label,
                result.trained.people_in_french(),
                integer(all.into())
            ),
            _ => format!("{} : effectif inconnu, non simulée", population.label),
        };
        text.push_str(&wrapped(&line, 0));
    }
    text.push('\n');
    text.push_str(&effects(own));
    if let Some(mix) = &own.mix {
        text.push('\n');
        text.push_str(&wrapped(&mix.finding(), 0));
        text.push_str(&wrapped(&mix.proof(), 0));
        let (trained, spending, _) = &mix.simulated;
        let line = format!(
            "Simulée mois par mois : {} personnes formées, {}.",
            trained.people_in_french(),
            spending.euros_in_french()
        );
        text.push_str(&wrapped(&line, 0));
    }
    text
}

/// What moves the result most.
fn effects(own: &Simulation) -> String {
    let value = |number: f64| match own.request.measure {
        Measure::Trained => people(number),
        Measure::Spending => about_euros(number),
        Measure::Coverage => percent(number),
    };
    let mut text = format!("Ce qui change le plus le résultat ({}) :\n", own.request.measure.label());
    for effect in own.sure_effects().take(EFFECTS) {
        let line = format!(
            "- {} ({}), de {} à {} {} : de {} à {}",
            effect.setting.label(),
            effect.kind.label().to_lowercase(),
            decimal(effect.values.low),
            decimal(effect.values.high),
            effect.setting.unit(),
            value(effect.at_low),
            value(effect.at_high)
        );
        text.push_str(&wrapped(&line, 2));
    }
    text
}
