//! Kakao, whose ID tokens do not say whether an address is verified: its API does.

use serde_json::{Value, json as value};

use crate::config::ProviderConfig;
use crate::platform::outgoing::{ClientRequest, HttpClient, Reach};

use super::person::text_of;
use super::requests::{bearing, json};

const API: &str = "https://kapi.kakao.com";
const PATH: &str = "/v2/user/me";

/// Adds the address, whether it is verified, and the name. Whatever the ID token says of the address does not count.
pub async fn add_account(
    config: &ProviderConfig,
    http: &HttpClient,
    access: &str,
    claims: &mut Value,
) -> Result<(), String> {
    let base = config.api_url.as_deref().unwrap_or(API).trim_end_matches('/').trim_end_matches(PATH);
    let user = json(http, bearing(ClientRequest::get(format!("{base}{PATH}"), Reach::Named), access)).await;
    let user = user.map_err(|problem| format!("the API: {problem}"))?;
    let id = user.get("id").and_then(Value::as_u64).map(|id| id.to_string());
    if id.is_none() || id.as_deref() != claims.get("sub").and_then(Value::as_str) {
        return Err("the API names another person".to_owned());
    }
    let account = user.get("kakao_account").cloned().unwrap_or_default();
    let is = |name: &str| account.get(name).and_then(Value::as_bool) == Some(true);
    let email = text_of(&account, "email").filter(|_| !is("email_needs_agreement"));
    claims["email_verified"] = value!(email.is_some() && is("is_email_valid") && is("is_email_verified"));
    claims["email"] = value!(email);
    let nickname = account.get("profile").and_then(|profile| text_of(profile, "nickname"));
    if let Some(nickname) = nickname
        && claims.get("nickname").is_none()
    {
        claims["nickname"] = value!(nickname);
    }
    Ok(())
}
