//! The real catalogue of `data/trainings/`, as it is shipped. Absent: its collection.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use catalogue::proposals::{cross_validated, measured};
use catalogue::{Field, Level, RawTraining, Referential, Selection, Snapshot, Stamp, Training, slug};
use exchange::Format;

fn files() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/trainings");
    fs::read_dir(directory)
        .expect("the real catalogue")
        .map(|entry| entry.expect("an entry").path())
        .collect()
}

fn trainings() -> Vec<Training> {
    let rows = files().into_iter().flat_map(|path| {
        let name = path.display().to_string();
        let read = exchange::read(&name, &fs::read(&path).expect("a file"), Format::Toml);
        assert!(read.issues.is_empty(), "{:?}", read.issues);
        for row in &read.rows {
            let stem = path.file_stem().and_then(|stem| stem.to_str());
            assert_eq!(stem, Some(slug(&row.raw.provider).as_str()), "{name}: one file for each provider");
        }
        read.rows
    });
    let parse = |raw: &RawTraining| Training::parse(raw, &Referential::builtin());
    rows.map(|row| parse(&row.raw).unwrap_or_else(|problems| panic!("{}: {problems:?}", row.raw.id)))
        .collect()
}

fn snapshot(trainings: &[Training]) -> Snapshot {
    let stamp = Stamp { revision: 1, published_at: "2026-01-01T00:00:00Z".to_owned() };
    Snapshot::build(stamp, trainings.iter().cloned(), Referential::builtin(), 1).expect("a snapshot")
}

#[test]
fn every_row_is_sound_and_every_identifier_is_its_own() {
    let trainings = trainings();
    let ids: BTreeSet<&str> = trainings.iter().map(|training| training.id.as_str()).collect();
    assert_eq!((trainings.len(), ids.len()), (445, 445));
    for training in &trainings {
        assert!(!training.themes.is_empty() && !training.audiences.is_empty(), "{}", training.id);
        assert!(training.source(Field::Title).is_some(), "{}", training.id);
    }
}

#[test]
fn short_trainings_reach_sober_levels() {
    let level = |number| Level::new(number).expect("a level");
    let breaches: Vec<String> = trainings()
        .iter()
        .filter_map(|training| {
            let hours = training.duration_hours?.get();
            let cap = match hours {
                hours if hours <= 4.0 => level(1),
                hours if hours <= 21.0 => level(2),
                _ => return None,
            };
            let entry = training.prerequisites.iter().map(|(_, level)| level).max();
            let highest = training.highest_level()?;
            (highest > cap && entry.is_none_or(|entry| entry < cap)).then(|| training.id.to_string())
        })
        .collect();
    assert!(breaches.is_empty(), "{breaches:?}");
}

#[test]
fn estimates_stand_where_sources_are_silent() {
    let trainings = trainings();
    let snapshot = snapshot(&trainings);
    let estimated: Vec<_> =
        trainings.iter().filter_map(|training| Some((training, snapshot.estimate(training)?))).collect();
    assert!(!estimated.is_empty());
    for (training, estimate) in &estimated {
        assert!(training.duration_hours.is_none(), "{}", training.id);
        assert!(estimate.median_hours <= estimate.p80_hours, "{}", training.id);
        assert_eq!(
            estimate.level,
            training.highest_level(),
            "{}: the level is never left aside",
            training.id
        );
        assert_eq!(estimate.nature, training.nature, "{}: the nature is never left aside", training.id);
    }
    let error = snapshot.rule_error();
    assert_eq!(error.stated, trainings.iter().filter(|training| training.duration_hours.is_some()).count());
    assert!(error.estimated > 0 && error.within_p80_share > 0.5, "{error:?}");
}

#[test]
fn people_find_what_they_type() {
    let trainings = trainings();
    let snapshot = snapshot(&trainings);
    let count = |text: &str| snapshot.count(&Selection::all().with_text(text)).expect("an answer");
    for (typed, other) in [
        ("donnees", "données"),
        ("l’IA", "intelligence artificielle"),
        ("AI", "IA"),
        ("DPD", "DPO"),
        ("d'algorithmes", "algorithme"),
        ("œuvre", "oeuvre"),
        ("publique", "publics"),
    ] {
        assert!(count(typed) > 0, "{typed}");
        assert_eq!(count(typed), count(other), "« {typed} » and « {other} »");
    }
    assert!(count("algoritme") >= count("algorithme"), "a typing mistake finds the word");
    assert!(count("mooc") >= 61, "formats are found by their name");
    assert!(count("\"open data\"") < count("open data"), "quotes ask for the form itself");
}

/// The table that pages show is that of the rule and of the catalogue which are shipped.
#[test]
fn proposals_are_as_right_as_it_is_said() {
    let quality = cross_validated(trainings().iter(), 10);
    let now = quality.by_provider.iter().take(measured().len()).map(|own| {
        let (name, precision, recall) = (own.field.name(), own.precision(), own.recall());
        format!("{name},{},{},{precision:.3},{recall:.3}", own.positives, own.proposals)
    });
    let said = measured().iter().map(|own| {
        let (name, precision, recall) = (own.field.name(), own.precision, own.recall);
        format!("{name},{},{},{precision:.3},{recall:.3}", own.written, own.proposed)
    });
    assert_eq!(now.collect::<Vec<_>>(), said.collect::<Vec<_>>(), "write the first into data/proposals.csv");
}

#[test]
fn no_stated_duration_contradicts_the_bound_taken_without_it() {
    for training in trainings() {
        let Some(stated) = training.duration_hours else { continue };
        let mut silent = training.clone();
        silent.duration_hours = None;
        silent.sources.stated.clear();
        let bound = catalogue::Offer::of(&[silent], &Referential::builtin()).durations().next();
        if let Some(catalogue::Duration::MoreThan(bound)) = bound {
            assert!(
                stated.get() > f64::from(bound),
                "{}: {stated:?} against more than {bound} h",
                training.id
            );
        }
    }
}
