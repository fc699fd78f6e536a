//! Writing the TOML form, as a person would. Absent: reading it.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use catalogue::{RawSource, RawTraining};

/// The provider of the first training is written at the top; others say theirs.
pub(crate) fn write(
    writer: &mut impl Write,
    rows: impl Iterator<Item = impl Borrow<RawTraining>>,
) -> io::Result<()> {
    let mut shared: Option<(String, String)> = None;
    let mut text = String::new();
    for row in rows {
        let raw: &RawTraining = row.borrow();
        text.clear();
        let (provider, kind) = shared.get_or_insert_with(|| {
            line(&mut text, "provider", &string(&raw.provider));
            line(&mut text, "provider_kind", &string(&raw.provider_kind));
            (raw.provider.clone(), raw.provider_kind.clone())
        });
        text.push_str("\n[[training]]\n");
        line(&mut text, "id", &string(&raw.id));
        line(&mut text, "kind", &string(&raw.kind));
        line(&mut text, "title", &string(&raw.title));
        if *provider != raw.provider {
            line(&mut text, "provider", &string(&raw.provider));
        }
        if *kind != raw.provider_kind {
            line(&mut text, "provider_kind", &string(&raw.provider_kind));
        }
        facts(&mut text, raw);
        evidence(&mut text, raw);
        line(&mut text, "summary", &string(&raw.summary));
        writer.write_all(text.as_bytes())?;
    }
    Ok(())
}

fn facts(text: &mut String, raw: &RawTraining) {
    optional(text, "url", raw.url.as_deref());
    optional(text, "language", raw.language.as_deref());
    list(text, "formats", &raw.formats);
    if let Some(duration_hours) = raw.duration_hours {
        line(text, "duration_hours", &number(duration_hours));
    }
    if let Some(price_eur) = raw.price_eur {
        line(text, "price_eur", &number(price_eur));
    }
    optional(text, "city", raw.city.as_deref());
    optional(text, "nature", raw.nature.as_deref());
    if let Some(public_sector_only) = raw.public_sector_only {
        line(text, "public_sector_only", if public_sector_only { "true" } else { "false" });
    }
    list(text, "audiences", &raw.audiences);
    list(text, "objectives", &raw.objectives);
    list(text, "themes", &raw.themes);
    levels(text, "competences", &raw.competences);
    levels(text, "prerequisites", &raw.prerequisites);
}

fn evidence(text: &mut String, raw: &RawTraining) {
    source(text, "source", &raw.source);
    for (field, words) in &raw.stated {
        line(text, &format!("stated.{}", key(field)), &string(words));
    }
    for (field, own) in &raw.sources {
        source(text, &format!("sources.{}", key(field)), own);
    }
}

fn line(text: &mut String, key: &str, value: &str) {
    text.extend([key, " = ", value, "\n"]);
}

fn optional(text: &mut String, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        line(text, key, &string(value));
    }
}

fn list(text: &mut String, key: &str, items: &[String]) {
    if !items.is_empty() {
        let items: Vec<String> = items.iter().map(|item| string(item)).collect();
        line(text, key, &format!("[{}]", items.join(", ")));
    }
}

fn levels(text: &mut String, name: &str, levels: &BTreeMap<String, u8>) {
    if !levels.is_empty() {
        let levels: Vec<String> = levels.iter().map(|(id, level)| format!("{} = {level}", key(id))).collect();
        line(text, name, &format!("{{ {} }}", levels.join(", ")));
    }
}

fn source(text: &mut String, name: &str, source: &RawSource) {
    line(text, &format!("{name}.address"), &string(&source.address));
    optional(text, &format!("{name}.seen"), source.seen.as_deref());
}

fn number(number: f64) -> String {
    // Up to here all whole numbers are exact, in f64 as in TOML's integers.
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { format!("{number:?}") }
}

fn key(key: &str) -> String {
    let is_bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if is_bare { key.to_owned() } else { string(key) }
}

fn string(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 2);
    text.push('"');
    for character in value.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            '\r' => text.push_str("\\r"),
            control if control.is_control() => text.push_str(&format!("\\u{:04X}", u32::from(control))),
            other => text.push(other),
        }
    }
    text.push('"');
    text
}
