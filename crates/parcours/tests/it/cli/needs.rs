//! Personas and gaps through the command line. Absent: the judgement itself (see the crate `catalogue`).

use super::Home;

const FIRST: &str = "directrice-administration-centrale";

#[test]
fn personas_are_listed_exported_checked_imported_and_withdrawn() {
    let home = Home::seeded();
    let listed = home.check("personas", 0);
    for id in [FIRST, "cheffe-service-portefeuille", "adjoint-projet"] {
        assert!(listed.out.contains(id), "{listed:?}");
    }
    home.check(&format!("personas export {FIRST} --out p.toml"), 0);
    home.check(&format!("personas export {FIRST} --out p.toml"), 2);
    assert!(home.check("personas check p.toml", 0).out.contains("1 persona lisible, 0 anomalie"));
    let text = home.read("p.toml").replacen(FIRST, "amdac", 1);
    home.write("q.toml", &text.replace("label = \"", "label = \"AMDAC, "));
    let tried = home.check("personas import q.toml --dry-run", 0);
    assert!(tried.out.contains("rien n’a été changé"), "{tried:?}");
    assert!(!home.check("personas", 0).out.contains("amdac"));
    assert!(home.check("personas import q.toml", 0).out.contains("1 persona mis en place"));
    assert!(home.check("personas import q.toml", 0).out.contains("déjà en place"));
    assert!(home.check("personas", 0).out.contains("AMDAC, "));
    let gaps = home.check("gaps --persona amdac --json", 0).json();
    assert_eq!(gaps["persona"]["id"], "amdac");
    home.check("personas withdraw amdac", 0);
    home.check("personas withdraw amdac", 2);
    home.check("gaps --persona amdac", 2);
}

#[test]
fn good_files_go_in_beside_bad_ones_and_each_fault_has_its_line() {
    let home = Home::seeded();
    home.check(&format!("personas export {FIRST} --out bon.toml"), 0);
    home.write(
        "mauvais.toml",
        "id = \"a\"\nlabel = \"A\"\nsituation = \"S.\"\n[[need]]\ncompetence = \"zz\"\nto = 9\n",
    );
    let ran = home.check("personas import bon.toml mauvais.toml", 1);
    assert!(ran.out.contains("mauvais.toml, ligne 5"), "{ran:?}");
    assert!(ran.out.contains("mauvais.toml, ligne 6"), "{ran:?}");
    let all = home.check("personas --json", 0).json();
    assert_eq!(all[0]["origin"], "importé, à la place de celui du programme");
    home.check("personas check absent.toml", 1);
}

#[test]
fn gaps_are_summed_up_for_all_and_told_for_one() {
    let home = Home::seeded();
    let all = home.check("gaps", 0);
    assert_eq!(all.out.matches("Sur ").count(), 3, "{all:?}");
    let one = home.check(&format!("gaps --persona {FIRST}"), 0);
    assert!(one.out.contains("Lecture critique des chiffres, niveau 1"), "{one:?}");
    let json = home.check(&format!("gaps --persona {FIRST} --json"), 0).json();
    let gaps = json["gaps"].as_array().expect("a list");
    let counts = json["counts"].as_object().expect("counts");
    let sum: u64 = counts.values().map(|count| count.as_u64().expect("a count")).sum();
    assert_eq!(gaps.len() as u64, sum);
    for (state, count) in counts {
        assert_eq!(
            gaps.iter().filter(|gap| gap["state"] == *state).count() as u64,
            count.as_u64().expect("a count")
        );
    }
    let missing = home.check(&format!("gaps --persona {FIRST} --state couvert"), 0);
    assert!(!missing.out.contains("Hors de portée :"), "{missing:?}");
}

#[test]
fn a_case_changes_the_judgement() {
    let home = Home::seeded();
    let met = |more: &str| {
        let json = home.check(&format!("gaps --persona {FIRST} --json {more}"), 0).json();
        json["met_share"].as_f64().expect("a share")
    };
    let usual = met("");
    assert!(met("--hours 84") > usual);
    assert!(met("--lift public") > usual);
    assert!(met("--confirmed-only") < usual);
    let known = home.check(&format!("gaps --persona {FIRST} --known culture-donnees=2 --json"), 0).json();
    let left =
        known["gaps"].as_array().expect("a list").iter().filter(|gap| gap["competence"] == "culture-donnees");
    assert_eq!(left.count(), 0);
}

#[test]
fn wrong_uses_are_told_with_the_name_of_the_option() {
    let home = Home::seeded();
    let refused = |line: &str, says: &str| {
        let ran = home.check(line, 2);
        assert!(ran.err.contains(says), "{ran:?}");
    };
    refused("gaps --persona inconnu", "aucun persona n’a l’identifiant « inconnu »");
    refused(&format!("gaps --persona {FIRST} --known culture-donees=2"), "« --known » attend");
    refused(&format!("gaps --persona {FIRST} --known culture-donees=2"), "vouliez-vous « culture-donnees »");
    refused(&format!("gaps --persona {FIRST} --hours beaucoup"), "« --hours » attend");
    refused(&format!("gaps --persona {FIRST} --euros rien"), "« --euros » attend");
    refused(&format!("gaps --persona {FIRST} --lift rien"), "« --lift » attend");
    refused(&format!("gaps --persona {FIRST} --state perdu"), "l’état « perdu » n’existe pas");
    refused("gaps --state couvert", "--persona");
}
