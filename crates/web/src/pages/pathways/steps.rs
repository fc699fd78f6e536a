//! Steps, coverage and what is left of a pathway, as a page shows them. Absent: the page (see `one`).

use catalogue::french;
use catalogue::pathways::{
    AlternativeFormat, Basis, CoverageLine, Gain, Pathway, Reason, Step, minutes_in_french,
};
use catalogue::{Referential, Snapshot};

use super::Wanted;
use crate::wording::{self, typeset};

/// A step.
pub(crate) struct StepView {
    pub number: usize,
    pub title: String,
    pub href: String,
    pub provider: String,
    pub time: String,
    pub is_estimated: bool,
    pub price: String,
    /// Year of the page that it was read on, when it is older than three years before the newest.
    pub old: Option<String>,
    pub gains: Vec<GainView>,
    pub entries: Vec<String>,
    pub unlocks: Option<String>,
    pub is_pinned: bool,
    pub passed_over: Option<String>,
    pub without: Option<String>,
    /// Address of the pathway without it, and with it imposed or no more.
    pub ban: String,
    pub pin: String,
    pub source: Option<(String, String)>,
}

/// A rise.
pub(crate) struct GainView {
    pub competence: String,
    pub from: u8,
    pub to: u8,
}

/// A competence before and after.
pub(crate) struct CoverageView {
    pub competence: String,
    pub href: String,
    pub before: u8,
    pub after: u8,
    pub wanted: u8,
    /// Whether each level, from 1 to 4, is held, gained, wanted or none of these.
    pub marks: [&'static str; 4],
}

/// Levels left for one kind of reason.
pub(crate) struct LeftView {
    pub label: &'static str,
    pub counted: String,
    pub lines: Vec<(String, String)>,
    pub is_open: bool,
}

/// A way to learn that is no course.
pub(crate) struct FormatView {
    pub label: String,
    pub summary: String,
    pub time: String,
    pub group: String,
    pub helps: String,
    pub where_seen: String,
    pub source: String,
    pub site: String,
    pub status: String,
}

/// Years after which a page is said to be old, before the newest one of the catalogue.
const OLD_YEARS: u16 = 3;

/// All steps.
pub(crate) fn steps(own: &Pathway, wanted: &Wanted, snapshot: &Snapshot) -> Vec<StepView> {
    let newest = snapshot.stamp().published_at.get(..4).and_then(|year| year.parse::<u16>().ok());
    let views = own.steps.iter().enumerate();
    views.map(|(number, step)| view(number, step, wanted, snapshot, newest)).collect()
}

fn view(number: usize, step: &Step, wanted: &Wanted, snapshot: &Snapshot, newest: Option<u16>) -> StepView {
    let referential = snapshot.referential();
    let training = &step.training;
    let id = training.id.as_str();
    let numbers: Vec<String> = step.unlocks.iter().map(|later| (later + 1).to_string()).collect();
    let passed: Vec<String> =
        step.passed_over.iter().map(|obstacle| obstacle.label().to_lowercase()).collect();
    let seen = training.sources.main.seen.map(|seen| seen.year());
    let is_old = |year: &u16| newest.is_some_and(|newest| year + OLD_YEARS < newest);
    StepView {
        number: number + 1,
        title: training.title.clone(),
        href: format!("/formations/{id}"),
        provider: training.provider.name.clone(),
        time: match step.basis {
            Basis::Unknown if step.minutes == 0 => "durée inconnue".to_owned(),
            Basis::Unknown => format!("plus de {}", minutes_in_french(step.minutes.into())),
            _ => minutes_in_french(step.minutes.into()),
        },
        is_estimated: step.basis == Basis::Estimated,
        price: match training.price_in_french() {
            Some(price) => price,
            None => "prix non précisé".to_owned(),
        },
        old: seen.filter(is_old).map(|year| year.to_string()),
        gains: step.gains.iter().map(|gain| gain_view(gain, referential)).collect(),
        entries: step
            .entries
            .iter()
            .map(|entry| {
                let by = match entry.met_by {
                    Some(earlier) => format!("apporté par l’étape {}", earlier + 1),
                    None => "déjà maîtrisé".to_owned(),
                };
                format!("{} niveau {}, {by}", referential.term(entry.competence).label, entry.level)
            })
            .collect(),
        unlocks: match numbers.as_slice() {
            [] => None,
            [one] => Some(format!("l’étape {one}")),
            several => Some(format!("les étapes {}", french::list(several, "et"))),
        },
        is_pinned: step.is_pinned,
        passed_over: (!passed.is_empty()).then(|| french::list(&passed, "et")),
        without: step.without.as_ref().map(|without| typeset(&without.in_french())),
        ban: match step.is_pinned {
            true => wanted.href_without("impose", id),
            false => wanted.href("", &[("exclus", id)]),
        },
        pin: match step.is_pinned {
            true => wanted.href_without("impose", id),
            false => wanted.href("", &[("impose", id)]),
        },
        source: training.url.as_ref().map(|page| (page.as_str().to_owned(), page.host().to_owned())),
    }
}

fn gain_view(gain: &Gain, referential: &Referential) -> GainView {
    GainView { competence: referential.term(gain.competence).label.clone(), from: gain.from, to: gain.to }
}

/// All needs before and after.
pub(crate) fn coverage(own: &Pathway, referential: &Referential) -> Vec<CoverageView> {
    let view = |line: &CoverageLine| {
        let term = referential.term(line.competence);
        let after = line.after.min(line.wanted);
        let mark = |level: u8| {
            if level <= line.before {
                "acquis"
            } else if level <= after {
                "gagne"
            } else if level <= line.wanted {
                "voulu"
            } else {
                ""
            }
        };
        CoverageView {
            competence: term.label.clone(),
            href: format!("/competences/{}", term.id),
            before: line.before,
            after,
            wanted: line.wanted,
            marks: [1, 2, 3, 4].map(mark),
        }
    };
    own.coverage.iter().map(view).collect()
}

/// What is left, by kind of reason: levels of a competence that have the same reason on one line.
pub(crate) fn left(own: &Pathway, referential: &Referential) -> Vec<LeftView> {
    let mut views: Vec<(LeftView, usize)> = Vec::new();
    let mut last: Option<(catalogue::Competence, &Reason, Vec<u8>)> = None;
    let mut lines: Vec<(&'static str, String, String, usize)> = Vec::new();
    let mut flush = |run: Option<(catalogue::Competence, &Reason, Vec<u8>)>| {
        let Some((competence, reason, levels)) = run else { return };
        let label = &referential.term(competence).label;
        let which = match levels.as_slice() {
            [only] => format!("{label}, niveau {only}"),
            [first, .., last] => format!("{label}, niveaux {first} à {last}"),
            [] => return,
        };
        lines.push((reason.label(), which, typeset(&reason.in_french(referential)), levels.len()));
    };
    for unmet in &own.unmet {
        match &mut last {
            Some((competence, reason, levels))
                if *competence == unmet.competence && **reason == unmet.reason =>
            {
                levels.push(unmet.level.number());
            }
            _ => {
                flush(last.take());
                last = Some((unmet.competence, &unmet.reason, vec![unmet.level.number()]));
            }
        }
    }
    flush(last);
    for (label, which, why, levels) in lines {
        match views.iter_mut().find(|(view, _)| view.label == label) {
            Some((view, count)) => {
                view.lines.push((which, why));
                *count += levels;
            }
            None => {
                let view =
                    LeftView { label, counted: String::new(), lines: vec![(which, why)], is_open: false };
                views.push((view, levels));
            }
        }
    }
    views.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let counted = views.into_iter().enumerate().map(|(place, (view, count))| LeftView {
        counted: french::counted(count as u64, "niveau", "niveaux"),
        is_open: place == 0,
        ..view
    });
    counted.collect()
}

/// Ways to learn that are no course, for what is left, those that help with the most competences first.
pub(crate) fn formats(own: &Pathway, referential: &Referential) -> Vec<FormatView> {
    let mut found: Vec<(usize, FormatView)> = Vec::new();
    for format in AlternativeFormat::all() {
        let helped: Vec<String> = own
            .coverage
            .iter()
            .filter(|line| {
                line.after < line.wanted && format.helps(&own.persona, line.competence, line.after)
            })
            .map(|line| {
                let to = format.competences.iter().find(|(code, _)| *code == line.competence);
                let to = to.map_or(0, |(_, level)| level.number()).min(line.wanted);
                format!("{} {}\u{a0}→\u{a0}{to}", referential.term(line.competence).label, line.after)
            })
            .collect();
        if helped.is_empty() {
            continue;
        }
        let view = FormatView {
            label: format.label.clone(),
            summary: format.summary.clone(),
            time: match format.duration_hours {
                Some(hours) if format.is_duration_assumed => format!("{} (hypothèse)", french::hours(hours)),
                Some(hours) => french::hours(hours),
                None => wording::UNKNOWN.to_owned(),
            },
            group: group(format.group_min, format.group_max),
            helps: typeset(&helped.join(" ; ")),
            where_seen: format.where_seen.clone(),
            source: format.source.as_str().to_owned(),
            site: format.source.host().to_owned(),
            status: typeset(&format.status),
        };
        found.push((helped.len(), view));
    }
    found.sort_by_key(|(helped, _)| std::cmp::Reverse(*helped));
    found.into_iter().map(|(_, view)| view).collect()
}

fn group(min: Option<u16>, max: Option<u16>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => french::counted(min.into(), "personne", "personnes"),
        (Some(min), Some(max)) => format!("{min} à {max}\u{a0}personnes"),
        (Some(min), None) => format!("à partir de {}", french::counted(min.into(), "personne", "personnes")),
        (None, Some(max)) => format!("jusqu’à {}", french::counted(max.into(), "personne", "personnes")),
        (None, None) => wording::UNKNOWN.to_owned(),
    }
}
