//! Schemas of the tables and descriptor of the package, from the dictionary of columns.
//! Absent: the tables themselves.

use catalogue::{Field, Referential};
use serde_json::{Map, Value, json};

use super::MAIN;
use crate::about::{About, LICENCE_ADDRESS, TITLE};
use crate::dictionary::{Column, DICTIONARY, Holds};
use crate::sheet::COMPULSORY;

const TABLE_SCHEMA: &str = "https://specs.frictionlessdata.io/schemas/table-schema.json";
const SEEN: &str = r"^\d{4}(-\d{2}(-\d{2})?)?$";
const IDENTIFIER: &str = "^[a-z0-9][a-z0-9-]*$";

/// Name, title and description of each table.
const TABLES: [(&str, &str, &str); 3] = [
    ("catalogue", "Formations", "Une ligne par formation."),
    (
        "competences",
        "Compétences des formations",
        "Une ligne par formation et compétence, atteinte ou demandée.",
    ),
    ("sources", "Sources des formations", "Une ligne par formation et champ : où et quand il a été lu."),
];

/// The name and content of each JSON file of the package.
pub(super) fn documents(about: &About) -> [(&'static str, Value); 4] {
    [
        ("catalogue.schema.json", catalogue()),
        ("competences.schema.json", competences()),
        ("sources.schema.json", sources()),
        ("datapackage.json", package(about)),
    ]
}

fn package(about: &About) -> Value {
    let resources = TABLES.map(|(name, title, description)| {
        json!({
            "name": name,
            "path": format!("{name}.csv"),
            "profile": "tabular-data-resource",
            "title": title,
            "description": description,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": format!("{name}.schema.json"),
        })
    });
    let mut package = json!({
        "$schema": "https://specs.frictionlessdata.io/schemas/data-package.json",
        "profile": "tabular-data-package",
        "name": "parcours-formations",
        "title": TITLE,
        "description": about.selection,
        "version": about.revision.to_string(),
        "licenses": [{ "name": "etalab-2.0", "title": "Licence Ouverte 2.0", "path": LICENCE_ADDRESS }],
        "keywords": ["formation", "données", "cadres publics"],
        "resources": resources,
    });
    if !about.published_at.is_empty() {
        package["created"] = json!(about.published_at);
    }
    package
}

fn catalogue() -> Value {
    let fields: Vec<Value> = DICTIONARY.iter().map(field).collect();
    json!({ "$schema": TABLE_SCHEMA, "fields": fields, "missingValues": [""], "primaryKey": "id" })
}

fn field(column: &Column) -> Value {
    let kind = match column.holds {
        Holds::Number => "number",
        Holds::YesNo => "boolean",
        _ => "string",
    };
    let mut description = column.meaning.to_owned();
    if !column.unit.is_empty() && column.holds != Holds::YesNo {
        description.push_str(&format!(" Unité ou forme : {}.", column.unit));
    }
    let values: Vec<String> = column.values(&Referential::builtin()).into_iter().map(|(id, _)| id).collect();
    let mut constraints = Map::new();
    if COMPULSORY.contains(&column.name) {
        constraints.insert("required".to_owned(), json!(true));
    }
    match (column.name, column.holds) {
        ("id", _) => {
            constraints.insert("unique".to_owned(), json!(true));
            constraints.insert("pattern".to_owned(), json!(IDENTIFIER));
        }
        ("source.seen", _) => drop(constraints.insert("pattern".to_owned(), json!(SEEN))),
        (_, Holds::Number) => drop(constraints.insert("minimum".to_owned(), json!(0))),
        (_, Holds::One(_)) => drop(constraints.insert("enum".to_owned(), json!(values))),
        (_, Holds::Several(_) | Holds::Levels | Holds::Fields) => {
            description.push_str(&format!(" Valeurs : {}.", values.join(", ")));
        }
        _ => {}
    }
    described(column.name, column.title, kind, &description, constraints)
}

fn described(
    name: &str,
    title: &str,
    kind: &str,
    description: &str,
    constraints: Map<String, Value>,
) -> Value {
    let mut field = json!({ "name": name, "title": title, "type": kind, "description": description });
    if !constraints.is_empty() {
        field["constraints"] = Value::Object(constraints);
    }
    field
}

/// The schema of a long table: one that says something of trainings of the other.
fn long(fields: Vec<Value>, key: &[&str]) -> Value {
    let reference = json!({ "resource": "catalogue", "fields": "id" });
    json!({
        "$schema": TABLE_SCHEMA,
        "fields": fields,
        "missingValues": [""],
        "primaryKey": key,
        "foreignKeys": [{ "fields": "training_id", "reference": reference }],
    })
}

/// The column that ties a long table to the catalogue.
fn training_id() -> Value {
    let mut constraints = serde_json::Map::new();
    constraints.insert("required".to_owned(), json!(true));
    let told = "Colonne id de catalogue.csv.";
    described("training_id", "Identifiant de la formation", "string", told, constraints)
}

fn competences() -> Value {
    let referential = Referential::builtin();
    let known: Vec<&String> = referential.terms("competence").iter().map(|term| &term.id).collect();
    let required = |constraints: Value| {
        let mut constraints = constraints.as_object().cloned().unwrap_or_default();
        constraints.insert("required".to_owned(), json!(true));
        constraints
    };
    let fields = vec![
        training_id(),
        described(
            "competence",
            "Compétence",
            "string",
            "Identifiant du référentiel.",
            required(json!({ "enum": known })),
        ),
        described(
            "kind",
            "Sens",
            "string",
            "reached : niveau atteint à la fin ; required : niveau demandé à l’entrée.",
            required(json!({ "enum": ["reached", "required"] })),
        ),
        described("level", "Niveau", "integer", "De 1 à 4.", required(json!({ "minimum": 1, "maximum": 4 }))),
    ];
    long(fields, &["training_id", "competence", "kind"])
}

fn sources() -> Value {
    let known: Vec<&str> = std::iter::once(MAIN).chain(Field::all().map(Field::name)).collect();
    let constraints = |value: Value| value.as_object().cloned().unwrap_or_default();
    let required = || constraints(json!({ "required": true }));
    let fields = vec![
        training_id(),
        described(
            "field",
            "Champ",
            "string",
            "source : la source de la fiche ; sinon, le champ qui a été lu ailleurs.",
            constraints(json!({ "required": true, "enum": known })),
        ),
        described("address", "Adresse", "string", "Adresse du web, ou fichier: et un nom.", required()),
        described(
            "seen",
            "Date",
            "string",
            "AAAA, AAAA-MM ou AAAA-MM-JJ.",
            constraints(json!({ "pattern": SEEN })),
        ),
    ];
    long(fields, &["training_id", "field"])
}
