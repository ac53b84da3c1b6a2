//! `/api/authz`: proxies in front of apps ask here, before each request, whether it is allowed and who sends it. The contract
//! is Authelia's, so that snippets for its proxies work.

use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};

use crate::http::client::address_of;
use crate::http::guard::Anyone;
use crate::http::layout::PageMember;
use crate::http::{AppError, Site};
use crate::identity::accounts::Member;
use crate::identity::sessions::SessionUnavailable;

use super::request::OriginalRequest;
use super::response::{allow, deny, error_page, set_up_factor, sign_in};
use super::rules::{AccessRequest, Decision, Subject, decide};
use super::service::ForwardAuth;
use super::user::ForwardAuthUser;

/// Caddy and Traefik: they pass on whatever is not 2xx, so a browser is redirected.
pub async fn forward_auth(
    _: Anyone,
    req: HttpRequest,
    service: web::Data<ForwardAuth>,
    site: web::Data<Site>,
) -> HttpResponse {
    let original = OriginalRequest::by_forward_auth(&req, &site);
    authorize(&req, original, &service, &site).await.unwrap_or_else(|error| error_page(&req, &site, &error))
}

/// nginx: it knows 2xx, 401 and 403 alone, so where to sign in stands beside the 401.
pub async fn auth_request(
    _: Anyone,
    req: HttpRequest,
    service: web::Data<ForwardAuth>,
    site: web::Data<Site>,
) -> HttpResponse {
    let original = OriginalRequest::by_auth_request(&req, &site);
    authorize(&req, original, &service, &site).await.unwrap_or_else(|error| error_page(&req, &site, &error))
}

/// The page of a denied request: nginx throws away the one that comes with a 403 and fetches it here.
pub async fn denied(
    _: Anyone,
    req: HttpRequest,
    service: web::Data<ForwardAuth>,
    site: web::Data<Site>,
) -> HttpResponse {
    // The page says no to anyone: an outage only leaves out their name.
    let user = ForwardAuthUser::find(&service.authenticator, &site, req.headers()).await.ok().flatten();
    use_member_language(&req, user.as_ref().map(|user| &*user.member));
    deny(&req, &site)
}

async fn authorize(
    req: &HttpRequest,
    original: Result<OriginalRequest, AppError>,
    service: &ForwardAuth,
    site: &Site,
) -> Result<HttpResponse, AppError> {
    let original = original?;
    let OriginalRequest { target, method, .. } = &original;
    let apps = service.applications.all().await?;
    let sources = service.rules.sources(&AccessRequest { target, method, address: address_of(req) }, &apps);
    let found = ForwardAuthUser::find(&service.authenticator, site, req.headers()).await;
    let user = user_if_needed(found, decide(&sources, None))?;
    let member = user.as_ref().map(|user| &*user.member);
    let subject = user.as_ref().map(|user| Subject { member: &user.member, two_factors: user.two_factors });
    use_member_language(req, member);
    match decide(&sources, subject) {
        Decision::Allow => allow(member),
        Decision::SignIn => Ok(sign_in(req, &original, site)),
        Decision::SecondFactor => Ok(set_up_factor(req, &original, site)),
        Decision::Deny => {
            tracing::info!(target = %target.origin(), user = member.map(|member| member.id), "denied");
            Ok(deny(req, site))
        }
    }
}

/// Where anonymous users and members get the same answer, it does not depend on the session store.
fn user_if_needed(
    found: Result<Option<ForwardAuthUser>, SessionUnavailable>,
    anonymous: Decision,
) -> Result<Option<ForwardAuthUser>, AppError> {
    match found {
        Err(unavailable) if anonymous == Decision::SignIn => Err(unavailable.into()),
        found => Ok(found.unwrap_or_default()),
    }
}

/// Pages speak the member's language, in their theme.
fn use_member_language(req: &HttpRequest, member: Option<&Member>) {
    if let Some(member) = member {
        req.extensions_mut().insert(PageMember::of(&member.user));
    }
}
