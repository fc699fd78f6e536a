//! The sentence that says a selection in French, from the same table as the filters.
//! Absent: HTML.

use crate::facets::Facet;
use crate::french::{counted, decimal, list, quoted};
use crate::query::{Bounds, Order, Selection};
use crate::snapshot::Snapshot;

/// « 12 formations contenant « données », sur le thème « Droit et éthique », triées par … ».
pub(crate) fn sentence(snapshot: &Snapshot, selection: &Selection, total: u64) -> String {
    let mut sentence = match total {
        0 => "Aucune formation".to_owned(),
        total => counted(total, "formation", "formations"),
    };
    let mut parts = Vec::new();
    if !selection.text.is_empty() {
        let one = if selection.any_word { " au moins un mot de" } else { "" };
        parts.push(format!("contenant{one} {}", quoted(&selection.text)));
    }
    parts.extend(Facet::all().filter_map(|facet| filter(snapshot, selection, facet)));
    if !parts.is_empty() {
        sentence.push(' ');
        sentence.push_str(&parts.join(", "));
    }
    if selection.order != Order::Relevance && total > 1 {
        sentence.push_str(&format!(", par {}", ordering(selection.order)));
    }
    sentence.push('.');
    sentence
}

fn filter(snapshot: &Snapshot, selection: &Selection, facet: Facet) -> Option<String> {
    let values = selection.values.get(&facet).into_iter().flatten();
    let mut items: Vec<String> = values.map(|id| quoted(snapshot.value_label(facet, id))).collect();
    items.extend(selection.ranges.get(&facet).map(|bounds| range(facet, bounds)));
    (!items.is_empty()).then(|| format!("{} {}", facet.phrase(), list(&items, "ou")))
}

/// « 7 à 14 h », « 500 € au plus ».
pub(crate) fn range(facet: Facet, bounds: &Bounds) -> String {
    let unit = if facet == Facet::Price { "€" } else { "h" };
    match (bounds.min.map(decimal), bounds.max.map(decimal)) {
        (Some(min), Some(max)) => format!("{min} à {max}\u{a0}{unit}"),
        (Some(min), None) => format!("{min}\u{a0}{unit} au moins"),
        (None, Some(max)) => format!("{max}\u{a0}{unit} au plus"),
        (None, None) => String::new(),
    }
}

fn ordering(order: Order) -> &'static str {
    match order {
        Order::Relevance => "pertinence",
        Order::Duration => "durée croissante",
        Order::LongestDuration => "durée décroissante",
        Order::Price => "prix croissant",
        Order::HighestPrice => "prix décroissant",
        Order::Title => "intitulé",
        Order::Freshness => "date de source, de la plus récente à la plus ancienne",
    }
}
