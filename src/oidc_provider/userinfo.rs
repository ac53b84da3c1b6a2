//! `/oauth/userinfo`: what an app may know of the person (OpenID Connect Core 1.0 §5.3).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::identity::oidc::{OPENID, TokenChecks};
use crate::platform::metrics::{self, TokenCheck};

use super::access::{challenge, token};
use super::oauth_error::refuse;
use super::parameters::Posted;

pub async fn userinfo(Posted { ctx, form }: Posted, checks: Data<TokenChecks>) -> HttpResponse {
    let Some(text) = token(ctx.headers(), form.as_ref()) else {
        return challenge(StatusCode::UNAUTHORIZED, "invalid_token");
    };
    let live = match checks.check(&text).await {
        Ok(live) => live.filter(|live| live.is_for_us()),
        Err(failure) => return refuse(&failure.into()),
    };
    metrics::count(|m| m.oidc_token_checks(TokenCheck::Userinfo, live.is_some().into()));
    let Some(live) = live else { return challenge(StatusCode::UNAUTHORIZED, "invalid_token") };
    match live.userinfo().filter(|_| live.scope().contains(OPENID)) {
        Some(claims) => HttpResponse::Ok().json(claims),
        None => challenge(StatusCode::FORBIDDEN, "insufficient_scope"),
    }
}
