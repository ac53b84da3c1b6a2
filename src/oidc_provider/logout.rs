//! `/oauth/logout`: an app signs the person out here too (OpenID Connect RP-Initiated Logout 1.0).

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpResponse};
use askama::Template;

use crate::http::auth::authenticator::{Authenticator, Credentials};
use crate::http::auth::caller::Caller;
use crate::http::auth::cookies::session;
use crate::http::auth::presented::presented;
use crate::http::cross_site::is_own_request;
use crate::http::headers::CLEAR_SITE_DATA;
use crate::http::layout::PageMember;
use crate::http::page::{see_other, with_cookies};
use crate::http::{Answer, AppError, Ctx, Flash, Page, service};
use crate::identity::audit::Client as Sender;
use crate::identity::oidc::{AddressParameter, ClientDirectory, IdTokenHint, IdTokenHints, OidcClient};
use crate::identity::sign_in::SignOut;

use super::pages::problem;
use super::parameters::{Parameters, Posted, Queried};
use super::progress::DECISION;
use super::respond::{navigate, with_query};

/// Asks whether to sign out.
#[derive(Template)]
#[template(path = "oidc_provider/logout.html")]
struct LogoutPage<'a> {
    page: &'a Page,
    username: &'a str,
    app: Option<&'a str>,
    parameters: &'a Parameters,
}

/// A checked request.
struct LogoutRequest {
    client: Option<Arc<OidcClient>>,
    hint: Option<IdTokenHint>,
    /// Where the browser goes afterwards, with the app's `state`.
    back: Option<String>,
    parameters: Parameters,
}

/// Why a request is not followed.
enum Refused {
    Hint,
    Client,
    RedirectUri,
}

/// An app's request. One with an ID token of this very session signs out without a question; others could come from anyone.
pub async fn show(
    Queried { mut ctx, query }: Queried,
    directory: Data<ClientDirectory>,
    hints: Data<IdTokenHints>,
) -> Answer {
    let request =
        match LogoutRequest::read(query.unwrap_or_default(), (&directory, ctx.client()), &hints).await? {
            Ok(request) => request,
            Err(refused) => return refuse(&ctx, &refused),
        };
    let Some(caller) = caller(&mut ctx).await? else { return signed_out(&ctx, &request, false) };
    let is_own = match (&request.hint, &caller.active) {
        (Some(hint), Some(active)) => hints.is_of_session(hint, &active.key).await?,
        _ => false,
    };
    match is_own {
        true => sign_out(&ctx, &request, false).await,
        false => ctx.page.show(&LogoutPage {
            page: &ctx.page,
            username: &caller.user.username,
            app: request.client.as_ref().map(|client| client.name.as_str()),
            parameters: &request.parameters,
        }),
    }
}

/// The form of the page, or an app's request by POST, which becomes a GET.
pub async fn submit(
    Posted { ctx, form }: Posted,
    directory: Data<ClientDirectory>,
    hints: Data<IdTokenHints>,
) -> Answer {
    let mut parameters = form.unwrap_or_default();
    if parameters.take(DECISION).is_none() {
        return Ok(see_other(&format!("/oauth/logout?{}", parameters.encode())).finish());
    }
    if !is_own_request(ctx.request(), &ctx.site) {
        return Err(AppError::CrossSite);
    }
    match LogoutRequest::read(parameters, (&directory, ctx.client()), &hints).await? {
        Ok(request) => sign_out(&ctx, &request, true).await,
        Err(refused) => refuse(&ctx, &refused),
    }
}

impl LogoutRequest {
    async fn read(
        parameters: Parameters,
        (directory, from): (&ClientDirectory, &Sender),
        hints: &IdTokenHints,
    ) -> Result<Result<Self, Refused>, AppError> {
        let hint = match parameters.get("id_token_hint") {
            Some(text) => match hints.read(text).await? {
                Some(hint) => Some(hint),
                None => return Ok(Err(Refused::Hint)),
            },
            None => None,
        };
        let named = parameters.get("client_id");
        let of_hint = hint.as_ref().map(|hint| hint.client_id.as_str());
        if named.is_some() && of_hint.is_some() && named != of_hint {
            return Ok(Err(Refused::Client));
        }
        let client = match named.or(of_hint) {
            Some(id) => match directory.find(id).await? {
                Some(client) => Some(client),
                None => return Ok(Err(Refused::Client)),
            },
            None => None,
        };
        let back = match back(&parameters, client.as_deref(), (directory, from)).await {
            Ok(back) => back,
            Err(refused) => return Ok(Err(refused)),
        };
        Ok(Ok(Self { client, hint, back, parameters }))
    }
}

/// Where the browser goes afterwards: only where the app has registered, so that this is no open redirect.
async fn back(
    parameters: &Parameters,
    client: Option<&OidcClient>,
    (directory, from): (&ClientDirectory, &Sender),
) -> Result<Option<String>, Refused> {
    let (Some(uri), Some(client)) = (parameters.get("post_logout_redirect_uri"), client) else {
        return Ok(None);
    };
    let registered = &client.registration.post_logout_redirect_uris;
    if !registered.iter().any(|known| known.matches(uri)) {
        let parameter = AddressParameter::PostLogoutRedirectUri;
        directory.note_refusal((client, from), parameter, (uri, registered)).await;
        return Err(Refused::RedirectUri);
    }
    let state = parameters.get("state").map(|state| ("state", state.to_owned()));
    Ok(Some(with_query(uri, state.as_slice())))
}

async fn caller(ctx: &mut Ctx) -> Result<Option<Caller>, AppError> {
    let req = ctx.request().clone();
    let found = service::<Authenticator>(&req)?.page(&ctx.site, ctx.headers()).await?;
    Ok(match found {
        Credentials::Valid(caller) | Credentials::SetupRequired(caller) => {
            req.extensions_mut().insert(PageMember::of(&caller.user));
            ctx.page = Page::of(&req);
            Some(caller)
        }
        Credentials::Anonymous | Credentials::Invalid => None,
    })
}

async fn sign_out(ctx: &Ctx, request: &LogoutRequest, after_form: bool) -> Answer {
    let sign_out = service::<SignOut>(ctx.request())?;
    sign_out.end_sessions(&presented(&ctx.site, ctx.headers(), None), ctx.client()).await?;
    let mut response = with_cookies(signed_out(ctx, request, after_form), [session::expire(&ctx.site)])?;
    let (name, value) = CLEAR_SITE_DATA;
    response.headers_mut().insert(name, value);
    Ok(response)
}

/// Back to the app, or to the home page.
fn signed_out(ctx: &Ctx, request: &LogoutRequest, after_form: bool) -> Answer {
    match (&request.back, &request.client) {
        (Some(back), Some(client)) => {
            navigate(&ctx.page, ctx.page.t.oidc.continue_to(&client.name), back, after_form)
        }
        _ => Ok(ctx.done("/", Flash::SignedOut)),
    }
}

fn refuse(ctx: &Ctx, refused: &Refused) -> Result<HttpResponse, AppError> {
    let t = &ctx.page.t.oidc;
    let sentence = match refused {
        Refused::Hint => t.logout_hint,
        Refused::Client => t.unknown_app,
        Refused::RedirectUri => t.logout_redirect_uri,
    };
    problem(ctx, StatusCode::BAD_REQUEST, t.logout_problem_title.to_owned(), sentence.to_owned())
}
