//! Sends the logout tokens in the queue. Several nodes may do so concurrently: each token is leased. A token whose worker
//! died is sent again, with the same `jti`.

#![expect(clippy::disallowed_methods, reason = "no cache holds the queue")]

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Weak};
use std::time::Duration;

use futures_util::future::{BoxFuture, FutureExt};
use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::sync::{Notify, watch};

use crate::identity::clock_doubt::is_clock_doubted;
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::{Conn, Db, DbError, Locks};
use crate::platform::keys::random_id;
use crate::platform::metrics::{self, LogoutOutcome};
use crate::platform::near_cache::{Change, Feed, Subscriber, Topic};
use crate::platform::outage::Outage;
use crate::platform::outgoing::{Answered, Outgoing};

use super::client::OidcClient;
use super::clients::OidcClients;
use super::keys::SigningKeys;
use super::logout_queue::{self, Leased, Room};
use super::logout_results::{self, TryResult};
use super::token_signer::TokenSigner;

/// Tokens sent at a time.
const AT_ONCE: usize = 32;
/// Of these, to one app: a slow one does not hold up the others.
const AT_ONCE_TO_ONE: usize = 4;
/// The same while the app is in trouble.
const AT_ONCE_IN_TROUBLE: usize = 1;
/// How often to look for due tokens.
const POLL_EVERY: Duration = Duration::from_secs(1);
const PAUSE_AFTER_ERROR: Duration = Duration::from_secs(5);
/// Characters of an app's own words that are stored.
const LONGEST_REASON: usize = 200;
/// Seconds until the next try while the clock may be wrong.
const WHILE_DOUBTED: i64 = 300;

static OUTAGE: Outage = Outage::new(
    "logout tokens cannot be read from the database",
    "logout tokens are read from the database again",
);

/// Wakes the worker when tokens were queued, on whichever node.
#[derive(Default)]
struct News(Notify);

impl Subscriber for News {
    fn on_change(&self, change: &Change) {
        if *change == Change::Topic(Topic::OidcLogouts) {
            self.0.notify_one();
        }
    }
}

/// Why a token was not delivered.
#[derive(Clone, Debug)]
struct Refused {
    reason: String,
    /// Whether another try makes no sense.
    for_good: bool,
}

impl Refused {
    fn passing(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), for_good: false }
    }
}

/// What became of a token.
#[derive(Clone, Debug)]
enum Fate {
    Delivered(u16),
    Refused(Refused),
    /// The app has no logout address any more.
    Moot,
}

#[derive(Clone, Debug)]
struct Sent {
    token: Leased,
    lease: String,
    fate: Fate,
    /// When it is tried again, if it is.
    again: Option<Timestamp>,
}

/// What is being sent, and what waits to be stored.
#[derive(Default)]
struct Flight<'w> {
    sends: FuturesUnordered<BoxFuture<'w, Sent>>,
    done: Vec<Sent>,
    to_app: HashMap<i64, usize>,
    /// Apps whose last token was not delivered.
    in_trouble: HashSet<i64>,
}

/// Sends logout tokens until it is stopped.
pub struct LogoutWorker {
    db: Db,
    clock: Clock,
    clients: Arc<OidcClients>,
    signer: Arc<TokenSigner>,
    outgoing: Outgoing,
    news: Arc<News>,
    stopping: watch::Sender<bool>,
}

impl LogoutWorker {
    pub fn new(
        (db, clock): (Db, Clock),
        (clients, signer): (Arc<OidcClients>, Arc<TokenSigner>),
        outgoing: Outgoing,
        feed: &Feed,
    ) -> Self {
        let news = Arc::<News>::default();
        let subscriber: Weak<News> = Arc::downgrade(&news);
        feed.subscribe(subscriber);
        Self { db, clock, clients, signer, outgoing, news, stopping: watch::Sender::new(false) }
    }

    /// Finishes the tokens being sent and takes no others.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Runs until it is stopped.
    pub async fn run(&self) {
        let (mut stopping, mut flight) = (self.stopping.subscribe(), Flight::default());
        loop {
            let is_stopping = *stopping.borrow_and_update();
            let pause = match self.turn(&mut flight, is_stopping).await {
                Ok(()) => {
                    OUTAGE.worked();
                    POLL_EVERY
                }
                Err(error) => {
                    OUTAGE.failed(&error);
                    PAUSE_AFTER_ERROR
                }
            };
            if is_stopping && flight.sends.is_empty() {
                return;
            }
            tokio::select! {
                Some(sent) = flight.sends.next() => flight.landed(sent),
                () = self.news.0.notified(), if !is_stopping => {}
                () = tokio::time::sleep(pause) => {}
                _ = stopping.changed(), if !is_stopping => {}
            }
        }
    }

    /// Stores what is done, and takes what is due.
    async fn turn<'w>(&'w self, flight: &mut Flight<'w>, is_stopping: bool) -> Result<(), Failure> {
        let (now, room) = (self.clock.now(), flight.room(is_stopping));
        let full = room.full();
        let looks = room.free > 0
            && self.db.run(move |conn| Ok::<_, DbError>(logout_queue::is_any_due(conn, now, &full)?)).await?;
        if !looks && flight.done.is_empty() {
            return Ok(());
        }
        let (done, lease) = (flight.done.clone(), random_id());
        let name = lease.clone();
        let leased = self.db.write_with(Locks::named("logouts", ""), move |conn| {
            done.iter().try_for_each(|sent| settle(conn, sent, now))?;
            logout_queue::correct_times(conn, now)?;
            Ok::<_, DbError>(if looks { logout_queue::lease(conn, &name, now, room)? } else { Vec::new() })
        });
        let leased = leased.await?;
        flight.done.clear();
        if !leased.is_empty() {
            self.send_all(flight, leased, &lease).await?;
        }
        Ok(())
    }

    async fn send_all<'w>(
        &'w self,
        flight: &mut Flight<'w>,
        leased: Vec<Leased>,
        lease: &str,
    ) -> Result<(), Failure> {
        let (apps, keys) = (self.clients.all().await?, self.signer.keys().await?);
        for token in leased {
            let app = apps.iter().find(|app| app.id == token.client).map(Arc::clone);
            *flight.to_app.entry(token.client).or_default() += 1;
            flight.sends.push(self.send(token, app, (Arc::clone(&keys), lease.to_owned())).boxed());
        }
        Ok(())
    }

    async fn send(
        &self,
        token: Leased,
        app: Option<Arc<OidcClient>>,
        (keys, lease): (Arc<SigningKeys>, String),
    ) -> Sent {
        let to = app.and_then(|app| Some((app.registration.backchannel_logout_uri.clone()?, app)));
        let Some((url, app)) = to else { return Sent { token, lease, fate: Fate::Moot, again: None } };
        let (outgoing, signer) = (self.outgoing.clone(), Arc::clone(&self.signer));
        let (ended, to, now) = (token.clone(), Arc::clone(&app), self.clock.now());
        // Signing by RSA takes longer than anything else here.
        let job = move || {
            let signed = signer.logout_token(&keys, &to, (&ended, now));
            let signed = signed.map_err(|error| Refused::passing(error.to_string()))?;
            match outgoing.post_form(&url, format!("logout_token={signed}")) {
                Ok(answered) => judge(&answered),
                Err(error) => Err(Refused::passing(format!("no answer: {error}"))),
            }
        };
        let tried = tokio::task::spawn_blocking(job).await;
        let fate = match tried.unwrap_or_else(|error| Err(Refused::passing(error.to_string()))) {
            Ok(status) => Fate::Delivered(status),
            Err(refused) => Fate::Refused(refused),
        };
        let again = match &fate {
            Fate::Refused(refused) => self.next_try(&token, refused.for_good).await,
            _ => None,
        };
        report(&app, &token, &fate, again.is_some());
        Sent { token, lease, fate, again }
    }

    /// When a token that was not delivered is tried again. A clock that may be wrong ends no tries: apps refuse tokens of
    /// such a time, and accept them once it is right.
    async fn next_try(&self, token: &Leased, for_good: bool) -> Option<Timestamp> {
        let now = self.clock.now();
        if let Some(next) = token.next_try(now).filter(|_| !for_good) {
            return Some(next);
        }
        let doubted = self.db.run(move |conn| is_clock_doubted(conn, now)).await;
        doubted.unwrap_or(true).then_some(now + WHILE_DOUBTED)
    }
}

impl Flight<'_> {
    fn landed(&mut self, sent: Sent) {
        let mut next = Some(sent);
        // All that are over by now are stored together.
        while let Some(sent) = next {
            let client = sent.token.client;
            if let Some(count) = self.to_app.get_mut(&client) {
                *count -= 1;
            }
            match sent.fate {
                Fate::Refused(_) => drop(self.in_trouble.insert(client)),
                Fate::Delivered(_) | Fate::Moot => drop(self.in_trouble.remove(&client)),
            }
            self.done.push(sent);
            next = self.sends.next().now_or_never().flatten();
        }
        self.to_app.retain(|_, count| *count > 0);
    }

    fn room(&self, is_stopping: bool) -> Room {
        let free = if is_stopping { 0 } else { AT_ONCE - self.sends.len() };
        let most = |client| match self.in_trouble.contains(client) {
            true => AT_ONCE_IN_TROUBLE,
            false => AT_ONCE_TO_ONE,
        };
        let known = self.to_app.keys().chain(&self.in_trouble);
        let of_app = known
            .map(|client| {
                let busy = self.to_app.get(client).copied().unwrap_or_default();
                (*client, most(client).saturating_sub(busy))
            })
            .collect();
        Room { free, of_app, of_others: AT_ONCE_TO_ONE }
    }
}

/// Stores what became of a token, unless another worker holds its lease by now.
fn settle(conn: &mut Conn, sent: &Sent, now: Timestamp) -> Result<(), DbError> {
    let Sent { token, lease, fate, again } = sent;
    let is_mine = match again {
        Some(due_at) => logout_queue::put_back(conn, token.id, lease, *due_at)?,
        None => logout_queue::remove(conn, token.id, lease)?,
    };
    let result = match fate {
        Fate::Delivered(_) => TryResult::Delivered,
        Fate::Refused(refused) => TryResult::Failed { reason: &refused.reason, given_up: again.is_none() },
        Fate::Moot => return Ok(()),
    };
    if is_mine {
        logout_results::note(conn, token.client, now, &result)?;
    }
    Ok(())
}

/// Whether the app has taken the token (§2.8), and whether another try makes sense if it has not.
fn judge(answered: &Answered) -> Result<u16, Refused> {
    match answered.status {
        status @ 200..=299 => Ok(status),
        status => Err(Refused {
            reason: reason(answered),
            for_good: !matches!(status, 408 | 429 | 500 | 502..=599),
        }),
    }
}

/// The status, and the error that the app names (§2.8), in printable characters.
fn reason(answered: &Answered) -> String {
    let said: serde_json::Value = serde_json::from_slice(&answered.body).unwrap_or_default();
    let words = ["error", "error_description"].iter().filter_map(|name| said[*name].as_str());
    let to = answered.location.as_deref().filter(|_| (300..=399).contains(&answered.status));
    let all = [answered.status.to_string()].into_iter().chain(words.chain(to).map(str::to_owned));
    let text = all.collect::<Vec<_>>().join(" ");
    text.chars().filter(|letter| !letter.is_control()).take(LONGEST_REASON).collect()
}

fn report(app: &OidcClient, token: &Leased, fate: &Fate, tried_again: bool) {
    let (name, jti) = (&app.name, &token.jti);
    let counted = match fate {
        Fate::Delivered(status) => {
            tracing::info!(app = %name, %jti, status, "logout token delivered");
            LogoutOutcome::Delivered
        }
        Fate::Refused(Refused { reason, .. }) if !tried_again => {
            tracing::error!(app = %name, %jti, %reason, "logout token not delivered; it is given up");
            LogoutOutcome::Failed
        }
        Fate::Refused(Refused { reason, .. }) => {
            tracing::warn!(app = %name, %jti, %reason, "logout token not delivered; it is tried again");
            LogoutOutcome::Deferred
        }
        Fate::Moot => return,
    };
    metrics::count(|m| m.oidc_logout_attempts(counted));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, body: &str) -> Answered {
        Answered {
            status,
            date: None,
            location: Some("https://elsewhere.example/".to_owned()),
            body: body.into(),
        }
    }

    #[test]
    fn what_may_pass_is_tried_again_and_the_rest_is_final() {
        for status in [200, 204] {
            assert!(judge(&answered(status, "")).is_ok());
        }
        for (status, for_good) in [
            (408, false),
            (429, false),
            (500, false),
            (502, false),
            (503, false),
            (504, false),
            (599, false),
            (301, true),
            (303, true),
            (400, true),
            (401, true),
            (404, true),
            (410, true),
            (501, true),
        ] {
            assert_eq!(judge(&answered(status, "")).unwrap_err().for_good, for_good, "{status}");
        }
    }

    #[test]
    fn a_reason_is_short_and_says_what_the_app_says() {
        let body = r#"{"error": "invalid_request", "error_description": "unknown\n sid"}"#;
        assert_eq!(reason(&answered(400, body)), "400 invalid_request unknown sid");
        assert_eq!(reason(&answered(404, "<h1>Not found</h1>")), "404");
        assert_eq!(reason(&answered(302, "")), "302 https://elsewhere.example/");
        let long = format!(r#"{{"error": "{}"}}"#, "x".repeat(1_000));
        assert_eq!(reason(&answered(400, &long)).len(), LONGEST_REASON);
    }
}
