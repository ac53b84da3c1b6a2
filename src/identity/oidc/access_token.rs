//! Access tokens that only this server reads: signed, so that one that it did not issue reaches no database.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::platform::clock::{LEEWAY, Timestamp};
use crate::platform::keys::{KeyPurpose, Keys, Signers, Vault, random_id};

use super::scope_set::ScopeSet;

/// Says in a log or a scan of secrets what this is.
const PREFIX: &str = "mjo_";
/// Bytes; a longer text is no token.
const LONGEST: usize = 8_000;

/// What an access token says. Whether it is still valid is for its grant, its app and its session to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessToken {
    pub holder: Holder,
    /// The row of the app.
    #[serde(rename = "c")]
    pub client: i64,
    /// Unique to each token.
    #[serde(rename = "j")]
    pub id: String,
    #[serde(rename = "i")]
    pub issued_at: Timestamp,
    #[serde(rename = "e")]
    pub expires_at: Timestamp,
    #[serde(rename = "s")]
    pub scope: ScopeSet,
    /// The API that it is for, if not this server.
    #[serde(skip)]
    pub resource: Option<String>,
}

/// Whom an access token acts for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holder {
    /// A person, by a grant.
    #[serde(rename = "g")]
    Person { grant: i64, user: i64 },
    /// The app itself, by one of its secrets, of which this is a mark.
    #[serde(rename = "a")]
    App { secret: String },
}

impl AccessToken {
    pub fn is_valid_at(&self, now: Timestamp) -> bool {
        self.issued_at <= now + LEEWAY && now < self.expires_at
    }
}

/// What a sealed token is sealed for.
const TOKEN: &str = "access token";
const NAME: &str = "access token for an API";

#[derive(Clone)]
pub struct AccessTokenKeys {
    signers: Signers,
    vault: Vault,
}

impl AccessTokenKeys {
    pub fn new(keys: &Keys) -> Self {
        Self {
            signers: Signers::new(keys, KeyPurpose::OidcTokens),
            vault: Vault::new(keys, KeyPurpose::OidcSealed),
        }
    }

    pub fn sign(&self, token: &AccessToken) -> anyhow::Result<String> {
        let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(token)?);
        let signature = self.signers.sign(&["access", &body]);
        Ok(format!("{PREFIX}{body}.{signature}"))
    }

    /// The same, unreadable to the app: a signed token says which user it is for.
    pub fn seal(&self, token: &AccessToken) -> anyhow::Result<String> {
        Ok(format!("{PREFIX}{}", self.vault.seal(&serde_json::to_vec(token)?, TOKEN)))
    }

    /// Reads a token of either form that this server made, however old.
    pub fn open(&self, text: &str) -> Option<AccessToken> {
        let rest = text.strip_prefix(PREFIX).filter(|_| text.len() <= LONGEST)?;
        let Some((body, signature)) = rest.split_once('.') else {
            return serde_json::from_slice(&self.vault.open(rest, TOKEN)?).ok();
        };
        let is_ours = self.signers.verify(&["access", body], signature);
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).ok().filter(|_| is_ours)?).ok()
    }

    /// The `jti` of a token for an API, by which its holder is found again.
    pub fn name(&self, holder: &Holder, sealed: bool) -> String {
        match holder {
            Holder::Person { grant, user } if sealed => {
                format!("p.{}", self.vault.seal(format!("{user}.{grant}").as_bytes(), NAME))
            }
            Holder::Person { grant, user } => format!("g.{user}.{grant}.{}", random_id()),
            Holder::App { secret } => format!("a.{secret}.{}", random_id()),
        }
    }

    /// The holder that a `jti` names.
    pub fn holder(&self, name: &str) -> Option<Holder> {
        let person = |user: &str, grant: &str| {
            Some(Holder::Person { grant: grant.parse().ok()?, user: user.parse().ok()? })
        };
        match name.split('.').collect::<Vec<_>>().as_slice() {
            ["g", user, grant, _] => person(user, grant),
            ["p", sealed] => {
                let text = String::from_utf8(self.vault.open(sealed, NAME)?).ok()?;
                let (user, grant) = text.split_once('.')?;
                person(user, grant)
            }
            ["a", secret, _] => Some(Holder::App { secret: (*secret).to_owned() }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::keys::SecretKey;

    fn token() -> AccessToken {
        AccessToken {
            holder: Holder::Person { grant: 1, user: 2 },
            client: 3,
            id: "id".to_owned(),
            issued_at: 10,
            expires_at: 20,
            scope: ScopeSet::parse("openid profile"),
            resource: None,
        }
    }

    #[test]
    fn only_what_this_server_signed_and_nobody_changed_is_read() {
        let keys = AccessTokenKeys::new(&Keys::of_one(&SecretKey::random()));
        let text = keys.sign(&token()).unwrap();
        assert_eq!(keys.open(&text), Some(token()));
        for place in 0..text.len() {
            let mut bent = text.clone().into_bytes();
            bent[place] ^= 1;
            assert!(keys.open(&String::from_utf8(bent).unwrap()).is_none(), "byte {place}");
        }
        let other = AccessTokenKeys::new(&Keys::of_one(&SecretKey::random()));
        assert!(other.open(&text).is_none());
        assert!(keys.open("mjo_").is_none() && keys.open("").is_none());
    }

    #[test]
    fn a_sealed_token_says_nothing_to_the_app() {
        let keys = AccessTokenKeys::new(&Keys::of_one(&SecretKey::random()));
        let text = keys.seal(&token()).unwrap();
        assert_eq!(keys.open(&text), Some(token()));
        assert_ne!(text, keys.seal(&token()).unwrap());
        for place in 0..text.len() {
            let mut bent = text.clone().into_bytes();
            bent[place] ^= 1;
            assert!(keys.open(&String::from_utf8(bent).unwrap()).is_none(), "byte {place}");
        }
        let name = keys.name(&token().holder, true);
        assert_eq!(keys.holder(&name), Some(token().holder));
        assert_ne!(name, keys.name(&token().holder, true));
        let sealed = name.strip_prefix("p.").unwrap();
        assert!(keys.open(&format!("mjo_{sealed}")).is_none(), "a name is no token");
        assert_eq!(keys.holder(&keys.name(&token().holder, false)), Some(token().holder));
        assert!(keys.holder("p.x").is_none() && keys.holder("g.1.x.y").is_none());
    }

    #[test]
    fn it_is_valid_until_it_expires() {
        for (now, valid) in [(10 - LEEWAY - 1, false), (10, true), (19, true), (20, false)] {
            assert_eq!(token().is_valid_at(now), valid, "{now}");
        }
    }
}
