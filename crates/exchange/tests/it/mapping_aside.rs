//! Rows that are no trainings: totals, titles of parts, remarks. Absent: headers met again (see `table_header`).

use catalogue::Referential;
use exchange::mapping::{Mapping, RowReader};

use crate::mapping::{rows, shape};

/// Whether a row is taken as a training, under a row of INSEE; its table has a default organisation.
#[track_caller]
fn check_aside(cells: [&str; 4], is_taken: bool) {
    let first = ["Lire un tableau", "INSEE", "2", "Savoir lire"];
    let columns = ["Intitulé", "Organisme", "Durée (jours)", "Résumé"];
    let (shape, rows) = (shape(&columns), rows(&[&first, &cells]));
    let mut mapping = Mapping::recognise(&shape, &rows[..1], &Referential::builtin());
    mapping.defaults.provider = Some("Ministère".to_owned());
    let reader = RowReader::new("f.csv", &mapping, &shape, &Referential::builtin()).expect("its columns");
    assert!(reader.row(&rows[0]).is_ok());
    let read = reader.row(&rows[1]);
    assert_eq!(read.is_ok(), is_taken, "{cells:?} {read:?}");
    let told = read.err().unwrap_or_default();
    assert!(told.iter().all(|issue| issue.message.contains("pas une formation")), "{told:?}");
}

#[test]
fn a_row_that_says_that_it_is_past_is_left() {
    let names = ["Intitulé", "Organisme", "Statut"];
    let shape = shape(&names);
    let mapping = Mapping::recognise(&shape, &[], &Referential::builtin());
    let reader = RowReader::new("f.csv", &mapping, &shape, &Referential::builtin()).expect("its columns");
    for (state, is_left) in
        [("Annulée", true), ("supprimé", true), ("Ouverte", false), ("", false), ("Non annulée", false)]
    {
        let row = rows(&[&["Lire", "École", state]]).remove(0);
        let read = reader.row(&row);
        assert_eq!(read.is_err(), is_left, "{state}");
        if let Err(issues) = read {
            assert!(issues[0].message.contains("n’a plus cours"), "{issues:?}");
            assert_eq!(issues[0].column.as_deref(), Some("Statut"));
        }
    }
}

#[test]
fn rows_that_show_how_to_fill_a_table_are_no_trainings() {
    for title in ["Exemple", "Exemple : Excel", "Ex. : Conduite de projet", "(saisir l’intitulé)"] {
        check_aside([title, "INSEE", "12", "Un résumé"], false);
    }
    check_aside(["Texte", "Liste", "3", ""], false);
    for title in ["Exemples de data", "Exemplarité : managers", "Excel (intitulé court)", "Texte et image"]
    {
        check_aside([title, "INSEE", "12", ""], true);
    }
}

#[test]
fn parts_of_totals_are_no_trainings() {
    check_aside(["dont data", "INSEE", "12", ""], false);
    check_aside(["Famille d’accueil : droits", "INSEE", "", ""], true);
    check_aside(["Section d’investissement", "INSEE", "", ""], true);
    check_aside(["M@gistère", "INSEE", "1", ""], true);
    check_aside(["Toutes formations", "Tous", "12", ""], false);
    check_aside(["Toutes formations confondues, lire un tableau", "INSEE", "1", ""], true);
}

#[test]
fn totals_are_no_trainings() {
    for title in [
        "Total",
        "Total général",
        "Total INSEE",
        "TOTAL INSEE",
        "Total IGPDE",
        "Sous-total CNFPT",
        "Ss-total Direction des achats",
        "S/Total",
        "Cumul",
        "Cumul INSEE",
        "Moyenne",
        "Moyenne générale",
        "Ensemble",
        "Total domaine 2",
        "Total 2024",
    ] {
        check_aside([title, "INSEE", "12", ""], false);
    }
    check_aside(["Total CNFPT", "CNFPT", "", ""], false);
    for title in [
        "Total Quality Management",
        "TOTAL QUALITY",
        "Totalement data",
        "Cumul emploi-retraite",
        "Moyenne et variance",
        "Ensemble, piloter la donnée",
    ] {
        check_aside([title, "INSEE", "12", ""], true);
    }
    check_aside(["Ensemble", "INSEE", "1", "Travailler à plusieurs"], true);
    check_aside(["Total INSEE", "INSEE", "1", "Un jeu sur les totaux"], true);
}

#[test]
fn titles_of_sections_and_remarks_are_no_trainings() {
    for title in [
        "DOMAINE 1 : DONNÉES",
        "Domaine 2",
        "Axe IV – Piloter",
        "BUREAUTIQUE",
        "* Tarifs au 1er janvier 2024",
        "Source : DSI",
        "Ensemble",
    ] {
        check_aside([title, "", "", ""], false);
    }
    for title in ["Lire un graphique", "Domaine public et licences", "SAS", "Source ouverte", "R"] {
        check_aside([title, "", "", ""], true);
    }
    check_aside(["DOMAINE 1 : DONNÉES", "INSEE", "2", ""], true);
}

/// Which rows of a table are taken, by their titles.
#[track_caller]
fn check_kept(lines: &[[&str; 5]], expect: &[&str]) {
    let lines: Vec<&[&str]> = lines.iter().map(|line| line.as_slice()).collect();
    let (shape, rows) =
        (shape(&["Thématique", "Intitulé", "Organisme", "Durée (jours)", "Prix TTC"]), rows(&lines));
    let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
    let reader = RowReader::new("f.csv", &mapping, &shape, &Referential::builtin()).expect("its columns");
    let kept: Vec<String> = rows.iter().filter_map(|row| Some(reader.row(row).ok()?.raw.title)).collect();
    assert_eq!(kept, expect);
}

const EXCEL: [&str; 5] = ["Bureautique", "Excel", "INSEE", "2", "500"];
const WORD: [&str; 5] = ["Bureautique", "Word", "INSEE", "1", "300"];

#[test]
fn totals_are_known_by_what_they_add_up() {
    for title in [
        "Total de la semaine",
        "Sous-total de mars",
        "Coût total",
        "Budget total du plan",
        "Ensemble des stages",
    ] {
        check_kept(&[EXCEL, WORD, ["", title, "INSEE", "3", "800"]], &["Excel", "Word"]);
        check_kept(&[EXCEL, WORD, ["Data", title, "INSEE", "3", "800"]], &["Excel", "Word"]);
    }
    for title in ["Moyenne par stage", "Coût moyen du plan"] {
        check_kept(&[EXCEL, WORD, ["", title, "INSEE", "", "400"]], &["Excel", "Word"]);
    }
    check_kept(&[EXCEL, WORD, ["", "Total Bureautique", "INSEE", "3", ""]], &["Excel", "Word"]);
    check_kept(&[EXCEL, WORD, ["", "Total de la bureautique", "INSEE", "9", "9"]], &["Excel", "Word"]);
    // The sum since the last total, and that of all.
    let total = ["", "Total du plan", "INSEE", "3", "800"];
    let last = ["", "Total du second plan", "INSEE", "3", "800"];
    let all = ["", "Total des deux plans", "INSEE", "6", "1600"];
    check_kept(&[EXCEL, WORD, total, EXCEL, WORD, last, all], &["Excel", "Word", "Excel", "Word"]);
}

#[test]
fn a_title_that_speaks_of_totals_is_a_training() {
    let course = "Sous-total et tableaux croisés sous Excel";
    check_kept(&[EXCEL, WORD, ["Bureautique", course, "INSEE", "2", "500"]], &["Excel", "Word", course]);
    check_kept(&[EXCEL, WORD, ["", course, "INSEE", "", "500"]], &["Excel", "Word", course]);
    for course in [
        "Total Quality Management",
        "Coût total de possession",
        "Ensemble d’outils libres",
        "Moyenne et variance",
    ] {
        check_kept(&[EXCEL, WORD, ["Data", course, "INSEE", "2", "500"]], &["Excel", "Word", course]);
        // As dear as the only one above it is no sum.
        check_kept(&[EXCEL, ["Data", course, "INSEE", "2", "500"]], &["Excel", course]);
    }
}

#[test]
fn a_title_of_a_part_beside_the_organisation_above_is_no_training() {
    for title in ["DOMAINE 1 : DONNÉES", "AXE 2 – Piloter"] {
        check_kept(&[EXCEL, ["", title, "idem", "", ""], WORD], &["Excel", "Word"]);
        check_kept(&[EXCEL, ["", title, "INSEE", "", ""], WORD], &["Excel", "Word"]);
        check_kept(&[EXCEL, ["", title, "IGPDE", "", ""], WORD], &["Excel", title, "Word"]);
    }
    check_kept(&[EXCEL, ["", "PYTHON", "INSEE", "", ""]], &["Excel", "PYTHON"]);
}
