//! `/login/verify`: the second factor of a sign-in.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::http::auth::attempt::SignInRequest;
use crate::http::auth::cookies::pending_sign_in;
use crate::http::auth::respond::{VERIFY, respond};
use crate::http::page::come_back_in;
use crate::http::return_to::{requested, with_next};
use crate::http::{Answer, AppError, Ctx, Fields, Flash, Page, Problems};
use crate::i18n::translate::Words;
use crate::identity::credentials::{Ceremony, PasskeyAnswer};
use crate::identity::sign_in::{Attempt, Issue, Outcome, PendingSignIn, Rejection, SecondFactorSignIn};
use crate::identity::unit_of_work::Failure;

#[derive(Template)]
#[template(path = "login/verify.html")]
struct VerifyPage<'a> {
    page: &'a Page,
    username: &'a str,
    problems: Problems,
    /// The offer to trust the device, if available.
    trust: Option<String>,
    trusting: bool,
    passkey: Option<Ceremony>,
    return_to: &'a str,
}

pub async fn show(request: SignInRequest, ctx: Ctx, second_factor: web::Data<SecondFactorSignIn>) -> Answer {
    let wanted = requested(ctx.request().query_string());
    match Stage::find(&request, ctx, &second_factor, Sent { trusting: false, wanted }).await? {
        Ok(stage) if stage.pending.is_exhausted() => Ok(stage.over(Flash::TooManyCodes)),
        Ok(mut stage) => stage.render(StatusCode::OK, Problems::default()).await,
        Err(over) => Ok(over),
    }
}

pub async fn submit(
    request: SignInRequest,
    ctx: Ctx,
    mut fields: Fields,
    second_factor: web::Data<SecondFactorSignIn>,
) -> Answer {
    let code = fields.take("code");
    let mut stage = match Stage::find(&request, ctx, &second_factor, Sent::read(&mut fields)).await? {
        Ok(stage) => stage,
        Err(over) => return Ok(over),
    };
    let t = stage.ctx.page.t;
    if code.trim().is_empty() {
        return stage.refuse(Problems::one("code", t.login.empty_code)).await;
    }
    match second_factor.with_code(&stage.pending, &code, &stage.attempt()).await {
        Ok(outcome) => stage.answer(outcome).await,
        Err(failure) => stage.fail(failure).await,
    }
}

/// The second factor by passkey.
pub async fn by_passkey(
    request: SignInRequest,
    ctx: Ctx,
    mut fields: Fields,
    second_factor: web::Data<SecondFactorSignIn>,
) -> Answer {
    let answer = PasskeyAnswer { answer: fields.take("passkey"), state: fields.take("passkey_state") };
    let mut stage = match Stage::find(&request, ctx, &second_factor, Sent::read(&mut fields)).await? {
        Ok(stage) => stage,
        Err(over) => return Ok(over),
    };
    match second_factor.with_passkey(&stage.pending, &answer, &stage.attempt()).await {
        Ok(outcome) => stage.answer(outcome).await,
        Err(failure) => stage.fail(failure).await,
    }
}

/// What the page says besides the second factor.
struct Sent {
    /// Whether to trust the device.
    trusting: bool,
    /// Where the browser was going, for the way back to the start. A pending sign-in knows it better.
    wanted: String,
}

impl Sent {
    fn read(fields: &mut Fields) -> Self {
        Self { trusting: fields.checked("trust"), wanted: fields.take("next") }
    }
}

/// A browser with a pending sign-in.
struct Stage<'s> {
    request: &'s SignInRequest,
    ctx: Ctx,
    second_factor: &'s SecondFactorSignIn,
    pending: PendingSignIn,
    /// Whether to trust the device.
    trusting: bool,
}

impl<'s> Stage<'s> {
    /// The pending sign-in, or the response if there is none or it has ended.
    async fn find(
        request: &'s SignInRequest,
        ctx: Ctx,
        second_factor: &'s SecondFactorSignIn,
        sent: Sent,
    ) -> Result<Result<Self, HttpResponse>, AppError> {
        let pending = match pending_sign_in::read(&ctx.site, ctx.headers()) {
            Some(token) => second_factor.pending(token).await?,
            None => None,
        };
        Ok(match pending {
            Some(pending) => Ok(Self { request, ctx, second_factor, pending, trusting: sent.trusting }),
            None => Err(over(&ctx, Flash::StageOver, &sent.wanted)),
        })
    }

    fn attempt(&self) -> Attempt {
        let issue = Issue::Cookie { remember: self.pending.remember() };
        let attempt = self.request.attempt(issue, self.pending.return_to());
        Attempt { trust_device: self.trusting, ..attempt }
    }

    async fn answer(&mut self, outcome: Outcome) -> Answer {
        let expired = pending_sign_in::expire(&self.ctx.site);
        match respond(self.request, outcome, self.pending.return_to(), Some(expired)).await? {
            Ok(response) => Ok(response),
            Err(Rejection::Expired) => Ok(self.over(Flash::StageOver)),
            Err(Rejection::Exhausted) => Ok(self.over(Flash::TooManyCodes)),
            Err(rejection) => {
                let text = rejection.text(&self.ctx.page.t.login);
                self.refuse(Problems::one(rejection.field(), text)).await
            }
        }
    }

    async fn fail(&mut self, failure: Failure) -> Answer {
        let Failure::TooManyAttempts { retry_after } = failure else { return Err(failure.into()) };
        let problems = Problems::of_form(self.ctx.page.t.too_many_failures(retry_after));
        come_back_in(retry_after, self.render(StatusCode::TOO_MANY_REQUESTS, problems).await)
    }

    fn over(&self, why: Flash) -> HttpResponse {
        over(&self.ctx, why, self.pending.return_to())
    }

    async fn refuse(&mut self, problems: Problems) -> Answer {
        self.render(StatusCode::UNPROCESSABLE_ENTITY, problems).await
    }

    async fn render(&mut self, status: StatusCode, problems: Problems) -> Answer {
        let return_to = self.pending.return_to();
        self.ctx.page.form_target = self.request.target(return_to).await.origin;
        self.ctx.page.current_url = with_next(VERIFY, return_to);
        let (page, keep) = (&self.ctx.page, self.ctx.site.trusted_device);
        let passkey = self.second_factor.passkey_for(&self.pending).await?;
        let trust = (keep > 0).then(|| page.t.trust_for(keep));
        let (username, trusting) = (self.pending.username(), self.trusting);
        page.show_as(status, &VerifyPage { page, username, problems, trust, trusting, passkey, return_to })
    }
}

/// No pending sign-in, or it has ended: back to the start.
fn over(ctx: &Ctx, why: Flash, wanted: &str) -> HttpResponse {
    ctx.done_with(&with_next("/login", wanted), why, [pending_sign_in::expire(&ctx.site)])
}
