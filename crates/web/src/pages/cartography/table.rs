//! A matrix as the page shows it: figures with their unit, steps of shading, links. Absent: counting.

use catalogue::{AxisValue, Cell, Matrix, Measure, french};

use super::request::{Proportion, Request};

/// Steps of shading and of the bar under a figure, beside the empty one.
const STEPS: u32 = 5;
/// Columns beyond which their labels are written upright.
const UPRIGHT: usize = 7;

/// A matrix of the page.
pub(super) struct MatrixView {
    /// Identifier of its title.
    pub id: String,
    /// Value of the third axis.
    pub title: Option<String>,
    /// Its trainings: « 12 formations ».
    pub counted: String,
    /// The same matrix alone.
    pub alone: Option<String>,
    /// What the table shows, in words.
    pub caption: String,
    /// Label of the axis in rows.
    pub corner: String,
    /// Labels of columns.
    pub columns: Vec<String>,
    /// Lines, that of the totals last.
    pub lines: Vec<LineView>,
    /// Whether labels of columns are written upright.
    pub is_wide: bool,
}

/// A line of a matrix.
pub(super) struct LineView {
    /// Label of the row.
    pub label: String,
    /// Its cells, that of the total last.
    pub cells: Vec<CellView>,
}

/// A cell.
pub(super) struct CellView {
    /// Step of shading, 0 without any training; none on totals and where the figure is 0 or unknown.
    pub step: Option<u32>,
    /// The figure with its unit.
    pub figure: String,
    /// The part of the row or of the column, or what the figure rests on.
    pub note: String,
    /// The explorer on its trainings.
    pub href: Option<String>,
}

/// A step of the legend.
pub(super) struct LegendStep {
    /// Step of shading.
    pub step: u32,
    /// Figures that have it.
    pub label: String,
}

/// The greatest figure of the cells, totals left aside.
pub(super) fn highest(matrices: &[Matrix], measure: Measure) -> f64 {
    let cells = matrices.iter().flat_map(|matrix| {
        let (height, width) = (matrix.rows.len(), matrix.columns.len());
        matrix.lines[..height].iter().flat_map(move |line| &line[..width])
    });
    cells.filter_map(|cell| Request::figure(measure, cell)).fold(0.0, f64::max)
}

/// The step of a figure: fifths of the greatest one.
fn step(cell: &Cell, figure: Option<f64>, highest: f64) -> Option<u32> {
    if cell.trainings == 0 {
        return Some(0);
    }
    let figure = figure.filter(|figure| *figure > 0.0)?;
    Some(((figure / highest * f64::from(STEPS)).ceil() as u32).clamp(1, STEPS))
}

/// What each step means.
pub(super) fn legend(measure: Measure, highest: f64) -> Vec<LegendStep> {
    if highest <= 0.0 {
        return Vec::new();
    }
    let mut legend = vec![LegendStep {
        step: 0,
        label: if measure == Measure::LowestPrice {
            "— : aucune formation"
        } else {
            "0 : aucune formation"
        }
        .to_owned(),
    }];
    for at in 1..=STEPS {
        let top = (highest * f64::from(at) / f64::from(STEPS)).floor();
        let bottom = (highest * f64::from(at - 1) / f64::from(STEPS)).floor() + 1.0;
        if bottom > top {
            continue;
        }
        let label = if bottom < top {
            format!("{} à {}", plain(bottom), with_unit(measure, top))
        } else {
            with_unit(measure, top)
        };
        legend.push(LegendStep { step: at, label });
    }
    legend
}

fn plain(figure: f64) -> String {
    french::integer(figure as u64)
}

/// A figure with its unit.
pub(super) fn with_unit(measure: Measure, figure: f64) -> String {
    match measure {
        Measure::Hours => format!("{}\u{a0}h", french::integer(figure.round() as u64)),
        Measure::LowestPrice => french::euros(figure),
        _ => plain(figure),
    }
}

/// A matrix as the page shows it.
pub(super) fn view(request: &Request, matrix: &Matrix, highest: f64, is_linked: bool) -> MatrixView {
    let by = matrix.by.as_ref();
    let places = |values: &[AxisValue]| values.iter().cloned().map(Some).chain([None]).collect::<Vec<_>>();
    let (rows, columns) = (places(&matrix.rows), places(&matrix.columns));
    let label =
        |value: &Option<AxisValue>| value.as_ref().map_or("Ensemble", |value| &value.label).to_owned();
    let lines = rows.iter().enumerate().map(|(at, row)| LineView {
        label: label(row),
        cells: columns
            .iter()
            .enumerate()
            .map(|(place, column)| {
                let is_total = row.is_none() || column.is_none();
                let values = [row.as_ref(), column.as_ref(), by];
                let has_link = matrix.cell(at, place).trainings > 0 && (is_linked || is_total);
                CellView {
                    href: has_link.then(|| request.trainings(values)),
                    ..cell(request, matrix, (at, place), highest)
                }
            })
            .collect(),
    });
    MatrixView {
        id: format!("carte-{}", by.map_or("ensemble", |by| by.id.as_deref().unwrap_or("inconnu"))),
        title: by.map(|by| by.label.clone()),
        counted: french::counted(matrix.total().trainings, "formation", "formations"),
        alone: by.and_then(|by| request.alone(by)),
        caption: caption(request),
        corner: request.axes.rows.label().to_owned(),
        columns: columns.iter().map(label).collect(),
        is_wide: columns.len() > UPRIGHT,
        lines: lines.collect(),
    }
}

fn caption(request: &Request) -> String {
    let unit = match request.measure {
        Measure::Trainings => "Nombre de formations",
        Measure::Providers => "Nombre d’organismes",
        Measure::Hours => "Heures de formation indiquées par les sources",
        Measure::Free => "Nombre de formations dites gratuites",
        Measure::LowestPrice => "Prix payant le plus bas (en euros)",
    };
    let (rows, columns) =
        (request.axes.rows.label().to_lowercase(), request.axes.columns.label().to_lowercase());
    let part = request.proportion.filter(|_| is_countable(request.measure));
    let part = part.map(|part| format!(", et part {}", part.told())).unwrap_or_default();
    format!("{unit} par {rows} (lignes) et {columns} (colonnes){part}")
}

fn is_countable(measure: Measure) -> bool {
    matches!(measure, Measure::Trainings | Measure::Providers | Measure::Free)
}

fn cell(request: &Request, matrix: &Matrix, (at, place): (usize, usize), highest: f64) -> CellView {
    let (measure, cell) = (request.measure, matrix.cell(at, place));
    let (height, width) = (matrix.rows.len(), matrix.columns.len());
    let is_total = at == height || place == width;
    let figure = Request::figure(measure, cell);
    let text = match figure {
        _ if cell.trainings == 0 => if measure == Measure::LowestPrice { "—" } else { "0" }.to_owned(),
        None if measure == Measure::LowestPrice && cell.free > 0 && cell.free == cell.priced => {
            "gratuit".to_owned()
        }
        None => "non précisé".to_owned(),
        Some(figure) => with_unit(measure, figure),
    };
    let whole = request.proportion.filter(|_| is_countable(measure)).map(|part| match part {
        Proportion::Row => matrix.cell(at, width),
        Proportion::Column => matrix.cell(height, place),
    });
    let rests = |known: u64| {
        let of = (cell.trainings > 0)
            .then(|| format!("({}/{})", french::integer(known), french::integer(cell.trainings)));
        of.unwrap_or_default()
    };
    let count = |cell: &Cell| Request::figure(measure, cell).unwrap_or_default() as u64;
    let note = match (measure, whole) {
        (_, Some(whole)) if figure.is_some_and(|figure| figure > 0.0) => {
            french::percent(count(cell), count(whole))
        }
        (Measure::Hours, _) => rests(cell.timed),
        (Measure::Free | Measure::LowestPrice, _) => rests(cell.priced),
        _ => String::new(),
    };
    CellView {
        step: if is_total { None } else { step(cell, figure, highest) },
        figure: text,
        note,
        href: None,
    }
}
