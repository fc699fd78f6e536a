//! The real program in directories of its own: what it prints, its exit codes, what it leaves untouched.
//! Absent: pages (see the crate `web` and `tests/browser`).

mod again;
mod community;
mod drafts;
mod files;
mod help;
mod lheo;
mod needs;
mod pathways;
mod plan;
mod references;
mod report;
mod serving;
mod simulate;
mod tables;
mod workshop;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A directory of data and of files for one test.
struct Home {
    directory: TempDir,
}

/// What a run left.
#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Home {
    fn new() -> Self {
        Self { directory: TempDir::new().expect("a directory") }
    }

    /// With a data directory that holds the built-in catalogue and nothing else.
    fn seeded() -> Self {
        let home = Self::new();
        home.write("rien.jsonl", "");
        home.check("import rien.jsonl", 0);
        std::fs::remove_file(home.path("rien.jsonl")).expect("removed");
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn command(&self) -> Command {
        let mut command = program();
        command.env("PARCOURS_DATA_DIR", self.path("data")).current_dir(self.directory.path());
        command
    }

    fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ran {
        Ran::new(self.command().args(arguments).output().expect("the program runs"))
    }

    /// Runs a line of words and expects an exit code; gives what was printed.
    #[track_caller]
    fn check(&self, line: &str, code: i32) -> Ran {
        let ran = self.run(line.split_whitespace());
        assert_eq!(ran.code, code, "parcours {line}\n{ran:?}");
        ran
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("written");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("a readable file")
    }
}

impl Ran {
    fn new(output: Output) -> Self {
        let text =
            |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8").replace(['\u{202f}', '\u{a0}'], " ");
        Self { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// The program, without any setting of the environment.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parcours"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PARCOURS_") {
            command.env_remove(name);
        }
    }
    command.env("USER", "essai").stdin(std::process::Stdio::null());
    command
}

/// Names and bytes of the files of a directory.
fn contents(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = std::fs::read_dir(directory).expect("a directory");
    let mut files: Vec<(PathBuf, Vec<u8>)> = entries
        .map(|entry| entry.expect("a readable entry").path())
        .map(|path| (path.clone(), std::fs::read(path).unwrap_or_default()))
        .collect();
    files.sort();
    files
}
