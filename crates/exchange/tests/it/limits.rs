//! Encodings and limits. Absent: the limits of the longest files, too long to write here.

use std::io::{self, BufReader, Read};

use exchange::limits::{ROW_BYTES, ROW_LINES, VALUE_BYTES};
use exchange::{Extent, Format, Issue};

use crate::{check, row, written};

fn issues(format: Format, text: &str) -> Vec<(Option<u64>, String)> {
    let plain = |issue: Issue| (issue.line, issue.message.replace(['\u{202f}', '\u{a0}'], " "));
    exchange::read("f", text.as_bytes(), format).issues.into_iter().map(plain).collect()
}

#[test]
fn a_table_in_another_encoding_is_refused_with_its_first_bad_line() {
    let mut bytes = written(Format::Csv, &[row("a")]).into_bytes();
    bytes.extend(b"caf\xe9;course\n");
    let told = "f, ligne 3 : le fichier n’est pas en UTF-8 (valeur : « caf\u{fffd};course ») ; \
        enregistrez en UTF-8 (dans Excel, type « CSV UTF-8 »).";
    check(Format::Csv, &bytes, "", &[told]);
    let utf16: Vec<u8> = "\u{feff}id;kind".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let read = exchange::read("f", &utf16, Format::Csv);
    assert_eq!((read.issues[0].line, read.issues[0].message.as_str()), (Some(1), "le fichier est en UTF-16"));
}

#[test]
fn a_line_over_the_limit_is_left_out_and_the_next_one_is_read() {
    let mut long = row("long");
    long.summary = "a".repeat(ROW_BYTES);
    for format in Format::ALL {
        let read =
            exchange::read("f", written(format, &[row("a"), long.clone(), row("b")]).as_bytes(), format);
        let ids: Vec<&str> = read.rows.iter().map(|row| row.raw.id.as_str()).collect();
        assert_eq!((ids, read.issues.len()), (vec!["a", "b"], 1), "{format:?}");
        assert!(read.issues[0].message.contains("dépasse"), "{}", read.issues[0]);
    }
}

#[test]
fn a_value_over_the_limit_is_left_out() {
    let mut long = row("long");
    long.summary = "a".repeat(VALUE_BYTES + 1);
    for format in Format::ALL {
        let text = written(format, &[long.clone(), row("b")]);
        let read = exchange::read("f", text.as_bytes(), format);
        assert_eq!((read.rows.len(), read.issues.len()), (1, 1), "{format:?}");
        assert_eq!(read.issues[0].column.as_deref(), Some("summary"));
        assert!(read.issues[0].to_string().chars().count() < 250, "{}", read.issues[0]);
    }
}

#[test]
fn a_quote_never_closed_does_not_hold_the_file() {
    let head = "id;kind;title;provider;provider_kind;summary;source.address\n";
    let good = "a;course;T;P;public;S;x\n".repeat(ROW_LINES + 10);
    let text = format!("{head}\"b;course;T;P;public;S;x\n{good}");
    let read = exchange::read("f", text.as_bytes(), Format::Csv);
    assert_eq!((read.rows.len(), read.issues.len()), (ROW_LINES + 10, 1));
    assert!(read.issues[0].message.starts_with("un guillemet ouvert n’est pas refermé"));
    let text = format!("{head}{}", "\"b;course\n\n".repeat(10_000));
    assert!(issues(Format::Csv, &text).last().expect("an issue").1.starts_with("plus de 100 guillemets"));
}

#[test]
fn the_ends_of_lines_of_an_old_mac_are_named() {
    let told = issues(Format::Csv, "id;kind;title\ra;course;T\r");
    assert_eq!(told, [(Some(1), "les fins de ligne sont celles d’un ancien Mac".to_owned())]);
}

#[test]
fn too_many_columns_are_told() {
    let told = issues(Format::Csv, &"a;".repeat(300));
    assert_eq!(told, [(Some(1), "la table compte 301 colonnes".to_owned())]);
}

#[test]
fn a_reading_that_breaks_is_said_to_be_partial() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("disque débranché"))
        }
    }
    let text = written(Format::Jsonl, &[row("a")]);
    let (mut rows, mut told) = (0, Vec::new());
    let mut sink = |row: Result<exchange::Row, Issue>| match row {
        Ok(_) => rows += 1,
        Err(issue) => told.push(issue.message),
    };
    let broken = BufReader::new(text.as_bytes().chain(Broken));
    assert_eq!(exchange::read_each("f", broken, Format::Jsonl, &mut sink), Extent::Partial);
    assert_eq!(exchange::read_each("f", text.as_bytes(), Format::Jsonl, &mut sink), Extent::Whole);
    assert_eq!((rows, told), (2, vec!["la lecture s’est interrompue : disque débranché".to_owned()]));
}

#[test]
fn the_form_is_that_of_the_extension() {
    assert_eq!(Format::from_name("catalogue.CSV"), Some(Format::Csv));
    assert_eq!(Format::from_name("a.jsonl"), Some(Format::Jsonl));
    assert_eq!(Format::from_name("a.b.toml"), Some(Format::Toml));
    assert_eq!(Format::from_name("a.xlsx"), None);
    assert_eq!(Format::from_name("csv"), None);
}
