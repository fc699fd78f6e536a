//! Text tables of other people, in any dialect; what is no table. Absent: workbooks, JSON.

use std::fs;
use std::path::Path;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use exchange::Extent;
use exchange::table::{Cell, Options, Shape, known_name, read_each, shapes};
use proptest::collection::vec;
use proptest::prelude::*;

/// Names that a mapping would know.
pub fn known(name: &str) -> bool {
    ["Titre", "Organisme", "Durée", "Prix"].contains(&name)
}

pub fn plain(text: &str) -> String {
    text.replace(['\u{202f}', '\u{a0}'], " ")
}

fn told(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Day(year, month, day) => format!("{year}-{month:02}-{day:02}"),
        Cell::Truth(truth) => truth.to_string(),
        Cell::Several(values) => values.join("+"),
    }
}

/// All that a file gives, one item a line: tables as `[sheet] columns`, rows as `line: cells`, issues.
pub fn given(path: &Path, options: &Options) -> (String, Vec<Shape>) {
    let (mut lines, mut seen) = (Vec::new(), Vec::<Shape>::new());
    let extent = read_each(path, options, &known, &mut |shape, row| {
        // Under a line of names met again, the table is the same one.
        let whole = Shape { unsaid: Vec::new(), ..shape.clone() };
        if seen.last() != Some(&whole) {
            seen.push(whole);
            lines.push(format!("[{}] {}", shape.sheet.clone().unwrap_or_default(), shape.columns.join("|")));
        }
        lines.push(match row {
            Ok(row) => format!("{}: {}", row.line, row.cells.iter().map(told).collect::<Vec<_>>().join("|")),
            Err(issue) => format!("! {issue}"),
        });
    });
    match extent {
        Ok(Extent::Whole) => {}
        Ok(Extent::Partial) => lines.push("partial".to_owned()),
        Err(issue) => lines.push(format!("refused {issue}")),
    }
    (plain(&lines.join("\n")), seen)
}

pub fn check_file(name: &str, bytes: &[u8], options: &Options, expected: &[&str]) -> Vec<Shape> {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join(name);
    fs::write(&path, bytes).expect("a file");
    let (found, seen) = given(&path, options);
    assert_eq!(found, expected.join("\n"));
    if let Ok(all) = shapes(&path, options, &known) {
        let read = |shape: &&Shape| !shape.columns.is_empty();
        assert!(seen.iter().filter(read).all(|shape| all.contains(shape)), "{seen:?} {all:?}");
    }
    seen
}

fn check(text: &str, expected: &[&str]) -> Vec<Shape> {
    check_file("f.csv", text.as_bytes(), &Options::default(), expected)
}

#[test]
fn rows_swallowed_by_a_quotation_mark_are_told() {
    let told = "une cellule entre guillemets contient des lignes qui semblent de la table, la ligne est laissée ; cherchez dans cette cellule un guillemet de trop ou qui manque, et doublez ceux du texte.";
    let check = |text: &str, line: u64, kept: &str| {
        let (found, _) = given_text(text);
        assert!(found.contains(&format!("! f.csv, ligne {line} : {told}")), "{found}");
        assert!(found.ends_with(kept), "{found}");
    };
    check("Titre;Organisme;Durée;Prix\na;\"b;7;1\nc;d;7;2\ne;f;7;3\ng;h\";7;4\ny;z;7;5\n", 2, "6: y|z|7|5");
    check("Titre;Organisme\na;\"b\nc;d\ne;f\"\ng;h\n", 2, "5: g|h");
    check("Titre;Organisme;Durée\na;\"b;7 h\nc;d\";8 h\ne;f;9 h\n", 2, "4: e|f|9 h");
    check(
        "Titre;Organisme;Durée;Prix;Ville;Note\na;b;7;1;Lyon;\"x\nc;d;7;1;Nice\ne;f;7;2;Paris\"\ng;h;7;3;Brest\n",
        2,
        "5: g|h|7|3|Brest|",
    );
    check("Titre,Organisme,Durée\na,b,7 h\n\"c,d,7 h\ne\",f,8 h\ng,h,9 h\n", 3, "5: g|h|9 h");
    check("Titre,Organisme\na,\"b\nc,d\ne,f\"\ng,h\n", 2, "5: g|h");
    let sentences = "Titre;Organisme;Durée;Prix\na;\"b :\n- un ; deux ; trois ; quatre\nc;d\";7;1\n";
    let decimals = "Titre,Organisme\na,\"b :\n1,5 jour\n2,5 jours\"\nc,d\n";
    let address = "Titre;Organisme;Ville\na;\"b\n12 rue X\n75012 Paris\";Paris\nc;d;Nice\n";
    let list = "Titre;Organisme;Description;Durée\na;b;\"objectif 1;\nobjectif 2;\nobjectif 3;\";7\n";
    let marks = "Titre;Organisme;Durée;Prix;Description\na;b;7;1;\"<ul>\n<li>a&nbsp;:&nbsp;b</li>\n<li>c&eacute;&agrave;&nbsp;d</li>\n</ul>\"\n";
    let days = "Titre\tOrganisme\tDescription\tDurée\na\tb\t\"Jour 1\tExcel\nJour 2\tWord\"\t7\n";
    let publics = "Titre,Organisme,Durée,Prix\na,b,7,\"Publics :\ncadres,agents,élus,DRH\"\n";
    let mail = "Titre;Organisme;Description;Durée\na;b;\"a@x.fr;b@x.fr\nc@x.fr;d@x.fr\";7\n";
    let contact = "Titre;Organisme;Durée;Contact\na;b;7;\"Inscriptions\na@x.fr;b@x.fr;c@x.fr\nmerci\"\n";
    let sessions = "Titre;Sessions;Organisme;Durée\na;\"Date;Lieu;Places\n12/03/2026;Paris;12\n13/04/2026;Lyon;10\";b;7\n";
    for sound in [sentences, decimals, address, list, marks, days, publics, mail, contact, sessions] {
        let (found, _) = given_text(sound);
        assert!(!found.contains('!'), "{found}");
    }
}

fn given_text(text: &str) -> (String, Vec<Shape>) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("f.csv");
    fs::write(&path, text).expect("a file");
    given(&path, &Options::default())
}

#[test]
fn separators_and_ends_of_lines() {
    for separator in [";", ",", "\t", "|"] {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["Titre;Durée", "\"a\"\"b\";2", "", "d;", "e"].join(end).replace(';', separator);
            check(&text, &["[] Titre|Durée", "2: a\"b|2", "4: d|", "5: e|"]);
        }
    }
    check("sep=|\nTitre|Prix\na;b|3,5\n", &["[] Titre|Prix", "3: a;b|3,5"]);
    check("Titre\na, b\nc\nd\ne, f, g\n", &["[] Titre", "2: a, b", "3: c", "4: d", "5: e, f, g"]);
    check("Titre;Prix\n\"a\nb\";1\n", &["[] Titre|Prix", "2: a\nb|1"]);
}

#[test]
fn ends_of_lines_of_two_systems_are_ends() {
    check(
        "Titre;Organisme\rUn;École\nDeux;École\r\r\nTrois;École\n",
        &["[] Titre|Organisme", "1: Un|École", "2: Deux|École", "3: Trois|École"],
    );
    check(
        "Titre;Organisme\rUn;\"École\nd’été\"\rDeux;École\r",
        &["[] Titre|Organisme", "2: Un|École\nd’été", "4: Deux|École"],
    );
    check(
        "Titre;Organisme\rUn;\"École\r\nd’été\"\rDeux;École\r",
        &["[] Titre|Organisme", "2: Un|École\n\nd’été", "5: Deux|École"],
    );
    // In a text, it is none.
    check("Titre;Organisme\nUn\rdeux;École\n", &["[] Titre|Organisme", "2: Un\rdeux|École"]);
}

#[test]
fn names_of_columns_tell_the_separator_before_regular_commas_do() {
    let line =
        |title: &str| format!("{title};École;2 jours;Un, deux, trois, quatre, cinq, six, sept, huit\n");
    let text = format!("Titre;Organisme;Durée;Présentation\n{}{}", line("Lire"), line("Écrire"));
    let row = |line: &str, title: &str| {
        format!("{line}: {title}|École|2 jours|Un, deux, trois, quatre, cinq, six, sept, huit")
    };
    let (first, second) = (row("2", "Lire"), row("3", "Écrire"));
    let shapes = check(&text, &["[] Titre|Organisme|Durée|Présentation", &first, &second]);
    assert_eq!(plain(&shapes[0].reading[1]), "séparateur « ; »");
    // A title stands above; words of sentences that are names are no header.
    check("Plan, en bref, 2026\nTitre;Prix\na, b, c;1, 5, 2\n", &["[] Titre|Prix", "3: a, b, c|1, 5, 2"]);
    check(
        "Titre;Remarque\nLire;Le coût, Prix, Durée, tout est dit\nDire;De un à dix, enfin\n",
        &["[] Titre|Remarque", "2: Lire|Le coût, Prix, Durée, tout est dit", "3: Dire|De un à dix, enfin"],
    );
}

#[test]
fn too_many_cells_are_an_issue_and_a_lost_quote_costs_its_line() {
    let many = "! f.csv, ligne 3 : la ligne a plus de cellules que les 2 de l’en-tête (valeur : « z ») ; mettez entre guillemets les cellules qui contiennent le séparateur, ou nommez la colonne.";
    check("Titre;Prix\na;1\nx;y;z\nb;2;;\nc;3\n", &["[] Titre|Prix", "2: a|1", many, "4: b|2", "5: c|3"]);
    let aside = "! f.csv, ligne 3, colonne « 3 » : des cellules sont à droite de la dernière colonne nommée, elles ne sont pas \
                 lues (valeur : « z ») ; nommez leur colonne, ou effacez-les.";
    check("Titre;Prix;\na;1\nx;y;z\nb;2;t\n", &["[] Titre|Prix", "2: a|1", aside, "3: x|y", "4: b|2"]);
    let open = "! f.csv, ligne 2 : un guillemet ouvert n’est pas refermé (en 1 000 lignes et 1 048 576 octets au plus) (valeur : « \"a;1 ») ; refermez-le, ou retirez-le.";
    check("Titre;Prix\n\"a;1\nb;2\nc;3\n", &["[] Titre|Prix", open, "3: b|2", "4: c|3"]);
}

#[test]
fn headers_as_people_write_them() {
    let shapes = check(
        "Offre 2026;;\n;;\nMis à jour le 3 mai;;\n\u{a0}Titre *;\"Niveau\nvisé\";Niveau visé;\n\nExemple : Lire;;\na;b;c\n",
        &["[] Titre|Niveau visé|Niveau visé (2)", "8: a|b|c"],
    );
    assert_eq!(
        shapes[0].reading.iter().map(|note| plain(note)).collect::<Vec<_>>(),
        [
            "UTF-8",
            "séparateur « ; »",
            "en-tête à la ligne 4",
            "au-dessus de l’en-tête : « Offre 2026 », « Mis à jour le 3 mai »",
            "noms de colonnes répétés, renommés « Niveau visé (2) »",
            "ligne 7 laissée de côté : c’est un exemple",
        ]
    );
    check("Nom;Valeur;Lien\na;1;x\nb;2;y\n", &["[] Nom|Valeur|Lien", "2: a|1|x", "3: b|2|y"]);
    check("Liste\n\nNom;Valeur;Lien\na;1;x\nb;2;y\n", &["[] Nom|Valeur|Lien", "4: a|1|x", "5: b|2|y"]);
    check("Titre;;Prix\na;b;c\n", &["[] Titre|sans nom 2|Prix", "2: a|b|c"]);
    let options = Options { header_line: Some(2), separator: Some(';'), ..Options::default() };
    check_file("f.csv", b"Titre;Prix\nA;B\na;b\n", &options, &["[] A|B", "3: a|b"]);
    let options = Options { header_line: Some(9), ..Options::default() };
    let none = "refused f.csv, ligne 9 : il n’y a pas de noms de colonnes à cette ligne ; indiquez la ligne qui porte les noms des colonnes.";
    check_file("f.csv", b"Titre;Prix\na;b\n", &options, &[none]);
}

#[test]
fn headers_of_two_lines() {
    check(
        ";;Public visé;;\nTitre;Durée;Cadres;Agents;Prix\na;1;x;;9\n",
        &["[] Titre|Durée|Public visé / Cadres|Public visé / Agents|Prix", "3: a|1|x||9"],
    );
    check(
        "Titre;Durée;Public visé;;Prix\n;;Cadres;Agents;\na;1;x;;9\n",
        &["[] Titre|Durée|Public visé / Cadres|Public visé / Agents|Prix", "3: a|1|x||9"],
    );
}

#[test]
fn encodings_are_decided_on_the_whole_file() {
    let long = "a;b\n".repeat(50_000);
    let text = format!("Titre;Durée\n{long}L’été à Noël, ça coûte;même\n");
    let last = "L’été à Noël, ça coûte|même";
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let bytes = |encoding: &'static Encoding| encoding.encode(&text).0.into_owned();
    for (bytes, name) in [
        (text.clone().into_bytes(), "UTF-8"),
        (format!("\u{feff}{text}").into_bytes(), "UTF-8"),
        (bytes(WINDOWS_1252), "windows-1252"),
        (bytes(MACINTOSH), "Mac Roman"),
        (utf16, "UTF-16LE"),
    ] {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("f.csv");
        fs::write(&path, bytes).expect("a file");
        let (found, shapes) = given(&path, &Options::default());
        assert_eq!(shapes[0].reading[0], name);
        assert!(found.starts_with("[] Titre|Durée\n2: a|b"), "{name}");
        assert!(found.ends_with(last), "{name}");
    }
    let options = Options { encoding: Some("UTF-8".to_owned()), ..Options::default() };
    let wrong = "refused f.csv, ligne 1 : le fichier n’est pas en UTF-8";
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("f.csv");
    fs::write(&path, b"Titre;Dur\xe9e\na;b\n").expect("a file");
    assert!(given(&path, &options).0.starts_with(wrong));
    let options = Options { encoding: Some("klingon".to_owned()), ..Options::default() };
    assert!(given(&path, &options).0.contains("l’encodage demandé est inconnu"));
}

#[test]
fn capitals_with_accents_tell_an_encoding_too() {
    let check = |encoding: &'static Encoding, text: &str, expect: &str| {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("f.csv");
        fs::write(&path, encoding.encode(text).0).expect("a file");
        let (found, shapes) = given(&path, &Options::default());
        assert_eq!(shapes[0].reading[0], expect, "{text}: {found}");
    };
    for text in [
        "Titre;Prix\nZDPYTHON POUR DÉBUTANTS;1\n",
        "Titre;Ville\nSAS;BESANÇON\n",
        "Titre;Prix\nQUALITÉ DES DONNÉES;1\n",
        "INTITULÉ;PRIX\nSAS;1\n",
        "Titre;Prix\nFORÊT ET PÊCHE;1\nÀ LA UNE;2\nÉCOLE;3\n",
        "Titre;Prix\nMÈRE;1\n",
        "Titre;Prix\nLire « vite » et bien…;1\nà côté;2\n",
    ] {
        check(WINDOWS_1252, text, "windows-1252");
        check(WINDOWS_1252, &text.replace('\n', "\r\n"), "windows-1252");
        check(MACINTOSH, &text.replace('\n', "\r"), "Mac Roman");
    }
    check(WINDOWS_1252, "Titre;Durée\r\nSAS;½ journee\r\n".replace('é', "e").as_str(), "windows-1252");
    check(MACINTOSH, "Titre;Prix\nLire, etc…;1\n", "Mac Roman");
    for title in ["L'État", "École", "Éthique et IA", "Ça compte", "L'Économie", "Être agile"] {
        check(WINDOWS_1252, &format!("Titre;Prix\n{title};1\n"), "windows-1252");
    }
}

#[test]
fn lines_of_two_encodings_are_each_read_as_they_are() {
    let told = "! f.csv : 1 ligne est en windows-1252 parmi d’autres en UTF-8, chacune est lue telle qu’elle est ; relisez les \
                accents de ces lignes, et enregistrez le fichier en UTF-8.";
    let bytes = "Titre;Durée\nété;1\n".as_bytes();
    let bytes = [bytes, b"\xe9t\xe9 pass\xe9;2\n", "déjà;3".as_bytes()].concat();
    let rows = ["[] Titre|Durée", told, "2: été|1", "3: été passé|2", "4: déjà|3"];
    let shapes = check_file("f.csv", &bytes, &Options::default(), &rows);
    assert_eq!(shapes[0].reading[0], "UTF-8");
    // One pair of letters that looks like UTF-8 does not change a whole file.
    let one = [&b"Titre;Prix\nA\xc3\xa9;1\n"[..], &b"\xe9t\xe9;2\n".repeat(11)].concat();
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("f.csv");
    fs::write(&path, one).expect("a file");
    assert_eq!(given(&path, &Options::default()).1[0].reading[0], "windows-1252");
}

#[test]
fn a_file_that_spoils_later_has_a_shape_all_the_same() {
    let options = Options { encoding: Some("utf-8".to_owned()), ..Options::default() };
    let stop = "! f.csv, ligne 3 : le fichier n’est pas en UTF-8 (valeur : « \u{fffd};1 ») ; enregistrez en UTF-8 (dans Excel, type « CSV UTF-8 »).";
    check_file(
        "f.csv",
        b"Titre;Prix\na;b\n\xe9;1\n",
        &options,
        &["[] Titre|Prix", "2: a|b", stop, "partial"],
    );
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("f.csv");
    fs::write(&path, b"Titre;Prix\na;b\n\xe9;1\n").expect("a file");
    assert_eq!(shapes(&path, &options, &known).map(|shapes| shapes.len()), Ok(1));
}

#[test]
fn letters_lost_before_are_told_once() {
    let lost = "! f.csv : 3 lettres perdues avant l’arrivée du fichier (signe « \u{fffd} ») ; demandez le fichier d’origine, enregistré en UTF-8.";
    let shapes = check(
        "Titre;Prix\n\u{fffd}t\u{fffd};1\n\u{fffd};2\n",
        &["[] Titre|Prix", lost, "2: \u{fffd}t\u{fffd}|1", "3: \u{fffd}|2"],
    );
    assert!(shapes[0].reading.iter().any(|note| note.starts_with("attention, 3")));
}

#[test]
fn what_is_no_table_is_refused() {
    for (name, bytes, expected) in [
        ("f.csv", &b"%PDF-1.7 ..."[..], "c’est un document PDF"),
        ("f.csv", b"", "le fichier est vide"),
        ("f.csv", b" \r\n\n", "le fichier est vide"),
        ("f.csv", b"a\0b;c", "c’est un fichier binaire"),
        ("f.xls", b"<html><table>", "c’est une page web"),
        ("f.xls", b"\xef\xbb\xbf <?xml version", "c’est une page web"),
        ("f.xlsx", b"Titre;Prix", "le classeur est abîmé"),
        ("f.xlsx", b"PK\x03\x04 nothing", "le classeur est abîmé"),
        ("f.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing", "le classeur est abîmé"),
        ("f.csv", b"\x1f\x8b\x08", "c’est un fichier compressé"),
    ] {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join(name);
        fs::write(&path, bytes).expect("a file");
        let issue = shapes(&path, &Options::default(), &known).expect_err("refused");
        assert!(issue.message.starts_with(expected), "{expected}: {issue}");
        assert_eq!(Err(issue), read_each(&path, &Options::default(), &known, &mut |_, _| {}));
    }
    let dir = tempfile::tempdir().expect("a folder");
    let message = |path: &Path| shapes(path, &Options::default(), &known).expect_err("refused").message;
    assert_eq!(message(dir.path()), "c’est un dossier");
    assert!(message(&dir.path().join("absent.csv")).contains("n’existe pas"));
    #[cfg(unix)]
    assert_eq!(message(Path::new("/dev/null")), "ce n’est pas un fichier ordinaire");
}

#[test]
fn an_endless_line_is_refused() {
    let text = format!("Titre;Prix\n{}", "a".repeat((exchange::limits::LINE_BYTES + 2) as usize));
    check(
        &text,
        &[
            "refused f.csv, ligne 2 : une ligne dépasse 16 777 216 octets ; vérifiez que le fichier est une table.",
        ],
    );
}

#[test]
fn names_that_announce_a_table() {
    for name in ["a.csv", "b.TSV", "c.xlsm", "d.ods", "e.ndjson", "f.g.json"] {
        assert!(known_name(name), "{name}");
    }
    for name in ["csv", "a.pdf", "a.docx", "a.csv.zip"] {
        assert!(!known_name(name), "{name}");
    }
}

/// Cells that survive the passage in each encoding: letters of both, no lone end of line.
fn cell() -> impl Strategy<Value = String> {
    let hard =
        prop::sample::select(vec!["\"", ";", ",", "\t", "|", "\n", "é", "œ", "ç", "à", "’", " ", "mot"]);
    let text = vec(hard, 0..5).prop_map(|parts| parts.concat());
    // A cell of one letter at least: what is only white space is nothing.
    text.prop_map(|text| if text.trim().is_empty() { String::new() } else { text })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_table_in_any_dialect_gives_its_cells_back(
        rows in vec(vec(cell(), 3), 1..12),
        separator in prop::sample::select(vec![';', ',', '\t', '|']),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        encoding in prop::sample::select(vec!["utf-8", "windows-1252", "mac roman"]),
    ) {
        // Lines that look like rows inside a cell are another test.
        let apart = |cell: String| if cell.contains('\n') { cell.replace(separator, "x") } else { cell };
        let rows: Vec<Vec<String>> =
            rows.into_iter().map(|row| row.into_iter().map(apart).collect()).collect();
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let line = |cells: Vec<String>| cells.join(&separator.to_string()) + end;
        let mut text = line(["Titre", "Durée", "Prix"].map(str::to_owned).to_vec());
        // Ends of lines inside cells are those of the file when it comes from an old Mac.
        rows.iter().for_each(|row| text.push_str(&line(row.iter().map(quoted).collect())));
        let text = if end == "\r" { text.replace('\n', "\r") } else { text };
        let bytes = match encoding {
            "utf-8" => text.into_bytes(),
            "windows-1252" => WINDOWS_1252.encode(&text).0.into_owned(),
            _ => MACINTOSH.encode(&text).0.into_owned(),
        };
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("f.csv");
        fs::write(&path, bytes).expect("a file");
        let options = Options {
            encoding: Some(encoding.to_owned()), separator: Some(separator), ..Options::default()
        };
        let mut found = Vec::new();
        read_each(&path, &options, &known, &mut |_, row| {
            found.push(row.map(|row| row.cells.iter().map(told).collect::<Vec<_>>()).map_err(|i| i.to_string()));
        }).expect("read");
        let expected: Vec<_> =
            rows.into_iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).map(Ok).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_bytes_are_read_without_harm(bytes in vec(any::<u8>(), 0..300), name in prop::sample::select(vec!["f.csv", "f.json", "f.jsonl", "f.xls"])) {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join(name);
        fs::write(&path, bytes).expect("a file");
        let _ = given(&path, &Options::default());
    }
}

#[test]
fn what_is_asked_of_another_form_is_refused() {
    let asked = |options: Options| {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("f.csv");
        fs::write(&path, "Titre;Prix\na;1\n").expect("a file");
        given(&path, &options).0
    };
    let sheet = asked(Options { sheet: Some("X".to_owned()), ..Options::default() });
    assert!(sheet.contains("une feuille est demandée") && sheet.contains("ôtez --sheet"), "{sheet}");
    let list = asked(Options { list: Some("x".to_owned()), ..Options::default() });
    assert!(list.contains("une liste d’objets est demandée"), "{list}");
}

#[test]
fn what_is_no_text_is_refused() {
    let noise: Vec<u8> = (1..=4_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8 | 1).collect();
    check_file(
        "f.csv",
        &noise,
        &Options::default(),
        &[
            "refused f.csv : c’est un fichier binaire, pas une table ; enregistrez la table en CSV, XLSX, ODS ou JSON.",
        ],
    );
}
