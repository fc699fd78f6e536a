//! The date of now, as revisions write it. Absent: time zones, waiting.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Now, UTC, to the second, RFC 3339.
pub fn now() -> String {
    let now = OffsetDateTime::now_utc();
    let whole = now.replace_nanosecond(0).unwrap_or(now);
    whole.format(&Rfc3339).unwrap_or_else(|_| String::new())
}
