//! Killed publishers, full disks, two processes on one directory: nothing published is lost.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use store::{Edit, Store, StoreError};

use crate::{block_on, new, pairs, put, state};

/// Set in a child process: the data directory where it publishes.
const CHILD_DIR: &str = "STORE_TEST_CHILD_DIR";
/// Rows that a child publishes.
const ROWS: usize = 6_000;

/// Not a test of its own: what the child processes of this file run.
#[test]
fn child() {
    let Ok(dir) = env::var(CHILD_DIR) else { return };
    block_on(async {
        let store = Store::open(Path::new(&dir)).await.expect("opened");
        println!("ready");
        let rows = (0..ROWS).map(|n| {
            if n % 500 == 0 {
                println!("row {n}");
            }
            put(&format!("c{n}"), "publié par l’enfant")
        });
        let published = store.publish(new("enfant"), rows).await;
        println!("published {}", published.is_ok());
    });
}

fn spawn(dir: &Path) -> (Child, impl Iterator<Item = String>) {
    let mut child = Command::new(env::current_exe().expect("this test binary"))
        .args(["survival::child", "--exact", "--nocapture"])
        .env(CHILD_DIR, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child");
    let lines = BufReader::new(child.stdout.take().expect("an output")).lines().map_while(Result::ok);
    (child, lines)
}

/// Kills a publisher when it prints `mark`; what was published before is intact, and publishing works.
fn check_killed_at(mark: &str) {
    let dir = tempfile::tempdir().expect("a directory");
    block_on(async {
        let store = Store::open(dir.path()).await.expect("opened");
        store.publish(new("avant"), vec![put("a", "A")].into_iter()).await.expect("published");
        store.close().await;
    });
    let (mut child, mut lines) = spawn(dir.path());
    assert!(lines.any(|line| line.ends_with(mark)), "the child prints {mark}");
    child.kill().expect("killed");
    child.wait().expect("ended");
    block_on(async {
        let store = Store::open_existing(dir.path()).await.expect("opened");
        let latest = store.latest().await.expect("read").expect("a revision");
        assert_eq!(state(&store, 1).await, pairs(&[("a", "A")]));
        let whole = latest.id == 2 && latest.total == 1 + ROWS as i64;
        assert!(latest.id == 1 || whole, "all or nothing: {latest:?}");
        assert_eq!(store.check().await.expect("checked"), []);
        let next = store.publish(new("après"), vec![put("b", "B")].into_iter()).await.expect("published");
        assert_eq!(next.expect("a revision").id, latest.id + 1);
    });
}

#[test]
fn a_publisher_killed_at_any_moment_loses_nothing() {
    for mark in ["ready", "row 0", "row 500", "row 2500", "row 5500", "published true"] {
        check_killed_at(mark);
    }
}

#[test]
fn two_processes_on_one_directory_take_turns_or_say_so() {
    let dir = tempfile::tempdir().expect("a directory");
    block_on(async { Store::open(dir.path()).await.expect("opened").close().await });
    let (mut child, mut lines) = spawn(dir.path());
    assert!(lines.any(|line| line.ends_with("row 500")), "the child publishes");
    block_on(async {
        let store = Store::open(dir.path()).await.expect("opened");
        // A reader is never held back by a publisher.
        assert!(store.latest_number().await.expect("read") <= 1);
        match store.publish(new("parent"), vec![put("p", "P")].into_iter()).await {
            Ok(revision) => assert!(revision.expect("a revision").id >= 1),
            Err(error) => assert!(matches!(error, StoreError::Busy), "{error:?}"),
        }
    });
    assert!(lines.any(|line| line.ends_with("published true")), "the child ends well");
    child.wait().expect("ended");
    block_on(async {
        let store = Store::open_existing(dir.path()).await.expect("opened");
        assert_eq!(store.check().await.expect("checked"), []);
    });
}

#[tokio::test]
async fn a_full_disk_publishes_nothing_and_says_so() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = Store::open(dir.path()).await.expect("opened");
    store.publish(new("avant"), vec![put("a", "A")].into_iter()).await.expect("published");
    store.limit_pages(20).await.expect("limited");
    let rows: Vec<Edit> = (0..2_000).map(|n| put(&format!("t{n}"), "titre")).collect();
    let error = store.publish(new("trop"), rows.into_iter()).await.expect_err("refused");
    assert!(matches!(error, StoreError::Full), "{error:?}");
    assert!(error.to_string().contains("intactes"));
    assert_eq!(state(&store, 1).await, pairs(&[("a", "A")]));
    store.publish(new("petit"), vec![put("b", "B")].into_iter()).await.expect("published");
    assert_eq!(store.check().await.expect("checked"), []);
}
