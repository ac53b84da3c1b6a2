//! `/oauth/authorize`: an app asks to sign a person in, and the person answers (RFC 6749 §4.1).

use actix_web::web::Data;

use crate::http::auth::cookies::session;
use crate::http::auth::presented::presented;
use crate::http::cross_site::is_own_request;
use crate::http::page::see_other;
use crate::http::{Answer, AppError, Ctx, service};
use crate::identity::oidc::{Authorizations, ClientDirectory, PushedRequests, is_pushed};
use crate::identity::sign_in::SignOut;

use super::authorization_request::{AFTER_FORM, AppFault, AuthorizationRequest, Rejected};
use super::parameters::{Parameters, Posted, Queried};
use super::progress::{AS, CONFIRM, DECISION, Visit, sign_in};
use super::{pages, respond};

const DENIED: AppFault = AppFault { code: "access_denied", description: "the user has not allowed it" };

/// An app's request.
pub async fn show(
    Queried { ctx, query }: Queried,
    directory: Data<ClientDirectory>,
    pushed: Data<PushedRequests>,
    authorizations: Data<Authorizations>,
) -> Answer {
    let Some(parameters) = in_full(query, &pushed).await? else {
        return pages::rejected(&ctx, &Rejected::Unreadable);
    };
    match read(parameters, &ctx, &directory).await {
        Ok(request) => {
            let authorizations = &authorizations;
            let visit = Visit { ctx, authorizations, request, allowed: false, shown_to: None };
            visit.proceed(None).await
        }
        Err(rejected) => reject(&ctx, rejected, false),
    }
}

/// The request, or the one that the app has sent ahead and names here; none if that is used, expired or another app's.
/// Everything beside the name is ignored (RFC 9126 §4), and it goes on as if it had come in full.
async fn in_full(
    parameters: Option<Parameters>,
    pushed: &PushedRequests,
) -> Result<Option<Option<Parameters>>, AppError> {
    let named =
        parameters.as_ref().and_then(|all| Some((all, all.get("request_uri").filter(|uri| is_pushed(uri))?)));
    let Some((all, uri)) = named else { return Ok(Some(parameters)) };
    let id =
        all.get("client_id").filter(|_| !all.is_repeated("client_id") && !all.is_repeated("request_uri"));
    let Some(id) = id else { return Ok(None) };
    let taken = pushed.take(id, uri).await?;
    Ok(taken.map(|text| Parameters::parse(text.as_bytes())))
}

/// Our own form, or an app's request by POST, which may come from its own site, without cookies: it becomes a GET.
pub async fn submit(
    Posted { ctx, form }: Posted,
    directory: Data<ClientDirectory>,
    authorizations: Data<Authorizations>,
) -> Answer {
    let Some(mut parameters) = form else { return pages::rejected(&ctx, &Rejected::Unreadable) };
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
    let mut request = match read(Some(parameters), &ctx, &directory).await {
        Ok(request) => request,
        Err(rejected) => return reject(&ctx, rejected, true),
    };
    match decision.as_str() {
        "deny" => respond::fail(&ctx, &request.to, (DENIED, true)),
        "switch" => {
            let sign_out = service::<SignOut>(ctx.request())?;
            sign_out.end_sessions(&presented(&ctx.site, ctx.headers(), None), ctx.client()).await?;
            Ok(sign_in(&ctx, &mut request, [session::expire(&ctx.site)]))
        }
        other => {
            if other == "continue" {
                request.is_selected();
            }
            let allowed = other == "allow";
            let visit = Visit { ctx, authorizations: &authorizations, request, allowed, shown_to };
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
    directory: &ClientDirectory,
) -> Result<AuthorizationRequest, Rejected> {
    AuthorizationRequest::read(parameters.ok_or(Rejected::Unreadable)?, (directory, ctx.client())).await
}

fn reject(ctx: &Ctx, rejected: Rejected, after_form: bool) -> Answer {
    match rejected {
        Rejected::Failed(error) => Err(error.into()),
        Rejected::Fault(to, fault) => respond::fail(ctx, &to, (fault, after_form)),
        rejected => pages::rejected(ctx, &rejected),
    }
}
