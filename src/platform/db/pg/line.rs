//! One connection to a server, which the thread that waits for an answer drives itself: no other thread and no runtime, so
//! an answer costs one write, one wait and one read.

use std::error::Error;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::unconstrained;
use tokio_postgres::{AsyncMessage, Connection};

use super::socket::{Socket, Stream};

/// A server that sends nothing at all for so long has stopped, or the network has: each statement ends within 5 seconds.
const SILENCE: Duration = Duration::from_secs(15);

type Message = Option<Result<AsyncMessage, tokio_postgres::Error>>;
type Protocol = Box<dyn FnMut(&mut Context<'_>) -> Poll<Message> + Send>;

pub struct Line {
    socket: Arc<Socket>,
    /// Absent once the connection is lost.
    protocol: Option<Protocol>,
    /// Why it was lost.
    reason: String,
    has_news: bool,
    silence: Option<Duration>,
    woken: Arc<Woken>,
}

/// Whether a future can make progress without the socket.
#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Line {
    pub fn new<T>(socket: Arc<Socket>, mut connection: Connection<Stream, T>) -> Self
    where
        T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        Self {
            socket,
            protocol: Some(Box::new(move |context| connection.poll_message(context))),
            reason: String::new(),
            has_news: false,
            silence: Some(SILENCE),
            woken: Arc::default(),
        }
    }

    /// Blocks this thread until the work is done. `None` if the connection was lost before.
    pub fn run<T>(&mut self, work: impl Future<Output = T>) -> Option<T> {
        // On a thread of a runtime, a part of it would wait for its turn, which comes when this has returned.
        let mut work = pin!(unconstrained(work));
        let waker = Waker::from(Arc::clone(&self.woken));
        let mut context = Context::from_waker(&waker);
        loop {
            let was_lost = self.is_lost();
            self.woken.0.store(false, Ordering::Relaxed);
            if let Poll::Ready(done) = work.as_mut().poll(&mut context) {
                return Some(done);
            }
            if was_lost {
                return None;
            }
            self.drive(&mut context);
            // The work learns of the loss.
            if self.is_lost() || self.woken.0.load(Ordering::Relaxed) {
                continue;
            }
            if let Err(error) = self.socket.wait(self.silence) {
                self.lose(waiting_failed(&error));
            }
        }
    }

    /// Whether notifications have arrived since the last call. Does not contact the server.
    pub fn has_news(&mut self) -> bool {
        match self.socket.wait(Some(Duration::ZERO)) {
            Ok(()) => {
                let waker = Waker::from(Arc::clone(&self.woken));
                self.drive(&mut Context::from_waker(&waker));
            }
            Err(error) if error.kind() == io::ErrorKind::TimedOut => {}
            Err(error) => self.lose(error.to_string()),
        }
        std::mem::take(&mut self.has_news)
    }

    pub fn is_lost(&self) -> bool {
        self.protocol.is_none()
    }

    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Waits for answers however long they take, from now on.
    pub fn be_patient(&mut self) {
        self.silence = None;
    }

    fn drive(&mut self, context: &mut Context<'_>) {
        while let Some(protocol) = &mut self.protocol {
            match protocol(context) {
                Poll::Pending => return,
                Poll::Ready(Some(Ok(AsyncMessage::Notification(_)))) => self.has_news = true,
                Poll::Ready(Some(Ok(_))) => {}
                Poll::Ready(Some(Err(error))) => self.lose(in_full(&error)),
                Poll::Ready(None) => self.lose("the connection was closed".to_owned()),
            }
        }
    }

    fn lose(&mut self, reason: String) {
        self.protocol = None;
        self.reason = reason;
    }
}

impl Drop for Line {
    /// Takes leave of the server, once the client is gone.
    fn drop(&mut self) {
        self.drive(&mut Context::from_waker(Waker::noop()));
    }
}

/// Blocks this thread until the work on a socket is done, until `deadline` at most.
pub fn run_until<T>(
    socket: &Socket,
    deadline: Option<Instant>,
    work: impl Future<Output = T>,
) -> Result<T, String> {
    let mut work = pin!(unconstrained(work));
    let woken = Arc::<Woken>::default();
    let waker = Waker::from(Arc::clone(&woken));
    loop {
        woken.0.store(false, Ordering::Relaxed);
        if let Poll::Ready(done) = work.as_mut().poll(&mut Context::from_waker(&waker)) {
            return Ok(done);
        }
        if !woken.0.load(Ordering::Relaxed) {
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            socket.wait(left).map_err(|error| waiting_failed(&error))?;
        }
    }
}

fn waiting_failed(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::TimedOut => "the server did not answer in time".to_owned(),
        _ => error.to_string(),
    }
}

/// The error and its causes: tokio-postgres's own words are only its kind.
pub fn in_full(error: &tokio_postgres::Error) -> String {
    if let Some(error) = error.as_db_error() {
        return format!("{}: {}", error.severity(), error.message());
    }
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
