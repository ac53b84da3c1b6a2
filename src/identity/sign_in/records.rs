//! Traces that sign-ins leave: trusted devices, notices to the owner, recorded failures.

use std::sync::Arc;

use crate::identity::accounts::{KnownDevice, User, user};
use crate::identity::audit::{AuditLog, Client, Entry, Event, rate_limit_subject};
use crate::identity::email::{Notice, Outbox};
use crate::identity::sessions::trusted_devices::{self, NewTrust};
use crate::identity::unit_of_work::{Failure, System, Writer};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbError};
use crate::platform::keys::{fingerprint, random_secret};

use super::authenticated::Authenticated;
use super::outcome::DeviceTrust;

/// A younger account has no other browser to compare with, in seconds.
const NEW_ACCOUNT_AGE: i64 = 3600;
/// A program that has not signed in for this long counts as new, in seconds.
const PROGRAM_MEMORY: i64 = 90 * 24 * 3600;

pub struct SignInRecords {
    db: Db,
    writer: Writer,
    clock: Clock,
    audit: Arc<AuditLog>,
    outbox: Outbox,
    trusted_device: i64,
}

impl SignInRecords {
    /// `trusted_device`: seconds for which a device stays trusted; 0 trusts none.
    pub fn new(
        (db, writer, clock): (Db, Writer, Clock),
        audit: Arc<AuditLog>,
        outbox: Outbox,
        trusted_device: i64,
    ) -> Self {
        Self { db, writer, clock, audit, outbox, trusted_device }
    }

    /// Counts an attempt that was refused because there were too many.
    pub(super) fn count_refused(&self) {
        self.audit.count_refused(self.clock.now());
    }

    /// Records a failed sign-in, with the user if the name exists.
    pub(super) async fn record_failure(&self, user_id: Option<i64>, client: &Client) {
        let Some(id) = user_id else {
            return self.writer.record(Event::SignInFailed, None, client).await;
        };
        let client = client.clone();
        let recorded = self.writer.of_user(id).write(System, move |write| {
            write.record(Entry::new(Event::SignInFailed, Some(id), &client, write.now()));
            Ok::<_, Failure>(user::record_failure(write, id)?)
        });
        if let Err(error) = recorded.await {
            tracing::error!(%error, "a failed sign-in was not recorded");
        }
    }

    /// Marks the browser as trusted, so that it may skip the second factor, if that is allowed.
    pub(super) async fn trust_device(
        &self,
        user: &Authenticated,
        client: &Client,
    ) -> Result<Option<DeviceTrust>, Failure> {
        let keep = self.trusted_device;
        if keep == 0 {
            return Ok(None);
        }
        let (token, now) = (random_secret(), self.clock.now());
        let new = NewTrust {
            token_hash: fingerprint(&token),
            user_id: user.id,
            epoch: user.epoch,
            device: client.device.clone(),
            address: client.address.to_string(),
            now,
            until: now + keep,
        };
        let entry = Entry::new(Event::DeviceTrusted, Some(user.id), client, now);
        let trusted = self.writer.of_user(user.id).write(System, move |write| {
            write.record(entry);
            Ok::<_, Failure>(trusted_devices::add(write, &new)?)
        });
        trusted.await?;
        Ok(Some(DeviceTrust { token, keep }))
    }

    /// Whether the user trusts the device, so that it may skip the second factor.
    pub(super) async fn trusts_device(&self, user: &User, device: &KnownDevice) -> Result<bool, DbError> {
        let hashes: Vec<String> = device.trust.iter().map(|token| fingerprint(token)).collect();
        if self.trusted_device == 0 || hashes.is_empty() {
            return Ok(false);
        }
        let (owner, now) = (user.clone(), self.clock.now());
        self.db.run(move |conn| trusted_devices::holds(conn, &owner, &hashes, now)).await
    }

    /// Notifies the owner of a sign-in from a new browser, except the one in which the account was created.
    pub(super) async fn notify_of_browser(&self, user: &Authenticated, client: &Client) {
        let is_new_account = user.created_at > self.clock.now() - NEW_ACCOUNT_AGE;
        let is_first = is_new_account && self.audit.is_first_sign_in(user.id).await.unwrap_or(false);
        if !is_first {
            self.notify_new_device(user.id, client).await;
        }
    }

    /// The same for a program, which stores no cookie: it is recognised by its name and its address.
    pub(super) async fn notify_of_program(&self, user: &Authenticated, client: &Client) {
        let since = self.clock.now() - PROGRAM_MEMORY;
        let here = client.rate_limit_subject();
        let is_here =
            move |address: &str| address.parse().is_ok_and(|address| rate_limit_subject(address) == here);
        let known = self.audit.has_signed_in_from(user.id, client.device.clone(), since, is_here).await;
        if !known.unwrap_or(false) {
            self.notify_new_device(user.id, client).await;
        }
    }

    /// If the notice cannot be queued, the sign-in still succeeds.
    async fn notify_new_device(&self, user_id: i64, client: &Client) {
        let (outbox, client) = (self.outbox.clone(), client.clone());
        let queued = self.writer.of_user(user_id).write(System, move |write| {
            Ok::<_, Failure>(user::notify(write, &outbox, user_id, Notice::NewDevice, Some(&client))?)
        });
        if let Err(error) = queued.await {
            tracing::error!(%error, "a notice of a new device was not queued");
        }
    }
}
