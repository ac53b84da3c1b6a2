//! `/oauth/par`: an app sends its authorization request ahead (RFC 9126).

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::json;

use crate::http::Ctx;
use crate::identity::oidc::{
    ClientAuth, ClientDirectory, OidcClient, PUSHED_LIFETIME, PushedRequests, TokenRefusal,
};

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

pub async fn push(
    Posted { ctx, form }: Posted,
    auth: Data<ClientAuth>,
    directory: Data<ClientDirectory>,
    pushed: Data<PushedRequests>,
) -> HttpResponse {
    let stored = match checked(&ctx, form.unwrap_or_default(), &auth, &directory).await {
        Ok((client, parameters)) => pushed.store(&client, parameters, ctx.client()).await.map_err(Into::into),
        Err(refused) => Err(refused),
    };
    match stored {
        Ok(name) => HttpResponse::Created().json(json!({"request_uri": name, "expires_in": PUSHED_LIFETIME})),
        Err(NotPushed::Refused(refusal)) => refuse(&refusal),
        Err(NotPushed::Fault(AppFault { code, description })) => {
            HttpResponse::BadRequest().json(json!({"error": code, "error_description": description}))
        }
    }
}

/// The app, and its request as it is stored.
async fn checked(
    ctx: &Ctx,
    mut form: Parameters,
    auth: &ClientAuth,
    directory: &ClientDirectory,
) -> Result<(Arc<OidcClient>, String), NotPushed> {
    if form.has_repetitions() {
        return Err(TokenRefusal::InvalidRequest("a parameter is repeated").into());
    }
    let client = auth.authenticate_ahead(&presented(ctx.headers(), &form)?, ctx.client()).await?;
    for name in PROOF {
        form.take(name);
    }
    form.set("client_id", &client.client_id);
    let request =
        AuthorizationRequest::read(form, (directory, ctx.client())).await.map_err(
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
    Ok((client, request.parameters.encode()))
}
