//! Just enough French grammar to write sentences from lists of words: agreement, articles, elision,
//! contraction. Absent: the lists themselves (see `words`).

#[cfg(test)]
mod tests;

/// Gender and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Agreement {
    /// Feminine.
    pub feminine: bool,
    /// Plural.
    pub plural: bool,
}

/// Whether a word takes « l’ » and « d’ » before it.
fn elides(word: &str) -> bool {
    const ASPIRATED: [&str; 2] = ["handicap", "hiérarchiser"];
    let first = word.chars().next().map_or(' ', |c| c.to_lowercase().next().unwrap_or(c));
    "aeiouyéèêâîôûhœ".contains(first) && !ASPIRATED.contains(&word)
}

/// « le tableau », « l’analyse », « les données ».
pub(super) fn definite(group: &str, agreement: Agreement) -> String {
    match agreement {
        Agreement { plural: true, .. } => format!("les {group}"),
        _ if elides(group) => format!("l’{group}"),
        Agreement { feminine: true, .. } => format!("la {group}"),
        _ => format!("le {group}"),
    }
}

/// « un tableau », « une analyse », « des données ».
pub(super) fn indefinite(group: &str, agreement: Agreement) -> String {
    let article = match agreement {
        Agreement { plural: true, .. } => "des",
        Agreement { feminine: true, .. } => "une",
        _ => "un",
    };
    format!("{article} {group}")
}

/// « de » before a group with or without article, contracted or elided.
pub(super) fn of(group: &str) -> String {
    match (group.strip_prefix("le "), group.strip_prefix("les "), group.strip_prefix("des ")) {
        (Some(rest), ..) => format!("du {rest}"),
        (_, Some(rest), _) => format!("des {rest}"),
        (_, _, Some(rest)) if elides(rest) => format!("d’{rest}"),
        (_, _, Some(rest)) => format!("de {rest}"),
        _ if elides(group) && !group.starts_with("l’") => format!("d’{group}"),
        _ => format!("de {group}"),
    }
}

/// « à » before a group with or without article, contracted.
pub(super) fn to(group: &str) -> String {
    match (group.strip_prefix("le "), group.strip_prefix("les ")) {
        (Some(rest), _) => format!("au {rest}"),
        (_, Some(rest)) => format!("aux {rest}"),
        _ => format!("à {group}"),
    }
}

/// A noun in the wanted number.
pub(super) fn noun(word: &str, plural: bool) -> String {
    match plural {
        false => word.to_owned(),
        true => plural_of(word),
    }
}

fn plural_of(word: &str) -> String {
    if word.ends_with(['s', 'x', 'z']) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("al") {
        return format!("{stem}aux");
    }
    if word.ends_with("eau") || word.ends_with("eu") { format!("{word}x") } else { format!("{word}s") }
}

/// An adjective that agrees.
pub(super) fn adjective(word: &str, agreement: Agreement) -> String {
    let base = if agreement.feminine { feminine_of(word) } else { word.to_owned() };
    if agreement.plural { plural_of(&base) } else { base }
}

fn feminine_of(word: &str) -> String {
    const RULES: [(&str, &str); 6] =
        [("if", "ive"), ("el", "elle"), ("en", "enne"), ("er", "ère"), ("et", "ète"), ("ic", "ique")];
    if word.ends_with('e') || word.is_empty() {
        return word.to_owned();
    }
    match RULES.into_iter().find_map(|(ending, other)| Some((word.strip_suffix(ending)?, other))) {
        Some((stem, ending)) => format!("{stem}{ending}"),
        None => format!("{word}e"),
    }
}

/// The stem of a verb of the first group, as it is written before a letter.
fn stem(verb: &str, before_a: bool) -> String {
    let stem = verb.strip_suffix("er").unwrap_or(verb);
    match stem.strip_suffix('c') {
        _ if before_a && stem.ends_with('g') => format!("{stem}e"),
        Some(rest) if before_a => format!("{rest}ç"),
        _ => stem.to_owned(),
    }
}

/// « analysent ».
pub(super) fn they(verb: &str) -> String {
    format!("{}ent", stem(verb, false))
}

/// « analysant ».
pub(super) fn gerund(verb: &str) -> String {
    format!("{}ant", stem(verb, true))
}

/// « analysé », « analysées ».
pub(super) fn participle(verb: &str, agreement: Agreement) -> String {
    adjective(&format!("{}é", stem(verb, false)), agreement)
}

/// The text with its first letter in upper case.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
