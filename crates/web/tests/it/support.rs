//! A small catalogue, the real one, and ways to ask a page of either.

mod simulated;

use std::path::Path;
use std::sync::{Arc, OnceLock};

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use catalogue::community::Community;
use catalogue::pathways::{
    Bill, Calendar, Considered, CoverageLine, Gain, Limits, Outcome, Pathway, PathwayError, PathwayRequest,
    Planner, Proof, Reason, Step, TeamOutcome, TeamRequest, Unmet, topic, wanted_levels,
};
use catalogue::persona::{Circumstances, Persona};
use catalogue::recommendations::{
    Draft, Outlook, Proposal, Reached, RecommendationOutcome, RecommendationRequest, Recommendations,
    Standing, Template, drafts, formats, nearest,
};
use catalogue::report::{
    Form, Inputs, Paper, PaperForm, PrintError, Report, ReportRequest, Reporter, SectionKind, TypicalPathway,
};
use catalogue::roadmaps::Roadmaps;
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
    send_beside(snapshot, Community::builtin(&Roadmaps::builtin()), request)
}

/// Asks a page of the small catalogue beside a community that somebody wrote.
pub fn get_beside(community: Community, address: &str) -> Reply {
    send_beside(&small(), community, Request::get(address).body(Body::empty()).expect("a request"))
}

fn send_beside(snapshot: &Arc<Snapshot>, community: Community, request: Request<Body>) -> Reply {
    let (_sender, receiver) = watch::channel(snapshot.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let app = {
        let _within = runtime.enter();
        App::new(receiver)
            .with_planner(Arc::new(First))
            .with_reporter(Arc::new(Plain))
            .with_simulator(Arc::new(simulated::Half))
            .with_community(watch::channel(Arc::new(held(community))).1, || "2026-11-26T08:00:00Z".to_owned())
    };
    runtime.block_on(reply(router(app), request))
}

fn held(community: Community) -> store::HeldCommunity {
    store::HeldCommunity { community, events_changed_at: Default::default(), changed_at: None, number: 0 }
}

/// A planner that takes the first training that may enter and teaches something wanted: pages need no search to be tried.
struct First;

impl Planner for First {
    fn plan(
        &self,
        snapshot: &Snapshot,
        persona: &Persona,
        request: &PathwayRequest,
    ) -> Result<Outcome, PathwayError> {
        let own = request.of(persona);
        let set = snapshot.offered(&own, request);
        if let Some(id) = set.unknown.first() {
            return Err(PathwayError::UnknownTraining(id.clone()));
        }
        let gains = |teaches: &[(usize, u8)]| -> Vec<Gain> {
            let of = |need: &catalogue::persona::Need| {
                let (_, to) =
                    teaches.iter().find(|(place, to)| *place == topic(need.competence) && *to > need.from)?;
                Some(Gain { competence: need.competence, from: need.from, to: (*to).min(need.to.number()) })
            };
            own.needs.iter().filter_map(of).collect()
        };
        let first = set
            .all
            .iter()
            .find(|one| one.may_enter() && one.asks.is_empty() && !gains(&one.teaches).is_empty());
        let steps: Vec<Step> = first
            .map(|one| Step {
                training: snapshot.training_of(one),
                minutes: one.minutes,
                central_minutes: one.central_minutes,
                months: Some((1, 1)),
                basis: one.basis,
                is_pinned: one.is_pinned,
                passed_over: one.obstacles,
                gains: gains(&one.teaches),
                entries: Vec::new(),
                unlocks: Vec::new(),
                without: None,
            })
            .into_iter()
            .collect();
        let after = |need: &catalogue::persona::Need| {
            let gained =
                steps.iter().flat_map(|step| &step.gains).find(|gain| gain.competence == need.competence);
            gained.map_or(need.from, |gain| gain.to)
        };
        let coverage: Vec<CoverageLine> = own
            .needs
            .iter()
            .map(|need| CoverageLine {
                competence: need.competence,
                before: need.from,
                after: after(need),
                wanted: need.to.number(),
                weight: need.weight,
            })
            .collect();
        let unmet = wanted_levels(&own)
            .filter(|(code, level)| {
                coverage.iter().any(|line| line.competence == *code && line.after < level.number())
            })
            .map(|(competence, level)| Unmet { competence, level, reason: Reason::Untaught })
            .collect();
        Ok(Outcome::Found(Box::new(Pathway {
            proof: Proof::MostCovering,
            bill: Bill { minutes: steps.iter().map(|step| u64::from(step.minutes)).sum(), ..Bill::default() },
            calendar: Calendar::Even,
            limits: Limits::of(&own, request),
            is_asked: true,
            persona: own,
            steps,
            coverage,
            unmet,
            frontier: Vec::new(),
            alternatives: Vec::new(),
            considered: Considered::default(),
        })))
    }

    fn programme(&self, _: &Snapshot, _: &[Persona], _: &TeamRequest) -> Result<TeamOutcome, PathwayError> {
        Ok(TeamOutcome::Stopped)
    }

    /// The first draft that the needs suggest, nothing searched: nobody gains anything by it.
    fn recommend(
        &self,
        snapshot: &Snapshot,
        personas: &[Persona],
        request: &RecommendationRequest,
    ) -> Result<RecommendationOutcome, PathwayError> {
        let standing = |persona: &Persona| Standing {
            persona: persona.clone(),
            people: request.weight(&persona.id),
            reached: vec![0; 64],
            gaps: snapshot.gaps(persona, &Circumstances::default()),
        };
        let standings: Vec<Standing> = request.chosen(personas).into_iter().map(standing).collect();
        let templates = Template::learnt(snapshot, request.promise);
        let drafts = drafts(snapshot.referential(), &standings, &templates);
        let asked = PathwayRequest::default();
        let offered: Vec<_> = standings.iter().map(|own| snapshot.offered(&own.persona, &asked)).collect();
        let reached = || Reached { levels: 0, share: 0.0, minutes: 0, steps: Vec::new(), is_proven: true };
        let proposal = |draft: &Draft| {
            let training = draft.training(&standings, snapshot.referential());
            Proposal {
                id: training.id.to_string(),
                training,
                brings: Vec::new(),
                lost: 0,
                nearest: nearest(snapshot, &offered, draft),
                formats: formats(&standings, draft),
                draft: draft.clone(),
            }
        };
        Ok(RecommendationOutcome::Found(Box::new(Recommendations {
            proposals: drafts.iter().take(1).map(proposal).collect(),
            proof: Proof::MostCovering,
            drafts: drafts.len(),
            templates,
            left_out: 0,
            outlooks: standings
                .iter()
                .map(|own| Outlook {
                    persona: own.persona.clone(),
                    people: own.people,
                    before: reached(),
                    after: reached(),
                    gaps_before: own.gaps.clone(),
                    gaps_after: own.gaps.clone(),
                })
                .collect(),
        })))
    }
}

/// A reporter that typesets nothing: pages need no typesetter to be tried.
struct Plain;

impl Reporter for Plain {
    fn report(
        &self,
        snapshot: &Snapshot,
        personas: &[Persona],
        request: &ReportRequest,
        planner: &dyn Planner,
    ) -> Report {
        let found = personas.iter().map(|own| TypicalPathway {
            persona: own.id.clone(),
            outcome: planner.plan(snapshot, own, &PathwayRequest::default()).ok(),
        });
        let pathways: Vec<_> = found.collect();
        let recommendations = planner.recommend(snapshot, personas, &RecommendationRequest::default()).ok();
        catalogue::report::report(&Inputs {
            snapshot,
            personas,
            pathways: &pathways,
            recommendations: recommendations.as_ref(),
            scenarios: &[],
            request,
        })
    }

    fn print(&self, report: &Report, form: Form) -> Result<Vec<u8>, PrintError> {
        Ok(format!("{form:?} {} {:?}", report.day, report.request.pairs()).into_bytes())
    }

    fn print_paper(&self, paper: &Paper, form: PaperForm) -> Result<Vec<u8>, PrintError> {
        Ok(format!("{form:?} {} {}", paper.title, paper.ident).into_bytes())
    }

    fn sections(&self) -> Vec<SectionKind> {
        SectionKind::all().collect()
    }
}

/// Sends a request to a router.
pub fn send_to(router: axum::Router, request: Request<Body>) -> Reply {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(reply(router, request))
}

async fn reply(router: axum::Router, request: Request<Body>) -> Reply {
    let response = router.oneshot(request).await.expect("the router answers");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 64 << 20).await.expect("a whole body");
    Reply { status: parts.status, headers: parts.headers, body: body.to_vec() }
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
