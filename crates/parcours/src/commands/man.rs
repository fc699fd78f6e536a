//! `parcours man`: pages of manual, from the same definitions as the help. Absent: installing them.

use std::fs;
use std::io;
use std::process::ExitCode;

use catalogue::system;
use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::cli::{self, Cli};
use crate::failure::Failure;
use crate::terminal;

/// Headings that the generator writes in English.
const HEADINGS: [(&str, &str); 5] = [
    (".SH NAME\n", ".SH NOM\n"),
    (".SH SUBCOMMANDS\n", ".SH COMMANDES\n"),
    (".SH EXTRA\n", ".SH NOTES\n"),
    (".SH AUTHORS\n", ".SH AUTEURS\n"),
    ("\nSubcommands:\n", "\nCommandes :\n"),
];

pub fn run(asked: &cli::Man) -> Result<ExitCode, Failure> {
    let mut root = Cli::command();
    root.build();
    let Some(directory) = &asked.out else {
        terminal::print(&page(root)?)?;
        return Ok(ExitCode::SUCCESS);
    };
    let file = |error: io::Error| {
        let message = format!("« {} » : {}", directory.display(), system::in_french(&error));
        Failure::failed(message, "vérifiez le chemin et les droits")
    };
    fs::create_dir_all(directory).map_err(file)?;
    for (name, command) in pages(root, "parcours") {
        fs::write(directory.join(format!("{name}.1")), page(command)?).map_err(file)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A command and those under it that are shown, by the name of their page.
fn pages(command: Command, name: &str) -> Vec<(String, Command)> {
    let under: Vec<Command> =
        command.get_subcommands().filter(|under| !under.is_hide_set()).cloned().collect();
    let mut pages = vec![(name.to_owned(), command)];
    for under in under {
        let name = format!("{name}-{}", under.get_name());
        pages.extend(self::pages(under, &name));
    }
    pages
}

fn page(command: Command) -> io::Result<String> {
    let mut bytes = Vec::new();
    Man::new(command).render(&mut bytes)?;
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    for (english, french) in HEADINGS {
        text = text.replace(english, french);
    }
    Ok(text)
}
