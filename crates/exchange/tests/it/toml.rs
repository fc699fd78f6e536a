//! TOML as people write it. Absent: round trips (see `round_trip`).

use exchange::Format;

use crate::{row, written};

const HEAD: &str = "provider = \"P\"\nprovider_kind = \"public\"\n";

fn check(text: &str, rows: &str, issues: &[&str]) {
    crate::check(Format::Toml, text.as_bytes(), rows, issues);
}

/// Seven lines, and more.
fn training(id: &str, more: &str) -> String {
    let facts = "kind = \"course\"\ntitle = \"T\"\nsummary = \"S\"\nsource.address = \"x\"";
    format!("[[training]]\nid = \"{id}\"\n{facts}\n{more}\n")
}

#[test]
fn the_provider_of_the_top_holds_for_all_that_do_not_say_theirs() {
    let text = format!("{HEAD}{}{}", training("a", ""), training("b", "provider = \"Q\""));
    let read = exchange::read("f", text.as_bytes(), Format::Toml);
    let providers: Vec<&str> = read.rows.iter().map(|row| row.raw.provider.as_str()).collect();
    assert_eq!((providers, read.issues), (vec!["P", "Q"], vec![]));
}

#[test]
fn a_fault_spoils_one_training_only() {
    let text =
        format!("{HEAD}{}{}{}", training("a", "city = \"Lyon"), training("b", ""), training("c", "id = 2"));
    let told = [
        "f, ligne 3 : le TOML est illisible à la ligne 9 (valeur : « city = \"Lyon ») ; \
         vérifiez les guillemets, les virgules et les crochets à cet endroit.",
        "f, ligne 17 : une clé est écrite deux fois (valeur : « id = 2 ») ; \
         vérifiez les guillemets, les virgules et les crochets à cet endroit.",
    ];
    check(&text, "10:b", &told);
}

#[test]
fn a_head_inside_a_text_is_text() {
    for mark in ["\"\"\"", "'''"] {
        let more =
            format!("city = {mark}\n[[training]]\n# \" ' {mark} # it's [[training]]\nnature = \"a\\\"#b\"");
        check(&format!("{HEAD}{}{}", training("a", &more), training("b", "")), "3:a 13:b", &[]);
    }
}

#[test]
fn a_date_without_quotes_is_taken() {
    check(&format!("{HEAD}{}", training("a", "source.seen = 2024-05-17")), "3:a", &[]);
}

#[test]
fn what_is_above_or_beside_trainings_is_told() {
    let told = [
        "f, ligne 1, colonne « city » : la clé n’a pas sa place en tête du fichier ; \
         avant la première ligne « [[training]] », n’écrivez que provider et provider_kind.",
        "f, ligne 4, colonne « other » : cette table n’est pas connue ; \
         n’écrivez que des tables [[training]].",
    ];
    check(&format!("{HEAD}city = \"Lyon\"\n{}[other]\n", training("a", "")), "", &told);
}

#[test]
fn the_form_is_the_one_of_the_catalogue() {
    let mut training = row("a");
    training.duration_hours = Some(3.5);
    training.price_eur = Some(1200.0);
    training.competences.insert("analyse".to_owned(), 2);
    training.stated.insert("price".to_owned(), "1 200 €".to_owned());
    let expected = "provider = \"Organisme\"\nprovider_kind = \"public\"\n\n[[training]]\nid = \"a\"\n\
        kind = \"course\"\ntitle = \"Titre de a\"\nduration_hours = 3.5\nprice_eur = 1200\n\
        competences = { analyse = 2 }\nsource.address = \"https://exemple.fr/a\"\nstated.price = \"1 200 €\"\n\
        summary = \"Un résumé.\"\n";
    assert_eq!(written(Format::Toml, &[training]), expected);
}
