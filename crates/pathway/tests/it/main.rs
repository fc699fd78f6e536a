//! The engine through its doors, against exhaustive search and against the checker.

mod balanced;
mod exhaustive;
mod limits;
mod scheduled;
mod threads;
