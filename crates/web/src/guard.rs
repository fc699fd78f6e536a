//! What every answer goes through: limits on requests, headers that protect visitors, compression.
//! Absent: what pages answer.

use axum::body::Body;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, Response};

use crate::errors::{Code, Failure};

/// Longest address, in bytes.
pub(crate) const ADDRESS_BYTES: usize = 8_000;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Why a request is refused before any page sees it.
pub(crate) fn refusal(parts: &Parts) -> Option<Failure> {
    let length = parts.uri.path_and_query().map_or(0, |address| address.as_str().len());
    if length > ADDRESS_BYTES {
        let message = format!(
            "L’adresse compte {} octets ; {} au plus sont lus.",
            catalogue::french::integer(length as u64),
            catalogue::french::integer(ADDRESS_BYTES as u64)
        );
        return Some(Failure::new(Code::AddressTooLong, message));
    }
    let header = |name| parts.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let body = header("content-length").is_some_and(|length| length.trim() != "0")
        || header("transfer-encoding").is_some();
    let reads = parts.method == Method::GET || parts.method == Method::HEAD;
    (reads && body).then(|| Failure::new(Code::BodyNotRead, "La requête envoie un contenu."))
}

/// Adds the headers that protect visitors.
pub(crate) fn protect(mut response: Response<Body>) -> Response<Body> {
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
