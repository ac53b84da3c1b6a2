//! Our session store behind actix-session's `SessionStore`: any actix app can mount it with the stock middleware, and so
//! share sessions with Munjigi's two stores and their guarantees.
//!
//! ```no_run
//! # use std::sync::Arc;
//! # use actix_session::SessionMiddleware;
//! # use actix_web::cookie::Key;
//! # use munjigi::http::auth::actix_session::ActixSessionStore;
//! # fn middleware(store: Arc<munjigi::identity::sessions::Store>, key: Key) -> SessionMiddleware<ActixSessionStore> {
//! SessionMiddleware::new(ActixSessionStore::new(store), key)
//! # }
//! ```

use std::sync::Arc;
use std::time::Duration as StdDuration;

use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_web::cookie::time::Duration;

use crate::identity::sessions::{Id, Key, State, Store, StoreError};

/// By session id. The store itself sees the id's hash only. An update never creates: what has ended stays ended, also
/// where the stock middleware would begin a new session under the same id.
#[derive(Clone)]
pub struct ActixSessionStore(Arc<Store>);

impl ActixSessionStore {
    pub fn new(store: Arc<Store>) -> Self {
        Self(store)
    }
}

/// None is shorter than nothing.
fn std_duration(ttl: &Duration) -> StdDuration {
    StdDuration::try_from(*ttl).unwrap_or(StdDuration::ZERO)
}

fn key_of(id: &SessionKey) -> Key {
    Key::of(id.as_ref())
}

fn session_key(id: &Id) -> SessionKey {
    SessionKey::try_from(id.as_str().to_owned()).expect("43 characters are within the limit")
}

impl SessionStore for ActixSessionStore {
    async fn load(&self, id: &SessionKey) -> Result<Option<State>, LoadError> {
        self.0.load(&key_of(id)).await.map_err(|error| match error {
            StoreError::Codec(_) => LoadError::Deserialization(error.into()),
            error => LoadError::Other(error.into()),
        })
    }

    async fn save(&self, state: State, ttl: &Duration) -> Result<SessionKey, SaveError> {
        let saved = self.0.save(&state, std_duration(ttl)).await;
        saved.map(|id| session_key(&id)).map_err(|error| match error {
            StoreError::Codec(_) => SaveError::Serialization(error.into()),
            error => SaveError::Other(error.into()),
        })
    }

    async fn update(&self, id: SessionKey, state: State, ttl: &Duration) -> Result<SessionKey, UpdateError> {
        let updated = self.0.update(&key_of(&id), &state, std_duration(ttl)).await;
        updated.map(|()| id).map_err(|error| match error {
            StoreError::Codec(_) => UpdateError::Serialization(error.into()),
            error => UpdateError::Other(error.into()),
        })
    }

    async fn update_ttl(&self, id: &SessionKey, ttl: &Duration) -> Result<(), anyhow::Error> {
        Ok(self.0.prolong(&key_of(id), std_duration(ttl)).await?)
    }

    async fn delete(&self, id: &SessionKey) -> Result<(), anyhow::Error> {
        self.0.remove(&key_of(id)).await?;
        Ok(())
    }
}
