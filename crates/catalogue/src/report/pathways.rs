//! The typical pathway of each persona: its steps, what it takes, what it leaves and why, what each length would bring.
//! Absent: the search (see the crate `actions`).

use super::build::{Material, Subject};
use super::document::{Block, Cell, Column, Row, Section, Table, Width};
use super::request::SectionKind;
use crate::french::{self, typeset};
use crate::pathways::{
    Basis, FrontierPoint, Outcome, Pathway, Step, cents_in_french, minutes_in_french, share_in_french,
};

/// What pathways rest on.
const SOURCE: &str =
    "pages publiques citées fiche par fiche ; parcours trouvé par la recherche et vérifié à part.";
/// Points of a frontier that are shown: the first, the last and some between.
const POINTS_MAX: usize = 8;

/// The section.
pub(super) fn section(material: &Material<'_>) -> Section {
    let mut blocks = vec![Block::Table(overview(material))];
    for subject in &material.subjects {
        blocks.push(Block::heading(&subject.persona.label));
        match subject.outcome {
            Some(Outcome::Found(own)) => blocks.extend(told(material, subject, own)),
            Some(Outcome::Impossible(why)) => {
                blocks.push(Block::paragraph(why.in_french(material.referential())))
            }
            Some(Outcome::Stopped) | None => {
                blocks.push(Block::paragraph(
                    "La recherche s’est arrêtée à sa limite avant de trouver un parcours.",
                ));
            }
        }
    }
    blocks.extend(material.others_told().map(Block::paragraph));
    let gained = material.subjects.iter().filter_map(|subject| {
        let (gained, wanted) = subject.pathway()?.levels();
        Some(format!(
            "{} sur {wanted} pour {}",
            french::integer(gained as u64),
            french::quoted(&subject.persona.label)
        ))
    });
    let gained: Vec<String> = gained.collect();
    let finding = match gained.is_empty() {
        true => "Aucun parcours n’a été trouvé.".to_owned(),
        false => format!("En un an, l’offre permet de gagner ces niveaux : {}.", french::list(&gained, "et")),
    };
    Section { kind: SectionKind::Pathways, finding: typeset(&finding), blocks }
}

/// All pathways, one row each.
pub(super) fn overview(material: &Material<'_>) -> Table {
    let rows = material.subjects.iter().map(|subject| {
        let name = Cell::text(&subject.persona.label).leading(format!("/parcours/{}", subject.persona.id));
        let Some(own) = subject.pathway() else {
            let nothing = (0..5).map(|_| Cell::unknown("non trouvé"));
            return Row::new(std::iter::once(name).chain(nothing).collect());
        };
        let (gained, wanted) = own.levels();
        let (weight, whole) = own.weights();
        let share = if whole > 0.0 { weight / whole } else { 0.0 };
        let minutes = own.bill.minutes as f64 / 60.0;
        Row::new(vec![
            name,
            Cell::count(own.steps.len() as u64),
            Cell { value: Some(minutes), ..Cell::text(own.bill.length_in_french()) }
                .estimated(own.bill.estimated > 0),
            Cell::sentence(own.bill.cost_in_french()),
            Cell { value: Some(gained as f64), ..Cell::text(format!("{gained} sur {wanted}")) },
            Cell {
                value: Some(share),
                drawing: super::document::Drawing::Bar(share),
                ..Cell::text(share_in_french(share))
            },
        ])
    });
    Table {
        id: "parcours".to_owned(),
        caption: "Le parcours type de chaque persona, sur un an".to_owned(),
        columns: vec![
            Column::words("Persona", Width::Wide),
            Column::number("Formations"),
            Column::number("Durée"),
            Column::words("Coût", Width::Middle),
            Column::number("Niveaux gagnés"),
            Column { width: Width::Middle, ..Column::number("Part des besoins") },
        ],
        rows: rows.collect(),
        most: None,
        left_out: material.left_out as u64,
        note: Some(typeset("≈ : une partie de la durée est estimée, à sa valeur prudente.")),
        scope: material.whole(),
        source: typeset(SOURCE),
    }
}

/// One pathway.
fn told(material: &Material<'_>, subject: &Subject<'_>, own: &Pathway) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(own.finding())];
    if own.steps.is_empty() {
        return blocks;
    }
    blocks.push(Block::paragraph(format!(
        "Temps : {}. Coût : {}. {}",
        own.bill.time_in_french(),
        own.bill.cost_in_french(),
        own.proof_in_french().unwrap_or_default()
    )));
    blocks.extend(left(own).map(Block::paragraph));
    blocks.push(Block::Table(steps(material, subject, own)));
    if own.frontier.len() > 1 {
        blocks.push(Block::Table(frontier(material, subject, own)));
    }
    blocks
}

fn steps(material: &Material<'_>, subject: &Subject<'_>, own: &Pathway) -> Table {
    let rows = own.steps.iter().enumerate().map(|(place, step)| row(material, place, step));
    Table {
        id: format!("parcours-{}", subject.persona.id),
        caption: typeset(&format!("{} : les étapes, dans l’ordre", subject.persona.label)),
        columns: vec![
            Column::words("Étape", Width::Wide),
            Column::words("Organisme", Width::Middle),
            Column::number("Durée"),
            Column::number("Prix"),
            Column::words("Mois", Width::Narrow),
            Column::words("Ce qu’elle apporte", Width::Wide),
        ],
        rows: rows.collect(),
        most: None,
        left_out: 0,
        note: Some(typeset(
            "≈ : durée estimée, à sa valeur prudente. Les mois sont une indication de rythme. Entre parenthèses, le niveau atteint.",
        )),
        scope: material.of(subject.persona),
        source: typeset(SOURCE),
    }
}

fn row(material: &Material<'_>, place: usize, step: &Step) -> Row {
    let training = &step.training;
    let hours = f64::from(step.minutes) / 60.0;
    let duration = match step.basis {
        Basis::Unknown => Cell::unknown("non précisée"),
        basis => Cell { value: Some(hours), ..Cell::text(minutes_in_french(step.minutes.into())) }
            .estimated(basis == Basis::Estimated),
    };
    let price = training.price_in_french().map_or_else(
        || Cell::unknown("non précisé"),
        |price| Cell { value: training.price_eur.map(crate::Euros::get), ..Cell::text(price) },
    );
    let months = step.months.map_or_else(
        || Cell::unknown("non placée"),
        |(first, last)| match first == last {
            true => Cell::text(first.to_string()),
            false => Cell::text(format!("{first} à {last}")),
        },
    );
    let gains: Vec<String> = step
        .gains
        .iter()
        .map(|gain| format!("{} ({})", material.referential().term(gain.competence).label, gain.to))
        .collect();
    Row::new(vec![
        Cell::text(format!("{}. {}", place + 1, training.title))
            .leading(format!("/formations/{}", training.id)),
        Cell::text(&training.provider.name),
        duration,
        price,
        months,
        Cell::text(if gains.is_empty() { "ouvre la suite".to_owned() } else { gains.join(", ") }),
    ])
}

/// What a pathway leaves, in a sentence.
fn left(own: &Pathway) -> Option<String> {
    let mut counts: Vec<(&'static str, u64)> = Vec::new();
    for unmet in &own.unmet {
        let label = unmet.reason.label();
        match counts.iter_mut().find(|(known, _)| *known == label) {
            Some((_, count)) => *count += 1,
            None => counts.push((label, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let parts: Vec<String> = counts
        .iter()
        .map(|(label, count)| format!("{} ({})", label.to_lowercase(), french::integer(*count)))
        .collect();
    (!parts.is_empty()).then(|| {
        format!(
            "{} ; ce qui les retient : {}.",
            french::counted(own.unmet.len() as u64, "niveau reste à gagner", "niveaux restent à gagner"),
            french::list(&parts, "et")
        )
    })
}

/// Points of the frontier, evenly thinned.
fn points(all: &[FrontierPoint]) -> Vec<&FrontierPoint> {
    let last = all.len().saturating_sub(1);
    if last < POINTS_MAX {
        return all.iter().collect();
    }
    (0..POINTS_MAX).map(|place| &all[place * last / (POINTS_MAX - 1)]).collect()
}

fn frontier(material: &Material<'_>, subject: &Subject<'_>, own: &Pathway) -> Table {
    let shown = points(&own.frontier);
    let left_out = (own.frontier.len() - shown.len()) as u64;
    let rows = shown.into_iter().map(|point| {
        let cost = match (point.unknown_prices, point.cents) {
            (0, cents) => cents_in_french(cents),
            (unknown, 0) => french::counted(unknown as u64, "prix non précisé", "prix non précisés"),
            (unknown, cents) => format!(
                "au moins {}, {}",
                cents_in_french(cents),
                french::counted(unknown as u64, "prix non précisé", "prix non précisés")
            ),
        };
        Row::new(vec![
            Cell { value: Some(point.minutes as f64 / 60.0), ..Cell::text(minutes_in_french(point.minutes)) },
            Cell::count(point.steps as u64),
            Cell::count(point.levels as u64),
            Cell {
                value: Some(point.share),
                drawing: super::document::Drawing::Bar(point.share),
                ..Cell::text(share_in_french(point.share))
            },
            Cell::text(cost),
        ])
    });
    Table {
        id: format!("durees-{}", subject.persona.id),
        caption: typeset(&format!("{} : ce que chaque durée permet", subject.persona.label)),
        columns: vec![
            Column { width: Width::Narrow, ..Column::number("Durée") },
            Column::number("Formations"),
            Column::number("Niveaux gagnés"),
            Column { width: Width::Wide, ..Column::number("Part des besoins") },
            Column::words("Coût connu", Width::Middle),
        ],
        rows: rows.collect(),
        most: None,
        left_out,
        note: Some(typeset(
            "Pour chaque durée, la meilleure couverture trouvée, les autres limites gardées ; au-delà du temps du persona, ce que plus de temps apporterait.",
        )),
        scope: material.of(subject.persona),
        source: typeset(SOURCE),
    }
}
