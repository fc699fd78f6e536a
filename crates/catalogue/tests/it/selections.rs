//! Selections from addresses and back.

use std::collections::BTreeSet;

use catalogue::{Bounds, Facet, Order, Referential, Selection, SelectionError};
use proptest::prelude::*;

fn parse(pairs: &[(&str, &str)]) -> Result<Selection, SelectionError> {
    Selection::parse(pairs.iter().copied(), &Referential::builtin())
}

/// The French message of a refused address holds the words expected.
fn refused(pairs: &[(&str, &str)], words: &[&str]) {
    let message = parse(pairs).expect_err("refused").to_string();
    for word in words {
        assert!(message.contains(word), "{message} should say {word}");
    }
}

#[test]
fn an_address_says_a_selection() {
    let selection = parse(&[
        ("q", "  données   publiques "),
        ("theme", "droit-ethique"),
        ("theme", "ia-algorithmes"),
        ("audience", ""),
        ("duration_max", "3,5"),
        ("sort", "duree"),
        ("page", "2"),
    ])
    .expect("sound");
    assert_eq!(selection.text, "données publiques");
    assert_eq!(selection.values[&Facet::Theme].len(), 2);
    assert_eq!(selection.ranges[&Facet::Duration].max, Some(3.5));
    assert_eq!((selection.order, selection.page), (Order::Duration, 2));
    assert!(!selection.values.contains_key(&Facet::Audience));
}

#[test]
fn a_wrong_address_is_refused_with_the_remedy() {
    refused(&[("them", "x")], &["them", "vouliez-vous « theme »", "audience"]);
    refused(&[("theme", "ia-algorithme")], &["vouliez-vous « ia-algorithmes »", "droit-ethique"]);
    refused(&[("competence", "decide")], &["vouliez-vous « decider »"]);
    refused(&[("page", "0")], &["de 1 à 500"]);
    refused(&[("page", "99999999999999999999")], &["de 1 à 500"]);
    refused(&[("duration_min", "deux")], &["nombre"]);
    refused(&[("duration_min", "NaN")], &["nombre"]);
    refused(&[("price_min", "10"), ("price_max", "5")], &["Prix", "au moins"]);
    refused(&[("q", &"a".repeat(501))], &["501", "500"]);
    refused(&[("q", "a\u{7}b")], &["contrôle"]);
    refused(&[("q", "a"), ("q", "b")], &["plusieurs fois"]);
    refused(&vec![("theme", "securite"); 101], &["101"]);
}

#[test]
fn a_toggled_value_comes_and_goes() {
    let all = Selection::all();
    let with = all.on_page(3).toggled(Facet::Theme, "securite");
    assert!(with.has(Facet::Theme, "securite") && with.page == 1);
    assert_eq!(with.toggled(Facet::Theme, "securite"), all);
    assert_eq!(with.without(Facet::Theme), all);
}

fn selections() -> impl Strategy<Value = Selection> {
    let themes = proptest::sample::subsequence(vec!["ia-algorithmes", "securite", "data-science"], 0..=3);
    let providers = proptest::collection::btree_set("[a-z]{1,8}", 0..3);
    let bounds = proptest::option::of((0_u32..500, 0_u32..500, any::<bool>()));
    let text = "[a-zéàœ’\"«» 0-9]{0,30}";
    (text, any::<bool>(), themes, providers, bounds, 0_usize..7, 1_usize..=500).prop_map(
        |(text, any_word, themes, providers, bounds, order, page)| {
            let mut selection = Selection::all();
            selection.text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            selection.any_word = any_word;
            for (facet, values) in [
                (Facet::Theme, themes.into_iter().map(str::to_owned).collect::<BTreeSet<_>>()),
                (Facet::Provider, providers),
            ] {
                if !values.is_empty() {
                    selection.values.insert(facet, values);
                }
            }
            if let Some((low, more, open)) = bounds {
                let min = f64::from(low) / 2.0;
                let max = (!open).then(|| min + f64::from(more) / 4.0);
                selection.ranges.insert(Facet::Duration, Bounds { min: Some(min), max });
            }
            selection.order = Order::all().nth(order).expect("an order");
            selection.page = page;
            selection
        },
    )
}

proptest! {
    #[test]
    fn a_selection_written_in_an_address_is_read_as_itself(selection in selections()) {
        let pairs = selection.pairs();
        let again = Selection::parse(pairs.iter().map(|(n, v)| (*n, v.as_str())), &Referential::builtin());
        prop_assert_eq!(Ok(selection), again);
    }

    #[test]
    fn no_address_makes_the_parser_panic(pairs in proptest::collection::vec(("[a-z_]{0,14}|theme|q|page|duration_min", "\\PC{0,30}"), 0..12)) {
        let result = Selection::parse(pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())), &Referential::builtin());
        if let Err(error) = result {
            prop_assert!(!error.to_string().is_empty());
        }
    }
}
