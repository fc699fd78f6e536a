//! JSONL as people send it. Absent: round trips (see `round_trip`).

use exchange::Format;

fn check(text: &str, rows: &str, issues: &[&str]) {
    crate::check(Format::Jsonl, text.as_bytes(), rows, issues);
}

fn line(more: &str) -> String {
    let begin = r#"{"id":"a","kind":"course","title":"T","provider":"P","provider_kind":"public","#;
    format!(r#"{begin}"summary":"S","source":{{"address":"x"}}{more}}}"#)
}

#[test]
fn blank_lines_and_a_byte_order_mark_are_skipped() {
    check(&format!("\u{feff}{}\r\n\n  \n{}", line(""), line("")), "1:a 4:a", &[]);
    check("", "", &[]);
}

#[test]
fn a_mistyped_key_is_named_with_its_neighbour() {
    let told = "f, ligne 1, colonne « citty » : la clé n’est pas connue ; écrivez « city » ou retirez-la.";
    check(&line(r#","citty":"Lyon""#), "", &[told]);
}

#[test]
fn all_that_is_wrong_with_a_row_is_told_and_the_others_go_in() {
    let bad = line(r#","price_eur":"12","formats":"mooc","competences":{"a":300},"city":null"#);
    let told = [
        "f, ligne 1, colonne « price_eur » : il faut un nombre (valeur : « 12 ») ; \
         écrivez-le sans guillemets ni unité, avec un point décimal.",
        "f, ligne 1, colonne « formats » : il faut une liste de textes (valeur : « mooc ») ; \
         écrivez-la entre crochets, comme [\"a\", \"b\"].",
        "f, ligne 1, colonne « competences.a » : le niveau n’existe pas (valeur : « 300 ») ; \
         écrivez un niveau de 1 à 4.",
    ];
    check(&format!("{bad}\n{}", line("")), "2:a", &told);
}

#[test]
fn what_is_not_an_object_is_told() {
    let told = [
        "f, ligne 1 : la ligne n’est pas un objet JSON (valeur : « [1] ») ; \
         écrivez une fiche par ligne, entre accolades.",
        "f, ligne 2 : l’objet JSON n’est pas fermé (valeur : « {\"id\": ») ; \
         écrivez chaque fiche sur une seule ligne, terminée par « } ».",
        "f, ligne 3 : le JSON est illisible vers le caractère 7 (valeur : « {\"id\" 1} ») ; \
         vérifiez les guillemets, les virgules et les accolades à cet endroit.",
    ];
    check("[1]\n{\"id\":\n{\"id\" 1}\n", "", &told);
}

#[test]
fn a_key_written_twice_is_refused() {
    let told = "f, ligne 1 : une clé est écrite deux fois ; gardez une seule fois chaque clé.";
    check(&line(r#","city":"Lyon","city":"Metz""#), "", &[told]);
}

#[test]
fn a_missing_key_is_named() {
    let told = "f, ligne 1, colonne « title » : la clé manque ; écrivez-la, elle est obligatoire.";
    check(&line("").replace(r#""title":"T","#, ""), "", &[told]);
}

#[test]
fn a_line_in_another_encoding_is_told_and_the_next_ones_go_in() {
    let good = line("");
    let bytes = [good.as_bytes(), b"\n{\"id\":\"caf\xe9\"}\n\xff\n", good.as_bytes()].concat();
    let told = |number: u64, value: &str| {
        format!(
            "f, ligne {number} : la ligne n’est pas en UTF-8 (valeur : « {value} ») ; \
             enregistrez en UTF-8 (dans Excel, type « CSV UTF-8 »)."
        )
    };
    let (second, third) = (told(2, "{\"id\":\"caf\u{fffd}\"}"), told(3, "\u{fffd}"));
    crate::check(Format::Jsonl, &bytes, "1:a 4:a", &[&second, &third]);
    let extent = exchange::read_each("f", &*bytes, Format::Jsonl, &mut |_| {});
    assert_eq!(extent, exchange::Extent::Whole);
}
