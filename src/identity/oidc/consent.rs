//! What people have allowed apps from now on.

use diesel::prelude::*;

use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::oidc_consents::{self, dsl};
use crate::platform::schema::{oidc_client_logos, oidc_clients};

use super::scope_set::ScopeSet;

/// An app that a person has allowed something.
pub struct ConnectedApp {
    pub client_id: String,
    pub name: String,
    /// The last part of its logo's address.
    pub logo: Option<String>,
    pub scope: ScopeSet,
    pub since: Timestamp,
}

/// What the user has allowed this app; empty if nothing.
pub fn find(conn: &mut Conn, user_id: i64, client: i64) -> Result<ScopeSet, DbError> {
    let scope: Option<String> =
        oidc_consents::table.find((user_id, client)).select(dsl::scope).first(conn).optional()?;
    Ok(scope.map(|scope| ScopeSet::parse(&scope)).unwrap_or_default())
}

/// Adds to what the user has allowed this app.
pub fn add(write: &mut Write<'_>, user_id: i64, client: i64, scope: &ScopeSet) -> Result<(), DbError> {
    let scope = find(write.read(), user_id, client)?.union(scope).to_string();
    let row = (
        dsl::user_id.eq(user_id),
        dsl::client.eq(client),
        dsl::scope.eq(&scope),
        dsl::created_at.eq(write.now()),
    );
    let conn = write.uncached();
    let there = oidc_consents::table.find((user_id, client));
    if diesel::update(there).set(dsl::scope.eq(&scope)).execute(conn)? == 0 {
        diesel::insert_into(oidc_consents::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// False if there was none.
pub fn remove(write: &mut Write<'_>, user_id: i64, client: i64) -> Result<bool, DbError> {
    Ok(diesel::delete(oidc_consents::table.find((user_id, client))).execute(write.uncached())? > 0)
}

/// How many people have allowed this app something.
pub fn people(conn: &mut Conn, client: i64) -> Result<i64, DbError> {
    Ok(oidc_consents::table.filter(dsl::client.eq(client)).count().get_result(conn)?)
}

/// The apps of a user, by name.
pub fn of_user(conn: &mut Conn, user_id: i64) -> Result<Vec<ConnectedApp>, DbError> {
    let rows: Vec<(String, String, Option<String>, String, Timestamp)> = oidc_consents::table
        .inner_join(oidc_clients::table.left_join(oidc_client_logos::table))
        .filter(dsl::user_id.eq(user_id))
        .order(oidc_clients::name_key)
        .select((
            oidc_clients::client_id,
            oidc_clients::name,
            oidc_client_logos::name.nullable(),
            dsl::scope,
            dsl::created_at,
        ))
        .load(conn)?;
    let app = |(client_id, name, logo, scope, since): (_, _, _, String, _)| ConnectedApp {
        client_id,
        name,
        logo,
        scope: ScopeSet::parse(&scope),
        since,
    };
    Ok(rows.into_iter().map(app).collect())
}
