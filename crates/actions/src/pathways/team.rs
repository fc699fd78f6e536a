//! Programmes for teams as one problem of the engine: the topics of each group side by side, and for each training a module
//! for each set of groups that may come together. Absent: pathways of one person.

use catalogue::Snapshot;
use catalogue::pathways::{
    CoverageLine, Limits, Offered, OfferedSet, PathwayError, Programme, Proof, Run, TeamGroup, TeamOutcome,
    TeamRequest, UNSTATED_MINUTES, topic,
};
use catalogue::persona::Persona;
use pathway::{Aim, Amount, Module, Need, Plan, Problem, Resource};

use super::problem::weight;
use super::{Bound, Found, Searcher};

/// A module: a training, and the groups that come to it as bits.
#[derive(Clone, Copy)]
struct Taken {
    place: usize,
    groups: u32,
}

struct Team<'s> {
    snapshot: &'s Snapshot,
    request: &'s TeamRequest,
    people: Vec<u32>,
    own: Vec<Persona>,
    sets: Vec<OfferedSet>,
    /// Topics of one group.
    topics: usize,
    taken: Vec<Taken>,
}

/// The programme that gains the most levels, each for as many people as gain it; then with the fewest unknown costs, the
/// cheapest, the shortest.
pub(super) fn programme(
    snapshot: &Snapshot,
    personas: &[Persona],
    request: &TeamRequest,
    searcher: &Searcher,
) -> Result<TeamOutcome, PathwayError> {
    let own: Vec<Persona> = personas.iter().map(|persona| request.common.of(persona)).collect();
    let sets: Vec<OfferedSet> = own.iter().map(|own| snapshot.offered(own, &request.common)).collect();
    if let Some(id) = sets.iter().flat_map(|set| &set.unknown).next() {
        return Err(PathwayError::UnknownTraining(id.clone()));
    }
    let topics = snapshot.referential().terms("competence").len();
    let people = request.groups.iter().map(|(_, people)| *people).collect();
    let mut team = Team { snapshot, request, people, own, sets, topics, taken: Vec::new() };
    let problem = team.problem();
    let (mut plan, mut bound) = match searcher.solve(&problem)? {
        Found::Plan(plan, bound) => (plan, bound),
        Found::Nothing | Found::Stopped => return Ok(TeamOutcome::Stopped),
    };
    if let Bound::AtMost(most) = bound {
        let apart = team.apart(personas, searcher)?;
        let most = apart.as_ref().map_or(most, |(_, other)| most.min(*other));
        if let Some((chosen, _)) = apart
            && let Ok((coverage, costs)) = pathway::check(&problem, &chosen)
            && coverage > plan.coverage
        {
            plan = Plan { chosen, coverage, costs, proven: 0 };
        }
        bound = if plan.coverage >= most { Bound::MostCovering } else { Bound::AtMost(most) };
    }
    Ok(TeamOutcome::Found(Box::new(team.told(&problem, &plan, bound))))
}

impl Team<'_> {
    fn problem(&mut self) -> Problem {
        let groups = self.own.len();
        let mut modules = Vec::new();
        for place in 0..self.sets[0].all.len() {
            let open: u32 = (0..groups)
                .filter(|group| self.sets[*group].all[place].may_enter())
                .map(|group| 1 << group)
                .sum();
            for groups in (1..1_u32 << groups).filter(|set| set & !open == 0) {
                let taken = Taken { place, groups };
                if !self.is_out_of_budget(taken) {
                    modules.push(self.module(taken));
                    self.taken.push(taken);
                }
            }
        }
        let limits: Vec<Limits> = self.own.iter().map(|own| Limits::of(own, &self.request.common)).collect();
        let mut resources: Vec<Resource> =
            limits.iter().map(|limits| Resource { most: limits.minutes, z: 0.0 }).collect();
        let budget = self.request.budget_eur.map(|euros| (euros.get() * 100.0).min(4e9) as u32);
        resources.push(Resource { most: budget, z: 0.0 });
        let (needs, start) = (self.needs(), self.start());
        Problem {
            topics: groups * self.topics,
            start,
            needs,
            resources,
            aims: self.aims(),
            modules,
            ..Problem::default()
        }
    }

    /// The best of each group alone, side by side, as modules of the whole problem; and the most that all can cover, since
    /// no group gains more beside others than alone. Nothing where a group has none.
    fn apart(
        &self,
        personas: &[Persona],
        searcher: &Searcher,
    ) -> Result<Option<(Vec<usize>, u64)>, PathwayError> {
        let (mut chosen, mut most) = (Vec::new(), 0);
        for (group, persona) in personas.iter().enumerate() {
            let request =
                TeamRequest { groups: vec![self.request.groups[group].clone()], ..self.request.clone() };
            let mut alone = Team {
                request: &request,
                snapshot: self.snapshot,
                people: vec![self.people[group]],
                own: vec![request.common.of(persona)],
                sets: vec![self.sets[group].clone()],
                topics: self.topics,
                taken: Vec::new(),
            };
            let Found::Plan(plan, bound) = searcher.solve(&alone.problem())? else { return Ok(None) };
            most += if let Bound::AtMost(most) = bound { most } else { plan.coverage };
            // What a group may take alone, it may take beside others: every module is found.
            chosen.extend(plan.chosen.iter().filter_map(|module| {
                let place = alone.taken[*module].place;
                self.taken.iter().position(|own| own.place == place && own.groups == 1 << group)
            }));
        }
        Ok(Some((chosen, most)))
    }

    fn needs(&self) -> Vec<Need> {
        let mut needs = Vec::new();
        for (group, (own, people)) in self.own.iter().zip(&self.people).enumerate() {
            needs.extend(own.needs.iter().map(|need| Need {
                topic: group * self.topics + topic(need.competence),
                to: need.to.number(),
                weight: weight(need.weight).saturating_mul(*people).min(1_000_000_000),
            }));
        }
        needs
    }

    fn start(&self) -> Vec<u8> {
        let mut start = vec![0; self.own.len() * self.topics];
        for (group, own) in self.own.iter().enumerate() {
            for (competence, level) in &self.request.common.case.known {
                start[group * self.topics + topic(*competence)] = level.number();
            }
            for need in &own.needs {
                let held = &mut start[group * self.topics + topic(need.competence)];
                *held = (*held).max(need.from);
            }
        }
        start
    }

    fn offered(&self, taken: Taken) -> &Offered {
        &self.sets[taken.groups.trailing_zeros() as usize].all[taken.place]
    }

    fn people_of(&self, taken: Taken) -> u32 {
        let come = |group: &usize| taken.groups >> group & 1 == 1;
        (0..self.own.len()).filter(come).map(|group| self.people[group]).sum()
    }

    /// Sessions to run; none of a training that each follows at her own pace.
    fn sessions(&self, taken: Taken) -> u32 {
        match self.offered(taken).is_self_paced {
            true => 0,
            false => self.people_of(taken).div_ceil(u32::from(self.request.seats)),
        }
    }

    /// Cents, and whether sessions are bought: the cheaper of what each head pays and of what sessions cost, as far as
    /// either is known. What each follows at her own pace has no session that could be bought.
    fn cost(&self, taken: Taken) -> Option<(u64, bool)> {
        let heads =
            self.offered(taken).cents.map(|cents| u64::from(cents) * u64::from(self.people_of(taken)));
        let is_sold = !self.offered(taken).is_self_paced;
        let bought = self
            .request
            .session_eur
            .filter(|_| is_sold)
            .map(|euros| (euros.get() * 100.0).round() as u64 * u64::from(self.sessions(taken)));
        match (heads, bought) {
            (Some(heads), Some(bought)) if bought < heads => Some((bought, true)),
            (Some(heads), _) => Some((heads, false)),
            (None, bought) => bought.map(|cents| (cents, true)),
        }
    }

    /// Whether groups that come together cost no more than apart: one head more may be one session more.
    fn saves(&self, together: Taken, apart: [Taken; 2]) -> bool {
        let cents = |taken| self.cost(taken).map(|(cents, _)| cents);
        let sum = apart.into_iter().map(cents).sum::<Option<u64>>();
        match (cents(together), sum) {
            (Some(together), Some(apart)) => together <= apart,
            (together, apart) => together.is_none() == apart.is_none(),
        }
    }

    /// Whether a cost is unknown although there is a budget, or over any budget.
    fn is_out_of_budget(&self, taken: Taken) -> bool {
        match (self.cost(taken), self.request.budget_eur) {
            (None, Some(_)) => !self.request.common.admits_unknown_prices,
            (Some((cents, _)), _) => cents > 4_000_000_000,
            (None, None) => false,
        }
    }

    fn module(&self, taken: Taken) -> Module {
        let offered = self.offered(taken);
        let (mut teaches, mut requires) = (Vec::new(), Vec::new());
        let mut amounts = Vec::new();
        for group in 0..self.own.len() {
            let comes = taken.groups >> group & 1 == 1;
            amounts.push(Amount::known(if comes { offered.minutes } else { 0 }));
            if comes {
                let own = |(topic, level): &(usize, u8)| (group * self.topics + topic, *level);
                teaches.extend(offered.teaches.iter().map(own));
                requires.extend(offered.asks.iter().map(own));
            }
        }
        amounts.push(Amount::known(self.cost(taken).map_or(0, |(cents, _)| cents as u32)));
        Module { teaches, requires, amounts }
    }

    fn aims(&self) -> Vec<Aim> {
        let costs =
            |cost: &dyn Fn(Taken) -> u32| Aim::Cheapest(self.taken.iter().map(|own| cost(*own)).collect());
        let length = |taken: Taken| {
            let offered = self.offered(taken);
            let each = offered.minutes + UNSTATED_MINUTES * u32::from(offered.unstated);
            each.saturating_mul(self.people_of(taken)).min(1_000_000_000)
        };
        vec![
            costs(&|taken| u32::from(self.cost(taken).is_none())),
            costs(&|taken| self.cost(taken).map_or(0, |(cents, _)| cents as u32)),
            costs(&length),
        ]
    }

    fn told(&self, problem: &Problem, plan: &Plan, bound: Bound) -> Programme {
        let mut ends = problem.start.clone();
        for module in &plan.chosen {
            for (topic, level) in &problem.modules[*module].teaches {
                ends[*topic] = ends[*topic].max(*level);
            }
        }
        let group = |group: usize| {
            let minutes = |module: &usize| u64::from(problem.modules[*module].amounts[group].mean);
            let line = |need: &catalogue::persona::Need| CoverageLine {
                competence: need.competence,
                before: need.from,
                after: ends[group * self.topics + topic(need.competence)],
                wanted: need.to.number(),
                weight: need.weight,
            };
            TeamGroup {
                persona: self.own[group].clone(),
                people: self.people[group],
                minutes: plan.chosen.iter().map(minutes).sum(),
                limit_minutes: problem.resources[group].most.map(u64::from),
                coverage: self.own[group].needs.iter().map(line).collect(),
            }
        };
        let runs = self.runs(&plan.chosen);
        let gain = |need: &Need| u64::from(need.to - problem.start_of(need.topic)) * u64::from(need.weight);
        let whole: u64 = problem.needs.iter().map(gain).sum();
        Programme {
            proof: match bound {
                Bound::Best => Proof::Best,
                Bound::MostCovering => Proof::MostCovering,
                Bound::AtMost(most) => Proof::AtMost((most as f64 / whole.max(1) as f64).min(1.0)),
            },
            groups: (0..self.own.len()).map(group).collect(),
            cents: runs.iter().filter_map(|run| run.cents).sum(),
            unknown_costs: runs.iter().filter(|run| run.cents.is_none()).count(),
            budget_cents: self.request.budget_eur.map(|euros| (euros.get() * 100.0).round() as u64),
            runs,
        }
    }

    /// The trainings to run: groups that come to the same training come together, unless it costs more or their orders keep
    /// them from it.
    fn runs(&self, chosen: &[usize]) -> Vec<Run> {
        let chosen: Vec<Taken> = chosen.iter().map(|module| self.taken[*module]).collect();
        let mut merged: Vec<Taken> = Vec::new();
        for taken in &chosen {
            let together = |other: &Taken| Taken { groups: other.groups | taken.groups, ..*taken };
            let suits =
                |other: &Taken| other.place == taken.place && self.saves(together(other), [*other, *taken]);
            match merged.iter_mut().find(|other| suits(other)) {
                Some(other) => *other = together(other),
                None => merged.push(*taken),
            }
        }
        let merged = self.in_order(merged).unwrap_or(chosen);
        let whole: u64 = merged.iter().map(|taken| u64::from(self.offered(*taken).minutes)).sum();
        let months = u64::from(self.request.common.months);
        let mut before = 0;
        let run = |taken: Taken| {
            let offered = self.offered(taken);
            let month = (before * months / whole.max(1)).min(months - 1) as u8 + 1;
            before += u64::from(offered.minutes);
            let (people, sessions) = (self.people_of(taken), self.sessions(taken));
            let cost = self.cost(taken);
            Run {
                training: self.snapshot.training_of(offered),
                minutes: offered.minutes,
                basis: offered.basis,
                groups: (0..self.own.len()).filter(|group| taken.groups >> group & 1 == 1).collect(),
                people,
                sessions,
                free_seats: (sessions * u32::from(self.request.seats)).saturating_sub(people),
                cents: cost.map(|(cents, _)| cents),
                is_bought: cost.is_some_and(|(_, bought)| bought),
                month,
            }
        };
        merged.into_iter().map(run).collect()
    }

    /// An order in which each training finds, for every group that comes, the levels that it asks for; nothing when two groups
    /// need two trainings in opposite orders.
    fn in_order(&self, mut left: Vec<Taken>) -> Option<Vec<Taken>> {
        let mut levels = self.start();
        let mut order = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let is_ready = |taken: &Taken| {
                let offered = self.offered(*taken);
                (0..self.own.len()).filter(|group| taken.groups >> group & 1 == 1).all(|group| {
                    offered.asks.iter().all(|(topic, level)| levels[group * self.topics + topic] >= *level)
                })
            };
            let rank = |place: &usize| {
                let offered = self.offered(left[*place]);
                let highest = offered.teaches.iter().map(|(_, level)| *level).max().unwrap_or(0);
                (highest, std::cmp::Reverse(left[*place].groups.count_ones()), offered.minutes)
            };
            let ready = (0..left.len()).filter(|place| is_ready(&left[*place])).min_by_key(rank)?;
            let taken = left.remove(ready);
            for group in (0..self.own.len()).filter(|group| taken.groups >> group & 1 == 1) {
                for (topic, level) in &self.offered(taken).teaches {
                    let held = &mut levels[group * self.topics + topic];
                    *held = (*held).max(*level);
                }
            }
            order.push(taken);
        }
        Some(order)
    }
}
