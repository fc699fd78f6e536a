//! `/qualite` and its JSON twin: how each field is known, how old the sources are, what to read again first, what may be
//! written twice, how much a few organisations weigh, known weaknesses.
//! Absent: the counts themselves (see `catalogue::Snapshot::quality`).

mod twin;

use std::collections::BTreeMap;

use askama::Template;
use catalogue::duplicates::Pair;
use catalogue::{
    COMPARED_MOST, Concentration, DECIDING, Facet, Field, FieldQuality, Quality, ToRead, french,
};

use super::facets::bar;
use crate::address;
use crate::answer::Answer;
use crate::errors::Failure;
use crate::layout::{Layout, Section};
use crate::visit::Visit;

/// Fields named as those that lack most.
const MISSING_NAMED: usize = 3;
/// Pairs shown on the page; the twin gives more.
const PAIRS_SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "quality.html")]
struct QualityPage {
    layout: Layout,
    trainings: String,
    summary: Vec<String>,
    fields: FieldsView,
    years: YearsView,
    to_read: Vec<ToReadView>,
    deciding: u8,
    pairs: PairsView,
    providers: ProvidersView,
}

/// How each field is known.
struct FieldsView {
    finding: String,
    rows: Vec<FieldRow>,
}

struct FieldRow {
    label: &'static str,
    segments: Vec<Segment>,
    cells: Vec<CellView>,
}

/// A part of a stacked bar.
struct Segment {
    class: &'static str,
    x: String,
    width: String,
}

/// A count and its share.
struct CellView {
    count: String,
    share: String,
    is_zero: bool,
}

/// Sources by year.
struct YearsView {
    finding: String,
    rows: Vec<YearRow>,
}

struct YearRow {
    label: String,
    count: String,
    share: String,
    bar: String,
    is_undated: bool,
}

struct ToReadView {
    id: String,
    title: String,
    language: Option<String>,
    provider: String,
    year: Option<String>,
    facts: u8,
    link: Option<String>,
    site: String,
}

/// Trainings that may be written twice.
struct PairsView {
    finding: String,
    rows: Vec<PairRow>,
    hidden: Option<String>,
    limits: Option<String>,
    is_beyond: bool,
    most: String,
}

struct PairRow {
    a: (String, String, String),
    b: (String, String, String),
    score: String,
    why: String,
    compare: String,
}

struct ProvidersView {
    finding: String,
    sentence: String,
    rows: Vec<ProviderRow>,
}

struct ProviderRow {
    name: String,
    href: String,
    count: String,
    share: String,
    bar: String,
}

/// The page.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&[])?;
    let quality = visit.snapshot.quality();
    Ok(Answer::html(&QualityPage {
        layout: Layout::new(visit, Section::Other, "Qualité des données").linked(
            "alternate",
            "/qualite.json".to_owned(),
            Some("application/json"),
        ),
        trainings: french::counted(quality.trainings, "formation", "formations"),
        summary: summary(&quality),
        fields: fields(&quality),
        years: years(&quality.years, quality.trainings),
        to_read: quality.to_read.iter().map(|row| to_read(visit, row)).collect(),
        deciding: DECIDING,
        pairs: pairs(visit),
        providers: providers(&quality.concentration, quality.trainings),
    }))
}

/// The same figures for programs.
pub(crate) fn json(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&[])?;
    Ok(Answer::json(&twin::twin(visit, &visit.snapshot.quality())))
}

fn of(quality: &Quality, field: Field) -> FieldQuality {
    quality.fields.iter().find(|(known, _)| *known == field).map(|(_, tally)| *tally).unwrap_or_default()
}

/// What a reader should keep in mind, in four short sentences.
fn summary(quality: &Quality) -> Vec<String> {
    let all = quality.trainings;
    let duration = of(quality, Field::Duration);
    let price = of(quality, Field::Price);
    let undated = quality.years.get(&None).copied().unwrap_or_default();
    let share = |count: u64| format!("{} ({})", french::integer(count), french::percent(count, all));
    vec![
        format!(
            "Durée en heures indiquée par la source : {} ; estimée : {}.",
            share(duration.stated),
            share(duration.estimated)
        ),
        format!("Prix en euros indiqué par la source : {}. Aucun prix n’est estimé.", share(price.stated)),
        format!("Page sans date : {}.", share(undated)),
    ]
}

/// Parts of a bar: class of the drawing, number of trainings.
fn parts(known: &FieldQuality) -> [(&'static str, u64); 5] {
    [
        ("p-source", known.stated),
        ("p-mots", known.words),
        ("p-jugement", known.edited),
        ("p-estime", known.estimated),
        ("p-inconnu", known.unknown),
    ]
}

fn fields(quality: &Quality) -> FieldsView {
    let all = quality.trainings;
    let row = |(field, known): &(Field, FieldQuality)| {
        let mut before = 0;
        let segments = parts(known).into_iter().filter(|(_, count)| *count > 0).map(|(class, count)| {
            let segment = Segment { class, x: bar(before, all), width: bar(count, all) };
            before += count;
            segment
        });
        FieldRow {
            label: field.label(),
            segments: segments.collect(),
            cells: parts(known)
                .into_iter()
                .map(|(_, count)| CellView {
                    count: french::integer(count),
                    share: french::percent(count, all),
                    is_zero: count == 0,
                })
                .collect(),
        }
    };
    let mut missing: Vec<&(Field, FieldQuality)> = quality.fields.iter().collect();
    missing.sort_by_key(|(_, known)| std::cmp::Reverse(known.unknown));
    let missing = missing.into_iter().take(MISSING_NAMED).filter(|(_, known)| known.unknown > 0);
    let missing: Vec<String> = missing
        .map(|(field, known)| {
            format!("{} ({})", field.label().to_lowercase(), french::percent(known.unknown, all))
        })
        .collect();
    let finding = match missing.as_slice() {
        _ if all == 0 => "Le catalogue est vide".to_owned(),
        [] => "Aucun champ n’est inconnu".to_owned(),
        missing => format!("Ce qui manque le plus : {}", french::list(missing, "et")),
    };
    FieldsView { finding, rows: quality.fields.iter().map(row).collect() }
}

fn years(years: &BTreeMap<Option<u16>, u64>, all: u64) -> YearsView {
    let highest = years.values().copied().max().unwrap_or_default();
    let undated = years.get(&None).copied().unwrap_or_default();
    let dated: Vec<(u16, u64)> = years.iter().filter_map(|(year, count)| Some(((*year)?, *count))).collect();
    let mut running = 0;
    let middle = dated.iter().find(|(_, count)| {
        running += count;
        running * 2 >= all - undated
    });
    let view = |(year, count): (Option<u16>, u64)| YearRow {
        label: year.map_or_else(|| "Page sans date".to_owned(), |year| year.to_string()),
        count: french::integer(count),
        share: french::percent(count, all),
        bar: bar(count, highest),
        is_undated: year.is_none(),
    };
    // Years without a source are rows too: a hole must be seen.
    let (first, last) =
        (dated.first().map_or(1, |(year, _)| *year), dated.last().map_or(0, |(year, _)| *year));
    let each = (first..=last).rev().map(Some).chain([None]);
    let finding = middle.map_or_else(
        || "Aucune page n’est datée".to_owned(),
        |(year, _)| {
            format!(
                "{} des formations viennent d’une page sans date ; la moitié des pages datées sont de {year} ou d’avant",
                french::percent(undated, all)
            )
        },
    );
    let count = |year: &Option<u16>| years.get(year).copied().unwrap_or_default();
    YearsView { finding, rows: each.map(|year| view((year, count(&year)))).collect() }
}

fn to_read(visit: &Visit, row: &ToRead) -> ToReadView {
    let training = &row.training;
    let source = &training.sources.main;
    let language = training.language.map(|code| visit.snapshot.referential().term(code).id.clone());
    ToReadView {
        id: training.id.to_string(),
        title: training.title.clone(),
        language: language.filter(|id| id != "fr"),
        provider: training.provider.name.clone(),
        year: row.year.map(|year| year.to_string()),
        facts: row.facts,
        link: source.address.link().map(str::to_owned),
        site: source.address.site(),
    }
}

fn pairs(visit: &Visit) -> PairsView {
    let known = visit.snapshot.duplicates();
    let number = known.map_or(0, |known| known.pairs.len());
    let finding = match (known, number) {
        (None, _) => "Les doublons possibles ne sont pas cherchés dans un si grand catalogue".to_owned(),
        (_, 0) => "Aucun doublon possible n’est repéré".to_owned(),
        (_, 1) => "Une paire de formations est peut-être un doublon".to_owned(),
        (_, number) => {
            format!("{} paires de formations sont peut-être des doublons", french::integer(number as u64))
        }
    };
    let shown = known.map(|known| known.pairs.as_slice()).unwrap_or_default();
    let hidden = number.saturating_sub(PAIRS_SHOWN) as u64;
    PairsView {
        finding,
        rows: shown.iter().take(PAIRS_SHOWN).filter_map(|pair| pair_row(visit, pair)).collect(),
        hidden: (hidden > 0).then(|| french::counted(hidden, "autre paire", "autres paires")),
        limits: known.and_then(catalogue::duplicates::Pairs::limits),
        is_beyond: known.is_none(),
        most: french::integer(COMPARED_MOST as u64),
    }
}

fn pair_row(visit: &Visit, pair: &Pair) -> Option<PairRow> {
    let side = |id: &catalogue::TrainingId| {
        let training = visit.snapshot.get(id.as_str())?;
        Some((training.id.to_string(), training.title, training.provider.name))
    };
    let why: Vec<String> = pair.why.iter().map(|reason| reason.in_french()).collect();
    Some(PairRow {
        a: side(&pair.a)?,
        b: side(&pair.b)?,
        score: french::decimal(f64::from(pair.score)),
        why: why.join(", "),
        compare: address::with_pairs("/comparer", [("id", pair.a.as_str()), ("id", pair.b.as_str())]),
    })
}

fn providers(known: &Concentration, all: u64) -> ProvidersView {
    let highest = known.top.first().map_or(0, |(.., count)| *count);
    let row = |(id, name, count): &(String, String, u64)| ProviderRow {
        name: name.clone(),
        href: address::of_value(Facet::Provider, id),
        count: french::integer(*count),
        share: french::percent(*count, all),
        bar: bar(*count, highest),
    };
    let total = french::counted(known.providers, "organisme", "organismes");
    let finding = match known.half {
        0 => "Le catalogue est vide".to_owned(),
        1 => format!("Un organisme sur {} donne la moitié de l’offre", french::integer(known.providers)),
        half => format!(
            "{} organismes sur {} donnent la moitié de l’offre",
            french::integer(half),
            french::integer(known.providers)
        ),
    };
    let single = match known.single {
        0 => "aucun n’en a qu’une".to_owned(),
        1 => "un seul n’en a qu’une".to_owned(),
        single => format!("{} n’en ont qu’une", french::integer(single)),
    };
    let alike = if known.index > 0.0 { (1.0 / known.index).round() as u64 } else { 0 };
    let sentence = format!(
        "{total} ; {single}. L’offre est aussi dispersée que si {} s’en partageaient des parts égales (indice de \
         Herfindahl-Hirschman : {} ; il vaudrait 1 pour un organisme seul).",
        french::counted(alike, "organisme", "organismes"),
        format!("{:.4}", known.index).replace('.', ",")
    );
    ProvidersView { finding, sentence, rows: known.top.iter().map(row).collect() }
}
