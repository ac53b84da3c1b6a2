//! An app as it is typed in, and why it is rejected.

use std::collections::BTreeSet;

use url::{Host, Url};

use crate::identity::accounts::name::visible_name;
use crate::identity::invalid::{Checks, Invalid, NameProblem};
use crate::platform::jws::{Jwks, MOST_KEYS};

use super::logo::Logo;
use super::preset::Preset;
use super::redirect_uri::{RedirectUri, RedirectUriProblem, is_loopback};
use super::registration::{
    AuthMethod, GrantType, Level, Registration, SigningAlg, SubjectType, TokenLifetimes,
};

/// Addresses, scopes and resources of an app, each.
const MOST: usize = 50;
/// Bytes of a JWK Set.
const LONGEST_JWKS: usize = 20_000;

/// Why an app was rejected, by field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientProblem {
    #[error("give it a name")]
    EmptyName,
    #[error("use at most 60 characters")]
    LongName,
    #[error("use letters that can be seen, on one line")]
    OddName,
    #[error("{1}: {0}")]
    RedirectUri(RedirectUriProblem, String),
    #[error("give at least one, or the app's address; only apps without people need none")]
    NoRedirectUri,
    #[error("at most {MOST}")]
    TooMany,
    #[error("{0:?} is not a scope: use printable ASCII characters without spaces, quotes and backslashes")]
    Scope(String),
    #[error("{0:?} is not an absolute http or https address without a fragment")]
    Address(String),
    #[error("http:// is accepted for localhost, 127.0.0.1 and [::1] only; use https://")]
    PlainHttp,
    #[error("link-local addresses are never called")]
    LinkLocal,
    #[error("{0:?} is this server itself")]
    OwnResource(String),
    #[error("an app that authenticates by private_key_jwt needs its public keys (a JWK Set)")]
    NoJwks,
    #[error("this is not a JWK Set of public keys with at least one that is RSA, P-256 or Ed25519")]
    Jwks,
    #[error("an app without a secret cannot use client_credentials")]
    PublicCredentials,
    #[error("a lifetime is from 1m to 24h, that of a refresh token to 90d")]
    Lifetime,
    #[error("a pairwise app has addresses of one host only; these are of {0}")]
    ManyHosts(String),
    #[error("refresh tokens come with authorization_code or device_code")]
    RefreshAlone,
}

/// What is typed in; empty lists mean the defaults.
#[derive(Clone, Debug, Default)]
pub struct ClientInput {
    pub name: String,
    pub preset: Preset,
    /// Where people open the app. What the preset derives from it is used where nothing else is given.
    pub address: String,
    /// Whether an address that is not given is left out, instead of derived.
    pub exact: bool,
    pub redirect_uris: Vec<String>,
    pub auth_method: Option<AuthMethod>,
    pub grants: Vec<GrantType>,
    pub scopes: Vec<String>,
    pub level: Level,
    pub first_party: bool,
    pub post_logout_redirect_uris: Vec<String>,
    pub backchannel_logout_uri: Option<String>,
    /// The text of a JWK Set.
    pub jwks: Option<String>,
    /// Or where it is fetched from.
    pub jwks_uri: Option<String>,
    pub id_token_alg: SigningAlg,
    pub subject_type: SubjectType,
    pub lifetimes: TokenLifetimes,
    pub resources: Vec<String>,
}

/// A validated app.
#[derive(Clone, Debug)]
pub struct NewClient {
    pub name: String,
    pub registration: Registration,
    /// Its logo, if it gets a new one.
    pub logo: Option<Logo>,
}

impl NewClient {
    /// Checks every field, and fills in what is left out.
    ///
    /// # Errors
    /// Every problem, with the field's name as in RFC 7591.
    pub fn parse(mut input: ClientInput, issuer: Option<&Url>) -> Result<Self, Invalid<ClientProblem>> {
        let mut checks = Checks::<ClientProblem>::default();
        fill_in(&mut checks, &mut input);
        let name = checks.check("name", self::name(&input.name)).unwrap_or_default();
        let is_named = !input.redirect_uris.is_empty();
        let registration = Registration {
            redirect_uris: redirect_uris(&mut checks, "redirect_uris", &input.redirect_uris),
            post_logout_redirect_uris: redirect_uris(
                &mut checks,
                "post_logout_redirect_uris",
                &input.post_logout_redirect_uris,
            ),
            auth_method: input.auth_method.unwrap_or_else(|| input.preset.auth_method()),
            grants: grants(&input.grants),
            scopes: scopes(&mut checks, &input.scopes, input.preset),
            level: input.level,
            first_party: input.first_party,
            backchannel_logout_uri: input
                .backchannel_logout_uri
                .filter(|typed| !typed.is_empty())
                .and_then(|typed| checks.check("backchannel_logout_uri", called(&typed))),
            jwks: input.jwks.and_then(|text| checks.check("jwks", jwks(&text))),
            jwks_uri: input.jwks_uri.and_then(|typed| checks.check("jwks", called(&typed))),
            id_token_alg: input.id_token_alg,
            subject_type: input.subject_type,
            lifetimes: lifetimes(&mut checks, input.lifetimes),
            resources: resources(&mut checks, &input.resources, issuer),
            preset: input.preset.name().to_owned(),
        };
        consistent(&mut checks, &registration, is_named);
        checks.finish(Self { name, registration, logo: None })
    }
}

/// What the preset derives from the app's address, or from the redirect URI that is given instead.
fn fill_in(checks: &mut Checks<ClientProblem>, input: &mut ClientInput) {
    let given = std::mem::take(&mut input.address);
    let address = match given.trim() {
        "" => {
            let uris: Vec<_> = input.redirect_uris.iter().flat_map(|uri| RedirectUri::parse(uri)).collect();
            input.preset.base_of(&uris)
        }
        typed => checks.check("address", app_address(typed)),
    };
    let Some(address) = address.filter(|_| !input.exact) else { return };
    let known = input.preset.addresses(&address);
    if input.redirect_uris.is_empty() {
        input.redirect_uris = known.redirect_uris;
    }
    if input.post_logout_redirect_uris.is_empty() {
        input.post_logout_redirect_uris = known.post_logout_redirect_uris;
    }
    if input.resources.is_empty() {
        input.resources = known.resources;
    }
    input.backchannel_logout_uri = input.backchannel_logout_uri.take().or(known.backchannel_logout_uri);
}

/// Where people open an app: the beginning of its other addresses.
fn app_address(typed: &str) -> Result<Url, ClientProblem> {
    let url = web_address(typed).filter(|url| url.query().is_none());
    let url = url.ok_or_else(|| ClientProblem::Address(typed.to_owned()))?;
    if url.scheme() == "http" && !is_loopback(&url) { Err(ClientProblem::PlainHttp) } else { Ok(url) }
}

/// Fields that only make sense together. `is_named` is whether a redirect URI was given, right or wrong.
fn consistent(checks: &mut Checks<ClientProblem>, registration: &Registration, is_named: bool) {
    let Registration { auth_method, jwks, jwks_uri, .. } = registration;
    if registration.allows(GrantType::AuthorizationCode) && !is_named {
        checks.add("redirect_uris", ClientProblem::NoRedirectUri);
    }
    if *auth_method == AuthMethod::PrivateKeyJwt && jwks.is_none() && jwks_uri.is_none() {
        checks.add("jwks", ClientProblem::NoJwks);
    }
    if *auth_method == AuthMethod::None && registration.allows(GrantType::ClientCredentials) {
        checks.add("grants", ClientProblem::PublicCredentials);
    }
    // Their common host is the sector (OpenID Connect Core 1.0 §8.1).
    let hosts = registration.hosts();
    if registration.subject_type == SubjectType::Pairwise && hosts.len() > 1 {
        let listed = hosts.into_iter().collect::<Vec<_>>().join(" and ");
        checks.add("redirect_uris", ClientProblem::ManyHosts(listed));
    }
    if registration.allows(GrantType::RefreshToken) && !registration.has_people() {
        checks.add("grants", ClientProblem::RefreshAlone);
    }
}

fn name(typed: &str) -> Result<String, ClientProblem> {
    visible_name(typed).map_err(|problem| match problem {
        NameProblem::Empty => ClientProblem::EmptyName,
        NameProblem::TooLong => ClientProblem::LongName,
        _ => ClientProblem::OddName,
    })
}

fn redirect_uris(
    checks: &mut Checks<ClientProblem>,
    field: &'static str,
    typed: &[String],
) -> Vec<RedirectUri> {
    if typed.len() > MOST {
        checks.add(field, ClientProblem::TooMany);
        return Vec::new();
    }
    let mut uris = Vec::new();
    for text in typed {
        match RedirectUri::parse(text) {
            Ok(uri) if uris.contains(&uri) => {}
            Ok(uri) => uris.push(uri),
            Err(problem) => checks.add(field, ClientProblem::RedirectUri(problem, text.clone())),
        }
    }
    uris
}

fn grants(asked: &[GrantType]) -> BTreeSet<GrantType> {
    match asked {
        [] => BTreeSet::from([GrantType::AuthorizationCode, GrantType::RefreshToken]),
        some => some.iter().copied().collect(),
    }
}

fn scopes(checks: &mut Checks<ClientProblem>, asked: &[String], preset: Preset) -> BTreeSet<String> {
    if asked.is_empty() {
        return preset.scopes().iter().map(|&scope| scope.to_owned()).collect();
    }
    if asked.len() > MOST {
        checks.add("scope", ClientProblem::TooMany);
    }
    // RFC 6749 §3.3.
    let is_scope = |scope: &str| {
        !scope.is_empty()
            && scope.len() <= 100
            && scope.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"\\".contains(&byte))
    };
    for scope in asked.iter().filter(|scope| !is_scope(scope)) {
        checks.add("scope", ClientProblem::Scope(scope.clone()));
    }
    asked.iter().cloned().collect()
}

/// An absolute http or https address without a fragment.
fn web_address(typed: &str) -> Option<Url> {
    let url = Url::parse(typed).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && typed.contains("://");
    (is_web && url.fragment().is_none() && url.username().is_empty() && typed.len() <= 2_000).then_some(url)
}

/// An app's keys as typed: the address that they are fetched from or, second, the JWK Set or its file.
pub fn address_or_set(typed: Option<String>) -> (Option<String>, Option<String>) {
    let has_scheme = |text: &str| {
        let scheme = text.split_once("://").map(|(scheme, _)| scheme);
        scheme.is_some_and(|scheme| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    };
    match typed {
        Some(text) if has_scheme(&text) => (Some(text), None),
        other => (None, other),
    }
}

/// An address of the app that this server calls: apps live on private networks too, but nothing of use lives at link-local
/// addresses, and the metadata of clouds does.
fn called(typed: &str) -> Result<String, ClientProblem> {
    let url = web_address(typed).ok_or_else(|| ClientProblem::Address(typed.to_owned()))?;
    match url.host() {
        Some(Host::Ipv4(address)) if address.is_link_local() => Err(ClientProblem::LinkLocal),
        Some(Host::Ipv6(address)) if address.is_unicast_link_local() => Err(ClientProblem::LinkLocal),
        _ if url.scheme() == "http" && !is_loopback(&url) => Err(ClientProblem::PlainHttp),
        _ => Ok(url.into()),
    }
}

/// A verified token must not outlive its key, which is published for a day after it was replaced.
fn lifetimes(checks: &mut Checks<ClientProblem>, asked: TokenLifetimes) -> TokenLifetimes {
    const DAY: i64 = 24 * 3600;
    for (field, seconds, longest) in [
        ("access_token_lifetime", asked.access, DAY),
        ("id_token_lifetime", asked.id, DAY),
        ("refresh_token_lifetime", asked.refresh, 90 * DAY),
    ] {
        if seconds.is_some_and(|seconds| !(60..=longest).contains(&seconds)) {
            checks.add(field, ClientProblem::Lifetime);
        }
    }
    asked
}

fn jwks(text: &str) -> Result<serde_json::Value, ClientProblem> {
    if text.len() > LONGEST_JWKS {
        return Err(ClientProblem::Jwks);
    }
    let set: serde_json::Value = serde_json::from_str(text).map_err(|_| ClientProblem::Jwks)?;
    let keys = set["keys"].as_array().ok_or(ClientProblem::Jwks)?;
    let is_public = |key: &serde_json::Value| {
        matches!(key["kty"].as_str(), Some("RSA" | "EC" | "OKP"))
            && key.get("d").is_none()
            && key.get("k").is_none()
    };
    if keys.is_empty()
        || keys.len() > MOST_KEYS
        || !keys.iter().all(is_public)
        || Jwks::parse(&set).is_none_or(|keys| keys.is_empty())
    {
        Err(ClientProblem::Jwks)
    } else {
        Ok(set)
    }
}

fn resources(checks: &mut Checks<ClientProblem>, asked: &[String], issuer: Option<&Url>) -> BTreeSet<String> {
    for text in asked {
        match web_address(text) {
            None => checks.add("resources", ClientProblem::Address(text.clone())),
            Some(url) if issuer.is_some_and(|issuer| issuer.origin() == url.origin()) => {
                checks.add("resources", ClientProblem::OwnResource(text.clone()));
            }
            Some(_) => {}
        }
    }
    asked.iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input() -> ClientInput {
        ClientInput {
            name: "Grafana".to_owned(),
            redirect_uris: vec!["https://grafana.example.org/login/generic_oauth".to_owned()],
            ..ClientInput::default()
        }
    }

    fn problems(input: ClientInput) -> Vec<(&'static str, ClientProblem)> {
        let issuer = Url::parse("https://login.example.org/").unwrap();
        NewClient::parse(input, Some(&issuer)).err().map(|invalid| invalid.0).unwrap_or_default()
    }

    #[test]
    fn what_is_left_out_has_defaults_that_most_apps_need() {
        let new = NewClient::parse(input(), None).unwrap();
        let Registration { auth_method, grants, scopes, level, id_token_alg, .. } = new.registration;
        assert_eq!(
            (auth_method, level, id_token_alg),
            (AuthMethod::ClientSecretBasic, Level::OneFactor, SigningAlg::Rs256)
        );
        assert_eq!(grants, BTreeSet::from([GrantType::AuthorizationCode, GrantType::RefreshToken]));
        assert_eq!(
            scopes,
            super::super::preset::STANDARD_SCOPES.iter().map(|&scope| scope.to_owned()).collect()
        );
    }

    #[test]
    fn a_preset_fills_in_what_follows_from_the_address_of_the_app() {
        let address = "https://cloud.example.org".to_owned();
        let by_address = ClientInput {
            name: "Cloud".to_owned(),
            preset: Preset::Nextcloud,
            address,
            ..ClientInput::default()
        };
        let new = NewClient::parse(by_address, None).unwrap().registration;
        let uris: Vec<&str> = new.redirect_uris.iter().map(RedirectUri::as_str).collect();
        assert_eq!(uris[0], "https://cloud.example.org/apps/user_oidc/code");
        let logout = "https://cloud.example.org/apps/user_oidc/backchannel-logout/munjigi";
        assert_eq!(new.backchannel_logout_uri.as_deref(), Some(logout));
        assert!(!new.scopes.contains("offline_access"));
        let by_uri = ClientInput {
            preset: Preset::Nextcloud,
            redirect_uris: vec!["https://cloud.example.org/apps/user_oidc/code".to_owned()],
            backchannel_logout_uri: Some("https://10.0.0.7/logout".to_owned()),
            ..input()
        };
        let new = NewClient::parse(by_uri, None).unwrap().registration;
        assert_eq!(new.redirect_uris.len(), 1, "what is given counts");
        assert_eq!(new.backchannel_logout_uri.as_deref(), Some("https://10.0.0.7/logout"));
        assert_eq!(new.post_logout_redirect_uris[0].as_str(), "https://cloud.example.org/");
        for (typed, problem) in [
            ("http://cloud.example.org", ClientProblem::PlainHttp),
            ("cloud.example.org", ClientProblem::Address("cloud.example.org".to_owned())),
            ("https://a.example.org/?x=1", ClientProblem::Address("https://a.example.org/?x=1".to_owned())),
        ] {
            let input = ClientInput { preset: Preset::Grafana, address: typed.to_owned(), ..input() };
            assert_eq!(problems(input), [("address", problem)], "{typed}");
        }
    }

    #[test]
    fn a_program_without_people_needs_no_redirect_uri() {
        let grants = vec![GrantType::ClientCredentials];
        assert!(problems(ClientInput { redirect_uris: vec![], grants, ..input() }).is_empty());
        let none = ClientInput { redirect_uris: vec![], ..input() };
        assert_eq!(problems(none), [("redirect_uris", ClientProblem::NoRedirectUri)]);
    }

    #[test]
    fn what_makes_no_sense_together_is_rejected() {
        let public = ClientInput {
            auth_method: Some(AuthMethod::None),
            grants: vec![GrantType::ClientCredentials],
            ..input()
        };
        assert_eq!(problems(public), [("grants", ClientProblem::PublicCredentials)]);
        let keyless = ClientInput { auth_method: Some(AuthMethod::PrivateKeyJwt), ..input() };
        assert_eq!(problems(keyless), [("jwks", ClientProblem::NoJwks)]);
        let refresh = ClientInput { grants: vec![GrantType::RefreshToken], ..input() };
        assert_eq!(problems(refresh), [("grants", ClientProblem::RefreshAlone)]);
    }

    #[test]
    fn a_pairwise_app_has_one_host_besides_those_of_its_users() {
        let at = |uris: &[&str]| ClientInput {
            redirect_uris: uris.iter().map(|&uri| uri.to_owned()).collect(),
            subject_type: SubjectType::Pairwise,
            ..input()
        };
        assert!(
            problems(at(&["https://a.example.org/cb", "http://localhost/cb", "com.example.app:/cb"]))
                .is_empty()
        );
        let two = at(&["https://b.example.org/cb", "https://a.example.org/cb"]);
        let listed = "a.example.org and b.example.org".to_owned();
        assert_eq!(problems(two), [("redirect_uris", ClientProblem::ManyHosts(listed))]);
    }

    #[test]
    fn addresses_that_would_leak_or_reach_too_far_are_rejected() {
        for (uri, problem) in [
            ("http://169.254.169.254/latest", ClientProblem::LinkLocal),
            ("https://[fe80::1]/logout", ClientProblem::LinkLocal),
            ("http://app.example.org/logout", ClientProblem::PlainHttp),
            ("ftp://app.example.org/", ClientProblem::Address("ftp://app.example.org/".to_owned())),
        ] {
            let input = ClientInput { backchannel_logout_uri: Some(uri.to_owned()), ..input() };
            assert_eq!(problems(input), [("backchannel_logout_uri", problem)], "{uri}");
        }
        let own = "https://login.example.org/api".to_owned();
        let input = ClientInput { resources: vec![own.clone()], ..input() };
        assert_eq!(problems(input), [("resources", ClientProblem::OwnResource(own))]);
    }

    #[test]
    fn tokens_live_for_a_minute_to_a_day() {
        let of = |access, id, refresh| ClientInput {
            lifetimes: TokenLifetimes { access, id, refresh },
            ..input()
        };
        assert!(problems(of(Some(60), Some(86_400), Some(90 * 86_400))).is_empty());
        for (input, field) in [
            (of(Some(59), None, None), "access_token_lifetime"),
            (of(None, Some(86_401), None), "id_token_lifetime"),
            (of(None, None, Some(90 * 86_400 + 1)), "refresh_token_lifetime"),
            (of(None, None, Some(-1)), "refresh_token_lifetime"),
        ] {
            assert_eq!(problems(input), [(field, ClientProblem::Lifetime)]);
        }
    }

    #[test]
    fn keys_with_a_scheme_are_an_address() {
        for address in ["https://a.example.org/jwks", "http://localhost/", "ftp://a.example.org/"] {
            assert_eq!(address_or_set(Some(address.to_owned())), (Some(address.to_owned()), None));
        }
        for set in ["jwks.json", "/etc/keys/jwks.json", r#"{"keys":[],"x5u":"https://a.example.org/"}"#] {
            assert_eq!(address_or_set(Some(set.to_owned())), (None, Some(set.to_owned())));
        }
        assert_eq!(address_or_set(None), (None, None));
    }

    #[test]
    fn a_private_or_shared_key_is_no_public_key_set() {
        let keyed = |jwks: &str| ClientInput { jwks: Some(jwks.to_owned()), ..input() };
        assert!(problems(keyed(r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#)).is_empty());
        for bad in [
            "",
            "{}",
            r#"{"keys":[]}"#,
            r#"{"keys":[{"kty":"EC","crv":"P-256","x":"a","y":"b"}]}"#,
            r#"{"keys":[{"kty":"oct","k":"AAAA"}]}"#,
            r#"{"keys":[{"kty":"EC","d":"secret"}]}"#,
        ] {
            assert_eq!(problems(keyed(bad)), [("jwks", ClientProblem::Jwks)], "{bad}");
        }
    }
}
