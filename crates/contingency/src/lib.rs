//! Statistics of tables of counts: shares with their interval, indices of specialisation, correspondence analysis.
//!
//! Inside: a table with its totals, the Wilson interval of a proportion, the index of a group against the whole
//! with a score interval, simple correspondence analysis and the singular values that it needs.
//! Absent: what the rows and columns mean, files, network, clock, HTML, random numbers.
//!
//! Every interval here has a level of 95 % and treats counts as draws: of things counted exhaustively, it says how much
//! a figure owes to small numbers, not how far a sample may be from a population.

mod correspondence;
mod error;
mod share;
mod singular;
mod specialisation;
mod table;

pub use correspondence::{Axis, Correspondence, Point, SHORTER_SIDE_MAX, correspondence};
pub use error::Error;
pub use share::{Share, share};
pub use specialisation::{Specialisation, Verdict, specialisation};
pub use table::{COLUMNS_MAX, ROWS_MAX, TOTAL_MAX, Table};

/// The 97.5th percentile of the standard normal law: two-sided intervals at 95 %.
const Z: f64 = 1.959_963_984_540_054;
