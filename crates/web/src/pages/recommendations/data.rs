//! `/recommandations.json`: trainings to build for programs, over the web and on the command line. Absent: pages.

use catalogue::gaps::State;
use catalogue::pathways::Proof;
use catalogue::recommendations::{
    Advice, Lift, Near, Outlook, Proposal, Reached, RecommendationOutcome, RecommendationRequest,
    Recommendations,
};
use catalogue::{Referential, Snapshot};
use serde::Serialize;

use crate::answer::Answer;
use crate::pages::pathways::data::basis;
use crate::visit::Visit;

/// Trainings to build as programs read them.
#[derive(Serialize)]
pub struct RecommendationsTwin {
    revision: u64,
    /// Pairs of the address that say the request again.
    request: Vec<(&'static str, String)>,
    /// `optimal`, `feasible` or `limit_reached`.
    status: &'static str,
    sentence: Option<String>,
    proof: Option<String>,
    /// Trainings that the choice was made from.
    drafts: usize,
    proposals: Vec<ProposalTwin>,
    personas: Vec<OutlookTwin>,
    /// Personas left aside, because they are too many.
    personas_left_out: usize,
}

#[derive(Serialize)]
struct ProposalTwin {
    id: String,
    title: String,
    hours: f64,
    /// What hours and levels rest on: trainings of this length in the catalogue.
    sample: usize,
    format: String,
    personas: Vec<String>,
    competences: Vec<LiftTwin>,
    /// Levels lost without it, all others built, by persona.
    lost_without: Vec<LostTwin>,
    euros_per_person: [f64; 2],
    /// `build` or `adapt`.
    advice: &'static str,
    nearest: Vec<NearTwin>,
    alternative_formats: Vec<String>,
}

#[derive(Serialize)]
struct LiftTwin {
    competence: String,
    from: u8,
    to: u8,
}

#[derive(Serialize)]
struct LostTwin {
    persona: String,
    /// None when the search was stopped before it was known.
    levels: Option<usize>,
}

#[derive(Serialize)]
struct NearTwin {
    id: String,
    title: String,
    levels: usize,
    lacks: Vec<LiftTwin>,
    hours: f64,
    duration: &'static str,
    kept_out: Vec<KeptOutTwin>,
}

#[derive(Serialize)]
struct KeptOutTwin {
    persona: String,
    obstacles: Vec<&'static str>,
}

#[derive(Serialize)]
struct OutlookTwin {
    persona: String,
    /// How many people she counts for: 1 when it is not said.
    people: u32,
    levels_wanted: usize,
    before: ReachedTwin,
    after: ReachedTwin,
    /// Levels of needs by state of the offer: before, after.
    gaps: Vec<(&'static str, usize, usize)>,
}

#[derive(Serialize)]
struct ReachedTwin {
    levels: usize,
    share: f64,
    hours: f64,
    steps: Vec<String>,
    /// Whether it is proven that no pathway gains more.
    proven: bool,
}

impl RecommendationsTwin {
    /// The twin of an answer.
    pub fn new(
        snapshot: &Snapshot,
        request: &RecommendationRequest,
        outcome: &RecommendationOutcome,
    ) -> Self {
        let revision = snapshot.stamp().revision;
        let request = request.pairs();
        let RecommendationOutcome::Found(own) = outcome else {
            return Self {
                revision,
                request,
                status: "limit_reached",
                sentence: None,
                proof: None,
                drafts: 0,
                proposals: Vec::new(),
                personas: Vec::new(),
                personas_left_out: 0,
            };
        };
        let referential = snapshot.referential();
        Self {
            revision,
            request,
            status: if matches!(own.proof, Proof::AtMost(_)) { "feasible" } else { "optimal" },
            sentence: Some(crate::wording::typeset(&own.finding())),
            proof: Some(crate::wording::typeset(&own.proof_in_french())),
            drafts: own.drafts,
            proposals: own.proposals.iter().map(|proposal| one(own, proposal, referential)).collect(),
            personas: own.outlooks.iter().map(outlook).collect(),
            personas_left_out: own.left_out,
        }
    }
}

pub(super) fn twin(
    visit: &Visit,
    request: &RecommendationRequest,
    outcome: &RecommendationOutcome,
) -> Answer {
    Answer::json(&RecommendationsTwin::new(&visit.snapshot, request, outcome))
}

fn hours(minutes: u64) -> f64 {
    (minutes as f64 / 60.0 * 100.0).round() / 100.0
}

fn one(own: &Recommendations, proposal: &Proposal, referential: &Referential) -> ProposalTwin {
    let persona = |number: &usize| own.outlooks[*number].persona.id.clone();
    let (least, most) = proposal.cost_per_person_eur();
    ProposalTwin {
        id: proposal.id.clone(),
        title: proposal.training.title.clone(),
        hours: proposal.draft.template.hours,
        sample: proposal.draft.template.sample,
        format: referential.term(proposal.draft.format).id.clone(),
        personas: proposal.draft.audience.iter().map(persona).collect(),
        competences: proposal.draft.lifts.iter().map(|lift| lift_twin(*lift, referential)).collect(),
        lost_without: proposal
            .brings
            .iter()
            .map(|(number, levels)| LostTwin { persona: persona(number), levels: *levels })
            .collect(),
        euros_per_person: [least, most],
        advice: match proposal.advice() {
            Advice::Adapt(_) => "adapt",
            Advice::Build => "build",
        },
        nearest: proposal.nearest.iter().map(|near| near_twin(own, near, referential)).collect(),
        alternative_formats: proposal.formats.iter().map(|format| format.id.clone()).collect(),
    }
}

fn lift_twin(lift: Lift, referential: &Referential) -> LiftTwin {
    LiftTwin {
        competence: referential.term(lift.competence).id.clone(),
        from: lift.from,
        to: lift.to.number(),
    }
}

fn near_twin(own: &Recommendations, near: &Near, referential: &Referential) -> NearTwin {
    let kept_out = near.kept_out.iter().map(|(number, obstacles)| KeptOutTwin {
        persona: own.outlooks[*number].persona.id.clone(),
        obstacles: near
            .is_too_long(&own.outlooks[*number].persona)
            .then_some("temps")
            .into_iter()
            .chain(obstacles.iter().map(catalogue::pathways::Obstacle::name))
            .collect(),
    });
    NearTwin {
        id: near.training.id.to_string(),
        title: near.training.title.clone(),
        levels: near.levels,
        lacks: near.lacks.iter().map(|lift| lift_twin(*lift, referential)).collect(),
        hours: hours(near.minutes.into()),
        duration: basis(near.basis),
        kept_out: kept_out.collect(),
    }
}

fn outlook(own: &Outlook) -> OutlookTwin {
    OutlookTwin {
        persona: own.persona.id.clone(),
        people: own.people,
        levels_wanted: own.persona.levels(),
        before: reached(&own.before),
        after: reached(&own.after),
        gaps: State::all()
            .map(|state| {
                let (before, after) = own.gaps(state);
                (state.name(), before, after)
            })
            .collect(),
    }
}

fn reached(own: &Reached) -> ReachedTwin {
    ReachedTwin {
        levels: own.levels,
        share: own.share,
        hours: hours(own.minutes),
        steps: own.steps.iter().map(|training| training.id.to_string()).collect(),
        proven: own.is_proven,
    }
}
