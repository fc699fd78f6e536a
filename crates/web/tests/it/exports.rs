//! `/formations.csv`, `.jsonl`, `.xlsx`, `.ods` and `/catalogue.zip`: the whole selection, that reads back.

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

#[test]
fn workbooks_hold_the_selection_and_the_package_the_catalogue() {
    for (address, media, name) in [
        (
            "/formations.xlsx?theme=droit-ethique",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "parcours-v7-formations.xlsx",
        ),
        (
            "/formations.ods?theme=droit-ethique",
            "application/vnd.oasis.opendocument.spreadsheet",
            "parcours-v7-formations.ods",
        ),
        ("/catalogue.zip", "application/zip", "parcours-v7-catalogue.zip"),
    ] {
        let reply = get(address);
        assert!(reply.body.starts_with(b"PK"), "{address}");
        assert_eq!(reply.header("content-type"), media);
        assert!(reply.header("content-disposition").contains(name), "{address}");
        assert_eq!(reply.header("etag"), get(address).header("etag"), "{address}: always the same bytes");
    }
    let page = get("/formations?theme=droit-ethique");
    for link in ["/formations.xlsx?theme=droit-ethique", "/formations.ods?theme=droit-ethique"] {
        assert!(page.text().contains(link), "{link}");
    }
}

#[test]
fn the_catalogue_is_described_with_each_of_its_forms() {
    let dataset = get("/catalogue.jsonld").json();
    assert_eq!((&dataset["@type"], &dataset["dcat:version"]), (&"dcat:Dataset".into(), &"7".into()));
    let distributions = dataset["dcat:distribution"].as_array().expect("distributions");
    assert_eq!(distributions.len(), 5);
    for distribution in distributions {
        let address = distribution["dcat:downloadURL"]["@id"].as_str().expect("an address");
        let media = distribution["dcat:mediaType"]["@id"].as_str().expect("a media type");
        let kind = get(address).header("content-type").split(';').next().unwrap_or_default().to_owned();
        assert!(media.ends_with(&kind), "{address}: {media}");
    }
}
