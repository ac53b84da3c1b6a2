//! Accounts elsewhere that sign a user in: an issuer and a subject, never an address.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::identity::audit::{Client, Entry, Event};
use crate::identity::email::{Notice, Outbox};
use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::identities::{self, dsl};
use crate::platform::schema::invitations;

use super::user;

/// An account elsewhere, as shown to its owner.
#[derive(Clone, Debug, Queryable)]
pub struct LinkedIdentity {
    pub provider: String,
    /// A name or an address there.
    pub label: String,
    pub created_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

/// An account elsewhere to link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewIdentity {
    pub provider: String,
    pub issuer: String,
    pub subject: String,
    pub label: String,
}

/// Why it is not linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotLinked {
    /// It belongs to another account here.
    OfAnother,
    /// The account has one of this provider already.
    HasOne,
}

/// The user whom it signs in.
pub(in crate::identity) fn owner(
    conn: &mut Conn,
    issuer: &str,
    subject: &str,
) -> Result<Option<i64>, DbError> {
    let same = identities::table.filter(dsl::issuer.eq(issuer).and(dsl::subject.eq(subject)));
    Ok(same.select(dsl::user_id).first(conn).optional()?)
}

/// Issuer and subject of the user's identity at a provider.
pub(in crate::identity) fn at_provider(
    conn: &mut Conn,
    user_id: i64,
    provider: &str,
) -> Result<Option<(String, String)>, DbError> {
    let own = identities::table.filter(dsl::user_id.eq(user_id).and(dsl::provider.eq(provider)));
    Ok(own.select((dsl::issuer, dsl::subject)).first(conn).optional()?)
}

/// The user's, oldest first.
pub(in crate::identity) fn of_user(conn: &mut Conn, user_id: i64) -> Result<Vec<LinkedIdentity>, DbError> {
    Ok(identities::table
        .filter(dsl::user_id.eq(user_id))
        .order(dsl::id)
        .select((dsl::provider, dsl::label, dsl::created_at, dsl::used_at))
        .load(conn)?)
}

/// Adds an identity. Such a write runs alone, so nothing changes in between.
pub(in crate::identity) fn add(
    write: &mut Write<'_>,
    user_id: i64,
    new: &NewIdentity,
) -> Result<Result<(), NotLinked>, DbError> {
    let (now, conn) = (write.now(), write.uncached());
    match owner(conn, &new.issuer, &new.subject)? {
        Some(known) if known == user_id => return Ok(Ok(())),
        Some(_) => return Ok(Err(NotLinked::OfAnother)),
        None => {}
    }
    if at_provider(conn, user_id, &new.provider)?.is_some() {
        return Ok(Err(NotLinked::HasOne));
    }
    let row = (
        dsl::provider.eq(&new.provider),
        dsl::issuer.eq(&new.issuer),
        dsl::subject.eq(&new.subject),
        dsl::user_id.eq(user_id),
        dsl::label.eq(&new.label),
        dsl::created_at.eq(now),
    );
    diesel::insert_into(identities::table).values(row).execute(conn)?;
    Ok(Ok(()))
}

/// Removes the user's identity at a provider; returns its label.
pub(in crate::identity) fn remove(
    write: &mut Write<'_>,
    user_id: i64,
    provider: &str,
) -> Result<Option<String>, DbError> {
    let own = || identities::table.filter(dsl::user_id.eq(user_id).and(dsl::provider.eq(provider)));
    let conn = write.uncached();
    let label = own().select(dsl::label).first(conn).optional()?;
    diesel::delete(own()).execute(conn)?;
    Ok(label)
}

/// Records what has become of an identity of the user: its provider and label.
pub(in crate::identity) fn record(
    write: &mut Write<'_>,
    event: Event,
    user_id: i64,
    (provider, label): (&str, &str),
    client: &Client,
) {
    let entry = Entry::new(event, Some(user_id), client, write.now());
    write.record(entry.about(format!("{provider}: {label}")));
}

/// Unlinks all of the user's, and notifies the owner. Returns how many there were.
pub(in crate::identity) fn unlink_all(
    write: &mut Write<'_>,
    outbox: &Outbox,
    user_id: i64,
    client: &Client,
) -> Result<usize, DbError> {
    let linked = of_user(write.read(), user_id)?;
    if linked.is_empty() {
        return Ok(0);
    }
    diesel::delete(identities::table.filter(dsl::user_id.eq(user_id))).execute(write.uncached())?;
    for LinkedIdentity { provider, label, .. } in &linked {
        record(write, Event::IdentityUnlinked, user_id, (provider, label), client);
    }
    user::notify(write, outbox, user_id, Notice::IdentityUnlinked, Some(client))?;
    Ok(linked.len())
}

/// Stores that it has just signed this user in; false if it is no longer theirs.
pub(in crate::identity) fn used(
    write: &mut Write<'_>,
    user_id: i64,
    (issuer, subject): (&str, &str),
) -> Result<bool, DbError> {
    let used_at = dsl::used_at.eq(write.now());
    let same = identities::table.filter(dsl::issuer.eq(issuer).and(dsl::subject.eq(subject)));
    let own = same.filter(dsl::user_id.eq(user_id));
    Ok(diesel::update(own).set(used_at).execute(write.uncached())? == 1)
}

/// Whether the user has any.
pub(in crate::identity) fn has_any(conn: &mut Conn, user_id: i64) -> Result<bool, DbError> {
    let own = identities::table.filter(dsl::user_id.eq(user_id));
    Ok(diesel::select(diesel::dsl::exists(own)).get_result(conn)?)
}

/// Notes that the operator has made the account for the owner of its address.
pub(in crate::identity) fn invite(write: &mut Write<'_>, user_id: i64) -> Result<(), DbError> {
    let row = (invitations::user_id.eq(user_id), invitations::created_at.eq(write.now()));
    diesel::insert_into(invitations::table).values(row).execute(write.uncached())?;
    Ok(())
}

/// Uses an invitation up; false if there is none.
pub(in crate::identity) fn accept_invitation(write: &mut Write<'_>, user_id: i64) -> Result<bool, DbError> {
    Ok(diesel::delete(invitations::table.find(user_id)).execute(write.uncached())? == 1)
}
