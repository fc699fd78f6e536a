//! What the page of trainings to build shows of an answer. Absent: HTML, the search.

use catalogue::french;
use catalogue::gaps::State;
use catalogue::pathways::{minutes_in_french, share_in_french};
use catalogue::recommendations::{
    DAY_EUR, DAY_EUR_SOMETIMES, DAY_SOURCE, Near, Outlook, Proposal, Reached, Recommendations,
};

use super::{Asked, RECOMMENDATIONS};
use crate::visit::Visit;
use crate::wording::typeset;

/// An answer as the page shows it.
pub(crate) struct FoundView {
    pub finding: String,
    pub proof: String,
    pub left_out: Option<String>,
    pub proposals: Vec<ProposalView>,
    pub outlooks: Vec<OutlookView>,
    pub states: Vec<StateView>,
    pub templates: Vec<String>,
    pub day_cost: String,
    pub day_source: &'static str,
}

/// A training to build.
pub(crate) struct ProposalView {
    pub number: usize,
    pub anchor: String,
    pub title: String,
    pub href: String,
    pub facts: String,
    pub lifts: Vec<String>,
    pub audience: String,
    pub worth: String,
    pub advice: String,
    pub cost: String,
    pub nearest: Vec<NearView>,
    pub formats: Vec<(String, String)>,
}

/// A training of today beside it.
pub(crate) struct NearView {
    pub title: String,
    pub href: String,
    pub provider: String,
    pub length: String,
    pub brings: String,
    pub lacks: String,
    pub kept_out: String,
}

/// A persona before and after.
pub(crate) struct OutlookView {
    pub label: String,
    pub people: String,
    /// Today, then with the proposals.
    pub reached: Vec<ReachedView>,
    pub wanted: usize,
}

/// What a pathway reaches.
pub(crate) struct ReachedView {
    /// Name of the column.
    pub when: &'static str,
    pub levels: usize,
    pub share: String,
    pub time: String,
    pub is_proven: bool,
    pub steps: Vec<StepView>,
}

/// A training of a pathway; one that is to be built leads to its sheet.
pub(crate) struct StepView {
    pub title: String,
    pub href: String,
    pub is_proposal: bool,
}

/// Levels in a state, before and after, by persona.
pub(crate) struct StateView {
    pub label: &'static str,
    pub mark: &'static str,
    pub counts: Vec<(usize, usize)>,
}

/// The sheet of a proposal.
pub(super) fn sheet_href(asked: &Asked, id: &str) -> String {
    asked.href(&format!("{RECOMMENDATIONS}/{id}"))
}

pub(super) fn found(visit: &Visit, asked: &Asked, own: &Recommendations) -> FoundView {
    let proposals = own.proposals.iter().enumerate();
    FoundView {
        finding: typeset(&own.finding()),
        proof: typeset(&own.proof_in_french()),
        left_out: own.left_out_in_french().map(|told| typeset(&told)),
        proposals: proposals.map(|(number, proposal)| one(visit, asked, own, number, proposal)).collect(),
        outlooks: own.outlooks.iter().map(|outlook| outlook_view(asked, own, outlook)).collect(),
        states: State::all().map(|state| state_view(state, &own.outlooks)).collect(),
        templates: own.templates.iter().map(|template| typeset(&template.in_french())).collect(),
        day_cost: format!(
            "{} à {}, parfois {},",
            french::euros(DAY_EUR.0),
            french::euros(DAY_EUR.1),
            french::euros(DAY_EUR_SOMETIMES)
        ),
        day_source: DAY_SOURCE,
    }
}

/// Whom a proposal is for.
pub(super) fn audience(own: &Recommendations, proposal: &Proposal) -> String {
    let labels: Vec<String> =
        proposal.draft.audience.iter().map(|number| own.outlooks[*number].persona.label.clone()).collect();
    french::list(&labels, "et")
}

fn one(
    visit: &Visit,
    asked: &Asked,
    own: &Recommendations,
    number: usize,
    proposal: &Proposal,
) -> ProposalView {
    let referential = visit.snapshot.referential();
    let format = &referential.term(proposal.draft.format).label;
    ProposalView {
        number: number + 1,
        anchor: format!("proposition-{}", number + 1),
        title: proposal.training.title.clone(),
        href: sheet_href(asked, &proposal.id),
        facts: format!("{}, {}", french::hours(proposal.draft.template.hours), format.to_lowercase()),
        lifts: proposal.draft.lifts.iter().map(|lift| typeset(&lift.in_french(referential))).collect(),
        audience: audience(own, proposal),
        worth: typeset(&proposal.worth_in_french(&own.outlooks)),
        advice: typeset(&proposal.advice_in_french()),
        cost: proposal.cost_in_french(),
        nearest: proposal.nearest.iter().map(|near| near_view(visit, own, proposal, near)).collect(),
        formats: proposal
            .formats
            .iter()
            .map(|format| (format.label.clone(), typeset(&format.summary)))
            .collect(),
    }
}

fn near_view(visit: &Visit, own: &Recommendations, proposal: &Proposal, near: &Near) -> NearView {
    let kept_out: Vec<String> = near
        .kept_out
        .iter()
        .filter(|(number, obstacles)| {
            !obstacles.is_empty() || near.is_too_long(&own.outlooks[*number].persona)
        })
        .map(|(number, obstacles)| {
            let mut labels: Vec<String> = obstacles.iter().map(|one| one.label().to_lowercase()).collect();
            if near.is_too_long(&own.outlooks[*number].persona) {
                labels.insert(0, "temps".to_owned());
            }
            let labels = french::list(&labels, "et");
            match proposal.draft.audience.len() {
                1 => labels,
                _ => format!("{} ({labels})", own.outlooks[*number].persona.label),
            }
        })
        .collect();
    NearView {
        title: near.training.title.clone(),
        href: format!("/formations/{}", near.training.id),
        provider: near.training.provider.name.clone(),
        length: near.length_in_french(),
        brings: format!("{} sur {}", near.levels, proposal.levels()),
        lacks: near
            .lacks_in_french(visit.snapshot.referential())
            .map_or_else(|| "rien".to_owned(), |lacks| typeset(&lacks)),
        kept_out: if kept_out.is_empty() { "rien".to_owned() } else { kept_out.join("\u{202f}; ") },
    }
}

fn outlook_view(asked: &Asked, all: &Recommendations, own: &Outlook) -> OutlookView {
    OutlookView {
        label: own.persona.label.clone(),
        people: if own.people == 1 {
            String::new()
        } else {
            french::counted(own.people.into(), "personne", "personnes")
        },
        reached: vec![
            reached(asked, all, "Aujourd’hui", &own.before),
            reached(asked, all, "Avec ces formations", &own.after),
        ],
        wanted: own.persona.levels(),
    }
}

fn reached(asked: &Asked, all: &Recommendations, when: &'static str, own: &Reached) -> ReachedView {
    let step = |training: &catalogue::Training| {
        let id = training.id.as_str();
        let is_proposal = all.proposal(id).is_some();
        let href = if is_proposal { sheet_href(asked, id) } else { format!("/formations/{id}") };
        StepView { title: training.title.clone(), href, is_proposal }
    };
    ReachedView {
        when,
        levels: own.levels,
        share: share_in_french(own.share),
        time: minutes_in_french(own.minutes),
        is_proven: own.is_proven,
        steps: own.steps.iter().map(step).collect(),
    }
}

fn state_view(state: State, outlooks: &[Outlook]) -> StateView {
    StateView {
        label: state.label(),
        mark: state.mark(),
        counts: outlooks.iter().map(|own| own.gaps(state)).collect(),
    }
}
