//! `parcours serve`: pages of the explorer, until a signal asks to stop. Absent: the pages (see the crate
//! `web`).

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use actions::pathways::Solver;
use actions::report::Reports;
use actions::scenarios::Rollouts;
use actions::{Node, workshop};
use catalogue::system;
use store::{Jobs, StoreError, Subject};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use web::{App, Workshop};

use crate::cli::Serve;
use crate::failure::Failure;
use crate::terminal;

/// How long requests under way may last once a signal asked to stop.
const GRACE: Duration = Duration::from_secs(5);

pub fn run(asked: &Serve, data_dir: &Path) -> Result<ExitCode, Failure> {
    let runtime = super::runtime()?;
    let result = runtime.block_on(serve(asked, data_dir));
    // The catalogue may be being indexed; nothing is lost by leaving at once.
    runtime.shutdown_background();
    result
}

async fn serve(asked: &Serve, data_dir: &Path) -> Result<ExitCode, Failure> {
    if let Some(theme_dir) = asked.theme_dir.as_deref().filter(|dir| !dir.join("dsfr.min.css").is_file()) {
        let message = format!("« {} » ne contient pas dsfr.min.css", theme_dir.display());
        return Err(Failure::wrong_use(message, "désignez le dossier « dist » du système de design"));
    }
    let address = SocketAddr::new(asked.host, asked.port);
    let listener = TcpListener::bind(address).await.map_err(|error| refused(address, &error))?;
    let node = Arc::new(Node::open(data_dir, terminal::node_watcher()).await?);
    let mut app = App::new(node.snapshots())
        .with_certifications(node.certifications())
        .with_personas(node.personas())
        .with_history(node.store().clone())
        .with_planner(Arc::new(Solver::default()))
        .with_reporter(Arc::new(Reports))
        .with_simulator(Arc::new(Rollouts));
    match actions::community::follow(data_dir).await {
        Ok(community) => app = app.with_community(community, actions::now),
        Err(error) => tracing::warn!(%error, "la communauté n’est pas montrée"),
    }
    if let Some(theme_dir) = &asked.theme_dir {
        app = app.with_theme_dir(theme_dir.clone());
    }
    if let Some(publisher) = asked.publisher.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        app = app.with_publisher(publisher);
    }
    let token = match open_workshop(&node, data_dir).await {
        Ok((jobs, token)) => {
            tokio::spawn(workshop::follow(node.clone(), jobs.clone()));
            app = app.with_workshop(Workshop::new(jobs, token.clone(), actions::now));
            Some(token)
        }
        Err(error) => {
            tracing::warn!(%error, "l’atelier reste fermé");
            None
        }
    };
    let stopping = Arc::new(Notify::new());
    let asked_to_stop = stop_signal()?;
    let notice = stopping.clone();
    let shutdown = async move {
        asked_to_stop.await;
        notice.notify_one();
    };
    let follower = node.clone();
    tokio::spawn(async move { follower.follow().await });
    // Connections wait in the listener's queue from here on: the address answers.
    let base = format!("http://{}/", listener.local_addr()?);
    // In one go: whoever reads the first line may leave.
    let workshop =
        token.map(|token| format!("Atelier, pour importer un catalogue : {base}atelier?jeton={token}\n"));
    terminal::print(&format!("Parcours répond sur {base}\n{}", workshop.unwrap_or_default()))?;
    let grace = async {
        stopping.notified().await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = web::serve(listener, app, shutdown) => served?,
        () = grace => tracing::warn!("des requêtes en cours ont été abandonnées"),
    }
    Ok(ExitCode::SUCCESS)
}

/// The queue of slow work and a new token; refused where the data directory cannot be written.
async fn open_workshop(node: &Node, data_dir: &Path) -> Result<(Jobs, String), StoreError> {
    if node.store().is_frozen() {
        return Err(StoreError::ReadOnly);
    }
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| StoreError::File { path: data_dir.to_owned(), source: io::Error::other(error) })?;
    Ok((Jobs::open(data_dir).await?, Subject::new(bytes).as_str().to_owned()))
}

/// Ends when the process is asked to stop. Signals are caught as soon as this returns.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    })
}

fn refused(address: SocketAddr, error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::AddrInUse => Failure::failed(
            format!("le port {} est déjà pris sur {}", address.port(), address.ip()),
            "choisissez un autre port, par exemple --port 8081, ou --port 0 pour un port libre",
        ),
        ErrorKind::PermissionDenied => Failure::failed(
            format!("le système refuse d’ouvrir le port {}", address.port()),
            "choisissez un port à partir de 1024, par exemple --port 8080",
        ),
        _ => Failure::failed(
            format!("impossible d’écouter sur {address} : {}", system::in_french(error)),
            "vérifiez --host ; 127.0.0.1 convient à un poste de travail",
        ),
    }
}
