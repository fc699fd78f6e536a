//! `/recommandations/{id}` and its twin: the specification sheet of a training to build, which a reader may change in the
//! address alone. Absent: what the sheet says (see `catalogue::recommendations::Sheet`).

use askama::Template;
use catalogue::french;
use catalogue::pathways::minutes_in_french;
use catalogue::recommendations::{Proposal, Recommendations, Sheet, SheetEdits};
use serde::Serialize;

use super::{Asked, RECOMMENDATIONS, recommendations};
use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::visit::Visit;
use crate::wording::typeset;

#[derive(Template)]
#[template(path = "recommendation_sheet.html")]
struct SheetPage {
    layout: Layout,
    style: String,
    sheet: Sheet,
    duration: String,
    cost: String,
    sequence: Vec<(String, String, String)>,
    evaluation: Vec<String>,
    evidence: Vec<(String, String, Option<String>)>,
    worth: String,
    advice: String,
    back: String,
    files: Vec<(&'static str, String)>,
    /// Pairs of the recommendations that the form sends again.
    hidden: Vec<(&'static str, String)>,
    action: String,
    original: Option<String>,
    fields: Fields,
}

/// The form, filled with what the sheet says.
struct Fields {
    title: String,
    hours: String,
    group: String,
    situation: String,
    remarks: String,
    formats: Vec<(String, String, bool)>,
}

/// A sheet as programs read it.
#[derive(Serialize)]
struct SheetTwin<'s> {
    revision: u64,
    id: &'s str,
    title: &'s str,
    audience: Vec<AudienceTwin<'s>>,
    competences: Vec<CompetenceTwin>,
    objectives: &'s [String],
    sequence: Vec<PartTwin<'s>>,
    hours: f64,
    format: &'s str,
    group_max: u16,
    evaluation: Vec<String>,
    euros_per_person: [f64; 2],
    evidence: Vec<EvidenceTwin<'s>>,
    remarks: Option<&'s str>,
    /// Names of the parameters that changed what was proposed.
    changed: &'s [&'static str],
}

#[derive(Serialize)]
struct AudienceTwin<'s> {
    persona: &'s str,
    situation: &'s str,
}

#[derive(Serialize)]
struct CompetenceTwin {
    competence: String,
    from: u8,
    to: u8,
}

#[derive(Serialize)]
struct PartTwin<'s> {
    label: &'s str,
    minutes: u64,
    how: &'s str,
}

#[derive(Serialize)]
struct EvidenceTwin<'s> {
    of: &'s str,
    why: String,
    source: Option<&'s str>,
}

/// `/recommandations/{id}`, `.json`
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let name = visit.path.rsplit('/').next().unwrap_or_default();
    let (id, is_json) = match name.strip_suffix(".json") {
        Some(id) => (id.to_owned(), true),
        None => (name.to_owned(), false),
    };
    let names: Vec<&str> = SheetEdits::parameters().into_iter().map(|(name, _)| name).collect();
    let pairs = visit.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let edits = SheetEdits::parse(pairs, visit.snapshot.referential()).map_err(|error| {
        Failure::new(Code::BadValue, typeset(&format!("{error}.")))
            .leading("La fiche sans changement", visit.path.clone())
    });
    let answer = recommendations(visit, &names, |asked, own| {
        let edits = edits?;
        let Some(proposal) = own.proposal(&id) else {
            return Err(Failure::new(
                Code::PageNotFound,
                "Cette formation n’est pas, ou n’est plus, parmi celles à construire pour cette demande et cette version du catalogue.",
            )
            .leading("Les formations à construire", asked.href(RECOMMENDATIONS)));
        };
        let given = edits.clone();
        let edits = edits.of(own, proposal);
        let is_canonical = edits == given;
        let sheet = Sheet::new(own, proposal, &edits, visit.snapshot.referential());
        if is_json {
            return Ok(Answer::json(&twin(visit, proposal, &sheet)));
        }
        if !is_canonical || visit.pairs.iter().any(|(_, value)| value.trim().is_empty()) {
            return Ok(Answer::moved(href(visit, asked, &id, "", &edits)));
        }
        Ok(Answer::html(&view(visit, asked, own, proposal, sheet, &edits)))
    })?;
    Ok(answer.unwrap_or_else(|pending| pending))
}

/// The address of a sheet with changes, at an end of path such as `.json`.
fn href(visit: &Visit, asked: &Asked, id: &str, end: &str, edits: &SheetEdits) -> String {
    let mut pairs = asked.request.pairs();
    pairs.extend(edits.pairs(visit.snapshot.referential()));
    let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
    address::with_pairs(&format!("{RECOMMENDATIONS}/{id}{end}"), pairs)
}

fn view(
    visit: &Visit,
    asked: &Asked,
    own: &Recommendations,
    proposal: &Proposal,
    sheet: Sheet,
    edits: &SheetEdits,
) -> SheetPage {
    let layout = Layout::new(visit, Section::Recommendations, sheet.title.clone())
        .under("Formations à construire", RECOMMENDATIONS)
        .not_indexed();
    let referential = visit.snapshot.referential();
    let chosen = edits.format.unwrap_or(proposal.draft.format);
    let formats = referential.terms("format").iter().map(|term| {
        let is_chosen = term.id == referential.term(chosen).id;
        (term.id.clone(), term.label.clone(), is_chosen)
    });
    let situation = || {
        let situations: Vec<&str> = sheet.audience.iter().map(|(_, situation)| situation.as_str()).collect();
        situations.first().copied().unwrap_or_default().to_owned()
    };
    SheetPage {
        layout,
        style: crate::assets::pathways_style_address(),
        duration: french::hours(sheet.duration_hours),
        cost: typeset(&sheet.cost_in_french()),
        sequence: sheet
            .sequence
            .iter()
            .map(|(what, minutes, how)| (what.clone(), minutes_in_french(*minutes), how.clone()))
            .collect(),
        evaluation: sheet.evaluation.iter().map(|text| typeset(text)).collect(),
        evidence: sheet
            .evidence
            .iter()
            .map(|(of, why, source)| (typeset(of), typeset(why), source.clone()))
            .collect(),
        worth: typeset(&proposal.worth_in_french(&own.outlooks)),
        advice: typeset(&proposal.advice_in_french()),
        back: asked.href(RECOMMENDATIONS),
        files: vec![("JSON", href(visit, asked, &proposal.id, ".json", edits))],
        hidden: asked.request.pairs(),
        action: format!("{RECOMMENDATIONS}/{}", proposal.id),
        original: (!sheet.changed.is_empty())
            .then(|| href(visit, asked, &proposal.id, "", &SheetEdits::default())),
        fields: Fields {
            title: edits.title.clone().unwrap_or_default(),
            hours: edits.duration_hours.map(|hours| hours.to_string().replace('.', ",")).unwrap_or_default(),
            group: edits.group_max.map(|group| group.to_string()).unwrap_or_default(),
            situation: edits.situation.clone().unwrap_or_else(situation),
            remarks: edits.remarks.clone().unwrap_or_default(),
            formats: formats.collect(),
        },
        sheet,
    }
}

fn twin<'s>(visit: &Visit, proposal: &'s Proposal, sheet: &'s Sheet) -> SheetTwin<'s> {
    let referential = visit.snapshot.referential();
    SheetTwin {
        revision: visit.snapshot.stamp().revision,
        id: &proposal.id,
        title: &sheet.title,
        audience: sheet
            .audience
            .iter()
            .map(|(persona, situation)| AudienceTwin { persona, situation })
            .collect(),
        competences: proposal
            .draft
            .lifts
            .iter()
            .map(|lift| CompetenceTwin {
                competence: referential.term(lift.competence).id.clone(),
                from: lift.from,
                to: lift.to.number(),
            })
            .collect(),
        objectives: &sheet.objectives,
        sequence: sheet
            .sequence
            .iter()
            .map(|(label, minutes, how)| PartTwin { label, minutes: *minutes, how })
            .collect(),
        hours: sheet.duration_hours,
        format: &sheet.format,
        group_max: sheet.group_max,
        evaluation: sheet.evaluation.iter().map(|text| typeset(text)).collect(),
        euros_per_person: [sheet.cost_eur.0, sheet.cost_eur.1],
        evidence: sheet
            .evidence
            .iter()
            .map(|(of, why, source)| EvidenceTwin { of, why: typeset(why), source: source.as_deref() })
            .collect(),
        remarks: sheet.remarks.as_deref(),
        changed: &sheet.changed,
    }
}
