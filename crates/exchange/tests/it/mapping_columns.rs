//! Which of several columns that may be the same field is taken, and what is read where its cells are empty.
//! Absent: what each name means by itself (see `mapping`).

use catalogue::Referential;
use exchange::mapping::{Mapping, Target};
use exchange::table::Shape;

use crate::mapping::{mapped, rows, shape};

/// Which columns give the title, the provider and the city, as far as names say without asking.
#[track_caller]
fn check_taken(columns: &[&str], expect: [&str; 3]) {
    let mapping = Mapping::recognise(&shape(columns), &[], &Referential::builtin());
    let taken = [Target::Title, Target::Provider, Target::City].map(|target| {
        let column = mapping.column.iter().find(|column| column.field == Some(target));
        column.map_or("-", |column| column.name.as_str())
    });
    assert_eq!(taken, expect, "{columns:?}");
}

#[test]
fn specific_names_win_over_vague_ones() {
    let agents = ["Nom", "Prénom", "Intitulé de la formation", "Organisme", "Durée (jours)"];
    check_taken(&agents, ["Intitulé de la formation", "Organisme", "-"]);
    check_taken(&["Nom", "Prénom", "Organisme"], ["-", "Organisme", "-"]);
    check_taken(&["Civilité", "Titre", "Formation", "Organisme"], ["Formation", "Organisme", "-"]);
    check_taken(&["Titre", "Nom", "Organisme"], ["-", "Organisme", "-"]);
    check_taken(&["Nom", "Organisme"], ["Nom", "Organisme", "-"]);
    check_taken(&["Formation", "Titre"], ["Titre", "-", "-"]);
    check_taken(&["Titre", "Formation"], ["Titre", "-", "-"]);
    check_taken(&["Stage", "Libellé", "Formation"], ["Formation", "-", "-"]);
    check_taken(
        &["Organisme", "Formation", "Organisme de formation", "Coût"],
        ["Formation", "Organisme de formation", "-"],
    );
    check_taken(&["Organisme", "Intitulé", "Prestataire"], ["Intitulé", "Prestataire", "-"]);
    check_taken(&["Établissement", "Organisme", "Intitulé"], ["Intitulé", "Organisme", "-"]);
    check_taken(&["Lieu", "Ville", "Intitulé"], ["Intitulé", "-", "Ville"]);
    check_taken(&["Ville", "Lieu", "Intitulé (*)"], ["Intitulé (*)", "-", "Ville"]);
}

#[test]
fn columns_of_one_name_that_differ_are_not_taken() {
    let check = |names: &[&str], cells: &[&str], field: Target, expect: Option<&str>| {
        let (shape, rows) = (shape(names), rows(&[cells]));
        let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
        let own = mapping.column.iter().find(|column| column.field == Some(field));
        assert_eq!(own.map(|column| column.name.as_str()), expect, "{names:?}");
    };
    let apart = ["Intitulé", "Organisme", "Durée", "Prix", "Durée (2)", "Langue", "Langue (2)"];
    let cells = ["Word", "GRETA", "1 jour", "150", "6 h", "fr", "en"];
    check(&apart, &cells, Target::Duration, None);
    check(&apart, &cells, Target::Language, None);
    check(&apart, &cells, Target::Price, Some("Prix"));
    let same = ["Word", "GRETA", "6 h", "150", "6 h", "fr", "fr"];
    check(&apart, &same, Target::Duration, Some("Durée"));
    check(&apart, &same, Target::Language, Some("Langue"));
    // The one that holds something.
    let units = ["Intitulé", "Organisme", "Durée (h)", "Durée (h) (2)"];
    check(&units, &["Word", "GRETA", "", "7"], Target::Duration, Some("Durée (h) (2)"));
    // Two tables side by side: the second one is another table.
    let two = ["Intitulé", "Durée", "Intitulé (2)", "Durée (2)"];
    check(&two, &["Word", "6 h", "Excel", "7 h"], Target::Duration, Some("Durée"));
}

#[test]
fn of_hidden_columns_only_names_are_taken() {
    let hidden = Shape { hidden: vec![0, 2], ..shape(&["Intitulé", "Organisme", "Prix"]) };
    let mapping = Mapping::recognise(&hidden, &[], &Referential::builtin());
    let taken: Vec<_> = mapping.column.iter().map(|column| column.field).collect();
    assert_eq!(taken, [Some(Target::Title), Some(Target::Provider), None]);
    assert!(mapping.column[2].doubt.as_deref().is_some_and(|doubt| doubt.contains("masquée")));
}

#[test]
fn a_location_is_a_place_in_english_only() {
    check_taken(&["Intitulé", "Organisme", "Location"], ["Intitulé", "Organisme", "-"]);
    check_taken(&["Title", "Provider", "Location"], ["Title", "Provider", "Location"]);
}

#[test]
fn a_name_said_in_two_languages_is_known() {
    check_taken(
        &["Titre / Titel", "Organisme | Aanbieder", "Lieu / Plaats"],
        ["Titre / Titel", "Organisme | Aanbieder", "Lieu / Plaats"],
    );
    check_taken(&["Formation / Coût total"], ["-", "-", "-"]);
}

#[test]
fn a_name_whose_brackets_say_another_thing_never_wins() {
    check_taken(&["Intitulé", "Lieu", "Ville (siège)"], ["Intitulé", "-", "Lieu"]);
    check_taken(&["Ville (agent)", "Lieu", "Intitulé"], ["Intitulé", "-", "Lieu"]);
    check_taken(&["Ville (principale)", "Lieu"], ["-", "-", "Lieu"]);
    check_taken(&["Organisme (tutelle)", "Organisme", "Intitulé"], ["Intitulé", "Organisme", "-"]);
    for other in
        ["Intitulé (anglais)", "Intitulé (ancien)", "Intitulé (code)", "Intitulé (n°)", "Intitulé (EN)"]
    {
        check_taken(&[other, "Titre"], ["Titre", "-", "-"]);
    }
    for other in ["Organisme de formation (siège)", "Organisme de formation (code)", "Prestataire (sigle)"] {
        check_taken(&[other, "Organisme"], ["-", "Organisme", "-"]);
    }
    // Alone, what is plainly something else is not taken; what changes nothing is.
    check_taken(&["Intitulé (code)", "Organisme (tutelle)", "Ville (siège)"], ["-", "-", "-"]);
    check_taken(
        &["Intitulé (en français)", "Organisme (obligatoire)", "Ville (*)"],
        ["Intitulé (en français)", "Organisme (obligatoire)", "Ville (*)"],
    );
    check_taken(&["Formation", "Intitulé (complet)"], ["Intitulé (complet)", "-", "-"]);
    check_taken(&["Intitulé (max. 200 signes)"], ["Intitulé (max. 200 signes)", "-", "-"]);
}

#[test]
fn a_column_that_is_not_taken_is_told() {
    let shape = shape(&["Intitulé", "Organisme", "Lieu", "Ville (siège)"]);
    let remarks = Mapping::recognise(&shape, &[], &Referential::builtin()).remarks(&shape);
    assert_eq!(
        remarks,
        ["colonne non reprise\u{202f}: « Ville (siège) »"
            .replace("« ", "«\u{202f}")
            .replace(" »", "\u{202f}»")]
    );
}

/// The title, the provider and the town of a row, under the mapping that is recognised and the same one read back.
#[track_caller]
fn check_row(columns: &[&str], cells: &[&str], expect: [&str; 3]) {
    let (shape, rows) = (shape(columns), rows(&[cells]));
    let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
    let again = Mapping::parse("m.toml", &mapping.to_toml("f.csv", &shape, &rows, &Referential::builtin()));
    for mapping in [&mapping, &again.expect("a sound mapping")] {
        let raw = mapped(mapping, &shape, &rows[0]).raw;
        let city = raw.city.unwrap_or_default();
        assert_eq!([raw.title.as_str(), raw.provider.as_str(), city.as_str()], expect, "{cells:?}");
    }
    assert!(mapping.remarks(&shape).is_empty());
}

#[test]
fn an_empty_cell_is_read_in_the_next_column_of_the_same_field() {
    let columns = ["Intitulé", "Prestataire", "Organisme de formation", "Lieu", "Ville"];
    check_row(&columns, &["Lire", "", "INSEE", "Metz", ""], ["Lire", "INSEE", "Metz"]);
    check_row(&columns, &["Lire", "NC", "INSEE", "Metz", "Lyon"], ["Lire", "INSEE", "Lyon"]);
    check_row(&columns, &["Lire", "INSEE", "IGPDE", "", ""], ["Lire", "INSEE", ""]);
    check_row(&["Formation", "Titre", "Organisme"], &["Lire", "", "INSEE"], ["Lire", "INSEE", ""]);
}

#[test]
fn a_vague_name_stands_for_no_other() {
    let refused = |columns: &[&str], cells: &[&str]| {
        let (shape, rows) = (shape(columns), rows(&[cells]));
        let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
        let reader = exchange::mapping::RowReader::new("f.csv", &mapping, &shape, &Referential::builtin());
        assert!(reader.expect("its columns").row(&rows[0]).is_err(), "{cells:?}");
    };
    refused(&["Intitulé", "Nom", "Organisme"], &["", "Dupont", "INSEE"]);
    refused(&["Intitulé", "Organisme", "Établissement"], &["Lire", "", "Lycée"]);
    refused(&["Intitulé", "Organisme", "Organisme de formation"], &["Lire", "INSEE", ""]);
    refused(&["Titre", "Intitulé de la formation", "Organisme"], &["Sous-directeur", "", "INSEE"]);
    refused(&["Intitulé", "Organisme", "Organisme (tutelle)"], &["Lire", "", "Bercy"]);
}

/// The field of each column of a draft, by the cells of its rows; « ? » after those that a person has to look at.
#[track_caller]
fn check_draft(columns: &[&str], lines: &[&[&str]], expect: &[&str]) {
    let mapping = Mapping::draft(&shape(columns), &rows(lines), &Referential::builtin());
    let fields = mapping.column.iter().map(|column| {
        let field = column.field.map_or("-", Target::name);
        if column.to_check { format!("{field}?") } else { field.to_owned() }
    });
    assert_eq!(fields.collect::<Vec<_>>(), expect, "{columns:?}");
}

#[test]
fn words_of_names_may_begin_with_capitals() {
    check_draft(
        &["title", "durationHours", "publicCible", "prerequisitesRaw", "formationId"],
        &[&["Read well", "7", "Cadres", "Aucun", "A1"]],
        &["title", "duration", "audiences", "prerequisites", "id"],
    );
}

#[test]
fn a_draft_takes_no_picture_for_a_page_and_no_address_for_a_title() {
    let pictures = ["https://exemple.fr/a.png", "https://exemple.fr/b.png"];
    let pages = ["https://exemple.fr/a", "https://exemple.fr/b"];
    let lines: Vec<[&str; 4]> = (0..2)
        .map(|at| {
            [
                ["12 rue de Paris", "3 quai du Port"][at],
                ["Lire un texte", "Compter vite"][at],
                pictures[at],
                pages[at],
            ]
        })
        .collect();
    let lines: Vec<&[&str]> = lines.iter().map(<[&str; 4]>::as_slice).collect();
    check_draft(&["adresse", "nom complet", "image", "oldUrl"], &lines, &["-", "title?", "-", "url?"]);
}

#[test]
fn codes_are_no_titles_and_titles_of_days_no_durations() {
    check_draft(
        &["formation", "label_formation"],
        &[&["socle_introduction", "Premier programme"], &["socle_suite", "Autres programmes"]],
        &["-", "title"],
    );
    check_draft(
        &["titre", "jours"],
        &[&["Lire", "Fondamentaux de la prise de parole, animation de réunions"]],
        &["title", "-"],
    );
}

#[test]
fn marks_say_that_a_training_certifies() {
    let (shape, rows) =
        (shape(&["titre", "organisme", "certifiante"]), rows(&[&["A", "E", "oui"], &["B", "E", "non"]]));
    let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
    let nature = |at: usize| mapped(&mapping, &shape, &rows[at]).raw.nature;
    assert_eq!([nature(0), nature(1)], [Some("certifiante".to_owned()), None]);
}

#[test]
fn a_column_of_states_is_not_that_of_organisations() {
    check_draft(&["titre", "organisme", "statut"], &[&["A", "E", "Actif"]], &["title", "provider", "-"]);
    check_draft(
        &["titre", "organisme", "statut"],
        &[&["A", "E", "privé"]],
        &["title", "provider", "provider_kind"],
    );
}

#[test]
fn sentences_under_objectives_are_a_presentation() {
    let sentence = "Savoir lire un texte long, puis le résumer à ses collègues";
    check_draft(&["titre", "objectives"], &[&["A", sentence]], &["title", "summary"]);
    let both = ["titre", "objectives", "summary"];
    check_draft(&both, &[&["A", sentence, "Un texte"]], &["title", "objectives", "summary"]);
}
