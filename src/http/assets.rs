//! Static files, embedded in the binary. A file's address contains its hash, so browsers may cache it forever.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::error::AppError;
use super::guard::Anyone;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

struct Asset {
    content: Cow<'static, [u8]>,
    kind: &'static str,
}

/// Plain name → hashed name, and hashed name → content.
static ADDRESSES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    Files::iter()
        .filter_map(|name| Some((name.to_string(), hashed_name(&name, &Files::get(&name)?.data))))
        .collect()
});
static ASSETS: LazyLock<HashMap<&str, Asset>> = LazyLock::new(|| {
    let load = |(name, hashed): (&'static String, &'static String)| {
        Some((hashed.as_str(), Asset { content: Files::get(name)?.data, kind: kind_of(name) }))
    };
    ADDRESSES.iter().filter_map(load).collect()
});

/// The address of a static file, such as `/static/app.1f2e3d4c.css` for `app.css`.
pub fn address(name: &str) -> String {
    let hashed = ADDRESSES.get(name).map_or(name, String::as_str);
    format!("/static/{hashed}")
}

pub async fn serve(_: Anyone, name: web::Path<String>) -> Result<HttpResponse, AppError> {
    let asset = ASSETS.get(name.as_str()).ok_or(AppError::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, asset.kind))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(asset.content.clone().into_owned()))
}

fn hashed_name(name: &str, content: &[u8]) -> String {
    let hash: String = Sha256::digest(content).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{name}.{hash}"),
    }
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_a_known_type_and_a_hashed_address() {
        assert!(ADDRESSES.len() >= 2);
        for (name, hashed) in ADDRESSES.iter() {
            assert_ne!(kind_of(name), "application/octet-stream", "{name}");
            assert_ne!(name, hashed);
            assert_eq!(address(name), format!("/static/{hashed}"));
            assert!(ASSETS.contains_key(hashed.as_str()));
        }
    }
}
