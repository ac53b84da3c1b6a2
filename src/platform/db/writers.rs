//! The threads that write. PostgreSQL has several, each with one write at a time. SQLite has one writer: the writes that
//! wait for it are committed together, so that they wait for the disk once.

use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::platform::metrics::{QueueTimer, WorkTimer};

use super::conn::Conn;
use super::error::DbError;
use super::locks::Locks;
use super::manager::Pooled;
use super::pool::Pool;
use super::pool_size::PoolSize;
use super::transaction::{begin_on_any, commit, nested, roll_back};
use super::write_progress::WriteProgress;

/// How many writes may wait.
const MAX_WAITING: usize = 1_000;

/// A group is committed once it has so many writes, or has worked for so long: the first of them waits for the last.
const MOST_TOGETHER: usize = 64;
const LONGEST_TOGETHER: Duration = Duration::from_millis(10);

/// Pause after a group while others wait: another process gets its turn only between two of them.
const PAUSE: Duration = Duration::from_micros(200);

/// A queue of writes and the threads that perform them; cheap to clone. The threads end with the last clone.
#[derive(Clone)]
pub struct Writers(SyncSender<Box<dyn Queued>>);

/// A write and its caller, who waits.
trait Queued: Send {
    fn locks(&self) -> &Locks;

    /// Whether the caller still wants it; from then on it counts as begun.
    fn begin(&self) -> bool;

    /// Works in a transaction that is open. Returns whether it succeeded and the caller still waits.
    fn work(&mut self, conn: &mut Conn) -> bool;

    /// Whether the caller still waits; from then on it may be committed.
    fn may_commit(&self) -> bool;

    /// Gives the caller the result, or the reason why nothing was committed.
    fn answer(self: Box<Self>, committed: Result<(), DbError>);
}

/// A write of any type.
pub struct NewWrite<W> {
    pub locks: Locks,
    pub progress: Arc<WriteProgress>,
    pub waiting: QueueTimer,
    pub work: W,
}

struct Waiting<T, E, W> {
    locks: Locks,
    progress: Arc<WriteProgress>,
    /// Taken when the work begins.
    work: Option<(QueueTimer, W)>,
    timer: Option<WorkTimer>,
    /// None before the work ends, and if it panics.
    done: Option<Result<T, E>>,
    caller: oneshot::Sender<Result<T, E>>,
}

impl Writers {
    pub fn start(pool: &Pool, size: PoolSize) -> Self {
        let threads = if pool.commits_together() { 1 } else { size.writers };
        let (queue, writes) = sync_channel(MAX_WAITING);
        let writes = Arc::new(Mutex::new(writes));
        for number in 0..threads {
            let (pool, writes) = (pool.clone(), Arc::clone(&writes));
            let thread = std::thread::Builder::new().name(format!("sql-write-{number}"));
            thread.spawn(move || perform_all(&pool, &writes)).expect("the system gives a thread");
        }
        Self(queue)
    }

    /// Performs a write. It is skipped if the caller is dropped before it begins.
    pub async fn run<T, E, W>(&self, new: NewWrite<W>) -> Result<T, E>
    where
        W: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (caller, result) = oneshot::channel();
        let NewWrite { locks, progress, waiting, work } = new;
        let waiting =
            Waiting { locks, progress, work: Some((waiting, work)), timer: None, done: None, caller };
        self.0.try_send(Box::new(waiting)).map_err(|_| DbError::busy())?;
        result.await.unwrap_or_else(|_| Err(DbError::busy().into()))
    }
}

impl<T, E, W> Queued for Waiting<T, E, W>
where
    W: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    fn locks(&self) -> &Locks {
        &self.locks
    }

    fn begin(&self) -> bool {
        !self.caller.is_closed() && self.progress.begin().is_ok()
    }

    fn work(&mut self, conn: &mut Conn) -> bool {
        let Some((waiting, work)) = self.work.take() else { return false };
        self.timer = Some(waiting.over());
        // A panic fails the one write and does not end the thread.
        self.done = std::panic::catch_unwind(AssertUnwindSafe(|| work(conn))).ok();
        if self.progress.was_left() {
            self.done = Some(Err(DbError::busy().into()));
        }
        matches!(self.done, Some(Ok(_)))
    }

    fn may_commit(&self) -> bool {
        !matches!(self.done, Some(Ok(_))) || self.progress.commit().is_ok()
    }

    fn answer(self: Box<Self>, committed: Result<(), DbError>) {
        let Self { done, caller, timer, .. } = *self;
        drop(timer);
        let result = match committed {
            Err(error) => Some(Err(error.into())),
            Ok(()) => done,
        };
        if let Some(result) = result {
            // A caller that has left needs no answer.
            let _ = caller.send(result);
        }
    }
}

fn perform_all(pool: &Pool, writes: &Mutex<Receiver<Box<dyn Queued>>>) {
    let queue = || writes.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let Ok(first) = queue().recv() else { return };
        if !first.begin() {
            continue;
        }
        let next = || pool.commits_together().then(|| queue().try_recv().ok()).flatten();
        let together = perform(pool, first, next);
        if together > 1 {
            std::thread::sleep(PAUSE);
        }
    }
}

/// Performs a write and those that `next` gives while it works, in one transaction. Returns how many there were.
fn perform(pool: &Pool, mut first: Box<dyn Queued>, next: impl Fn() -> Option<Box<dyn Queued>>) -> usize {
    let mut conn = match begin_on_any(pool, first.locks()) {
        Ok(conn) => conn,
        Err(error) => {
            first.answer(Err(error));
            return 1;
        }
    };
    if !first.work(&mut conn) {
        roll_back(&mut conn);
        first.answer(Ok(()));
        return 1;
    }
    let mut group = vec![first];
    let ended = work_together(&mut conn, &mut group, next).and_then(|()| {
        if !group.iter().all(|write| write.may_commit()) {
            return Err(DbError::busy());
        }
        commit(&mut conn)
    });
    end(conn, group, ended)
}

/// Adds writes to the group until none waits or it is large enough.
fn work_together(
    conn: &mut Conn,
    group: &mut Vec<Box<dyn Queued>>,
    next: impl Fn() -> Option<Box<dyn Queued>>,
) -> Result<(), DbError> {
    let begun = Instant::now();
    while group.len() < MOST_TOGETHER && begun.elapsed() < LONGEST_TOGETHER {
        let Some(mut write) = next() else { return Ok(()) };
        if write.begin() {
            let worked = nested(conn, |conn| write.work(conn));
            group.push(write);
            worked?;
        }
    }
    Ok(())
}

/// Answers the callers once all is committed or, on an error, rolled back.
fn end(mut conn: Pooled, group: Vec<Box<dyn Queued>>, ended: Result<(), DbError>) -> usize {
    let writes = group.len();
    match ended {
        Ok(()) => {
            conn.has_answered();
            drop(conn);
            group.into_iter().for_each(|write| write.answer(Ok(())));
        }
        Err(error) => {
            roll_back(&mut conn);
            drop(conn);
            let mut writes = group.into_iter();
            let first = writes.next();
            writes.for_each(|write| write.answer(Err(error.for_others())));
            if let Some(first) = first {
                first.answer(Err(error));
            }
        }
    }
    writes
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel};

    use diesel::connection::{Connection, SimpleConnection};
    use futures_util::future::join_all;
    use tokio::task::JoinHandle;

    use crate::platform::metrics::{self, Work};

    use super::super::database::Db;
    use super::*;

    type Outcome = Result<(), DbError>;

    /// A database with one table, whose only writer is busy until it is let go.
    struct Busy {
        db: Db,
        writers: Writers,
        go: Sender<()>,
        first: JoinHandle<Outcome>,
        _dir: tempfile::TempDir,
    }

    impl Busy {
        async fn start() -> Self {
            let dir = tempfile::tempdir().unwrap();
            let db = Db::open(&dir.path().join("munjigi.db").as_path().into()).unwrap();
            db.conn().unwrap().batch_execute("CREATE TABLE done (id INTEGER PRIMARY KEY)").unwrap();
            let writers = Writers::start(&db.pool, PoolSize::default());
            let ((go, gone), (began, begun)) = (channel(), channel());
            let first = queue(&writers, move |_| {
                began.send(()).unwrap();
                gone.recv().unwrap();
                Ok(())
            });
            tokio::task::spawn_blocking(move || begun.recv().unwrap()).await.unwrap();
            Self { db, writers, go, first, _dir: dir }
        }

        /// Queues a write; it is in the queue once this returns.
        async fn queue(
            &self,
            work: impl FnOnce(&mut Conn) -> Outcome + Send + 'static,
        ) -> JoinHandle<Outcome> {
            let queued = queue(&self.writers, work);
            tokio::task::yield_now().await;
            queued
        }

        /// Lets the first write end, and returns the outcomes of others, in words.
        async fn outcomes(&mut self, others: Vec<JoinHandle<Outcome>>) -> Vec<String> {
            self.go.send(()).unwrap();
            let first = (&mut self.first).await.unwrap();
            let mut all = vec![first];
            all.extend(join_all(others).await.into_iter().map(Result::unwrap));
            all.into_iter()
                .map(|outcome| outcome.map_or_else(|error| error.to_string(), |()| "ok".to_owned()))
                .collect()
        }

        fn ids(&self) -> Vec<i32> {
            ids(&mut self.db.conn().unwrap())
        }
    }

    fn queue(
        writers: &Writers,
        work: impl FnOnce(&mut Conn) -> Outcome + Send + 'static,
    ) -> JoinHandle<Outcome> {
        queue_with(writers, Arc::default(), work)
    }

    fn queue_with(
        writers: &Writers,
        progress: Arc<WriteProgress>,
        work: impl FnOnce(&mut Conn) -> Outcome + Send + 'static,
    ) -> JoinHandle<Outcome> {
        let waiting = metrics::waiting_for(Work::SqlWrite);
        let new = NewWrite { locks: Locks::All, progress, waiting, work };
        let writers = writers.clone();
        tokio::spawn(async move { writers.run(new).await })
    }

    /// The progress of a write, and what a caller does to leave while it works.
    fn left_at_work() -> (Arc<WriteProgress>, impl FnOnce() + Send + 'static) {
        let progress = Arc::<WriteProgress>::default();
        let of_the_caller = Arc::clone(&progress);
        let leave = move || {
            assert!(of_the_caller.leave(WriteProgress::WORKING), "the caller has waited too long");
        };
        (progress, leave)
    }

    fn insert(id: i32) -> impl FnOnce(&mut Conn) -> Outcome + Send + 'static {
        move |conn| Ok(conn.batch_execute(&format!("INSERT INTO done VALUES ({id})"))?)
    }

    fn ids(conn: &mut Conn) -> Vec<i32> {
        use diesel::prelude::*;
        diesel::table! {
            done (id) {
                id -> Integer,
            }
        }
        done::table.select(done::id).order(done::id).load(conn).unwrap()
    }

    const UNDONE: &str = "the database is not available: it did not answer in time";

    #[tokio::test]
    async fn writes_that_wait_are_committed_together_and_one_that_fails_is_undone_alone() {
        let mut busy = Busy::start().await;
        let db = busy.db.clone();
        let queued = vec![
            busy.queue(insert(1)).await,
            busy.queue(|conn| {
                insert(2)(conn)?;
                Err(DbError::Unavailable("refused".to_owned()))
            })
            .await,
            busy.queue(insert(1)).await,
            busy.queue(|conn| {
                insert(3)(conn)?;
                panic!("on purpose")
            })
            .await,
            busy.queue(move |conn| {
                insert(4)(conn)?;
                assert_eq!(ids(conn), [1, 4], "what the write before it did is seen");
                assert_eq!(ids(&mut db.conn().unwrap()), [0; 0], "nothing is committed yet");
                Ok(())
            })
            .await,
        ];
        let outcomes = busy.outcomes(queued).await;
        let unique = "UNIQUE constraint failed: done.id";
        assert_eq!(outcomes, ["ok", "ok", "the database is not available: refused", unique, UNDONE, "ok"]);
        assert_eq!(busy.ids(), [1, 4]);
    }

    #[tokio::test]
    async fn what_cannot_be_committed_is_reported_to_each_and_nothing_of_it_is_done() {
        let mut busy = Busy::start().await;
        let queued = vec![
            busy.queue(insert(1)).await,
            // A row without its owner, which is only noticed at the commit.
            busy.queue(|conn| {
                Ok(conn.batch_execute(
                    "CREATE TABLE part (of INTEGER REFERENCES done DEFERRABLE INITIALLY DEFERRED);
                     INSERT INTO part VALUES (7)",
                )?)
            })
            .await,
            busy.queue(insert(2)).await,
        ];
        let outcomes = busy.outcomes(queued).await;
        assert!(
            outcomes.iter().all(|outcome| outcome.contains("FOREIGN KEY constraint failed")),
            "{outcomes:?}"
        );
        assert_eq!(busy.ids(), [0; 0]);
        let next = queue(&busy.writers, insert(3)).await.unwrap();
        assert!(next.is_ok(), "the next write is not concerned: {next:?}");
        assert_eq!(busy.ids(), [3]);
    }

    #[tokio::test]
    async fn a_write_that_its_caller_has_given_up_is_undone_alone() {
        let mut busy = Busy::start().await;
        let (progress, leave) = left_at_work();
        let left = queue_with(&busy.writers, progress, move |conn| {
            insert(1)(conn)?;
            leave();
            Ok(())
        });
        tokio::task::yield_now().await;
        let other = busy.queue(insert(2)).await;
        assert_eq!(busy.outcomes(vec![left, other]).await, ["ok", UNDONE, "ok"]);
        assert_eq!(busy.ids(), [2]);
    }

    #[tokio::test]
    async fn a_write_that_is_given_up_while_it_waits_for_the_others_is_not_committed_with_them() {
        let mut busy = Busy::start().await;
        let (progress, leave) = left_at_work();
        let left = queue_with(&busy.writers, progress, insert(1));
        tokio::task::yield_now().await;
        let slow = busy.queue(move |conn| {
            leave();
            insert(2)(conn)
        });
        let slow = slow.await;
        assert_eq!(busy.outcomes(vec![left, slow]).await, [UNDONE; 3]);
        assert_eq!(busy.ids(), [0; 0]);
    }

    #[tokio::test]
    async fn a_part_of_a_write_that_stays_open_undoes_the_group() {
        let mut busy = Busy::start().await;
        let queued = vec![
            busy.queue(insert(1)).await,
            busy.queue(|conn| {
                let part = |conn: &mut Conn| -> diesel::QueryResult<()> {
                    insert(2)(conn).unwrap();
                    panic!("on purpose")
                };
                Ok(conn.transaction(part)?)
            })
            .await,
        ];
        let outcomes = busy.outcomes(queued).await;
        let left_open = "the database is not available: a transaction was left open";
        assert_eq!(outcomes, [left_open; 3]);
        assert_eq!(busy.ids(), [0; 0]);
        assert!(queue(&busy.writers, insert(3)).await.unwrap().is_ok());
    }
}
