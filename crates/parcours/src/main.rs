//! The program `parcours`: reads the command line, runs one command, tells how it ended.
//!
//! Exit codes: 0 done, 1 failed, 2 wrong use. Absent: rules of the domain (see the crate `catalogue`),
//! what commands do (see the crate `actions`).

mod cli;
mod commands;
mod failure;
mod reference;
mod selecting;
mod settings;
mod terminal;
mod usage;

use std::process::ExitCode;

use clap::Parser;

use cli::Cli;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage::tell(&error),
    };
    terminal::start_log(cli.log.as_deref());
    match commands::run(cli) {
        Ok(code) => code,
        Err(failure) => failure.tell(),
    }
}
