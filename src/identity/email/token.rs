//! What a mailed link or a typed code opens: once, within half an hour, for one purpose and one user. Only hashes are
//! stored (ASVS 6.4.3, 6.6.2, 6.6.3).

use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::Conn;
use crate::platform::keys::{Signers, random_bytes};
use crate::platform::schema::mail_tokens;
use crate::platform::schema::mail_tokens::dsl;

use crate::http::auth::cookies::requesting_browser::Asked;
use crate::identity::credentials::reset::Token;

/// In seconds.
pub const LIFETIME: i64 = 30 * 60;
/// So many wrong codes close a token to codes; its link stays good.
const WRONG_CODES: i64 = 5;
const CODE_DIGITS: usize = 8;

/// What it is for. The names are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    PasswordReset,
    Recovery,
    SignIn,
    Register,
    VerifyEmail,
    ChangeEmail,
}

impl Purpose {
    pub fn name(self) -> &'static str {
        match self {
            Self::PasswordReset => "password_reset",
            Self::Recovery => "recovery",
            Self::SignIn => "sign_in",
            Self::Register => "register",
            Self::VerifyEmail => "verify_email",
            Self::ChangeEmail => "change_email",
        }
    }
}

/// A token to be made.
pub struct Wanted<'w> {
    pub purpose: Purpose,
    /// None while there is no user yet, or where nobody is told that there is none.
    pub user_id: Option<i64>,
    /// Where it is mailed to.
    pub email: &'w str,
    pub payload: String,
    /// The browser where the code counts; none if that is any in which the user is signed in.
    pub asked: Option<&'w Asked>,
}

/// What the mail says, and nobody else knows.
pub struct Secrets {
    pub token: Token,
    /// As it is shown: two groups of digits.
    pub code: String,
}

/// A token as it is stored.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = mail_tokens)]
pub struct MailToken {
    id: i64,
    purpose: String,
    pub user_id: Option<i64>,
    pub email: String,
    pub payload: String,
    code_hash: Option<String>,
}

/// Who types a code.
pub enum Holder {
    Browser(Asked),
    User(i64),
}

/// Makes a token in place of any earlier one for the same purpose.
pub fn issue(conn: &mut Conn, codes: &Signers, wanted: Wanted<'_>, now: Timestamp) -> QueryResult<Secrets> {
    let earlier = dsl::user_id.eq(wanted.user_id).and(dsl::purpose.eq(wanted.purpose.name()));
    diesel::delete(mail_tokens::table.filter(earlier)).execute(conn)?;
    let (token, digits) = (Token::random(), random_digits());
    let row = (
        dsl::purpose.eq(wanted.purpose.name()),
        dsl::user_id.eq(wanted.user_id),
        dsl::email.eq(wanted.email),
        dsl::payload.eq(&wanted.payload),
        dsl::token_hash.eq(token.hash()),
        dsl::request_hash.eq(wanted.asked.map(Asked::hash)),
        dsl::code_hash.eq(codes.sign(&[wanted.purpose.name(), wanted.email, &digits])),
        dsl::created_at.eq(now),
        dsl::expires_at.eq(now + LIFETIME),
    );
    diesel::insert_into(mail_tokens::table).values(row).execute(conn)?;
    let (first, second) = digits.split_at(CODE_DIGITS / 2);
    Ok(Secrets { token, code: format!("{first} {second}") })
}

/// What the link opens, while it is good. Looking consumes nothing.
pub fn find(
    conn: &mut Conn,
    token: &Token,
    purposes: &[Purpose],
    now: Timestamp,
) -> QueryResult<Option<MailToken>> {
    let good = mail_tokens::table
        .filter(dsl::token_hash.eq(token.hash()))
        .filter(dsl::purpose.eq_any(names(purposes)))
        .filter(dsl::expires_at.gt(now));
    good.select(MailToken::as_select()).first(conn).optional()
}

/// What a typed code opens. A wrong one counts, and after five nothing that is typed is right. Must be followed by
/// `use_up` or `exchange` within the same transaction.
pub fn by_code(
    conn: &mut Conn,
    codes: &Signers,
    holder: &Holder,
    purposes: &[Purpose],
    typed: &str,
    now: Timestamp,
) -> QueryResult<Option<MailToken>> {
    let mut waiting = mail_tokens::table
        .filter(dsl::purpose.eq_any(names(purposes)))
        .filter(dsl::expires_at.gt(now).and(dsl::wrong_codes.lt(WRONG_CODES)))
        .select(MailToken::as_select())
        .order(dsl::id.desc())
        .into_boxed();
    waiting = match holder {
        Holder::Browser(asked) => waiting.filter(dsl::request_hash.eq(asked.hash())),
        Holder::User(id) => waiting.filter(dsl::user_id.eq(*id)),
    };
    let Some(found) = waiting.first(conn).optional()? else { return Ok(None) };
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let stored = found.code_hash.as_deref().unwrap_or_default();
    if codes.verify(&[&found.purpose, &found.email, &digits], stored) {
        return Ok(Some(found));
    }
    let wrong = dsl::wrong_codes.eq(dsl::wrong_codes + 1);
    diesel::update(mail_tokens::table.find(found.id)).set(wrong).execute(conn)?;
    Ok(None)
}

impl MailToken {
    pub fn is_for(&self, purpose: Purpose) -> bool {
        self.purpose == purpose.name()
    }

    /// False if someone was quicker.
    pub fn use_up(&self, conn: &mut Conn) -> QueryResult<bool> {
        Ok(diesel::delete(mail_tokens::table.find(self.id)).execute(conn)? == 1)
    }

    /// A link that does what the code would have done, and uses the code and the mailed link up.
    pub fn exchange(&self, conn: &mut Conn) -> QueryResult<Token> {
        let token = Token::random();
        let change = (
            dsl::token_hash.eq(token.hash()),
            dsl::code_hash.eq(None::<String>),
            dsl::request_hash.eq(None::<String>),
        );
        diesel::update(mail_tokens::table.find(self.id)).set(change).execute(conn)?;
        Ok(token)
    }
}

/// Closes every token of a user.
pub fn close_all(conn: &mut Conn, user_id: i64) -> QueryResult<()> {
    diesel::delete(mail_tokens::table.filter(dsl::user_id.eq(user_id))).execute(conn).map(drop)
}

pub fn purge(conn: &mut Conn, now: Timestamp) -> QueryResult<()> {
    diesel::delete(mail_tokens::table.filter(dsl::expires_at.le(now))).execute(conn).map(drop)
}

fn names(purposes: &[Purpose]) -> Vec<&'static str> {
    purposes.iter().map(|purpose| purpose.name()).collect()
}

/// Every code is as likely as any other: 2^64 is so much more than 10^8 that the rest does not count.
fn random_digits() -> String {
    let number = u64::from_le_bytes(random_bytes()) % 10_u64.pow(CODE_DIGITS as u32);
    format!("{number:0CODE_DIGITS$}")
}
