//! The reference against the code: every parameter of an address, facet, order and field of a file
//! is documented, and nothing else is. Absent: commands (see `cli`), routes (see the crate `web`).

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use catalogue::pathways::{PathwayRequest, TeamRequest};
use catalogue::recommendations::{RecommendationRequest, SheetEdits};
use catalogue::report::ReportRequest;
use catalogue::{Facet, Field, Order, Selection};

fn reference(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// First cells of the table under a heading, without code marks.
fn first_cells(text: &str, heading: &str) -> BTreeSet<String> {
    let section =
        text.split(&format!("## {heading}\n")).nth(1).unwrap_or_else(|| panic!("no section {heading}"));
    let rows = section
        .lines()
        .take_while(|line| !line.starts_with("## ") && !line.starts_with("### "))
        .filter(|line| line.starts_with("| `"));
    rows.map(|row| row.split('`').nth(1).expect("a code mark").to_owned()).collect()
}

fn check(heading: &str, known: impl IntoIterator<Item = &'static str>) {
    let known: BTreeSet<String> = known.into_iter().map(str::to_owned).collect();
    assert_eq!(
        first_cells(&reference("addresses.md"), heading),
        known,
        "docs/reference/addresses.md, « {heading} »"
    );
}

#[test]
fn facets_are_documented() {
    check("Facets", Facet::all().map(Facet::name));
}

#[test]
fn other_parameters_are_documented() {
    let facets: BTreeSet<&str> = Facet::all().map(Facet::name).collect();
    check("Other parameters", Selection::parameters().into_iter().filter(|name| !facets.contains(name)));
}

#[test]
fn orders_are_documented() {
    check("Orders", Order::all().map(Order::name));
}

#[test]
fn fields_with_evidence_are_documented() {
    check("Fields with evidence", Field::all().map(Field::name));
}

#[test]
fn parameters_of_the_report_are_documented() {
    check("Parameters of the report", ReportRequest::parameters().map(|(name, _)| name));
}

#[test]
fn parameters_of_pathways_and_teams_are_documented() {
    check("Parameters of a pathway", PathwayRequest::parameters().iter().map(|(name, _)| *name));
    check("Parameters of a team", TeamRequest::parameters().into_iter().map(|(name, _)| name));
    let names = RecommendationRequest::parameters().into_iter().map(|(name, _)| name);
    check("Parameters of trainings to build", names);
    check("Parameters of a sheet", SheetEdits::parameters().into_iter().map(|(name, _)| name));
}
