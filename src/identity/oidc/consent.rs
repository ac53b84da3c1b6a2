//! What people have allowed apps from now on.

use diesel::prelude::*;

use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::oidc_clients;
use crate::platform::schema::oidc_consents::{self, dsl};

use super::scope_set::ScopeSet;

/// An app that a person has allowed something.
pub struct ConnectedApp {
    pub client_id: String,
    pub name: String,
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

/// The apps of a user, by name.
pub fn of_user(conn: &mut Conn, user_id: i64) -> Result<Vec<ConnectedApp>, DbError> {
    let rows: Vec<(String, String, String, Timestamp)> = oidc_consents::table
        .inner_join(oidc_clients::table)
        .filter(dsl::user_id.eq(user_id))
        .order(oidc_clients::name_key)
        .select((oidc_clients::client_id, oidc_clients::name, dsl::scope, dsl::created_at))
        .load(conn)?;
    let app = |(client_id, name, scope, since): (_, _, String, _)| ConnectedApp {
        client_id,
        name,
        scope: ScopeSet::parse(&scope),
        since,
    };
    Ok(rows.into_iter().map(app).collect())
}
