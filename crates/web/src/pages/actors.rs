//! `/cartographie/acteurs` and its JSON twin: what a provider, a kind or a chosen group gives, against the whole offer.
//! Absent: the statistics (see `catalogue::Snapshot::profile`), the picture (see `dots`).

mod choice;
mod dots;
mod words;

use std::collections::BTreeSet;

use askama::Template;
use catalogue::{Facet, FieldProfile, Group, Line, Profile, Selection, Share, Verdict, french};
use serde::Serialize;

use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::visit::Visit;
use choice::ChoiceView;

/// Path of the page.
pub(super) const PATH: &str = "/cartographie/acteurs";
/// Name of the parameter that looks for a provider.
const NAME: &str = "nom";
/// Providers of a group at most.
const GROUP_MAX: usize = 20;

#[derive(Template)]
#[template(path = "actors.html")]
struct ActorsPage {
    layout: Layout,
    choice: ChoiceView,
    profile: Option<ProfileView>,
    json: String,
}

/// The profile of a group.
struct ProfileView {
    name: String,
    counted: String,
    part: String,
    finding: String,
    explorer: String,
    fields: Vec<FieldView>,
    is_empty: bool,
}

/// A field of the profile.
struct FieldView {
    id: &'static str,
    label: &'static str,
    finding: String,
    basis: String,
    dots: Option<dots::Dots>,
    lines: Vec<LineView>,
}

/// A line of the table.
struct LineView {
    label: String,
    count: String,
    href: Option<String>,
    share: String,
    whole: String,
    index: String,
    verdict: &'static str,
    is_told: bool,
}

/// What an address asks.
struct Request {
    group: Option<Group>,
    selection: Selection,
    name: String,
}

impl Request {
    fn read(visit: &Visit) -> Result<Self, Failure> {
        visit.accept(&[Facet::Provider.name(), Facet::ProviderKind.name(), NAME])?;
        let selection = visit.selection_beside(&[NAME])?;
        visit.snapshot.count(&selection).map_err(|error| Failure::of_selection(visit, &error))?;
        let values = |facet| selection.values.get(&facet).cloned();
        let refused = |message: &str| {
            Err(Failure::new(Code::BadValue, message).leading("Profil des acteurs", PATH.to_owned()))
        };
        let group = match (values(Facet::Provider), values(Facet::ProviderKind)) {
            (Some(_), Some(_)) => {
                return refused("Choisissez des organismes ou des statuts, pas les deux à la fois.");
            }
            (Some(providers), None) if providers.len() > GROUP_MAX => {
                return refused("Un groupe compte 20 organismes au plus\u{202f}: retirez-en.");
            }
            (Some(providers), None) => Some(Group::Providers(providers)),
            (None, Some(kinds)) => Some(Group::Kinds(kinds)),
            (None, None) => None,
        };
        let name = visit.values(NAME).next().unwrap_or_default();
        let name = name.chars().filter(|letter| !letter.is_control()).take(catalogue::TEXT_CHARS).collect();
        Ok(Self { group, selection, name })
    }

    fn at(&self, path: &str) -> String {
        address::of(path, &self.selection)
    }
}

/// Profile of a group, or the choice of one.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let request = Request::read(visit)?;
    if visit.pairs.iter().any(|(_, value)| value.is_empty()) {
        let pairs = request.selection.pairs();
        let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
        let name = Some((NAME, request.name.as_str())).filter(|(_, name)| !name.is_empty());
        return Ok(Answer::moved(address::with_pairs(PATH, pairs.chain(name))));
    }
    let profile = request.group.as_ref().map(|group| profile_view(visit, &request, group));
    let title =
        profile.as_ref().map_or("Profil des acteurs".to_owned(), |view| format!("Profil : {}", view.name));
    let layout = Layout::new(visit, Section::Cartography, title)
        .under("Cartographie", super::cartography::PATH)
        .labelled("Profil des acteurs")
        .linked("alternate", request.at("/cartographie/acteurs.json"), Some("application/json"));
    Ok(Answer::html(&ActorsPage {
        layout: if profile.is_some() || !request.name.is_empty() { layout.not_indexed() } else { layout },
        choice: ChoiceView::new(visit, &request.selection, &request.name),
        json: request.at("/cartographie/acteurs.json"),
        profile,
    }))
}

/// The name of a group in words.
fn name(visit: &Visit, group: &Group) -> String {
    let (facet, ids): (Facet, &BTreeSet<String>) = match group {
        Group::Kinds(kinds) => (Facet::ProviderKind, kinds),
        Group::Providers(providers) => (Facet::Provider, providers),
    };
    let labels: Vec<String> = ids.iter().map(|id| visit.snapshot.value_label(facet, id).to_owned()).collect();
    french::list(&labels, "et")
}

fn profile_view(visit: &Visit, request: &Request, group: &Group) -> ProfileView {
    let profile = visit.snapshot.profile(group);
    ProfileView {
        name: name(visit, group),
        counted: french::counted(profile.trainings, "formation", "formations"),
        part: french::percent(profile.trainings, profile.whole),
        finding: words::finding(&profile),
        explorer: request.at(address::TRAININGS),
        is_empty: profile.trainings == 0,
        fields: profile.fields.iter().map(|field| field_view(request, field, &profile)).collect(),
    }
}

fn field_view(request: &Request, field: &FieldProfile, profile: &Profile) -> FieldView {
    let line = |line: &Line| {
        let only = Selection { values: request.selection.values.clone(), ..Selection::all() };
        let cell = only.toggled(field.facet, &line.id);
        let verdict = line.verdict();
        LineView {
            label: line.label.clone(),
            count: french::integer(line.count),
            href: (line.count > 0).then(|| address::of(address::TRAININGS, &cell)),
            share: line.share.as_ref().map_or("—".to_owned(), words::share),
            whole: line.whole_share.as_ref().map_or("—".to_owned(), |share| words::percent(share.value)),
            index: line.specialisation.as_ref().map_or("—".to_owned(), words::index),
            verdict: words::verdict(line),
            is_told: matches!(verdict, Some(Verdict::More | Verdict::Less)),
        }
    };
    let basis = format!(
        "Parts calculées sur {} du groupe dont ce champ est renseigné (sur {}), et {} de toute l’offre (sur {}).",
        french::counted(field.known, "formation", "formations"),
        french::integer(profile.trainings),
        french::integer(field.whole_known),
        french::integer(profile.whole),
    );
    FieldView {
        id: field.facet.name(),
        label: field.facet.label(),
        finding: words::field_finding(field),
        basis,
        dots: (field.known > 0).then(|| dots::Dots::new(field)),
        lines: field.lines.iter().map(line).collect(),
    }
}

#[derive(Serialize)]
struct Twin<'a> {
    revision: u64,
    group: Option<String>,
    trainings: Option<u64>,
    whole: u64,
    fields: Vec<FieldTwin<'a>>,
    kinds: Vec<choice::ActorTwin>,
    providers: Vec<choice::ActorTwin>,
}

#[derive(Serialize)]
struct FieldTwin<'a> {
    field: &'static str,
    known: u64,
    whole_known: u64,
    values: Vec<LineTwin<'a>>,
}

#[derive(Serialize)]
struct LineTwin<'a> {
    value: &'a str,
    label: &'a str,
    count: u64,
    whole_count: u64,
    share: Option<IntervalTwin>,
    whole_share: Option<f64>,
    index: Option<IntervalTwin>,
    verdict: &'static str,
}

/// A figure with its interval at 95 %.
#[derive(Serialize)]
struct IntervalTwin {
    value: f64,
    low: f64,
    high: f64,
}

/// The profile for programs.
pub(crate) fn json(visit: &Visit) -> Result<Answer, Failure> {
    let request = Request::read(visit)?;
    let profile = request.group.as_ref().map(|group| visit.snapshot.profile(group));
    let fields = profile.iter().flat_map(|profile| &profile.fields).map(|field| FieldTwin {
        field: field.facet.name(),
        known: field.known,
        whole_known: field.whole_known,
        values: field.lines.iter().map(line_twin).collect(),
    });
    Ok(Answer::json(&Twin {
        revision: visit.snapshot.stamp().revision,
        group: request.group.as_ref().map(|group| name(visit, group)),
        trainings: profile.as_ref().map(|profile| profile.trainings),
        whole: visit.snapshot.len() as u64,
        fields: fields.collect(),
        kinds: choice::kinds(visit),
        providers: choice::largest(visit),
    }))
}

fn line_twin(line: &Line) -> LineTwin<'_> {
    let share = |share: &Share| IntervalTwin { value: share.value, low: share.low, high: share.high };
    LineTwin {
        value: &line.id,
        label: &line.label,
        count: line.count,
        whole_count: line.whole_count,
        share: line.share.as_ref().map(share),
        whole_share: line.whole_share.as_ref().map(|share| share.value),
        index: line.specialisation.as_ref().map(|index| IntervalTwin {
            value: index.index,
            low: index.low,
            high: index.high,
        }),
        verdict: words::verdict(line),
    }
}
