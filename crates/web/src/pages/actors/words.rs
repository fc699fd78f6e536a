//! A profile in words: shares, indices, verdicts, findings. Absent: HTML.

use catalogue::french::{self, NARROW, NO_BREAK};
use catalogue::{FieldProfile, Line, Profile, Share, Specialisation, Verdict};

/// A share: `34 %`; under a tenth of a percent but not zero: `moins de 0,1 %`.
pub(super) fn percent(share: f64) -> String {
    let tenths = (share * 1_000.0).round() / 10.0;
    match share {
        share if share > 0.0 && tenths < 0.1 => format!("moins de 0,1{NARROW}%"),
        _ if tenths < 10.0 => format!("{}{NARROW}%", french::decimal(tenths)),
        _ => format!("{}{NARROW}%", french::integer((share * 100.0).round() as u64)),
    }
}

/// A share with its interval: `34 % [25 à 44 %]`.
pub(super) fn share(share: &Share) -> String {
    let low = percent(share.low).trim_end_matches(['%', NARROW]).to_owned();
    format!("{} [{low} à {}]", percent(share.value), percent(share.high))
}

/// An index with its interval: `1,8 [1,2 à 2,6]`; with as many decimals as it takes for no bound to look like 1 that is not.
pub(super) fn index(index: &Specialisation) -> String {
    let decimals = (1..4).find(|decimals| {
        let unit = 10_f64.powi(*decimals);
        [index.low, index.high].iter().all(|bound| *bound == 1.0 || (bound * unit).round() / unit != 1.0)
    });
    let decimals = usize::try_from(decimals.unwrap_or(4)).unwrap_or(4);
    let number = |value: f64| {
        let text = format!("{value:.decimals$}");
        text.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
    };
    format!("{} [{} à {}]", number(index.index), number(index.low), number(index.high))
}

/// What the index allows to say.
pub(super) fn verdict(line: &Line) -> &'static str {
    let Some(index) = &line.specialisation else { return "rien à comparer" };
    match index.verdict {
        Verdict::More | Verdict::Less if line.rests_on_few => "non tranché : trop peu de formations",
        Verdict::More => "plus fréquent",
        Verdict::Less => "moins fréquent",
        Verdict::Undecided => "non tranché",
    }
}

/// Lines of a verdict, the furthest from the whole first.
fn told(field: &FieldProfile, wanted: Verdict) -> Vec<&Line> {
    let mut lines: Vec<&Line> = field.lines.iter().filter(|line| line.verdict() == Some(wanted)).collect();
    let index = |line: &Line| line.specialisation.as_ref().map_or(1.0, |index| index.index);
    lines.sort_by(|one, other| match wanted {
        Verdict::More => index(other).total_cmp(&index(one)),
        _ => index(one).total_cmp(&index(other)),
    });
    lines
}

fn list(lines: &[&Line]) -> String {
    let labels: Vec<String> = lines.iter().take(3).map(|line| french::quoted(&line.label)).collect();
    french::list(&labels, "et")
}

/// What a field shows: what is more and less frequent than on the whole.
pub(super) fn field_finding(field: &FieldProfile) -> String {
    if field.known == 0 {
        return "Ce champ n’est renseigné pour aucune formation du groupe".to_owned();
    }
    let (more, less) = (told(field, Verdict::More), told(field, Verdict::Less));
    match (more.as_slice(), less.as_slice()) {
        ([], []) => "Aucun écart net avec l’ensemble de l’offre".to_owned(),
        (more, []) => format!("Plus souvent que dans l’ensemble{NARROW}: {}", list(more)),
        ([], less) => format!("Moins souvent que dans l’ensemble{NARROW}: {}", list(less)),
        (more, less) => format!("Plus souvent {}, moins souvent {}", list(more), list(less)),
    }
}

/// The value that sets the group apart the most, among the fields that are known of most of its trainings.
pub(super) fn finding(profile: &Profile) -> String {
    let known = profile.fields.iter().filter(|field| field.known * 2 > profile.trainings);
    let more = known.filter_map(|field| told(field, Verdict::More).first().map(|line| (field, *line)));
    let index = |line: &Line| line.specialisation.as_ref().map_or(1.0, |index| index.index);
    let Some((field, first)) = more.max_by(|(_, one), (_, other)| index(one).total_cmp(&index(other))) else {
        return "Ce groupe ne se distingue pas nettement de l’ensemble de l’offre".to_owned();
    };
    let of = |share: &Option<Share>| share.as_ref().map_or("—".to_owned(), |share| percent(share.value));
    format!(
        "Ce groupe se distingue surtout par {}{NARROW}: {} de ses {}, contre{NO_BREAK}{} de l’ensemble",
        french::quoted(&first.label),
        of(&first.share),
        match field.known == profile.trainings {
            true => "formations".to_owned(),
            false =>
                format!("{} dont ce champ est connu", french::counted(field.known, "formation", "formations")),
        },
        of(&first.whole_share),
    )
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn small_shares_keep_a_decimal() {
        let check = |share: f64, expect: &str| assert_eq!(percent(share), expect);
        check(0.0, "0 %");
        check(0.0003, "moins de 0,1 %");
        check(0.034, "3,4 %");
        check(0.336, "34 %");
        check(1.0, "100 %");
    }
}
