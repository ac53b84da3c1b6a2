//! Usernames and emails: displayed as typed, compared by a key that is the same for every way to type them.

use icu_casemap::CaseMapper;
use icu_properties::props::{
    CanonicalCombiningClass, DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup, JoiningType,
    Script,
};
use icu_properties::{CodePointMapData, CodePointSetData};
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
    pub key: EmailKey,
}

/// Addresses of one mailbox have one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailKey {
    /// With simple case folding, which changes no letter into two: `weiß` and `weiss` are two mailboxes.
    pub current: String,
    /// With full case folding, as earlier versions compared addresses. Rows may be stored by it.
    pub former: String,
}

impl EmailKey {
    /// None for a text without `@`, or with a domain that is none.
    pub(super) fn of(shown: &str) -> Option<Self> {
        let (local, domain) = shown.rsplit_once('@')?;
        let local: String = local.nfkc().collect();
        let domain = idna::domain_to_ascii(domain).ok()?;
        let key = |folded: String| format!("{folded}@{domain}");
        Some(Self { current: key(simple_fold(&local)), former: key(fold(&local)) })
    }

    /// Whether earlier versions took the mailbox for another one as well.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.current != self.former
    }
}

impl Username {
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        let shown = normalised(typed, 4 * USERNAME_MAX)?;
        if shown.chars().any(is_hidden) {
            return Err(NameProblem::Invisible);
        }
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
        let normal = normalised(typed, 2 * EMAIL_MAX)?;
        if has_hidden(&normal) {
            return Err(NameProblem::Invisible);
        }
        let (local, domain) = normal.rsplit_once('@').ok_or(NameProblem::NoAddress)?;
        let mailbox = local_part_as_typed(typed, local).unwrap_or_else(|| local.to_owned());
        let shown = format!("{mailbox}@{domain}");
        if normal.len().max(shown.len()) > EMAIL_MAX {
            return Err(NameProblem::TooLong);
        }
        if local.len().max(mailbox.len()) > LOCAL_PART_MAX {
            return Err(NameProblem::LongLocalPart);
        }
        if !is_dot_atom(local) || !is_domain(domain) {
            return Err(NameProblem::NoAddress);
        }
        if imitates_latin(local) || imitates_latin(domain) {
            return Err(NameProblem::LookAlike);
        }
        let key = EmailKey::of(&normal).ok_or(NameProblem::NoAddress)?;
        Ok(Self { shown, key })
    }
}

/// The local part in the form that its mail server knows: composed (NFC). NFKC, which decides whether two are equal, would
/// make another mailbox of some, as of Thai น้ำ and Korean ㅋㅋ. None if it has characters that are forms of ASCII, such as
/// full-width letters, which an input method has made: those are read as ASCII.
fn local_part_as_typed(typed: &str, normal: &str) -> Option<String> {
    let composed: String = typed.trim_matches(is_dropped_at_ends).nfc().collect();
    let (local, _) = composed.rsplit_once('@')?;
    let is_form_of_ascii = |c: char| !c.is_ascii() && std::iter::once(c).nfkc().any(|c| c.is_ascii());
    let fits = !local.chars().any(is_form_of_ascii) && local.nfkc().eq(normal.chars()) && is_dot_atom(local);
    fits.then(|| local.to_owned())
}

/// The username or address that a user typed to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    Username(String),
    Email(EmailKey),
}

impl Login {
    /// Never fails: text that cannot be a name matches no user.
    pub fn parse(typed: &str) -> Self {
        let text = normalised(typed, 2 * EMAIL_MAX).unwrap_or_default();
        match EmailKey::of(&text) {
            Some(key) => Self::Email(key),
            None => Self::Username(username_key(&text)),
        }
    }

    pub fn key(&self) -> &str {
        match self {
            Self::Username(key) => key,
            Self::Email(key) => &key.current,
        }
    }

    /// What is wrong with a typed username or address before it is looked up: it is empty, or holds invisible
    /// characters.
    pub fn problem(typed: &str) -> Option<NameProblem> {
        match normalised(typed, 2 * EMAIL_MAX) {
            Err(problem @ (NameProblem::Empty | NameProblem::Invisible)) => Some(problem),
            Ok(text) if has_hidden(&text) => Some(NameProblem::Invisible),
            _ => None,
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

/// The same of what must have a name, such as a group or an app: it has a character that can be seen.
pub fn visible_name(typed: &str) -> Result<String, NameProblem> {
    match display_name(typed)? {
        name if name.is_empty() => Err(NameProblem::Empty),
        name if name.chars().all(is_unseen) => Err(NameProblem::Invisible),
        name => Ok(name),
    }
}

/// Invisible, and not a space either.
fn is_hidden(c: char) -> bool {
    is_unseen(c) && !c.is_whitespace()
}

/// Whether an address has an invisible character, other than a joiner that changes how its neighbours are written.
fn has_hidden(text: &str) -> bool {
    text.char_indices().any(|(at, c)| is_hidden(c) && !is_joiner_in_place(text, at, c))
}

/// Whether a joiner at this place changes what is seen, as in Sinhala, Malayalam and Persian (RFC 5892, A.1 and A.2):
/// after a virama, or between two letters that would otherwise join.
fn is_joiner_in_place(text: &str, at: usize, c: char) -> bool {
    const NON_JOINER: char = '\u{200C}';
    const JOINER: char = '\u{200D}';
    let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
    let class = |c| CodePointMapData::<CanonicalCombiningClass>::new().get(c);
    let after_virama = before.chars().next_back().map(class) == Some(CanonicalCombiningClass::Virama);
    let joining = |c| CodePointMapData::<JoiningType>::new().get(c);
    let joins = |kind: &JoiningType| *kind != JoiningType::Transparent;
    match c {
        JOINER | NON_JOINER if after_virama => true,
        NON_JOINER => {
            let left = before.chars().rev().map(joining).find(joins);
            let right = after.chars().map(joining).find(joins);
            matches!(left, Some(JoiningType::LeftJoining | JoiningType::DualJoining))
                && matches!(right, Some(JoiningType::RightJoining | JoiningType::DualJoining))
        }
        _ => false,
    }
}

/// Characters without width or of direction come along with pasted text, and are dropped like spaces. Variation selectors
/// and tags belong to the emoji before them.
fn is_dropped_at_ends(c: char) -> bool {
    is_unseen(c) && !matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Trimmed and NFKC; rejects control characters and marks that change the reading direction.
fn normalised(typed: &str, max_bytes: usize) -> Result<String, NameProblem> {
    let trimmed = typed.trim_matches(is_dropped_at_ends);
    if trimmed.is_empty() {
        return Err(NameProblem::Empty);
    }
    if trimmed.len() > max_bytes {
        return Err(NameProblem::TooLong);
    }
    if trimmed.chars().any(is_invisible_trick) {
        return Err(NameProblem::Invisible);
    }
    let text: String = trimmed.nfkc().collect();
    let text = text.trim_matches(is_dropped_at_ends);
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

fn fold(text: &str) -> String {
    CaseMapper::new().fold_string(text).nfkc().collect()
}

fn simple_fold(text: &str) -> String {
    text.chars().map(|c| CaseMapper::new().simple_fold(c)).nfkc().collect()
}

/// Whether all letters of other scripts have Latin lookalikes, as in Cyrillic "сору", as typed or in small letters.
fn imitates_latin(text: &str) -> bool {
    has_only_lookalikes(text) || has_only_lookalikes(&fold(text))
}

/// Whether there are letters of other scripts than Latin, and all of them look like Latin ones.
fn has_only_lookalikes(text: &str) -> bool {
    let script = |c| CodePointMapData::<Script>::new().get(c);
    let mut others = text.chars().filter(|c| !c.is_ascii() && script(*c) != Script::Latin).peekable();
    others.peek().is_some() && others.all(|c| skeleton(c.encode_utf8(&mut [0; 4])).all(|c| c.is_ascii()))
}

/// The atoms of an address (RFC 5322 §3.2.3), in which every visible character beyond ASCII may stand (RFC 6531 §3.3), and
/// joiners in their places.
fn is_dot_atom(local: &str) -> bool {
    let is_atom = |part: &str| {
        let begins_with_mark =
            part.chars().next().is_none_or(|c| GeneralCategoryGroup::Mark.contains(category(c)));
        !begins_with_mark && part.chars().all(is_atom_character)
    };
    local.split('.').all(is_atom)
}

fn is_atom_character(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    }
    // `has_hidden` has judged all others.
    let is_joiner = matches!(c, '\u{200C}' | '\u{200D}');
    let separates = GeneralCategoryGroup::Separator.contains(category(c));
    is_joiner || !separates && !GeneralCategoryGroup::Other.contains(category(c)) && !is_unseen(c)
}

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
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
