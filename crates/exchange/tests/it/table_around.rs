//! What a file says around the columns of its table (groups, notes, counts of people, columns of one name): read with
//! them, from the file to trainings. Absent: headers alone (see `table_header`), names of columns alone (see `mapping`).

use std::fs;

use catalogue::Referential;
use exchange::mapping::{Mapping, RowReader, is_known};
use exchange::table::{Options, sample};
use rust_xlsxwriter::{Format, Workbook};

use crate::table::plain;

/// Merged cells: first and last line, first and last column, text.
type Merges<'a> = &'a [(u32, u32, u16, u16, &'a str)];

/// A workbook of texts, one line a row; blank cells are left out.
fn book(merges: Merges, lines: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Offre").expect("a name");
    for (line, cells) in (0..).zip(lines) {
        for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write(line, column, number).expect("a cell"),
                Err(_) => sheet.write(line, column, *text).expect("a cell"),
            };
        }
    }
    for (top, bottom, left, right, text) in merges {
        sheet.merge_range(*top, *left, *bottom, *right, text, &Format::new()).expect("a range");
    }
    book.save_to_buffer().expect("a workbook")
}

/// What is told of a table, and its rows as « title | provider | hours | price | words of both ».
pub(crate) fn read(name: &str, bytes: &[u8]) -> (String, Vec<String>) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join(name);
    fs::write(&path, bytes).expect("a file");
    let referential = Referential::builtin();
    let (shape, rows) =
        sample(&path, &Options::default(), &is_known, 100).expect("a table").into_iter().next().expect("one");
    let mapping = Mapping::recognise(&shape, &rows, &referential);
    let reader = RowReader::new(name, &mapping, &shape, &referential).expect("its columns");
    let number = |number: Option<f64>| number.map_or("-".to_owned(), |number| number.to_string());
    let told = |row| match reader.row(row) {
        Ok(mapped) => {
            let raw = mapped.raw;
            let words = |field: &str| raw.stated.get(field).cloned().unwrap_or_default();
            let facts =
                [number(raw.duration_hours), number(raw.price_eur), words("duration"), words("price")];
            format!("{}|{}|{}", raw.title, raw.provider, facts.join("|"))
        }
        Err(issues) => format!("! {}", issues[0].message),
    };
    let rows = rows.iter().map(told).collect();
    let remarks = shape.reading.iter().cloned().chain(mapping.remarks(&shape)).collect::<Vec<_>>();
    (plain(&remarks.join("\n")), rows)
}

/// The first row of a workbook, and what is told of it.
#[track_caller]
fn check_book(merges: Merges, lines: &[&[&str]], row: &str, told: &[&str]) {
    let (remarks, rows) = read("f.xlsx", &book(merges, lines));
    assert_eq!(plain(&rows[0]), row, "{remarks}");
    told.iter().for_each(|words| assert!(remarks.contains(words), "{words}\n{remarks}"));
}

/// The first row of a text, and what is told of it.
#[track_caller]
pub(crate) fn check_text(text: &str, row: &str, told: &[&str]) {
    let (remarks, rows) = read("f.csv", text.as_bytes());
    assert_eq!(plain(&rows[0]), row, "{remarks}");
    told.iter().for_each(|words| assert!(remarks.contains(words), "{words}\n{remarks}"));
}

#[test]
fn a_group_that_qualifies_keeps_its_columns_out() {
    check_book(
        &[(0, 1, 0, 0, "Formation"), (0, 1, 1, 1, "Organisme"), (0, 0, 2, 3, "Coût pour 10 agents")],
        &[
            &["", "", "", "", "Volume par semaine"],
            &["", "", "Prix HT", "Prix TTC", "Heures"],
            &["Lire", "École", "3000", "3600", "2"],
        ],
        "Lire|École|-|-||",
        &["Coût pour 10 agents / Prix TTC", "Volume par semaine / Heures"],
    );
    check_book(
        &[(0, 0, 2, 3, "Prévisionnel 2026")],
        &[&[], &["Intitulé", "Organisme", "Nb jours", "Montant"], &["Lire", "École", "120", "13500"]],
        "Lire|École|-|-||",
        &["Prévisionnel 2026 / Montant"],
    );
    check_book(
        &[],
        &[
            &["", "", "Évolution", "Tarif 2023"],
            &["Formation", "Organisme", "Durée (h)", "Prix TTC"],
            &["Lire", "École", "7", "300"],
        ],
        "Lire|École|-|-||",
        &["Tarif 2023 / Prix TTC"],
    );
    check_book(
        &[(0, 0, 0, 2, "Formation principale"), (0, 0, 3, 4, "Formation de remplacement")],
        &[
            &[],
            &["Intitulé", "Organisme", "Durée (h)", "Titre", "Prix"],
            &["Lire", "École", "7", "Word", "450"],
        ],
        "Lire|École|7|-|7 heures|",
        &["Formation de remplacement / Titre", "Formation de remplacement / Prix"],
    );
    check_book(
        &[(0, 0, 2, 3, "2024"), (0, 0, 4, 5, "2025")],
        &[
            &[],
            &["Formation", "Organisme", "Durée", "Coût", "Durée", "Coût"],
            &["Lire", "École", "1 jour", "120", "2 jours", "900"],
        ],
        "Lire|École|-|-||",
        &["2024 / Durée", "2025 / Coût"],
    );
    check_book(
        &[(0, 0, 0, 1, "Agent demandeur"), (0, 0, 2, 3, "Formation")],
        &[&[], &["Organisme", "Nom", "Intitulé", "Prix TTC"], &["Bercy", "Dupont", "Lire", "450"]],
        "! la ligne ne dit pas l’organisme",
        &["Agent demandeur / Organisme"],
    );
}

#[test]
fn a_neutral_group_changes_nothing() {
    check_book(
        &[(0, 0, 0, 1, "Formation"), (0, 0, 2, 3, "Durée"), (0, 0, 4, 5, "Tarifs")],
        &[
            &[],
            &["Intitulé", "Organisme", "Heures", "Jours", "Prix HT", "Prix TTC"],
            &["Lire", "École", "14", "2", "100", "120"],
        ],
        "Lire|École|14|120|14 heures|120 (toutes taxes comprises)",
        &["en-tête de deux lignes"],
    );
    check_text(
        ";;Informations pratiques;;\nTitre;Organisme;Durée (h);Prix TTC;Lien\nLire;École;7;120;\n",
        "Lire|École|7|120|7 heures|120 (toutes taxes comprises)",
        &[],
    );
}

#[test]
fn one_of_the_columns_under_a_merged_name_is_taken_by_what_it_holds() {
    let merge = (0, 0, 0, 1, "Formation");
    let names: &[&str] = &["", "", "Organisme"];
    check_book(
        &[merge],
        &[names, &["D1", "Lire", "École"], &["D2", "Écrire", "École"]],
        "Lire|École|-|-||",
        &["colonne non reprise : « Formation »", "dans la colonne « Formation (2) », reconnue à son contenu"],
    );
    check_book(
        &[merge],
        &[names, &["Data", "Lire", "École"], &["Data", "Écrire", "École"], &["IA", "Compter", "École"]],
        "Lire|École|-|-||",
        &["à vérifier : le champ « intitulé » est lu dans la colonne « Formation (2) »"],
    );
    // Nobody knows which is the title, nor which is the organisation.
    check_book(
        &[merge],
        &[names, &["Lire", "Débutant", "École"], &["Lire", "Expert", "École"]],
        "! la ligne n’a pas d’intitulé",
        &["la colonne « Formation » n’est pas reprise", "la colonne « Formation (2) » n’est pas reprise"],
    );
    check_book(
        &[(0, 0, 0, 1, "Organisme")],
        &[&["", "", "Formation"], &["Bercy", "École", "Lire"], &["Insee", "Institut", "Compter"]],
        "! la ligne ne dit pas l’organisme",
        &["la colonne « Organisme » n’est pas reprise", "la colonne « Organisme (2) » n’est pas reprise"],
    );
    check_book(
        &[(0, 0, 2, 3, "Durée"), (0, 0, 4, 5, "Prix")],
        &[
            &["Titre", "Organisme"],
            &["Lire", "École", "2", "jours", "900", "k€"],
            &["A", "B", "7", "heures", "9", "HT"],
        ],
        "Lire|École|14|-|2 jours|900 k€",
        &[],
    );
}

#[test]
fn two_tables_side_by_side_are_not_mixed() {
    let text = "Organisme;Formation;Coût;;Formation;Coût\nInsee;;;;Écrire;700\nInsee;Lire;450;;Compter;300\n";
    let (told, rows) = read("f.csv", text.as_bytes());
    assert_eq!(rows, ["! la ligne n’a pas d’intitulé", "Lire|Insee|-|450||450"]);
    assert!(told.contains("« Formation (2) » et « Coût (2) »"), "{told}");
}

#[test]
fn units_above_a_table_keep_its_amounts_in_words() {
    let table = "Titre;Organisme;Durée (h);Prix\nLire;École;14;0,45\n";
    for note in [
        "Plan 2026\nMontants en k€, durées en heures",
        "Montants en dollars US",
        "Tarifs par jour et par groupe",
    ] {
        let told = note.lines().last().expect("a line");
        let quoted = format!("une ligne au-dessus de la table dit « {told} »");
        check_text(
            &format!("{note}\n{table}"),
            "Lire|École|14|-|14 heures|0,45",
            &[&quoted, "restent en mots"],
        );
    }
    check_text(
        &format!("Tarifs HT par personne\n{table}").replace("0,45", "450"),
        "Lire|École|14|450|14 heures|450 (hors taxes)",
        &["au-dessus de l’en-tête : « Tarifs HT par personne »"],
    );
    check_text(
        &format!("Catalogue 2026\n{table}"),
        "Lire|École|14|0.45|14 heures|0,45",
        &["« Catalogue 2026 »"],
    );
    check_text(
        "Titre;Organisme;Durée;Prix\n;;(en jours);(en k€ HT)\nLire;École;2;0,45\n",
        "Lire|École|14|-|2 jours|",
        &["colonne non reprise : « Prix (en k€ HT) »"],
    );
}

#[test]
fn amounts_beside_a_count_of_people_stay_in_words() {
    check_text(
        "Titre;Organisme;Nb agents;Nb jours;Montant\nLire;École;12;24;5400\n",
        "Lire|École|-|-|24|5400",
        &["la colonne « Nb agents » compte des personnes", "« Montant »", "« Nb jours »"],
    );
    check_text(
        "Titre;Organisme;Effectif;Durée de la formation (h);Prix (par agent)\nLire;École;12;7;450\n",
        "Lire|École|7|450|7 heures|450",
        &[],
    );
    check_text(
        "Titre;Organisme;Effectif maximum;Durée (h);Prix\nLire;École;12;7;450\n",
        "Lire|École|7|450|7 heures|450",
        &[],
    );
}

#[test]
fn a_mapping_keeps_amounts_in_words_until_a_person_says_otherwise() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("f.csv");
    fs::write(&path, "Montants en k€\nTitre;Organisme;Prix\nLire;École;450\n").expect("a file");
    let referential = Referential::builtin();
    let (shape, rows) = sample(&path, &Options::default(), &is_known, 9).expect("a table").remove(0);
    let draft = Mapping::draft(&shape, &rows, &referential).to_toml("f.csv", &shape, &rows, &referential);
    assert!(draft.contains("in_words = true"), "{draft}");
    let price = |text: &str| {
        let mapping = Mapping::parse("m.toml", text).expect("a mapping");
        let reader = RowReader::new("f.csv", &mapping, &shape, &referential).expect("its columns");
        reader.row(&rows[0]).expect("a row").raw.price_eur
    };
    assert_eq!(price(&draft), None);
    let settled: Vec<&str> = draft.lines().filter(|line| !line.starts_with("in_words")).collect();
    assert_eq!(price(&settled.join("\n")), Some(450.0));
}

#[test]
fn formulas_that_keep_a_text_and_lines_between_quotes_are_read() {
    let row = "Lire|École|14|450|2 jours|450";
    check_text(
        "=\"Titre\";=\"Organisme\";=\"Durée\";=\"Prix\"\n=\"Lire\";=\"École\";=\"2 jours\";=\"450\"\n",
        row,
        &[],
    );
    check_text(
        "\"Titre;Organisme;Durée;Prix\"\n\"Lire;École;2 jours;450\"\n",
        row,
        &["lignes entières entre guillemets"],
    );
    check_text(
        "Titre;Organisme;Durée;Prix\n=Lire;\"École\";2 jours;450\n",
        "=Lire|École|14|450|2 jours|450",
        &[],
    );
}

#[test]
fn spoiled_letters_are_mended_before_columns_are_recognised() {
    check_text(
        "IntitulÃ©;Organisme\nDÃ©mat de lâ€™Ã‰tat;Insee\n",
        "Démat de l’État|Insee|-|-||",
        &["accents encodés deux fois"],
    );
    check_text("Intitulé;Organisme\n• Déﬁ\u{ad}nir\u{200b};Insee\n", "Définir|Insee|-|-||", &[]);
}

#[test]
fn iso_8859_15_is_told_from_windows_1252() {
    let check = |bytes: &[u8], encoding: &str, row: &str| {
        let (told, rows) = read("f.csv", bytes);
        assert!(told.starts_with(encoding), "{told}");
        assert_eq!(rows[0], row);
    };
    check(b"Intitul\xe9;Organisme\nMise en \xbduvre;Insee\n", "ISO-8859-15", "Mise en œuvre|Insee|-|-||");
    check(b"Titre;Organisme;Prix\nLire;Insee;450 \xa4\n", "ISO-8859-15", "Lire|Insee|-|450||450 €");
    check(b"Intitul\xe9;Organisme\nSAS en 1\xbd jour;Insee\n", "windows-1252", "SAS en 1½ jour|Insee|-|-||");
    check(
        b"Intitul\xe9;Organisme\nSAS en \xbd journ\xe9e;Insee\n",
        "windows-1252",
        "SAS en ½ journée|Insee|-|-||",
    );
}

#[test]
fn names_far_below_other_lines_are_found() {
    let text = format!("{}Titre;Organisme;Prix\nLire;École;7\n", "bla;bla;bla\n".repeat(30));
    check_text(&text, "Lire|École|-|7||7", &["en-tête à la ligne 31"]);
}
