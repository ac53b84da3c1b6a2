//! Threads behind a bounded queue, for work that blocks.

use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

type Job = Box<dyn FnOnce() + Send>;

/// The queue is full, or the work panicked.
#[derive(Debug, thiserror::Error)]
#[error("the queue is full")]
pub struct Full;

/// A FIFO queue served by its threads; cheap to clone. The threads end with the last clone.
#[derive(Clone)]
pub struct WorkQueue(SyncSender<Job>);

impl WorkQueue {
    /// Starts `threads` threads, each of which first runs `prepare`. At most `depth` jobs wait.
    pub fn start(name: &str, threads: usize, depth: usize, prepare: fn()) -> Self {
        let (queue, jobs) = sync_channel::<Job>(depth);
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 0..threads {
            let jobs = Arc::clone(&jobs);
            let work = move || {
                prepare();
                work_through(&jobs);
            };
            let thread = std::thread::Builder::new().name(format!("{name}-{number}"));
            thread.spawn(work).expect("the system gives a thread");
        }
        Self(queue)
    }

    /// Runs `work` on one of the threads. It is skipped if the caller is dropped before it starts.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Full> {
        let (answer, result) = oneshot::channel();
        let job = move || {
            if !answer.is_closed() {
                let _ = answer.send(work());
            }
        };
        self.0.try_send(Box::new(job)).map_err(|_| Full)?;
        result.await.map_err(|_| Full)
    }
}

fn work_through(jobs: &Mutex<Receiver<Job>>) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match next {
            // A panic fails the one call and does not end the thread.
            Ok(job) => drop(std::panic::catch_unwind(AssertUnwindSafe(job))),
            Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn work_runs_in_order_and_a_panic_stops_nothing() {
        let queue = WorkQueue::start("test", 1, 8, || ());
        assert!(queue.run(|| panic!("on purpose")).await.is_err());
        let done = Arc::new(Mutex::new(Vec::new()));
        let jobs = (0..8).map(|number| {
            let done = Arc::clone(&done);
            queue.run(move || done.lock().unwrap().push(number))
        });
        futures_util::future::join_all(jobs).await;
        assert_eq!(*done.lock().unwrap(), (0..8).collect::<Vec<_>>());
    }

    #[actix_web::test]
    async fn a_full_queue_rejects_and_abandoned_work_is_skipped() {
        let queue = WorkQueue::start("test", 1, 1, || ());
        let (release, wait) = std::sync::mpsc::channel::<()>();
        let also = queue.clone();
        let first = actix_web::rt::spawn(async move { also.run(move || wait.recv()).await });
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        let touched = Arc::new(Mutex::new(false));
        let mark = Arc::clone(&touched);
        let also = queue.clone();
        let second =
            actix_web::rt::spawn(async move { also.run(move || *mark.lock().unwrap() = true).await });
        tokio::task::yield_now().await;
        assert!(queue.run(|| ()).await.is_err(), "full");
        second.abort();
        tokio::task::yield_now().await;
        release.send(()).unwrap();
        first.await.unwrap().unwrap().unwrap();
        // The abandoned job stays in the queue until the thread reaches it.
        while queue.run(|| ()).await.is_err() {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        assert!(!*touched.lock().unwrap());
    }
}
