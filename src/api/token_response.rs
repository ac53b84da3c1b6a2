//! How a client gets its tokens: as JSON, or as cookies that scripts never see.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use anyhow::Context;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::auth::caller::Carrier;
use crate::http::auth::locks::CurrentUser;
use crate::http::{Answer, AppError};
use crate::identity::Identity;
use crate::identity::sessions::Id;
use crate::identity::tokens::Pair;

use super::account::UserShape;

/// A pair of tokens (RFC 6749 §5.1). Sent as cookies, the tokens themselves are missing here.
#[derive(Serialize, ToSchema)]
pub struct TokenPair {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    access_token: Option<String>,
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
    /// What the access token may do: names with spaces between them.
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    refresh_token: Option<String>,
    /// Seconds that the session lives on unless it is used.
    refresh_expires_in: i64,
    user: UserShape,
}

impl TokenPair {
    fn of(pair: Pair, hidden: bool) -> Self {
        Self {
            token_type: "Bearer",
            expires_in: pair.expires_in,
            scope: pair.scopes.to_string(),
            refresh_expires_in: pair.refresh_expires_in,
            user: UserShape::of_member(&pair.user),
            access_token: Some(pair.access).filter(|_| !hidden),
            refresh_token: Some(pair.refresh).filter(|_| !hidden),
        }
    }
}

/// 200 with the pair.
pub fn hand_out(app: &Identity, pair: Pair, as_cookies: bool) -> HttpResponse {
    let mut response = HttpResponse::build(StatusCode::OK);
    if as_cookies {
        let [access, refresh] = app.token_cookies.issue(&pair);
        response.cookie(access).cookie(refresh);
    }
    response.json(TokenPair::of(pair, as_cookies))
}

/// What a client gets whose session goes on under a new id, by the carrier that it came with: a cookie, or a new pair.
pub async fn hand_back(app: &Identity, current: &CurrentUser, id: &Id, epoch: i64) -> Answer {
    let as_cookies = match current.carrier {
        Carrier::SessionCookie => {
            let cookie = app.session_cookie(id, current.session.kind);
            return Ok(HttpResponse::NoContent().cookie(cookie).finish());
        }
        Carrier::AccessToken => false,
        Carrier::TokenCookie => true,
        Carrier::ApiToken(_) => return Err(AppError::NeedsSession),
    };
    let pair = app.first_pair(&id.key(), current.user.id, epoch, current.scopes).await?;
    Ok(hand_out(app, pair, as_cookies))
}

/// Makes a browser forget every carrier of a session.
pub fn forget_all(app: &Identity, mut response: HttpResponse) -> Answer {
    let [access, refresh] = app.token_cookies.expire();
    for cookie in [app.cookie.expire(), access, refresh] {
        response.add_cookie(&cookie).context("a cookie is a header")?;
    }
    Ok(response)
}
