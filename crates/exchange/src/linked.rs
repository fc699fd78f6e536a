//! Trainings in the vocabulary of schema.org (Course, EducationEvent), as JSON-LD: one, or a list of them.
//! Absent: estimates and editors' judgements on levels, which that vocabulary cannot mark; reading.

use std::borrow::Borrow;
use std::io::{self, Write};

use catalogue::certification::{CertificationCode, codes_in};
use catalogue::{FILE_SCHEME, Field, PriceBasis, RawTraining, Referential};
use serde_json::{Map, Value, json};

use crate::About;

/// Media type of JSON-LD.
pub const MEDIA: &str = "application/ld+json; charset=utf-8";
/// The vocabulary.
const CONTEXT: &str = "https://schema.org";

/// The document of one training.
pub fn document(row: &RawTraining, referential: &Referential) -> Value {
    let mut document = Map::new();
    document.insert("@context".to_owned(), json!(CONTEXT));
    document.extend(course(row, referential));
    Value::Object(document)
}

/// Writes an `ItemList` of trainings, as they come; gives their number.
///
/// # Errors
/// Those of the writer.
pub(crate) fn write(
    mut writer: impl Write,
    rows: impl Iterator<Item = impl Borrow<RawTraining>>,
    about: &About,
) -> io::Result<u64> {
    let referential = Referential::builtin();
    write!(writer, "{{\"@context\":{},\"@type\":\"ItemList\"", json!(CONTEXT))?;
    if !about.selection.is_empty() {
        write!(writer, ",\"name\":{}", json!(about.selection))?;
    }
    if !about.published_at.is_empty() {
        write!(writer, ",\"dateModified\":{}", json!(about.published_at))?;
    }
    writer.write_all(b",\"itemListElement\":[")?;
    let mut count = 0_u64;
    for row in rows {
        if count > 0 {
            writer.write_all(b",")?;
        }
        count += 1;
        let item = Value::Object(course(row.borrow(), &referential));
        let element = json!({ "@type": "ListItem", "position": count, "item": item });
        write!(writer, "\n{element}")?;
    }
    // Known only now, since rows are written as they are read.
    write!(writer, "\n],\"numberOfItems\":{count}}}\n")?;
    Ok(count)
}

fn course(row: &RawTraining, referential: &Referential) -> Map<String, Value> {
    let is_event = row.kind == "event";
    let mut course = Map::new();
    let mut put = |name: &str, value: Value| course.insert(name.to_owned(), value);
    put("@type", json!(if is_event { "EducationEvent" } else { "Course" }));
    put("identifier", json!(row.id));
    put("name", json!(row.title));
    if !row.summary.is_empty() {
        put("description", json!(row.summary));
    }
    let provider = json!({ "@type": "Organization", "name": row.provider });
    put(if is_event { "organizer" } else { "provider" }, provider);
    if let Some(url) = &row.url {
        put("url", json!(url));
    }
    if let Some(language) = &row.language {
        put("inLanguage", json!(language));
    }
    let subjects: Vec<&str> = row.themes.iter().map(|theme| referential.label("theme", theme)).collect();
    if !subjects.is_empty() {
        put("about", json!(subjects));
    }
    let taught: Vec<&str> =
        row.competences.keys().map(|competence| referential.label("competence", competence)).collect();
    if !taught.is_empty() {
        put("teaches", json!(taught));
    }
    let credentials = credentials(row);
    if !credentials.is_empty() {
        put("educationalCredentialAwarded", json!(credentials));
    }
    if let Some(price) = row.price_eur {
        put("offers", offer(price, PriceBasis::of_row(row)));
    }
    if let (Some(city), true) = (&row.city, is_event) {
        put("location", json!({ "@type": "Place", "address": city }));
    }
    if let Some(hours) = row.duration_hours {
        let length = iso_duration(hours);
        if is_event {
            put("duration", json!(length));
        } else {
            put("hasCourseInstance", json!([{ "@type": "CourseInstance", "courseWorkload": length }]));
        }
    }
    if !row.source.address.starts_with(FILE_SCHEME) {
        put("isBasedOn", json!(row.source.address));
    }
    course
}

/// The certifications that the source's words cite, of a training that delivers one.
fn credentials(row: &RawTraining) -> Vec<Value> {
    if !matches!(row.nature.as_deref(), Some("certifiante" | "diplomante")) {
        return Vec::new();
    }
    let words = row.stated.get(Field::Nature.name()).map_or("", String::as_str);
    let credential = |code: CertificationCode| json!({ "@type": "EducationalOccupationalCredential", "identifier": code, "url": code.page() });
    codes_in(words).into_iter().map(credential).collect()
}

/// The price as the source states it; whether taxes are in it is said only when the source says so.
fn offer(price: f64, basis: PriceBasis) -> Value {
    let category = if price == 0.0 { "Free" } else { "Paid" };
    let mut offer = json!({ "@type": "Offer", "price": price, "priceCurrency": "EUR", "category": category });
    let includes_taxes = match basis {
        PriceBasis::WithoutTaxes => false,
        PriceBasis::WithTaxes => true,
        PriceBasis::Unsaid => return offer,
    };
    offer["priceSpecification"] = json!({
        "@type": "UnitPriceSpecification", "price": price, "priceCurrency": "EUR",
        "valueAddedTaxIncluded": includes_taxes,
    });
    offer
}

/// A duration in hours as ISO 8601 writes it: `PT3H30M`.
fn iso_duration(hours: f64) -> String {
    let minutes = (hours * 60.0).round() as u64;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("PT{minutes}M"),
        (hours, 0) => format!("PT{hours}H"),
        (hours, minutes) => format!("PT{hours}H{minutes}M"),
    }
}

#[cfg(test)]
mod tests {
    use catalogue::{RawTraining, Referential};
    use serde_json::Value;

    use super::{document, iso_duration};

    #[test]
    fn a_certification_is_awarded_by_what_delivers_one() {
        let mut row = RawTraining { nature: Some("certifiante".to_owned()), ..RawTraining::default() };
        row.stated.insert("nature".to_owned(), "RS5616".to_owned());
        let awarded = |row: &RawTraining| {
            document(row, &Referential::builtin()).get("educationalCredentialAwarded").cloned()
        };
        assert_eq!(awarded(&row).expect("a credential")[0]["identifier"], "RS5616");
        row.nature = None;
        assert_eq!(awarded(&row), None);
    }

    #[test]
    fn taxes_are_in_an_offer_when_the_source_says_so() {
        let offer = |words: &str| {
            let mut row = RawTraining { price_eur: Some(900.0), ..RawTraining::default() };
            row.stated.insert("price".to_owned(), words.to_owned());
            let offer = document(&row, &Referential::builtin())["offers"].clone();
            (offer["price"].clone(), offer["priceSpecification"]["valueAddedTaxIncluded"].clone())
        };
        assert_eq!(offer("900 € HT"), (900.0.into(), false.into()));
        assert_eq!(offer("900 € TTC"), (900.0.into(), true.into()));
        assert_eq!(offer("900 €"), (900.0.into(), Value::Null));
    }

    #[test]
    fn durations() {
        assert_eq!([0.5, 7.0, 3.5].map(iso_duration), ["PT30M", "PT7H", "PT3H30M"]);
    }
}
