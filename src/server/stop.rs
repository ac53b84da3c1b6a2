//! How the server stops: it first closes connections gradually, then finishes requests in flight.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::dev::{Extensions, ServerHandle};

use crate::http::Site;

use super::listen::Listening;

/// The number of open connections.
#[derive(Clone, Default)]
pub(super) struct Connections(Arc<AtomicUsize>);

/// Counts one connection until it is dropped.
struct Open(Connections);

impl Connections {
    /// Counts a connection for as long as its extensions live.
    pub fn count(&self, extensions: &mut Extensions) {
        self.0.fetch_add(1, Ordering::Relaxed);
        extensions.insert(Open(self.clone()));
    }

    fn are_none(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Stops a server.
#[derive(Clone)]
pub struct Stopper {
    pub(super) handle: ServerHandle,
    pub(super) site: Arc<Site>,
    pub(super) connections: Connections,
    pub(super) listening: Listening,
    /// How long connections are drained.
    pub(super) drain: Duration,
}

impl Stopper {
    /// Keeps responding for a while and closes each connection after its response, so that proxies switch to
    /// another server; then stops, and finishes requests in flight. Does not wait if there are no
    /// connections.
    pub async fn drain(&self) {
        self.site.drain();
        if !self.connections.are_none() {
            tokio::time::sleep(self.drain).await;
        }
        self.listening.wind_down().await;
        self.handle.stop(true).await;
    }

    /// Stops without draining.
    pub async fn stop(&self) {
        self.site.drain();
        self.listening.release();
        self.handle.stop(true).await;
    }
}

/// The signals that stop the process.
#[cfg(unix)]
pub struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// From now on these signals no longer kill the process.
    pub fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// SIGTERM comes from a proxy or a supervisor, and drains connections. SIGINT comes from a user who is
    /// waiting at the terminal. A second signal stops immediately.
    pub async fn obey(mut self, stopper: Stopper) {
        let is_polite = tokio::select! {
            _ = self.terminate.recv() => true,
            _ = self.interrupt.recv() => false,
        };
        let stopping = async { if is_polite { stopper.drain().await } else { stopper.stop().await } };
        tokio::select! {
            () = stopping => {}
            _ = self.terminate.recv() => stopper.handle.stop(false).await,
            _ = self.interrupt.recv() => stopper.handle.stop(false).await,
        }
    }
}

#[cfg(not(unix))]
pub struct Signals;

#[cfg(not(unix))]
impl Signals {
    pub fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    pub async fn obey(self, stopper: Stopper) {
        if tokio::signal::ctrl_c().await.is_ok() {
            stopper.stop().await;
        }
    }
}
