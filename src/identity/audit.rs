//! The audit trail: what happened to whose account, by whom, from where. It is only ever added to.

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::i18n::security::Security;
use crate::schema::audit_events;
use crate::web::Client;

/// Declares the events with their stored names and texts, so that none lacks either.
macro_rules! events {
    ($($event:ident = $code:literal, $text:ident;)+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Event {
            $($event,)+
        }

        impl Event {
            pub const ALL: &[Event] = &[$(Event::$event),+];

            /// As stored and logged; never changed once released.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$event => $code,)+
                }
            }

            pub fn text(self, t: &Security) -> &'static str {
                match self {
                    $(Self::$event => t.$text,)+
                }
            }
        }
    };
}

events! {
    Registered = "registered", registered;
    SignedIn = "signed_in", signed_in;
    SignInFailed = "sign_in_failed", sign_in_failed;
    SignedOut = "signed_out", signed_out;
    SessionEnded = "session_ended", session_ended;
    OthersEnded = "others_ended", others_ended;
    PasswordChanged = "password_changed", password_changed;
    PasswordFailed = "password_failed", password_failed;
    EmailChanged = "email_changed", email_changed;
    AccountDeleted = "account_deleted", account_deleted;
    Disabled = "disabled", disabled;
    Enabled = "enabled", enabled;
    Promoted = "promoted", promoted;
    Demoted = "demoted", demoted;
}

impl Event {
    fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|event| event.code() == code)
    }
}

/// One line of the trail, to be written.
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
}

impl Entry {
    /// Something that a person did to their own account, or tried on it.
    pub fn new(event: Event, user_id: Option<i64>, client: &Client, at: Timestamp) -> Self {
        let failed = matches!(event, Event::SignInFailed);
        Self {
            at,
            event: event.code(),
            user_id,
            // Who fails to sign in has not shown who they are.
            actor_id: user_id.filter(|_| !failed),
            address: client.address.to_string(),
            device: client.device.clone(),
            request_id: client.request_id.clone(),
        }
    }

    /// Tells the log, once the line is committed.
    pub fn log(&self) {
        tracing::info!(
            event = self.event,
            user_id = self.user_id,
            actor_id = self.actor_id,
            address = %self.address,
            request_id = %self.request_id,
            "audit"
        );
    }

    /// Something that the operator did on the command line.
    pub fn by_operator(event: Event, user_id: i64, at: Timestamp) -> Self {
        Self {
            at,
            event: event.code(),
            user_id: Some(user_id),
            actor_id: None,
            address: String::new(),
            device: String::new(),
            request_id: String::new(),
        }
    }
}

/// Writes the line. It is logged by whoever commits.
pub fn record(conn: &mut Conn, entry: &Entry) -> QueryResult<()> {
    diesel::insert_into(audit_events::table).values(entry).execute(conn)?;
    Ok(())
}

/// A line of the trail, as read.
pub struct Recorded {
    pub event: Event,
    pub at: Timestamp,
    pub address: String,
    pub device: String,
}

/// The latest events of one account, newest first.
pub fn latest(conn: &mut Conn, user_id: i64, count: i64) -> QueryResult<Vec<Recorded>> {
    let rows: Vec<(String, Timestamp, String, String)> = audit_events::table
        .filter(audit_events::user_id.eq(user_id))
        .order(audit_events::id.desc())
        .limit(count)
        .select((audit_events::event, audit_events::at, audit_events::address, audit_events::device))
        .load(conn)?;
    let known = rows.into_iter().filter_map(|(code, at, address, device)| {
        Some(Recorded { event: Event::parse(&code)?, at, address, device })
    });
    Ok(known.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_distinct_and_read_back() {
        let codes: HashSet<_> = Event::ALL.iter().map(|event| event.code()).collect();
        assert_eq!(codes.len(), Event::ALL.len());
        assert!(Event::ALL.iter().all(|event| Event::parse(event.code()) == Some(*event)));
    }
}
