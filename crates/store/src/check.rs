//! Verifying a data directory: what is wrong, how bad, and what to do. Absent: repairs.

use catalogue::RawTraining;
use catalogue::french::counted;

use crate::digest::Digest;
use crate::read::Revision;
use crate::{Store, StoreError};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Something is lost or wrong.
    Error,
}

/// Something that a check found, in French.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad.
    pub severity: Severity,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

const FROM_BACKUP: &str = "repartez d’une sauvegarde dans un dossier vide";
/// Findings of one kind listed one by one; beyond, they are counted.
const LISTED: usize = 20;

impl Finding {
    fn error(problem: String) -> Self {
        Self { severity: Severity::Error, problem, remedy: FROM_BACKUP.to_owned() }
    }
}

impl Store {
    /// Verifies the file, the order of revisions, and that each state is what was published: rows
    /// readable, numbers and digest as recorded. Empty when all is well.
    ///
    /// # Errors
    /// When the database cannot be read at all.
    pub async fn check(&self) -> Result<Vec<Finding>, StoreError> {
        let mut findings = self.check_file().await?;
        if !findings.is_empty() {
            return Ok(findings);
        }
        findings.extend(self.check_certifications().await?);
        findings.extend(self.check_personas().await?);
        let mut revisions = self.revisions(1, i64::MAX).await?;
        revisions.reverse();
        let order = chain(&revisions);
        let is_ordered = order.is_empty();
        findings.extend(order);
        if let (true, Some(latest)) = (is_ordered, revisions.last()) {
            let mut audit = Audit::new(revisions.len());
            self.versions(latest.id, &mut |id, revision, body| audit.read(id, revision, body)).await?;
            findings.extend(audit.findings(&revisions));
        }
        Ok(findings)
    }

    async fn check_file(&self) -> Result<Vec<Finding>, StoreError> {
        let rows: Result<Vec<String>, sqlx::Error> =
            sqlx::query_scalar("PRAGMA integrity_check(20)").fetch_all(&self.pool).await;
        let lines = match rows.map_err(StoreError::from) {
            Ok(lines) => lines,
            Err(StoreError::Damaged(reason)) => vec![reason],
            Err(other) => return Err(other),
        };
        let faults: Vec<String> = lines.into_iter().filter(|line| line != "ok").collect();
        let mut findings = Vec::new();
        if let Some(first) = faults.first() {
            let places = counted(faults.len() as u64, "défaut", "défauts");
            findings.push(Finding::error(format!(
                "le fichier du catalogue est abîmé ({places}, 20 au plus sont cherchés ; le premier, dans les mots \
                 de SQLite : « {first} »)"
            )));
        }
        if findings.is_empty() {
            let orphans = sqlx::query("PRAGMA foreign_key_check").fetch_all(&self.pool).await?.len();
            if orphans > 0 {
                findings
                    .push(Finding::error(format!("{orphans} fiches appartiennent à une version absente")));
            }
        }
        Ok(findings)
    }
}

/// What a revision did to the state before it, worked out again from its rows.
#[derive(Clone, Default, PartialEq)]
struct Deed {
    added: i64,
    changed: i64,
    withdrawn: i64,
    /// Sum of what is added and subtracted.
    digest: Digest,
}

/// All deeds, gathered in one reading of the rows by identifier.
struct Audit {
    deeds: Vec<Deed>,
    current: Option<(String, Option<String>)>,
    unreadable: Vec<String>,
}

impl Audit {
    fn new(revisions: usize) -> Self {
        Self { deeds: vec![Deed::default(); revisions], current: None, unreadable: Vec::new() }
    }

    /// Takes the rows by identifier, then by revision.
    fn read(&mut self, id: String, revision: i64, body: Option<String>) {
        let same = self.current.take().filter(|(current, _)| *current == id);
        let before = same.and_then(|(_, body)| body);
        // Revisions follow each other from 1: see `chain`.
        if let Some(deed) = usize::try_from(revision - 1).ok().and_then(|place| self.deeds.get_mut(place)) {
            match (&before, &body) {
                (None, Some(_)) => deed.added += 1,
                (Some(_), Some(_)) => deed.changed += 1,
                (Some(_), None) => deed.withdrawn += 1,
                (None, None) => {}
            }
            before.iter().for_each(|before| deed.digest.subtract(&id, before));
            body.iter().for_each(|after| deed.digest.add(&id, after));
        }
        if let Some(body) = &body {
            self.unreadable.extend(fault(&id, revision, body));
        }
        self.current = Some((id, body));
    }

    fn findings(self, revisions: &[Revision]) -> Vec<Finding> {
        let mut digest = Digest::default();
        let mut problems = Vec::new();
        for (deed, revision) in self.deeds.iter().zip(revisions) {
            digest.plus(&deed.digest);
            let Deed { added, changed, withdrawn, .. } = *deed;
            if (added, changed, withdrawn) != (revision.added, revision.changed, revision.withdrawn) {
                problems.push(format!("les comptes de la version {} sont faux", revision.id));
            }
            if digest != revision.digest {
                problems.push(format!(
                    "le contenu de la version {} n’est pas celui qui a été publié (empreinte {digest} au lieu de {})",
                    revision.id, revision.digest
                ));
            }
        }
        let unreadable = listed(self.unreadable, "autres fiches sont illisibles");
        unreadable.into_iter().chain(listed(problems, "autres défauts de versions")).collect()
    }
}

fn fault(id: &str, revision: i64, body: &str) -> Option<String> {
    match serde_json::from_str::<RawTraining>(body) {
        Ok(raw) if raw.id == id => None,
        Ok(raw) => Some(format!("la fiche « {id} » porte l’identifiant « {} » (version {revision})", raw.id)),
        Err(error) => Some(format!("la fiche « {id} » est illisible dans la version {revision} : {error}")),
    }
}

/// The first problems, and how many more there are.
fn listed(mut problems: Vec<String>, others: &str) -> Vec<Finding> {
    let more = problems.len().saturating_sub(LISTED);
    problems.truncate(LISTED);
    if more > 0 {
        problems.push(format!("{more} {others}"));
    }
    problems.into_iter().map(Finding::error).collect()
}

/// Revisions must follow each other without a hole, totals must add up.
fn chain(revisions: &[Revision]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (mut id, mut total) = (0, 0);
    for revision in revisions {
        if revision.id != id + 1 || revision.parent.unwrap_or(0) != id {
            findings.push(Finding::error(format!("la version {} ne suit pas la version {id}", revision.id)));
        }
        id = revision.id;
        total += revision.added - revision.withdrawn;
        if revision.total != total {
            findings.push(Finding::error(format!("le total de la version {id} est faux")));
        }
    }
    findings.truncate(LISTED);
    findings
}
