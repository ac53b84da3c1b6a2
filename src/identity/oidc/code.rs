//! Authorization codes: for one use within a minute, bound to the app, its redirect URI, its PKCE challenge and the session.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::identity::sessions::Key;
use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::{fingerprint, random_id, random_secret};
use crate::platform::schema::oidc_codes::{self, dsl};

use super::device;
use super::grant::{self, Details, Grant};
use super::logins;

/// Lifetime of a code in seconds.
pub const LIFETIME: i64 = 60;
/// Seconds for which a used code is stored, so that a second use is noticed.
const REMEMBERED: i64 = 24 * 3600;
/// Codes of one app in one session that are stored, used ones too; beyond this, the oldest are deleted.
const PER_SESSION: i64 = 100;
/// Says in a log or a scan of secrets what this is.
const PREFIX: &str = "mjoc_";

/// What an app asked for, and what the person allowed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CodeRequest {
    pub redirect_uri: String,
    /// S256 of the verifier (RFC 7636 §4.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    #[serde(flatten)]
    pub details: Details,
}

impl CodeRequest {
    /// Of a device, which no browser returns to.
    pub fn of_device(details: Details) -> Self {
        Self { redirect_uri: String::new(), challenge: None, nonce: None, details }
    }
}

/// A stored code.
pub struct Code {
    pub hash: String,
    pub client: i64,
    pub user_id: i64,
    pub session: Key,
    pub sid: String,
    pub epoch: i64,
    pub request: CodeRequest,
    pub expires_at: Timestamp,
    pub is_used: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = oidc_codes)]
struct CodeRow {
    hash: String,
    client: i64,
    user_id: i64,
    session_key: String,
    sid: String,
    epoch: i64,
    request: String,
    expires_at: Timestamp,
    used_at: Option<Timestamp>,
}

impl CodeRow {
    fn read(self) -> Option<Code> {
        Some(Code {
            hash: self.hash,
            client: self.client,
            user_id: self.user_id,
            session: Key::parse(&self.session_key)?,
            sid: self.sid,
            epoch: self.epoch,
            request: serde_json::from_str(&self.request).ok()?,
            expires_at: self.expires_at,
            is_used: self.used_at.is_some(),
        })
    }
}

/// The rows of app and user, and the user's session with its epoch.
type Holder<'h> = ((i64, i64), (&'h Key, i64));

/// Adds a code of this session; returns its text.
pub fn add(write: &mut Write<'_>, holder: Holder<'_>, request: &CodeRequest) -> Result<String, DbError> {
    let text = format!("{PREFIX}{}", random_secret());
    let expires_at = write.now() + LIFETIME;
    insert(write, (&fingerprint(&text), expires_at), holder, request)?;
    Ok(text)
}

/// Adds the code that a device has already: what the person allowed it is exchanged in the same way.
pub fn add_for_device(
    write: &mut Write<'_>,
    (hash, expires_at): (&str, Timestamp),
    holder: Holder<'_>,
    request: &CodeRequest,
) -> Result<(), DbError> {
    insert(write, (hash, expires_at), holder, request)
}

fn insert(
    write: &mut Write<'_>,
    (hash, expires_at): (&str, Timestamp),
    ((client, user_id), (session, epoch)): Holder<'_>,
    request: &CodeRequest,
) -> Result<(), DbError> {
    let sid = sid_of(write.read(), session)?;
    let row = (
        dsl::hash.eq(hash),
        dsl::client.eq(client),
        dsl::user_id.eq(user_id),
        dsl::session_key.eq(session.as_str()),
        dsl::sid.eq(sid),
        dsl::epoch.eq(epoch),
        dsl::request.eq(serde_json::to_string(request).unwrap_or_default()),
        dsl::expires_at.eq(expires_at),
    );
    let conn = write.uncached();
    diesel::insert_into(oidc_codes::table).values(row).execute(conn)?;
    let of_session = oidc_codes::table
        .filter(dsl::session_key.eq(session.as_str()).and(dsl::client.eq(client)))
        .order(dsl::expires_at.desc())
        .offset(PER_SESSION)
        .limit(1_000)
        .select(dsl::hash);
    let surplus: Vec<String> = of_session.load(conn)?;
    if !surplus.is_empty() {
        diesel::delete(oidc_codes::table.filter(dsl::hash.eq_any(surplus))).execute(conn)?;
    }
    Ok(())
}

/// The name of a session for apps; a new one if it has none yet.
fn sid_of(conn: &mut Conn, session: &Key) -> Result<String, DbError> {
    if let Some(sid) = grant::sid_of(conn, session)? {
        return Ok(sid);
    }
    let of_session = oidc_codes::table.filter(dsl::session_key.eq(session.as_str()));
    let known: Option<String> = of_session.select(dsl::sid).first(conn).optional()?;
    if let Some(sid) = known {
        return Ok(sid);
    }
    // Its tokens may all have been revoked.
    Ok(logins::sids_of(conn, session)?.pop().unwrap_or_else(random_id))
}

pub fn find(conn: &mut Conn, text: &str) -> Result<Option<Code>, DbError> {
    if !text.starts_with(PREFIX) {
        return Ok(None);
    }
    by_hash(conn, &fingerprint(text))
}

/// What a person allowed the device whose code has this hash.
pub fn of_device(conn: &mut Conn, hash: &str) -> Result<Option<Code>, DbError> {
    by_hash(conn, hash)
}

fn by_hash(conn: &mut Conn, hash: &str) -> Result<Option<Code>, DbError> {
    let code = oidc_codes::table.find(hash);
    let row: Option<CodeRow> = code.select(CodeRow::as_select()).first(conn).optional()?;
    Ok(row.and_then(CodeRow::read))
}

/// Deletes what a user has allowed an app and the app, or a device, has not exchanged yet.
pub fn delete_unused(write: &mut Write<'_>, user_id: i64, client: i64) -> Result<(), DbError> {
    let unused = oidc_codes::table
        .filter(dsl::user_id.eq(user_id).and(dsl::client.eq(client)).and(dsl::used_at.is_null()));
    let hashes: Vec<String> = unused.select(dsl::hash).load(write.read())?;
    device::delete(write, &hashes)?;
    diesel::delete(unused).execute(write.uncached())?;
    Ok(())
}

/// Marks a code as used; false if it was used before.
pub fn use_up(write: &mut Write<'_>, hash: &str) -> Result<bool, DbError> {
    let used_at = dsl::used_at.eq(write.now());
    let unused = oidc_codes::table.find(hash).filter(dsl::used_at.is_null());
    Ok(diesel::update(unused).set(used_at).execute(write.uncached())? == 1)
}

/// What a code was exchanged for, if that has not ended.
pub fn grant_of(conn: &mut Conn, hash: &str) -> Result<Option<Grant>, DbError> {
    let id: Option<Option<i64>> =
        oidc_codes::table.find(hash).select(dsl::grant_id).first(conn).optional()?;
    match id.flatten() {
        Some(id) => grant::find(conn, id),
        None => Ok(None),
    }
}

pub fn set_grant(write: &mut Write<'_>, hash: &str, grant_id: i64) -> Result<(), DbError> {
    let change = dsl::grant_id.eq(grant_id);
    diesel::update(oidc_codes::table.find(hash)).set(change).execute(write.uncached())?;
    Ok(())
}

/// A session continues under another key, or in another epoch.
pub fn move_session(write: &mut Write<'_>, from: &str, to: &str, epoch: i64) -> Result<(), DbError> {
    let of_session = oidc_codes::table.filter(dsl::session_key.eq(from));
    let change = (dsl::session_key.eq(to), dsl::epoch.eq(epoch));
    diesel::update(of_session).set(change).execute(write.uncached())?;
    Ok(())
}

/// Deletes codes that are no longer needed.
pub fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("oidc_codes", "expires_at"), write.now() - REMEMBERED, most)
}
