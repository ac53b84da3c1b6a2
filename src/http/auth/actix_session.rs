//! Our session store as an actix-session `SessionStore`: any actix app can mount it with the stock middleware
//! and share sessions with Munjigi, with the same two backends and guarantees.
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

/// Looks sessions up by id; the store itself only sees the id's hash. An update never creates a session: a
/// revoked session stays revoked, even where the stock middleware would start a new one under the same id.
#[derive(Clone)]
pub struct ActixSessionStore(Arc<Store>);

impl ActixSessionStore {
    pub fn new(store: Arc<Store>) -> Self {
        Self(store)
    }
}

/// Clamps a negative duration to zero.
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
