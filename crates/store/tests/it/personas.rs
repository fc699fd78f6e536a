//! Personas: every state kept, the last in place, beside the revisions.

use catalogue::persona::RawPersona;
use store::{PERSONAS_MAX, Store, StoreError};

use crate::{block_on, new, put};

fn persona(id: &str, label: &str) -> RawPersona {
    RawPersona { id: id.to_owned(), label: label.to_owned(), ..RawPersona::default() }
}

#[test]
fn the_last_state_of_each_is_in_place() {
    block_on(async {
        let store = Store::open_memory().await.expect("a store");
        assert_eq!(store.personas_number().await.expect("read"), 0);
        assert_eq!(store.personas().await.expect("read"), []);
        store.publish(new("un"), [put("a", "A")].into_iter()).await.expect("published");
        let before = store.latest().await.expect("read");
        let write = |personas: Vec<RawPersona>| {
            let store = store.clone();
            async move { store.put_personas(&personas, "essai", "2026-11-26T08:00:00Z").await.expect("written") }
        };
        assert_eq!(write(vec![persona("b", "B"), persona("a", "A")]).await, 2);
        assert_eq!(store.personas().await.expect("read"), [persona("a", "A"), persona("b", "B")]);
        let number = store.personas_number().await.expect("read");
        assert_eq!(write(vec![persona("a", "A"), persona("b", "B2")]).await, 1);
        assert!(store.personas_number().await.expect("read") > number);
        assert_eq!(store.personas().await.expect("read"), [persona("a", "A"), persona("b", "B2")]);
        assert!(store.withdraw_persona("b", "essai", "2026-11-26T09:00:00Z").await.expect("written"));
        assert!(!store.withdraw_persona("b", "essai", "2026-11-26T09:00:00Z").await.expect("written"));
        assert_eq!(store.personas().await.expect("read"), [persona("a", "A")]);
        assert_eq!(write(vec![persona("b", "B2")]).await, 1);
        assert_eq!(store.personas().await.expect("read"), [persona("a", "A"), persona("b", "B2")]);
        assert_eq!(store.latest().await.expect("read"), before);
        assert_eq!(store.check().await.expect("checked"), []);
    });
}

#[test]
fn too_many_are_refused_whole() {
    block_on(async {
        let store = Store::open_memory().await.expect("a store");
        let many: Vec<RawPersona> = (0..=PERSONAS_MAX).map(|n| persona(&format!("p-{n}"), "P")).collect();
        let refused = store.put_personas(&many, "essai", "2026-11-26T08:00:00Z").await;
        assert!(matches!(refused, Err(StoreError::PersonasLimit(_))), "{refused:?}");
        assert_eq!(store.personas().await.expect("read"), []);
        let long = RawPersona { situation: "x".repeat(300 << 10), ..persona("a", "A") };
        let refused = store.put_personas(&[long], "essai", "2026-11-26T08:00:00Z").await;
        assert!(matches!(refused, Err(StoreError::PersonasLimit(_))), "{refused:?}");
    });
}
