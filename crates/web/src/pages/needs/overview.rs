//! `/ecarts` without a persona: all of them side by side, by competence, with the people behind.

use askama::Template;
use catalogue::gaps::{Gaps, State};
use catalogue::{Code as _, Competence, french};

use super::personas::{Card, HeadcountView, cards, headcounts};
use super::{Asked, GAPS, PERSONA, StateCell, StatesRow};
use crate::answer::Answer;
use crate::errors::Failure;
use crate::layout::{Layout, Section};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "gaps_overview.html")]
struct OverviewPage {
    layout: Layout,
    needs_style: String,
    finding: String,
    cards: Vec<Card>,
    labels: Vec<(String, String)>,
    /// The worst state of each persona.
    rows: Vec<StatesRow>,
    themes: Vec<TotalView>,
    publics: Vec<TotalView>,
    people: Vec<PeopleView>,
    told: Vec<String>,
    csv: String,
    json: String,
}

/// Levels by state for a theme or a public.
struct TotalView {
    label: String,
    levels: usize,
    /// Numbers, best state first.
    states: Vec<usize>,
    unmet: String,
}

/// A population and what it lacks.
struct PeopleView {
    persona: String,
    headcount: HeadcountView,
    lacking: String,
}

pub(super) fn page(visit: &Visit, asked: &Asked) -> Result<Answer, Failure> {
    let personas = visit.app.personas();
    let judged: Vec<Gaps> = match asked.is_changed() {
        true => personas.iter().map(|persona| visit.snapshot.gaps(persona, &asked.case)).collect(),
        false => visit.app.usual_gaps(&visit.snapshot).to_vec(),
    };
    let layout = Layout::new(visit, Section::Gaps, "Écarts entre l’offre et les besoins").labelled("Écarts");
    Ok(Answer::html(&OverviewPage {
        layout: if asked.is_changed() { layout.not_indexed() } else { layout }.linked(
            "alternate",
            asked.href("/ecarts.json", &[]),
            Some("application/json"),
        ),
        needs_style: crate::assets::needs_style_address(),
        finding: finding(visit, &judged),
        cards: cards(visit, asked, &judged),
        labels: personas
            .iter()
            .map(|persona| (persona.label.clone(), asked.href(GAPS, &[(PERSONA, &persona.id)])))
            .collect(),
        rows: rows(visit, asked, &judged),
        themes: themes(visit, &judged),
        publics: publics(visit, &judged),
        people: people(&judged),
        told: asked.told(visit),
        csv: asked.href("/ecarts.csv", &[]),
        json: asked.href("/ecarts.json", &[]),
    }))
}

/// Competences that no persona can fully reach, in one sentence.
fn finding(visit: &Visit, judged: &[Gaps]) -> String {
    let referential = visit.snapshot.referential();
    let unmet = |gaps: &Gaps, competence: Competence| {
        gaps.gaps.iter().any(|gap| gap.competence == competence && gap.state < State::Thin)
    };
    let terms = referential.terms(Competence::VOCABULARY);
    let all: Vec<String> = terms
        .iter()
        .enumerate()
        .filter(|(at, _)| {
            let competence = Competence::at(*at as u8);
            judged.len() > 1 && judged.iter().all(|gaps| unmet(gaps, competence))
        })
        .map(|(_, term)| french::quoted(&term.label))
        .collect();
    match all.as_slice() {
        [] => {
            let unmet = |gaps: &Gaps| gaps.gaps.iter().filter(|gap| gap.state < State::Thin).count();
            let worst = judged.iter().max_by_key(|gaps| unmet(gaps));
            worst.map_or_else(String::new, |gaps| {
                format!(
                    "C’est à «\u{202f}{}\u{202f}» que l’offre répond le moins\u{202f}: {} sur {} lui échappent.",
                    gaps.persona.label,
                    french::integer(unmet(gaps) as u64),
                    french::counted(gaps.gaps.len() as u64, "niveau", "niveaux"),
                )
            })
        }
        some => format!("Aucun persona ne trouve tout ce qu’il lui faut en {}.", french::list(some, "et")),
    }
}

fn rows(visit: &Visit, asked: &Asked, judged: &[Gaps]) -> Vec<StatesRow> {
    let referential = visit.snapshot.referential();
    let terms = referential.terms(Competence::VOCABULARY).iter().enumerate();
    terms
        .map(|(at, term)| {
            let competence = Competence::at(at as u8);
            let cell = |gaps: &Gaps| {
                let own = gaps.gaps.iter().filter(|gap| gap.competence == competence);
                let worst = own.clone().map(|gap| gap.state).min()?;
                let met = own.clone().filter(|gap| gap.state >= State::Thin).count();
                Some(StateCell {
                    state: worst,
                    note: format!("{met}\u{a0}sur\u{a0}{}", own.count()),
                    href: asked.href(GAPS, &[(PERSONA, &gaps.persona.id)]),
                })
            };
            StatesRow {
                competence: term.label.clone(),
                href: format!("/competences/{}", term.id),
                cells: judged.iter().map(cell).collect(),
            }
        })
        .collect()
}

fn total<'a>(label: String, gaps: impl Iterator<Item = &'a catalogue::gaps::Gap> + Clone) -> TotalView {
    let of = |state: State| gaps.clone().filter(|gap| gap.state == state).count();
    let states: Vec<usize> = State::all().collect::<Vec<_>>().into_iter().rev().map(of).collect();
    let levels = gaps.clone().count();
    let unmet = states[2] + states[3];
    TotalView { label, levels, states, unmet: french::percent(unmet as u64, levels as u64) }
}

/// Levels by the main theme of their competence, over all personas.
fn themes(visit: &Visit, judged: &[Gaps]) -> Vec<TotalView> {
    let referential = visit.snapshot.referential();
    let themes = referential.terms("theme").iter().enumerate();
    let all = judged.iter().flat_map(|gaps| &gaps.gaps);
    let views = themes.map(|(at, term)| {
        let theme = catalogue::Theme::at(at as u8);
        total(
            term.label.clone(),
            all.clone().filter(move |gap| referential.theme_of(gap.competence) == theme),
        )
    });
    views.filter(|total| total.levels > 0).collect()
}

/// Levels by public: that of the personas.
fn publics(visit: &Visit, judged: &[Gaps]) -> Vec<TotalView> {
    let referential = visit.snapshot.referential();
    let audiences = referential.terms("audience").iter().enumerate();
    let views = audiences.map(|(at, term)| {
        let audience = Some(catalogue::Audience::at(at as u8));
        let own = judged.iter().filter(move |gaps| gaps.persona.audience == audience);
        total(term.label.clone(), own.flat_map(|gaps| &gaps.gaps))
    });
    views.filter(|total| total.levels > 0).collect()
}

/// Populations whose number a source states, with the levels that each lacks.
fn people(judged: &[Gaps]) -> Vec<PeopleView> {
    let of = |gaps: &Gaps| {
        let unmet = gaps.gaps.iter().filter(|gap| gap.state < State::Thin).count() as u64;
        let label = gaps.persona.label.clone();
        let counts =
            catalogue::persona::headcounts(&gaps.persona.id).map(move |headcount| headcount.count * unmet);
        headcounts(&gaps.persona.id)
            .into_iter()
            .zip(counts)
            .map(move |(headcount, lacking)| PeopleView {
                persona: label.clone(),
                headcount,
                lacking: french::integer(lacking),
            })
            .collect::<Vec<_>>()
    };
    judged.iter().flat_map(of).collect()
}
