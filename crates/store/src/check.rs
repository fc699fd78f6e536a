//! Verifying a data directory: what is wrong, how bad, and what to do. Absent: repairs.

use catalogue::RawTraining;

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
    /// Verifies the file, the order of revisions, and that the latest state is what was published:
    /// rows readable, number and digest as recorded. Empty when all is well.
    ///
    /// # Errors
    /// When the database cannot be read at all.
    pub async fn check(&self) -> Result<Vec<Finding>, StoreError> {
        let mut findings = self.check_file().await?;
        if !findings.is_empty() {
            return Ok(findings);
        }
        let revisions = self.revisions(1, i64::MAX).await?;
        findings.extend(chain(&revisions));
        if let Some(latest) = revisions.first() {
            findings.extend(self.check_state(latest).await?);
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
        let mut findings: Vec<Finding> = lines
            .into_iter()
            .filter(|line| line != "ok")
            .map(|line| Finding::error(format!("le fichier est abîmé : {line}")))
            .collect();
        if findings.is_empty() {
            let orphans = sqlx::query("PRAGMA foreign_key_check").fetch_all(&self.pool).await?.len();
            if orphans > 0 {
                findings
                    .push(Finding::error(format!("{orphans} fiches appartiennent à une version absente")));
            }
        }
        Ok(findings)
    }

    async fn check_state(&self, latest: &Revision) -> Result<Vec<Finding>, StoreError> {
        let (mut digest, mut total, mut unreadable) = (Digest::default(), 0, Vec::new());
        self.bodies(latest.id, &mut |id, body| {
            digest.add(&id, &body);
            total += 1;
            match serde_json::from_str::<RawTraining>(&body) {
                Ok(raw) if raw.id == id => {}
                Ok(raw) => unreadable.push(format!("la fiche « {id} » porte l’identifiant « {} »", raw.id)),
                Err(error) => unreadable.push(format!("la fiche « {id} » est illisible : {error}")),
            }
        })
        .await?;
        let more = unreadable.len().saturating_sub(LISTED);
        let mut findings: Vec<Finding> = unreadable.into_iter().take(LISTED).map(Finding::error).collect();
        if more > 0 {
            findings.push(Finding::error(format!("{more} autres fiches sont illisibles")));
        }
        if total != latest.total {
            let problem =
                format!("la version {} compte {total} formations au lieu de {}", latest.id, latest.total);
            findings.push(Finding::error(problem));
        }
        if digest != latest.digest {
            findings.push(Finding::error(format!(
                "le contenu de la version {} n’est pas celui qui a été publié (empreinte {digest} au lieu de {})",
                latest.id, latest.digest
            )));
        }
        Ok(findings)
    }
}

/// Revisions must follow each other without a hole, totals must add up.
fn chain(latest_first: &[Revision]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (mut id, mut total) = (0, 0);
    for revision in latest_first.iter().rev() {
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
