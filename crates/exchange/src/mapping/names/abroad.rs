//! Names of columns that come from elsewhere: other currencies, names said in two languages.
//! Absent: names in French and English (see `names`).

use catalogue::slug;

use super::named;
use crate::mapping::Target;

/// Whether the name of a column says another currency than the euro, or thousands of it.
pub(super) fn is_foreign_money(name: &str) -> bool {
    const WORDS: [&str; 11] =
        ["usd", "gbp", "chf", "cad", "jpy", "dollar", "dollars", "livres", "keur", "k", "meur"];
    let is_money = slug(name)
        .split('-')
        .any(|word| matches!(word, "prix" | "price" | "tarif" | "cout" | "montant" | "cost"));
    is_money
        && (name.contains(['$', '£', '¥'])
            || slug(&name.replace('€', " ")).split('-').any(|word| WORDS.contains(&word)))
}

/// A column whose name is said in French, then in Dutch or German: « Durée / Duur ».
pub(super) fn in_two_languages(name: &str) -> Option<Target> {
    const WORDS: [(Target, &[&str]); 9] = [
        (Target::Title, &["titel", "opleiding"]),
        (Target::Provider, &["aanbieder", "instelling", "anbieter"]),
        (Target::Duration, &["duur", "dauer"]),
        (Target::Price, &["prijs", "preis"]),
        (Target::Language, &["taal", "sprache"]),
        (Target::City, &["plaats", "ort"]),
        (Target::Formats, &["vorm"]),
        (Target::Audiences, &["doelgroep", "zielgruppe"]),
        (Target::Summary, &["omschrijving", "beschrijving", "beschreibung"]),
    ];
    let (french, other) = name.split_once(['/', '|'])?;
    let target = named(french.trim())?;
    let other = slug(other);
    WORDS.iter().any(|(own, words)| *own == target && words.contains(&other.as_str())).then_some(target)
}
