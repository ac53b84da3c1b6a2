//! A message in its final form.

/// A letter that is ready to be sent.
#[derive(serde::Serialize, serde::Deserialize)]
pub struct Message {
    /// `Message-ID` without its brackets; the same for every attempt.
    pub id: String,
    pub(super) from: String,
    pub(super) to: String,
    /// RFC 5322, in ASCII except for an address that is not (RFC 6532).
    pub(super) content: Vec<u8>,
}
