//! What is written for people: stdout that may be closed, progress and questions on a terminal, texts
//! cut to a width. Absent: what is said.

use std::io::{self, BufRead, ErrorKind, IsTerminal, Write};
use std::sync::Arc;
use std::time::Duration;

use actions::{Progress, Watcher};
use catalogue::french::{NARROW, NO_BREAK};
use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use tracing_subscriber::EnvFilter;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::failure::Failure;
use crate::settings::LOG;

/// Columns of the widest page of text.
const WIDEST: usize = 80;
/// Columns of the narrowest page of text.
const NARROWEST: usize = 40;

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

/// Columns to write on: those of the terminal, or of the variable `COLUMNS`, between [`NARROWEST`] and
/// [`WIDEST`], which is also for those who are not a terminal.
pub fn width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(columns, _)| usize::from(columns.0));
    let seen = if io::stdout().is_terminal() { seen() } else { None };
    asked.or(seen).unwrap_or(WIDEST).clamp(NARROWEST, WIDEST)
}

/// A text cut to a number of columns, padded to it; letters of two columns (Chinese, emoji) count as two.
pub fn cell(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned() + &" ".repeat(columns - text.width());
    }
    let mut cut = String::new();
    for letter in text.chars() {
        if cut.width() + letter.width().unwrap_or(0) >= columns {
            break;
        }
        cut.push(letter);
    }
    cut.push('…');
    let padding = columns.saturating_sub(cut.width());
    cut + &" ".repeat(padding)
}

/// A text on lines of at most [`width`] columns, each after an indent.
pub fn wrapped(text: &str, indent: usize) -> String {
    let (mut lines, mut line, columns) = (String::new(), String::new(), width());
    let is_space = |c: char| c.is_whitespace() && c != NO_BREAK && c != NARROW;
    // Plain spaces of French punctuation do not break either: they become narrow ones when written.
    let text = typeset(text);
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !line.is_empty() && indent + line.width() + 1 + word.width() > columns {
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

#[cfg(test)]
mod tests {
    use super::cell;

    fn check(text: &str, columns: usize, expect: &str) {
        assert_eq!(cell(text, columns), expect);
    }

    #[test]
    fn a_cell_is_as_wide_as_asked() {
        check("été", 5, "été  ");
        check("étés longs", 5, "étés…");
        check("数据分析", 8, "数据分析");
        check("数据分析", 6, "数据… ");
        check("数据分析", 5, "数据…");
    }
}
