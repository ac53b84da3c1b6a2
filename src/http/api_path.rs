//! Which paths belong to the API.

use percent_encoding::percent_decode_str;

/// Whether a path belongs to the API rather than to a page.
pub fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/") || path.starts_with("/.well-known/")
}

/// Whether a path only matches the API after decoding, as the router does it. No legitimate client
/// percent-encodes plain letters.
pub fn is_disguised_api(path: &str) -> bool {
    path.contains('%') && !is_api(path) && is_api(&percent_decode_str(path).decode_utf8_lossy())
}
