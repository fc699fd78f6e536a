//! Every link of every page answers, and every anchor exists.

use std::collections::{BTreeSet, VecDeque};

use crate::support::get;

/// Pages visited; filters combine without end.
const MOST_PAGES: usize = 700;

fn links(page: &str) -> Vec<String> {
    ["href=\"", "src=\"", "action=\""]
        .iter()
        .flat_map(|attribute| page.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .map(|link| link.replace("&#38;", "&").replace("&amp;", "&"))
        .collect()
}

#[test]
fn every_link_answers() {
    let mut waiting: VecDeque<(String, String)> = [("/".to_owned(), "début".to_owned())].into();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    while let Some((address, from)) = waiting.pop_front() {
        if seen.len() >= MOST_PAGES || !seen.insert(address.clone()) {
            continue;
        }
        let reply = get(&address);
        assert_eq!(reply.status.as_u16(), 200, "{address}, linked from {from}");
        if !reply.header("content-type").starts_with("text/html") {
            continue;
        }
        for link in links(reply.text()) {
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            if path.is_empty() {
                assert!(reply.text().contains(&format!("id=\"{anchor}\"")), "{address}: #{anchor}");
            } else if path.starts_with('/') {
                waiting.push_back((path.to_owned(), address.clone()));
            } else {
                assert!(path.starts_with("https://") || path.starts_with("http://"), "{address}: {path}");
            }
        }
    }
    assert!(seen.len() > 100, "{}", seen.len());
}
