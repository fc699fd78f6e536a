//! What an address asks of the actions of roadmaps: a ministry, a kind, a state, a competence, a persona, a page; and the
//! form that says the same. Absent: the judgement.

use catalogue::roadmaps::{ActionKind, ActionState, Roadmaps};
use catalogue::{Code as _, Competence, french};

use super::Pair;
use crate::address;
use crate::errors::{Code, Failure};
use crate::pages::choices::Select;
use crate::visit::{Visit, shortened};

pub(super) const MINISTRY: &str = "ministere";
pub(super) const KIND: &str = "type";
pub(super) const STATE: &str = "etat";
const COMPETENCE: &str = "competence";
const PERSONA: &str = "persona";
const PAGE: &str = "page";

/// Parameters of the roadmaps, each with what it says.
pub(crate) fn parameters() -> [(&'static str, &'static str); 6] {
    [
        (MINISTRY, "Identifiant d’une feuille de route"),
        (KIND, "Type d’action : formation, communaute, gouvernance, ouverture, outils, usage"),
        (STATE, "Réponse de l’offre : repondue, en-partie, sans-reponse, non-jugee, hors-formation"),
        (COMPETENCE, "Compétence rapprochée de l’action"),
        (PERSONA, "Persona dont l’intitulé nomme le public"),
        (PAGE, "Page de la liste, vingt-cinq actions par page ; les données ne sont pas découpées"),
    ]
}

/// What is asked.
#[derive(Clone)]
pub(super) struct Filter {
    ministry: Option<usize>,
    kind: Option<ActionKind>,
    state: Option<ActionState>,
    competence: Option<Competence>,
    persona: Option<String>,
    /// From 1.
    pub page: usize,
    /// Pairs that say it again, the page left out.
    pairs: Vec<(&'static str, String)>,
}

impl Filter {
    /// Reads an address; a value that does not exist is refused with those that do.
    pub(super) fn read(visit: &Visit, roadmaps: &Roadmaps) -> Result<Self, Failure> {
        let names = parameters().map(|(name, _)| name);
        visit.accept(&names)?;
        visit.once(&names)?;
        let referential = visit.snapshot.referential();
        let personas = visit.app.personas();
        let mut pairs = Vec::new();
        let mut one = |name: &'static str, known: Vec<&str>| -> Result<Option<usize>, Failure> {
            let Some(value) = visit.values(name).next() else { return Ok(None) };
            let place = known.iter().position(|id| *id == value);
            let place = place.ok_or_else(|| visit.no_such_value(name, value, &known))?;
            pairs.push((name, value.to_owned()));
            Ok(Some(place))
        };
        let ministry = one(MINISTRY, roadmaps.roadmaps.iter().map(|one| one.id.as_str()).collect())?;
        let kind = one(KIND, ActionKind::all().map(ActionKind::name).collect())?;
        let state = one(STATE, ActionState::all().map(ActionState::name).collect())?;
        let terms = referential.terms(Competence::VOCABULARY);
        let competence = one(COMPETENCE, terms.iter().map(|term| term.id.as_str()).collect())?;
        let persona = one(PERSONA, personas.iter().map(|persona| persona.id.as_str()).collect())?;
        Ok(Self {
            ministry,
            kind: kind.and_then(|place| ActionKind::all().nth(place)),
            state: state.and_then(|place| ActionState::all().nth(place)),
            competence: competence.map(|place| Competence::at(place as u8)),
            persona: persona.map(|place| personas[place].id.clone()),
            page: page(visit)?,
            pairs,
        })
    }

    /// Whether an action is asked for.
    pub(super) fn accepts(&self, (action, answer): Pair) -> bool {
        let competence = |wanted| action.links.iter().any(|link| link.competence == wanted);
        let persona = |wanted: &String| action.links.iter().any(|link| link.persona.as_ref() == Some(wanted));
        self.ministry.is_none_or(|place| action.roadmap == place)
            && self.kind.is_none_or(|kind| action.kind == kind)
            && self.state.is_none_or(|state| answer.state == state)
            && self.competence.is_none_or(competence)
            && self.persona.as_ref().is_none_or(persona)
    }

    /// Whether anything narrows the list.
    pub(super) fn is_narrowed(&self) -> bool {
        !self.pairs.is_empty()
    }

    /// The same list on another page.
    pub(super) fn on_page(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// The address that says it, at a path.
    pub(super) fn href(&self, path: &str) -> String {
        let page = self.page.to_string();
        let last = (self.page > 1).then_some((PAGE, page.as_str()));
        let pairs = self.pairs.iter().map(|(name, value)| (*name, value.as_str()));
        address::with_pairs(path, pairs.chain(last))
    }

    /// The form, filled in.
    pub(super) fn selects(&self, visit: &Visit, roadmaps: &Roadmaps) -> Vec<Select> {
        let in_force =
            |name: &str, id: &str| self.pairs.iter().any(|(known, value)| *known == name && value == id);
        let select = |name: &'static str, label, any, known: Vec<(&str, &str)>| Select {
            name,
            label,
            any,
            options: known
                .into_iter()
                .map(|(id, label)| (id.to_owned(), label.to_owned(), in_force(name, id)))
                .collect(),
        };
        let personas = visit.app.personas();
        let terms = visit.snapshot.referential().terms(Competence::VOCABULARY).iter();
        let ministries = roadmaps.roadmaps.iter();
        vec![
            select(MINISTRY, "Ministère", "tous", ministries.map(|one| (&*one.id, &*one.ministry)).collect()),
            select(
                KIND,
                "Type d’action",
                "tous",
                ActionKind::all().map(|kind| (kind.name(), kind.label())).collect(),
            ),
            select(
                STATE,
                "Réponse de l’offre",
                "toutes",
                ActionState::all().map(|state| (state.name(), state.label())).collect(),
            ),
            select(COMPETENCE, "Compétence", "toutes", terms.map(|term| (&*term.id, &*term.label)).collect()),
            select(
                PERSONA,
                "Persona nommé",
                "tous",
                personas.iter().map(|one| (&*one.id, &*one.label)).collect(),
            ),
        ]
    }
}

fn page(visit: &Visit) -> Result<usize, Failure> {
    let Some(value) = visit.values(PAGE).next() else { return Ok(1) };
    value.parse().ok().filter(|page| (1..=catalogue::LAST_PAGE).contains(page)).ok_or_else(|| {
        let message = format!("{} n’est pas un numéro de page.", french::quoted(&shortened(value)));
        Failure::new(Code::BadValue, message).leading("La même page sans paramètre", visit.path.clone())
    })
}
