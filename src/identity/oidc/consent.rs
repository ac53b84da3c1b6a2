//! What people have allowed apps from now on.

use std::collections::BTreeSet;

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
    pub allowed: Consent,
    pub since: Timestamp,
}

/// What a person has allowed an app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    pub scope: ScopeSet,
    /// The APIs that it may call for them (RFC 8707).
    pub resources: BTreeSet<String>,
}

impl Consent {
    /// Whether nothing is asked for that is not allowed.
    pub fn covers(&self, asked: &Self) -> bool {
        asked.scope.is_within(&self.scope) && asked.resources.is_subset(&self.resources)
    }

    fn union(&self, other: &Self) -> Self {
        Self {
            scope: self.scope.union(&other.scope),
            resources: self.resources.union(&other.resources).cloned().collect(),
        }
    }

    /// Of its columns: scope and resources.
    fn read((scope, resources): (String, String)) -> Self {
        let resources = resources.split_whitespace().map(str::to_owned).collect();
        Self { scope: ScopeSet::parse(&scope), resources }
    }

    /// No address contains a space.
    fn stored_resources(&self) -> String {
        self.resources.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// What the user has allowed this app.
pub fn find(conn: &mut Conn, user_id: i64, client: i64) -> Result<Option<Consent>, DbError> {
    let row = oidc_consents::table.find((user_id, client)).select((dsl::scope, dsl::resources));
    let row: Option<(String, String)> = row.first(conn).optional()?;
    Ok(row.map(Consent::read))
}

/// Adds to what the user has allowed this app.
pub fn add(write: &mut Write<'_>, user_id: i64, client: i64, more: &Consent) -> Result<(), DbError> {
    let all = find(write.read(), user_id, client)?.unwrap_or_default().union(more);
    let allowed = (dsl::scope.eq(all.scope.to_string()), dsl::resources.eq(all.stored_resources()));
    let row =
        (dsl::user_id.eq(user_id), dsl::client.eq(client), dsl::created_at.eq(write.now()), allowed.clone());
    let conn = write.uncached();
    let there = oidc_consents::table.find((user_id, client));
    if diesel::update(there).set(allowed).execute(conn)? == 0 {
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
    type Columns = (String, String, Option<String>, (String, String), Timestamp);
    let rows: Vec<Columns> = oidc_consents::table
        .inner_join(oidc_clients::table.left_join(oidc_client_logos::table))
        .filter(dsl::user_id.eq(user_id))
        .order(oidc_clients::name_key)
        .select((
            oidc_clients::client_id,
            oidc_clients::name,
            oidc_client_logos::name.nullable(),
            (dsl::scope, dsl::resources),
            dsl::created_at,
        ))
        .load(conn)?;
    let app = |(client_id, name, logo, allowed, since)| ConnectedApp {
        client_id,
        name,
        logo,
        allowed: Consent::read(allowed),
        since,
    };
    Ok(rows.into_iter().map(app).collect())
}
