//! `/formations.csv` and `.jsonl`: the whole selection, that reads back.

use catalogue::{Referential, Training};

use crate::support::{get, rows};

#[test]
fn exports_hold_the_whole_selection_and_read_back() {
    for (address, format) in
        [("/formations.csv", exchange::Format::Csv), ("/formations.jsonl", exchange::Format::Jsonl)]
    {
        let reply = get(address);
        assert!(reply.header("content-disposition").contains("parcours-v7-formations."), "{address}");
        let read = exchange::read("export", &reply.body, format);
        assert!(read.issues.is_empty(), "{:?}", read.issues);
        let mut back: Vec<_> = read.rows.into_iter().map(|row| row.raw).collect();
        back.sort_by(|a, b| a.id.cmp(&b.id));
        let referential = Referential::builtin();
        let mut expected: Vec<_> = rows()
            .iter()
            .map(|raw| Training::parse(raw, &referential).expect("a sound row").to_raw(&referential))
            .collect();
        expected.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!(back, expected, "{address}");
    }
    let part =
        exchange::read("export", &get("/formations.csv?theme=droit-ethique").body, exchange::Format::Csv);
    assert_eq!(part.rows.len(), 2);
}
