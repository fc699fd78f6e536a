//! Instances that ask which modules to take: JSON with needs, modules and limits. What is wanted is a thousand times the
//! weight of the levels reached, less the hours of the modules. Absent: balanced periods (see `periods`).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use pathway::{Aim, Amount, Broken, Module, Need, Outcome, Plan, Problem, Resource, Settings};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Answer, Claim, refused};
use crate::threads::{OF_SEARCH, threads};

/// What a level is worth for each point of weight, beside an hour.
const PER_LEVEL: i64 = 1_000;
/// Keys without effect that are named.
const IGNORED: usize = 20;

#[derive(Deserialize)]
struct Instance {
    hours_max: u32,
    price_max: u32,
    needs: BTreeMap<String, Wanted>,
    modules: Vec<Offered>,
    /// Keys that are not ours.
    #[serde(flatten)]
    others: BTreeMap<String, IgnoredAny>,
}

#[derive(Deserialize)]
struct Wanted {
    to: u8,
    weight: u32,
}

#[derive(Deserialize)]
struct Offered {
    id: String,
    hours: u32,
    price: u32,
    #[serde(default)]
    teaches: BTreeMap<String, u8>,
    #[serde(default)]
    requires: BTreeMap<String, u8>,
    #[serde(flatten)]
    others: BTreeMap<String, IgnoredAny>,
}

impl Instance {
    /// The keys of which nothing is made, but the answers known of a benchmark: they may change what is asked.
    fn ignored(&self) -> Vec<String> {
        let own = self.others.keys().filter(|key| *key != "reference").cloned();
        let of_modules = self.modules.iter().flat_map(|module| module.others.keys());
        let all: BTreeSet<String> = own.chain(of_modules.map(|key| format!("modules.{key}"))).collect();
        all.into_iter().take(IGNORED).collect()
    }
}

fn read(text: &str) -> Result<Instance, String> {
    let instance: Instance = serde_json::from_str(text).map_err(|error| {
        let expected = match error.is_data() {
            true => " : heures, prix et poids sont des nombres entiers positifs, les niveaux vont de 0 à 9, et chaque module a « id », « hours » et « price »",
            false => "",
        };
        format!(
            "le JSON n’est pas celui d’une instance, à la ligne {} et à la colonne {}{expected}",
            error.line(),
            error.column()
        )
    })?;
    let mut seen = HashSet::new();
    match instance.modules.iter().find(|own| !seen.insert(own.id.as_str())) {
        Some(twice) => Err(format!("le module « {} » est donné deux fois : gardez-en un", twice.id)),
        None => Ok(instance),
    }
}

/// What a claim is worth, or all that is wrong with it.
pub(super) fn check(text: &str, claim: &Claim) -> Result<(Option<i64>, Vec<String>), String> {
    let instance = read(text)?;
    let place: HashMap<&str, usize> =
        instance.modules.iter().enumerate().map(|(at, own)| (own.id.as_str(), at)).collect();
    let unknown = |id: &&String| !place.contains_key(id.as_str());
    let mut broken: Vec<String> = claim
        .chosen
        .iter()
        .filter(unknown)
        .map(|id| format!("« {id} » n’est pas un module de l’instance"))
        .collect();
    let chosen: Vec<usize> = claim.chosen.iter().filter_map(|id| place.get(id.as_str()).copied()).collect();
    match pathway::check(&problem(&instance), &chosen) {
        Ok((coverage, costs)) => {
            let worth = PER_LEVEL * coverage as i64 - costs[0] as i64;
            Ok((Some(worth).filter(|_| broken.is_empty()), broken))
        }
        Err(wrong) => {
            broken.extend(wrong.iter().map(|own| told(own, &instance)));
            Ok((None, broken))
        }
    }
}

fn told(broken: &Broken, instance: &Instance) -> String {
    let id = |module: &usize| instance.modules.get(*module).map_or("", |own| own.id.as_str());
    match broken {
        Broken::Twice(module) => format!("« {} » est pris deux fois", id(module)),
        Broken::Unready(module, _, asked, there) => {
            format!(
                "« {} » demande un niveau {asked} là où le parcours n’est qu’au niveau {there}",
                id(module)
            )
        }
        Broken::Over(0) => format!("les heures dépassent {}", instance.hours_max),
        Broken::Over(_) => format!("le prix dépasse {}", instance.price_max),
        Broken::Unknown(_)
        | Broken::Banned(_)
        | Broken::Missing(_)
        | Broken::TooMany(_)
        | Broken::Group(_) => "le choix ne respecte pas l’instance".to_owned(),
    }
}

pub(super) fn answer(text: &str, nodes: u64) -> Result<Answer, String> {
    let instance = read(text)?;
    let problem = problem(&instance);
    let settings = Settings { nodes, threads: threads(OF_SEARCH), ..Settings::default() };
    let none = |status, bound| Answer { ignored: instance.ignored(), ..Answer::none(status, bound) };
    let outcome = pathway::solve(&problem, settings).map_err(refused)?;
    let (plan, bound, is_best) = match outcome {
        Outcome::Optimal(plan) => match traded(&problem, plan, settings)? {
            Traded::Best(plan) => {
                let own = objective(&plan);
                (plan, own, true)
            }
            Traded::Unknown(plan, bound) => (plan, bound, false),
        },
        Outcome::Feasible { plan, bound } => (plan, PER_LEVEL * bound as i64, false),
        Outcome::Infeasible => return Ok(none("infeasible", None)),
        Outcome::LimitReached { bound } => {
            return Ok(none("limit_reached", Some(PER_LEVEL * bound as i64)));
        }
    };
    let checked = pathway::check(&problem, &plan.chosen);
    if checked != Ok((plan.coverage, plan.costs.clone())) {
        return Err("la réponse trouvée ne passe pas la vérification".to_owned());
    }
    Ok(Answer {
        status: if is_best { "optimal" } else { "feasible" },
        objective: Some(objective(&plan)),
        bound: Some(bound),
        chosen: plan.chosen.iter().map(|module| instance.modules[*module].id.clone()).collect(),
        periods: Vec::new(),
        ignored: instance.ignored(),
    })
}

fn problem(instance: &Instance) -> Problem {
    let mut topics = Topics::default();
    let needs = instance.needs.iter().map(|(name, wanted)| Need {
        topic: topics.number(name),
        to: wanted.to,
        weight: wanted.weight,
    });
    let needs = needs.collect();
    let modules = instance.modules.iter().map(|own| Module {
        teaches: topics.levels(&own.teaches),
        requires: topics.levels(&own.requires),
        amounts: vec![Amount::known(own.hours), Amount::known(own.price)],
    });
    let modules = modules.collect();
    let most = |most| Resource { most: Some(most), z: 0.0 };
    Problem {
        topics: topics.0.len(),
        needs,
        modules,
        resources: vec![most(instance.hours_max), most(instance.price_max)],
        aims: vec![Aim::Least(0)],
        ..Problem::default()
    }
}

/// Topics by name, numbered as they are met.
#[derive(Default)]
struct Topics(HashMap<String, usize>);

impl Topics {
    fn number(&mut self, name: &str) -> usize {
        let next = self.0.len();
        *self.0.entry(name.to_owned()).or_insert(next)
    }

    fn levels(&mut self, levels: &BTreeMap<String, u8>) -> Vec<(usize, u8)> {
        levels.iter().map(|(name, level)| (self.number(name), *level)).collect()
    }
}

fn objective(plan: &Plan) -> i64 {
    PER_LEVEL * plan.coverage as i64 - plan.costs[0] as i64
}

enum Traded {
    Best(Plan),
    Unknown(Plan, i64),
}

/// The best by the sum, of which the plan is the best by levels first: fewer levels may be worth it when a thousand hours
/// or more can be saved. Each search allows so few hours that only a better sum fits.
fn traded(problem: &Problem, plan: Plan, settings: Settings) -> Result<Traded, String> {
    let mut coverage = plan.coverage as i64;
    let mut best = plan;
    let mut problem = problem.clone();
    loop {
        // With at least one point less, a better sum leaves room for so many hours.
        let room = PER_LEVEL * (coverage - 1) - objective(&best) - 1;
        let Ok(room) = u32::try_from(room) else { return Ok(Traded::Best(best)) };
        problem.resources[0].most = Some(room.min(problem.resources[0].most.unwrap_or(u32::MAX)));
        match pathway::solve(&problem, settings).map_err(refused)? {
            Outcome::Optimal(plan) => {
                coverage = plan.coverage as i64;
                if objective(&plan) > objective(&best) {
                    best = plan;
                }
            }
            _ => {
                let bound = PER_LEVEL * (coverage - 1);
                return Ok(Traded::Unknown(best, bound));
            }
        }
    }
}
