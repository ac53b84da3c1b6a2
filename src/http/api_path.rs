//! Which paths are the API's.

use percent_encoding::percent_decode_str;

/// Whether a path is the API's, and not a page's.
pub fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/") || path.starts_with("/.well-known/")
}

/// Whether a path of the API is written such that only routes, which decode it, take it for one. Nobody who means well
/// encodes plain letters.
pub fn is_disguised_api(path: &str) -> bool {
    path.contains('%') && !is_api(path) && is_api(&percent_decode_str(path).decode_utf8_lossy())
}
