//! What to build: the few trainings that would raise most what people reach, what each brings to whom, what comes near it
//! today, what may be paid. Absent: how they are chosen (see the crate `actions`), their sheets (see
//! `crate::recommendations::Sheet`).

use super::build::Material;
use super::document::{Block, Cell, Column, Row, Section, Table, Width};
use super::request::SectionKind;
use crate::french::{self, typeset};
use crate::gaps::State;
use crate::pathways::{minutes_in_french, share_in_french};
use crate::recommendations::{
    DAY_EUR, DAY_EUR_SOMETIMES, DAY_SOURCE, Outlook, Proposal, RecommendationOutcome, Recommendations,
};

/// What the section rests on.
const SOURCE: &str = "besoins des personas, niveaux jugés d’après les pages citées fiche par fiche ; formations envisagées par la règle énoncée dans cette section.";

/// The section, from what the search ended with.
pub(super) fn section(material: &Material<'_>) -> Section {
    let (finding, blocks) = match material.recommendations {
        Some(RecommendationOutcome::Found(own)) => (own.finding(), told(material, own)),
        Some(RecommendationOutcome::Stopped) | None => (
            "Les formations à construire ne sont pas connues : la recherche s’est arrêtée à sa limite."
                .to_owned(),
            Vec::new(),
        ),
    };
    Section { kind: SectionKind::Recommendations, finding: typeset(&finding), blocks }
}

fn told(material: &Material<'_>, own: &Recommendations) -> Vec<Block> {
    let mut blocks = Vec::new();
    if own.drafts > 0 {
        blocks.push(Block::paragraph(own.proof_in_french()));
    }
    blocks.extend(own.left_out_in_french().map(Block::paragraph));
    if !own.proposals.is_empty() {
        blocks.push(Block::Table(overview(material, own)));
        blocks.push(Block::Table(before_and_after(material, own)));
        blocks.push(Block::Table(states(material, own)));
        for (place, proposal) in own.proposals.iter().enumerate() {
            blocks.push(Block::heading(format!("{}. {}", place + 1, proposal.training.title)));
            blocks.extend(one(material, own, proposal));
        }
    }
    if !own.templates.is_empty() {
        blocks.push(Block::heading("Ce qu’une formation nouvelle est supposée apporter"));
        blocks.push(Block::paragraph(
            "Une formation qui n’existe pas est supposée apporter ce qu’apporte la moitié des formations du catalogue qui durent autant : ce sont des hypothèses, pas des promesses.",
        ));
        blocks.push(Block::Table(promises(material, own)));
    }
    blocks
}

/// Labels of the personas that a proposal is for.
fn audience(own: &Recommendations, proposal: &Proposal) -> String {
    let labels: Vec<String> =
        proposal.draft.audience.iter().map(|number| own.outlooks[*number].persona.label.clone()).collect();
    french::list(&labels, "et")
}

/// All proposals, one row each.
pub(super) fn overview(material: &Material<'_>, own: &Recommendations) -> Table {
    let rows = own.proposals.iter().enumerate().map(|(place, proposal)| {
        let hours = proposal.draft.template.hours;
        let (least, most) = proposal.cost_per_person_eur();
        let lost = proposal.brings.iter().any(|(_, lost)| lost.is_none());
        let lost = match lost {
            true => Cell::unknown("non prouvé"),
            false => Cell::count(proposal.lost),
        };
        Row::new(vec![
            Cell::text(format!("{}. {}", place + 1, proposal.training.title))
                .leading(format!("/recommandations/{}", proposal.id)),
            Cell::text(audience(own, proposal)),
            Cell { value: Some(hours), ..Cell::text(french::hours(hours)) },
            Cell::count(proposal.levels() as u64),
            lost,
            Cell::text(format!("{} à {}", french::euros(least.round()), french::euros(most.round())))
                .estimated(true),
        ])
    });
    let unit = if own.counts_people() { ", chacun pour autant de personnes qui le perdent" } else { "" };
    Table {
        id: "a-construire".to_owned(),
        caption: "Les formations à construire".to_owned(),
        columns: vec![
            Column::words("Formation", Width::Wide),
            Column::words("Pour qui", Width::Wide),
            Column::number("Durée"),
            Column::number("Niveaux apportés"),
            Column::number("Perdus sans elle"),
            Column::words("À payer par personne", Width::Narrow),
        ],
        rows: rows.collect(),
        most: None,
        left_out: 0,
        note: Some(typeset(&format!(
            "Perdus sans elle : niveaux que les meilleurs parcours n’atteindraient plus, les autres étant construites{unit} ; aucun : elle raccourcit les parcours. ≈ : estimation aux tarifs relevés par jour de 7 heures, de {} à {} par personne, parfois {}, hors conception, dont aucune source n’indique le coût.",
            french::euros(DAY_EUR.0),
            french::euros(DAY_EUR.1),
            french::euros(DAY_EUR_SOMETIMES)
        ))),
        scope: material.whole(),
        source: typeset(&format!("{SOURCE} Tarifs : {DAY_SOURCE}")),
    }
}

/// What the best pathway of each persona reaches, today and after.
fn before_and_after(material: &Material<'_>, own: &Recommendations) -> Table {
    let reached = |own: &crate::recommendations::Reached, wanted: usize| {
        [
            Cell {
                value: Some(own.levels as f64),
                ..Cell::text(format!(
                    "{} sur {wanted}{}",
                    own.levels,
                    if own.is_proven { "" } else { ", non prouvé" }
                ))
            },
            Cell::text(share_in_french(own.share)),
            Cell { value: Some(own.minutes as f64 / 60.0), ..Cell::text(minutes_in_french(own.minutes)) },
        ]
    };
    let rows = own.outlooks.iter().map(|outlook| {
        let wanted = outlook.persona.levels();
        let cells = std::iter::once(name(outlook))
            .chain(reached(&outlook.before, wanted))
            .chain(reached(&outlook.after, wanted));
        Row::new(cells.collect())
    });
    Table {
        id: "avant-apres".to_owned(),
        caption: "Le meilleur parcours de chaque persona, sans et avec ces formations".to_owned(),
        columns: vec![
            Column::words("Persona", Width::Wide),
            Column::number("Niveaux, aujourd’hui"),
            Column::number("Part des besoins"),
            Column::number("Durée"),
            Column::number("Niveaux, après"),
            Column::number("Part, après"),
            Column::number("Durée, après"),
        ],
        rows: rows.collect(),
        most: None,
        left_out: own.left_out as u64,
        note: Some(typeset(
            "Chaque parcours « après » est cherché de nouveau dans le catalogue augmenté de ces formations, et vérifié.",
        )),
        scope: material.whole(),
        source: typeset(SOURCE),
    }
}

fn name(outlook: &Outlook) -> Cell {
    Cell::text(match outlook.people {
        1 => outlook.persona.label.clone(),
        people => {
            format!("{} ({})", outlook.persona.label, french::counted(people.into(), "personne", "personnes"))
        }
    })
}

/// Levels of needs by state of the offer, today and after.
fn states(material: &Material<'_>, own: &Recommendations) -> Table {
    let rows = own.outlooks.iter().map(|outlook| {
        let counts = State::all().flat_map(|state| {
            let (before, after) = outlook.gaps(state);
            [Cell::count(before as u64), Cell::count(after as u64)]
        });
        Row::new(std::iter::once(name(outlook)).chain(counts).collect())
    });
    let columns = State::all().flat_map(|state| {
        let label = format!("{}\u{a0}{}", state.mark(), state.label());
        [Column::number(&label), Column::number("après")]
    });
    Table {
        id: "ecarts-apres".to_owned(),
        caption: "Les niveaux nécessaires selon ce que l’offre en fait, sans et avec ces formations"
            .to_owned(),
        columns: std::iter::once(Column::words("Persona", Width::Wide)).chain(columns).collect(),
        rows: rows.collect(),
        most: None,
        left_out: own.left_out as u64,
        note: Some(typeset(
            "Les états sont ceux de la section « Écarts » ; « après » compte ces formations comme si elles existaient.",
        )),
        scope: material.whole(),
        source: typeset(SOURCE),
    }
}

/// What a training that does not exist is supposed to bring, by its length.
fn promises(material: &Material<'_>, own: &Recommendations) -> Table {
    let rows = own.templates.iter().map(|template| {
        let deep = match template.deep > template.top {
            true => format!("{}, ou {} depuis le niveau juste en dessous", template.top, template.deep),
            false => template.top.to_string(),
        };
        Row::new(vec![
            Cell::text(template.label),
            Cell { value: Some(template.hours), ..Cell::text(french::hours(template.hours)) },
            Cell::count(template.competences as u64),
            Cell::count(template.gains as u64),
            Cell::text(deep),
            Cell::count(template.sample as u64),
        ])
    });
    Table {
        id: "promesses".to_owned(),
        caption: "Hypothèses selon la durée : au plus".to_owned(),
        columns: vec![
            Column::words("Durée", Width::Middle),
            Column::number("Soit"),
            Column::number("Compé\u{ad}tences"),
            Column::number("Niveaux gagnés"),
            Column::words("Niveau atteint", Width::Wide),
            Column::number("Formations comparées"),
        ],
        rows: rows.collect(),
        most: None,
        left_out: 0,
        note: None,
        scope: material.whole(),
        source: typeset("le catalogue : formations qui indiquent leur durée."),
    }
}

/// One proposal: what it brings, what to do about it, what comes near.
fn one(material: &Material<'_>, own: &Recommendations, proposal: &Proposal) -> Vec<Block> {
    let referential = material.referential();
    let format = referential.term(proposal.draft.format).label.to_lowercase();
    let lifts = proposal.draft.lifts.iter().map(|lift| lift.in_french(referential));
    let mut blocks = vec![
        Block::paragraph(format!(
            "{}, {format}, pour {}. {}",
            french::hours(proposal.draft.template.hours),
            audience(own, proposal),
            proposal.worth_in_french(&own.outlooks)
        )),
        Block::list(lifts),
        Block::paragraph(proposal.advice_in_french()),
    ];
    let near = proposal.nearest.iter().map(|near| {
        let lacks = near.lacks_in_french(referential).unwrap_or_else(|| "rien".to_owned());
        format!(
            "{} ({}, {}) apporte {} ; lui manque : {lacks}.",
            french::quoted(&near.training.title),
            near.training.provider.name,
            near.length_in_french(),
            french::counted(near.levels as u64, "de ces niveaux", "de ces niveaux"),
        )
    });
    let near: Vec<String> = near.collect();
    if !near.is_empty() {
        blocks.push(Block::paragraph("Ce qui existe de plus proche :"));
        blocks.push(Block::list(near));
    }
    let formats: Vec<String> =
        proposal.formats.iter().map(|format| french::quoted(&format.label.to_lowercase())).collect();
    if !formats.is_empty() {
        blocks.push(Block::paragraph(format!(
            "D’autres formats qu’un cours apporteraient ces niveaux, par proposition : {}.",
            french::list(&formats, "ou")
        )));
    }
    blocks
}
