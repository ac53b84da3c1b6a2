//! What a provider says of itself: discovery, or the addresses that the operator has set.

use serde_json::Value;
use url::Url;

use crate::config::{ProviderConfig, ProviderKind, is_loopback};
use crate::platform::outgoing::{ClientRequest, HttpClient, Reach};

use super::requests::json;

/// Stands for the tenant in the issuer that Microsoft publishes for all of them.
pub const TENANT: &str = "{tenantid}";

/// How the token endpoint gets the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenAuth {
    Basic,
    Post,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    pub url: String,
    pub reach: Reach,
}

#[derive(Clone, Debug)]
pub struct Metadata {
    /// As tokens name it; for Microsoft it may stand for many.
    pub issuer: String,
    pub authorize: String,
    pub token: Endpoint,
    /// None for a provider without ID tokens.
    pub jwks: Option<Endpoint>,
    pub userinfo: Option<Endpoint>,
    /// Whether each answer names the issuer (RFC 9207 §3).
    pub names_issuer: bool,
    pub token_auth: TokenAuth,
}

impl Metadata {
    /// # Errors
    /// A clause that says what is wrong, without secrets.
    pub async fn fetch(config: &ProviderConfig, http: &HttpClient) -> Result<Self, String> {
        if let Some(fixed) = Self::fixed(config) {
            return Ok(fixed);
        }
        let issuer = config.issuer.as_deref().ok_or("it has no issuer")?;
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let document = json(http, ClientRequest::get(&address, Reach::Named)).await;
        let document = document.map_err(|problem| format!("discovery at {address}: {problem}"))?;
        Self::read(config, issuer, &document).map_err(|problem| format!("discovery at {address}: {problem}"))
    }

    /// Of a provider that needs no discovery.
    fn fixed(config: &ProviderConfig) -> Option<Self> {
        let named = |url: &str| Endpoint { url: url.to_owned(), reach: Reach::Named };
        let is_github = config.kind == ProviderKind::GitHub;
        let authorize = match &config.authorize_url {
            Some(url) => url.clone(),
            None if is_github => "https://github.com/login/oauth/authorize".to_owned(),
            None => return None,
        };
        let token = match &config.token_url {
            Some(url) => named(url),
            None if is_github => named("https://github.com/login/oauth/access_token"),
            None => return None,
        };
        let jwks = config.jwks_url.as_deref().map(named);
        if jwks.is_none() && !is_github {
            return None;
        }
        let origin =
            || Url::parse(&authorize).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
        let issuer = config.issuer.clone().unwrap_or_else(origin);
        Some(Self {
            issuer,
            token,
            jwks: if is_github { None } else { jwks },
            userinfo: config.api_url.as_deref().filter(|_| config.kind == ProviderKind::Oidc).map(named),
            names_issuer: false,
            token_auth: if config.kind == ProviderKind::Oidc { TokenAuth::Basic } else { TokenAuth::Post },
            authorize,
        })
    }

    fn read(config: &ProviderConfig, issuer: &str, document: &Value) -> Result<Self, String> {
        let text = |name: &str| document.get(name).and_then(Value::as_str);
        let found = text("issuer").ok_or("it names no issuer")?;
        if !is_issuer(config.kind, issuer, found) {
            return Err(format!("its issuer is {found:?}, which is not {issuer:?}"));
        }
        let base = Url::parse(issuer).map_err(|_| "the issuer is no address")?;
        let endpoint = |name: &str, set: &Option<String>| match (set, text(name)) {
            (Some(url), _) => Ok(Some(Endpoint { url: url.clone(), reach: Reach::Named })),
            (None, Some(url)) => discovered(name, url, &base).map(Some),
            (None, None) => Ok(None),
        };
        let needed = |name: &str, found: Option<Endpoint>| found.ok_or(format!("{name} is missing"));
        let methods = document.get("token_endpoint_auth_methods_supported").and_then(Value::as_array);
        let offers = |method: &str| methods.is_some_and(|all| all.iter().any(|each| each == method));
        let by_post = match config.kind {
            // Each of them documents the form.
            ProviderKind::Oidc => offers("client_secret_post") && !offers("client_secret_basic"),
            _ => true,
        };
        let flag = |name: &str| document.get(name).and_then(Value::as_bool).unwrap_or_default();
        Ok(Self {
            issuer: found.to_owned(),
            authorize: needed(
                "authorization_endpoint",
                endpoint("authorization_endpoint", &config.authorize_url)?,
            )?
            .url,
            token: needed("token_endpoint", endpoint("token_endpoint", &config.token_url)?)?,
            jwks: Some(needed("jwks_uri", endpoint("jwks_uri", &config.jwks_url)?)?),
            userinfo: endpoint("userinfo_endpoint", &config.api_url)?,
            names_issuer: flag("authorization_response_iss_parameter_supported"),
            token_auth: if by_post { TokenAuth::Post } else { TokenAuth::Basic },
        })
    }

    /// Whether the issuer stands for those of many tenants.
    pub fn has_tenants(&self) -> bool {
        self.issuer.contains(TENANT)
    }
}

/// Whether the issuer that discovery names is the one that was asked (OpenID Connect Discovery 1.0 §4.3). Microsoft answers
/// for a domain, or for all tenants, with an issuer that names the tenant by its id.
fn is_issuer(kind: ProviderKind, asked: &str, found: &str) -> bool {
    let origin = |text: &str| Url::parse(text).ok().map(|url| url.origin());
    match kind {
        ProviderKind::Microsoft => origin(asked) == origin(found) && found.ends_with("/v2.0"),
        _ => asked == found,
    }
}

/// An address that the provider names. It may not lead into the operator's network, unless the provider is there itself.
fn discovered(name: &str, text: &str, issuer: &Url) -> Result<Endpoint, String> {
    let url = Url::parse(text).map_err(|_| format!("{name} is no address"))?;
    let is_safe = url.scheme() == "https"
        || url.scheme() == "http" && issuer.scheme() == "http" && is_loopback(&url) && is_loopback(issuer);
    if !is_safe || !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(format!("{name} is not an https:// address"));
    }
    let reach = if url.host() == issuer.host() { Reach::Named } else { Reach::Public };
    Ok(Endpoint { url: text.to_owned(), reach })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn config(kind: ProviderKind, issuer: &str) -> ProviderConfig {
        super::super::provider::tests::config(kind, issuer)
    }

    fn document(issuer: &str) -> Value {
        json!({
            "issuer": issuer,
            "authorization_endpoint": "https://id.example.org/authorize",
            "token_endpoint": "https://id.example.org/token",
            "jwks_uri": "https://keys.example.org/jwks",
        })
    }

    #[test]
    fn discovery_must_name_the_issuer_that_was_asked_and_addresses_that_may_be_asked() {
        let issuer = "https://id.example.org";
        let oidc = config(ProviderKind::Oidc, issuer);
        let read = Metadata::read(&oidc, issuer, &document(issuer)).unwrap();
        assert_eq!((read.token.reach, read.jwks.unwrap().reach), (Reach::Named, Reach::Public));
        assert_eq!(read.token_auth, TokenAuth::Basic);
        for other in ["https://id.example.org/", "https://evil.example", "http://id.example.org"] {
            assert!(Metadata::read(&oidc, issuer, &document(other)).is_err(), "{other}");
        }
        for (name, value) in [
            ("token_endpoint", "http://id.example.org/token"),
            ("token_endpoint", "http://127.0.0.1/token"),
            ("jwks_uri", "file:///etc/passwd"),
            ("authorization_endpoint", "javascript:alert(1)"),
            ("authorization_endpoint", "data:text/html,x"),
            ("token_endpoint", "https://user:password@id.example.org/token"),
            ("token_endpoint", "nothing"),
        ] {
            let mut document = document(issuer);
            document[name] = json!(value);
            assert!(Metadata::read(&oidc, issuer, &document).is_err(), "{value}");
        }
        let mut without = document(issuer);
        without.as_object_mut().unwrap().remove("jwks_uri");
        assert!(Metadata::read(&oidc, issuer, &without).is_err());
    }

    #[test]
    fn microsoft_names_its_tenants_by_their_ids() {
        let asked = "https://login.microsoftonline.com/common/v2.0";
        let microsoft = config(ProviderKind::Microsoft, asked);
        let all = "https://login.microsoftonline.com/{tenantid}/v2.0";
        assert!(Metadata::read(&microsoft, asked, &document(all)).unwrap().has_tenants());
        for other in ["https://evil.example/{tenantid}/v2.0", "https://login.microsoftonline.com/x"] {
            assert!(Metadata::read(&microsoft, asked, &document(other)).is_err(), "{other}");
        }
    }
}
