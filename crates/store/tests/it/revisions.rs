//! Publications, states, differences, restorations.

use store::{BODY_BYTES, Edit, NewRevision, Store, StoreError};

use crate::{new, pairs, put, row, state, withdraw};

async fn three() -> Store {
    let store = Store::open_memory().await.expect("a store");
    let publish = |message: &'static str, edits: Vec<Edit>| store.publish(new(message), edits.into_iter());
    publish("un", vec![put("a", "A"), put("b", "B")]).await.expect("published").expect("a revision");
    publish("deux", vec![put("b", "B2"), put("c", "C"), withdraw("z")]).await.expect("published");
    publish("trois", vec![withdraw("a")]).await.expect("published");
    store
}

#[tokio::test]
async fn each_revision_keeps_its_state() {
    let store = three().await;
    assert_eq!(state(&store, 1).await, pairs(&[("a", "A"), ("b", "B")]));
    assert_eq!(state(&store, 2).await, pairs(&[("a", "A"), ("b", "B2"), ("c", "C")]));
    assert_eq!(state(&store, 3).await, pairs(&[("b", "B2"), ("c", "C")]));
    let counts: Vec<_> = store.revisions(1, 10).await.expect("revisions");
    let counts: Vec<_> =
        counts.iter().map(|r| (r.id, r.parent, r.added, r.changed, r.withdrawn, r.total)).collect();
    assert_eq!(counts, [(3, Some(2), 0, 0, 1, 2), (2, Some(1), 1, 1, 0, 3), (1, None, 2, 0, 0, 2)]);
    assert_eq!(store.check().await.expect("checked"), []);
}

#[tokio::test]
async fn what_changes_nothing_makes_no_revision() {
    let store = three().await;
    let same =
        store.publish(new("rien"), vec![put("b", "B2"), withdraw("a"), withdraw("q")].into_iter()).await;
    assert_eq!(same.expect("published"), None);
    assert_eq!(store.latest_number().await.expect("a number"), 3);
}

#[tokio::test]
async fn a_difference_is_told_both_ways() {
    let store = three().await;
    let there = store.difference(1, 3).await.expect("a difference");
    let ids = |rows: &[catalogue::RawTraining]| rows.iter().map(|raw| raw.id.clone()).collect::<Vec<_>>();
    assert_eq!((ids(&there.added), ids(&there.withdrawn)), (vec!["c".to_owned()], vec!["a".to_owned()]));
    assert_eq!(there.changed, [(row("b", "B"), row("b", "B2"))]);
    let back = store.difference(3, 1).await.expect("a difference");
    assert_eq!((ids(&back.added), ids(&back.withdrawn)), (vec!["a".to_owned()], vec!["c".to_owned()]));
    assert_eq!(back.changed, [(row("b", "B2"), row("b", "B"))]);
    assert!(store.difference(2, 2).await.expect("a difference").changed.is_empty());
    assert!(matches!(store.difference(1, 9).await, Err(StoreError::NoRevision(9))));
}

#[tokio::test]
async fn restoring_appends_a_revision_with_the_old_state_and_digest() {
    let store = three().await;
    let restored = store.restore(1, new("retour")).await.expect("restored").expect("a revision");
    let first = store.revision(1).await.expect("a revision");
    assert_eq!((restored.id, restored.total, restored.digest), (4, 2, first.digest));
    assert_eq!(state(&store, 4).await, state(&store, 1).await);
    assert_eq!(state(&store, 3).await, pairs(&[("b", "B2"), ("c", "C")]));
    assert_eq!(store.restore(4, new("encore")).await.expect("restored"), None);
    for absent in [0, 12] {
        let refused = store.restore(absent, new("non")).await;
        assert!(matches!(refused, Err(StoreError::NoRevision(number)) if number == absent), "{refused:?}");
    }
}

#[tokio::test]
async fn a_training_has_a_history() {
    let store = three().await;
    assert_eq!(store.history("a").await.expect("a history"), [(1, Some(row("a", "A"))), (3, None)]);
    assert!(store.history("q").await.expect("a history").is_empty());
}

#[tokio::test]
async fn a_publication_prepared_on_an_older_state_is_refused() {
    let store = three().await;
    let late = NewRevision { expected_parent: Some(2), ..new("tard") };
    let refused = store.publish(late, vec![put("d", "D")].into_iter()).await;
    assert!(matches!(refused, Err(StoreError::Overtaken { expected: 2, found: 3 })), "{refused:?}");
    assert_eq!(store.latest_number().await.expect("a number"), 3);
}

#[tokio::test]
async fn a_wrong_publication_changes_nothing() {
    let store = three().await;
    let twice = store.publish(new("deux fois"), vec![put("d", "D"), put("d", "D2")].into_iter()).await;
    assert!(matches!(twice, Err(StoreError::Repeated)), "{twice:?}");
    let far: Vec<Edit> = (0..700).map(|n| put(&format!("t{}", n % 600), &n.to_string())).collect();
    let twice = store.publish(new("deux fois, loin"), far.into_iter()).await;
    assert!(matches!(twice, Err(StoreError::Repeated)), "{twice:?}");
    let long = store.publish(new("long"), vec![put("e", &"x".repeat(BODY_BYTES))].into_iter()).await;
    assert!(matches!(long, Err(StoreError::TooLong { .. })), "{long:?}");
    assert_eq!(store.latest_number().await.expect("a number"), 3);
    assert_eq!(store.check().await.expect("checked"), []);
}
