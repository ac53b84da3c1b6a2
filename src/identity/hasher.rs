//! The hashing pool: a few threads of the lowest priority behind a bounded queue, so that a storm of sign-ins never
//! slows a page.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::password::{PasswordProblem, Secret};

/// The longest that an accepted request waits for its turn.
const MAX_WAIT: Duration = Duration::from_secs(2);

/// The queue is full: come back in a moment.
#[derive(Debug, thiserror::Error)]
#[error("all hashing threads are busy")]
pub struct Busy;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Right,
    /// Right, but hashed at another cost than today's: hash it anew.
    RightButOutdated,
    Wrong,
}

type Job = Box<dyn FnOnce() + Send>;

/// Hashes and checks passwords with bcrypt; cheap to clone.
#[derive(Clone)]
pub struct Hasher {
    queue: SyncSender<Job>,
    cost: u32,
    /// Checked in place of the hash of a user who does not exist, so that both take the same time.
    decoy: Arc<str>,
}

impl Hasher {
    /// Starts `threads` threads. Hashes once, to make the decoy and to learn how long a hash takes here.
    pub fn start(threads: usize, cost: u32) -> Self {
        let started = Instant::now();
        let decoy = bcrypt::hash(Secret::new(crate::keys::random_id()).digest(), cost)
            .expect("the cost is in bcrypt's range");
        let depth = queue_depth(threads, started.elapsed());
        let (queue, jobs) = sync_channel::<Job>(depth);
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 0..threads {
            let jobs = Arc::clone(&jobs);
            std::thread::Builder::new()
                .name(format!("hash-{number}"))
                .spawn(move || work(&jobs))
                .expect("the system gives a thread");
        }
        Self { queue, cost, decoy: decoy.into() }
    }

    /// Checks a password that is not going to be stored this time.
    pub async fn check(
        &self,
        password: Secret,
        about: Vec<String>,
    ) -> Result<Result<(), PasswordProblem>, Busy> {
        self.run(move || check(&password, &about)).await
    }

    /// What to store for `password`, after a check against common passwords and what is known of the person.
    pub async fn hash_new(
        &self,
        password: Secret,
        about: Vec<String>,
    ) -> Result<Result<String, PasswordProblem>, Busy> {
        let cost = self.cost;
        self.run(move || check(&password, &about).map(|()| hash(&password, cost))).await
    }

    /// What to store for `password`, which has been right before.
    pub async fn hash_known(&self, password: Secret) -> Result<String, Busy> {
        let cost = self.cost;
        self.run(move || hash(&password, cost)).await
    }

    /// Checks `password` against a stored hash; without one it takes as long and is wrong.
    pub async fn verify(&self, password: Secret, stored: Option<String>) -> Result<Verdict, Busy> {
        let (cost, decoy) = (self.cost, Arc::clone(&self.decoy));
        self.run(move || match stored {
            Some(stored) => verify(&password, &stored, cost),
            None => {
                verify(&password, &decoy, cost);
                Verdict::Wrong
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let (answer, result) = oneshot::channel();
        let job = move || {
            // Whoever asked may have gone away while this waited.
            if !answer.is_closed() {
                let _ = answer.send(work());
            }
        };
        self.queue.try_send(Box::new(job)).map_err(|_| Busy)?;
        result.await.map_err(|_| Busy)
    }
}

/// As many jobs as the threads finish within `MAX_WAIT`.
fn queue_depth(threads: usize, one_hash: Duration) -> usize {
    let per_thread = MAX_WAIT.as_secs_f64() / one_hash.as_secs_f64().max(0.001);
    (per_thread as usize).max(1) * threads
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    step_back();
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match next {
            // A panic costs its one caller an answer, not everyone a thread.
            Ok(job) => drop(std::panic::catch_unwind(std::panic::AssertUnwindSafe(job))),
            Err(_) => return,
        }
    }
}

/// SCHED_IDLE: this thread runs when no other wants the core.
#[cfg(target_os = "linux")]
fn step_back() {
    use thread_priority::unix::{self, NormalThreadSchedulePolicy::Idle, ThreadSchedulePolicy::Normal};
    let priority = thread_priority::ThreadPriority::Min;
    if let Err(error) = unix::set_thread_priority_and_policy(unix::thread_native_id(), priority, Normal(Idle))
    {
        tracing::warn!(?error, "hashing threads keep their normal priority");
    }
}

#[cfg(not(target_os = "linux"))]
fn step_back() {}

fn check(password: &Secret, about: &[String]) -> Result<(), PasswordProblem> {
    password.check(&about.iter().map(String::as_str).collect::<Vec<_>>())
}

fn hash(password: &Secret, cost: u32) -> String {
    bcrypt::non_truncating_hash(password.digest(), cost).expect("64 characters and a checked cost")
}

fn verify(password: &Secret, stored: &str, cost: u32) -> Verdict {
    match bcrypt::non_truncating_verify(password.digest(), stored) {
        Ok(true) if cost_of(stored) == Some(cost) => Verdict::Right,
        Ok(true) => Verdict::RightButOutdated,
        Ok(false) => Verdict::Wrong,
        Err(error) => {
            tracing::error!(%error, "a stored password hash cannot be read");
            Verdict::Wrong
        }
    }
}

fn cost_of(stored: &str) -> Option<u32> {
    stored.parse::<bcrypt::HashParts>().ok().map(|parts| parts.get_cost())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[actix_web::test]
    async fn a_hash_fits_its_own_password_only() {
        let hasher = Hasher::start(1, 4);
        let stored = hasher.hash_known(secret("열려라 참깨")).await.unwrap();
        let other = hasher.hash_known(secret("열려라 참깨")).await.unwrap();
        assert_ne!(stored, other, "salted");
        assert_eq!(hasher.verify(secret("열려라 참깨"), Some(stored.clone())).await.unwrap(), Verdict::Right);
        for wrong in ["열려라 참깨 ", "열려라", "", "열려라 참깨\0"] {
            assert_eq!(hasher.verify(secret(wrong), Some(stored.clone())).await.unwrap(), Verdict::Wrong);
        }
        assert_eq!(hasher.verify(secret("열려라 참깨"), None).await.unwrap(), Verdict::Wrong);
    }

    #[actix_web::test]
    async fn another_cost_is_told_apart() {
        let stored = Hasher::start(1, 4).hash_known(secret("x")).await.unwrap();
        let dearer = Hasher::start(1, 5);
        assert_eq!(dearer.verify(secret("x"), Some(stored)).await.unwrap(), Verdict::RightButOutdated);
    }

    #[actix_web::test]
    async fn a_damaged_hash_is_wrong_and_nothing_breaks() {
        let hasher = Hasher::start(1, 4);
        for stored in [
            "",
            "x",
            &"é".repeat(30),
            "$2b$04$",
            "$2b$99$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            assert_eq!(
                hasher.verify(secret("x"), Some(stored.to_owned())).await.unwrap(),
                Verdict::Wrong,
                "{stored}"
            );
        }
        assert!(hasher.hash_known(secret("x")).await.is_ok());
    }

    #[actix_web::test]
    async fn a_full_queue_answers_at_once() {
        let hasher = Hasher::start(1, 12);
        let storm = (0..200).map(|_| hasher.verify(secret("x"), None));
        let results = futures_util::future::join_all(storm).await;
        let refused = results.iter().filter(|result| result.is_err()).count();
        assert!(refused > 0 && refused < 200, "{refused} of 200");
    }
}
