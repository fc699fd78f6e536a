//! `/feuilles-de-route`, its twin and its table: the actions read in the roadmaps of ministries, and what the offer answers
//! to those of training. Absent: the judgement (see `catalogue::roadmaps`), one ministry (see `one`).

mod data;
pub(crate) mod one;
mod request;
mod view;

use askama::Template;
use catalogue::roadmaps::{Action, ActionAnswer, ActionKind, ActionState, Roadmap, Roadmaps, Scope};
use catalogue::{WebAddress, french};

use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::pages::choices::Select;
use crate::pages::needs::GAPS;
use crate::visit::Visit;
use request::Filter;
use view::ActionView;

pub(crate) use request::parameters;

/// Path of the roadmaps.
pub(crate) const ROADMAPS: &str = "/feuilles-de-route";
/// Actions on a page.
const SHOWN: usize = 25;

#[derive(Template)]
#[template(path = "roadmaps.html")]
struct RoadmapsPage {
    layout: Layout,
    needs_style: String,
    finding: String,
    limits: Limits,
    /// The whole, shown when nothing narrows the list.
    summary: Vec<SummaryRow>,
    is_narrowed: bool,
    selects: Vec<Select>,
    counted: String,
    actions: Vec<ActionView>,
    pages: Vec<(usize, Option<String>)>,
    csv: String,
    json: String,
}

/// How little is known, in figures.
struct Limits {
    read: String,
    /// What a source says of the whole, and its page.
    whole: Option<(String, String)>,
    roadmaps: String,
    stated: String,
    /// Actions that come from a text of another year.
    elsewhere: String,
}

/// A roadmap in the table of all: those of ministries, then what is said of several.
struct SummaryRow {
    ministry: String,
    href: String,
    total: Option<String>,
    read: Option<Counted>,
    /// Training actions, then one number for each state that they may have.
    training: Vec<Option<Counted>>,
}

/// A number and the list that it counts.
struct Counted {
    number: String,
    href: String,
}

/// An action with what the offer answers to it.
type Pair<'a> = (&'a Action, &'a ActionAnswer);

/// All actions, or those of a filter.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let roadmaps = Roadmaps::builtin();
    let filter = Filter::read(visit, &roadmaps)?;
    if visit.pairs.iter().any(|(_, value)| value.trim().is_empty()) {
        return Ok(Answer::moved(filter.href(ROADMAPS)));
    }
    let answers = visit.app.answers(&visit.snapshot);
    let pairs: Vec<Pair> = roadmaps.actions.iter().zip(answers.iter()).collect();
    let found: Vec<Pair> = pairs.iter().copied().filter(|pair| filter.accepts(*pair)).collect();
    let last = found.len().div_ceil(SHOWN).max(1);
    if filter.page > last {
        let message =
            format!("La liste compte {} ; la page {} n’existe pas.", count_pages(last), filter.page);
        let failure = Failure::new(Code::BeyondLastPage, crate::wording::typeset(&message));
        return Err(failure.leading("La dernière page", filter.on_page(last).href(ROADMAPS)));
    }
    let is_narrowed = filter.is_narrowed() || filter.page > 1;
    let layout = Layout::new(visit, Section::Gaps, "Feuilles de route des ministères")
        .labelled("Feuilles de route")
        .under("Écarts", GAPS)
        .linked("alternate", filter.on_page(1).href("/feuilles-de-route.json"), Some("application/json"));
    let shown = found.iter().skip((filter.page - 1) * SHOWN).take(SHOWN);
    Ok(Answer::html(&RoadmapsPage {
        layout: if is_narrowed { layout.not_indexed() } else { layout },
        needs_style: crate::assets::needs_style_address(),
        finding: finding(&pairs),
        limits: limits(&roadmaps),
        summary: if is_narrowed { Vec::new() } else { summary(&roadmaps, &pairs) },
        is_narrowed,
        selects: filter.selects(visit, &roadmaps),
        counted: french::counted(found.len() as u64, "action", "actions"),
        actions: shown.map(|pair| ActionView::new(visit, &roadmaps, *pair)).collect(),
        pages: pages(&filter, last),
        csv: filter.on_page(1).href("/feuilles-de-route.csv"),
        json: filter.on_page(1).href("/feuilles-de-route.json"),
    }))
}

/// The same actions for programs, all at once.
pub(crate) fn json(visit: &Visit) -> Result<Answer, Failure> {
    let roadmaps = Roadmaps::builtin();
    let filter = Filter::read(visit, &roadmaps)?;
    let answers = visit.app.answers(&visit.snapshot);
    let pairs = roadmaps.actions.iter().zip(answers.iter()).filter(|pair| filter.accepts(*pair));
    Ok(Answer::json(&data::twin(visit, &roadmaps, pairs)))
}

/// The same actions for spreadsheets, all at once.
pub(crate) fn csv(visit: &Visit) -> Result<Answer, Failure> {
    let roadmaps = Roadmaps::builtin();
    let filter = Filter::read(visit, &roadmaps)?;
    let answers = visit.app.answers(&visit.snapshot);
    let pairs = roadmaps.actions.iter().zip(answers.iter()).filter(|pair| filter.accepts(*pair));
    let bytes = exchange::roadmaps_table(pairs, &roadmaps, visit.snapshot.referential());
    Ok(Answer::bytes("text/csv; charset=utf-8", bytes).for_file("feuilles-de-route.csv".to_owned()))
}

/// The address of a ministry's roadmap.
pub(crate) fn address_of(id: &str) -> String {
    format!("{ROADMAPS}/{id}")
}

fn count_pages(pages: usize) -> String {
    french::counted(pages as u64, "page", "pages")
}

/// Numbers of the pages, each with its address but the one shown; none when there is one.
fn pages(filter: &Filter, last: usize) -> Vec<(usize, Option<String>)> {
    let address = |page: usize| (page != filter.page).then(|| filter.on_page(page).href(ROADMAPS));
    if last < 2 { Vec::new() } else { (1..=last).map(|page| (page, address(page))).collect() }
}

/// What the offer answers to training actions, in two sentences.
fn finding(pairs: &[Pair]) -> String {
    let of = |state: ActionState| pairs.iter().filter(|(_, answer)| answer.state == state).count();
    let number = |number: usize| french::integer(number as u64);
    let (answered, partly) = (of(ActionState::Answered), of(ActionState::Partly));
    let (unanswered, unjudged) = (of(ActionState::Unanswered), of(ActionState::Unjudged));
    let all = answered + partly + unanswered + unjudged;
    let partly = if partly == 0 { String::new() } else { format!(", en partie à {}", number(partly)) };
    let unanswered = match unanswered {
        0 => "aucune n’est sans réponse".to_owned(),
        1 => "1 est sans réponse".to_owned(),
        many => format!("{} sont sans réponse", number(many)),
    };
    let unjudged = match unjudged {
        0 => String::new(),
        1 => " ; 1 ne nomme rien à enseigner et n’est pas jugée".to_owned(),
        many => format!(" ; {} ne nomment rien à enseigner et ne sont pas jugées", number(many)),
    };
    let rests = |(_, answer): &&Pair| answer.links.iter().any(|link| link.providers == 1);
    let alone = match pairs.iter().filter(rests).count() {
        0 => String::new(),
        1 => " Pour 1 action, une compétence ne tient qu’à un seul organisme.".to_owned(),
        many => {
            format!(" Pour {} actions, une compétence ne tient qu’à un seul organisme.", number(many))
        }
    };
    let counted = french::counted(all as u64, "action de formation lue", "actions de formation lues");
    crate::wording::typeset(&format!(
        "Sur {counted}, l’offre recensée répond à {}{partly} ; {unanswered}{unjudged}.{alone}",
        number(answered),
    ))
}

fn limits(roadmaps: &Roadmaps) -> Limits {
    let whole = roadmaps.roadmaps.iter().find(|roadmap| roadmap.scope == Scope::All);
    let whole = whole.and_then(|roadmap| Some((roadmap.actions_total?, roadmap.source.as_str().to_owned())));
    let number = |number: usize| french::integer(number as u64);
    let is_elsewhere =
        |action: &&Action| action.published.year() != roadmaps.roadmaps[action.roadmap].published.year();
    let elsewhere = roadmaps.actions.iter().filter(is_elsewhere).count() as u64;
    Limits {
        elsewhere: french::counted(elsewhere, "action lue vient", "actions lues viennent"),
        read: french::counted(roadmaps.actions.len() as u64, "action", "actions"),
        whole: whole.map(|(total, page)| (french::integer(total.into()), page)),
        roadmaps: number(roadmaps.of_ministries().count()),
        stated: number(roadmaps.of_ministries().filter(|one| one.actions_total.is_some()).count()),
    }
}

/// States that a training action may have.
fn judged_states() -> impl Iterator<Item = ActionState> {
    ActionState::all().filter(|state| *state != ActionState::Other)
}

fn summary(roadmaps: &Roadmaps, pairs: &[Pair]) -> Vec<SummaryRow> {
    let row = |(place, roadmap): (usize, &Roadmap)| {
        let own = || pairs.iter().filter(move |(action, _)| action.roadmap == place);
        let counted = |number: usize, others: &[(&str, &str)]| {
            let pairs = [(request::MINISTRY, roadmap.id.as_str())].into_iter().chain(others.iter().copied());
            let href = address::with_pairs(ROADMAPS, pairs);
            (number > 0).then(|| Counted { number: french::integer(number as u64), href })
        };
        let kind = ActionKind::Training;
        let training = own().filter(|(action, _)| action.kind == kind).count();
        let of = |state: ActionState| {
            let number = own().filter(|(_, answer)| answer.state == state).count();
            counted(number, &[(request::STATE, state.name())])
        };
        let all = std::iter::once(counted(training, &[(request::KIND, kind.name())]));
        SummaryRow {
            ministry: roadmap.ministry.clone(),
            href: address_of(&roadmap.id),
            total: roadmap.actions_total.map(|total| french::integer(total.into())),
            read: counted(own().count(), &[]),
            training: all.chain(judged_states().map(of)).collect(),
        }
    };
    let (own, several): (Vec<_>, Vec<_>) =
        roadmaps.roadmaps.iter().enumerate().partition(|(_, roadmap)| roadmap.scope == Scope::Ministry);
    own.into_iter().chain(several).map(row).collect()
}

/// What a source is called: its site, or the repository that holds a copy of it.
fn site(source: &WebAddress) -> String {
    let path = source.as_str().split('/').skip(3);
    match (source.host(), path.take(2).last()) {
        ("github.com", Some(repository)) => format!("{repository} (github.com)"),
        (host, _) => host.to_owned(),
    }
}
