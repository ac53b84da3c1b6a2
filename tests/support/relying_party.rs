//! An app that signs people in by OpenID Connect.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use munjigi::identity::oidc::{Actor, AuthMethod, ClientInput, NewClient, SigningAlg};
use reqwest::Method;
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

use super::{Persona, Reply, TestApp, encode};

pub const CALLBACK: &str = "https://app.example.org/callback?tenant=1";
pub const AFTER_LOGOUT: &str = "https://app.example.org/bye";
pub const VERIFIER: &str = "a-verifier-of-more-than-forty-three-characters-0123456789";

/// An app as registered, and what it sends.
#[derive(Clone)]
pub struct RelyingParty {
    pub url: String,
    pub client_id: String,
    pub secret: Option<String>,
}

/// The tokens of an app.
#[derive(Clone, Debug)]
pub struct TokenSet {
    pub access: String,
    pub refresh: Option<String>,
    pub id: Option<String>,
    pub answer: Value,
}

/// S256 of a verifier.
pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

/// An app for everyone, with keys that are cheap to make.
pub fn input(name: &str) -> ClientInput {
    ClientInput {
        name: name.to_owned(),
        redirect_uris: vec![CALLBACK.to_owned(), "http://127.0.0.1/cb".to_owned()],
        post_logout_redirect_uris: vec![AFTER_LOGOUT.to_owned()],
        id_token_alg: SigningAlg::Es256,
        ..ClientInput::default()
    }
}

impl RelyingParty {
    pub async fn register(app: &TestApp, name: &str) -> Self {
        Self::with(app, input(name)).await
    }

    pub async fn with(app: &TestApp, input: ClientInput) -> Self {
        Self::in_groups(app, input, vec![]).await
    }

    pub async fn in_groups(app: &TestApp, input: ClientInput, groups: Vec<i64>) -> Self {
        let new = NewClient::parse(input, None).unwrap();
        let added = app.identity.oidc_clients.add(Actor::Operator, new, groups).await.unwrap();
        let secret = added.secret.map(|secret| secret.as_str().to_owned());
        Self { url: app.url.clone(), client_id: added.client_id, secret }
    }

    /// Replaces what it is registered with.
    pub async fn change(&self, app: &TestApp, input: ClientInput) {
        let clients = &app.identity.oidc_clients;
        let client = clients.registered(&self.client_id).await.unwrap().unwrap();
        let new = NewClient::parse(input, None).unwrap();
        clients.change(Actor::Operator, &client, new, client.groups.clone()).await.unwrap();
    }

    pub async fn remove(&self, app: &TestApp) {
        let clients = &app.identity.oidc_clients;
        let client = clients.registered(&self.client_id).await.unwrap().unwrap();
        clients.remove(Actor::Operator, &client).await.unwrap();
    }

    /// An app without a secret.
    pub async fn public(app: &TestApp, name: &str) -> Self {
        let input = ClientInput { auth_method: Some(AuthMethod::None), ..input(name) };
        Self::with(app, input).await
    }

    /// The parameters of a usual request, some of them replaced; an empty one is left out.
    pub fn request<'r>(&'r self, other: &[(&'r str, &'r str)]) -> Vec<(&'r str, String)> {
        let mut usual = vec![
            ("client_id", self.client_id.clone()),
            ("redirect_uri", CALLBACK.to_owned()),
            ("response_type", "code".to_owned()),
            ("scope", "openid profile email groups".to_owned()),
            ("state", "a state".to_owned()),
            ("nonce", "a nonce".to_owned()),
            ("code_challenge", challenge(VERIFIER)),
            ("code_challenge_method", "S256".to_owned()),
        ];
        for (name, value) in other {
            usual.retain(|(known, _)| known != name);
            if !value.is_empty() {
                usual.push((name, (*value).to_owned()));
            }
        }
        usual
    }

    pub fn address(&self, other: &[(&str, &str)]) -> String {
        let request = self.request(other);
        let pairs: Vec<(&str, &str)> = request.iter().map(|(name, value)| (*name, value.as_str())).collect();
        format!("/oauth/authorize?{}", encode(&pairs))
    }

    /// Sends a person here, who allows it if asked; returns where the browser goes.
    pub async fn authorize(&self, person: &Persona, other: &[(&str, &str)]) -> Url {
        let reply = person.get(&self.address(other)).await;
        destination(&allow(person, reply).await)
    }

    pub async fn code(&self, person: &Persona, other: &[(&str, &str)]) -> String {
        let address = self.authorize(person, other).await;
        query(&address).remove("code").unwrap_or_else(|| panic!("{address} has no code"))
    }

    /// Signs a person in to the app.
    pub async fn sign_in(&self, person: &Persona, other: &[(&str, &str)]) -> TokenSet {
        let code = self.code(person, other).await;
        let reply = self.exchange(&code, &[]).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        TokenSet::of(&reply)
    }

    /// Exchanges a code.
    pub async fn exchange(&self, code: &str, other: &[(&str, &str)]) -> Reply {
        let mut fields = BTreeMap::from([
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ]);
        fields.extend(other.iter().copied());
        let fields: Vec<(&str, &str)> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        self.post("/oauth/token", &fields).await
    }

    pub async fn refresh(&self, token: &str) -> Reply {
        self.post("/oauth/token", &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    /// Posts as this app: by HTTP Basic, or by its id alone.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.post_at(&self.url, path, fields).await
    }

    pub async fn post_at(&self, url: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut fields = fields.to_vec();
        let mut request = super::client().request(Method::POST, format!("{url}{path}"));
        match &self.secret {
            Some(secret) => {
                let pair = STANDARD.encode(format!("{}:{secret}", self.client_id));
                request = request.header("authorization", format!("Basic {pair}"));
            }
            None => fields.push(("client_id", &self.client_id)),
        }
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        Persona::new(url).send(request.body(encode(&fields))).await
    }

    pub async fn introspect(&self, token: &str) -> Value {
        self.introspect_at(&self.url, token).await
    }

    pub async fn introspect_at(&self, url: &str, token: &str) -> Value {
        let reply = self.post_at(url, "/oauth/introspect", &[("token", token)]).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        serde_json::from_str(&reply.body).unwrap()
    }

    pub async fn userinfo(&self, token: &str) -> Reply {
        userinfo_at(&self.url, token).await
    }

    /// Whether introspection, userinfo and refresh all accept these, or all refuse them.
    pub async fn is_alive(&self, tokens: &TokenSet) -> bool {
        self.is_alive_at(&self.url, tokens).await
    }

    /// The same without refreshing, on another node.
    pub async fn is_alive_at(&self, url: &str, tokens: &TokenSet) -> bool {
        let active = self.introspect_at(url, &tokens.access).await["active"] == true;
        let known = match userinfo_at(url, &tokens.access).await.status {
            200 => true,
            401 => false,
            other => panic!("userinfo answered {other}"),
        };
        assert_eq!(active, known, "introspection and userinfo agree");
        if let Some(refresh) = &tokens.refresh {
            let refreshes = self.introspect_at(url, refresh).await["active"] == true;
            assert_eq!(refreshes, active, "the refresh token agrees");
        }
        active
    }
}

pub async fn userinfo_at(url: &str, token: &str) -> Reply {
    let request = super::client().get(format!("{url}/oauth/userinfo"));
    Persona::new(url).send(request.header("authorization", format!("Bearer {token}"))).await
}

impl TokenSet {
    pub fn of(reply: &Reply) -> Self {
        let answer: Value = serde_json::from_str(&reply.body).unwrap();
        let text = |name: &str| answer[name].as_str().map(str::to_owned);
        let access = text("access_token").unwrap_or_else(|| panic!("{}", reply.body));
        Self { access, refresh: text("refresh_token"), id: text("id_token"), answer }
    }

    /// The claims of the ID token, unverified.
    pub fn claims(&self) -> Value {
        claims(self.id.as_ref().unwrap())
    }
}

/// The claims of a JWT, unverified.
pub fn claims(token: &str) -> Value {
    let body = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).unwrap()).unwrap()
}

/// Presses "allow" if the page asks.
pub async fn allow(person: &Persona, reply: Reply) -> Reply {
    decide(person, reply, "allow").await
}

/// Presses a button of the page; one without it is returned as it is.
pub async fn decide(person: &Persona, reply: Reply, decision: &str) -> Reply {
    let has = !reply.find(&format!("button[name=decision][value={decision}]")).is_empty();
    if reply.status != 200 || !has {
        return reply;
    }
    let mut form = reply.form("/oauth/authorize");
    form.insert("decision".to_owned(), Some(decision.to_owned()));
    let fields: Vec<(&str, &str)> =
        form.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))).collect();
    person.post("/oauth/authorize", &fields).await
}

/// Where a redirect, or the page that navigates, leads.
pub fn destination(reply: &Reply) -> Url {
    if reply.status == 303 {
        return Url::parse(reply.header("location"))
            .unwrap_or_else(|_| panic!("{}", reply.header("location")));
    }
    assert_eq!(reply.status, 200, "{}", reply.text());
    let refresh = reply.attributes("meta[http-equiv=refresh]", "content");
    let [refresh] = refresh.as_slice() else { panic!("it goes nowhere: {}", reply.text()) };
    Url::parse(refresh.strip_prefix("0; url=").unwrap()).unwrap()
}

/// The query of an address.
pub fn query(url: &Url) -> BTreeMap<String, String> {
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}
