//! What an import would change, in the words of a page: figures, doubts, refusals, additions, changes, look-alikes,
//! proposals. Absent: the comparison itself.

use catalogue::Seen;
use catalogue::french::{counted, integer, percent};
use exchange::report::{Changed, ISSUES_MAX, Report, Warning};
use exchange::workshop::{Compared, Request};
use exchange::{Issue, column_label, shown_value};

use crate::visit::Visit;
use crate::wording::typeset;

/// Rows of each list that are shown; all are counted.
const SHOWN: usize = 50;

/// What a page shows of a comparison.
pub(crate) struct Preview {
    /// Number and noun of each figure.
    pub figures: Vec<(String, &'static str)>,
    /// The finding, in a sentence.
    pub finding: String,
    /// How the file was read.
    pub reading: Vec<String>,
    /// What is held back, and why.
    pub held: Option<&'static str>,
    /// Values left as words.
    pub doubts: Vec<Doubt>,
    /// Values left as words that are not shown.
    pub doubts_left: Option<String>,
    /// What deserves to be read before publishing: where on the page, and what.
    pub to_read: Vec<(&'static str, String)>,
    /// Refusals.
    pub refusals: Vec<Doubt>,
    /// Refusals that are not shown.
    pub refusals_left: Option<String>,
    /// Whether refused rows are kept apart.
    pub refused_file: bool,
    /// That only some of them are, when there are too many.
    pub refused_limit: Option<String>,
    /// New trainings.
    pub added: Vec<(String, String)>,
    /// New trainings that are not shown.
    pub added_left: Option<String>,
    /// Changed trainings.
    pub changed: Vec<ChangedView>,
    /// Changed trainings that are not shown.
    pub changed_left: Option<String>,
    /// Withdrawn trainings.
    pub withdrawn: Vec<String>,
    /// Withdrawn trainings that are not shown.
    pub withdrawn_left: Option<String>,
    /// New trainings that look like one in place.
    pub lookalikes: Vec<LookalikeView>,
    /// Values proposed.
    pub proposals: Vec<ProposalView>,
    /// All of them, with their noun.
    pub proposals_total: Option<String>,
    /// Trainings in place that keep what the file does not say.
    pub kept: Option<String>,
    /// Options as they are.
    pub replace: bool,
    /// Options as they are.
    pub accept: bool,
    /// Whether there is something to publish, and nothing is under way.
    pub can_publish: bool,
    /// Whether it is published already or under way: the options are not asked then.
    pub is_past: bool,
    /// Version compared with.
    pub base: String,
    /// Whether the catalogue has changed since.
    pub is_stale: bool,
}

/// A value that is not understood, or that refuses its row.
pub(crate) struct Doubt {
    /// Sheet and line.
    pub place: String,
    /// Column.
    pub column: String,
    /// Value.
    pub value: String,
    /// What is wrong, and what to do.
    pub message: String,
}

/// A changed training.
pub(crate) struct ChangedView {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// Field, before, after.
    pub rows: Vec<(String, String, String)>,
}

/// A pair of trainings that look alike.
pub(crate) struct LookalikeView {
    /// The new one and the one in place, for a form.
    pub pair: String,
    /// Title of the new one.
    pub new: String,
    /// Title of the one in place.
    pub known: String,
    /// Its page.
    pub href: String,
    /// Why.
    pub why: String,
}

/// A value proposed.
pub(crate) struct ProposalView {
    /// Title of the training, or its identifier when the report does not list it.
    pub training: String,
    /// Field.
    pub field: String,
    /// Value.
    pub value: String,
    /// Share of such proposals that were right.
    pub confidence: String,
    /// The words that led to it.
    pub words: String,
}

impl Preview {
    /// The view of a comparison that came to a report.
    pub fn new(compared: &Compared, request: &Request, is_past: bool, visit: &Visit) -> Option<Self> {
        let report = compared.report.as_ref()?;
        let latest = i64::try_from(visit.snapshot.stamp().revision).unwrap_or(i64::MAX);
        let is_stale = !is_past && latest > compared.base;
        Some(Self {
            figures: figures(report),
            finding: finding(report),
            reading: report.reading.iter().map(|line| typeset(&in_forms(line))).collect(),
            held: held(report),
            doubts: report.warnings.iter().take(SHOWN).map(left_as_words).collect(),
            doubts_left: left(report.warnings_total, SHOWN.min(report.warnings.len()))
                .filter(|_| report.warnings.len() > SHOWN),
            to_read: to_read(report),
            refusals: report.issues.iter().take(SHOWN).map(|issue| doubt(issue, 1)).collect(),
            refusals_left: left(report.issues_total, SHOWN.min(report.issues.len())),
            refused_file: compared.refused_rows > 0,
            refused_limit: (report.issues_total > ISSUES_MAX as u64)
                .then(|| format!("Seules celles des {} premiers refus y sont.", integer(ISSUES_MAX as u64))),
            added: report.first_added.iter().take(SHOWN).map(|n| (n.id.clone(), n.title.clone())).collect(),
            added_left: left(report.added, SHOWN.min(report.first_added.len())),
            changed: report.first_changed.iter().take(SHOWN).map(changed).collect(),
            changed_left: left(report.changed, SHOWN.min(report.first_changed.len())),
            withdrawn: report.first_withdrawn.iter().take(SHOWN).cloned().collect(),
            withdrawn_left: left(report.withdrawn, SHOWN.min(report.first_withdrawn.len())),
            lookalikes: lookalikes(report),
            proposals: proposals(report, visit),
            proposals_total: (report.suggestions_total > 0)
                .then(|| counted(report.suggestions_total, "valeur proposée", "valeurs proposées")),
            kept: (report.kept > 0)
                .then(|| counted(report.kept, "formation en place garde", "formations en place gardent")),
            replace: request.replace,
            accept: request.accept_proposals,
            can_publish: report.changes_something() && !is_past && !is_stale,
            is_past,
            base: integer(u64::try_from(compared.base).unwrap_or(0)),
            is_stale,
        })
    }
}

fn figures(report: &Report) -> Vec<(String, &'static str)> {
    let word = |count: u64, one: &'static str, many: &'static str| {
        (integer(count), if count > 1 { many } else { one })
    };
    vec![
        word(report.rows, "ligne lue", "lignes lues"),
        word(report.added, "ajoutée", "ajoutées"),
        word(report.changed, "modifiée", "modifiées"),
        word(report.unchanged, "identique", "identiques"),
        word(report.withdrawn, "retirée", "retirées"),
        word(report.refused, "refusée", "refusées"),
    ]
}

fn finding(report: &Report) -> String {
    if report.cut_short {
        return "Le fichier n’a pas pu être lu jusqu’au bout : rien ne peut être publié.".to_owned();
    }
    if report.rows == 0 {
        return "Le fichier ne contient aucune ligne.".to_owned();
    }
    if !report.changes_something() {
        let all_refused = report.refused == report.rows;
        return if all_refused {
            "Toutes les lignes sont refusées : rien ne peut être publié.".to_owned()
        } else {
            "Le catalogue dit déjà tout cela : il n’y a rien à publier.".to_owned()
        };
    }
    let mut parts = Vec::new();
    let mut say = |count: u64, one: &str, many: &str| {
        if count > 0 {
            parts.push(counted(count, one, many));
        }
    };
    say(report.added, "formation entrerait", "formations entreraient");
    say(report.changed, "changerait", "changeraient");
    say(report.withdrawn, "serait retirée", "seraient retirées");
    format!("{}.", catalogue::french::list(&parts, "et"))
}

fn held(report: &Report) -> Option<&'static str> {
    report.withdrawals_held.then_some(if report.rows == 0 {
        "Aucune formation n’est retirée : le fichier ne contient aucune ligne."
    } else {
        "Aucune formation n’est retirée : des lignes sont refusées, et l’une d’elles peut être celle d’une formation en place."
    })
}

/// « et 12 autres », when not all are shown.
fn left(total: u64, shown: usize) -> Option<String> {
    let left = total.saturating_sub(shown as u64);
    (left > 0).then(|| format!("… et {}.", counted(left, "autre", "autres")))
}

fn doubt(issue: &Issue, rows: u64) -> Doubt {
    let mut place: Vec<String> = issue.sheet.iter().map(|sheet| format!("feuille {sheet}")).collect();
    place.extend(issue.line.map(|line| format!("ligne {}", integer(line))));
    let mut place = place.join(", ");
    if rows > 1 {
        place.push_str(&format!(" ({})", counted(rows, "fois", "fois")));
    }
    // What would be written in a mapping is said in the form of columns.
    let remedy =
        if is_for_files(&issue.remedy) { "dites-le dans la lecture des colonnes" } else { &issue.remedy };
    Doubt {
        place,
        column: issue.column.as_deref().map(column_label).unwrap_or_default(),
        value: shortened(issue.value.as_deref().unwrap_or_default()),
        message: typeset(&format!("{} ; {}.", issue.message, remedy.trim_end_matches('.'))),
    }
}

/// A value left as words, without what would be done about it in a mapping.
fn left_as_words(warning: &Warning) -> Doubt {
    let doubt = doubt(&warning.issue, warning.rows);
    match is_for_files(&warning.issue.remedy) {
        true => Doubt { message: typeset(&format!("{}.", warning.issue.message)), ..doubt },
        false => doubt,
    }
}

/// How a file was read, with what the form of columns asks in the place of what a mapping would say.
pub(super) fn in_forms(line: &str) -> String {
    /// What mappings say, and what the form says of the same.
    const SAID: [(&str, &str); 3] = [
        (
            "ôtez in_words sous cette colonne dans la correspondance",
            "décochez « Garder en mots » à la lecture des colonnes",
        ),
        (
            "écrivez hours_per_day sous [settings] dans la correspondance",
            "écrivez les « Heures dans une journée »",
        ),
        (
            " (hours_per_day, sous [settings] dans la correspondance)",
            ", comme il est dit à la lecture des colonnes",
        ),
    ];
    if let Some((told, list)) = line.split_once("écrivez list = \"") {
        let key = list.split('"').next().unwrap_or_default();
        return format!(
            "{told}écrivez « {key} » dans « Liste dont les objets sont les formations », à la lecture des colonnes"
        );
    }
    if let Some((told, hours)) = line.split_once("écrivez hours_per_day = ") {
        let hours = hours.split(' ').next().unwrap_or_default().trim_end_matches(".0").replace('.', ",");
        return format!(
            "{told}écrivez « {hours} » dans « Heures dans une journée », à la lecture des colonnes"
        );
    }
    SAID.iter().fold(line.to_owned(), |line, (mapping, form)| line.replace(mapping, form))
}

/// Whether a remedy is something to write in a mapping.
fn is_for_files(remedy: &str) -> bool {
    ["correspondance", "[defaults]", "field =", "table values"].iter().any(|word| remedy.contains(word))
}

/// The parts of the page that deserve to be read before publishing.
fn to_read(report: &Report) -> Vec<(&'static str, String)> {
    let parts = [
        ("#refus", report.refused, "ligne refusée", "lignes refusées"),
        (
            "#doutes",
            report.warnings_total,
            "valeur laissée en mots ou non lue",
            "valeurs laissées en mots ou non lues",
        ),
        ("#changements", report.changed, "formation qui change", "formations qui changent"),
        ("#retraits", report.withdrawn, "formation retirée", "formations retirées"),
        ("#doublons", report.lookalikes.len() as u64, "doublon possible", "doublons possibles"),
        ("#propositions", report.suggestions_total, "valeur proposée", "valeurs proposées"),
    ];
    let present = parts.into_iter().filter(|(_, count, ..)| *count > 0);
    present.map(|(place, count, one, many)| (place, counted(count, one, many))).collect()
}

fn shortened(value: &str) -> String {
    const CHARS: usize = 120;
    match value.char_indices().nth(CHARS) {
        Some((at, _)) => format!("{}…", &value[..at]),
        None => value.to_owned(),
    }
}

fn changed(changed: &Changed) -> ChangedView {
    let shown = |column: &str, value: &Option<String>| match value {
        Some(value) => shortened(&shown_value(column, value)),
        None => "non précisé".to_owned(),
    };
    let rows = changed.columns.iter();
    let rows = rows.map(|change| {
        let name = &change.column;
        (column_label(name), shown(name, &change.before), shown(name, &change.after))
    });
    ChangedView { id: changed.id.clone(), title: changed.title.clone(), rows: rows.collect() }
}

fn lookalikes(report: &Report) -> Vec<LookalikeView> {
    let pairs = report.lookalikes.iter().take(SHOWN);
    let view = |pair: &exchange::report::Lookalike| LookalikeView {
        pair: format!("{} {}", pair.new.id, pair.known.id),
        new: pair.new.title.clone(),
        known: pair.known.title.clone(),
        href: format!("/formations/{}", pair.known.id),
        why: typeset(&pair.why.join(", ")),
    };
    pairs.map(view).collect()
}

fn proposals(report: &Report, visit: &Visit) -> Vec<ProposalView> {
    let referential = visit.snapshot.referential();
    let titles: std::collections::HashMap<&str, &str> =
        report.first_added.iter().map(|named| (named.id.as_str(), named.title.as_str())).collect();
    let view = |own: &exchange::report::Suggestion| {
        let vocabulary = match own.field.as_str() {
            "themes" => "theme",
            "objectives" => "objective",
            name => name,
        };
        ProposalView {
            training: titles.get(own.id.as_str()).copied().unwrap_or(&own.id).to_owned(),
            field: column_label(&own.field),
            value: referential.label(vocabulary, &own.value).to_owned(),
            confidence: own.confidence.map_or_else(|| "non mesuré".to_owned(), share),
            words: own.words.join(", "),
        }
    };
    report.suggestions.iter().take(SHOWN).map(view).collect()
}

/// A share from 0 to 1 as a percentage.
fn share(share: f32) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a thousand")]
    let thousandths = (share.clamp(0.0, 1.0) * 1_000.0).round() as u64;
    percent(thousandths, 1_000)
}

/// A date and time as people say it, to the minute; UTC.
pub(crate) fn moment(stamp: &str) -> String {
    let day = stamp.get(..10).and_then(|day| Seen::parse(day).ok()).map(Seen::in_french);
    match (day, stamp.get(11..16)) {
        (Some(day), Some(time)) => format!("{day} à {} (UTC)", time.replace(':', " h ")),
        (day, _) => day.unwrap_or_else(|| stamp.to_owned()),
    }
}
