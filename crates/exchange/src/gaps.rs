//! Gaps as a table for spreadsheets. Absent: reading it back, the judgement (see `catalogue::gaps`).

use catalogue::Referential;
use catalogue::gaps::{Constraint, Gaps, Rules};

use crate::sheet::write_csv_record;

const COLUMNS: [&str; 13] = [
    "persona",
    "persona_label",
    "competence",
    "competence_label",
    "theme",
    "level",
    "weight",
    "state",
    "why",
    "teaching",
    "suiting",
    "confirmed",
    "providers",
];

/// One line for each persona, competence and level; then, for each constraint, the trainings that it keeps out.
pub fn gaps_table(judged: &[Gaps], rules: &Rules, referential: &Referential) -> Vec<u8> {
    let kept_out = Constraint::all().map(|constraint| format!("kept_out_{}", constraint.name()));
    let head: Vec<String> = COLUMNS.iter().map(|name| (*name).to_owned()).chain(kept_out).collect();
    let mut lines = vec![head];
    for gaps in judged {
        for gap in &gaps.gaps {
            let term = referential.term(gap.competence);
            let number = |number: usize| number.to_string();
            let mut line = vec![
                gaps.persona.id.clone(),
                gaps.persona.label.clone(),
                term.id.clone(),
                term.label.clone(),
                referential.term(referential.theme_of(gap.competence)).id.clone(),
                gap.level.number().to_string(),
                gap.weight.to_string(),
                gap.state.name().to_owned(),
                gap.why(rules),
                number(gap.teaching),
                number(gap.suiting),
                number(gap.confirmed),
                number(gap.providers_count),
            ];
            let of = |constraint| gap.kept_out.get(&constraint).copied().unwrap_or_default().to_string();
            line.extend(Constraint::all().map(of));
            lines.push(line);
        }
    }
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    for line in &lines {
        write_csv_record(&mut bytes, line).expect("memory is written");
    }
    bytes
}
