//! Usernames and emails: displayed as typed, compared by a key that is the same for every way to type them.

use icu_casemap::CaseMapper;
use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;
use unicode_normalization::UnicodeNormalization;
use unicode_security::GeneralSecurityProfile;
use unicode_security::confusable_detection::skeleton;

use crate::identity::invalid::NameProblem;

/// Characters of a username, counted after normalisation.
pub const USERNAME_MAX: usize = 32;
/// Bytes of an email address (RFC 5321 §4.5.3.1).
pub const EMAIL_MAX: usize = 254;
const LOCAL_PART_MAX: usize = 64;
pub const DISPLAY_NAME_MAX: usize = 60;

/// A username: letters and digits of any script, with `.`, `_` and `-` between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Username {
    /// As typed, trimmed, NFKC.
    pub shown: String,
    /// Unique; sign-in looks it up.
    pub key: String,
}

/// An email address (RFC 5321, RFC 6531).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    pub shown: String,
    pub key: String,
}

impl Username {
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        let shown = normalised(typed, 4 * USERNAME_MAX)?;
        if shown.chars().count() > USERNAME_MAX {
            return Err(NameProblem::TooLong);
        }
        let letter = |c: char| c.is_alphanumeric() && c.identifier_allowed();
        let mark = |c: char| c.identifier_allowed() && !c.is_ascii_punctuation();
        let inner = |c: char| letter(c) || mark(c) || matches!(c, '.' | '_' | '-');
        let framed = shown.starts_with(letter) && shown.ends_with(|c| letter(c) || mark(c));
        if !framed || !shown.chars().all(inner) {
            return Err(NameProblem::Characters);
        }
        Ok(Self { key: username_key(&shown), shown })
    }
}

impl Email {
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        let shown = normalised(typed, 2 * EMAIL_MAX)?;
        let (local, domain) = shown.rsplit_once('@').ok_or(NameProblem::NoAddress)?;
        if shown.len() > EMAIL_MAX {
            return Err(NameProblem::TooLong);
        }
        if local.len() > LOCAL_PART_MAX {
            return Err(NameProblem::LongLocalPart);
        }
        if !is_dot_atom(local) || !is_domain(domain) {
            return Err(NameProblem::NoAddress);
        }
        if imitates_latin(local) || imitates_latin(domain) {
            return Err(NameProblem::LookAlike);
        }
        let key = email_key(&shown).ok_or(NameProblem::NoAddress)?;
        Ok(Self { shown, key })
    }
}

/// The username or address that a user typed to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    Username(String),
    Email(String),
}

impl Login {
    /// Never fails: text that cannot be a name matches no user.
    pub fn parse(typed: &str) -> Self {
        let text = normalised(typed, 2 * EMAIL_MAX).unwrap_or_default();
        match email_key(&text) {
            Some(key) => Self::Email(key),
            None => Self::Username(username_key(&text)),
        }
    }

    pub fn key(&self) -> &str {
        match self {
            Self::Username(key) | Self::Email(key) => key,
        }
    }
}

/// Characters that are invisible.
pub fn is_unseen(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}' || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

/// A display name: any text on one line; if it is empty, the username is shown.
pub fn display_name(typed: &str) -> Result<String, NameProblem> {
    let shown = match normalised(typed, 8 * DISPLAY_NAME_MAX) {
        Err(NameProblem::Empty) => return Ok(String::new()),
        other => other?,
    };
    if shown.chars().count() > DISPLAY_NAME_MAX { Err(NameProblem::TooLong) } else { Ok(shown) }
}

/// Trimmed and NFKC; rejects control characters and marks that change the reading direction.
fn normalised(typed: &str, max_bytes: usize) -> Result<String, NameProblem> {
    let trimmed = typed.trim();
    if trimmed.is_empty() {
        return Err(NameProblem::Empty);
    }
    if trimmed.len() > max_bytes {
        return Err(NameProblem::TooLong);
    }
    if trimmed.chars().any(is_invisible_trick) {
        return Err(NameProblem::Characters);
    }
    let text: String = trimmed.nfkc().collect();
    let text = text.trim();
    if text.is_empty() { Err(NameProblem::Empty) } else { Ok(text.to_owned()) }
}

/// Invisible characters that change how the text around them reads.
fn is_invisible_trick(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFD}' | '\u{E0000}'..='\u{E007F}')
}

/// Case folded, then the skeleton of UTS #39; folded again, since a skeleton may hold capitals.
pub(super) fn username_key(shown: &str) -> String {
    let mut key = fold(shown);
    // Folding and skeleton change each other's results for a few letters; two or three rounds settle every string.
    for _ in 0..4 {
        let next = fold(&skeleton(&key).nfkc().collect::<String>());
        if next == key {
            break;
        }
        key = next;
    }
    key
}

fn email_key(shown: &str) -> Option<String> {
    let (local, domain) = shown.rsplit_once('@')?;
    let domain = idna::domain_to_ascii(domain).ok()?;
    Some(format!("{}@{domain}", fold(local)))
}

fn fold(text: &str) -> String {
    CaseMapper::new().fold_string(text).nfkc().collect()
}

/// Whether all letters of a text in another script have Latin lookalikes, as in Cyrillic "сору".
fn imitates_latin(text: &str) -> bool {
    !text.is_ascii() && skeleton(&fold(text)).all(|c| c.is_ascii())
}

fn is_dot_atom(local: &str) -> bool {
    let atom =
        |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || c.is_alphanumeric();
    !local.is_empty() && local.split('.').all(|part| !part.is_empty() && part.chars().all(atom))
}

fn is_domain(domain: &str) -> bool {
    let Ok(ascii) = idna::domain_to_ascii_strict(domain) else {
        return false;
    };
    let labels: Vec<&str> = ascii.split('.').collect();
    let last_is_name = labels.last().is_some_and(|label| label.chars().any(|c| c.is_ascii_alphabetic()));
    labels.len() >= 2 && last_is_name && labels.iter().all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests;
