//! Which line of a table names its columns, and whether one does. Absent: encodings, dialects.

use exchange::table::{Options, Shape};
use rust_xlsxwriter::{Format, Workbook};

use crate::table::{check_file, plain};

fn check(text: &str, expected: &[&str]) -> Vec<Shape> {
    check_file("f.csv", text.as_bytes(), &Options::default(), expected)
}

#[test]
fn a_header_met_again_is_no_row() {
    check(
        "Titre;Organisme;Prix\na;b;1\nTitre;Organisme;Prix\nc;d;2\n",
        &["[] Titre|Organisme|Prix", "2: a|b|1", "4: c|d|2"],
    );
    // The same columns in another order, or fewer of them.
    check(
        "Titre;Organisme;Prix\na;b;1\nPrix;Titre;Organisme\n2;c;d\nTitre;Organisme;Prix\ne;f;3\n",
        &["[] Titre|Organisme|Prix", "2: a|b|1", "4: c|d|2", "6: e|f|3"],
    );
    check(
        "Titre;Autre;Organisme;Prix\na;x;b;1\nTitre;Organisme;Prix\nc;d;2\n",
        &["[] Titre|Autre|Organisme|Prix", "2: a|x|b|1", "4: c||d|2"],
    );
    check("Titre;Prix\na;1\nTitre *; Prix\nb;2\n", &["[] Titre|Prix", "2: a|1", "4: b|2"]);
    // Two names among data are data.
    check("Titre;Organisme;Prix\nPrix;Organisme;1\n", &["[] Titre|Organisme|Prix", "2: Prix|Organisme|1"]);
}

#[test]
fn a_line_of_repetitions_is_no_header() {
    check(
        "Titre;Organisme;Ville;Lien\na;b;c;d\nid;id;id;id.\ne;id;id;id\nid;;;\n",
        &["[] Titre|Organisme|Ville|Lien", "2: a|b|c|d", "3: id|id|id|id.", "4: e|id|id|id", "5: id|||"],
    );
    check(
        "Id;Titre;Organisme;Ville\n1;a;b;c\nid;id;id;id\n",
        &["[] Id|Titre|Organisme|Ville", "2: 1|a|b|c", "3: id|id|id|id"],
    );
}

#[test]
fn another_table_below_is_told_and_not_read() {
    let stop = "! f.csv, ligne 3 : une autre table commence à cette ligne, avec d’autres colonnes ; ses lignes ne sont pas \
                lues (valeur : « Titre | Organisme | Durée | Prix ») ; séparez les deux tableaux, un par fichier ou par \
                feuille, ou donnez-leur les mêmes noms de colonnes.";
    check(
        "Titre;Organisme;Prix;Jours\na;b;1;2\nTitre;Organisme;Durée;Prix\nc;d;7;2\n",
        &["[] Titre|Organisme|Prix|Jours", "2: a|b|1|2", stop],
    );
}

#[test]
fn names_that_nobody_knows_begin_another_table_after_a_blank_line() {
    let above = "Titre;Organisme;Durée;Prix\na;b;1 jour;2\n";
    let stops = |line: u64, names: &str| {
        let told =
            "une autre table commence à cette ligne, avec d’autres colonnes ; ses lignes ne sont pas lues";
        let remedy = "séparez les deux tableaux, un par fichier ou par feuille, ou donnez-leur les mêmes noms de colonnes";
        format!("! f.csv, ligne {line} : {told} (valeur : « {names} ») ; {remedy}.")
    };
    for blank in ["\n", ";;;\n"] {
        let text = format!("{above}{blank}Agent;Service;Grade;Budget\nDupont;DSI;A;500\n");
        let stop = stops(4, "Agent | Service | Grade | Budget");
        check(&text, &["[] Titre|Organisme|Durée|Prix", "2: a|b|1 jour|2", &stop]);
    }
    // Without a blank line, with a figure, or with words that stand for an amount, it is a row.
    for (text, row) in [
        ("Agent;Service;Grade;Budget\n", "3: Agent|Service|Grade|Budget"),
        ("\nLire;INSEE;une journée;sur devis\n", "4: Lire|INSEE|une journée|sur devis"),
        ("\nLire;INSEE;;gratuit\n", "4: Lire|INSEE||gratuit"),
        ("\nLire;INSEE;Grade;500\n", "4: Lire|INSEE|Grade|500"),
        ("\nLire;INSEE;;\n", "4: Lire|INSEE||"),
    ] {
        check(&format!("{above}{text}"), &["[] Titre|Organisme|Durée|Prix", "2: a|b|1 jour|2", row]);
    }
    let text = "Titre;Organisme;Prix\n\"a\n\nb\";c;2\nLire;INSEE;Budget\n";
    check(text, &["[] Titre|Organisme|Prix", "2: a\n\nb|c|2", "5: Lire|INSEE|Budget"]);
}

#[test]
fn a_row_that_numbers_the_columns_is_left_aside() {
    for numbers in ["1;2;3", "(A);(B);(C)", "(1);(2);(3)"] {
        let text = format!("Titre;Organisme;Prix\n{numbers}\nLire;École;7\n");
        let shapes = check(&text, &["[] Titre|Organisme|Prix", "3: Lire|École|7"]);
        assert!(shapes[0].reading.iter().any(|note| note.contains("numérote")), "{shapes:?}");
    }
    check("Titre;Prix\n1;2\n", &["[] Titre|Prix", "2: 1|2"]);
}

#[test]
fn a_table_without_header_keeps_its_first_line() {
    // Addresses, days, amounts, or a text that comes again.
    for lines in [
        ["Lire;https://exemple.fr/a", "Écrire;https://exemple.fr/b"],
        ["Lire;12/03/2026", "Écrire;13/03/2026"],
        ["Lire;2026-03-12", "Écrire;2026-03-13"],
        ["Lire;1 200 €", "Écrire;gratuit"],
        ["Lire;14 h", "Écrire;7 h"],
        ["Lire;École", "Écrire;École"],
        ["Lire;contact@exemple.fr", "Écrire;b@exemple.fr"],
    ] {
        let text = format!("{}\n{}\n", lines[0], lines[1]);
        let rows =
            [format!("1: {}", lines[0].replace(';', "|")), format!("2: {}", lines[1].replace(';', "|"))];
        let shapes = check(&text, &["[] colonne 1|colonne 2", &rows[0], &rows[1]]);
        assert!(shapes[0].is_numbered && shapes[0].header_line == 0, "{shapes:?}");
        let told = shapes[0].reading.iter().map(|note| plain(note)).collect::<Vec<_>>().join("\n");
        assert!(told.contains("colonnes numérotées") && told.contains("header_line"), "{told}");
    }
}

#[test]
fn a_word_that_is_known_does_not_make_a_header_of_data() {
    check(
        "Prix;1 200 €;https://exemple.fr/a\nLire;900 €;https://exemple.fr/b\n",
        &[
            "[] colonne 1|colonne 2|colonne 3",
            "1: Prix|1 200 €|https://exemple.fr/a",
            "2: Lire|900 €|https://exemple.fr/b",
        ],
    );
}

#[test]
fn names_that_look_like_numbers_are_still_names() {
    check("Nom;2023;2024\nLire;12;15\nÉcrire;3;4\n", &["[] Nom|2023|2024", "2: Lire|12|15", "3: Écrire|3|4"]);
    check("Nom;1;2\nLire;x;\nÉcrire;;x\n", &["[] Nom|1|2", "2: Lire|x|", "3: Écrire||x"]);
    // A column whose cells repeat its name, beside one that is known.
    check("Titre;Visio\nLire;Visio\nÉcrire;\n", &["[] Titre|Visio", "2: Lire|Visio", "3: Écrire|"]);
    // A header written again in the middle, as when two tables are pasted.
    check(
        "Nom;Lieu\nLire;Lyon\nNom;Lieu\nÉcrire;Brest\n",
        &["[] Nom|Lieu", "2: Lire|Lyon", "3: Nom|Lieu", "4: Écrire|Brest"],
    );
}

#[test]
fn a_guess_is_told_with_its_remedy_and_a_person_decides() {
    let text = "Lire;Lyon\nÉcrire;Brest\n";
    let shapes = check(text, &["[] Lire|Lyon", "2: Écrire|Brest"]);
    let told = plain(&shapes[0].reading.join("\n"));
    assert!(told.contains("en-tête supposé") && told.contains("header = false"), "{told}");
    let none = Options { header: Some(false), ..Options::default() };
    check_file(
        "f.csv",
        text.as_bytes(),
        &none,
        &["[] colonne 1|colonne 2", "1: Lire|Lyon", "2: Écrire|Brest"],
    );
    let some = Options { header: Some(true), ..Options::default() };
    check_file("f.csv", b"a;12/03/2026\nb;13/03/2026\n", &some, &["[] a|12/03/2026", "2: b|13/03/2026"]);
    let title = "Liste 2026;;\nLire;12/03/2026;x\nÉcrire;13/03/2026;y\n";
    check(title, &["[] colonne 1|colonne 2|colonne 3", "2: Lire|12/03/2026|x", "3: Écrire|13/03/2026|y"]);
}

/// A workbook of texts with merged cells: first and last line, first and last column, text.
fn merged(merges: &[(u32, u32, u16, u16, &str)], texts: &[(u32, &[&str])]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (line, cells) in texts {
        for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write(*line, column, *text).expect("a cell");
        }
    }
    for (top, bottom, left, right, text) in merges {
        sheet.merge_range(*top, *left, *bottom, *right, text, &Format::new()).expect("a range");
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_merged_name_does_not_swallow_the_first_row() {
    let bytes = merged(
        &[(0, 0, 2, 3, "Lieux")],
        &[
            (0, &["Titre", "Organisme"]),
            (1, &["Lire", "École", "Lyon", "Brest"]),
            (2, &["Écrire", "Institut", "Nice", ""]),
        ],
    );
    check_file(
        "f.xlsx",
        &bytes,
        &Options::default(),
        &["[Sheet1] Titre|Organisme|Lieux|Lieux (2)", "2: Lire|École|Lyon|Brest", "3: Écrire|Institut|Nice|"],
    );
}

#[test]
fn a_text_merged_over_the_table_is_no_row() {
    let bytes = merged(
        &[(2, 2, 0, 2, "Bureautique"), (3, 3, 1, 2, "École")],
        &[
            (0, &["Titre", "Organisme", "Prix"]),
            (1, &["Lire", "École", "1"]),
            (3, &["Écrire"]),
            (4, &["Compter", "", ""]),
        ],
    );
    let told = "! f.xlsx, feuille « Sheet1 », ligne 3 : la ligne est un titre fusionné sur la table, pas une formation \
                (valeur : « Bureautique ») ; retirez-la, ou dites-le dans une colonne.";
    check_file(
        "f.xlsx",
        &bytes,
        &Options::default(),
        &["[Sheet1] Titre|Organisme|Prix", "2: Lire|École|1", told, "4: Écrire|École|", "5: Compter||"],
    );
}

#[test]
fn a_unit_under_a_name_completes_it() {
    let bytes = merged(
        &[(0, 1, 0, 0, "Titre"), (0, 1, 1, 1, "Organisme"), (0, 0, 2, 3, "Public visé")],
        &[
            (0, &["", "", "", "", "Durée"]),
            (1, &["", "", "Cadres", "Autres", "(jours)"]),
            (2, &["Lire", "École", "x", "", "2"]),
            (3, &["Écrire", "Institut", "", "x", "1"]),
        ],
    );
    check_file(
        "f.xlsx",
        &bytes,
        &Options::default(),
        &[
            "[Sheet1] Titre|Organisme|Public visé / Cadres|Public visé / Autres|Durée / (jours)",
            "3: Lire|École|x||2",
            "4: Écrire|Institut||x|1",
        ],
    );
}

#[test]
fn a_merged_title_is_no_group() {
    for right in [3, 4] {
        let bytes = merged(
            &[(0, 0, 0, right, "Catalogue 2026")],
            &[(1, &["Titre", "Niveau", "Salle", "Prix", "Note"]), (2, &["Lire", "a", "b", "9", "c"])],
        );
        check_file(
            "f.xlsx",
            &bytes,
            &Options::default(),
            &["[Sheet1] Titre|Niveau|Salle|Prix|Note", "3: Lire|a|b|9|c"],
        );
    }
    check(
        ";Catalogue 2026;;;\nTitre;Durée;Salle;Note;Prix\nLire;1;b;c;9\n",
        &["[] Titre|Durée|Salle|Note|Prix", "3: Lire|1|b|c|9"],
    );
}

#[test]
fn cells_merged_over_lines_hold_for_each_of_them() {
    let bytes = merged(
        &[(1, 3, 1, 1, "École")],
        &[
            (0, &["Titre", "Organisme", "Prix"]),
            (1, &["Lire"]),
            (2, &["Écrire"]),
            (3, &["Compter"]),
            (4, &["Dessiner"]),
        ],
    );
    check_file(
        "f.xlsx",
        &bytes,
        &Options::default(),
        &[
            "[Sheet1] Titre|Organisme|Prix",
            "2: Lire|École|",
            "3: Écrire|École|",
            "4: Compter|École|",
            "5: Dessiner||",
        ],
    );
}

#[test]
fn a_remark_beside_a_sheet_does_not_cost_its_row() {
    let bytes = merged(
        &[],
        &[(0, &["Titre", "Prix"]), (1, &["Lire", "9", "", "à revoir"]), (2, &["Écrire", "8", "vu"])],
    );
    let told = "! f.xlsx, feuille « Sheet1 », ligne 2, colonne « 4 » : des cellules sont à droite de la dernière colonne nommée, elles ne sont pas lues (valeur : « à revoir ») ; nommez leur colonne, ou effacez-les.";
    check_file(
        "f.xlsx",
        &bytes,
        &Options::default(),
        &["[Sheet1] Titre|Prix", told, "2: Lire|9", "3: Écrire|8"],
    );
}

#[test]
fn units_under_names_complete_them() {
    let text = "Intitulé;Organisme;Durée;Prix\n;;(en jours);(en $)\nLire;École;2;120\n";
    let names = "[] Intitulé|Organisme|Durée (en jours)|Prix (en $)";
    check_file("f.csv", text.as_bytes(), &Options::default(), &[names, "3: Lire|École|2|120"]);
    for (units, names) in [
        (";;jours;€ HT", "Durée (jours)|Prix (€ HT)"),
        ("texte;texte;h;(€)", "Durée (h)|Prix (€)"),
        (";;en heures;euros", "Durée (en heures)|Prix (euros)"),
    ] {
        let text = format!("Intitulé;Organisme;Durée;Prix\n{units}\nLire;École;2;120\n");
        check_file(
            "f.csv",
            text.as_bytes(),
            &Options::default(),
            &[&format!("[] Intitulé|Organisme|{names}"), "3: Lire|École|2|120"],
        );
    }
    for sorts in [
        "(obligatoire);(obligatoire);(facultatif);(facultatif)",
        "Texte;Texte;Nombre;Texte",
        ";;Nombre;Texte",
    ] {
        let text = format!("Intitulé;Organisme;Prix;Durée\n{sorts}\nLire;École;100;14 h\n");
        check_file(
            "f.csv",
            text.as_bytes(),
            &Options::default(),
            &["[] Intitulé|Organisme|Prix|Durée", "3: Lire|École|100|14 h"],
        );
    }
    let text = "Intitulé;Organisme;Durée;Prix\n;;jours;€ HT\nLire;École;2;120\n";
    let asked = Options { header_line: Some(2), ..Options::default() };
    check_file(
        "f.csv",
        text.as_bytes(),
        &asked,
        &["[] Intitulé|Organisme|Durée (jours)|Prix (€ HT)", "3: Lire|École|2|120"],
    );
    // A row of data is no line of units.
    let text = "Intitulé;Organisme;Durée\nLire;;(à venir)\nCompter;;2 jours\n";
    check_file(
        "f.csv",
        text.as_bytes(),
        &Options::default(),
        &["[] Intitulé|Organisme|Durée", "2: Lire||(à venir)", "3: Compter||2 jours"],
    );
}

#[test]
fn errors_of_calculation_are_told_in_texts_too() {
    for error in
        ["#VALEUR !", "#REF !", "#ERROR!", "#ERREUR!", "#GETTING_DATA", "########", "Erreur :502", "#DIV/0 !"]
    {
        let told = format!(
            "! f.csv, ligne 2, colonne « Prix » : la cellule contient une erreur de calcul, elle n’est pas lue (valeur : « {error} ») ; corrigez la formule, ou écrivez la valeur."
        );
        let text = format!("Intitulé;Organisme;Prix\nLire;École;{error}\n");
        check_file(
            "f.csv",
            text.as_bytes(),
            &Options::default(),
            &["[] Intitulé|Organisme|Prix", &told, &format!("2: Lire|École|{error}")],
        );
    }
    for words in ["#1 des formations !", "#MeToo", "Erreurs fréquentes !", "##", "#RGPD !", "#2024 !"] {
        let text = format!("Intitulé;Organisme;Prix\n{words};École;1\n");
        check_file(
            "f.csv",
            text.as_bytes(),
            &Options::default(),
            &["[] Intitulé|Organisme|Prix", &format!("2: {words}|École|1")],
        );
    }
    let text = "Intitulé;Organisme;Prix\nLire;École;#REF!\n#NOM?;École;Err:502\n";
    let told = |line: u64, column: &str, value: &str| {
        format!(
            "! f.csv, ligne {line}, colonne « {column} » : la cellule contient une erreur de calcul, elle n’est pas lue (valeur : « {value} ») ; corrigez la formule, ou écrivez la valeur."
        )
    };
    let (one, two, three) =
        (told(2, "Prix", "#REF!"), told(3, "Intitulé", "#NOM?"), told(3, "Prix", "Err:502"));
    check_file(
        "f.csv",
        text.as_bytes(),
        &Options::default(),
        &["[] Intitulé|Organisme|Prix", &one, "2: Lire|École|#REF!", &two, &three, "3: |École|Err:502"],
    );
}

#[test]
fn a_value_that_is_a_name_elsewhere_names_no_column() {
    let shapes = check(
        "Lire un texte;3 ans;Licence;Organisme\nCompter;2 ans;Master;Organisme\nÉcrire;6 mois;Autre;École\n",
        &[
            "[] colonne 1|colonne 2|colonne 3|colonne 4",
            "1: Lire un texte|3 ans|Licence|Organisme",
            "2: Compter|2 ans|Master|Organisme",
            "3: Écrire|6 mois|Autre|École",
        ],
    );
    assert!(shapes[0].is_numbered);
}
