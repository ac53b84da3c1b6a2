//! `/oauth/par`: an app sends its authorization request ahead (RFC 9126).

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::json;

use crate::http::Ctx;
use crate::http::guard::Anyone;
use crate::identity::oidc::{OidcProvider, PUSHED_LIFETIME, TokenRefusal};

use super::authorization_request::{AppFault, AuthorizationRequest, Rejected};
use super::client_auth::presented;
use super::oauth_error::refuse;
use super::parameters::{Parameters, Posted};

/// What proves which app it is, and is no part of the request.
const PROOF: [&str; 3] = ["client_secret", "client_assertion", "client_assertion_type"];

/// Why a request was not stored.
enum NotPushed {
    Refused(TokenRefusal),
    Fault(AppFault),
}

impl<E: Into<TokenRefusal>> From<E> for NotPushed {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

pub async fn push(_: Anyone, ctx: Ctx, posted: Posted, provider: Data<OidcProvider>) -> HttpResponse {
    match answer(&ctx, posted.0.unwrap_or_default(), &provider).await {
        Ok(name) => HttpResponse::Created().json(json!({"request_uri": name, "expires_in": PUSHED_LIFETIME})),
        Err(NotPushed::Refused(refusal)) => refuse(&refusal),
        Err(NotPushed::Fault(AppFault { code, description })) => {
            HttpResponse::BadRequest().json(json!({"error": code, "error_description": description}))
        }
    }
}

async fn answer(ctx: &Ctx, mut form: Parameters, provider: &OidcProvider) -> Result<String, NotPushed> {
    if form.has_repetitions() {
        return Err(TokenRefusal::InvalidRequest("a parameter is repeated").into());
    }
    let client = provider.authenticate_ahead(&presented(ctx.headers(), &form)?, ctx.client()).await?;
    for name in PROOF {
        form.take(name);
    }
    form.set("client_id", &client.client_id);
    let request =
        AuthorizationRequest::read(form, (provider, ctx.client())).await.map_err(
            |rejected| match rejected {
                Rejected::Fault(_, fault) => NotPushed::Fault(fault),
                Rejected::Failed(error) => error.into(),
                Rejected::RedirectUri(_) => {
                    TokenRefusal::InvalidRequest("redirect_uri is not as registered").into()
                }
                Rejected::Unreadable | Rejected::UnknownClient => {
                    TokenRefusal::InvalidRequest("the request cannot be read").into()
                }
            },
        )?;
    Ok(provider.push(&client, request.parameters.encode(), ctx.client()).await?)
}
