//! From a checked request to its answer: who is there, whether they must prove it, what they allow, and then the code.

use actix_web::cookie::Cookie;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpMessage, HttpResponse};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::http::auth::authenticator::{Authenticator, Credentials};
use crate::http::auth::cookies::session;
use crate::http::auth::factor_setup::setup_url;
use crate::http::auth::guards::CurrentUser;
use crate::http::auth::step_up::{CONFIRM_AGAIN, CONFIRM_BACK, CONFIRM_THEN, NewCookie, Recent, of_form};
use crate::http::layout::PageMember;
use crate::http::page::{see_other, with_cookies};
use crate::http::{Answer, AppError, Ctx, Fields, Flash, Page, service};
use crate::identity::oidc::{Authorizations, Barred, CodeRequest, Details, IdTokenHints, auth_time};
use crate::identity::sign_in::ReauthPolicy;

use super::authorization_request::{AFTER_FORM, AppFault, AuthorizationRequest, TwoFactors, UNAVAILABLE};
use super::{pages, respond};

/// The button of our form that was pressed.
pub const DECISION: &str = "decision";
/// Whom the form was shown to.
pub const AS: &str = "as";
/// The value of `DECISION` of the form that proves who is there.
pub const CONFIRM: &str = "confirm";

/// One step of an authorization.
pub struct Visit<'v> {
    pub ctx: Ctx,
    pub authorizations: &'v Authorizations,
    pub request: AuthorizationRequest,
    /// Whether the person has just allowed it.
    pub allowed: bool,
    /// Whom the form was shown to, if there was one.
    pub shown_to: Option<String>,
}

const fn fault(code: &'static str, description: &'static str) -> AppFault {
    AppFault { code, description }
}

const LOGIN_REQUIRED: AppFault = fault("login_required", "the user must sign in");
const INTERACTION_REQUIRED: AppFault = fault("interaction_required", "the user must use a second factor");
const CONSENT_REQUIRED: AppFault = fault("consent_required", "the user must allow it");
const NOT_ADMITTED: AppFault = fault("access_denied", "the app is not open to the user");
const UNMET: AppFault = fault("unmet_authentication_requirements", "the user has no second factor");
const FOREIGN_HINT: AppFault = fault("invalid_request", "id_token_hint is no ID token of this app");

impl Visit<'_> {
    /// Answers the request; `proof` is a form in which the person proves who they are. A silent request is answered to the app
    /// whatever happens, because its frame shows no page.
    pub async fn proceed(mut self, proof: Option<Fields>) -> Answer {
        match self.answer(proof).await {
            Err(error) if self.request.prompt.none => {
                tracing::warn!(%error, "a silent authorization could not be answered");
                self.fail(match error {
                    AppError::SessionOver | AppError::NeedsSession => LOGIN_REQUIRED,
                    _ => UNAVAILABLE,
                })
            }
            answer => answer,
        }
    }

    async fn answer(&mut self, proof: Option<Fields>) -> Answer {
        let mut current = match self.identify().await? {
            Ok(current) => current,
            Err(answer) => return Ok(answer),
        };
        if let Some(fields) = proof {
            let policy = self.policy(&current);
            current = of_form(self.ctx.request(), current, fields, (policy, Recent::Ignored)).await?.0;
            self.request.is_authenticated();
        }
        let answer = self.decide(&current).await;
        let cookies = self.cookies(&current);
        with_cookies(answer, cookies)
    }

    /// The member, or the way to become one.
    async fn identify(&mut self) -> Result<Result<CurrentUser, HttpResponse>, AppError> {
        let req = self.ctx.request().clone();
        let authenticator = service::<Authenticator>(&req)?;
        let none = self.request.prompt.none;
        let found = authenticator.page(&self.ctx.site, self.ctx.headers()).await?;
        match found {
            Credentials::Valid(caller) => {
                req.extensions_mut().insert(PageMember::of(&caller.user));
                self.ctx.page = Page::of(&req);
                let current = CurrentUser::of(&caller).ok_or(AppError::NeedsSession)?;
                // Someone else has signed in since the form was shown: what they see is theirs to decide.
                let id = current.user.id.to_string();
                self.allowed &= self.shown_to.as_ref().is_none_or(|shown| *shown == id);
                Ok(Ok(current))
            }
            Credentials::SetupRequired(caller) if none => {
                let is_foreign = self.needs_consent(caller.user.id).await?;
                Ok(Err(self.fail(if is_foreign { CONSENT_REQUIRED } else { INTERACTION_REQUIRED })?))
            }
            Credentials::SetupRequired(_) => Ok(Err(see_other(&setup_url(&self.request.address())).finish())),
            Credentials::Anonymous | Credentials::Invalid if none => Ok(Err(self.fail(LOGIN_REQUIRED)?)),
            Credentials::Anonymous | Credentials::Invalid => {
                Ok(Err(sign_in(&self.ctx, &mut self.request, [])))
            }
        }
    }

    async fn decide(&mut self, current: &CurrentUser) -> Answer {
        let (prompt, client) = (self.request.prompt, self.request.to.client.clone());
        // An app that the person has allowed nothing learns nothing of them, not even whether they are the one that it names.
        if prompt.none && self.needs_consent(current.user.id).await? {
            return self.fail(CONSENT_REQUIRED);
        }
        if let Some(fault) = self.expects_another(current).await? {
            return self.fail(fault);
        }
        let person = (&*current.user, &*current.session);
        let admission = self.authorizations.admission();
        let servers = admission.servers_admit(&client, &self.request.asked.resources, person).await?;
        match admission.admits(&client, &current.user, &current.session).and(servers) {
            Err(Barred::Group) if prompt.none => return self.fail(NOT_ADMITTED),
            Err(Barred::Group) => return pages::barred(&self.ctx, &self.request),
            Err(Barred::Level) if prompt.none => return self.fail(INTERACTION_REQUIRED),
            Err(Barred::Level) if current.user.factors_since.is_none() => {
                return Ok(see_other(&setup_url(&self.request.address())).finish());
            }
            Err(Barred::Level) => return self.ask_proof(current, ReauthPolicy::Factor).await,
            Ok(()) => {}
        }
        if self.is_stale(current) {
            return match prompt.none {
                true => self.fail(LOGIN_REQUIRED),
                false => self.ask_again(current).await,
            };
        }
        if let Some(answer) = self.raise(current).await? {
            return Ok(answer);
        }
        if prompt.select_account {
            return pages::select(&self.ctx, &self.request, &current.user);
        }
        self.consent_and_code(current).await
    }

    async fn consent_and_code(&mut self, current: &CurrentUser) -> Answer {
        let (prompt, to) = (self.request.prompt, &self.request.to);
        // What was allowed before is looked up with the code. Only an app that describes itself has no row before its consent.
        let looks_up = self.allowed || to.client.describes_itself();
        let asks = prompt.consent || (looks_up && self.needs_consent(current.user.id).await?);
        if asks && !self.allowed {
            return self.ask_consent(current);
        }
        let request = &self.request;
        let granted = CodeRequest {
            redirect_uri: to.redirect_uri.clone(),
            challenge: request.challenge.clone(),
            nonce: request.nonce.clone(),
            details: Details::of(request.asked.clone(), &current.session),
        };
        let consented = (asks, self.ctx.client());
        match self.authorizations.issue_code(current, &to.client, granted, consented).await? {
            Some(code) => respond::grant(&self.ctx, to, (code, request.after_form)),
            None => self.ask_consent(current),
        }
    }

    fn ask_consent(&self, current: &CurrentUser) -> Answer {
        match self.request.prompt.none {
            true => self.fail(CONSENT_REQUIRED),
            false => pages::consent(&self.ctx, &self.request, &current.user),
        }
    }

    async fn needs_consent(&self, user_id: i64) -> Result<bool, AppError> {
        let request = &self.request;
        Ok(self.authorizations.needs_consent(&request.to.client, user_id, &request.asked).await?)
    }

    /// Whether the app expects another person than the one who is here.
    async fn expects_another(&self, current: &CurrentUser) -> Result<Option<AppFault>, AppError> {
        let (client, id) = (&self.request.to.client, current.user.id);
        let hints = service::<IdTokenHints>(self.ctx.request())?;
        if self.request.sub.iter().any(|expected| !hints.is_sub(expected, client, id)) {
            // An app that the person has not allowed yet does not learn who they are not: they are asked first.
            let is_known = self.allowed || !self.needs_consent(id).await?;
            return Ok(is_known.then_some(LOGIN_REQUIRED));
        }
        let Some(text) = &self.request.id_token_hint else { return Ok(None) };
        let hint = hints.read(text).await?;
        Ok(match hint.filter(|hint| hint.client_id == client.client_id) {
            None => Some(FOREIGN_HINT),
            Some(hint) => (!hints.is_of_user(&hint, client, id)).then_some(LOGIN_REQUIRED),
        })
    }

    /// Whether the person must authenticate again.
    fn is_stale(&self, current: &CurrentUser) -> bool {
        let age = self.ctx.now - auth_time(&current.session);
        self.request.prompt.login || self.request.max_age.is_some_and(|max| age >= max)
    }

    /// Asks for a second factor if the app wants one.
    async fn raise(&mut self, current: &CurrentUser) -> Result<Option<HttpResponse>, AppError> {
        let can = current.user.factors_since.is_some();
        let none = self.request.prompt.none;
        if current.session.methods.are_two_factors() {
            return Ok(None);
        }
        match self.request.two_factors {
            TwoFactors::No => Ok(None),
            TwoFactors::Preferred if none || !can => Ok(None),
            TwoFactors::Essential if !can => Ok(Some(self.fail(UNMET)?)),
            TwoFactors::Essential if none => Ok(Some(self.fail(INTERACTION_REQUIRED)?)),
            _ => Ok(Some(self.ask_proof(current, ReauthPolicy::Factor).await?)),
        }
    }

    /// What a proof must be: a second factor if that is what is missing.
    fn policy(&self, current: &CurrentUser) -> ReauthPolicy {
        let to = &self.request.to;
        let level = self.authorizations.admission().admits(&to.client, &current.user, &current.session);
        let wants_two = level == Err(Barred::Level) || self.request.two_factors != TwoFactors::No;
        match wants_two && !current.session.methods.are_two_factors() {
            true => ReauthPolicy::Factor,
            false => ReauthPolicy::Either,
        }
    }

    /// The page on which the person authenticates again. A provider or a mailed link leads on from there to the same request,
    /// which then does not ask.
    async fn ask_again(&mut self, current: &CurrentUser) -> Answer {
        let mut fields = self.request.parameters.fields();
        fields.set(CONFIRM_AGAIN, self.request.address());
        self.request.is_authenticated();
        self.request.parameters.set(AFTER_FORM, "1");
        fields.set(CONFIRM_THEN, self.request.address());
        self.ask_with(current, ReauthPolicy::Either, fields).await
    }

    /// The page on which the person proves who they are, and from which it goes on.
    async fn ask_proof(&self, current: &CurrentUser, policy: ReauthPolicy) -> Answer {
        self.ask_with(current, policy, self.request.parameters.fields()).await
    }

    async fn ask_with(&self, current: &CurrentUser, policy: ReauthPolicy, mut fields: Fields) -> Answer {
        fields.set(DECISION, CONFIRM.to_owned());
        fields.set(CONFIRM_BACK, "/dashboard".to_owned());
        match of_form(self.ctx.request(), current.clone(), fields, (policy, Recent::Ignored)).await {
            Err(AppError::Confirm { html, retry_after: None }) => {
                Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/html; charset=utf-8")).body(html))
            }
            Err(error) => Err(error),
            Ok(_) => Err(anyhow::anyhow!("a proof that was not sent was accepted").into()),
        }
    }

    fn fail(&self, fault: AppFault) -> Answer {
        respond::fail(&self.ctx, &self.request.to, (fault, self.request.after_form))
    }

    /// The cookie of a session that got a new id or was renewed.
    fn cookies(&self, current: &CurrentUser) -> Option<Cookie<'static>> {
        let stepped_up = self.ctx.request().extensions_mut().remove::<NewCookie>();
        let renewed = || session::reissue(&self.ctx.site, current, self.ctx.headers());
        stepped_up.map(|NewCookie(cookie)| cookie).or_else(renewed)
    }
}

/// The way to the sign-in page and back here. A user who signs in has authenticated and chosen an account.
pub fn sign_in(
    ctx: &Ctx,
    request: &mut AuthorizationRequest,
    cookies: impl IntoIterator<Item = Cookie<'static>>,
) -> HttpResponse {
    let had_session = session::read(&ctx.site, ctx.headers()).is_some();
    request.is_authenticated();
    request.is_selected();
    let passed: Vec<(&str, String)> = ["login_hint", "ui_locales"]
        .into_iter()
        .filter_map(|name| Some((name, request.parameters.get(name)?.to_owned())))
        .collect();
    request.parameters.set(AFTER_FORM, "1");
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let mut address = format!("/login?next={}", encode(&request.address()));
    for (name, value) in passed {
        address.push_str(&format!("&{name}={}", encode(&value)));
    }
    let mut response = see_other(&address);
    let mut cookies = cookies.into_iter().peekable();
    if had_session && cookies.peek().is_none() {
        response.cookie(Flash::SessionOver.cookie(&ctx.site));
    }
    for cookie in cookies {
        response.cookie(cookie);
    }
    response.finish()
}
