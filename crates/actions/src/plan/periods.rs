//! Instances of the balanced academic curriculum (CSPLib, problem 30), as its data files write them: `p=8;`,
//! `courses = {a, b};`, `credit = [1, 3];`, `prereq = {<b,a>};`. Absent: choices of modules (see `selection`).

use std::collections::HashMap;

use pathway::{Balance, Balanced, Course};

use super::{Answer, Claim, refused};

pub(super) fn answer(text: &str, nodes: u64) -> Result<Answer, String> {
    let (names, problem) = read(text)?;
    let answer = |status, periods: Vec<usize>, load: u32, bound: u32| {
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_key(|course| (periods[*course], *course));
        Answer {
            status,
            objective: Some(i64::from(load)),
            bound: Some(i64::from(bound)),
            chosen: order.iter().map(|course| names[*course].clone()).collect(),
            periods: order.iter().map(|course| periods[*course] + 1).collect(),
            ignored: Vec::new(),
        }
    };
    Ok(match pathway::balance(&problem, nodes).map_err(refused)? {
        Balanced::Optimal(periods, load) => answer("optimal", periods, load, load),
        Balanced::Feasible(periods, load, bound) => answer("feasible", periods, load, bound),
        Balanced::Impossible => Answer::none("infeasible", None),
        Balanced::LimitReached => Answer::none("limit_reached", None),
    })
}

/// The names of the courses, and the problem.
fn read(text: &str) -> Result<(Vec<String>, Balance), String> {
    let text = without_comments(text);
    let number = |name: &str| -> Result<u32, String> {
        let value = value(&text, name)?;
        value.trim().parse().map_err(|_| format!("« {name} » n’est pas un nombre : « {} »", value.trim()))
    };
    let names: Vec<&str> = items(value(&text, "courses")?);
    let loads: Vec<&str> = items(value(&text, "credit")?);
    if names.len() != loads.len() {
        return Err(format!("il y a {} cours et {} nombres de crédits", names.len(), loads.len()));
    }
    let place: HashMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let mut courses = Vec::with_capacity(names.len());
    for load in loads {
        let load = load.parse().map_err(|_| format!("« {load} » n’est pas un nombre de crédits"))?;
        courses.push(Course { load, after: Vec::new() });
    }
    for pair in value(&text, "prereq")?.split('<').skip(1) {
        let inside = pair.split('>').next().unwrap_or_default();
        let find = |name: &str| {
            let name = name.trim_matches(|sign: char| sign.is_whitespace() || "{}".contains(sign));
            place.get(name).copied().ok_or_else(|| format!("« {name} » n’est pas un cours de la liste"))
        };
        let (later, earlier) =
            inside.split_once(',').ok_or_else(|| format!("« <{inside}> » n’est pas une paire"))?;
        courses[find(later)?].after.push(find(earlier)?);
    }
    let (load, count) = ((number("a")?, number("b")?), (number("c")? as usize, number("d")? as usize));
    let problem = Balance { courses, periods: number("p")? as usize, load, count };
    Ok((names.into_iter().map(str::to_owned).collect(), problem))
}

/// The load of the busiest period of a claim, or all that is wrong with it.
pub(super) fn check(text: &str, claim: &Claim) -> Result<(Option<i64>, Vec<String>), String> {
    let (names, problem) = read(text)?;
    let mut broken = Vec::new();
    if claim.chosen.len() != claim.periods.len() {
        broken.push("chaque cours doit avoir sa période".to_owned());
    }
    let given: HashMap<&str, usize> =
        claim.chosen.iter().map(String::as_str).zip(claim.periods.iter().copied()).collect();
    let (mut loads, mut counts) = (vec![0_u32; problem.periods], vec![0_usize; problem.periods]);
    for (name, course) in names.iter().zip(&problem.courses) {
        let Some(period) =
            given.get(name.as_str()).copied().filter(|own| (1..=problem.periods).contains(own))
        else {
            broken.push(format!("« {name} » n’est dans aucune période"));
            continue;
        };
        loads[period - 1] += course.load;
        counts[period - 1] += 1;
        for other in &course.after {
            if given.get(names[*other].as_str()).is_none_or(|before| *before >= period) {
                broken.push(format!("« {name} » ne vient pas après « {} »", names[*other]));
            }
        }
    }
    for (period, (load, count)) in loads.iter().zip(&counts).enumerate() {
        let is_within = (problem.load.0..=problem.load.1).contains(load)
            && (problem.count.0..=problem.count.1).contains(count);
        if !is_within {
            broken.push(format!("la période {} a {count} cours et une charge de {load}", period + 1));
        }
    }
    let worth = loads.into_iter().max().map(i64::from).filter(|_| broken.is_empty());
    Ok((worth, broken))
}

/// The text without `/* … */`, `// …` and `% …`; a comment that is never closed ends with its line.
fn without_comments(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['/', '%']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let line = rest.find('\n').unwrap_or(rest.len());
        let end = match rest.get(..2).unwrap_or(rest) {
            "/*" => rest.find("*/").map_or(line, |end| end + 2),
            "//" => line,
            mark if mark.starts_with('%') => line,
            _ => {
                plain.push('/');
                1
            }
        };
        rest = &rest[end..];
    }
    plain + rest
}

/// What stands between the name and the semicolon.
fn value<'t>(text: &'t str, name: &str) -> Result<&'t str, String> {
    let statements = text.split(';').filter_map(|statement| statement.split_once('='));
    let mut values = statements.filter(|(own, _)| own.trim() == name).map(|(_, value)| value);
    values.next().ok_or_else(|| format!("il manque « {name} »"))
}

fn items(list: &str) -> Vec<&str> {
    let inside = list.trim().trim_matches(['{', '}', '[', ']']);
    inside.split(',').map(str::trim).filter(|item| !item.is_empty()).collect()
}
