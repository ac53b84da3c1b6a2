//! `/oauth/token`: tokens for a code, a refresh token, or for the app itself (RFC 6749 §3.2).

use actix_web::HttpResponse;
use actix_web::http::header::PRAGMA;
use actix_web::web::Data;
use serde::Serialize;

use crate::identity::audit::Client as Caller;
use crate::identity::oidc::{
    AuthenticatedClient, ClientAuth, CodeExchange, Issued, TokenIssuer, TokenRefusal,
};
use crate::identity::unit_of_work::Failure;
use crate::platform::metrics::{self, TokenGrant, TokenOutcome};

use super::client_auth::authenticate;
use super::oauth_error::refuse;
use super::parameters::{Parameters, Posted};

/// RFC 8628 §3.4.
pub const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// RFC 6749 §5.1.
#[derive(Serialize)]
struct TokenResponse {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    scope: String,
}

pub async fn token(
    Posted { ctx, form }: Posted,
    auth: Data<ClientAuth>,
    issuer: Data<TokenIssuer>,
) -> HttpResponse {
    let Some(form) = form else {
        return refuse(&TokenRefusal::InvalidRequest("the body is a form"));
    };
    let grant = match form.get("grant_type") {
        Some("authorization_code") => TokenGrant::AuthorizationCode,
        Some("refresh_token") => TokenGrant::RefreshToken,
        Some("client_credentials") => TokenGrant::ClientCredentials,
        Some(DEVICE_CODE) => TokenGrant::DeviceCode,
        _ => TokenGrant::Other,
    };
    let issued = match authenticate(&ctx, &form, &auth).await {
        Ok(app) => issue(&app, &form, (grant, &issuer), ctx.client()).await,
        Err(refusal) => Err(refusal),
    };
    metrics::count(|m| m.oidc_token_requests(grant, outcome(&issued)));
    match issued {
        Err(refusal) => refuse(&refusal),
        Ok(issued) => HttpResponse::Ok().insert_header((PRAGMA, "no-cache")).json(TokenResponse {
            access_token: issued.access_token,
            token_type: "Bearer",
            expires_in: issued.expires_in,
            refresh_token: issued.refresh_token,
            id_token: issued.id_token,
            scope: issued.scope.to_string(),
        }),
    }
}

async fn issue(
    app: &AuthenticatedClient,
    form: &Parameters,
    (grant, issuer): (TokenGrant, &TokenIssuer),
    from: &Caller,
) -> Result<Issued, TokenRefusal> {
    let needed = |name: &str, what: &'static str| {
        form.get(name).map(str::to_owned).ok_or(TokenRefusal::InvalidRequest(what))
    };
    if form.is_repeated("resource") {
        return Err(TokenRefusal::InvalidTarget);
    }
    let (scope, resource) = (form.get("scope"), form.get("resource"));
    match grant {
        TokenGrant::AuthorizationCode => {
            let exchange = CodeExchange {
                code: needed("code", "code is missing")?,
                redirect_uri: needed("redirect_uri", "redirect_uri is missing")?,
                verifier: form.get("code_verifier").map(str::to_owned),
                resource: resource.map(str::to_owned),
            };
            issuer.exchange_code(app, exchange, from).await
        }
        TokenGrant::RefreshToken => {
            let text = needed("refresh_token", "refresh_token is missing")?;
            issuer.refresh(app, (&text, scope, resource), from).await
        }
        TokenGrant::DeviceCode => {
            let code = needed("device_code", "device_code is missing")?;
            issuer.poll_device(app, (&code, resource), from).await
        }
        TokenGrant::ClientCredentials => issuer.client_credentials(app, scope, resource).await,
        TokenGrant::Other if form.get("grant_type").is_none() => {
            Err(TokenRefusal::InvalidRequest("grant_type is missing"))
        }
        TokenGrant::Other => Err(TokenRefusal::UnsupportedGrantType),
    }
}

fn outcome(issued: &Result<Issued, TokenRefusal>) -> TokenOutcome {
    match issued {
        Ok(_) => TokenOutcome::Issued,
        Err(TokenRefusal::InvalidClient) => TokenOutcome::InvalidClient,
        Err(TokenRefusal::Failed(Failure::TooManyAttempts { .. })) => TokenOutcome::RateLimited,
        Err(refusal) if refusal.code().is_none() => TokenOutcome::Unavailable,
        Err(_) => TokenOutcome::Refused,
    }
}
