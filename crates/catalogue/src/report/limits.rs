//! What the data do not say: how each field is known, how old the pages are, what is worked out, what may be written twice,
//! what to read again first. Absent: the counts (see `crate::quality`).

use super::build::{Material, cut};
use super::document::{Block, Cell, Column, Drawing, Row, Section, Table, Width};
use super::request::SectionKind;
use crate::evidence::Field;
use crate::french::{self, typeset};
use crate::quality::{COMPARED_MOST, DECIDING, FieldQuality, Quality};

/// Trainings to read again that are listed.
const TO_READ_SHOWN: usize = 10;
/// What the counts of this section rest on.
const SOURCE: &str = "le catalogue lui-même, champ par champ.";

/// How a field is known.
pub(super) fn of(quality: &Quality, field: Field) -> FieldQuality {
    quality.fields.iter().find(|(known, _)| *known == field).map(|(_, tally)| *tally).unwrap_or_default()
}

/// What a reader should keep in mind, in short sentences.
pub(super) fn sentences(material: &Material<'_>) -> Vec<String> {
    let quality = &material.quality;
    let all = quality.trainings;
    let (duration, price) = (of(quality, Field::Duration), of(quality, Field::Price));
    let share = |count: u64| format!("{} ({})", french::integer(count), french::percent(count, all));
    vec![
        format!(
            "Durée en heures indiquée par la source : {} ; estimée par une règle : {}.",
            share(duration.stated),
            share(duration.estimated)
        ),
        format!("Prix en euros indiqué par la source : {}. Aucun prix n’est estimé.", share(price.stated)),
        format!("Pages sans date : {}.", share(quality.years.get(&None).copied().unwrap_or_default())),
        "Publics, thématiques, objectifs et niveaux sont un jugement éditorial ; un écart peut être celui de la collecte plutôt que celui de l’offre.".to_owned(),
    ]
}

/// The section.
pub(super) fn section(material: &Material<'_>) -> Section {
    let quality = &material.quality;
    let mut blocks = vec![
        Block::list(sentences(material)),
        Block::heading("Champ par champ"),
        Block::Table(fields(material)),
        Block::heading("Âge des pages lues"),
        Block::Table(years(material)),
        Block::heading("Ce qui est estimé"),
        Block::paragraph(estimates(material)),
        Block::heading("Ce qui est peut-être écrit deux fois"),
        Block::paragraph(twice(material)),
    ];
    if !quality.to_read.is_empty() {
        blocks.push(Block::heading("À relire d’abord"));
        blocks.push(Block::Table(to_read(material)));
    }
    let mut missing: Vec<&(Field, FieldQuality)> =
        quality.fields.iter().filter(|(_, known)| known.unknown > 0).collect();
    missing.sort_by_key(|(_, known)| std::cmp::Reverse(known.unknown));
    let missing: Vec<String> = missing
        .iter()
        .take(3)
        .map(|(field, known)| {
            format!(
                "{} ({})",
                field.label().to_lowercase(),
                french::percent(known.unknown, quality.trainings)
            )
        })
        .collect();
    let finding = match missing.as_slice() {
        [] => "Aucun champ n’est inconnu.".to_owned(),
        missing => format!("Ce qui manque le plus : {}.", french::list(missing, "et")),
    };
    Section { kind: SectionKind::Limits, finding: typeset(&finding), blocks }
}

fn fields(material: &Material<'_>) -> Table {
    let all = material.quality.trainings;
    let rows = material.quality.fields.iter().map(|(field, known)| {
        let parts = [known.stated, known.words, known.edited, known.estimated, known.unknown];
        let stack = parts.iter().map(|part| *part as f64 / all.max(1) as f64).collect();
        let name = Cell {
            drawing: if all > 0 { Drawing::Stack(stack) } else { Drawing::None },
            ..Cell::text(field.label())
        };
        Row::new(std::iter::once(name).chain(parts.into_iter().map(Cell::count)).collect())
    });
    Table {
        id: "champs".to_owned(),
        caption: typeset("Comment chaque champ est connu : nombre de formations"),
        columns: vec![
            Column::words("Champ", Width::Wide),
            Column::number("Indiqué par la source"),
            Column::number("En mots seulement"),
            Column::number("Jugé ou rédigé par nos soins"),
            Column::number("Estimé"),
            Column::number("Non précisé"),
        ],
        rows: rows.collect(),
        most: None,
        left_out: 0,
        note: Some(typeset(
            "La barre sous le nom met bout à bout les cinq colonnes, du plus foncé (indiqué) au blanc (non précisé).",
        )),
        scope: material.whole(),
        source: typeset(SOURCE),
    }
}

fn years(material: &Material<'_>) -> Table {
    let quality = &material.quality;
    let greatest = quality.years.values().copied().max().unwrap_or(0);
    let dated = quality.years.iter().rev().filter(|(year, _)| year.is_some());
    let undated = quality.years.iter().filter(|(year, _)| year.is_none());
    let rows = dated.chain(undated).map(|(year, trainings)| {
        let label = year.map_or_else(|| Cell::unknown("sans date"), |year| Cell::text(year.to_string()));
        Row::new(vec![label, Cell::bar(*trainings, greatest), Cell::share(*trainings, quality.trainings)])
    });
    Table {
        id: "annees".to_owned(),
        caption: "Formations selon l’année de la page lue".to_owned(),
        columns: vec![
            Column::words("Année", Width::Narrow),
            Column { width: Width::Wide, ..Column::number("Formations") },
            Column::number("Part"),
        ],
        rows: rows.collect(),
        most: None,
        left_out: 0,
        note: Some(typeset(
            "L’année est celle que porte la page, non celle de la formation : une offre ancienne a pu fermer depuis.",
        )),
        scope: material.whole(),
        source: typeset(SOURCE),
    }
}

/// How wrong the estimates are, in words.
pub(super) fn estimates(material: &Material<'_>) -> String {
    let error = material.snapshot.rule_error();
    if error.estimated == 0 {
        return "Aucune durée n’est assez bien connue pour que la règle d’estimation soit éprouvée."
            .to_owned();
    }
    format!(
        "Une durée que la source ne donne pas est estimée par la médiane de formations comparables, et marquée ≈. Éprouvée sur les {} durées connues qu’elle pouvait retrouver, la règle ne s’écarte pas de plus de {} une fois sur deux ; {} de ces durées ne dépassent pas la durée prudente (celle que quatre formations comparables sur cinq ne dépassent pas), qui compte dans les parcours.",
        french::integer(error.estimated as u64),
        french::hours(error.median_error_hours),
        crate::pathways::share_in_french(error.within_p80_share),
    )
}

fn twice(material: &Material<'_>) -> String {
    match material.snapshot.duplicates() {
        None => format!(
            "Au-delà de {} formations, les doublons ne sont pas cherchés pour ce rapport.",
            french::integer(COMPARED_MOST as u64)
        ),
        Some(pairs) if pairs.pairs.is_empty() => "Aucun doublon possible n’est repéré.".to_owned(),
        Some(pairs) => format!(
            "{} par leurs intitulés ou leurs résumés : ce peut être une même offre vue de deux pages, ou deux offres. Toutes sont comptées. Liste : /qualite.",
            french::counted(
                pairs.pairs.len() as u64,
                "paire de formations se ressemble",
                "paires de formations se ressemblent"
            )
        ),
    }
}

fn to_read(material: &Material<'_>) -> Table {
    let rows = material.quality.to_read.iter().map(|row| {
        let training = &row.training;
        let site = training.sources.main.address.site();
        let source = match training.sources.main.address.link() {
            Some(link) => Cell::text(site).leading(link),
            None => Cell::text(site),
        };
        Row::new(vec![
            Cell::text(&training.title).leading(format!("/formations/{}", training.id)),
            Cell::text(&training.provider.name),
            row.year.map_or_else(|| Cell::unknown("sans date"), |year| Cell::text(year.to_string())),
            Cell::count(row.facts.into()),
            source,
        ])
    });
    let table = Table {
        id: "a-relire".to_owned(),
        caption: "Formations à relire d’abord".to_owned(),
        columns: vec![
            Column::words("Formation", Width::Wide),
            Column::words("Organisme", Width::Middle),
            Column::words("Année", Width::Narrow),
            Column::number(&format!("Faits connus, sur {DECIDING}")),
            Column::words("Source", Width::Middle),
        ],
        rows: rows.collect(),
        most: None,
        left_out: 0,
        note: Some(typeset(
            "D’abord les pages sans date, puis les plus anciennes ; à égalité, celles qui indiquent le moins des faits dont dépend un choix.",
        )),
        scope: material.whole(),
        source: "celle de chaque ligne.".to_owned(),
    };
    cut(table, TO_READ_SHOWN)
}
