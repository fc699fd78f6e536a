//! `/competences/{id}` and its JSON twin: one competence, and for each of its four levels what one can do, what
//! teaches it, who, at what price, for how long, and what is asked on entry.
//! Absent: for whom (see the gaps of personas).

use askama::Template;
use catalogue::roadmaps::Roadmaps;
use catalogue::{Competence, Facet, Field, Level, LevelOffer, Relation, Teacher, Training, french};
use serde::Serialize;

use super::fields;
use super::trainings_data::TrainingTwin;
use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::visit::Visit;
use crate::wording::{self, Fact};

/// Parameter that asks for one level, with more of its trainings.
pub(crate) const LEVEL: &str = "niveau";
/// Trainings listed for each level.
const LISTED: usize = 10;
/// Trainings listed when one level is asked for.
const LISTED_ALONE: usize = 100;
/// Organisations named for each level.
const PROVIDERS_NAMED: usize = 8;

#[derive(Template)]
#[template(path = "competence.html")]
struct CompetencePage {
    layout: Layout,
    id: String,
    /// Actions of roadmaps that ask for it.
    asked: usize,
    label: String,
    definition: String,
    block: (String, String),
    theme: (String, String),
    developing: (String, String),
    relations: Vec<Relation>,
    relation_sources: Vec<String>,
    finding: String,
    steps: Vec<StepView>,
    levels: Vec<LevelView>,
    /// Address of the page with its four levels, when one alone is shown.
    whole: Option<String>,
    json: String,
}

/// A level in the table of the four.
struct StepView {
    number: u8,
    label: String,
    href: String,
    teaching: String,
    bar: String,
    providers: String,
    price: String,
    hours: String,
    is_missing: bool,
}

/// A level and what teaches it.
struct LevelView {
    number: u8,
    label: String,
    can_do: String,
    counted: Option<String>,
    prices: String,
    hours: String,
    rows: Vec<TrainingView>,
    caption: String,
    providers: Vec<(String, String, String)>,
    other_providers: Option<String>,
    more: Option<(String, String)>,
}

/// A training that teaches a level.
struct TrainingView {
    id: String,
    title: String,
    language: Option<String>,
    provider: String,
    duration: Fact,
    price: Fact,
    reached: u8,
    asked: Vec<String>,
    asked_words: Option<String>,
}

#[derive(Serialize)]
struct Twin {
    revision: u64,
    id: String,
    label: String,
    definition: String,
    block: String,
    theme: String,
    question: String,
    relations: Vec<RelationTwin>,
    levels: Vec<LevelTwin>,
}

#[derive(Serialize)]
struct RelationTwin {
    framework: String,
    code: String,
    label: String,
    relation: &'static str,
    source: String,
}

#[derive(Serialize)]
struct LevelTwin {
    level: u8,
    label: String,
    can_do: String,
    trainings: u64,
    ending: u64,
    priced: u64,
    free: u64,
    lowest_price_eur: Option<f64>,
    timed: u64,
    shortest_hours: Option<f64>,
    longest_hours: Option<f64>,
    providers: Vec<ProviderTwin>,
    first: Vec<TrainingTwin>,
}

#[derive(Serialize)]
struct ProviderTwin {
    id: String,
    name: String,
    trainings: u64,
}

/// The page or its twin, by the end of the address.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&[LEVEL])?;
    let wanted = visit.path.strip_prefix("/competences/").unwrap_or_default();
    let (id, is_json) = wanted.strip_suffix(".json").map_or((wanted, false), |id| (id, true));
    let competence = visit.snapshot.referential().code::<Competence>(id).ok_or_else(|| missing(id))?;
    let level = level(visit)?;
    let listed = if level.is_some() { LISTED_ALONE } else { LISTED };
    let offers = visit.snapshot.teaching(competence, listed);
    if is_json {
        let kept = offers.into_iter().filter(|offer| level.is_none_or(|level| level == offer.level));
        return Ok(Answer::json(&twin(visit, competence, kept)));
    }
    Ok(html(visit, competence, &offers, level))
}

fn missing(id: &str) -> Failure {
    let known: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(120).collect();
    let message = format!("Aucune compétence n’a l’identifiant « {known} ».");
    Failure::new(Code::PageNotFound, message).leading("Référentiel de compétences", "/competences".to_owned())
}

/// The level that the address asks for.
fn level(visit: &Visit) -> Result<Option<Level>, Failure> {
    let mut values = visit.values(LEVEL);
    let Some(wanted) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        let message = format!("Le paramètre « {LEVEL} » est donné plusieurs fois : gardez-en un.");
        return Err(Failure::new(Code::BadValue, message).leading("Les quatre niveaux", visit.path.clone()));
    }
    let level = wanted.parse().ok().and_then(Level::new);
    level.map(Some).ok_or_else(|| {
        let wanted: String = wanted.chars().take(40).collect();
        let message = format!("Le paramètre « {LEVEL} » n’a pas de valeur « {wanted} ».");
        let mut failure =
            Failure::new(Code::UnknownValue, message).leading("Les quatre niveaux", visit.path.clone());
        failure.known = Level::all().map(|level| level.number().to_string()).collect();
        failure.parameters = vec![LEVEL.to_owned()];
        failure
    })
}

fn html(visit: &Visit, competence: Competence, offers: &[LevelOffer], level: Option<Level>) -> Answer {
    let referential = visit.snapshot.referential();
    let term = referential.term(competence);
    let path = format!("/competences/{}", term.id);
    let block = referential.blocks().iter().find(|block| block.competences.contains(&competence));
    let theme = referential.term(referential.theme_of(competence));
    let relations = referential.relations(competence).to_vec();
    let mut relation_sources: Vec<String> =
        relations.iter().map(|relation| relation.source.as_str().to_owned()).collect();
    relation_sources.dedup();
    let highest = offers.iter().map(|offer| offer.teaching).max().unwrap_or_default();
    let kept = offers.iter().filter(|offer| level.is_none_or(|level| level == offer.level));
    let layout = Layout::new(visit, Section::Competences, title(&term.label, level))
        .under("Compétences", "/competences")
        .labelled(term.label.clone())
        .linked("canonical", path.clone(), None)
        .linked("alternate", format!("{path}.json"), Some("application/json"));
    let all = catalogue_count(visit, &term.id);
    Answer::html(&CompetencePage {
        layout: if level.is_some() { layout.not_indexed() } else { layout },
        id: term.id.clone(),
        asked: Roadmaps::builtin().asking(competence).count(),
        label: term.label.clone(),
        definition: wording::typeset(&term.definition),
        block: block
            .map(|block| (block.label.clone(), format!("/competences#{}", block.id)))
            .unwrap_or_default(),
        theme: (theme.label.clone(), address::of_value(Facet::Theme, &theme.id)),
        developing: (
            french::counted(all, "formation", "formations"),
            address::of_value(Facet::Competence, &term.id),
        ),
        relations,
        relation_sources,
        finding: finding(offers),
        steps: offers
            .iter()
            .map(|offer| step(visit, offer, highest, level.is_some().then_some(&path)))
            .collect(),
        levels: kept.map(|offer| view(visit, competence, offer, level.is_some())).collect(),
        whole: level.map(|_| path.clone()),
        json: format!("{path}.json"),
    })
}

fn title(label: &str, level: Option<Level>) -> String {
    match level {
        None => format!("{label}, niveau par niveau"),
        Some(level) => format!("{label}, niveau {}", level.number()),
    }
}

/// Trainings of the competence whatever their level, examinations too, as the explorer counts them.
fn catalogue_count(visit: &Visit, id: &str) -> u64 {
    let pairs = [(Facet::Competence.name(), id)];
    let selection = catalogue::Selection::parse(pairs, visit.snapshot.referential()).ok();
    selection.and_then(|selection| visit.snapshot.search(&selection).ok()).map_or(0, |found| found.total)
}

/// What the four levels show at a glance.
fn finding(offers: &[LevelOffer]) -> String {
    let missing: Vec<String> = offers
        .iter()
        .filter(|offer| offer.teaching == 0)
        .map(|offer| offer.level.number().to_string())
        .collect();
    let number = missing.len();
    if number == offers.len() {
        return "Aucune formation recensée n’enseigne cette compétence".to_owned();
    }
    if number > 0 {
        let (the, noun) = if number == 1 { ("le", "niveau") } else { ("les", "niveaux") };
        return format!("Personne n’enseigne {the} {noun} {}", french::list(&missing, "et"));
    }
    let least = offers.iter().min_by_key(|offer| (offer.teaching, std::cmp::Reverse(offer.level)));
    least.map_or_else(String::new, |offer| {
        format!(
            "Le niveau {} est le moins servi : {}, {}",
            offer.level.number(),
            french::counted(offer.teaching, "formation", "formations"),
            french::counted(offer.providers.len() as u64, "organisme", "organismes")
        )
    })
}

fn step(visit: &Visit, offer: &LevelOffer, highest: u64, alone: Option<&String>) -> StepView {
    let number = offer.level.number();
    let unknown = || wording::UNKNOWN.to_owned();
    StepView {
        number,
        label: visit.snapshot.referential().level(offer.level).label.clone(),
        href: alone.map_or_else(|| format!("#niveau-{number}"), |path| format!("{path}?{LEVEL}={number}")),
        teaching: french::integer(offer.teaching),
        bar: super::facets::bar(offer.teaching, highest),
        providers: french::integer(offer.providers.len() as u64),
        price: cheapest(offer).unwrap_or_else(unknown),
        hours: offer.hours.map_or_else(unknown, range),
        is_missing: offer.teaching == 0,
    }
}

fn cheapest(offer: &LevelOffer) -> Option<String> {
    offer.cheapest.as_ref().and_then(Training::price_in_french).map(|price| wording::capital(&price))
}

fn range((least, most): (f64, f64)) -> String {
    if least < most {
        format!("{} à {}", french::hours(least), french::hours(most))
    } else {
        french::hours(least)
    }
}

fn view(visit: &Visit, competence: Competence, offer: &LevelOffer, is_alone: bool) -> LevelView {
    let referential = visit.snapshot.referential();
    let id = &referential.term(competence).id;
    let number = offer.level.number();
    let shown = offer.first.len() as u64;
    let others = offer.teaching - shown;
    let more = (others > 0).then(|| {
        if is_alone || offer.teaching > LISTED_ALONE as u64 {
            let href = address::of_value(Facet::Competence, id);
            (href, "Toutes les formations de cette compétence, tous niveaux confondus".to_owned())
        } else {
            let href = format!("/competences/{id}?{LEVEL}={number}");
            let others = french::counted(others, "autre", "autres");
            (href, format!("Et {others} : voir toutes les formations du niveau {number}"))
        }
    });
    let hidden = offer.providers.len().saturating_sub(PROVIDERS_NAMED) as u64;
    LevelView {
        number,
        label: referential.level(offer.level).label.clone(),
        can_do: wording::typeset(referential.can_do(competence, offer.level)),
        counted: (offer.teaching > 0).then(|| counted(offer)),
        prices: prices(offer),
        hours: hours(offer),
        rows: offer.first.iter().map(|training| row(visit, competence, training)).collect(),
        caption: caption(offer, number),
        providers: offer
            .providers
            .iter()
            .take(PROVIDERS_NAMED)
            .map(|teacher| provider(id, teacher))
            .collect(),
        other_providers: (hidden > 0).then(|| french::counted(hidden, "autre", "autres")),
        more,
    }
}

fn counted(offer: &LevelOffer) -> String {
    let trainings = french::counted(offer.teaching, "formation", "formations");
    let providers = french::counted(offer.providers.len() as u64, "organisme", "organismes");
    let verb = if offer.teaching < 2 { "l’enseigne" } else { "l’enseignent" };
    let beyond = offer.teaching - offer.ending;
    let ends = match (offer.ending, beyond) {
        (0, _) => " ; toutes vont plus haut".to_owned(),
        (_, 0) => String::new(),
        (ending, 1) => format!(" ; {} s’y {}, 1 va plus haut", french::integer(ending), stops(ending)),
        (ending, beyond) => {
            format!(
                " ; {} s’y {}, {} vont plus haut",
                french::integer(ending),
                stops(ending),
                french::integer(beyond)
            )
        }
    };
    let ends = if offer.teaching == 1 { ends.replace("toutes vont", "elle va") } else { ends };
    format!("{trainings} de {providers} {verb}{ends}.")
}

fn stops(number: u64) -> &'static str {
    if number < 2 { "arrête" } else { "arrêtent" }
}

/// How many of the trainings state something: « par 3 sur 12 ».
fn stating(known: u64, all: u64) -> String {
    if all == 1 {
        return "par sa source".to_owned();
    }
    format!("par {} sur {}", french::integer(known), french::integer(all))
}

fn prices(offer: &LevelOffer) -> String {
    let Some(cheapest) = cheapest(offer) else { return "Aucun prix en euros n’est indiqué.".to_owned() };
    let stating = stating(offer.priced, offer.teaching);
    match offer.free {
        0 => format!("Prix indiqué {stating} : à partir de {cheapest}."),
        free if free == offer.teaching => format!("Prix indiqué {stating} : gratuit."),
        free => format!("Prix indiqué {stating}, dont {}.", french::counted(free, "gratuite", "gratuites")),
    }
}

fn hours(offer: &LevelOffer) -> String {
    let Some(hours) = offer.hours else { return "Aucune durée en heures n’est indiquée.".to_owned() };
    format!("Durée indiquée {} : {}.", stating(offer.timed, offer.teaching), range(hours))
}

fn caption(offer: &LevelOffer, number: u8) -> String {
    let shown = offer.first.len() as u64;
    if shown == offer.teaching {
        return format!("Formations qui enseignent le niveau {number}, celles qui s’y arrêtent d’abord");
    }
    format!(
        "{} des {} formations qui enseignent le niveau {number} : celles qui s’y arrêtent d’abord, puis les mieux \
         renseignées",
        french::integer(shown),
        french::integer(offer.teaching)
    )
}

fn provider(competence: &str, teacher: &Teacher) -> (String, String, String) {
    let pairs = [(Facet::Competence.name(), competence), (Facet::Provider.name(), teacher.id.as_str())];
    let href = address::with_pairs(address::TRAININGS, pairs);
    (teacher.name.clone(), href, french::integer(teacher.trainings))
}

fn row(visit: &Visit, competence: Competence, training: &Training) -> TrainingView {
    let snapshot = &visit.snapshot;
    let language = training.language.map(|code| snapshot.referential().term(code).id.clone());
    TrainingView {
        id: training.id.to_string(),
        title: training.title.clone(),
        language: language.filter(|id| id != "fr"),
        provider: training.provider.name.clone(),
        duration: wording::duration(training, snapshot),
        price: wording::price(training),
        reached: training.competences.get(competence).map_or(0, Level::number),
        asked: fields::values(training, Field::Prerequisites, snapshot),
        asked_words: training.stated(Field::Prerequisites).map(str::to_owned),
    }
}

fn twin(visit: &Visit, competence: Competence, offers: impl Iterator<Item = LevelOffer>) -> Twin {
    let referential = visit.snapshot.referential();
    let term = referential.term(competence);
    let block = referential.blocks().iter().find(|block| block.competences.contains(&competence));
    let level = |offer: LevelOffer| LevelTwin {
        level: offer.level.number(),
        label: referential.level(offer.level).label.clone(),
        can_do: referential.can_do(competence, offer.level).to_owned(),
        trainings: offer.teaching,
        ending: offer.ending,
        priced: offer.priced,
        free: offer.free,
        lowest_price_eur: offer.cheapest.and_then(|one| one.price_eur).map(|price| price.get()),
        timed: offer.timed,
        shortest_hours: offer.hours.map(|(least, _)| least),
        longest_hours: offer.hours.map(|(_, most)| most),
        providers: offer
            .providers
            .into_iter()
            .map(|Teacher { id, name, trainings }| ProviderTwin { id, name, trainings })
            .collect(),
        first: offer.first.iter().map(|training| TrainingTwin::new(training, &visit.snapshot)).collect(),
    };
    let relation = |relation: &Relation| RelationTwin {
        framework: relation.framework.clone(),
        code: relation.code.clone(),
        label: relation.label.clone(),
        relation: relation.kinship.name(),
        source: relation.source.as_str().to_owned(),
    };
    Twin {
        revision: visit.snapshot.stamp().revision,
        id: term.id.clone(),
        label: term.label.clone(),
        definition: term.definition.clone(),
        block: block.map(|block| block.id.clone()).unwrap_or_default(),
        theme: referential.term(referential.theme_of(competence)).id.clone(),
        question: referential.question(competence).to_owned(),
        relations: referential.relations(competence).iter().map(relation).collect(),
        levels: offers.map(level).collect(),
    }
}
