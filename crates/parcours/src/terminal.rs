//! What is written for people: stdout that may be closed, progress and questions on a terminal, texts
//! cut to a width. Absent: what is said.

use std::io::{self, BufRead, ErrorKind, IsTerminal, Write};
use std::sync::Arc;
use std::time::Duration;

use actions::{Progress, Watcher};
use catalogue::french::{NARROW, NO_BREAK};
use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use tracing_subscriber::EnvFilter;

use crate::failure::Failure;
use crate::settings::LOG;

/// Columns of a page of text.
pub const WIDTH: usize = 80;

/// Narrow no-break spaces where French wants them, for texts that were written with plain ones.
pub fn typeset(text: &str) -> String {
    let mut set = text.replace("« ", "«\u{202f}");
    for mark in ["»", ":", ";", "!", "?", "%"] {
        set = set.replace(&format!(" {mark}"), &format!("{NARROW}{mark}"));
    }
    set
}

/// Writes French on stdout.
pub fn say(text: &str) -> Result<(), Failure> {
    print(&typeset(text))
}

/// Writes on stdout; a reader who left early (`| head`) is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Writes a value as JSON on stdout.
pub fn print_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(io::Error::from)?;
    print(&(text + "\n"))
}

/// Sends the log to stderr; the level is one of `tracing`, or a list of directives.
pub fn start_log(level: Option<&str>) {
    let filter =
        EnvFilter::try_new(level.unwrap_or(LOG.default)).unwrap_or_else(|_| EnvFilter::new(LOG.default));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_target(false).init();
}

/// Asks a question whose answer is yes or no; `None` when nobody can answer.
pub fn confirm(question: &str) -> Result<Option<bool>, Failure> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(None);
    }
    eprint!("{question} [o/N] ");
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(Some(matches!(answer.trim().to_lowercase().as_str(), "o" | "oui")))
}

/// A bar on stderr when it is a terminal, and when the work lasts.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar of a known length, or a count when the length is 0.
    pub fn new(length: u64, what: &'static str) -> Self {
        if !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let (bar, template) = match length {
            0 => (ProgressBar::no_length(), "{spinner} {msg} {human_pos}"),
            length => (ProgressBar::new(length), "{msg} {bar:30} {human_pos}/{human_len} {eta}"),
        };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style);
        bar.set_message(what);
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    /// Shows how much is done.
    pub fn set(&self, done: u64) {
        self.0.set_position(done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Shows how a node makes its snapshot.
pub fn node_watcher() -> Watcher {
    if !io::stderr().is_terminal() {
        return Arc::new(|_| {});
    }
    let bar = ProgressBar::no_length().with_finish(ProgressFinish::AndClear);
    bar.set_style(
        ProgressStyle::with_template("{spinner} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    Arc::new(move |progress| match progress {
        Progress::Reading => bar.set_message("Lecture de l’instantané"),
        Progress::Indexing { done, total } => {
            let done = catalogue::french::integer(done);
            bar.set_message(format!("Indexation : {done} sur {}", catalogue::french::integer(total)));
            bar.tick();
        }
        Progress::Keeping => bar.set_message("Conservation de l’instantané"),
    })
}

/// A text cut to a number of columns, padded to it.
pub fn cell(text: &str, columns: usize) -> String {
    let length = text.chars().count();
    let cut: String = match length > columns {
        true => text.chars().take(columns.saturating_sub(1)).chain(['…']).collect(),
        false => text.to_owned(),
    };
    let padding = columns.saturating_sub(length);
    cut + &" ".repeat(padding)
}

/// A text on lines of at most [`WIDTH`] columns, each after an indent.
pub fn wrapped(text: &str, indent: usize) -> String {
    let (mut lines, mut line) = (String::new(), String::new());
    let is_space = |c: char| c.is_whitespace() && c != NO_BREAK && c != NARROW;
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        let length = line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && indent + length > WIDTH {
            lines.push_str(&format!("{:indent$}{line}\n", ""));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines + &format!("{:indent$}{line}\n", "")
}
