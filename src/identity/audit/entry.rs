//! A new entry for the audit trail, which is append-only.

use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::audit_events;

use super::client::Client;
use super::daily::{Counter, Tally};
use super::event::Event;
use super::repeats;

#[derive(Clone, Insertable)]
#[diesel(table_name = audit_events)]
pub struct Entry {
    at: Timestamp,
    event: &'static str,
    user_id: Option<i64>,
    actor_id: Option<i64>,
    address: String,
    device: String,
    request_id: String,
    subject: String,
    /// What repeats of a failure have in common: event, account and client.
    #[diesel(skip_insertion)]
    repeats: Option<String>,
    /// What the day counts with it.
    #[diesel(skip_insertion)]
    counter: Option<Counter>,
}

impl Entry {
    /// An action of a user on their own account, or of a client that tried one.
    pub fn new(event: Event, user_id: Option<i64>, client: &Client, at: Timestamp) -> Self {
        use Event::{
            PasswordFailed, PasswordResetAsked, SecondFactorFailed, ShownLinkUsed, SignInFailed,
            SignInLinkSent,
        };
        let is_anonymous = matches!(
            event,
            SignInFailed | SecondFactorFailed | PasswordResetAsked | SignInLinkSent | ShownLinkUsed
        );
        let is_failure = matches!(event, SignInFailed | SecondFactorFailed | PasswordFailed);
        Self {
            at,
            event: event.code(),
            user_id,
            // A client that fails to sign in, requests a mail or holds a link that others have seen is not authenticated.
            actor_id: user_id.filter(|_| !is_anonymous),
            address: client.address.to_string(),
            device: client.device.clone(),
            request_id: client.request_id.clone(),
            subject: String::new(),
            repeats: is_failure.then(|| repeats::source(event, user_id, client)),
            counter: counter(event),
        }
    }

    /// An action by `actor_id`, on the account `user_id` if it concerns one.
    pub fn by(actor_id: i64, event: Event, user_id: Option<i64>, client: &Client, at: Timestamp) -> Self {
        Self { user_id, ..Self::new(event, Some(actor_id), client, at) }
    }

    /// An action of the operator on the command line.
    pub fn by_operator(event: Event, user_id: Option<i64>, at: Timestamp) -> Self {
        Self {
            at,
            event: event.code(),
            user_id,
            actor_id: None,
            address: String::new(),
            device: String::new(),
            request_id: String::new(),
            subject: String::new(),
            repeats: None,
            counter: counter(event),
        }
    }

    /// The same, counted as a sign-in by this way.
    pub fn counted_as(self, way: Counter) -> Self {
        Self { counter: Some(way), ..self }
    }

    /// The same, on this account.
    pub fn of(self, user_id: i64) -> Self {
        Self { user_id: Some(user_id), ..self }
    }

    pub fn user_id(&self) -> Option<i64> {
        self.user_id
    }

    /// Counts it with the day, once it is committed.
    pub fn count(&self, tally: &Tally) {
        if let Some(counter) = self.counter {
            tally.count(self.at, counter);
        }
    }

    /// The code of the event.
    pub fn event(&self) -> &'static str {
        self.event
    }

    /// Names the subject if it is not a user.
    pub fn about(self, subject: impl Into<String>) -> Self {
        Self { subject: subject.into(), ..self }
    }

    /// Writes the entry to the log, once it is committed.
    pub fn log(&self) {
        tracing::info!(
            event = self.event,
            user_id = self.user_id,
            actor_id = self.actor_id,
            subject = ?self.subject,
            address = %self.address,
            request_id = %self.request_id,
            "audit"
        );
    }
}

/// What an event counts as, if its name says that alone.
fn counter(event: Event) -> Option<Counter> {
    match event {
        Event::Registered => Some(Counter::Registered),
        Event::SignInFailed | Event::SecondFactorFailed => Some(Counter::SignInFailed),
        _ => None,
    }
}

/// Adds the entry to the trail. The unit of work logs it after the commit. Repeated failures become one entry.
pub(in crate::identity) fn insert(conn: &mut Conn, entry: &Entry) -> Result<(), DbError> {
    let Some(source) = &entry.repeats else {
        diesel::insert_into(audit_events::table).values(entry).execute(conn)?;
        return Ok(());
    };
    if !repeats::count(conn, source, entry.at)? {
        let added = diesel::insert_into(audit_events::table).values(entry);
        let id = added.returning(audit_events::id).get_result(conn)?;
        repeats::begin(conn, id, source, entry.at)?;
    }
    Ok(())
}
