//! Sign-ins that are under way at a provider: each is for one answer, in the browser that began it, within ten minutes.

use diesel::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::{KeyPurpose, Keys, Vault, fingerprint};
use crate::platform::schema::{upstream_arrivals, upstream_attempts};

use super::person::Person;

/// Seconds.
pub const LIFETIME: i64 = 10 * 60;

/// What a browser is sent to a provider for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Intent {
    SignIn {
        return_to: String,
        /// Whether to stay signed in afterwards.
        #[serde(default)]
        remember: bool,
    },
    /// The member links an account there to their own.
    Link { user_id: i64, epoch: i64 },
    /// The member proves again that it is them, for something on this page.
    StepUp {
        user_id: i64,
        epoch: i64,
        back: String,
        /// Where they go once they have; without one, back.
        #[serde(default)]
        then: Option<String>,
    },
}

/// A browser to be sent to a provider.
pub struct Begin {
    pub provider: String,
    /// A secret that only this browser has.
    pub browser: String,
    pub intent: Intent,
}

/// What is checked in the answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Attempt {
    pub nonce: String,
    pub verifier: String,
    pub issuer: String,
    pub intent: Intent,
    pub begun_at: Timestamp,
}

/// The answer of a provider whose page posts it, without any cookie.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostedAnswer {
    pub code: String,
    pub error: String,
    pub iss: Option<String>,
    pub user: String,
}

/// Encrypts what is stored for a moment.
#[derive(Clone)]
pub struct Sealed(Vault);

impl Sealed {
    pub fn new(keys: &Keys) -> Self {
        Self(Vault::new(keys, KeyPurpose::Upstream))
    }

    fn seal(&self, value: &impl Serialize, bound_to: &str) -> String {
        self.0.seal(&serde_json::to_vec(value).unwrap_or_default(), bound_to)
    }

    fn open<T: DeserializeOwned>(&self, sealed: &str, bound_to: &str) -> Option<T> {
        serde_json::from_slice(&self.0.open(sealed, bound_to)?).ok()
    }
}

pub fn begin(
    write: &mut Write<'_>,
    sealed: &Sealed,
    (state, begin): (&str, &Begin),
    attempt: &Attempt,
) -> Result<(), DbError> {
    use upstream_attempts::dsl;
    let hash = fingerprint(state);
    let row = (
        dsl::browser_hash.eq(fingerprint(&begin.browser)),
        dsl::provider.eq(&begin.provider),
        dsl::details.eq(sealed.seal(attempt, &hash)),
        dsl::expires_at.eq(write.now() + LIFETIME),
        dsl::state_hash.eq(&hash),
    );
    diesel::insert_into(upstream_attempts::table).values(row).execute(write.uncached())?;
    Ok(())
}

/// Keeps the answer that a provider's page has posted, the first one only; false if no such sign-in is under way.
pub fn keep_answer(
    write: &mut Write<'_>,
    sealed: &Sealed,
    (provider, state): (&str, &str),
    answer: &PostedAnswer,
) -> Result<bool, DbError> {
    use upstream_attempts::dsl;
    let hash = fingerprint(state);
    let open = upstream_attempts::table
        .find(&hash)
        .filter(dsl::provider.eq(provider).and(dsl::answer.is_null()).and(dsl::expires_at.gt(write.now())));
    let answer = dsl::answer.eq(sealed.seal(answer, &format!("answer {hash}")));
    Ok(diesel::update(open).set(answer).execute(write.uncached())? == 1)
}

/// Uses up the sign-in that the answer belongs to, if this browser has begun it at this provider.
pub fn use_up(
    write: &mut Write<'_>,
    sealed: &Sealed,
    (provider, state, browser): (&str, &str, &str),
) -> Result<Option<(Attempt, Option<PostedAnswer>)>, DbError> {
    use upstream_attempts::dsl;
    let (hash, now) = (fingerprint(state), write.now());
    let same = || {
        let of_browser =
            dsl::browser_hash.eq(fingerprint(browser)).and(dsl::provider.eq(provider.to_owned()));
        upstream_attempts::table.filter(dsl::state_hash.eq(hash.clone()).and(of_browser))
    };
    let conn = write.uncached();
    let found: Option<(String, Option<String>)> =
        same().filter(dsl::expires_at.gt(now)).select((dsl::details, dsl::answer)).first(conn).optional()?;
    if diesel::delete(same()).execute(conn)? != 1 {
        return Ok(None);
    }
    let Some((details, answer)) = found else { return Ok(None) };
    let answer = answer.and_then(|answer| sealed.open(&answer, &format!("answer {hash}")));
    Ok(sealed.open(&details, &hash).map(|attempt| (attempt, answer)))
}

/// Stores who has come, in place of who came before in this browser by this provider.
pub fn arrive(
    write: &mut Write<'_>,
    sealed: &Sealed,
    browser: &str,
    waiting: &Waiting,
) -> Result<(), DbError> {
    use upstream_arrivals::dsl;
    let (hash, provider) = (fingerprint(browser), waiting.person.provider.clone());
    let row = (
        dsl::browser_hash.eq(&hash),
        dsl::provider.eq(&provider),
        dsl::details.eq(sealed.seal(waiting, &bound_to(&hash, &provider))),
        dsl::expires_at.eq(write.now() + LIFETIME),
    );
    let conn = write.uncached();
    diesel::delete(upstream_arrivals::table.find((&hash, &provider))).execute(conn)?;
    diesel::insert_into(upstream_arrivals::table).values(row).execute(conn)?;
    Ok(())
}

/// A person who has come, and has not yet said who they are here.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Waiting {
    pub person: Person,
    pub return_to: String,
    /// Whether to stay signed in afterwards.
    #[serde(default)]
    pub remember: bool,
}

pub fn waiting(
    conn: &mut Conn,
    sealed: &Sealed,
    (provider, browser): (&str, &str),
    now: Timestamp,
) -> Result<Option<Waiting>, DbError> {
    use upstream_arrivals::dsl;
    let hash = fingerprint(browser);
    let row = upstream_arrivals::table.find((&hash, provider)).filter(dsl::expires_at.gt(now));
    let details: Option<String> = row.select(dsl::details).first(conn).optional()?;
    Ok(details.and_then(|details| sealed.open(&details, &bound_to(&hash, provider))))
}

/// Uses up who has come; false if they were before.
pub fn depart(write: &mut Write<'_>, (provider, browser): (&str, &str)) -> Result<bool, DbError> {
    let row = upstream_arrivals::table.find((fingerprint(browser), provider));
    Ok(diesel::delete(row).execute(write.uncached())? == 1)
}

fn bound_to(browser_hash: &str, provider: &str) -> String {
    format!("arrival {browser_hash} {provider}")
}

pub fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    let now = write.now();
    let attempts = write.delete_until(("upstream_attempts", "expires_at"), now, most)?;
    Ok(attempts + write.delete_until(("upstream_arrivals", "expires_at"), now, most)?)
}
