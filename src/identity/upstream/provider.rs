//! One provider: what it publishes, where it is asked, and what its answers prove.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::config::{ProviderConfig, ProviderKind};
use crate::platform::clock::Clock;
use crate::platform::jws::{Alg, Jwks, Jws, JwsError, Verified};
use crate::platform::outgoing::{Cached, ClientRequest, HttpClient};

use super::error::UpstreamError;
use super::id_token::{self, Expected};
use super::metadata::{Endpoint, Metadata};
use super::person::Person;
use super::requests::{bearing, json};
use super::token::{CodeFor, Tokens, exchange};
use super::{github, kakao, naver};

/// What counts only in an ID token: when and how the person has authenticated, and in which session.
const SIGNED_ONLY: [&str; 4] = ["auth_time", "amr", "acr", "sid"];

/// Asks Google to say when the person has authenticated, which it does for apps that have this switched on.
const WITH_AUTH_TIME: &str = r#"{"id_token":{"auth_time":{"essential":true}}}"#;

/// What a provider sends back by the browser.
#[derive(Clone, Debug, Default)]
pub struct AuthorizationAnswer {
    pub state: String,
    pub code: String,
    pub error: String,
    pub iss: Option<String>,
    /// The name that Apple sends the first time, as JSON.
    pub user: String,
}

/// What an answer must fit.
pub(super) struct Request<'r> {
    pub nonce: &'r str,
    pub verifier: &'r str,
    /// As discovery named it when the browser was sent there.
    pub issuer: &'r str,
}

pub struct Provider {
    pub config: ProviderConfig,
    /// Where it sends browsers back to.
    pub callback: String,
    clock: Clock,
    http: HttpClient,
    metadata: Cached<Metadata>,
    keys: Cached<Jwks>,
}

impl Provider {
    pub fn new(config: ProviderConfig, callback: String, (clock, http): (Clock, HttpClient)) -> Self {
        let (metadata, keys) = (Cached::new(clock.clone()), Cached::new(clock.clone()));
        Self { config, callback, clock, http, metadata, keys }
    }

    /// What it publishes of itself.
    pub async fn metadata(&self) -> Result<Arc<Metadata>, UpstreamError> {
        let found = self.metadata.get(async || Metadata::fetch(&self.config, &self.http).await).await;
        found.map_err(UpstreamError::Unreachable)
    }

    /// Whether it can ask a person to prove again that it is them.
    pub fn can_ask_again(&self) -> bool {
        !matches!(self.config.kind, ProviderKind::GitHub | ProviderKind::Naver)
    }

    /// Whether its page posts its answers, so that no cookie comes with them.
    pub fn posts_its_answers(&self) -> bool {
        self.config.kind == ProviderKind::Apple
    }

    /// Whether its ID tokens sign who is there.
    pub fn has_id_tokens(&self) -> bool {
        self.config.kind != ProviderKind::GitHub
    }

    /// Where the browser is sent, with what is checked in the answer.
    pub(super) fn address(
        &self,
        metadata: &Metadata,
        state: &str,
        request: &Request<'_>,
        again: bool,
    ) -> String {
        let config = &self.config;
        let scope = self.scopes().join(" ");
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(request.verifier));
        let mut pairs = vec![
            ("response_type", "code"),
            ("client_id", &config.client_id),
            ("redirect_uri", &self.callback),
            ("scope", &scope),
            ("state", state),
        ];
        if self.has_id_tokens() {
            pairs.push(("nonce", request.nonce));
        }
        match config.kind {
            // The only way in which it gives a name and an address.
            ProviderKind::Apple => pairs.push(("response_mode", "form_post")),
            _ => pairs.extend([("code_challenge", challenge.as_str()), ("code_challenge_method", "S256")]),
        }
        if again {
            pairs.extend([("prompt", "login"), ("max_age", "0")]);
        }
        if again && config.kind == ProviderKind::Google {
            pairs.push(("claims", WITH_AUTH_TIME));
        }
        if let (ProviderKind::Google, [domain]) = (config.kind, config.domains.as_slice()) {
            pairs.push(("hd", domain));
        }
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let sign = if metadata.authorize.contains('?') { '&' } else { '?' };
        format!("{}{sign}{query}", metadata.authorize)
    }

    fn scopes(&self) -> Vec<String> {
        if !self.config.scopes.is_empty() {
            return self.config.scopes.clone();
        }
        let mut scopes: Vec<&str> = match self.config.kind {
            ProviderKind::GitHub => vec!["read:user", "user:email"],
            ProviderKind::Apple => vec!["openid", "name", "email"],
            ProviderKind::Kakao => vec!["openid", "profile_nickname", "account_email"],
            ProviderKind::Naver => vec!["openid"],
            ProviderKind::Oidc | ProviderKind::Google | ProviderKind::Microsoft => {
                vec!["openid", "profile", "email"]
            }
        };
        match self.config.kind {
            ProviderKind::GitHub if self.config.wants_groups() => scopes.push("read:org"),
            ProviderKind::Oidc if self.config.wants_groups() && self.config.group_claim.is_none() => {
                scopes.push("groups");
            }
            _ => {}
        }
        scopes.into_iter().map(str::to_owned).collect()
    }

    /// Who the answer proves is there.
    pub(super) async fn identify(
        &self,
        answer: &AuthorizationAnswer,
        request: &Request<'_>,
    ) -> Result<Person, UpstreamError> {
        let metadata = self.metadata().await?;
        if metadata.issuer != request.issuer {
            return Err(UpstreamError::provider("its issuer has changed"));
        }
        self.check_iss(&metadata, answer.iss.as_deref())?;
        if !answer.error.is_empty() {
            return Err(UpstreamError::Refused(format!("{:.60}", answer.error)));
        }
        if answer.code.is_empty() {
            return Err(UpstreamError::provider("the answer has no code"));
        }
        let code = CodeFor { code: &answer.code, callback: &self.callback, verifier: request.verifier };
        let tokens = exchange((&self.config, &metadata), &self.http, code, self.clock.now()).await?;
        if !self.has_id_tokens() {
            let person = github::person(&self.config, &metadata.issuer, &self.http, &tokens.access).await;
            return person.map_err(UpstreamError::Provider);
        }
        self.by_id_token(&metadata, &tokens, answer, request).await
    }

    /// Against mix-up (RFC 9207 §2.4).
    fn check_iss(&self, metadata: &Metadata, iss: Option<&str>) -> Result<(), UpstreamError> {
        let fits = match iss {
            None => !metadata.names_issuer,
            Some(iss) if self.config.kind == ProviderKind::GitHub => {
                iss == metadata.issuer || iss.strip_suffix("/login/oauth") == Some(&metadata.issuer)
            }
            // Which of the tenants it is, the ID token proves.
            Some(iss) if metadata.has_tenants() => {
                let (start, end) = metadata.issuer.split_once(super::metadata::TENANT).unwrap_or_default();
                iss.starts_with(start) && iss.ends_with(end)
            }
            Some(iss) => iss == metadata.issuer,
        };
        fits.then_some(()).ok_or_else(|| UpstreamError::provider("the answer names another issuer, or none"))
    }

    async fn by_id_token(
        &self,
        metadata: &Metadata,
        tokens: &Tokens,
        answer: &AuthorizationAnswer,
        request: &Request<'_>,
    ) -> Result<Person, UpstreamError> {
        let id = tokens.id.as_deref().ok_or_else(|| UpstreamError::provider("there is no ID token"))?;
        let token = self.verified(metadata, id).await?;
        let expected = Expected { metadata, nonce: request.nonce, now: self.clock.now() };
        let subject = id_token::check(&token, &self.config, &expected);
        let subject = subject.map_err(|why| UpstreamError::provider(format!("the ID token: {why}")))?;
        // Of many tenants, the answer and the token must name the same.
        if metadata.has_tenants() && answer.iss.as_ref().is_some_and(|iss| *iss != subject.issuer) {
            return Err(UpstreamError::provider("the answer names another tenant than the ID token"));
        }
        let mut claims = token.claims;
        if let Some(userinfo) = metadata.userinfo.as_ref().filter(|_| self.lacks_claims(&claims)) {
            self.add_userinfo(userinfo, &tokens.access, &mut claims).await?;
        }
        if self.config.kind == ProviderKind::Kakao {
            let added = kakao::add_account(&self.config, &self.http, &tokens.access, &mut claims).await;
            added.map_err(UpstreamError::Provider)?;
        }
        Ok(Person::read(&self.config, subject, &claims, &answer.user))
    }

    /// Whether the ID token leaves something out that the user information may have.
    fn lacks_claims(&self, claims: &Value) -> bool {
        let wanted = [
            Some("email"),
            self.config.username_claim.as_deref(),
            self.config.name_claim.as_deref(),
            self.config.wants_groups().then(|| self.config.group_claim.as_deref().unwrap_or("groups")),
        ];
        wanted.into_iter().flatten().any(|name| claims.get(name).is_none())
            && matches!(self.config.kind, ProviderKind::Oidc | ProviderKind::Google | ProviderKind::Naver)
    }

    /// Adds what the ID token leaves out; what it says counts. The subject must be the same (§5.3.2).
    async fn add_userinfo(
        &self,
        userinfo: &Endpoint,
        access: &str,
        claims: &mut Value,
    ) -> Result<(), UpstreamError> {
        let request = bearing(ClientRequest::get(&userinfo.url, userinfo.reach), access);
        let found = match json(&self.http, request).await {
            Ok(found) if self.config.kind == ProviderKind::Naver => naver::claims_of(&found).unwrap_or(found),
            Ok(found) => found,
            // What is missing proves nothing, and is asked of the person.
            Err(problem) => {
                tracing::info!(provider = %self.config.name, %problem, "there is no user information");
                return Ok(());
            }
        };
        if found.get("sub").is_none() || found.get("sub") != claims.get("sub") {
            return Err(UpstreamError::provider("the user information is of another person"));
        }
        if let (Some(known), Value::Object(mut found)) = (claims.as_object_mut(), found) {
            // An address and whether it is verified belong together.
            let belongs = ["email", "email_verified"];
            match known.contains_key("email") {
                true => found.retain(|name, _| !belongs.contains(&name.as_str())),
                false => known.retain(|name, _| !belongs.contains(&name.as_str())),
            }
            for (name, value) in found.into_iter().filter(|(name, _)| !SIGNED_ONLY.contains(&name.as_str())) {
                known.entry(name).or_insert(value);
            }
        }
        Ok(())
    }

    /// A token that one of the provider's keys has signed. For one that is unknown, the keys are fetched again.
    pub(super) async fn verified(&self, metadata: &Metadata, token: &str) -> Result<Verified, UpstreamError> {
        let problem = |why: String| UpstreamError::provider(format!("a signed token: {why}"));
        let at = metadata.jwks.as_ref().ok_or_else(|| problem("there are no keys".to_owned()))?;
        let token = Jws::parse(token, Alg::ALL).map_err(|error| problem(error.to_string()))?;
        let fetch = async || self.fetch_keys(at).await;
        let keys = self.keys.get(fetch).await.map_err(UpstreamError::Unreachable)?;
        match keys.verify(&token) {
            Err(JwsError::UnknownKey) => {
                let keys = self.keys.renewed(fetch).await.map_err(UpstreamError::Unreachable)?;
                keys.verify(&token).map_err(|error| problem(error.to_string()))
            }
            verified => verified.map_err(|error| problem(error.to_string())),
        }
    }

    /// The number of keys that it publishes; none if it has no ID tokens.
    pub(super) async fn count_keys(&self) -> Result<Option<usize>, UpstreamError> {
        let metadata = self.metadata().await?;
        let Some(at) = &metadata.jwks else { return Ok(None) };
        let keys =
            self.keys.get(async || self.fetch_keys(at).await).await.map_err(UpstreamError::Unreachable)?;
        Ok(Some(keys.len()))
    }

    async fn fetch_keys(&self, at: &Endpoint) -> Result<Jwks, String> {
        let set = json(&self.http, ClientRequest::get(&at.url, at.reach)).await;
        let set = set.map_err(|problem| format!("the keys at {}: {problem}", at.url))?;
        Jwks::parse(&set).ok_or_else(|| format!("the keys at {}: it is no set of keys", at.url))
    }

    /// Fetches what is about to grow old. Problems are only logged: what is known still counts.
    pub async fn refresh(&self) {
        if let Err(problem) = self.count_keys().await {
            tracing::warn!(provider = %self.config.name, %problem, "a provider cannot be reached");
        }
    }
}

#[cfg(test)]
pub mod tests {
    use crate::config::{Admission, ProviderConfig, ProviderKind};

    pub fn config(kind: ProviderKind, issuer: &str) -> ProviderConfig {
        ProviderConfig {
            name: "test".to_owned(),
            kind,
            label: "Test".to_owned(),
            issuer: Some(issuer.to_owned()),
            client_id: "7".to_owned(),
            client_secret: None,
            apple_key: None,
            scopes: Vec::new(),
            admission: Admission::Open,
            domains: Vec::new(),
            groups: Vec::new(),
            group_claim: None,
            group_map: Default::default(),
            icon: None,
            username_claim: None,
            name_claim: None,
            authorize_url: None,
            token_url: None,
            api_url: None,
            jwks_url: None,
        }
    }
}
