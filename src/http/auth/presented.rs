//! The sessions that a request presents, through any carrier, as data.

use actix_web::http::header::HeaderMap;

use crate::http::site::Site;
use crate::identity::tokens::Presented;

use super::caller::bearer;
use super::cookies::{session, tokens};

/// Every session named in the headers, and the refresh token from the body, if there is one.
pub fn presented(site: &Site, headers: &HeaderMap, refresh_token: Option<&str>) -> Presented {
    let refresh = refresh_token.into_iter().chain(tokens::refresh(site, headers));
    let access = [bearer(headers), tokens::access(site, headers)];
    Presented {
        session: session::read(site, headers),
        refresh_tokens: refresh.map(str::to_owned).collect(),
        access_tokens: access.into_iter().flatten().map(str::to_owned).collect(),
    }
}
