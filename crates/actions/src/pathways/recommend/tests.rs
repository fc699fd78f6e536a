//! Trainings to build on the real catalogue: each claim of an answer is tried again by asking something else. Absent: how
//! drafts are composed (see `catalogue`).

use catalogue::pathways::{Outcome, PathwayRequest, Planner, Proof};
use catalogue::persona::Circumstances;
use catalogue::recommendations::{
    Advice, RecommendationOutcome, RecommendationRequest, Recommendations, Template,
};
use catalogue::{Snapshot, Training};

use crate::pathways::tests::{personas, snapshot, solver};

fn request(pairs: &[(&str, &str)]) -> RecommendationRequest {
    RecommendationRequest::parse(pairs.iter().copied(), &personas()).expect("a sound request")
}

fn found(pairs: &[(&str, &str)]) -> Recommendations {
    match solver().recommend(snapshot(), &personas(), &request(pairs)).expect("a sound request") {
        RecommendationOutcome::Found(own) => *own,
        RecommendationOutcome::Stopped => panic!("stopped"),
    }
}

/// Levels of each persona's best pathway in a snapshot, by the planner of pathways.
fn levels(snapshot: &Snapshot, own: &Recommendations) -> Vec<usize> {
    let bare = crate::pathways::Solver { explains: false, ..solver() };
    let of = |outlook: &catalogue::recommendations::Outlook| match bare
        .plan(snapshot, &outlook.persona, &PathwayRequest::default())
        .expect("a sound request")
    {
        Outcome::Found(pathway) => pathway.levels().0,
        other => panic!("{other:?}"),
    };
    own.outlooks.iter().map(of).collect()
}

fn built(own: &Recommendations, without: Option<usize>) -> Vec<Training> {
    let kept = own.proposals.iter().enumerate().filter(|(place, _)| Some(*place) != without);
    kept.map(|(_, proposal)| proposal.training.clone()).collect()
}

#[test]
fn what_is_said_of_today_and_of_after_is_what_the_planner_finds() {
    let own = found(&[]);
    assert_eq!(own.proof, Proof::Best);
    assert!((1..=5).contains(&own.proposals.len()));
    let before: Vec<usize> = own.outlooks.iter().map(|outlook| outlook.before.levels).collect();
    assert_eq!(before, levels(snapshot(), &own));
    let after = snapshot().with_supposed(&built(&own, None)).expect("a snapshot");
    let said: Vec<usize> = own.outlooks.iter().map(|outlook| outlook.after.levels).collect();
    assert_eq!(said, levels(&after, &own));
    assert!(said.iter().sum::<usize>() > before.iter().sum());
    for outlook in &own.outlooks {
        assert_eq!(outlook.gaps_after, after.gaps(&outlook.persona, &Circumstances::default()));
    }
}

#[test]
fn more_places_to_build_never_bring_less() {
    let gained = |count: &str| found(&[("nombre", count)]).person_levels().1;
    let (five, seven) = (gained("5"), gained("7"));
    assert!(five <= seven, "{five} with five, {seven} with seven");
}

#[test]
fn what_is_lost_without_a_proposal_is_what_the_planner_loses() {
    let own = found(&[("nombre", "3")]);
    let all = levels(&snapshot().with_supposed(&built(&own, None)).expect("a snapshot"), &own);
    for (place, proposal) in own.proposals.iter().enumerate() {
        let left = snapshot().with_supposed(&built(&own, Some(place))).expect("a snapshot");
        let left = levels(&left, &own);
        for (number, (all, left)) in all.iter().zip(left).enumerate() {
            let said =
                proposal.brings.iter().find(|(own, _)| *own == number).map_or(Some(0), |(_, lost)| *lost);
            assert_eq!(said, Some(all - left), "{} for {number}", proposal.id);
        }
    }
}

#[test]
fn one_training_to_build_is_the_best_of_all_drafts_tried_one_by_one() {
    let pairs = [("nombre", "1"), ("persona", "directrice-administration-centrale")];
    let own = found(&pairs);
    let gain = own.outlooks[0].after.levels - own.outlooks[0].before.levels;
    let chosen = request(&pairs);
    let standings = super::standings(snapshot(), &personas(), &chosen, &solver().searcher(u64::MAX))
        .expect("a sound request")
        .expect("in time");
    let standings: Vec<_> = standings.into_iter().map(|(standing, _)| standing).collect();
    let templates = Template::learnt(snapshot(), chosen.promise);
    let drafts = catalogue::recommendations::drafts(snapshot().referential(), &standings, &templates);
    assert_eq!(drafts.len(), own.drafts);
    let best = drafts.iter().map(|draft| {
        let training = draft.training(&standings, snapshot().referential());
        let with = snapshot().with_supposed(&[training]).expect("a snapshot");
        levels(&with, &own)[0] - own.outlooks[0].before.levels
    });
    assert_eq!(best.max(), Some(gain));
}

#[test]
fn people_weigh_and_more_places_never_lose() {
    let gained = |pairs: &[(&str, &str)]| {
        let (before, after) = found(pairs).person_levels();
        after - before
    };
    let mut last = 0;
    for count in ["1", "2", "4"] {
        let now = gained(&[("nombre", count)]);
        assert!(now >= last, "{count}: {now} after {last}");
        last = now;
    }
    let pairs = [
        ("effectif", "directrice-administration-centrale:221"),
        ("effectif", "cheffe-service-portefeuille:950"),
        ("effectif", "adjoint-projet:3000"),
    ];
    // Unequal weights are proven less often; what is said of the choice holds all the same.
    let heavy = found(&pairs);
    let people: Vec<u32> = heavy.outlooks.iter().map(|own| own.people).collect();
    assert_eq!(people.iter().sum::<u32>(), 4_171);
    let (before, after) = heavy.person_levels();
    assert!(after > before && !heavy.proposals.is_empty());
}

#[test]
fn proposals_are_within_their_template_and_their_personas_means() {
    for promise in ["mediane", "haute"] {
        let own = found(&[("promesse", promise)]);
        for proposal in &own.proposals {
            let draft = &proposal.draft;
            assert!(proposal.levels() <= draft.template.gains);
            assert!(draft.lifts.len() <= draft.template.competences);
            for lift in &draft.lifts {
                assert!(draft.template.may_bring(lift.from, lift.to), "{}", proposal.id);
            }
            for number in &draft.audience {
                let persona = &own.outlooks[*number].persona;
                assert!(persona.hours_year_high.is_none_or(|most| draft.template.hours <= most.get()));
                assert!(persona.formats.is_empty() || persona.formats.contains(draft.format));
            }
            if let Advice::Adapt(near) = proposal.advice() {
                assert_eq!((near.levels, near.lacks.len()), (proposal.levels(), 0));
            }
            for near in &proposal.nearest {
                let lacking: usize =
                    near.lacks.iter().map(|lift| usize::from(lift.to.number() - lift.from)).sum();
                assert_eq!(near.levels + lacking, proposal.levels(), "{}", near.training.id);
            }
        }
    }
}
