//! A pathway worked out again from the identifiers of its steps: the same as the one found, and what is wrong told.
//! Absent: the comparison of each figure (see the command `plan --check`).

use catalogue::pathways::{Pathway, PathwayRequest, Proof, Reason, Step};
use catalogue::persona::Persona;

use super::super::claim::{Claim, ClaimedAlternative, ClaimedStep, rebuilt};
use super::{CHIEF, bare, found, parse, persona, snapshot};

/// What the file of a pathway says.
fn claim(persona: &str, own: &Pathway) -> Claim {
    let (weight, whole) = own.weights();
    let (status, bound) = match own.proof {
        Proof::Best => ("optimal", weight / whole),
        Proof::MostCovering => ("feasible", weight / whole),
        Proof::AtMost(bound) => ("feasible", bound),
    };
    let step = |step: &Step| ClaimedStep { id: step.training.id.to_string(), months: step.months };
    let other = |other: &catalogue::pathways::Alternative| ClaimedAlternative {
        steps: other.trainings.iter().map(|training| training.id.to_string()).collect(),
    };
    Claim {
        persona: persona.to_owned(),
        request: Vec::new(),
        status: Some(status.to_owned()),
        share_bound: (whole > 0.0).then_some(bound),
        steps: own.steps.iter().map(step).collect(),
        alternatives: own.alternatives.iter().map(other).collect(),
    }
}

/// What is worked out again is what was found, but for what takes a search.
pub(super) fn check_rebuilt(persona: &Persona, request: &PathwayRequest, own: &Pathway) {
    let again = rebuilt(snapshot(), persona, request, &claim(&persona.id, own)).expect("a sound request");
    let again = again.expect("a sound pathway");
    let bare = |step: &Step| Step { without: None, ..step.clone() };
    assert_eq!(again.steps, own.steps.iter().map(bare).collect::<Vec<_>>(), "{}", persona.id);
    assert_eq!((again.bill, again.calendar, again.limits), (own.bill, own.calendar, own.limits));
    assert_eq!((&again.coverage, &again.considered), (&own.coverage, &own.considered));
    assert_eq!((&again.alternatives, again.finding()), (&own.alternatives, own.finding()));
    for (again, own) in again.unmet.iter().zip(&own.unmet) {
        assert_eq!((again.competence, again.level), (own.competence, own.level));
        let takes_search = matches!(own.reason, Reason::Limits(_) | Reason::Calendar | Reason::Undecided);
        assert!(takes_search && again.reason == Reason::Undecided || again.reason == own.reason);
    }
}

/// A claim that is changed is wrong for a reason that says this.
fn check(pairs: &[(&str, &str)], change: impl Fn(&mut Claim), expect: &str) {
    let (persona, request) = (persona(CHIEF), parse(pairs));
    let own = bare(&persona, &request);
    let mut claim = claim(&persona.id, &own);
    change(&mut claim);
    let broken = rebuilt(snapshot(), &persona, &request, &claim).expect("a sound request");
    let broken = broken.expect_err(expect);
    assert!(broken.iter().any(|one| one.contains(expect)), "{broken:?}");
}

#[test]
fn steps_that_cannot_be_are_told() {
    let limits = [("heures", "40"), ("autres", "0")];
    check(&limits, |own| own.steps[0].id = "nulle-part".to_owned(), "ne peut pas entrer");
    check(&limits, |own| own.steps.push(own.steps[0].clone()), "prise deux fois");
    check(&limits, |own| own.status = Some("infeasible".to_owned()), "« status »");
    check(&limits, |own| (own.status, own.share_bound) = (None, Some(0.01)), "share_bound");
    check(&limits, |own| (own.status, own.share_bound) = (None, Some(1.5)), "share_bound");
    let first = |own: &Claim| own.steps[0].id.clone();
    check(
        &limits,
        |own| own.alternatives = vec![ClaimedAlternative { steps: vec![first(own), first(own)] }],
        "autre parcours 1",
    );
    let none = |own: &mut Claim| {
        own.alternatives =
            vec![ClaimedAlternative { steps: own.steps.iter().map(|step| step.id.clone()).collect() }];
        own.steps.clear();
    };
    check(&limits, none, "couvre davantage que celui qui est dit le meilleur");
}

#[test]
fn months_that_cannot_be_are_told() {
    let placed = [("heures", "60"), ("heures-mois", "14"), ("autres", "0")];
    let at = |months: (u8, u8)| move |own: &mut Claim| own.steps[0].months = Some(months);
    check(&placed, at((0, 1)), "avant le mois 1");
    check(&placed, at((13, 13)), "dans les mois du parcours");
    check(&placed, at((3, 2)), "dans les mois du parcours");
    check(&placed, at((12, 12)), "l’ordre de leurs mois");
    check(&placed, |own| own.steps[0].months = None, "d’autres non");
    check(
        &placed,
        |own| own.steps.iter_mut().for_each(|step| step.months = Some((1, 1))),
        "pas assez d’heures",
    );
    let id = bare(&persona(CHIEF), &parse(&[("autres", "0")])).steps[0].training.id.to_string();
    let window = format!("{id}:2-3");
    let pairs = [("fenetre", window.as_str()), ("impose", &id), ("autres", "0")];
    let early = |own: &mut Claim| {
        own.steps.iter_mut().filter(|step| step.id == id).for_each(|step| step.months = Some((5, 5)));
    };
    check(&pairs, early, "dans sa fenêtre");
}

#[test]
fn a_pathway_laid_over_months_is_worked_out_again() {
    for pairs in [&[("heures-mois", "14")][..], &[("mois", "6"), ("but", "prix")], &[("heures", "7")]] {
        let (persona, request) = (persona("cheffe-service-portefeuille"), parse(pairs));
        check_rebuilt(&persona, &request, &found(&persona, &request));
    }
}
