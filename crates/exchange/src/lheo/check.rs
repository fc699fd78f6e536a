//! The strict report: each way in which an offer departs from the schema, none of which stops its reading.
//! Absent: what the offer means (see `map`).

use std::collections::HashMap;

use catalogue::french::{integer, quoted};

use super::node::{Node, Profile};
use super::schema::{self, Part, Rule};
use super::text;
use crate::fields::nearest;
use crate::issue::Fault;
use crate::limits::XML_NOTES;

/// Adds to the notes each departure of an element and of what it holds.
pub(super) fn element(node: &Node, profile: Profile, notes: &mut Vec<(u64, Fault)>) {
    let Some((_, rule)) = schema::rule(&node.name) else { return };
    match rule {
        Rule::Sequence(parts) => {
            sequence(node, parts, profile, notes);
            if !node.text.trim().is_empty() {
                let message = format!("du texte est écrit directement dans {}", quoted(&node.name));
                notes.push((node.line, Fault::new(message, "il est ignoré ; mettez-le dans un élément")));
            }
            node.children.iter().for_each(|child| element(child, profile, notes));
        }
        Rule::Free => {}
        _ => leaf(node, rule, notes),
    }
    if profile == Profile::Edof {
        edof(node, notes);
    }
    if node.name == "periode" {
        period(node, notes);
    }
}

fn sequence(node: &Node, parts: &[Part], profile: Profile, notes: &mut Vec<(u64, Fault)>) {
    let (mut counts, mut last): (HashMap<&str, usize>, usize) = (HashMap::new(), 0);
    for child in &node.children {
        if child.name == "extras" {
            last = parts.len();
            continue;
        }
        let is_told = notes.len() <= XML_NOTES;
        let mut note = |message: String, remedy: String| {
            notes.push((child.line, Fault::new(message, remedy).column(child.name.as_ref())));
        };
        let Some(place) = parts.iter().position(|part| part.name == child.name) else {
            if schema::rule(&child.name).is_some() {
                let message = format!("l’élément n’a pas sa place dans {}", quoted(&node.name));
                note(message, "il est ignoré ; déplacez-le".to_owned());
            } else {
                let near = if is_told { nearest(&child.name, &schema::names()) } else { None };
                let remedy = near.map(|near| format!(" ; écrivez {}", quoted(near))).unwrap_or_default();
                note("l’élément n’existe pas dans LHEO".to_owned(), format!("il est ignoré{remedy}"));
            }
            continue;
        };
        if place < last && profile != Profile::Edof {
            let after = parts.get(last).map_or("extras", |part| part.name);
            note(
                format!("l’élément vient après {}", quoted(after)),
                "déplacez-le avant ; il est lu".to_owned(),
            );
        }
        last = last.max(place);
        let count = counts.entry(parts[place].name).or_default();
        *count += 1;
        if *count == parts[place].most.saturating_add(1) {
            let message = match parts[place].most {
                1 => "l’élément est écrit plus d’une fois".to_owned(),
                most => format!("l’élément est écrit plus de {most} fois"),
            };
            note(message, "retirez les suivants".to_owned());
        }
    }
    if profile == Profile::Edof {
        return;
    }
    for part in parts {
        if counts.get(part.name).copied().unwrap_or(0) < part.least {
            let message = format!("l’élément manque dans {}", quoted(&node.name));
            notes.push((node.line, Fault::new(message, "ajoutez-le, il est obligatoire").column(part.name)));
        }
    }
}

fn leaf(node: &Node, rule: &Rule, notes: &mut Vec<(u64, Fault)>) {
    let value = node.text.trim();
    let fault = match rule {
        Rule::Text(least, most) => {
            let length = node.text.chars().count();
            let expected = match (least, most) {
                (least, most) if least == most => format!("{} caractères", integer(*most as u64)),
                (0, most) => format!("{} caractères au plus", integer(*most as u64)),
                (least, most) => format!("{least} à {} caractères", integer(*most as u64)),
            };
            let fits = (*least..=*most).contains(&length);
            (!fits).then(|| (format!("le texte compte {} caractères", integer(length as u64)), expected))
        }
        Rule::Choice(codes) => {
            let fits = codes.split(' ').any(|code| code == value);
            (!fits).then(|| ("le code n’existe pas".to_owned(), format!("un code parmi {codes}")))
        }
        Rule::Number => {
            let fits = value.parse::<u32>().is_ok_and(|number| number < 100_000);
            (!fits).then(|| {
                (
                    "ce n’est pas un nombre entier".to_owned(),
                    "un nombre de 0 à 99999, sans décimale".to_owned(),
                )
            })
        }
        Rule::Date => {
            let fits = value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit());
            let expected = "huit chiffres (20260131), des zéros pour ce qui n’est pas connu";
            (!fits).then(|| ("la date n’a pas la bonne forme".to_owned(), expected.to_owned()))
        }
        Rule::Sequence(_) | Rule::Free => None,
    };
    if let Some((message, expected)) = fault {
        let fault = Fault::new(message, format!("il faut {expected}")).column(node.name.as_ref());
        let is_shown = !schema::is_personal(&node.name) && !value.is_empty();
        notes.push((node.line, if is_shown { fault.value(value) } else { fault }));
    }
    if node.name == "SIRET" && siret(value).is_some_and(|digits| !has_key(&digits)) {
        let fault = Fault::new("la clé du SIRET n’est pas juste", "vérifiez-le");
        notes.push((node.line, fault.column("SIRET").value(value)));
    }
}

/// What the Mon Compte Formation profile asks for, beyond LHEO.
fn edof(node: &Node, notes: &mut Vec<(u64, Fault)>) {
    let mut note = |message: &str, remedy: &str, value: &str| {
        let fault = Fault::new(message, remedy).column(node.name.as_ref());
        notes.push((node.line, if value.is_empty() { fault } else { fault.value(value) }));
    };
    let value = node.text.trim();
    match node.name.as_ref() {
        "formation" | "action" | "session" => {
            for name in ["numero", "datemaj", "datecrea"] {
                if node.attribute(name).is_none() {
                    note(
                        &format!("l’attribut {name} manque"),
                        "ajoutez-le, Mon Compte Formation le demande",
                        "",
                    );
                }
            }
            if node.children("certification").count() > 1 {
                note("Mon Compte Formation n’accepte qu’une certification", "gardez-en une", "");
            }
        }
        "objectif-general-formation" if ["1", "3"].contains(&value) => {
            note("Mon Compte Formation refuse ce code", "choisissez un autre objectif", value);
        }
        "etat-recrutement" if value == "3" => {
            note("Mon Compte Formation refuse ce code", "écrivez 1 (ouvert) ou 2 (fermé)", value);
        }
        "numtel" => {
            let digits = value.strip_prefix('+').unwrap_or(value);
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                note("le numéro n’est pas fait de chiffres seuls", "retirez espaces et points", "");
            }
        }
        _ => {}
    }
}

fn period(node: &Node, notes: &mut Vec<(u64, Fault)>) {
    let day = |name| node.child(name).and_then(|node| text::date(&node.text));
    if let (Some(start), Some(end)) = (day("debut"), day("fin"))
        && end < start
        && !start.starts_with(&end)
    {
        let fault = Fault::new("la période finit avant de commencer", "inversez debut et fin");
        notes.push((node.line, fault.column("periode").value(format!("{start} à {end}"))));
    }
}

/// The fourteen digits of a SIRET, its key unchecked.
pub(super) fn siret(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let fits = digits.len() == 14 && digits.bytes().all(|byte| byte.is_ascii_digit());
    (fits && text::code(&digits).is_some()).then_some(digits)
}

/// Whether the key of fourteen digits is right (Luhn, as INSEE says; those of La Poste sum to a multiple of 5).
fn has_key(digits: &str) -> bool {
    let doubled = |(place, digit): (usize, u8)| {
        let digit = u32::from(digit - b'0') << (place % 2);
        if digit > 9 { digit - 9 } else { digit }
    };
    let luhn: u32 = digits.bytes().rev().enumerate().map(doubled).sum();
    let sum: u32 = digits.bytes().map(|digit| u32::from(digit - b'0')).sum();
    luhn.is_multiple_of(10) || digits.starts_with("356000000") && sum.is_multiple_of(5)
}
