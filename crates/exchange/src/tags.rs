//! Marks of HTML in texts that people paste into cells: taken out, and nothing else that stands between « < » and « > ».
//! Absent: entities, what elements mean (see `lheo::text`).

/// Names of elements that are taken out: those that editors and office software leave in texts.
const ELEMENTS: [&str; 86] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "link",
    "mark",
    "meta",
    "nav",
    "nobr",
    "object",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
    "xml",
];
/// Before the names of elements of office software: « o:p ».
const OFFICE: [&str; 5] = ["m", "o", "st1", "v", "w"];
/// Attributes that have no value.
const BARE: [&str; 10] = [
    "allowfullscreen",
    "checked",
    "compact",
    "controls",
    "disabled",
    "hidden",
    "noshade",
    "nowrap",
    "reversed",
    "selected",
];

/// Whether an element is one of those that are taken out.
pub(crate) fn is_element(name: &str) -> bool {
    ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
}

/// A text with a space instead of each tag, comment and declaration of HTML.
pub(crate) fn without(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let last_comment = text.rfind("-->");
    let mut at = 0;
    while let Some(start) = text[at..].find('<').map(|found| at + found) {
        out.push_str(&text[at..start]);
        let rest = &text[start..];
        let length = match rest.strip_prefix("<!--") {
            // Looked for only where there is one: many open comments do not read the text again and again.
            Some(_) => last_comment.filter(|last| *last > start).and_then(|_| past(rest, "-->")),
            None => tag(rest),
        };
        out.push(if length.is_some() { ' ' } else { '<' });
        at = start + length.unwrap_or(1);
    }
    out.push_str(&text[at..]);
    out
}

fn past(text: &str, end: &str) -> Option<usize> {
    text.find(end).map(|at| at + end.len())
}

/// How long the tag or declaration is that begins here; nothing when « < » is only a sign.
pub(crate) fn tag(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    if inside.starts_with("![") || inside.starts_with("?xml") || starts_like(inside, "!doctype") {
        let end = inside.find(['<', '>'])?;
        return inside[end..].starts_with('>').then_some(end + 2);
    }
    let is_end = inside.starts_with('/');
    let named = inside.strip_prefix('/').unwrap_or(inside);
    let length = named.find(|c: char| !c.is_ascii_alphanumeric() && c != ':').unwrap_or(named.len());
    let name = named[..length].to_ascii_lowercase();
    let is_office = name.split_once(':').is_some_and(|(before, _)| OFFICE.contains(&before));
    if !is_office && !is_element(&name) {
        return None;
    }
    let after = if is_end { named[length..].trim_start() } else { attributes(&named[length..])? };
    let after = after.strip_prefix('>')?;
    Some(text.len() - after.len())
}

fn starts_like(text: &str, lower: &str) -> bool {
    text.get(..lower.len()).is_some_and(|start| start.eq_ignore_ascii_case(lower))
}

/// What follows the attributes of a tag; nothing when these words are no attributes.
fn attributes(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let next = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if next.starts_with('>') {
            return Some(next);
        }
        if next.len() == rest.len() {
            return None;
        }
        let length = next.find(|c: char| !c.is_ascii_alphanumeric() && !"-:_".contains(c))?;
        let (name, after) = next.split_at(length);
        rest = match after.trim_start().strip_prefix('=').map(str::trim_start) {
            Some(value) if !name.is_empty() => past_value(value)?,
            _ if BARE.contains(&name.to_ascii_lowercase().as_str()) => after,
            _ => return None,
        };
    }
}

fn past_value(value: &str) -> Option<&str> {
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split_once(quote).map(|(_, after)| after),
        _ => {
            let end = value.find(|c: char| c.is_whitespace() || c == '>' || c == '<')?;
            Some(&value[end..])
        }
    }
}
