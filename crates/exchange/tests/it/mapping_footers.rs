//! Rows of tables of one organisation that are no trainings: titles of parts, remarks and sums under the table; totals whose
//! label is in the column of the organisation. Absent: totals among trainings of several organisations (see `mapping_aside`).

use std::fs;

use catalogue::Referential;
use exchange::mapping::{Mapping, RowReader, is_known};
use exchange::table::{Options, sample};

/// The titles taken of a text, and the values of what is refused, each with one reason.
#[track_caller]
fn check_kept(text: &str, provider: Option<&str>, kept: &[&str], refused: &[&str]) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("f.csv");
    fs::write(&path, text).expect("a file");
    let referential = Referential::builtin();
    let (shape, rows) = sample(&path, &Options::default(), &is_known, 100).expect("a table").remove(0);
    let mut mapping = Mapping::recognise(&shape, &rows, &referential);
    mapping.defaults.provider = provider.map(str::to_owned);
    let reader = RowReader::new("f.csv", &mapping, &shape, &referential).expect("its columns");
    let (mut titles, mut values) = (Vec::new(), Vec::new());
    for row in &rows {
        match reader.row(row) {
            Ok(read) => titles.push(read.raw.title),
            Err(issues) => {
                assert_eq!(issues.len(), 1, "{issues:?}");
                assert!(issues[0].message.contains("pas une formation"), "{issues:?}");
                values.extend(issues[0].value.clone());
            }
        }
    }
    assert_eq!((titles, values), (owned(kept), owned(refused)), "{text}");
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn totals_in_the_column_of_the_organisation_are_no_trainings() {
    let head = "Organisme;Intitulé;Durée (h);Prix TTC\n";
    let rows = "IGPDE;Piloter;6;0\nIGPDE;Data;12;300\nTotal IGPDE;2 formations;18;300\nENA;Finances;7;100\nTotal général;3 formations;25;400\n";
    let titles = ["Piloter", "Data", "Finances"];
    check_kept(&format!("{head}{rows}"), None, &titles, &["2 formations", "3 formations"]);
    let rows =
        "IGPDE;Piloter;6;50\nIGPDE;Data;12;300\nSous-total;;18;350\nTotal IGPDE;;18;350\nTotal;;18;350\n";
    check_kept(&format!("{head}{rows}"), None, &["Piloter", "Data"], &["Sous-total", "Total IGPDE", "Total"]);
    let rows = "Total;Piloter;6;50\nTotal Énergies;Data;12;300\nIGPDE;3 formations à suivre;7;20\n";
    check_kept(&format!("{head}{rows}"), None, &["Piloter", "Data", "3 formations à suivre"], &[]);
}

#[test]
fn what_is_owed_is_no_training_whoever_the_row_names() {
    let head = "Intitulé;Organisme;Durée;Prix HT\n";
    let rows = "Un;CNIL;7 h;100\nTVA (20 %);CNIL;;20\nNet à payer TTC;CNIL;;120\nSomme;CNIL;;120\nEnveloppe 2026;SRH;;50000\nMontant engagé;SRH;;12000\nEffectif formé;SRH;;45\nLocation de salle;SRH;7 h;600\nFrais de mission;SRH;7 h;320\nFrais de mission;SRH;;320\nSource : comprendre les données ouvertes;CNIL;;\nSource : SIRH;SRH;;\nHébergement web et cloud;CNIL;7 h;90\nCoût global TTC;CNIL;;120\nTVA : règles et déclarations;CNIL;7 h;90\nNet à payer et bulletin de paie;CNIL;7 h;80\n";
    let kept = [
        "Un",
        "Frais de mission",
        "Source : comprendre les données ouvertes",
        "Hébergement web et cloud",
        "TVA : règles et déclarations",
        "Net à payer et bulletin de paie",
    ];
    check_kept(
        &format!("{head}{rows}"),
        None,
        &kept,
        &[
            "TVA (20 %)",
            "Net à payer TTC",
            "Somme",
            "Enveloppe 2026",
            "Montant engagé",
            "Effectif formé",
            "Location de salle",
            "Frais de mission",
            "Source : SIRH",
            "Coût global TTC",
        ],
    );
}

#[test]
fn the_first_title_of_a_part_is_no_training_either() {
    let head = "Intitulé;Durée (h);Public\n";
    for [one, two] in [
        ["MANAGEMENT", "DONNÉES"],
        ["I. MANAGEMENT", "II. DONNÉES"],
        ["A. PILOTAGE", "B. IA"],
        ["1 - PILOTAGE", "2 - IA"],
    ] {
        let text = format!("{head}{one};;\nUn;7;Cadres\n{two};;\nDeux;14;Cadres\n");
        check_kept(&text, Some("IGPDE"), &["Un", "Deux"], &[one, two]);
    }
    let alone = format!("{head}PYTHON;;\nEXCEL;;\nSQL;;\n");
    check_kept(&alone, Some("IGPDE"), &["PYTHON", "EXCEL", "SQL"], &[]);
    let capitals = format!("{head}PYTHON;;\nEXCEL;7;Cadres\nWORD;7;Cadres\n");
    check_kept(&capitals, Some("IGPDE"), &["PYTHON", "EXCEL", "WORD"], &[]);
    let full = format!("{head}PYTHON;7;\nLire;7;Cadres\nB. IA;7;\n");
    check_kept(&full, Some("IGPDE"), &["PYTHON", "Lire", "B. IA"], &[]);
}

#[test]
fn what_is_said_under_a_table_is_no_training() {
    for head in ["Intitulé;Durée (h);Prix\n", "Intitulé;Durée (h)\n"] {
        for remark in [
            "Fait à Paris, le 3 mars 2026",
            "* Sous réserve de modification",
            "Sous réserve de modification",
            "Contact : bureau RH3, poste 4512",
            "Source : DGAFP",
            "Nombre de formations : 2",
            "Document arrêté au 3 mars 2026",
            "Mis à jour le 3 mars 2026",
            "1 jour = 6 h",
            "Prix HT par groupe de 12",
        ] {
            check_kept(
                &format!("{head}Un;7\nDeux;14\n\n{remark}\n"),
                Some("IGPDE"),
                &["Un", "Deux"],
                &[remark],
            );
        }
        for title in [
            "Contact : accueillir le public",
            "Source ouverte",
            "Nombre et statistique",
            "Fait divers et data",
            "Document numérique : archiver",
            "Mise à jour Excel 2019",
            "Tarifs et marchés publics",
        ] {
            check_kept(
                &format!("{head}Un;7\nDeux;14\n{title}\n"),
                Some("IGPDE"),
                &["Un", "Deux", title],
                &[],
            );
        }
    }
}

#[test]
fn what_is_paid_for_a_plan_is_no_training() {
    let head = "Intitulé;Durée (h);Prix TTC\n";
    for title in [
        "TVA 20 %",
        "Net à payer",
        "Reste à engager",
        "Budget 2026",
        "S/T",
        "Ensemble du plan",
        "Ensemble des formations",
    ] {
        let text = format!("{head}Un;7;300\nDeux;14;100\n{title};;60\n");
        check_kept(&text, Some("IGPDE"), &["Un", "Deux"], &[title]);
    }
    for title in
        ["TVA intracommunautaire", "Budget de l’État", "Reste à faire", "Ensemble du service public", "Net"]
    {
        let text = format!("{head}Un;7;300\nDeux;14;100\n{title};;60\n");
        check_kept(&text, Some("IGPDE"), &["Un", "Deux", title], &[]);
    }
    // An organisation gives it.
    let text = "Organisme;Intitulé;Prix TTC\nIGPDE;Un;300\nIGPDE;Budget 2026;60\n";
    check_kept(text, None, &["Un", "Budget 2026"], &[]);
}
