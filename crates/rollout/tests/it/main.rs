//! The simulation through its doors: against sums, against figures worked by hand, against a slow one of its own.

mod apportioning;
mod by_hand;
mod cascades;
mod conservation;
mod errors;
mod mixes;
mod people;
mod same;
mod sensitivities;
mod support;
