//! A moment in words.

/// A moment as pages show it: roughly, and exactly on a closer look.
pub struct When {
    pub ago: String,
    /// Such as `2026-11-20 09:30 UTC`.
    pub exact: String,
    /// RFC 3339, for the `datetime` attribute.
    pub iso: String,
}
