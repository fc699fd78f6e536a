//! Simple correspondence analysis of a table: axes, coordinates, contributions, quality.
//! Absent: supplementary points, multiple correspondence analysis, drawing.

use crate::singular::{Singular, decompose};
use crate::{Error, Table};

/// The rows or the columns, whichever are fewer, that an analysis takes: its time grows with the square of their number.
pub const SHORTER_SIDE_MAX: usize = 100;
/// A singular value under this part of the greatest is rounding: its axis would carry less than 1e-16 of the inertia.
const SINGULAR_MIN: f64 = 1e-8;
/// Contributions that differ by less than this part are equal when a sign is chosen.
const EQUAL: f64 = 1e-9;

/// What the analysis says of a table. Where rows and columns are independent, the inertia is 0 and there is no axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Correspondence {
    /// Pearson's statistic of independence.
    pub chi_square: f64,
    /// (rows − 1) × (columns − 1), of the rows and columns that are not empty.
    pub degrees_of_freedom: usize,
    /// Total inertia: `chi_square` over the total of the table.
    pub inertia: f64,
    /// Principal axes, the one of greatest inertia first: at most the smaller side less one.
    pub axes: Vec<Axis>,
    /// The rows that are not empty, in the order of the table.
    pub rows: Vec<Point>,
    /// The columns that are not empty, in the order of the table.
    pub columns: Vec<Point>,
    /// Rows that sum to zero, set aside.
    pub empty_rows: Vec<usize>,
    /// Columns that sum to zero, set aside.
    pub empty_columns: Vec<usize>,
}

/// A principal axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    /// Principal inertia (eigenvalue), between 0 and 1.
    pub inertia: f64,
    /// Its part of the total inertia.
    pub share: f64,
}

/// A row or a column of the table. The vectors have a value for each axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Its row or column in the table.
    pub index: usize,
    /// Its part of the table's total; the masses of rows sum to 1, so do those of columns.
    pub mass: f64,
    /// Its part of the total inertia as an amount: over all rows they sum to [`Correspondence::inertia`].
    pub inertia: f64,
    /// Principal coordinates.
    pub coordinates: Vec<f64>,
    /// Its part of each axis's inertia (CTR); over all rows they sum to 1.
    pub contributions: Vec<f64>,
    /// The part of its own inertia that each axis shows (COR); over all axes they sum to 1. `None` for a point whose
    /// profile is the mean profile: it has no inertia to show.
    pub squared_cosines: Option<Vec<f64>>,
}

impl Point {
    /// How well the first `axes` axes show the point, between 0 and 1 (QLT); `None` as for the squared cosines.
    #[must_use]
    pub fn quality(&self, axes: usize) -> Option<f64> {
        self.squared_cosines.as_ref().map(|cosines| cosines.iter().take(axes).sum())
    }
}

/// Simple correspondence analysis: the rows and the columns as points whose distances are those of their profiles
/// (chi-square distance), on axes that show as much as possible of the departure from independence.
///
/// Coordinates of rows and of columns are both principal (symmetric map): distances are read within rows and within
/// columns, not from a row to a column. The sign of an axis means nothing; it is chosen so that the row that contributes most
/// to the axis, the first of equal ones, has a positive coordinate. Axes of equal inertia may be turned in their plane.
///
/// # Errors
/// [`Error::TooFewRows`] or [`Error::TooFewColumns`] when fewer than two of them hold anything;
/// [`Error::TooLargeToAnalyse`] when there are more than [`SHORTER_SIDE_MAX`] of each.
///
/// Sources: M. Greenacre, « Correspondence Analysis in Practice » (Chapman & Hall/CRC, appendix A, « Theory of correspondence
/// analysis »); J.-P. Benzécri, « L’analyse des données », volume 2 (Dunod, 1973); the words mass, CTR, COR and QLT as in
/// O. Nenadić, M. Greenacre, « Correspondence analysis in R », Journal of Statistical Software 20 (2007), 3.
pub fn correspondence(table: &Table) -> Result<Correspondence, Error> {
    let (filled_rows, empty_rows) = filled(table.row_totals());
    let (filled_columns, empty_columns) = filled(table.column_totals());
    if filled_rows.len() < 2 {
        return Err(Error::TooFewRows { filled: filled_rows.len() });
    }
    if filled_columns.len() < 2 {
        return Err(Error::TooFewColumns { filled: filled_columns.len() });
    }
    let shorter_side = filled_rows.len().min(filled_columns.len());
    if shorter_side > SHORTER_SIDE_MAX {
        return Err(Error::TooLargeToAnalyse);
    }
    let residuals = Residuals::of(table, &filled_rows, &filled_columns);
    let inertia: f64 = residuals.by_column.iter().flatten().map(|residual| residual * residual).sum();
    let axes = residuals.axes(shorter_side - 1);
    let mass = |total: u64| total as f64 / table.total() as f64;
    let point = |index: usize, at: usize, mass: f64, inertia: f64, side: Side| {
        let parts = axes.iter().map(|axis| (axis.value, side(axis)[at]));
        let coordinates: Vec<f64> = parts.clone().map(|(value, part)| value * part / mass.sqrt()).collect();
        let cosines =
            || coordinates.iter().map(|coordinate| mass * coordinate * coordinate / inertia).collect();
        Point {
            index,
            mass,
            inertia,
            squared_cosines: (inertia > 0.0).then(cosines),
            contributions: parts.map(|(_, part)| part * part).collect(),
            coordinates,
        }
    };
    let rows = filled_rows.iter().enumerate().map(|(at, row)| {
        let inertia = residuals.by_column.iter().map(|column| column[at] * column[at]).sum();
        point(*row, at, mass(table.row_totals()[*row]), inertia, |axis| &axis.left)
    });
    let columns = filled_columns.iter().enumerate().map(|(at, column)| {
        let inertia = residuals.by_column[at].iter().map(|residual| residual * residual).sum();
        point(*column, at, mass(table.column_totals()[*column]), inertia, |axis| &axis.right)
    });
    Ok(Correspondence {
        chi_square: inertia * table.total() as f64,
        degrees_of_freedom: (filled_rows.len() - 1) * (filled_columns.len() - 1),
        inertia,
        rows: rows.collect(),
        columns: columns.collect(),
        axes: axes
            .iter()
            .map(|axis| axis.value * axis.value)
            .map(|eigenvalue| Axis { inertia: eigenvalue, share: eigenvalue / inertia })
            .collect(),
        empty_rows,
        empty_columns,
    })
}

/// The vector of an axis for rows or for columns.
type Side = fn(&Singular) -> &Vec<f64>;

/// Which totals are not zero, and which are.
fn filled(totals: &[u64]) -> (Vec<usize>, Vec<usize>) {
    (0..totals.len()).partition(|at| totals[*at] > 0)
}

/// Standardised residuals: `(p − r c) / √(r c)` of each cell, column by column.
struct Residuals {
    by_column: Vec<Vec<f64>>,
}

impl Residuals {
    /// The difference is taken between whole numbers, so that it is exact and zero under independence alone.
    fn of(table: &Table, rows: &[usize], columns: &[usize]) -> Self {
        let total = i128::from(table.total());
        let cells: Vec<&[u64]> = table.rows().collect();
        let residual = |row: usize, column: usize| {
            let (across, down) = (table.row_totals()[row], table.column_totals()[column]);
            let excess = total * i128::from(cells[row][column]) - i128::from(across) * i128::from(down);
            excess as f64 / (table.total() as f64 * (across as f64 * down as f64).sqrt())
        };
        let by_column =
            columns.iter().map(|column| rows.iter().map(|row| residual(*row, *column)).collect()).collect();
        Self { by_column }
    }

    /// The first axes, `most` at most: `left` bears on rows, `right` on columns.
    fn axes(&self, most: usize) -> Vec<Singular> {
        let rows = self.by_column[0].len();
        let mut axes = if rows < self.by_column.len() {
            let by_row =
                (0..rows).map(|row| self.by_column.iter().map(|column| column[row]).collect()).collect();
            decompose(by_row)
                .into_iter()
                .map(|Singular { value, left, right }| Singular { value, left: right, right: left })
                .collect()
        } else {
            decompose(self.by_column.clone())
        };
        let least = axes.first().map_or(0.0, |axis| axis.value * SINGULAR_MIN);
        axes.retain(|axis| axis.value > least);
        axes.truncate(most);
        axes.iter_mut().for_each(orient);
        axes
    }
}

/// Chooses the sign of an axis.
fn orient(axis: &mut Singular) {
    let greatest = axis.left.iter().fold(0.0_f64, |most, part| most.max(part * part));
    let leader = axis.left.iter().find(|part| *part * *part >= greatest * (1.0 - EQUAL));
    if leader.is_some_and(|part| *part < 0.0) {
        axis.left.iter_mut().chain(&mut axis.right).for_each(|part| *part = -*part);
    }
}
