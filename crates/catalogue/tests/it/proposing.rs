//! Proposals learnt from a small catalogue, and their measure. The real catalogue's is in `docs/proposals.md`.

use catalogue::proposals::{ProposalText, Proposals, cross_validated, telling};
use catalogue::{Field, Referential, Training};

use crate::{levels, row, training};

/// Two subjects with words of their own, forty trainings of ten providers.
fn catalogue() -> Vec<Training> {
    let common = ["séance", "journée", "atelier", "parcours", "module"];
    let subject = |at: usize| {
        let rgpd = at.is_multiple_of(2);
        let mut raw = row(&format!("t-{at}"));
        raw.provider = format!("École {}", at / 4);
        let word = common[at % 5];
        if rgpd {
            raw.title = format!("Initiation au RGPD, {word}");
            raw.summary = format!("Une {word} sur les données personnelles et le délégué.");
        } else {
            raw.title = format!("Cartographie avancée, {word}");
            raw.summary = format!("Une {word} sur les projections et les couches d’un territoire.");
        }
        raw.themes = vec![if rgpd { "droit-ethique" } else { "geodonnees" }.to_owned()];
        raw.audiences = vec![if rgpd { "cadres-metiers" } else { "cadres-techniques" }.to_owned()];
        let competence = if rgpd { ("protection-donnees", 1) } else { ("culture-donnees", 3) };
        raw.competences = levels(&[competence]);
        training(&raw)
    };
    (0..40).map(subject).collect()
}

fn text(title: &str) -> ProposalText<'_> {
    ProposalText { title, summary: "", stated: "" }
}

#[test]
fn proposals_come_with_their_words_and_a_level_for_competences() {
    let mut proposals = Proposals::learn(catalogue().iter(), &Referential::builtin());
    let found = proposals.propose(&text("Initiation au RGPD pour tous"));
    let shown: Vec<_> = found.iter().map(|one| (one.field, one.value.as_str(), one.level)).collect();
    assert_eq!(
        shown,
        [
            (Field::Themes, "droit-ethique", None),
            (Field::Audience, "cadres-metiers", None),
            (Field::Competences, "protection-donnees", Some(1)),
        ]
    );
    for one in &found {
        assert!((0.8..1.0).contains(&one.confidence), "{one:?}");
        assert!(one.words.iter().all(|word| word == "rgpd" || word == "initiation"), "{one:?}");
        assert!(!one.words.is_empty());
    }
}

#[test]
fn nothing_is_proposed_without_words_or_without_a_catalogue() {
    let mut proposals = Proposals::learn(catalogue().iter(), &Referential::builtin());
    assert_eq!(proposals.propose(&text("Poterie")), []);
    assert_eq!(proposals.propose(&ProposalText::default()), []);
    let mut empty = Proposals::learn(std::iter::empty::<Training>(), &Referential::builtin());
    assert_eq!((empty.learnt(), empty.propose(&text("Initiation au RGPD"))), (0, Vec::new()));
}

#[test]
fn prices_durations_numbers_and_common_english_words_speak_for_nothing() {
    let mut raw = row("t-0");
    for (field, words) in [
        ("price", "1 200 € ht"),
        ("duration", "5 jours, sept heures"),
        ("city", "Lyon"),
        ("formats", "salle"),
        ("language", "anglais"),
        ("themes", "données"),
        ("audience", "cadres"),
    ] {
        raw.stated.insert(field.to_owned(), words.to_owned());
    }
    assert_eq!(telling(&training(&raw)), "cadres\ndonnées");
    // All that tells the subjects apart is a number, or an English word.
    let subject = |at: usize| {
        let mut raw = row(&format!("t-{at}"));
        raw.provider = format!("École {}", at / 4);
        let is_even = at.is_multiple_of(2);
        raw.title =
            if is_even { "Atelier 12 with the x team" } else { "Atelier sept for an team" }.to_owned();
        raw.themes = vec![if is_even { "droit-ethique" } else { "geodonnees" }.to_owned()];
        training(&raw)
    };
    let trainings: Vec<Training> = (0..40).map(subject).collect();
    let mut proposals = Proposals::learn(trainings.iter(), &Referential::builtin());
    assert_eq!(proposals.learnt(), 40);
    for title in ["Atelier 12 with the x team", "Sept for an 12", "with"] {
        let found = proposals.propose(&text(title));
        assert!(found.iter().all(|one| one.field != Field::Themes), "{title}: {found:?}");
    }
}

#[test]
fn a_memory_of_words_changes_no_proposal() {
    let mut proposals = Proposals::learn(catalogue().iter(), &Referential::builtin());
    let first = proposals.propose(&text("Initiation au RGPD, l’atelier"));
    assert!(!first.is_empty());
    assert_eq!(proposals.propose(&text("Initiation au RGPD, l’atelier")), first);
}

#[test]
fn the_order_of_trainings_changes_nothing() {
    let mut reversed = catalogue();
    reversed.reverse();
    let learn = |trainings: &[Training]| Proposals::learn(trainings.iter(), &Referential::builtin());
    let asked = text("Cartographie du territoire");
    assert_eq!(learn(&catalogue()).propose(&asked), learn(&reversed).propose(&asked));
}

#[test]
fn quality_is_measured_on_hidden_trainings() {
    let quality = cross_validated(catalogue().iter(), 5);
    let lines = quality.by_provider.iter().zip(quality.plain).flat_map(|(grouped, plain)| {
        [("by provider", *grouped), ("plain", plain)].map(|(how, field)| {
            let (name, right) = (field.field.name(), field.right);
            format!(
                "{name}, {how}: {right} right of {} proposed, {} written",
                field.proposals, field.positives
            )
        })
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
    themes, by provider: 40 right of 40 proposed, 40 written
    themes, plain: 40 right of 43 proposed, 40 written
    audience, by provider: 40 right of 40 proposed, 40 written
    audience, plain: 40 right of 43 proposed, 40 written
    objectives, by provider: 0 right of 0 proposed, 0 written
    objectives, plain: 0 right of 0 proposed, 0 written
    competences, by provider: 40 right of 67 proposed, 40 written
    competences, plain: 40 right of 77 proposed, 40 written
    ");
}
