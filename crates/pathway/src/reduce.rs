//! Exact reductions: what can be of no use in any best choice is left out. Levels over those that anything needs are
//! cut; modules that nobody can reach, that bring nothing, that do not fit, or that another one replaces, go.
//! Absent: the search.

use std::collections::HashMap;

use crate::model::{Cap, Item, Model, Row, cost, divisor};
use crate::problem::{Error, Problem};

/// A module before units: levels by topic.
struct Draft {
    source: usize,
    teaches: Vec<u8>,
    requires: Vec<u8>,
    is_fixed: bool,
}

/// A problem made small; nothing when a pinned module can never be reached.
pub(crate) fn reduce(problem: &Problem) -> Option<Model> {
    let mut drafts = drafts(problem, |source| fits(problem, source));
    let pinned = |draft: &Draft| problem.pinned.contains(&draft.source);
    loop {
        let before: (usize, usize) = size(&drafts);
        cut(problem, &mut drafts);
        drafts.retain(|draft| draft.is_fixed || draft.teaches.iter().any(|level| *level > 0));
        let reached = reached(problem, &drafts);
        if drafts.iter().zip(&reached).any(|(draft, is_reached)| pinned(draft) && !is_reached) {
            return None;
        }
        let mut reached = reached.into_iter();
        drafts.retain(|_| reached.next().unwrap_or(false));
        if size(&drafts) == before {
            break;
        }
    }
    let limited: Vec<usize> =
        (0..problem.resources.len()).filter(|own| problem.resources[*own].most.is_some()).collect();
    let kept = undominated(problem, drafts, &limited, 0);
    Some(model(problem, &kept))
}

/// The modules that are worth keeping when many questions are asked of one problem, in their order: each one that is left out
/// brings nothing that is wanted, or is replaced by more than `spares` others that are kept, whatever the limits on resources
/// are and even when fewer needs are asked for. So a question that bans `spares` modules at most loses nothing.
///
/// # Errors
/// When the problem makes no sense.
pub fn with_spares(problem: &Problem, spares: usize) -> Result<Vec<usize>, Error> {
    problem.validate()?;
    let mut drafts = drafts(problem, |_| true);
    cut(problem, &mut drafts);
    drafts.retain(|draft| draft.is_fixed || draft.teaches.iter().any(|level| *level > 0));
    let all: Vec<usize> = (0..problem.resources.len()).collect();
    let kept = undominated(problem, drafts, &all, spares);
    Ok(kept.into_iter().map(|draft| draft.source).collect())
}

/// Whether a module alone keeps to every limit.
fn fits(problem: &Problem, source: usize) -> bool {
    problem.resources.iter().zip(&problem.modules[source].amounts).all(|(resource, amount)| {
        let sum = f64::from(amount.mean) + resource.z * amount.variance.sqrt();
        resource.most.is_none_or(|most| sum <= f64::from(most) + 1e-9)
    })
}

fn size(drafts: &[Draft]) -> (usize, usize) {
    let levels = |draft: &Draft| draft.teaches.iter().map(|level| usize::from(*level)).sum::<usize>();
    (drafts.len(), drafts.iter().map(levels).sum())
}

fn drafts(problem: &Problem, suits: impl Fn(usize) -> bool) -> Vec<Draft> {
    let mut is_banned = vec![false; problem.modules.len()];
    problem.banned.iter().for_each(|module| is_banned[*module] = true);
    let mut is_fixed = vec![false; problem.modules.len()];
    problem.pinned.iter().for_each(|module| is_fixed[*module] = true);
    problem.groups.iter().flat_map(|group| &group.modules).for_each(|module| is_fixed[*module] = true);
    let draft = |source: usize| {
        let (mut teaches, mut requires) = (vec![0; problem.topics], vec![0; problem.topics]);
        for (topic, level) in &problem.modules[source].teaches {
            teaches[*topic] = teaches[*topic].max(*level);
        }
        for (topic, level) in &problem.modules[source].requires {
            requires[*topic] = requires[*topic].max(*level);
        }
        for (topic, level) in requires.iter_mut().enumerate() {
            if *level <= problem.start_of(topic) {
                *level = 0;
            }
        }
        Draft { source, teaches, requires, is_fixed: is_fixed[source] }
    };
    let kept = (0..problem.modules.len()).filter(|source| !is_banned[*source]);
    kept.filter(|source| is_fixed[*source] || suits(*source)).map(draft).collect()
}

/// Cuts levels that nothing needs, and those that a module asks for before it brings them.
fn cut(problem: &Problem, drafts: &mut [Draft]) {
    let mut highest = vec![0; problem.topics];
    for need in &problem.needs {
        highest[need.topic] = highest[need.topic].max(need.to);
    }
    for draft in drafts.iter() {
        for (own, level) in highest.iter_mut().zip(&draft.requires) {
            *own = (*own).max(*level);
        }
    }
    for draft in drafts {
        let levels = draft.teaches.iter_mut().zip(&draft.requires).zip(&highest);
        for (topic, ((level, required), highest)) in levels.enumerate() {
            let own = (*level).min(*highest);
            let floor = (*required).max(problem.start_of(topic));
            *level = if own > floor { own } else { 0 };
        }
    }
}

/// Which modules can be reached at all, were there no limit.
fn reached(problem: &Problem, drafts: &[Draft]) -> Vec<bool> {
    let mut levels: Vec<u8> = (0..problem.topics).map(|topic| problem.start_of(topic)).collect();
    let mut is_reached = vec![false; drafts.len()];
    let mut has_changed = true;
    while std::mem::take(&mut has_changed) {
        for (own, draft) in is_reached.iter_mut().zip(drafts) {
            if *own || draft.requires.iter().zip(&levels).any(|(level, has)| level > has) {
                continue;
            }
            (*own, has_changed) = (true, true);
            for (has, level) in levels.iter_mut().zip(&draft.teaches) {
                *has = (*has).max(*level);
            }
        }
    }
    is_reached
}

/// Modules that no more than `spares` others replace: at least as much brought, at most as much asked for and taken of some
/// resources.
fn undominated(problem: &Problem, drafts: Vec<Draft>, limited: &[usize], spares: usize) -> Vec<Draft> {
    let replaces = |a: &Draft, b: &Draft| {
        let (own, other) = (&problem.modules[a.source].amounts, &problem.modules[b.source].amounts);
        a.teaches.iter().zip(&b.teaches).all(|(own, other)| own >= other)
            && a.requires.iter().zip(&b.requires).all(|(own, other)| own <= other)
            && limited
                .iter()
                .all(|at| own[*at].mean <= other[*at].mean && own[*at].variance <= other[*at].variance)
            && problem.aims.iter().all(|aim| cost(problem, aim, a.source) <= cost(problem, aim, b.source))
    };
    let (mut kept, mut free): (Vec<Draft>, Vec<Draft>) = drafts.into_iter().partition(|draft| draft.is_fixed);
    // What replaces comes first: it takes no more, costs no more, brings no less, asks for no more.
    free.sort_by_cached_key(|draft| {
        let amounts = &problem.modules[draft.source].amounts;
        let taken: u64 = limited.iter().map(|at| u64::from(amounts[*at].mean)).sum();
        let spread: f64 = limited.iter().map(|at| amounts[*at].variance).sum();
        let costs: u64 = problem.aims.iter().map(|aim| cost(problem, aim, draft.source)).sum();
        let levels = |levels: &[u8]| levels.iter().map(|level| usize::from(*level)).sum::<usize>();
        let brought = std::cmp::Reverse(levels(&draft.teaches));
        // Variances are no negative numbers: their bits are in their order.
        (taken, spread.to_bits(), costs, brought, levels(&draft.requires), draft.source)
    });
    // By topic and level, those of the first ones that bring it.
    let mut bringing: HashMap<(usize, u8), Vec<usize>> = HashMap::new();
    let mut first: Vec<Draft> = Vec::new();
    for draft in free {
        let brought = draft.teaches.iter().enumerate().filter(|(_, level)| **level > 0);
        let fewest =
            brought.map(|(topic, level)| bringing.get(&(topic, *level)).map_or(&[][..], Vec::as_slice));
        let candidates = fewest.min_by_key(|others| others.len()).unwrap_or_default();
        // Those that replace what replaces it were kept, or have as many that do.
        let replacing = candidates.iter().filter(|other| replaces(&first[**other], &draft));
        if replacing.take(spares + 1).count() > spares {
            continue;
        }
        for (topic, level) in draft.teaches.iter().enumerate() {
            (1..=*level).for_each(|level| bringing.entry((topic, level)).or_default().push(first.len()));
        }
        first.push(draft);
    }
    kept.extend(first);
    kept.sort_by_key(|draft| draft.source);
    kept
}

fn model(problem: &Problem, drafts: &[Draft]) -> Model {
    let mut numbers: HashMap<(usize, u8), u32> = HashMap::new();
    let mut values: Vec<f64> = Vec::new();
    let mut unit = |topic: usize, level: u8, values: &mut Vec<f64>| {
        *numbers.entry((topic, level)).or_insert_with(|| {
            let needs = problem.needs.iter().filter(|need| need.topic == topic && level <= need.to);
            values.push(f64::from(needs.map(|need| need.weight).sum::<u32>()));
            values.len() as u32 - 1
        })
    };
    let mut items = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let (mut teaches, mut requires) = (Vec::new(), Vec::new());
        for topic in 0..problem.topics {
            let floor = draft.requires[topic].max(problem.start_of(topic));
            for level in floor + 1..=draft.teaches[topic].max(floor) {
                teaches.push(unit(topic, level, &mut values));
            }
            if draft.requires[topic] > 0 {
                requires.push(unit(topic, draft.requires[topic], &mut values));
            }
        }
        let amounts = &problem.modules[draft.source].amounts;
        items.push(Item {
            source: draft.source,
            teaches,
            requires,
            means: amounts.iter().map(|amount| f64::from(amount.mean)).collect(),
            variances: amounts.iter().map(|amount| amount.variance).collect(),
            costs: problem.aims.iter().map(|aim| cost(problem, aim, draft.source)).collect(),
            is_pinned: problem.pinned.contains(&draft.source),
        });
    }
    let mut suppliers = vec![Vec::new(); values.len()];
    let mut pairs = Vec::new();
    for (number, item) in (0_u32..).zip(&items) {
        item.teaches.iter().for_each(|unit| suppliers[*unit as usize].push(number));
        pairs.extend(item.requires.iter().map(|unit| (number, *unit)));
    }
    let caps =
        problem.resources.iter().map(|own| own.most.map(|most| Cap { most: f64::from(most), z: own.z }));
    let rows = rows(problem, &items);
    let step = divisor(values.iter().map(|value| *value as u64)).max(1) as f64;
    Model { values, suppliers, pairs, caps: caps.collect(), rows, aims: problem.aims.len(), step, items }
}

/// The limits that are no resources.
fn rows(problem: &Problem, items: &[Item]) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some(most) = problem.most_modules {
        let entries = (0..items.len() as u32).map(|item| (item, 1.0)).collect();
        rows.push(Row { entries, most: most as f64 });
    }
    let place: HashMap<usize, u32> =
        (0_u32..).zip(items).map(|(number, item)| (item.source, number)).collect();
    for group in &problem.groups {
        let mut members: Vec<u32> =
            group.modules.iter().filter_map(|module| place.get(module).copied()).collect();
        members.sort_unstable();
        members.dedup();
        let of = |weight: f64| members.iter().map(|item| (*item, weight)).collect();
        if group.most < members.len() {
            rows.push(Row { entries: of(1.0), most: group.most as f64 });
        }
        if group.least > 0 {
            rows.push(Row { entries: of(-1.0), most: -(group.least as f64) });
        }
    }
    rows
}
