//! Periodic work: stores gathered last-used times, deletes expired rows.

use super::accounts::purge_retired_names;
use super::audit::AuditLog;
use super::bundle::Identity;
use super::clock_doubt::is_clock_trusted;
use super::credentials::{key_rotation, passkey_rows, reset};
use super::email::{purge_links, purge_notices};
use super::oidc;
use super::sessions::{FlushMode, ended, trusted_devices};
use super::sign_in::pending;
use super::tokens::refresh;
use super::unit_of_work::{Failure, System};
use super::upstream;
use crate::platform::form_answers;
use crate::platform::near_cache::follow_sql;
use crate::platform::outage::Outage;

static CHECKPOINTS: Outage =
    Outage::new("the database log is not checkpointed", "the database log is checkpointed again");

/// Stores the gathered last-used times.
pub async fn flush(identity: &Identity, mode: FlushMode) {
    identity.sessions.sessions.flush_last_seen(mode).await;
    identity.tokens.api.flush_last_used(mode).await;
    if mode == FlushMode::Paced {
        match identity.core.db.checkpoint().await {
            Ok(()) => CHECKPOINTS.worked(),
            Err(error) => CHECKPOINTS.failed(&error),
        }
    }
}

/// Deletes expired rows, and re-encrypts what older keys have encrypted. Does nothing while the clock is in doubt.
pub async fn purge(identity: &Identity) {
    match is_clock_trusted(&identity.core.writer).await {
        Ok(true) => {}
        Ok(false) => return,
        Err(error) => return tracing::warn!(%error, "expired rows were not deleted"),
    }
    if let Err(error) = purge_rows(identity).await {
        tracing::warn!(%error, "expired rows were not deleted");
    }
    if let Err(error) = identity.sessions.reader.store().purge().await {
        tracing::warn!(%error, "expired sessions were not deleted");
    }
    if let Err(error) = identity.tokens.api.limit_lifetimes().await {
        tracing::warn!(%error, "API tokens were given no expiry");
    }
    let core = &identity.core;
    let (lifetime, now) = (core.key_lifetime, core.clock.now());
    if let Err(error) = key_rotation::tidy(&core.writer, &core.keys, lifetime, now).await {
        tracing::warn!(%error, "secrets were not re-encrypted with the current key");
    }
}

async fn purge_rows(identity: &Identity) -> Result<(), Failure> {
    let retention = identity.audit.retention();
    let purged = identity.core.writer.write(System, move |write| {
        oidc::purge(write)?;
        let (now, conn) = (write.now(), write.uncached());
        ended::purge(conn, now)?;
        follow_sql::purge(conn, now)?;
        AuditLog::purge(conn, now, retention)?;
        refresh::purge(conn, now)?;
        purge_links(conn, now)?;
        purge_notices(conn, now)?;
        purge_retired_names(conn, now)?;
        pending::purge(conn, now)?;
        trusted_devices::purge(conn, now)?;
        passkey_rows::purge(conn, now)?;
        upstream::purge(conn, now)?;
        form_answers::purge(conn, now)?;
        Ok(reset::purge(conn, now)?)
    });
    purged.await
}
