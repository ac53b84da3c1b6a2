//! Whom an app's ID token speaks of, when the app sends it back (OpenID Connect Core 1.0 §3.1.2.1, RP-Initiated Logout 1.0).

use std::sync::Arc;

use serde_json::Value;

use crate::identity::sessions::Key;
use crate::identity::unit_of_work::Failure;
use crate::platform::db::Db;

use super::client::OidcClient;
use super::clients::OidcClients;
use super::keys::{OidcKeys, TokenType};
use super::logins;
use super::subject::Subjects;

/// An ID token of this server, however old.
pub struct IdTokenHint {
    /// The app that it was issued to.
    pub client_id: String,
    sub: String,
    sid: String,
}

pub struct IdTokenHints {
    issuer: String,
    keys: Arc<OidcKeys>,
    subjects: Subjects,
    clients: Arc<OidcClients>,
    db: Db,
}

impl IdTokenHints {
    pub fn new(
        issuer: String,
        (keys, subjects): (Arc<OidcKeys>, Subjects),
        clients: Arc<OidcClients>,
        db: Db,
    ) -> Self {
        Self { issuer, keys, subjects, clients, db }
    }

    /// Reads an ID token that this server signed; its expiry does not matter.
    pub async fn read(&self, text: &str) -> Result<Option<IdTokenHint>, Failure> {
        let claims = self.keys.current().await?.open(text, TokenType::Id);
        let claims = claims.filter(|claims| claims["iss"] == self.issuer.as_str());
        let text = |claims: &Value, name: &str| Some(claims[name].as_str()?.to_owned());
        Ok(claims.and_then(|claims| {
            Some(IdTokenHint {
                client_id: text(&claims, "aud")?,
                sub: text(&claims, "sub")?,
                sid: text(&claims, "sid")?,
            })
        }))
    }

    /// Whether the app knows this user by this name.
    pub fn is_sub(&self, sub: &str, client: &OidcClient, user_id: i64) -> bool {
        self.subjects.sub(client, user_id) == sub
    }

    /// Whether the ID token speaks of this user.
    pub fn is_of_user(&self, hint: &IdTokenHint, client: &OidcClient, user_id: i64) -> bool {
        hint.client_id == client.client_id && self.subjects.was_sub(client, user_id, &hint.sub)
    }

    /// Whether the ID token was issued in this session.
    pub async fn is_of_session(&self, hint: &IdTokenHint, session: &Key) -> Result<bool, Failure> {
        let all = self.clients.all().await?;
        let Some(client) = all.iter().find(|client| client.client_id == hint.client_id) else {
            return Ok(false);
        };
        let session = session.clone();
        let sids = self.db.run(move |conn| logins::sids_of(conn, &session)).await?;
        Ok(sids.iter().any(|sid| self.subjects.was_sid(client, sid, &hint.sid)))
    }
}
