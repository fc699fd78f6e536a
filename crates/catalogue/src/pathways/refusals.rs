//! Why what is asked of a pathway or of a programme is refused: each refusal in French, and all those of an address. Absent:
//! what is asked (see `request`, `team`).

use super::request::STEPS_MAX;
use crate::persona::CircumstancesError;

/// Why an address or a command does not say what is asked; messages are in French.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// What is said of the visitor.
    #[error(transparent)]
    Case(#[from] CircumstancesError),
    /// A value that does not fit, or is given twice.
    #[error("« {name} » attend {expected} ; « {value} » a été reçu{}", hint(.nearest))]
    BadValue {
        /// Name of the parameter.
        name: String,
        /// What fits.
        expected: String,
        /// As written.
        value: String,
        /// The closest known value.
        nearest: Option<String>,
    },
    /// A parameter that is given once is given twice.
    #[error("« {name} » est donné plusieurs fois{} : gardez-en un", of(.item))]
    Repeated {
        /// Name of the parameter.
        name: String,
        /// What it is given twice for, when it may be given for several.
        item: Option<String>,
    },
    /// More trainings than are taken.
    #[error("« {0} » nomme trop de formations : {STEPS_MAX} au plus")]
    TooMany(&'static str),
    /// A training that must and must not be in the pathway.
    #[error("« {0} » est à la fois imposée et exclue : retirez l’un des deux")]
    Contradiction(String),
}

impl RequestError {
    /// A parameter that is given once is given twice.
    pub(crate) fn repeated(name: &str) -> Self {
        Self::Repeated { name: name.to_owned(), item: None }
    }

    /// A parameter is given twice for the same item.
    pub(crate) fn repeated_for(name: &str, item: &str) -> Self {
        let item = item.chars().filter(|letter| !letter.is_control()).take(60).collect();
        Self::Repeated { name: name.to_owned(), item: Some(item) }
    }

    /// The same error, the parameter called otherwise: as the option of a command.
    pub fn renamed(mut self, rename: impl Fn(&str) -> String) -> Self {
        match &mut self {
            Self::Case(error) => return Self::Case(error.clone().renamed(rename)),
            Self::BadValue { name, .. } | Self::Repeated { name, .. } => *name = rename(name),
            Self::TooMany(_) | Self::Contradiction(_) => {}
        }
        self
    }
}

fn of(item: &Option<String>) -> String {
    item.as_ref().map(|item| format!(" pour « {item} »")).unwrap_or_default()
}

fn hint(nearest: &Option<String>) -> String {
    nearest.as_ref().map(|known| format!(" (vouliez-vous « {known} » ?)")).unwrap_or_default()
}

/// All that is wrong with the pairs of an address, each with the place of its pair when one pair alone is to blame; nothing
/// when they say a request.
pub fn refusals<T>(
    pairs: &[(&str, &str)],
    read: impl Fn(Vec<(&str, &str)>) -> Result<T, RequestError>,
) -> Vec<(Option<usize>, RequestError)> {
    // A window is of the months of the pathway: it is read with them.
    let is_months = |pair: &&(&str, &str)| pair.0 == "mois" && read(vec![**pair]).is_ok();
    let months: Vec<(&str, &str)> = pairs.iter().filter(is_months).take(1).copied().collect();
    let mut found = Vec::new();
    let mut sound = Vec::new();
    for (place, pair) in pairs.iter().enumerate() {
        let with = if pair.0 == "fenetre" { months.as_slice() } else { &[] };
        match read([&[*pair], with].concat()) {
            Ok(_) => sound.push(*pair),
            Err(error) => found.push((Some(place), error)),
        }
    }
    found.extend(read(sound).err().map(|error| (None, error)));
    found
}
