//! What this provider is and can (OpenID Connect Discovery 1.0, RFC 8414), and its public keys.

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Data;
use serde_json::{Value, json};

use crate::http::guard::Anyone;
use crate::http::{Answer, AppError, Site};
use crate::identity::oidc::{
    ACR_ONE, ACR_TWO, ClientDirectory, OidcClients, OidcKeys, STANDARD_SCOPES, SigningAlg,
};
use crate::platform::lang::Lang;

use super::token::DEVICE_CODE;

/// An app that caches the keys for this long knows each key before it signs: the next one is published in advance.
const CACHED: &str = "public, max-age=300";

pub async fn configuration(
    _: Anyone,
    site: Data<Site>,
    clients: Data<OidcClients>,
    directory: Data<ClientDirectory>,
) -> Answer {
    let mut algs = vec!["RS256", "ES256"];
    if uses_eddsa(&clients).await? {
        algs.push("EdDSA");
    }
    let description = describe(site.issuer(), &algs, directory.takes_documents());
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, CACHED)).json(description))
}

/// The public keys that verify ID tokens and access tokens for APIs (RFC 7517).
pub async fn jwks(_: Anyone, site: Data<Site>, keys: Data<OidcKeys>, clients: Data<OidcClients>) -> Answer {
    let with_eddsa = clients.uses_or_used(SigningAlg::EdDsa, site.clock.now()).await?;
    let keys = keys.jwks(with_eddsa).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, CACHED)).json(keys))
}

/// Some clients give up on an algorithm that they do not know, so it is named only if an app uses it.
async fn uses_eddsa(clients: &OidcClients) -> Result<bool, AppError> {
    let apps = clients.all().await?;
    Ok(apps.iter().any(|app| app.registration.id_token_alg == SigningAlg::EdDsa))
}

fn describe(issuer: &str, algs: &[&str], takes_documents: bool) -> Value {
    let at = |path: &str| format!("{issuer}/oauth/{path}");
    let with_proof = ["client_secret_basic", "client_secret_post", "private_key_jwt"];
    let any_method = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"];
    let app_algs: Vec<&str> = ["PS256"].iter().chain(algs).copied().collect();
    json!({
        "issuer": issuer,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("jwks.json"),
        "introspection_endpoint": at("introspect"),
        "revocation_endpoint": at("revoke"),
        "pushed_authorization_request_endpoint": at("par"),
        "require_pushed_authorization_requests": false,
        "device_authorization_endpoint": at("device_authorization"),
        "end_session_endpoint": at("logout"),
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "scopes_supported": STANDARD_SCOPES,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials", DEVICE_CODE],
        "subject_types_supported": ["public", "pairwise"],
        "id_token_signing_alg_values_supported": algs,
        "token_endpoint_auth_methods_supported": any_method,
        "token_endpoint_auth_signing_alg_values_supported": app_algs,
        "introspection_endpoint_auth_methods_supported": with_proof,
        "introspection_endpoint_auth_signing_alg_values_supported": app_algs,
        "revocation_endpoint_auth_methods_supported": any_method,
        "revocation_endpoint_auth_signing_alg_values_supported": app_algs,
        "code_challenge_methods_supported": ["S256"],
        "acr_values_supported": [ACR_ONE, ACR_TWO],
        "claims_supported": [
            "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid", "at_hash",
            "name", "preferred_username", "updated_at", "locale", "zoneinfo", "email", "email_verified", "groups",
        ],
        "claims_parameter_supported": true,
        "client_id_metadata_document_supported": takes_documents,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "authorization_response_iss_parameter_supported": true,
        "prompt_values_supported": ["none", "login", "consent", "select_account"],
        "ui_locales_supported": Lang::ALL.map(|lang| lang.code()),
    })
}
