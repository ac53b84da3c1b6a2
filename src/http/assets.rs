//! Static files, embedded in the binary. A file's address contains its hash, so browsers may cache it forever.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::headers::ContentPolicy;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

#[derive(Clone)]
pub struct Asset {
    pub content: Cow<'static, [u8]>,
    pub kind: &'static str,
    /// Whether it belongs to the program, not to the operator.
    pub is_own: bool,
}

pub const FOLDER: &str = "/static/";

/// Plain name → address, and hashed name → content.
static ADDRESSES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let address = |name: &str| Some(format!("{FOLDER}{}", hashed_name(name, &Files::get(name)?.data)));
    Files::iter().filter_map(|name| Some((name.to_string(), address(&name)?))).collect()
});
static ASSETS: LazyLock<HashMap<&str, Asset>> = LazyLock::new(|| {
    let load = |(name, address): (&'static String, &'static String)| {
        let content = Files::get(name)?.data;
        Some((address.strip_prefix(FOLDER)?, Asset { content, kind: kind_of(name), is_own: true }))
    };
    ADDRESSES.iter().filter_map(load).collect()
});
static ICONS: LazyLock<&str> = LazyLock::new(|| address("icons.svg"));

/// The address of a static file, such as `/static/look.1f2e3d4c.css` for `look.css`; empty if there is none.
pub fn address(name: &str) -> &'static str {
    ADDRESSES.get(name).map_or("", String::as_str)
}

/// The address of the icons, which a page asks for many times.
pub fn icons() -> &'static str {
    *ICONS
}

/// The address of an app's logo with this name.
pub fn logo_address(name: &str) -> String {
    format!("/app-logos/{name}")
}

/// A static file by its plain name.
pub fn named(name: &str) -> Option<&'static Asset> {
    file(address(name).strip_prefix(FOLDER)?)
}

/// A static file by its hashed name.
pub fn file(name: &str) -> Option<&'static Asset> {
    ASSETS.get(name)
}

impl Asset {
    /// The response; opened as a page of its own, an operator's file runs nothing.
    pub fn response(&self, caching: &'static str) -> HttpResponse {
        let mut response = HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, self.kind))
            .insert_header((CACHE_CONTROL, caching))
            .body(self.content.clone().into_owned());
        if !self.is_own {
            response.extensions_mut().insert(ContentPolicy::Inert);
        }
        response
    }
}

pub fn hashed_name(name: &str, content: &[u8]) -> String {
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
        Some("ico") => "image/x-icon",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_a_known_type_and_a_hashed_address() {
        assert!(ADDRESSES.len() >= 2);
        for (name, address) in ADDRESSES.iter() {
            assert_ne!(kind_of(name), "application/octet-stream", "{name}");
            let hashed = address.strip_prefix("/static/").unwrap();
            assert_ne!(name, hashed);
            assert!(ASSETS.contains_key(hashed));
        }
        assert!(address("nothing.css").is_empty() && icons().starts_with("/static/icons."));
    }
}
