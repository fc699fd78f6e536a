//! The file of a mapping: read with errors that say in French what is wrong and at which line.
//! Absent: what a mapping is (see `mapping`), its first draft (see `propose`).

use std::collections::BTreeMap;
use std::fmt;

use catalogue::french::{NARROW, quoted};
use catalogue::{Referential, Seen, WebAddress};
use serde::de::{self, Deserialize, Deserializer, Visitor};

use super::vocabulary::Vocabulary;
use super::{Defaults, MAPPING_BYTES, Mapping, Settings, Target, Unit};
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
        let mut mapping: Self = match toml::from_str(text) {
            Ok(mapping) => mapping,
            Err(error) => {
                let (line, faulty) = place_of(&error, text);
                return fail(Some(line), in_french(error.message()).value(faulty));
            }
        };
        if let Some(fault) = mapping.contradiction() {
            let issue = fault.at(name, None);
            let line = issue.column.as_ref().and_then(|column| line_of(text, column));
            return Err(Box::new(Issue { line, ..issue }));
        }
        match mapping.settle(&Referential::builtin()) {
            Ok(()) => Ok(mapping),
            Err((value, fault)) => {
                let line =
                    text.lines().position(|line| line.contains(value.as_str())).map(|line| line as u64 + 1);
                fail(line, fault.value(value))
            }
        }
    }

    /// Checks the values that it gives, and turns those of vocabularies into their identifiers. The error has the
    /// value at fault.
    fn settle(&mut self, referential: &Referential) -> Result<(), (String, Fault)> {
        for column in &mut self.column {
            let Some(target) = column.field else { continue };
            let vocabulary = Vocabulary::of(target, referential);
            for value in column.values.values_mut().filter(|value| !value.is_empty()) {
                settle(value, target, &vocabulary).map_err(|fault| fault_of(value, &column.name, fault))?;
            }
            if let Some(value) = &mut column.when_marked {
                settle(value, target, &vocabulary).map_err(|fault| fault_of(value, &column.name, fault))?;
            }
        }
        let Defaults { provider_kind, kind, language, source, seen, .. } = &mut self.defaults;
        for (value, target) in [
            (provider_kind, Target::ProviderKind),
            (kind, Target::Kind),
            (language, Target::Language),
            (source, Target::Source),
            (seen, Target::Seen),
        ] {
            let Some(value) = value else { continue };
            let vocabulary = Vocabulary::of(target, referential);
            settle(value, target, &vocabulary).map_err(|fault| fault_of(value, target.name(), fault))?;
        }
        Ok(())
    }
}

/// The last line that names a column.
fn line_of(text: &str, column: &str) -> Option<u64> {
    let is_name = |line: &str| {
        let value = line.trim_start().strip_prefix("name").map(str::trim_start);
        value.is_some_and(|value| value.starts_with('=') && value.contains(column))
    };
    let lines: Vec<&str> = text.lines().collect();
    lines.iter().rposition(|line| is_name(line)).map(|at| at as u64 + 1)
}

fn fault_of(value: &str, column: &str, fault: Fault) -> (String, Fault) {
    (value.to_owned(), fault.column(column))
}

/// Checks a value that a mapping gives to a field, and writes it as the field does.
fn settle(value: &mut String, target: Target, vocabulary: &Vocabulary) -> Result<(), Fault> {
    if !vocabulary.ids().is_empty() {
        let Some(code) = vocabulary.code(value) else {
            let known: Vec<&str> = vocabulary.ids().iter().map(String::as_str).collect();
            let remedy = match nearest(value, &known) {
                Some(near) => format!("écrivez \"{near}\""),
                None => format!("écrivez l’une de celles-ci{NARROW}: {}", known.join(", ")),
            };
            return Err(Fault::new("ce n’est pas une valeur de ce champ", remedy));
        };
        *value = code.to_owned();
        return Ok(());
    }
    let (is_sound, remedy) = match target {
        Target::Price => (
            super::values::price(value).is_some(),
            "écrivez un montant en euros (120), 0 pour gratuit, ou \"\" pour inconnu",
        ),
        Target::Duration => (
            super::durations::duration(value, Some(Unit::Hours), &Settings::default()).is_some(),
            "écrivez un nombre d’heures (14), une durée en mots (\"2 jours\"), ou \"\" pour inconnue",
        ),
        Target::Seen => (Seen::parse(value).is_ok(), "écrivez 2026, 2026-11 ou 2026-11-26"),
        Target::Source => {
            (WebAddress::parse(value).is_ok(), "écrivez l’adresse d’une page, qui commence par https://")
        }
        _ => (true, ""),
    };
    if is_sound { Ok(()) } else { Err(Fault::new("cette valeur n’a pas de sens pour ce champ", remedy)) }
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
