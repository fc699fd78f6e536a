//! The file of a mapping: read with errors that say in French what is wrong and at which line.
//! Absent: what a mapping is (see `mapping`), its first draft (see `propose`).

use std::collections::BTreeMap;
use std::fmt;

use catalogue::french::{NARROW, quoted};
use serde::de::{self, Deserialize, Deserializer, Visitor};

use super::{MAPPING_BYTES, Mapping, Target, Unit};
use crate::Issue;
use crate::fields::nearest;
use crate::issue::Fault;
use crate::text::place_of;

/// Begins an error of ours, which is French already; its message and its remedy are on two lines.
const OURS: &str = "parcours:";

impl Mapping {
    /// Reads a mapping file called `name`.
    ///
    /// # Errors
    /// When it is too long, is not TOML, or says something twice or out of reach.
    pub fn parse(name: &str, text: &str) -> Result<Self, Box<Issue>> {
        let fail = |line: Option<u64>, fault: Fault| Err(Box::new(fault.at(name, line)));
        if text.len() > MAPPING_BYTES {
            let remedy = "gardez les valeurs utiles seulement";
            return fail(None, Fault::new("la correspondance dépasse un mégaoctet", remedy));
        }
        let mapping: Self = match toml::from_str(text) {
            Ok(mapping) => mapping,
            Err(error) => {
                let (line, faulty) = place_of(&error, text);
                return fail(Some(line), in_french(error.message()).value(faulty));
            }
        };
        match mapping.contradiction() {
            Some(fault) => fail(None, fault),
            None => Ok(mapping),
        }
    }
}

/// What to say of an error of the reader of TOML.
fn in_french(error: &str) -> Fault {
    let ours = error.strip_prefix(OURS).and_then(|told| told.split_once('\n'));
    if let Some((message, remedy)) = ours {
        return Fault::new(message, remedy);
    }
    if let Some(rest) = error.strip_prefix("unknown field `") {
        let mut names = rest.split('`').step_by(2);
        let name = names.next().unwrap_or_default();
        let known: Vec<&str> = rest.split('`').skip(2).step_by(2).collect();
        let remedy = one_of(name, &known);
        return Fault::new(format!("la clé {} n’est pas connue à cet endroit", quoted(name)), remedy);
    }
    if let Some(name) = error.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
        let remedy = format!("ajoutez la ligne {name} = \"…\"");
        return Fault::new(format!("il manque la clé {}", quoted(name)), remedy);
    }
    let wanted =
        ["invalid type: ", "invalid value: "].into_iter().find_map(|start| error.strip_prefix(start));
    let wanted = wanted.and_then(|rest| rest.rsplit_once(", expected "));
    if let Some((_, wanted)) = wanted {
        let remedy = match wanted {
            _ if wanted.contains("string") => "écrivez un texte entre guillemets droits",
            _ if wanted.contains("bool") => "écrivez true ou false, sans guillemets",
            "f64" => "écrivez un nombre, sans guillemets, avec un point avant les décimales",
            _ if wanted.starts_with('u') => "écrivez un nombre entier, sans guillemets",
            _ if wanted.contains("char") => "écrivez un seul caractère entre guillemets droits",
            _ => "comparez-la à une correspondance écrite par « parcours import … --propose »",
        };
        return Fault::new("la valeur n’est pas de la sorte attendue ici", remedy);
    }
    let remedy = "vérifiez ses guillemets, ses crochets et son signe =, ou comparez-la à une correspondance écrite par \
                  « parcours import … --propose »";
    Fault::new("la correspondance est illisible à cette ligne", remedy)
}

/// The name to write instead of another one, or all those that are known.
fn one_of(name: &str, known: &[&str]) -> String {
    match nearest(name, known) {
        Some(near) => format!("écrivez {near}"),
        None => format!("retirez-la{NARROW}; à cet endroit on connaît {}", known.join(", ")),
    }
}

/// The value of a name among some; the error says which ones are known.
fn named<'de, D: Deserializer<'de>, T: Copy>(
    deserializer: D,
    what: &str,
    known: &[(&str, &str, T)],
) -> Result<T, D::Error> {
    let name = String::deserialize(deserializer)?;
    if let Some((.., value)) = known.iter().find(|(own, ..)| *own == name) {
        return Ok(*value);
    }
    let names: Vec<&str> = known.iter().map(|(own, ..)| *own).collect();
    // The name on screens is known too.
    let label = known.iter().find(|(_, label, _)| catalogue::slug(label) == catalogue::slug(&name));
    let remedy = match label.map(|(own, ..)| *own).or_else(|| nearest(&name, &names)) {
        Some(near) => format!("écrivez \"{near}\""),
        None => format!("écrivez l’un de ceux-ci{NARROW}: {}", names.join(", ")),
    };
    Err(de::Error::custom(format!("{OURS}{} n’est pas {what}\n{remedy}", quoted(&name))))
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let known: Vec<(&str, &str, Self)> =
            Self::ALL.iter().map(|(target, name, label)| (*name, *label, *target)).collect();
        named(deserializer, "un champ connu", &known)
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let known = [
            ("minutes", "minutes", Self::Minutes),
            ("hours", "heures", Self::Hours),
            ("days", "jours", Self::Days),
        ];
        named(deserializer, "une unité connue", &known)
    }
}

/// What the words of a column mean: a bare number or `true` is taken as it is written.
pub(super) fn values<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    let values = BTreeMap::<String, Scalar>::deserialize(deserializer)?;
    Ok(values.into_iter().map(|(word, Scalar(value))| (word, value)).collect())
}

/// A value written as a text, a number or a truth.
struct Scalar(String);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl Visitor<'_> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Scalar, E> {
        Ok(Scalar(value.to_owned()))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Scalar, E> {
        Ok(Scalar(value.to_string()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Scalar, E> {
        Ok(Scalar(value.to_string()))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar(if value { "oui" } else { "non" }.to_owned()))
    }
}
