//! The first draft of a mapping: what is safe to recognise of a table, written with samples so that a person
//! completes it. Absent: reading rows (see `rows`).

use std::fmt::Write;

use catalogue::french::{counted, quoted};
use catalogue::{Referential, slug};

use super::around::{self, Around};
use super::doubts::Seen;
use super::durations;
use super::fitting::{closer, fits, is_kind_of_provider};
use super::repeated;
use super::strengths::{is_of_person, may_replace, strength};
use super::survey::ColumnSurvey;
use super::vocabulary::Vocabulary;
use super::{Column, Defaults, Mapping, Settings, TableSettings, Target, names, taxes};
use crate::table::{Cell, Shape, TableRow};

/// Rows read to recognise columns.
pub(super) const ROWS_MAX: usize = 5_000;
/// Longest sample, in characters.
const SAMPLE_CHARS: usize = 70;
/// Longest line that says how the table was read, in characters.
const READING_CHARS: usize = 300;
/// Separators of several values, most telling first.
const SEPARATORS: [&str; 4] = ["|", ";", "\n", ","];
/// Name of a provider that nobody gives.
pub(super) const NO_PROVIDER: &str = "Organisme non précisé";

impl Mapping {
    /// What is safe to take without asking: columns known by their names, nothing by default.
    pub fn recognise(shape: &Shape, rows: &[TableRow], referential: &Referential) -> Self {
        let rows = &rows[..rows.len().min(ROWS_MAX)];
        let mut mapping = Self { table: table(shape), settings: Settings::default(), ..Self::default() };
        let (candidates, doubts) = candidates(shape, rows, referential);
        let around = Around::of(shape, rows);
        for (place, name) in shape.columns.iter().enumerate() {
            let mut column = Column::left_out(name);
            column.doubt = doubts[place].map(str::to_owned);
            // Codes may be in several columns, all of them quoted.
            let taken = |target: Target| {
                let mut others = mapping.column.iter().filter(|other: &&Column| other.field == Some(target));
                // « Coût (2) » may be of another table beside this one.
                let is_own = target.alternates() && !repeated::base(name, &shape.columns).1;
                target.nomenclature().is_none() && !is_own && others.next().is_some()
            };
            let is_beaten = |target: Target| {
                let better = |(own, name): (&Option<Target>, &String)| {
                    *own == Some(target) && strength(target, name) > strength(target, &column.name)
                };
                candidates.iter().zip(&shape.columns).any(better)
            };
            if let Some((target, value)) = marked(name, &texts(rows, place), referential) {
                column.field = Some(target);
                column.when_marked = Some(value);
            } else if let Some(target) = candidates[place]
                .filter(|target| *target == Target::Certification || !(taken(*target) || is_beaten(*target)))
            {
                let choice = repeated::chosen(target, place, shape, rows);
                column.field = Some(target);
                column.unit = names::unit(name).filter(|_| target == Target::Duration);
                column.without_taxes = target == Target::Price && taxes::is_without(name);
                column.with = beside(target, shape, rows);
                column.with.extend(choice.with.iter().map(|at| shape.columns[*at].clone()));
                column.to_check = choice.to_check;
                column.separator = separator(target, rows, place, referential);
                around.mark(target, &mut column);
            }
            mapping.column.push(column);
        }
        if let Some(hours) = around.hours_per_day() {
            mapping.settings = Settings { hours_per_day: hours, hours_per_half_day: hours / 2.0 };
        }
        mapping.keep_price_of_a_person();
        mapping.take_bounds();
        mapping.complete(&candidates);
        mapping
    }

    /// Leaves the other prices when the name of one says that it is that of a person: « Coût » beside « Coût par stagiaire ».
    fn keep_price_of_a_person(&mut self) {
        let is_price = |column: &Column| column.field == Some(Target::Price);
        if self.column.iter().any(|column| is_price(column) && is_of_a_person(&column.name)) {
            let others =
                self.column.iter_mut().filter(|column| is_price(column) && !is_of_a_person(&column.name));
            others.for_each(|column| column.field = None);
        }
    }

    /// Says which columns are read where others of the same field are empty, the surest first.
    fn complete(&mut self, candidates: &[Option<Target>]) {
        let is_free = |column: &Column| column.field.is_none();
        let free: Vec<(Target, String)> = candidates
            .iter()
            .zip(&self.column)
            .filter(|(_, column)| is_free(column))
            .filter_map(|(target, column)| Some(((*target)?, column.name.clone())))
            .filter(|(target, name)| may_replace(*target, name))
            .collect();
        for column in &mut self.column {
            let mut others: Vec<&(Target, String)> =
                free.iter().filter(|(target, _)| column.field == Some(*target)).collect();
            others.sort_by_key(|(target, name)| std::cmp::Reverse(strength(*target, name)));
            column.otherwise = others.into_iter().map(|(_, name)| name.clone()).collect();
        }
    }

    /// The first draft of a mapping that a person completes: also a column of titles known by what it holds,
    /// and a provider to be named.
    pub fn draft(shape: &Shape, rows: &[TableRow], referential: &Referential) -> Self {
        let mut mapping = Self::recognise(shape, rows, referential);
        mapping.by_content(&rows[..rows.len().min(ROWS_MAX)]);
        let has = |target| mapping.column.iter().any(|column| column.field == Some(target));
        if !has(Target::Provider) {
            mapping.defaults = Defaults { provider: Some(NO_PROVIDER.to_owned()), ..Defaults::default() };
        }
        mapping
    }

    /// The mapping as a file to complete: every column with samples, and the words for which nothing is known.
    pub fn to_toml(&self, file: &str, shape: &Shape, rows: &[TableRow], referential: &Referential) -> String {
        let rows = &rows[..rows.len().min(ROWS_MAX)];
        let mut out = String::new();
        let _ = writeln!(
            out,
            "# Correspondance entre les colonnes de {} et les champs de Parcours.",
            quoted(&comment(file))
        );
        let _ =
            writeln!(out, "# À relire et à compléter, puis : parcours import FICHIER --mapping CE-FICHIER");
        let told = around::told(self, shape);
        for line in shape.reading.iter().chain(&told) {
            let _ = writeln!(out, "# Lecture : {}.", comment_of(line, READING_CHARS));
        }
        out.push_str("\n[table]\n");
        if let Some(sheet) = &self.table.sheet {
            let _ = writeln!(out, "sheet = {}", string(sheet));
        }
        if let Some(line) = self.table.header_line {
            let _ = writeln!(out, "header_line = {line}");
        }
        if let Some(list) = &self.table.list {
            let _ = writeln!(out, "list = {}", string(list));
        }
        if self.table.header == Some(false) {
            out.push_str(
                "header = false # si une ligne porte les noms des colonnes\u{202f}: header_line = 1\n",
            );
        }
        let _ = writeln!(
            out,
            "\n# Une journée et une demi-journée de formation, en heures : une convention, à ajuster.\n[settings]\nhours_per_day = {:?}\nhours_per_half_day = {:?}",
            self.settings.hours_per_day, self.settings.hours_per_half_day
        );
        out.push_str("\n# Ce que vaut une ligne quand la table ne le dit pas.\n[defaults]\n");
        match &self.defaults.provider {
            Some(provider) => {
                let _ = writeln!(out, "provider = {} # à remplacer par l’organisme", string(provider));
            }
            None => out.push_str("# provider = \"Organisme\"\n"),
        }
        out.push_str("# provider_kind = \"public\" # ou \"prive\", \"associatif\"\n# language = \"fr\"\n");
        out.push_str("# source = \"https://…\" # la page où la table a été trouvée\n# seen = \"2026\" # la date de la table\n");
        let fields: Vec<String> =
            Target::ALL.iter().map(|(_, name, label)| format!("{name} ({label})")).collect();
        let _ = writeln!(out, "\n# Champs connus : {}.", fields.join(", "));
        for (place, column) in self.column.iter().enumerate() {
            self.column_toml(&mut out, column, place, rows, referential);
        }
        out
    }

    fn column_toml(
        &self,
        out: &mut String,
        column: &Column,
        place: usize,
        rows: &[TableRow],
        referential: &Referential,
    ) {
        let survey = self.column_survey(column, &texts(rows, place), referential);
        let samples: Vec<String> = survey.samples.iter().map(|sample| quoted(sample)).collect();
        let _ = writeln!(out, "\n[[column]]\nname = {}", string(&column.name));
        let filled = counted(survey.filled as u64, "cellule remplie", "cellules remplies");
        let _ = match samples.is_empty() {
            true => writeln!(out, "# vide dans les lignes lues"),
            false => writeln!(out, "# {filled}, par exemple {}", samples.join(", ")),
        };
        let Some(target) = column.field else {
            if let Some(first) = self.column.iter().find(|first| first.otherwise.contains(&column.name)) {
                let _ = writeln!(out, "# lue là où {} est vide", quoted(&comment(&first.name)));
                return;
            }
            out.push_str("# field = \"…\" # cette colonne n’est pas reprise\n");
            if let Some(doubt) = &column.doubt {
                let _ = writeln!(out, "doubt = {} # à ôter une fois vérifié", string(doubt));
            }
            return;
        };
        let _ = writeln!(out, "field = {}", string(target.name()));
        if let Some(doubt) = &column.doubt {
            let _ = writeln!(out, "doubt = {} # à ôter une fois vérifié", string(doubt));
        }
        if column.in_words {
            out.push_str("in_words = true # gardée en mots, voir les lignes de lecture : vérifiez, puis ôtez cette ligne\n");
        }
        if column.to_check {
            out.push_str(
                "to_check = true # reconnue à son contenu, pas à son nom : vérifiez, puis ôtez cette ligne\n",
            );
        }
        if !column.with.is_empty() {
            let with: Vec<String> = column.with.iter().map(|name| string(name)).collect();
            let _ = writeln!(
                out,
                "with = [{}] # colonnes lues à sa suite : devise, taxes, unité",
                with.join(", ")
            );
        }
        if let Some(most) = &column.up_to {
            let _ = writeln!(out, "up_to = {} # sa borne haute", string(most));
        }
        if !column.otherwise.is_empty() {
            let others: Vec<String> = column.otherwise.iter().map(|name| string(name)).collect();
            let _ = writeln!(out, "otherwise = [{}] # lues là où celle-ci est vide", others.join(", "));
        }
        if let Some(value) = &column.when_marked {
            let _ = writeln!(out, "when_marked = {} # une croix dans cette colonne", string(value));
        }
        if let Some(separator) = &column.separator {
            let _ =
                writeln!(out, "separator = {} # entre plusieurs valeurs d’une cellule", string(separator));
        }
        if target == Target::Duration {
            let _ = match column.unit {
                Some(unit) => writeln!(out, "unit = {} # d’un nombre seul", string(unit.name())),
                None => writeln!(out, "# unit = \"hours\" # d’un nombre seul ; ou \"days\", \"minutes\""),
            };
        }
        if target == Target::Price {
            let _ = writeln!(out, "without_taxes = {} # true : prix hors taxes", column.without_taxes);
        }
        unknown_words(out, target, &survey, &Vocabulary::of(target, referential));
    }
}

/// The words of a column that mean nothing yet, ready to be given a value.
fn unknown_words(out: &mut String, target: Target, survey: &ColumnSurvey, vocabulary: &Vocabulary) {
    if survey.unknown.is_empty() {
        return;
    }
    out.push_str(
        "\n# Ces mots ne sont pas compris : ils restent en mots tant qu’une valeur ne leur est pas donnée.\n",
    );
    out.push_str("# Ôtez le dièse pour en donner une ; \"\" : inconnu ; « début* » : tous ceux qui commencent ainsi.\n");
    if target == Target::Duration {
        out.push_str("# À droite : un nombre d’heures (14), ou une durée en mots (\"2 jours\").\n");
    }
    if !vocabulary.ids().is_empty() {
        let _ = writeln!(out, "# Valeurs connues : {}.", vocabulary.ids().join(", "));
    }
    out.push_str("[column.values]\n");
    for (word, count) in &survey.unknown {
        let _ = writeln!(out, "# {} = \"\" # {}", string(word), counted(*count as u64, "fois", "fois"));
    }
    if survey.unknown_left > 0 {
        let _ = writeln!(out, "# … et {}", counted(survey.unknown_left as u64, "autre", "autres"));
    }
}

fn table(shape: &Shape) -> TableSettings {
    TableSettings {
        sheet: shape.sheet.clone(),
        header_line: (shape.header_line > 1).then_some(shape.header_line),
        header: shape.is_numbered.then_some(false),
        list: shape.list.clone(),
        ..TableSettings::default()
    }
}

/// Why a column that is hidden is not taken.
const HIDDEN: &str = "elle est masquée dans le classeur\u{202f}; affichez-la si elle a cours";

/// The texts of a column's cells that are not empty.
pub(super) fn texts(rows: &[TableRow], place: usize) -> Vec<String> {
    rows.iter().filter_map(|row| row.cells.get(place).and_then(super::texts::text)).collect()
}

/// What each column is as far as its name and its cells say, before columns are compared; a column of marks is none.
/// Beside them, why some are none in spite of their names.
fn candidates(
    shape: &Shape,
    rows: &[TableRow],
    referential: &Referential,
) -> (Vec<Option<Target>>, Vec<Option<&'static str>>) {
    let candidate = |(place, name): (usize, &String)| {
        let texts = texts(rows, place);
        if marked(name, &texts, referential).is_some() || is_of_person(name, &shape.columns) {
            return (None, None);
        }
        let found = names::target(repeated::base(name, &shape.columns).0)
            .map(|target| closer(target, (name, shape), &texts, referential))
            .filter(|target| fits(*target, &texts))
            .filter(|target| *target != Target::Duration || is_whole(name, shape))
            .filter(|target| *target != Target::City || is_town(name, shape))
            .filter(|target| {
                *target != Target::ProviderKind || is_kind_of_provider(name, &texts, referential)
            });
        let choice = found.map(|target| repeated::chosen(target, place, shape, rows));
        let doubt = match (found, &choice) {
            (Some(_), Some(choice)) if choice.is_open => Some(repeated::DOUBT),
            (Some(target), Some(choice)) if choice.own == Some(place) && !choice.to_check => {
                Seen { shape, rows, place, texts: &texts }.doubt(target)
            }
            _ => None,
        };
        // What is hidden may be of former years: only what tells one training from another is taken.
        let is_unseen = shape.hidden.contains(&place)
            && found.is_some_and(|target| !target.tells_apart() || is_seen_elsewhere(target, shape));
        let doubt = if is_unseen { Some(HIDDEN) } else { doubt };
        let is_own = choice.is_some_and(|choice| choice.own == Some(place));
        (found.filter(|_| is_own && doubt.is_none()), doubt)
    };
    shape.columns.iter().enumerate().map(candidate).unzip()
}

/// Whether a column that everybody sees says the same field.
fn is_seen_elsewhere(target: Target, shape: &Shape) -> bool {
    let of = |name: &str| names::target(repeated::base(name, &shape.columns).0);
    let mut columns = shape.columns.iter().enumerate();
    columns.any(|(place, name)| !shape.hidden.contains(&place) && of(name) == Some(target))
}

/// Whether the name of a column of prices says that they are those of one person.
fn is_of_a_person(name: &str) -> bool {
    slug(name).split('-').any(|word| matches!(word, "stagiaire" | "personne" | "participant" | "agent"))
}

/// The value that a column of marks stands for.
fn marked(name: &str, texts: &[String], referential: &Referential) -> Option<(Target, String)> {
    let is_mark = |text: &String| {
        matches!(slug(text).as_str(), "x" | "oui" | "non" | "vrai" | "faux") || text.trim() == "✓"
    };
    let marks = !texts.is_empty() && texts.iter().all(is_mark);
    let certifies = ["certifiante", "certifiant", "certification", "formation-certifiante", "certifying"];
    if marks && certifies.contains(&slug(name).as_str()) {
        return Some((Target::Nature, "certifiante".to_owned()));
    }
    let last = name.rsplit(" / ").next().unwrap_or(name);
    let targets = [Target::Audiences, Target::Themes, Target::Formats, Target::Objectives];
    let found = || {
        targets
            .into_iter()
            .find_map(|target| Some((target, Vocabulary::of(target, referential).code(last)?.to_owned())))
    };
    if marks { found() } else { None }
}

/// The columns that say the unit, the currency or the basis of another one, its cells being alone.
fn beside(target: Target, shape: &Shape, rows: &[TableRow]) -> Vec<String> {
    let is_time = |place: usize| {
        let texts = texts(rows, place);
        let is_unit =
            |text: &&String| durations::duration(&format!("1 {text}"), None, &Settings::default()).is_some();
        texts.iter().filter(is_unit).count() * 2 > texts.len()
    };
    let before = |place: usize| {
        let name = shape.columns.get(place.checked_sub(1)?)?;
        names::target(name).filter(|target| target.alternates())
    };
    let is_of = |(place, name): &(usize, &String)| match names::beside(name) {
        Some([only]) => *only == target,
        // « Unité » is that of the quantity just before it, else that of durations when its words are.
        Some(both) => match before(*place) {
            Some(quantity) => quantity == target,
            None => both.contains(&target) && (target == Target::Duration) == is_time(*place),
        },
        None => false,
    };
    shape.columns.iter().enumerate().filter(is_of).map(|(_, name)| name.clone()).collect()
}

/// Whether « Location » is a place: beside other names in English. In French it is a hire.
fn is_town(name: &str, shape: &Shape) -> bool {
    const ENGLISH: [&str; 9] = [
        "title",
        "course",
        "course-title",
        "provider",
        "duration",
        "price",
        "language",
        "summary",
        "delivery-method",
    ];
    slug(name) != "location" || shape.columns.iter().any(|other| ENGLISH.contains(&slug(other).as_str()))
}

/// Whether a duration is not in several parts: « Durée (h) » beside « Durée (min) », « duration.hours » beside
/// « duration.minutes ».
fn is_whole(name: &str, shape: &Shape) -> bool {
    const WORDS: [&str; 9] = ["minutes", "minute", "min", "mn", "duree", "duration", "en", "nombre", "de"];
    let is_minutes = |other: &String| {
        names::unit(other) == Some(super::Unit::Minutes)
            && slug(other).split('-').all(|word| WORDS.contains(&word))
    };
    let is_hours = |other: &String| {
        names::target(other) == Some(Target::Duration) && names::unit(other) == Some(super::Unit::Hours)
    };
    let is_part = matches!(names::unit(name), Some(super::Unit::Hours | super::Unit::Minutes));
    !(is_part && shape.columns.iter().any(is_hours) && shape.columns.iter().any(is_minutes))
}

/// The separator under which most values of a cell are known, when one is seen.
fn separator(target: Target, rows: &[TableRow], place: usize, referential: &Referential) -> Option<String> {
    if !matches!(target, Target::Formats | Target::Audiences | Target::Objectives | Target::Themes) {
        return None;
    }
    if rows.iter().any(|row| matches!(row.cells.get(place), Some(Cell::Several(_)))) {
        return None;
    }
    let texts = texts(rows, place);
    let vocabulary = Vocabulary::of(target, referential);
    let known = |separator: &str| {
        let words = texts.iter().flat_map(|text| text.split(separator));
        words.filter(|word| vocabulary.code(word).is_some()).count()
    };
    let whole = texts.iter().filter(|text| vocabulary.code(text).is_some()).count();
    let seen = SEPARATORS.into_iter().filter(|separator| texts.iter().any(|text| text.contains(separator)));
    let best = seen.map(|separator| (known(separator), separator)).max_by_key(|(known, _)| *known);
    best.filter(|(known, separator)| *known > whole || (*separator == "|" && *known >= whole))
        .map(|(_, s)| s.to_owned())
}

/// A TOML string: JSON escapes all that TOML asks for but one.
fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// A sample on one line, without what would end a comment.
pub(super) fn comment(text: &str) -> String {
    comment_of(text, SAMPLE_CHARS)
}

/// One line of at most so many characters, without what would end a comment.
fn comment_of(text: &str, most: usize) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(most + 1).collect();
    match line.chars().count() > most {
        true => format!("{}…", line.chars().take(most - 1).collect::<String>()),
        false => line,
    }
}
