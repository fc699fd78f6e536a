//! `/formations`: the explorer. Absent: its JSON twin and downloads (see `trainings_data`).

use askama::Template;
use catalogue::{Found, Selection, french};

use super::explorer::Explorer;
use crate::address::{self, TRAININGS};
use crate::answer::Answer;
use crate::errors::{Code, Failure};
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
    let selection = visit.selection()?;
    let found = search(visit, &selection)?;
    let explorer = Explorer::new(&visit.snapshot, &selection, found);
    if visit.fragment {
        return Ok(Answer::html(&explorer));
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
    if selection.is_filtered() {
        layout = layout.not_indexed();
    }
    Ok(Answer::html(&TrainingsPage { layout, any_word: selection.any_word, explorer }))
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
