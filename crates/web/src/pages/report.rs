//! `/rapport` and its files: the strategic report as a page, with the choice of its sections; as a PDF, a text, a workbook.
//! Absent: what it says (see `catalogue::report`), how files are made (see the crate `report`).

mod body;

use std::collections::BTreeSet;

use askama::Template;
use catalogue::report::{Form, Report, ReportRequest, SectionKind};

use super::waiting::{self, Awaited, Waited};
use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::planning::{Finding, Order};
use crate::visit::Visit;
use crate::wording::typeset;

/// Path of the report.
pub(crate) const REPORT: &str = "/rapport";
/// Bytes that sections may take on a page, so that it stays under 100 kB with its styles.
const SECTIONS_BYTES: usize = 50_000;
/// Why there is no report.
const NOWHERE: &str = "Cette installation ne compose pas de rapport.";

const OF_REPORTS: Awaited = Awaited {
    section: Section::Report,
    above: Some(("Rapport", REPORT)),
    under_way: "Le rapport demande plus d’une seconde\u{202f}: les parcours qu’il montre sont en cours de recherche.",
    nowhere: NOWHERE,
    otherwise: ("Le rapport en page", REPORT),
};

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    layout: Layout,
    subtitle: String,
    scope: String,
    sections: Vec<Choice>,
    personas: Vec<Choice>,
    is_one_page: bool,
    date: String,
    pdf: String,
    odt: String,
    xlsx: String,
    shown: Vec<ShownView>,
    /// Sections that this page has no room for: title and address.
    rest: Vec<(&'static str, String)>,
}

/// A choice of the form.
struct Choice {
    value: String,
    label: String,
    is_chosen: bool,
}

/// A section of the page, already written.
struct ShownView {
    id: &'static str,
    title: &'static str,
    html: String,
}

/// What an address asks.
struct Asked {
    request: ReportRequest,
    sections: Vec<SectionKind>,
}

impl Asked {
    fn read(visit: &Visit) -> Result<Self, Failure> {
        let known: Vec<&str> = ReportRequest::parameters().map(|(name, _)| name).to_vec();
        visit.accept(&known)?;
        let pairs = visit.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut request = ReportRequest::parse(pairs).map_err(|error| {
            Failure::new(Code::BadValue, typeset(&format!("{error}.")))
                .leading("Le rapport entier", REPORT.to_owned())
        })?;
        if let Some(id) = &request.persona {
            super::needs::persona(visit, id)?;
        }
        let reporter = visit.app.planning().and_then(|planning| planning.reporter());
        let sections = reporter.map(|reporter| reporter.sections()).unwrap_or_default();
        if sections.iter().all(|kind| request.sections.contains(kind)) {
            request.sections.clear();
        }
        Ok(Self { request, sections })
    }

    /// The address of this report in a form.
    fn href(&self, end: &str) -> String {
        let pairs = self.request.pairs();
        address::with_pairs(
            &format!("{REPORT}{end}"),
            pairs.iter().map(|(name, value)| (*name, value.as_str())),
        )
    }

    /// The address of one section of this report.
    fn of_section(&self, kind: SectionKind) -> String {
        let request = ReportRequest { sections: BTreeSet::from([kind]), ..self.request.clone() };
        Self { request, sections: Vec::new() }.href("")
    }

    /// What is to be waited for.
    fn order(&self, visit: &Visit, form: Option<Form>) -> Order {
        Order::Report(visit.app.personas(), self.request.clone(), form)
    }
}

fn nowhere() -> Failure {
    Failure::new(Code::PageNotFound, NOWHERE).leading("Accueil", "/".to_owned())
}

/// `/rapport`
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let asked = Asked::read(visit)?;
    let written = asked.request.pairs();
    let pairs = visit.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    // A form sends what is empty and what is usual: the page has a shorter address.
    if !pairs.eq(written.iter().map(|(name, value)| (*name, value.as_str()))) {
        return Ok(Answer::moved(asked.href("")));
    }
    let answered = match waiting::wait(visit, &asked.order(visit, None), &OF_REPORTS)? {
        Waited::Ready(answered) => answered,
        Waited::Pending(page) => return Ok(page),
    };
    match answered.as_ref() {
        Ok(Finding::Report(report)) => Ok(Answer::html(&view(visit, &asked, report))),
        Ok(Finding::NoReport) => Err(nowhere()),
        _ => Err(Failure::new(Code::Internal, "Le rapport n’a pas pu être composé.")),
    }
}

/// `/rapport.pdf`
pub(crate) fn pdf(visit: &Visit) -> Result<Answer, Failure> {
    file(visit, Form::Pdf, "application/pdf", "pdf")
}

/// `/rapport.odt`
pub(crate) fn odt(visit: &Visit) -> Result<Answer, Failure> {
    file(visit, Form::Odt, "application/vnd.oasis.opendocument.text", "odt")
}

/// `/rapport.xlsx`
pub(crate) fn xlsx(visit: &Visit) -> Result<Answer, Failure> {
    file(visit, Form::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
}

fn file(visit: &Visit, form: Form, media: &'static str, end: &str) -> Result<Answer, Failure> {
    let asked = Asked::read(visit)?;
    let answered = match waiting::wait(visit, &asked.order(visit, Some(form)), &OF_REPORTS)? {
        Waited::Ready(answered) => answered,
        Waited::Pending(page) => return Ok(page),
    };
    match answered.as_ref() {
        Ok(Finding::File(Ok(bytes))) => {
            let revision = visit.snapshot.stamp().revision;
            let name = format!("rapport-parcours-version-{revision}.{end}");
            Ok(Answer::bytes(media, bytes.clone()).for_file(name))
        }
        Ok(Finding::NoReport) => Err(nowhere()),
        Ok(Finding::File(Err(error))) => Err(Failure::new(Code::Internal, typeset(&format!("{error}.")))),
        _ => Err(Failure::new(Code::Internal, "Le rapport n’a pas pu être composé.")),
    }
}

fn view(visit: &Visit, asked: &Asked, report: &Report) -> ReportPage {
    let request = &asked.request;
    let (mut shown, mut rest, mut bytes) = (Vec::new(), Vec::new(), 0);
    for section in &report.sections {
        let html = body::section(section);
        // The first one is always there: its tables are cut to fit.
        if shown.is_empty() || (rest.is_empty() && bytes + html.len() <= SECTIONS_BYTES) {
            bytes += html.len();
            shown.push(ShownView { id: section.kind.name(), title: section.kind.title(), html });
        } else {
            rest.push((section.kind.title(), asked.of_section(section.kind)));
        }
    }
    let personas = visit.app.personas();
    let everyone = Choice {
        value: String::new(),
        label: "tous les personas".to_owned(),
        is_chosen: request.persona.is_none(),
    };
    let persona = |own: &catalogue::persona::Persona| Choice {
        value: own.id.clone(),
        label: own.label.clone(),
        is_chosen: request.persona.as_deref() == Some(own.id.as_str()),
    };
    let layout = Layout::new(visit, Section::Report, report.title.clone()).labelled("Rapport");
    let layout = if request.pairs().is_empty() { layout } else { layout.not_indexed() };
    ReportPage {
        layout: layout.linked("alternate", asked.href(".pdf"), Some("application/pdf")),
        subtitle: report.subtitle.clone(),
        scope: report.scope.clone(),
        sections: asked
            .sections
            .iter()
            .map(|kind| Choice {
                value: kind.name().to_owned(),
                label: kind.title().to_owned(),
                is_chosen: request.wants(*kind),
            })
            .collect(),
        personas: std::iter::once(everyone).chain(personas.iter().map(persona)).collect(),
        is_one_page: request.is_one_page,
        date: request.date.map(|date| date.to_string()).unwrap_or_default(),
        pdf: asked.href(".pdf"),
        odt: asked.href(".odt"),
        xlsx: asked.href(".xlsx"),
        shown,
        rest,
    }
}
