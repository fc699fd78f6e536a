//! Numbers, durations, prices and lists as French prints them.

use catalogue::french::{counted, decimal, euros, hours, integer, list, percent, quoted};

fn check(text: String, expected: &str) {
    assert_eq!(text.replace('\u{202f}', "_").replace('\u{a0}', "~"), expected);
}

#[test]
fn numbers() {
    check(integer(0), "0");
    check(integer(999), "999");
    check(integer(1_000), "1_000");
    check(integer(1_234_567), "1_234_567");
    check(decimal(3.5), "3,5");
    check(decimal(1_200.0), "1_200");
    check(decimal(0.125), "0,13");
    check(decimal(-2.05), "−2,05");
    check(decimal(-0.001), "0");
}

#[test]
fn durations_and_prices() {
    check(hours(0.3333), "20~min");
    check(hours(3.5), "3~h~30");
    check(hours(14.0), "14~h");
    check(hours(1_200.0), "1_200~h");
    check(hours(0.999), "1~h");
    check(euros(0.0), "gratuit");
    check(euros(1_960.0), "1_960~€");
    check(euros(49.5), "49,50~€");
    check(euros(0.004), "gratuit");
}

#[test]
fn shares_never_say_none_or_all_falsely() {
    check(percent(1, 3), "33_%");
    check(percent(0, 445), "0_%");
    check(percent(1, 1_000), "moins de 1_%");
    check(percent(999, 1_000), "plus de 99_%");
    check(percent(7, 7), "100_%");
    check(percent(0, 0), "—");
}

#[test]
fn words() {
    check(counted(0, "formation", "formations"), "0~formation");
    check(counted(1, "formation", "formations"), "1~formation");
    check(counted(1_445, "formation", "formations"), "1_445~formations");
    check(quoted("données"), "«_données_»");
    let items = ["a", "b", "c"].map(str::to_owned);
    check(list(&items, "ou"), "a, b ou c");
    check(list(&items[..1], "ou"), "a");
    check(list(&[], "ou"), "");
}
