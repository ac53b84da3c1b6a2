//! `/api/authz`: proxies in front of apps ask here, before each request, whether it may go through and who sends it. The
//! contract is Authelia's, so that snippets for its proxies work.

use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};

use super::user::Known;
use crate::forward_auth::rules::{Gate, Question, Verdict, Who, verdict};
use crate::http::client::address_of;
use crate::http::guard::Anyone;
use crate::http::{AppError, Site};
use crate::identity::accounts::member::Member;
use crate::identity::sessions::Unknown;
use crate::identity::{App, Identity, applications as application};

use super::request::Asked;
use super::response::{admitted, refused, set_up, sign_in, trouble};

/// Caddy and Traefik: they pass on whatever is not 2xx, so a browser is redirected.
pub async fn forward_auth(
    _: Anyone,
    req: HttpRequest,
    app: App,
    gate: web::Data<Gate>,
    site: web::Data<Site>,
) -> HttpResponse {
    let asked = Asked::by_forward_auth(&req, &site);
    judge(&req, asked, &app, &gate, &site).await.unwrap_or_else(|error| trouble(&req, &site, &error))
}

/// nginx: it knows 2xx, 401 and 403 alone, so where to sign in stands beside the 401.
pub async fn auth_request(
    _: Anyone,
    req: HttpRequest,
    app: App,
    gate: web::Data<Gate>,
    site: web::Data<Site>,
) -> HttpResponse {
    let asked = Asked::by_auth_request(&req, &site);
    judge(&req, asked, &app, &gate, &site).await.unwrap_or_else(|error| trouble(&req, &site, &error))
}

/// The page for who is refused: nginx throws away the one that comes with a 403 and fetches it here.
pub async fn denied(_: Anyone, req: HttpRequest, app: App, site: web::Data<Site>) -> HttpResponse {
    // Whoever it is, the page says no: an outage only makes it say so to nobody in particular.
    let known = app.asker(req.headers()).await.ok().flatten();
    recognise(&req, known.as_ref().map(|known| &*known.member));
    refused(&req, &site)
}

async fn judge(
    req: &HttpRequest,
    asked: Result<Asked, AppError>,
    app: &Identity,
    gate: &Gate,
    site: &Site,
) -> Result<HttpResponse, AppError> {
    let asked = asked?;
    let question = Question { target: &asked.target, method: &asked.method, address: address_of(req) };
    let apps = app.kept(&app.applications, application::all).await?;
    let deciders = gate.deciders(&question, &apps);
    let asker = app.asker(req.headers()).await;
    let known = known_if_needed(asker, verdict(&deciders, None))?;
    let member = known.as_ref().map(|known| &*known.member);
    let who = known.as_ref().map(|known| Who { member: &known.member, two_factors: known.two_factors });
    recognise(req, member);
    match verdict(&deciders, who) {
        Verdict::Admitted => admitted(member),
        Verdict::SignIn => Ok(sign_in(req, &asked, site)),
        Verdict::SecondFactor => Ok(set_up(req, &asked, site)),
        Verdict::Refused => {
            tracing::info!(target = %asked.target.origin(), user = member.map(|member| member.id), "refused");
            Ok(refused(req, site))
        }
    }
}

/// Where strangers and members get the same answer, it does not hang on who asks.
fn known_if_needed(
    asker: Result<Option<Known>, Unknown>,
    stranger: Verdict,
) -> Result<Option<Known>, AppError> {
    match asker {
        Err(unknown) if stranger == Verdict::SignIn => Err(unknown.into()),
        asker => Ok(asker.unwrap_or_default()),
    }
}

/// Pages speak the member's language, in their theme.
fn recognise(req: &HttpRequest, member: Option<&Member>) {
    if let Some(member) = member {
        req.extensions_mut().insert(member.on_page());
    }
}
