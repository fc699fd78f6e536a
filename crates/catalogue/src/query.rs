//! A selection of the explorer as a value: read from the pairs of an address, written back to one.
//! Absent: the answer (see `search`), percent-encoding of whole addresses (see the crate `web`).

use std::collections::{BTreeMap, BTreeSet};

use crate::facets::Facet;
use crate::nearest::nearest;
use crate::referential::Referential;

/// Longest text searched for, in characters.
pub const TEXT_CHARS: usize = 500;
/// Most parameters in an address.
pub const PARAMETERS: usize = 100;
/// Trainings on a page.
pub const PAGE_SIZE: usize = 20;
/// Last page that can be asked for: beyond, one filters.
pub const LAST_PAGE: usize = 500;

/// What is asked of the explorer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// Words as typed.
    pub text: String,
    /// At least one word is enough.
    pub any_word: bool,
    /// Values wanted, by facet: OR within, AND between.
    pub values: BTreeMap<Facet, BTreeSet<String>>,
    /// Range wanted of a stated number, by facet (duration in hours, price in euros).
    pub ranges: BTreeMap<Facet, Bounds>,
    /// Order of trainings.
    pub order: Order,
    /// Page, from 1.
    pub page: usize,
}

/// Inclusive bounds of a number; at least one is given.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bounds {
    /// Least value.
    pub min: Option<f64>,
    /// Greatest value.
    pub max: Option<f64>,
}

/// Order of the trainings listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Best answer to the words; without words, best documented first.
    #[default]
    Relevance,
    /// Shortest first; unknown last.
    Duration,
    /// Longest first; unknown last.
    LongestDuration,
    /// Cheapest first; unknown last.
    Price,
    /// Dearest first; unknown last.
    HighestPrice,
    /// By title.
    Title,
    /// Most recently seen first; undated last.
    Freshness,
}

const ORDERS: [(Order, &str, &str); 7] = [
    (Order::Relevance, "pertinence", "Pertinence"),
    (Order::Duration, "duree", "Durée croissante"),
    (Order::LongestDuration, "duree-desc", "Durée décroissante"),
    (Order::Price, "prix", "Prix croissant"),
    (Order::HighestPrice, "prix-desc", "Prix décroissant"),
    (Order::Title, "titre", "Intitulé"),
    (Order::Freshness, "date", "Source la plus récente"),
];

impl Order {
    /// All orders, in the order of the page.
    pub fn all() -> impl Iterator<Item = Order> {
        ORDERS.iter().map(|(order, ..)| *order)
    }

    /// Name in addresses.
    pub fn name(self) -> &'static str {
        ORDERS[self as usize].1
    }

    /// Label on screens.
    pub fn label(self) -> &'static str {
        ORDERS[self as usize].2
    }
}

/// Why an address or a command does not say a selection; messages are in French.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectionError {
    /// No parameter has this name.
    #[error("le paramètre « {name} » n’existe pas{} ; paramètres connus : {}", hint(.nearest), .known.join(", "))]
    UnknownParameter {
        /// As written.
        name: String,
        /// Names that exist.
        known: Vec<String>,
        /// The closest of them.
        nearest: Option<String>,
    },
    /// The facet has no such value.
    #[error("la valeur « {value} » n’existe pas pour « {} »{} ; valeurs connues : {}", label(.facet), hint(.nearest), .known.join(", "))]
    UnknownValue {
        /// Name of the facet or parameter.
        facet: String,
        /// As written.
        value: String,
        /// Values that exist; at most 100.
        known: Vec<String>,
        /// The closest of them.
        nearest: Option<String>,
    },
    /// Not a number, or out of bounds.
    #[error("« {name} » attend un nombre positif, par exemple 7 ou 3,5 ; « {value} » a été reçu")]
    BadNumber {
        /// Name of the parameter.
        name: String,
        /// As written.
        value: String,
    },
    /// The least value is above the greatest.
    #[error("pour le filtre « {} », « au moins » dépasse « au plus » : échangez les deux valeurs", label(.0))]
    EmptyRange(&'static str),
    /// A page number that cannot be.
    #[error("« page » attend un nombre de 1 à {LAST_PAGE} ; « {0} » a été reçu")]
    BadPage(String),
    /// The text is too long.
    #[error("la recherche compte {0} caractères : {TEXT_CHARS} au plus")]
    TextTooLong(usize),
    /// The text holds characters that cannot be typed.
    #[error("la recherche contient un caractère de contrôle : retirez-le")]
    ControlCharacter,
    /// Too many parameters.
    #[error("l’adresse compte {0} paramètres : {PARAMETERS} au plus")]
    TooManyParameters(usize),
    /// A parameter that is given once is given twice.
    #[error("« {0} » est donné plusieurs fois : gardez-en un")]
    Repeated(String),
    /// Two axes of a cartography are one facet.
    #[error("« {0} » est sur deux axes : choisissez deux axes différents")]
    SameAxis(&'static str),
    /// An axis of a cartography is filtered by a range.
    #[error(
        "« {0} » est filtré par un intervalle et ne peut pas être aussi un axe : retirez l’intervalle, ou changez d’axe"
    )]
    RangeOnAxis(&'static str),
    /// Too many words.
    #[error("la recherche compte {0} mots : {max} au plus", max = explorer::WORDS_MAX)]
    TooManyWords(usize),
    /// The search engine refuses the query for a reason that a selection should not allow.
    #[error("le moteur de recherche refuse cette demande ({0})")]
    Refused(String),
}

fn hint(nearest: &Option<String>) -> String {
    nearest.as_ref().map(|n| format!(" (vouliez-vous « {n} » ?)")).unwrap_or_default()
}

fn label(facet: &str) -> &str {
    match Facet::named(facet) {
        Some(facet) => facet.label(),
        None => facet,
    }
}

fn shorten(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).take(60).collect()
}

impl Selection {
    /// Everything, in the default order.
    pub fn all() -> Self {
        Self { page: 1, ..Self::default() }
    }

    /// Names of all parameters of an address.
    pub fn parameters() -> Vec<&'static str> {
        let mut names = vec!["q", "mots", "sort", "page"];
        names.extend(Facet::all().map(Facet::name));
        names.extend(["duration_min", "duration_max", "price_min", "price_max"]);
        names
    }

    /// Reads decoded pairs of an address. Empty values are ignored: forms send them.
    ///
    /// Values of the providers' facet are open and are checked by [`crate::Snapshot::search`].
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
        referential: &Referential,
    ) -> Result<Self, SelectionError> {
        let mut selection = Self::all();
        let mut seen = BTreeSet::new();
        let pairs: Vec<(&str, &str)> = pairs.into_iter().collect();
        if pairs.len() > PARAMETERS {
            return Err(SelectionError::TooManyParameters(pairs.len()));
        }
        for (name, value) in pairs {
            let value = value.trim();
            if let Some(facet) = Facet::named(name) {
                selection.read_value(facet, value, referential)?;
                continue;
            }
            if value.is_empty() && Self::parameters().contains(&name) {
                continue;
            }
            if !seen.insert(name) {
                return Err(SelectionError::Repeated(shorten(name)));
            }
            selection.read_single(name, value)?;
        }
        for (facet, bounds) in &selection.ranges {
            if bounds.min.zip(bounds.max).is_some_and(|(min, max)| min > max) {
                return Err(SelectionError::EmptyRange(facet.name()));
            }
        }
        Ok(selection)
    }

    fn read_value(
        &mut self,
        facet: Facet,
        value: &str,
        referential: &Referential,
    ) -> Result<(), SelectionError> {
        if value.is_empty() {
            return Ok(());
        }
        if facet != Facet::Provider && !is_known(facet, value, referential) {
            let known = known_values(facet, referential);
            return Err(unknown_value(facet.name(), value, known));
        }
        self.values.entry(facet).or_default().insert(value.to_owned());
        Ok(())
    }

    fn read_single(&mut self, name: &str, value: &str) -> Result<(), SelectionError> {
        match name {
            "q" => self.text = read_text(value)?,
            "mots" => self.any_word = choice(name, value, &[("tous", false), ("un", true)])?,
            "sort" => {
                let known: Vec<_> = ORDERS.iter().map(|(order, name, _)| (*name, *order)).collect();
                self.order = choice(name, value, &known)?;
            }
            "page" => {
                let page = value.parse().ok().filter(|page| (1..=LAST_PAGE).contains(page));
                self.page = page.ok_or_else(|| SelectionError::BadPage(shorten(value)))?;
            }
            "duration_min" => {
                self.ranges.entry(Facet::Duration).or_default().min = Some(number(name, value)?)
            }
            "duration_max" => {
                self.ranges.entry(Facet::Duration).or_default().max = Some(number(name, value)?)
            }
            "price_min" => self.ranges.entry(Facet::Price).or_default().min = Some(number(name, value)?),
            "price_max" => self.ranges.entry(Facet::Price).or_default().max = Some(number(name, value)?),
            _ => {
                let known: Vec<String> = Self::parameters().into_iter().map(str::to_owned).collect();
                let nearest = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
                return Err(SelectionError::UnknownParameter { name: shorten(name), known, nearest });
            }
        }
        Ok(())
    }

    /// The pairs that parse back to this selection, in one canonical order; defaults are left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.text.is_empty() {
            pairs.push(("q", self.text.clone()));
        }
        if self.any_word {
            pairs.push(("mots", "un".to_owned()));
        }
        for (facet, values) in &self.values {
            pairs.extend(values.iter().map(|value| (facet.name(), value.clone())));
        }
        for (facet, bounds) in &self.ranges {
            let names = match facet {
                Facet::Price => ("price_min", "price_max"),
                _ => ("duration_min", "duration_max"),
            };
            pairs.extend(bounds.min.map(|min| (names.0, min.to_string())));
            pairs.extend(bounds.max.map(|max| (names.1, max.to_string())));
        }
        if self.order != Order::Relevance {
            pairs.push(("sort", self.order.name().to_owned()));
        }
        if self.page > 1 {
            pairs.push(("page", self.page.to_string()));
        }
        pairs
    }

    /// Whether a value is wanted.
    pub fn has(&self, facet: Facet, value: &str) -> bool {
        self.values.get(&facet).is_some_and(|values| values.contains(value))
    }

    /// Whether anything narrows the catalogue.
    pub fn is_filtered(&self) -> bool {
        !self.text.is_empty() || !self.values.is_empty() || !self.ranges.is_empty()
    }

    /// This selection with a value added, or removed if it is there; back on page 1.
    pub fn toggled(&self, facet: Facet, value: &str) -> Self {
        let mut other = Self { page: 1, ..self.clone() };
        let values = other.values.entry(facet).or_default();
        if !values.remove(value) {
            values.insert(value.to_owned());
        }
        if values.is_empty() {
            other.values.remove(&facet);
        }
        other
    }

    /// This selection without any filter of a facet; back on page 1.
    pub fn without(&self, facet: Facet) -> Self {
        let mut other = Self { page: 1, ..self.clone() };
        other.values.remove(&facet);
        other.ranges.remove(&facet);
        other
    }

    /// This selection without the range of a facet; back on page 1.
    pub fn without_range(&self, facet: Facet) -> Self {
        let mut other = Self { page: 1, ..self.clone() };
        other.ranges.remove(&facet);
        other
    }

    /// This selection with other words; back on page 1.
    pub fn with_text(&self, text: &str) -> Self {
        Self { text: text.to_owned(), page: 1, ..self.clone() }
    }

    /// This selection with at least one word instead of all; back on page 1.
    pub fn with_any_word(&self) -> Self {
        Self { any_word: true, page: 1, ..self.clone() }
    }

    /// This selection on another page.
    pub fn on_page(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }
}

fn read_text(value: &str) -> Result<String, SelectionError> {
    let length = value.chars().count();
    if length > TEXT_CHARS {
        return Err(SelectionError::TextTooLong(length));
    }
    if value.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return Err(SelectionError::ControlCharacter);
    }
    Ok(value.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn number(name: &str, value: &str) -> Result<f64, SelectionError> {
    let plain: String =
        value.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
    let digits = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let parsed = plain.parse::<f64>().ok().filter(|n| digits && (0.0..=1e7).contains(n));
    parsed.ok_or_else(|| SelectionError::BadNumber { name: name.to_owned(), value: shorten(value) })
}

fn choice<T: Copy>(name: &str, value: &str, known: &[(&str, T)]) -> Result<T, SelectionError> {
    known
        .iter()
        .find(|(id, _)| *id == value)
        .map(|(_, choice)| *choice)
        .ok_or_else(|| unknown_value(name, value, known.iter().map(|(id, _)| (*id).to_owned()).collect()))
}

fn is_known(facet: Facet, value: &str, referential: &Referential) -> bool {
    let term = referential.terms(facet.name()).iter().any(|term| term.id == value);
    term || (facet == Facet::Competence && referential.blocks().iter().any(|block| block.id == value))
}

fn known_values(facet: Facet, referential: &Referential) -> Vec<String> {
    let blocks = referential.blocks().iter().filter(|_| facet == Facet::Competence).map(|block| &block.id);
    blocks.chain(referential.terms(facet.name()).iter().map(|term| &term.id)).cloned().collect()
}

/// The error for a value that a facet does not have; lists at most 100 known values.
pub(crate) fn unknown_value(facet: &str, value: &str, mut known: Vec<String>) -> SelectionError {
    let nearest = nearest(value, known.iter().map(String::as_str)).map(str::to_owned);
    known.truncate(100);
    SelectionError::UnknownValue { facet: facet.to_owned(), value: shorten(value), known, nearest }
}
