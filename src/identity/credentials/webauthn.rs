//! The ceremonies of passkeys (WebAuthn Level 3 §7): what the browser is asked, and whether its answer is right.
//!
//! What we must remember in between goes through the page, encrypted and bound to whom it is for, so that any node can
//! go on with it. A challenge is good for ten minutes and for one right answer.

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

/// Seconds that a challenge may be answered in.
const LIFETIME: i64 = 10 * 60;

/// No answer of a browser is longer, in bytes.
const LONGEST: usize = 20_000;

/// What is remembered of a ceremony.
#[derive(Serialize, Deserialize)]
struct Remembered<S> {
    id: String,
    until: Timestamp,
    state: S,
}

/// What a page hands to the browser for a passkey, and gets back together with the browser's answer.
pub struct Ceremony {
    /// For `navigator.credentials`, as JSON.
    pub options: String,
    /// Encrypted.
    pub state: String,
}

/// What a browser has sent: its answer, and the state that was handed to it.
#[derive(Clone)]
pub struct PasskeyAnswer {
    pub answer: String,
    pub state: String,
}

/// One challenge, to be marked as answered.
pub struct Challenge {
    pub id: String,
    pub until: Timestamp,
}

/// Checks passkeys for this site.
#[derive(Clone)]
pub struct PasskeyCeremonies {
    webauthn: Webauthn,
    vault: Vault,
    keys: Keys,
}

impl PasskeyCeremonies {
    /// None where the site is known by an address instead of a name: browsers have no passkeys for such.
    pub fn new(keys: &Keys, public_url: &Url) -> Option<Self> {
        let domain = public_url.domain()?;
        let webauthn = WebauthnBuilder::new(domain, public_url).and_then(|builder| builder.build());
        Some(Self {
            webauthn: webauthn.ok()?,
            vault: Vault::new(keys, KeyPurpose::Ceremonies),
            keys: keys.clone(),
        })
    }

    /// What passkeys know a user by; it tells nothing about them (WebAuthn §14.6.1).
    fn handle(&self, user_id: i64) -> Uuid {
        let signed = self.keys.persistent().handles.sign(&[&user_id.to_string()]);
        let bytes = URL_SAFE_NO_PAD.decode(signed).unwrap_or_default();
        Uuid::from_slice(bytes.get(..16).unwrap_or_default()).unwrap_or_default()
    }

    /// Asks the browser for a new passkey. `binding` is who may answer: the session.
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
        // One that the browser finds by itself can sign in without a name.
        options["publicKey"]["authenticatorSelection"]["residentKey"] = json!("preferred");
        options["publicKey"]["excludeCredentials"] = described(known);
        self.remember(&options, state, &format!("new {binding}"), now)
    }

    /// The new passkey, if the answer is right: its id, and itself as JSON.
    pub fn accept_new(
        &self,
        answer: &str,
        state: &str,
        binding: &str,
        now: Timestamp,
    ) -> Option<(Challenge, String, String)> {
        let (challenge, state) = self.recall::<PasskeyRegistration>(state, &format!("new {binding}"), now)?;
        let answer: RegisterPublicKeyCredential = parse(answer)?;
        let passkey = self.webauthn.finish_passkey_registration(&answer, &state).map_err(refused).ok()?;
        let id = URL_SAFE_NO_PAD.encode(passkey.cred_id());
        Some((challenge, id, serde_json::to_string(&passkey).ok()?))
    }

    /// Asks the browser to show a passkey: one of these, or any that it finds where none are named.
    pub fn ask_to_show(&self, known: &[String], binding: &str, now: Timestamp) -> anyhow::Result<Ceremony> {
        let (options, state) = self.webauthn.start_discoverable_authentication()?;
        let mut options = serde_json::to_value(options)?;
        // Whether it waits within the field for names is the page's choice.
        options["mediation"].take();
        options["publicKey"]["allowCredentials"] = described(known);
        self.remember(&options, state, &format!("show {binding}"), now)
    }

    /// What a browser shows, before anything of it was checked.
    pub fn read(&self, answer: &str) -> Option<Assertion> {
        parse(answer).map(Assertion)
    }

    /// The passkey as it is after this use, if the answer is right: by its signature, origin, host and counter, with the
    /// user verified. `handle` wants the passkey to name its user, as it must where nobody else has.
    pub fn accept(
        &self,
        answer: &Assertion,
        state: &str,
        kept: &StoredPasskey,
        binding: &str,
        handle: bool,
        now: Timestamp,
    ) -> Option<(Challenge, String)> {
        let purpose = format!("show {binding}");
        let (challenge, state) = self.recall::<DiscoverableAuthentication>(state, &purpose, now)?;
        let expected = self.handle(kept.user_id);
        let fits = match answer.0.get_user_unique_id() {
            Some(shown) => shown == expected.as_bytes(),
            None => !handle,
        };
        fits.then_some(())?;
        let mut passkey: Passkey = serde_json::from_str(&kept.passkey).ok()?;
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
    ) -> Option<(Challenge, S)> {
        let opened = self.vault.open(sealed, purpose)?;
        let Remembered { id, until, state } = serde_json::from_slice(&opened).ok()?;
        (now < until).then_some((Challenge { id, until }, state))
    }
}

/// What a browser has answered.
pub struct Assertion(PublicKeyCredential);

impl Assertion {
    /// By which passkey, as it is kept.
    pub fn credential_id(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.get_credential_id())
    }
}

fn parse<A: DeserializeOwned>(answer: &str) -> Option<A> {
    if answer.len() > LONGEST { None } else { serde_json::from_str(answer).ok() }
}

/// Passkeys as a browser is told of them (WebAuthn §5.8.3).
fn described(ids: &[String]) -> Value {
    ids.iter().map(|id| json!({"type": "public-key", "id": id})).collect()
}

/// Why is for the log alone.
fn refused(error: WebauthnError) {
    tracing::info!(%error, "a passkey was refused");
}
