//! The hashing pool: a few threads of the lowest priority behind a bounded queue, so that a burst of sign-ins never
//! slows a page.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::config::HashPriority;
use crate::platform::metrics;
use crate::platform::metrics::Work;
use crate::platform::work_queue::{Full, WorkQueue};

use crate::identity::accounts::NO_PASSWORD;
use crate::identity::invalid::PasswordProblem;

use super::password::Password;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordCheck {
    Right,
    /// Correct, but hashed at an outdated cost, or in the encoding that it was typed in: hash it again.
    RightButOutdated,
    Wrong,
}

/// Hashes and checks passwords with bcrypt; cheap to clone.
#[derive(Clone)]
pub struct Hasher {
    queue: WorkQueue,
    /// Permits, granted in order. Waiting for one costs no more than max_wait.
    permits: Arc<Semaphore>,
    max_wait: Duration,
    cost: u32,
    /// Checked instead of a hash if the user does not exist, so that both take the same time.
    decoy: Arc<str>,
}

impl Hasher {
    /// Starts `threads` threads at this `priority`. A request waits for its turn for at most `max_wait`.
    pub fn start(threads: usize, cost: u32, max_wait: Duration, priority: HashPriority) -> Self {
        let decoy = bcrypt::hash(Password::new(crate::platform::keys::random_id()).digest(), cost)
            .expect("the cost is in bcrypt's range");
        // Twice as many permits as threads, so that the next job is available when one finishes.
        let permits = 2 * threads;
        let queue = WorkQueue::start(
            "hash",
            threads,
            permits,
            match priority {
                HashPriority::Idle => lower_priority,
                HashPriority::Normal => || (),
            },
        );
        Self { queue, permits: Arc::new(Semaphore::new(permits)), max_wait, cost, decoy: decoy.into() }
    }

    /// A caller that gets no turn in time is asked to retry. It is rejected late on purpose: clients that are
    /// rejected at once retry at once, and keep the machine busy for nothing.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Full> {
        let waiting = metrics::waiting_for(Work::Hashing);
        let permit = tokio::time::timeout(self.max_wait, Arc::clone(&self.permits).acquire_owned()).await;
        let _permit = permit.map_err(|_| Full)?.map_err(|_| Full)?;
        let work = move || {
            let _working = waiting.over();
            work()
        };
        self.queue.run(work).await
    }

    /// Checks whether `password` may be set; others may associate the words in `about` with its user.
    pub async fn check(
        &self,
        password: Password,
        about: Vec<String>,
    ) -> Result<Result<(), PasswordProblem>, Full> {
        self.run(move || check(&password, &about)).await
    }

    /// The hash of a new `password`, if it may be set.
    pub async fn hash_new(
        &self,
        password: Password,
        about: Vec<String>,
    ) -> Result<Result<String, PasswordProblem>, Full> {
        let cost = self.cost;
        self.run(move || check(&password, &about).map(|()| hash(&password, cost))).await
    }

    /// The hash of a `password` that is in use already.
    pub async fn hash(&self, password: Password) -> Result<String, Full> {
        let cost = self.cost;
        self.run(move || hash(&password, cost)).await
    }

    /// Checks `password` against a stored hash; without a hash it takes as long and fails.
    pub async fn verify(&self, password: Password, stored: Option<String>) -> Result<PasswordCheck, Full> {
        let (cost, decoy) = (self.cost, Arc::clone(&self.decoy));
        self.run(move || match stored {
            Some(stored) if stored != NO_PASSWORD => verify(&password, &stored, cost),
            _ => {
                verify(&password, &decoy, cost);
                PasswordCheck::Wrong
            }
        })
        .await
    }
}

/// SCHED_IDLE: this thread runs only when no other needs the core.
#[cfg(target_os = "linux")]
fn lower_priority() {
    use thread_priority::unix::{self, NormalThreadSchedulePolicy::Idle, ThreadSchedulePolicy::Normal};
    let priority = thread_priority::ThreadPriority::Min;
    if let Err(error) = unix::set_thread_priority_and_policy(unix::thread_native_id(), priority, Normal(Idle))
    {
        tracing::warn!(?error, "hashing threads keep their normal priority");
    }
}

#[cfg(not(target_os = "linux"))]
fn lower_priority() {}

fn check(password: &Password, about: &[String]) -> Result<(), PasswordProblem> {
    password.check(&about.iter().map(String::as_str).collect::<Vec<_>>())
}

fn hash(password: &Password, cost: u32) -> String {
    bcrypt::non_truncating_hash(password.digest(), cost).expect("64 characters and a checked cost")
}

/// How many digests are tried depends on the typed password alone, never on the stored hash.
fn verify(password: &Password, stored: &str, cost: u32) -> PasswordCheck {
    match verify_digest(&password.digest(), stored, cost) {
        PasswordCheck::Wrong => {}
        right => return right,
    }
    for digest in password.earlier_digests() {
        if verify_digest(&digest, stored, cost) != PasswordCheck::Wrong {
            return PasswordCheck::RightButOutdated;
        }
    }
    PasswordCheck::Wrong
}

fn verify_digest(digest: &str, stored: &str, cost: u32) -> PasswordCheck {
    match bcrypt::non_truncating_verify(digest, stored) {
        Ok(true) if cost_of(stored) == Some(cost) => PasswordCheck::Right,
        Ok(true) => PasswordCheck::RightButOutdated,
        Ok(false) => {
            equalize_time(stored, digest, cost);
            PasswordCheck::Wrong
        }
        Err(error) => {
            tracing::error!(%error, "a stored password hash cannot be read");
            PasswordCheck::Wrong
        }
    }
}

/// Makes a wrong password for an older, cheaper hash take as long as one for a user who does not exist: each step of
/// the cost doubles the time, so the steps from the old cost to the current one add up to the difference.
fn equalize_time(stored: &str, digest: &str, cost: u32) {
    for step in cost_of(stored).unwrap_or(cost)..cost {
        let _ = bcrypt::non_truncating_hash(digest, step);
    }
}

fn cost_of(stored: &str) -> Option<u32> {
    stored.parse::<bcrypt::HashParts>().ok().map(|parts| parts.get_cost())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    const MAX_WAIT: Duration = Duration::from_secs(2);

    fn secret(text: &str) -> Password {
        Password::new(text.to_owned())
    }

    #[tokio::test]
    async fn a_hash_fits_its_own_password_only() {
        let hasher = Hasher::start(1, 4, MAX_WAIT, HashPriority::Idle);
        let stored = hasher.hash(secret("열려라 참깨")).await.unwrap();
        let other = hasher.hash(secret("열려라 참깨")).await.unwrap();
        assert_ne!(stored, other, "salted");
        assert_eq!(
            hasher.verify(secret("열려라 참깨"), Some(stored.clone())).await.unwrap(),
            PasswordCheck::Right
        );
        for wrong in ["열려라 참깨 ", "열려라", "", "열려라 참깨\0"] {
            assert_eq!(
                hasher.verify(secret(wrong), Some(stored.clone())).await.unwrap(),
                PasswordCheck::Wrong
            );
        }
        assert_eq!(hasher.verify(secret("열려라 참깨"), None).await.unwrap(), PasswordCheck::Wrong);
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn threads_run_at_the_priority_that_was_asked_for() {
        use thread_priority::unix::{NormalThreadSchedulePolicy as Policy, ThreadSchedulePolicy};
        for (priority, policy) in [(HashPriority::Idle, Policy::Idle), (HashPriority::Normal, Policy::Other)]
        {
            let hasher = Hasher::start(1, 4, MAX_WAIT, priority);
            let used = hasher.run(thread_priority::unix::thread_schedule_policy).await.unwrap();
            assert_eq!(used, Ok(ThreadSchedulePolicy::Normal(policy)), "{priority:?}");
        }
    }

    #[tokio::test]
    async fn another_cost_is_recognised() {
        let stored = Hasher::start(1, 4, MAX_WAIT, HashPriority::Idle).hash(secret("x")).await.unwrap();
        let dearer = Hasher::start(1, 5, MAX_WAIT, HashPriority::Idle);
        assert_eq!(dearer.verify(secret("x"), Some(stored)).await.unwrap(), PasswordCheck::RightButOutdated);
    }

    #[tokio::test]
    async fn a_wrong_password_takes_as_long_for_an_older_hash_as_without_a_user() {
        let stored = Hasher::start(1, 5, MAX_WAIT, HashPriority::Idle).hash(secret("x")).await.unwrap();
        let hasher = Hasher::start(1, 9, MAX_WAIT, HashPriority::Idle);
        let time = async |stored: Option<String>| {
            let started = Instant::now();
            hasher.verify(secret("wrong"), stored).await.unwrap();
            started.elapsed()
        };
        // The fastest of many alternating runs: slower ones include other work of the machine.
        let (mut old, mut no_user) = (Duration::MAX, Duration::MAX);
        for _ in 0..15 {
            old = old.min(time(Some(stored.clone())).await);
            no_user = no_user.min(time(None).await);
        }
        assert!(old.abs_diff(no_user) < no_user / 2, "{old:?} for an old hash, {no_user:?} without a user");
    }

    #[tokio::test]
    async fn a_damaged_hash_is_wrong_and_nothing_breaks() {
        let hasher = Hasher::start(1, 4, MAX_WAIT, HashPriority::Idle);
        for stored in [
            "",
            "x",
            &"é".repeat(30),
            "$2b$04$",
            "$2b$99$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            assert_eq!(
                hasher.verify(secret("x"), Some(stored.to_owned())).await.unwrap(),
                PasswordCheck::Wrong,
                "{stored}"
            );
        }
        assert!(hasher.hash(secret("x")).await.is_ok());
    }

    #[tokio::test]
    async fn a_request_without_a_turn_in_time_gets_an_error() {
        let hasher = Hasher::start(1, 11, MAX_WAIT, HashPriority::Normal);
        let storm = (0..200).map(|_| hasher.verify(secret("x"), None));
        let started = Instant::now();
        let results = futures_util::future::join_all(storm).await;
        let refused = results.iter().filter(|result| result.is_err()).count();
        assert!(started.elapsed() < MAX_WAIT + Duration::from_secs(2), "{:?}", started.elapsed());
        assert!(refused > 0 && refused < 200, "{refused} of 200");
    }
}
