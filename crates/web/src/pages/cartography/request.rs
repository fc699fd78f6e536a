//! What the address of a cartography asks, and addresses written back. Absent: counting, drawing.

use catalogue::{Axes, Axis, AxisValue, Cell, Facet, Matrix, Measure, Selection};

use super::PATH;
use super::unknown::{FIELD, WITHOUT};
use crate::address;
use crate::errors::{Code, Failure};
use crate::pages::choices::Choice;
use crate::visit::Visit;

/// Names of the page's own parameters.
pub(crate) const OWN: [&str; 5] = ["lignes", "colonnes", "par", "mesure", "part"];

/// What a figure is shown as a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proportion {
    /// Of its row's total.
    Row,
    /// Of its column's total.
    Column,
}

const PROPORTIONS: [(Proportion, &str, &str); 2] =
    [(Proportion::Row, "ligne", "de la ligne"), (Proportion::Column, "colonne", "de la colonne")];

impl Proportion {
    fn name(self) -> &'static str {
        PROPORTIONS[self as usize].1
    }

    /// « de la ligne ».
    pub(super) fn told(self) -> &'static str {
        PROPORTIONS[self as usize].2
    }

    /// The options of the form.
    pub(super) fn choices(chosen: Option<Self>) -> Vec<Choice> {
        let choice = |(one, name, _): (Self, _, _)| {
            let label = if one == Self::Row { "Part de la ligne" } else { "Part de la colonne" };
            Choice::new(name, label, chosen == Some(one))
        };
        PROPORTIONS.into_iter().map(choice).collect()
    }
}

/// A cartography asked for.
pub(super) struct Request {
    /// Trainings it bears on.
    pub selection: Selection,
    /// Its axes.
    pub axes: Axes,
    /// What cells are read for.
    pub measure: Measure,
    /// What figures are shown as a part of.
    pub proportion: Option<Proportion>,
}

impl Request {
    /// Axes of the page when the address names none.
    const USUAL: Axes =
        Axes { rows: Axis::Facet(Facet::Theme), columns: Axis::Facet(Facet::Audience), by: None };

    /// What an address asks.
    pub(super) fn read(visit: &Visit) -> Result<Self, Failure> {
        let axis =
            |name: &'static str| one(visit, name, Axis::named, || Axis::all().map(Axis::name).collect());
        let measures = || Measure::all().map(Measure::name).collect();
        let proportions = || PROPORTIONS.iter().map(|(_, name, _)| *name).collect();
        let proportion =
            |value: &str| PROPORTIONS.iter().find(|(_, name, _)| *name == value).map(|row| row.0);
        Ok(Self {
            axes: Axes {
                rows: axis("lignes")?.unwrap_or(Self::USUAL.rows),
                columns: axis("colonnes")?.unwrap_or(Self::USUAL.columns),
                by: axis("par")?,
            },
            measure: one(visit, "mesure", Measure::named, measures)?.unwrap_or_default(),
            proportion: one(visit, "part", proportion, proportions)?,
            selection: visit.selection_beside(&OWN)?,
        })
    }

    /// The matrices of the snapshot.
    pub(super) fn matrices(&self, visit: &Visit) -> Result<Vec<Matrix>, Failure> {
        let matrices = visit.snapshot.cartography(&self.selection, self.axes);
        matrices.map_err(|error| Failure::of_selection(visit, &error))
    }

    /// The page's own pairs, those that are not the usual ones.
    pub(super) fn own_pairs(&self) -> Vec<(&'static str, &'static str)> {
        let mut pairs = Vec::new();
        if self.axes.rows != Self::USUAL.rows {
            pairs.push(("lignes", self.axes.rows.name()));
        }
        if self.axes.columns != Self::USUAL.columns {
            pairs.push(("colonnes", self.axes.columns.name()));
        }
        pairs.extend(self.axes.by.map(|by| ("par", by.name())));
        if self.measure != Measure::default() {
            pairs.push(("mesure", self.measure.name()));
        }
        pairs.extend(self.proportion.map(|part| ("part", part.name())));
        pairs
    }

    /// This cartography at a path: the page, its twin, its export.
    pub(super) fn at(&self, path: &str) -> String {
        let own = self.own_pairs();
        let pairs = self.selection.pairs();
        let filters = pairs.iter().map(|(name, value)| (*name, value.as_str()));
        address::with_pairs(path, own.into_iter().chain(filters))
    }

    /// The matrix of a value of the third axis, alone; none for the unknown.
    pub(super) fn alone(&self, value: &AxisValue) -> Option<String> {
        let selection = self.axes.narrowed(&self.selection, [None, None, Some(value)])?;
        let axes = Axes { by: None, ..self.axes };
        let alone = Self { selection, axes, measure: self.measure, proportion: self.proportion };
        Some(alone.at(PATH))
    }

    /// The trainings of a cell: the explorer on them, or the page of those that have no value.
    pub(super) fn trainings(&self, values: [Option<&AxisValue>; 3]) -> String {
        if let Some(cell) = self.axes.narrowed(&self.selection, values) {
            return address::of(address::TRAININGS, &cell);
        }
        let (facets, known) = self.axes.unknown(&self.selection, values);
        let pairs = known.pairs();
        let filters = pairs.iter().map(|(name, value)| (*name, value.as_str()));
        address::with_pairs(WITHOUT, filters.chain(facets.iter().map(|facet| (FIELD, facet.name()))))
    }

    /// The figure of a cell; `None` when it is unknown.
    pub(super) fn figure(measure: Measure, cell: &Cell) -> Option<f64> {
        match measure {
            Measure::Trainings => Some(cell.trainings as f64),
            Measure::Providers => Some(cell.providers as f64),
            Measure::Hours => (cell.timed > 0 || cell.trainings == 0).then_some(cell.hours),
            Measure::Free => (cell.priced > 0 || cell.trainings == 0).then_some(cell.free as f64),
            Measure::LowestPrice => cell.lowest_price_eur.map(f64::from),
        }
    }
}

/// The value of a parameter that is given once at most.
fn one<T>(
    visit: &Visit,
    name: &'static str,
    read: impl Fn(&str) -> Option<T>,
    known: impl Fn() -> Vec<&'static str>,
) -> Result<Option<T>, Failure> {
    let mut values = visit.values(name);
    let Some(value) = values.next() else { return Ok(None) };
    let refused = |message: String| {
        let mut failure = Failure::new(Code::BadValue, message);
        failure.parameters = vec![name.to_owned()];
        failure.known = known().into_iter().map(str::to_owned).collect();
        failure.leading("La cartographie habituelle", PATH.to_owned())
    };
    if values.next().is_some() {
        return Err(refused(format!(
            "«\u{202f}{name}\u{202f}» est donné plusieurs fois\u{202f}: gardez-en un."
        )));
    }
    let shown: String = value.chars().filter(|letter| !letter.is_control()).take(60).collect();
    let unknown =
        || refused(format!("«\u{202f}{name}\u{202f}» ne peut pas valoir «\u{202f}{shown}\u{202f}»."));
    read(value.trim()).map(Some).ok_or_else(unknown)
}
