//! `/parcours/{id}.json`: a pathway for programs, over the web and on the command line. Absent: pages.

use catalogue::pathways::{
    Alternative, Basis, Bill, Calendar, CoverageLine, FrontierPoint, Gain, Impossible, Lack, Outcome,
    Pathway, PathwayRequest, Preference, Proof, Reason, Step, UNSTATED_MINUTES, Unmet, Way,
};
use catalogue::{Competence, Referential, Snapshot};
use serde::Serialize;

/// A pathway as programs read it; what is absent of an impossible one is left out.
#[derive(Serialize)]
pub struct PathwayTwin {
    revision: u64,
    persona: String,
    /// Pairs of the address that say the request again.
    request: Vec<(&'static str, String)>,
    status: &'static str,
    sentence: String,
    #[serde(flatten)]
    found: Option<FoundTwin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enough: Option<LackTwin>,
}

#[derive(Serialize)]
struct FoundTwin {
    levels_gained: usize,
    levels_wanted: usize,
    /// Weight gained, as a share of the weight wanted; none without a need.
    share: Option<f64>,
    /// No pathway has a larger share; the same as `share` when that is proven.
    share_bound: Option<f64>,
    limits: LimitsTwin,
    bill: BillTwin,
    /// How steps are laid over months: `even`, `placed` or `unknown`.
    calendar: &'static str,
    steps: Vec<StepTwin>,
    coverage: Vec<CoverageTwin>,
    unmet: Vec<UnmetTwin>,
    frontier: Vec<PointTwin>,
    alternatives: Vec<AlternativeTwin>,
    considered: ConsideredTwin,
}

#[derive(Serialize)]
struct LimitsTwin {
    hours: Option<f64>,
    euros: Option<f64>,
    steps: Option<u8>,
    months: u8,
    preference: &'static str,
    /// What each deciding fact that no source states adds to the length that is preferred to be short.
    unstated_fact_minutes: u32,
}

#[derive(Serialize)]
struct BillTwin {
    hours: f64,
    stated_hours: f64,
    hours_if_central: f64,
    estimated_durations: usize,
    unknown_durations: usize,
    known_euros: f64,
    unknown_prices: usize,
}

#[derive(Serialize)]
struct StepTwin {
    id: String,
    title: String,
    provider: String,
    url: Option<String>,
    hours: f64,
    duration: &'static str,
    /// First and last month, from 1.
    months: Option<(u8, u8)>,
    hours_if_central: f64,
    price_eur: Option<f64>,
    pinned: bool,
    /// What would keep an imposed training out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    passed_over: Vec<&'static str>,
    gains: Vec<GainTwin>,
    entries: Vec<EntryTwin>,
    /// Numbers of later steps that rest on it, from 1.
    unlocks: Vec<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    without: Option<WithoutTwin>,
}

#[derive(Serialize)]
struct GainTwin {
    competence: String,
    from: u8,
    to: u8,
}

#[derive(Serialize)]
struct EntryTwin {
    competence: String,
    level: u8,
    /// Number of the step that brings to it, from 1; none when it is mastered at the start.
    met_by: Option<usize>,
}

#[derive(Serialize)]
struct WithoutTwin {
    lost_levels: i64,
    more_hours: f64,
    more_known_euros: f64,
    rivals: Vec<String>,
    sentence: String,
}

#[derive(Serialize)]
struct CoverageTwin {
    competence: String,
    label: String,
    before: u8,
    /// Level at the end, at most the one wanted.
    after: u8,
    wanted: u8,
    weight: f64,
}

#[derive(Serialize)]
struct UnmetTwin {
    competence: String,
    label: String,
    level: u8,
    reason: &'static str,
    sentence: String,
    /// Smallest sets of obstacles of which lifting one is enough, with the trainings that each alone keeps out: those that fit in
    /// the limits alone, those that are too long, those that are too dear.
    #[serde(skip_serializing_if = "Option::is_none")]
    ways: Option<Vec<WayTwin>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lack: Option<LackTwin>,
}

#[derive(Serialize)]
struct WayTwin {
    obstacles: Vec<&'static str>,
    trainings: usize,
    too_long: usize,
    too_dear: usize,
}

fn way(own: &Way) -> WayTwin {
    WayTwin {
        obstacles: own.obstacles.iter().map(|one| one.name()).collect(),
        trainings: own.trainings,
        too_long: own.too_long,
        too_dear: own.too_dear,
    }
}

#[derive(Serialize)]
struct LackTwin {
    hours: Option<f64>,
    euros: Option<f64>,
    steps: Option<u64>,
    together: bool,
}

#[derive(Serialize)]
struct PointTwin {
    hours: f64,
    known_euros: f64,
    unknown_prices: usize,
    steps: usize,
    levels: usize,
    share: f64,
    within_time: bool,
}

#[derive(Serialize)]
struct AlternativeTwin {
    steps: Vec<String>,
    bill: BillTwin,
    levels: usize,
    share: f64,
    common: usize,
}

#[derive(Serialize)]
struct ConsideredTwin {
    catalogue: usize,
    teaching: usize,
    open: usize,
    kept_out: Vec<(&'static str, usize)>,
}

/// The twin of what a planner answered.
pub fn pathway(
    snapshot: &Snapshot,
    persona: &str,
    request: &PathwayRequest,
    outcome: &Outcome,
) -> PathwayTwin {
    let referential = snapshot.referential();
    let (status, sentence) = match outcome {
        Outcome::Found(own) => (
            match own.proof {
                Proof::Best => "optimal",
                Proof::MostCovering | Proof::AtMost(_) => "feasible",
            },
            own.finding(),
        ),
        Outcome::Impossible(why) => ("infeasible", why.in_french(referential)),
        Outcome::Stopped => ("limit_reached", super::STOPPED.to_owned()),
    };
    let (found, enough) = match outcome {
        Outcome::Found(own) => (Some(found(own, request, referential)), None),
        Outcome::Impossible(Impossible { enough, .. }) => (None, Some(lack(enough))),
        Outcome::Stopped => (None, None),
    };
    let sentence = crate::wording::typeset(&sentence);
    let request = request.pairs(referential);
    PathwayTwin {
        revision: snapshot.stamp().revision,
        persona: persona.to_owned(),
        request,
        status,
        sentence,
        found,
        enough,
    }
}

fn found(own: &Pathway, request: &PathwayRequest, referential: &Referential) -> FoundTwin {
    let (levels_gained, levels_wanted) = own.levels();
    let (weight, whole) = own.weights();
    let share = (whole > 0.0).then(|| weight / whole);
    let id = |competence: Competence| referential.term(competence).id.clone();
    let coverage = |line: &CoverageLine| CoverageTwin {
        competence: id(line.competence),
        label: referential.term(line.competence).label.clone(),
        before: line.before,
        after: line.after.min(line.wanted),
        wanted: line.wanted,
        weight: line.weight,
    };
    FoundTwin {
        levels_gained,
        levels_wanted,
        share,
        share_bound: match own.proof {
            Proof::AtMost(bound) => Some(bound),
            Proof::Best | Proof::MostCovering => share,
        },
        limits: LimitsTwin {
            hours: own.limits.minutes.map(|minutes| hours(minutes.into())),
            euros: own.limits.cents.map(|cents| f64::from(cents) / 100.0),
            steps: own.limits.steps,
            months: request.months,
            preference: match own.limits.preference {
                Preference::Shortest => "shortest",
                Preference::Cheapest => "cheapest",
            },
            unstated_fact_minutes: UNSTATED_MINUTES,
        },
        bill: bill(&own.bill),
        calendar: match own.calendar {
            Calendar::Even => "even",
            Calendar::Placed => "placed",
            Calendar::Unknown => "unknown",
        },
        steps: own.steps.iter().map(|step| step_twin(step, referential)).collect(),
        coverage: own.coverage.iter().map(coverage).collect(),
        unmet: own.unmet.iter().map(|one| unmet(one, referential)).collect(),
        frontier: own.frontier.iter().map(point).collect(),
        alternatives: own.alternatives.iter().map(alternative).collect(),
        considered: ConsideredTwin {
            catalogue: own.considered.catalogue,
            teaching: own.considered.teaching,
            open: own.considered.open,
            kept_out: own.considered.kept_out.iter().map(|(one, count)| (one.name(), *count)).collect(),
        },
    }
}

fn hours(minutes: u64) -> f64 {
    (minutes as f64 / 60.0 * 100.0).round() / 100.0
}

fn bill(own: &Bill) -> BillTwin {
    BillTwin {
        hours: hours(own.minutes),
        stated_hours: hours(own.stated_minutes),
        hours_if_central: hours(own.central_minutes),
        estimated_durations: own.estimated,
        unknown_durations: own.unknown_durations,
        known_euros: own.cents as f64 / 100.0,
        unknown_prices: own.unknown_prices,
    }
}

/// What a duration rests on, in files.
pub(crate) fn basis(own: Basis) -> &'static str {
    match own {
        Basis::Stated => "stated",
        Basis::Estimated => "estimated",
        Basis::Unknown => "unknown",
    }
}

fn step_twin(step: &Step, referential: &Referential) -> StepTwin {
    let id = |competence: Competence| referential.term(competence).id.clone();
    let gain = |gain: &Gain| GainTwin { competence: id(gain.competence), from: gain.from, to: gain.to };
    StepTwin {
        id: step.training.id.to_string(),
        title: step.training.title.clone(),
        provider: step.training.provider.name.clone(),
        url: step.training.url.as_ref().map(|page| page.as_str().to_owned()),
        hours: hours(step.minutes.into()),
        duration: basis(step.basis),
        months: step.months,
        hours_if_central: hours(step.central_minutes.into()),
        price_eur: step.training.price_eur.map(|price| price.get()),
        pinned: step.is_pinned,
        passed_over: step.passed_over.iter().map(|obstacle| obstacle.name()).collect(),
        gains: step.gains.iter().map(gain).collect(),
        entries: step
            .entries
            .iter()
            .map(|entry| EntryTwin {
                competence: id(entry.competence),
                level: entry.level,
                met_by: entry.met_by.map(|step| step + 1),
            })
            .collect(),
        unlocks: step.unlocks.iter().map(|step| step + 1).collect(),
        without: step.without.as_ref().map(|without| WithoutTwin {
            lost_levels: without.lost_levels,
            more_hours: (without.more_minutes as f64 / 60.0 * 100.0).round() / 100.0,
            more_known_euros: without.more_cents as f64 / 100.0,
            rivals: without.rivals.iter().map(|rival| rival.id.clone()).collect(),
            sentence: crate::wording::typeset(&without.in_french()),
        }),
    }
}

fn unmet(own: &Unmet, referential: &Referential) -> UnmetTwin {
    let term = referential.term(own.competence);
    UnmetTwin {
        competence: term.id.clone(),
        label: term.label.clone(),
        level: own.level.number(),
        reason: own.reason.name(),
        sentence: crate::wording::typeset(&own.reason.in_french(referential)),
        ways: match &own.reason {
            Reason::KeptOut { ways, .. } => Some(ways.iter().map(way).collect()),
            _ => None,
        },
        lack: match &own.reason {
            Reason::Limits(own) => Some(lack(own)),
            _ => None,
        },
    }
}

fn lack(own: &Lack) -> LackTwin {
    LackTwin {
        hours: own.minutes.map(hours),
        euros: own.cents.map(|cents| cents as f64 / 100.0),
        steps: own.steps,
        together: own.is_joint,
    }
}

fn point(own: &FrontierPoint) -> PointTwin {
    PointTwin {
        hours: hours(own.minutes),
        known_euros: own.cents as f64 / 100.0,
        unknown_prices: own.unknown_prices,
        steps: own.steps,
        levels: own.levels,
        share: own.share,
        within_time: own.is_within,
    }
}

fn alternative(own: &Alternative) -> AlternativeTwin {
    AlternativeTwin {
        steps: own.trainings.iter().map(|training| training.id.to_string()).collect(),
        bill: bill(&own.bill),
        levels: own.levels,
        share: own.share,
        common: own.common,
    }
}
