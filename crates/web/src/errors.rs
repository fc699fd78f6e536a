//! All errors that a visitor can meet, in one table: code, status, title, advice.
//! Absent: errors of commands.

use askama::Template;
use axum::http::StatusCode;
use catalogue::{Facet, SelectionError};
use serde::Serialize;

use crate::address;
use crate::answer::Answer;
use crate::layout::{Layout, Section};
use crate::visit::Visit;
use crate::wording::typeset;

/// Which error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    /// No page has this address.
    PageNotFound,
    /// No training has this identifier.
    TrainingNotFound,
    /// No persona has this identifier.
    PersonaNotFound,
    /// No revision has this number.
    RevisionNotFound,
    /// The persona has no such level to gain.
    LevelNotNeeded,
    /// The selection has fewer pages.
    BeyondLastPage,
    /// No parameter has this name.
    UnknownParameter,
    /// The parameter has no such value.
    UnknownValue,
    /// The parameter has a value that cannot be.
    BadValue,
    /// More parameters than are read.
    TooManyParameters,
    /// The words hold control characters.
    BadText,
    /// The text searched for is too long.
    TextTooLong,
    /// More words than are searched for.
    TooManyWords,
    /// The address is not percent-encoded UTF-8.
    BadEncoding,
    /// More trainings than are compared.
    TooManyCompared,
    /// Pages are only read.
    MethodNotAllowed,
    /// The address is too long.
    AddressTooLong,
    /// The request carries a body.
    BodyNotRead,
    /// No import has this address.
    ImportNotFound,
    /// A form that another site sends.
    ForeignForm,
    /// A form that cannot be read.
    BadForm,
    /// A form that is too long.
    FormTooLong,
    /// Searches wait for their turn.
    TooManySearches,
    /// Something else was asked meanwhile.
    Overtaken,
    /// The data directory cannot be written.
    WorkshopClosed,
    /// A fault of ours.
    Internal,
}

/// What is said of an error.
pub(crate) struct Row {
    code: Code,
    /// Name in JSON answers.
    pub name: &'static str,
    /// HTTP status.
    pub status: StatusCode,
    /// Heading of the page.
    pub title: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

const fn row(
    code: Code,
    name: &'static str,
    status: StatusCode,
    title: &'static str,
    remedy: &'static str,
) -> Row {
    Row { code, name, status, title, remedy }
}

const TABLE: [Row; 26] = [
    row(
        Code::PageNotFound,
        "page-introuvable",
        StatusCode::NOT_FOUND,
        "Page introuvable",
        "Vérifiez l’adresse, cherchez une formation ou partez du plan du site.",
    ),
    row(
        Code::TrainingNotFound,
        "formation-introuvable",
        StatusCode::NOT_FOUND,
        "Formation introuvable",
        "Elle a pu être retirée du catalogue ; cherchez-la par son intitulé.",
    ),
    row(
        Code::PersonaNotFound,
        "persona-introuvable",
        StatusCode::NOT_FOUND,
        "Persona introuvable",
        "Choisissez-en un dans la liste.",
    ),
    row(
        Code::RevisionNotFound,
        "version-introuvable",
        StatusCode::NOT_FOUND,
        "Version introuvable",
        "Choisissez deux versions qui existent.",
    ),
    row(
        Code::LevelNotNeeded,
        "niveau-sans-besoin",
        StatusCode::NOT_FOUND,
        "Niveau sans besoin",
        "Revenez aux écarts de ce persona.",
    ),
    row(
        Code::BeyondLastPage,
        "page-au-dela",
        StatusCode::NOT_FOUND,
        "Il n’y a pas autant de pages",
        "Revenez à la dernière page de cette sélection.",
    ),
    row(
        Code::UnknownParameter,
        "parametre-inconnu",
        StatusCode::BAD_REQUEST,
        "Paramètre inconnu",
        "Retirez ce paramètre de l’adresse ou choisissez-en un qui existe.",
    ),
    row(
        Code::UnknownValue,
        "valeur-inconnue",
        StatusCode::BAD_REQUEST,
        "Valeur inconnue",
        "Choisissez l’une des valeurs connues.",
    ),
    row(
        Code::BadValue,
        "valeur-impossible",
        StatusCode::BAD_REQUEST,
        "Valeur impossible",
        "Corrigez cette valeur ou retirez-la de l’adresse.",
    ),
    row(
        Code::TooManyParameters,
        "trop-de-parametres",
        StatusCode::BAD_REQUEST,
        "Trop de paramètres",
        "Gardez moins de filtres dans l’adresse.",
    ),
    row(
        Code::BadText,
        "recherche-illisible",
        StatusCode::BAD_REQUEST,
        "Recherche illisible",
        "Retirez les caractères invisibles, ou tapez de nouveau la recherche.",
    ),
    row(
        Code::TextTooLong,
        "recherche-trop-longue",
        StatusCode::BAD_REQUEST,
        "Recherche trop longue",
        "Gardez seulement les mots qui comptent.",
    ),
    row(
        Code::TooManyWords,
        "trop-de-mots",
        StatusCode::BAD_REQUEST,
        "Trop de mots",
        "Gardez seulement les mots qui comptent.",
    ),
    row(
        Code::BadEncoding,
        "adresse-mal-codee",
        StatusCode::BAD_REQUEST,
        "Adresse mal codée",
        "Après un « % », écrivez deux chiffres hexadécimaux, en UTF-8 : « %C3%A9 » pour « é ».",
    ),
    row(
        Code::TooManyCompared,
        "trop-de-formations",
        StatusCode::BAD_REQUEST,
        "Trop de formations à comparer",
        "Gardez-en quatre au plus.",
    ),
    row(
        Code::MethodNotAllowed,
        "methode-refusee",
        StatusCode::METHOD_NOT_ALLOWED,
        "Méthode refusée",
        "Les pages se lisent par GET ou HEAD ; les formulaires de l’atelier s’envoient depuis ses pages.",
    ),
    row(
        Code::AddressTooLong,
        "adresse-trop-longue",
        StatusCode::URI_TOO_LONG,
        "Adresse trop longue",
        "Raccourcissez la recherche ou gardez moins de filtres.",
    ),
    row(
        Code::BodyNotRead,
        "contenu-refuse",
        StatusCode::PAYLOAD_TOO_LARGE,
        "Contenu refusé",
        "Ces pages ne lisent aucun contenu envoyé : mettez tout dans l’adresse.",
    ),
    row(
        Code::ImportNotFound,
        "import-introuvable",
        StatusCode::NOT_FOUND,
        "Import introuvable",
        "Il a pu être effacé ; la liste des imports dit ceux qui sont gardés.",
    ),
    row(
        Code::ForeignForm,
        "formulaire-etranger",
        StatusCode::FORBIDDEN,
        "Formulaire refusé",
        "Revenez à la page de l’atelier et envoyez le formulaire depuis là.",
    ),
    row(
        Code::BadForm,
        "formulaire-illisible",
        StatusCode::BAD_REQUEST,
        "Formulaire illisible",
        "Revenez à la page précédente, vérifiez ce que vous avez saisi et recommencez.",
    ),
    row(
        Code::FormTooLong,
        "formulaire-trop-long",
        StatusCode::PAYLOAD_TOO_LARGE,
        "Formulaire trop long",
        "Raccourcissez ce que vous avez saisi ; un fichier s’envoie depuis la page des imports.",
    ),
    row(
        Code::TooManySearches,
        "recherches-en-attente",
        StatusCode::SERVICE_UNAVAILABLE,
        "Trop de recherches à la fois",
        "Redemandez dans une minute.",
    ),
    row(
        Code::Overtaken,
        "etape-depassee",
        StatusCode::CONFLICT,
        "L’import a changé entre-temps",
        "Revenez à l’import, relisez ce qui changerait, puis recommencez.",
    ),
    row(
        Code::WorkshopClosed,
        "atelier-ferme",
        StatusCode::NOT_FOUND,
        "L’atelier n’est pas ouvert ici",
        "Lancez « parcours serve » sur un dossier de données où il peut écrire.",
    ),
    row(
        Code::Internal,
        "erreur-interne",
        StatusCode::INTERNAL_SERVER_ERROR,
        "Une erreur s’est produite",
        "L’erreur vient de ce service, pas de vous ; rien n’est perdu. Réessayez dans un instant.",
    ),
];

impl Code {
    /// What is said of this error.
    pub(crate) fn row(self) -> &'static Row {
        let row = &TABLE[self as usize];
        debug_assert!(row.code == self);
        row
    }
}

/// A link that leads out of an error.
pub(crate) struct Way {
    /// Text of the link.
    pub label: String,
    /// Address.
    pub href: String,
}

/// An error of a visit.
pub(crate) struct Failure {
    /// Which error.
    pub code: Code,
    /// What happened, in French.
    pub message: String,
    /// Parameters that are wrong, when it is known.
    pub parameters: Vec<String>,
    /// Values that would have been understood.
    pub known: Vec<String>,
    /// Links that lead out of it.
    pub ways: Vec<Way>,
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    layout: Layout,
    row: &'static Row,
    failure: &'a Failure,
}

#[derive(Serialize)]
struct ErrorTwin<'a> {
    error: ErrorBody<'a>,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    code: &'static str,
    message: &'a str,
    remedy: &'static str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    parameters: &'a [String],
    known: &'a [String],
}

impl Failure {
    /// An error with its message.
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), parameters: Vec::new(), known: Vec::new(), ways: Vec::new() }
    }

    /// The same error with one more link out of it.
    pub(crate) fn leading(mut self, label: impl Into<String>, href: String) -> Self {
        self.ways.push(Way { label: label.into(), href });
        self
    }

    /// The same error, with the values that exist.
    pub(crate) fn knowing(self, known: Vec<String>) -> Self {
        Self { known, ..self }
    }

    /// What an address says wrongly, and the same selection without it.
    pub(crate) fn of_selection(visit: &Visit, error: &SelectionError) -> Self {
        let code = match error {
            SelectionError::UnknownParameter { .. } => Code::UnknownParameter,
            SelectionError::UnknownValue { .. } => Code::UnknownValue,
            SelectionError::TooManyParameters(_) => Code::TooManyParameters,
            SelectionError::TextTooLong(_) => Code::TextTooLong,
            SelectionError::TooManyWords(_) => Code::TooManyWords,
            SelectionError::ControlCharacter => Code::BadText,
            _ => Code::BadValue,
        };
        let mut failure = Self::new(code, sentence(error));
        if let SelectionError::UnknownParameter { known, .. } | SelectionError::UnknownValue { known, .. } =
            error
        {
            failure.known = known.clone();
        }
        failure.parameters = match error {
            SelectionError::EmptyRange(facet) => vec![format!("{facet}_min"), format!("{facet}_max")],
            SelectionError::BadNumber { name, .. } => vec![name.clone()],
            SelectionError::UnknownValue { facet, .. } => vec![facet.clone()],
            _ => Vec::new(),
        };
        failure.ways = ways_out(visit, error);
        failure.leading("Toutes les formations", address::TRAININGS.to_owned())
    }

    /// The page, or the JSON twin, that tells the error.
    pub(crate) fn into_answer(self, visit: &Visit) -> Answer {
        let row = self.code.row();
        if visit.wants_json {
            let (message, parameters, known) = (&self.message, &self.parameters, &self.known);
            let error = ErrorBody { code: row.name, message, remedy: row.remedy, parameters, known };
            return Answer::json(&ErrorTwin { error }).with_status(row.status);
        }
        let layout = Layout::new(visit, Section::Other, row.title).not_indexed();
        Answer::html(&ErrorPage { layout, row, failure: &self }).with_status(row.status)
    }
}

/// The selection of an address without what is wrong in it, or with the nearest right word.
fn ways_out(visit: &Visit, error: &SelectionError) -> Vec<Way> {
    let keep = |kept: &dyn Fn(&str, &str) -> bool| {
        let pairs = visit.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let kept = pairs.filter(|(name, value)| kept(name, value) && !value.is_empty() && *name != "page");
        address::with_pairs(&visit.path, kept)
    };
    let way = |label: String, href: String| Way { label, href };
    let without = |name: &str, href: String| way(format!("La même sélection sans « {name} »"), href);
    let with = |name: &str, href: String| way(format!("La même sélection avec « {name} »"), href);
    match error {
        SelectionError::UnknownParameter { name, nearest, .. } => {
            let mut ways = vec![without(name, keep(&|n, _| n != name))];
            if let Some(nearest) = nearest {
                let pairs = visit.pairs.iter().map(|(n, value)| (if n == name { nearest } else { n }, value));
                let renamed =
                    address::with_pairs(&visit.path, pairs.map(|(n, value)| (n.as_str(), value.as_str())));
                ways.push(with(nearest, renamed));
            }
            ways
        }
        SelectionError::UnknownValue { facet, value, nearest, .. } => {
            let rest = keep(&|n, v| n != facet || !v.starts_with(value.as_str()));
            let mut ways = vec![without(value, rest.clone())];
            if let Some(nearest) = nearest {
                let sign = if rest.contains('?') { '&' } else { '?' };
                let pair = address::query([(facet.as_str(), nearest.as_str())]);
                let label =
                    Facet::named(facet).map_or(nearest.as_str(), |f| visit.snapshot.value_label(f, nearest));
                ways.push(with(label, format!("{rest}{sign}{pair}")));
            }
            ways
        }
        SelectionError::BadNumber { name, .. } | SelectionError::Repeated(name) => {
            vec![without(name, keep(&|n, _| n != name))]
        }
        SelectionError::EmptyRange(facet) => {
            let rest = keep(&|n, _| !n.strip_prefix(facet).is_some_and(|end| end.starts_with('_')));
            vec![way("La même sélection sans ces bornes".to_owned(), rest)]
        }
        SelectionError::BadPage(_) => {
            vec![way("La première page de la sélection".to_owned(), keep(&|_, _| true))]
        }
        SelectionError::SameAxis(_) | SelectionError::RangeOnAxis(_) => {
            let axes = |name: &str| !["lignes", "colonnes", "par"].contains(&name);
            vec![way("La même sélection, avec les axes habituels".to_owned(), keep(&|n, _| axes(n)))]
        }
        SelectionError::TooManyParameters(_) => Vec::new(),
        SelectionError::TextTooLong(_)
        | SelectionError::TooManyWords(_)
        | SelectionError::ControlCharacter
        | SelectionError::Refused(_) => {
            vec![way("La même sélection sans les mots".to_owned(), keep(&|n, _| n != "q"))]
        }
    }
}

/// The error's message as a sentence; known values are listed apart.
pub(crate) fn sentence(error: &SelectionError) -> String {
    let message = error.to_string();
    let message = message.split(" ; paramètres connus").next().unwrap_or_default();
    let message = message.split(" ; valeurs connues").next().unwrap_or_default();
    let mut letters = message.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if message.ends_with(['.', '?', '!']) { "" } else { "." };
    typeset(&format!("{first}{}{end}", letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::TABLE;

    #[test]
    fn the_table_is_in_the_order_of_the_codes_and_names_are_unique() {
        for (position, row) in TABLE.iter().enumerate() {
            assert_eq!(row.code as usize, position, "{}", row.name);
            assert!(row.status.is_client_error() || row.status.is_server_error());
        }
        let mut names: Vec<_> = TABLE.iter().map(|row| row.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), TABLE.len());
    }
}
