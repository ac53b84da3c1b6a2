//! How a client gets its tokens: as JSON, or as cookies that scripts cannot read.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::auth::caller::Carrier;
use crate::http::auth::cookies::{session, tokens};
use crate::http::auth::guards::CurrentUser;
use crate::http::page::with_cookies;
use crate::http::{Answer, AppError, Site};
use crate::identity::sessions::Id;
use crate::identity::tokens::{self as token, Tokens};

use super::user_json::UserJson;

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
    user: UserJson,
}

impl TokenPair {
    fn of(pair: token::TokenPair, hidden: bool) -> Self {
        Self {
            token_type: "Bearer",
            expires_in: pair.expires_in,
            scope: pair.scopes.to_string(),
            refresh_expires_in: pair.refresh_expires_in,
            user: UserJson::of_member(&pair.user),
            access_token: Some(pair.access).filter(|_| !hidden),
            refresh_token: Some(pair.refresh).filter(|_| !hidden),
        }
    }
}

/// A 200 response with the pair.
pub fn issue_tokens(site: &Site, pair: token::TokenPair, as_cookies: bool) -> HttpResponse {
    let mut response = HttpResponse::build(StatusCode::OK);
    if as_cookies {
        let [access, refresh] = tokens::issue(site, &pair);
        response.cookie(access).cookie(refresh);
    }
    response.json(TokenPair::of(pair, as_cookies))
}

/// The response to a client whose session continues under a new id and the user's epoch. It uses the client's
/// carrier: a cookie, or a new pair.
pub async fn reissue_tokens(
    site: &Site,
    service: &Tokens,
    current: &CurrentUser,
    (id, epoch): (&Id, i64),
) -> Answer {
    let as_cookies = match current.carrier {
        Carrier::SessionCookie => {
            let cookie = session::issue(site, id, current.session.kind);
            return Ok(HttpResponse::NoContent().cookie(cookie).finish());
        }
        Carrier::AccessToken => false,
        Carrier::TokenCookie => true,
        Carrier::ApiToken(_) => return Err(AppError::NeedsSession),
    };
    let pair = service.issue_pair(&id.key(), current.user.id, epoch, current.scopes).await?;
    Ok(issue_tokens(site, pair, as_cookies))
}

/// Expires the cookies of every carrier of a session.
pub fn clear_cookies(site: &Site, response: HttpResponse) -> Answer {
    let [access, refresh] = tokens::expire(site);
    with_cookies(Ok(response), [session::expire(site), access, refresh])
}
