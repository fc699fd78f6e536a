//! `/formations.csv`, `.jsonl`, `.xlsx`, `.ods` and `/catalogue.zip`: the whole selection, that reads back.

use axum::body::Body;
use axum::http::Request;
use catalogue::{Referential, Training};
use web::{App, router};

use crate::support::{get, rows, send_to, small};

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
    assert_eq!(distributions.len(), 6);
    assert!(dataset.get("dct:publisher").is_none(), "nobody is invented");
    for distribution in distributions {
        let address = distribution["dcat:downloadURL"]["@id"].as_str().expect("an address");
        let media = distribution["dcat:mediaType"]["@id"].as_str().expect("a media type");
        let kind = get(address).header("content-type").split(';').next().unwrap_or_default().to_owned();
        assert!(media.ends_with(&kind), "{address}: {media}");
    }
}

#[test]
fn the_catalogue_names_its_publisher_when_a_setting_does() {
    let (_sender, receiver) = tokio::sync::watch::channel(small());
    let app = App::new(receiver).with_publisher("Organisme d’essai");
    let request = Request::get("/catalogue.jsonld").body(Body::empty()).expect("a request");
    let dataset = send_to(router(app), request).json();
    assert_eq!(dataset["dct:publisher"]["foaf:name"], "Organisme d’essai");
}

#[test]
fn linked_data_lists_the_selection_in_its_order() {
    let reply = get("/formations.jsonld?theme=droit-ethique&sort=titre");
    assert_eq!(reply.header("content-type"), "application/ld+json; charset=utf-8");
    assert!(reply.header("content-disposition").contains("parcours-v7-formations.jsonld"));
    let list = reply.json();
    assert_eq!((&list["@type"], &list["numberOfItems"]), (&"ItemList".into(), &2.into()));
    let items = list["itemListElement"].as_array().expect("a list");
    for (place, element) in items.iter().enumerate() {
        assert_eq!((&element["@type"], &element["position"]), (&"ListItem".into(), &(place + 1).into()));
        let id = element["item"]["identifier"].as_str().expect("an identifier");
        let mut alone = get(&format!("/formations/{id}.jsonld")).json();
        assert_eq!(alone["@context"], list["@context"]);
        alone.as_object_mut().expect("an object").shift_remove("@context");
        assert_eq!(element["item"], alone, "the same course as on its own");
    }
    let titles: Vec<&str> = items.iter().filter_map(|element| element["item"]["name"].as_str()).collect();
    assert_eq!(titles, ["Droit des données personnelles", "Open data and governance"]);
    let empty = get("/formations.jsonld?q=introuvablement").json();
    assert_eq!((&empty["numberOfItems"], &empty["itemListElement"]), (&0.into(), &serde_json::json!([])));
    let page = get("/formations?theme=droit-ethique");
    assert!(page.text().contains("/formations.jsonld?theme=droit-ethique"));
}
