//! Data of the servers under measurement: users, sessions, posts.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::future::join_all;
use munjigi::http::Site;
use munjigi::http::auth::cookies::session;
use munjigi::identity::Identity;
use munjigi::identity::sessions::{ActiveSession, Id, SessionKind, State, Store};
use munjigi::platform::clock::Clock;
use munjigi::platform::redis::{Redis, RedisUrl, TlsFiles};

pub const MANY: usize = 100_000;
const PER_PERSON: usize = 200;
/// As long as a real one.
const EPOCH: i64 = 1_800_000_000;
const DAY: Duration = Duration::from_secs(24 * 3600);

pub fn state(user: usize) -> State {
    let now = Clock::default().now().to_string();
    let fields = [
        ("user", user.to_string()),
        ("e", EPOCH.to_string()),
        ("t", now),
        ("r", "0".to_owned()),
        ("p", "0".to_owned()),
        ("k", "\"r\"".to_owned()),
        ("d", "\"Firefox · Linux\"".to_owned()),
        ("a", "\"203.0.113.77\"".to_owned()),
    ];
    HashMap::from(fields.map(|(name, value)| (name.to_owned(), value)))
}

/// Sessions of as many users as needed.
pub async fn sessions(identity: &Identity, count: usize) -> Vec<Id> {
    let people = count.div_ceil(PER_PERSON);
    let insert = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {people})
         INSERT INTO users (username, username_key, email, email_key, password_hash, password_changed_at, epoch, created_at)
         SELECT 'person' || i, 'person' || i, 'p' || i || '@example.org', 'p' || i || '@example.org', '', 1, {EPOCH}, 1 FROM n"
    );
    let made = identity.core.db.write(move |conn| {
        diesel::RunQueryDsl::execute(diesel::sql_query(insert), conn)
            .map_err(munjigi::platform::db::DbError::from)
    });
    made.await.expect("people are made");
    let store = identity.sessions.reader.store();
    let mut ids = Vec::new();
    for batch in (0..count).collect::<Vec<_>>().chunks(64) {
        let saves = batch.iter().map(|number| save(store, number / PER_PERSON + 1));
        ids.extend(join_all(saves).await);
    }
    ids
}

async fn save(store: &Store, user: usize) -> Id {
    let saved = store.save(&state(user), DAY).await;
    saved.unwrap_or_else(|error| panic!("a session is saved: {error}"))
}

/// The sessions as `Cookie` lines.
pub fn cookies(site: &Site, ids: &[Id]) -> Vec<String> {
    let line = |id: &Id| {
        let cookie = session::issue(site, id, SessionKind::Browser);
        format!("{}={}", cookie.name(), cookie.value())
    };
    ids.iter().map(line).collect()
}

/// Makes every session hot; returns the first.
pub async fn warm(identity: &Identity, ids: &[Id]) -> ActiveSession {
    let reader = &identity.sessions.reader;
    while !reader.cache().is_trusted() {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let mut first = None;
    for id in ids {
        let active = reader.check(id).await.ok().flatten().expect("an active session");
        first.get_or_insert(active);
    }
    first.expect("at least one session")
}

/// This many posts of one author.
pub async fn write_posts(identity: &Identity, count: i64) {
    let insert = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
         INSERT INTO posts (title, body, created_at)
         SELECT 'Post ' || i, 'What happened on day ' || i || ' and what will come next, as far as anybody knows.', i FROM n"
    );
    let written = identity.core.db.write(move |conn| {
        diesel::RunQueryDsl::execute(diesel::sql_query(insert), conn)
            .map_err(munjigi::platform::db::DbError::from)
    });
    written.await.expect("posts are written");
}

/// 100,000 sessions, written directly to Redis.
pub fn fill_redis(url: &str, per_person: usize) {
    actix_web::rt::System::new().block_on(async {
        let target = RedisUrl::parse(url, &TlsFiles::default()).expect("a URL");
        let store = Store::redis(Redis::new(&target).expect("Redis"), Clock::default());
        for batch in (0..MANY).collect::<Vec<_>>().chunks(64) {
            join_all(batch.iter().map(|number| save(&store, number / per_person + 1))).await;
        }
    });
}
