//! A passkey in software that can forge everything that a server must check.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Persona, Reply};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// The forged parts of an answer; none by default.
#[derive(Clone, Default)]
pub struct Forgery {
    pub origin: Option<String>,
    pub host: Option<&'static str>,
    pub counter: Option<u32>,
    pub unverified: bool,
    pub handle: Option<Value>,
    pub challenge: Option<String>,
    pub kind: Option<&'static str>,
    pub bad_signature: bool,
    pub credential_id: Option<String>,
}

pub struct SoftPasskey {
    key: SigningKey,
    id: [u8; 16],
    counter: u32,
    handle: Value,
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl SoftPasskey {
    pub fn new(seed: u8) -> Self {
        Self {
            key: SigningKey::from_slice(&[seed; 32]).unwrap(),
            id: [seed; 16],
            counter: 0,
            handle: Value::Null,
        }
    }

    pub fn id(&self) -> String {
        encode(self.id)
    }

    /// The answer to a page that asks for a new passkey.
    pub fn create(&mut self, page: &Reply, origin: &str, forgery: &Forgery) -> Value {
        let options = options(page);
        self.handle = options["user"]["id"].clone();
        let client = self.client_data(&options, origin, "webauthn.create", forgery);
        let mut data = self.authenticator_data(ATTESTED, forgery);
        data.extend([0; 16]);
        data.extend((self.id.len() as u16).to_be_bytes());
        data.extend(self.id);
        let point = self.key.verifying_key().to_sec1_point(false);
        // A COSE key in CBOR: EC2, ES256, P-256, x and y.
        data.extend([0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point.as_bytes()[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point.as_bytes()[33..65]);
        // {"fmt": "none", "attStmt": {}, "authData": …}
        let mut attestation = vec![0xA3, 0x63];
        attestation.extend(b"fmt\x64none\x67attStmt\xA0\x68authData\x58");
        attestation.push(data.len() as u8);
        attestation.extend(data);
        let response = json!({"attestationObject": encode(attestation), "clientDataJSON": encode(client)});
        json!({"id": self.id(), "rawId": self.id(), "type": "public-key", "response": response})
    }

    /// The answer to a page that asks for a passkey.
    pub fn show(&mut self, page: &Reply, origin: &str, forgery: &Forgery) -> Value {
        let options = options(page);
        self.counter += 1;
        let client = self.client_data(&options, origin, "webauthn.get", forgery);
        let data = self.authenticator_data(0, forgery);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(&client));
        let mut signature = Signature::to_der(&self.key.sign(&signed)).as_bytes().to_vec();
        if forgery.bad_signature {
            *signature.last_mut().unwrap() ^= 1;
        }
        let response = json!({
            "authenticatorData": encode(data),
            "clientDataJSON": encode(client),
            "signature": encode(signature),
            "userHandle": forgery.handle.clone().unwrap_or_else(|| self.handle.clone()),
        });
        let id = forgery.credential_id.clone().unwrap_or_else(|| self.id());
        json!({"id": id, "rawId": id, "type": "public-key", "response": response})
    }

    fn client_data(&self, options: &Value, origin: &str, kind: &str, forgery: &Forgery) -> Vec<u8> {
        let challenge =
            forgery.challenge.clone().unwrap_or_else(|| options["challenge"].as_str().unwrap().to_owned());
        let origin = forgery.origin.clone().unwrap_or_else(|| origin.to_owned());
        let kind = forgery.kind.unwrap_or(kind);
        json!({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false})
            .to_string()
            .into_bytes()
    }

    fn authenticator_data(&self, more: u8, forgery: &Forgery) -> Vec<u8> {
        let mut data = Sha256::digest(forgery.host.unwrap_or("localhost")).to_vec();
        data.push(PRESENT | more | if forgery.unverified { 0 } else { VERIFIED });
        data.extend(forgery.counter.unwrap_or(self.counter).to_be_bytes());
        data
    }
}

/// The options that a page passes to the browser.
pub fn options(page: &Reply) -> Value {
    let text = page.attributes("[data-passkey]", "data-options").remove(0);
    serde_json::from_str::<Value>(&text).unwrap()["publicKey"].clone()
}

/// The state that goes back with the answer.
pub fn state(page: &Reply, name: &str) -> String {
    page.attributes(&format!("input[name={name}_state]"), "value").remove(0)
}

impl Persona {
    /// Adds a passkey, through the real page.
    pub async fn add_passkey(&self, passkey: &mut SoftPasskey, origin: &str, name: &str) -> Reply {
        let page = self.post("/security/passkeys/new", &[]).await;
        let answer = passkey.create(&page, origin, &Forgery::default()).to_string();
        let fields = [("name", name), ("passkey", &*answer), ("passkey_state", &*state(&page, "passkey"))];
        self.post("/security/passkeys", &fields).await
    }

    /// Answers a page of this address with a passkey.
    pub async fn show_passkey(
        &self,
        passkey: &mut SoftPasskey,
        origin: &str,
        page: &str,
        action: &str,
        forgery: &Forgery,
    ) -> Reply {
        let page = self.get(page).await;
        let answer = passkey.show(&page, origin, forgery).to_string();
        self.post(action, &[("passkey", &*answer), ("passkey_state", &*state(&page, "passkey"))]).await
    }
}
