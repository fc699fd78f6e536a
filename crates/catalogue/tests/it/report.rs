//! The report as a value: its sections, its figures against the functions that they come from, what each table says of
//! itself; its request, from an address and back.

use std::collections::BTreeSet;

use catalogue::gaps::State;
use catalogue::persona::{Circumstances, Persona, RawNeed, RawPersona};
use catalogue::recommendations::RecommendationOutcome;
use catalogue::report::{
    Block, Drawing, Inputs, Mark, Report, ReportRequest, SectionKind, TypicalPathway, report,
};
use catalogue::{Facet, RawTraining, Referential, Seen, Selection, Snapshot, Stamp};
use proptest::prelude::*;

use super::{levels, row, training};

fn snapshot(rows: &[RawTraining]) -> Snapshot {
    let stamp = Stamp { revision: 3, published_at: "2026-11-24T08:30:00Z".to_owned() };
    let trainings: Vec<_> = rows.iter().map(training).collect();
    Snapshot::build(stamp, trainings.into_iter(), Referential::builtin(), 1).expect("an index")
}

fn small() -> Snapshot {
    let codes = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    snapshot(&[
        RawTraining {
            themes: codes(&["droit-ethique"]),
            audiences: codes(&["sous-directeurs"]),
            duration_hours: Some(14.0),
            price_eur: Some(1_200.0),
            competences: levels(&[("protection-donnees", 2)]),
            ..row("a")
        },
        RawTraining {
            provider: "Cabinet =1+1".to_owned(),
            provider_kind: "prive".to_owned(),
            themes: codes(&["droit-ethique", "data-science"]),
            price_eur: Some(0.0),
            competences: levels(&[("analyse-donnees", 1)]),
            ..row("b")
        },
        RawTraining { source: catalogue::RawSource { seen: None, ..row("c").source }, ..row("c") },
    ])
}

fn persona() -> Persona {
    let need = |competence: &str, to| RawNeed {
        competence: competence.to_owned(),
        to,
        reason: "pour l’essai".to_owned(),
        ..RawNeed::default()
    };
    let raw = RawPersona {
        id: "essai".to_owned(),
        label: "Persona d’essai".to_owned(),
        situation: "Essaie le rapport.".to_owned(),
        status: "tout est proposé".to_owned(),
        need: vec![need("protection-donnees", 2), need("analyse-donnees", 3)],
        ..RawPersona::default()
    };
    Persona::parse(&raw, &Referential::builtin()).expect("a sound persona")
}

fn of(snapshot: &Snapshot, personas: &[Persona], request: &ReportRequest) -> Report {
    report(&Inputs { snapshot, personas, pathways: &[], recommendations: None, scenarios: &[], request })
}

fn whole() -> (Snapshot, Report) {
    let snapshot = small();
    let report = of(&snapshot, &[persona()], &ReportRequest::default());
    (snapshot, report)
}

#[test]
fn sections_are_in_their_order_and_every_table_says_what_it_bears_on() {
    let (_, report) = whole();
    let kinds: Vec<SectionKind> = report.sections.iter().map(|section| section.kind).collect();
    assert_eq!(kinds, SectionKind::all().collect::<Vec<_>>());
    let mut ids = BTreeSet::new();
    for table in report.tables() {
        assert!(ids.insert(&table.id), "{} twice", table.id);
        for said in
            ["Filtres", "version 3 du catalogue, publiée le 24 novembre 2026", "rapport du 24 novembre 2026"]
        {
            assert!(table.scope.contains(said), "{}: {}", table.id, table.scope);
        }
        assert!(!table.source.is_empty() && !table.caption.is_empty(), "{}", table.id);
        for row in &table.rows {
            assert_eq!(row.cells.len(), table.columns.len(), "{}", table.id);
        }
    }
}

#[test]
fn figures_are_those_of_the_functions_they_come_from() {
    let (snapshot, report) = whole();
    let found = snapshot.search(&Selection::all()).expect("everything");
    let themes = report.table("thematiques").expect("the themes");
    for value in &found.facets[Facet::Theme.position()].values {
        let row = themes.rows.iter().find(|row| row.cells[0].text == value.label);
        assert_eq!(row.map(|row| row.cells[1].value), Some(Some(value.count as f64)), "{}", value.label);
    }
    let total = themes.rows.last().expect("a total");
    assert!(total.is_total);
    assert_eq!(total.cells[1].value, Some(found.total as f64));

    let judged = snapshot.gaps(&persona(), &Circumstances::default());
    let states = &report.table("ecarts").expect("the gaps").rows[0];
    let counts =
        [State::Covered, State::Thin, State::OutOfReach, State::Missing].map(|state| judged.count(state));
    for (cell, count) in states.cells[1..5].iter().zip(counts) {
        assert_eq!(cell.value, Some(count as f64));
    }
    let quality = snapshot.quality();
    let fields = report.table("champs").expect("the fields");
    for (row, (field, known)) in fields.rows.iter().zip(&quality.fields) {
        assert_eq!(row.cells[0].text, field.label());
        assert_eq!(row.cells[1].value, Some(known.stated as f64));
        assert_eq!(row.cells[5].value, Some(known.unknown as f64));
    }
    let taught: u64 = snapshot.teaching_counts().iter().flat_map(|own| own.teaching).sum();
    let shown = report.table("competences-niveaux").expect("the levels").rows.iter();
    let shown: f64 = shown.flat_map(|row| &row.cells[1..]).filter_map(|cell| cell.value).sum();
    assert_eq!(shown, taught as f64);
}

#[test]
fn the_unknown_is_said_and_drawings_say_no_more_than_their_text() {
    let (_, report) = whole();
    let years = report.table("annees").expect("the years");
    let undated = years.rows.last().expect("a row");
    assert_eq!((undated.cells[0].mark, undated.cells[0].text.as_str()), (Mark::Unknown, "sans date"));
    let personas = report.table("personas").expect("the personas");
    assert_eq!(personas.rows[0].cells[3].text, "non précisé");
    for cell in report.tables().flat_map(|table| &table.rows).flat_map(|row| &row.cells) {
        if cell.drawing != Drawing::None {
            assert!(!cell.text.is_empty());
        }
    }
}

#[test]
fn a_report_has_the_sections_the_persona_and_the_day_asked_for() {
    let snapshot = small();
    let other = Persona { id: "autre".to_owned(), label: "Une autre".to_owned(), ..persona() };
    let request = ReportRequest {
        sections: [SectionKind::Gaps, SectionKind::Limits].into(),
        persona: Some("autre".to_owned()),
        date: Seen::parse("2027-01-02").ok(),
        ..ReportRequest::default()
    };
    let own = of(&snapshot, &[persona(), other], &request);
    assert_eq!(
        own.sections.iter().map(|section| section.kind).collect::<Vec<_>>(),
        [SectionKind::Gaps, SectionKind::Limits]
    );
    assert_eq!((own.date.as_str(), own.day.as_str()), ("2 janvier 2027", "2027-01-02"));
    assert_eq!(own.table("ecarts").expect("the gaps").rows.len(), 1);
    assert!(own.scope.contains("Une autre"), "{}", own.scope);
    assert!(own.table("ecarts-essai").is_none());

    let brief = of(&snapshot, &[persona()], &ReportRequest { is_one_page: true, ..ReportRequest::default() });
    assert_eq!(brief.sections.len(), 1);
    assert_eq!(brief.tables().count(), 2);
}

#[test]
fn sections_keep_their_order_and_come_when_they_are_wanted() {
    let snapshot = small();
    let of = |request: &ReportRequest| {
        let own = of(&snapshot, &[], request);
        own.sections.iter().map(|section| section.kind).collect::<Vec<_>>()
    };
    assert_eq!(of(&ReportRequest::default()), SectionKind::all().collect::<Vec<_>>());
    let method = ReportRequest { sections: [SectionKind::Method].into(), ..ReportRequest::default() };
    assert_eq!(of(&method), [SectionKind::Method]);
}

#[test]
fn trainings_to_build_that_were_not_found_are_said() {
    let snapshot = small();
    let request = ReportRequest::default();
    for recommendations in [None, Some(&RecommendationOutcome::Stopped)] {
        let own = report(&Inputs {
            snapshot: &snapshot,
            personas: &[persona()],
            pathways: &[],
            recommendations,
            scenarios: &[],
            request: &request,
        });
        let section = own.section(SectionKind::Recommendations).expect("the section");
        assert!(section.finding.contains("ne sont pas connues"), "{section:?}");
        assert!(own.table("a-construire").is_none());
    }
}

#[test]
fn an_empty_catalogue_without_personas_has_a_report_too() {
    let empty = snapshot(&[]);
    for is_one_page in [false, true] {
        let request = ReportRequest { is_one_page, ..ReportRequest::default() };
        let own = of(&empty, &[], &request);
        assert!(own.sections.iter().all(|section| !section.finding.is_empty()), "{own:?}");
    }
}

#[test]
fn beyond_a_few_personas_the_others_are_counted() {
    let snapshot = small();
    let many: Vec<Persona> =
        (0..11).map(|number| Persona { id: format!("essai-{number}"), ..persona() }).collect();
    let own = of(&snapshot, &many, &ReportRequest::default());
    let table = own.table("ecarts").expect("the gaps");
    assert_eq!((table.rows.len(), table.left_out), (8, 3));
    let told =
        own.section(SectionKind::Gaps).expect("the section").blocks.iter().any(
            |block| matches!(block, Block::Paragraph(text) if text.contains("3\u{a0}autres n’y sont pas")),
        );
    assert!(told);
}

#[test]
fn a_pathway_that_was_not_found_is_said() {
    let snapshot = small();
    let pathways = [TypicalPathway { persona: "essai".to_owned(), outcome: None }];
    let request = ReportRequest::default();
    let own = report(&Inputs {
        snapshot: &snapshot,
        personas: &[persona()],
        pathways: &pathways,
        recommendations: None,
        scenarios: &[],
        request: &request,
    });
    assert_eq!(own.table("parcours").expect("the pathways").rows[0].cells[1].mark, Mark::Unknown);
}

#[test]
fn the_small_report_reads_well() {
    let (_, report) = whole();
    let mut text = format!("{}\n{}\n{}\n", report.title, report.subtitle, report.scope);
    for section in &report.sections {
        text.push_str(&format!("\n# {}\n{}\n", section.kind.title(), section.finding));
        for block in &section.blocks {
            match block {
                Block::Heading(own) => text.push_str(&format!("\n## {own}\n")),
                Block::Paragraph(own) => text.push_str(&format!("{own}\n")),
                Block::List(items) => items.iter().for_each(|item| text.push_str(&format!("- {item}\n"))),
                Block::Figures(all) => {
                    all.iter().for_each(|own| text.push_str(&format!("{} {}\n", own.value, own.label)));
                }
                Block::Table(table) => {
                    text.push_str(&format!("[{}] {}\n", table.id, table.caption));
                    let line = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
                    text.push_str(&line(table.columns.iter().map(|column| column.label.as_str()).collect()));
                    for row in table.rows.iter().take(4) {
                        text.push_str(&line(row.cells.iter().map(|cell| cell.text.as_str()).collect()));
                    }
                }
            }
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn what_says_nothing_sensible_is_refused_with_what_is_expected() {
    let check = |pairs: &[(&str, &str)], expect: &str| {
        let told = ReportRequest::parse(pairs.iter().copied()).expect_err("refused").to_string();
        assert!(told.contains(expect), "{told}");
    };
    check(&[("section", "ecart")], "peut-être «\u{202f}ecarts\u{202f}»");
    check(&[("format", "deux-pages")], "complet ou une-page");
    check(&[("date", "2026-11")], "un jour comme 2026-11-30");
    check(&[("date", "2026-02-30")], "un jour comme 2026-11-30");
    check(&[("persona", "a"), ("persona", "b")], "une seule valeur");
    let whole = ReportRequest::parse([("section", ""), ("autre", "x"), ("format", "complet")]);
    assert_eq!(whole, Ok(ReportRequest::default()));
    let every = SectionKind::all().map(|kind| ("section", kind.name()));
    assert_eq!(ReportRequest::parse(every), Ok(ReportRequest::default()));
}

proptest! {
    #[test]
    fn a_request_is_read_back_from_its_own_pairs(
        sections in proptest::collection::btree_set(0_usize..11, 0..11),
        persona in proptest::option::of("[a-z0-9-]{1,20}"),
        is_one_page: bool,
        day in proptest::option::of((1990_u16..2100, 1_u8..13, 1_u8..29)),
    ) {
        let sections: BTreeSet<SectionKind> =
            SectionKind::all().enumerate().filter(|(place, _)| sections.contains(place)).map(|(_, kind)| kind).collect();
        let request = ReportRequest {
            sections: if is_one_page { BTreeSet::new() } else { sections },
            persona,
            is_one_page,
            date: day.and_then(|(year, month, day)| Seen::parse(&format!("{year}-{month:02}-{day:02}")).ok()),
        };
        let pairs = request.pairs();
        let read = ReportRequest::parse(pairs.iter().map(|(name, value)| (*name, value.as_str())));
        prop_assert_eq!(read, Ok(request));
    }

    #[test]
    fn any_pairs_are_read_or_refused_without_a_panic(pairs in proptest::collection::vec((
        prop_oneof![Just("section"), Just("persona"), Just("format"), Just("date"), Just("x")], ".{0,30}"), 0..6)) {
        let _ = ReportRequest::parse(pairs.iter().map(|(name, value)| (*name, value.as_str())));
    }
}
