//! A training in the vocabulary of schema.org (Course, EducationEvent), as JSON-LD.
//! Absent: estimates and editors' judgements on levels, which that vocabulary cannot mark.

use catalogue::{Snapshot, Training};
use serde_json::{Map, Value, json};

/// The JSON-LD document of a training.
pub(crate) fn text(training: &Training, snapshot: &Snapshot) -> String {
    document(training, snapshot).to_string()
}

/// The same document, safe inside a `script` element: no `<` is left in it.
pub(crate) fn embedded(training: &Training, snapshot: &Snapshot) -> String {
    let text = document(training, snapshot).to_string();
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn document(training: &Training, snapshot: &Snapshot) -> Value {
    let referential = snapshot.referential();
    let is_event = referential.term(training.kind).id == "event";
    let provider = json!({ "@type": "Organization", "name": training.provider.name });
    let mut course = Map::new();
    let mut put = |name: &str, value: Value| course.insert(name.to_owned(), value);
    put("@context", json!("https://schema.org"));
    put("@type", json!(if is_event { "EducationEvent" } else { "Course" }));
    put("identifier", json!(training.id.as_str()));
    put("name", json!(training.title));
    if !training.summary.is_empty() {
        put("description", json!(training.summary));
    }
    put(if is_event { "organizer" } else { "provider" }, provider);
    if let Some(url) = &training.url {
        put("url", json!(url.as_str()));
    }
    if let Some(language) = training.language {
        put("inLanguage", json!(referential.term(language).id));
    }
    let subjects: Vec<&str> =
        training.themes.iter().map(|theme| referential.term(theme).label.as_str()).collect();
    if !subjects.is_empty() {
        put("about", json!(subjects));
    }
    let taught: Vec<&str> =
        training.competences.iter().map(|(c, _)| referential.term(c).label.as_str()).collect();
    if !taught.is_empty() {
        put("teaches", json!(taught));
    }
    if let Some(price) = training.price_eur {
        let mut offer = json!({ "@type": "Offer", "price": price.get(), "priceCurrency": "EUR", "category": if price.get() == 0.0 { "Free" } else { "Paid" } });
        if training.is_price_without_taxes() {
            offer["priceSpecification"] = json!({ "@type": "UnitPriceSpecification", "price": price.get(), "priceCurrency": "EUR", "valueAddedTaxIncluded": false });
        }
        put("offers", offer);
    }
    if let Some(city) = &training.city
        && is_event
    {
        put("location", json!({ "@type": "Place", "address": city }));
    }
    if let Some(hours) = training.duration_hours {
        let length = iso_duration(hours.get());
        if is_event {
            put("duration", json!(length));
        } else {
            put("hasCourseInstance", json!([{ "@type": "CourseInstance", "courseWorkload": length }]));
        }
    }
    if let Some(page) = training.sources.main.address.link() {
        put("isBasedOn", json!(page));
    }
    Value::Object(course)
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
    use super::iso_duration;

    #[test]
    fn durations() {
        assert_eq!([0.5, 7.0, 3.5].map(iso_duration), ["PT30M", "PT7H", "PT3H30M"]);
    }
}
