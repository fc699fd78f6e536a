//! The directory of certifications: replaced whole, beside the revisions, copied and checked with them.

use std::collections::BTreeMap;

use catalogue::Seen;
use catalogue::certification::{Certification, CertificationCode, Certifications};
use sqlx::{Connection, Executor, SqliteConnection};
use store::Store;

use crate::{block_on, new, put};

fn directory(as_of: &str, codes: &[&str]) -> Certifications {
    let entry = |code: &&str| {
        let entry = Certification {
            title: format!("Titre de {code}"),
            kind: Some("Titre professionnel".to_owned()),
            level: Some(7),
            active: Some(true),
            ends_on: Some("2028-08-31".to_owned()),
            successors: Vec::new(),
        };
        (CertificationCode::parse(code).expect("a code"), entry)
    };
    let entries: BTreeMap<_, _> = codes.iter().map(entry).collect();
    Certifications::new(Seen::parse(as_of).expect("a date"), entries)
}

#[test]
fn a_directory_is_replaced_whole_and_is_in_no_revision() {
    block_on(async {
        let store = Store::open_memory().await.expect("a store");
        assert_eq!(store.certifications().await.expect("read"), None);
        store.publish(new("un"), [put("a", "A")].into_iter()).await.expect("published");
        let before = store.latest().await.expect("read");
        let first = directory("2026-11-24", &["RNCP38106", "RS5616"]);
        store.replace_certifications(&first, "2026-11-25T08:00:00Z").await.expect("written");
        let second = directory("2026-11-25", &["RNCP38106", "RNCP39208"]);
        let stamp = store.replace_certifications(&second, "2026-11-26T08:00:00Z").await.expect("written");
        assert_eq!((stamp.number, stamp.total, stamp.as_of.as_str()), (2, 2, "2026-11-25"));
        let read = store.certifications().await.expect("read");
        assert_eq!(read, Some((stamp, second)));
        assert_eq!(store.latest().await.expect("read"), before);
        assert_eq!(store.check().await.expect("checked"), []);
    });
}

#[test]
fn an_empty_directory_leaves_the_former_one() {
    block_on(async {
        let store = Store::open_memory().await.expect("a store");
        let full = directory("2026-11-24", &["RNCP38106"]);
        let stamp = store.replace_certifications(&full, "2026-11-25T08:00:00Z").await.expect("written");
        let empty = directory("2026-11-25", &[]);
        assert!(store.replace_certifications(&empty, "2026-11-26T08:00:00Z").await.is_err());
        assert_eq!(store.certifications().await.expect("read"), Some((stamp, full)));
    });
}

#[test]
fn a_backup_holds_the_directory_and_a_check_sees_a_change() {
    block_on(async {
        let home = tempfile::tempdir().expect("a directory");
        let (data, copies) = (home.path().join("data"), home.path().join("copie"));
        let store = Store::open(&data).await.expect("a store");
        let full = directory("2026-11-24", &["RNCP38106", "RS5616"]);
        store.replace_certifications(&full, "2026-11-25T08:00:00Z").await.expect("written");
        std::fs::create_dir(&copies).expect("a directory");
        let path = copies.join(store::DATABASE_NAME);
        store.backup(&path).await.expect("copied");
        let copy = Store::open_existing(&copies).await.expect("a store");
        assert_eq!(copy.certifications().await.expect("read").map(|(_, read)| read), Some(full));
        assert_eq!(copy.check().await.expect("checked"), []);
        copy.close().await;
        let mut raw =
            SqliteConnection::connect(path.to_str().expect("a plain path")).await.expect("a connection");
        raw.execute("DELETE FROM certification WHERE code = 'RS5616'").await.expect("deleted");
        raw.close().await.expect("closed");
        let copy = Store::open_existing(&copies).await.expect("a store");
        let findings = copy.check().await.expect("checked");
        assert!(findings[0].problem.contains("2026-11-24"), "{findings:?}");
    });
}
