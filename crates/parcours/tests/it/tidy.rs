//! The house rules as tests: arrows between crates, lengths of files, heads of modules, dead files,
//! paths named in documents. Absent: lengths of functions, which clippy checks.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which of our crates each crate may use. `A -> B` of design: B uses A; no arrow returns.
const ARROWS: [(&str, &[&str]); 11] = [
    ("contingency", &[]),
    ("explorer", &[]),
    ("pathway", &[]),
    ("rollout", &[]),
    ("catalogue", &["contingency", "explorer"]),
    ("exchange", &["catalogue"]),
    ("report", &["catalogue"]),
    ("store", &["catalogue"]),
    ("actions", &["catalogue", "exchange", "pathway", "report", "rollout", "store"]),
    ("web", &["catalogue", "exchange", "store"]),
    ("parcours", &["actions", "catalogue", "exchange", "store", "web"]),
];

/// What must stay absent from a crate's dependencies.
const ABSENT: [(&str, &[&str]); 10] = [
    ("contingency", &["sqlx", "axum", "tokio", "askama"]),
    ("explorer", &["sqlx", "axum", "tokio", "askama"]),
    ("pathway", &["sqlx", "axum", "tokio", "askama", "time"]),
    ("rollout", &["sqlx", "axum", "tokio", "askama", "time"]),
    ("catalogue", &["sqlx", "axum", "tokio", "askama", "tantivy", "roaring"]),
    ("exchange", &["sqlx", "axum", "tokio", "askama"]),
    ("report", &["sqlx", "axum", "tokio", "askama", "time"]),
    ("store", &["axum", "askama", "tantivy"]),
    ("actions", &["axum", "askama", "clap", "indicatif"]),
    ("web", &["sqlx", "clap", "tantivy", "typst", "typst-pdf"]),
];

const LONGEST_FILE_LINES: usize = 500;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace exists")
}

/// All files under a directory of the workspace, as paths from the root; build products left out.
fn files(under: &str, extension: &str) -> Vec<String> {
    fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(dir) else { return };
        for entry in entries.map(|entry| entry.expect("a readable entry")) {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() && name != "target" && name != "node_modules" && name != ".git" {
                walk(&path, found);
            } else if path.is_file() {
                found.push(path);
            }
        }
    }
    let (root, mut found) = (root(), Vec::new());
    walk(&root.join(under), &mut found);
    let mut names: Vec<String> = found
        .iter()
        .filter(|path| extension.is_empty() || path.extension().is_some_and(|known| known == extension))
        .map(|path| path.strip_prefix(&root).expect("under the root").to_str().expect("UTF-8").to_owned())
        .collect();
    names.sort();
    names
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn dependencies(name: &str) -> BTreeSet<String> {
    let manifest: toml::Table = read(&format!("crates/{name}/Cargo.toml")).parse().expect("a manifest");
    let table = manifest["dependencies"].as_table().expect("a table of dependencies");
    table.keys().cloned().collect()
}

fn none(rule: &str, breaches: Vec<String>) {
    assert!(breaches.is_empty(), "{rule}:\n{}", breaches.join("\n"));
}

#[test]
fn crates_use_only_what_the_arrows_allow() {
    let ours: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let present: BTreeSet<String> = files("crates", "toml")
        .iter()
        .filter(|path| path.ends_with("/Cargo.toml"))
        .map(|path| path.split('/').nth(1).expect("a crate").to_owned())
        .collect();
    let known: BTreeSet<String> = ours.keys().map(|name| (*name).to_owned()).collect();
    assert_eq!(present, known, "crates on disk and in the table of arrows");
    let mut breaches = Vec::new();
    for (name, allowed) in &ours {
        for dependency in dependencies(name) {
            if ours.contains_key(dependency.as_str()) && !allowed.contains(&dependency.as_str()) {
                breaches.push(format!("{name} must not use {dependency}"));
            }
        }
    }
    none("wrong arrows", breaches);
}

#[test]
fn crates_stay_without_what_they_must_not_know() {
    let breaches = ABSENT.into_iter().flat_map(|(name, absent)| {
        let known = dependencies(name);
        absent
            .iter()
            .filter(move |other| known.contains(**other))
            .map(move |other| format!("{name} uses {other}"))
    });
    none("a dependency that must stay absent", breaches.collect());
}

#[test]
fn every_crate_keeps_the_lints_of_the_workspace() {
    let breaches = ARROWS.iter().filter(|(name, _)| {
        let manifest: toml::Table = read(&format!("crates/{name}/Cargo.toml")).parse().expect("a manifest");
        manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool)
            != Some(true)
    });
    none("`[lints] workspace = true` is missing", breaches.map(|(name, _)| (*name).to_owned()).collect());
    assert!(read("clippy.toml").contains("too-many-lines-threshold = 70"), "functions of at most 70 lines");
}

#[test]
fn files_are_short_and_say_what_they_hold() {
    let mut breaches = Vec::new();
    for path in files("crates", "rs") {
        let text = read(&path);
        let lines = text.lines().count();
        if lines > LONGEST_FILE_LINES {
            breaches.push(format!("{path}: {lines} lines, {LONGEST_FILE_LINES} at most"));
        }
        if !text.starts_with("//!") {
            breaches.push(format!("{path}: does not begin with `//!`"));
        }
    }
    none("source files", breaches);
}

#[test]
fn no_unfinished_mark_is_left() {
    let marks =
        ["TO".to_owned() + "DO", "FIX".to_owned() + "ME", "XX".to_owned() + "X", "#[ign".to_owned() + "ore"];
    let sources =
        files("crates", "rs").into_iter().chain(files("crates", "html")).chain(files("tests", "mjs"));
    let breaches = sources.flat_map(|path| {
        let text = read(&path);
        let found: Vec<String> = text
            .lines()
            .enumerate()
            .filter(|(_, line)| marks.iter().any(|mark| line.contains(mark)))
            .map(|(number, _)| format!("{path}:{}", number + 1))
            .collect();
        found
    });
    none("unfinished marks", breaches.collect());
}

#[test]
fn every_source_file_belongs_to_a_crate() {
    let mut breaches = Vec::new();
    for path in files("crates", "rs") {
        let parts: Vec<&str> = path.split('/').collect();
        let (crate_dir, rest) = (parts[..2].join("/"), parts[2..].join("/"));
        let entry = ["src/lib.rs", "src/main.rs", "build.rs"].contains(&rest.as_str())
            || rest.starts_with("examples/")
            || rest.starts_with("benches/")
            || (rest.starts_with("tests/") && (parts.len() == 4 || rest.ends_with("/main.rs")));
        if entry {
            continue;
        }
        let file = parts.last().expect("a name").trim_end_matches(".rs");
        let module = if file == "mod" { parts[parts.len() - 2] } else { file };
        let declared = files(&crate_dir, "rs").iter().any(|other| {
            other != &path
                && read(other).lines().any(|line| {
                    line.trim().trim_start_matches("pub ").trim_start_matches("pub(crate) ")
                        == format!("mod {module};")
                })
        });
        if !declared {
            breaches.push(format!("{path}: no `mod {module};`"));
        }
    }
    none("dead files", breaches);
}

#[test]
fn every_template_static_file_and_query_is_used() {
    let sources: String = files("crates", "rs").iter().map(|path| read(path)).collect();
    let templates: String = files("crates", "html").iter().map(|path| read(path)).collect();
    let assets =
        ["html", "css", "js", "sql", "svg"].into_iter().flat_map(|extension| files("crates", extension));
    let breaches = assets.filter(|path| {
        let name = path.rsplit('/').next().expect("a name");
        let migration = path.contains("/migrations/") && sources.contains("migrate!");
        !migration && !sources.contains(name) && !templates.contains(name)
    });
    none("unused files", breaches.collect());
}

/// What a template writes as it stands: neither its blocks nor tags.
fn written(template: &str) -> String {
    let (mut braces, mut is_in_tag) = (0_u32, false);
    template
        .chars()
        .filter(|letter| {
            match letter {
                '{' => braces += 1,
                '<' if braces == 0 => is_in_tag = true,
                _ => {}
            }
            let is_written = braces == 0 && !is_in_tag;
            match letter {
                '}' => braces = braces.saturating_sub(1),
                '>' if braces == 0 => is_in_tag = false,
                _ => {}
            }
            is_written
        })
        .collect()
}

#[test]
fn templates_space_signs_as_french_typography_asks() {
    let mut breaches = Vec::new();
    for path in files("crates", "html") {
        for line in written(&read(&path)).lines() {
            if [" ;", " :", " !", " ?", " »", "« "].iter().any(|wide| line.contains(wide)) {
                breaches.push(format!("{path}: {line}"));
            }
        }
    }
    none("a narrow no-break space is missing", breaches);
}

#[test]
fn the_map_names_only_what_exists() {
    let map = read("ARCHITECTURE.md");
    let root = root();
    assert!(map.lines().count() <= 200, "ARCHITECTURE.md has at most 200 lines");
    let named: Vec<&str> = map.split('`').skip(1).step_by(2).collect();
    let paths = named.iter().filter(|name| {
        name.contains('/') && !name.starts_with('/') && !name.contains(['{', ' ', '*', ':', '='])
    });
    none(
        "paths that do not exist",
        paths.filter(|path| !root.join(path).exists()).map(|path| (*path).to_owned()).collect(),
    );
    let unnamed = ARROWS.iter().filter(|(name, _)| !map.contains(&format!("`{name}`")));
    none("crates that the map leaves out", unnamed.map(|(name, _)| (*name).to_owned()).collect());
}

#[test]
fn documents_hold_no_path_of_a_machine() {
    let documents = ["md", "toml", "yml"].into_iter().flat_map(|extension| files("", extension));
    let homes = ["/ro".to_owned() + "ot/", "/wo".to_owned() + "rk/", "/ho".to_owned() + "me/"];
    let breaches = documents.filter(|path| {
        let text = read(path);
        !path.starts_with("data/trainings/") && homes.iter().any(|home| text.contains(home))
    });
    none("machine paths", breaches.collect());
}

#[test]
fn the_public_card_says_the_version_and_licence_of_the_workspace() {
    let manifest: toml::Table = read("Cargo.toml").parse().expect("a manifest");
    let package = &manifest["workspace"]["package"];
    let card = read("publiccode.yml");
    for value in [&package["version"], &package["license"]] {
        let value = value.as_str().expect("text");
        assert!(card.contains(value), "publiccode.yml does not say {value}");
    }
    assert!(read("CHANGELOG.md").contains("## "), "a changelog with sections");
}
