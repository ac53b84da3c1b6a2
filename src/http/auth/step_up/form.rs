//! Step-up on pages: whoever has not shown lately who they are is asked on a page that sends the same form again, so that
//! nothing that was typed is lost.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use anyhow::Context;
use futures_util::future::LocalBoxFuture;
use serde::{Deserialize, Serialize};

use super::confirm_page::{BACK, CODE, PASSKEY, PASSKEY_STATE, PASSWORD, SEALED, Wanted, ask};
use crate::http::auth::locks::CurrentUser;
use crate::http::form::Problems;
use crate::http::guard::Guard;
use crate::http::{AppError, Client, Fields, Page, Site, return_to as next};
use crate::identity::credentials::password::Secret;
use crate::identity::sessions::PROOF_IS_RECENT;
use crate::identity::sign_in::Shown;
use crate::identity::{App, Identity};
use crate::platform::clock::Timestamp;

use crate::identity::sign_in::step_up::{Ask, Lacking, Proof, Sent};

/// A form sent by a member who has shown lately who they are, or did along with the form.
pub struct Stepped<P = ByEither> {
    /// By the session's id from now on.
    pub current: CurrentUser,
    pub fields: Fields,
    policy: PhantomData<P>,
}

/// The guard of what opens a way into the account.
pub type SteppedByFactor = Stepped<ByFactor>;

/// The guard of what takes the password by itself.
pub type SteppedBySecond = Stepped<BySecond>;

/// What a guard asks for.
pub trait Policy {
    const ASK: Ask;
}

pub struct ByEither;
pub struct ByFactor;
pub struct BySecond;

impl Policy for ByEither {
    const ASK: Ask = Ask::Either;
}

impl Policy for ByFactor {
    const ASK: Ask = Ask::Factor;
}

impl Policy for BySecond {
    const ASK: Ask = Ask::Second;
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
            let (current, fields) = of_form(&req, current, fields.await?, P::ASK).await?;
            Ok(Stepped { current, fields, policy: PhantomData })
        })
    }
}

/// The member by their session from now on, and the form's fields without those of the step-up.
///
/// # Errors
/// The page that asks who they are.
pub async fn of_form(
    req: &HttpRequest,
    current: CurrentUser,
    mut fields: Fields,
    ask_for: Ask,
) -> Result<(CurrentUser, Fields), AppError> {
    let inside = |error: actix_web::Error| anyhow::anyhow!("{error}");
    let app = App::extract(req).await.map_err(inside)?;
    let site = web::Data::<Site>::extract(req).await.map_err(inside)?;
    let client = Client::extract(req).await.map_err(inside)?;
    let ways = current.ways(ask_for);
    let sealed_for = format!("typed {} {} {}", req.path(), current.user.id, current.user.epoch);
    app.unseal(&sealed_for, &mut fields);
    let back = fields.take(BACK);
    let proof = taken(&mut fields, ask_for);
    let mut page = Page::of(req);
    if !back.is_empty() {
        page.here = next::back(&back, &site);
    }
    let lacking = match app.show_again(&current, ways, proof, &client).await {
        Ok(Ok(None)) => return Ok((current, fields)),
        Ok(Ok(Some(method))) => {
            return Ok((app.raise_cookie(req, &current, method, &client).await?, fields));
        }
        Ok(Err(lacking)) => Ok(lacking),
        Err(AppError::TooMany { retry_after }) => Err(retry_after),
        Err(error) => return Err(error),
    };
    let problems = problems(lacking, &page);
    let passkey = if ways.factor { app.ask_member_for_passkey(&current).await? } else { None };
    let wanted = Wanted { password: ways.password, code: ways.factor, passkey };
    app.seal(&sealed_for, &mut fields)?;
    Err(ask(&page, req.path(), &current.user.username, &fields, wanted, problems, lacking.err())?)
}

/// The proof that came with the form. An act that takes the password by itself keeps it.
fn taken(fields: &mut Fields, ask_for: Ask) -> Proof {
    let (answer, state) = (fields.take(PASSKEY), fields.take(PASSKEY_STATE));
    let password =
        if ask_for == Ask::Second { Secret::default() } else { Secret::new(fields.take(PASSWORD)) };
    let passkey = (!answer.is_empty()).then_some(Shown { answer, state });
    Proof { password, code: fields.take(CODE), passkey }
}

fn problems(lacking: Result<Lacking, u64>, page: &Page) -> Problems {
    let (field, text) = match lacking {
        Ok(Lacking::Nothing) => return Problems::default(),
        Ok(Lacking::Wrong(Sent::Password)) => (PASSWORD, page.t.field.wrong_password),
        Ok(Lacking::Wrong(Sent::Code)) => (CODE, page.t.login.wrong_code),
        Ok(Lacking::Wrong(Sent::Passkey)) => ("", page.t.login.wrong_passkey),
        Err(retry_after) => return Problems::of_form(page.t.too_many_failures(retry_after)),
    };
    Problems::one(field, text)
}

/// Typed passwords on their way over the page that asks.
#[derive(Serialize, Deserialize)]
struct Typed {
    until: Timestamp,
    /// By field.
    passwords: BTreeMap<String, String>,
}

impl Identity {
    /// Encrypts the passwords among the fields: none is ever printed back.
    fn seal(&self, purpose: &str, fields: &mut Fields) -> Result<(), AppError> {
        let passwords = fields.take_all(|name| name.ends_with("password"));
        if passwords.is_empty() {
            return Ok(());
        }
        let typed = Typed { until: self.clock.now() + PROOF_IS_RECENT, passwords };
        let text = serde_json::to_vec(&typed).context("texts are JSON")?;
        fields.set(SEALED, self.factors.vault.seal(&text, purpose));
        Ok(())
    }

    /// Puts them back. Those that were sealed for somebody or something else, or too long ago, are as if never typed.
    fn unseal(&self, purpose: &str, fields: &mut Fields) {
        let sealed = fields.take(SEALED);
        let opened = self.factors.vault.open(&sealed, purpose);
        let typed = opened.and_then(|text| serde_json::from_slice::<Typed>(&text).ok());
        for (name, value) in
            typed.filter(|typed| self.clock.now() < typed.until).into_iter().flat_map(|typed| typed.passwords)
        {
            fields.set(&name, value);
        }
    }
}
