//! Exports to LHEO through the command line. Absent: what the standard asks, checked against its schema by the
//! tests of `exchange`.

use super::Home;

const ROW: &str = r#"{"id":"essai-piloter","kind":"course","title":"Piloter par la donnée","provider":"École d’essai","formats":["presentiel"],"duration_hours":14,"nature":"qualifiante","summary":"Lire, croiser et montrer des données.","source":{"address":"https://exemple.fr/piloter","seen":"2026-01-05"}}"#;
const REGISTER: &str = "\
organisme;siret;numero_activite;adresse;code_postal;ville;parcours;prise_en_charge;entrees_permanentes
École d’essai;11000101300017;11750000175;1 place d’essai;75001;Paris;1;non;non
";

#[test]
fn what_lheo_asks_of_providers_comes_from_a_register() {
    let home = Home::new();
    home.write("une.jsonl", ROW);
    home.check("import une.jsonl --yes", 0);
    let ran = home.check("export --out offre.xml", 2);
    assert!(ran.err.contains("--providers") && !home.path("offre.xml").exists(), "{ran:?}");
    home.write("organismes.csv", REGISTER);
    let ran = home.check("export --out offre.xml --providers organismes.csv --provider ecole-d-essai", 0);
    assert!(ran.out.contains("1 formation écrite") && ran.out.contains("0 laissée"), "{ran:?}");
    assert!(home.read("offre.xml").contains("Piloter par la donnée"));
    // Never over a file, unless asked.
    home.check("export --out offre.xml --providers organismes.csv --provider ecole-d-essai", 2);
    home.check("export --out offre.xml --providers organismes.csv --provider ecole-d-essai --force", 0);
    // Back in another catalogue, it is one training.
    let ran = home.check("import offre.xml --propose rien.toml", 1);
    assert!(
        ran.err.contains("n’a pas besoin de correspondance") && !home.path("rien.toml").exists(),
        "{ran:?}"
    );
    let read = home.check("import offre.xml --dry-run --json --data-dir autre", 0).json();
    assert_eq!((&read["report"]["rows"], &read["report"]["refused"]), (&1.into(), &0.into()), "{read:#}");

    let ran = home.check("export --out rien.xml --providers organismes.csv --q introuvable", 1);
    assert!(ran.err.contains("aucune formation") && !home.path("rien.xml").exists(), "{ran:?}");
    home.write("casse.csv", &REGISTER.replace("11000101300017", "1,1E+13"));
    let ran = home.check("export --out autre.xml --providers casse.csv", 1);
    assert!(ran.err.contains("ligne 2") && ran.err.contains("il faut 14 chiffres"), "{ran:?}");
}

#[test]
fn what_lheo_cannot_carry_is_told_once_for_all_trainings() {
    let home = Home::new();
    let rows: Vec<String> = (0..7)
        .map(|n| ROW.replace("essai-piloter", &format!("essai-{n}")).replace("École d’essai", "Sans fiche"))
        .collect();
    home.write("sept.jsonl", &format!("{ROW}\n{}\n", rows.join("\n")));
    home.check("import sept.jsonl --replace --yes", 0);
    home.write("organismes.csv", REGISTER);
    let ran = home.check("export --out offre.xml --providers organismes.csv", 0);
    let told: Vec<&str> = ran.err.lines().collect();
    assert_eq!(told.len(), 1, "{ran:?}");
    let first = "Laissées : 7 formations (essai-0, essai-1, essai-2, essai-3, essai-4, …) — l’organisme « Sans fiche »";
    assert!(told[0].starts_with(first), "{ran:?}");
    assert!(ran.out.contains("1 formation écrite") && ran.out.contains("7 laissées"), "{ran:?}");
}
