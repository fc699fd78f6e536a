//! `/formations/organismes`: all providers of a selection, each with its count; choosing one leads
//! back to the explorer. Absent: a page of a provider's own.

use askama::Template;
use catalogue::{Facet, french};

use super::explorer::{Chip, chips};
use super::trainings::search;
use crate::address::TRAININGS;
use crate::answer::Answer;
use crate::errors::Failure;
use crate::layout::{Layout, Section};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "providers.html")]
struct ProvidersPage {
    layout: Layout,
    counted: String,
    sentence: Option<String>,
    back: String,
    chips: Vec<Chip>,
    providers: Vec<ProviderView>,
    hidden: Option<String>,
}

struct ProviderView {
    label: String,
    count: String,
    href: String,
    is_selected: bool,
}

/// All providers of a selection, most frequent first.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let (mut selection, chosen) = visit.list()?;
    selection.page = 1;
    let found = search(visit, &selection)?;
    let counts = &found.facets[Facet::Provider.position()];
    let providers = counts.values.iter().map(|value| ProviderView {
        label: value.label.clone(),
        count: french::counted(value.count, "formation", "formations"),
        href: chosen.list(&selection.toggled(Facet::Provider, &value.id)),
        is_selected: value.selected,
    });
    let hidden = counts.distinct.saturating_sub(counts.values.len());
    let layout = Layout::new(visit, Section::Trainings, "Organismes").under("Formations", TRAININGS);
    Ok(Answer::html(&ProvidersPage {
        layout: if selection.is_filtered() { layout.not_indexed() } else { layout },
        counted: french::counted(counts.distinct as u64, "organisme", "organismes"),
        sentence: selection.is_filtered().then(|| found.sentence.clone()),
        back: chosen.list(&selection),
        chips: chips(&visit.snapshot, &selection, &chosen),
        providers: providers.collect(),
        hidden: (hidden > 0).then(|| french::counted(hidden as u64, "autre organisme", "autres organismes")),
    }))
}
