//! What files and the store hold of a community, as it is written. Absent: whether it makes sense (see `read`).

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A community as its file says it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCommunity {
    /// Relays.
    #[serde(default, rename = "relay", skip_serializing_if = "Vec::is_empty")]
    pub relays: Vec<RawRelay>,
    /// Cohorts.
    #[serde(default, rename = "cohort", skip_serializing_if = "Vec::is_empty")]
    pub cohorts: Vec<RawCohort>,
    /// Events.
    #[serde(default, rename = "event", skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<RawEvent>,
}

/// A relay as a file says it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRelay {
    /// Identifier: lower-case letters, digits and hyphens.
    pub id: String,
    /// Ministry, as its roadmap names it.
    pub ministry: String,
    /// Identifier of its roadmap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roadmap: Option<String>,
    /// Function.
    pub function: String,
    /// Direction or service.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub direction: String,
    /// Hours given in a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours_per_month: Option<f64>,
    /// First month in which she teaches, `2027-01`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What to know of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Page that names the function.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Level that she can bring to, by competence.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub teaches: BTreeMap<String, u8>,
    /// Who holds the function, if she agreed to be named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<RawPerson>,
}

/// A person as a file says it. What shows it for debugging leaves out who she is.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPerson {
    /// Name.
    pub name: String,
    /// Electronic address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Day on which she agreed, `2027-01-12`.
    pub agreed_on: String,
}

impl fmt::Debug for RawPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawPerson").field("agreed_on", &self.agreed_on).finish_non_exhaustive()
    }
}

/// A cohort as a file says it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCohort {
    /// Identifier.
    pub id: String,
    /// Name on screens.
    pub label: String,
    /// Identifier of the persona whose pathway it follows.
    pub persona: String,
    /// Ministry; absent: several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ministry: Option<String>,
    /// First month, `2027-01`.
    pub starts: String,
    /// Number of people; absent: nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    /// Identifiers of its relays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relays: Vec<String>,
}

/// An event as a file says it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawEvent {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// Name of its kind.
    pub kind: String,
    /// When it begins, in Paris: `2027-01-12T14:30`.
    pub starts: String,
    /// How long it lasts, in minutes.
    pub minutes: u32,
    /// Where, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Page about it, or to join it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Identifier of the cohort that it is for; absent: everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort: Option<String>,
    /// Identifiers of the relays who hold it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relays: Vec<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
}
