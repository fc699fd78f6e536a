//! The offer, crossed: each theme with what is known of its trainings, themes against publics and objectives, formats
//! against natures, competences against levels. Absent: organisations (see `actors`), drawings.

use super::build::Material;
use super::document::{Block, Cell, Column, Row, Section, Table, Width};
use super::request::SectionKind;
use crate::cartography::{Axes, Axis, Matrix};
use crate::facets::Facet;
use crate::french::{self, quoted, typeset};
use crate::query::Selection;
use crate::vocabulary::{Code as _, Competence, Level};

/// Where all facts of the offer come from.
pub(super) const SOURCE: &str = "pages publiques citées fiche par fiche ; classement : jugement éditorial.";

/// The matrix of two facets over the whole offer.
pub(super) fn matrix(material: &Material<'_>, rows: Facet, columns: Facet) -> Option<Matrix> {
    let axes = Axes { rows: Axis::Facet(rows), columns: Axis::Facet(columns), by: None };
    // Two facets that are not the same, without a filter: never refused.
    material.snapshot.cartography(&Selection::all(), axes).ok()?.into_iter().next()
}

/// The section.
pub(super) fn section(material: &Material<'_>) -> Section {
    let publics = matrix(material, Facet::Theme, Facet::Audience);
    let mut blocks = Vec::new();
    if let Some(publics) = &publics {
        blocks.push(Block::heading("Thématiques"));
        blocks.push(Block::Table(themes(material, publics)));
    }
    for (rows, columns, title, id) in [
        (Facet::Format, Facet::Nature, "Formats et natures", "formats-natures"),
        (Facet::Theme, Facet::Audience, "Thématiques et publics visés", "thematiques-publics"),
        (Facet::Theme, Facet::Objective, "Thématiques et objectifs pédagogiques", "thematiques-objectifs"),
    ] {
        let Some(own) = matrix(material, rows, columns) else { continue };
        blocks.push(Block::heading(title));
        blocks.extend(told(&own).map(|told| Block::paragraph(format!("{}.", french::capitalised(&told)))));
        blocks.push(Block::Table(heat(material, &own, id, &format!("{title} : nombre de formations"), rows)));
    }
    blocks.push(Block::heading("Compétences et niveaux enseignés"));
    let (table, silent) = competences(material);
    blocks.push(Block::paragraph(match silent {
        0 => "Chaque niveau de chaque compétence est enseigné par une formation au moins.".to_owned(),
        silent => format!(
            "{} ; un examen n’enseigne rien et n’est pas compté.",
            french::counted(
                silent as u64,
                "niveau n’est enseigné par aucune formation",
                "niveaux ne sont enseignés par aucune formation"
            )
        ),
    }));
    blocks.push(Block::Table(table));
    let finding = match publics.as_ref().map(Matrix::finding) {
        None => format!("L’offre compte {}.", material.trainings()),
        Some(found) => format!(
            "{} sur les {} croisements d’une thématique et d’un public.",
            french::capitalised(&match found.empty {
                0 => "l’offre est présente".to_owned(),
                1 => "l’offre n’a aucune formation à 1".to_owned(),
                empty => format!("l’offre n’a aucune formation à {}", french::integer(empty as u64)),
            }),
            french::integer(found.cells as u64)
        ),
    };
    Section { kind: SectionKind::Map, finding: typeset(&finding), blocks }
}

/// What the maps show, one sentence for each.
pub(super) fn findings(material: &Material<'_>) -> Vec<String> {
    let publics = matrix(material, Facet::Theme, Facet::Audience).and_then(|own| told(&own));
    let told = publics.map(|told| format!("Thématiques et publics visés : {told}."));
    let (_, silent) = competences(material);
    let levels = material.referential().terms(Competence::VOCABULARY).len() * Level::all().count();
    let taught = format!(
        "{} des {} niveaux du référentiel ne sont enseignés par aucune formation.",
        french::integer(silent as u64),
        french::integer(levels as u64)
    );
    told.into_iter().chain((silent > 1).then_some(taught)).collect()
}

/// What a matrix shows at a glance, without its final point.
fn told(own: &Matrix) -> Option<String> {
    let finding = own.finding();
    let (row, column, trainings) = finding.fullest?;
    let mut told = format!(
        "le plus fourni est {} pour {} ({})",
        quoted(&own.rows[row].label),
        quoted(&own.columns[column].label),
        french::counted(trainings, "formation", "formations")
    );
    told.push_str(&match finding.empty {
        0 => " ; aucune case n’est vide".to_owned(),
        1 => format!(" ; une case sur {} est vide", french::integer(finding.cells as u64)),
        empty => format!(
            " ; {} cases sur {} sont vides",
            french::integer(empty as u64),
            french::integer(finding.cells as u64)
        ),
    });
    if let Some((row, least)) = finding.poorest_row {
        told.push_str(&format!(
            " ; la ligne la moins fournie est {} ({})",
            quoted(&own.rows[row].label),
            french::counted(least, "formation", "formations")
        ));
    }
    Some(told)
}

/// What is known of the trainings of each row of a matrix.
fn themes(material: &Material<'_>, own: &Matrix) -> Table {
    let last = own.columns.len();
    let greatest =
        own.rows.iter().enumerate().map(|(line, _)| own.cell(line, last).trainings).max().unwrap_or(0);
    let labels = own.rows.iter().map(|value| value.label.as_str()).chain(["Ensemble"]);
    let rows = labels.enumerate().map(|(line, label)| {
        let cell = own.cell(line, last);
        let is_total = line == own.rows.len();
        let cells = vec![
            Cell::text(label),
            if is_total { Cell::count(cell.trainings) } else { Cell::bar(cell.trainings, greatest) },
            Cell::count(cell.providers),
            Cell::count(cell.timed),
            Cell::count(cell.free),
            cell.lowest_price_eur.map_or_else(
                || Cell::unknown("non précisé"),
                |price| Cell { value: Some(f64::from(price)), ..Cell::text(french::euros(f64::from(price))) },
            ),
        ];
        Row { cells, is_total }
    });
    Table {
        id: "thematiques".to_owned(),
        caption: "Les formations de chaque thématique".to_owned(),
        columns: vec![
            Column::words("Thématique", Width::Wide),
            Column { width: Width::Middle, ..Column::number("Formations") },
            Column::number("Organismes"),
            Column::number("Durée indiquée"),
            Column::number("Dites gratuites"),
            Column::number("Prix payant le plus bas"),
        ],
        rows: rows.collect(),
        most: None,
        left_out: 0,
        note: Some(typeset(
            "Une formation peut avoir plusieurs thématiques : la dernière ligne la compte une fois. Prix indiqués par les sources, souvent hors taxes.",
        )),
        scope: material.whole(),
        source: typeset(SOURCE),
    }
}

/// A matrix whose cells are darker as they hold more trainings.
pub(super) fn heat(material: &Material<'_>, own: &Matrix, id: &str, caption: &str, rows: Facet) -> Table {
    let (height, width) = (own.rows.len(), own.columns.len());
    let inside = (0..height).flat_map(|line| (0..width).map(move |column| (line, column)));
    let greatest = inside.map(|(line, column)| own.cell(line, column).trainings).max().unwrap_or(0);
    let labels = own.rows.iter().map(|value| value.label.as_str()).chain(["Ensemble"]);
    let lines = labels.enumerate().map(|(line, label)| {
        let is_total = line == height;
        let cells = (0..=width).map(|column| {
            let trainings = own.cell(line, column).trainings;
            if is_total || column == width { Cell::count(trainings) } else { Cell::heat(trainings, greatest) }
        });
        Row { cells: std::iter::once(Cell::text(label)).chain(cells).collect(), is_total }
    });
    let columns = own.columns.iter().map(|value| Column::number(&value.label));
    Table {
        id: id.to_owned(),
        caption: typeset(caption),
        columns: std::iter::once(Column::words(rows.label(), Width::Wide))
            .chain(columns)
            .chain([Column::number("Ensemble")])
            .collect(),
        rows: lines.collect(),
        most: None,
        left_out: 0,
        note: Some(typeset(
            "Plus la case est foncée, plus elle compte de formations. Une formation peut être dans plusieurs cases ; les totaux la comptent une fois.",
        )),
        scope: material.whole(),
        source: typeset(SOURCE),
    }
}

/// Trainings that teach each level of each competence, and the number of levels that none teaches.
fn competences(material: &Material<'_>) -> (Table, usize) {
    let counts = material.snapshot.teaching_counts();
    let greatest = counts.iter().flat_map(|own| own.teaching).max().unwrap_or(0);
    let silent = counts.iter().flat_map(|own| own.teaching).filter(|trainings| *trainings == 0).count();
    let terms = material.referential().terms(Competence::VOCABULARY);
    let rows = terms.iter().zip(&counts).map(|(term, own)| {
        let cells = own.teaching.into_iter().map(|trainings| Cell::heat(trainings, greatest));
        let label = Cell::text(&term.label).leading(format!("/competences/{}", term.id));
        Row::new(std::iter::once(label).chain(cells).collect())
    });
    let levels = Level::all().map(|level| {
        let label = &material.referential().terms("level")[usize::from(level.number()) - 1].label;
        Column::number(&format!("{} {label}", level.number()))
    });
    let table = Table {
        id: "competences-niveaux".to_owned(),
        caption: "Formations qui enseignent chaque niveau de chaque compétence".to_owned(),
        columns: std::iter::once(Column::words("Compétence", Width::Wide)).chain(levels).collect(),
        rows: rows.collect(),
        most: None,
        left_out: 0,
        note: Some(typeset(
            "Une formation enseigne les niveaux au-dessus de celui qu’elle demande et jusqu’à celui où elle mène.",
        )),
        scope: material.whole(),
        source: typeset(SOURCE),
    };
    (table, silent)
}
