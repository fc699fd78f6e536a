//! `/ecarts.json`: the gaps of a persona for programs, over the web and on the command line.

use std::collections::BTreeMap;

use catalogue::gaps::{Constraint, Constraints, Facts, Gap, Rules, State};
use catalogue::persona::{Circumstances, Persona};
use catalogue::{Referential, Snapshot};
use serde::Serialize;

/// The gaps of a persona as programs read them.
#[derive(Serialize)]
pub struct GapsTwin {
    revision: u64,
    persona: PersonaTwin,
    /// Pairs of the address that say the visitor's case; empty for the persona as she is.
    case: Vec<(&'static str, String)>,
    rules: RulesTwin,
    counts: BTreeMap<&'static str, usize>,
    /// Share of the weight of all levels that is covered or thinly covered.
    met_share: Option<f64>,
    gaps: Vec<GapTwin>,
}

#[derive(Serialize)]
struct PersonaTwin {
    id: String,
    label: String,
    hours_year_high: Option<f64>,
    budget_eur: Option<f64>,
}

#[derive(Serialize)]
struct RulesTwin {
    providers_min: u8,
    facts: &'static str,
    durations: &'static str,
    lifted: Vec<&'static str>,
}

#[derive(Serialize)]
struct GapTwin {
    competence: String,
    label: String,
    level: u8,
    weight: f64,
    state: &'static str,
    why: String,
    teaching: usize,
    suiting: usize,
    confirmed: usize,
    providers: usize,
    kept_out: BTreeMap<&'static str, usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<Vec<&'static str>>,
}

/// What the offer leaves of a persona's needs in a case.
pub fn gaps(snapshot: &Snapshot, persona: &Persona, case: &Circumstances) -> GapsTwin {
    let judged = snapshot.gaps(persona, case);
    let referential = snapshot.referential();
    let number = |state: State| (state.name(), judged.count(state));
    GapsTwin {
        revision: snapshot.stamp().revision,
        persona: PersonaTwin {
            id: persona.id.clone(),
            label: persona.label.clone(),
            hours_year_high: judged.persona.hours_year_high.map(|hours| hours.get()),
            budget_eur: judged.persona.budget_eur.map(|euros| euros.get()),
        },
        case: case.pairs(referential),
        rules: rules(&case.rules),
        counts: State::all().map(number).collect(),
        met_share: judged.met_share(),
        gaps: judged.gaps.iter().map(|gap| twin(gap, &case.rules, referential)).collect(),
    }
}

fn rules(rules: &Rules) -> RulesTwin {
    RulesTwin {
        providers_min: rules.providers_min,
        facts: match rules.facts {
            Facts::All => "tous",
            Facts::Confirmed => "etablis",
        },
        durations: if rules.central_durations { "centrales" } else { "prudentes" },
        lifted: names(rules.lifted),
    }
}

fn names(constraints: Constraints) -> Vec<&'static str> {
    constraints.iter().map(Constraint::name).collect()
}

fn twin(gap: &Gap, rules: &Rules, referential: &Referential) -> GapTwin {
    let term = referential.term(gap.competence);
    GapTwin {
        competence: term.id.clone(),
        label: term.label.clone(),
        level: gap.level.number(),
        weight: gap.weight,
        state: gap.state.name(),
        why: gap.why(rules),
        teaching: gap.teaching,
        suiting: gap.suiting,
        confirmed: gap.confirmed,
        providers: gap.providers_count,
        kept_out: gap.kept_out.iter().map(|(constraint, number)| (constraint.name(), *number)).collect(),
        nearest: gap.nearest.map(names),
    }
}
