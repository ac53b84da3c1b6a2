//! How the server stops: first it takes its leave of every connection, then it finishes what is in flight.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::dev::{Extensions, ServerHandle};

use crate::http::Site;

/// How many connections are open.
#[derive(Clone, Default)]
pub(super) struct Connections(Arc<AtomicUsize>);

/// One of them; dropped with it.
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
    /// How long it takes leave.
    pub(super) drain: Duration,
}

impl Stopper {
    /// Goes on answering for a while, each answer the last of its connection, so that proxies look elsewhere; then
    /// stops, and finishes what is in flight. Where nobody is connected, nobody is waited for.
    pub async fn drain(&self) {
        self.site.drain();
        if !self.connections.are_none() {
            tokio::time::sleep(self.drain).await;
        }
        self.handle.stop(true).await;
    }

    /// The same at once.
    pub async fn stop(&self) {
        self.site.drain();
        self.handle.stop(true).await;
    }
}

/// What tells the process to end.
#[cfg(unix)]
pub struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// From now on they do not kill the process.
    pub fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// SIGTERM is a proxy's or a supervisor's, and takes leave; SIGINT is a person's at the terminal, who waits. A second
    /// signal waits for nobody.
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
