//! `/sign-in/{name}/callback`: takes the provider's answer.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};

use crate::http::auth::attempt::SignInRequest;
use crate::http::auth::cookies::{RequestingBrowser, session, upstream as cookie};
use crate::http::auth::respond::respond;
use crate::http::guard::Anyone;
use crate::http::page::see_other;
use crate::http::return_to::with_next;
use crate::http::{Answer, AppError, Ctx, Fields, Flash};
use crate::identity::Identity;
use crate::identity::email::LinkPurpose;
use crate::identity::sign_in::{Issue, Rejection};
use crate::identity::upstream::{Arrived, AuthorizationAnswer, Intent, NextStep, Person, UpstreamError};
use crate::pages::mailed_link;

use super::outcome::{failed, flash_of, flash_of_link, flash_of_refusal, unknown};

/// Bytes of a parameter. Codes of some providers are long.
const LONGEST: usize = 8_000;

/// The parameters of an answer; none if one stands twice.
fn read(pairs: impl Iterator<Item = (String, String)>) -> Option<AuthorizationAnswer> {
    let mut found: HashMap<String, String> = HashMap::new();
    for (name, value) in pairs {
        if value.len() > LONGEST || found.insert(name, value).is_some() {
            return None;
        }
    }
    let mut take = |name: &str| found.remove(name);
    Some(AuthorizationAnswer {
        state: take("state")?,
        code: take("code").unwrap_or_default(),
        error: take("error").unwrap_or_default(),
        iss: take("iss"),
        user: take("user").unwrap_or_default(),
    })
}

/// The browser comes back, with its cookie.
pub async fn take(
    request: SignInRequest,
    ctx: Ctx,
    name: web::Path<String>,
    identity: web::Data<Identity>,
) -> Answer {
    let upstream = &identity.upstream;
    let browser = cookie::read(&ctx.site, ctx.headers());
    let query = url::form_urlencoded::parse(ctx.request().query_string().as_bytes());
    let answer = read(query.into_owned());
    let identified = match answer {
        Some(answer) => upstream.attempts.identify(&name, browser.as_deref(), answer).await,
        None => upstream.providers.get(&name).map(drop).and(Err(UpstreamError::Stale)),
    };
    let (intent, person) = match identified {
        Ok(identified) => identified,
        Err(UpstreamError::Unknown) => return Err(unknown()),
        Err(UpstreamError::Failed(failure)) => return Err(failure.into()),
        Err(problem) => return Ok(failed(&ctx, &name, "/login", (flash_of(&problem), &problem))),
    };
    let person = match person {
        Ok(person) => person,
        Err(UpstreamError::Failed(failure)) => return Err(failure.into()),
        Err(problem) => {
            let place = match &intent {
                Intent::SignIn { return_to, .. } => with_next("/login", return_to),
                Intent::Link { .. } => "/security".to_owned(),
                Intent::StepUp { back, .. } => back.clone(),
            };
            return Ok(failed(&ctx, &name, &place, (flash_of(&problem), &problem)));
        }
    };
    let came =
        Came { request: &request, ctx, identity: &identity, person, browser: browser.unwrap_or_default() };
    match intent {
        Intent::SignIn { return_to, remember } => came.sign_in(&return_to, remember).await,
        Intent::Link { user_id, epoch } => came.link(user_id, epoch).await,
        Intent::StepUp { user_id, epoch, back, then } => {
            came.step_up((user_id, epoch), (&back, then.as_deref())).await
        }
    }
}

/// Apple's page posts the answer, and browsers send no cookie with it. It is stored for the GET that follows, which brings the
/// cookie.
pub async fn take_posted(_: Anyone, ctx: Ctx, mut fields: Fields, identity: web::Data<Identity>) -> Answer {
    let name = ctx.request().match_info().get("name").unwrap_or_default().to_owned();
    let provider = identity.upstream.providers.get(&name).map_err(|_| unknown())?;
    if !provider.posts_its_answers() {
        return Err(AppError::MethodNotAllowed(vec![actix_web::http::Method::GET]));
    }
    let all = fields.take_all(|_| true);
    let answer = read(all.into_iter());
    let state = answer.as_ref().map(|answer| answer.state.clone()).unwrap_or_default();
    let stored = match answer {
        Some(answer) => identity.upstream.attempts.keep_answer(&name, answer).await,
        None => Err(UpstreamError::Stale),
    };
    match stored {
        Ok(()) => {
            let query =
                url::form_urlencoded::Serializer::new(String::new()).append_pair("state", &state).finish();
            Ok(see_other(&format!("/sign-in/{name}/callback?{query}")).finish())
        }
        Err(UpstreamError::Failed(failure)) => Err(failure.into()),
        Err(problem) => Ok(failed(&ctx, &name, "/login", (flash_of(&problem), &problem))),
    }
}

/// A person whom a provider has identified, in the browser that was sent there.
struct Came<'a> {
    request: &'a SignInRequest,
    ctx: Ctx,
    identity: &'a Identity,
    person: Person,
    browser: String,
}

impl Came<'_> {
    async fn sign_in(self, return_to: &str, remember: bool) -> Answer {
        let Self { request, ctx, identity, person, browser } = self;
        let provider = person.provider.clone();
        let attempt = request.attempt(Issue::Cookie { remember }, return_to);
        let arrived = Arrived { person, browser: &browser, return_to };
        let login = with_next("/login", return_to);
        let arrival = match identity.upstream.arrivals.arrive(arrived, &attempt).await {
            Ok(arrival) => arrival,
            Err(UpstreamError::Failed(failure)) => return Err(failure.into()),
            Err(problem) => return Ok(failed(&ctx, &provider, &login, (flash_of(&problem), &problem))),
        };
        let place = |page: &str| see_other(&format!("/sign-in/{provider}/{page}")).finish();
        match arrival {
            NextStep::Register => Ok(place("register")),
            NextStep::OwnerMustLink => Ok(place("link")),
            NextStep::NotAdmitted(why) => Ok(ctx.done_about(&login, flash_of_refusal(why), &provider, [])),
            NextStep::Unverified(email) => {
                let browser = RequestingBrowser::returning_to(return_to.to_owned());
                let links = &identity.accounts.links;
                let cookie =
                    mailed_link::send(&ctx, links, LinkPurpose::VerifyEmail, email, &browser).await?;
                Ok(ctx.done_with("/verify-email", Flash::MailSent, [cookie]))
            }
            NextStep::SignIn(outcome) => match respond(request, *outcome, return_to, None).await? {
                Ok(response) => Ok(response),
                Err(rejection) => {
                    let flash = match rejection {
                        Rejection::Disabled => Flash::ProviderDisabled,
                        _ => Flash::ProviderFailed,
                    };
                    Ok(ctx.done_about(&login, flash, &provider, []))
                }
            },
        }
    }

    /// The member who began to link is still the one who is signed in.
    async fn link(self, user_id: i64, epoch: i64) -> Answer {
        let Self { request, ctx, identity, person, .. } = self;
        let active = request.caller.as_ref().and_then(|caller| caller.active.clone());
        let same = active.filter(|active| active.user.id == user_id && active.user.epoch == epoch);
        let Some(active) = same else { return Err(AppError::SessionOver) };
        let provider = person.provider.clone();
        match identity.upstream.linked_accounts.link(&active, person, ctx.client()).await {
            Ok(linked) => Ok(ctx.done_about("/security", flash_of_link(linked), &provider, [])),
            Err(UpstreamError::Failed(failure)) => Err(failure.into()),
            Err(problem) => Ok(failed(&ctx, &provider, "/security", (flash_of(&problem), &problem))),
        }
    }

    /// The member has proved again that it is them, if the account there is theirs.
    async fn step_up(self, (user_id, epoch): (i64, i64), (back, then): (&str, Option<&str>)) -> Answer {
        let Self { request, ctx, identity, person, .. } = self;
        let active = request.caller.as_ref().and_then(|caller| caller.active.clone());
        let same = active.filter(|active| active.user.id == user_id && active.user.epoch == epoch);
        let Some(active) = same else { return Err(AppError::SessionOver) };
        let provider = person.provider.clone();
        let elevated = identity.upstream.step_up.confirm(&active, &person, ctx.client()).await?;
        let Some(id) = elevated else {
            return Ok(ctx.done_about(back, Flash::ProviderOfAnother, &provider, []));
        };
        let cookie = session::issue(&ctx.site, &id, active.session.kind);
        // Where an app waits, a sentence would stand on whatever page comes much later.
        let response: HttpResponse = match then {
            Some(place) => see_other(place).cookie(cookie).finish(),
            None => ctx.done_about(back, Flash::ProviderConfirmed, &provider, [cookie]),
        };
        Ok(response)
    }
}
