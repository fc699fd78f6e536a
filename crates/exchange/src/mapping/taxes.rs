//! Words that say whether prices have taxes in them, in names of columns and in notes: « HT », « hors taxes », « H.T. »,
//! « toutes taxes comprises ».
//! Absent: what a price's own words say (see `catalogue::PriceBasis`).

use catalogue::{PriceBasis, slug};

/// Words in a row that say a basis, folded, the longest first.
const PHRASES: [(&[&str], PriceBasis); 12] = [
    (&["toutes", "taxes", "comprises"], PriceBasis::WithTaxes),
    (&["toutes", "taxes", "incluses"], PriceBasis::WithTaxes),
    (&["toutes", "taxes"], PriceBasis::WithTaxes),
    (&["t", "t", "c"], PriceBasis::WithTaxes),
    (&["ttc"], PriceBasis::WithTaxes),
    (&["h", "t", "v", "a"], PriceBasis::WithoutTaxes),
    (&["h", "t"], PriceBasis::WithoutTaxes),
    (&["ht"], PriceBasis::WithoutTaxes),
    (&["htva"], PriceBasis::WithoutTaxes),
    (&["hors", "taxes"], PriceBasis::WithoutTaxes),
    (&["hors", "taxe"], PriceBasis::WithoutTaxes),
    (&["hors", "tva"], PriceBasis::WithoutTaxes),
];
/// Words after « hors taxe » that make another tax of it: « hors taxe d’apprentissage ».
const OTHER_TAX: [&str; 5] = ["d", "de", "des", "sur", "parafiscale"];

/// Folded words without those that say a basis, and the bases that these say.
fn parted<'w>(words: &[&'w str]) -> (Vec<&'w str>, Vec<PriceBasis>) {
    let (mut rest, mut bases) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < words.len() {
        let is_said = |(phrase, _): &&(&[&str], PriceBasis)| {
            let after = words.get(at + phrase.len());
            let is_other = phrase[0] == "hors" && after.is_some_and(|word| OTHER_TAX.contains(word));
            words[at..].starts_with(phrase) && !is_other
        };
        match PHRASES.iter().find(is_said) {
            Some((phrase, basis)) => {
                bases.push(*basis);
                at += phrase.len();
            }
            None => {
                rest.push(words[at]);
                at += 1;
            }
        }
    }
    (rest, bases)
}

/// What words say of taxes; nothing is said when they speak of both bases.
pub(super) fn basis(text: &str) -> PriceBasis {
    let folded = slug(text);
    let bases = parted(&folded.split('-').collect::<Vec<_>>()).1;
    match bases.split_first() {
        Some((first, others)) if others.iter().all(|other| other == first) => *first,
        _ => PriceBasis::Unsaid,
    }
}

/// Folded words without those that say a basis: « prix-hors-taxes » is « prix ».
pub(super) fn without(folded: &str) -> String {
    parted(&folded.split('-').collect::<Vec<_>>()).0.join("-")
}

/// Whether words say that prices are without taxes.
pub(super) fn is_without(text: &str) -> bool {
    basis(text) == PriceBasis::WithoutTaxes
}

/// Whether words say that prices have taxes in them.
pub(super) fn is_with(text: &str) -> bool {
    basis(text) == PriceBasis::WithTaxes
}

#[cfg(test)]
mod tests {
    use super::{PriceBasis, basis};

    #[test]
    fn bases_are_known_in_all_their_forms() {
        for text in ["Prix HT", "Prix (hors taxes)", "prix_hors_taxe", "Prix H.T.", "Coût HTVA", "hors TVA"]
        {
            assert_eq!(basis(text), PriceBasis::WithoutTaxes, "{text}");
        }
        for text in ["Prix TTC", "Prix T.T.C.", "Tarif toutes taxes comprises", "Prix (toutes taxes)"] {
            assert_eq!(basis(text), PriceBasis::WithTaxes, "{text}");
        }
        for text in ["Prix", "Prix HT ou TTC", "Montant hors taxe d’apprentissage", "Tarif HTML", "Taxe", ""]
        {
            assert_eq!(basis(text), PriceBasis::Unsaid, "{text}");
        }
    }
}
