//! Actions of roadmaps as a table for spreadsheets. Absent: reading it back, the judgement (see `catalogue::roadmaps`).

use catalogue::Referential;
use catalogue::roadmaps::{Action, ActionAnswer, Link, LinkAnswer, Roadmaps};

use crate::sheet::write_csv_record;

const COLUMNS: [&str; 21] = [
    "id",
    "roadmap",
    "ministry",
    "title",
    "kind",
    "published",
    "due",
    "state",
    "trainings",
    "providers",
    "competence",
    "competence_label",
    "level",
    "persona",
    "reason",
    "counted_for",
    "link_trainings",
    "link_providers",
    "unlinked",
    "source_url",
    "note",
];

/// One line for each link of each action, and one for an action without a link.
pub fn roadmaps_table<'a>(
    actions: impl Iterator<Item = (&'a Action, &'a ActionAnswer)>,
    roadmaps: &Roadmaps,
    referential: &Referential,
) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut write = |line: &[String]| write_csv_record(&mut bytes, line).expect("memory is written");
    write(&COLUMNS.map(str::to_owned));
    for (action, answer) in actions {
        let links = action.links.iter().zip(&answer.links);
        links.for_each(|link| write(&line(action, answer, Some(link), roadmaps, referential)));
        if action.links.is_empty() {
            write(&line(action, answer, None, roadmaps, referential));
        }
    }
    bytes
}

fn line(
    action: &Action,
    answer: &ActionAnswer,
    link: Option<(&Link, &LinkAnswer)>,
    roadmaps: &Roadmaps,
    referential: &Referential,
) -> Vec<String> {
    let roadmap = &roadmaps.roadmaps[action.roadmap];
    let is_judged = link.is_some();
    let judged = |number: usize| if is_judged { number.to_string() } else { String::new() };
    let asked = link.map(|(link, _)| link);
    let term = asked.map(|link| referential.term(link.competence));
    let own = link.map(|(_, answer)| answer);
    vec![
        action.id.clone(),
        roadmap.id.clone(),
        roadmap.ministry.clone(),
        action.title.clone(),
        action.kind.name().to_owned(),
        action.published.to_string(),
        action.due.clone().unwrap_or_default(),
        answer.state.name().to_owned(),
        judged(answer.trainings),
        judged(answer.providers),
        term.map(|term| term.id.clone()).unwrap_or_default(),
        term.map(|term| term.label.clone()).unwrap_or_default(),
        asked.and_then(|link| link.level).map(|level| level.number().to_string()).unwrap_or_default(),
        asked.and_then(|link| link.persona.clone()).unwrap_or_default(),
        asked.map(|link| link.reason.clone()).unwrap_or_default(),
        own.and_then(|answer| answer.persona.clone()).unwrap_or_default(),
        own.map(|answer| answer.trainings.to_string()).unwrap_or_default(),
        own.map(|answer| answer.providers.to_string()).unwrap_or_default(),
        action.unlinked.clone().unwrap_or_default(),
        action.source.as_str().to_owned(),
        action.note.clone(),
    ]
}
