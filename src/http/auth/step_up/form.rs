//! Step-up on pages: a member who has not authenticated recently sees a page that submits the same form
//! again, so nothing typed is lost.

use std::marker::PhantomData;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;

use crate::http::auth::guards::CurrentUser;
use crate::http::ctx::service;
use crate::http::error::AppError;
use crate::http::form::Fields;
use crate::http::guard::Guard;
use crate::http::page::Page;
use crate::http::problems::Problems;
use crate::http::providers::ProviderButton;
use crate::http::return_to;
use crate::http::site::Site;
use crate::identity::accounts::NO_PASSWORD;
use crate::identity::credentials::{ChallengeBinding, PasskeyAnswer, Passkeys, Password};
use crate::identity::sign_in::{ReauthError, ReauthPolicy, ReauthProof, StepUp, Supplied};
use crate::identity::unit_of_work::Failure;
use crate::identity::upstream::ProviderStepUp;

use super::confirm_page::{
    AGAIN, ASK, BACK, CODE, ConfirmPage, OfferedProofs, PASSKEY, PASSKEY_STATE, PASSWORD, THEN, WaysRound,
};
use super::elevate::Step;
use super::question::Question;
use super::sealed_passwords::{SealedPasswords, binding};

/// A form from a member who authenticated recently or with this form.
pub struct Stepped<P = ByEither> {
    /// With the session's id from now on.
    pub current: CurrentUser,
    pub fields: Fields,
    policy: PhantomData<P>,
}

/// The guard for actions that add a sign-in method.
pub type SteppedByFactor = Stepped<ByFactor>;

/// The guard for actions whose form already includes the password.
pub type SteppedBySecond = Stepped<BySecond>;

/// The policy that a guard enforces.
pub trait Policy {
    const POLICY: ReauthPolicy;
}

pub struct ByEither;
pub struct ByFactor;
pub struct BySecond;

impl Policy for ByEither {
    const POLICY: ReauthPolicy = ReauthPolicy::Either;
}

impl Policy for ByFactor {
    const POLICY: ReauthPolicy = ReauthPolicy::Factor;
}

impl Policy for BySecond {
    const POLICY: ReauthPolicy = ReauthPolicy::Second;
}

impl<P> Guard for Stepped<P> {}

impl<P: Policy> FromRequest for Stepped<P> {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let req = req.clone();
        let fields = Fields::from_request(&req, payload);
        Box::pin(async move {
            let current = CurrentUser::extract(&req).await?;
            let (current, fields) =
                of_form(&req, current, fields.await?, (P::POLICY, Recent::Counts)).await?;
            Ok(Stepped { current, fields, policy: PhantomData })
        })
    }
}

/// The member with the session to use from now on, and the form's fields without those of the step-up.
///
/// # Errors
/// The page that requests a proof.
pub async fn of_form(
    req: &HttpRequest,
    current: CurrentUser,
    fields: Fields,
    (policy, recent): (ReauthPolicy, Recent),
) -> Result<(CurrentUser, Fields), AppError> {
    proven(req, current, fields, (policy, recent), None).await
}

/// The same for an act that asks first: the button on a page sends `ask`, and the form of the question does not.
///
/// # Errors
/// The page with the question.
pub async fn asked(
    req: &HttpRequest,
    current: CurrentUser,
    mut fields: Fields,
    question: &Question,
) -> Result<(CurrentUser, Fields), AppError> {
    if fields.take(ASK).is_empty() {
        return proven(req, current, fields, (ReauthPolicy::Either, Recent::Counts), Some(question)).await;
    }
    let back = fields.take(BACK);
    let step = Step::new(req, &current, ReauthPolicy::Either);
    let recent = service::<StepUp>(req)?.require(step.reauth(), ReauthProof::default()).await?;
    Err(ask(&step, &back, fields, Ok(ReauthError::Missing), (Some(question), recent.is_err())).await?)
}

/// Whether a recent authentication is a proof.
pub enum Recent {
    Counts,
    /// An app wants it to be done now.
    Ignored,
}

async fn proven(
    req: &HttpRequest,
    current: CurrentUser,
    mut fields: Fields,
    (policy, recent): (ReauthPolicy, Recent),
    question: Option<&Question>,
) -> Result<(CurrentUser, Fields), AppError> {
    service::<SealedPasswords>(req)?.unseal(&binding(req, &current), &mut fields);
    let back = fields.take(BACK);
    let proof = take_proof(&mut fields, policy);
    let step = Step::new(req, &current, policy);
    let step_up = service::<StepUp>(req)?;
    let shown = match recent {
        Recent::Counts => step_up.require(step.reauth(), proof).await,
        Recent::Ignored => step_up.verify(step.reauth(), proof).await.map(|shown| shown.map(Some)),
    };
    let error = match shown {
        Ok(Ok(None)) => return Ok((current, fields)),
        Ok(Ok(Some(method))) => return Ok((step.elevate(method).await?, fields)),
        Ok(Err(error)) => Ok(error),
        Err(Failure::TooManyAttempts { retry_after }) => Err(retry_after),
        Err(failure) => return Err(failure.into()),
    };
    Err(ask(&step, &back, fields, error, (question, true)).await?)
}

/// The proof sent with the form. If the action itself needs the password, the field stays in the form.
fn take_proof(fields: &mut Fields, policy: ReauthPolicy) -> ReauthProof {
    let (answer, state) = (fields.take(PASSKEY), fields.take(PASSKEY_STATE));
    let password = match policy {
        ReauthPolicy::Second => Password::default(),
        ReauthPolicy::Either | ReauthPolicy::Factor => Password::new(fields.take(PASSWORD)),
    };
    let passkey = (!answer.is_empty()).then_some(PasskeyAnswer { answer, state });
    ReauthProof { password, code: fields.take(CODE), passkey }
}

/// The page that requests a proof, however recent the last one is. Its form goes to the path of the request.
pub async fn ask_again(
    req: &HttpRequest,
    current: &CurrentUser,
    policy: ReauthPolicy,
) -> Result<AppError, AppError> {
    ask(&Step::new(req, current, policy), "", Fields::default(), Ok(ReauthError::Missing), (None, true)).await
}

/// The page that asks the question, if there is one, and requests a proof, if one is needed. It includes the submitted
/// fields; passwords among them are encrypted.
async fn ask(
    step: &Step<'_>,
    back: &str,
    mut fields: Fields,
    error: Result<ReauthError, u64>,
    (question, needs_proof): (Option<&Question>, bool),
) -> Result<AppError, AppError> {
    let Step { req, current, accepted, .. } = *step;
    let mut page = Page::of(req);
    if !back.is_empty() {
        page.current_url = return_to::back(back, &*service::<Site>(req)?);
    }
    let passkey = match accepted.factor && needs_proof {
        true => service::<Passkeys>(req)?.begin_assertion(&ChallengeBinding::session(current)).await?,
        false => None,
    };
    let ways_round = ways_round(req, &mut fields, &page.current_url)?;
    service::<SealedPasswords>(req)?.seal(&binding(req, current), &mut fields)?;
    let has_password = current.user.password_hash != NO_PASSWORD;
    let nothing = needs_proof && accepted.password && !has_password && !accepted.factor;
    let wanted = OfferedProofs {
        password: needs_proof && accepted.password && has_password,
        code: needs_proof && accepted.factor,
        nothing,
        providers: if nothing { provers(req, current).await? } else { Vec::new() },
        passkey,
    };
    let lead = match wanted.nothing {
        true => String::new(),
        false => page.t.confirm_lead(req.path(), wanted.password, wanted.code),
    };
    let confirm = ConfirmPage {
        page: &page,
        lead,
        action: req.path(),
        back: &page.current_url,
        ways_round: &ways_round,
        username: &current.user.username,
        fields: &fields,
        wanted,
        question,
        problems: problems(error, &page),
    };
    confirm.answer(error.err())
}

/// The ways that lead away from the page, with what the form says of them. `back` is where they lead without that.
fn ways_round(req: &HttpRequest, fields: &mut Fields, back: &str) -> Result<WaysRound, AppError> {
    let (again, then) = (fields.take(AGAIN), fields.take(THEN));
    // A mailed link is a new sign-in, which is no proof for an act.
    let by_mail = !then.is_empty() && service::<Site>(req)?.sign_in_links;
    Ok(WaysRound { again: if again.is_empty() { back.to_owned() } else { again }, then, by_mail })
}

/// The providers that can prove that it is the member.
async fn provers(req: &HttpRequest, current: &CurrentUser) -> Result<Vec<ProviderButton>, AppError> {
    let provers = service::<ProviderStepUp>(req)?.provers(&current.user).await?;
    let buttons = &service::<Site>(req)?.providers;
    Ok(buttons.iter().filter(|each| provers.contains(&each.name)).cloned().collect())
}

fn problems(error: Result<ReauthError, u64>, page: &Page) -> Problems {
    let (field, text) = match error {
        Ok(ReauthError::Missing) => return Problems::default(),
        Ok(ReauthError::Wrong(Supplied::Password)) => (PASSWORD, page.t.field.wrong_password),
        Ok(ReauthError::Wrong(Supplied::Code)) => (CODE, page.t.login.wrong_code),
        Ok(ReauthError::Wrong(Supplied::Passkey)) => ("", page.t.login.wrong_passkey),
        Ok(ReauthError::Wrong(Supplied::LatePasskey)) => ("", page.t.login.late_passkey),
        Err(retry_after) => return Problems::of_form(page.t.too_many_failures(retry_after)),
    };
    Problems::one(field, text)
}
