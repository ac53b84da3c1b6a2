//! What members do with their own sessions, whichever way they ask for it.

use actix_web::http::header::HeaderMap;

use crate::http::{AppError, Client};
use crate::platform::db::Conn;

use super::{Id, Key, Live, Rotation};
use crate::http::auth::caller;
use crate::identity::Identity;
use crate::identity::accounts::user;
use crate::identity::accounts::user::User;
use crate::identity::audit::{Entry, Event};
use crate::identity::sessions as session;

impl Identity {
    /// Ends one of the member's own sessions. Anyone else's is not there.
    pub async fn end_own_session(&self, user: &User, key: &str, client: &Client) -> Result<(), AppError> {
        let key = Key::parse(key).ok_or(AppError::NotFound)?;
        let own = self.sessions.of_user(user).await?;
        if !own.iter().any(|listed| listed.key == key) {
            return Err(AppError::NotFound);
        }
        self.sessions.end(&key).await?;
        self.audit(Event::SessionEnded, Some(user.id), client).await;
        Ok(())
    }

    /// Ends every session but this one, by a new epoch: no list decides who is left. A browser's session gets a new id.
    /// A program's goes on with its refresh token: an access token, which others may have seen, gets no new one by this.
    pub async fn end_other_sessions(&self, live: &Live, client: &Client) -> Result<Option<Id>, AppError> {
        self.limits.end_others(live.user.id).await?;
        let (id, epoch, key) = (live.user.id, live.user.epoch, live.key.clone());
        let entry = Entry::new(Event::OthersEnded, Some(id), client, self.clock.now());
        let new_id = match live.id {
            Some(_) => {
                let rotation = Rotation { epoch: epoch + 1, proved: None };
                Some(self.rotate(live, rotation, entry, move |conn| user::next_epoch(conn, id, epoch)).await?)
            }
            None => {
                let change = move |conn: &mut Conn| {
                    let holds = !session::is_over(conn, &key)? && user::next_epoch(conn, id, epoch)?;
                    if holds { Ok(()) } else { Err(AppError::SessionOver) }
                };
                self.change_user(id, Some(entry), change).await?;
                self.sessions.go_on(live, epoch + 1).await?;
                None
            }
        };
        self.sessions.clear_ended(id, Some(epoch + 1));
        Ok(new_id)
    }

    /// Ends every session, for who comes without one.
    pub async fn end_all_sessions(&self, user: &User, client: &Client) -> Result<(), AppError> {
        self.limits.end_others(user.id).await?;
        let id = user.id;
        let entry = Entry::new(Event::AllEnded, Some(id), client, self.clock.now());
        let ended: Result<_, AppError> =
            self.change_user(id, Some(entry), move |conn| Ok(user::end_everything(conn, id)?)).await;
        ended?;
        self.sessions.clear_ended(id, Some(user.epoch + 1));
        Ok(())
    }

    /// Ends every session that the request brings, by whichever carrier, and notes whose. Works with those that have
    /// ended, too.
    pub async fn sign_out(
        &self,
        headers: &HeaderMap,
        refresh_token: Option<&str>,
        client: &Client,
    ) -> Result<(), AppError> {
        for live in self.end_brought_by(headers, refresh_token).await? {
            self.audit(Event::SignedOut, Some(live.user.id), client).await;
        }
        Ok(())
    }

    /// The same without a note; those that were live.
    pub async fn end_brought_by(
        &self,
        headers: &HeaderMap,
        refresh_token: Option<&str>,
    ) -> Result<Vec<Live>, AppError> {
        let mut ended = Vec::new();
        for key in self.brought_by(headers, refresh_token).await? {
            let live = self.sessions.check_key(&key).await.ok().flatten();
            self.sessions.end(&key).await?;
            ended.extend(live);
        }
        Ok(ended)
    }

    /// The sessions that a request names by what was given to their owner, an expired token included.
    async fn brought_by(
        &self,
        headers: &HeaderMap,
        refresh_token: Option<&str>,
    ) -> Result<Vec<Key>, AppError> {
        let mut keys: Vec<Key> = self.cookie.read(headers).map(|id| id.key()).into_iter().collect();
        for refresh in [refresh_token, self.token_cookies.refresh(headers)].into_iter().flatten() {
            keys.extend(self.session_of_refresh(refresh));
        }
        for access in [caller::bearer(headers), self.token_cookies.access(headers)].into_iter().flatten() {
            keys.extend(self.read_access(access).await?.map(|access| access.session.clone()));
        }
        keys.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        keys.dedup();
        Ok(keys)
    }
}
