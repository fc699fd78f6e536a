//! One file for each command. Absent: their definition (see `cli`).

mod backup;
mod check;
mod community;
mod completions;
mod export;
mod gaps;
mod generate;
mod import;
mod man;
mod personas;
mod plan;
mod recommend;
mod references;
mod report;
mod revisions;
mod search;
mod serve;
mod simulate;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use actions::import::Signature;
use catalogue::Referential;
use catalogue::french::quoted;
use catalogue::persona::Persona;
use store::Store;
use tokio::runtime::{Builder, Runtime};

use crate::cli::{self, Cli, Command};
use crate::failure::Failure;
use crate::{reference, terminal};

/// Runs a command.
pub fn run(cli: Cli) -> Result<ExitCode, Failure> {
    let data_dir = DataDir(cli.data_dir);
    match cli.command {
        Command::Completions(asked) => completions::run(&asked),
        Command::Man(asked) => man::run(&asked),
        Command::Reference => terminal::print(&reference::markdown()).map(|()| ExitCode::SUCCESS),
        Command::Serve(asked) => serve::run(&asked, &data_dir.path()?),
        Command::Generate(asked) => wait(generate::run(&asked)),
        Command::Search(asked) => wait(search::run(&asked, &data_dir.path()?)),
        Command::Export(asked) => wait(export::run(&asked, &data_dir.path()?)),
        Command::Import(asked) => wait(import::run(&asked, &data_dir.path()?)),
        Command::Revisions(asked) => wait(revisions::run(&asked, &data_dir.path()?)),
        Command::References(asked) => wait(references::run(&asked, &data_dir.path()?)),
        Command::Gaps(asked) => wait(gaps::run(&asked, &data_dir.path()?)),
        // A planning instance needs no data directory.
        Command::Plan(asked) => wait(plan::run(&asked, data_dir.path().ok().as_deref())),
        Command::Recommend(asked) => wait(recommend::run(&asked, &data_dir.path()?)),
        Command::Simulate(asked) => wait(simulate::run(&asked, &data_dir.path()?)),
        Command::Report(asked) => wait(report::run(&asked, &data_dir.path()?)),
        Command::Personas(asked) => wait(personas::run(&asked, &data_dir.path()?)),
        Command::Community(asked) => wait(community::run(&asked, &data_dir.path()?)),
        Command::Backup(asked) => wait(backup::run(&asked, &data_dir.path()?)),
        Command::Check(asked) => wait(check::run(&asked, &data_dir.path()?)),
    }
}

/// Where the catalogue is: as asked, or where the platform keeps data.
struct DataDir(Option<PathBuf>);

impl DataDir {
    fn path(self) -> Result<PathBuf, Failure> {
        let of = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let chosen = self.0.filter(|path| !path.as_os_str().is_empty());
        chosen.or_else(|| actions::default_data_dir(of("XDG_DATA_HOME"), of("HOME"))).ok_or_else(no_data_dir)
    }
}

fn no_data_dir() -> Failure {
    Failure::wrong_use("aucun dossier de données n’est connu", "désignez-en un par --data-dir")
}

/// A runtime for one command.
fn runtime() -> Result<Runtime, Failure> {
    Ok(Builder::new_multi_thread().enable_all().build()?)
}

fn wait(command: impl Future<Output = Result<ExitCode, Failure>>) -> Result<ExitCode, Failure> {
    runtime()?.block_on(command)
}

/// Opens what a command that only reads is to read; when it is the built-in catalogue, says what `then`
/// says.
async fn open_to_read(data_dir: &Path, then: &str) -> Result<Store, Failure> {
    let (store, is_builtin) = actions::open_to_read(data_dir).await?;
    if is_builtin {
        let note = format!("Il n’y a pas encore de catalogue dans « {} » : {then}\n", data_dir.display());
        eprint!("{}", terminal::typeset(&terminal::wrapped(&note, 0)));
    }
    Ok(store)
}

/// What a search or an export answers from when there is no catalogue yet.
const FROM_BUILTIN: &str = "la réponse vient de celui qui est livré avec le programme. « parcours serve » et \
                            « parcours import » créent ce dossier.";

/// Who publishes: as asked, or the name of the account.
fn signature(asked: &cli::Signature, message: String) -> Signature {
    Signature { author: author(asked.author.as_deref()), message: asked.message.clone().unwrap_or(message) }
}

/// A name as asked, or that of the account.
fn author(asked: Option<&str>) -> String {
    let account = || ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| env::var(name).ok());
    let author = asked.map(str::to_owned).or_else(account).filter(|author| !author.trim().is_empty());
    author.unwrap_or_else(|| "inconnu".to_owned())
}

/// The persona of an identifier.
async fn persona(store: &Store, id: &str, referential: &Referential) -> Result<Persona, Failure> {
    let all = actions::personas::in_place(store, referential).await?;
    let known: Vec<String> = all.iter().map(|(persona, _)| persona.id.clone()).collect();
    let found = all.into_iter().map(|(persona, _)| persona).find(|persona| persona.id == id);
    found.ok_or_else(|| {
        let message = format!("aucun persona n’a l’identifiant {}", quoted(id));
        Failure::wrong_use(message, format!("personas connus : {}", known.join(", ")))
    })
}
