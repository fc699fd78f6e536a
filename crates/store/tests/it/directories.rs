//! Data directories: new, ours, foreign, damaged, backed up.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use store::{DATABASE_NAME, Severity, Store, StoreError};

use crate::{new, pairs, put, state};

/// Names and contents of a directory.
fn contents(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(dir).expect("a directory").map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

async fn refused(dir: &Path) -> StoreError {
    let before = contents(dir);
    let error = Store::open(dir).await.expect_err("refused");
    assert_eq!(contents(dir), before, "nothing is touched");
    assert!(!error.remedy().is_empty());
    error
}

#[tokio::test]
async fn a_new_directory_is_made_and_found_again() {
    let parent = tempfile::tempdir().expect("a directory");
    let dir = parent.path().join("a/b");
    assert!(matches!(Store::open_existing(&dir).await, Err(StoreError::Missing(_))));
    let store = Store::open(&dir).await.expect("opened");
    store.publish(new("un"), vec![put("a", "A")].into_iter()).await.expect("published");
    store.close().await;
    let again = Store::open_existing(&dir).await.expect("opened");
    assert_eq!(state(&again, 1).await, pairs(&[("a", "A")]));
}

#[tokio::test]
async fn what_is_not_ours_stays_untouched() {
    let dir = tempfile::tempdir().expect("a directory");
    fs::write(dir.path().join("budget.ods"), "x").expect("written");
    assert!(matches!(refused(dir.path()).await, StoreError::ForeignDirectory { .. }));

    let text = tempfile::tempdir().expect("a directory");
    fs::write(text.path().join(DATABASE_NAME), "pas une base de données").expect("written");
    assert!(matches!(refused(text.path()).await, StoreError::ForeignFile(_)));

    let file = text.path().join(DATABASE_NAME);
    let error = Store::open(&file).await.expect_err("refused");
    assert!(matches!(error, StoreError::NotADirectory(_)), "{error:?}");
}

#[tokio::test]
async fn another_programs_database_stays_untouched() {
    use sqlx::{Connection, Executor};
    for statement in ["CREATE TABLE t (x)", "PRAGMA application_id = 42"] {
        let dir = tempfile::tempdir().expect("a directory");
        let options = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(dir.path().join(DATABASE_NAME))
            .create_if_missing(true);
        let mut other = sqlx::SqliteConnection::connect_with(&options).await.expect("a database");
        other.execute("CREATE TABLE u (x)").await.expect("a table");
        other.execute(statement).await.expect("executed");
        other.close().await.expect("closed");
        assert!(matches!(refused(dir.path()).await, StoreError::ForeignFile(_)));
    }
}

#[tokio::test]
async fn another_programs_write_ahead_log_stays_untouched() {
    use sqlx::{Connection, Executor};
    let (used, left) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(used.path().join(DATABASE_NAME))
        .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
        .create_if_missing(true);
    let mut other = sqlx::SqliteConnection::connect_with(&options).await.expect("a database");
    other.execute("CREATE TABLE u (x)").await.expect("a table");
    // What a killed program leaves: its table is in the log alone.
    for (name, bytes) in contents(used.path()) {
        fs::write(left.path().join(name), bytes).expect("copied");
    }
    other.close().await.expect("closed");
    assert!(matches!(refused(left.path()).await, StoreError::ForeignFile(_)));
}

#[tokio::test]
async fn a_later_format_is_refused() {
    let dir = tempfile::tempdir().expect("a directory");
    Store::open(dir.path()).await.expect("opened").close().await;
    let path = dir.path().join(DATABASE_NAME);
    let mut bytes = fs::read(&path).expect("read");
    bytes[63] = 99;
    fs::write(&path, bytes).expect("written");
    assert!(matches!(refused(dir.path()).await, StoreError::Newer { found: 99, .. }));
}

#[tokio::test]
async fn published_rows_refuse_to_change() {
    use sqlx::{Connection, Executor};
    let dir = tempfile::tempdir().expect("a directory");
    let store = Store::open(dir.path()).await.expect("opened");
    store.publish(new("un"), vec![put("a", "A")].into_iter()).await.expect("published");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(dir.path().join(DATABASE_NAME));
    let mut other = sqlx::SqliteConnection::connect_with(&options).await.expect("a connection");
    for statement in [
        "UPDATE training_version SET body = NULL",
        "DELETE FROM training_version",
        "UPDATE revision SET message = ''",
        "DELETE FROM revision",
    ] {
        assert!(other.execute(statement).await.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn a_backup_is_a_catalogue_and_never_overwrites() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = Store::open(&dir.path().join("data")).await.expect("opened");
    store.publish(new("un"), vec![put("a", "A"), put("b", "B")].into_iter()).await.expect("published");
    let copy_dir = dir.path().join("copie");
    fs::create_dir(&copy_dir).expect("made");
    let copy = copy_dir.join(DATABASE_NAME);
    let backup = store.backup(&copy).await.expect("backed up");
    assert_eq!((backup.revision, backup.bytes), (1, fs::metadata(&copy).expect("a file").len()));
    assert!(matches!(store.backup(&copy).await, Err(StoreError::Exists(_))));
    assert!(store.backup(&dir.path().join("absent/x.sqlite")).await.is_err());
    let again = Store::open_existing(&copy_dir).await.expect("opened");
    assert_eq!(state(&again, 1).await, state(&store, 1).await);
    assert_eq!(again.check().await.expect("checked"), []);
    assert_eq!(contents(&copy_dir).keys().filter(|name| name.contains("partiel")).count(), 0);
}

#[tokio::test]
async fn a_directory_is_read_without_writing_there() {
    let dir = tempfile::tempdir().expect("a directory");
    assert!(matches!(Store::open_read_only(dir.path()).await, Err(StoreError::Missing(_))));
    let store = Store::open(dir.path()).await.expect("opened");
    store.publish(new("un"), vec![put("a", "A")].into_iter()).await.expect("published");
    store.close().await;
    let before = contents(dir.path());
    let read = Store::open_read_only(dir.path()).await.expect("opened");
    assert!(read.is_frozen());
    assert_eq!(state(&read, 1).await, pairs(&[("a", "A")]));
    assert_eq!(read.check().await.expect("checked"), []);
    let copy = tempfile::tempdir().expect("a directory");
    assert_eq!(read.backup(&copy.path().join(DATABASE_NAME)).await.expect("copied").revision, 1);
    let refused = read.publish(new("deux"), vec![put("b", "B")].into_iter()).await;
    assert!(matches!(refused, Err(StoreError::ReadOnly)), "{refused:?}");
    assert_eq!(contents(dir.path()), before, "nothing is written");
}

#[tokio::test]
async fn publications_still_in_the_log_are_read_or_the_log_is_named() {
    let (used, left) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
    let store = Store::open(used.path()).await.expect("opened");
    store.publish(new("un"), vec![put("a", "A")].into_iter()).await.expect("published");
    let read = Store::open_read_only(used.path()).await.expect("opened beside the publisher");
    store.publish(new("deux"), vec![put("b", "B")].into_iter()).await.expect("published");
    assert!(!read.is_frozen());
    assert_eq!(read.latest_number().await.expect("read"), 2, "it follows");
    // A log that nothing can read.
    fs::copy(used.path().join(DATABASE_NAME), left.path().join(DATABASE_NAME)).expect("copied");
    fs::create_dir(left.path().join(format!("{DATABASE_NAME}-wal"))).expect("made");
    let error = Store::open_read_only(left.path()).await.expect_err("refused");
    assert!(
        matches!(&error, StoreError::LogUnreadable(log) if log.ends_with("parcours.sqlite-wal")),
        "{error:?}"
    );
    assert!(error.remedy().contains("--data-dir"));
}

#[tokio::test]
async fn a_check_finds_what_was_altered() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = Store::open(dir.path()).await.expect("opened");
    let rows = (0..200).map(|n| put(&format!("t{n}"), &"titre assez long ".repeat(20)));
    store.publish(new("un"), rows.collect::<Vec<_>>().into_iter()).await.expect("published");
    store.close().await;
    let path = dir.path().join(DATABASE_NAME);
    let sound = fs::read(&path).expect("read");
    let at = sound.windows(9).rposition(|bytes| bytes == b"assez lon").expect("a title");
    let mut altered = sound.clone();
    altered[at] = b'z';
    fs::write(&path, &altered).expect("written");
    let findings = Store::open_existing(dir.path()).await.expect("opened").check().await.expect("checked");
    assert!(
        findings.iter().any(|f| f.severity == Severity::Error && f.problem.contains("empreinte")),
        "{findings:?}"
    );
    let mut broken = sound;
    let middle = broken.len() / 2;
    broken[middle - middle % 4096..][..64].fill(0xff);
    fs::write(&path, &broken).expect("written");
    match Store::open_existing(dir.path()).await {
        Ok(store) => match store.check().await {
            Ok(findings) => assert!(!findings.is_empty()),
            Err(error) => assert!(matches!(error, StoreError::Damaged(_)), "{error:?}"),
        },
        Err(error) => assert!(matches!(error, StoreError::Damaged(_)), "{error:?}"),
    }
}

#[tokio::test]
async fn a_check_finds_what_was_altered_in_an_earlier_revision() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = Store::open(dir.path()).await.expect("opened");
    for title in ["premier titre", "deuxième titre", "troisième titre"] {
        store.publish(new(title), vec![put("a", title)].into_iter()).await.expect("published");
    }
    store.close().await;
    let path = dir.path().join(DATABASE_NAME);
    let mut bytes = fs::read(&path).expect("read");
    let body = b"\"title\":\"premier";
    let at = bytes.windows(body.len()).position(|window| window == body).expect("a title");
    bytes[at + body.len() - 1] = b'z';
    fs::write(&path, &bytes).expect("written");
    let findings = Store::open_existing(dir.path()).await.expect("opened").check().await.expect("checked");
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert!(finding.problem.contains("le contenu de la version 1 "), "{finding:?}");
}
