//! The file of providers by which people sign in with an account elsewhere.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use p256::ecdsa::SigningKey;
use serde::{Deserialize, Deserializer};
use strum::{EnumString, VariantNames};
use url::Url;

use super::error::ConfigError;
use super::file;
use super::parse::{Expected, is_loopback, path, word};
use super::secret_file::read_secret;

const SETTING: &str = "MUNJIGI_PROVIDERS";

/// What a provider speaks, beyond OpenID Connect or in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum ProviderKind {
    /// OpenID Connect, by discovery.
    Oidc,
    Google,
    /// OAuth 2.0 with an API of its own.
    #[strum(serialize = "github")]
    GitHub,
    Microsoft,
    Apple,
    Kakao,
    Naver,
}

/// Whose first sign-in makes an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Admission {
    /// Anyone's.
    Open,
    /// Those with a proved address in one of the domains.
    Domains,
    /// Members of one of the provider's groups.
    Groups,
    /// No one's; it takes over an account that the operator has made for the address.
    Invited,
    Closed,
}

/// The key that signs in place of a secret (Apple).
#[derive(Clone)]
pub struct AppleKey {
    pub team_id: String,
    pub key_id: String,
    pub key: SigningKey,
}

/// A provider as configured.
#[derive(Clone)]
pub struct ProviderConfig {
    /// In paths.
    pub name: String,
    pub kind: ProviderKind,
    /// As people know it.
    pub label: String,
    /// None only for GitHub.
    pub issuer: Option<String>,
    pub client_id: String,
    /// None for an app without one, and for Apple.
    pub client_secret: Option<String>,
    pub apple_key: Option<AppleKey>,
    /// Empty for those of its kind.
    pub scopes: Vec<String>,
    pub admission: Admission,
    /// In lower case.
    pub domains: Vec<String>,
    /// Names of groups there.
    pub groups: Vec<String>,
    pub group_claim: Option<String>,
    /// Groups here by the name of one there.
    pub group_map: BTreeMap<String, String>,
    /// One or two characters in place of the first letter of the label.
    pub icon: Option<String>,
    pub username_claim: Option<String>,
    pub name_claim: Option<String>,
    pub authorize_url: Option<String>,
    pub token_url: Option<String>,
    pub api_url: Option<String>,
    pub jwks_url: Option<String>,
}

impl ProviderConfig {
    /// Whether its groups matter, so that they must be asked for.
    pub fn wants_groups(&self) -> bool {
        !self.groups.is_empty() || !self.group_map.is_empty()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Providers {
    #[serde(default)]
    provider: Vec<Given>,
}

/// A provider as written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Given {
    name: String,
    kind: String,
    label: Option<String>,
    issuer: Option<String>,
    client_id: String,
    client_secret: Option<String>,
    client_secret_file: Option<String>,
    #[serde(deserialize_with = "words")]
    scopes: Vec<String>,
    registration: Option<String>,
    domains: Vec<String>,
    groups: Vec<String>,
    group_claim: Option<String>,
    group_map: BTreeMap<String, String>,
    icon: Option<String>,
    username_claim: Option<String>,
    name_claim: Option<String>,
    authorize_url: Option<String>,
    token_url: Option<String>,
    api_url: Option<String>,
    jwks_url: Option<String>,
    team_id: Option<String>,
    key_id: Option<String>,
    private_key_file: Option<String>,
}

/// A list, or words with spaces between them.
fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        List(Vec<String>),
        Text(String),
    }
    Ok(match Either::deserialize(deserializer)? {
        Either::List(list) => list,
        Either::Text(text) => text.split_whitespace().map(str::to_owned).collect(),
    })
}

/// Where the providers are declared.
pub(super) enum ProvidersGiven {
    File(PathBuf),
    Text(String),
}

pub(super) fn given(text: &str) -> Result<ProvidersGiven, Expected> {
    match text.contains("[[provider]]") {
        true => Ok(ProvidersGiven::Text(text.to_owned())),
        false => path(text).map(ProvidersGiven::File),
    }
}

/// Reads and checks every provider.
pub(super) fn read(given: &ProvidersGiven) -> Result<Vec<ProviderConfig>, ConfigError> {
    let given: Providers = match given {
        ProvidersGiven::File(path) => file::read(SETTING, path)?,
        ProvidersGiven::Text(text) => {
            file::parse(text).map_err(|problem| ConfigError::new(SETTING, problem))?
        }
    };
    let mut names = HashSet::new();
    let mut providers = Vec::new();
    for (number, given) in given.provider.into_iter().enumerate() {
        // A name that does not fit may be a secret in the wrong place.
        let subject = match is_name(&given.name) {
            true => format!("provider {}", given.name),
            false => format!("provider {} of the file", number + 1),
        };
        let wrong = |problem: String| ConfigError::new(SETTING, format!("{subject}: {problem}"));
        if !names.insert(given.name.clone()) {
            return Err(wrong("its name stands twice; each takes a name of its own".to_owned()));
        }
        providers.push(given.check().map_err(wrong)?);
    }
    Ok(providers)
}

fn is_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=32).contains(&name.len()) && name.bytes().all(fits) && !name.starts_with('-')
}

impl ProviderKind {
    fn label(self) -> Option<&'static str> {
        match self {
            Self::Oidc => None,
            Self::Google => Some("Google"),
            Self::GitHub => Some("GitHub"),
            Self::Microsoft => Some("Microsoft"),
            Self::Apple => Some("Apple"),
            Self::Kakao => Some("Kakao"),
            Self::Naver => Some("Naver"),
        }
    }

    /// Where it issues its tokens, unless another is set.
    fn issuer(self) -> Option<&'static str> {
        match self {
            Self::Oidc | Self::GitHub => None,
            Self::Google => Some("https://accounts.google.com"),
            Self::Microsoft => Some("https://login.microsoftonline.com/common/v2.0"),
            Self::Apple => Some("https://appleid.apple.com"),
            Self::Kakao => Some("https://kauth.kakao.com"),
            Self::Naver => Some("https://nid.naver.com"),
        }
    }
}

impl Given {
    fn check(self) -> Result<ProviderConfig, String> {
        if !is_name(&self.name) {
            return Err(
                "name: it takes up to 32 small letters, digits and hyphens, such as google".to_owned()
            );
        }
        let kind =
            word::<ProviderKind>(&self.kind).map_err(|expected| format!("kind: it takes {expected}"))?;
        if self.client_id.trim().is_empty() {
            return Err("client_id: it is missing; the provider's console shows it".to_owned());
        }
        let (admission, domains) = (self.admission()?, self.domains()?);
        let (client_secret, apple_key) = (self.secret(kind)?, self.apple_key(kind)?);
        let issuer = address("issuer", self.issuer.as_deref())?.or(kind.issuer().map(str::to_owned));
        if issuer.is_none() && kind == ProviderKind::Oidc {
            return Err(
                "issuer: it is missing; it takes an address such as https://id.example.org".to_owned()
            );
        }
        let label = self.label.clone().unwrap_or_default();
        let label = match label.trim() {
            "" => kind.label().unwrap_or(&self.name).to_owned(),
            label if label.chars().count() > 40 || label.contains(char::is_control) => {
                return Err("label: it takes a name of up to 40 characters".to_owned());
            }
            label => label.to_owned(),
        };
        let icon = self.icon.as_deref().map(str::trim).filter(|icon| !icon.is_empty()).map(str::to_owned);
        if icon.as_ref().is_some_and(|icon| icon.len() > 32 || icon.is_ascii() && icon.len() > 2) {
            return Err("icon: it takes one emoji, or one or two letters".to_owned());
        }
        Ok(ProviderConfig {
            authorize_url: address("authorize_url", self.authorize_url.as_deref())?,
            token_url: address("token_url", self.token_url.as_deref())?,
            api_url: address("api_url", self.api_url.as_deref())?,
            jwks_url: address("jwks_url", self.jwks_url.as_deref())?,
            name: self.name,
            kind,
            label,
            issuer,
            client_id: self.client_id.trim().to_owned(),
            client_secret,
            apple_key,
            scopes: self.scopes,
            admission,
            domains,
            groups: self.groups,
            group_claim: self.group_claim,
            group_map: self.group_map,
            icon,
            username_claim: self.username_claim,
            name_claim: self.name_claim,
        })
    }

    fn admission(&self) -> Result<Admission, String> {
        let admission = match (self.registration.as_deref(), self.domains.is_empty(), self.groups.is_empty())
        {
            (Some(named), ..) => {
                word::<Admission>(named).map_err(|expected| format!("registration: it takes {expected}"))?
            }
            (None, true, true) => Admission::Open,
            // Who names those who may come means that others may not.
            (None, false, true) => Admission::Domains,
            (None, true, false) => Admission::Groups,
            (None, false, false) => {
                return Err("registration: with domains and groups, it says which of them count".to_owned());
            }
        };
        match admission {
            Admission::Open if !(self.domains.is_empty() && self.groups.is_empty()) => {
                Err("registration: open is for everyone, whatever domains or groups are named".to_owned())
            }
            Admission::Domains if self.domains.is_empty() => {
                Err("domains: registration = \"domains\" needs it; it takes domains such as example.org"
                    .to_owned())
            }
            Admission::Groups if self.groups.is_empty() => {
                Err("groups: registration = \"groups\" needs it; it takes names of groups there".to_owned())
            }
            _ => Ok(admission),
        }
    }

    fn domains(&self) -> Result<Vec<String>, String> {
        let fit = |domain: &String| match url::Host::parse(domain.trim().trim_start_matches('@')) {
            Ok(url::Host::Domain(name)) if name.contains('.') => Ok(name),
            _ => Err("domains: it takes domains such as example.org".to_owned()),
        };
        self.domains.iter().map(fit).collect()
    }

    fn secret(&self, kind: ProviderKind) -> Result<Option<String>, String> {
        let file = self.client_secret_file.as_deref().map(str::trim).filter(|path| !path.is_empty());
        let text = self.client_secret.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let secret = match (text, file) {
            (Some(_), Some(_)) => {
                return Err(
                    "client_secret_file: client_secret is given as well; it takes one of the two".to_owned()
                );
            }
            (Some(text), None) => Some(text.to_owned()),
            (None, Some("-")) => return Err("client_secret_file: it takes the path of a file".to_owned()),
            (None, Some(path)) => {
                Some(read_secret(path).map_err(|problem| format!("client_secret_file: {problem}"))?)
            }
            (None, None) => None,
        };
        match (kind, &secret) {
            (ProviderKind::Apple, Some(_)) => {
                Err("client_secret: Apple has none; it takes private_key_file instead".to_owned())
            }
            (ProviderKind::Apple | ProviderKind::Oidc, _) | (_, Some(_)) => Ok(secret),
            _ => Err("client_secret: it is missing; the provider's console shows it".to_owned()),
        }
    }

    fn apple_key(&self, kind: ProviderKind) -> Result<Option<AppleKey>, String> {
        if kind != ProviderKind::Apple {
            let given = [
                ("team_id", &self.team_id),
                ("key_id", &self.key_id),
                ("private_key_file", &self.private_key_file),
            ];
            return match given.iter().find(|(_, value)| value.is_some()) {
                Some((name, _)) => Err(format!("{name}: only kind = \"apple\" takes it")),
                None => Ok(None),
            };
        }
        let needed = |name: &str, value: &Option<String>| {
            let value = value.as_deref().map(str::trim).filter(|value| !value.is_empty());
            value.map(str::to_owned).ok_or_else(|| format!("{name}: it is missing; Apple's console shows it"))
        };
        let path = needed("private_key_file", &self.private_key_file)?;
        let pem = read_secret(&path).map_err(|problem| format!("private_key_file: {problem}"))?;
        let key = p8_key(&pem).ok_or(
            "private_key_file: it takes the .p8 file of Apple's console, a private key of P-256 in PEM",
        )?;
        Ok(Some(AppleKey {
            team_id: needed("team_id", &self.team_id)?,
            key_id: needed("key_id", &self.key_id)?,
            key,
        }))
    }
}

/// An address of a server: https, or http on a loopback host. As written, because issuers are compared byte by byte.
fn address(name: &str, text: Option<&str>) -> Result<Option<String>, String> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let expected = || {
        format!("{name}: it takes an address that begins with https:// (http:// is for loopback hosts alone)")
    };
    let url = Url::parse(text).map_err(|_| expected())?;
    let is_plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    match url.scheme() {
        _ if !is_plain || url.password().is_some() => {
            Err(format!("{name}: it takes an address without user, query and fragment"))
        }
        "https" => Ok(Some(text.to_owned())),
        "http" if is_loopback(&url) => Ok(Some(text.to_owned())),
        _ => Err(expected()),
    }
}

/// The key in a PKCS #8 file: a version, then a scalar of 32 bytes (RFC 5915 §3).
fn p8_key(pem: &str) -> Option<SigningKey> {
    const BEFORE_SCALAR: [u8; 5] = [2, 1, 1, 4, 32];
    let body = pem.split("-----BEGIN PRIVATE KEY-----").nth(1)?.split("-----END").next()?;
    let body: String = body.split_whitespace().collect();
    let der = STANDARD.decode(body).ok()?;
    let place =
        der.windows(BEFORE_SCALAR.len()).position(|bytes| bytes == BEFORE_SCALAR)? + BEFORE_SCALAR.len();
    SigningKey::from_slice(der.get(place..place + 32)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Vec<ProviderConfig>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("providers.toml");
        std::fs::write(&path, text).unwrap();
        read(&given(&path.to_string_lossy()).unwrap()).map_err(|error| error.to_string())
    }

    const GOOGLE: &str =
        "[[provider]]\nname = \"google\"\nkind = \"google\"\nclient_id = \"7\"\nclient_secret = \"hush\"\n";

    #[test]
    fn a_provider_has_the_defaults_of_its_kind() {
        let [google] = &of(GOOGLE).unwrap()[..] else { panic!("one") };
        assert_eq!((google.label.as_str(), google.admission), ("Google", Admission::Open));
        assert_eq!(google.issuer.as_deref(), Some("https://accounts.google.com"));
        let two = format!("{GOOGLE}{}", GOOGLE.replace("\"google\"\nkind", "\"work\"\nkind"));
        assert_eq!(of(&two).unwrap().len(), 2);
        let text = format!("{GOOGLE}scopes = \"openid email\"\ngroup_map = {{ a = \"b\" }}\n");
        let [google] = &of(&text).unwrap()[..] else { panic!("one") };
        assert_eq!(google.scopes, ["openid", "email"]);
        assert!(google.wants_groups());
        for (line, admission) in [
            ("domains = [\"example.org\"]", Admission::Domains),
            ("groups = [\"ops\"]", Admission::Groups),
            ("registration = \"invited\"\ngroups = [\"ops\"]", Admission::Invited),
        ] {
            assert_eq!(of(&format!("{GOOGLE}{line}\n")).unwrap()[0].admission, admission, "{line}");
        }
        assert!(of("").unwrap().is_empty());
        assert_eq!(read(&given(GOOGLE).unwrap()).ok().unwrap().len(), 1, "the text itself");
    }

    #[test]
    fn what_is_wrong_is_said_in_one_sentence_that_names_the_provider_and_repeats_no_secret() {
        let with = |line: &str| format!("{GOOGLE}{line}\n");
        let oidc = "[[provider]]\nname = \"id\"\nkind = \"oidc\"\nclient_id = \"7\"\n";
        for (text, problem) in [
            (
                GOOGLE.replace("\"google\"\nkind", "\"Hush hush\"\nkind"),
                "provider 1 of the file: name: it takes",
            ),
            (
                GOOGLE.replace("kind = \"google\"", "kind = \"hush\""),
                "provider google: kind: it takes oidc, google, github",
            ),
            (GOOGLE.replace("client_secret = \"hush\"", ""), "provider google: client_secret: it is missing"),
            (GOOGLE.replace("client_id = \"7\"", ""), "provider google: client_id: it is missing"),
            (format!("{GOOGLE}{GOOGLE}"), "provider google: its name stands twice"),
            (
                with("registration = \"hush\""),
                "registration: it takes open, domains, groups, invited or closed",
            ),
            (with("registration = \"domains\""), "domains: registration"),
            (with("registration = \"groups\""), "groups: registration"),
            (with("domains = [\"hush\"]"), "domains: it takes"),
            (
                with("domains = [\"example.org\"]\ngroups = [\"ops\"]"),
                "registration: with domains and groups",
            ),
            (
                with("registration = \"open\"\ndomains = [\"example.org\"]"),
                "registration: open is for everyone",
            ),
            (
                with("issuer = \"http://id.example.org\""),
                "issuer: it takes an address that begins with https://",
            ),
            (
                with("token_url = \"https://x:hush@example.org\""),
                "token_url: it takes an address without user",
            ),
            (with("client_secret_file = \"/hush\""), "client_secret_file: client_secret is given as well"),
            (with("team_id = \"hush\""), "team_id: only kind = \"apple\" takes it"),
            (with("hushhush = 1"), "line 6: there is no setting hushhush"),
            (with("client_secret = hush"), "line 6:"),
            (oidc.to_owned(), "provider id: issuer: it is missing"),
            (
                format!("{oidc}issuer = \"https://id.example.org?x\""),
                "issuer: it takes an address without user",
            ),
            (
                format!("{oidc}issuer = \"https://id.example.org\"\nclient_secret_file = \"/nowhere\""),
                "client_secret_file: the file that it names cannot be read",
            ),
            (oidc.replace("oidc", "apple"), "provider id: private_key_file: it is missing"),
        ] {
            let error = of(&text).err().unwrap_or_else(|| panic!("{text} is accepted"));
            assert!(error.starts_with("MUNJIGI_PROVIDERS: ") && error.contains(problem), "{error}");
            assert!(!error.contains("hush") || problem.contains("hush"), "{error}");
        }
        let loopback = format!("{oidc}issuer = \"http://127.0.0.1:9000\"");
        assert_eq!(of(&loopback).unwrap()[0].client_secret, None);
    }
}
