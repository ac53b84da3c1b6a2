//! How an app presents itself: by HTTP Basic, by a secret or an assertion in the form, never by two (RFC 6749 §2.3).

use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;

use crate::http::Ctx;
use crate::http::auth::caller::authorization;
use crate::identity::oidc::{
    ASSERTION_TYPE, AuthenticatedClient, ClientAuth, Presented, Proof, TokenRefusal, named_client,
};

use super::parameters::Parameters;

/// The app that sends a form, which repeats nothing.
pub async fn authenticate(
    ctx: &Ctx,
    form: &Parameters,
    auth: &ClientAuth,
) -> Result<AuthenticatedClient, TokenRefusal> {
    if form.has_repetitions() {
        return Err(TokenRefusal::InvalidRequest("a parameter is repeated"));
    }
    auth.authenticate(&presented(ctx.headers(), form)?, ctx.client()).await
}

/// The app that sends a token, and the token.
pub async fn authenticate_with_token<'f>(
    ctx: &Ctx,
    form: &'f Parameters,
    auth: &ClientAuth,
) -> Result<(AuthenticatedClient, &'f str), TokenRefusal> {
    let app = authenticate(ctx, form, auth).await?;
    let text = form.get("token").ok_or(TokenRefusal::InvalidRequest("token is missing"))?;
    Ok((app, text))
}

/// Reads the app's id and its proof.
///
/// # Errors
/// `invalid_request` for two ways at once, `invalid_client` for none.
pub fn presented(headers: &HeaderMap, form: &Parameters) -> Result<Presented, TokenRefusal> {
    let (id, secret) = (form.get("client_id"), form.get("client_secret"));
    if let Some(text) = form.get("client_assertion") {
        if secret.is_some() || headers.contains_key(AUTHORIZATION) {
            return Err(TokenRefusal::InvalidRequest("the app presents itself in two ways"));
        }
        if form.get("client_assertion_type") != Some(ASSERTION_TYPE) {
            return Err(TokenRefusal::InvalidClient);
        }
        let client_id = id.map(str::to_owned).or_else(|| named_client(text));
        let client_id = client_id.ok_or(TokenRefusal::InvalidClient)?;
        return Ok(Presented { client_id, proof: Proof::Assertion(text.to_owned()) });
    }
    if !headers.contains_key(AUTHORIZATION) {
        let client_id = id.ok_or(TokenRefusal::InvalidClient)?.to_owned();
        let proof = proof(secret.unwrap_or_default().to_owned());
        return Ok(Presented { client_id, proof });
    }
    if secret.is_some() {
        return Err(TokenRefusal::InvalidRequest("the app presents itself in two ways"));
    }
    let (client_id, secret) = basic(headers).ok_or(TokenRefusal::InvalidClient)?;
    if id.is_some_and(|id| id != client_id) {
        return Err(TokenRefusal::InvalidRequest("the app presents itself by two ids"));
    }
    Ok(Presented { client_id, proof: proof(secret) })
}

/// An empty secret is none (RFC 6749 §2.3.1): some apps without one send that.
fn proof(secret: String) -> Proof {
    if secret.is_empty() { Proof::None } else { Proof::Secret(secret) }
}

/// Id and secret, each form-encoded (RFC 6749 §2.3.1).
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let (_, encoded) = authorization(headers).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))?;
    let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((decode(id)?, decode(secret)?))
}

fn decode(text: &str) -> Option<String> {
    Some(percent_decode_str(&text.replace('+', " ")).decode_utf8().ok()?.into_owned())
}
