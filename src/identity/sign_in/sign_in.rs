//! The service that signs users in, stage by stage: the first proof, then the second factor if the account has one,
//! then the session or tokens.

use std::sync::Arc;

use crate::identity::accounts::{Accounts, user};
use crate::identity::audit::{AuditLog, Client, Entry, Event};
use crate::identity::credentials::Credentials;
use crate::identity::email::Outbox;
use crate::identity::sessions::SessionServices;
use crate::identity::tokens::Tokens;
use crate::identity::unit_of_work::{Failure, System, Writer};
use crate::platform::clock::Clock;
use crate::platform::db::Db;

use super::limits::SignInLimits;

/// Dependencies for recording sign-ins.
pub struct SignInRecords {
    pub audit: Arc<AuditLog>,
    pub outbox: Outbox,
    pub clock: Clock,
    /// Seconds for which a device stays trusted; 0 trusts none.
    pub trusted_device: i64,
}

pub struct SignIn {
    pub(super) accounts: Arc<Accounts>,
    pub(super) credentials: Credentials,
    pub(super) sessions: SessionServices,
    pub(super) tokens: Arc<Tokens>,
    pub(super) db: Db,
    pub(super) writer: Writer,
    pub(super) limits: SignInLimits,
    pub(super) records: SignInRecords,
}

impl SignIn {
    pub fn new(
        (accounts, credentials): (Arc<Accounts>, Credentials),
        (sessions, tokens): (SessionServices, Arc<Tokens>),
        (db, writer): (Db, Writer),
        limits: SignInLimits,
        records: SignInRecords,
    ) -> Self {
        Self { accounts, credentials, sessions, tokens, db, writer, limits, records }
    }

    /// Records a failed sign-in, with the user if the name exists.
    pub(super) async fn record_failure(&self, user_id: Option<i64>, client: &Client) {
        let Some(id) = user_id else {
            return self.writer.record(Event::SignInFailed, None, client).await;
        };
        let client = client.clone();
        let recorded = self.writer.write(System, move |write| {
            write.record(Entry::new(Event::SignInFailed, Some(id), &client, write.now()));
            Ok::<_, Failure>(user::record_failure(write, id)?)
        });
        if let Err(error) = recorded.await {
            tracing::error!(%error, "a failed sign-in was not recorded");
        }
    }
}
