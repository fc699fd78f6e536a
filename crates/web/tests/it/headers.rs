//! Headers that all answers share: protection, validators, compression.

use axum::body::Body;
use axum::http::Request;

use crate::support::{get, send, small};

#[test]
fn every_answer_is_protected() {
    for address in [
        "/",
        "/formations.json",
        "/nulle-part",
        "/formations?theme=x",
        "/static/style.css",
        "/formations.csv",
    ] {
        let reply = get(address);
        assert!(
            reply.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'"),
            "{address}"
        );
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{address}");
        assert!(!reply.header("referrer-policy").is_empty(), "{address}");
        assert!(!reply.header("permissions-policy").is_empty(), "{address}");
    }
}

#[test]
fn an_unchanged_page_is_not_sent_again() {
    let first = get("/formations?theme=data-science");
    let tag = first.header("etag").to_owned();
    assert_eq!(first.header("cache-control"), "no-cache");
    let again = |tag: &str| {
        let request = Request::get("/formations?theme=data-science").header("if-none-match", tag);
        send(&small(), request.body(Body::empty()).expect("a request"))
    };
    assert_eq!(again(&tag).status.as_u16(), 304);
    assert!(again(&tag).body.is_empty());
    let strong = tag.strip_prefix("W/").expect("a weak tag");
    for held in [strong, "*", &format!("\"autre\", {tag}"), &format!("W/\"autre\",{strong} , \"x\"")] {
        assert_eq!(again(held).status.as_u16(), 304, "{held}");
    }
    for other in
        ["W/\"autre\"", "", strong.trim_matches('"'), &format!("{}x\"", strong.trim_end_matches('"'))]
    {
        assert_eq!(again(other).status.as_u16(), 200, "{other}");
    }
    assert_ne!(get("/formations?theme=droit-ethique").header("etag"), tag);
}

#[test]
fn static_files_are_kept_and_fingerprinted() {
    let page = get("/");
    let style = page
        .text()
        .split("<link rel=\"stylesheet\" href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a style");
    assert!(style.starts_with("/static/style.css?v="));
    let reply = get(style);
    assert!(reply.header("cache-control").contains("immutable"));
    assert!(reply.header("content-type").starts_with("text/css"));
}

#[test]
fn pages_are_compressed_on_demand_and_heads_are_empty() {
    let request =
        Request::get("/formations").header("accept-encoding", "gzip").body(Body::empty()).expect("a request");
    let small_page = send(&small(), request);
    assert_eq!(small_page.header("content-encoding"), "gzip");
    assert!(small_page.body.len() * 4 < get("/formations").body.len());
    let head = send(&small(), Request::head("/formations").body(Body::empty()).expect("a request"));
    assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
}

#[test]
fn a_theme_replaces_our_style() {
    let directory = std::env::temp_dir().join(format!("parcours-theme-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a directory");
    std::fs::write(directory.join("dsfr.min.css"), ":root{}").expect("a file");
    let (_sender, receiver) = tokio::sync::watch::channel(small());
    let app = web::App::new(receiver).with_theme_dir(directory.clone());
    let ask = |address: &str| {
        let request = Request::get(address).body(Body::empty()).expect("a request");
        crate::support::send_to(web::router(app.clone()), request)
    };
    let page = ask("/formations");
    assert!(page.text().contains("<link rel=\"stylesheet\" href=\"/theme/dsfr.min.css\">"));
    assert!(!page.text().contains("/static/style.css"));
    assert_eq!(ask("/theme/dsfr.min.css").text(), ":root{}");
    for outside in [
        "/theme/../Cargo.toml",
        "/theme/%2e%2e/Cargo.toml",
        "/theme/..%2fCargo.toml",
        "/theme/",
        "/theme/absent.css",
    ] {
        assert_eq!(ask(outside).status.as_u16(), 404, "{outside}");
    }
    std::fs::remove_dir_all(directory).expect("removed");
}
