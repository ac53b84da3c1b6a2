//! The names by which apps know people and their sessions (OpenID Connect Core 1.0 §8).

use crate::platform::keys::{Keys, Signer};

use super::client::OidcClient;
use super::registration::SubjectType;

/// Names people and sessions for each app: the same in ID tokens, access tokens, logout tokens, userinfo and introspection.
#[derive(Clone)]
pub struct Subjects(Signer);

impl Subjects {
    pub fn new(keys: &Keys) -> Self {
        Self(keys.persistent().subjects.clone())
    }

    /// `sub`: the id of the user, which is never given twice, or for a pairwise app one that no other sector knows.
    pub fn sub(&self, client: &OidcClient, user_id: i64) -> String {
        match client.registration.subject_type {
            SubjectType::Public => public(user_id),
            SubjectType::Pairwise => self.0.sign(&["sub", &sector(client), &user_id.to_string()]),
        }
    }

    /// `sid` of a session that is called this inside: apps of one session could be linked by it.
    pub fn sid(&self, client: &OidcClient, sid: &str) -> String {
        match client.registration.subject_type {
            SubjectType::Public => sid.to_owned(),
            SubjectType::Pairwise => self.0.sign(&["sid", &sector(client), sid]),
        }
    }

    /// Whether an ID token of the app speaks of this user, though the app may have become pairwise or public since.
    pub fn was_sub(&self, client: &OidcClient, user_id: i64, sub: &str) -> bool {
        sub == public(user_id) || self.0.verify(&["sub", &sector(client), &user_id.to_string()], sub)
    }

    /// The same for a session.
    pub fn was_sid(&self, client: &OidcClient, inside: &str, sid: &str) -> bool {
        sid == inside || self.0.verify(&["sid", &sector(client), inside], sid)
    }
}

fn public(user_id: i64) -> String {
    user_id.to_string()
}

/// Apps of one sector know a person by one name (§8.1): the host of their addresses, or one app alone.
fn sector(client: &OidcClient) -> String {
    let host = client.registration.hosts().into_iter().next();
    host.map_or_else(|| format!("app {}", client.client_id), |host| format!("host {host}"))
}
