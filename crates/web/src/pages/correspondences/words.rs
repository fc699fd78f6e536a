//! An analysis in words: what its first axes oppose, figures as French prints them. Absent: HTML.

use catalogue::{Correspondence, CorrespondenceMap, Heading, Point, french};

/// Points named on each side of an axis.
const NAMED: usize = 3;

/// A share with a decimal, for tables.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1}\u{202f}%", share * 100.0).replace('.', ",")
}

/// A share without decimals, for sentences.
pub(super) fn rounded(share: f64) -> String {
    format!("{:.0}\u{202f}%", share * 100.0)
}

/// A number with three decimals.
pub(super) fn thousandth(number: f64) -> String {
    let text = format!("{number:.3}");
    let text = if text.trim_start_matches(['-', '0', '.']).is_empty() { "0.000".to_owned() } else { text };
    text.replace('.', ",").replace('-', "−")
}

/// The points that make an axis on one of its sides, the strongest first: those that contribute more than one point
/// does on average.
fn side(points: &[Point], headings: &[Heading], axis: usize, is_right: bool) -> Vec<String> {
    let mean = 1.0 / points.len().max(1) as f64;
    let mut strong: Vec<&Point> = points
        .iter()
        .filter(|point| point.contributions[axis] >= mean && (point.coordinates[axis] > 0.0) == is_right)
        .collect();
    strong.sort_by(|one, other| other.contributions[axis].total_cmp(&one.contributions[axis]));
    strong.iter().take(NAMED).map(|point| french::quoted(&headings[point.index].label)).collect()
}

fn opposed(map: &CorrespondenceMap, analysis: &Correspondence, axis: usize) -> String {
    let of = |is_right| side(&analysis.columns, &map.columns, axis, is_right);
    match (of(false).as_slice(), of(true).as_slice()) {
        ([], []) => "oppose des points dont aucun ne domine".to_owned(),
        (one, []) | ([], one) => format!("met {} à l’écart du reste", french::list(one, "et")),
        (left, right) => format!(
            "oppose {} (à gauche) à {} (à droite)",
            french::list(left, "et"),
            french::list(right, "et")
        ),
    }
}

/// What the first axis opposes among columns, and how much of the differences it carries.
pub(super) fn finding(map: &CorrespondenceMap, analysis: &Correspondence) -> String {
    format!(
        "Le premier axe, qui porte {} des écarts, {}",
        rounded(analysis.axes[0].share),
        opposed(map, analysis, 0)
    )
}

/// Which rows go with each side, and what the second axis says.
pub(super) fn sentence(map: &CorrespondenceMap, analysis: &Correspondence) -> String {
    let of = |is_right| side(&analysis.rows, &map.rows, 0, is_right);
    let rows = match (of(false).as_slice(), of(true).as_slice()) {
        ([], []) => String::new(),
        (left, []) => format!("Cet écart tient surtout, à gauche, à {}. ", french::list(left, "et")),
        ([], right) => format!("Cet écart tient surtout, à droite, à {}. ", french::list(right, "et")),
        (left, right) => format!(
            "Cet écart tient surtout, à gauche, à {} et, à droite, à {}. ",
            french::list(left, "et"),
            french::list(right, "et")
        ),
    };
    let second = analysis.axes.get(1).map(|axis| {
        let text =
            opposed(map, analysis, 1).replace("(à gauche)", "(en bas)").replace("(à droite)", "(en haut)");
        format!("Le deuxième axe ({}) {text}.", rounded(axis.share))
    });
    rows + &second
        .unwrap_or_else(|| "Il n’y a pas de deuxième axe\u{202f}: tout l’écart est sur une ligne.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{percent, rounded, thousandth};

    #[test]
    fn figures_are_french() {
        assert_eq!(thousandth(-0.5), "−0,500");
        assert_eq!(thousandth(-0.0001), "0,000");
        assert_eq!(
            (percent(0.0123), percent(0.456)),
            ("1,2\u{202f}%".to_owned(), "45,6\u{202f}%".to_owned())
        );
        assert_eq!(rounded(0.456), "46\u{202f}%");
    }
}
