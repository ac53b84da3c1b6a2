//! `/api/authz`: proxies in front of apps query it before each request, to learn whether the request is
//! allowed and which user sent it. It follows Authelia's contract, so configuration snippets for Authelia
//! work.

use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};

use crate::http::client::address_of;
use crate::http::guard::Anyone;
use crate::http::layout::PageMember;
use crate::http::{AppError, Site};
use crate::identity::accounts::Member;
use crate::identity::sessions::SessionUnavailable;

use super::request::OriginalRequest;
use super::response::{allow, deny, deny_unclear, error_page, set_up_factor, sign_in};
use super::rules::{AccessRequest, Decision, Subject, decide, is_disputed};
use super::service::ForwardAuth;
use super::user::ForwardAuthUser;

/// Caddy and Traefik pass any response other than 2xx on to the browser, so a redirect works.
pub async fn forward_auth(
    _: Anyone,
    req: HttpRequest,
    service: web::Data<ForwardAuth>,
    site: web::Data<Site>,
) -> HttpResponse {
    let original = OriginalRequest::by_forward_auth(&req, &site);
    authorize(&req, original, &service, &site).await.unwrap_or_else(|error| error_page(&req, &site, &error))
}

/// nginx only handles 2xx, 401 and 403, so the sign-in address is sent in a header of the 401.
pub async fn auth_request(
    _: Anyone,
    req: HttpRequest,
    service: web::Data<ForwardAuth>,
    site: web::Data<Site>,
) -> HttpResponse {
    let original = OriginalRequest::by_auth_request(&req, &site);
    authorize(&req, original, &service, &site).await.unwrap_or_else(|error| error_page(&req, &site, &error))
}

/// The page of a denied request: nginx discards the body of a 403 and fetches the page here. If it names the request
/// again, the page says whether its path is the cause.
pub async fn denied(
    _: Anyone,
    req: HttpRequest,
    service: web::Data<ForwardAuth>,
    site: web::Data<Site>,
) -> HttpResponse {
    // The page denies access to everyone, so an outage only omits the member's name.
    let user = ForwardAuthUser::find(&service.authenticator, &site, req.headers()).await.ok().flatten();
    use_member_language(&req, user.as_ref().map(|user| &*user.member));
    match is_unclear(&req, user.as_ref(), &service, &site).await {
        true => deny_unclear(&req, &site),
        false => deny(&req, &site),
    }
}

/// Whether the readings of the requested path are judged differently; false if the proxy does not name it.
async fn is_unclear(
    req: &HttpRequest,
    user: Option<&ForwardAuthUser>,
    service: &ForwardAuth,
    site: &Site,
) -> bool {
    let names_it = req.headers().contains_key("x-original-url");
    let original = names_it.then(|| OriginalRequest::by_auth_request(req, site).ok()).flatten();
    let (Some(OriginalRequest { target, method, .. }), Ok(apps)) =
        (original, service.applications.all().await)
    else {
        return false;
    };
    let request = AccessRequest { target: &target, method: &method, address: address_of(req) };
    is_disputed(&service.rules.sources(&request, &apps), user.map(subject))
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
    let request = AccessRequest { target, method, address: address_of(req) };
    let sources = service.rules.sources(&request, &apps);
    let found = ForwardAuthUser::find(&service.authenticator, site, req.headers()).await;
    let user = user_if_needed(found, decide(&sources, None))?;
    let member = user.as_ref().map(|user| &*user.member);
    let subject = user.as_ref().map(subject);
    use_member_language(req, member);
    match decide(&sources, subject) {
        Decision::Allow => allow(member, service.rules.passes_unverified_email(&request, &apps)),
        Decision::SignIn => Ok(sign_in(req, &original, site)),
        Decision::SecondFactor => Ok(set_up_factor(req, &original, site)),
        Decision::Deny => {
            let unclear = is_disputed(&sources, subject);
            tracing::info!(target = %target.origin(), user = member.map(|member| member.id), unclear, "denied");
            Ok(if unclear { deny_unclear(req, site) } else { deny(req, site) })
        }
    }
}

fn subject(user: &ForwardAuthUser) -> Subject<'_> {
    Subject { member: &user.member, two_factors: user.two_factors }
}

/// If the decision is the same for anonymous users and members, the session store is not needed.
fn user_if_needed(
    found: Result<Option<ForwardAuthUser>, SessionUnavailable>,
    anonymous: Decision,
) -> Result<Option<ForwardAuthUser>, AppError> {
    match found {
        Err(unavailable) if anonymous == Decision::SignIn => Err(unavailable.into()),
        found => Ok(found.unwrap_or_default()),
    }
}

/// The page uses the member's language and theme.
fn use_member_language(req: &HttpRequest, member: Option<&Member>) {
    if let Some(member) = member {
        req.extensions_mut().insert(PageMember::of(&member.user));
    }
}
