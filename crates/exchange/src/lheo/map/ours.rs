//! What our own files of LHEO carry beside the standard: `extras info="parcours"`.
//! Absent: other people's `extras`.

use std::collections::BTreeMap;

use catalogue::{Field, RawTraining};

use super::super::node::Node;
use super::Mapping;
use super::facts::EUROS;

/// The group of our `extras`.
pub(in crate::lheo) const GROUP: &str = "parcours";

type List = fn(&mut RawTraining) -> &mut Vec<String>;
type Levels = fn(&mut RawTraining) -> &mut BTreeMap<String, u8>;

/// Lists of codes, by name.
pub(in crate::lheo) const LISTS: [(&str, List); 4] = [
    ("formats", |raw| &mut raw.formats),
    ("thematiques", |raw| &mut raw.themes),
    ("publics", |raw| &mut raw.audiences),
    ("objectifs", |raw| &mut raw.objectives),
];
/// Competences and levels, by name.
pub(in crate::lheo) const LEVELS: [(&str, Levels); 2] =
    [("competences", |raw| &mut raw.competences), ("prerequis", |raw| &mut raw.prerequisites)];

impl Mapping<'_> {
    /// Takes what our own export wrote, which is more exact than what LHEO can say.
    pub(super) fn ours(&mut self) {
        let Some(group) = self.offer.extras(GROUP) else { return };
        let own = |name: &str| {
            let extras = group.children("extra").find(|extra| extra.attribute("info") == Some(name));
            extras.map(|extra| extra.text.trim().to_owned()).filter(|words| !words.is_empty())
        };
        let raw = &mut self.raw;
        raw.id = own("identifiant").unwrap_or_default();
        raw.title = own("intitule").unwrap_or_else(|| std::mem::take(&mut raw.title));
        raw.provider = own("organisme").unwrap_or_else(|| std::mem::take(&mut raw.provider));
        raw.summary = own("resume").unwrap_or_else(|| std::mem::take(&mut raw.summary));
        raw.url = own("page").or_else(|| raw.url.take());
        raw.kind = own("type").filter(|kind| is_code(kind)).unwrap_or_else(|| "course".to_owned());
        raw.provider_kind = own("type-organisme").filter(|kind| is_code(kind)).unwrap_or_default();
        raw.nature = own("nature").filter(|nature| is_code(nature));
        raw.city = own("ville").or_else(|| raw.city.take());
        raw.source.address = own("adresse-source").unwrap_or_else(|| raw.source.address.clone());
        raw.source.seen = own("date-source").or_else(|| raw.source.seen.take());
        raw.public_sector_only = own("agents-publics-seuls").map(|only| only == "oui");
        let before_tax = own("prix-hors-taxes").and_then(|price| price.parse::<f64>().ok());
        raw.price_eur = before_tax.filter(|price| (0.0..=EUROS).contains(price)).or(raw.price_eur);
        let exact = own("duree-exacte").and_then(|hours| hours.parse::<f64>().ok());
        if let (Some(exact), Some(rounded)) = (exact, raw.duration_hours)
            && exact > 0.0
            && exact.ceil() == rounded
        {
            raw.duration_hours = Some(exact);
        }
        for (name, list) in LISTS {
            let codes = entries(group, name).into_iter().map(|(code, _)| code);
            *list(raw) = codes.filter(|code| is_code(code)).collect();
        }
        for (name, levels) in LEVELS {
            let level = |(code, level): (String, String)| Some((code, level.trim().parse().ok()?));
            let read = entries(group, name).into_iter().filter_map(level);
            *levels(raw) = read.filter(|(code, level)| is_code(code) && (1..=4).contains(level)).collect();
        }
        let stated = entries(group, "indique").into_iter();
        raw.stated = stated.filter(|(field, _)| Field::named(field).is_some()).collect();
    }
}

fn entries(group: &Node, name: &str) -> Vec<(String, String)> {
    let Some(extras) = group.extras(name) else { return Vec::new() };
    let entry = |extra: &Node| Some((extra.attribute("info")?.to_owned(), extra.text.trim().to_owned()));
    extras.children("extra").filter_map(entry).collect()
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && catalogue::slug(text) == text
}
