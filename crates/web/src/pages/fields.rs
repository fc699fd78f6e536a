//! The fields of a training in words, with the origin of each: what its page and the comparison
//! share. Absent: HTML.

use catalogue::{Field, Levels, Origin, Snapshot, Source, Training, french};

use crate::wording;

/// A field in words.
pub(crate) struct FieldView {
    /// Label.
    pub label: &'static str,
    /// Values, one a line; empty when nobody states the field.
    pub values: Vec<String>,
    /// How it is known.
    pub origin: &'static str,
    /// Class of the mark that says so.
    pub mark: &'static str,
    /// Number of its source in the page's list.
    pub source: Option<usize>,
    /// The source's own words.
    pub stated: Option<String>,
    /// The estimate that stands in for it, and its rule.
    pub estimate: Option<(String, String)>,
}

/// A page where facts were read.
pub(crate) struct SourceView {
    /// Rank in the list, from 1.
    pub number: usize,
    /// Address of the page; `None` for a file.
    pub link: Option<String>,
    /// The address, or what the file is called.
    pub shown: String,
    /// Date seen, in words.
    pub seen: Option<String>,
    /// Date seen, for machines.
    pub seen_on: String,
}

/// The pages where a training's facts were read, each once, the main one first.
pub(crate) fn sources(training: &Training) -> Vec<SourceView> {
    distinct(training)
        .into_iter()
        .zip(1..)
        .map(|(source, number)| SourceView {
            number,
            link: source.address.link().map(str::to_owned),
            shown: source
                .address
                .link()
                .map_or_else(|| wording::capital(&source.address.site()), str::to_owned),
            seen: source.seen.map(|seen| seen.in_french()),
            seen_on: source.seen.map(|seen| seen.to_string()).unwrap_or_default(),
        })
        .collect()
}

fn distinct(training: &Training) -> Vec<&Source> {
    let mut sources = vec![&training.sources.main];
    for source in training.sources.by_field.values() {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources
}

/// All fields of a training, in the order of its page.
pub(crate) fn views(training: &Training, snapshot: &Snapshot) -> Vec<FieldView> {
    let sources = distinct(training);
    let shown = Field::all().filter(|field| !matches!(field, Field::Title | Field::Summary | Field::Url));
    shown
        .map(|field| {
            let origin = training.origin(field);
            let estimate = if field == Field::Duration { snapshot.estimate(training) } else { None };
            FieldView {
                label: field.label(),
                values: values(training, field, snapshot),
                origin: wording::origin(origin),
                mark: mark(origin),
                source: training
                    .source(field)
                    .and_then(|of| sources.iter().position(|known| *known == of))
                    .map(|at| at + 1),
                stated: training.stated(field).map(str::to_owned),
                estimate: estimate.map(|estimate| {
                    let text = format!("≈\u{a0}{}", french::hours(estimate.median_hours));
                    (text, wording::estimate(&estimate, snapshot))
                }),
            }
        })
        .collect()
}

fn mark(origin: Origin) -> &'static str {
    match origin {
        Origin::Stated => "origine--source",
        Origin::Editor => "origine--jugement",
        Origin::Written => "origine--redige",
        Origin::Unknown => "origine--inconnu",
    }
}

/// The values of a field in words; none when nobody states it or its source gives words only.
pub(crate) fn values(training: &Training, field: Field, snapshot: &Snapshot) -> Vec<String> {
    let referential = snapshot.referential();
    let one = |text: Option<String>| text.into_iter().collect::<Vec<_>>();
    match field {
        Field::Kind => vec![referential.term(training.kind).label.clone()],
        Field::Title => vec![training.title.clone()],
        Field::Provider => {
            let name = &training.provider.name;
            let kind = training.provider.kind.map(|kind| referential.term(kind).label.to_lowercase());
            vec![kind.map_or_else(|| name.clone(), |kind| format!("{name} ({kind})"))]
        }
        Field::Url => one(training.url.as_ref().map(|url| url.as_str().to_owned())),
        Field::Language => one(training.language.map(|code| referential.term(code).label.clone())),
        Field::Formats => terms(training.formats, snapshot),
        Field::Duration => one(training.duration_hours.map(|hours| french::hours(hours.get()))),
        Field::Price => one(training.price_in_french().map(|price| wording::capital(&price))),
        Field::City => one(training.city.clone()),
        Field::Nature => one(training.nature.map(|code| referential.term(code).label.clone())),
        Field::PublicSectorOnly => {
            one(training.public_sector_only.map(|only| if only { "Oui" } else { "Non" }.to_owned()))
        }
        Field::Audience => terms(training.audiences, snapshot),
        Field::Objectives => terms(training.objectives, snapshot),
        Field::Themes => terms(training.themes, snapshot),
        Field::Competences => levels(&training.competences, snapshot),
        Field::Prerequisites => levels(&training.prerequisites, snapshot),
        Field::Summary => one((!training.summary.is_empty()).then(|| training.summary.clone())),
    }
}

fn terms<C: catalogue::Code>(codes: catalogue::Set<C>, snapshot: &Snapshot) -> Vec<String> {
    codes.iter().map(|code| snapshot.referential().term(code).label.clone()).collect()
}

fn levels(levels: &Levels, snapshot: &Snapshot) -> Vec<String> {
    let referential = snapshot.referential();
    levels
        .iter()
        .map(|(competence, level)| {
            let label = &referential.term(competence).label;
            format!("{label} : niveau {}, {}", level.number(), referential.level(level).label.to_lowercase())
        })
        .collect()
}
