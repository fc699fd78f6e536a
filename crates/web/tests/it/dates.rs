//! `/cartographie?revision=…&contre=…`: two versions of a store compared.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use catalogue::{RawTraining, Referential, Snapshot, Stamp, Training};
use store::{Body as Row, Edit, NewRevision, Store};
use tokio::sync::watch;
use tower::ServiceExt;
use web::{App, router};

use crate::support::row;

fn training(id: &str, provider: &str) -> RawTraining {
    RawTraining {
        duration_hours: Some(7.0),
        language: Some("fr".to_owned()),
        formats: vec!["presentiel".to_owned()],
        city: Some("Paris".to_owned()),
        audiences: vec!["directeurs-administration-centrale".to_owned()],
        competences: [("portefeuille-projets".to_owned(), 1)].into(),
        ..row(id, &format!("Titre de {id}"), (provider, "public"), &["pilotage-projets"])
    }
}

async fn publish(store: &Store, edits: Vec<Edit>) {
    let new = NewRevision {
        published_at: "2026-11-26T08:00:00Z".to_owned(),
        author: "essai".to_owned(),
        message: "essai".to_owned(),
        expected_parent: None,
    };
    store.publish(new, edits.into_iter()).await.expect("published");
}

/// Asks addresses of a catalogue of two versions: « a » closes, « b » changes, « c » and « d » appear.
fn ask(addresses: &[&str]) -> Vec<(StatusCode, String)> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_time()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let store = Store::open_memory().await.expect("a store");
        let mut kept = training("b", "École");
        kept.competences.clear();
        publish(
            &store,
            vec![
                Edit::Put(Row::of(&row("a", "Fermée", ("École", "public"), &[]))),
                Edit::Put(Row::of(&kept)),
            ],
        )
        .await;
        kept.title = "Titre changé".to_owned();
        let after = [kept, training("c", "École"), training("d", "Institut")];
        let mut edits: Vec<Edit> = after.iter().map(|raw| Edit::Put(Row::of(raw))).collect();
        edits.push(Edit::Withdraw("a".to_owned()));
        publish(&store, edits).await;
        let referential = Referential::builtin();
        let trainings: Vec<Training> =
            after.iter().map(|raw| Training::parse(raw, &referential).expect("sound")).collect();
        let stamp = Stamp { revision: 2, published_at: "2026-11-26T08:00:00Z".to_owned() };
        let snapshot = Snapshot::build(stamp, trainings.into_iter(), referential, 1).expect("an index");
        let (_sender, receiver) = watch::channel(Arc::new(snapshot));
        let router = router(App::new(receiver).with_history(store));
        let mut answers = Vec::new();
        for address in addresses {
            // A comparison that is under way says so, and is there a little later.
            let mut answer = (StatusCode::ACCEPTED, String::new());
            for _ in 0..1_000 {
                let request = Request::get(*address).body(Body::empty()).expect("a request");
                let response = router.clone().oneshot(request).await.expect("an answer");
                let status = response.status();
                let body = to_bytes(response.into_body(), 1 << 20).await.expect("a body");
                answer = (status, String::from_utf8(body.to_vec()).expect("UTF-8"));
                if status != StatusCode::ACCEPTED {
                    break;
                }
                assert!(answer.1.contains("Comparaison en cours"), "{}", answer.1);
            }
            answers.push(answer);
        }
        answers
    })
}

#[test]
fn what_changed_and_what_it_did_to_gaps_is_told() {
    let answers = ask(&[
        "/cartographie.json?revision=1&contre=2",
        "/cartographie.json?revision=2&contre=1",
        "/cartographie?contre=",
    ]);
    let twin: serde_json::Value = serde_json::from_str(&answers[0].1).expect("JSON");
    let ids = |kind: &str| -> Vec<String> {
        let list = twin["lists"]
            .as_array()
            .expect("lists")
            .iter()
            .find(|list| list["kind"] == kind)
            .expect("a list");
        list["trainings"]
            .as_array()
            .expect("trainings")
            .iter()
            .map(|one| one["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    assert_eq!(
        (ids("added"), ids("withdrawn"), ids("changed")),
        (vec!["c".to_owned(), "d".to_owned()], vec!["a".to_owned()], vec!["b".to_owned()])
    );
    let first = &twin["personas"][0];
    let moved = &first["moves"][0];
    assert_eq!(
        (&moved["level"], &moved["before"], &moved["after"], &moved["is_better"]),
        (&1.into(), &"Absent".into(), &"Couvert".into(), &true.into()),
        "{first:#}"
    );
    assert_eq!(answers[0].1, answers[1].1, "the order of the two does not matter");
    assert!(
        answers[2].1.contains("2\u{a0}formations apparues, 1\u{a0}retirée et 1\u{a0}modifiée."),
        "{}",
        answers[2].1
    );
}

#[test]
fn versions_that_do_not_exist_are_refused() {
    let answers = ask(&[
        "/cartographie?contre=9",
        "/cartographie?revision=x",
        "/cartographie?revision=-1",
        "/cartographie?revision=1&contre=1",
        "/cartographie?revision=1&lignes=theme",
    ]);
    let statuses: Vec<u16> = answers.iter().map(|(status, _)| status.as_u16()).collect();
    assert_eq!(statuses, [404, 400, 400, 200, 400]);
    assert!(answers[0].1.contains("La version 9 n’existe pas"));
    assert!(answers[3].1.contains("Rien ne distingue ces deux versions."));
}
