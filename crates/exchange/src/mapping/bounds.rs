//! Columns in pairs that give the least and the most of a duration or of a price: « nombre_heures_total_min » and
//! « nombre_heures_total_max » of the open catalogue of Mon Compte Formation. A value is taken when both are the same.
//! Absent: ranges inside one cell (see `durations`).

use catalogue::slug;

use super::texts::text;
use super::{Mapping, Target, Unit, names, taxes, values};
use crate::table::Cell;

/// What roundings may make of two equal amounts.
const NEAR: f64 = 0.005;

impl Mapping {
    /// Takes the pairs of columns of a duration or of a price that no column gives by itself.
    pub(super) fn take_bounds(&mut self) {
        let columns: Vec<String> = self.column.iter().map(|column| column.name.clone()).collect();
        for (at, name) in columns.iter().enumerate() {
            let Some((base, most)) = pair(name, &columns) else { continue };
            let target = names::target(&base).filter(|target| target.alternates());
            let is_free = |column: &super::Column| column.field.is_none() && column.doubt.is_none();
            let is_given = self.column.iter().any(|column| column.field.is_some() && column.field == target);
            if target.is_none() || is_given || !is_free(&self.column[at]) {
                continue;
            }
            let column = &mut self.column[at];
            column.field = target;
            column.unit = names::unit(&base).filter(|_| target == Some(Target::Duration));
            column.without_taxes = target == Some(Target::Price) && taxes::is_without(&base);
            column.up_to = Some(most);
        }
    }
}

/// What a column gives the least of, folded, and the column that gives the most of it.
fn pair(name: &str, columns: &[String]) -> Option<(String, String)> {
    let folded = slug(name);
    let base = folded.strip_suffix("-min")?;
    let most = columns.iter().find(|other| slug(other) == format!("{base}-max"))?;
    Some((base.to_owned(), most.clone()))
}

/// A range in words, when the least and the most differ.
pub(super) fn range(target: Target, unit: Option<Unit>, least: &Cell, most: &Cell) -> Option<Cell> {
    let (low, high) = (text(least)?, text(most)?);
    let is_same =
        values::number(&low).zip(values::number(&high)).is_some_and(|(low, high)| (low - high).abs() < NEAR);
    let words = match (target, unit) {
        (Target::Price, _) => " €",
        (_, Some(Unit::Hours)) => " heures",
        (_, Some(Unit::Days)) => " jours",
        (_, Some(Unit::Minutes)) => " minutes",
        (_, None) => "",
    };
    (!is_same).then(|| Cell::Text(format!("{low} à {high}{words}")))
}
