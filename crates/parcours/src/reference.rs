//! The reference of commands in Markdown, from the definitions that the program runs on: it fills
//! `docs/reference/commands.md`. Absent: guides.

use clap::builder::StyledStr;
use clap::{Arg, Command, CommandFactory};

use crate::cli::Cli;
use crate::settings::SETTINGS;

/// The whole reference.
pub fn markdown() -> String {
    let mut root = Cli::command();
    root.build();
    let mut text = String::from(
        "# Commands\n\nWritten by `UPDATE_DOCS=1 cargo test -p parcours` from the definitions in \
         `crates/parcours/src/cli.rs`; help is in French, as on screens. Exit codes: 0 done, 1 failed, 2 wrong use. \
         Errors go to stderr: what happened, then « Remède ».\n\n## Settings\n\n\
         | option | variable | default | what it is for |\n|---|---|---|---|\n",
    );
    for setting in &SETTINGS {
        text.push_str(&format!(
            "| `--{}` | `{}` | {} | {} |\n",
            setting.option, setting.variable, setting.default, setting.about
        ));
    }
    for command in root.get_subcommands().filter(|command| !command.is_hide_set()) {
        section(command, "parcours", &mut text);
    }
    text
}

fn section(command: &Command, parent: &str, text: &mut String) {
    let name = format!("{parent} {}", command.get_name());
    text.push_str(&format!("\n## `{name}`\n\n{}.\n", plain(command.get_about())));
    if let Some(notes) = command.get_after_help() {
        text.push_str(&format!("\n{notes}\n"));
    }
    let own = |arg: &&Arg| !arg.is_global_set() && arg.get_id() != "help" && !arg.is_hide_set();
    let arguments: Vec<&Arg> = command.get_arguments().filter(own).collect();
    if !arguments.is_empty() {
        text.push_str("\n| argument | what it is for |\n|---|---|\n");
        for argument in arguments {
            text.push_str(&format!(
                "| `{}` | {} |\n",
                written(argument).replace('|', "\\|"),
                plain(argument.get_help())
            ));
        }
    }
    for under in command.get_subcommands().filter(|under| !under.is_hide_set()) {
        section(under, &name, text);
    }
}

fn written(argument: &Arg) -> String {
    let values: Vec<&str> =
        argument.get_value_names().unwrap_or_default().iter().map(|name| name.as_str()).collect();
    let value = if argument.get_action().takes_values() { values.join(" ") } else { String::new() };
    match argument.get_long() {
        Some(long) => format!("--{long} {value}").trim_end().to_owned(),
        None => value,
    }
}

/// A help text in one cell of a table.
fn plain(help: Option<&StyledStr>) -> String {
    help.map(ToString::to_string).unwrap_or_default().replace('|', "\\|").replace('\n', " ")
}
