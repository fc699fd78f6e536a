//! Reports printed: the same bytes each time, tags, language, texts as they are, sheets without formulas.

use std::io::{Cursor, Read};

use catalogue::persona::{Persona, RawNeed, RawPersona};
use catalogue::report::{
    Block, Cell, Column, Form, Inputs, Paper, PaperForm, Report, ReportRequest, Row, Width, report,
};
use catalogue::{RawSource, RawTraining, Referential, Snapshot, Stamp, Training};
use report::{paper_pdf, pdf, print, print_paper, workbook};

/// Titles that a typesetter, a browser or a spreadsheet could take for more than texts.
const HOSTILE: [&str; 9] = [
    "#import \"x\": *",
    "*gras* _penché_ = titre $x$ @ref <étiquette> `code`",
    "#panic(\"non\") #read(\"/etc/passwd\")",
    "=HYPERLINK(\"http://exemple.fr\")",
    "\\u{41} \\\\ // commentaire /* et */ ]]] }}} ))) \"",
    "データ分析 🎉 \u{202e}envers \u{fffd} \u{e000}",
    "مرحبا بالعالم",
    "Très-long-mot-sans-espace-qui-ne-tient-pas-dans-une-colonne-étroite-et-qui-doit-pourtant-rester-dans-la-page",
    "e\u{301}te\u{301} fi ffl",
];

fn snapshot() -> Snapshot {
    let row = |(place, title): (usize, &&str)| RawTraining {
        id: format!("piege-{place}"),
        kind: "course".to_owned(),
        title: (*title).to_owned(),
        provider: format!("Organisme {title}"),
        provider_kind: "prive".to_owned(),
        themes: vec!["droit-ethique".to_owned()],
        duration_hours: Some(7.0),
        competences: [("culture-donnees".to_owned(), 2)].into(),
        summary: "Un résumé.".to_owned(),
        source: RawSource { address: format!("https://exemple.fr/{place}"), seen: None },
        ..RawTraining::default()
    };
    let parse = |raw| Training::parse(&raw, &Referential::builtin()).expect("a sound row");
    let trainings: Vec<Training> = HOSTILE.iter().enumerate().map(row).map(parse).collect();
    let stamp = Stamp { revision: 3, published_at: "2026-11-24T08:30:00Z".to_owned() };
    Snapshot::build(stamp, trainings.into_iter(), Referential::builtin(), 1).expect("an index")
}

fn persona() -> Persona {
    let raw = RawPersona {
        id: "essai".to_owned(),
        label: "#strong[Persona] *d’essai*".to_owned(),
        situation: "Essaie <le rapport> #ici.".to_owned(),
        status: "proposé".to_owned(),
        need: vec![RawNeed { competence: "culture-donnees".to_owned(), to: 3, ..RawNeed::default() }],
        ..RawPersona::default()
    };
    Persona::parse(&raw, &Referential::builtin()).expect("a sound persona")
}

fn hostile(request: &ReportRequest) -> Report {
    let snapshot = snapshot();
    report(&Inputs {
        snapshot: &snapshot,
        personas: &[persona()],
        pathways: &[],
        recommendations: None,
        scenarios: &[],
        request,
    })
}

fn has(bytes: &[u8], wanted: &str) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted.as_bytes())
}

#[test]
fn a_pdf_is_tagged_in_french_and_always_the_same() {
    let report = hostile(&ReportRequest::default());
    let first = pdf(&report).expect("printed");
    assert_eq!(first.warnings, [""; 0]);
    for wanted in [
        "%PDF-1.7",
        "/StructTreeRoot",
        "/Lang",
        "(fr",
        "/MarkInfo",
        "pdfuaid:part",
        "pdfaid:part",
        "/Outlines",
    ] {
        assert!(has(&first.bytes, wanted), "{wanted} is not there");
    }
    assert!(first.pages > 5, "{} pages", first.pages);
    assert!(first.bytes.len() < 2_000_000, "{} bytes", first.bytes.len());
    assert!(first.bytes == pdf(&report).expect("printed").bytes, "the same report, other bytes");
    assert!(first.bytes == print(&hostile(&ReportRequest::default()), Form::Pdf).expect("printed"));
}

#[test]
fn one_page_is_one_page() {
    let request = ReportRequest { is_one_page: true, ..ReportRequest::default() };
    assert_eq!(pdf(&hostile(&request)).expect("printed").pages, 1);
}

#[test]
fn another_day_is_another_file() {
    let request =
        ReportRequest { date: catalogue::Seen::parse("2027-01-02").ok(), ..ReportRequest::default() };
    let of = |request: &ReportRequest| pdf(&hostile(request)).expect("printed").bytes;
    assert!(of(&request) != of(&ReportRequest::default()));
}

#[test]
fn a_workbook_has_a_sheet_for_each_table_and_no_formula() {
    let report = hostile(&ReportRequest::default());
    let bytes = workbook(&report).expect("written");
    assert!(bytes == workbook(&report).expect("written"), "the same report, other bytes");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let sheets: Vec<&String> = names.iter().filter(|name| name.starts_with("xl/worksheets/sheet")).collect();
    assert_eq!(sheets.len(), report.tables().count() + 1);
    for name in sheets {
        let mut text = String::new();
        archive.by_name(name).expect("a sheet").read_to_string(&mut text).expect("XML");
        assert!(!text.contains("<f>"), "{name} has a formula");
    }
    let mut texts = String::new();
    archive.by_name("xl/sharedStrings.xml").expect("texts").read_to_string(&mut texts).expect("XML");
    assert!(texts.contains("=HYPERLINK("), "the text itself is kept");
}

#[test]
fn the_ends_of_a_range_have_columns_of_their_own_in_a_workbook() {
    let mut report = hostile(&ReportRequest::default());
    let cell = Cell {
        range: Some((9638.5, 16739.25)),
        value: Some(12972.0),
        ..Cell::text("12 972 (de 9 639 à 16 739)")
    };
    let mut table = report.tables().next().expect("a table").clone();
    table.columns =
        vec![Column::words("Façon", Width::Middle), Column::number("Formées"), Column::number("Coût")];
    table.rows = vec![Row::new(vec![Cell::text("Relais"), cell, Cell::count(77_777)])];
    report.sections[0].blocks = vec![Block::Table(table)];
    let bytes = workbook(&report).expect("written");
    let texts = part(&bytes, "xl/sharedStrings.xml");
    assert!(texts.contains("<t>Formées, de</t>") && texts.contains("<t>Formées, à</t>"), "{texts}");
    let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
    let column = |number: &str| {
        let before = sheet.split(&format!("<v>{number}</v>")).next().expect("a part");
        before.rsplit("<c r=\"").next().and_then(|cell| cell.chars().next())
    };
    let found = ["12972", "9638.5", "16739.25", "77777"].map(column);
    assert_eq!(found, [Some('B'), Some('C'), Some('D'), Some('E')]);
}

/// A part of an archive, as a text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect("a part").read_to_string(&mut text).expect("XML");
    text
}

#[test]
fn a_text_to_be_changed_has_headings_header_rows_and_texts_as_they_are() {
    let report = hostile(&ReportRequest::default());
    let bytes = print(&report, Form::Odt).expect("written");
    assert!(bytes == print(&report, Form::Odt).expect("written"), "the same report, other bytes");
    assert_eq!(part(&bytes, "mimetype"), "application/vnd.oasis.opendocument.text");
    assert!(part(&bytes, "meta.xml").contains("<dc:language>fr-FR</dc:language>"));
    let content = part(&bytes, "content.xml");
    let count = |wanted: &str| content.matches(wanted).count();
    assert_eq!(count("<table:table-header-rows>"), report.tables().count());
    assert_eq!(count("text:outline-level=\"1\""), report.sections.len());
    let parts = ["META-INF/manifest.xml", "styles.xml", "meta.xml", "content.xml"];
    for name in parts {
        let text = part(&bytes, name);
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut depth = 0;
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                quick_xml::events::Event::Start(_) => depth += 1,
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{name}");
    }
    assert!(content.contains("#panic(&quot;non&quot;)"), "the text itself is kept");
}

#[test]
fn a_paper_is_printed_and_written_whatever_its_texts() {
    let blocks = HOSTILE.iter().map(|text| Block::Paragraph((*text).to_owned())).chain([
        Block::Heading("Un titre".to_owned()),
        Block::List(HOSTILE.iter().map(|text| (*text).to_owned()).collect()),
    ]);
    let paper = Paper {
        ident: "fiche 1".to_owned(),
        kind: "fiche".to_owned(),
        title: "#strong[Fiche]\u{1}".to_owned(),
        lead: "Pour essayer.".to_owned(),
        date: "24 novembre 2026".to_owned(),
        day: "2026-11-24".to_owned(),
        scope: "Version 1.".to_owned(),
        blocks: blocks.collect(),
    };
    let pdf = print_paper(&paper, PaperForm::Pdf).expect("printed");
    assert!(has(&pdf, "/StructTreeRoot") && pdf == print_paper(&paper, PaperForm::Pdf).expect("printed"));
    let odt = print_paper(&paper, PaperForm::Odt).expect("written");
    assert!(part(&odt, "content.xml").contains("#strong[Fiche]</text:p>"));
    assert!(paper_pdf(&paper).expect("printed").pages == 1);
}
