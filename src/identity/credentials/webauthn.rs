//! The ceremonies of passkeys (WebAuthn Level 3 §7): the request to the browser, and the verification of its answer.
//!
//! The state between the two is sent through the page, encrypted and bound to its user, so that any node can
//! continue. A challenge is valid for ten minutes and for one correct answer.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;
use webauthn_rs::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::keys::{KeyPurpose, Keys, Vault, random_id};

use super::passkey_rows::StoredPasskey;

/// Seconds within which a challenge must be answered.
const LIFETIME: i64 = 10 * 60;

/// No browser's answer is longer, in bytes.
const LONGEST: usize = 20_000;

/// The state of a ceremony.
#[derive(Serialize, Deserialize)]
struct Remembered<S> {
    id: String,
    until: Timestamp,
    state: S,
}

/// What a page passes to the browser for a passkey, and returns together with the browser's answer.
pub struct Ceremony {
    /// For `navigator.credentials`, as JSON.
    pub options: String,
    /// Encrypted.
    pub state: String,
}

impl Ceremony {
    /// Seconds within which the challenge must be answered.
    pub fn lifetime(&self) -> i64 {
        LIFETIME
    }
}

/// What a browser has sent: its answer, and the state that it was given.
#[derive(Clone)]
pub struct PasskeyAnswer {
    pub answer: String,
    pub state: String,
}

/// A challenge to mark as answered.
pub struct Challenge {
    pub id: String,
    pub until: Timestamp,
}

/// A challenge that may be answered.
pub struct OpenChallenge {
    challenge: Challenge,
    state: DiscoverableAuthentication,
}

/// Why a challenge may not be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOpen {
    /// It was not given to this browser, session or user.
    Unknown,
    Expired,
}

/// Verifies passkeys for this site.
#[derive(Clone)]
pub struct PasskeyCeremonies {
    webauthn: Webauthn,
    vault: Vault,
    keys: Keys,
}

impl PasskeyCeremonies {
    /// None if the site's URL has an IP address instead of a name: browsers support no passkeys there.
    pub fn new(keys: &Keys, public_url: &Url) -> Option<Self> {
        let domain = public_url.domain()?;
        let webauthn = WebauthnBuilder::new(domain, public_url).and_then(|builder| builder.build());
        Some(Self {
            webauthn: webauthn.ok()?,
            vault: Vault::new(keys, KeyPurpose::Ceremonies),
            keys: keys.clone(),
        })
    }

    /// The user handle of a user's passkeys; it reveals nothing about the user (WebAuthn §14.6.1).
    fn handle(&self, user_id: i64) -> Uuid {
        let signed = self.keys.persistent().handles.sign(&[&user_id.to_string()]);
        let bytes = URL_SAFE_NO_PAD.decode(signed).unwrap_or_default();
        Uuid::from_slice(bytes.get(..16).unwrap_or_default()).unwrap_or_default()
    }

    /// Asks the browser for a new passkey. `binding` identifies the session that may answer.
    pub fn ask_for_new(
        &self,
        user_id: i64,
        names: (&str, &str),
        known: &[String],
        binding: &str,
        now: Timestamp,
    ) -> anyhow::Result<Ceremony> {
        let handle = self.handle(user_id);
        let (options, state) = self.webauthn.start_passkey_registration(handle, names.0, names.1, None)?;
        let mut options = serde_json::to_value(options)?;
        // A discoverable passkey can sign in without a name.
        options["publicKey"]["authenticatorSelection"]["residentKey"] = json!("preferred");
        options["publicKey"]["excludeCredentials"] = described(known);
        self.remember(&options, state, &format!("new {binding}"), now)
    }

    /// Verifies the answer and returns the new passkey: its id, and the passkey as JSON; or none for a wrong answer.
    ///
    /// # Errors
    /// If the challenge may not be answered, whatever the answer.
    pub fn accept_new(
        &self,
        answer: &str,
        state: &str,
        binding: &str,
        now: Timestamp,
    ) -> Result<Option<(Challenge, String, String)>, NotOpen> {
        let (challenge, state) = self.recall(state, &format!("new {binding}"), now)?;
        let passkey = self.finish_new(answer, &state);
        Ok(passkey.map(|(id, passkey)| (challenge, id, passkey)))
    }

    fn finish_new(&self, answer: &str, state: &PasskeyRegistration) -> Option<(String, String)> {
        let answer: RegisterPublicKeyCredential = parse(answer)?;
        let passkey = self.webauthn.finish_passkey_registration(&answer, state).map_err(refused).ok()?;
        Some((URL_SAFE_NO_PAD.encode(passkey.cred_id()), serde_json::to_string(&passkey).ok()?))
    }

    /// Asks the browser for an assertion by one of these passkeys, or by any that it finds if none are named.
    pub fn ask_to_show(&self, known: &[String], binding: &str, now: Timestamp) -> anyhow::Result<Ceremony> {
        let (options, state) = self.webauthn.start_discoverable_authentication()?;
        let mut options = serde_json::to_value(options)?;
        // The page chooses whether it is offered in the name field.
        options["mediation"].take();
        options["publicKey"]["allowCredentials"] = described(known);
        self.remember(&options, state, &format!("show {binding}"), now)
    }

    /// Parses a browser's answer, before any verification.
    pub fn read(&self, answer: &str) -> Option<Assertion> {
        parse(answer).map(Assertion)
    }

    /// The challenge to show a passkey that a page has returned.
    pub fn open(&self, state: &str, binding: &str, now: Timestamp) -> Result<OpenChallenge, NotOpen> {
        let (challenge, state) = self.recall(state, &format!("show {binding}"), now)?;
        Ok(OpenChallenge { challenge, state })
    }

    /// Verifies the signature, origin, host, counter and user verification of an answer; returns the updated passkey.
    /// `handle` requires the passkey to name its user, which is needed if nothing else identifies the user.
    pub fn accept(
        &self,
        answer: &Assertion,
        open: OpenChallenge,
        stored: &StoredPasskey,
        handle: bool,
    ) -> Option<(Challenge, String)> {
        let OpenChallenge { challenge, state } = open;
        let expected = self.handle(stored.user_id);
        let fits = match answer.0.get_user_unique_id() {
            Some(shown) => shown == expected.as_bytes(),
            None => !handle,
        };
        fits.then_some(())?;
        let mut passkey: Passkey = serde_json::from_str(&stored.passkey).ok()?;
        let shown = self.webauthn.finish_discoverable_authentication_v2(&answer.0, state, &passkey);
        let shown = shown.map_err(refused).ok().filter(|shown| shown.user_verified())?;
        passkey.update_credential(&shown)?;
        Some((challenge, serde_json::to_string(&passkey).ok()?))
    }

    fn remember(
        &self,
        options: &impl Serialize,
        state: impl Serialize,
        purpose: &str,
        now: Timestamp,
    ) -> anyhow::Result<Ceremony> {
        let remembered = Remembered { id: random_id(), until: now + LIFETIME, state };
        let state = self.vault.seal(&serde_json::to_vec(&remembered)?, purpose);
        Ok(Ceremony { options: serde_json::to_string(options)?, state })
    }

    fn recall<S: DeserializeOwned>(
        &self,
        sealed: &str,
        purpose: &str,
        now: Timestamp,
    ) -> Result<(Challenge, S), NotOpen> {
        let opened = self.vault.open(sealed, purpose).ok_or(NotOpen::Unknown)?;
        let Remembered { id, until, state } =
            serde_json::from_slice(&opened).map_err(|_| NotOpen::Unknown)?;
        if now < until { Ok((Challenge { id, until }, state)) } else { Err(NotOpen::Expired) }
    }
}

/// A browser's answer.
pub struct Assertion(PublicKeyCredential);

impl Assertion {
    /// The id of the passkey, as it is stored.
    pub fn credential_id(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.get_credential_id())
    }
}

fn parse<A: DeserializeOwned>(answer: &str) -> Option<A> {
    if answer.len() > LONGEST { None } else { serde_json::from_str(answer).ok() }
}

/// Descriptors of passkeys for a browser (WebAuthn §5.8.3).
fn described(ids: &[String]) -> Value {
    ids.iter().map(|id| json!({"type": "public-key", "id": id})).collect()
}

/// The reason is only logged.
fn refused(error: WebauthnError) {
    tracing::info!(%error, "a passkey was refused");
}
