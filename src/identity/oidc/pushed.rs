//! Authorization requests that apps send ahead, so that the browser carries only a name (RFC 9126).

use std::sync::Arc;

use diesel::prelude::*;

use crate::identity::audit::Client as Caller;
use crate::identity::unit_of_work::{Failure, System, Write, Writer};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError, Locks};
use crate::platform::keys::{fingerprint, random_secret};
use crate::platform::schema::oidc_pushed::{self, dsl};
use crate::platform::schema::oidc_pushed_by_address::{self, dsl as by_address};

use super::client::{OidcClient, is_document};
use super::clients::OidcClients;

/// Seconds for which a request may be used.
pub const PUSHED_LIFETIME: i64 = 90;
/// Requests of one app from one address that are unused at a time.
const PER_ADDRESS: usize = 1_000;
/// Requests from one address, of all apps without a row together.
const OF_UNKNOWN: usize = 100;
/// Expired requests of each kind that a new one deletes at most.
const PURGED_ON_THE_WAY: i64 = 2 * PER_ADDRESS as i64;
/// What every name begins with (§2.2).
const PREFIX: &str = "urn:ietf:params:oauth:request_uri:";

/// Whether a `request_uri` names a request that was sent ahead, rather than an address.
pub fn is_pushed(request_uri: &str) -> bool {
    request_uri.starts_with(PREFIX)
}

/// Whose request it is.
#[derive(Clone)]
enum Sender {
    Stored(i64),
    /// An app that has no row yet, by the address of its document.
    Address(String),
}

pub struct PushedRequests {
    writer: Writer,
    clients: Arc<OidcClients>,
}

impl PushedRequests {
    pub fn new(writer: Writer, clients: Arc<OidcClients>) -> Self {
        Self { writer, clients }
    }

    /// Stores a checked request of this app; returns its name.
    pub async fn store(
        &self,
        client: &OidcClient,
        parameters: String,
        from: &Caller,
    ) -> Result<String, Failure> {
        let sender = match client.is_stored() {
            true => Sender::Stored(client.id),
            false => Sender::Address(client.client_id.clone()),
        };
        let counted_as = from.rate_limit_subject();
        let pushed = self.writer.holding(Locks::named("pushed", "")).write(System, move |write| {
            let now = write.now();
            purge(write, PURGED_ON_THE_WAY)?;
            if let Some(retry_after) = full(write.read(), &sender, &counted_as, now)? {
                return Err(Failure::TooManyAttempts { retry_after });
            }
            Ok(add(write, sender, &counted_as, &parameters)?)
        });
        pushed.await
    }

    /// The request with this name, for the app with this id, once.
    pub async fn take(&self, client_id: &str, name: &str) -> Result<Option<String>, Failure> {
        let stored = self.clients.find(client_id).await?.map(|client| Sender::Stored(client.id));
        // It may have been stored since.
        let by_address = is_document(client_id).then(|| Sender::Address(client_id.to_owned()));
        let hash = fingerprint(name);
        let taken = self.writer.holding(Locks::none()).write(System, move |write| {
            for sender in stored.into_iter().chain(by_address) {
                if let Some(parameters) = take(write, &sender, &hash)? {
                    return Ok(Some(parameters));
                }
            }
            Ok::<_, Failure>(None)
        });
        taken.await
    }
}

/// Seconds until the app may send another from this address, if there are too many. Apps without a row are counted together,
/// because anyone can think of one more.
fn full(conn: &mut Conn, sender: &Sender, counted_as: &str, now: Timestamp) -> Result<Option<u64>, DbError> {
    let (many, most): (i64, usize) = match sender {
        Sender::Stored(client) => {
            let own = oidc_pushed::table.filter(dsl::client.eq(client).and(dsl::counted_as.eq(counted_as)));
            (own.filter(dsl::expires_at.gt(now)).count().get_result(conn)?, PER_ADDRESS)
        }
        Sender::Address(_) => {
            let own = oidc_pushed_by_address::table.filter(by_address::counted_as.eq(counted_as));
            (own.filter(by_address::expires_at.gt(now)).count().get_result(conn)?, OF_UNKNOWN)
        }
    };
    Ok((many >= most as i64).then_some(PUSHED_LIFETIME as u64))
}

fn add(write: &mut Write<'_>, sender: Sender, counted_as: &str, parameters: &str) -> Result<String, DbError> {
    let name = format!("{PREFIX}{}", random_secret());
    let (hash, expires_at) = (fingerprint(&name), write.now() + PUSHED_LIFETIME);
    match sender {
        Sender::Stored(client) => {
            let row = (
                dsl::hash.eq(hash),
                dsl::client.eq(client),
                dsl::counted_as.eq(counted_as),
                dsl::parameters.eq(parameters),
                dsl::expires_at.eq(expires_at),
            );
            diesel::insert_into(oidc_pushed::table).values(row).execute(write.uncached())?;
        }
        Sender::Address(client_id) => {
            let row = (
                by_address::hash.eq(hash),
                by_address::client_id.eq(client_id),
                by_address::counted_as.eq(counted_as),
                by_address::parameters.eq(parameters),
                by_address::expires_at.eq(expires_at),
            );
            diesel::insert_into(oidc_pushed_by_address::table).values(row).execute(write.uncached())?;
        }
    }
    Ok(name)
}

fn take(write: &mut Write<'_>, sender: &Sender, hash: &str) -> Result<Option<String>, DbError> {
    let now = write.now();
    let taken = match sender {
        Sender::Stored(client) => {
            let unused = dsl::client.eq(client).and(dsl::expires_at.gt(now));
            diesel::delete(oidc_pushed::table.find(hash).filter(unused))
                .returning(dsl::parameters)
                .get_result(write.uncached())
                .optional()?
        }
        Sender::Address(client_id) => {
            let unused = by_address::client_id.eq(client_id).and(by_address::expires_at.gt(now));
            diesel::delete(oidc_pushed_by_address::table.find(hash).filter(unused))
                .returning(by_address::parameters)
                .get_result(write.uncached())
                .optional()?
        }
    };
    Ok(taken)
}

/// Deletes those that were not used in time.
pub fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    let now = write.now();
    let stored = write.delete_until(("oidc_pushed", "expires_at"), now, most)?;
    Ok(stored + write.delete_until(("oidc_pushed_by_address", "expires_at"), now, most)?)
}
