//! Trainings of a JSON-LD document in the vocabulary of schema.org: each Course or EducationEvent, wherever it is (alone, in a
//! list, a graph or an ItemList), as one object under names of columns that mappings know.
//! Source: schema.org, types Course, CourseInstance, EducationEvent, Offer, ItemList.
//! Absent: other JSON (see `json`), what columns become (see `mapping`).

use std::collections::HashMap;

use serde_json::{Map, Value};

/// Types that are trainings.
const COURSES: [&str; 3] = ["Course", "EducationEvent", "EducationalOccupationalProgram"];
/// How deep trainings are looked for.
const DEPTH: usize = 8;
/// Keys that say nothing of a training.
const UNREAD: [&str; 5] = ["@context", "@type", "image", "logo", "review"];

/// The trainings of a document; nothing when it is no JSON-LD or has none.
pub(super) fn of(document: &Value) -> Option<Vec<Value>> {
    let first = document.as_array().map_or(Some(document), |items| items.first())?;
    let is_linked = ["@context", "@graph", "@type"].iter().any(|key| first.get(*key).is_some());
    let mut found = Vec::new();
    if is_linked {
        let mut names = HashMap::new();
        names_of(document, 0, &mut names);
        collect(document, 0, &names, &mut found);
    }
    (!found.is_empty()).then_some(found)
}

/// The names of what the document describes apart and is referred to by its address.
fn names_of<'d>(value: &'d Value, depth: usize, names: &mut HashMap<&'d str, &'d Value>) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| names_of(item, depth + 1, names)),
        Value::Object(object) => {
            if let (Some(Value::String(id)), Some(name)) = (object.get("@id"), object.get("name")) {
                names.insert(id, name);
            }
            object.values().for_each(|inner| names_of(inner, depth + 1, names));
        }
        _ => {}
    }
}

fn collect(value: &Value, depth: usize, names: &HashMap<&str, &Value>, found: &mut Vec<Value>) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, depth + 1, names, found)),
        Value::Object(object) if is_course(object) => found.push(Value::Object(plain(object, names))),
        Value::Object(object) => {
            let holders = ["@graph", "itemListElement", "item", "mainEntity", "hasPart"];
            holders
                .iter()
                .filter_map(|key| object.get(*key))
                .for_each(|inner| collect(inner, depth + 1, names, found));
        }
        _ => {}
    }
}

fn is_course(object: &Map<String, Value>) -> bool {
    let is_it = |value: &Value| {
        let name = value.as_str().unwrap_or_default();
        COURSES.contains(&name.rsplit(['/', ':']).next().unwrap_or(name))
    };
    match object.get("@type") {
        Some(Value::Array(types)) => types.iter().any(is_it),
        Some(own) => is_it(own),
        None => false,
    }
}

/// One training under names that mappings know; what has no such name keeps its own.
fn plain(node: &Map<String, Value>, names: &HashMap<&str, &Value>) -> Map<String, Value> {
    let mut out = Map::new();
    for (key, value) in node.iter().filter(|(key, _)| !UNREAD.contains(&key.as_str())) {
        let name = match key.as_str() {
            "name" => "title",
            "identifier" | "courseCode" => "id",
            "provider" | "organizer" => "provider",
            "coursePrerequisites" => "prerequisites",
            "isBasedOn" => "source",
            "about" => "subjects",
            "@id" if node.contains_key("url") || !is_address(value) => continue,
            "@id" => "url",
            "offers" | "hasCourseInstance" | "location" => continue,
            other => other,
        };
        out.entry(name.to_owned()).or_insert_with(|| named(name, value, names));
    }
    let instances = each(node.get("hasCourseInstance"));
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            out.entry(name.to_owned()).or_insert(value);
        }
    };
    put("duration", node.get("timeRequired").cloned());
    put("duration", same(&instances, "courseWorkload"));
    put("duration", same(&instances, "duration"));
    put("courseMode", modes(&instances));
    put("city", town(node.get("location")).or_else(|| town(same(&instances, "location").as_ref())));
    let status = node.get("eventStatus").and_then(Value::as_str);
    let is_cancelled = status.is_some_and(|status| status.ends_with("EventCancelled"));
    put("statut", is_cancelled.then(|| Value::String("annulée".to_owned())));
    put("prix", price(&each(node.get("offers"))));
    out.remove("timeRequired");
    out
}

/// The items of a list, or the one value.
fn each(value: Option<&Value>) -> Vec<&Value> {
    match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(Value::Null) | None => Vec::new(),
        Some(one) => vec![one],
    }
}

fn is_address(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with("http://") || text.starts_with("https://"))
}

/// A value without what describes it: the name of an organisation, be it described elsewhere in the document, the value of an
/// identifier, the words of a text whose language is said.
fn named(key: &str, value: &Value, names: &HashMap<&str, &Value>) -> Value {
    let value = match value {
        Value::Array(items) if items.len() == 1 => &items[0],
        other => other,
    };
    let elsewhere = || value.get("@id").and_then(Value::as_str).and_then(|id| names.get(id).copied());
    let own = value.get("@value").or_else(|| match key {
        "id" => value.get("value"),
        "provider" => value.get("name").or_else(elsewhere),
        _ => None,
    });
    match own {
        Some(Value::Object(text)) => text.get("@value").unwrap_or(value).clone(),
        Some(own) => own.clone(),
        None => value.clone(),
    }
}

/// What all these objects say under a key, when they say the same.
fn same(objects: &[&Value], key: &str) -> Option<Value> {
    let mut values = objects.iter().filter_map(|object| object.get(key)).filter(|value| !value.is_null());
    let first = values.next()?;
    values.all(|other| other == first).then(|| first.clone())
}

/// How the sessions are given, each way once.
fn modes(instances: &[&Value]) -> Option<Value> {
    let mut modes: Vec<Value> = Vec::new();
    for mode in instances.iter().flat_map(|instance| each(instance.get("courseMode"))) {
        if !modes.contains(mode) {
            modes.push(mode.clone());
        }
    }
    (!modes.is_empty()).then_some(Value::Array(modes))
}

/// The town of a place.
fn town(place: Option<&Value>) -> Option<Value> {
    let place = place?;
    let address = place.get("address").unwrap_or(place);
    let town = address.get("addressLocality").unwrap_or(address);
    town.is_string().then(|| town.clone())
}

/// The prices of offers in words, each once, with their currency and what is said of taxes: « 900 EUR TTC ».
fn price(offers: &[&Value]) -> Option<Value> {
    let mut prices: Vec<String> = Vec::new();
    for offer in offers {
        let own = offer.get("price").or_else(|| offer.get("priceSpecification")?.get("price"));
        let amount = match own {
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::String(text)) => text.trim().to_owned(),
            _ => continue,
        };
        let specified = offer.get("priceSpecification");
        let of = |key: &str| offer.get(key).or_else(|| specified?.get(key));
        // The price of a specification with other taxes is another price.
        let other = specified.and_then(|specified| specified.get("price"));
        let is_other = offer.get("price").zip(other).is_some_and(|(own, other)| own != other);
        let currency = of("priceCurrency").and_then(Value::as_str).unwrap_or_default();
        let taxes = match of("valueAddedTaxIncluded").and_then(Value::as_bool).filter(|_| !is_other) {
            Some(true) => "TTC",
            Some(false) => "HT",
            None => "",
        };
        let unit =
            of("unitText").and_then(Value::as_str).map_or_else(String::new, |unit| format!("/ {unit}"));
        let words = [amount.as_str(), currency, taxes, &unit];
        let words = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        if !prices.contains(&words) {
            prices.push(words);
        }
    }
    (!prices.is_empty()).then(|| Value::String(prices.join(" ; ")))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::of;

    fn check(document: Value, expect: Value) {
        assert_eq!(of(&document).map(Value::Array), Some(expect), "{document}");
    }

    #[test]
    fn trainings_are_found_wherever_they_are() {
        let one = json!({ "@context": "https://schema.org", "@type": "Course", "name": "A" });
        let found = json!([{ "title": "A" }]);
        check(one.clone(), found.clone());
        check(json!([one]), found.clone());
        check(
            json!({ "@context": "https://schema.org", "@graph": [{ "@type": "WebSite", "name": "B" }, one] }),
            found.clone(),
        );
        check(
            json!({ "@type": "ItemList", "itemListElement": [{ "@type": "ListItem", "position": 1, "item": one }] }),
            found.clone(),
        );
        check(json!({ "@type": ["Thing", "schema:Course"], "name": "A" }), found);
        assert_eq!(of(&json!([{ "titre": "A" }])), None);
        assert_eq!(of(&json!({ "@type": "WebSite", "name": "B" })), None);
    }

    #[test]
    fn what_they_say_goes_under_names_that_mappings_know() {
        check(
            json!({
                "@context": "https://schema.org", "@type": "Course", "@id": "https://exemple.fr/a", "name": "A",
                "provider": [{ "@type": "Organization", "name": "École" }],
                "identifier": { "@type": "PropertyValue", "value": "A-1" }, "image": "https://exemple.fr/a.png",
                "offers": [{ "price": 900, "priceCurrency": "EUR", "priceSpecification": { "valueAddedTaxIncluded": true } }],
                "hasCourseInstance": [
                    { "courseMode": "online", "courseWorkload": "PT7H", "location": { "address": { "addressLocality": "Lyon" } } },
                    { "courseMode": ["online", "onsite"], "courseWorkload": "PT7H" },
                ],
            }),
            json!([{
                "url": "https://exemple.fr/a", "title": "A", "provider": "École", "id": "A-1", "duration": "PT7H",
                "courseMode": ["online", "onsite"], "city": "Lyon", "prix": "900 EUR TTC",
            }]),
        );
        check(
            json!({ "@type": "Course", "name": "A", "url": "https://exemple.fr/a", "@id": "https://exemple.fr/#a",
                "hasCourseInstance": [{ "courseWorkload": "PT7H" }, { "courseWorkload": "PT14H" }],
                "offers": [{ "price": "100", "priceCurrency": "EUR" }, { "price": "200", "priceCurrency": "EUR" }] }),
            json!([{ "title": "A", "url": "https://exemple.fr/a", "prix": "100 EUR ; 200 EUR" }]),
        );
        check(
            json!({ "@graph": [
                { "@type": "Organization", "@id": "#e", "name": { "@value": "École" } },
                { "@type": "EducationEvent", "name": { "@value": "A" }, "organizer": { "@id": "#e" },
                  "eventStatus": "https://schema.org/EventCancelled",
                  "offers": { "price": 1200, "priceCurrency": "EUR", "priceSpecification": { "price": 1000, "valueAddedTaxIncluded": false } } },
            ] }),
            json!([{ "title": "A", "provider": "École", "eventStatus": "https://schema.org/EventCancelled", "statut": "annulée",
                "prix": "1200 EUR" }]),
        );
        check(
            json!({ "@type": "Course", "name": "A", "offers": { "priceSpecification":
                { "price": 300, "priceCurrency": "EUR", "unitText": "jour" } } }),
            json!([{ "title": "A", "prix": "300 EUR / jour" }]),
        );
    }
}
