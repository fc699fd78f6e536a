//! Other pathways beside the first, and what each length would allow, as tables. Absent: the picture (see `drawing`).

use catalogue::french;
use catalogue::pathways::{FrontierPoint, Pathway, cents_in_french, minutes_in_french};
use catalogue::{Referential, Training};

use super::Wanted;
use crate::wording::typeset;

/// Another pathway.
pub(crate) struct OtherView {
    pub name: String,
    pub href: Option<String>,
    pub levels: String,
    pub time: String,
    pub cost: String,
    pub common: String,
    pub trainings: Vec<(String, String)>,
}

/// A row of the frontier.
pub(crate) struct PointView {
    pub time: String,
    pub more: String,
    pub levels: usize,
    pub share: String,
    pub steps: usize,
    pub cost: String,
    pub change: String,
    pub is_within: bool,
    pub href: String,
}

fn titles<'t>(trainings: impl Iterator<Item = &'t Training>) -> Vec<(String, String)> {
    trainings.map(|one| (one.title.clone(), format!("/formations/{}", one.id))).collect()
}

/// The pathway and its alternatives; nothing without an alternative.
pub(crate) fn others(own: &Pathway, wanted: &Wanted) -> Vec<OtherView> {
    if own.alternatives.is_empty() {
        return Vec::new();
    }
    let levels = |levels: usize| french::counted(levels as u64, "niveau", "niveaux");
    let mut views = vec![OtherView {
        name: "Ce parcours".to_owned(),
        href: None,
        levels: levels(own.levels().0),
        time: typeset(&own.bill.time_in_french()),
        cost: typeset(&own.bill.cost_in_french()),
        common: String::new(),
        trainings: titles(own.steps.iter().map(|step| &step.training)),
    }];
    for (number, other) in own.alternatives.iter().enumerate() {
        // With all its trainings imposed and no room for another, it is the only pathway.
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        let count = other.trainings.len().to_string();
        let known = |id: &str| wanted.request.pinned.iter().any(|pinned| pinned.as_str() == id);
        pairs.extend(
            other
                .trainings
                .iter()
                .map(|one| one.id.as_str())
                .filter(|id| !known(id))
                .map(|id| ("impose", id)),
        );
        let href = (wanted.request.steps.is_none()).then(|| {
            pairs.push(("etapes", count.as_str()));
            wanted.href("", &pairs)
        });
        views.push(OtherView {
            name: format!("Autre parcours {}", number + 1),
            href,
            levels: levels(other.levels),
            time: typeset(&other.bill.time_in_french()),
            cost: typeset(&other.bill.cost_in_french()),
            common: match other.common {
                0 => "aucune formation en commun".to_owned(),
                common => {
                    let counted = french::counted(common as u64, "formation", "formations");
                    format!("{counted} en commun")
                }
            },
            trainings: titles(other.trainings.iter()),
        });
    }
    views
}

/// The rows of the frontier.
pub(crate) fn points(
    own: &Pathway,
    wanted: &Wanted,
    referential: &Referential,
) -> (Vec<PointView>, Option<String>) {
    let view = |point: &FrontierPoint| PointView {
        time: minutes_in_french(point.minutes),
        more: match own.limits.minutes.map(u64::from) {
            Some(limit) if point.minutes > limit => {
                format!("+\u{a0}{}", minutes_in_french(point.minutes - limit))
            }
            _ => String::new(),
        },
        levels: point.levels,
        share: catalogue::pathways::share_in_french(point.share),
        steps: point.steps,
        cost: match (point.cents, point.unknown_prices) {
            (0, 0) => "gratuit".to_owned(),
            (cents, 0) => cents_in_french(cents),
            (0, _) => "inconnu".to_owned(),
            (cents, _) => format!("au moins {}", cents_in_french(cents)),
        },
        change: String::new(),
        is_within: point.is_within,
        href: wanted.href_with_minutes(point.minutes),
    };
    let (shown, skipped) = shown(own);
    let mut views: Vec<PointView> = shown.iter().map(|point| view(point)).collect();
    let nothing: Vec<u8> = own.coverage.iter().map(|line| line.before).collect();
    let mut before = &nothing;
    for (view, point) in views.iter_mut().zip(shown) {
        view.change = typeset(&change(own, before, &point.reached, referential));
        before = &point.reached;
    }
    (views, skipped)
}

/// Rows of the frontier beyond the limit that a page shows, beside the last one.
const BEYOND: usize = 3;

/// The points of the frontier that a page shows, and what is said of the others: beyond the limit, those between the first ones
/// and the last are left to the file.
fn shown(own: &Pathway) -> (Vec<&FrontierPoint>, Option<String>) {
    let within = own.frontier.iter().filter(|point| point.is_within).count();
    let (from, to) = (within + BEYOND, own.frontier.len().saturating_sub(1));
    let mut points: Vec<&FrontierPoint> = own.frontier.iter().collect();
    if from >= to {
        return (points, None);
    }
    points.drain(from..to);
    let left = french::counted((to - from) as u64, "durée est laissée", "durées sont laissées");
    (points, Some(format!("Avant la dernière ligne, {left} au fichier JSON.")))
}

/// What the first length beyond the limit would bring to the pathway.
pub(crate) fn next(own: &Pathway, referential: &Referential) -> Option<String> {
    let limit = own.limits.minutes.map(u64::from)?;
    let point = own.frontier.iter().find(|point| point.minutes > limit)?;
    let now: Vec<u8> = own.coverage.iter().map(|line| line.after.min(line.wanted)).collect();
    Some(typeset(&format!(
        "Le premier gain au-delà de la limite demande {} de plus ; {}.",
        minutes_in_french(point.minutes - limit),
        change(own, &now, &point.reached, referential)
    )))
}

/// The levels that one state of the needs has more and less than another.
fn change(own: &Pathway, from: &[u8], to: &[u8], referential: &Referential) -> String {
    let (mut more, mut less) = (Vec::new(), Vec::new());
    for ((line, from), to) in own.coverage.iter().zip(from).zip(to) {
        let text = format!("{} {from}\u{a0}→\u{a0}{to}", referential.term(line.competence).label);
        match to.cmp(from) {
            std::cmp::Ordering::Greater => more.push(text),
            std::cmp::Ordering::Less => less.push(text),
            std::cmp::Ordering::Equal => {}
        }
    }
    match (more.is_empty(), less.is_empty()) {
        (true, true) => "les mêmes niveaux".to_owned(),
        (false, true) => format!("en plus : {}", more.join(", ")),
        (true, false) => format!("en moins : {}", less.join(", ")),
        (false, false) => format!("en plus : {} ; en moins : {}", more.join(", "), less.join(", ")),
    }
}
