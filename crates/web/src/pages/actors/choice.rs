//! Whose profile: kinds, the largest providers, those whose name is looked for, and the group in force.
//! Absent: the profile.

use std::cmp::Reverse;

use catalogue::{Facet, ProviderRow, Selection, french, slug};
use serde::Serialize;

use super::{GROUP_MAX, PATH};
use crate::address;
use crate::pages::explorer::Chip;
use crate::visit::Visit;

/// Largest providers listed.
const LARGEST: usize = 20;
/// Providers listed whose name is looked for.
const MATCHES: usize = 30;

/// An actor that can be chosen, for programs.
#[derive(Serialize)]
pub(super) struct ActorTwin {
    id: String,
    label: String,
    trainings: u64,
}

/// An actor that can be chosen.
pub(super) struct ActorView {
    /// Its name.
    pub label: String,
    /// Number of its trainings, with the noun.
    pub counted: String,
    /// Its profile.
    pub href: String,
    /// The profile of the group in force with it.
    pub added: Option<String>,
}

/// What can be chosen.
pub(super) struct ChoiceView {
    /// Kinds of providers.
    pub kinds: Vec<ActorView>,
    /// The largest providers.
    pub largest: Vec<ActorView>,
    /// Words looked for.
    pub name: String,
    /// Providers whose name has them.
    pub matches: Vec<ActorView>,
    /// How many have them, when not all are listed.
    pub hidden: Option<String>,
    /// The group in force, each with the address without it.
    pub members: Vec<Chip>,
    /// The group in force, for the form.
    pub pairs: Vec<(&'static str, String)>,
}

/// Kinds of providers that have trainings.
pub(super) fn kinds(visit: &Visit) -> Vec<ActorTwin> {
    let terms = visit.snapshot.referential().terms(Facet::ProviderKind.name());
    let counted = terms.iter().map(|term| {
        let only = Selection::all().toggled(Facet::ProviderKind, &term.id);
        let trainings = visit.snapshot.count(&only).unwrap_or_default();
        ActorTwin { id: term.id.clone(), label: term.label.clone(), trainings }
    });
    counted.filter(|kind| kind.trainings > 0).collect()
}

fn twin(provider: &ProviderRow) -> ActorTwin {
    ActorTwin { id: provider.id.clone(), label: provider.name.clone(), trainings: provider.trainings.into() }
}

/// Providers in the order of lists: most trainings first.
fn sorted<'a>(providers: impl Iterator<Item = &'a ProviderRow>) -> Vec<ActorTwin> {
    let mut all: Vec<&ProviderRow> = providers.collect();
    all.sort_by_key(|provider| (Reverse(provider.trainings), &provider.id));
    all.into_iter().map(twin).collect()
}

/// The providers that have most trainings.
pub(super) fn largest(visit: &Visit) -> Vec<ActorTwin> {
    let mut all = sorted(visit.snapshot.offer().providers().iter());
    all.truncate(LARGEST);
    all
}

/// Providers whose name has all words, accents and capitals aside.
fn named(visit: &Visit, name: &str) -> Vec<ActorTwin> {
    let words: Vec<String> = name.split_whitespace().map(slug).filter(|word| !word.is_empty()).collect();
    let has_all = |provider: &&ProviderRow| {
        let own = slug(&provider.name);
        words.iter().all(|word| own.contains(word))
    };
    if words.is_empty() {
        return Vec::new();
    }
    sorted(visit.snapshot.offer().providers().iter().filter(has_all))
}

impl ChoiceView {
    /// What can be chosen beside a group.
    pub(super) fn new(visit: &Visit, group: &Selection, name: &str) -> Self {
        let members = group.values.get(&Facet::Provider);
        let can_add = members.is_some_and(|members| members.len() < GROUP_MAX);
        let view = |facet: Facet, actor: ActorTwin| ActorView {
            added: (can_add && facet == Facet::Provider && !group.has(facet, &actor.id))
                .then(|| address::of(PATH, &group.toggled(facet, &actor.id))),
            href: address::with_pairs(PATH, [(facet.name(), actor.id.as_str())]),
            counted: french::counted(actor.trainings, "formation", "formations"),
            label: actor.label,
        };
        let provider = |actor: ActorTwin| view(Facet::Provider, actor);
        let mut matches = named(visit, name);
        let hidden = matches.len().saturating_sub(MATCHES);
        matches.truncate(MATCHES);
        let chips = group.values.iter().flat_map(|(facet, ids)| ids.iter().map(move |id| (*facet, id)));
        Self {
            kinds: kinds(visit).into_iter().map(|kind| view(Facet::ProviderKind, kind)).collect(),
            largest: largest(visit).into_iter().map(provider).collect(),
            matches: matches.into_iter().map(provider).collect(),
            hidden: (hidden > 0)
                .then(|| french::counted(hidden as u64, "autre organisme", "autres organismes")),
            members: chips
                .map(|(facet, id)| Chip {
                    label: visit.snapshot.value_label(facet, id).to_owned(),
                    href: address::of(PATH, &group.toggled(facet, id)),
                })
                .collect(),
            pairs: group.pairs(),
            name: name.to_owned(),
        }
    }
}
