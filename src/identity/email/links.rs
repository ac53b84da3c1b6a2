//! Mailed links and codes: each is valid once, for a limited time, for one purpose and one user. Only hashes are stored
//! (ASVS 6.4.3, 6.6.2, 6.6.3).

use diesel::prelude::*;
use strum::IntoStaticStr;

use crate::identity::audit::Client;
use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::{KeyPurpose, Keys, Signers, random_bytes};
use crate::platform::schema::mail_tokens::{self, dsl};

use super::secret::LinkToken;
use super::typed_code::plain_code;

/// Seconds that a link is valid which its owner asked for, and one that staff have required.
pub const LIFETIME: i64 = 30 * 60;
pub const REQUIRED_LIFETIME: i64 = 24 * 3600;
/// After this many wrong codes no code is accepted; the link stays valid.
const WRONG_CODES: i64 = 5;
const CODE_DIGITS: usize = 8;

/// The purpose of a link. The names are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum LinkPurpose {
    PasswordReset,
    Recovery,
    /// Staff require a new password.
    NewPassword,
    SignIn,
    Register,
    VerifyEmail,
    ChangeEmail,
}

impl LinkPurpose {
    fn name(self) -> &'static str {
        self.into()
    }

    fn lifetime(self) -> i64 {
        if self == Self::NewPassword { REQUIRED_LIFETIME } else { LIFETIME }
    }
}

/// A link to issue.
pub struct NewLink<'l> {
    pub purpose: LinkPurpose,
    /// `None` while there is no user yet, or if their absence must not be revealed.
    pub user_id: Option<i64>,
    /// The address that it is mailed to.
    pub email: &'l str,
    pub payload: String,
    /// Hash of the secret of the browser in which the code is valid; `None` if it is valid in any browser of the
    /// signed-in user.
    pub browser: Option<&'l str>,
}

/// Secrets that appear in the mail and nowhere else.
pub struct LinkSecrets {
    pub token: LinkToken,
    /// As shown: two groups of digits.
    pub code: String,
    /// From where and when the owner of an account asked for the mail, if the mail says so.
    pub asked: Option<(Client, Timestamp)>,
}

/// A stored link.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = mail_tokens)]
pub struct Link {
    id: i64,
    purpose: String,
    pub user_id: Option<i64>,
    pub email: String,
    pub payload: String,
    code_hash: Option<String>,
}

impl Link {
    pub fn is_for(&self, purpose: LinkPurpose) -> bool {
        self.purpose == purpose.name()
    }

    /// Uses the link up; false if another request was faster.
    pub(in crate::identity) fn use_up(&self, write: &mut Write<'_>) -> Result<bool, DbError> {
        Ok(diesel::delete(mail_tokens::table.find(self.id)).execute(write.uncached())? == 1)
    }

    /// Exchanges link and code for a new link with the same purpose.
    pub(in crate::identity) fn exchange(&self, write: &mut Write<'_>) -> Result<LinkToken, DbError> {
        let token = LinkToken::random();
        let change = (
            dsl::token_hash.eq(token.hash()),
            dsl::code_hash.eq(None::<String>),
            dsl::request_hash.eq(None::<String>),
        );
        diesel::update(mail_tokens::table.find(self.id)).set(change).execute(write.uncached())?;
        Ok(token)
    }
}

/// The client that types a code.
#[derive(Clone)]
pub enum CodeHolder {
    /// A browser, by the hash of its secret.
    Browser(String),
    User(i64),
}

/// Issues and finds mailed links; cheap to clone.
#[derive(Clone)]
pub struct Links {
    codes: Signers,
}

impl Links {
    pub fn new(keys: &Keys) -> Self {
        Self { codes: Signers::new(keys, KeyPurpose::MailCodes) }
    }

    /// Issues a link that replaces any earlier one for the same purpose.
    pub(in crate::identity) fn issue(
        &self,
        write: &mut Write<'_>,
        new: &NewLink<'_>,
    ) -> Result<LinkSecrets, DbError> {
        let (now, conn) = (write.now(), write.uncached());
        let purpose = new.purpose.name();
        let earlier = dsl::user_id.eq(new.user_id).and(dsl::purpose.eq(purpose));
        diesel::delete(mail_tokens::table.filter(earlier)).execute(conn)?;
        let (token, digits) = (LinkToken::random(), random_digits());
        let row = (
            dsl::purpose.eq(purpose),
            dsl::user_id.eq(new.user_id),
            dsl::email.eq(new.email),
            dsl::payload.eq(&new.payload),
            dsl::token_hash.eq(token.hash()),
            dsl::request_hash.eq(new.browser),
            dsl::code_hash.eq(self.codes.sign(&[purpose, new.email, &digits])),
            dsl::created_at.eq(now),
            dsl::expires_at.eq(now + new.purpose.lifetime()),
        );
        diesel::insert_into(mail_tokens::table).values(row).execute(conn)?;
        let (first, second) = digits.split_at(CODE_DIGITS / 2);
        Ok(LinkSecrets { token, code: format!("{first} {second}"), asked: None })
    }

    /// The link that a typed code belongs to. A wrong code counts, and after five none is accepted. Must be followed
    /// by `use_up` or `exchange` in the same write.
    pub(in crate::identity) fn by_code(
        &self,
        write: &mut Write<'_>,
        holder: &CodeHolder,
        purposes: &[LinkPurpose],
        typed: &str,
    ) -> Result<Option<Link>, DbError> {
        let (now, conn) = (write.now(), write.uncached());
        let mut waiting = mail_tokens::table
            .filter(dsl::purpose.eq_any(names(purposes)))
            .filter(dsl::expires_at.gt(now).and(dsl::wrong_codes.lt(WRONG_CODES)))
            .select(Link::as_select())
            .order(dsl::id.desc())
            .into_boxed();
        waiting = match holder {
            CodeHolder::Browser(hash) => waiting.filter(dsl::request_hash.eq(hash)),
            CodeHolder::User(id) => waiting.filter(dsl::user_id.eq(*id)),
        };
        let Some(found) = waiting.first(conn).optional()? else { return Ok(None) };
        let digits = plain_code(typed);
        let stored = found.code_hash.as_deref().unwrap_or_default();
        if self.codes.verify(&[&found.purpose, &found.email, &digits], stored) {
            return Ok(Some(found));
        }
        let wrong = dsl::wrong_codes.eq(dsl::wrong_codes + 1);
        diesel::update(mail_tokens::table.find(found.id)).set(wrong).execute(conn)?;
        Ok(None)
    }
}

/// The link of a token, while it is valid. Consumes nothing.
pub(in crate::identity) fn find_link(
    conn: &mut Conn,
    token: &LinkToken,
    purposes: &[LinkPurpose],
    now: Timestamp,
) -> Result<Option<Link>, DbError> {
    let valid = mail_tokens::table
        .filter(dsl::token_hash.eq(token.hash()))
        .filter(dsl::purpose.eq_any(names(purposes)))
        .filter(dsl::expires_at.gt(now));
    Ok(valid.select(Link::as_select()).first(conn).optional()?)
}

/// When a user's open link for this purpose expires, if there is one.
pub(in crate::identity) fn link_expiry(
    conn: &mut Conn,
    user_id: i64,
    purpose: LinkPurpose,
    now: Timestamp,
) -> Result<Option<Timestamp>, DbError> {
    let open = mail_tokens::table
        .filter(dsl::user_id.eq(user_id).and(dsl::purpose.eq(purpose.name())))
        .filter(dsl::expires_at.gt(now));
    Ok(open.select(dsl::expires_at).first(conn).optional()?)
}

/// Deletes expired links.
pub(in crate::identity) fn purge_links(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("mail_tokens", "expires_at"), write.now(), most)
}

fn names(purposes: &[LinkPurpose]) -> Vec<&'static str> {
    purposes.iter().map(|purpose| purpose.name()).collect()
}

/// All codes are practically equally likely: 2^64 is so much larger than 10^8 that the bias is negligible.
fn random_digits() -> String {
    let number = u64::from_le_bytes(random_bytes()) % 10_u64.pow(CODE_DIGITS as u32);
    format!("{number:0CODE_DIGITS$}")
}
