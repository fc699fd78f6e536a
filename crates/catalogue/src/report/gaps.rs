//! What the offer leaves of needs: each persona beside the others, then each of her competences level by level, why the
//! worst levels are as they are, and what lifting each constraint would change. Absent: the judgement (see `crate::gaps`).

use super::build::{Material, Subject, cut};
use super::document::{Block, Cell, Column, Drawing, Row, Section, Table, Width};
use super::request::SectionKind;
use crate::french::{self, typeset};
use crate::gaps::{Constraint, Gap, State};
use crate::persona::Circumstances;
use crate::vocabulary::Level;

/// Levels whose reason is given for each persona.
const REASONS_MAX: usize = 12;
/// What gaps rest on.
const SOURCE: &str = "catalogue et fiches des personas ; règles de la section « Méthode ».";

/// The section.
pub(super) fn section(material: &Material<'_>) -> Section {
    let mut blocks = vec![Block::Table(overview(material))];
    for subject in &material.subjects {
        let persona = subject.persona;
        blocks.push(Block::heading(&persona.label));
        blocks.push(Block::paragraph(format!("{} {}", subject.gaps.finding(), lead(material, subject))));
        blocks.push(Block::Table(levels(material, subject)));
        blocks.extend(reasons(material, subject).map(Block::Table));
    }
    blocks.extend(lifts(material).map(Block::Table));
    blocks.extend(material.others_told().map(Block::paragraph));
    let finding = match material.subjects.as_slice() {
        [] => "Aucun persona n’est en place.".to_owned(),
        [only] => only.gaps.finding(),
        all => worst(all),
    };
    Section { kind: SectionKind::Gaps, finding: typeset(&finding), blocks }
}

/// The persona whose needs are met the least.
fn worst(all: &[Subject<'_>]) -> String {
    let share = |subject: &&Subject<'_>| subject.gaps.met_share();
    let known = all.iter().filter(|subject| share(subject).is_some());
    let least = known.min_by(|one, other| share(one).unwrap_or(1.0).total_cmp(&share(other).unwrap_or(1.0)));
    least.map_or_else(
        || "Tous les besoins sont déjà satisfaits.".to_owned(),
        |subject| {
            format!("Le persona le moins bien servi : {}. {}", subject.persona.label, subject.gaps.finding())
        },
    )
}

/// The states of all personas, one row each.
pub(super) fn overview(material: &Material<'_>) -> Table {
    let best_first = || [State::Covered, State::Thin, State::OutOfReach, State::Missing];
    let rows = material.subjects.iter().map(|subject| {
        let gaps = &subject.gaps;
        let whole = gaps.gaps.len();
        let parts = best_first().map(|state| gaps.count(state) as f64 / whole.max(1) as f64).to_vec();
        let mut cells = vec![Cell {
            drawing: if whole > 0 { Drawing::Stack(parts) } else { Drawing::None },
            ..Cell::text(&subject.persona.label).leading(format!("/ecarts?persona={}", subject.persona.id))
        }];
        cells.extend(best_first().map(|state| Cell::count(gaps.count(state) as u64)));
        cells.push(Cell::count(whole as u64));
        cells.push(gaps.met_share().map_or_else(
            || Cell::text("—"),
            |share| Cell { value: Some(share), ..Cell::text(crate::pathways::share_in_french(share)) },
        ));
        Row::new(cells)
    });
    let mut columns = vec![Column::words("Persona", Width::Wide)];
    columns.extend(best_first().map(|state| Column::number(&format!("{} {}", state.mark(), state.label()))));
    columns.push(Column::number("Niveaux"));
    columns.push(Column::number("Part accessible"));
    Table {
        id: "ecarts".to_owned(),
        caption: "Les niveaux nécessaires à chaque persona, selon ce que l’offre en donne".to_owned(),
        columns,
        rows: rows.collect(),
        most: None,
        left_out: material.left_out as u64,
        note: Some(typeset(
            "La barre sous le nom met bout à bout les quatre états, du plus foncé (couvert) au blanc (absent). Part accessible : couverts et fragiles, selon le poids des besoins.",
        )),
        scope: material.whole(),
        source: typeset(SOURCE),
    }
}

/// The constraint that weighs most, in one sentence.
pub(super) fn lead(material: &Material<'_>, subject: &Subject<'_>) -> String {
    let first = lifted(material, subject)
        .into_iter()
        .max_by_key(|(constraint, gained)| (*gained, std::cmp::Reverse(*constraint)));
    match first {
        Some((constraint, gained)) if gained > 0 => format!(
            "La contrainte qui pèse le plus : {} ; sans elle, {} de plus.",
            constraint.label().to_lowercase(),
            french::counted(gained as u64, "niveau accessible", "niveaux accessibles")
        ),
        _ => "Lever une seule contrainte ne donnerait accès à aucun niveau de plus.".to_owned(),
    }
}

/// For each constraint, how many levels more would be met without it.
fn lifted(material: &Material<'_>, subject: &Subject<'_>) -> Vec<(Constraint, usize)> {
    let now = subject.gaps.count(State::Covered) + subject.gaps.count(State::Thin);
    let found = material.snapshot.lifts(subject.persona, &Circumstances::default());
    found.into_iter().map(|(constraint, met)| (constraint, met.saturating_sub(now))).collect()
}

/// Competences against levels.
fn levels(material: &Material<'_>, subject: &Subject<'_>) -> Table {
    let gaps = &subject.gaps;
    let cell = |gap: &Gap| Cell::state(gap.state, gap.suiting);
    let rows = gaps.persona.needs.iter().map(|need| {
        let term = material.referential().term(need.competence);
        let of = |level: Level| {
            let gap = gaps.gaps.iter().find(|gap| gap.competence == need.competence && gap.level == level);
            gap.map_or_else(|| Cell::text("·"), cell)
        };
        let name = Cell::text(&term.label).leading(format!("/competences/{}", term.id));
        Row::new(std::iter::once(name).chain(Level::all().map(of)).collect())
    });
    let columns =
        Level::all().map(|level| Column::words(&format!("Niveau {}", level.number()), Width::Middle));
    Table {
        id: format!("ecarts-{}", subject.persona.id),
        caption: typeset(&format!("{} : chaque compétence, niveau par niveau", subject.persona.label)),
        columns: std::iter::once(Column::words("Compétence", Width::Wide)).chain(columns).collect(),
        rows: rows.collect(),
        most: None,
        left_out: 0,
        note: Some(typeset("Entre parenthèses : les formations qui conviennent. Point : pas de besoin.")),
        scope: material.of(subject.persona),
        source: typeset(SOURCE),
    }
}

/// Why the levels that are not met are not.
fn reasons(material: &Material<'_>, subject: &Subject<'_>) -> Option<Table> {
    let rules = Circumstances::default().rules;
    let mut unmet: Vec<&Gap> =
        subject.gaps.gaps.iter().filter(|gap| gap.state <= State::OutOfReach).collect();
    // Worst first; among equals, the lowest level, which the others build on.
    unmet.sort_by_key(|gap| (gap.state, gap.level));
    let rows: Vec<Row> = unmet
        .iter()
        .map(|gap| {
            Row::new(vec![
                Cell::text(&material.referential().term(gap.competence).label),
                Cell::count(gap.level.number().into()),
                Cell::text(format!("{}\u{a0}{}", gap.state.mark(), gap.state.label().to_lowercase())),
                Cell::sentence(gap.why(&rules)),
            ])
        })
        .collect();
    (!rows.is_empty()).then(|| {
        let table = Table {
            id: format!("raisons-{}", subject.persona.id),
            caption: typeset(&format!(
                "{} : pourquoi des niveaux ne sont pas accessibles",
                subject.persona.label
            )),
            columns: vec![
                Column::words("Compétence", Width::Middle),
                Column::number("Niveau"),
                Column::words("État", Width::Narrow),
                Column::words("Pourquoi", Width::Full),
            ],
            rows,
            most: None,
            left_out: 0,
            note: None,
            scope: material.of(subject.persona),
            source: typeset(SOURCE),
        };
        cut(table, REASONS_MAX)
    })
}

/// What lifting each constraint would change, for each persona.
fn lifts(material: &Material<'_>) -> Option<Table> {
    let found: Vec<Vec<(Constraint, usize)>> =
        material.subjects.iter().map(|subject| lifted(material, subject)).collect();
    let rows = Constraint::all().map(|constraint| {
        let gained = found.iter().map(|own| {
            own.iter().find(|(known, _)| *known == constraint).map_or(0, |(_, gained)| *gained as u64)
        });
        let cells = gained.map(Cell::count);
        Row::new(std::iter::once(Cell::text(constraint.label())).chain(cells).collect())
    });
    (!material.subjects.is_empty()).then(|| Table {
        id: "contraintes".to_owned(),
        caption: "Niveaux accessibles de plus si une contrainte était levée".to_owned(),
        columns: std::iter::once(Column::words("Contrainte", Width::Middle))
            .chain(material.subjects.iter().map(|subject| Column::number(&subject.persona.label)))
            .collect(),
        rows: rows.collect(),
        most: None,
        left_out: 0,
        note: Some(typeset("Chaque contrainte est levée seule, et tout est jugé de nouveau.")),
        scope: material.whole(),
        source: typeset(SOURCE),
    })
}
