//! A small catalogue, the real one, and ways to ask a page of either.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use catalogue::{RawSource, RawTraining, Referential, Snapshot, Stamp, Training};
use tokio::sync::watch;
use tower::ServiceExt;
use web::{App, router};

/// What came back of a request.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("pages are UTF-8")
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("a JSON answer")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("plain headers"))
    }
}

/// Sends a request to the pages of a catalogue.
pub fn send(snapshot: &Arc<Snapshot>, request: Request<Body>) -> Reply {
    let (_sender, receiver) = watch::channel(snapshot.clone());
    send_to(router(App::new(receiver)), request)
}

/// Sends a request to a router.
pub fn send_to(router: axum::Router, request: Request<Body>) -> Reply {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let response = router.oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.expect("a whole body");
        Reply { status: parts.status, headers: parts.headers, body: body.to_vec() }
    })
}

/// Asks a page of the small catalogue.
pub fn get(address: &str) -> Reply {
    send(&small(), Request::get(address).body(Body::empty()).expect("a request"))
}

/// Asks a page of the real catalogue.
pub fn get_real(address: &str) -> Reply {
    send(&real(), Request::get(address).body(Body::empty()).expect("a request"))
}

/// The page is answered and says each text.
pub fn check(address: &str, expect: &[&str]) -> Reply {
    let reply = get(address);
    assert_eq!(reply.status, StatusCode::OK, "{address}");
    for text in expect {
        assert!(reply.text().contains(text), "{address} does not say {text}:\n{}", reply.text());
    }
    reply
}

/// The page refuses with a status and says each text.
pub fn check_refused(address: &str, status: u16, expect: &[&str]) -> Reply {
    let reply = get(address);
    assert_eq!(reply.status.as_u16(), status, "{address}");
    for text in expect {
        assert!(reply.text().contains(text), "{address} does not say {text}:\n{}", reply.text());
    }
    reply
}

pub fn row(id: &str, title: &str, provider: (&str, &str), themes: &[&str]) -> RawTraining {
    RawTraining {
        id: id.to_owned(),
        kind: "course".to_owned(),
        title: title.to_owned(),
        provider: provider.0.to_owned(),
        provider_kind: provider.1.to_owned(),
        themes: themes.iter().map(|theme| (*theme).to_owned()).collect(),
        summary: format!("Résumé de {title}."),
        source: RawSource {
            address: format!("https://exemple.fr/{id}"),
            seen: Some("2024-05-17".to_owned()),
        },
        ..RawTraining::default()
    }
}

/// Rows that show each case: known, unknown, free, estimated, hostile.
pub fn rows() -> Vec<RawTraining> {
    let ecole = ("École d’essai", "public");
    let mut rows = vec![
        RawTraining {
            duration_hours: Some(14.0),
            price_eur: Some(1_200.0),
            stated: [("duration".to_owned(), "2 jours".to_owned())].into(),
            url: Some("https://exemple.fr/droit".to_owned()),
            formats: vec!["presentiel".to_owned()],
            language: Some("fr".to_owned()),
            audiences: vec!["sous-directeurs".to_owned()],
            competences: [("protection-donnees".to_owned(), 2)].into(),
            ..row("droit-des-donnees", "Droit des données personnelles", ecole, &["droit-ethique"])
        },
        RawTraining {
            price_eur: Some(0.0),
            language: Some("en".to_owned()),
            ..row(
                "open-data",
                "Open data and governance",
                ("Cabinet & Fils", "prive"),
                &["ouverture-partage", "droit-ethique"],
            )
        },
        RawTraining {
            summary: "Un résumé <script>alert(1)</script> & piégé.".to_owned(),
            stated: [("price".to_owned(), "</script><b>cher</b>".to_owned())].into(),
            ..row(
                "piege",
                "Titre <script>alert('x')</script> \"piégé\"",
                ("<i>Organisme</i>", "associatif"),
                &["ia-algorithmes"],
            )
        },
        RawTraining {
            kind: "event".to_owned(),
            city: Some("Lyon".to_owned()),
            ..row("conference", "Conférence sur l’intelligence artificielle", ecole, &["ia-algorithmes"])
        },
    ];
    rows.extend((1..=25).map(|rank| RawTraining {
        duration_hours: (rank > 1).then_some(f64::from(rank)),
        nature: Some("attestation".to_owned()),
        competences: [("analyse-donnees".to_owned(), 2)].into(),
        ..row(
            &format!("serie-{rank}"),
            &format!("Analyse de données, série {rank}"),
            ecole,
            &["data-science"],
        )
    }));
    rows
}

pub fn build(rows: Vec<RawTraining>) -> Arc<Snapshot> {
    let referential = Referential::builtin();
    let parse = |raw: &RawTraining| {
        Training::parse(raw, &Referential::builtin()).unwrap_or_else(|problems| panic!("{problems:?}"))
    };
    let trainings: Vec<Training> = rows.iter().map(parse).collect();
    let stamp = Stamp { revision: 7, published_at: "2026-11-24T08:30:00Z".to_owned() };
    Arc::new(Snapshot::build(stamp, trainings.into_iter(), referential, 1).expect("an index"))
}

/// The small catalogue.
pub fn small() -> Arc<Snapshot> {
    static SMALL: OnceLock<Arc<Snapshot>> = OnceLock::new();
    SMALL.get_or_init(|| build(rows())).clone()
}

/// The catalogue of `data/trainings`.
pub fn real() -> Arc<Snapshot> {
    static REAL: OnceLock<Arc<Snapshot>> = OnceLock::new();
    REAL.get_or_init(|| {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/trainings");
        let mut rows = Vec::new();
        for entry in std::fs::read_dir(directory).expect("the data") {
            let path = entry.expect("a file").path();
            let bytes = std::fs::read(&path).expect("a readable file");
            let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
            let read = exchange::read(name, &bytes, exchange::Format::Toml);
            assert!(read.issues.is_empty(), "{:?}", read.issues);
            rows.extend(read.rows.into_iter().map(|row| row.raw));
        }
        build(rows)
    })
    .clone()
}
