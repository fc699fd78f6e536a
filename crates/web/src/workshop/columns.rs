//! The reading of columns: what each column of the file is, and what its words mean, as a form. It writes the same
//! mapping as the command line's file, which can be taken away.
//! Absent: the recognition of columns (see the crate `exchange`).

use askama::Template;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{Response, StatusCode};
use catalogue::french::{counted, list, quoted};
use catalogue::{Seen, WebAddress};
use exchange::mapping::{Column, ColumnSurvey, Defaults, Mapping, Settings, Survey, Target, Unit};
use exchange::workshop::{Order, Step};

use super::dossier::Dossier;
use super::editor::{Editor, Form, field, fields};
use super::preview;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::wording::typeset;

/// What a form says of a word that is known to mean nothing.
const UNKNOWN: &str = "inconnu";
/// Separators of the cells of a text file: name in the form, character, label.
const SEPARATORS: [(&str, char, &str); 4] = [
    ("point-virgule", ';', "point-virgule"),
    ("virgule", ',', "virgule"),
    ("tabulation", '\t', "tabulation"),
    ("barre", '|', "barre verticale"),
];
/// Longest text of a field, in characters.
const TEXT_CHARS: usize = 300;

#[derive(Template)]
#[template(path = "workshop_columns.html")]
struct ColumnsPage {
    layout: Layout,
    import: String,
    file: String,
    error: Option<String>,
    sheet: Option<String>,
    sheets: Vec<(String, String, bool)>,
    number: usize,
    reading: Vec<String>,
    rows: String,
    columns: Vec<ColumnView>,
    general: General,
}

/// One column in the form.
struct ColumnView {
    number: usize,
    name: String,
    filled: String,
    samples: Vec<String>,
    targets: Vec<Choice>,
    separator: Option<String>,
    units: Vec<Choice>,
    without_taxes: Option<bool>,
    /// Whether its amounts stay in words; nothing for a column that holds none.
    in_words: Option<bool>,
    marked: Option<String>,
    /// Columns read with it, when there are some.
    with: Option<String>,
    /// Whether it is known by what it holds only.
    to_check: bool,
    words: Vec<WordView>,
    words_left: Option<String>,
}

impl ColumnView {
    /// How to write what a word means, when it is not chosen from a list.
    fn hint(&self) -> Option<&'static str> {
        self.words.first().map(|word| word.hint).filter(|hint| !hint.is_empty())
    }
}

/// An option of a list.
struct Choice {
    value: String,
    label: String,
    selected: bool,
}

/// A word of a column and what it means.
struct WordView {
    number: usize,
    word: String,
    count: Option<String>,
    /// Values to choose from; empty when any text will do.
    choices: Vec<Choice>,
    text: String,
    hint: &'static str,
}

/// What holds for all rows.
struct General {
    provider: String,
    kinds: Vec<Choice>,
    languages: Vec<Choice>,
    source: String,
    seen: String,
    hours_per_day: String,
    hours_per_half_day: String,
    header_line: String,
    /// Key of the list whose objects are the rows; nothing for a file that is not JSON.
    list: Option<String>,
    /// Empty for a file that has no separator.
    separators: Vec<Choice>,
}

/// The form.
pub(crate) async fn show(editor: Editor, Path(subject): Path<String>) -> Response<Body> {
    let work = async {
        let dossier = Dossier::read(&editor, &subject).await?;
        let number =
            editor.visit.values("feuille").next().and_then(|number| number.parse().ok()).unwrap_or(0);
        let surveys = surveys(&dossier)?;
        let survey = surveys.get(number).ok_or_else(|| no_columns(&dossier))?;
        Ok(Answer::html(&page(&editor, &dossier, (number, survey), None)))
    };
    let result = work.await;
    editor.respond(result)
}

/// Takes the form, and compares the file again.
pub(crate) async fn save(editor: Editor, Path(subject): Path<String>, body: Form) -> Response<Body> {
    let work = async {
        let dossier = Dossier::read(&editor, &subject).await?;
        let fields = fields(body)?;
        let number = field(&fields, "feuille").parse().unwrap_or(0);
        let survey = surveys(&dossier)?.get(number).ok_or_else(|| no_columns(&dossier))?;
        let mut survey = survey.clone();
        let taken = take(&fields, &mut survey);
        // Read otherwise, the file has other columns: they are recognised anew.
        let is_read_anew = taken == Ok(true);
        if is_read_anew {
            survey.mapping.column.clear();
        }
        let wrong = taken.err().or_else(|| {
            if is_read_anew {
                return None;
            }
            let parsed = Mapping::parse(&dossier.request.file, &survey.mapping.to_text());
            parsed.err().map(|issue| match &issue.column {
                Some(column) => format!("Colonne « {column} » : {}.", issue.message),
                None => format!("{} ; {}.", issue.message, issue.remedy),
            })
        });
        if let Some(wrong) = wrong {
            let page = page(&editor, &dossier, (number, &survey), Some(typeset(&wrong)));
            return Ok(Answer::html(&page).with_status(StatusCode::BAD_REQUEST));
        }
        let mut request = dossier.request.clone();
        request.mapping = Some(survey.mapping);
        let order = Order { step: Step::Compare, request, base: None, author: String::new() };
        dossier.ask(&editor, &order).await?;
        Ok(Answer::see_other(dossier.address("")))
    };
    let result = work.await;
    editor.respond(result)
}

/// The mapping as a file for the command line.
pub(crate) async fn download(editor: Editor, Path(subject): Path<String>) -> Response<Body> {
    let work = async {
        let dossier = Dossier::read(&editor, &subject).await?;
        let survey = surveys(&dossier)?.first().ok_or_else(|| no_columns(&dossier))?;
        let mapping = dossier.request.mapping.as_ref().unwrap_or(&survey.mapping);
        let text = mapping.to_text();
        Ok(Answer::text("application/toml; charset=utf-8", text).for_file("correspondance.toml".to_owned()))
    };
    let result = work.await;
    editor.respond(result)
}

fn surveys(dossier: &Dossier) -> Result<&[Survey], Failure> {
    let surveys = dossier.compared.as_ref().map(|compared| compared.surveys.as_slice());
    surveys.filter(|surveys| !surveys.is_empty()).ok_or_else(|| no_columns(dossier))
}

fn no_columns(dossier: &Dossier) -> Failure {
    let message = "Ce fichier n’est pas encore lu, ou ses champs sont connus d’avance (offre LHEO, fichier exporté par Parcours) : il n’y a pas de colonnes à associer.";
    Failure::new(Code::ImportNotFound, message).leading("Revenir à l’import", dossier.address(""))
}

/// A text of a form, cleaned; `None` when it is empty.
fn text(fields: &[(String, String)], name: &str) -> Option<String> {
    let text: String = field(fields, name).chars().filter(|c| !c.is_control()).take(TEXT_CHARS).collect();
    (!text.is_empty()).then_some(text)
}

/// Puts what a form says into the mapping of a survey; tells whether the file is to be read otherwise.
fn take(fields: &[(String, String)], survey: &mut Survey) -> Result<bool, String> {
    let mapping = &mut survey.mapping;
    let kind = mapping.defaults.kind.take();
    for (number, (column, known)) in mapping.column.iter_mut().zip(&survey.columns).enumerate() {
        take_column(fields, number, column, known);
    }
    mapping.defaults = Defaults {
        provider: text(fields, "organisme"),
        provider_kind: text(fields, "statut"),
        kind,
        language: text(fields, "langue"),
        source: text(fields, "source"),
        seen: text(fields, "date"),
    };
    if let Some(source) = mapping.defaults.source.as_ref().filter(|source| WebAddress::parse(source).is_err())
    {
        return Err(format!("« {source} » n’est pas une adresse du web : elle commence par « https:// »."));
    }
    if let Some(date) = mapping.defaults.seen.as_ref().filter(|date| Seen::parse(date).is_err()) {
        return Err(format!(
            "« {date} » n’est pas une date : écrivez « 2026 », « 2026-11 » ou « 2026-11-26 »."
        ));
    }
    let usual = Settings::default();
    mapping.settings.hours_per_day = hours(fields, ("heures_jour", "une journée"), usual.hours_per_day)?;
    mapping.settings.hours_per_half_day =
        hours(fields, ("heures_demi", "une demi-journée"), usual.hours_per_half_day)?;
    let header = text(fields, "entete").map(|line| match line.parse::<u64>() {
        Ok(line) if line > 0 => Ok(line),
        _ => Err(format!(
            "« {line} » n’est pas un numéro de ligne : laissez vide, ou écrivez par exemple « 3 »."
        )),
    });
    let before = mapping.table.clone();
    mapping.table.header_line = header.transpose()?;
    mapping.table.list = text(fields, "liste");
    let wanted = field(fields, "separateur_fichier");
    mapping.table.separator =
        SEPARATORS.iter().find(|(name, ..)| *name == wanted).map(|(_, separator, _)| *separator);
    let is_read_anew = mapping.table != before;
    if !is_read_anew {
        clash(&mapping.column)?;
    }
    Ok(is_read_anew)
}

/// Refuses what one column only may give when two do, and a table without titles.
fn clash(columns: &[Column]) -> Result<(), String> {
    for (target, _, label) in
        Target::ALL.into_iter().filter(|(target, ..)| !target.gathers() && !target.alternates())
    {
        let mut given = columns.iter().filter(|column| column.field == Some(target));
        if let (Some(first), Some(second)) = (given.next(), given.next()) {
            let (first, second) = (&first.name, &second.name);
            return Err(format!(
                "Deux colonnes donnent « {label} » : « {first} » et « {second} ». Gardez-en une, et mettez l’autre à « rien »."
            ));
        }
    }
    let has_title = columns.iter().any(|column| column.field == Some(Target::Title));
    let told = "Aucune colonne ne donne l’intitulé : choisissez « intitulé » pour celle qui le porte.";
    if has_title { Ok(()) } else { Err(told.to_owned()) }
}

/// The hours of a day or of half a day.
fn hours(fields: &[(String, String)], (name, label): (&str, &str), usual: f64) -> Result<f64, String> {
    let Some(text) = text(fields, name) else { return Ok(usual) };
    let hours = text.replace(',', ".").parse::<f64>().ok().filter(|hours| (0.5..=24.0).contains(hours));
    hours.ok_or_else(|| {
        format!(
            "« {text} » n’est pas un nombre d’heures ({label}) : écrivez de 0,5 à 24, par exemple « 7 » ou « 3,5 »."
        )
    })
}

/// Puts what a form says of one column into its mapping.
fn take_column(fields: &[(String, String)], number: usize, column: &mut Column, known: &ColumnSurvey) {
    let named = |name: &str| format!("{name}.{number}");
    let wanted = field(fields, &named("champ"));
    let target = Target::ALL.iter().find(|(_, name, _)| *name == wanted).map(|(target, ..)| *target);
    if column.field != target {
        // Words of another field mean nothing to this one.
        *column = Column { field: target, ..Column::left_out(&column.name) };
        return;
    }
    column.to_check = false;
    if target == Some(Target::Duration) {
        column.unit = match field(fields, &named("unite")) {
            "hours" => Some(Unit::Hours),
            "days" => Some(Unit::Days),
            "minutes" => Some(Unit::Minutes),
            _ => None,
        };
    }
    if target == Some(Target::Price) {
        column.without_taxes = field(fields, &named("ht")) == "oui";
    }
    if target.is_some_and(is_amount) {
        column.in_words = field(fields, &named("mots")) == "oui";
        column.doubt = column.doubt.take().filter(|_| column.in_words);
    }
    if target.is_some_and(gathers) {
        column.separator = text(fields, &named("separateur"));
    }
    for (at, (word, _)) in words(column, known).into_iter().enumerate() {
        match field(fields, &format!("mot.{number}.{at}")) {
            "" => column.values.remove(&word),
            UNKNOWN => column.values.insert(word, String::new()),
            value => column.values.insert(word, value.chars().take(TEXT_CHARS).collect()),
        };
    }
}

/// Whether a field is read as an amount, of hours or of euros.
fn is_amount(target: Target) -> bool {
    matches!(target, Target::Duration | Target::Price)
}

/// Whether several values may stand in a cell.
fn gathers(target: Target) -> bool {
    matches!(target, Target::Formats | Target::Audiences | Target::Objectives | Target::Themes)
}

/// The words of a column that have been given a meaning, then those that have none.
fn words(column: &Column, survey: &ColumnSurvey) -> Vec<(String, Option<usize>)> {
    let given = column.values.keys().map(|word| (word.clone(), None));
    let unknown = survey.unknown.iter().filter(|(word, _)| !column.values.contains_key(word));
    given.chain(unknown.map(|(word, count)| (word.clone(), Some(*count)))).collect()
}

fn page(
    editor: &Editor,
    dossier: &Dossier,
    (number, survey): (usize, &Survey),
    error: Option<String>,
) -> ColumnsPage {
    let title = if error.is_some() { "Erreur : lecture des colonnes" } else { "Lecture des colonnes" };
    let layout = Layout::new(&editor.visit, Section::Other, typeset(title))
        .under("Imports", "/atelier/import")
        .labelled("Lecture des colonnes")
        .not_indexed();
    let all = surveys(dossier).unwrap_or_default().iter().enumerate();
    let sheets = all.filter_map(|(at, other)| {
        let href = format!("{}?feuille={at}", dossier.address("colonnes"));
        Some((other.sheet.clone()?, href, at == number))
    });
    let columns = survey.mapping.column.iter().zip(&survey.columns).enumerate();
    ColumnsPage {
        layout,
        import: dossier.address(""),
        file: dossier.request.file.clone(),
        error,
        sheet: survey.sheet.clone(),
        sheets: sheets.collect(),
        number,
        reading: survey.reading.iter().map(|line| typeset(&preview::in_forms(line))).collect(),
        rows: match survey.rows {
            0 | 1 => "de la première ligne".to_owned(),
            rows => format!("des {}", counted(rows as u64, "première ligne", "premières lignes")),
        },
        columns: columns.map(|(at, (column, known))| column_view(editor, at, column, known)).collect(),
        general: general(editor, &dossier.request.file, &survey.mapping),
    }
}

fn column_view(editor: &Editor, number: usize, column: &Column, known: &ColumnSurvey) -> ColumnView {
    let target = column.field;
    let targets = Target::ALL.iter().map(|(own, name, label)| Choice {
        value: (*name).to_owned(),
        label: (*label).to_owned(),
        selected: target == Some(*own),
    });
    let unit = |unit: Unit, value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        selected: column.unit == Some(unit),
    };
    let units = match target {
        Some(Target::Duration) => vec![
            unit(Unit::Hours, "hours", "heures"),
            unit(Unit::Days, "days", "jours"),
            unit(Unit::Minutes, "minutes", "minutes"),
        ],
        _ => Vec::new(),
    };
    let left = known.unknown_left as u64;
    ColumnView {
        number,
        name: column.name.clone(),
        filled: counted(known.filled as u64, "cellule remplie", "cellules remplies"),
        samples: known.samples.clone(),
        targets: targets.collect(),
        separator: target.is_some_and(gathers).then(|| column.separator.clone().unwrap_or_default()),
        units,
        without_taxes: (target == Some(Target::Price)).then_some(column.without_taxes),
        in_words: target.is_some_and(is_amount).then_some(column.in_words),
        marked: column.when_marked.clone(),
        with: (!column.with.is_empty()).then(|| {
            let names: Vec<String> = column.with.iter().map(|name| quoted(name)).collect();
            list(&names, "et")
        }),
        to_check: column.to_check,
        words: words(column, known)
            .into_iter()
            .enumerate()
            .map(|(at, word)| word_view(editor, at, column, word))
            .collect(),
        words_left: (left > 0)
            .then(|| counted(left, "autre mot n’est pas montré", "autres mots ne sont pas montrés")),
    }
}

fn word_view(
    editor: &Editor,
    number: usize,
    column: &Column,
    (word, count): (String, Option<usize>),
) -> WordView {
    let given = column.values.get(&word);
    let text = match given {
        Some(value) if value.is_empty() => UNKNOWN.to_owned(),
        Some(value) => value.clone(),
        None => String::new(),
    };
    let vocabulary = column.field.map_or("", vocabulary);
    let terms = editor.visit.snapshot.referential().terms(vocabulary).iter();
    let mut choices: Vec<Choice> = terms
        .map(|term| Choice { value: term.id.clone(), label: term.label.clone(), selected: term.id == text })
        .collect();
    if !choices.is_empty() {
        let unknown = Choice {
            value: UNKNOWN.to_owned(),
            label: "non précisé (la source n’en dit rien)".to_owned(),
            selected: text == UNKNOWN,
        };
        choices.insert(0, unknown);
    }
    let hint = match column.field {
        Some(Target::Duration) => "par exemple « 14 h », ou « inconnu »",
        Some(Target::Price) => "en euros, par exemple « 0 » ou « 120 », ou « inconnu »",
        _ => "",
    };
    let count = count.map(|count| counted(count as u64, "fois", "fois"));
    WordView { number, word, count, choices, text, hint }
}

/// The vocabulary of a field; none when it has no vocabulary.
fn vocabulary(target: Target) -> &'static str {
    match target {
        Target::Formats => "format",
        Target::Audiences => "audience",
        Target::Objectives => "objective",
        Target::Themes => "theme",
        Target::Nature => "nature",
        Target::Language => "language",
        Target::ProviderKind => "provider_kind",
        Target::Kind => "kind",
        _ => "",
    }
}

fn general(editor: &Editor, file: &str, mapping: &Mapping) -> General {
    let Mapping { defaults, settings, .. } = mapping;
    let choices = |vocabulary: &str, given: &Option<String>| -> Vec<Choice> {
        let terms = editor.visit.snapshot.referential().terms(vocabulary).iter();
        terms
            .map(|term| Choice {
                value: term.id.clone(),
                label: term.label.clone(),
                selected: given.as_deref() == Some(&term.id),
            })
            .collect()
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let separators = SEPARATORS.iter().map(|(name, separator, label)| Choice {
        value: (*name).to_owned(),
        label: (*label).to_owned(),
        selected: mapping.table.separator == Some(*separator),
    });
    let is_named = |ends: &[&str]| ends.iter().any(|end| file.to_lowercase().ends_with(end));
    let is_text = is_named(&[".csv", ".tsv", ".txt"]);
    let is_json = is_named(&[".json", ".jsonl", ".ndjson"]);
    let hours = |hours: f64| hours.to_string().replace('.', ",");
    General {
        provider: text(&defaults.provider),
        kinds: choices("provider_kind", &defaults.provider_kind),
        languages: choices("language", &defaults.language),
        source: text(&defaults.source),
        seen: text(&defaults.seen),
        hours_per_day: hours(settings.hours_per_day),
        hours_per_half_day: hours(settings.hours_per_half_day),
        header_line: mapping.table.header_line.map(|line| line.to_string()).unwrap_or_default(),
        list: is_json.then(|| text(&mapping.table.list)),
        separators: if is_text { separators.collect() } else { Vec::new() },
    }
}
