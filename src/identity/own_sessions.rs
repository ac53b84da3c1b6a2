//! What members do with their own sessions, whichever way they ask for it.

use actix_web::http::header::HeaderMap;

use crate::web::{AppError, Client};

use super::audit::{Entry, Event};
use super::session::{Id, Key, Live, Rotation};
use super::{Identity, user};

impl Identity {
    /// Ends one of the member's own sessions; whether it was this one. Anyone else's is not there.
    pub async fn end_own_session(&self, live: &Live, key: &str, client: &Client) -> Result<bool, AppError> {
        let key = Key::parse(key).ok_or(AppError::NotFound)?;
        let own = self.sessions.of_user(&live.user).await?;
        if !own.iter().any(|listed| listed.key == key) {
            return Err(AppError::NotFound);
        }
        self.sessions.end(&key).await?;
        self.audit(Event::SessionEnded, Some(live.user.id), client).await;
        Ok(key == live.key)
    }

    /// Ends every session but this one, by a new epoch: no list decides who is left. This one's new id.
    pub async fn end_other_sessions(&self, live: &Live, client: &Client) -> Result<Id, AppError> {
        let (id, epoch) = (live.user.id, live.user.epoch);
        let entry = Entry::new(Event::OthersEnded, Some(id), client, self.clock.now());
        let rotation = Rotation { epoch: epoch + 1, proved: false };
        let new_id =
            self.rotate(live, rotation, entry, move |conn| user::next_epoch(conn, id, epoch)).await?;
        self.sessions.clear_ended(id, Some(epoch + 1));
        Ok(new_id)
    }

    /// Ends the session that the request brings. Works with one that has ended, too.
    pub async fn sign_out(&self, headers: &HeaderMap, client: &Client) -> Result<(), AppError> {
        let Some(id) = self.cookie.read(headers) else { return Ok(()) };
        let live = self.sessions.check(&id).await.ok().flatten();
        self.sessions.end(&id.key()).await?;
        if let Some(Live { user, .. }) = live {
            self.audit(Event::SignedOut, Some(user.id), client).await;
        }
        Ok(())
    }
}
