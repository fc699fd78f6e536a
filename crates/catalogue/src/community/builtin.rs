//! Relays of public sources: the functions that `data/ministries.csv` gives to the administration of data of each
//! ministry. Absent: any name, and what they teach, which no source states.

use super::parts::Relay;
use crate::roadmaps::{Figure, Roadmaps, Scope};
use crate::values::slug;

/// The function, without saying who holds it: sources name it in many ways, told in the note.
const FUNCTION: &str = "Administration ministérielle des données";

/// The functions of ministries, in the order of the table; those of the whole State are left out.
pub(super) fn relays(roadmaps: &Roadmaps) -> Vec<Relay> {
    let of_a_ministry = |figure: &&Figure| {
        let scope = |place: &usize| roadmaps.roadmaps.get(*place).map(|own| own.scope);
        figure.count.is_none() && figure.roadmaps.iter().any(|place| scope(place) == Some(Scope::Ministry))
    };
    let mut relays: Vec<Relay> = Vec::new();
    for figure in roadmaps.figures.iter().filter(of_a_ministry) {
        let mut id = slug(&format!("donnees {}", figure.ministry));
        while relays.iter().any(|other| other.id == id) {
            id.push_str("-bis");
        }
        relays.push(relay(id, figure, roadmaps));
    }
    relays
}

fn relay(id: String, figure: &Figure, roadmaps: &Roadmaps) -> Relay {
    let year = figure.year.map(|year| format!(" ({year})")).unwrap_or_default();
    let more = if figure.note.is_empty() { String::new() } else { format!(" ; {}", figure.note) };
    let first = figure.roadmaps.first().and_then(|place| roadmaps.roadmaps.get(*place));
    Relay {
        id,
        ministry: figure.ministry.clone(),
        roadmap: first.map(|own| own.id.clone()),
        function: FUNCTION.to_owned(),
        direction: None,
        teaches: Vec::new(),
        hours_per_month: None,
        from: None,
        to: None,
        note: Some(format!("{}{year}{more}", figure.what)),
        source: Some(figure.source.clone()),
        person: None,
        is_builtin: true,
    }
}
