//! The directory of certifications through the command line: loaded, described, replaced, cited by an import.
//! Absent: the files of France compétences in all their forms (see the crate `exchange`).

use super::Home;

const STANDARD: &str = "\
\"Id_Fiche\";\"Numero_Fiche\";\"Intitule\";\"Abrege_Intitule\";\"Nomenclature_Europe_Niveau\";\"Date_Fin_Enregistrement\";\"Actif\"
\"1\";\"RNCP38106\";\"Délégué à la protection des données\";\"Titre à finalité professionnelle\";\"NIV7\";\"31/08/2028\";\"ACTIVE\"
\"2\";\"RNCP30000\";\"Chargé d''affaires\";\"\";\"NIV6\";\"31/08/2023\";\"INACTIVE\"
\"3\";\"RNCP30001\";\"Chargé de relations\";\"\";\"NIV6\";\"31/08/2025\";\"INACTIVE\"
";
const SUCCESSION: &str = "\
\"Numero_Fiche\";\"Ancienne_Certification\";\"Nouvelle_Certification\"
\"RNCP30000\";\"\";\"RNCP30001\"
\"RNCP38106\";\"RNCP30001\";\"\"
";
const OFFER: &str = "\
Intitulé;Organisme;Code RNCP
Devenir DPO;École d’essai;38106
Mener une affaire;École d’essai;RNCP30000
Sans pareille;École d’essai;RNCP99999
Sans code;École d’essai;-1
";

fn home() -> Home {
    let home = Home::seeded();
    home.write("export_fiches_CSV_Standard_2026_11_24.csv", STANDARD);
    home.write("suite.csv", SUCCESSION);
    home.write("offre.csv", OFFER);
    home
}

const LOAD: &str = "references load export_fiches_CSV_Standard_2026_11_24.csv suite.csv";

#[test]
fn a_directory_is_looked_at_then_loaded_then_described() {
    let home = home();
    assert!(home.check("references", 0).out.contains("Aucun répertoire n’est chargé"));
    let looked = home.check(&format!("{LOAD} --dry-run"), 0);
    assert!(
        looked.out.contains("répertoire du 24 novembre 2026 : 3 certifications, dont 1 active"),
        "{looked:?}"
    );
    assert!(looked.out.contains("rien n’a été chargé"), "{looked:?}");
    assert!(home.check("references", 0).out.contains("Aucun répertoire"));
    let loaded = home.check(&format!("{LOAD} --json"), 0).json();
    assert_eq!((&loaded["directory"]["total"], &loaded["replaces"]), (&3.into(), &serde_json::Value::Null));
    let again = home.check(LOAD, 0);
    assert!(again.out.contains("à la place de celui du 24 novembre 2026"), "{again:?}");
    let described = home.check("references --json", 0).json();
    assert_eq!(described["directory"]["as_of"], "2026-11-24", "{described:#}");
    assert!(home.check("revisions --json", 0).json().as_array().is_some_and(|list| list.len() == 1));
}

#[test]
fn an_import_warns_of_what_is_inactive_or_unknown_and_refuses_nothing() {
    let home = home();
    let before = home.check("import offre.csv --dry-run --json", 0).json();
    assert_eq!(before["report"]["warnings_total"], 0, "{before:#}");
    home.check(LOAD, 0);
    let report = &home.check("import offre.csv --yes --json", 0).json()["report"];
    assert_eq!((&report["added"], &report["refused"]), (&4.into(), &0.into()), "{report:#}");
    let warnings = report["warnings"].as_array().expect("warnings");
    let told: Vec<(u64, &str)> = warnings
        .iter()
        .map(|warning| (warning["line"].as_u64().unwrap_or(0), warning["value"].as_str().unwrap_or("")))
        .collect();
    assert_eq!(told, [(3, "RNCP30000"), (4, "RNCP99999")], "{report:#}");
    let remedy = warnings[0]["remedy"].as_str().unwrap_or_default();
    assert!(
        remedy.contains("RNCP38106") && !remedy.contains("RNCP30001"),
        "the one that is active: {remedy}"
    );
    let checked = home.check("check", 0);
    assert!(checked.out.contains("1 formation cite une certification qui n’est plus active"), "{checked:?}");
    let described = home.check("references", 0);
    assert!(
        described.out.contains("RNCP30000 — n’est plus active, remplacée par RNCP38106"),
        "{described:?}"
    );
    // A copy holds the directory too.
    home.check("backup --out copie.sqlite", 0);
    std::fs::create_dir(home.path("autre")).expect("a directory");
    std::fs::rename(home.path("copie.sqlite"), home.path("autre/parcours.sqlite")).expect("moved");
    let copied = home.check("references --json --data-dir autre", 0).json();
    assert_eq!(copied["directory"]["total"], 3);
}

#[test]
fn what_is_no_directory_changes_nothing() {
    let home = home();
    home.check(LOAD, 0);
    home.write("vide.csv", "Numero_Fiche;Intitule;Actif\n");
    let refused = home.check("references load offre.csv", 1);
    assert!(refused.err.contains("Remède"), "{refused:?}");
    home.check("references load vide.csv --date 2026-11-25", 1);
    home.check("references load absent.zip", 1);
    assert!(home.check("references load suite.csv --date demain", 2).err.contains("--date"));
    assert_eq!(home.check("references --json", 0).json()["directory"]["total"], 3);
}
