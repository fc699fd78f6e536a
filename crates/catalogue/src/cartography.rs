//! The cartography: any vocabulary against any other, one matrix or one for each value of a third, with totals.
//! Absent: drawings, addresses (see the crate `web`), organisations as an axis (see `actors`).

use crate::facets::Facet;
use crate::offer::{Offer, Row};
use crate::query::{Selection, SelectionError};
use crate::referential::Referential;
use crate::snapshot::Snapshot;
use crate::training::Training;
use crate::vocabulary::Code as _;

/// What a matrix can have for rows, for columns, or for small multiples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// The values of a facet.
    Facet(Facet),
    /// The blocks of competences.
    Block,
}

/// Name of the axis of blocks in addresses.
const BLOCK: &str = "bloc";

impl Axis {
    /// All axes, in the order of the page.
    pub fn all() -> impl Iterator<Item = Axis> {
        let facets = Facet::all().filter(|facet| *facet != Facet::Provider).map(Axis::Facet);
        facets.chain([Axis::Block])
    }

    /// Name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Axis::Facet(facet) => facet.name(),
            Axis::Block => BLOCK,
        }
    }

    /// Label on screens.
    pub fn label(self) -> &'static str {
        match self {
            Axis::Facet(facet) => facet.label(),
            Axis::Block => "Bloc de compétences",
        }
    }

    /// The axis of a name.
    pub fn named(name: &str) -> Option<Axis> {
        Axis::all().find(|axis| axis.name() == name)
    }

    /// The facet whose filter selects a value of the axis.
    pub fn facet(self) -> Facet {
        match self {
            Axis::Facet(facet) => facet,
            Axis::Block => Facet::Competence,
        }
    }
}

/// What a cell is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Measure {
    /// Number of trainings.
    #[default]
    Trainings,
    /// Number of organisations.
    Providers,
    /// Hours of the trainings whose source states a duration.
    Hours,
    /// Trainings whose source says that they are free.
    Free,
    /// Lowest price that a source states, free ones left aside.
    LowestPrice,
}

const MEASURES: [(Measure, &str, &str); 5] = [
    (Measure::Trainings, "formations", "Formations"),
    (Measure::Providers, "organismes", "Organismes"),
    (Measure::Hours, "heures", "Heures indiquées"),
    (Measure::Free, "gratuites", "Formations dites gratuites"),
    (Measure::LowestPrice, "prix", "Prix payant le plus bas"),
];

impl Measure {
    /// All measures, in the order of the page.
    pub fn all() -> impl Iterator<Item = Measure> {
        MEASURES.iter().map(|(measure, ..)| *measure)
    }

    /// Name in addresses.
    pub fn name(self) -> &'static str {
        MEASURES[self as usize].1
    }

    /// Label on screens.
    pub fn label(self) -> &'static str {
        MEASURES[self as usize].2
    }

    /// The measure of a name.
    pub fn named(name: &str) -> Option<Measure> {
        MEASURES.iter().find(|(_, known, _)| *known == name).map(|(measure, ..)| *measure)
    }
}

/// The axes of a cartography.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axes {
    /// Rows.
    pub rows: Axis,
    /// Columns.
    pub columns: Axis,
    /// One matrix for each value of this; a single one without it.
    pub by: Option<Axis>,
}

impl Axes {
    fn all(self) -> impl Iterator<Item = Axis> {
        [Some(self.rows), Some(self.columns), self.by].into_iter().flatten()
    }

    /// The facets whose value a cell says to be unknown, and the selection of its known values.
    pub fn unknown(self, selection: &Selection, values: [Option<&AxisValue>; 3]) -> (Vec<Facet>, Selection) {
        let axes = [Some(self.rows), Some(self.columns), self.by];
        let is_unknown = |value: &Option<&AxisValue>| value.is_some_and(|value| value.id.is_none());
        let facets = axes.into_iter().zip(values).filter(|(_, value)| is_unknown(value));
        let facets = facets.filter_map(|(axis, _)| axis.map(Axis::facet)).collect();
        let known = values.map(|value| value.filter(|value| value.id.is_some()));
        (facets, self.narrowed(selection, known).unwrap_or_else(|| selection.clone()))
    }

    /// The trainings of a cell as a selection: `values` are those of the row, the column and the third axis, each absent
    /// for a total. None for the unknown, which no filter selects.
    pub fn narrowed(self, selection: &Selection, values: [Option<&AxisValue>; 3]) -> Option<Selection> {
        let mut cell = selection.on_page(1);
        for (axis, value) in [Some(self.rows), Some(self.columns), self.by].into_iter().zip(values) {
            if let Some((axis, value)) = axis.zip(value) {
                value.id.as_ref()?;
                cell.values.insert(axis.facet(), value.selects.iter().cloned().collect());
            }
        }
        Some(cell)
    }
}

/// A value of an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AxisValue {
    /// Identifier; `None` for the trainings that have no value.
    pub id: Option<String>,
    /// Label on screens.
    pub label: String,
    /// Values of the axis's facet that select it: itself, or the competences wanted of a block; none for the unknown.
    pub selects: Vec<String>,
}

/// What is known of the trainings of a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Cell {
    /// Number of trainings.
    pub trainings: u64,
    /// Number of organisations that give them.
    pub providers: u64,
    /// Sum of the stated durations, in hours.
    pub hours: f64,
    /// Trainings whose duration is stated.
    pub timed: u64,
    /// Trainings said to be free.
    pub free: u64,
    /// Trainings whose price is stated, free ones included.
    pub priced: u64,
    /// Lowest stated price above 0, in euros.
    pub lowest_price_eur: Option<f32>,
}

/// Rows against columns. A training that has several values is in several cells; totals count it once.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// Value of the third axis that the matrix is for.
    pub by: Option<AxisValue>,
    /// Values in rows.
    pub rows: Vec<AxisValue>,
    /// Values in columns.
    pub columns: Vec<AxisValue>,
    /// One line for each row and one for the totals of the columns; in each, one cell for each column and one for the
    /// row's total.
    pub lines: Vec<Vec<Cell>>,
}

impl Matrix {
    /// The cell of a row and a column.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        &self.lines[row][column]
    }

    /// All trainings of the matrix.
    pub fn total(&self) -> &Cell {
        &self.lines[self.rows.len()][self.columns.len()]
    }

    /// Numbers of trainings without the rows and columns of those that have no value: what a statistic is made of.
    pub fn known_counts(&self) -> Vec<Vec<u64>> {
        let known = |values: &[AxisValue]| values.iter().filter(|value| value.id.is_some()).count();
        let columns = known(&self.columns);
        let lines = self.lines.iter().take(known(&self.rows));
        lines.map(|line| line[..columns].iter().map(|cell| cell.trainings).collect()).collect()
    }
}

impl Snapshot {
    /// Crosses the axes over the trainings of a selection. A filter on the facet of an axis shows the selected
    /// values of that axis only.
    ///
    /// # Errors
    /// When two axes are of one facet, when an axis's facet is filtered by a range, or as [`Snapshot::search`].
    pub fn cartography(&self, selection: &Selection, axes: Axes) -> Result<Vec<Matrix>, SelectionError> {
        let facets: Vec<Facet> = axes.all().map(Axis::facet).collect();
        if let Some(twice) = (1..facets.len()).find(|at| facets[..*at].contains(&facets[*at])) {
            return Err(SelectionError::SameAxis(facets[twice].label()));
        }
        if let Some(ranged) = facets.iter().find(|facet| selection.ranges.contains_key(facet)) {
            return Err(SelectionError::RangeOnAxis(ranged.label()));
        }
        let population = facets.iter().fold(selection.clone(), |kept, facet| kept.without(*facet));
        let rows = self.selected(&population)?;
        Ok(cross(self.offer(), &rows, self.referential(), selection, axes))
    }

    /// The trainings of a selection that have no value for any of some facets: their number, and the first of them.
    ///
    /// # Errors
    /// As [`Snapshot::search`].
    pub fn without(
        &self,
        selection: &Selection,
        facets: &[Facet],
        limit: usize,
    ) -> Result<(u64, Vec<Training>), SelectionError> {
        let (offer, referential) = (self.offer(), self.referential());
        let is_unknown = |row: &&Row| facets.iter().all(|facet| row.bits(*facet, referential) == 0);
        let rows = self.selected(selection)?;
        let rows = rows.iter().map(|place| &offer.rows[*place as usize]);
        let rows: Vec<&Row> = rows.filter(is_unknown).collect();
        let first = rows.iter().take(limit).map(|row| self.training(row.address)).collect();
        Ok((rows.len() as u64, first))
    }

    /// The rows of the offer that a selection finds, as places in the offer, in increasing order.
    pub(crate) fn selected(&self, selection: &Selection) -> Result<Vec<u32>, SelectionError> {
        let offer = self.offer();
        if !selection.is_filtered() {
            return Ok((0..offer.rows.len() as u32).collect());
        }
        let addresses = self.matching(selection)?;
        let mut wanted = addresses.iter().peekable();
        let walk = (0..).zip(&offer.rows).filter(|(_, row)| {
            let is_found = wanted.peek().is_some_and(|address| **address == row.address);
            if is_found {
                wanted.next();
            }
            is_found
        });
        Ok(walk.map(|(place, _)| place).collect())
    }
}

/// One axis laid out: which values are shown, and where each training falls.
struct Layer {
    axis: Option<Axis>,
    values: Vec<AxisValue>,
    /// For each value, the bits that put a training there.
    masks: Vec<u64>,
    /// Whether trainings without a value have a place of their own, the last.
    has_unknown: bool,
}

impl Layer {
    fn new(axis: Option<Axis>, selection: &Selection, referential: &Referential) -> Self {
        let wanted = axis.and_then(|axis| selection.values.get(&axis.facet()));
        let is_wanted = |id: &String| wanted.is_none_or(|wanted| wanted.contains(id));
        let (mut values, mut masks) = (Vec::new(), Vec::new());
        let mut show = |id: &str, label: &str, selects: Vec<String>, mask: u64| {
            if mask > 0 {
                values.push(AxisValue { id: Some(id.to_owned()), label: label.to_owned(), selects });
                masks.push(mask);
            }
        };
        match axis {
            None => {}
            Some(Axis::Facet(Facet::Competence) | Axis::Block) => {
                for block in referential.blocks() {
                    let children =
                        block.competences.iter().map(|code| (referential.term(*code), code.position()));
                    let whole = is_wanted(&block.id);
                    let shown: Vec<_> = children.filter(|(term, _)| whole || is_wanted(&term.id)).collect();
                    if axis == Some(Axis::Block) {
                        let selects = if whole {
                            vec![block.id.clone()]
                        } else {
                            shown.iter().map(|(term, _)| term.id.clone()).collect()
                        };
                        let mask = shown.iter().fold(0, |mask, (_, position)| mask | 1 << position);
                        show(&block.id, &block.label, selects, mask);
                    } else {
                        for (term, position) in shown {
                            show(&term.id, &term.label, vec![term.id.clone()], 1 << position);
                        }
                    }
                }
            }
            Some(Axis::Facet(facet)) => {
                for (position, term) in referential.terms(facet.name()).iter().enumerate() {
                    let mask = u64::from(is_wanted(&term.id)) << position;
                    show(&term.id, &term.label, vec![term.id.clone()], mask);
                }
            }
        }
        Self { axis, values, masks, has_unknown: axis.is_some() && wanted.is_none() }
    }

    /// Number of places, the unknown included; 1 without an axis.
    fn places(&self) -> usize {
        if self.axis.is_none() { 1 } else { self.values.len() + usize::from(self.has_unknown) }
    }

    /// Where a training falls.
    fn of(&self, row: &Row, referential: &Referential, places: &mut Vec<usize>) {
        places.clear();
        let Some(axis) = self.axis else {
            places.push(0);
            return;
        };
        let bits = row.bits(axis.facet(), referential);
        places.extend(self.masks.iter().enumerate().filter(|(_, mask)| bits & **mask != 0).map(|(at, _)| at));
        if bits == 0 && self.has_unknown {
            places.push(self.values.len());
        }
    }

    /// The values, then the unknown.
    fn labels(&self) -> Vec<AxisValue> {
        let unknown = AxisValue { id: None, label: "Non précisé".to_owned(), selects: Vec::new() };
        self.values.iter().cloned().chain(self.has_unknown.then_some(unknown)).collect()
    }
}

/// Cells under construction, and for each the organisations met.
struct Sums {
    cells: Vec<Cell>,
    providers: Vec<u64>,
    words: usize,
}

impl Sums {
    fn new(cells: usize, providers: usize) -> Self {
        let words = providers.div_ceil(64).max(1);
        Self { cells: vec![Cell::default(); cells], providers: vec![0; cells * words], words }
    }

    fn add(&mut self, place: usize, row: &Row) {
        let cell = &mut self.cells[place];
        cell.trainings += 1;
        if let Some(hours) = row.hours {
            cell.timed += 1;
            cell.hours += f64::from(hours);
        }
        if let Some(price) = row.price_eur {
            cell.priced += 1;
            if price == 0.0 {
                cell.free += 1;
            } else {
                cell.lowest_price_eur = Some(cell.lowest_price_eur.map_or(price, |low| low.min(price)));
            }
        }
        self.providers[place * self.words + row.provider as usize / 64] |= 1 << (row.provider % 64);
    }

    fn finish(mut self) -> Vec<Cell> {
        for (cell, providers) in self.cells.iter_mut().zip(self.providers.chunks(self.words)) {
            // Durations are kept as f32, to the minute: what is below is noise.
            cell.hours = (cell.hours * 100.0).round() / 100.0;
            cell.providers = providers.iter().map(|word| u64::from(word.count_ones())).sum();
        }
        self.cells
    }
}

fn cross(
    offer: &Offer,
    rows: &[u32],
    referential: &Referential,
    selection: &Selection,
    axes: Axes,
) -> Vec<Matrix> {
    let [lines, columns, multiples] =
        [Some(axes.rows), Some(axes.columns), axes.by].map(|axis| Layer::new(axis, selection, referential));
    let (height, width) = (lines.places() + 1, columns.places() + 1);
    let mut sums = Sums::new(multiples.places() * height * width, offer.providers.len());
    let [mut at_line, mut at_column, mut at_multiple] = [const { Vec::new() }; 3];
    for row in rows.iter().map(|place| &offer.rows[*place as usize]) {
        lines.of(row, referential, &mut at_line);
        columns.of(row, referential, &mut at_column);
        multiples.of(row, referential, &mut at_multiple);
        // A training out of the values shown on an axis is out of the selection.
        if at_line.is_empty() || at_column.is_empty() || at_multiple.is_empty() {
            continue;
        }
        at_line.push(height - 1);
        at_column.push(width - 1);
        for multiple in &at_multiple {
            for line in &at_line {
                let start = (multiple * height + line) * width;
                at_column.iter().for_each(|column| sums.add(start + column, row));
            }
        }
    }
    let cells = sums.finish();
    let values = multiples.labels();
    let by = values.into_iter().map(Some).chain(multiples.axis.is_none().then_some(None));
    let matrices = by.zip(cells.chunks(height * width)).map(|(by, cells)| {
        let lines_of = cells.chunks(width).map(<[Cell]>::to_vec).collect();
        trimmed(Matrix { by, rows: lines.labels(), columns: columns.labels(), lines: lines_of })
    });
    matrices
        .filter(|matrix| matrix.by.as_ref().is_none_or(|by| by.id.is_some() || matrix.total().trainings > 0))
        .collect()
}

/// The matrix without the row or the column of the unknown when nothing is unknown.
fn trimmed(mut matrix: Matrix) -> Matrix {
    let last = matrix.rows.len() - usize::from(!matrix.rows.is_empty());
    let is_useless =
        |value: Option<&AxisValue>, total: u64| value.is_some_and(|value| value.id.is_none()) && total == 0;
    if is_useless(matrix.rows.last(), matrix.lines[last].last().map_or(0, |cell| cell.trainings)) {
        matrix.rows.pop();
        matrix.lines.remove(last);
    }
    let last = matrix.columns.len() - usize::from(!matrix.columns.is_empty());
    let totals = matrix.lines.last().map_or(0, |line| line[last].trainings);
    if is_useless(matrix.columns.last(), totals) {
        matrix.columns.pop();
        matrix.lines.iter_mut().for_each(|line| {
            line.remove(last);
        });
    }
    matrix
}

/// What a matrix shows at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Finding {
    /// Cells of known values in which there is no training.
    pub empty: usize,
    /// Cells of known values.
    pub cells: usize,
    /// Place of the fullest cell of known values, and its number of trainings.
    pub fullest: Option<(usize, usize, u64)>,
    /// Place of the rows of known values with the fewest trainings.
    pub poorest_row: Option<(usize, u64)>,
}

impl Matrix {
    /// What the matrix shows at a glance, on known values.
    pub fn finding(&self) -> Finding {
        let counts = self.known_counts();
        let mut finding = Finding::default();
        for (line, cells) in counts.iter().enumerate() {
            for (column, trainings) in cells.iter().enumerate() {
                finding.cells += 1;
                finding.empty += usize::from(*trainings == 0);
                if *trainings > finding.fullest.map_or(0, |(_, _, most)| most) {
                    finding.fullest = Some((line, column, *trainings));
                }
            }
            let total = self.lines[line].last().map_or(0, |cell| cell.trainings);
            if finding.poorest_row.is_none_or(|(_, least)| total < least) {
                finding.poorest_row = Some((line, total));
            }
        }
        finding
    }
}
