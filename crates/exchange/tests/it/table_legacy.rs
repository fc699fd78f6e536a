//! Tables of ours that a spreadsheet saved again in another encoding. Absent: tables of other people (see `table`).

use std::fs;
use std::io::Read;

use exchange::table::Legacy;

/// What a file reads as once it is no UTF-8, and what is told.
fn read(bytes: &[u8]) -> Option<(String, String)> {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("f.csv");
    fs::write(&path, bytes).expect("a file");
    let legacy = Legacy::of(&path)?;
    let mut text = String::new();
    legacy.open(&path).expect("a file").read_to_string(&mut text).expect("UTF-8");
    Some((text, legacy.note()))
}

#[test]
fn a_table_saved_in_windows_1252_is_read() {
    let (text, note) = read(b"id;title;provider\na;Donn\xe9es \x9cuvr\xe9es \x96 L\x92\xc9tat;\xc9cole\n")
        .expect("windows-1252");
    assert_eq!(text, "id;title;provider\na;Données œuvrées – L’État;École\n");
    assert!(note.starts_with("windows-1252, et non UTF-8"), "{note}");
}

#[test]
fn utf_8_is_left_as_it_is() {
    assert_eq!(read("id;title\na;Données – 数据\n".as_bytes()), None);
    assert_eq!(read("\u{feff}id;title\r\n".as_bytes()), None);
    let long = format!("id;title\n{}", "é".repeat(200_000));
    assert_eq!(read(long.as_bytes()), None);
    assert_eq!(read(&long.as_bytes()[1..]), None);
    assert_eq!(read(b""), None);
    // Lines of two encodings are told by the reader.
    assert_eq!(read(b"id;title\na;Donn\xc3\xa9es\nb;\xe9t\xe9\n"), None);
    assert_eq!(read(b"\xff\xfei\0d\0"), None);
}
