//! Answers of pages: HTML, JSON, downloads, with their validators.
//! Absent: security headers, which all answers share (see `guard`).

use std::hash::Hasher;

use askama::Template;
use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use rustc_hash::FxHasher;
use serde::Serialize;

/// Media type of pages.
pub(crate) const HTML: &str = "text/html; charset=utf-8";
/// Media type of JSON twins.
pub(crate) const JSON: &str = "application/json; charset=utf-8";

/// An answer before it is sent.
pub(crate) struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    media: &'static str,
    body: Vec<u8>,
    cache: &'static str,
    attachment: Option<String>,
    location: Option<String>,
}

impl Answer {
    /// A page or a fragment of one.
    pub(crate) fn html(page: &impl Template) -> Self {
        let mut text = String::with_capacity(page_size(page));
        match page.render_into(&mut text) {
            Ok(()) => Self::text(HTML, text),
            Err(error) => {
                tracing::error!(%error, "gabarit");
                Self { status: StatusCode::INTERNAL_SERVER_ERROR, ..Self::text(HTML, String::new()) }
            }
        }
    }

    /// A JSON twin.
    pub(crate) fn json(value: &impl Serialize) -> Self {
        let mut body = Vec::with_capacity(48 << 10);
        serde_json::to_writer(&mut body, value).expect("answers are plain data");
        Self::bytes(JSON, body)
    }

    /// A text of another media type.
    pub(crate) fn text(media: &'static str, text: String) -> Self {
        Self::bytes(media, text.into_bytes())
    }

    /// Bytes of a media type.
    pub(crate) fn bytes(media: &'static str, body: Vec<u8>) -> Self {
        Self { status: StatusCode::OK, media, body, cache: "no-cache", attachment: None, location: None }
    }

    /// Leads to the same page by a shorter address.
    pub(crate) fn moved(address: String) -> Self {
        let body = b"Cette page a une adresse plus courte.\n".to_vec();
        let answer = Self::bytes("text/plain; charset=utf-8", body).with_status(StatusCode::SEE_OTHER);
        Self { location: Some(address), ..answer }
    }

    /// Leads to another page, once a form is taken.
    pub(crate) fn see_other(address: String) -> Self {
        let answer =
            Self::bytes("text/plain; charset=utf-8", b"La suite est \xc3\xa0 une autre adresse.\n".to_vec());
        Self { location: Some(address), ..answer.with_status(StatusCode::SEE_OTHER) }
    }

    /// The same answer with another status.
    pub(crate) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The same answer, that a browser keeps as a file of this name.
    pub(crate) fn for_file(self, name: String) -> Self {
        Self { attachment: Some(name), ..self }
    }

    /// The same answer, kept by browsers for a year: its address changes with its content.
    pub(crate) fn for_long(self) -> Self {
        Self { cache: "public, max-age=31536000, immutable", ..self }
    }

    /// The response to send; « 304 » when the visitor already holds the same bytes.
    pub(crate) fn into_response(self, request: &HeaderMap) -> Response<Body> {
        let tag = tag(&self.body);
        let mut response = Response::new(Body::empty());
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(self.cache));
        headers.insert(VARY, HeaderValue::from_static("Accept, Accept-Encoding, X-Fragment"));
        if let Some(name) = self.attachment
            && let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        {
            headers.insert(CONTENT_DISPOSITION, value);
        }
        if let Some(value) = self.location.and_then(|address| HeaderValue::from_str(&address).ok()) {
            headers.insert(LOCATION, value);
        }
        if self.status == StatusCode::OK {
            let same = is_known(request, &tag);
            if let Ok(value) = HeaderValue::from_str(&tag) {
                headers.insert(ETAG, value);
            }
            if same {
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                return response;
            }
        }
        *response.status_mut() = self.status;
        *response.body_mut() = Body::from(self.body);
        response
    }
}

/// Whether the visitor already holds the bytes of a tag: any of a list, weak or not, or `*` (RFC 9110, 13.1.2).
fn is_known(request: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let lists = request.get_all(IF_NONE_MATCH).iter().filter_map(|known| known.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|one| one.trim() == "*" || opaque(one) == opaque(tag))
}

/// A weak validator of the bytes: it holds over restarts, nodes and compression.
fn tag(body: &[u8]) -> String {
    let mut hasher = FxHasher::default();
    hasher.write(body);
    format!("W/\"{:016x}\"", hasher.finish())
}

fn page_size<T: Template>(_: &T) -> usize {
    T::SIZE_HINT.max(64 << 10)
}
