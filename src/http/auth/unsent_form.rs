//! A form that arrives after the session has ended: it is stored for the member to whom it was shown, who may send it again
//! after sign-in, whatever the way of that.
//!
//! It is encrypted, bound to the browser by a cookie, and given to that member only. Forms with passwords or codes are not
//! stored.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::dev::ServiceRequest;
use actix_web::http::header::HeaderMap;
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::http::ctx::service;
use crate::http::flash::Flash;
use crate::http::form::Fields;
use crate::http::form_id::{FORM_ID, ShownTo};
use crate::http::page::{Page, see_other};
use crate::http::return_to::DEFAULT;
use crate::http::site::Site;
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::form_answers::FormAnswers;
use crate::platform::keys::{KeyPurpose, Keys, Vault, random_id};
use crate::platform::rate_limit::{Limiter, Shared};

/// The page that sends it again.
pub const PAGE: &str = "/unsent";

const COOKIE: &str = "munjigi-unsent";
/// Seconds for which it is stored.
const KEEP: i64 = 30 * 60;
/// Forms stored per member and `KEEP`.
const MAX_PER_MEMBER: usize = 20;

pub struct UnsentForms {
    store: FormAnswers,
    vault: Vault,
    clock: Clock,
    stored: Limiter,
}

/// A form as it was sent.
#[derive(Serialize, Deserialize)]
pub struct UnsentForm {
    user_id: i64,
    until: Timestamp,
    /// Path and query that it is sent to.
    pub action: String,
    /// The page that contained it.
    pub back: String,
    fields: Vec<(String, String)>,
}

impl UnsentForm {
    /// The fields by name.
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }
}

impl UnsentForms {
    /// `shared`: the counts that all nodes share, if they do.
    pub fn new(store: FormAnswers, keys: &Keys, clock: Clock, shared: Option<&Shared>) -> Self {
        let stored = Limiter::new(MAX_PER_MEMBER, KEEP, clock.clone()).shared("unsent", shared);
        Self { store, vault: Vault::new(keys, KeyPurpose::Forms), clock, stored }
    }

    /// Keeps the form; returns its id, or none if the member has too many or the store fails.
    async fn keep(&self, form: &UnsentForm) -> Option<String> {
        drop(self.stored.acquire(&form.user_id.to_string()).await.ok()?);
        let id = random_id();
        let sealed = self.vault.seal(&serde_json::to_vec(form).ok()?, &binding(&id));
        let key = name(&id);
        self.store.keep(&key, sealed.into_bytes(), KEEP).await;
        self.store.find(&key).await.map(|_| id)
    }

    /// The form that this browser sent, if it was shown to this member.
    pub async fn find(&self, site: &Site, headers: &HeaderMap, user_id: i64) -> Option<UnsentForm> {
        let id = site.cookies.open(COOKIE, headers)?;
        let sealed = self.store.find(&name(&id)).await?;
        let text = self.vault.open(&String::from_utf8(sealed).ok()?, &binding(&id))?;
        let form: UnsentForm = serde_json::from_slice(&text).ok()?;
        (form.user_id == user_id && self.clock.now() < form.until).then_some(form)
    }
}

fn name(id: &str) -> String {
    format!("unsent-{id}")
}

fn binding(id: &str) -> String {
    format!("unsent form {id}")
}

/// Makes the browser forget the form.
pub fn expire(site: &Site) -> Cookie<'static> {
    site.cookies.expire(COOKIE)
}

/// Passwords and codes, which are typed again, and what belongs to them.
fn is_secret(name: &str) -> bool {
    name.ends_with("password")
        || name.ends_with("code")
        || name == "secret"
        || ["passkey", "current_", "confirm-"].iter().any(|prefix| name.starts_with(prefix))
}

/// The response to a form of this server that came without a session; none if it is not such a form.
pub(super) async fn sign_in_first(req: &mut ServiceRequest) -> Option<HttpResponse> {
    let user_id = req.extensions().get::<ShownTo>().copied()?.user_id?;
    let body = req.extract::<Bytes>().await.ok()?;
    let mut fields = Fields::parse(&body).ok()?;
    fields.take(FORM_ID);
    let (site, forms) = (service::<Site>(req.request()).ok()?, service::<UnsentForms>(req.request()).ok()?);
    let back = Page::of(req.request()).current_url;
    let has_secrets = fields.all().any(|(name, value)| is_secret(name) && !value.is_empty());
    let id = match has_secrets {
        true => None,
        false => forms.keep(&unsent(req.request(), user_id, &fields, &back, site.clock.now())).await,
    };
    Some(match id {
        Some(id) => {
            let cookie = site.cookies.seal(COOKIE, &id, Some(Duration::seconds(KEEP)));
            sign_in(PAGE, Flash::NotSentYet, &site).cookie(cookie).finish()
        }
        None => sign_in(&back, Flash::NotSent, &site).finish(),
    })
}

fn unsent(req: &HttpRequest, user_id: i64, fields: &Fields, back: &str, now: Timestamp) -> UnsentForm {
    UnsentForm {
        user_id,
        until: now + KEEP,
        action: req.uri().path_and_query().map_or("/", |place| place.as_str()).to_owned(),
        back: back.to_owned(),
        fields: fields.all().map(|(name, value)| (name.clone(), value.clone())).collect(),
    }
}

/// The redirect to sign-in, which leads to `next`.
fn sign_in(next: &str, flash: Flash, site: &Site) -> actix_web::HttpResponseBuilder {
    let mut response = see_other(&format!("/login?next={}", utf8_percent_encode(next, NON_ALPHANUMERIC)));
    response.cookie(flash.cookie(site));
    response
}

/// The response to a form that was shown to another member than the one who is signed in now: it is not processed.
pub(super) fn refuse_foreign(req: &HttpRequest, user_id: i64, site: &Site) -> Option<HttpResponse> {
    let shown_to = req.extensions().get::<ShownTo>()?.user_id?;
    (shown_to != user_id).then(|| see_other(DEFAULT).cookie(Flash::OtherMember.cookie(site)).finish())
}

#[cfg(test)]
mod tests {
    use super::is_secret;

    #[test]
    fn secrets_are_recognised_by_the_names_of_their_fields() {
        for name in [
            "password",
            "new_password",
            "current_password",
            "current_code",
            "code",
            "secret",
            "passkey",
            "passkey_state",
            "confirm-sealed",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["title", "body", "version", "name", "display_name", "email", "scope-profile-read"] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
