//! How right proposals were on the catalogue that is shipped, as `data/proposals.csv` keeps it: providers hidden
//! together, 10 parts. A test measures it anew. Absent: the measure itself (see `quality`).

use std::sync::OnceLock;

use crate::evidence::Field;

/// How right the proposals for one field were.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The field.
    pub field: Field,
    /// Values that editors wrote.
    pub written: u64,
    /// Values proposed.
    pub proposed: u64,
    /// Share of right values among those proposed, 0 to 1, to the thousandth.
    pub precision: f64,
    /// Share of the editors' values that were proposed, 0 to 1, to the thousandth.
    pub recall: f64,
}

/// The measure of each field whose values are proposed to those who import.
pub fn measured() -> &'static [Measured] {
    static TABLE: OnceLock<Vec<Measured>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = include_str!("../../../../data/proposals.csv").lines().skip(1);
        lines.map(|line| row(line).expect("a row of data/proposals.csv")).collect()
    })
}

fn row(line: &str) -> Option<Measured> {
    let mut cells = line.split(',');
    Some(Measured {
        field: Field::named(cells.next()?)?,
        written: cells.next()?.parse().ok()?,
        proposed: cells.next()?.parse().ok()?,
        precision: cells.next()?.parse().ok()?,
        recall: cells.next()?.parse().ok()?,
    })
}
