//! The audit trail: what happened to whose account, by whom, from where. It is only ever added to.

use diesel::prelude::*;

use crate::http::Client;
use crate::i18n::event::Events;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::audit_events;
use crate::platform::schema::audit_events::dsl;

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

            pub fn text(self, t: &Events) -> &'static str {
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
    AllEnded = "all_ended", all_ended;
    RefreshReused = "refresh_reused", refresh_reused;
    PasswordChanged = "password_changed", password_changed;
    PasswordFailed = "password_failed", password_failed;
    PasswordConfirmed = "password_confirmed", password_confirmed;
    PasswordRequired = "password_required", password_required;
    PasswordReset = "password_reset", password_reset;
    PasswordResetAsked = "password_reset_asked", password_reset_asked;
    RecoveryStarted = "recovery_started", recovery_started;
    SignInLinkSent = "sign_in_link_sent", sign_in_link_sent;
    SignInLinkUsed = "sign_in_link_used", sign_in_link_used;
    EmailVerified = "email_verified", email_verified;
    EmailChangeAsked = "email_change_asked", email_change_asked;
    TotpAdded = "totp_added", totp_added;
    TotpRemoved = "totp_removed", totp_removed;
    PasskeyAdded = "passkey_added", passkey_added;
    PasskeyRenamed = "passkey_renamed", passkey_renamed;
    PasskeyRemoved = "passkey_removed", passkey_removed;
    RecoveryCodesMade = "recovery_codes_made", recovery_codes_made;
    RecoveryCodeUsed = "recovery_code_used", recovery_code_used;
    SecondFactorFailed = "second_factor_failed", second_factor_failed;
    SecondFactorConfirmed = "second_factor_confirmed", second_factor_confirmed;
    FactorsRemoved = "factors_removed", factors_removed;
    DeviceTrusted = "device_trusted", device_trusted;
    DeviceForgotten = "device_forgotten", device_forgotten;
    EmailChanged = "email_changed", email_changed;
    AccountDeleted = "account_deleted", account_deleted;
    Disabled = "disabled", disabled;
    Enabled = "enabled", enabled;
    Promoted = "promoted", promoted;
    Demoted = "demoted", demoted;
    GroupCreated = "group_created", group_created;
    GroupChanged = "group_changed", group_changed;
    GroupDeleted = "group_deleted", group_deleted;
    GroupJoined = "group_joined", group_joined;
    GroupLeft = "group_left", group_left;
    PostEdited = "post_edited", post_edited;
    PostDeleted = "post_deleted", post_deleted;
    ApplicationAdded = "application_added", application_added;
    ApplicationChanged = "application_changed", application_changed;
    ApplicationRemoved = "application_removed", application_removed;
    TokenCreated = "token_created", token_created;
    TokenDeleted = "token_deleted", token_deleted;
    KeysRotated = "keys_rotated", keys_rotated;
    KeysForgotten = "keys_forgotten", keys_forgotten;
    AuditExported = "audit_exported", audit_exported;
}

impl Event {
    pub fn parse(code: &str) -> Option<Self> {
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
    subject: String,
}

impl Entry {
    /// Something that a person did to their own account, or tried on it.
    pub fn new(event: Event, user_id: Option<i64>, client: &Client, at: Timestamp) -> Self {
        use Event::{PasswordResetAsked, SecondFactorFailed, SignInFailed, SignInLinkSent};
        let failed = matches!(event, SignInFailed | SecondFactorFailed | PasswordResetAsked | SignInLinkSent);
        Self {
            at,
            event: event.code(),
            user_id,
            // Who fails to sign in, or asks for a mail, has not shown who they are.
            actor_id: user_id.filter(|_| !failed),
            address: client.address.to_string(),
            device: client.device.clone(),
            request_id: client.request_id.clone(),
            subject: String::new(),
        }
    }

    /// Something that `actor_id` did; to the account `user_id`, if it concerns one.
    pub fn by(actor_id: i64, event: Event, user_id: Option<i64>, client: &Client, at: Timestamp) -> Self {
        Self { user_id, ..Self::new(event, Some(actor_id), client, at) }
    }

    /// The same, done to this account.
    pub fn of(self, user_id: i64) -> Self {
        Self { user_id: Some(user_id), ..self }
    }

    /// Names what it was about, where that is no user.
    pub fn about(self, subject: impl Into<String>) -> Self {
        Self { subject: subject.into(), ..self }
    }

    /// Tells the log, once the line is committed.
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

    /// Something that the operator did on the command line.
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
    /// Someone else did it: from where is nobody's business but theirs.
    pub by_other: bool,
    pub subject: String,
    pub address: String,
    pub device: String,
}

/// The latest events of one account, newest first.
pub fn latest(conn: &mut Conn, user_id: i64, count: i64) -> QueryResult<Vec<Recorded>> {
    type Row = (String, Timestamp, Option<i64>, String, String, String);
    let rows: Vec<Row> = dsl::audit_events
        .filter(dsl::user_id.eq(user_id))
        .order(dsl::id.desc())
        .limit(count)
        .select((dsl::event, dsl::at, dsl::actor_id, dsl::subject, dsl::address, dsl::device))
        .load(conn)?;
    let known = rows.into_iter().filter_map(|(code, at, actor, subject, address, device)| {
        let by_other = actor.is_some_and(|actor| actor != user_id);
        Some(Recorded { event: Event::parse(&code)?, at, by_other, subject, address, device })
    });
    Ok(known.collect())
}

/// Whether the user has signed in just now, and never before.
pub fn is_first_sign_in(conn: &mut Conn, user_id: i64) -> Result<bool, DbError> {
    let events =
        dsl::audit_events.filter(dsl::user_id.eq(user_id).and(dsl::event.eq(Event::SignedIn.code())));
    Ok(events.count().get_result::<i64>(conn)? <= 1)
}

/// The addresses from which a user has signed in with such a device since then.
pub fn sign_in_addresses(
    conn: &mut Conn,
    user_id: i64,
    device: &str,
    since: Timestamp,
) -> Result<Vec<String>, DbError> {
    let sign_ins = dsl::audit_events
        .filter(dsl::user_id.eq(user_id).and(dsl::event.eq(Event::SignedIn.code())))
        .filter(dsl::device.eq(device).and(dsl::at.ge(since)));
    Ok(sign_ins.select(dsl::address).distinct().load(conn)?)
}

/// Forgets what happened before `since`.
pub fn purge(conn: &mut Conn, since: Timestamp) -> QueryResult<()> {
    diesel::delete(dsl::audit_events.filter(dsl::at.lt(since))).execute(conn).map(drop)
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
