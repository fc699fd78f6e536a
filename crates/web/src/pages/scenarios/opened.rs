//! `/scenarios/fichier`: a scenario's own file, sent or pasted, becomes an address that holds it whole: nothing is kept here.
//! Absent: the reading of files (see the crate `exchange`), what the scenario gives (see `one`).

use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use axum::routing::post;
use catalogue::french::integer;
use catalogue::scenarios::ScenarioRequest;
use exchange::scenarios::{SCENARIO_BYTES, read_bytes};

use super::own::{CONTENT, Own};
use super::{SCENARIOS, builtin, one};
use crate::answer::Answer;
use crate::app::App;
use crate::errors::Failure;
use crate::guard;
use crate::layout::{Layout, Section};
use crate::visit::Visit;
use crate::wording::typeset;

/// Path of the page.
pub(crate) const PATH: &str = "/scenarios/fichier";
/// What surrounds a file that is sent, in bytes.
const AROUND_BYTES: usize = 8 << 10;
/// Faults shown at once.
const SHOWN: usize = 20;
/// Longest name of a file that is shown, in characters.
const NAME_CHARS: usize = 80;

#[derive(Template)]
#[template(path = "scenario_file.html")]
struct FilePage {
    layout: Layout,
    style: String,
    wrongs: Vec<String>,
    left: Option<String>,
    text: String,
    limit: u64,
    models: Vec<(String, String)>,
}

/// Parameters of the page, each with what it says.
pub(crate) fn parameters() -> Vec<(&'static str, &'static str)> {
    let content = (CONTENT, "Le scénario, tel que l’ouverture de son fichier le met dans l’adresse");
    std::iter::once(content).chain(ScenarioRequest::parameters()).collect()
}

/// The route that receives a file.
pub(crate) fn routes() -> Router<App> {
    Router::new().route(PATH, post(receive)).layer(DefaultBodyLimit::max(2 * SCENARIO_BYTES + AROUND_BYTES))
}

/// `/scenarios/fichier`: the scenario that the address holds, or the form that opens one.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    if visit.values(CONTENT).next().is_some() {
        return one::page(visit);
    }
    visit.accept(&[CONTENT])?;
    Ok(Answer::html(&shown(visit, Vec::new(), String::new())))
}

/// What a form sent: the file's name and bytes, or the text pasted.
struct Sent {
    name: String,
    bytes: Vec<u8>,
    is_pasted: bool,
}

/// Receives a file or a text, and leads to the address that holds it.
async fn receive(
    State(app): State<App>,
    parts: Parts,
    form: Result<Multipart, MultipartRejection>,
) -> Response<Body> {
    let (visit, _) = Visit::read(app, &parts);
    let sent = match form {
        Ok(mut form) => sent(&mut form).await,
        Err(_) => Ok(None),
    };
    let answer = match sent {
        Ok(Some(sent)) => opened(&visit, &sent),
        Ok(None) => {
            let told = "Choisissez un fichier, ou collez son texte.".to_owned();
            Answer::html(&shown(&visit, vec![told], String::new())).with_status(StatusCode::BAD_REQUEST)
        }
        Err(error) => {
            let told = format!("L’envoi s’est interrompu, ou dépasse {} ko.", integer(limit()));
            Answer::html(&shown(&visit, vec![told], String::new())).with_status(error.status())
        }
    };
    guard::protect(answer.into_response(&parts.headers))
}

async fn sent(form: &mut Multipart) -> Result<Option<Sent>, MultipartError> {
    let mut found: Option<Sent> = None;
    while let Some(part) = form.next_field().await? {
        let is_pasted = part.name() == Some("texte");
        if !is_pasted && part.name() != Some("fichier") {
            continue;
        }
        let name: String = part.file_name().unwrap_or_default().chars().take(NAME_CHARS).collect();
        let bytes = part.bytes().await?.to_vec();
        // A form sends both its fields: the file comes first when there is one.
        if found.is_none() && !bytes.trim_ascii().is_empty() {
            let name = if is_pasted || name.is_empty() { "texte collé".to_owned() } else { name };
            found = Some(Sent { name, bytes, is_pasted });
        }
    }
    Ok(found)
}

/// The address of the scenario that was sent, or what is wrong with it.
fn opened(visit: &Visit, sent: &Sent) -> Answer {
    let wrongs = match read_bytes(&sent.name, &sent.bytes) {
        Ok(scenario) => match Own::of_file(scenario) {
            Some(own) => return Answer::see_other(own.href(&ScenarioRequest::default(), "")),
            None => vec![format!(
                "{} : le scénario est trop long pour une adresse ; la commande « parcours simulate » le lit.",
                sent.name
            )],
        },
        Err(issues) => issues.iter().map(ToString::to_string).collect(),
    };
    // What was pasted is given back to be put right; a file is on its owner's machine.
    let text = if sent.is_pasted { String::from_utf8_lossy(&sent.bytes).into_owned() } else { String::new() };
    Answer::html(&shown(visit, wrongs, text)).with_status(StatusCode::BAD_REQUEST)
}

/// Most kilobytes of a file.
fn limit() -> u64 {
    (SCENARIO_BYTES >> 10) as u64
}

fn shown(visit: &Visit, wrongs: Vec<String>, text: String) -> FilePage {
    let title = if wrongs.is_empty() { "Ouvrir un scénario" } else { "Erreur : ouvrir un scénario" };
    let left = wrongs.len().saturating_sub(SHOWN) as u64;
    FilePage {
        layout: Layout::new(visit, Section::Scenarios, typeset(title))
            .under("Scénarios", SCENARIOS)
            .labelled("Ouvrir un scénario"),
        style: crate::assets::pathways_style_address(),
        left: (left > 0).then(|| format!("Et {}.", catalogue::french::counted(left, "autre", "autres"))),
        wrongs: wrongs.iter().take(SHOWN).map(|wrong| typeset(wrong)).collect(),
        text,
        limit: limit(),
        models: builtin()
            .iter()
            .map(|own| (own.label.clone(), format!("{SCENARIOS}/{}.toml", own.id)))
            .collect(),
    }
}
