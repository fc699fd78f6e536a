//! What the offer leaves of needs: each rule by an example, then all of them against a plain evaluation.

use std::collections::{BTreeMap, BTreeSet};

use catalogue::gaps::{Constraint, Gap, Gaps, State};
use catalogue::persona::{Circumstances, Persona, RawNeed, RawPersona};
use catalogue::{Code as _, Competence, Level, RawTraining, Referential, Snapshot, Stamp, Training};
use proptest::prelude::*;

use crate::{levels, row, training};

fn snapshot(rows: &[RawTraining]) -> Snapshot {
    let stamp = Stamp { revision: 1, published_at: "2026-01-01T00:00:00Z".to_owned() };
    let trainings: Vec<Training> = rows.iter().map(training).collect();
    Snapshot::build(stamp, trainings.into_iter(), Referential::builtin(), 1).expect("a snapshot")
}

/// Somebody who needs one level of « culture-donnees », with 14 hours, in a room in Paris, in French.
fn persona() -> RawPersona {
    RawPersona {
        id: "essai".to_owned(),
        label: "Essai".to_owned(),
        situation: "Essaie.".to_owned(),
        audience: Some("sous-directeurs".to_owned()),
        hours_year_high: Some(14.0),
        formats: vec!["presentiel".to_owned()],
        cities: vec!["Paris".to_owned()],
        languages: vec!["fr".to_owned()],
        need: vec![RawNeed { competence: "culture-donnees".to_owned(), to: 1, ..RawNeed::default() }],
        ..RawPersona::default()
    }
}

/// A training that suits her, all facts stated.
fn suiting(id: &str, provider: &str) -> RawTraining {
    RawTraining {
        provider: provider.to_owned(),
        language: Some("fr".to_owned()),
        formats: vec!["presentiel".to_owned()],
        duration_hours: Some(7.0),
        city: Some("Paris".to_owned()),
        audiences: vec!["sous-directeurs".to_owned()],
        competences: levels(&[("culture-donnees", 1)]),
        ..row(id)
    }
}

fn parsed(raw: &RawPersona) -> Persona {
    Persona::parse(raw, &Referential::builtin()).expect("a sound persona")
}

fn only_gap(rows: &[RawTraining], persona: &RawPersona, case: &Circumstances) -> Gap {
    let gaps = snapshot(rows).gaps(&parsed(persona), case);
    assert_eq!(gaps.gaps.len(), 1);
    gaps.gaps[0].clone()
}

/// One training that suits but for a change is kept out by exactly these constraints.
fn check(change: impl FnOnce(&mut RawTraining), expect: &[Constraint]) {
    let mut raw = suiting("a", "A");
    change(&mut raw);
    let gap = only_gap(&[raw], &persona(), &Circumstances::default());
    let kept_out: Vec<Constraint> = gap.kept_out.keys().copied().collect();
    assert_eq!(kept_out, expect, "{gap:?}");
    assert_eq!(gap.state == State::OutOfReach, !expect.is_empty());
}

#[test]
fn each_constraint_keeps_out_alone() {
    check(|_| {}, &[]);
    check(|raw| raw.audiences = vec!["cadres-techniques".to_owned()], &[Constraint::Audience]);
    check(|raw| raw.duration_hours = Some(15.0), &[Constraint::Time]);
    check(|raw| raw.duration_hours = Some(14.0), &[]);
    check(|raw| raw.formats = vec!["mooc".to_owned()], &[Constraint::Format]);
    check(|raw| raw.city = Some("Lyon".to_owned()), &[Constraint::Place]);
    check(|raw| raw.city = Some("Lyon, paris".to_owned()), &[]);
    check(|raw| raw.language = Some("en".to_owned()), &[Constraint::Language]);
    check(|raw| raw.prerequisites = levels(&[("analyse-donnees", 1)]), &[Constraint::Prerequisite]);
}

#[test]
fn what_nobody_states_keeps_nothing_out_but_confirms_nothing() {
    for unstate in [
        (|raw: &mut RawTraining| raw.audiences.clear()) as fn(&mut RawTraining),
        |raw| raw.duration_hours = None,
        |raw| raw.formats.clear(),
        |raw| raw.city = None,
        |raw| raw.language = None,
    ] {
        let mut rows = [suiting("a", "A"), suiting("b", "B")];
        rows.iter_mut().for_each(unstate);
        let gap = only_gap(&rows, &persona(), &Circumstances::default());
        assert_eq!((gap.state, gap.suiting, gap.confirmed), (State::Thin, 2, 0), "{gap:?}");
        let strict = case(&[("faits", "etablis")]);
        assert_eq!(only_gap(&rows, &persona(), &strict).state, State::OutOfReach);
    }
}

fn case(pairs: &[(&str, &str)]) -> Circumstances {
    Circumstances::parse(pairs.iter().copied(), &Referential::builtin()).expect("a case")
}

#[test]
fn states_go_from_missing_to_covered() {
    let usual = Circumstances::default();
    assert_eq!(only_gap(&[], &persona(), &usual).state, State::Missing);
    let one = [suiting("a", "A"), suiting("b", "A")];
    assert_eq!(only_gap(&one, &persona(), &usual).state, State::Thin);
    assert_eq!(only_gap(&one, &persona(), &case(&[("organismes", "1")])).state, State::Covered);
    let two = [suiting("a", "A"), suiting("b", "B")];
    assert_eq!(only_gap(&two, &persona(), &usual).state, State::Covered);
    assert_eq!(only_gap(&two, &persona(), &case(&[("organismes", "3")])).state, State::Thin);
}

#[test]
fn a_training_covers_the_levels_above_the_one_it_asks_and_an_exam_none() {
    let mut higher = suiting("a", "A");
    higher.competences = levels(&[("culture-donnees", 3)]);
    higher.prerequisites = levels(&[("culture-donnees", 1)]);
    let mut needs = persona();
    needs.need[0].to = 3;
    let states = |rows: &[RawTraining]| -> Vec<State> {
        let gaps = snapshot(rows).gaps(&parsed(&needs), &Circumstances::default());
        gaps.gaps.iter().map(|gap| gap.state).collect()
    };
    // Nothing brings to level 1, which it asks.
    assert_eq!(states(&[higher.clone()]), [State::Missing, State::OutOfReach, State::OutOfReach]);
    assert_eq!(states(&[higher.clone(), suiting("b", "B")]), [State::Thin, State::Thin, State::Thin]);
    let mut exam = suiting("c", "C");
    exam.kind = "exam".to_owned();
    assert_eq!(states(&[exam]), [State::Missing, State::Missing, State::Missing]);
}

#[test]
fn two_trainings_that_ask_each_other_are_both_out_of_reach() {
    let asking = |id: &str, gives: &str, asks: &str| {
        let mut raw = suiting(id, id);
        raw.competences = levels(&[(gives, 1)]);
        raw.prerequisites = levels(&[(asks, 1)]);
        raw
    };
    let loop_of_two = [
        asking("a", "culture-donnees", "analyse-donnees"),
        asking("b", "analyse-donnees", "culture-donnees"),
    ];
    let gap = only_gap(&loop_of_two, &persona(), &Circumstances::default());
    assert_eq!((gap.state, gap.nearest_count), (State::OutOfReach, 1));
    assert_eq!(gap.kept_out.keys().copied().collect::<Vec<_>>(), [Constraint::Prerequisite]);
    let knowing = case(&[("acquis", "analyse-donnees:1")]);
    assert_eq!(only_gap(&loop_of_two, &persona(), &knowing).state, State::Thin);
}

#[test]
fn a_level_that_takes_longer_than_her_time_is_out_of_reach_even_when_no_hour_is_stated() {
    let mut long = suiting("a", "A");
    long.duration_hours = None;
    long.competences = levels(&[("culture-donnees", 3)]);
    let mut needs = persona();
    needs.need[0].to = 3;
    let gaps = snapshot(&[long]).gaps(&parsed(&needs), &Circumstances::default());
    assert!(gaps.gaps.iter().all(|gap| gap.kept_out.keys().eq([&Constraint::Time])), "{gaps:?}");
}

#[test]
fn the_reason_is_one_sentence() {
    let usual = Circumstances::default();
    let why = |rows: &[RawTraining]| only_gap(rows, &persona(), &usual).why(&usual.rules);
    let mut abroad = suiting("a", "A");
    abroad.language = Some("en".to_owned());
    abroad.duration_hours = Some(70.0);
    let all =
        [why(&[]), why(&[abroad]), why(&[suiting("a", "A")]), why(&[suiting("a", "A"), suiting("b", "B")])];
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn what_one_masters_is_no_longer_needed() {
    let gaps = snapshot(&[]).gaps(&parsed(&persona()), &case(&[("acquis", "culture-donnees:1")]));
    assert!(gaps.gaps.is_empty());
    assert_eq!(gaps.met_share(), None);
}

/// A plain evaluation of the rules, for one training and the levels that can be reached.
struct Plain<'a> {
    rows: &'a [RawTraining],
    persona: &'a RawPersona,
}

impl Plain<'_> {
    /// Constraints that do not depend on other trainings; durations are all stated in this test.
    fn kept_out(&self, raw: &RawTraining) -> BTreeSet<Constraint> {
        let mut out = BTreeSet::new();
        let persona = self.persona;
        if let Some(audience) = &persona.audience
            && !raw.audiences.is_empty()
            && !raw.audiences.contains(audience)
        {
            out.insert(Constraint::Audience);
        }
        if raw.duration_hours.is_some_and(|hours| persona.hours_year_high.is_some_and(|limit| hours > limit))
        {
            out.insert(Constraint::Time);
        }
        if raw.price_eur.is_some_and(|price| persona.budget_eur.is_some_and(|budget| price > budget)) {
            out.insert(Constraint::Price);
        }
        let common = raw.formats.iter().any(|format| persona.formats.contains(format));
        if !raw.formats.is_empty() && !persona.formats.is_empty() && !common {
            out.insert(Constraint::Format);
        }
        out
    }

    fn reached(&self) -> BTreeMap<&str, u8> {
        let mut reached: BTreeMap<&str, u8> = BTreeMap::new();
        for _ in 0..self.rows.len() * 4 + 1 {
            for raw in self.rows.iter().filter(|raw| self.kept_out(raw).is_empty()) {
                let held = |id: &str, reached: &BTreeMap<&str, u8>| reached.get(id).copied().unwrap_or(0);
                if raw.prerequisites.iter().all(|(id, level)| held(id, &reached) >= *level) {
                    for (id, level) in &raw.competences {
                        let known = held(id, &reached);
                        reached.insert(id.as_str(), known.max(*level));
                    }
                }
            }
        }
        reached
    }

    fn state(&self, competence: &str, level: u8) -> State {
        let reached = self.reached();
        let teaches = |raw: &&RawTraining| {
            let from = raw.prerequisites.get(competence).copied().unwrap_or(0);
            raw.competences.get(competence).is_some_and(|to| from < level && level <= *to)
        };
        let teaching: Vec<&RawTraining> = self.rows.iter().filter(teaches).collect();
        let met = |raw: &&&RawTraining| {
            raw.prerequisites
                .iter()
                .all(|(id, level)| reached.get(id.as_str()).copied().unwrap_or(0) >= *level)
        };
        let suiting: Vec<_> =
            teaching.iter().filter(|raw| self.kept_out(raw).is_empty()).filter(met).collect();
        let confirmed = suiting.iter().any(|raw| {
            let priced = self.persona.budget_eur.is_none() || raw.price_eur.is_some();
            let shaped = self.persona.formats.is_empty() || !raw.formats.is_empty();
            priced && shaped && !raw.audiences.is_empty()
        });
        let providers: BTreeSet<&str> = suiting.iter().map(|raw| raw.provider.as_str()).collect();
        match (teaching.len(), suiting.len()) {
            (0, _) => State::Missing,
            (_, 0) => State::OutOfReach,
            _ if providers.len() >= 2 && confirmed => State::Covered,
            _ => State::Thin,
        }
    }
}

const COMPETENCES: [&str; 3] = ["culture-donnees", "analyse-donnees", "comprendre-ia"];

fn any_levels() -> impl Strategy<Value = BTreeMap<String, u8>> {
    let one = (proptest::sample::select(&COMPETENCES[..]), 1_u8..=4);
    proptest::collection::vec(one, 0..3)
        .prop_map(|pairs| pairs.into_iter().map(|(id, level)| (id.to_owned(), level)).collect())
}

fn any_rows() -> impl Strategy<Value = Vec<RawTraining>> {
    let audience = proptest::sample::subsequence(&["sous-directeurs", "cadres-techniques"][..], 0..=2);
    let format = proptest::sample::subsequence(&["presentiel", "mooc"][..], 0..=2);
    let price = proptest::option::of(0_u16..1_000);
    let one = (any_levels(), any_levels(), audience, format, 1_u8..30, price, 0_u8..4);
    proptest::collection::vec(one, 0..12).prop_map(|rows| {
        let raw = |(at, (gives, asks, audiences, formats, hours, price, provider))| {
            let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
            RawTraining {
                competences: gives,
                prerequisites: asks,
                audiences: owned(audiences),
                formats: owned(formats),
                duration_hours: Some(f64::from(hours)),
                price_eur: Option::<u16>::map(price, f64::from),
                provider: format!("Organisme {provider}"),
                ..row(&format!("t-{at}"))
            }
        };
        (0..).zip(rows).map(|(at, parts): (usize, _)| raw((at, parts))).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn states_agree_with_a_plain_evaluation(
        rows in any_rows(),
        targets in proptest::collection::vec(1_i64..=4, 3),
        hours in proptest::option::of(1_u8..30),
        budget in proptest::option::of(0_u16..1_000),
    ) {
        let need = |(id, to): (&&str, &i64)| RawNeed { competence: (*id).to_owned(), to: *to, ..RawNeed::default() };
        let persona = RawPersona {
            hours_year_high: hours.map(f64::from),
            budget_eur: budget.map(f64::from),
            cities: Vec::new(),
            languages: Vec::new(),
            need: COMPETENCES.iter().zip(&targets).map(need).collect(),
            ..persona()
        };
        let plain = Plain { rows: &rows, persona: &persona };
        let snapshot = snapshot(&rows);
        let judged = snapshot.gaps(&parsed(&persona), &Circumstances::default());
        let referential = Referential::builtin();
        prop_assert_eq!(judged.gaps.len() as i64, targets.iter().sum::<i64>());
        let met = |gaps: &Gaps| gaps.count(State::Thin) + gaps.count(State::Covered);
        for (constraint, levels) in snapshot.lifts(&parsed(&persona), &Circumstances::default()) {
            let without = case(&[("sans", constraint.name())]);
            prop_assert_eq!(levels, met(&snapshot.gaps(&parsed(&persona), &without)), "{:?}", constraint);
        }
        for gap in &judged.gaps {
            let id = &referential.term(gap.competence).id;
            prop_assert_eq!(gap.state, plain.state(id, gap.level.number()), "{} {}", id, gap.level.number());
            let all = snapshot.candidates(&parsed(&persona), &Circumstances::default(), gap.competence, gap.level);
            prop_assert_eq!(all.len(), gap.teaching);
            prop_assert_eq!(all.iter().filter(|one| one.kept_out_by.is_empty()).count(), gap.suiting);
        }
    }

    #[test]
    fn a_case_reads_back_from_its_pairs(
        known in proptest::collection::btree_map(0_u8..24, 1_u8..=4, 0..5),
        hours in proptest::option::of(1_u16..200),
        budget in proptest::option::of(0_u16..9_000),
        providers in 1_u8..=9,
        strict in any::<bool>(),
        central in any::<bool>(),
        lifted in proptest::sample::subsequence(Constraint::all().collect::<Vec<_>>(), 0..=7),
    ) {
        let referential = Referential::builtin();
        let mut pairs: Vec<(&str, String)> = Vec::new();
        for (code, level) in &known {
            pairs.push(("acquis", format!("{}:{level}", referential.term(Competence::at(*code)).id)));
        }
        pairs.extend(hours.map(|hours| ("heures", hours.to_string())));
        pairs.extend(budget.map(|budget| ("budget", budget.to_string())));
        pairs.push(("organismes", providers.to_string()));
        pairs.push(("faits", if strict { "etablis" } else { "tous" }.to_owned()));
        pairs.push(("durees", if central { "centrales" } else { "prudentes" }.to_owned()));
        pairs.extend(lifted.iter().map(|constraint| ("sans", constraint.name().to_owned())));
        let read = |pairs: &[(&str, String)]| {
            Circumstances::parse(pairs.iter().map(|(name, value)| (*name, value.as_str())), &referential)
        };
        let case = read(&pairs).expect("a case");
        prop_assert_eq!(case.known.len(), known.len());
        prop_assert_eq!(case.known.values().map(|level| level.number()).collect::<Vec<_>>(), known.values().copied().collect::<Vec<_>>());
        prop_assert_eq!(read(&case.pairs(&referential)), Ok(case));
    }
}

#[test]
fn a_case_that_says_nothing_sensible_is_refused_in_french() {
    let refused = |name: &str, value: &str| {
        Circumstances::parse([(name, value)], &Referential::builtin()).expect_err("refused").to_string()
    };
    let all = [
        refused("acquis", "culture-donees:2"),
        refused("acquis", "culture-donnees:5"),
        refused("acquis-culture-donnees", "x"),
        refused("heures", "-3"),
        refused("heures", "NaN"),
        refused("budget", "mille"),
        refused("organismes", "0"),
        refused("faits", "oui"),
        refused("durees", "longues"),
        refused("sans", "rien"),
    ];
    insta::assert_snapshot!(all.join("\n"));
    let level_zero = case(&[("acquis", "culture-donnees:0")]);
    assert!(level_zero.known.is_empty());
    assert_eq!(
        case(&[("acquis-culture-donnees", "2")]).known.values().copied().collect::<Vec<_>>(),
        [Level::new(2).expect("a level")]
    );
}
