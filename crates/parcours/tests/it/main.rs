//! The program from outside, and the rules of the house. Absent: what each crate tests by itself.

mod cli;
mod docs;
mod real;
mod tidy;
