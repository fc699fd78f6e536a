//! Whether a stated price has taxes in it, as far as its source says. Nothing is converted: the VAT of a training body
//! is not known, and many are exempt (code général des impôts, article 261, 4, 4° a).
//! Absent: amounts (see `values`).

use crate::evidence::Field;
use crate::raw::RawTraining;
use crate::training::Training;

/// Whether a stated price has taxes in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceBasis {
    /// « HT », « hors taxes ».
    WithoutTaxes,
    /// « TTC », « toutes taxes comprises ».
    WithTaxes,
    /// The source does not say.
    Unsaid,
}

/// Words that say a basis, in small letters; those of letters only are whole words.
const SIGNS: [(&str, PriceBasis); 8] = [
    ("ht", PriceBasis::WithoutTaxes),
    ("hors tax", PriceBasis::WithoutTaxes),
    ("hors tva", PriceBasis::WithoutTaxes),
    ("h.t", PriceBasis::WithoutTaxes),
    ("htva", PriceBasis::WithoutTaxes),
    ("ttc", PriceBasis::WithTaxes),
    ("t.t.c", PriceBasis::WithTaxes),
    ("toutes taxes", PriceBasis::WithTaxes),
];

impl PriceBasis {
    /// What words on a price say; when they speak of both, the sign that follows the amount.
    pub fn of(words: &str, price_eur: Option<f64>) -> Self {
        let lower = words.to_lowercase();
        let mut signs: Vec<(usize, Self)> =
            SIGNS.iter().flat_map(|(sign, basis)| places(&lower, sign).map(|at| (at, *basis))).collect();
        signs.sort_by_key(|(at, _)| *at);
        match (signs.first(), price_eur) {
            // What is free is free on either basis.
            (None, _) | (_, Some(0.0)) => Self::Unsaid,
            (Some((_, first)), _) if signs.iter().all(|(_, basis)| basis == first) => *first,
            (_, None) => Self::Unsaid,
            (_, Some(price)) => {
                let end = amount_end(&lower, price);
                let after = signs.iter().find(|(at, _)| end.is_some_and(|end| *at >= end));
                after.map_or(Self::Unsaid, |(_, basis)| *basis)
            }
        }
    }

    /// The basis of a row's price.
    pub fn of_row(row: &RawTraining) -> Self {
        Self::of(row.stated.get(Field::Price.name()).map_or("", String::as_str), row.price_eur)
    }

    /// Its name for programs: `ht`, `ttc`; nothing when it is not said.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::WithoutTaxes => Some("ht"),
            Self::WithTaxes => Some("ttc"),
            Self::Unsaid => None,
        }
    }
}

impl Training {
    /// Whether the stated price has taxes in it.
    pub fn price_basis(&self) -> PriceBasis {
        let price = self.price_eur.map(|price| price.get());
        PriceBasis::of(self.stated(Field::Price).unwrap_or_default(), price)
    }
}

/// Where a sign is, not within a longer word.
fn places(lower: &str, sign: &'static str) -> impl Iterator<Item = usize> {
    let is_open = |c: Option<char>| !c.is_some_and(char::is_alphabetic);
    let found = lower.match_indices(sign).filter(move |(at, _)| {
        let ends = sign.contains(' ') || is_open(lower[at + sign.len()..].chars().next());
        is_open(lower[..*at].chars().next_back()) && ends
    });
    found.map(|(at, _)| at)
}

/// Where the whole euros of an amount end in words: « 1 200 ».
fn amount_end(lower: &str, price: f64) -> Option<usize> {
    let wanted = (price.trunc() as u64).to_string();
    let mut run = String::new();
    for (at, letter) in lower.char_indices() {
        if letter.is_ascii_digit() {
            run.push(letter);
            let next = lower[at + 1..].chars().find(|c| !c.is_whitespace());
            if run == wanted && !next.is_some_and(|c| c.is_ascii_digit()) {
                return Some(at + 1);
            }
        } else if !letter.is_whitespace() {
            run.clear();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::PriceBasis::{self, Unsaid, WithTaxes, WithoutTaxes};

    #[track_caller]
    fn check(words: &str, price: Option<f64>, expect: PriceBasis) {
        assert_eq!(PriceBasis::of(words, price), expect, "{words}");
    }

    #[test]
    fn the_basis_is_the_one_that_the_words_say() {
        check("2710 € HT (2021)", Some(2710.0), WithoutTaxes);
        check("2 090 €HT repas inclus", Some(2090.0), WithoutTaxes);
        check("450€ht", Some(450.0), WithoutTaxes);
        check("450 € H.T.", Some(450.0), WithoutTaxes);
        check("450 € HTVA", Some(450.0), WithoutTaxes);
        check("540 € T.T.C.", Some(540.0), WithTaxes);
        check("540 €, http://ch.t.fr", Some(540.0), Unsaid);
        check("1 200 € (hors taxes)", Some(1200.0), WithoutTaxes);
        check("3 500 € TTC", Some(3500.0), WithTaxes);
        check("990 € toutes taxes comprises", None, WithTaxes);
        check("990 €, tarif HTML5", Some(990.0), Unsaid);
        check("990 € net de TVA", Some(990.0), Unsaid);
        check("gratuit (0 € HT)", Some(0.0), Unsaid);
        check("", Some(12.0), Unsaid);
    }

    #[test]
    fn of_two_bases_the_one_that_follows_the_amount() {
        let both = "1\u{202f}000 € HT, soit 1 200 € TTC";
        check(both, Some(1000.0), WithoutTaxes);
        check(both, Some(1200.0), WithTaxes);
        check(both, Some(1100.0), Unsaid);
        check(both, None, Unsaid);
        check("100 HT, TVA 20, soit 120.50 TTC", Some(120.5), WithTaxes);
        check("Initiale : 500€ HT ; rattrapage : 250€ HT", Some(500.0), WithoutTaxes);
    }
}
