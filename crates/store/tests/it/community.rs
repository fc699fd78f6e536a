//! The community: what is put, what is refused, one person's data, and no byte of her left once she is erased. People here
//! are functions that nobody holds.

use std::fs;
use std::path::Path;

use catalogue::community::{RawCohort, RawCommunity, RawEvent, RawPerson, RawRelay};
use store::{COMMUNITY_NAME, CommunityStore, DATABASE_NAME, Holder, Mention, Store, StoreError};

use crate::{new, put};

const NOON: &str = "2026-11-26T12:00:00Z";
const LATER: &str = "2026-11-27T12:00:00Z";
const NAME: &str = "Titulaire-à-effacer";
const EMAIL: &str = "titulaire-a-effacer@exemple.fr";

fn relay(id: &str) -> RawRelay {
    RawRelay {
        id: id.to_owned(),
        ministry: "Ministère d’essai".to_owned(),
        function: "Administrateur des données, ministère d’essai".to_owned(),
        ..RawRelay::default()
    }
}

fn person() -> RawPerson {
    RawPerson { name: NAME.to_owned(), email: Some(EMAIL.to_owned()), agreed_on: "2026-11-02".to_owned() }
}

fn cohort(id: &str, relays: &[&str]) -> RawCohort {
    RawCohort {
        id: id.to_owned(),
        label: "Cohorte d’essai".to_owned(),
        persona: "persona-essai".to_owned(),
        starts: "2027-02".to_owned(),
        relays: relays.iter().map(|id| (*id).to_owned()).collect(),
        ..RawCohort::default()
    }
}

fn event(id: &str, cohort: Option<&str>, relays: &[&str]) -> RawEvent {
    RawEvent {
        id: id.to_owned(),
        title: "Réunion d’essai".to_owned(),
        kind: "reunion".to_owned(),
        starts: "2027-03-02T14:30".to_owned(),
        minutes: 90,
        cohort: cohort.map(str::to_owned),
        relays: relays.iter().map(|id| (*id).to_owned()).collect(),
        ..RawEvent::default()
    }
}

/// Two relays, the first one named; a cohort and an event of the first.
fn sound() -> RawCommunity {
    RawCommunity {
        relays: vec![RawRelay { person: Some(person()), ..relay("relais-a") }, relay("relais-b")],
        cohorts: vec![cohort("cohorte-a", &["relais-a"])],
        events: vec![event("reunion-a", Some("cohorte-a"), &["relais-a"])],
    }
}

async fn open(dir: &Path) -> CommunityStore {
    CommunityStore::open(dir).await.expect("opened")
}

async fn held(store: &CommunityStore) -> RawCommunity {
    store.read().await.expect("read").community.to_raw(&catalogue::Referential::builtin())
}

/// Whether any file of a directory holds a text.
fn is_in_files(dir: &Path, text: &str) -> bool {
    let files = fs::read_dir(dir).expect("read").map(|entry| entry.expect("an entry").path());
    let holds = |path: &std::path::PathBuf| {
        let bytes = fs::read(path).expect("read");
        bytes.windows(text.len()).any(|part| part == text.as_bytes())
    };
    files.filter(|path| path.is_file()).any(|path| holds(&path))
}

#[tokio::test]
async fn what_is_put_is_held_and_what_is_removed_is_named_no_more() {
    let dir = tempfile::tempdir().expect("a directory");
    assert!(CommunityStore::open_existing(dir.path()).await.expect("looked for").is_none());
    let store = open(dir.path()).await;
    assert_eq!((held(&store).await, store.number().await.expect("read")), (RawCommunity::default(), 0));
    assert_eq!(store.read().await.expect("read").changed_at, None);
    assert!(store.put_relay(&relay("relais-a"), NOON).await.expect("put"));
    assert!(store.put_relay(&relay("relais-b"), NOON).await.expect("put"));
    assert!(store.set_person("relais-a", &person(), NOON).await.expect("named"));
    assert!(store.put_cohort(&cohort("cohorte-a", &["relais-a"]), NOON).await.expect("put"));
    assert!(store.put_event(&event("reunion-a", Some("cohorte-a"), &["relais-a"]), NOON).await.expect("put"));
    assert_eq!(held(&store).await, sound());
    assert_eq!(store.number().await.expect("read"), 5);
    // The same again changes nothing; a relay without her person keeps her.
    assert!(
        !store.put_event(&event("reunion-a", Some("cohorte-a"), &["relais-a"]), LATER).await.expect("put")
    );
    assert!(!store.put_relay(&relay("relais-a"), LATER).await.expect("put"));
    assert_eq!(store.number().await.expect("read"), 5);
    store.close().await;

    let store = CommunityStore::open_existing(dir.path()).await.expect("opened").expect("there");
    assert_eq!(held(&store).await, sound());
    assert_eq!(store.check().await.expect("checked"), []);
    assert_eq!(
        store.read().await.expect("read").events_changed_at.get("reunion-a").map(String::as_str),
        Some(NOON)
    );
    assert!(store.remove_cohort("cohorte-a", LATER).await.expect("removed"));
    assert!(!store.remove_cohort("cohorte-a", LATER).await.expect("removed"));
    let read = store.read().await.expect("read");
    assert_eq!(read.community.events()[0].cohort, None);
    assert_eq!(read.changed_at.as_deref(), Some(LATER));
    assert_eq!(read.events_changed_at.get("reunion-a").map(String::as_str), Some(LATER));
    assert!(store.remove_relay("relais-a", LATER).await.expect("removed"));
    assert_eq!(held(&store).await.events, [event("reunion-a", None, &[])]);
    assert!(store.remove_event("reunion-a", LATER).await.expect("removed"));
    assert_eq!(store.replace(&sound(), LATER).await.expect("replaced"), 3);
    assert_eq!(held(&store).await, sound());
}

#[tokio::test]
async fn a_change_that_makes_no_sense_changes_nothing() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path()).await;
    store.replace(&sound(), NOON).await.expect("written");
    let refused = store.put_event(&event("x", Some("cohorte-x"), &[]), LATER).await.expect_err("refused");
    assert!(matches!(refused, StoreError::CommunityRefused(_)), "{refused:?}");
    assert!(refused.to_string().contains("aucune cohorte n’a cet identifiant"), "{refused}");
    let nobody = store.set_person("relais-x", &person(), LATER).await.expect_err("refused");
    assert!(matches!(nobody, StoreError::NoRelay(_)), "{nobody:?}");
    let silent = RawPerson { agreed_on: String::new(), ..person() };
    let silent = store.set_person("relais-b", &silent, LATER).await.expect_err("refused");
    assert!(matches!(silent, StoreError::CommunityRefused(_)), "{silent:?}");
    assert_eq!((held(&store).await, store.number().await.expect("read")), (sound(), 1));
}

#[tokio::test]
async fn all_that_is_held_of_a_person_is_given() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path()).await;
    store.replace(&sound(), NOON).await.expect("written");
    let noted =
        RawEvent { summary: format!("Avec {}.", NAME.to_uppercase()), ..event("reunion-b", None, &[]) };
    store.put_event(&noted, NOON).await.expect("put");
    let given = store.export_person("relais-a").await.expect("read").expect("somebody");
    assert_eq!(given["person"]["name"], NAME);
    assert_eq!(given["person"]["email"], EMAIL);
    assert_eq!(given["person"]["agreed_on"], "2026-11-02");
    assert_eq!(given["person"]["written_at"], NOON);
    assert_eq!(given["relay"]["id"], "relais-a");
    assert_eq!(given["cohorts"][0]["id"], "cohorte-a");
    assert_eq!(given["events"].as_array().map(Vec::len), Some(1));
    assert_eq!(given["mentions"][0]["id"], "reunion-b");
    assert_eq!(store.export_person("relais-b").await.expect("read"), None);
    for wanted in [NAME, EMAIL, " TITULAIRE-A-EFFACER@exemple.fr "] {
        let holder =
            Holder { relay: "relais-a".to_owned(), name: NAME.to_owned(), email: Some(EMAIL.to_owned()) };
        assert_eq!(store.held_by(wanted).await.expect("read"), [holder], "{wanted}");
    }
    assert_eq!(store.held_by("Titulaire").await.expect("read"), []);
}

/// Whether her name and her address are in the files before, then after.
async fn check_gone(dir: &Path, erase: impl AsyncFnOnce(&CommunityStore)) {
    let store = open(dir).await;
    // Enough rows for several pages, so that some move when others go.
    let many: Vec<RawRelay> = (0..200)
        .map(|n| {
            let other = RawPerson { name: format!("Titulaire-gardé-{n}"), email: None, ..person() };
            RawRelay { person: Some(other), note: "x".repeat(200), ..relay(&format!("relais-{n:03}")) }
        })
        .collect();
    let mut raw = sound();
    raw.relays.extend(many);
    store.replace(&raw, NOON).await.expect("written");
    for text in [NAME, EMAIL] {
        assert!(is_in_files(dir, text), "{text} is there before");
    }
    erase(&store).await;
    for text in [NAME, EMAIL] {
        assert!(!is_in_files(dir, text), "{text} is left while the file is open");
    }
    assert!(is_in_files(dir, "Titulaire-gardé-7"), "others stay");
    assert_eq!(store.check().await.expect("checked"), []);
    store.close().await;
    for text in [NAME, EMAIL] {
        assert!(!is_in_files(dir, text), "{text} is left");
    }
    let names: Vec<_> =
        fs::read_dir(dir).expect("read").map(|own| own.expect("an entry").file_name()).collect();
    assert_eq!(names, [COMMUNITY_NAME], "no log is left");
}

#[tokio::test]
async fn no_byte_of_a_person_is_left_once_she_is_erased() {
    let dir = tempfile::tempdir().expect("a directory");
    check_gone(dir.path(), async |store| {
        let erased = store.erase_person("relais-a").await.expect("erased");
        assert!(erased.was_held && erased.mentions.is_empty(), "{erased:?}");
        let again = store.erase_person("relais-a").await.expect("erased");
        assert!(!again.was_held);
        assert_eq!(store.export_person("relais-a").await.expect("read"), None);
        let relay = held(store)
            .await
            .relays
            .into_iter()
            .find(|own| own.id == "relais-a")
            .expect("the function stays");
        assert_eq!(relay.person, None);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_replaced_or_removed_is_erased_too() {
    let dir = tempfile::tempdir().expect("a directory");
    check_gone(dir.path(), async |store| {
        store.remove_relay("relais-a", LATER).await.expect("removed");
    })
    .await;
    let dir = tempfile::tempdir().expect("a directory");
    check_gone(dir.path(), async |store| {
        let other = RawPerson { name: "Titulaire-suivant".to_owned(), email: None, ..person() };
        store.set_person("relais-a", &other, LATER).await.expect("named");
    })
    .await;
    let dir = tempfile::tempdir().expect("a directory");
    check_gone(dir.path(), async |store| {
        let mut raw = held(store).await;
        raw.relays.retain(|own| own.id != "relais-a");
        raw.cohorts.clear();
        raw.events.clear();
        store.replace(&raw, LATER).await.expect("replaced");
    })
    .await;
}

#[tokio::test]
async fn texts_that_still_name_her_are_told() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path()).await;
    let mut raw = sound();
    raw.relays[1].person = Some(person());
    raw.events[0].summary = format!("Écrire à {EMAIL}.");
    store.replace(&raw, NOON).await.expect("written");
    let mention = |kind: &str, id: &str, key: &str| Mention {
        kind: kind.to_owned(),
        id: id.to_owned(),
        key: key.to_owned(),
    };
    let erased = store.erase_person("relais-a").await.expect("erased");
    assert_eq!(
        erased.mentions,
        [
            mention("event", "reunion-a", "summary"),
            mention("person", "relais-b", "name"),
            mention("person", "relais-b", "email"),
        ]
    );
}

#[tokio::test]
async fn a_backup_leaves_the_community_out_and_says_so() {
    let dir = tempfile::tempdir().expect("a directory");
    let catalogue = Store::open(dir.path()).await.expect("opened");
    catalogue.publish(new("un"), [put("a", "A")].into_iter()).await.expect("published");
    let out = tempfile::tempdir().expect("a directory");
    let without = catalogue.backup(&out.path().join("1.sqlite")).await.expect("copied");
    assert!(!without.leaves_community);
    let store = open(dir.path()).await;
    store.replace(&sound(), NOON).await.expect("written");
    let with = catalogue.backup(&out.path().join("2.sqlite")).await.expect("copied");
    assert!(with.leaves_community);
    assert!(!is_in_files(out.path(), NAME));
}

#[tokio::test]
async fn files_of_others_stay_untouched_and_ours_is_private() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join(COMMUNITY_NAME);
    // The catalogue's own database is no community.
    let other = tempfile::tempdir().expect("a directory");
    Store::open(other.path()).await.expect("opened").close().await;
    fs::copy(other.path().join(DATABASE_NAME), &path).expect("copied");
    let before = fs::read(&path).expect("read");
    let refused = CommunityStore::open(dir.path()).await.expect_err("refused");
    assert!(matches!(refused, StoreError::ForeignFile(_)), "{refused:?}");
    assert_eq!(fs::read(&path).expect("read"), before);
    fs::remove_file(&path).expect("removed");
    fs::write(&path, "pas une base de données, mais un texte").expect("written");
    let refused = CommunityStore::open(dir.path()).await.expect_err("refused");
    assert!(matches!(refused, StoreError::ForeignFile(_)), "{refused:?}");
    fs::remove_file(&path).expect("removed");
    let store = open(dir.path()).await;
    store.replace(&sound(), NOON).await.expect("written");
    #[cfg(unix)]
    {
        let permissions = fs::metadata(&path).expect("there").permissions();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&permissions) & 0o777, 0o600);
    }
    store.close().await;
    let mut bytes = fs::read(&path).expect("read");
    // The user version: https://www.sqlite.org/fileformat2.html#the_database_header
    bytes[63] = 9;
    fs::write(&path, &bytes).expect("written");
    let refused = CommunityStore::open(dir.path()).await.expect_err("refused");
    assert!(matches!(refused, StoreError::Newer { found: 9, .. }), "{refused:?}");
    // A data directory that holds a community and no catalogue yet is ours.
    Store::open(dir.path()).await.expect("opened");
}
