//! Who needs what: time, money and public of each persona, how many people she stands for. Absent: her needs one by one
//! (see `gaps`).

use super::build::Material;
use super::document::{Block, Cell, Column, Row, Section, Table, Width};
use super::request::SectionKind;
use crate::french::{self, typeset};
use crate::persona::{Persona, headcounts};

/// The section.
pub(super) fn section(material: &Material<'_>) -> Section {
    let mut blocks = vec![Block::Table(constraints(material))];
    blocks.extend(people(material).map(Block::Table));
    for subject in &material.subjects {
        let persona = subject.persona;
        blocks.push(Block::heading(&persona.label));
        blocks.push(Block::paragraph(format!(
            "{} {} et {} à gagner.",
            persona.situation,
            french::counted(persona.needs.len() as u64, "compétence", "compétences"),
            french::counted(persona.levels() as u64, "niveau", "niveaux")
        )));
        blocks.push(Block::paragraph(format!(
            "Ce qui est sourcé et ce qui est proposé : {}.",
            persona.status.trim_end_matches('.')
        )));
    }
    blocks.extend(material.others_told().map(Block::paragraph));
    let finding = match material.subjects.as_slice() {
        [] => "Aucun persona n’est en place.".to_owned(),
        [only] => format!("Un persona : {}.", only.persona.label),
        all => {
            let labels: Vec<String> =
                all.iter().map(|subject| french::quoted(&subject.persona.label)).collect();
            format!("{} personas : {}.", french::integer(all.len() as u64), french::list(&labels, "et"))
        }
    };
    Section { kind: SectionKind::Personas, finding: typeset(&finding), blocks }
}

/// Her time in a year.
fn time(persona: &Persona) -> Cell {
    match (persona.hours_year_low, persona.hours_year_high) {
        (Some(low), Some(high)) if low < high => {
            Cell::text(format!("{} à {}", french::hours(low.get()), french::hours(high.get())))
        }
        (_, Some(high)) => Cell::text(format!("{} au plus", french::hours(high.get()))),
        (Some(low), None) => Cell::text(format!("{} au moins", french::hours(low.get()))),
        (None, None) => Cell::unknown("non précisé"),
    }
}

fn constraints(material: &Material<'_>) -> Table {
    let rows = material.subjects.iter().map(|subject| {
        let persona = subject.persona;
        Row::new(vec![
            Cell::text(&persona.label).leading(format!("/personas/{}", persona.id)),
            persona.audience.map_or_else(
                || Cell::text("tous"),
                |code| Cell::text(&material.referential().term(code).label),
            ),
            time(persona),
            persona.budget_eur.map_or_else(
                || Cell::unknown("non précisé"),
                |budget| Cell { value: Some(budget.get()), ..Cell::text(french::euros(budget.get())) },
            ),
            Cell::count(persona.needs.len() as u64),
            Cell::count(persona.levels() as u64),
        ])
    });
    Table {
        id: "personas".to_owned(),
        caption: "Ce que chaque persona peut donner, et ce qu’il lui faut".to_owned(),
        columns: vec![
            Column::words("Persona", Width::Wide),
            Column::words("Public visé", Width::Middle),
            Column::words("Temps par an", Width::Middle),
            Column::number("Budget"),
            Column::number("Compétences"),
            Column::number("Niveaux à gagner"),
        ],
        rows: rows.collect(),
        most: None,
        left_out: material.left_out as u64,
        note: None,
        scope: material.whole(),
        source: typeset("fiches des personas ; ce qui y est proposé est dit comme tel."),
    }
}

/// How many people each persona stands for, when a source counts them.
fn people(material: &Material<'_>) -> Option<Table> {
    let rows: Vec<Row> = material
        .subjects
        .iter()
        .flat_map(|subject| headcounts(&subject.persona.id).map(|count| (subject.persona, count)))
        .map(|(persona, count)| {
            Row::new(vec![
                Cell::text(&persona.label),
                Cell::sentence(&count.population),
                Cell::text(&count.ministry),
                Cell::count(count.count),
                Cell::text(count.kind_in_french()),
                Cell::text(count.year.to_string()),
                Cell::text(count.source.host()).leading(count.source.as_str()),
            ])
        })
        .collect();
    (!rows.is_empty()).then(|| Table {
        id: "effectifs".to_owned(),
        caption: "Personnes que ces personas représentent, quand une source les compte".to_owned(),
        columns: vec![
            Column::words("Persona", Width::Middle),
            Column::words("Population", Width::Wide),
            Column::words("Ministère", Width::Middle),
            Column::number("Nombre"),
            Column::words("Nature", Width::Narrow),
            Column::words("Année", Width::Narrow),
            Column::words("Source", Width::Middle),
        ],
        rows,
        most: None,
        left_out: 0,
        note: None,
        scope: material.whole(),
        source: "celle de chaque ligne.".to_owned(),
    })
}
