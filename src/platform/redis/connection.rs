//! A shared connection that is reopened when it is lost: to one server, or to the current master.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use redis::aio::MultiplexedConnection;
use redis::{Cmd, ErrorKind, ProtocolVersion, RedisError, RedisResult, ServerErrorKind, Value};
use tokio::runtime::Handle;

use super::access::{self, Access};
use super::place::Place;
use super::role::must_be_master;

/// Pause after a failure; until it is over, calls fail immediately.
const PAUSE: Duration = Duration::from_millis(100);

/// Finds the current master.
pub trait FindMaster: Send + Sync {
    fn master(&self) -> BoxFuture<'static, RedisResult<Place>>;
}

/// The server to connect to.
pub enum Target {
    Server(Place),
    Master(Arc<dyn FindMaster>),
}

/// A connection that is reopened when it is lost. Calls wait while it is being opened.
pub struct Connection {
    target: Target,
    access: Access,
    /// Runs the connections, so that no caller that is dropped interrupts one.
    io: Handle,
    state: Mutex<State>,
    turn: tokio::sync::Mutex<()>,
    opened: AtomicU64,
}

enum State {
    Closed,
    Open(Open),
    Failed(RedisError, Instant),
}

#[derive(Clone)]
struct Open {
    connection: MultiplexedConnection,
    place: Place,
    /// Distinguishes it from previous connections.
    number: u64,
}

impl Connection {
    pub fn new(target: Target, access: Access, io: Handle) -> Arc<Self> {
        let state = Mutex::new(State::Closed);
        Arc::new(Self {
            target,
            access,
            io,
            state,
            turn: tokio::sync::Mutex::default(),
            opened: AtomicU64::new(0),
        })
    }

    /// Sends a command, and sends it again if the connection turns out to be closed or no longer the master's. So
    /// commands must be idempotent.
    pub async fn ask(self: &Arc<Self>, command: &Cmd) -> RedisResult<Value> {
        self.ask_as(command, false).await
    }

    /// The same for a key that is being moved to this server (`ASKING`).
    pub async fn ask_moving(self: &Arc<Self>, command: &Cmd) -> RedisResult<Value> {
        self.ask_as(command, true).await
    }

    async fn ask_as(self: &Arc<Self>, command: &Cmd, moving: bool) -> RedisResult<Value> {
        let mut is_first = true;
        loop {
            let mut open = self.open().await?;
            let answer = open.send(command, moving).await;
            let Err(error) = &answer else { return answer };
            if !self.is_lost_by(error) {
                return answer;
            }
            self.close(open.number);
            // The caller has waited once and is not made to wait again.
            if error.is_timeout() || !std::mem::take(&mut is_first) {
                return answer;
            }
        }
    }

    /// Whether the connection is unusable after this error.
    fn is_lost_by(&self, error: &RedisError) -> bool {
        use ServerErrorKind::{BusyLoading, MasterDown, ReadOnly};
        match error.kind() {
            // A single server may be read-only by configuration; a master that rejects writes is no longer the master.
            ErrorKind::Server(ReadOnly | MasterDown | BusyLoading) => {
                matches!(self.target, Target::Master(_))
            }
            ErrorKind::Server(_) => false,
            _ => error.is_io_error() || error.is_unrecoverable_error(),
        }
    }

    async fn open(self: &Arc<Self>) -> RedisResult<Open> {
        if let Some(known) = self.known() {
            return known;
        }
        let connection = Arc::clone(self);
        let opening = self.io.spawn(async move { connection.open_now().await });
        opening.await.unwrap_or_else(|_| Err(gone()))
    }

    async fn open_now(self: Arc<Self>) -> RedisResult<Open> {
        let _turn = self.turn.lock().await;
        if let Some(known) = self.known() {
            return known;
        }
        let opened = self.connect().await;
        *self.state() = match &opened {
            Ok(open) => State::Open(open.clone()),
            Err(error) => State::Failed(error.clone(), Instant::now()),
        };
        opened
    }

    async fn connect(&self) -> RedisResult<Open> {
        let place = match &self.target {
            Target::Server(place) => place.clone(),
            Target::Master(sentinels) => sentinels.master().await?,
        };
        let client = self.access.client(&place, ProtocolVersion::RESP2)?;
        let mut connection = client.get_multiplexed_async_connection_with_config(&access::settings()).await?;
        if let Target::Master(_) = self.target {
            must_be_master(&mut connection).await?;
        }
        Ok(Open { connection, place, number: self.opened.fetch_add(1, Ordering::Relaxed) })
    }

    /// The open connection, or a failure within the pause.
    fn known(&self) -> Option<RedisResult<Open>> {
        match &*self.state() {
            State::Open(open) => Some(Ok(open.clone())),
            State::Failed(error, at) if at.elapsed() < PAUSE => Some(Err(error.clone())),
            _ => None,
        }
    }

    fn close(&self, number: u64) {
        let mut state = self.state();
        if matches!(&*state, State::Open(open) if open.number == number) {
            *state = State::Closed;
        }
    }

    /// Closes the connection unless it leads to the server at `place` and that is a master.
    pub async fn keep_only(&self, place: &Place) {
        let open = match &*self.state() {
            State::Open(open) => open.clone(),
            _ => return,
        };
        let mut connection = open.connection.clone();
        if open.place != *place || must_be_master(&mut connection).await.is_err() {
            tracing::info!(from = %open.place, to = %place, "the master of Redis has moved");
            self.close(open.number);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    async fn send(&mut self, command: &Cmd, moving: bool) -> RedisResult<Value> {
        if !moving {
            return self.connection.send_packed_command(command).await.and_then(Value::extract_error);
        }
        let mut pipe = redis::pipe();
        pipe.cmd("ASKING").ignore().add_command(command.clone());
        let answers = self.connection.send_packed_commands(&pipe, 0, 2).await?;
        answers.into_iter().next_back().unwrap_or(Value::Nil).extract_error()
    }
}

pub(super) fn gone() -> RedisError {
    RedisError::from((ErrorKind::Io, "the thread of the Redis connections has ended"))
}
