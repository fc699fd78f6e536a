//! Files built into the program: style sheet, script, icon; and the directory of a theme.
//! Absent: pages.

use std::hash::Hasher;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use rustc_hash::FxHasher;

use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::visit::Visit;

const STYLE: &str = include_str!("../static/style.css");
const SCRIPT: &str = include_str!("../static/script.js");
const MAPS: &str = include_str!("../static/maps.css");
const WORKSHOP: &str = include_str!("../static/workshop.css");
const NEEDS: &str = include_str!("../static/needs.css");
const PATHWAYS: &str = include_str!("../static/pathways.css");
const SCENARIOS: &str = include_str!("../static/scenarios.css");
const REPORT: &str = include_str!("../static/report.css");
const REFERENCE: &str = include_str!("../static/reference.css");
const ICON: &str = include_str!("../static/favicon.svg");

/// Largest file of a theme, in bytes.
const THEME_FILE_BYTES: u64 = 8 << 20;

/// A style sheet without what only its readers need: indents, empty lines, lines of comment.
fn lean(css: &str) -> String {
    let is_comment = |line: &str| line.starts_with("/*") && line.ends_with("*/");
    let lines = css.lines().map(str::trim_start);
    lines.filter(|line| !line.is_empty() && !is_comment(line)).map(|line| format!("{line}\n")).collect()
}

pub(crate) fn fingerprint(content: &str) -> String {
    let mut hasher = FxHasher::default();
    hasher.write(content.as_bytes());
    format!("{:08x}", hasher.finish() as u32)
}

/// Address of the style sheet: ours, or the one of the theme.
pub(crate) fn style_address(themed: bool) -> String {
    static OURS: OnceLock<String> = OnceLock::new();
    if themed {
        return "/theme/dsfr.min.css".to_owned();
    }
    OURS.get_or_init(|| format!("/static/style.css?v={}", fingerprint(STYLE))).clone()
}

/// Address of the script.
pub(crate) fn script_address() -> String {
    static OURS: OnceLock<String> = OnceLock::new();
    OURS.get_or_init(|| format!("/static/script.js?v={}", fingerprint(SCRIPT))).clone()
}

/// Address of what the workshop's pages add to the style sheet.
pub(crate) fn workshop_style_address() -> String {
    format!("/static/workshop.css?v={}", fingerprint(WORKSHOP))
}

/// Address of what pages of pathways add to the style sheet.
pub(crate) fn pathways_style_address() -> String {
    static OURS: OnceLock<String> = OnceLock::new();
    OURS.get_or_init(|| format!("/static/pathways.css?v={}", fingerprint(PATHWAYS))).clone()
}

/// `/static/pathways.css`
pub(crate) fn pathways_style(_: &Visit) -> Result<Answer, Failure> {
    Ok(Answer::text("text/css; charset=utf-8", lean(PATHWAYS)).for_long())
}

/// Address of what pages of scenarios add to the style sheets of pages and of pathways.
pub(crate) fn scenarios_style_address() -> String {
    static OURS: OnceLock<String> = OnceLock::new();
    OURS.get_or_init(|| format!("/static/scenarios.css?v={}", fingerprint(SCENARIOS))).clone()
}

/// `/static/scenarios.css`
pub(crate) fn scenarios_style(_: &Visit) -> Result<Answer, Failure> {
    Ok(Answer::text("text/css; charset=utf-8", lean(SCENARIOS)).for_long())
}

/// Address of what pages of figures add to the style sheet.
pub(crate) fn maps_style_address() -> String {
    static OURS: OnceLock<String> = OnceLock::new();
    OURS.get_or_init(|| format!("/static/maps.css?v={}", fingerprint(MAPS))).clone()
}

/// `/static/maps.css`
pub(crate) fn maps_style(_: &Visit) -> Result<Answer, Failure> {
    Ok(Answer::text("text/css; charset=utf-8", lean(MAPS)).for_long())
}

/// `/static/workshop.css`
pub(crate) fn workshop_style(_: &Visit) -> Result<Answer, Failure> {
    Ok(Answer::text("text/css; charset=utf-8", lean(WORKSHOP)).for_long())
}

/// Address of what pages about personas and gaps add to the style sheet.
pub(crate) fn needs_style_address() -> String {
    format!("/static/needs.css?v={}", fingerprint(NEEDS))
}

/// `/static/needs.css`
pub(crate) fn needs_style(_: &Visit) -> Result<Answer, Failure> {
    Ok(Answer::text("text/css; charset=utf-8", lean(NEEDS)).for_long())
}

/// Address of what the pages of competences and of quality add to the style sheet.
pub(crate) fn reference_style_address() -> String {
    format!("/static/reference.css?v={}", fingerprint(REFERENCE))
}

/// `/static/reference.css`
pub(crate) fn reference_style(_: &Visit) -> Result<Answer, Failure> {
    Ok(Answer::text("text/css; charset=utf-8", lean(REFERENCE)).for_long())
}

/// Address of what the report adds to the style sheet.
pub(crate) fn report_style_address() -> String {
    format!("/static/report.css?v={}", fingerprint(REPORT))
}

/// `/static/report.css`
pub(crate) fn report_style(_: &Visit) -> Result<Answer, Failure> {
    Ok(Answer::text("text/css; charset=utf-8", lean(REPORT)).for_long())
}

/// `/static/style.css`
pub(crate) fn style(_: &Visit) -> Result<Answer, Failure> {
    Ok(Answer::text("text/css; charset=utf-8", lean(STYLE)).for_long())
}

/// `/static/script.js`
pub(crate) fn script(_: &Visit) -> Result<Answer, Failure> {
    Ok(Answer::text("text/javascript; charset=utf-8", SCRIPT.to_owned()).for_long())
}

/// `/favicon.svg`
pub(crate) fn icon(_: &Visit) -> Result<Answer, Failure> {
    Ok(Answer::text("image/svg+xml", ICON.to_owned()))
}

/// `/robots.txt`
pub(crate) fn robots(_: &Visit) -> Result<Answer, Failure> {
    let text = "User-agent: *\nDisallow: /formations?\nDisallow: /formations/organismes\nDisallow: /comparer\nDisallow: /cartographie?\nDisallow: /cartographie/acteurs?\nDisallow: /cartographie/correspondances?\n";
    Ok(Answer::text("text/plain; charset=utf-8", text.to_owned()))
}

/// `/theme/…`: a file of the theme's directory.
pub(crate) fn theme(visit: &Visit) -> Result<Answer, Failure> {
    let wanted = visit.path.strip_prefix("/theme/").unwrap_or_default();
    let missing = || Failure::new(Code::PageNotFound, "Ce fichier n’est pas dans le thème.");
    let file = visit.app.theme_dir().and_then(|root| inside(root, wanted)).ok_or_else(missing)?;
    let media = media(&file).ok_or_else(missing)?;
    let size = std::fs::metadata(&file).map_err(|_| missing())?.len();
    if size > THEME_FILE_BYTES {
        return Err(missing());
    }
    Ok(Answer::bytes(media, std::fs::read(&file).map_err(|_| missing())?))
}

/// The file of a relative path, when it really is inside the directory, links followed.
fn inside(root: &Path, wanted: &str) -> Option<PathBuf> {
    let decoded = percent_encoding::percent_decode_str(wanted).decode_utf8().ok()?;
    let plain = !decoded.contains(['\0', '\\']) && !decoded.is_empty();
    if !plain || !Path::new(&*decoded).components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let root = root.canonicalize().ok()?;
    let file = root.join(&*decoded).canonicalize().ok()?;
    (file.starts_with(&root) && file.is_file()).then_some(file)
}

fn media(file: &Path) -> Option<&'static str> {
    match file.extension()?.to_str()? {
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "woff2" => Some("font/woff2"),
        "woff" => Some("font/woff"),
        "png" => Some("image/png"),
        "ico" => Some("image/x-icon"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::inside;
    use std::path::Path;

    #[test]
    fn nothing_outside_of_the_theme_is_served() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
        assert!(inside(&root, "style.css").is_some());
        for wanted in [
            "../Cargo.toml",
            "%2e%2e/Cargo.toml",
            "/etc/passwd",
            "a/../../Cargo.toml",
            "",
            ".",
            "..%5cCargo.toml",
            "style.css%00",
            "absent.css",
        ] {
            assert!(inside(&root, wanted).is_none(), "{wanted}");
        }
    }
}
