//! Trainings to build as one problem of the engine: the topics of each persona side by side; a module for each training that
//! each may take; each draft is a module too, which takes one of the places to build and brings what its attendance asks for.
//! What follows is searched again in the catalogue with the proposals added. Absent: how drafts are composed (see
//! `catalogue::recommendations`).

use catalogue::pathways::{Limits, OfferedSet, PathwayError, PathwayRequest, Proof, UNSTATED_MINUTES};
use catalogue::persona::{Circumstances, Persona};
use catalogue::recommendations::{
    Outlook, Proposal, Reached, RecommendationOutcome, RecommendationRequest, Recommendations, Standing,
    Template, drafts, formats, nearest,
};
use catalogue::{Snapshot, Training, TrainingId};
use pathway::{Aim, Amount, Module, Need, Plan, Problem, RESOURCES_MAX, Resource, TOPICS_MAX};

use super::problem::{Question, weight};
use super::{Bound, Found, Searcher};

/// The trainings to build.
pub(super) fn recommend(
    snapshot: &Snapshot,
    personas: &[Persona],
    request: &RecommendationRequest,
    searcher: &Searcher,
) -> Result<RecommendationOutcome, PathwayError> {
    let Some(standings) = standings(snapshot, personas, request, searcher)? else {
        return Ok(RecommendationOutcome::Stopped);
    };
    let (standings, before): (Vec<Standing>, Vec<Reached>) = standings.into_iter().unzip();
    let templates = Template::learnt(snapshot, request.promise);
    let all = drafts(snapshot.referential(), &standings, &templates);
    let trainings: Vec<Training> =
        all.iter().map(|draft| draft.training(&standings, snapshot.referential())).collect();
    let supposed = with(snapshot, &trainings)?;
    let mut joint = Joint::new(&supposed, &standings, &trainings, request.count)?;
    let Some((plan, bound)) = joint.solve(request.count, searcher)? else {
        return Ok(RecommendationOutcome::Stopped);
    };
    let chosen = joint.built(&plan);
    let built: Vec<Training> = chosen.iter().map(|draft| trainings[*draft].clone()).collect();
    let after_snapshot = with(snapshot, &built)?;
    let Some(outlooks) = outlooks(&after_snapshot, &standings, before, searcher)? else {
        return Ok(RecommendationOutcome::Stopped);
    };
    let mut found = Recommendations {
        proof: joint.proof(bound),
        drafts: all.len(),
        templates,
        proposals: Vec::new(),
        left_out: request.left_out(personas),
        outlooks,
    };
    joint.agrees(&plan, &found)?;
    let asked = PathwayRequest::default();
    let offered: Vec<OfferedSet> =
        standings.iter().map(|standing| snapshot.offered(&standing.persona, &asked)).collect();
    for draft in chosen {
        let mut proposal = Proposal {
            id: trainings[draft].id.to_string(),
            training: trainings[draft].clone(),
            brings: Vec::new(),
            lost: 0,
            nearest: nearest(snapshot, &offered, &all[draft]),
            formats: formats(&standings, &all[draft]),
            draft: all[draft].clone(),
        };
        lose(&after_snapshot, &mut proposal, &found.outlooks, searcher)?;
        found.proposals.push(proposal);
    }
    found.proposals.sort_by(|a, b| b.lost.cmp(&a.lost).then_with(|| a.id.cmp(&b.id)));
    Ok(RecommendationOutcome::Found(Box::new(found)))
}

/// Where each persona stands today, with her best pathway; nothing when the search was stopped.
fn standings(
    snapshot: &Snapshot,
    personas: &[Persona],
    request: &RecommendationRequest,
    searcher: &Searcher,
) -> Result<Option<Vec<(Standing, Reached)>>, PathwayError> {
    let mut standings = Vec::new();
    for persona in request.chosen(personas) {
        let Some((found, reached)) = best(snapshot, persona, &PathwayRequest::default(), searcher)? else {
            return Ok(None);
        };
        let standing = Standing {
            persona: persona.clone(),
            people: request.weight(&persona.id),
            reached,
            gaps: snapshot.gaps(persona, &Circumstances::default()),
        };
        standings.push((standing, found));
    }
    Ok(Some(standings))
}

/// Each persona today and in the catalogue with the proposals; nothing when the search was stopped.
fn outlooks(
    after_snapshot: &Snapshot,
    standings: &[Standing],
    before: Vec<Reached>,
    searcher: &Searcher,
) -> Result<Option<Vec<Outlook>>, PathwayError> {
    let mut outlooks = Vec::new();
    for (standing, before) in standings.iter().zip(before) {
        let asked = PathwayRequest::default();
        let Some((after, _)) = best(after_snapshot, &standing.persona, &asked, searcher)? else {
            return Ok(None);
        };
        outlooks.push(Outlook {
            persona: standing.persona.clone(),
            people: standing.people,
            before,
            after,
            gaps_before: standing.gaps.clone(),
            gaps_after: after_snapshot.gaps(&standing.persona, &Circumstances::default()),
        });
    }
    Ok(Some(outlooks))
}

fn with(snapshot: &Snapshot, trainings: &[Training]) -> Result<Snapshot, PathwayError> {
    snapshot.with_supposed(trainings).map_err(|error| PathwayError::TooLarge(error.to_string()))
}

/// The best pathway of a persona, and the levels that it ends with; nothing when the search was stopped.
fn best(
    snapshot: &Snapshot,
    persona: &Persona,
    asked: &PathwayRequest,
    searcher: &Searcher,
) -> Result<Option<(Reached, Vec<u8>)>, PathwayError> {
    let question = Question::new(snapshot, persona, asked)?;
    let Found::Plan(plan, bound) = searcher.solve(&question.problem)? else { return Ok(None) };
    let (levels, share) = question.gained(&plan.chosen);
    let minutes = question.bill(&plan.chosen).minutes;
    let steps = plan.chosen.iter().map(|module| snapshot.training_of(question.offered(*module)));
    let is_proven = !matches!(bound, Bound::AtMost(_));
    let reached = Reached { levels, share, minutes, steps: steps.collect(), is_proven };
    Ok(Some((reached, question.levels(&plan.chosen))))
}

/// What would be lost without a proposal: the pathways that take it are searched again without it.
fn lose(
    snapshot: &Snapshot,
    proposal: &mut Proposal,
    outlooks: &[Outlook],
    searcher: &Searcher,
) -> Result<(), PathwayError> {
    let without = PathwayRequest { banned: vec![proposal.training.id.clone()], ..PathwayRequest::default() };
    for (number, own) in outlooks.iter().enumerate() {
        let takes = |step: &Training| step.id == proposal.training.id;
        if !own.after.steps.iter().any(takes) {
            continue;
        }
        let left = best(snapshot, &own.persona, &without, searcher)?.map(|(left, _)| left);
        let is_known = |left: &Reached| left.is_proven && own.after.is_proven;
        let lost = left.filter(is_known).map(|left| own.after.levels.saturating_sub(left.levels));
        proposal.brings.push((number, lost));
        proposal.lost += lost.unwrap_or(0) as u64 * u64::from(own.people);
    }
    Ok(())
}

/// All personas and all drafts as one problem.
struct Joint {
    problem: Problem,
    /// For each module that builds a draft, the draft; none for the others.
    builds: Vec<Option<usize>>,
    /// For each module, the places to build that it takes.
    counted: Vec<u32>,
    /// For each module, what it adds to the length that is preferred to be short.
    lengths: Vec<u32>,
    /// Weight of all levels wanted.
    whole: u64,
}

impl Joint {
    fn new(
        supposed: &Snapshot,
        standings: &[Standing],
        drafts: &[Training],
        count: u8,
    ) -> Result<Self, PathwayError> {
        let topics = supposed.referential().terms("competence").len();
        let first_draft = standings.len() * topics;
        let mut joint = Self {
            problem: Problem { topics: first_draft + drafts.len(), ..Problem::default() },
            builds: Vec::new(),
            counted: Vec::new(),
            lengths: Vec::new(),
            whole: 0,
        };
        joint.problem.start = vec![0; joint.problem.topics];
        joint.problem.resources.push(Resource { most: Some(u32::from(count)), z: 0.0 });
        for (number, standing) in standings.iter().enumerate() {
            joint.add_persona(supposed, standing, number * topics, first_draft, drafts)?;
        }
        for draft in 0..drafts.len() {
            let module = Module {
                teaches: vec![(first_draft + draft, 1)],
                requires: Vec::new(),
                amounts: vec![Amount::known(1)],
            };
            joint.add_module(module, Some(draft), 0);
        }
        let problem = &mut joint.problem;
        if problem.resources.len() > RESOURCES_MAX || problem.topics > TOPICS_MAX {
            return Err(PathwayError::TooLarge(format!("{} personas", standings.len())));
        }
        for module in &mut problem.modules {
            module.amounts.resize(problem.resources.len(), Amount::known(0));
        }
        problem.aims = vec![Aim::Cheapest(joint.counted.clone()), Aim::Cheapest(joint.lengths.clone())];
        Ok(joint)
    }

    /// The needs, limits and trainings of a persona, her topics from a place on.
    fn add_persona(
        &mut self,
        supposed: &Snapshot,
        standing: &Standing,
        at: usize,
        first_draft: usize,
        drafts: &[Training],
    ) -> Result<(), PathwayError> {
        let asked = PathwayRequest::default();
        let question = Question::new(supposed, &standing.persona, &asked)?;
        let topics = supposed.referential().terms("competence").len();
        self.problem.start[at..at + topics].copy_from_slice(&question.problem.start[..topics]);
        for need in &standing.persona.needs {
            let weight = weight(need.weight).saturating_mul(standing.people).min(1_000_000_000);
            let topic = at + catalogue::pathways::topic(need.competence);
            self.whole += u64::from(weight) * u64::from(need.to.number() - need.from);
            self.problem.needs.push(Need { topic, to: need.to.number(), weight });
        }
        let own = limits(&question.limits);
        let first = self.problem.resources.len();
        self.problem.resources.extend(own.iter().map(|(_, most)| Resource { most: Some(*most), z: 0.0 }));
        let ids: Vec<TrainingId> = drafts.iter().map(|draft| draft.id.clone()).collect();
        let places = supposed.places(&question.set, &ids);
        for module in 0..question.problem.modules.len() {
            let offered = question.offered(module);
            let of = |levels: &[(usize, u8)]| -> Vec<(usize, u8)> {
                levels.iter().map(|(topic, level)| (at + topic, *level)).collect()
            };
            let place = Some(question.entering[module]);
            let draft = places.iter().position(|own| *own == place);
            let mut requires = of(&offered.asks);
            requires.extend(draft.map(|draft| (first_draft + draft, 1)));
            let mut amounts = vec![0; first];
            amounts.extend(own.iter().map(|(resource, _)| match resource {
                Limited::Minutes => offered.minutes,
                Limited::Cents => offered.cents.unwrap_or(0),
            }));
            let amounts = amounts.into_iter().map(Amount::known).collect();
            let length = offered.minutes + UNSTATED_MINUTES * u32::from(offered.unstated);
            self.add_module(Module { teaches: of(&offered.teaches), requires, amounts }, None, length);
        }
        Ok(())
    }

    fn add_module(&mut self, module: Module, builds: Option<usize>, length: u32) {
        self.problem.modules.push(module);
        self.builds.push(builds);
        self.counted.push(u32::from(builds.is_some()));
        self.lengths.push(length);
    }

    /// The best choice of so many at most; nothing when the search was stopped before any. When it is not proven, one more and
    /// one less are tried too: what needs no more is a choice of this size, and what one more cannot exceed neither can this.
    fn solve(&mut self, count: u8, searcher: &Searcher) -> Result<Option<(Plan, Bound)>, PathwayError> {
        let Found::Plan(mut best, mut bound) = self.within(count, searcher)? else { return Ok(None) };
        for other in [count.saturating_add(1), count - 1] {
            let Bound::AtMost(most) = bound else { break };
            if other == 0 {
                continue;
            }
            let Found::Plan(plan, found) = self.within(other, searcher)? else { continue };
            let worth = |plan: &Plan| (plan.coverage, std::cmp::Reverse(plan.costs.clone()));
            let fits = self.built(&plan).len() <= usize::from(count);
            let is_better = fits && worth(&plan) > worth(&best);
            bound = match (found, other > count) {
                // The best of a larger choice, which this one may be.
                (Bound::Best | Bound::MostCovering, true) if fits => found,
                (Bound::Best | Bound::MostCovering, true) => Bound::AtMost(most.min(plan.coverage)),
                (Bound::AtMost(other), true) => Bound::AtMost(most.min(other)),
                (_, false) => bound,
            };
            if is_better || matches!(bound, Bound::Best) {
                best = plan;
            }
        }
        Ok(Some((best, bound)))
    }

    /// What the search finds for so many trainings to build at most.
    fn within(&mut self, count: u8, searcher: &Searcher) -> Result<Found, PathwayError> {
        self.problem.resources[0].most = Some(u32::from(count));
        searcher.solve(&self.problem)
    }

    /// The drafts that a plan builds.
    fn built(&self, plan: &Plan) -> Vec<usize> {
        plan.chosen.iter().filter_map(|module| self.builds[*module]).collect()
    }

    fn proof(&self, bound: Bound) -> Proof {
        match bound {
            Bound::Best => Proof::Best,
            Bound::MostCovering => Proof::MostCovering,
            Bound::AtMost(most) => Proof::AtMost((most as f64 / self.whole.max(1) as f64).min(1.0)),
        }
    }

    /// Whether the pathways searched one by one in the catalogue with the proposals gain what the plan says.
    fn agrees(&self, plan: &Plan, found: &Recommendations) -> Result<(), PathwayError> {
        let gained = |own: &Outlook| {
            let whole: f64 =
                own.persona.needs.iter().map(|need| need.weight * need.levels().count() as f64).sum();
            own.after.share * whole * super::problem::WEIGHT * f64::from(own.people)
        };
        let gained: f64 = found.outlooks.iter().map(gained).sum();
        let is_close = (gained - plan.coverage as f64).abs() <= 1e-6 * (1.0 + gained);
        // Unproven, the whole may do worse than its parts, and a part worse than the whole.
        let is_open = found.outlooks.iter().any(|own| !own.after.is_proven);
        let may_differ = is_open || matches!(found.proof, Proof::AtMost(_)) && gained > plan.coverage as f64;
        if is_close || may_differ {
            return Ok(());
        }
        Err(PathwayError::Unsound(format!("{gained} contre {}", plan.coverage)))
    }
}

/// A resource of a persona.
#[derive(Clone, Copy)]
enum Limited {
    Minutes,
    Cents,
}

fn limits(limits: &Limits) -> Vec<(Limited, u32)> {
    let minutes = limits.minutes.map(|most| (Limited::Minutes, most));
    let cents = limits.cents.map(|most| (Limited::Cents, most));
    minutes.into_iter().chain(cents).collect()
}

#[cfg(test)]
mod tests;
