//! The register of providers that an export of LHEO needs: a table with a line for each provider.
//! Absent: people; telephone and mail are those of the organisation.

use std::collections::BTreeMap;
use std::io::BufRead;

use catalogue::french::{list, quoted};
use catalogue::slug;

use super::super::check::siret;
use super::super::text;
use crate::issue::{Fault, Issue};
use crate::lines::Lines;
use crate::sheet::records::{Record, Records};
use crate::{Absent, Sink, Stop};

/// Columns of the register, and whether each is compulsory.
const COLUMNS: [(&str, bool); 14] = [
    ("organisme", true),
    ("siret", true),
    ("numero_activite", true),
    ("adresse", true),
    ("code_postal", true),
    ("ville", true),
    ("complement", false),
    ("raison_sociale", false),
    ("telephone", false),
    ("courriel", false),
    ("web", false),
    ("parcours", false),
    ("prise_en_charge", false),
    ("entrees_permanentes", false),
];

/// What the standard asks of a provider.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProviderRecord {
    /// Name, as in the catalogue.
    pub name: String,
    /// Fourteen digits.
    pub siret: String,
    /// Number of declaration of activity, eleven characters.
    pub activity_number: String,
    /// Name in law, when it is another.
    pub legal_name: Option<String>,
    /// Lines of the address, of at most 50 characters.
    pub streets: Vec<String>,
    /// Five digits.
    pub postal_code: String,
    /// City, of at most 50 characters.
    pub city: String,
    /// Telephone of the organisation.
    pub phone: Option<String>,
    /// Mail of the organisation.
    pub mail: Option<String>,
    /// Site of the organisation.
    pub web: Option<String>,
    /// How its trainings are followed: 1 in a group, 2 one by one, 3 by modules, 4 a mix.
    pub path: Option<u8>,
    /// Whether fees may be paid by a fund.
    pub is_funded: Option<bool>,
    /// Whether one enters and leaves at any time.
    pub is_permanent: Option<bool>,
}

/// Reads a register (CSV with a header, separated by semicolons or commas): providers by the slug of their name, and
/// the lines that could not be taken.
pub fn providers(name: &str, reader: impl BufRead) -> (BTreeMap<String, ProviderRecord>, Vec<Issue>) {
    let mut issues = Vec::new();
    let mut keep = |row: Result<crate::Row, Issue>| issues.extend(row.err());
    let mut sink = Sink { name, rows: 0, absent: Absent::default(), sink: &mut keep };
    let mut found = BTreeMap::new();
    if let Err(Stop(line, fault)) = read(&mut Lines::new(reader), &mut sink, &mut found) {
        sink.fault(line, fault);
    }
    (found, issues)
}

fn read(
    lines: &mut Lines<impl BufRead>,
    sink: &mut Sink,
    found: &mut BTreeMap<String, ProviderRecord>,
) -> Result<(), Stop> {
    let Some(first) = lines.next()? else {
        return Err(Stop(
            None,
            Fault::new("le fichier des organismes est vide", "écrivez une ligne par organisme"),
        ));
    };
    let separator =
        if first.text.matches(';').count() >= first.text.matches(',').count() { ';' } else { ',' };
    lines.replay(std::iter::once(first));
    let mut records = Records::new(lines, separator);
    let Some(header) = records.next(sink)? else { return Ok(()) };
    let columns: Vec<String> = header.cells.iter().map(|cell| slug(cell).replace('-', "_")).collect();
    let missing: Vec<String> = COLUMNS
        .iter()
        .filter(|(column, is_compulsory)| *is_compulsory && !columns.iter().any(|known| known == column))
        .map(|(column, _)| quoted(column))
        .collect();
    if !missing.is_empty() {
        let known = COLUMNS.map(|(column, _)| column).join(", ");
        let message = format!("il manque au fichier des organismes {}", list(&missing, "et"));
        return Err((header.line, Fault::new(message, format!("écrivez les colonnes {known}"))).into());
    }
    while let Some(record) = records.next(sink)? {
        if record.cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match provider(&record, &columns) {
            Ok(provider) => {
                let line = record.line;
                if let Some(before) = found.insert(slug(&provider.name), provider) {
                    let fault = Fault::new("l’organisme est écrit deux fois", "gardez une seule ligne");
                    sink.fault(Some(line), fault.column("organisme").value(before.name));
                }
            }
            Err(faults) => faults.into_iter().for_each(|fault| sink.fault(Some(record.line), fault)),
        }
    }
    Ok(())
}

fn provider(record: &Record, columns: &[String]) -> Result<ProviderRecord, Vec<Fault>> {
    let cell = |name: &str| {
        let place = columns.iter().position(|column| column == name);
        let cell = place.and_then(|place| record.cells.get(place)).and_then(|cell| text::said(cell));
        cell.unwrap_or_default()
    };
    let optional = |name: &str| Some(cell(name)).filter(|words| !words.is_empty());
    let mut faults = Vec::new();
    let mut check = |fits: bool, column: &str, expected: &str| {
        if !fits {
            let message = format!("il faut {expected}");
            faults.push(Fault::new(message, "corrigez la case").column(column).value(cell(column)));
        }
    };
    let within = |name: &str, least: usize, most: usize| (least..=most).contains(&cell(name).chars().count());
    let absent_or = |name: &str, fits: bool| cell(name).is_empty() || fits;
    check(!slug(&cell("organisme")).is_empty(), "organisme", "le nom de l’organisme");
    check(siret(&cell("siret")).is_some(), "siret", "14 chiffres");
    check(within("numero_activite", 11, 11), "numero_activite", "11 caractères");
    check(within("adresse", 1, 50), "adresse", "1 à 50 caractères");
    check(within("complement", 0, 50), "complement", "50 caractères au plus");
    check(within("code_postal", 5, 5), "code_postal", "5 chiffres");
    check(within("ville", 1, 50), "ville", "1 à 50 caractères");
    check(within("raison_sociale", 0, 250), "raison_sociale", "250 caractères au plus");
    check(within("telephone", 0, 25), "telephone", "25 caractères au plus");
    check(absent_or("courriel", within("courriel", 3, 160)), "courriel", "3 à 160 caractères");
    check(absent_or("web", within("web", 3, 400)), "web", "3 à 400 caractères");
    let path = cell("parcours").parse().ok().filter(|path| (1..=4).contains(path));
    check(
        absent_or("parcours", path.is_some()),
        "parcours",
        "1 (groupe), 2 (individuel), 3 (modules) ou 4 (mixte)",
    );
    let answers = ["prise_en_charge", "entrees_permanentes"].map(|column| {
        let answer = match slug(&cell(column)).as_str() {
            "1" | "oui" => Some(true),
            "0" | "non" => Some(false),
            _ => None,
        };
        check(absent_or(column, answer.is_some()), column, "oui ou non");
        answer
    });
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(ProviderRecord {
        name: cell("organisme"),
        siret: siret(&cell("siret")).unwrap_or_default(),
        activity_number: cell("numero_activite"),
        legal_name: optional("raison_sociale"),
        streets: [optional("adresse"), optional("complement")].into_iter().flatten().collect(),
        postal_code: cell("code_postal"),
        city: cell("ville"),
        phone: optional("telephone"),
        mail: optional("courriel"),
        web: optional("web"),
        path,
        is_funded: answers[0],
        is_permanent: answers[1],
    })
}
