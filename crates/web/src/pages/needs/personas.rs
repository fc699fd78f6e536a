//! `/personas`, `/personas/{id}` and their twins: who needs what, under which constraints, and how the offer answers.
//! Absent: her gaps one by one (see `gaps`), her own answers (see `assessment`).

use askama::Template;
use catalogue::french;
use catalogue::gaps::Gaps;
use catalogue::persona::{Circumstances, Persona, RawPersona};
use catalogue::roadmaps::Roadmaps;
use serde::Serialize;

use super::person::{NeedView, PersonView, SourceView, needs, source};
use super::{Asked, Bar, GAPS, PERSONA, PERSONAS, assessment, bar, persona};
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "personas.html")]
struct PersonasPage {
    layout: Layout,
    needs_style: String,
    cards: Vec<Card>,
}

/// A persona in the list.
pub(crate) struct Card {
    pub person: PersonView,
    pub bar: Bar,
    pub levels: String,
    pub gaps: String,
    pub assessment: String,
}

#[derive(Template)]
#[template(path = "persona.html")]
struct PersonaPage {
    layout: Layout,
    needs_style: String,
    person: PersonView,
    needs: Vec<NeedView>,
    not_needed: Vec<LeftOut>,
    bar: Bar,
    finding: String,
    gaps: String,
    assessment: String,
    headcounts: Vec<HeadcountView>,
    /// Actions of roadmaps that name her public.
    asked: usize,
}

struct LeftOut {
    competence: String,
    reason: String,
    source: Option<SourceView>,
}

/// A sourced headcount.
pub(crate) struct HeadcountView {
    pub ministry: String,
    pub population: String,
    pub count: String,
    pub kind: &'static str,
    pub year: String,
    pub note: String,
    pub source: Option<SourceView>,
}

#[derive(Serialize)]
struct Twin {
    revision: u64,
    personas: Vec<PersonaTwin>,
}

#[derive(Serialize)]
struct PersonaTwin {
    #[serde(flatten)]
    persona: RawPersona,
    coverage: Bar,
}

/// All personas.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&[])?;
    Ok(Answer::html(&PersonasPage {
        layout: Layout::new(visit, Section::Personas, "Personas").linked(
            "alternate",
            "/personas.json".to_owned(),
            Some("application/json"),
        ),
        needs_style: crate::assets::needs_style_address(),
        cards: cards(visit, &Asked::default(), &visit.app.usual_gaps(&visit.snapshot)),
    }))
}

/// All personas as cards, judged in a case.
pub(crate) fn cards(visit: &Visit, asked: &Asked, judged: &[Gaps]) -> Vec<Card> {
    let personas = visit.app.personas();
    let card = |(persona, gaps): (&Persona, &Gaps)| Card {
        bar: bar(gaps),
        levels: french::counted(gaps.gaps.len() as u64, "niveau", "niveaux"),
        gaps: asked.href(GAPS, &[(PERSONA, &persona.id)]),
        assessment: assessment::address_of(&persona.id),
        person: PersonView::new(persona, visit.snapshot.referential()),
    };
    personas.iter().zip(judged).map(card).collect()
}

/// All personas for programs.
pub(crate) fn json(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&[])?;
    let (personas, judged) = (visit.app.personas(), visit.app.usual_gaps(&visit.snapshot));
    let twins =
        personas.iter().zip(judged.iter()).map(|(persona, gaps)| twin(visit, persona, gaps)).collect();
    Ok(Answer::json(&Twin { revision: visit.snapshot.stamp().revision, personas: twins }))
}

fn twin(visit: &Visit, persona: &Persona, gaps: &Gaps) -> PersonaTwin {
    PersonaTwin { coverage: bar(gaps), persona: persona.to_raw(visit.snapshot.referential()) }
}

/// `/personas/{id}`, `.json`, `.toml`
pub(crate) fn one(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&[])?;
    let name = visit.path.strip_prefix("/personas/").unwrap_or_default();
    let (id, form) = name.rsplit_once('.').unwrap_or((name, ""));
    let persona = persona(visit, id)?;
    let referential = visit.snapshot.referential();
    match form {
        "json" => {
            let judged = visit.snapshot.gaps(&persona, &Circumstances::default());
            return Ok(Answer::json(&twin(visit, &persona, &judged)));
        }
        "toml" => {
            let text = exchange::personas::write(&persona, referential);
            return Ok(Answer::text("application/toml; charset=utf-8", text).for_file(format!("{id}.toml")));
        }
        "" => {}
        _ => {
            let failure =
                Failure::new(Code::PageNotFound, "Un persona se lit en page, en .json ou en .toml.");
            return Err(failure.leading("Sa page", format!("{PERSONAS}/{id}")));
        }
    }
    let judged = visit.snapshot.gaps(&persona, &Circumstances::default());
    let left_out = |one: &catalogue::persona::NotNeeded| LeftOut {
        competence: referential.term(one.competence).label.clone(),
        reason: one.reason.clone(),
        source: source(one.source.as_ref()),
    };
    Ok(Answer::html(&PersonaPage {
        layout: Layout::new(visit, Section::Personas, persona.label.clone())
            .under("Personas", PERSONAS)
            .linked("alternate", format!("{PERSONAS}/{id}.json"), Some("application/json")),
        needs_style: crate::assets::needs_style_address(),
        needs: needs(&persona, referential),
        not_needed: persona.not_needed.iter().map(left_out).collect(),
        finding: crate::wording::typeset(&judged.finding()),
        bar: bar(&judged),
        gaps: super::gaps::address_of(id),
        assessment: assessment::address_of(id),
        headcounts: headcounts(id),
        asked: Roadmaps::builtin().naming(id).count(),
        person: PersonView::new(&persona, referential),
    }))
}

/// The sourced headcounts of a persona's population.
pub(crate) fn headcounts(id: &str) -> Vec<HeadcountView> {
    let view = |headcount: &catalogue::persona::Headcount| HeadcountView {
        ministry: headcount.ministry.clone(),
        population: headcount.population.clone(),
        count: french::integer(headcount.count),
        kind: headcount.kind_in_french(),
        year: headcount.year.to_string(),
        note: headcount.note.clone(),
        source: source(Some(&headcount.source)),
    };
    catalogue::persona::headcounts(id).map(view).collect()
}
