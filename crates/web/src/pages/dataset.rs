//! `/catalogue.jsonld`: the catalogue as one dataset of DCAT, with a distribution for each form.
//! Absent: trainings (see `schema_org`); a publisher, unless a setting names one.

use exchange::book::Book;
use exchange::{Format, Output};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::errors::Failure;
use crate::visit::Visit;

const LICENCE: &str = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/";

/// The description. Addresses are relative to its own (JSON-LD 1.1, 4.1.3).
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let stamp = visit.snapshot.stamp();
    let rows = [
        Output::Rows(Format::Csv),
        Output::Book(Book::Xlsx),
        Output::Book(Book::Ods),
        Output::Rows(Format::Jsonl),
        Output::Linked,
    ];
    let of_rows = rows.map(|output| distribution("/formations", output));
    let distributions: Vec<Value> =
        of_rows.into_iter().chain([distribution("/catalogue", Output::Package)]).collect();
    let mut dataset = json!({
        "@context": { "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#" },
        "@id": "/catalogue.jsonld",
        "@type": "dcat:Dataset",
        "dct:title": { "@value": "Formations à la donnée ouvertes aux cadres publics", "@language": "fr" },
        "dct:description": {
            "@value": "Catalogue de Parcours : formations, organismes, compétences et sources de chaque fait.",
            "@language": "fr",
        },
        "dct:license": { "@id": LICENCE },
        "dcat:version": stamp.revision.to_string(),
        "dcat:landingPage": { "@id": "/formations" },
        "dcat:distribution": distributions,
    });
    if let Some(name) = visit.app.publisher() {
        dataset["dct:publisher"] = json!({ "@type": "foaf:Agent", "foaf:name": name });
    }
    if !stamp.published_at.is_empty() {
        dataset["dct:modified"] = json!({ "@value": stamp.published_at, "@type": "xsd:dateTime" });
    }
    Ok(Answer::text("application/ld+json; charset=utf-8", dataset.to_string()))
}

fn distribution(path: &str, output: Output) -> Value {
    let address = format!("{path}.{}", output.extension());
    let media = output.media().split(';').next().unwrap_or_default();
    json!({
        "@id": format!("{address}#distribution"),
        "@type": "dcat:Distribution",
        "dct:title": output.extension().to_uppercase(),
        "dcat:downloadURL": { "@id": address },
        "dcat:mediaType": { "@id": format!("https://www.iana.org/assignments/media-types/{media}") },
        "dct:license": { "@id": LICENCE },
    })
}
