//! `/cartographie.json` and `.csv`: the matrices for programs and spreadsheets, every measure at once.
//! Absent: the page.

use catalogue::{AxisValue, Cell, Matrix};
use serde::Serialize;

use super::request::Request;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::pages::dates;
use crate::visit::Visit;

#[derive(Serialize)]
struct Twin<'a> {
    revision: u64,
    sentence: String,
    rows: &'static str,
    columns: &'static str,
    by: Option<&'static str>,
    measure: &'static str,
    finding: String,
    matrices: Vec<MatrixTwin<'a>>,
}

#[derive(Serialize)]
struct MatrixTwin<'a> {
    by: Option<ValueTwin<'a>>,
    rows: Vec<ValueTwin<'a>>,
    columns: Vec<ValueTwin<'a>>,
    /// One line for each row and a last one for the totals; in each, a last cell for the row's total.
    lines: Vec<Vec<CellTwin>>,
}

#[derive(Serialize)]
struct ValueTwin<'a> {
    id: Option<&'a str>,
    label: &'a str,
}

/// A cell; what nobody states is `null`.
#[derive(Serialize)]
struct CellTwin {
    trainings: u64,
    providers: u64,
    hours: Option<f64>,
    timed: u64,
    free: u64,
    priced: u64,
    lowest_price_eur: Option<f32>,
    page: String,
}

/// The cartography for programs.
pub(crate) fn json(visit: &Visit) -> Result<Answer, Failure> {
    if dates::is_asked(visit) {
        return dates::json(visit);
    }
    let request = Request::read(visit)?;
    let matrices = request.matrices(visit)?;
    let total =
        visit.snapshot.count(&request.selection).map_err(|error| Failure::of_selection(visit, &error))?;
    Ok(Answer::json(&Twin {
        revision: visit.snapshot.stamp().revision,
        sentence: visit.snapshot.sentence(&request.selection, total),
        rows: request.axes.rows.name(),
        columns: request.axes.columns.name(),
        by: request.axes.by.map(catalogue::Axis::name),
        measure: request.measure.name(),
        finding: super::finding::sentence(&request, &matrices),
        matrices: matrices.iter().map(|matrix| twin(&request, matrix)).collect(),
    }))
}

fn value(value: &AxisValue) -> ValueTwin<'_> {
    ValueTwin { id: value.id.as_deref(), label: &value.label }
}

fn twin<'a>(request: &Request, matrix: &'a Matrix) -> MatrixTwin<'a> {
    let lines = matrix.lines.iter().enumerate().map(|(at, line)| {
        let cell = |(place, cell): (usize, &Cell)| CellTwin {
            trainings: cell.trainings,
            providers: cell.providers,
            hours: (cell.timed > 0).then_some(cell.hours),
            timed: cell.timed,
            free: cell.free,
            priced: cell.priced,
            lowest_price_eur: cell.lowest_price_eur,
            page: request.trainings([matrix.rows.get(at), matrix.columns.get(place), matrix.by.as_ref()]),
        };
        line.iter().enumerate().map(cell).collect()
    });
    MatrixTwin {
        by: matrix.by.as_ref().map(value),
        rows: matrix.rows.iter().map(value).collect(),
        columns: matrix.columns.iter().map(value).collect(),
        lines: lines.collect(),
    }
}

/// The cartography as a table of a line by cell, totals under « Ensemble ».
pub(crate) fn csv(visit: &Visit) -> Result<Answer, Failure> {
    let request = Request::read(visit)?;
    let matrices = request.matrices(visit)?;
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let by = request.axes.by.map_or("", catalogue::Axis::label);
    let heads = [by, request.axes.rows.label(), request.axes.columns.label()];
    let measures = [
        "Formations",
        "Organismes",
        "Heures indiquées",
        "Durées connues",
        "Dites gratuites",
        "Prix connus",
        "Prix payant le plus bas (€)",
    ];
    let mut records = vec![heads.into_iter().chain(measures).map(str::to_owned).collect::<Vec<_>>()];
    for matrix in &matrices {
        let label = |value: Option<&AxisValue>| value.map_or("Ensemble", |value| &value.label).to_owned();
        for (at, line) in matrix.lines.iter().enumerate() {
            records.extend(line.iter().enumerate().map(|(place, cell)| {
                let by = matrix.by.as_ref().map(|by| by.label.clone()).unwrap_or_default();
                let mut record = vec![by, label(matrix.rows.get(at)), label(matrix.columns.get(place))];
                record.extend(figures(cell));
                record
            }));
        }
    }
    // Without a third axis, its column says nothing.
    let skipped = usize::from(request.axes.by.is_none());
    for record in &records {
        exchange::write_csv_record(&mut bytes, &record[skipped..])
            .map_err(|error| Failure::new(Code::Internal, format!("L’export a échoué : {error}.")))?;
    }
    let name = format!("parcours-v{}-cartographie.csv", visit.snapshot.stamp().revision);
    Ok(Answer::bytes("text/csv; charset=utf-8", bytes).for_file(name))
}

/// The figures of a cell as a French spreadsheet reads them; empty where nobody states anything.
fn figures(cell: &Cell) -> [String; 7] {
    let number = |number: f64| number.to_string().replace('.', ",");
    [
        cell.trainings.to_string(),
        cell.providers.to_string(),
        if cell.timed > 0 { number(cell.hours) } else { String::new() },
        cell.timed.to_string(),
        cell.free.to_string(),
        cell.priced.to_string(),
        cell.lowest_price_eur.map(|price| number(f64::from(price))).unwrap_or_default(),
    ]
}
