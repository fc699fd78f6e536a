//! The files of France compétences, in the shape that they have: a zip of tables, or the tables.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use catalogue::Seen;
use exchange::certifications::{Loaded, read};
use proptest::prelude::*;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const STANDARD: &str = "\"Id_Fiche\";\"Numero_Fiche\";\"Intitule\";\"Abrege_Libelle\";\"Abrege_Intitule\";\
\"Nomenclature_Europe_Niveau\";\"Nomenclature_Europe_Intitule\";\"Accessible_Nouvelle_Caledonie\";\
\"Date_Fin_Enregistrement\";\"Type_Enregistrement\";\"Actif\"
\"1\";\"RNCP38106\";\"Délégué à la protection des données\";\"TITRE\";\"Titre à finalité professionnelle\";\"NIV7\";\
\"Niveau 7\";\"Oui\";\"31/08/2028\";\"Enregistrement sur demande\";\"ACTIVE\"
\"2\";\"RNCP30000\";\"Chargé d''affaires\";\"\";\"\";\"NIV6\";\"Niveau 6\";\"Non\";\"31/08/2023\";\"\";\"INACTIVE\"
\"3\";\"RS5616\";\"Certifier des compétences\";\"\";\"\";\"\";\"\";\"\";\"8/31/16\";\"\";\"ACTIVE\"
";
const SUCCESSION: &str = "\"Numero_Fiche\";\"Ancienne_Certification\";\"Nouvelle_Certification\"
\"RNCP30000\";\"\";\"RNCP38106\"
";
const PARTNERS: &str = "\"Numero_Fiche\";\"Nom_Partenaire\";\"Siret_Partenaire\"
\"RNCP38106\";\"Organisme\";\"\t11004301500012\"
";

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

/// Reads files of these names and bytes.
fn load(files: &[(&str, &[u8])], as_of: Option<&str>) -> Result<Loaded, String> {
    let home = TempDir::new().expect("a directory");
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| home.path().join(name)).collect();
    for (path, (_, bytes)) in paths.iter().zip(files) {
        std::fs::write(path, bytes).expect("written");
    }
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    let as_of = as_of.map(|day| Seen::parse(day).expect("a date"));
    read(&paths, as_of).map_err(|issue| issue.to_string().replace(['\u{202f}', '\u{a0}'], " "))
}

/// Entries are told as `code|title|type|level|active|end|successors`.
#[track_caller]
fn check(files: &[(&str, &[u8])], as_of: &str, expect: &[&str]) -> Loaded {
    let loaded = load(files, None).unwrap_or_else(|issue| panic!("{issue}"));
    assert_eq!(loaded.directory.as_of().to_string(), as_of);
    let told: Vec<String> = loaded
        .directory
        .iter()
        .map(|(code, entry)| {
            let plain = |text: &Option<String>| text.clone().unwrap_or_default();
            let successors: Vec<String> = entry.successors.iter().map(ToString::to_string).collect();
            let level = entry.level.map_or_else(String::new, |level| level.to_string());
            let active = entry.active.map_or_else(String::new, |active| active.to_string());
            let cells = [entry.title.clone(), plain(&entry.kind), level, active, plain(&entry.ends_on)];
            format!("{code}|{}|{}", cells.join("|"), successors.join(" "))
        })
        .collect();
    assert_eq!(told, expect);
    loaded
}

const ENTRIES: [&str; 3] = [
    "RNCP30000|Chargé d'affaires||6|false|2023-08-31|RNCP38106",
    "RNCP38106|Délégué à la protection des données|Titre à finalité professionnelle|7|true|2028-08-31|",
    "RS5616|Certifier des compétences|||true||",
];

#[test]
fn a_zip_gives_the_tables_that_are_wanted() {
    let bytes = zip(&[
        ("export_fiches_CSV_Partenaires_2026_11_24.csv", PARTNERS.as_bytes()),
        ("export_fiches_CSV_Ancienne_Nouvelle_Certification_2026_11_24.csv", SUCCESSION.as_bytes()),
        (
            "export_fiches_CSV_VoixdAcc\u{fffd}s_2026_11_24.csv",
            b"\"Numero_Fiche\";\"Si_Jury\"\n\"RNCP1\";\"x\"\n",
        ),
        ("export_fiches_CSV_Standard_2026_11_24.csv", STANDARD.as_bytes()),
        ("lisez-moi.txt", b"rien"),
    ]);
    let loaded = check(&[("export-fiches-csv-2026-11-25.zip", &bytes)], "2026-11-24", &ENTRIES);
    assert_eq!((loaded.rows, loaded.issues_total), (4, 1));
    let issue = loaded.issues[0].to_string().replace(['\u{202f}', '\u{a0}'], " ");
    assert!(issue.contains("Standard") && issue.contains("ligne 4") && issue.contains("8/31/16"), "{issue}");
}

#[test]
fn tables_are_known_by_their_columns_in_any_encoding() {
    let old: Vec<u8> = STANDARD.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    check(&[("fiches_2026_11_24.csv", &old), ("suite.csv", SUCCESSION.as_bytes())], "2026-11-24", &ENTRIES);
    let renamed = "Code_RNCP,Intitulé,Niveau,Actif\n38106,DPO,Niveau 7,oui\n";
    check(&[("kit-2026-01-31.csv", renamed.as_bytes())], "2026-01-31", &["RNCP38106|DPO||7|true||"]);
}

#[test]
fn a_long_table_is_known_by_its_beginning() {
    let mut long = STANDARD.to_owned();
    for number in 1..2_000 {
        long.push_str(&format!(
            "\"{number}\";\"RNCP{number}\";\"Intitulé de {number}\n sur deux lignes\";\"\";\"\";\"NIV5\";\"\";\"\";\"\";\"\";\"ACTIVE\"\n"
        ));
    }
    let bytes = zip(&[("Standard_2026_11_24.csv", long.as_bytes())]);
    let loaded = load(&[("a.zip", &bytes)], None).expect("a directory");
    assert_eq!(loaded.directory.len(), 2_002);
}

#[test]
fn wrong_rows_are_told_and_the_others_go_in() {
    let text = "Numero_Fiche;Intitule;Actif\n;Sans code;ACTIVE\nXYZ;Mal codée;ACTIVE\nRNCP1;Un;PEUT-ETRE\nRNCP1;Deux;ACTIVE\n";
    let loaded = check(&[("s_2026_11_24.csv", text.as_bytes())], "2026-11-24", &["RNCP1|Un|||||"]);
    let lines: Vec<Option<u64>> = loaded.issues.iter().map(|issue| issue.line).collect();
    assert_eq!(lines, [2, 3, 4, 5].map(Some));
    assert!(loaded.issues.iter().all(|issue| !issue.remedy.is_empty()));
}

#[test]
fn what_is_no_directory_is_refused() {
    let refused = |files: &[(&str, &[u8])], expect: &str| {
        let issue = load(files, None).expect_err("refused");
        assert!(issue.contains(expect), "{issue}");
    };
    refused(&[("p.csv", PARTNERS.as_bytes())], "ce n’est pas une table du répertoire");
    refused(&[("s.csv", SUCCESSION.as_bytes())], "aucune certification n’y est lue");
    refused(&[("s.csv", STANDARD.as_bytes())], "--date AAAA-MM-JJ");
    refused(&[("vide.zip", &zip(&[]))], "aucune certification n’y est lue");
    refused(&[("a.zip", b"PK\x03\x04 abime")], "l’archive est abîmée");
    refused(&[("rien.csv", b"")], "vide");
    assert!(load(&[("s.csv", STANDARD.as_bytes())], Some("2026-11-24")).is_ok());
}

#[test]
fn a_zip_that_grows_too_much_is_refused() {
    let mut huge = STANDARD.as_bytes().to_vec();
    huge.resize(40 << 20, b'\n');
    let issue = load(&[("a.zip", &zip(&[("Standard_2026_11_24.csv", &huge)]))], None).expect_err("refused");
    assert!(issue.contains("démesuré"), "{issue}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_give_a_directory_or_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..400), cut in 0..600_usize) {
        let _ = load(&[("b_2026_11_24.csv", &bytes)], None);
        let mut mixed = STANDARD.as_bytes()[..cut.min(STANDARD.len())].to_vec();
        mixed.extend(&bytes);
        let _ = load(&[("m_2026_11_24.csv", &mixed)], None);
        let _ = load(&[("z.zip", &zip(&[("Standard_2026_11_24.csv", &mixed)]))], None);
    }
}
