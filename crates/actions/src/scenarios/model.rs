//! A scenario as a model of the engine: populations as groups, steps of pathways as routes, ways as channels. Absent: what
//! runs say (see `told`).

use catalogue::Snapshot;
use catalogue::pathways::{Basis, Outcome, Pathway, PathwayRequest, Planner};
use catalogue::persona::Persona;
use catalogue::scenarios::{
    Follows, RouteTold, Scenario, Setting, SimulationError, TooLong, Triple, Way, WayKind,
};
use rollout::{Channel, Delivery, Format, Group, Model, Pool, Range, Relays, STEPS_MAX, Step};

/// Longest step, in hours: five days of seven hours, which a month holds; a longer training is several steps.
const STEP_HOURS: f64 = 35.0;
/// Hours of a day, as prices count them.
const DAY_HOURS: f64 = 7.0;
/// Fewest people for whom a session opens, as a part of its group: our assumption; a rest waits, then the session opens.
const FEWEST_PART: f64 = 0.5;
/// Months that a rest waits.
const PATIENCE: u32 = 3;

/// A model, and what its numbers stand for.
pub(super) struct Built {
    pub model: Model,
    /// For each group, the place of its population in the scenario.
    pub groups: Vec<usize>,
    /// For each channel, its way.
    pub kinds: Vec<WayKind>,
    /// For each pool, its way.
    pub pools: Vec<WayKind>,
    pub routes: Vec<RouteTold>,
}

impl Built {
    /// The ways of which a session takes more hours of trainers than a month ever has.
    pub(super) fn too_long(&self) -> Vec<TooLong> {
        let model = &self.model;
        let of_channel = |(place, kind): (usize, &WayKind)| {
            let channel = &model.channels[place];
            let Delivery::Sessions { trainers, preparation_hours, .. } = channel.formats[0].delivery else {
                return None;
            };
            let available = match (channel.pool, &channel.relays) {
                (Some(pool), _) => model.pools[pool].trainers as f64 * model.pools[pool].hours_per_month.high,
                (None, Some(relays)) => relays.count as f64 * relays.hours_per_month.high,
                (None, None) => return None,
            };
            let used = model.groups.iter().filter(|group| group.shares[place] > 0.0);
            let steps = used.flat_map(|group| &channel.routes[group.route]);
            let longest = steps.map(|step| step.hours).fold(0.0, f64::max);
            let hours = trainers as f64 * longest + preparation_hours;
            (longest > 0.0 && hours > available).then_some(TooLong { kind: *kind, hours, available })
        };
        self.kinds.iter().enumerate().filter_map(of_channel).collect()
    }
}

/// What is followed, and what it brings.
#[derive(Clone)]
pub(super) struct Followed {
    follows: Follows,
    steps: Vec<Step>,
    wanted: f64,
    told: RouteTold,
}

/// What the populations of known number follow, each once.
///
/// # Errors
/// When nobody is to be trained, or a population has nothing to follow.
pub(super) fn followed(
    snapshot: &Snapshot,
    personas: &[Persona],
    scenario: &Scenario,
    planner: &dyn Planner,
) -> Result<Vec<Followed>, SimulationError> {
    let mut all: Vec<Followed> = Vec::new();
    for population in scenario.populations.iter().filter(|own| own.people.is_some()) {
        if all.iter().all(|own| own.follows != population.follows) {
            all.push(follow(snapshot, personas, scenario, &population.follows, planner)?);
        }
    }
    if all.is_empty() { Err(SimulationError::Nobody) } else { Ok(all) }
}

/// The model of a scenario whose people are given to some ways.
pub(super) fn built(scenario: &Scenario, kinds: &[WayKind], followed: &[Followed]) -> Built {
    let (mut groups, mut places) = (Vec::new(), Vec::new());
    let share = |kind: &WayKind| {
        scenario.ways.iter().find(|way| way.kind == *kind).map_or(0.0, |way| way.share / 100.0)
    };
    let shares: Vec<f64> = kinds.iter().map(share).collect();
    for (place, population) in scenario.populations.iter().enumerate() {
        let Some(people) = population.people else { continue };
        let Some(route) = followed.iter().position(|own| own.follows == population.follows) else { continue };
        groups.push(Group {
            size: people.into(),
            arrives: usize::from(population.from_month),
            priority: place as u32,
            route,
            wanted: followed[route].wanted,
            shares: shares.clone(),
        });
        places.push(place);
    }
    let mut calendar = [1.0; 12];
    for closed in &scenario.closed {
        calendar[usize::from(*closed) - 1] = 0.0;
    }
    let mut model = Model {
        months: usize::from(scenario.months),
        first_month: usize::from(scenario.start.parts().1),
        calendar,
        groups,
        pools: Vec::new(),
        channels: Vec::new(),
    };
    let mut pools = Vec::new();
    let routes: Vec<Vec<Step>> = followed.iter().map(|own| own.steps.clone()).collect();
    for kind in kinds {
        let usual = Way { kind: *kind, share: 0.0, set: Default::default() };
        let way = scenario.ways.iter().find(|way| way.kind == *kind).unwrap_or(&usual);
        let pool = pool(way).map(|pool| {
            model.pools.push(pool);
            pools.push(*kind);
            model.pools.len() - 1
        });
        model.channels.push(channel(way, pool, routes.clone()));
    }
    let routes = followed.iter().map(|own| own.told.clone()).collect();
    Built { model, groups: places, kinds: kinds.to_vec(), pools, routes }
}

fn follow(
    snapshot: &Snapshot,
    personas: &[Persona],
    scenario: &Scenario,
    follows: &Follows,
    planner: &dyn Planner,
) -> Result<Followed, SimulationError> {
    match follows {
        Follows::Route(place) => {
            let route = &scenario.routes[*place];
            let worth = 1.0 / route.steps.len().max(1) as f64;
            let steps: Vec<Step> = route.steps.iter().flat_map(|step| parts(step.hours, worth)).collect();
            let told = RouteTold {
                label: route.label.clone(),
                href: None,
                steps: steps.len(),
                hours: route.steps.iter().map(|step| step.hours).sum(),
                is_estimated: false,
                levels: 0,
            };
            within(Followed { follows: follows.clone(), steps, wanted: 1.0, told })
        }
        Follows::Persona(id) => {
            let persona = personas.iter().find(|own| own.id == *id);
            let persona = persona.ok_or_else(|| SimulationError::UnknownPersona(id.clone()))?;
            let nothing = || SimulationError::NoPathway(persona.label.clone());
            let outcome =
                planner.plan(snapshot, persona, &PathwayRequest::default()).map_err(|_| nothing())?;
            let Outcome::Found(pathway) = outcome else { return Err(nothing()) };
            if pathway.steps.is_empty() {
                return Err(nothing());
            }
            within(of_pathway(&pathway, follows))
        }
    }
}

/// A route has as many steps as the engine follows at most.
fn within(followed: Followed) -> Result<Followed, SimulationError> {
    match followed.steps.len() <= STEPS_MAX {
        true => Ok(followed),
        false => Err(SimulationError::Refused(format!(
            "{} : {} étapes de {STEP_HOURS} h au plus, {STEPS_MAX} sont suivies",
            followed.told.label,
            followed.steps.len()
        ))),
    }
}

fn of_pathway(pathway: &Pathway, follows: &Follows) -> Followed {
    let weight = |competence| pathway.persona.need(competence).map_or(0.0, |need| need.weight);
    let steps: Vec<Step> = pathway
        .steps
        .iter()
        .flat_map(|step| {
            let worth =
                step.gains.iter().map(|gain| f64::from(gain.to - gain.from) * weight(gain.competence)).sum();
            parts(f64::from(step.minutes) / 60.0, worth)
        })
        .collect();
    let told = RouteTold {
        label: pathway.persona.label.clone(),
        href: Some(format!("/parcours/{}", pathway.persona.id)),
        steps: steps.len(),
        hours: pathway.bill.minutes as f64 / 60.0,
        is_estimated: pathway.steps.iter().any(|step| step.basis != Basis::Stated),
        levels: pathway.levels().0,
    };
    Followed { follows: follows.clone(), steps, wanted: pathway.weights().1, told }
}

/// A training as steps that a month holds; what it brings comes with the last.
fn parts(hours: f64, worth: f64) -> Vec<Step> {
    let count = (hours / STEP_HOURS).ceil().max(1.0) as usize;
    let part = |place: usize| Step {
        // A training of which nobody knows the length takes a minute at least.
        hours: (hours / count as f64).max(1.0 / 60.0),
        worth: if place + 1 == count { worth } else { 0.0 },
        gap_months: 1,
        format: 0,
    };
    (0..count).map(part).collect()
}

fn range(triple: Triple, scale: f64) -> Range {
    Range::new(triple.low * scale, triple.mode * scale, triple.high * scale)
}

/// A number of a way, times a scale; zero when the way has none.
fn of(way: &Way, setting: Setting, scale: f64) -> Range {
    way.value(setting).map_or(Range::fixed(0.0), |triple| range(triple, scale))
}

/// A number of a way that is decided, not drawn.
fn decided(way: &Way, setting: Setting) -> f64 {
    way.value(setting).map_or(0.0, |triple| triple.mode)
}

fn pool(way: &Way) -> Option<Pool> {
    matches!(way.kind, WayKind::Campus | WayKind::Tailored).then(|| Pool {
        trainers: decided(way, Setting::Trainers) as u64,
        added: Vec::new(),
        hours_per_month: of(way, Setting::TrainerHours, 1.0),
    })
}

fn channel(way: &Way, pool: Option<usize>, routes: Vec<Vec<Step>>) -> Channel {
    let fewest = way.value(Setting::GroupSize).map_or(1.0, |group| group.low * FEWEST_PART);
    let delivery = match way.kind.has_sessions() {
        true => Delivery::Sessions {
            people: of(way, Setting::GroupSize, 1.0),
            fewest: fewest.round().max(1.0) as u64,
            patience: PATIENCE,
            trainers: decided(way, Setting::SessionTrainers) as u64,
            preparation_hours: decided(way, Setting::Preparation),
        },
        false => Delivery::SelfPaced { tutor_hours: of(way, Setting::TutorHours, 1.0) },
    };
    let format = Format {
        delivery,
        per_head: of(way, Setting::HeadCost, 1.0),
        per_head_hour: of(way, Setting::DayCost, 1.0 / DAY_HOURS),
        per_session: Range::fixed(0.0),
        per_trainer_hour: Range::fixed(0.0),
        show_up: of(way, Setting::ShowUp, 0.01),
        completion: of(way, Setting::Completion, 0.01),
    };
    Channel {
        pool,
        relays: (way.kind == WayKind::Relays).then(|| relays(way)),
        opens: decided(way, Setting::Delay) as usize,
        mixing: way.kind == WayKind::Campus,
        start_up: decided(way, Setting::OpeningCost),
        per_month: decided(way, Setting::MonthlyCost),
        take_up: of(way, Setting::TakeUp, 0.01),
        quality: of(way, Setting::Quality, 0.01),
        seats_per_month: None,
        formats: vec![format],
        routes,
    }
}

/// Relays are trained by a school, at its usual price.
fn relays(way: &Way) -> Relays {
    let hours = decided(way, Setting::RelayTraining);
    let price = Setting::DayCost.default(WayKind::Campus).map(|(triple, _)| triple);
    let group = Setting::GroupSize.default(WayKind::Campus).map_or(20.0, |(triple, _)| triple.mode);
    Relays {
        count: decided(way, Setting::Relays) as u64,
        people_per_session: group as u64,
        training_hours: hours,
        trained_by: None,
        per_head: price.map_or(Range::fixed(0.0), |triple| range(triple, hours / DAY_HOURS)),
        per_trainer_hour: Range::fixed(0.0),
        hours_per_month: of(way, Setting::RelayHours, 1.0),
        quality: Range::fixed(1.0),
        departures: decided(way, Setting::Departures) / 100.0,
        delay_months: 1,
        replaced: true,
    }
}
