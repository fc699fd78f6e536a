//! Verifying a data directory as a whole: the store's own findings, then rows that no longer parse,
//! cached snapshots, the standing of the built-in catalogue. Absent: repairs.

use std::path::Path;

use catalogue::certification::Certifications;
use catalogue::french::counted;
use catalogue::{Referential, Training};
use store::{CommunityStore, Finding, Severity, Store, StoreError};

use crate::builtin::{self, Standing};
use crate::cache::{CACHED_MIN, Cache};
use crate::certifications::Citations;
use crate::error::ActionError;

/// Rows that no longer parse which are told one by one.
const LISTED: usize = 20;

/// What a check found.
#[derive(Debug, Clone)]
pub struct Checkup {
    /// Number of the latest revision; 0 before any.
    pub revision: i64,
    /// Trainings in it.
    pub total: i64,
    /// What is wrong or worth knowing, errors first.
    pub findings: Vec<Finding>,
}

impl Checkup {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }
}

/// What is wrong with the community that stands beside the catalogue, when there is one.
async fn community(data_dir: &Path) -> Vec<Finding> {
    let checked = async {
        let Some(own) = CommunityStore::open_existing(data_dir).await? else { return Ok(Vec::new()) };
        let findings = own.check().await;
        own.close().await;
        findings
    };
    checked.await.unwrap_or_else(|error: StoreError| {
        vec![Finding {
            severity: Severity::Error,
            problem: format!("la communauté ne peut pas être lue : {error}"),
            remedy: "remettez en place un fichier écrit par « parcours community export »".to_owned(),
        }]
    })
}

/// Checks a data directory that exists, without changing it.
///
/// # Errors
/// When there is no catalogue there, or it cannot be read at all.
pub async fn check(data_dir: &Path) -> Result<Checkup, ActionError> {
    let is_hollow = is_hollow(data_dir);
    let store = Store::open_to_read(data_dir).await?;
    let mut findings = store.check().await?;
    let damaged = !findings.is_empty();
    findings.extend(community(data_dir).await);
    let latest = store.latest().await?;
    if let Some(latest) = &latest
        && !damaged
    {
        let directory = store.certifications().await?.map(|(_, directory)| directory);
        findings.extend(rows(&store, latest.id, directory.as_ref()).await?);
    }
    let cache = Cache::new(data_dir, &Referential::builtin());
    let total = latest.as_ref().map_or(0, |latest| latest.total);
    let entries = cache.entries();
    if total >= CACHED_MIN && entries.is_empty() {
        let problem = "aucun instantané n’est conservé : le prochain démarrage sera plus long".to_owned();
        findings.push(note(problem, "lancez « parcours serve » une fois"));
    }
    for entry in
        entries.iter().filter(|entry| latest.as_ref().is_none_or(|latest| entry.revision > latest.id))
    {
        let problem = format!("l’instantané « {} » est d’une version qui n’existe pas", entry.path.display());
        findings.push(note(problem, "il sera ignoré ; vous pouvez le supprimer"));
    }
    match builtin::standing(latest.as_ref()) {
        Standing::Empty if is_hollow => findings.push(Finding {
            severity: Severity::Error,
            problem: "le fichier du catalogue est vide (0 octet)".to_owned(),
            remedy:
                "s’il contenait un catalogue, repartez d’une sauvegarde dans un dossier vide ; sinon, lancez \
                     « parcours serve »"
                    .to_owned(),
        }),
        Standing::Empty => {
            findings.push(note(
                "rien n’est publié".to_owned(),
                "lancez « parcours serve » ou « parcours import »",
            ));
        }
        Standing::Other => {
            let problem = "le catalogue est celui d’une autre version du programme".to_owned();
            findings.push(note(problem, "il sera mis à jour au prochain « parcours serve »"));
        }
        Standing::Same | Standing::Edited => {}
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Ok(Checkup { revision: latest.map_or(0, |latest| latest.id), total, findings })
}

/// Whether the file of the catalogue exists and holds nothing, as a failing disk may leave it.
fn is_hollow(data_dir: &Path) -> bool {
    std::fs::metadata(data_dir.join(store::DATABASE_NAME)).is_ok_and(|metadata| metadata.len() == 0)
}

/// Rows that no longer parse, and certifications that are no longer active.
async fn rows(
    store: &Store,
    revision: i64,
    directory: Option<&Certifications>,
) -> Result<Vec<Finding>, ActionError> {
    let referential = Referential::builtin();
    let (mut findings, mut more, mut cited) = (Vec::new(), 0_u64, Citations::default());
    let mut look = |raw| {
        let problems = match Training::parse(&raw, &referential) {
            Ok(training) => return directory.into_iter().for_each(|known| cited.add(&training, known)),
            Err(problems) => problems,
        };
        if findings.len() == LISTED {
            more += 1;
            return;
        }
        let first = problems.first().map(ToString::to_string).unwrap_or_default();
        findings.push(Finding {
            severity: Severity::Error,
            problem: format!("la fiche « {} » n’est pas affichée : {first}", raw.id),
            remedy: "corrigez-la dans un fichier, puis importez-le".to_owned(),
        });
    };
    store.state(revision, &mut look).await?;
    if more > 0 {
        let problem = format!("{more} autres fiches ne sont pas affichées");
        findings.push(Finding {
            severity: Severity::Error,
            problem,
            remedy: "corrigez d’abord les premières".to_owned(),
        });
    }
    findings.extend(directory.and_then(|directory| outdated(&cited, directory)));
    Ok(findings)
}

/// How many trainings cite a certification that is inactive or that the directory does not have.
fn outdated(cited: &Citations, directory: &Certifications) -> Option<Finding> {
    let (inactive, unknown) = (cited.inactive, cited.unknown);
    let cite = |number, rest: &str| {
        let trainings = counted(number, "formation cite", "formations citent");
        format!("{trainings} une certification {rest}")
    };
    let told = match (inactive, unknown) {
        (0, 0) => return None,
        (_, 0) => cite(inactive, "qui n’est plus active"),
        (0, _) => cite(unknown, "que le répertoire n’a pas"),
        _ => format!("{}, et {}", cite(inactive, "qui n’est plus active"), cite(unknown, "qu’il n’a pas")),
    };
    let day = directory.as_of().in_french();
    let problem = format!("d’après le répertoire du {day}, {told}");
    Some(note(problem, "« parcours references » les nomme, avec ce qui remplace chacune"))
}

fn note(problem: String, remedy: &str) -> Finding {
    Finding { severity: Severity::Note, problem, remedy: remedy.to_owned() }
}
