//! One acceptance suite for both session stores, through actix-session's trait.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration as StdDuration;

use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_web::cookie::time::Duration;
use munjigi::http::auth::actix_session::ActixSessionStore;
use munjigi::identity::sessions::{Key, LastSeen, State, Store, StoreError};
use munjigi::platform::clock::Clock;
use munjigi::platform::redis::{Redis, RedisUrl, TlsFiles};

use crate::support::{SharedCluster, SharedSentinels, Tethered, free_port, open_database, redis_url};

/// A store as actix-session sees it, and as Munjigi does.
struct Tested {
    actix: ActixSessionStore,
    store: Arc<Store>,
}

impl Tested {
    fn new(store: Store) -> Self {
        let store = Arc::new(store);
        Self { actix: ActixSessionStore::new(Arc::clone(&store)), store }
    }

    async fn load(&self, id: &SessionKey) -> Result<Option<State>, LoadError> {
        self.actix.load(id).await
    }

    async fn save(&self, state: State, ttl: &Duration) -> Result<SessionKey, SaveError> {
        self.actix.save(state, ttl).await
    }

    async fn update(&self, id: SessionKey, state: State, ttl: &Duration) -> Result<SessionKey, UpdateError> {
        self.actix.update(id, state, ttl).await
    }

    async fn update_ttl(&self, id: &SessionKey, ttl: &Duration) -> Result<(), anyhow::Error> {
        self.actix.update_ttl(id, ttl).await
    }

    async fn delete(&self, id: &SessionKey) -> Result<(), anyhow::Error> {
        self.actix.delete(id).await
    }
}

impl std::ops::Deref for Tested {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

fn embedded(folder: &Path, clock: &Clock) -> Tested {
    Tested::new(Store::embedded(open_database(folder), clock.clone()))
}

fn in_redis(url: &str, clock: &Clock) -> Tested {
    let target = RedisUrl::parse(url, &TlsFiles::default()).unwrap_or_else(|expected| panic!("{expected}"));
    Tested::new(Store::redis(Redis::new(&target).unwrap(), clock.clone()))
}

/// Turns each named function into a test over both stores and over Redis in its other forms. Each gets a clock; in Redis
/// time passes by itself, so limits are short.
macro_rules! over_every_store {
    [$($name:ident),+ $(,)?] => {
        $(mod $name {
            use munjigi::platform::clock::Clock;

            use super::{SharedCluster, SharedSentinels};

            #[tokio::test]
            async fn embedded() {
                let folder = crate::support::scratch();
                let clock = Clock::default();
                super::$name(super::embedded(folder.path(), &clock), clock).await;
            }

            #[tokio::test]
            async fn redis() {
                let clock = Clock::default();
                super::$name(super::in_redis(&super::redis_url(), &clock), clock).await;
            }

            #[tokio::test]
            async fn sentinel() {
                let (shared, clock) = (SharedSentinels::take().await, Clock::default());
                super::$name(super::in_redis(&shared.servers().url(), &clock), clock).await;
            }

            #[tokio::test]
            async fn cluster() {
                let (shared, clock) = (SharedCluster::take().await, Clock::default());
                super::$name(super::in_redis(&shared.servers().url(), &clock), clock).await;
            }
        })+
    };
}

fn state(user: i64, note: &str) -> State {
    HashMap::from([("user".to_owned(), user.to_string()), ("note".to_owned(), format!("{note:?}"))])
}

fn same(id: &SessionKey) -> SessionKey {
    SessionKey::try_from(id.as_ref().to_owned()).unwrap()
}

/// The store's key of a session, as the store lists it.
async fn key_of(store: &Tested, user: i64) -> Key {
    store.of_user(user).await.unwrap().remove(0).key
}

const HOUR: Duration = Duration::HOUR;

over_every_store![
    what_is_saved_is_loaded,
    ids_are_new_every_time_and_never_the_stores_key,
    an_update_changes_what_is_there,
    an_update_never_creates,
    updates_that_race_with_the_end_lose,
    a_session_expires,
    a_life_can_be_prolonged,
    users_see_their_own_sessions_only,
    sightings_move_the_time_and_revive_nothing,
    ending_by_key_says_whether_it_was_there,
    every_session_is_on_one_of_the_pages,
    the_stock_middleware_runs_on_it,
];

async fn what_is_saved_is_loaded(store: Tested, _clock: Clock) {
    let saved = state(1, "문 \0 \u{1F6AA} \"quoted\"");
    let id = store.save(saved.clone(), &HOUR).await.unwrap();
    assert_eq!(id.as_ref().len(), 43);
    assert_eq!(store.load(&id).await.unwrap(), Some(saved));
    let unknown = SessionKey::try_from("A".repeat(43)).unwrap();
    assert_eq!(store.load(&unknown).await.unwrap(), None);
}

async fn ids_are_new_every_time_and_never_the_stores_key(store: Tested, _clock: Clock) {
    let mut ids = std::collections::HashSet::new();
    for _ in 0..50 {
        assert!(ids.insert(String::from(store.save(state(1, ""), &HOUR).await.unwrap())));
    }
    for stored in store.of_user(1).await.unwrap() {
        assert!(!ids.contains(stored.key.as_str()));
    }
}

async fn an_update_changes_what_is_there(store: Tested, _clock: Clock) {
    let id = store.save(state(1, "before"), &HOUR).await.unwrap();
    let updated = store.update(same(&id), state(1, "after"), &HOUR).await.unwrap();
    assert_eq!(updated, id);
    assert_eq!(store.load(&id).await.unwrap(), Some(state(1, "after")));
}

async fn an_update_never_creates(store: Tested, _clock: Clock) {
    let id = store.save(state(1, "before"), &HOUR).await.unwrap();
    store.delete(&id).await.unwrap();
    match store.update(same(&id), state(1, "revived"), &HOUR).await {
        Err(UpdateError::Other(error)) => assert!(matches!(error.downcast_ref(), Some(StoreError::Ended))),
        other => panic!("{other:?}"),
    }
    assert!(matches!(
        store.update_ttl(&id, &HOUR).await.unwrap_err().downcast_ref(),
        Some(StoreError::Ended)
    ));
    assert_eq!(store.load(&id).await.unwrap(), None);
    assert!(store.of_user(1).await.unwrap().is_empty());
}

async fn updates_that_race_with_the_end_lose(store: Tested, _clock: Clock) {
    for round in 0..50 {
        let id = store.save(state(1, "before"), &HOUR).await.unwrap();
        let updates =
            futures_util::future::join_all((0..10).map(|_| store.update(same(&id), state(1, "late"), &HOUR)));
        let (_, ended) = tokio::join!(updates, store.delete(&id));
        ended.unwrap();
        assert_eq!(store.load(&id).await.unwrap(), None, "round {round}");
    }
}

async fn a_session_expires(store: Tested, clock: Clock) {
    clock.stop();
    let id = store.save(state(1, ""), &Duration::seconds(3)).await.unwrap();
    let other = store.save(state(1, ""), &HOUR).await.unwrap();
    assert!(store.load(&id).await.unwrap().is_some());
    clock.advance(4);
    tokio::time::sleep(StdDuration::from_millis(3_100)).await;
    assert_eq!(store.load(&id).await.unwrap(), None);
    assert!(
        matches!(store.update(same(&id), state(1, ""), &HOUR).await, Err(UpdateError::Other(_))),
        "what has expired has ended"
    );
    assert_eq!(store.of_user(1).await.unwrap().len(), 1);
    store.purge().await.unwrap();
    assert!(store.load(&other).await.unwrap().is_some());
}

async fn a_life_can_be_prolonged(store: Tested, clock: Clock) {
    clock.stop();
    let id = store.save(state(1, ""), &Duration::seconds(3)).await.unwrap();
    store.update_ttl(&id, &HOUR).await.unwrap();
    clock.advance(4);
    tokio::time::sleep(StdDuration::from_millis(3_100)).await;
    assert!(store.load(&id).await.unwrap().is_some());
}

async fn users_see_their_own_sessions_only(store: Tested, clock: Clock) {
    let first = store.save(state(1, "first"), &HOUR).await.unwrap();
    clock.advance(5);
    store.save(state(1, "second"), &HOUR).await.unwrap();
    store.save(state(2, "other"), &HOUR).await.unwrap();
    let notes = async |user| {
        store
            .of_user(user)
            .await
            .unwrap()
            .iter()
            .map(|stored| stored.state["note"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(notes(1).await, ["\"second\"", "\"first\""], "the latest first");
    assert_eq!(notes(2).await, ["\"other\""]);
    assert!(notes(3).await.is_empty());
    store.delete(&first).await.unwrap();
    assert_eq!(notes(1).await, ["\"second\""]);
}

async fn sightings_move_the_time_and_revive_nothing(store: Tested, clock: Clock) {
    let id = store.save(state(1, ""), &HOUR).await.unwrap();
    let (key, at) = (key_of(&store, 1).await, clock.now() + 60);
    store.record_seen(vec![LastSeen { key: key.clone(), user_id: 1, at }]).await.unwrap();
    assert_eq!(store.of_user(1).await.unwrap()[0].seen_at, at);
    store.delete(&id).await.unwrap();
    store.record_seen(vec![LastSeen { key, user_id: 1, at: at + 60 }]).await.unwrap();
    assert!(store.of_user(1).await.unwrap().is_empty());
    assert_eq!(store.load(&id).await.unwrap(), None);
}

async fn ending_by_key_says_whether_it_was_there(store: Tested, _clock: Clock) {
    let id = store.save(state(1, ""), &HOUR).await.unwrap();
    let key = key_of(&store, 1).await;
    assert!(store.remove(&key).await.unwrap());
    assert!(!store.remove(&key).await.unwrap());
    assert_eq!(store.load(&id).await.unwrap(), None);
}

async fn every_session_is_on_one_of_the_pages(store: Tested, _clock: Clock) {
    for number in 0..130 {
        store.save(state(number % 7 + 1, &number.to_string()), &HOUR).await.unwrap();
    }
    let (mut seen, mut after) = (std::collections::HashSet::new(), Some(String::new()));
    while let Some(place) = after {
        let (stored, next) = store.page(&place).await.unwrap();
        seen.extend(stored.into_iter().map(|stored| stored.state["note"].clone()));
        after = next;
    }
    assert_eq!(seen.len(), 130);
}

async fn the_stock_middleware_runs_on_it(store: Tested, _clock: Clock) {
    use actix_session::{Session, SessionMiddleware};
    use actix_web::{App, cookie, test, web};
    let count = async |session: Session| {
        let count = session.get::<i32>("count").unwrap().unwrap_or(0) + 1;
        session.insert("count", count).unwrap();
        count.to_string()
    };
    let middleware = SessionMiddleware::new(store.actix, cookie::Key::from(&[7; 64]));
    let app = test::init_service(App::new().wrap(middleware).route("/", web::get().to(count))).await;
    let first = test::call_service(&app, test::TestRequest::get().to_request()).await;
    let cookie = first.response().cookies().next().unwrap().into_owned();
    let second = test::call_service(&app, test::TestRequest::get().cookie(cookie).to_request()).await;
    assert_eq!(test::read_body(second).await, "2");
}

#[tokio::test]
async fn an_embedded_session_survives_a_restart() {
    let folder = crate::support::scratch();
    let clock = Clock::default();
    let id = embedded(folder.path(), &clock).save(state(1, "stored"), &HOUR).await.unwrap();
    assert_eq!(embedded(folder.path(), &clock).load(&id).await.unwrap(), Some(state(1, "stored")));
}

#[tokio::test]
async fn a_redis_that_is_away_is_unknown_within_the_deadline_and_back_soon_after() {
    let port = free_port();
    let text = port.to_string();
    let start = || {
        Tethered::start(&[
            "redis-server",
            "--port",
            &text,
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ])
    };
    let store = in_redis(&format!("redis://127.0.0.1:{port}"), &Clock::default());
    let id = SessionKey::try_from("A".repeat(43)).unwrap();
    let is_unknown = async || {
        let started = std::time::Instant::now();
        let answer = store.load(&id).await;
        assert!(started.elapsed() < StdDuration::from_secs(1), "{:?}", started.elapsed());
        matches!(answer, Err(LoadError::Other(_)))
    };
    assert!(is_unknown().await, "never there so far");
    for round in 0..2 {
        let redis = start();
        let back = std::time::Instant::now();
        while is_unknown().await {
            assert!(back.elapsed() < StdDuration::from_secs(4), "round {round}: not back");
            tokio::time::sleep(StdDuration::from_millis(50)).await;
        }
        assert!(store.load(&id).await.unwrap().is_none());
        drop(redis);
        assert!(is_unknown().await, "round {round}: gone again");
    }
}

#[tokio::test]
async fn a_session_in_redis_is_small() {
    let url = redis_url();
    let app = crate::support::TestApp::with(|config| config.redis_url = Some(url.clone())).await;
    app.member("mina").await;
    let mut redis = redis::Client::open(url).unwrap().get_multiplexed_async_connection().await.unwrap();
    let keys: Vec<String> =
        redis::cmd("KEYS").arg("munjigi:session:*").query_async(&mut redis).await.unwrap();
    assert_eq!(keys.len(), 1);
    let bytes: u64 = redis::cmd("MEMORY").arg("USAGE").arg(&keys[0]).query_async(&mut redis).await.unwrap();
    assert!(bytes <= 400, "{bytes} bytes");
    let life: i64 = redis::cmd("TTL").arg(&keys[0]).query_async(&mut redis).await.unwrap();
    assert!((7_190..=7_200).contains(&life), "{life}");
}
