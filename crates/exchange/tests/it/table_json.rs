//! JSON tables of other people. Absent: JSON Lines of our own form (see `jsonl`).

use exchange::table::{Options, Shape};

use crate::table::{check_file, plain};

fn check(name: &str, text: &str, expected: &[&str]) -> Vec<Shape> {
    check_file(name, text.as_bytes(), &Options::default(), expected)
}

#[test]
fn an_object_too_long_is_refused_alone() {
    let long = "a".repeat(8 << 20);
    let text =
        format!(r#"[{{"title": "{long}", "provider": "École"}}, {{"title": "Lire", "provider": "École"}}]"#);
    let told = "! f.json, ligne 1 : les textes de l’objet dépassent 8 388 608 octets ; raccourcissez-les, ou retirez ceux qui ne servent pas, comme une image.";
    check_file("f.json", text.as_bytes(), &Options::default(), &["[] title|provider", told, "2: Lire|École"]);
    let alone = format!(r#"[{{"title": "{long}", "provider": "École"}}]"#);
    let told = "refused f.json : les textes de l’objet dépassent 8 388 608 octets ; raccourcissez-les, ou retirez ceux qui ne servent pas, comme une image.";
    check_file("f.json", alone.as_bytes(), &Options::default(), &[told]);
}

#[test]
fn a_list_of_objects_gives_the_union_of_their_keys() {
    check(
        "f.json",
        r#"[{"a": 1, "b": {"c": "x", "d": true}}, {"e": ["u", "v"], "a": null}, 3]"#,
        &[
            "[] a|b.c|b.d|e",
            "1: 1|x|true|",
            "2: |||u+v",
            "! f.json, ligne 3 : cet élément de la liste n’est pas un objet (valeur : « 3 ») ; remplacez-le par un objet.",
        ],
    );
}

#[test]
fn the_longest_list_of_an_object_is_the_table() {
    let text = r#"{"n": 2, "few": [{"x": 1}], "in": {"all": [{"y": 1}, {"y": 2}]}}"#;
    let shapes = check("f.json", text, &["[] y", "1: 1", "2: 2"]);
    let told: Vec<String> = shapes[0].reading.iter().map(|note| plain(note)).collect();
    let other = "attention, une autre liste d’objets n’est pas lue : « few » (1 objet) ; pour la lire à la place, écrivez list = \"few\" sous [table] dans une correspondance";
    assert_eq!(told, ["JSON, liste « in.all »", other]);
    let options = Options { list: Some("few".to_owned()), ..Options::default() };
    check_file("f.json", text.as_bytes(), &options, &["[] x", "1: 1"]);
}

#[test]
fn records_are_read_under_their_fields() {
    let text = r#"{"records": [{"id": 1, "fields": {"t": "Lire", "p": ["L", "Cadres", "Élus"]}}, {"id": 2, "fields": {"t": "Compter", "p": null}}]}"#;
    check("f.json", text, &["[] t|p|id", "1: Lire|Cadres+Élus|1", "2: Compter||2"]);
    // Objects that have more than that are read as they are.
    let text = r#"[{"id": 1, "title": "Lire", "fields": {"t": "x"}}]"#;
    check("f.json", text, &["[] id|title|fields.t", "1: 1|Lire|x"]);
}

#[test]
fn languages_and_lists_of_objects() {
    check(
        "f.json",
        r#"[{"t": {"en": "Read", "fr": "Lire"}, "u": {"en": "Only"}, "v": [{"nom": "A"}, {"name": {"fr": "B", "en": "C"}}], "w": [{"k": 1}, {"k": 2}], "x": {"fr": 3}, "y": 12345678901234567890}]"#,
        &["[] t|u|v|w|x.fr|y", "1: Lire|Only|A+B||3|12345678901234567890"],
    );
}

#[test]
fn an_object_a_line() {
    let text = "\u{feff}{\"a\": 1}\n\n{\"b\": \"x\"}\nnot json\n[1]\n";
    for name in ["f.jsonl", "f.json"] {
        let wrong = |line: u64, what: &str, value: &str| {
            format!("! {name}, ligne {line} : {what} (valeur : « {value} ») ; écrivez un objet par ligne.")
        };
        let (first, second) = (
            wrong(4, "la ligne n’est pas du JSON", "not json"),
            wrong(5, "la ligne n’est pas un objet JSON", "[1]"),
        );
        check(name, text, &["[] a|b", "1: 1|", "3: |x", &first, &second]);
    }
}

#[test]
fn what_gives_no_row_is_refused() {
    let ill = "refused f.json, ligne 2 : le JSON est mal formé, à la colonne 1 ; corrigez-le, ou exportez-le de nouveau.";
    check("f.json", "[{\"a\": 1},\n]", &[ill]);
    let none = "refused f.json : le JSON ne contient aucune liste d’objets ; donnez une liste d’objets, ou un objet qui en contient une.";
    for text in ["[1, 2]", "[]", "12", "\"x\"", "null", "{}"] {
        check("f.json", text, &[none]);
    }
    let refused = "refused f.json, ligne 1 : le JSON est imbriqué trop profondément, sur plus de 127 niveaux ; rapprochez les objets du premier niveau.";
    for depth in [128, 5_000] {
        check("f.json", &format!("{}{}", "[".repeat(depth), "]".repeat(depth)), &[refused]);
        check("f.json", &"[".repeat(depth), &[refused]);
    }
    check("f.json", &format!("{}{}", "[".repeat(127), "]".repeat(127)), &[none]);
}

#[test]
fn objects_inside_others_of_their_kind_are_rows() {
    let text = r#"[{"name": {"fr": "Cycle"}, "tags": ["a"], "parts": [{"name": "Lire", "tags": ["b"], "parts": [{"name": "Un", "tags": []}]}, {"name": "Écrire", "tags": ["c"]}]}, {"name": "Seul", "tags": ["d"], "links": [{"href": "x"}]}]"#;
    let shapes = check(
        "f.json",
        text,
        &[
            "[] name|tags|parent|links",
            "1: Cycle|a||",
            "2: Lire|b|Cycle|",
            "3: Un||Cycle / Lire|",
            "4: Écrire|c|Cycle|",
            "5: Seul|d||",
        ],
    );
    let told = crate::table::plain(&shapes[0].reading.join("\n"));
    assert!(told.contains("« parts » lues comme des lignes ; la colonne « parent »"), "{told}");
    // What is not of the same kind stays in its cell.
    check(
        "f.json",
        r#"[{"name": "Lire", "sessions": [{"city": "Lyon"}, {"city": "Brest"}]}]"#,
        &["[] name|sessions", "1: Lire|"],
    );
}

#[test]
fn lists_that_a_person_names_are_rows() {
    let text = r#"[{"titre": "Cycle", "organisme": "École", "modules": [{"titre": "Lire", "duree": 2}, {"titre": "Compter"}]}, {"titre": "Seul", "organisme": "Autre"}]"#;
    let shapes = check(
        "f.json",
        text,
        &["[] titre|organisme|modules", "1: Cycle|École|Lire+Compter", "2: Seul|Autre|"],
    );
    let told = crate::table::plain(&shapes[0].reading.join("\n"));
    let expect = "de la liste imbriquée « modules », seuls les noms sont lus ; si ses objets sont des formations, écrivez list = \"modules\" sous [table]";
    assert!(told.contains(expect), "{told}");
    let options = |list: &str| Options { list: Some(list.to_owned()), ..Options::default() };
    let header = "[] titre|duree|parent|parent.organisme|organisme";
    let rows = ["1: Lire|2|Cycle|École|", "2: Compter||Cycle|École|", "3: Seul||||Autre"];
    check_file("f.json", text.as_bytes(), &options("modules"), &[&[header], &rows[..]].concat());
    // An object a line says the same, each row at the line of what contains it.
    let lines = text.trim_matches(['[', ']']).replace("]}, {", "]}\n{");
    let rows = ["1: Lire|2|Cycle|École|", "1: Compter||Cycle|École|", "2: Seul||||Autre"];
    check_file("f.jsonl", lines.as_bytes(), &options("modules"), &[&[header], &rows[..]].concat());
    let refused = "refused f.json : aucun objet n’a la liste d’objets demandée (valeur : « cours ») ; corrigez list sous [table] dans la correspondance, ou retirez cette ligne.";
    check_file("f.json", text.as_bytes(), &options("cours"), &[refused]);
}

#[test]
fn objects_a_line_inside_others_of_their_kind_are_rows() {
    let text = r#"{"name": "Seul", "tags": 1}
{"name": "Cycle", "tags": 2, "parts": [{"name": "Lire", "tags": 3}]}"#;
    check("f.jsonl", text, &["[] name|tags|parent", "1: Seul|1|", "2: Cycle|2|", "2: Lire|3|Cycle"]);
}

#[test]
fn objects_are_called_by_their_names() {
    let text = r#"[{"organisme": {"@type": "Organization", "name": "École", "siret": "1"}, "titre": [{"lang": "en", "value": "Read"}, {"lang": "fr", "value": "Lire"}]}, {"organisme": "Autre", "formations": []}]"#;
    check(
        "f.json",
        text,
        &[
            "[] organisme|organisme.@type|organisme.siret|titre|formations",
            "1: École|Organization|1|Lire|",
            "2: Autre||||",
        ],
    );
    let options = Options { list: Some("f".to_owned()), ..Options::default() };
    let text = r#"[{"nom": "O1", "f": [{"titre": "A"}]}, {"nom": "O3", "f": []}]"#;
    check_file("f.json", text.as_bytes(), &options, &["[] titre|parent", "1: A|O1"]);
}

#[test]
fn quantities_keep_their_unit() {
    let text = r#"[{"duree": {"valeur": 2, "unite": "jours"}, "prix": {"currency": "EUR", "amount": "300"}, "duration": {"minutes": 30, "hours": 3}}]"#;
    check("f.json", text, &["[] duree|prix|duration", "1: 2 jours|300 EUR|3 hours 30 minutes"]);
    let one = |text: &str, expect: &str| {
        check("f.json", &format!("[{{\"duree\": {text}}}]"), &["[] duree", &format!("1: {expect}")]);
    };
    one(r#"{"jours": 2, "heures": 14}"#, "2 jours / 14 heures");
    one(r#"{"jours": 2, "heures": 0, "minutes": 0}"#, "2 jours");
    one(r#"{"h": 3, "min": 30}"#, "3 h 30 min");
    one(r#"{"heures": 35, "par": "semaine"}"#, "35 heures par semaine");
    one(r#"{"heures": 3, "semaines": 6}"#, "3 heures 6 semaines");
    one(r#"{"heures": 21, "minutes": null, "estimee": false}"#, "21 heures");
    one(r#"{"heures": 14, "commentaire": "par semaine"}"#, "14 heures commentaire par semaine");
    one(r#"{"montant": "1 002,00 €", "devise": "EUR"}"#, "1 002,00 € EUR");
    one(r#"{"montant": "gratuit", "devise": "EUR"}"#, "gratuit");
    one(r#"{"montant": 100, "gratuit": true}"#, "100 GRATUIT");
    one(r#"{"value": 120, "label": "Tarif inter"}"#, "120 label Tarif inter");
    one(r#"{"montant": 77, "devise": null}"#, "77");
    one(
        r#"{"montant": "1 200,50", "devise": "EUR", "gratuit": false, "@type": "MonetaryAmount"}"#,
        "1 200,50 EUR",
    );
    one(r#"{"ht": true, "devise": "EUR", "montant": 100}"#, "100 EUR HT");
    one(r#"{"taxe": "HT", "montant": "100.5"}"#, "100.5 HT");
    check(
        "f.json",
        r#"[{"titre": {"value": "12", "label": "Python"}, "organisme": {"nom": "ACME", "heures": 3}, "lieu": {"nom": "Salle 3", "ville": "Paris"}, "prix": {"label": "100 €", "value": 100}}, {"lieu": {"nom": "Salle 4"}, "titre": {"label": "Titre", "value": "12"}}]"#,
        &[
            "[] titre|titre.value|organisme|organisme.heures|lieu|lieu.nom|prix|prix.value|titre.label",
            "1: Python|12|ACME|3|Paris|Salle 3|100 €|100|",
            "2: |12||||Salle 4|||Titre",
        ],
    );
}

#[test]
fn nested_objects_have_a_depth() {
    let mut text = r#"{"name": "z", "tag": 1}"#.to_owned();
    for _ in 0..12 {
        text = format!(r#"{{"name": "a", "tag": 1, "parts": [{text}]}}"#);
    }
    let told = "! f.json : des listes sont imbriquées sur plus de 8 niveaux, leur contenu n’est pas lu ; rapprochez-les du premier niveau.";
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("f.json");
    std::fs::write(&path, format!("[{text}]")).expect("a file");
    let (found, _) = crate::table::given(&path, &Options::default());
    assert!(found.contains(told), "{found}");
    assert_eq!(found.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count(), 8);
}

#[test]
fn a_document_of_too_many_values_is_refused_before_it_is_held() {
    let text = format!("[{}]", vec!["0"; exchange::limits::JSON_VALUES as usize].join(","));
    let refused = "refused f.json : le document JSON a plus de 4 000 000 valeurs ; écrivez un objet par ligne (JSON Lines).";
    check("f.json", &text, &[refused]);
    check("f.json", r#"[{"a": "\",[{,[{\\"}]"#, &["[] a", "1: \",[{,[{\\"]);
}

#[test]
fn a_list_called_as_trainings_are_is_that_of_the_rows() {
    let text =
        r#"[{"titre": "Nuage", "icone": "x", "formations": [{"titre": "Lire", "duree": 2, "prix": 3}]}]"#;
    let shapes = check("f.json", text, &["[] titre|duree|prix|parent|parent.icone", "1: Lire|2|3|Nuage|x"]);
    let told = crate::table::plain(&shapes[0].reading.join("\n"));
    assert!(told.contains("« formations » lues comme des lignes"), "{told}");
    // Some hold no list: they may be trainings.
    let text = r#"[{"titre": "Nuage", "cours": [{"titre": "Lire"}]}, {"titre": "Seul", "cours": []}]"#;
    check("f.json", text, &["[] titre|cours", "1: Nuage|Lire", "2: Seul|"]);
    // A training and others that go with it.
    let text = r#"[{"titre": "Lire", "duree": 2, "prix": 3, "organisme": "A", "formations": [{"titre": "Compter"}]}]"#;
    check("f.json", text, &["[] titre|duree|prix|organisme|formations", "1: Lire|2|3|A|Compter"]);
}

#[test]
fn objects_without_a_name_are_no_text() {
    let text =
        r#"[{"titre": "Lire", "programme": [{"titre": "Un"}, {"points": 2}], "sessions": [{"k": 1}]}]"#;
    let shapes = check("f.json", text, &["[] titre|programme|sessions", "1: Lire|Un|"]);
    let told = crate::table::plain(&shapes[0].reading.join("\n"));
    assert!(told.contains("n’ont pas de nom, ils ne sont pas lus"), "{told}");
}

#[test]
fn a_graph_of_schema_org_gives_its_courses() {
    let text = r#"{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "B"},
        {"@type": "Course", "name": "A", "hasCourseInstance": [{"courseMode": "onsite", "courseWorkload": "PT7H"}]}]}"#;
    let shapes = check("f.jsonld", text, &["[] title|duration|courseMode", "1: A|PT7H|onsite"]);
    assert!(shapes[0].reading[0].starts_with("JSON-LD"), "{:?}", shapes[0].reading);
}
