//! The sentence that says what a cartography shows, on its known values: the extreme cell, the empty ones, the poorest
//! row. Absent: figures of cells (see `table`).

use catalogue::{Matrix, Measure, french};

use super::request::Request;
use super::table::with_unit;

const NOTHING: &str = "Aucune formation dans cette sélection";

/// A cell of known values and its figure.
struct Extreme<'a> {
    matrix: &'a Matrix,
    place: (usize, usize),
    figure: f64,
}

/// What the matrices show at a glance.
pub(super) fn sentence(request: &Request, matrices: &[Matrix]) -> String {
    let Some(extreme) = extreme(request.measure, matrices) else {
        let is_empty = matrices.iter().all(|matrix| matrix.total().trainings == 0);
        return if is_empty { NOTHING.to_owned() } else { unknown(request.measure).to_owned() };
    };
    let Extreme { matrix, place: (line, column), figure } = extreme;
    let (row, column) = (&matrix.rows[line].label, &matrix.columns[column].label);
    let by = matrix.by.as_ref().map(|by| format!(", {}", french::quoted(&by.label))).unwrap_or_default();
    let cell = format!("{} et {}{by}", french::quoted(row), french::quoted(column));
    let told = told(request.measure, figure);
    let first = match request.measure {
        Measure::LowestPrice => format!("Le prix payant connu le plus bas est pour {cell}\u{202f}: {told}"),
        _ => format!("Le plus fourni\u{202f}: {cell} ({told})"),
    };
    format!("{first}\u{202f}; {}{}", empty(matrices), poorest(request, matrices))
}

fn unknown(measure: Measure) -> &'static str {
    match measure {
        Measure::Hours => "Aucune durée n’est connue dans cette sélection",
        Measure::Free => "Aucune formation de cette sélection n’est dite gratuite",
        Measure::LowestPrice => "Aucun prix payant n’est connu dans cette sélection",
        Measure::Trainings | Measure::Providers => {
            "Aucune formation n’a de valeur connue sur les deux critères"
        }
    }
}

fn told(measure: Measure, figure: f64) -> String {
    let number = figure as u64;
    match measure {
        Measure::Trainings => french::counted(number, "formation", "formations"),
        Measure::Providers => french::counted(number, "organisme", "organismes"),
        Measure::Free => french::counted(number, "formation dite gratuite", "formations dites gratuites"),
        Measure::Hours | Measure::LowestPrice => with_unit(measure, figure),
    }
}

/// The cell of the greatest figure, the first of equal ones; for prices, of the smallest.
fn extreme(measure: Measure, matrices: &[Matrix]) -> Option<Extreme<'_>> {
    let mut best: Option<Extreme<'_>> = None;
    for matrix in matrices.iter().filter(|matrix| matrix.by.as_ref().is_none_or(|by| by.id.is_some())) {
        let counts = matrix.known_counts();
        for (line, cells) in counts.iter().enumerate() {
            for column in 0..cells.len() {
                let figure =
                    Request::figure(measure, matrix.cell(line, column)).filter(|figure| *figure > 0.0);
                let Some(figure) = figure else { continue };
                let is_better = best.as_ref().is_none_or(|best| match measure {
                    Measure::LowestPrice => figure < best.figure,
                    _ => figure > best.figure,
                });
                if is_better {
                    best = Some(Extreme { matrix, place: (line, column), figure });
                }
            }
        }
    }
    best
}

fn empty(matrices: &[Matrix]) -> String {
    let findings = matrices.iter().map(Matrix::finding);
    let (empty, cells) =
        findings.fold((0, 0), |(empty, cells), finding| (empty + finding.empty, cells + finding.cells));
    match empty {
        0 => "aucune case n’est vide".to_owned(),
        1 => format!("une case sur {} est vide", french::integer(cells as u64)),
        _ => format!(
            "{} cases sur {} sont vides",
            french::integer(empty as u64),
            french::integer(cells as u64)
        ),
    }
}

/// The row of the fewest trainings, when there is one matrix of several rows.
fn poorest(request: &Request, matrices: &[Matrix]) -> String {
    let [matrix] = matrices else { return String::new() };
    if request.measure != Measure::Trainings || request.axes.by.is_some() || matrix.known_counts().len() < 2 {
        return String::new();
    }
    let Some((line, least)) = matrix.finding().poorest_row else { return String::new() };
    let least = french::counted(least, "formation", "formations");
    format!("\u{202f}; la ligne la moins fournie est {} ({least})", french::quoted(&matrix.rows[line].label))
}
