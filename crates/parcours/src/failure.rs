//! How a command that does not succeed ends: a message, a remedy, an exit code.
//! Absent: why it fails (see `actions::ActionError`).

use std::io;
use std::process::ExitCode;

use actions::ActionError;
use catalogue::{SelectionError, system};
use store::StoreError;

use crate::terminal::typeset;

/// A command that failed (1) or was used wrongly (2).
#[derive(Debug)]
pub struct Failure {
    code: u8,
    message: String,
    remedy: String,
}

impl Failure {
    /// What was asked could not be done.
    pub fn failed(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { code: 1, message: message.into(), remedy: remedy.into() }
    }

    /// What was asked makes no sense.
    pub fn wrong_use(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { code: 2, message: message.into(), remedy: remedy.into() }
    }

    /// The same failure, with another remedy if its own names a command.
    pub fn with_remedy_instead_of(mut self, command: &str, remedy: &str) -> Self {
        if self.remedy.contains(command) {
            self.remedy = remedy.to_owned();
        }
        self
    }

    /// Tells it on stderr; gives the exit code.
    pub fn tell(&self) -> ExitCode {
        let mut text = format!("Erreur : {}.\n", self.message.trim_end_matches('.'));
        if !self.remedy.is_empty() {
            text.push_str(&format!("Remède : {}.\n", self.remedy.trim_end_matches('.')));
        }
        eprint!("{}", typeset(&text));
        ExitCode::from(self.code)
    }
}

impl From<ActionError> for Failure {
    fn from(error: ActionError) -> Self {
        let remedy = error.remedy();
        match error {
            ActionError::Selection(_)
            | ActionError::UnknownFormat(_)
            | ActionError::NotOurArchive(_)
            | ActionError::UnknownOutput(_)
            | ActionError::UnknownReport(_)
            | ActionError::Exists(_)
            | ActionError::Taken(_) => Self::wrong_use(error.to_string(), remedy),
            _ => Self::failed(error.to_string(), remedy),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        if let StoreError::Exists(_) | StoreError::NoRelay(_) | StoreError::CommunityRefused(_) = &error {
            return Self::wrong_use(error.to_string(), error.remedy());
        }
        ActionError::from(error).into()
    }
}

impl From<SelectionError> for Failure {
    fn from(error: SelectionError) -> Self {
        ActionError::from(error).into()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::failed(
            format!("l’écriture a échoué : {}", system::in_french(&error)),
            "vérifiez la place et les droits",
        )
    }
}
