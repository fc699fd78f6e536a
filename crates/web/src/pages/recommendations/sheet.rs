//! `/recommandations/{id}` and its twin: the specification sheet of a training to build, which a reader may change in the
//! address alone. Absent: what the sheet says (see `catalogue::recommendations::Sheet`).

use std::sync::Arc;

use askama::Template;
use catalogue::french;
use catalogue::pathways::minutes_in_french;
use catalogue::recommendations::{Proposal, Recommendations, Sheet, SheetEdits};
use catalogue::report::PaperForm;
use serde::Serialize;

use super::{Asked, RECOMMENDATIONS, recommendations};
use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::pages::waiting::{self, Awaited, Waited};
use crate::planning::{Finding, Order};
use crate::visit::Visit;
use crate::wording::typeset;

/// Forms of a sheet as a file: what is said of each, the end of its path.
const FILES: [(&str, &str); 3] =
    [("PDF", ".pdf"), ("texte à modifier (ODT)", ".odt"), ("JSON, pour un programme", ".json")];

/// What is said while a sheet is composed.
const OF_SHEETS: Awaited = Awaited {
    section: Section::Recommendations,
    above: Some(("Formations à construire", RECOMMENDATIONS)),
    under_way: "La fiche est en cours de composition.",
    nowhere: "Cette installation ne compose pas de fichier.",
    otherwise: ("Les formations à construire", RECOMMENDATIONS),
};

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

/// `/recommandations/{id}`, `.json`, `.pdf`, `.odt`
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let name = visit.path.rsplit('/').next().unwrap_or_default();
    let (id, end) = name.split_once('.').unwrap_or((name, ""));
    let (id, end) = (id.to_owned(), end.to_owned());
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
        match end.as_str() {
            "" => {}
            "json" => return Ok(Answer::json(&twin(visit, proposal, &sheet))),
            "pdf" => return file(visit, asked, proposal, &sheet, &edits, PaperForm::Pdf),
            "odt" => return file(visit, asked, proposal, &sheet, &edits, PaperForm::Odt),
            _ => {
                let message = "Une fiche existe en page, en PDF, en ODT et en JSON.";
                return Err(Failure::new(Code::PageNotFound, message)
                    .leading("La fiche", href(visit, asked, &id, "", &edits)));
            }
        }
        if !is_canonical || visit.pairs.iter().any(|(_, value)| value.trim().is_empty()) {
            return Ok(Answer::moved(href(visit, asked, &id, "", &edits)));
        }
        Ok(Answer::html(&view(visit, asked, own, proposal, sheet, &edits)))
    })?;
    Ok(answer.unwrap_or_else(|pending| pending))
}

/// The sheet as a file.
fn file(
    visit: &Visit,
    asked: &Asked,
    proposal: &Proposal,
    sheet: &Sheet,
    edits: &SheetEdits,
    form: PaperForm,
) -> Result<Answer, Failure> {
    let paper = sheet.paper(visit.snapshot.stamp(), &href(visit, asked, &proposal.id, "", edits));
    let answered = match waiting::wait(visit, &Order::Paper(Arc::new(paper), form), &OF_SHEETS)? {
        Waited::Ready(answered) => answered,
        Waited::Pending(page) => return Ok(page),
    };
    let (media, end) = match form {
        PaperForm::Pdf => ("application/pdf", "pdf"),
        PaperForm::Odt => ("application/vnd.oasis.opendocument.text", "odt"),
    };
    match answered.as_ref() {
        Ok(Finding::File(Ok(bytes))) => {
            Ok(Answer::bytes(media, bytes.clone()).for_file(format!("{}.{end}", proposal.id)))
        }
        Ok(Finding::File(Err(error))) => Err(Failure::new(Code::Internal, typeset(&format!("{error}.")))),
        _ => Err(Failure::new(Code::PageNotFound, OF_SHEETS.nowhere)),
    }
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
        worth: match edits.duration_hours {
            Some(_) => typeset(&format!(
                "Ce que cette formation apporterait a été calculé pour la durée proposée, {} ; une autre durée n’a pas été essayée.",
                french::hours(proposal.draft.template.hours)
            )),
            None => typeset(&proposal.worth_in_french(&own.outlooks)),
        },
        advice: match edits.duration_hours {
            Some(_) => String::new(),
            None => typeset(&proposal.advice_in_french()),
        },
        back: asked.href(RECOMMENDATIONS),
        files: FILES.map(|(label, end)| (label, href(visit, asked, &proposal.id, end, edits))).to_vec(),
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
