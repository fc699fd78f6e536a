//! Searching, importing, exporting, revisions, backups, checks, and directories that are not ours.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use super::{Home, Ran, contents};

const ROW: &str = r#"{"id":"essai","kind":"course","title":"Piloter par les données","provider":"Organisme d’essai","provider_kind":"public","duration_hours":14,"themes":["culture-donnees"],"competences":{"culture-donnees":2},"summary":"Deux jours pour décider avec des chiffres.","source":{"address":"https://exemple.invalid/essai","seen":"2025"}}"#;

#[test]
fn a_new_directory_opens_on_the_built_in_catalogue() {
    let home = Home::seeded();
    let ran = home.run(["search", "--json"]);
    assert!(ran.json()["total"].as_u64().is_some_and(|total| total > 400), "{ran:?}");
    assert_eq!(ran.err, "");
    assert!(home.check("check", 0).out.contains("Dossier sain : version 1"));
    let list = home.run(["revisions", "--json"]).json();
    assert_eq!((list[0]["author"].as_str(), list.as_array().map(Vec::len)), (Some("Parcours"), Some(1)));
}

#[test]
fn a_hollow_catalogue_is_not_sound() {
    let home = Home::new();
    std::fs::create_dir(home.path("data")).expect("a directory");
    home.write("data/parcours.sqlite", "");
    let ran = home.check("check", 1);
    assert!(ran.out.contains("0 octet") || ran.err.contains("0 octet"), "{ran:?}");
}

#[test]
fn a_price_without_taxes_says_so() {
    let home = Home::new();
    let found = home.check("search scrum --sort prix-desc", 0);
    assert!(found.out.contains("€ HT"), "{found:?}");
}

#[test]
fn commands_that_only_read_make_nothing() {
    let home = Home::new();
    home.write("essai.jsonl", ROW);
    let found = home.check("search RGPD --json", 0);
    assert!(found.json()["total"].as_u64().is_some_and(|total| total > 10), "{found:?}");
    assert!(home.check("import essai.jsonl --dry-run", 0).out.contains("1 ajoutée"));
    for line in ["search RGPD", "export --out tout.jsonl", "export --out securite.csv --theme securite"] {
        let told = home.check(line, 0).err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains("celui qui est livré avec le programme"), "{line}: {told}");
    }
    assert!(home.read("tout.jsonl").lines().count() > 400);
    for line in
        ["check", "backup --out copie.sqlite", "revisions", "revisions diff 0 1", "revisions restore 1"]
    {
        let ran = home.check(line, 1);
        assert!(
            ran.err.contains("il n’y a pas encore de catalogue") && ran.err.contains("Remède"),
            "{ran:?}"
        );
    }
    assert!(!home.path("data").exists() && !home.path("copie.sqlite").exists());
}

/// As root, permissions do not hold and the directory is read as usual.
#[cfg(unix)]
#[test]
fn a_directory_that_cannot_be_written_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::seeded();
    let set = |mode| std::fs::set_permissions(home.path("data"), PermissionsExt::from_mode(mode));
    set(0o555).expect("permissions");
    for line in [
        "search RGPD",
        "export --out tout.csv",
        "revisions",
        "revisions diff 0 1",
        "check",
        "backup --out copie.sqlite",
    ] {
        home.check(line, 0);
    }
    let is_root = std::fs::write(home.path("data/essai"), "").is_ok();
    set(0o755).expect("permissions");
    let left = contents(&home.path("data"));
    // Where permissions do not hold, SQLite writes its journal; two connections closed at once may leave it to the next.
    let is_own = |path: &std::path::Path| {
        is_root && (path.ends_with("essai") || path.to_string_lossy().contains("sqlite-"))
    };
    let left: Vec<_> = left.iter().map(|(path, _)| path).filter(|path| !is_own(path)).collect();
    assert_eq!(left.len(), 1, "nothing is left there: {left:?}");
}

#[test]
fn a_search_fits_eighty_columns() {
    let home = Home::new();
    let ran =
        home.run(["search", "protection des données", "--audience", "cadres-metiers", "--sort", "duree"]);
    let sentence = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(sentence.contains("pour le public « Cadres métiers », par durée croissante"), "{}", ran.out);
    assert!(ran.out.contains("est. : durée estimée"), "{}", ran.out);
    for line in ran.out.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let facets = home.run(["search", "RGPD", "--facets", "--limit", "1"]);
    assert!(facets.out.contains("droit-ethique — Droit et éthique"), "{}", facets.out);
    let explained = home.run(["search", "algorithmes", "--explain"]);
    assert!(explained.out.contains("intitulé") && explained.out.contains("rareté"), "{}", explained.out);
}

#[test]
fn a_search_fits_a_narrow_terminal() {
    let home = Home::seeded();
    for columns in [40_usize, 52, 60, 72] {
        for line in
            ["search RGPD --explain --facets", "search RGPD --theme geodonnees --price gratuit", "search"]
        {
            let mut command = home.command();
            let ran = Ran::new(
                command.args(line.split(' ')).env("COLUMNS", columns.to_string()).output().expect("it runs"),
            );
            assert_eq!(ran.code, 0, "{ran:?}");
            // An identifier is never cut: it is alone on its line.
            let told = ran.out.lines().filter(|line| line.trim().contains(' '));
            for line in told {
                assert!(line.chars().count() <= columns, "{columns}: {line}");
            }
        }
    }
}

#[test]
fn a_search_without_answer_shows_ways_out() {
    let home = Home::new();
    let ran = home.run(["search", "RGPD", "--theme", "geodonnees", "--price", "gratuit"]);
    assert!(ran.out.starts_with("Aucune formation") && ran.out.contains("À essayer :"), "{}", ran.out);
}

#[test]
fn the_json_of_a_search_is_that_of_the_web() {
    let home = Home::new();
    let found = home.check("search rgpd zzzzqqqq --theme geodonnees --json", 0).json();
    assert_eq!((found["total"].as_u64(), found["reachable"].as_u64()), (Some(0), Some(0)));
    assert_eq!(found["readings"][0]["typed"], "rgpd");
    assert_eq!(found["readings"][0]["kind"], "synonym");
    assert_eq!(found["readings"][1]["kind"], "unknown");
    let ways = found["ways_out"].as_array().expect("ways out");
    assert!(ways.iter().all(|way| way["total"].as_u64().is_some_and(|total| total > 0)), "{ways:?}");
    assert!(
        ways.iter().any(|way| way["href"].as_str().is_some_and(|href| href.starts_with("/formations.json")))
    );
    let first = &home.check("search rgpd --limit 1 --json", 0).json()["results"][0];
    assert!(first["page"].as_str().is_some_and(|page| page.starts_with("/formations/")), "{first}");
    assert!(first["duration"].is_object() && first["price"].is_object(), "{first}");
}

#[test]
fn wrong_parameters_are_wrong_uses() {
    let home = Home::new();
    let check = |arguments: &[&str], expected: &str| {
        let ran = home.run(arguments);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains(expected) && ran.err.contains("Remède : "), "{ran:?}");
    };
    check(&["search", "--theme", "secutite"], "vouliez-vous « securite »");
    check(&["search", "--provider", "personne-du-tout"], "« personne-du-tout » n’existe pas");
    check(
        &["search", "--duration-min", "9", "--duration-max", "3"],
        "« Durée », « au moins » dépasse « au plus »",
    );
    check(&["search", "--page", "0"], "« page » attend");
    check(&["search", "--page", "400"], "la page 400 n’existe pas");
    check(&["search", &"a".repeat(10_000)], "500 au plus");
    check(&["export", "--out", "tout.pdf"], "ne dit pas le format");
}

#[test]
fn each_format_comes_back_the_same() {
    let home = Home::new();
    for name in ["tout.csv", "tout.jsonl", "tout.toml"] {
        home.check(&format!("export --out {name}"), 0);
        let ran = home.run(["import", name, "--dry-run", "--replace", "--json"]);
        let report = &ran.json()["report"];
        let counts = ["added", "changed", "withdrawn", "refused"].map(|key| report[key].as_u64());
        assert_eq!(counts, [Some(0); 4], "{name}: {ran:?}");
    }
    assert!(home.check("export --out tout.csv", 2).err.contains("existe déjà"));
    home.check("export --out tout.csv --force --theme securite --sort titre", 0);
    assert!(home.read("tout.csv").lines().count() < 300);
    assert_eq!(contents(home.directory.path()).len(), 3, "nothing partial is left");
}

#[test]
fn an_import_is_shown_then_published_then_undone() {
    let home = Home::new();
    home.write("essai.jsonl", ROW);
    assert!(home.check("import essai.jsonl --dry-run", 0).out.contains("+ essai — Piloter par les données"));
    let unanswered = home.check("import essai.jsonl", 2);
    assert!(
        unanswered.err.contains("rien n’est publié") && unanswered.err.contains("--yes"),
        "{unanswered:?}"
    );
    let published = home.check("import essai.jsonl --yes --message Essai", 0);
    assert!(published.out.contains("Version 2 publiée"), "{published:?}");
    assert!(home.check("import essai.jsonl --yes", 0).out.contains("Rien à publier"));
    home.write("essai.jsonl", &ROW.replace("14", "7"));
    let changed = home.check("import essai.jsonl --yes", 0);
    assert!(changed.out.contains("Durée, en heures : 14 → 7"), "{changed:?}");
    let difference = home.check("revisions diff 1 3", 0);
    assert!(difference.out.contains("1 ajoutée, 0 modifiée, 0 retirée"), "{difference:?}");
    assert!(home.check("revisions restore 1", 0).out.contains("Version 4 publiée"));
    let list = home.run(["revisions", "--json"]).json();
    assert_eq!(list[0]["digest"], list[3]["digest"], "the restored state is the first one");
    assert_eq!((list[2]["author"].as_str(), list[2]["message"].as_str()), (Some("essai"), Some("Essai")));
    assert!(home.check("revisions restore 4", 0).out.contains("rien à publier"));
    assert!(home.check("revisions diff 1 99", 1).err.contains("la version 99 n’existe pas"));
    home.check("check", 0);
}

#[test]
fn bad_rows_are_explained_and_good_ones_go_in() {
    let home = Home::new();
    let bad = ROW.replace("\"essai\"", "\"Mauvais Id\"").replace("culture-donnees\"]", "rien\"]");
    home.write("mixte.jsonl", &format!("{ROW}\n{bad}\npas du JSON\n"));
    let ran = home.check("import mixte.jsonl --yes", 0);
    assert!(ran.out.contains("1 ajoutée") && ran.out.contains("2 refusées"), "{ran:?}");
    for expected in ["mixte.jsonl", "ligne 2", "colonne", "Mauvais Id", "ligne 3"] {
        assert!(ran.err.contains(expected), "{expected} in {}", ran.err);
    }
    let second = ROW.replace("\"essai\"", "\"essai-2\"");
    let mixed = [ROW.as_bytes(), b"\n{\"id\":\"\xe9\"}\n", second.as_bytes()];
    std::fs::write(home.path("melange.jsonl"), mixed.concat()).expect("written");
    let ran = home.check("import melange.jsonl --yes", 0);
    assert!(
        ran.err.contains("ligne 2 : la ligne n’est pas en UTF-8") && ran.err.contains('\u{fffd}'),
        "{ran:?}"
    );
    assert!(ran.out.contains("1 ajoutée") && ran.out.contains("1 identique"), "{ran:?}");
    home.write("fausse.csv", "colonne;autre\n1;2\n");
    assert_eq!(home.run(["import", "fausse.csv", "--yes"]).code, 1);
    std::fs::write(home.path("latin1.jsonl"), b"{\"id\":\"\xe9\"}\n").expect("written");
    assert!(home.check("import latin1.jsonl --yes", 1).err.contains("UTF-8"));
    assert!(home.check("import absente.csv --yes", 1).err.contains("absente.csv"));
    home.check("check", 0);
}

#[test]
fn refusals_that_are_not_shown_are_counted() {
    let home = Home::new();
    home.write("refus.jsonl", &"pas du JSON\n".repeat(250));
    let ran = home.check("import refus.jsonl --dry-run", 1);
    assert_eq!(ran.err.matches("Refus : ").count(), 20, "{ran:?}");
    assert!(ran.err.contains("230 autres refus ne sont pas montrés : --refused FICHIER.csv écrit les lignes refusées, --json les donne tous"), "{ran:?}");
    let report = &home.check("import refus.jsonl --dry-run --json", 1).json()["report"];
    assert_eq!(
        (report["issues"].as_array().map(Vec::len), report["issues_total"].as_u64()),
        (Some(250), Some(250))
    );
}

#[test]
fn a_backup_is_a_catalogue() {
    let home = Home::seeded();
    std::fs::create_dir(home.path("copie")).expect("a directory");
    assert!(home.check("backup --out copie/parcours.sqlite", 0).out.contains("Version 1 copiée"));
    assert!(home.check("backup --out copie/parcours.sqlite", 2).err.contains("existe déjà"));
    let listed = home.check("revisions --json --data-dir copie", 0).json();
    assert_eq!(listed, home.check("revisions --json", 0).json());
    home.check("check --data-dir copie", 0);
}

#[test]
fn a_directory_that_is_not_ours_is_left_untouched() {
    let home = Home::new();
    std::fs::create_dir(home.path("data")).expect("a directory");
    home.write("data/notes.txt", "à garder");
    let before = contents(&home.path("data"));
    for line in
        ["search", "serve --port 0", "check", "revisions", "import x.csv --yes", "backup --out b.sqlite"]
    {
        let ran = home.check(line, 1);
        assert!(ran.err.contains("Remède : "), "{line}: {ran:?}");
        assert_eq!(contents(&home.path("data")), before, "{line}");
    }
    home.write("data/parcours.sqlite", &"ceci n’est pas une base".repeat(500));
    let before = contents(&home.path("data"));
    for line in ["search", "check"] {
        assert!(home.check(line, 1).err.contains("n’est pas un catalogue"), "{line}");
        assert_eq!(contents(&home.path("data")), before, "{line}");
    }
}

#[test]
fn a_generated_catalogue_is_sound() {
    let home = Home::new();
    home.check("generate --count 300 --seed 9 --out essai.jsonl", 0);
    home.check("generate --count 300 --seed 9 --out pareil.jsonl", 0);
    assert_eq!(home.read("essai.jsonl"), home.read("pareil.jsonl"));
    assert!(home.check("import essai.jsonl --replace --yes", 0).out.contains("300 ajoutées"));
    home.check("generate --count 300 --seed 9 --into direct", 0);
    assert!(home.check("check --data-dir direct", 0).out.contains("version 1, 300 formations"));
    let digest = |list: &Ran| list.json()[0]["digest"].clone();
    let (imported, direct) =
        (home.check("revisions --json", 0), home.check("revisions --json --data-dir direct", 0));
    assert_eq!(digest(&imported), digest(&direct));
}

#[test]
fn an_import_killed_at_any_moment_loses_nothing() {
    let home = Home::seeded();
    home.check("generate --count 4000 --seed 1 --out grand.jsonl", 0);
    let before = home.check("revisions --json", 0).json();
    for _ in 0..3 {
        let mut import = home.command();
        let mut child = import
            .args(["import", "grand.jsonl", "--yes"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut line = String::new();
        // The report is printed just before the publication begins.
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        child.kill().expect("killed");
        child.wait().expect("ended");
        home.check("check", 0);
        let after = home.check("revisions --json", 0).json();
        assert!(
            after
                .as_array()
                .is_some_and(|list| list.last() == before.as_array().and_then(|list| list.last()))
        );
    }
    home.check("import grand.jsonl --yes", 0);
    assert!(home.check("check", 0).out.contains("formations"));
}
