//! Certifications that trainings cite, and how they stand in a directory; prices before tax and with tax.

use std::collections::BTreeMap;

use catalogue::certification::{Certification, CertificationCode, Certifications, Standing, codes_in};
use catalogue::{PriceBasis, Seen};
use proptest::prelude::*;

use crate::{row, training};

fn code(number: u32) -> CertificationCode {
    CertificationCode::parse(&format!("RNCP{number}")).expect("a code")
}

/// A directory of `number, active, successors`.
fn directory(entries: &[(u32, Option<bool>, &[u32])]) -> Certifications {
    let entry = |(number, active, successors): &(u32, Option<bool>, &[u32])| {
        let entry = Certification {
            title: format!("Titre {number}"),
            kind: None,
            level: None,
            active: *active,
            ends_on: None,
            successors: successors.iter().map(|next| code(*next)).collect(),
        };
        (code(*number), entry)
    };
    let entries: BTreeMap<_, _> = entries.iter().map(entry).collect();
    Certifications::new(Seen::parse("2026-11-24").expect("a date"), entries)
}

fn check_replaced(directory: &Certifications, number: u32, expect: &[u32]) {
    let expect: Vec<CertificationCode> = expect.iter().map(|next| code(*next)).collect();
    assert_eq!(directory.replacements(code(number)), expect, "{number}");
}

#[test]
fn what_takes_the_place_of_a_certification_is_followed_to_an_active_one() {
    let directory = directory(&[
        (1, Some(false), &[2]),
        (2, Some(false), &[3, 4]),
        (3, Some(true), &[]),
        (4, Some(true), &[5]),
        (5, Some(true), &[]),
        // No end that is active: the next one, as the directory says.
        (6, Some(false), &[7]),
        (7, Some(false), &[6]),
        (8, None, &[99]),
        (9, Some(false), &[]),
    ]);
    check_replaced(&directory, 1, &[3, 4]);
    check_replaced(&directory, 6, &[7]);
    check_replaced(&directory, 8, &[99]);
    check_replaced(&directory, 9, &[]);
    check_replaced(&directory, 404, &[]);
    assert!(matches!(directory.standing(code(1)), Standing::Inactive(_)));
    assert!(matches!(directory.standing(code(3)), Standing::Active(_)));
    assert!(matches!(directory.standing(code(8)), Standing::Unsaid(_)));
    assert_eq!(directory.standing(code(404)), Standing::Unknown);
}

#[test]
fn a_training_cites_what_its_own_words_and_addresses_say() {
    let mut raw = row("dpo");
    raw.title = "Délégué à la protection des données (RNCP38106)".to_owned();
    raw.url = Some("https://www.francecompetences.fr/recherche/rs/5616/".to_owned());
    raw.stated.insert("nature".to_owned(), "Titre RNCP n° 30000, niveau 7".to_owned());
    // Asked on entry, not delivered.
    raw.stated.insert("prerequisites".to_owned(), "Être titulaire de RNCP99999".to_owned());
    let cited = training(&raw).certifications();
    let told: Vec<String> = cited.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["RNCP30000", "RNCP38106", "RS5616"]);
    assert_eq!(training(&row("autre")).certifications(), []);
}

proptest! {
    #[test]
    fn any_words_are_read_without_harm(words in "\\PC{0,60}", price in proptest::option::of(0.0..10_000.0_f64)) {
        for code in codes_in(&words) {
            prop_assert_eq!(CertificationCode::parse(&code.to_string()), Some(code));
        }
        let _ = PriceBasis::of(&words, price);
    }

    #[test]
    fn a_code_is_read_back_in_a_sentence(number in 1_u32..1_000_000, before in "[ (,;:«/-]{0,5}", rncp: bool) {
        let name = if rncp { "RNCP" } else { "RS" };
        let written = format!("{name}{number}");
        let found = codes_in(&format!("Certification {before}{written}, niveau 6"));
        prop_assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), [written]);
    }

    #[test]
    fn the_basis_of_a_price_is_the_one_beside_it(euros in 1_u32..100_000, other in 1_u32..100_000, with_taxes: bool) {
        prop_assume!(euros != other);
        let (own, against) = if with_taxes { ("TTC", "HT") } else { ("HT", "TTC") };
        let expect = if with_taxes { PriceBasis::WithTaxes } else { PriceBasis::WithoutTaxes };
        let price = Some(f64::from(euros));
        prop_assert_eq!(PriceBasis::of(&format!("{euros} € {own}"), price), expect);
        prop_assert_eq!(PriceBasis::of(&format!("{other} € {against} ; {euros} € {own}"), price), expect);
    }
}
