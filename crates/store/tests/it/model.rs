//! Random publications against a plain model: a list of maps.

use std::collections::BTreeMap;

use proptest::prelude::*;
use store::{Edit, Store};

use crate::{block_on, new, put, state, withdraw};

type State = BTreeMap<String, String>;

fn publications() -> impl Strategy<Value = Vec<BTreeMap<u8, Option<u8>>>> {
    let edits = proptest::collection::btree_map(0_u8..8, proptest::option::weighted(0.7, 0_u8..4), 0..6);
    proptest::collection::vec(edits, 1..8)
}

async fn check(publications: Vec<BTreeMap<u8, Option<u8>>>, restored: usize) {
    let store = Store::open_memory().await.expect("a store");
    let mut states: Vec<State> = vec![State::new()];
    for edits in publications {
        let mut next = states.last().expect("a state").clone();
        let mut list: Vec<Edit> = Vec::new();
        for (id, title) in edits {
            let id = format!("t{id}");
            match title {
                Some(title) => {
                    list.push(put(&id, &title.to_string()));
                    next.insert(id, title.to_string());
                }
                None => {
                    list.push(withdraw(&id));
                    next.remove(&id);
                }
            }
        }
        let published = store.publish(new("essai"), list.into_iter()).await.expect("published");
        assert_eq!(published.is_some(), Some(&next) != states.last());
        if published.is_some() {
            states.push(next);
        }
    }
    if states.len() > 1 {
        let target = 1 + restored % (states.len() - 1);
        let revision = store.restore(target as i64, new("retour")).await.expect("restored");
        if revision.is_some() {
            states.push(states[target].clone());
        }
    }
    for (number, expected) in states.iter().enumerate().skip(1) {
        let found: State = state(&store, number as i64).await.into_iter().collect();
        assert_eq!(&found, expected, "state {number}");
        for (other, before) in states.iter().enumerate() {
            check_difference(&store, (other, before), (number, expected)).await;
        }
    }
    assert_eq!(store.check().await.expect("checked"), []);
}

async fn check_difference(store: &Store, (from, before): (usize, &State), (to, after): (usize, &State)) {
    let difference = store.difference(from as i64, to as i64).await.expect("a difference");
    let added: Vec<_> = after.keys().filter(|id| !before.contains_key(*id)).cloned().collect();
    let withdrawn: Vec<_> = before.keys().filter(|id| !after.contains_key(*id)).cloned().collect();
    let changed: Vec<_> = after
        .iter()
        .filter(|(id, title)| before.get(*id).is_some_and(|old| old != *title))
        .map(|(id, _)| id.clone())
        .collect();
    let ids = |rows: &[catalogue::RawTraining]| rows.iter().map(|raw| raw.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&difference.added), added, "{from} → {to}");
    assert_eq!(ids(&difference.withdrawn), withdrawn, "{from} → {to}");
    assert_eq!(difference.changed.iter().map(|(_, new)| new.id.clone()).collect::<Vec<_>>(), changed);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn revisions_behave_as_a_list_of_maps(list in publications(), restored in 0_usize..8) {
        block_on(check(list, restored));
    }
}
