//! A provider by which people sign in, which says whatever a test wants.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use munjigi::config::{Config, ProviderConfig, Settings};
use munjigi::identity::oidc::{ClientInput, SigningAlg};
use munjigi::platform::clock::Clock;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use super::relying_party::{RelyingParty, destination, input, query};
use super::{Persona, Reply, TestApp, encode};

pub const CLIENT_ID: &str = "the app";
pub const CLIENT_SECRET: &str = "a secret with & and %";

/// What it says, and what it was asked.
#[derive(Default)]
pub struct Said {
    /// Replaces claims of the ID token; null removes one.
    pub claims: Value,
    /// Replaces members of the token's header.
    pub header: Value,
    /// Replaces members of the discovery document; null removes one.
    pub document: Value,
    /// What it serves at other paths.
    pub pages: HashMap<String, Value>,
    /// Whether a key that it does not publish signs.
    pub forges: bool,
    /// The status of every answer, if not 200.
    pub status: u16,
    /// Before every answer.
    pub delay: Duration,
    /// Path, body and `Authorization` of each request.
    pub requests: Vec<(String, String, String)>,
    /// Nonce and challenge by code.
    codes: HashMap<String, (String, String)>,
    /// The number of the key that signs.
    pub key: u8,
    /// The clock by which it signs.
    pub clock: Clock,
    /// What its page at `/authorize` posts to the callback by itself, as Apple's does, beside a state and a code; null
    /// removes one.
    pub form_post: Option<Value>,
}

pub struct FakeProvider {
    pub url: String,
    said: Arc<Mutex<Said>>,
    handle: actix_web::dev::ServerHandle,
}

impl Drop for FakeProvider {
    fn drop(&mut self) {
        let _ = futures_util::FutureExt::now_or_never(self.handle.stop(false));
    }
}

fn merge(base: &mut Value, other: &Value) {
    for (name, value) in other.as_object().into_iter().flatten() {
        if value.is_null() {
            base.as_object_mut().unwrap().remove(name);
        } else {
            base[name] = value.clone();
        }
    }
}

fn signing_key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

fn sign(said: &Said, header: &Value, claims: &Value) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", encode(header), encode(claims));
    let key = signing_key(if said.forges { 99 } else { said.key });
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(key.sign(message.as_bytes()).to_bytes()))
}

impl FakeProvider {
    pub async fn start() -> Self {
        let said = Arc::new(Mutex::new(Said::default()));
        let (started, start) = tokio::sync::oneshot::channel();
        let shared = Arc::clone(&said);
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
                let url = format!("http://{}", listener.local_addr().unwrap());
                let data = web::Data::new((url.clone(), shared));
                let server = HttpServer::new(move || {
                    App::new().app_data(data.clone()).default_service(web::to(answer))
                });
                let server = server.workers(1).disable_signals().listen(listener).unwrap().run();
                let _ = started.send((url, server.handle()));
                server.await.unwrap();
            });
        });
        let (url, handle) = start.await.unwrap();
        Self { url, said, handle }
    }

    pub fn says(&self) -> MutexGuard<'_, Said> {
        self.said.lock().unwrap()
    }

    /// From now on its clock is that of the server.
    pub fn follow(&self, app: &TestApp) {
        self.says().clock = app.clock.clone();
    }

    /// Who is signed in there.
    pub fn person(&self, claims: Value) {
        self.says().claims = claims;
    }

    /// Its section in the file of providers, with more lines.
    pub fn section(&self, name: &str, kind: &str, lines: &str) -> String {
        let url = &self.url;
        format!(
            "[[provider]]\nname = \"{name}\"\nkind = \"{kind}\"\nissuer = \"{url}\"\nclient_id = \"{CLIENT_ID}\"\n\
             client_secret = \"{CLIENT_SECRET}\"\n{lines}\n"
        )
    }

    /// Its section as that of Apple, and the file of the key, which is in this folder.
    pub fn apple(&self, folder: &Path) -> (String, PathBuf) {
        let file = folder.join("key.p8");
        let made = std::process::Command::new("openssl")
            .args(["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out"])
            .arg(&file)
            .output()
            .unwrap();
        assert!(made.status.success());
        let section = format!(
            "[[provider]]\nname = \"fake\"\nkind = \"apple\"\nissuer = \"{}\"\nclient_id = \"{CLIENT_ID}\"\n\
             team_id = \"TEAM\"\nkey_id = \"KEY\"\nprivate_key_file = \"{}\"\n",
            self.url,
            file.display()
        );
        (section, file)
    }

    /// Its section as that of Microsoft, whose issuer names the tenant as `{tenantid}`: the section, and that issuer.
    pub fn microsoft(&self) -> (String, String) {
        let (url, issuer) = (&self.url, format!("{}/{{tenantid}}/v2.0", self.url));
        let document = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{url}/authorize"),
            "token_endpoint": format!("{url}/token"),
            "jwks_uri": format!("{url}/jwks"),
        });
        self.says().pages.insert("/common/v2.0/.well-known/openid-configuration".to_owned(), document);
        let section = format!(
            "[[provider]]\nname = \"fake\"\nkind = \"microsoft\"\nissuer = \"{url}/common/v2.0\"\n\
             client_id = \"{CLIENT_ID}\"\nclient_secret = \"x\"\n"
        );
        (section, issuer)
    }

    /// The key that it publishes, as a set.
    pub fn keys(&self) -> Value {
        keys(self.says().key)
    }

    /// The answer to the request at this address, as its page sends the browser back: a path and a query.
    pub fn answer(&self, address: &Url) -> String {
        self.answer_with(address, &[])
    }

    /// The same with other parameters; an empty one is left out.
    pub fn answer_with(&self, address: &Url, other: &[(&str, &str)]) -> String {
        let asked = query(address);
        assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", CLIENT_ID));
        let code = format!("code-{}", munjigi::platform::keys::random_id());
        let text = |name: &str| asked.get(name).cloned().unwrap_or_default();
        self.says().codes.insert(code.clone(), (text("nonce"), text("code_challenge")));
        let callback = Url::parse(&asked["redirect_uri"]).unwrap();
        let mut pairs = vec![("code", code.as_str()), ("state", asked["state"].as_str())];
        for (name, value) in other {
            pairs.retain(|(known, _)| known != name);
            if !value.is_empty() {
                pairs.push((name, value));
            }
        }
        format!("{}?{}", callback.path(), encode(&pairs))
    }

    /// A logout token with these claims beside the usual ones.
    pub fn logout_token(&self, claims: &Value) -> String {
        let said = self.says();
        let mut all = json!({
            "iss": self.url,
            "aud": CLIENT_ID,
            "iat": said.clock.now(),
            "exp": said.clock.now() + 120,
            "jti": munjigi::platform::keys::random_id(),
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
        });
        merge(&mut all, claims);
        let mut header = json!({"alg": "EdDSA", "kid": said.key.to_string(), "typ": "logout+jwt"});
        merge(&mut header, &said.header);
        sign(&said, &header, &all)
    }
}

async fn answer(
    req: HttpRequest,
    body: web::Bytes,
    data: web::Data<(String, Arc<Mutex<Said>>)>,
) -> HttpResponse {
    let (url, said) = &**data;
    let (delay, status) = {
        let mut said = said.lock().unwrap();
        let authorization = req.headers().get("authorization").map_or("", |value| value.to_str().unwrap());
        let entry =
            (req.path().to_owned(), String::from_utf8_lossy(&body).into_owned(), authorization.to_owned());
        said.requests.push(entry);
        (said.delay, said.status)
    };
    tokio::time::sleep(delay).await;
    if status != 0 {
        return HttpResponse::build(actix_web::http::StatusCode::from_u16(status).unwrap())
            .insert_header(("location", format!("{url}/elsewhere")))
            .body("<html>no JSON");
    }
    let mut said = said.lock().unwrap();
    if let Some(page) = said.pages.get(req.path()) {
        return HttpResponse::Ok().json(page);
    }
    match req.path() {
        "/.well-known/openid-configuration" => {
            let mut document = json!({
                "issuer": url,
                "authorization_endpoint": format!("{url}/authorize"),
                "token_endpoint": format!("{url}/token"),
                "jwks_uri": format!("{url}/jwks"),
                "userinfo_endpoint": format!("{url}/userinfo"),
            });
            merge(&mut document, &said.document);
            HttpResponse::Ok().json(document)
        }
        "/jwks" => HttpResponse::Ok().json(keys(said.key)),
        "/authorize" if said.form_post.is_some() => posting_page(&mut said, req.query_string()),
        "/token" => token(url, &mut said, &body),
        _ => HttpResponse::NotFound().finish(),
    }
}

fn keys(number: u8) -> Value {
    let x = URL_SAFE_NO_PAD.encode(signing_key(number).verifying_key().as_bytes());
    json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": x, "kid": number.to_string(), "use": "sig"}]})
}

/// A page with a form that posts the answer to the callback by itself.
fn posting_page(said: &mut Said, query: &str) -> HttpResponse {
    let asked: HashMap<String, String> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    assert_eq!(asked["response_mode"], "form_post");
    let code = format!("code-{}", munjigi::platform::keys::random_id());
    said.codes.insert(code.clone(), (asked["nonce"].clone(), String::new()));
    let mut fields = json!({"state": asked["state"], "code": code});
    merge(&mut fields, said.form_post.as_ref().unwrap());
    let inputs: String = fields
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| {
            format!("<input type=\"hidden\" name=\"{name}\" value='{}'>", value.as_str().unwrap())
        })
        .collect();
    let action = &asked["redirect_uri"];
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(format!(
        "<!doctype html><title>Fake</title><form method=\"post\" action=\"{action}\">{inputs}<button>Continue</button></form>\
         <script>document.forms[0].submit()</script>"
    ))
}

fn token(url: &str, said: &mut Said, body: &[u8]) -> HttpResponse {
    let fields: HashMap<String, String> = url::form_urlencoded::parse(body).into_owned().collect();
    let refused = || HttpResponse::BadRequest().json(json!({"error": "invalid_grant"}));
    let code = fields.get("code").and_then(|code| said.codes.remove(code));
    let Some((nonce, challenge)) = code else { return refused() };
    let verifier = fields.get("code_verifier").map(String::as_str).unwrap_or_default();
    if !challenge.is_empty() && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) != challenge {
        return refused();
    }
    let mut claims = json!({
        "iss": url,
        "aud": CLIENT_ID,
        "sub": "person-1",
        "exp": said.clock.now() + 300,
        "iat": said.clock.now(),
        "nonce": nonce,
    });
    merge(&mut claims, &said.claims);
    let mut header = json!({"alg": "EdDSA", "kid": said.key.to_string()});
    merge(&mut header, &said.header);
    let id = sign(said, &header, &claims);
    HttpResponse::Ok()
        .json(json!({"access_token": "an access token", "token_type": "Bearer", "id_token": id}))
}

/// The answer to a post from the page of another site, which comes without any cookie.
pub async fn post_from_elsewhere(app: &TestApp, path: &str, body: String) -> Reply {
    let request = super::client().post(format!("{}{path}", app.url));
    let request =
        request.header("origin", "https://appleid.apple.com").header("sec-fetch-site", "cross-site");
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
    Persona::new(&app.url).send(request).await
}

/// Brings a browser back with an answer that is posted; the answer to it.
pub async fn come_by_post(app: &TestApp, person: &Persona, answer: &str) -> Reply {
    let (path, fields) = answer.split_once('?').unwrap();
    let posted = post_from_elsewhere(app, path, fields.to_owned()).await;
    assert_eq!(posted.status, 303, "{}", posted.text());
    person.get(posted.header("location")).await
}

/// Makes a server offer these providers: the text of the file.
pub fn offer(config: &mut Config, text: &str) {
    let settings = Settings { providers: Some(text.to_owned()), ..Settings::default() };
    let providers: Vec<ProviderConfig> = Config::from_settings(settings).unwrap().providers;
    config.providers = providers;
}

/// The section of another server, with the id and the secret that it has given.
pub fn section_of(label: &str, issuer: &str, (id, secret): (&str, &str)) -> String {
    let name = label.to_lowercase();
    format!(
        "[[provider]]\nname = \"{name}\"\nkind = \"oidc\"\nlabel = \"{label}\"\nissuer = \"{issuer}\"\n\
         client_id = \"{id}\"\nclient_secret = \"{secret}\"\n"
    )
}

/// The section of another Munjigi, called `Above`, where a server on this host is registered.
pub async fn section_of_above(above: &TestApp, host: &str) -> String {
    let input = ClientInput {
        redirect_uris: vec![format!("http://{host}/sign-in/above/callback")],
        id_token_alg: SigningAlg::Rs256,
        ..input("Here")
    };
    let app = RelyingParty::with(above, input).await;
    section_of("Above", &above.url, (&app.client_id, &app.secret.unwrap()))
}

/// Sections of so many providers that do not answer.
pub fn several(count: usize) -> String {
    let labels = ["Google", "GitHub", "Kakao", "Naver", "Microsoft", "Apple", "Example Incorporated"];
    let section = |label: &str| {
        let name = label.to_lowercase().replace(' ', "-");
        format!(
            "[[provider]]\nname = \"{name}\"\nkind = \"oidc\"\nlabel = \"{label}\"\nissuer = \"http://127.0.0.1:9\"\n\
             client_id = \"7\"\n"
        )
    };
    labels.iter().take(count).map(|label| section(label)).collect()
}

/// Presses the button of a provider on the page, with these fields of its form.
pub async fn press(person: &Persona, page: &str, name: &str, fields: &[(&str, &str)]) -> Reply {
    let shown = person.get(page).await;
    assert_eq!(shown.status, 200, "{page} shows the button");
    let action = format!("/sign-in/{name}");
    let mut form = shown.form_of_button(&action);
    for (name, value) in fields {
        assert!(form.contains_key(*name), "the form on {page} has a field {name}");
        form.insert((*name).to_owned(), Some((*value).to_owned()));
    }
    let sent: Vec<(&str, &str)> =
        form.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))).collect();
    person.post(&action, &sent).await
}

/// Presses the button of a provider on the page; returns where the browser is sent.
pub async fn leave(person: &Persona, page: &str, name: &str) -> Url {
    let reply = press(person, page, name, &[]).await;
    assert_eq!(reply.status, 200, "{} {}", reply.header("location"), reply.text());
    destination(&reply)
}

/// Signs in with the provider; returns the answer to the browser that comes back.
pub async fn sign_in_by(person: &Persona, provider: &FakeProvider, name: &str) -> Reply {
    let address = leave(person, "/login", name).await;
    person.get(&provider.answer(&address)).await
}

/// The same the first time, with the username that is suggested.
pub async fn register_by(person: &Persona, provider: &FakeProvider, name: &str, username: &str) -> Reply {
    let page = format!("/sign-in/{name}/register");
    sign_in_by(person, provider, name).await.assert_redirect(&page);
    person.fill(&page, &page, &[("username", username)]).await
}
