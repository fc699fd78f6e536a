//! `/cartographie/correspondances` and its JSON twin: an analysis of correspondences as a map, with its table.
//! Absent: the analysis (see `catalogue::Snapshot::correspondences`), the drawing (see `drawing`).

mod drawing;
mod words;

use askama::Template;
use catalogue::{
    Actors, Correspondence, CorrespondenceMap, Facet, Heading, PROVIDERS_MAX, Point, SelectionError, french,
};
use serde::Serialize;

use super::choices::Choice;
use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::visit::Visit;
use drawing::Drawing;

const PATH: &str = "/cartographie/correspondances";
/// What rows can be: name in addresses, facet, what a point is in words.
pub(crate) const ROWS: [(&str, Facet, &str); 6] = [
    ("provider", Facet::Provider, "un organisme"),
    ("provider_kind", Facet::ProviderKind, "un statut d’organisme"),
    ("audience", Facet::Audience, "un public"),
    ("format", Facet::Format, "un format"),
    ("nature", Facet::Nature, "une nature de formation"),
    ("competence", Facet::Competence, "une compétence"),
];
/// What columns can be.
pub(crate) const COLUMNS: [Facet; 4] = [Facet::Theme, Facet::Objective, Facet::Audience, Facet::Nature];
/// Axes in the table of inertia.
const AXES_LISTED: usize = 6;
/// Axes of the map.
const AXES_DRAWN: usize = 2;

#[derive(Template)]
#[template(path = "correspondences.html")]
struct CorrespondencesPage {
    layout: Layout,
    rows: Vec<Choice>,
    columns: Vec<Choice>,
    least: String,
    is_of_providers: bool,
    notes: Vec<String>,
    map: Result<MapView, String>,
    json: String,
}

/// The map and its tables.
struct MapView {
    finding: String,
    sentence: String,
    row_is: &'static str,
    column_is: String,
    drawing: Drawing,
    axes: Vec<AxisView>,
    groups: Vec<GroupView>,
}

struct AxisView {
    number: usize,
    inertia: String,
    share: String,
    cumulated: String,
}

/// The rows or the columns in the table.
struct GroupView {
    id: &'static str,
    label: String,
    points: Vec<PointView>,
}

struct PointView {
    label: String,
    mass: String,
    inertia: String,
    /// Coordinate and contribution on each axis drawn.
    axes: Vec<(String, String)>,
    quality: String,
}

/// What an address asks.
struct Request {
    rows: Facet,
    columns: Facet,
    least: Option<u64>,
}

impl Request {
    fn read(visit: &Visit) -> Result<Self, Failure> {
        let refused = |code, name: &str, message: String, known: Vec<&str>| {
            let mut failure = Failure::new(code, message);
            failure.parameters = vec![name.to_owned()];
            failure.known = known.into_iter().map(str::to_owned).collect();
            failure.leading("La carte habituelle", PATH.to_owned())
        };
        visit.accept(&["lignes", "colonnes", "seuil"])?;
        visit.once(&["lignes", "colonnes", "seuil"])?;
        let choice = |name: &'static str, known: &[Facet]| {
            let Some(value) = visit.values(name).next() else { return Ok(known[0]) };
            let found = known.iter().find(|facet| facet.name() == value).copied();
            let names = known.iter().map(|facet| facet.name()).collect();
            let message = format!("«\u{202f}{name}\u{202f}» n’a pas cette valeur ici.");
            found.ok_or_else(|| refused(Code::UnknownValue, name, message, names))
        };
        let rows = choice("lignes", &ROWS.map(|(_, facet, _)| facet))?;
        let columns = choice("colonnes", &COLUMNS)?;
        if rows == columns {
            return Err(Failure::of_selection(visit, &SelectionError::SameAxis(rows.label())));
        }
        let least = match visit.values("seuil").next() {
            None => None,
            Some(text) => match text.trim().parse::<u64>() {
                Ok(least @ 1..=1_000_000) => Some(least),
                _ => {
                    let message =
                        "«\u{202f}seuil\u{202f}» attend un nombre entier de formations, à partir de 1.";
                    return Err(refused(Code::BadValue, "seuil", message.to_owned(), Vec::new()));
                }
            },
        };
        Ok(Self { rows, columns, least: least.filter(|_| rows == Facet::Provider) })
    }

    fn actors(&self) -> Actors {
        match self.rows {
            Facet::Provider => Actors::Providers(self.least),
            facet => Actors::Values(facet),
        }
    }

    fn at(&self, path: &str) -> String {
        let least = self.least.map(|least| least.to_string());
        let rows = (self.rows != Facet::Provider).then_some(("lignes", self.rows.name()));
        let columns = (self.columns != COLUMNS[0]).then_some(("colonnes", self.columns.name()));
        let least = least.as_deref().map(|least| ("seuil", least));
        address::with_pairs(path, [rows, columns, least].into_iter().flatten())
    }
}

/// The map of correspondences.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let request = Request::read(visit)?;
    if visit.pairs.iter().any(|(_, value)| value.is_empty()) {
        return Ok(Answer::moved(request.at(PATH)));
    }
    let map = visit.snapshot.correspondences(request.actors(), request.columns);
    let choice = |facet: Facet, chosen: Facet| Choice::new(facet.name(), facet.label(), facet == chosen);
    let layout = Layout::new(visit, Section::Cartography, "Analyse des correspondances")
        .under("Cartographie", super::cartography::PATH)
        .linked("canonical", request.at(PATH), None)
        .linked("alternate", request.at("/cartographie/correspondances.json"), Some("application/json"));
    Ok(Answer::html(&CorrespondencesPage {
        layout,
        rows: ROWS.iter().map(|(_, facet, _)| choice(*facet, request.rows)).collect(),
        columns: COLUMNS.iter().map(|facet| choice(*facet, request.columns)).collect(),
        least: map.least.map(|least| least.to_string()).unwrap_or_default(),
        is_of_providers: request.rows == Facet::Provider,
        notes: notes(&map),
        json: request.at("/cartographie/correspondances.json"),
        map: match &map.analysis {
            Ok(analysis) if !analysis.axes.is_empty() => Ok(map_view(&request, &map, analysis)),
            Ok(_) => Err("Toutes les lignes ont exactement la même répartition\u{202f}: il n’y a aucun écart à dessiner.".to_owned()),
            Err(error) => Err(error.to_string()),
        },
    }))
}

fn notes(map: &CorrespondenceMap) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(least) = map.least {
        notes.push(format!(
            "{} d’au moins {}.",
            french::counted(map.rows.len() as u64, "organisme", "organismes"),
            french::counted(least, "formation", "formations")
        ));
    }
    if map.left_out > 0 {
        notes.push(format!(
            "{} atteignent aussi ce seuil mais ne sont pas sur la carte, qui en montre {PROVIDERS_MAX} au plus\u{202f}: relevez le seuil.",
            french::counted(map.left_out as u64, "autre organisme", "autres organismes")
        ));
    }
    let empty = |empty: &[usize], headings: &[Heading]| -> Vec<String> {
        empty.iter().map(|at| french::quoted(&headings[*at].label)).collect()
    };
    if let Ok(analysis) = &map.analysis {
        let mut aside = empty(&analysis.empty_rows, &map.rows);
        aside.extend(empty(&analysis.empty_columns, &map.columns));
        if !aside.is_empty() {
            notes.push(format!(
                "Sans formation à compter, donc hors de la carte\u{202f}: {}.",
                french::list(&aside, "et")
            ));
        }
    }
    notes
}

fn map_view(request: &Request, map: &CorrespondenceMap, analysis: &Correspondence) -> MapView {
    let row_is = ROWS.iter().find(|(_, facet, _)| *facet == request.rows).map_or("une ligne", |row| row.2);
    let mut cumulated = 0.0;
    let axes = analysis.axes.iter().take(AXES_LISTED).enumerate().map(|(at, axis)| {
        cumulated += axis.share;
        AxisView {
            number: at + 1,
            inertia: words::thousandth(axis.inertia),
            share: words::percent(axis.share),
            cumulated: words::percent(cumulated),
        }
    });
    let group = |id, label: &str, points: &[Point], headings: &[Heading]| GroupView {
        id,
        label: label.to_owned(),
        points: points
            .iter()
            .map(|point| point_view(point, &headings[point.index].label, analysis))
            .collect(),
    };
    MapView {
        finding: words::finding(map, analysis),
        sentence: words::sentence(map, analysis),
        row_is,
        column_is: request.columns.label().to_lowercase(),
        drawing: Drawing::new(map, analysis),
        axes: axes.collect(),
        groups: vec![
            group("points-lignes", request.rows.label(), &analysis.rows, &map.rows),
            group("points-colonnes", request.columns.label(), &analysis.columns, &map.columns),
        ],
    }
}

fn point_view(point: &Point, label: &str, analysis: &Correspondence) -> PointView {
    let axes = (0..analysis.axes.len().min(AXES_DRAWN))
        .map(|axis| (words::thousandth(point.coordinates[axis]), words::percent(point.contributions[axis])));
    PointView {
        label: label.to_owned(),
        mass: words::percent(point.mass),
        inertia: words::percent(point.inertia / analysis.inertia),
        axes: axes.collect(),
        quality: point.quality(AXES_DRAWN).map_or("—".to_owned(), words::percent),
    }
}

#[derive(Serialize)]
struct Twin<'a> {
    revision: u64,
    rows: &'static str,
    columns: &'static str,
    least: Option<u64>,
    left_out: usize,
    row_labels: Vec<HeadingTwin<'a>>,
    column_labels: Vec<HeadingTwin<'a>>,
    counts: Vec<&'a [u64]>,
    error: Option<String>,
    inertia: Option<f64>,
    axes: Vec<AxisTwin>,
    row_points: Vec<PointTwin<'a>>,
    column_points: Vec<PointTwin<'a>>,
}

#[derive(Serialize)]
struct HeadingTwin<'a> {
    id: &'a str,
    label: &'a str,
}

#[derive(Serialize)]
struct AxisTwin {
    inertia: f64,
    share: f64,
}

#[derive(Serialize)]
struct PointTwin<'a> {
    id: &'a str,
    mass: f64,
    inertia: f64,
    coordinates: &'a [f64],
    contributions: &'a [f64],
    squared_cosines: Option<&'a [f64]>,
    quality: Option<f64>,
}

/// The analysis for programs.
pub(crate) fn json(visit: &Visit) -> Result<Answer, Failure> {
    let request = Request::read(visit)?;
    let map = visit.snapshot.correspondences(request.actors(), request.columns);
    let headings = |headings| -> Vec<HeadingTwin<'_>> {
        let headings: &Vec<Heading> = headings;
        headings.iter().map(|heading| HeadingTwin { id: &heading.id, label: &heading.label }).collect()
    };
    let analysis = map.analysis.as_ref().ok();
    Ok(Answer::json(&Twin {
        revision: visit.snapshot.stamp().revision,
        rows: request.rows.name(),
        columns: request.columns.name(),
        least: map.least,
        left_out: map.left_out,
        row_labels: headings(&map.rows),
        column_labels: headings(&map.columns),
        counts: map.counts.chunks(map.columns.len().max(1)).collect(),
        error: map.analysis.as_ref().err().map(ToString::to_string),
        inertia: analysis.map(|analysis| analysis.inertia),
        axes: analysis
            .iter()
            .flat_map(|analysis| &analysis.axes)
            .map(|axis| AxisTwin { inertia: axis.inertia, share: axis.share })
            .collect(),
        row_points: points(analysis.map(|analysis| analysis.rows.as_slice()), &map.rows),
        column_points: points(analysis.map(|analysis| analysis.columns.as_slice()), &map.columns),
    }))
}

fn points<'a>(points: Option<&'a [Point]>, headings: &'a [Heading]) -> Vec<PointTwin<'a>> {
    let twin = |point: &'a Point| PointTwin {
        id: &headings[point.index].id,
        mass: point.mass,
        inertia: point.inertia,
        coordinates: &point.coordinates,
        contributions: &point.contributions,
        squared_cosines: point.squared_cosines.as_deref(),
        quality: point.quality(AXES_DRAWN),
    };
    points.unwrap_or_default().iter().map(twin).collect()
}
