//! A form that is sent twice, as by a double click, is processed once. A browser drops the answer to the first request,
//! with its cookies, and shows that to the second: it is the same answer.
//!
//! The answer is stored for seconds under a keyed hash of everything that was sent: the form with its id and everything
//! typed, the browser's cookies, its address and its name. Only a client that sends all of that once more receives it, so it
//! discloses nothing and admits no other client.

use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::USER_AGENT;
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpMessage, HttpRequest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::platform::form_answers::{Claim, FormAnswers};
use crate::platform::keys::{KeyPurpose, Keys, Signers, Vault};
use crate::platform::traces;

use super::api_path::is_api;
use super::client::address_of;
use super::ctx::service;
use super::form::Fields;
use super::form_id::FORM_ID;
use super::site::Site;
use super::stored_answer::StoredAnswer;

/// How often a request looks whether an equal one is answered.
const LOOK_EVERY: Duration = Duration::from_millis(25);
/// Seconds for which an answer is stored.
const KEEP: i64 = 10;

pub struct RepeatedForms {
    answers: FormAnswers,
    signers: Signers,
    vault: Vault,
}

/// What was sent, and by which browser.
struct Sent {
    /// Address and path of the request, name of the browser, hash of the form.
    parts: [String; 4],
    /// The browser's cookies of this server, as `name=value`.
    cookies: Vec<String>,
}

/// How to answer a form.
enum Turn {
    /// By processing it, and keeping the answer for equal ones.
    First,
    /// By processing it: the store of answers fails.
    Alone,
    /// As an equal one was answered.
    Repeated(StoredAnswer),
}

impl RepeatedForms {
    pub fn new(answers: FormAnswers, keys: &Keys) -> Self {
        let vault = Vault::new(keys, KeyPurpose::Forms);
        Self { answers, signers: Signers::new(keys, KeyPurpose::Forms), vault }
    }

    fn id(&self, sent: &Sent, cookies: &[String]) -> String {
        let cookies = cookies.join("; ");
        let parts: Vec<&str> = sent.parts.iter().chain([&cookies]).map(String::as_str).collect();
        self.signers.sign(&parts)
    }

    /// Waits while an equal form is being processed.
    async fn turn(&self, id: &str) -> Turn {
        let mut found = self.answers.claim(id).await;
        while found == Claim::InProgress {
            tokio::time::sleep(LOOK_EVERY).await;
            found = self.answers.look(id).await;
        }
        match found {
            Claim::First => Turn::First,
            Claim::Answered(sealed) => self.open(sealed, id).map_or(Turn::Alone, Turn::Repeated),
            Claim::InProgress | Claim::Unknown => Turn::Alone,
        }
    }

    fn open(&self, sealed: Vec<u8>, id: &str) -> Option<StoredAnswer> {
        let text = self.vault.open(&String::from_utf8(sealed).ok()?, id)?;
        serde_json::from_slice(&text).ok()
    }

    /// Keeps the answer also for the browser that has already taken its cookies.
    async fn keep(&self, sent: &Sent, answer: &StoredAnswer) {
        let Ok(text) = serde_json::to_vec(answer) else { return };
        let after = cookies_after(&sent.cookies, answer.cookies());
        for cookies in [&sent.cookies, &after] {
            let id = self.id(sent, cookies);
            self.answers.keep(&id, self.vault.seal(&text, &id).into_bytes(), KEEP).await;
        }
    }
}

impl Sent {
    fn of(req: &HttpRequest, body: &[u8], site: &Site) -> Self {
        let agent = req.headers().get(USER_AGENT).map(|value| value.as_bytes()).unwrap_or_default();
        let path = req.uri().path_and_query().map_or("/", |place| place.as_str());
        let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(body));
        let parts =
            [address_of(req).to_string(), path.to_owned(), String::from_utf8_lossy(agent).into_owned(), hash];
        Self { parts, cookies: site.cookies.own(req.headers()) }
    }
}

/// The cookies of a browser that has received the answer.
fn cookies_after<'l>(before: &[String], lines: impl Iterator<Item = &'l str>) -> Vec<String> {
    let mut cookies = before.to_vec();
    for line in lines {
        let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
        let name = pair.split('=').next().unwrap_or_default();
        cookies.retain(|cookie| cookie.split('=').next() != Some(name));
        if !attributes.contains("Max-Age=0") {
            cookies.push(pair.to_owned());
        }
    }
    cookies.sort();
    cookies
}

/// Middleware: answers a form of this server that was sent a moment ago as it was answered then.
pub async fn answer_repeated(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if *req.method() != Method::POST || is_api(req.path()) {
        return Ok(next.call(req).await?.map_into_boxed_body());
    }
    let body = req.extract::<Bytes>().await.unwrap_or_default();
    req.set_payload(Payload::from(body.clone()));
    let (forms, site) = (service::<RepeatedForms>(req.request())?, service::<Site>(req.request())?);
    let form_id = Fields::parse(&body).map(|mut fields| fields.take(FORM_ID)).unwrap_or_default();
    let Some(shown_to) = site.form_ids.read(&form_id) else {
        return Ok(next.call(req).await?.map_into_boxed_body());
    };
    req.extensions_mut().insert(shown_to);
    let sent = Sent::of(req.request(), &body, &site);
    match forms.turn(&forms.id(&sent, &sent.cookies)).await {
        Turn::Repeated(answer) => Ok(req.into_response(answer.give())),
        Turn::Alone => Ok(next.call(req).await?.map_into_boxed_body()),
        Turn::First => {
            // In a task of its own: a browser that drops the request does not end what was begun.
            let work = actix_web::rt::spawn(traces::carried(process(req, next, forms, sent)));
            work.await.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
        }
    }
}

async fn process(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    forms: Data<RepeatedForms>,
    sent: Sent,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let id = forms.id(&sent, &sent.cookies);
    let claimed = Discard { forms, id: Some(id) };
    let (req, response) = next.call(req).await?.into_parts();
    let (response, stored) = StoredAnswer::of(response).await;
    if let Some(answer) = stored {
        claimed.forms.keep(&sent, &answer).await;
        claimed.done();
    }
    Ok(ServiceResponse::new(req, response))
}

/// Lets equal forms be processed if this one gets no answer that is stored, whatever the reason.
struct Discard {
    forms: Data<RepeatedForms>,
    id: Option<String>,
}

impl Discard {
    fn done(mut self) {
        self.id = None;
    }
}

impl Drop for Discard {
    fn drop(&mut self) {
        if let Some(id) = self.id.take() {
            let forms = Data::clone(&self.forms);
            actix_web::rt::spawn(async move { forms.answers.discard(&id).await });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_took_the_answer_has_its_cookies() {
        let before = ["munjigi-stage=x".to_owned(), "munjigi=old".to_owned()];
        let lines = ["munjigi=new; Path=/; HttpOnly", "munjigi-stage=; Max-Age=0; Path=/", "munjigi-known=y"];
        assert_eq!(cookies_after(&before, lines.into_iter()), ["munjigi-known=y", "munjigi=new"]);
        assert_eq!(cookies_after(&before, [].into_iter()), before);
    }
}
