//! Themes that codes of national nomenclatures speak for. Absent: reading codes from files.

use catalogue::Referential;
use catalogue::codes::{table, themes_in};

/// Themes as `theme code`.
#[track_caller]
fn check(words: &str, expect: &[&str]) {
    let found: Vec<String> =
        themes_in(words).iter().map(|code| format!("{} {}", code.theme, code.code)).collect();
    assert_eq!(found, expect);
}

#[test]
fn codes_speak_for_themes_under_their_nomenclature_only() {
    check("FORMACODE 11036", &["data-science 11036"]);
    check("FORMACODE 11036, 31042 ; NSF 326", &["data-science 11036", "ingenierie-donnees 31042"]);
    check("FORMACODE 11036 ; FORMACODE 11045", &["data-science 11036"]);
    for words in ["", "11036", "NSF 11036", "ROME 31042", "FORMACODE 99999", "FORMACODE 1103", "Statistique"]
    {
        check(words, &[]);
    }
    assert_eq!(themes_in("formacode 12205")[0].reason(), "FORMACODE 12205, Cartographie");
}

#[test]
fn the_table_is_sound() {
    let referential = Referential::builtin();
    let themes: Vec<&str> = referential.terms("theme").iter().map(|term| term.id.as_str()).collect();
    let mut codes: Vec<(&str, &str)> = Vec::new();
    for code in table() {
        assert!(themes.contains(&code.theme.as_str()), "{code:?}");
        assert!(!code.label.is_empty() && !code.label.contains('"'), "{code:?}");
        assert!(!codes.contains(&(&code.nomenclature, &code.code)), "twice: {code:?}");
        codes.push((&code.nomenclature, &code.code));
    }
    assert!(codes.len() > 5);
}
