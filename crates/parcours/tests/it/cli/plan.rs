//! `parcours plan --instance`: proven answers, files that are no instances.
//! Absent: the engine's own tests (see the crate `pathway`).

use std::path::Path;

use serde_json::Value;

use super::Home;

fn instance(name: &str) -> (String, Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/instances").join(name);
    let text = std::fs::read_to_string(&path).expect("an instance");
    (text.clone(), serde_json::from_str(&text).expect("JSON"))
}

/// What a choice is worth, worked out again from the instance: levels gained in the order given, hours, limits.
fn worth(instance: &Value, chosen: &[Value]) -> i64 {
    let mut levels = std::collections::BTreeMap::<&str, i64>::new();
    let (mut hours, mut price) = (0, 0);
    let modules = instance["modules"].as_array().expect("modules");
    for id in chosen {
        let module = modules.iter().find(|module| module["id"] == *id).expect("a module of the instance");
        for (topic, level) in module["requires"].as_object().expect("levels") {
            assert!(
                levels.get(topic.as_str()).copied().unwrap_or(0) >= level.as_i64().unwrap_or(9),
                "{id}: {topic}"
            );
        }
        for (topic, level) in module["teaches"].as_object().expect("levels") {
            let own = levels.entry(topic).or_default();
            *own = level.as_i64().unwrap_or(0).max(*own);
        }
        hours += module["hours"].as_i64().unwrap_or(0);
        price += module["price"].as_i64().unwrap_or(0);
    }
    assert!(
        hours <= instance["hours_max"].as_i64().unwrap_or(0)
            && price <= instance["price_max"].as_i64().unwrap_or(0)
    );
    let gained = instance["needs"].as_object().expect("needs").iter().map(|(topic, need)| {
        let reached = levels.get(topic.as_str()).copied().unwrap_or(0).min(need["to"].as_i64().unwrap_or(0));
        1_000 * need["weight"].as_i64().unwrap_or(0) * reached
    });
    gained.sum::<i64>() - hours
}

#[test]
fn instances_are_answered_with_their_proven_optimum() {
    let home = Home::new();
    // Two found by drawing: a first pass is enough for levels, and takes long for hours.
    for name in ["s50-1.json", "s50-4.json", "s300-1.json", "hours-1.json", "hours-2.json"] {
        let (text, instance) = instance(name);
        home.write(name, &text);
        let answer = home.check(&format!("plan --instance {name} --json"), 0).json();
        let optimum = &instance["reference"]["optimum"];
        assert_eq!(
            (&answer["status"], &answer["objective"], &answer["bound"]),
            (&"optimal".into(), optimum, optimum),
            "{name}"
        );
        let chosen = answer["chosen"].as_array().expect("a list");
        assert_eq!(Some(worth(&instance, chosen)), optimum.as_i64(), "{name}");
        assert!(answer["seconds"].as_f64().is_some_and(|seconds| seconds > 0.0));
    }
    let ran = home.check("plan --instance s50-1.json", 0);
    assert!(ran.out.contains("c’est prouvé") && ran.out.contains("82913"), "{ran:?}");
    let stopped = home.check("plan --instance s300-1.json --nodes 1 --json", 0).json();
    assert_eq!(stopped["status"], "feasible", "{stopped:#}");
    assert!(stopped["bound"].as_i64() >= stopped["objective"].as_i64());
}

#[test]
fn an_answer_is_checked_alone() {
    let home = Home::new();
    let (text, _) = instance("s50-1.json");
    home.write("s50.json", &text);
    let found = home.check("plan --instance s50.json --json", 0);
    home.write("reponse.json", &found.out);
    let ran = home.check("plan --instance s50.json --check reponse.json", 0);
    assert!(ran.out.contains("respecte l’instance") && ran.out.contains("82913"), "{ran:?}");
    let mut answer = found.json();
    let check = |answer: &Value, told: &str| {
        home.write("fausse.json", &answer.to_string());
        let ran = home.check("plan --instance s50.json --check fausse.json", 1);
        assert!(ran.out.contains(told), "{ran:?}");
    };
    answer["objective"] = 82_914.into();
    check(&answer, "la réponse annonce 82914, et vaut 82913");
    let mut low = found.json();
    low["bound"] = 82_912.into();
    check(&low, "la borne annoncée est 82912");
    answer["chosen"].as_array_mut().expect("a list").reverse();
    check(&answer, "là où le parcours n’est qu’au niveau");
    answer["chosen"][0] = "inconnu".into();
    check(&answer, "« inconnu » n’est pas un module de l’instance");
    answer["chosen"] = instance("s50-1.json").1["modules"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|own| own["id"].clone())
        .collect();
    check(&answer, "les heures dépassent 90");

    home.write("petit.dat", "p=2;a=0;b=9;c=0;d=9;courses={x,y};credit=[3,2];prereq={<y,x>};");
    home.write("juste.json", r#"{"chosen":["x","y"],"periods":[1,2],"objective":3}"#);
    home.check("plan --instance petit.dat --check juste.json", 0);
    home.write("inverse.json", r#"{"chosen":["x","y"],"periods":[2,1]}"#);
    let ran = home.check("plan --instance petit.dat --check inverse.json", 1);
    assert!(ran.out.contains("« y » ne vient pas après « x »"), "{ran:?}");
    home.write("autre.json", "[]");
    home.check("plan --instance petit.dat --check autre.json", 1);
}

#[test]
fn hours_are_weighed_against_levels_when_there_are_thousands_of_them() {
    let home = Home::new();
    // The long module brings one level more for 2,000 hours more: it is not worth it.
    let text = r#"{"hours_max": 5000, "price_max": 10, "needs": {"a": {"to": 2, "weight": 1}}, "modules": [
        {"id": "court", "hours": 10, "price": 0, "teaches": {"a": 1}},
        {"id": "long", "hours": 2010, "price": 0, "teaches": {"a": 2}}]}"#;
    home.write("longue.json", text);
    let answer = home.check("plan --instance longue.json --json", 0).json();
    assert_eq!((&answer["status"], &answer["objective"]), (&"optimal".into(), &990.into()), "{answer:#}");
    assert_eq!(answer["chosen"], serde_json::json!(["court"]));
}

#[test]
fn courses_are_placed_in_balanced_periods() {
    let home = Home::new();
    let text = "% trois périodes\np=3; /* périodes */\na=1;\nb=9;\nc=1;\nd=4; /* jamais fermé\ncourses = { x, y, z, t };\ncredit = [3, 2, 2, 2];\nprereq = {<y,x>, <z , y>\n< t , x };\n";
    home.write("petit.dat", text);
    let answer = home.check("plan --instance petit.dat --json", 0).json();
    assert_eq!((&answer["status"], &answer["objective"]), (&"optimal".into(), &4.into()), "{answer:#}");
    let order: Vec<&str> =
        answer["chosen"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert_eq!(order[0], "x");
    home.write("ronde.dat", &text.replace("<y,x>", "<y,x>,<x,z>"));
    assert_eq!(home.check("plan --instance ronde.dat --json", 1).json()["status"], "infeasible");
}

#[test]
fn a_module_given_twice_and_numbers_that_make_no_sense_are_told() {
    let home = Home::new();
    let twice = r#"{"hours_max": 9, "price_max": 9, "needs": {"a": {"to": 1, "weight": 1}}, "modules": [
        {"id": "m1", "hours": 1, "price": 0, "teaches": {"a": 1}},
        {"id": "m1", "hours": 1, "price": 0, "teaches": {"a": 1}}]}"#;
    home.write("deux.json", twice);
    assert!(home.check("plan --instance deux.json", 1).err.contains("donné deux fois"));
    home.write("moins.json", &twice.replacen("\"hours\": 1", "\"hours\": -1", 1));
    assert!(home.check("plan --instance moins.json", 1).err.contains("nombres entiers positifs"));
}

#[test]
fn keys_without_effect_are_named() {
    let home = Home::new();
    let text = r#"{"hours_max": 9, "price_max": 9, "needs": {"a": {"to": 1, "weight": 1}}, "groups": [["m1"]], "modules": [
        {"id": "m1", "hours": 1, "price": 0, "teaches": {"a": 1}, "window": [1, 2]}], "reference": {}}"#;
    home.write("plus.json", text);
    let answer = home.check("plan --instance plus.json --json", 0).json();
    assert_eq!(answer["ignored"], serde_json::json!(["groups", "modules.window"]));
    assert!(home.check("plan --instance plus.json", 0).out.contains("« groups » et « modules.window »"));
}

#[test]
fn what_is_no_instance_is_told() {
    let home = Home::new();
    let simple =
        r#"{"hours_max": 5, "price_max": 1, "needs": {"a": {"to": 12, "weight": 1}}, "modules": []}"#;
    for (name, text, told) in [
        ("vide.json", "", "il manque « courses »"),
        ("autre.json", "{\"a\": 1}", "le JSON n’est pas celui d’une instance, à la ligne 1"),
        ("haut.json", simple, "un niveau dépasse 9"),
        (
            "court.dat",
            "p=2;a=0;b=9;c=0;d=9;courses={x};credit=[1,2];prereq={};",
            "il y a 1 cours et 2 nombres de crédits",
        ),
        (
            "inconnu.dat",
            "p=2;a=0;b=9;c=0;d=9;courses={x};credit=[1];prereq={<x,w>};",
            "« w » n’est pas un cours",
        ),
        (
            "lettre.dat",
            "p=deux;a=0;b=9;c=0;d=9;courses={x};credit=[1];prereq={};",
            "« p » n’est pas un nombre",
        ),
    ] {
        home.write(name, text);
        let ran = home.check(&format!("plan --instance {name}"), 1);
        assert!(ran.err.contains(told) && ran.err.contains("Remède"), "{ran:?}");
    }
    home.check("plan --instance absente.json", 1);
    home.check("plan", 2);
}
