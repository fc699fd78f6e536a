//! Addresses: query strings read strictly, selections written back as links.
//! Absent: what parameters mean (see `catalogue::Selection`).

use catalogue::Selection;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Path of the explorer.
pub(crate) const TRAININGS: &str = "/formations";

const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The query string is not percent-encoded UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadEncoding;

/// Decoded pairs of a query string; `+` is a space, as forms write it.
pub(crate) fn pairs(query: &str) -> Result<Vec<(String, String)>, BadEncoding> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Ok((decoded(name)?, decoded(value)?))
        })
        .collect()
}

fn decoded(text: &str) -> Result<String, BadEncoding> {
    let bytes = text.as_bytes();
    let whole = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%').all(|(position, _)| {
        bytes.get(position + 1..position + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    if !whole {
        return Err(BadEncoding);
    }
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().map(|text| text.into_owned()).map_err(|_| BadEncoding)
}

/// A query string from pairs, without its `?`.
pub(crate) fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut query = String::with_capacity(64);
    for (name, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        query.extend(utf8_percent_encode(value, ESCAPED));
    }
    query
}

/// The address of a page for some pairs.
pub(crate) fn with_pairs<'a>(path: &str, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let query = query(pairs);
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The address of a selection at a path (`/formations`, `/formations.csv`, …).
pub(crate) fn of(path: &str, selection: &Selection) -> String {
    let pairs = selection.pairs();
    with_pairs(path, pairs.iter().map(|(name, value)| (*name, value.as_str())))
}

/// The explorer on one value of a facet.
pub(crate) fn of_value(facet: catalogue::Facet, value: &str) -> String {
    with_pairs(TRAININGS, [(facet.name(), value)])
}

#[cfg(test)]
mod tests {
    use super::{BadEncoding, pairs, query};
    use catalogue::{Bounds, Facet, Order, Referential, Selection};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in "\\PC*") {
            let written = query([("q", value.as_str())]);
            prop_assert!(written.is_ascii());
            prop_assert_eq!(pairs(&written), Ok(vec![("q".to_owned(), value)]));
        }

        #[test]
        fn any_query_is_read_or_refused(text in "[%+&=a-f0-9é]*") {
            let _ = pairs(&text);
        }
    }

    fn selections() -> impl Strategy<Value = Selection> {
        let values = proptest::collection::btree_set("[a-z0-9-]{1,12}", 0..3);
        let facets = proptest::collection::vec(values, 12);
        let bound = || proptest::option::of((0u32..100_000).prop_map(|n| f64::from(n) / 4.0));
        ("[a-zé'«%&=+ ]{0,20}", any::<bool>(), facets, bound(), 0..7usize, 1..500usize).prop_map(
            |(text, any_word, facets, min, order, page)| {
                let mut selection = Selection { any_word, page, ..Selection::all() };
                selection.text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                selection.order = Order::all().nth(order).expect("an order");
                let known = |facet: Facet, value: &String| {
                    let terms = Referential::builtin().terms(facet.name()).to_vec();
                    terms.get(value.len() % terms.len().max(1)).map_or(value.clone(), |term| term.id.clone())
                };
                for (facet, values) in Facet::all().zip(facets).filter(|(_, values)| !values.is_empty()) {
                    selection.values.insert(facet, values.iter().map(|value| known(facet, value)).collect());
                }
                if min.is_some() {
                    selection.ranges.insert(Facet::Price, Bounds { min, max: None });
                }
                selection
            },
        )
    }

    proptest! {
        #[test]
        fn a_link_reads_back_as_its_selection(selection in selections()) {
            let link = super::of("/formations", &selection);
            let pairs = pairs(link.split_once('?').map_or("", |(_, query)| query)).expect("our own encoding");
            let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            prop_assert_eq!(Selection::parse(pairs, &Referential::builtin()), Ok(selection), "{}", link);
        }
    }

    fn check(text: &str, expect: Result<&[(&str, &str)], BadEncoding>) {
        let owned =
            |pairs: &[(&str, &str)]| pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        assert_eq!(pairs(text), expect.map(owned), "{text}");
    }

    #[test]
    fn forms_and_broken_encodings() {
        check("", Ok(&[]));
        check("q=open+data&theme=a", Ok(&[("q", "open data"), ("theme", "a")]));
        check("q", Ok(&[("q", "")]));
        check("q=%C3%A9", Ok(&[("q", "é")]));
        check("q=%C3", Err(BadEncoding));
        check("q=%", Err(BadEncoding));
        check("q=%2", Err(BadEncoding));
        check("q=%zz", Err(BadEncoding));
    }
}
