//! `/aide`: how to search, what marks mean, the rule of estimates with its error, the words of the
//! vocabularies, how the data were collected and their weaknesses.
//! Absent: the reference of the API (see `service`).

use askama::Template;
use catalogue::proposals::{Measured, measured};
use catalogue::{Facet, LEAST_SAMPLE, Selection, Term, french};

use crate::answer::Answer;
use crate::errors::Failure;
use crate::layout::{Layout, Section};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    layout: Layout,
    rule: Rule,
    proposals: Vec<ProposalRow>,
    levels: Vec<Term>,
    vocabularies: Vec<(&'static str, Vec<Term>)>,
    trainings: String,
    without_duration: String,
    without_price: String,
}

/// How right the proposals for a field were.
struct ProposalRow {
    field: &'static str,
    proposed: String,
    right: String,
    found: String,
}

struct Rule {
    least_sample: usize,
    stated: String,
    estimated: String,
    median_error: String,
    median_share: String,
    within: String,
}

const VOCABULARIES: [Facet; 6] =
    [Facet::Theme, Facet::Audience, Facet::Objective, Facet::Nature, Facet::Format, Facet::Kind];

/// Help.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let snapshot = &visit.snapshot;
    let found = snapshot.search(&Selection::all()).map_err(|error| Failure::of_selection(visit, &error))?;
    let share = |facet: Facet, id: &str| {
        let values = &found.facets[facet.position()].values;
        let count = values.iter().find(|value| value.id == id).map_or(0, |value| value.count);
        french::percent(count, found.total)
    };
    let terms = |name: &str| snapshot.referential().terms(name).to_vec();
    Ok(Answer::html(&HelpPage {
        layout: Layout::new(visit, Section::Help, "Aide"),
        rule: rule(visit),
        proposals: measured().iter().map(proposal_row).collect(),
        levels: terms("level"),
        vocabularies: VOCABULARIES.iter().map(|facet| (facet.label(), terms(facet.name()))).collect(),
        trainings: french::integer(found.total),
        without_duration: share(Facet::Duration, "inconnue"),
        without_price: share(Facet::Price, "inconnu"),
    }))
}

fn percent(share: f64) -> String {
    french::percent((share * 1_000.0).round() as u64, 1_000)
}

fn proposal_row(measured: &Measured) -> ProposalRow {
    ProposalRow {
        field: measured.field.label(),
        proposed: french::integer(measured.proposed),
        right: percent(measured.precision),
        found: percent(measured.recall),
    }
}

fn rule(visit: &Visit) -> Rule {
    let error = visit.snapshot.rule_error();
    Rule {
        least_sample: LEAST_SAMPLE,
        stated: french::counted(error.stated as u64, "durée connue", "durées connues"),
        estimated: french::integer(error.estimated as u64),
        median_error: french::hours(error.median_error_hours),
        median_share: percent(error.median_error_share),
        within: percent(error.within_p80_share),
    }
}
