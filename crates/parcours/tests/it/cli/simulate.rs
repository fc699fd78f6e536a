//! `parcours simulate`: scenarios that come with the program and files, the same answer twice, refusals. Absent: what is
//! simulated (see the crate `actions`).

use super::Home;

#[test]
fn a_scenario_gives_the_same_answer_twice_and_is_the_page_s() {
    let home = Home::seeded();
    let line = "simulate campus-central --runs 20 --json";
    let first = home.check(line, 0).json();
    assert_eq!(first, home.check(line, 0).json());
    assert_eq!((&first["runs"], &first["people"]), (&20.into(), &916.into()));
    assert_ne!(
        first["trained"],
        home.check("simulate campus-central --runs 20 --seed 2 --json", 0).json()["trained"]
    );
    let told = home.check("simulate campus-central --runs 20 --budget 1000000", 0).out;
    for part in ["sur 916", "effectif inconnu, non simulée", "Ce qui change le plus", "Avec 1"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let months = home.check("simulate transition-ecologique --runs 10 --csv", 0).out;
    assert_eq!(months.lines().count(), 22);
    assert!(home.check("simulate", 0).out.contains("relais-ministeriels"));
}

#[test]
fn a_file_is_read_changed_and_refused_with_its_lines() {
    let home = Home::seeded();
    let text = include_str!("../../../../../data/scenarios/transition-ecologique.toml");
    home.write("plan.toml", text);
    let own =
        home.check("simulate plan.toml --runs 10 --people cadres=100 --share campus=50 --json", 0).json();
    assert_eq!(own["people"], 320);
    home.write("faux.toml", &text.replace("months = 21", "months = 0"));
    let ran = home.check("simulate faux.toml", 2);
    assert!(ran.err.contains("faux.toml, ligne") && ran.err.contains("de 1 à 120"), "{ran:?}");
    let check = |line: &str, expect: &str| {
        let ran = home.check(line, 2);
        assert!(ran.err.contains(expect), "{ran:?}");
    };
    check("simulate campus", "ni un fichier, ni un scénario livré");
    check("simulate campus-central --runs 0", "--runs");
    check("simulate campus-central --people adjoint=3", "adjoints");
    check("simulate campus-central --set campus.groupe=dix", "--set");
    check("simulate campus-central --share campus=0", "aucune façon");
}
