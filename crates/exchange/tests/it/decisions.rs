//! The file of decisions on pairs: what is read, what is refused and where.

use catalogue::duplicates::Verdict;
use exchange::decisions::read;
use proptest::prelude::*;

const GOOD: &str = r#"
[[decision]]
keep = "initiation-rgpd"
other = "initiation-au-rgpd"
verdict = "merged"
reason = "Même session."
date = "2026-11-25"
"#;

fn check(text: &str, decided: usize, issues: &[(Option<u64>, &str)]) {
    let (decisions, found) = read("decisions.toml", text);
    assert_eq!(decisions.iter().count(), decided, "{found:?}");
    assert_eq!(found.len(), issues.len(), "{found:?}");
    for (issue, (line, part)) in found.iter().zip(issues) {
        assert_eq!(issue.line, *line);
        assert!(issue.to_string().contains(part), "{issue}");
    }
}

#[test]
fn a_decision_holds_in_both_orders() {
    let (decisions, issues) = read("decisions.toml", GOOD);
    assert!(issues.is_empty(), "{issues:?}");
    for (a, b) in [("initiation-rgpd", "initiation-au-rgpd"), ("initiation-au-rgpd", "initiation-rgpd")] {
        assert_eq!(decisions.verdict(a, b), Some(Verdict::Merged));
    }
    assert_eq!(decisions.verdict("initiation-rgpd", "autre"), None);
}

#[test]
fn what_is_wrong_is_an_issue_beside_the_good_decisions() {
    check("", 0, &[]);
    check(&format!("{GOOD}{GOOD}"), 1, &[(Some(9), "décidée deux fois")]);
    check(&GOOD.replace("merged", "peut-être"), 0, &[(Some(2), "« apart » ou « merged »")]);
    check(&GOOD.replace("2026-11-25", "hier"), 0, &[(Some(2), "date")]);
    check(&GOOD.replace("initiation-au-rgpd", "initiation-rgpd"), 0, &[(Some(2), "avec elle-même")]);
    check(&format!("{GOOD}note = \"x\"\n"), 0, &[(Some(2), "clé n’est pas connue")]);
    check(&GOOD.replace("reason", "raison"), 0, &[(Some(2), "clé n’est pas connue")]);
    check("[[decision]\n", 0, &[(Some(1), "pas lisible")]);
    check("decision = 3\n", 0, &[(Some(1), "pas lisible")]);
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "[\\[\\]a-z=\"'\n é#0-9.-]{0,200}") {
        read("decisions.toml", &text);
        read("decisions.toml", &format!("{GOOD}{text}"));
    }
}
