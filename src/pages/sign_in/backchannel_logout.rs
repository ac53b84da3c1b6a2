//! `POST /sign-in/{name}/backchannel-logout`: the provider's server says that a session there has ended (OpenID Connect
//! Back-Channel Logout 1.0 §2.5).

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::http::guard::Anyone;
use crate::http::{Answer, AppError, Ctx, Fields};
use crate::identity::upstream::{BackchannelLogout, LogoutRefusal};

use super::outcome::unknown;

pub async fn take(_: Anyone, ctx: Ctx, mut fields: Fields, logout: web::Data<BackchannelLogout>) -> Answer {
    let name = ctx.request().match_info().get("name").unwrap_or_default().to_owned();
    let token = fields.take("logout_token");
    match logout.end_sessions(&name, &token, ctx.client()).await {
        Ok(()) => Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).finish()),
        Err(LogoutRefusal::Unknown) => Err(unknown()),
        Err(LogoutRefusal::Failed(failure)) => Err(failure.into()),
        Err(LogoutRefusal::Unavailable(problem)) => {
            tracing::warn!(provider = %name, %problem, "a logout token could not be checked");
            Err(AppError::Unavailable(anyhow::anyhow!("a provider is out of reach")))
        }
        Err(LogoutRefusal::Invalid(problem)) => {
            tracing::warn!(provider = %name, %problem, "a logout token was refused");
            let body =
                json!({"error": "invalid_request", "error_description": "the logout token is not accepted"});
            Ok(HttpResponse::BadRequest().insert_header((CACHE_CONTROL, "no-store")).json(body))
        }
    }
}
