//! A node follows what others publish, and reads its snapshot back from the cache.

use std::fs;

use catalogue::Selection;
use tempfile::TempDir;

use super::*;
use crate::import::{Mode, Plan, Signature};
use crate::{Generated, builtin};

async fn publish(store: &Store, mode: Mode, rows: impl Iterator<Item = RawTraining>) {
    let mut plan = Plan::begin(store, Referential::builtin(), mode).await.expect("a store");
    rows.for_each(|raw| plan.offer("essai", None, &raw));
    let signature = Signature { author: "essai".to_owned(), message: "essai".to_owned() };
    let ready = plan.finish(store).await.expect("a store");
    ready.publish(store, signature).await.expect("published").expect("a revision");
}

async fn node(directory: &TempDir) -> Node {
    Node::open(directory.path(), Arc::new(|_| {})).await.expect("a node")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_directory_shows_the_built_in_catalogue() {
    let directory = TempDir::new().expect("a directory");
    let node = node(&directory).await;
    let rows = builtin::rows();
    assert_eq!(node.snapshot().len(), rows.len());
    assert!(rows.len() > 400);
    let again = self::node(&directory).await;
    assert_eq!(again.store().latest_number().await.expect("a number"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_catalogue_is_left_alone() {
    let directory = TempDir::new().expect("a directory");
    let store = Store::open(directory.path()).await.expect("a store");
    publish(&store, Mode::Merge, Generated::new(3, 1)).await;
    assert_eq!(node(&directory).await.snapshot().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_is_shown() {
    let directory = TempDir::new().expect("a directory");
    let node = node(&directory).await;
    let (mut seen, before) = (node.snapshots(), node.snapshot().len());
    let mut rows: Vec<RawTraining> = Generated::new(20, 4).collect();
    publish(node.store(), Mode::Merge, rows.clone().into_iter()).await;
    node.catch_up().await.expect("caught up");
    assert!(seen.has_changed().expect("a node"));
    assert_eq!(seen.borrow_and_update().len(), before + 20);
    rows[0].title = "Zythologie comparée".to_owned();
    publish(node.store(), Mode::Merge, rows.into_iter()).await;
    node.catch_up().await.expect("caught up");
    let found = node.snapshot().search(&Selection::all().with_text("zythologie")).expect("found");
    assert_eq!((found.total, found.trainings[0].id.as_str()), (1, "g-4-1"));
    publish(node.store(), Mode::Replace, Generated::new(5, 4)).await;
    node.catch_up().await.expect("caught up");
    assert_eq!((node.snapshot().len(), node.snapshot().stamp().revision), (5, 4));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_catalogue_is_kept_and_read_back() {
    let directory = TempDir::new().expect("a directory");
    let count = u64::try_from(CACHED_MIN).expect("a count");
    let store = Store::open(directory.path()).await.expect("a store");
    publish(&store, Mode::Merge, Generated::new(count, 5)).await;
    let built = node(&directory).await.snapshot();
    let cache = Cache::new(directory.path(), &Referential::builtin());
    let entries = cache.entries();
    assert_eq!(entries.iter().map(|entry| entry.revision).collect::<Vec<_>>(), [1]);
    // An edit later than the cached snapshot is applied over it.
    publish(&store, Mode::Merge, Generated::new(1, 6)).await;
    let told = Arc::new(std::sync::Mutex::new(Vec::new()));
    let notes = told.clone();
    let watcher: Watcher = Arc::new(move |progress| notes.lock().expect("unbroken").push(progress));
    let read = Node::open(directory.path(), watcher).await.expect("a node").snapshot();
    assert_eq!(*told.lock().expect("unbroken"), [Progress::Reading]);
    assert_eq!((read.len(), read.stamp().revision), (built.len() + 1, 2));
    assert_eq!(read.get("g-5-77"), built.get("g-5-77"));
    // A damaged file is left aside.
    let mut bytes = fs::read(&entries[0].path).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    fs::write(&entries[0].path, bytes).expect("written");
    assert_eq!(node(&directory).await.snapshot().len(), built.len() + 1);
    assert_eq!(cache.entries().iter().map(|entry| entry.revision).collect::<Vec<_>>(), [2]);
}
