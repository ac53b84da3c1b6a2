//! Authorization requests that apps send ahead, so that the browser carries only a name (RFC 9126).

use diesel::prelude::*;

use crate::identity::audit::Client as Caller;
use crate::identity::unit_of_work::{Failure, System, Write};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError, Locks};
use crate::platform::keys::{fingerprint, random_secret};
use crate::platform::schema::oidc_pushed::{self, dsl};

use super::client::OidcClient;
use super::provider::OidcProvider;

/// Seconds for which a request may be used.
pub const PUSHED_LIFETIME: i64 = 90;
/// Requests of one app from one address that are unused at a time.
const PER_ADDRESS: usize = 1_000;
/// Expired requests that a new one deletes at most.
const PURGED_ON_THE_WAY: i64 = 2 * PER_ADDRESS as i64;
/// What every name begins with (§2.2).
const PREFIX: &str = "urn:ietf:params:oauth:request_uri:";

/// Whether a `request_uri` names a request that was sent ahead, rather than an address.
pub fn is_pushed(request_uri: &str) -> bool {
    request_uri.starts_with(PREFIX)
}

impl OidcProvider {
    /// Stores a checked request of this app; returns its name.
    pub async fn push(
        &self,
        client: &OidcClient,
        parameters: String,
        from: &Caller,
    ) -> Result<String, Failure> {
        let (client, counted_as) = (client.id, from.rate_limit_subject());
        let pushed = self.writer.holding(Locks::named("pushed", "")).write(System, move |write| {
            let now = write.now();
            purge(write, PURGED_ON_THE_WAY)?;
            if let Some(retry_after) = full(write.read(), client, &counted_as, now)? {
                return Err(Failure::TooManyAttempts { retry_after });
            }
            Ok(add(write, client, &counted_as, &parameters)?)
        });
        pushed.await
    }

    /// The request with this name, for its app, once.
    pub async fn take_pushed(&self, client: &OidcClient, name: &str) -> Result<Option<String>, Failure> {
        let (client, hash) = (client.id, fingerprint(name));
        let taken = self.writer.holding(Locks::none()).write(System, move |write| {
            let unused = dsl::client.eq(client).and(dsl::expires_at.gt(write.now()));
            let unused = diesel::delete(oidc_pushed::table.find(hash).filter(unused));
            let taken: Option<String> = unused
                .returning(dsl::parameters)
                .get_result(write.uncached())
                .optional()
                .map_err(DbError::from)?;
            Ok::<_, Failure>(taken)
        });
        taken.await
    }
}

/// Seconds until the app may send another from this address, if it has too many.
fn full(conn: &mut Conn, client: i64, counted_as: &str, now: Timestamp) -> Result<Option<u64>, DbError> {
    let own = oidc_pushed::table.filter(dsl::client.eq(client).and(dsl::counted_as.eq(counted_as)));
    let many: i64 = own.filter(dsl::expires_at.gt(now)).count().get_result(conn)?;
    Ok((many >= PER_ADDRESS as i64).then_some(PUSHED_LIFETIME as u64))
}

fn add(write: &mut Write<'_>, client: i64, counted_as: &str, parameters: &str) -> Result<String, DbError> {
    let name = format!("{PREFIX}{}", random_secret());
    let row = (
        dsl::hash.eq(fingerprint(&name)),
        dsl::client.eq(client),
        dsl::counted_as.eq(counted_as),
        dsl::parameters.eq(parameters),
        dsl::expires_at.eq(write.now() + PUSHED_LIFETIME),
    );
    diesel::insert_into(oidc_pushed::table).values(row).execute(write.uncached())?;
    Ok(name)
}

/// Deletes those that were not used in time.
pub fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("oidc_pushed", "expires_at"), write.now(), most)
}
