//! The exchange of a code for tokens (RFC 6749 §4.1.3).

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use p256::ecdsa::Signature;
use p256::ecdsa::signature::Signer;
use serde_json::{Value, json};
use ureq::http::header::AUTHORIZATION;

use crate::config::{AppleKey, ProviderConfig, ProviderKind};
use crate::platform::clock::Timestamp;
use crate::platform::outgoing::{ClientRequest, HttpClient};

use super::error::UpstreamError;
use super::metadata::{Metadata, TokenAuth};
use super::requests::any_json;

/// Seconds for which a client secret that is a JWT is valid.
const APPLE_SECRET: i64 = 300;

/// What a provider gave for a code.
pub struct Tokens {
    pub access: String,
    /// None from a provider without OpenID Connect.
    pub id: Option<String>,
}

/// What the code was asked with.
pub struct CodeFor<'c> {
    pub code: &'c str,
    pub callback: &'c str,
    pub verifier: &'c str,
}

pub async fn exchange(
    (config, metadata): (&ProviderConfig, &Metadata),
    http: &HttpClient,
    asked: CodeFor<'_>,
    now: Timestamp,
) -> Result<Tokens, UpstreamError> {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "authorization_code");
    form.append_pair("code", asked.code);
    form.append_pair("redirect_uri", asked.callback);
    if config.kind != ProviderKind::Apple {
        form.append_pair("code_verifier", asked.verifier);
    }
    let mut request = ClientRequest::get(&metadata.token.url, metadata.token.reach);
    match (secret(config, now), metadata.token_auth) {
        (Some(secret), TokenAuth::Basic) => {
            let encode =
                |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            let pair = format!("{}:{}", encode(&config.client_id), encode(&secret));
            request = request.with(AUTHORIZATION, format!("Basic {}", STANDARD.encode(pair)));
        }
        (secret, _) => {
            form.append_pair("client_id", &config.client_id);
            if let Some(secret) = &secret {
                form.append_pair("client_secret", secret);
            }
        }
    }
    request.form = Some(form.finish());
    let (status, answer) = any_json(http, request)
        .await
        .map_err(|problem| UpstreamError::provider(format!("the token endpoint: {problem}")))?;
    let text = |name: &str| answer.as_ref().and_then(|answer| answer.get(name)?.as_str().map(str::to_owned));
    // GitHub answers 200 to what it refuses.
    match (status, text("access_token")) {
        (200, Some(access)) => Ok(Tokens { access, id: text("id_token") }),
        _ => {
            let error = text("error").unwrap_or_else(|| "no error code".to_owned());
            Err(UpstreamError::provider(format!("the token endpoint answered {status}, {error:.60}")))
        }
    }
}

/// The client secret: as configured, or a JWT for Apple.
fn secret(config: &ProviderConfig, now: Timestamp) -> Option<String> {
    match &config.apple_key {
        Some(key) => Some(apple_secret(key, config, now)),
        None => config.client_secret.clone(),
    }
}

/// A JWT signed by ES256 (Apple: "Creating a client secret").
fn apple_secret(key: &AppleKey, config: &ProviderConfig, now: Timestamp) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let audience = config.issuer.as_deref().unwrap_or_default();
    let message = format!(
        "{}.{}",
        encode(&json!({"alg": "ES256", "kid": key.key_id})),
        encode(&json!({
            "iss": key.team_id,
            "iat": now,
            "exp": now + APPLE_SECRET,
            "aud": audience,
            "sub": config.client_id,
        }))
    );
    let signature: Signature = key.key.sign(message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}
