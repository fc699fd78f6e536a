//! Other people's tables through the command line: looked at, mapped, imported, refused rows given back.
//! Absent: our own files (see `files`).

use super::Home;

pub(super) const OFFER: &str = "\
Offre de formation 2026;;;;;
;;;;;
Intitulé;Organisme;Lien;Durée;Tarif;Modalité
Piloter par la donnée;École d’essai;https://exemple.fr/piloter;2 jours;sur devis;Présentiel
Lire un tableau de bord;École d’essai;;1 demi-journée;gratuit;À distance
;École d’essai;;;;
";

#[test]
fn a_table_is_read_with_every_doubt_shown() {
    let home = Home::seeded();
    home.write("offre.csv", OFFER);
    let looked = home.check("import offre.csv --dry-run --json", 0).json();
    let report = &looked["report"];
    assert_eq!((report["added"].as_u64(), report["refused"].as_u64()), (Some(2), Some(1)), "{looked:#}");
    assert_eq!(report["issues"][0]["line"], 6);
    assert_eq!(report["warnings"][0]["value"], "sur devis");
    assert!(report["reading"].as_array().is_some_and(|lines| !lines.is_empty()));

    let ran = home.check("import offre.csv --yes --refused refus.csv", 0);
    assert!(ran.err.contains("À vérifier") && ran.out.contains("Version 2 publiée"), "{ran:?}");
    let refused = home.read("refus.csv");
    assert!(refused.lines().next().is_some_and(|line| line.contains("Intitulé") && line.contains("erreur")));
    assert!(refused.contains("la ligne n’a pas d’intitulé"), "{refused}");
    assert_eq!(refused.lines().count(), 2, "{refused}");

    // The same file again changes nothing.
    let again = home.check("import offre.csv --yes --json", 0).json();
    assert_eq!(
        (again["report"]["unchanged"].as_u64(), &again["published"]),
        (Some(2), &serde_json::Value::Null)
    );
    let found =
        home.run(["search", "Lire un tableau de bord", "--provider", "ecole-d-essai", "--json"]).json();
    let found = &found["results"][0];
    assert_eq!(
        (&found["formats"][0], &found["provider_kind"]),
        (&"distanciel".into(), &"".into()),
        "{found:#}"
    );
    assert!(found.to_string().contains("3.5"), "{found:#}");
}

#[test]
fn what_a_table_does_not_say_stays_as_it_is_in_place() {
    let home = Home::seeded();
    home.write("offre.csv", OFFER);
    home.check("import offre.csv --yes", 0);
    let read = |home: &Home| {
        let found = home.run(["search", "Lire un tableau de bord", "--provider", "ecole-d-essai", "--json"]);
        found.json()["results"][0].clone()
    };
    // Someone judges the training, in a file of ours.
    let id = read(&home)["id"].as_str().unwrap_or_default().to_owned();
    home.check("export --out tout.jsonl", 0);
    let text = home.read("tout.jsonl");
    let line = text.lines().find(|line| line.contains(&id)).expect("the training");
    let mut row: serde_json::Value = serde_json::from_str(line).expect("a row");
    row["themes"] = serde_json::json!(["culture-donnees"]);
    row["summary"] = "Un tableau de bord, pas à pas.".into();
    home.write("jugee.jsonl", &format!("{row}\n"));
    home.check("import jugee.jsonl --yes", 0);

    // The table has no theme and no presentation: nothing of them moves.
    let again = home.check("import offre.csv --yes --json", 0).json();
    let report = &again["report"];
    assert_eq!((&report["unchanged"], &report["kept"]), (&2.into(), &1.into()), "{again:#}");
    assert_eq!(again["published"], serde_json::Value::Null);
    // A table without the column of prices keeps them, with where they were read.
    home.write("titres.csv", "Intitulé;Organisme;Durée\nLire un tableau de bord;École d’essai;3 heures\n");
    let ran = home.check("import titres.csv --yes", 0);
    assert!(ran.err.contains("1 formation en place garde ce que le fichier ne dit pas"), "{ran:?}");
    let found = read(&home);
    assert_eq!(found["themes"][0], "culture-donnees");
    assert_eq!(found["summary"], "Un tableau de bord, pas à pas.");
    home.check("export --out tout2.jsonl", 0);
    let text = home.read("tout2.jsonl");
    let line = text.lines().find(|line| line.contains(&id)).expect("the training");
    let row: serde_json::Value = serde_json::from_str(line).expect("a row");
    assert_eq!(row["price_eur"].as_f64(), Some(0.0), "{row:#}");
    assert_eq!(row["sources"]["price"]["address"], "fichier:offre.csv", "{row:#}");
    assert_eq!(row["source"]["address"], "fichier:titres.csv", "{row:#}");
}

#[test]
fn proposals_go_in_only_when_they_are_accepted() {
    let home = Home::seeded();
    let title = "Cybersécurité : sécurité des systèmes d’information et gestion des risques numériques";
    home.write("offre.csv", &format!("Intitulé;Organisme\n{title};École d’essai\n"));
    let looked = home.check("import offre.csv --dry-run --json", 0).json()["report"].clone();
    assert!(looked["suggestions_total"].as_u64() > Some(0), "{looked:#}");
    assert_eq!(
        (&looked["suggestions_accepted"], &looked["suggestions"][0]["accepted"]),
        (&0.into(), &false.into())
    );
    let ran = home.check("import offre.csv --dry-run", 0);
    assert!(ran.err.contains("rien n’en est publié sans --accept-proposals"), "{ran:?}");

    let accepted = home.check("import offre.csv --accept-proposals --yes --json", 0).json()["report"].clone();
    assert_eq!(accepted["suggestions_accepted"], looked["suggestions_total"], "{accepted:#}");
    let themes: Vec<_> = accepted["suggestions"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|one| one["field"] == "themes" && one["accepted"] == true)
        .map(|one| one["value"].clone())
        .collect();
    let found = home.run(["search", "Cybersécurité", "--provider", "ecole-d-essai", "--json"]).json();
    assert_eq!(found["results"][0]["themes"], serde_json::Value::Array(themes), "{found:#}");

    // The same file again, accepted or not, changes nothing and proposes nothing more.
    for options in ["", "--accept-proposals"] {
        let again = home.check(&format!("import offre.csv --yes --json {options}"), 0).json();
        assert_eq!(again["report"]["unchanged"], 1, "{again:#}");
        assert_eq!(again["report"]["suggestions_total"], 0, "{again:#}");
    }
}

#[test]
fn what_looks_like_a_training_in_place_is_told_until_it_is_decided() {
    let home = Home::seeded();
    let known = home.run(["search", "Elements of AI", "--json"]).json()["results"][0].clone();
    let of = |key: &str| known[key].as_str().unwrap_or_default().to_owned();
    let (title, provider, id) = (of("title"), of("provider"), of("id"));
    home.write("offre.csv", &format!("Intitulé;Organisme;Référence\n{title} !;{provider};2026-A\n"));
    let report = home.check("import offre.csv --dry-run --json", 0).json()["report"].clone();
    let pair = &report["lookalikes"][0];
    assert_eq!(
        (&pair["known"]["id"], report["lookalikes_total"].as_u64()),
        (&id.as_str().into(), Some(1)),
        "{report:#}"
    );
    // What the words speak for is told with these words, and not published.
    let suggestion = &report["suggestions"][0];
    assert!(suggestion["words"].as_array().is_some_and(|words| !words.is_empty()), "{report:#}");
    assert!(suggestion["confidence"].as_f64().is_some_and(|share| share > 0.5), "{report:#}");
    let ran = home.check("import offre.csv --dry-run", 0);
    assert!(ran.err.contains("Doublon possible") && ran.err.contains("rien n’en est publié"), "{ran:?}");

    let new = pair["new"]["id"].as_str().unwrap_or_default();
    let decision = format!(
        "[[decision]]\nkeep = \"{id}\"\nother = \"{new}\"\nverdict = \"apart\"\nreason = \"Deux sessions.\"\ndate = \"2026\"\n"
    );
    home.write("decisions.toml", &decision);
    let decided = home.check("import offre.csv --dry-run --json --decisions decisions.toml", 0).json();
    assert_eq!(decided["report"]["lookalikes_total"], 0, "{decided:#}");
    // Decided to be one training, the new one is left out, and it is told.
    home.write("double.toml", &decision.replace("apart", "merged"));
    let merged =
        home.check("import offre.csv --dry-run --json --decisions double.toml", 0).json()["report"].clone();
    assert_eq!((&merged["added"], &merged["unchanged"]), (&0.into(), &1.into()), "{merged:#}");
    assert!(
        merged["warnings"][0]["message"].as_str().is_some_and(|told| told.contains("double décidé")),
        "{merged:#}"
    );
}

/// A workbook with the price that a formula gives.
fn priced(home: &Home, price: &str) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, text) in ["Intitulé", "Organisme", "Tarif"].into_iter().enumerate() {
        sheet.write(0, column as u16, text).expect("a cell");
    }
    sheet.write(1, 0, "Lire un tableau de bord").expect("a cell");
    sheet.write(1, 1, "École d’essai").expect("a cell");
    let formula = rust_xlsxwriter::Formula::new("=A9").set_result(price);
    sheet.write_formula(1, 2, formula).expect("a cell");
    book.save(home.path("offre.xlsx")).expect("a workbook");
}

#[test]
fn a_cell_that_cannot_be_read_takes_nothing_away() {
    let home = Home::seeded();
    priced(&home, "300");
    home.check("import offre.xlsx --yes", 0);
    priced(&home, "#N/A");
    let again = home.check("import offre.xlsx --yes --json", 0).json();
    let report = &again["report"];
    assert_eq!(
        (&report["unchanged"], &report["warnings"][0]["column"]),
        (&1.into(), &"Tarif".into()),
        "{again:#}"
    );
    assert_eq!(report["warnings"][0]["value"], "#N/A");
}

#[test]
fn refused_rows_are_written_whole_and_named_as_in_their_table() {
    let home = Home::seeded();
    let text = "Libellé;Structure;Durée\nLire;École A;2 jours;de trop;encore\n;École A;1 jour\nCompter;École A;1 jour\n";
    home.write("large.csv", text);
    let ran = home.check("import large.csv --yes --refused refus.csv", 0);
    assert!(ran.err.contains("ligne 3, colonne « Libellé »"), "{ran:?}");
    let refused = home.read("refus.csv");
    let lines: Vec<&str> = refused.lines().collect();
    assert_eq!(lines[0], "Libellé;Structure;Durée;erreur");
    assert!(
        lines[1].starts_with("Lire;École A;2 jours;") && lines[1].ends_with(";de trop;encore"),
        "{refused}"
    );
    assert!(lines[2].starts_with(";École A;1 jour;"), "{refused}");
    assert_eq!(lines.len(), 3);
}

#[test]
fn texts_named_as_workbooks_and_without_their_mark_are_read() {
    let home = Home::seeded();
    let text = "Intitulé;Organisme\nLire l’été;École A\n";
    home.write("texte.xlsx", text);
    let ran = home.check("import texte.xlsx --dry-run", 0);
    assert!(ran.err.contains("texte nommé comme un classeur") && ran.out.contains("1 ajoutée"), "{ran:?}");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(home.path("large.csv"), wide).expect("a file");
    let ran = home.check("import large.csv --dry-run", 0);
    assert!(ran.err.contains("UTF-16LE") && ran.out.contains("Lire l’été"), "{ran:?}");
}

#[test]
fn refused_rows_come_back_as_they_were() {
    let home = Home::seeded();
    home.write("signes.csv", "Intitulé;Organisme;Résumé;Prix TTC\n+ de données;;- comprendre;90\n");
    home.check("import signes.csv --yes --refused refus.csv", 1);
    let refused = home.read("refus.csv");
    assert!(refused.contains("'+ de données"), "{refused}");
    home.write("corrige.csv", &refused.replace("données;;", "données;École A;"));
    home.check("import corrige.csv --yes", 0);
    let found = home.run(["search", "données", "--provider", "ecole-a", "--json"]).json();
    assert_eq!(
        (&found["results"][0]["title"], &found["results"][0]["summary"]),
        (&"+ de données".into(), &"- comprendre".into())
    );
    // Refused again, its earlier error is not kept.
    home.write("encore.csv", &refused);
    home.check("import encore.csv --dry-run --refused deux.csv", 1);
    assert_eq!(home.read("deux.csv").lines().next(), Some("Intitulé;Organisme;Résumé;Prix TTC;erreur"));
}

#[test]
fn a_list_inside_objects_is_mapped_in_two_steps() {
    let home = Home::seeded();
    home.write("offre.json", r#"{"organismes":[{"nom":"École A","formations":[{"titre":"Lire","duree":"2 j"}]},{"nom":"École B","formations":[]}]}"#);
    let ran = home.check("import offre.json --dry-run", 1);
    assert!(ran.err.contains("Remède"), "{ran:?}");
    home.write("liste.toml", "[table]\nlist = \"formations\"\n");
    home.check("import offre.json --mapping liste.toml --propose offre.toml", 0);
    let draft = home.read("offre.toml");
    assert!(draft.contains("list = \"formations\"") && draft.contains("name = \"parent\""), "{draft}");
    home.write(
        "offre.toml",
        &draft.replace("provider = \"Organisme non précisé\" # à remplacer par l’organisme", "").replacen(
            "# field = \"…\" # cette colonne n’est pas reprise",
            "field = \"provider\"",
            1,
        ),
    );
    let ran = home.check("import offre.json --mapping offre.toml --dry-run", 0);
    assert!(ran.out.contains("1 ajoutée") && ran.out.contains("ecole-a-lire"), "{ran:?}");
}

#[test]
fn what_is_no_table_is_refused() {
    let home = Home::seeded();
    home.write("abime.xlsx", "ceci n’est pas un classeur");
    home.write("sans-titre.csv", "a;b\n1;2\n3;4\n");
    home.write(
        "deux-titres.csv",
        "Intitulé;Intitulé;Organisme\nDroit;Bases du droit;INSEE\nBudget;Bases du budget;INSEE\n",
    );
    home.write("texte.docx", "x");
    home.write("autre.zip", "PK");
    for (name, code, told) in [
        ("abime.xlsx", 1, "abime.xlsx"),
        ("sans-titre.csv", 1, "aucune colonne ne donne l’intitulé"),
        (
            "deux-titres.csv",
            1,
            "la colonne « Intitulé » n’est pas prise : une autre colonne porte le même nom",
        ),
        ("texte.docx", 2, "ne dit pas le format"),
        ("autre.zip", 2, "n’est pas une archive exportée par Parcours"),
        ("absent.csv", 1, "absent.csv"),
    ] {
        let ran = home.check(&format!("import {name} --dry-run"), code);
        assert!(ran.err.contains(told) && ran.err.contains("Remède"), "{ran:?}");
    }
    assert!(home.check("revisions", 0).out.contains('1'));
}

#[test]
fn what_is_exported_is_read_back_identical() {
    let home = Home::seeded();
    for name in ["tout.xlsx", "tout.ods"] {
        assert!(home.check(&format!("export --out {name}"), 0).out.contains("445 formations"));
        let report =
            home.check(&format!("import {name} --replace --dry-run --json"), 0).json()["report"].clone();
        assert_eq!((&report["unchanged"], &report["rows"]), (&445.into(), &445.into()), "{name}: {report:#}");
    }
    home.check("export --out tout.zip", 0);
    let file = std::fs::File::open(home.path("tout.zip")).expect("a package");
    let mut zip = zip::ZipArchive::new(file).expect("a zip");
    zip.extract(home.path("paquet")).expect("extracted");
    let report =
        home.check("import paquet/catalogue.csv --replace --dry-run --json", 0).json()["report"].clone();
    assert_eq!((&report["unchanged"], &report["rows"]), (&445.into(), &445.into()), "{report:#}");
    // A selection, and what it says of itself.
    home.check("export --out droit.ods --theme droit-ethique --force", 0);
    let report = home.check("import droit.ods --dry-run --json", 0).json()["report"].clone();
    assert!(report["unchanged"].as_u64().is_some_and(|count| count > 50 && count < 445), "{report:#}");
    assert!(home.check("export --out tout.doc", 2).err.contains(".ods"), "formats are told");
}

#[test]
fn prices_before_tax_count_as_stated_and_say_so() {
    let home = Home::seeded();
    home.write(
        "ht.csv",
        "Intitulé;Organisme;Prix HT\nZéphyr hors taxes;École d’essai;1 200 €\nZéphyr gratuit;École d’essai;gratuit\n",
    );
    home.write("ttc.csv", "Intitulé;Organisme;Prix TTC\nZéphyr taxes comprises;École d’essai;1440\n");
    for file in ["ht.csv", "ttc.csv"] {
        let report = home.check(&format!("import {file} --yes --json"), 0).json();
        assert_eq!(report["report"]["warnings_total"], 0, "{report:#}");
    }
    let found = home.check("search zéphyr --provider ecole-d-essai --sort prix-desc --json", 0).json();
    let told: Vec<(Option<f64>, Option<&str>)> = found["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|training| (training["price"]["euros"].as_f64(), training["price"]["taxes"].as_str()))
        .collect();
    assert_eq!(
        told,
        [(Some(1440.0), Some("ttc")), (Some(1200.0), Some("ht")), (Some(0.0), None)],
        "{found:#}"
    );
    let cheaper = home.check("search zéphyr --provider ecole-d-essai --price 2000", 0);
    assert!(cheaper.out.contains("1 200 € HT") && cheaper.out.contains("1 440 €"), "{cheaper:?}");
    // All forms that read back keep the basis with the words.
    for form in ["jsonl", "csv", "toml", "xlsx", "ods"] {
        home.check(&format!("export --out tout.{form} --provider ecole-d-essai"), 0);
        let again = home.check(&format!("import tout.{form} --dry-run --json"), 0).json();
        assert_eq!(again["report"]["unchanged"], 3, "{form}: {again:#}");
    }
}

#[test]
fn a_selection_is_written_as_linked_data() {
    let home = Home::seeded();
    home.check("export --out securite.jsonld --theme securite", 0);
    let list: serde_json::Value = serde_json::from_str(&home.read("securite.jsonld")).expect("JSON");
    let total = home.check("search --theme securite --json", 0).json()["total"].clone();
    assert_eq!((&list["@type"], &list["numberOfItems"]), (&"ItemList".into(), &total));
    assert!(list["name"].as_str().is_some_and(|sentence| !sentence.is_empty()), "{}", list["name"]);
    home.check("export --out tout.jsonld", 0);
    let whole: serde_json::Value = serde_json::from_str(&home.read("tout.jsonld")).expect("JSON");
    assert!(whole["itemListElement"].as_array().is_some_and(|items| items.len() > 400));
    home.check("export --out tout.jsonld", 2);
}

#[test]
fn no_other_money_is_read_as_euros_and_what_is_left_is_named() {
    let home = Home::seeded();
    home.write(
        "prix.csv",
        "Intitulé;Organisme;Prix;Durée;Date de début\nA;École;100 $;½ journée;1/9\nB;École;20 %;2 1/2 jours;\nC;École;12 00 €;2½ jours;\n\
         D;École;1 200 €;1 jour;\nTOTAL;École;1 200 €;;\n",
    );
    home.write("dollars.csv", "Intitulé;Organisme;Prix ($)\nE;École;100\n");
    let report = home.check("import prix.csv --dry-run --json", 0).json()["report"].clone();
    let reading = report["reading"].to_string();
    assert!(
        reading.replace('\u{202f}', " ").contains("colonne non reprise : « Date de début »"),
        "{reading}"
    );
    assert_eq!((report["added"].as_u64(), report["refused"].as_u64()), (Some(4), Some(1)), "{report:#}");
    assert!(report["issues"][0]["message"].as_str().is_some_and(|told| told.contains("total")), "{report:#}");
    home.check("import prix.csv --yes", 0);
    home.check("import dollars.csv --yes", 0);
    let exported = home.check("export --provider ecole --out e.jsonl", 0);
    assert_eq!(exported.code, 0);
    let facts: Vec<(String, serde_json::Value, serde_json::Value)> = home
        .read("e.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a row"))
        .map(|row| {
            (
                row["title"].as_str().expect("a title").to_owned(),
                row["price_eur"].clone(),
                row["duration_hours"].clone(),
            )
        })
        .collect();
    let of = |title: &str| {
        facts
            .iter()
            .find(|(known, ..)| known == title)
            .map(|(_, price, hours)| (price.as_f64(), hours.as_f64()))
    };
    assert_eq!(of("A"), Some((None, Some(3.5))));
    assert_eq!(of("B"), Some((None, None)));
    assert_eq!(of("C"), Some((None, Some(17.5))));
    assert_eq!(of("D"), Some((Some(1200.0), Some(7.0))));
    assert_eq!(of("E"), Some((None, None)));
}

#[test]
fn a_draft_organisation_that_nobody_changed_is_told() {
    let home = Home::seeded();
    home.write("sans.csv", "Intitulé;Durée\nLire;1 jour\n");
    home.check("import sans.csv --propose m.toml", 0);
    let report = home.check("import sans.csv --mapping m.toml --dry-run --json", 0).json()["report"].clone();
    assert!(report["reading"].to_string().contains("n’est dit nulle part"), "{report:#}");
    home.write("m2.toml", &home.read("m.toml").replace("Organisme non précisé", "École"));
    let report = home.check("import sans.csv --mapping m2.toml --dry-run --json", 0).json()["report"].clone();
    assert!(!report["reading"].to_string().contains("n’est dit nulle part"), "{report:#}");
}
