//! Analysis of words and texts, by examples.

use super::{Analyzer, Sink, Stemming, fold, segments, word};
use crate::concepts::Concepts;
use crate::schema::Synonyms;

/// Whether a query for `typed` finds a text that holds `written`.
fn meets(typed: &str, written: &str) -> bool {
    let written = word(written);
    word(typed).terms().any(|term| written.terms().any(|other| other == term))
}

#[track_caller]
fn check_same(words: &[&str]) {
    for typed in words {
        for written in words {
            assert!(
                meets(typed, written),
                "{typed} should find {written}: {:?} {:?}",
                word(typed),
                word(written)
            );
        }
    }
}

#[track_caller]
fn check_apart(one: &str, other: &str) {
    assert!(!meets(one, other), "{one} should not find {other}: {:?} {:?}", word(one), word(other));
}

#[derive(Default)]
struct Seen {
    terms: Vec<String>,
    exact: Vec<String>,
    counted: usize,
}

impl Sink for Seen {
    fn term(&mut self, _field: usize, term: &str, counted: bool) {
        self.terms.push(term.to_owned());
        self.counted += usize::from(counted);
    }

    fn exact(&mut self, _field: usize, form: &str, apart: bool) {
        self.exact.push(format!("{}{form}", if apart { "" } else { "=" }));
    }
}

fn seen(text: &str, groups: &[&[&str]]) -> Seen {
    let groups = groups.iter().map(|group| group.iter().map(|one| (*one).to_owned()).collect()).collect();
    let concepts = Concepts::new(&Synonyms { groups });
    let mut seen = Seen::default();
    Analyzer::new(&concepts).field(0, text, &mut seen);
    seen
}

#[track_caller]
fn check_exact(text: &str, expect: &str) {
    assert_eq!(seen(text, &[]).exact.join(" "), expect);
}

#[track_caller]
fn check_terms(text: &str, expect: &str) {
    assert_eq!(seen(text, &[]).terms.join(" "), expect);
}

#[test]
fn accents_and_case_do_not_matter() {
    check_same(&["donnees", "données", "DONNEES", "DONNÉES", "donnée", "Donnee"]);
    check_same(&["conformite", "CONFORMITÉ", "conformité", "conformités"]);
    check_same(&["éthique", "ethique", "Éthiques"]);
    check_same(&["numérique", "numériques", "numerique", "NUMERIQUES"]);
    check_same(&["stratégique", "stratégiques", "strategique"]);
    check_same(&["sécurité", "securite"]);
    check_same(&["œuvre", "oeuvre", "Œuvres", "oeuvres"]);
    check_same(&["cloître", "cloitre"]);
    check_same(&["reçu", "recu"]);
}

#[test]
fn decomposed_letters_are_the_same_letters() {
    check_same(&["donne\u{301}es", "données", "donnees"]);
}

#[test]
fn plurals_and_feminines_meet() {
    check_same(&["algorithme", "algorithmes"]);
    check_same(&["public", "publics", "publique", "publiques"]);
    check_same(&["formateur", "formatrice", "formateurs", "formatrices"]);
    check_same(&["directeur", "directrice"]);
    check_same(&["nombreux", "nombreuse", "nombreuses"]);
    check_same(&["cheffe", "chef", "chefs"]);
    check_same(&["national", "nationale", "nationaux"]);
    check_same(&["administratif", "administrative"]);
    check_same(&["premier", "première"]);
    check_same(&["citoyen", "citoyenne", "citoyens"]);
}

#[test]
fn other_words_stay_apart() {
    check_apart("évaluer", "valeur");
    check_apart("chef", "chevalier");
}

#[test]
fn elision_and_apostrophes() {
    check_terms("l’IA", "ia");
    check_terms("l'IA d'algorithmes", "ia algorithm");
    check_terms("jusqu'ici qu’une lorsqu'elle", "");
    check_exact("l’IA", "l ia");
    check_exact("prud'homme", "prud homme");
}

#[test]
fn stop_words_are_judged_with_their_accents() {
    assert!(word("à").stop && word("sur").stop && word("Les").stop && word("où").stop);
    assert!(!word("été").stop && !word("sûr").stop && !word("IA").stop);
}

#[test]
fn languages_of_one_letter_are_words() {
    assert!(!word("R").stop && !word("C").stop);
    check_terms("langage R", "langag r");
}

#[test]
fn a_hyphen_ties_two_words_both_ways() {
    check_exact("e-learning", "e learning =elearning");
    check_exact("cyber-sécurité", "cyber securite =cybersecurite");
    check_exact("porte-à-faux", "porte a faux");
    check_exact("dit-il", "dit il");
    check_exact("fin - début", "fin debut");
}

#[test]
fn digits_stay() {
    check_exact("Web 3.0, article 27bis", "web 3 0 article 27bis");
    check_terms("2016", "2016");
}

#[test]
fn lengths_count_words_once() {
    assert_eq!(seen("les données de la cyber-sécurité", &[]).counted, 3);
}

#[test]
fn concepts_are_found_even_inside_one_another() {
    let groups: &[&[&str]] = &[
        &["RGPD", "règlement général sur la protection des données"],
        &["protection des données", "vie privée"],
    ];
    let of = |text: &str| -> Vec<String> {
        seen(text, groups).terms.into_iter().filter(|term| term.starts_with('§')).collect()
    };
    assert_eq!(of("Le règlement général sur la protection des données"), ["§0", "§1"]);
    assert_eq!(of("la protection des données"), ["§1"]);
    assert_eq!(of("protection de la donnee"), ["§1"]);
    assert_eq!(of("RGPD et vie privée"), ["§0", "§1"]);
    assert_eq!(of("règlement général"), [] as [&str; 0]);
}

#[test]
fn a_short_word_keeps_its_letters() {
    assert_ne!(word("biais").stem, word("BI").stem);
}

#[test]
fn an_acronym_in_capitals_is_not_the_stop_word() {
    assert!(word("si").stop && word("ai").stop && word("Si").stop);
    assert!(!word("SI").stop && !word("AI").stop);
}

#[test]
fn segments_of_odd_texts() {
    let cut = |text: &str| segments(text).map(|segment| text[segment.range].to_owned()).collect::<Vec<_>>();
    assert_eq!(cut(""), [] as [&str; 0]);
    assert_eq!(cut("—«»’'-"), [] as [&str; 0]);
    assert_eq!(cut("a-"), ["a"]);
    assert_eq!(cut("日本語 ok"), ["日本語", "ok"]);
}

#[test]
fn folding() {
    assert_eq!(fold("àéîôùçñœ"), "aeioucnœ");
}

proptest::proptest! {
    #[test]
    fn any_text_is_analysed(text in "\\PC{0,80}") {
        let seen = seen(&text, &[&["a b", "c-d"]]);
        proptest::prop_assert!(seen.terms.iter().chain(&seen.exact).all(|term| !term.contains(' ')));
    }

    #[test]
    fn a_word_meets_itself_without_accents(typed in "[a-zéèêàùçôîœ]{1,14}") {
        proptest::prop_assert!(meets(&fold(&typed.replace('œ', "oe")), &typed));
    }
}

#[test]
fn words_that_only_look_alike_stay_apart() {
    check_apart("format", "formation");
    check_apart("formats", "formations");
    check_apart("commune", "commun");
    check_apart("communes", "communs");
    check_same(&["format", "formats"]);
    check_same(&["commune", "communes"]);
    check_same(&["formation", "formations"]);
}

#[test]
fn letters_tied_by_dots_make_one_word() {
    check_exact("le R.G.P.D. et l'I.A. en France", "le rgpd et l ia en france");
    check_exact("I.A", "ia");
    check_exact("le chapitre 3.5 de la version A.", "le chapitre 3 5 de la version a");
    check_exact("fin de phrase.A suivre", "fin de phrase a suivre");
    check_same(&["R.G.P.D.", "RGPD", "r.g.p.d"]);
}

#[test]
fn stems_are_the_same_once_words_are_known() {
    let mut stemming = Stemming::default();
    let mut read = |text: &str| {
        let stems = stemming.stems(text);
        stems.into_iter().map(|(shown, stem)| format!("{shown}={stem}")).collect::<Vec<_>>().join(" ")
    };
    let long = "x".repeat(100);
    for _ in 0..2 {
        assert_eq!(read("L’IA et l’été : L, SI"), "ia=ia été=ete l=l si=si");
        assert_eq!(read("si le Format des Données"), "format=format§ données=donne");
        assert_eq!(read(&long), format!("{0}={0}", "x".repeat(48)));
    }
}
