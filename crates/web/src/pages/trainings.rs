//! `/formations`: the explorer. Absent: its JSON twin and downloads (see `trainings_data`).

use askama::Template;
use axum::http::StatusCode;
use catalogue::{Facet, Found, Selection, SelectionError, french};

use super::chosen::{Chosen, PARAMETER};
use super::explorer::Explorer;
use super::facets::RangeFault;
use crate::address::{self, TRAININGS};
use crate::answer::Answer;
use crate::errors::{Code, Failure, sentence};
use crate::layout::{Layout, Section};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "trainings.html")]
struct TrainingsPage {
    layout: Layout,
    any_word: bool,
    explorer: Explorer,
}

/// The explorer, or the fragment of it that the script swaps.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let chosen = Chosen::new(visit.values(PARAMETER), &visit.snapshot);
    let (selection, faults) = selection(visit)?;
    // A form without script sends all its fields, empty ones too: addresses are to be shared.
    if faults.is_empty() && !visit.fragment && visit.pairs.iter().any(|(_, value)| value.is_empty()) {
        return Ok(Answer::moved(chosen.list(&selection)));
    }
    let found = search(visit, &selection)?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let explorer = Explorer::new(&visit.snapshot, (&selection, faults), &chosen, found);
    if visit.fragment {
        return Ok(Answer::html(&explorer).with_status(status));
    }
    let mut layout = Layout::new(visit, Section::Trainings, explorer.title.clone())
        .labelled("Formations")
        .linked("canonical", address::of(TRAININGS, &selection), None)
        .linked("alternate", address::of("/formations.json", &selection), Some("application/json"));
    if let Some(previous) = &explorer.previous {
        layout = layout.linked("prev", previous.clone(), None);
    }
    if let Some(next) = &explorer.next {
        layout = layout.linked("next", next.clone(), None);
    }
    if selection.is_filtered() || !chosen.is_empty() || status != StatusCode::OK {
        layout = layout.not_indexed();
    }
    if status != StatusCode::OK {
        layout.title = format!("Erreur dans les filtres, {}", layout.title);
    }
    Ok(Answer::html(&TrainingsPage { layout, any_word: selection.any_word, explorer }).with_status(status))
}

/// The selection that the address says; ranges that cannot be are apart, for the form to show them.
fn selection(visit: &Visit) -> Result<(Selection, Vec<RangeFault>), Failure> {
    let pairs = visit.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let mut left: Vec<(&str, &str)> = pairs.filter(|(name, _)| *name != PARAMETER).collect();
    let mut faults = Vec::new();
    loop {
        let error = match Selection::parse(left.iter().copied(), visit.snapshot.referential()) {
            Ok(selection) => return Ok((selection, faults)),
            Err(error) => error,
        };
        let name = match &error {
            SelectionError::EmptyRange(facet) => *facet,
            SelectionError::BadNumber { name, .. } => name.rsplit_once('_').map_or("", |(facet, _)| facet),
            _ => "",
        };
        let Some(facet) = Facet::named(name) else { return Err(Failure::of_selection(visit, &error)) };
        let ends = [format!("{name}_min"), format!("{name}_max")];
        let [min, max] = ends.each_ref().map(|end| {
            let typed = left.iter().find(|(known, _)| known == end);
            typed.map(|(_, value)| (*value).to_owned()).unwrap_or_default()
        });
        faults.push(RangeFault { facet, message: sentence(&error), min, max });
        left.retain(|(known, _)| ends.iter().all(|end| known != end));
    }
}

/// The answer to a selection; a page beyond the last one is an error that leads to the last one.
pub(crate) fn search(visit: &Visit, selection: &Selection) -> Result<Found, Failure> {
    let found = visit.snapshot.search(selection).map_err(|error| Failure::of_selection(visit, &error))?;
    if found.page > found.pages {
        let pages = french::counted(found.pages as u64, "page", "pages");
        let message = format!("La sélection compte {pages} ; la page {} n’existe pas.", found.page);
        let last = address::of(&visit.path, &selection.on_page(found.pages));
        return Err(Failure::new(Code::BeyondLastPage, message)
            .leading(format!("La dernière page ({})", found.pages), last)
            .leading("La première page", address::of(&visit.path, &selection.on_page(1))));
    }
    Ok(found)
}
