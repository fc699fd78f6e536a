//! `/cartographie?revision=3&contre=7`: what appeared, closed or changed between two versions, and what it did to the gaps
//! of each persona. Absent: reading versions (see `history`).

use std::sync::Arc;

use askama::Template;
use catalogue::gaps::{Gaps, State, gaps};
use catalogue::persona::Circumstances;
use catalogue::{Field, RawTraining, Referential, changes, french};
use serde::Serialize;
use store::{Difference, Revision};

use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::history::{Differences, History, Missing, TRAININGS_MAX, is_current};
use crate::layout::{Layout, Section};
use crate::visit::Visit;

/// Path of the comparison.
const PATH: &str = "/cartographie";
/// Parameters of the comparison.
const PARAMETERS: [&str; 2] = ["revision", "contre"];
#[derive(Template)]
#[template(path = "dates.html")]
struct DatesPage {
    layout: Layout,
    needs_style: String,
    finding: String,
    versions: Vec<VersionView>,
    before: i64,
    after: i64,
    lists: Vec<ListView>,
    personas: Vec<PersonaView>,
    json: String,
}

#[derive(Template)]
#[template(path = "dates_pending.html")]
struct PendingPage {
    layout: Layout,
    here: String,
}

/// A version in the form.
#[derive(Serialize)]
pub(crate) struct VersionView {
    number: i64,
    published_at: String,
    #[serde(skip)]
    label: String,
    author: String,
    message: String,
    trainings: i64,
    #[serde(skip)]
    is_before: bool,
    #[serde(skip)]
    is_after: bool,
}

/// Trainings that appeared, closed or changed.
#[derive(Serialize)]
struct ListView {
    kind: &'static str,
    #[serde(skip)]
    title: String,
    total: usize,
    trainings: Vec<TrainingView>,
    #[serde(skip)]
    hidden: usize,
}

#[derive(Serialize)]
struct TrainingView {
    id: String,
    title: String,
    provider: String,
    columns: Vec<String>,
    #[serde(skip)]
    is_there: bool,
}

/// A persona's gaps before and after.
#[derive(Serialize)]
struct PersonaView {
    id: String,
    #[serde(skip)]
    label: String,
    #[serde(skip)]
    href: String,
    states: Vec<StateView>,
    moves: Vec<MoveView>,
}

#[derive(Serialize)]
struct StateView {
    state: &'static str,
    #[serde(skip)]
    label: &'static str,
    before: usize,
    after: usize,
}

/// A level whose state changed.
#[derive(Serialize)]
struct MoveView {
    competence: String,
    level: u8,
    #[serde(skip)]
    href: String,
    before: &'static str,
    after: &'static str,
    is_better: bool,
}

#[derive(Serialize)]
struct Twin {
    before: VersionView,
    after: VersionView,
    lists: Vec<ListView>,
    personas: Vec<PersonaView>,
}

/// Whether an address asks for two versions.
pub(crate) fn is_asked(visit: &Visit) -> bool {
    PARAMETERS.iter().any(|name| visit.pairs.iter().any(|(known, _)| known == name))
}

/// The comparison of two versions.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let versions = Versions::read(visit)?;
    let (before, after) = (versions.before.id, versions.after.id);
    if !versions.history.prepare(&versions.before, &versions.after, &visit.snapshot) {
        let title = format!("Versions {before} et {after}\u{202f}: comparaison en cours");
        let here =
            address::with_pairs(PATH, [("revision", &*before.to_string()), ("contre", &*after.to_string())]);
        let layout = Layout::new(visit, Section::Cartography, title).under("Cartographie", PATH);
        let page = PendingPage { layout: layout.labelled("Deux dates").not_indexed(), here };
        return Ok(Answer::html(&page).with_status(axum::http::StatusCode::ACCEPTED));
    }
    let compared = versions.compared()?;
    let (before_text, after_text) = (before.to_string(), after.to_string());
    let pairs = [("revision", before_text.as_str()), ("contre", after_text.as_str())];
    Ok(Answer::html(&DatesPage {
        layout: Layout::new(visit, Section::Cartography, format!("Versions {before} et {after} comparées"))
            .under("Cartographie", PATH)
            .labelled("Deux dates")
            .not_indexed(),
        needs_style: crate::assets::needs_style_address(),
        finding: compared.finding(),
        versions: compared.versions()?,
        before,
        after,
        lists: compared.lists(),
        personas: compared.personas()?,
        json: address::with_pairs("/cartographie.json", pairs),
    }))
}

/// The same for programs.
pub(crate) fn json(visit: &Visit) -> Result<Answer, Failure> {
    let compared = Versions::read(visit)?.compared()?;
    Ok(Answer::json(&Twin {
        before: version(&compared.before),
        after: version(&compared.after),
        lists: compared.lists(),
        personas: compared.personas()?,
    }))
}

/// Two versions that an address asks for.
struct Versions<'a> {
    visit: &'a Visit,
    history: Arc<History>,
    before: Revision,
    after: Revision,
}

/// Two versions and what differs.
struct Compared<'a> {
    visit: &'a Visit,
    history: Arc<History>,
    before: Revision,
    after: Revision,
    differences: Arc<Differences>,
}

impl<'a> Versions<'a> {
    fn read(visit: &'a Visit) -> Result<Self, Failure> {
        visit.accept(&PARAMETERS)?;
        visit.once(&PARAMETERS)?;
        let history = visit.app.history().ok_or_else(|| {
            Failure::new(Code::PageNotFound, "Les versions ne sont pas lisibles ici.")
                .leading("Cartographie", PATH.to_owned())
        })?;
        let latest = i64::try_from(visit.snapshot.stamp().revision).unwrap_or(i64::MAX);
        let number = |name: &str, usual: i64| match visit.values(name).next() {
            None => Ok(usual),
            Some(text) => text.parse::<i64>().ok().filter(|number| *number > 0).ok_or_else(|| unknown(name)),
        };
        // Both are read before either is looked for: the first wrong one is told.
        let wanted = number("contre", latest)?;
        number("revision", 1)?;
        let after = history.revision(wanted).map_err(failure)?;
        let before = history.revision(number("revision", (after.id - 1).max(1))?).map_err(failure)?;
        let (before, after) = if before.id <= after.id { (before, after) } else { (after, before) };
        Ok(Self { visit, history, before, after })
    }

    fn compared(self) -> Result<Compared<'a>, Failure> {
        let Self { visit, history, before, after } = self;
        let differences = history.differences(before.id, after.id).map_err(failure)?;
        Ok(Compared { visit, history, before, after, differences })
    }
}

impl Compared<'_> {
    fn versions(&self) -> Result<Vec<VersionView>, Failure> {
        let marked = |revision: &Revision| VersionView {
            is_before: revision.id == self.before.id,
            is_after: revision.id == self.after.id,
            ..version(revision)
        };
        Ok(self.history.revisions().map_err(failure)?.iter().map(marked).collect())
    }

    fn finding(&self) -> String {
        let Differences { added, changed, withdrawn, .. } = *self.differences;
        if added + changed + withdrawn == 0 {
            return "Rien ne distingue ces deux versions.".to_owned();
        }
        let counted = |number: usize, one: &str, many: &str| french::counted(number as u64, one, many);
        format!(
            "{}, {} et {}.",
            counted(added, "formation apparue", "formations apparues"),
            counted(withdrawn, "retirée", "retirées"),
            counted(changed, "modifiée", "modifiées"),
        )
    }

    fn lists(&self) -> Vec<ListView> {
        let of = |raw: &RawTraining, columns: Vec<String>| TrainingView {
            id: raw.id.clone(),
            title: raw.title.clone(),
            provider: raw.provider.clone(),
            columns,
            is_there: self.visit.snapshot.get(&raw.id).is_some(),
        };
        let list = |kind, title: &str, total: usize, trainings: Vec<TrainingView>| ListView {
            kind,
            title: title.to_owned(),
            hidden: total.saturating_sub(trainings.len()),
            total,
            trainings,
        };
        let plain = |raws: &[RawTraining]| raws.iter().map(|raw| of(raw, Vec::new())).collect();
        let Difference { added, changed, withdrawn } = &self.differences.first;
        let with_columns = changed.iter().map(|(before, after)| {
            let columns =
                changes(before, after).into_iter().map(|change| field_label(&change.column)).collect();
            of(after, columns)
        });
        vec![
            list("added", "Apparues", self.differences.added, plain(added)),
            list("withdrawn", "Retirées", self.differences.withdrawn, plain(withdrawn)),
            list("changed", "Modifiées", self.differences.changed, with_columns.collect()),
        ]
    }

    /// The gaps of a persona in one of the versions.
    fn judged(&self, revision: &Revision, persona: &catalogue::persona::Persona) -> Result<Gaps, Failure> {
        let (snapshot, case) = (&self.visit.snapshot, Circumstances::default());
        if is_current(revision, snapshot) {
            return Ok(snapshot.gaps(persona, &case));
        }
        let referential = snapshot.referential();
        let offer = self.history.offer(revision, referential).map_err(failure)?;
        Ok(gaps(&offer, persona, &case, referential))
    }

    fn personas(&self) -> Result<Vec<PersonaView>, Failure> {
        let personas = self.visit.app.personas();
        personas.iter().map(|persona| self.persona(persona)).collect()
    }

    fn persona(&self, persona: &catalogue::persona::Persona) -> Result<PersonaView, Failure> {
        let before = self.judged(&self.before, persona)?;
        let after = self.judged(&self.after, persona)?;
        let states = State::all().map(|state| StateView {
            state: state.name(),
            label: state.label(),
            before: before.count(state),
            after: after.count(state),
        });
        Ok(PersonaView {
            id: persona.id.clone(),
            label: persona.label.clone(),
            href: super::needs::gaps::address_of(&persona.id),
            states: states.collect(),
            moves: moves(&before, &after, self.visit.snapshot.referential()),
        })
    }
}

/// Levels whose state changed: both lists have the same needs in the same order.
fn moves(before: &Gaps, after: &Gaps, referential: &Referential) -> Vec<MoveView> {
    let after_persona = &after.persona;
    let pairs = before.gaps.iter().zip(&after.gaps).filter(|(before, after)| before.state != after.state);
    pairs
        .map(|(before, after)| MoveView {
            competence: referential.term(after.competence).label.clone(),
            level: after.level.number(),
            href: evidence_of(
                &after_persona.id,
                &referential.term(after.competence).id,
                after.level.number(),
            ),
            before: before.state.label(),
            after: after.state.label(),
            is_better: after.state > before.state,
        })
        .collect()
}

/// The trainings behind a level, today.
fn evidence_of(persona: &str, competence: &str, level: u8) -> String {
    let level = level.to_string();
    let pairs = [("persona", persona), ("competence", competence), ("niveau", &level)];
    address::with_pairs(super::needs::GAPS, pairs)
}

/// A column of our files as a screen calls it.
fn field_label(column: &str) -> String {
    let (head, rest) = column.split_once('.').unwrap_or((column, ""));
    let name =
        if matches!(head, "stated" | "sources") { rest.split('.').next().unwrap_or_default() } else { head };
    let name = match name {
        "duration_hours" => "duration",
        "price_eur" => "price",
        "audiences" => "audience",
        "provider_kind" => "provider",
        other => other,
    };
    let label = Field::named(name).map(|field| field.label().to_lowercase());
    match (head, label) {
        ("stated", Some(label)) => format!("{label}, mots de la source"),
        ("sources", Some(label)) => format!("{label}, source"),
        ("source", _) => "source".to_owned(),
        (_, Some(label)) => label,
        (_, None) => column.to_owned(),
    }
}

fn version(revision: &Revision) -> VersionView {
    let day = revision.published_at.get(..10).unwrap_or_default();
    let hour = revision.published_at.get(11..16).unwrap_or_default().replace(':', "\u{a0}h\u{a0}");
    let date = catalogue::Seen::parse(day).map_or_else(|_| day.to_owned(), catalogue::Seen::in_french);
    VersionView {
        number: revision.id,
        published_at: revision.published_at.clone(),
        label: format!(
            "{}, {date} à {hour} (UTC)\u{202f}: {}",
            revision.id,
            french::counted(revision.total as u64, "formation", "formations")
        ),
        author: revision.author.clone(),
        message: revision.message.clone(),
        trainings: revision.total,
        is_before: false,
        is_after: false,
    }
}

fn unknown(name: &str) -> Failure {
    Failure::new(Code::BadValue, format!("«\u{202f}{name}\u{202f}» attend un numéro de version, comme 1."))
        .leading("Les deux dernières versions", format!("{PATH}?contre="))
}

fn failure(missing: Missing) -> Failure {
    match missing {
        Missing::NoRevision(number) => {
            Failure::new(Code::RevisionNotFound, format!("La version {number} n’existe pas."))
                .leading("Les deux dernières versions", format!("{PATH}?contre="))
        }
        Missing::TooLarge(number) => Failure::new(
            Code::BadValue,
            format!(
                "La version {number} a plus de {} formations, le plus qu’on compare ici.",
                french::integer(TRAININGS_MAX as u64)
            ),
        ),
        Missing::Store(error) => {
            tracing::error!(%error, "les versions ne peuvent pas être lues");
            Failure::new(Code::Internal, "Les versions ne peuvent pas être lues.")
        }
    }
}
