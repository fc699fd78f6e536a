//! Durations as clocks and standards write them, « 7:30 », « PT14H », and numbers of thousands before a unit.
//! Absent: durations in words (see `durations`).

/// « PT14H », « PT1H30M » of ISO 8601; days of 24 hours are no days of training, and left.
pub(super) fn iso(text: &str) -> Option<f64> {
    let mut rest = text.trim().strip_prefix("PT")?;
    let mut hours = None;
    for (unit, in_hours) in [('H', 1.0), ('M', 1.0 / 60.0)] {
        let Some((count, after)) = rest.split_once(unit) else { continue };
        let is_number = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
        let count: f64 = count.parse().ok().filter(|_| is_number)?;
        hours = Some(hours.unwrap_or(0.0) + count * in_hours);
        rest = after;
    }
    hours.filter(|_| rest.is_empty() || rest == "0S")
}

/// « 7:30 » as seven hours and a half: hours and minutes, as a spreadsheet shows a duration; « 3:30:00 » too.
pub(super) fn clock(text: &str) -> Option<f64> {
    let text = text.trim();
    let text = text.strip_suffix(":00").filter(|rest| rest.contains(':')).unwrap_or(text);
    let (hours, minutes) = text.split_once(':')?;
    let is_digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !is_digits(hours, 4) || minutes.len() != 2 || !is_digits(minutes, 2) {
        return None;
    }
    let (hours, minutes): (f64, f64) = (hours.parse().ok()?, minutes.parse().ok()?);
    (minutes < 60.0).then_some(hours + minutes / 60.0)
}

/// Where a number of thousands parted by spaces ends: « 1 200 » of « 1 200 h »; nothing when the number is another one.
pub(super) fn grouped_end(text: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(text);
    let is_first = (1..=3).contains(&end);
    let mut groups = 0;
    while let Some(space) =
        text[end..].chars().next().filter(|sign| matches!(sign, ' ' | '\u{a0}' | '\u{202f}'))
    {
        let start = end + space.len_utf8();
        if digits(&text[start..]) != 3 {
            break;
        }
        (end, groups) = (start + 3, groups + 1);
    }
    (is_first && groups > 0 && !text[end..].starts_with([',', '.'])).then_some(end)
}
