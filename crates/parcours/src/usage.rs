//! Wrong uses of the command line, said in French. Absent: the definition of the command line (see
//! `cli`).

use std::process::ExitCode;

use catalogue::french::{list, quoted};
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::failure::Failure;
use crate::terminal;

/// Tells what is wrong, or shows the help or the version that was asked for.
pub fn tell(error: &Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // Nobody is left to read the help when the pipe is closed.
            let _ = terminal::say(&spaced(&error.render().to_string()));
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprint!("{}", spaced(&error.render().to_string()));
            ExitCode::from(2)
        }
        _ => Failure::wrong_use(message(error), remedy(error)).tell(),
    }
}

/// The help with a no-break space before the colon of its headings.
fn spaced(help: &str) -> String {
    let line = |line: &str| match line.strip_suffix(":\n").filter(|heading| !heading.starts_with(' ')) {
        Some(heading) => format!("{}\u{a0}:\n", heading.trim_end()),
        None => line.to_owned(),
    };
    help.split_inclusive('\n').map(line).collect()
}

fn message(error: &Error) -> String {
    let argument = quoted(&said(error, ContextKind::InvalidArg));
    let value = quoted(&said(error, ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("la commande {} n’existe pas", quoted(&said(error, ContextKind::InvalidSubcommand)))
        }
        ErrorKind::UnknownArgument => format!("l’option ou l’argument {argument} n’existe pas ici"),
        ErrorKind::InvalidValue if said(error, ContextKind::InvalidValue).is_empty() => {
            format!("{argument} attend une valeur")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{argument} n’accepte pas la valeur {value}")
        }
        ErrorKind::MissingRequiredArgument => format!("il manque {argument}"),
        ErrorKind::ArgumentConflict => {
            let other = quoted(&said(error, ContextKind::PriorArg));
            match argument == other {
                true => format!("{argument} est donné plusieurs fois"),
                false => format!("{argument} ne va pas avec {other}"),
            }
        }
        ErrorKind::MissingSubcommand => "il manque une commande".to_owned(),
        ErrorKind::InvalidUtf8 => "un argument n’est pas écrit en UTF-8".to_owned(),
        _ => format!("la commande est mal écrite ({})", error.kind()),
    }
}

fn remedy(error: &Error) -> String {
    let known = said(error, ContextKind::ValidValue);
    if !known.is_empty() && error.kind() == ErrorKind::InvalidValue {
        return format!("choisissez parmi {known}");
    }
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(near) = near.into_iter().find_map(|kind| error.get(kind)) {
        let near: Vec<String> = match near {
            ContextValue::Strings(texts) => texts.iter().map(|text| quoted(text)).collect(),
            other => vec![quoted(&other.to_string())],
        };
        return format!("vouliez-vous {} ? Sinon, voyez « parcours --help »", list(&near, "ou"));
    }
    "« parcours --help » et « parcours COMMANDE --help » donnent l’emploi".to_owned()
}

fn said(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => list(texts, "et"),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}
