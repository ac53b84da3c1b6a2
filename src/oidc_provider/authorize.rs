//! `/oauth/authorize`: an app asks to sign a person in, and the person answers (RFC 6749 §4.1).

use actix_web::web::Data;

use crate::http::auth::cookies::session;
use crate::http::auth::presented::presented;
use crate::http::cross_site::is_own_request;
use crate::http::guard::Anyone;
use crate::http::page::see_other;
use crate::http::{Answer, AppError, Ctx, service};
use crate::identity::oidc::{OidcProvider, is_pushed};
use crate::identity::sign_in::SignIn;

use super::authorization_request::{AFTER_FORM, AppFault, AuthorizationRequest, Rejected};
use super::parameters::{Parameters, Posted};
use super::progress::{AS, CONFIRM, DECISION, Visit, sign_in};
use super::{pages, respond};

const DENIED: AppFault = AppFault { code: "access_denied", description: "the user has not allowed it" };

/// An app's request.
pub async fn show(_: Anyone, ctx: Ctx, provider: Data<OidcProvider>) -> Answer {
    let parameters = Parameters::parse(ctx.request().query_string().as_bytes());
    let Some(parameters) = pushed(parameters, &provider).await? else {
        return pages::rejected(&ctx, &Rejected::Unreadable);
    };
    match read(parameters, &ctx, &provider).await {
        Ok(request) => {
            let visit = Visit { ctx, provider: &provider, request, allowed: false, shown_to: None };
            visit.proceed(None).await
        }
        Err(rejected) => reject(&ctx, &provider, rejected, false),
    }
}

/// The request, or the one that the app has sent ahead and names here; none if that is used, expired or another app's.
/// Everything beside the name is ignored (RFC 9126 §4), and it goes on as if it had come in full.
async fn pushed(
    parameters: Option<Parameters>,
    provider: &OidcProvider,
) -> Result<Option<Option<Parameters>>, AppError> {
    let named =
        parameters.as_ref().and_then(|all| Some((all, all.get("request_uri").filter(|uri| is_pushed(uri))?)));
    let Some((all, uri)) = named else { return Ok(Some(parameters)) };
    let id =
        all.get("client_id").filter(|_| !all.is_repeated("client_id") && !all.is_repeated("request_uri"));
    let Some(id) = id else { return Ok(None) };
    let taken = provider.take_pushed(id, uri).await?;
    Ok(taken.map(|text| Parameters::parse(text.as_bytes())))
}

/// Our own form, or an app's request by POST, which may come from its own site, without cookies: it becomes a GET.
pub async fn submit(_: Anyone, ctx: Ctx, posted: Posted, provider: Data<OidcProvider>) -> Answer {
    let Some(mut parameters) = posted.0 else { return pages::rejected(&ctx, &Rejected::Unreadable) };
    if parameters.get(DECISION).is_none() {
        return Ok(see_other(&format!("/oauth/authorize?{}", parameters.encode())).finish());
    }
    if !is_own_request(ctx.request(), &ctx.site) {
        return Err(AppError::CrossSite);
    }
    let decision = parameters.take(DECISION).unwrap_or_default();
    let shown_to = parameters.take(AS);
    let proof = (decision == CONFIRM).then(|| parameters.fields());
    if proof.is_some() {
        take_proof(&mut parameters);
    }
    parameters.set(AFTER_FORM, "1");
    let mut request = match read(Some(parameters), &ctx, &provider).await {
        Ok(request) => request,
        Err(rejected) => return reject(&ctx, &provider, rejected, true),
    };
    match decision.as_str() {
        "deny" => respond::fail(&ctx, &provider, &request.to, (DENIED, true)),
        "switch" => {
            let services = service::<SignIn>(ctx.request())?;
            services.sign_out(&presented(&ctx.site, ctx.headers(), None), ctx.client()).await?;
            Ok(sign_in(&ctx, &mut request, [session::expire(&ctx.site)]))
        }
        other => {
            if other == "continue" {
                request.is_selected();
            }
            let allowed = other == "allow";
            let visit = Visit { ctx, provider: &provider, request, allowed, shown_to };
            visit.proceed(proof).await
        }
    }
}

/// Removes the fields of the step-up, which are no part of the request.
fn take_proof(parameters: &mut Parameters) {
    let names: Vec<String> = parameters.iter().map(|(name, _)| name.clone()).collect();
    for name in names.iter().filter(|name| name.starts_with("current_") || name.starts_with("confirm-")) {
        parameters.take(name);
    }
}

async fn read(
    parameters: Option<Parameters>,
    ctx: &Ctx,
    provider: &OidcProvider,
) -> Result<AuthorizationRequest, Rejected> {
    AuthorizationRequest::read(parameters.ok_or(Rejected::Unreadable)?, (provider, ctx.client())).await
}

fn reject(ctx: &Ctx, provider: &OidcProvider, rejected: Rejected, after_form: bool) -> Answer {
    match rejected {
        Rejected::Failed(error) => Err(error.into()),
        Rejected::Fault(to, fault) => respond::fail(ctx, provider, &to, (fault, after_form)),
        rejected => pages::rejected(ctx, &rejected),
    }
}
