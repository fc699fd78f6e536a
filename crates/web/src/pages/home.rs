//! `/`: what this is, the search, key figures that each lead to their proof, ways in.
//! Absent: figures about visitors.

use askama::Template;
use catalogue::persona::Persona;
use catalogue::{Facet, Found, Selection, french};

use super::facets::bar;
use crate::address::{self, TRAININGS};
use crate::answer::Answer;
use crate::errors::Failure;
use crate::layout::{Layout, Section};
use crate::visit::Visit;

/// Largest catalogue in which the home page judges the gaps, in trainings: beyond, it leads to them.
const JUDGED_MAX: usize = 200_000;
/// Personas shown; the page of personas has them all.
const LACKS_SHOWN: usize = 6;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    layout: Layout,
    total: String,
    figures: Vec<Figure>,
    audiences: Vec<Entry>,
    lacks: Vec<Lack>,
    themes: Vec<Entry>,
    unknown_durations: String,
    unknown_prices: String,
}

/// A figure and the selection that proves it.
struct Figure {
    number: String,
    label: String,
    href: String,
}

/// What the offer leaves of a persona's needs, as a way in.
struct Lack {
    label: String,
    finding: String,
    href: String,
}

/// A value of a facet as a way in.
struct Entry {
    label: String,
    definition: String,
    count: String,
    number: String,
    bar: String,
    href: String,
}

/// The home page.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let found =
        visit.snapshot.search(&Selection::all()).map_err(|error| Failure::of_selection(visit, &error))?;
    let total = found.total;
    let unknown = |facet, id| french::percent(count(&found, facet, id), total);
    Ok(Answer::html(&HomePage {
        layout: Layout {
            here: String::new(),
            ..Layout::new(visit, Section::Home, "Les formations à la donnée pour les cadres de l’État")
        },
        total: french::integer(total),
        figures: figures(&found),
        audiences: entries(visit, &found, Facet::Audience),
        lacks: lacks(visit),
        themes: entries(visit, &found, Facet::Theme),
        unknown_durations: unknown(Facet::Duration, "inconnue"),
        unknown_prices: unknown(Facet::Price, "inconnu"),
    }))
}

fn count(found: &Found, facet: Facet, id: &str) -> u64 {
    let values = &found.facets[facet.position()].values;
    values.iter().find(|value| value.id == id).map_or(0, |value| value.count)
}

fn figures(found: &Found) -> Vec<Figure> {
    let figure = |number: u64, (one, many): (&str, &str), href: String| Figure {
        number: french::integer(number),
        label: if number < 2 { one } else { many }.to_owned(),
        href,
    };
    let value = |facet, id, label| figure(count(found, facet, id), label, address::of_value(facet, id));
    let providers = found.facets[Facet::Provider.position()].distinct as u64;
    let durations = &found.facets[Facet::Duration.position()].values;
    let known: Vec<(&str, &str)> = durations
        .iter()
        .filter(|value| value.id != "inconnue")
        .map(|value| (Facet::Duration.name(), value.id.as_str()))
        .collect();
    let stated = found.total - count(found, Facet::Duration, "inconnue");
    vec![
        figure(found.total, ("formation recensée", "formations recensées"), TRAININGS.to_owned()),
        figure(providers, ("organisme", "organismes"), "/formations/organismes".to_owned()),
        value(Facet::ProviderKind, "public", ("formation publique", "formations publiques")),
        value(Facet::ProviderKind, "prive", ("formation privée", "formations privées")),
        value(Facet::ProviderKind, "associatif", ("formation associative", "formations associatives")),
        value(Facet::Price, "gratuit", ("dite gratuite par sa source", "dites gratuites par leur source")),
        Figure {
            number: french::percent(stated, found.total),
            label: "indiquent leur durée en heures".to_owned(),
            href: address::with_pairs(TRAININGS, known),
        },
    ]
}

fn lacks(visit: &Visit) -> Vec<Lack> {
    let personas = visit.app.personas();
    let judged = (visit.snapshot.len() <= JUDGED_MAX).then(|| visit.app.usual_gaps(&visit.snapshot));
    let lack = |(at, persona): (usize, &Persona)| Lack {
        label: persona.label.clone(),
        finding: match judged.as_ref().and_then(|judged| judged.get(at)) {
            Some(gaps) => crate::wording::typeset(&gaps.finding()),
            None => persona.situation.clone(),
        },
        href: super::needs::gaps::address_of(&persona.id),
    };
    personas.iter().enumerate().take(LACKS_SHOWN).map(lack).collect()
}

fn entries(visit: &Visit, found: &Found, facet: Facet) -> Vec<Entry> {
    let terms = visit.snapshot.referential().terms(facet.name());
    let highest =
        found.facets[facet.position()].values.iter().map(|value| value.count).max().unwrap_or_default();
    let entry = |term: &catalogue::Term| Entry {
        number: french::integer(count(found, facet, &term.id)),
        bar: bar(count(found, facet, &term.id), highest),
        label: term.label.clone(),
        definition: term.definition.clone(),
        count: french::counted(count(found, facet, &term.id), "formation", "formations"),
        href: address::of_value(facet, &term.id),
    };
    terms.iter().map(entry).collect()
}
