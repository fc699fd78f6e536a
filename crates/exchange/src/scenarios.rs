//! Scenarios in files: one TOML table each, with `[[population]]`, `[[route]]`, `[[way]]` and `[[published]]`; read with the
//! line of each fault, written, and packed in an address (`code`). Absent: what a scenario must be (see `catalogue::scenarios`).

mod code;

use catalogue::scenarios::{RawScenario, Scenario};

use crate::Issue;
use crate::issue::Fault;
use crate::personas::{key_in_french, line_of};
use crate::text::place_of;

pub use code::{CODE_CHARS, from_code, to_code};

/// Longest file of a scenario, in bytes.
pub const SCENARIO_BYTES: usize = 256 << 10;

/// The scenarios built into the program, in their order: file name and text.
const BUILTIN: [(&str, &str); 6] = [
    ("campus-central.toml", include_str!("../../../data/scenarios/campus-central.toml")),
    ("relais-ministeriels.toml", include_str!("../../../data/scenarios/relais-ministeriels.toml")),
    ("programmes-sur-mesure.toml", include_str!("../../../data/scenarios/programmes-sur-mesure.toml")),
    ("plateforme-ouverte.toml", include_str!("../../../data/scenarios/plateforme-ouverte.toml")),
    ("quatre-facons.toml", include_str!("../../../data/scenarios/quatre-facons.toml")),
    ("transition-ecologique.toml", include_str!("../../../data/scenarios/transition-ecologique.toml")),
];

/// The scenarios built into the program, in their order.
///
/// # Panics
/// Never: a test reads them.
pub fn builtin() -> Vec<Scenario> {
    let read = |(name, text): &(&str, &str)| read(name, text).expect("the built-in scenarios are tested");
    BUILTIN.iter().map(read).collect()
}

/// Reads the bytes of a scenario's file.
///
/// # Errors
/// As [`read`], and when the bytes are not UTF-8.
pub fn read_bytes(file: &str, bytes: &[u8]) -> Result<Scenario, Vec<Issue>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        let fault = Fault::new("le fichier n’est pas en UTF-8", "enregistrez-le en UTF-8");
        vec![fault.at(file, Some(line as u64))]
    })?;
    read(file, text.trim_start_matches('\u{feff}'))
}

/// Reads the file of a scenario.
///
/// # Errors
/// All that is wrong with it, each with its line.
pub fn read(file: &str, text: &str) -> Result<Scenario, Vec<Issue>> {
    if text.len() > SCENARIO_BYTES {
        let message = format!("le fichier dépasse {} ko", SCENARIO_BYTES >> 10);
        return Err(vec![Fault::new(message, "raccourcissez-le").at(file, None)]);
    }
    let raw: RawScenario = toml::from_str(text).map_err(|error| vec![unreadable(file, text, &error)])?;
    Scenario::parse(&raw).map_err(|problems| {
        let issue = |problem: catalogue::Problem| {
            let line = line_of(text, &problem.column);
            let fault = Fault::new(problem.problem, problem.remedy).column(key_in_french(&problem.column));
            let fault = if problem.value.is_empty() { fault } else { fault.value(problem.value) };
            fault.at(file, line)
        };
        problems.into_iter().map(issue).collect()
    })
}

/// What is wrong with a TOML that does not say what is expected, in French.
pub(crate) fn unreadable(file: &str, text: &str, error: &toml::de::Error) -> Issue {
    let (line, faulty) = place_of(error, text);
    let message = error.message();
    let named = || message.split('`').nth(1).unwrap_or_default().to_owned();
    let fault = if message.contains("duplicate key") {
        Fault::new("une clé est écrite deux fois", "gardez-en une")
    } else if message.contains("unknown field") {
        Fault::new("cette clé n’existe pas", "corrigez-la, ou retirez-la").value(named())
    } else if message.contains("missing field") {
        Fault::new(format!("la clé « {} » manque", named()), "écrivez-la").value(faulty)
    } else if message.contains("invalid type") || message.contains("invalid value") {
        let remedy = match faulty.trim().trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit()) {
            true => {
                "ce nombre n’est pas de ceux que cette clé accepte : il est négatif, trop grand, ou un texte est attendu"
            }
            false => "écrivez un texte entre guillemets, un nombre sans guillemets, une liste entre crochets",
        };
        Fault::new("cette valeur n’est pas de la sorte attendue", remedy).value(faulty)
    } else {
        let remedy = "vérifiez les guillemets, les virgules et les crochets à cet endroit";
        Fault::new("le TOML est illisible", remedy).value(faulty)
    };
    fault.at(file, Some(line))
}

/// Writes a scenario as [`read`] reads it back.
pub fn write(scenario: &Scenario) -> String {
    toml::to_string_pretty(&scenario.to_raw()).expect("a scenario is plain data")
}
