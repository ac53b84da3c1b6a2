//! Periodic work: stores gathered last-used times, deletes expired rows.

use super::accounts::{merge_totals, purge_retired_names};
use super::audit::{self, AuditLog};
use super::bundle::Identity;
use super::clock_doubt::is_clock_trusted;
use super::credentials::{key_rotation, passkey_rows, reset};
use super::email::{purge_links, purge_notices};
use super::oidc;
use super::sessions::{FlushMode, ended, trusted_devices};
use super::sign_in::pending;
use super::tokens::refresh;
use super::unit_of_work::{Failure, Purge, System};
use super::upstream;
use crate::platform::db::Locks;
use crate::platform::form_answers;
use crate::platform::near_cache::follow_sql;
use crate::platform::outage::Outage;

static CHECKPOINTS: Outage =
    Outage::new("the database log is not checkpointed", "the database log is checkpointed again");
static COUNTS: Outage = Outage::new("counts of the day are not stored", "counts of the day are stored again");

/// Stores the gathered last-used times.
pub async fn flush(identity: &Identity, mode: FlushMode) {
    identity.sessions.sessions.flush_last_seen(mode).await;
    identity.tokens.api.flush_last_used(mode).await;
    flush_counts(identity).await;
    if mode == FlushMode::Paced {
        match identity.core.db.checkpoint().await {
            Ok(()) => CHECKPOINTS.worked(),
            Err(error) => CHECKPOINTS.failed(&error),
        }
    }
}

/// Stores what this node has counted in memory.
pub async fn flush_counts(identity: &Identity) {
    let counts = identity.audit.tally().take();
    if counts.is_empty() {
        return;
    }
    let added = counts.clone();
    // Single statements that add up whatever happens beside them.
    let stored = identity
        .core
        .writer
        .holding(Locks::none())
        .write(System, move |write| Ok::<_, Failure>(audit::store_counts(write.uncached(), &added)?));
    match stored.await {
        Ok(()) => COUNTS.worked(),
        Err(error) => {
            identity.audit.tally().put_back(counts);
            COUNTS.failed(&error);
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
    purge_rows(identity).await;
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

/// Each kind on its own, by its name in the log.
const PURGES: [(&str, Purge); 14] = [
    ("ended sessions", ended::purge),
    ("changes", |write, most| {
        let now = write.now();
        follow_sql::purge(write.uncached(), now, most)
    }),
    ("refresh tokens", refresh::purge),
    ("mailed links", purge_links),
    ("counts of notices", purge_notices),
    ("retired names", purge_retired_names),
    ("pending sign-ins", pending::purge),
    ("trusted devices", trusted_devices::purge),
    ("answered challenges", passkey_rows::purge),
    ("attempts at other providers", upstream::purge),
    ("answers to forms", |write, most| {
        let now = write.now();
        form_answers::purge(write.uncached(), now, most)
    }),
    ("password links", reset::purge),
    ("counts of days", |write, most| {
        let now = write.now();
        audit::purge_counts(write.uncached(), now, most)
    }),
    ("parts of totals", merge_totals),
];

/// A kind that fails holds up no other.
async fn purge_rows(identity: &Identity) {
    let writer = &identity.core.writer;
    let retention = identity.audit.retention();
    let old_entries = writer.write_in_batches(move |write, most| {
        let now = write.now();
        AuditLog::purge(write.uncached(), now, retention, most)
    });
    report("audit entries", old_entries.await);
    for (kind, purge) in oidc::PURGES.into_iter().chain(PURGES) {
        report(kind, writer.write_in_batches(purge).await);
    }
}

fn report(kind: &str, purged: Result<(), Failure>) {
    if let Err(error) = purged {
        tracing::warn!(%error, kind, "expired rows were not deleted");
    }
}
