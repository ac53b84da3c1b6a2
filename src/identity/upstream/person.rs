//! Who a provider says is there.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::config::{ProviderConfig, ProviderKind};
use crate::identity::accounts::NewIdentity;
use crate::identity::accounts::name::{DISPLAY_NAME_MAX, Email, Username, display_name};
use crate::identity::sessions::{ProviderMethods, UpstreamSession};
use crate::platform::clock::Timestamp;

use super::id_token::Subject;

/// Groups of a person that are read.
const MOST_GROUPS: usize = 500;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Person {
    pub provider: String,
    pub issuer: String,
    pub subject: String,
    pub email: Option<String>,
    /// Whether the provider vouches that the address is theirs.
    pub email_verified: bool,
    /// As the provider names them.
    pub username: Option<String>,
    pub name: Option<String>,
    pub groups: Vec<String>,
    /// Google's domain of an organisation.
    pub hosted_domain: Option<String>,
    pub sid: Option<String>,
    pub auth_time: Option<Timestamp>,
    /// How they have authenticated there, if the provider says.
    #[serde(default)]
    pub amr: ProviderMethods,
    /// The number of the provider's last sign-out when it was asked who is there.
    #[serde(default)]
    pub ends_seen: i64,
}

impl Person {
    /// Reads the claims of an ID token and of the user information.
    pub(super) fn read(config: &ProviderConfig, who: Subject, claims: &Value, apple_user: &str) -> Self {
        let text = |name: &str| text_of(claims, name);
        let email = text("email").filter(|email| email.len() <= 320);
        let username = match &config.username_claim {
            Some(claim) => text(claim),
            None => text("preferred_username").or_else(|| text("nickname")),
        };
        let name = match &config.name_claim {
            Some(claim) => text(claim),
            None => text("name").or_else(|| name_from_apple(apple_user)),
        };
        Self {
            provider: config.name.clone(),
            issuer: who.issuer,
            subject: who.subject,
            email_verified: email.is_some() && is_verified(config.kind, claims),
            email,
            username,
            name,
            groups: groups_of(claims, config.group_claim.as_deref().unwrap_or("groups")),
            hosted_domain: text("hd"),
            sid: text("sid"),
            auth_time: claims.get("auth_time").and_then(Value::as_f64).map(|at| at as Timestamp),
            amr: claims.get("amr").map(ProviderMethods::read).unwrap_or_default(),
            ends_seen: 0,
        }
    }

    /// The address, if the provider vouches for it.
    pub fn proved_email(&self) -> Option<Email> {
        Email::parse(self.email.as_deref().filter(|_| self.email_verified)?).ok()
    }

    /// Usernames that would fit, the best one first.
    pub fn usernames(&self) -> Vec<Username> {
        let local = self.email.as_deref().and_then(|email| email.split('@').next());
        let candidates = self.username.as_deref().into_iter().chain(local).chain(self.name.as_deref());
        candidates.filter_map(|name| Username::parse(&fitting(name)).ok()).collect()
    }

    /// The name to show, if it fits.
    pub fn display_name(&self) -> String {
        let name: String = self.name.as_deref().unwrap_or_default().chars().take(DISPLAY_NAME_MAX).collect();
        display_name(&name).unwrap_or_default()
    }

    /// How its owner recognises the account.
    pub fn label(&self) -> String {
        let known =
            [&self.email, &self.username, &self.name].into_iter().flatten().find(|text| !text.is_empty());
        known.unwrap_or(&self.subject).chars().filter(|c| !c.is_control()).take(100).collect()
    }

    pub fn identity(&self) -> NewIdentity {
        NewIdentity {
            provider: self.provider.clone(),
            issuer: self.issuer.clone(),
            subject: self.subject.clone(),
            label: self.label(),
        }
    }

    pub fn session(&self) -> UpstreamSession {
        UpstreamSession {
            provider: self.provider.clone(),
            issuer: self.issuer.clone(),
            subject: self.subject.clone(),
            sid: self.sid.clone(),
            auth_time: self.auth_time,
            amr: self.amr,
            ends_seen: self.ends_seen,
        }
    }
}

pub(super) fn text_of(claims: &Value, name: &str) -> Option<String> {
    let text = claims.get(name)?.as_str()?.trim();
    (!text.is_empty() && text.len() <= 1000).then(|| text.to_owned())
}

/// Whether the provider vouches for the address. Only Apple documents the claim as a text.
fn is_verified(kind: ProviderKind, claims: &Value) -> bool {
    let is_true = |name: &str| claims.get(name).and_then(Value::as_bool) == Some(true);
    match kind {
        ProviderKind::Oidc | ProviderKind::Google | ProviderKind::Kakao => is_true("email_verified"),
        ProviderKind::Apple => {
            is_true("email_verified") || claims.get("email_verified").is_some_and(|text| text == "true")
        }
        // Anyone may write any address into a tenant of their own; this says that the tenant owns its domain.
        ProviderKind::Microsoft => {
            is_true("xms_edov") || claims.get("xms_edov").is_some_and(|number| number == 1)
        }
        ProviderKind::Naver | ProviderKind::GitHub => false,
    }
}

/// Names of groups: a list, or one text.
fn groups_of(claims: &Value, claim: &str) -> Vec<String> {
    match claims.get(claim) {
        Some(Value::Array(all)) => {
            all.iter().filter_map(Value::as_str).take(MOST_GROUPS).map(str::to_owned).collect()
        }
        Some(Value::String(one)) => vec![one.clone()],
        _ => Vec::new(),
    }
}

/// Apple sends it beside the code, the first time only (Apple: "Sign in with Apple JS").
fn name_from_apple(user: &str) -> Option<String> {
    let user: Value = serde_json::from_str(user).ok()?;
    let part = |name: &str| user.get("name")?.get(name)?.as_str();
    let parts = [part("firstName"), part("lastName")];
    let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!name.trim().is_empty()).then(|| name.trim().to_owned())
}

/// The letters of a name that a username may have.
fn fitting(name: &str) -> String {
    let name = name.split('@').next().unwrap_or_default();
    let spaced = name.chars().map(|c| if c.is_whitespace() || c == '+' { '.' } else { c });
    let fit: String = spaced.filter(|c| c.is_alphanumeric() || ".-_".contains(*c)).take(32).collect();
    fit.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn person(kind: ProviderKind, claims: &Value) -> Person {
        let config = super::super::provider::tests::config(kind, "https://id.example.org");
        let who = Subject { issuer: "https://id.example.org".to_owned(), subject: "7".to_owned() };
        Person::read(&config, who, claims, r#"{"name":{"firstName":"Mina","lastName":"Kim"}}"#)
    }

    #[test]
    fn an_address_is_proved_only_by_what_the_provider_documents() {
        use ProviderKind::{Apple, GitHub, Google, Kakao, Microsoft, Naver, Oidc};
        for kind in [Oidc, Google, Apple, Kakao, Microsoft, Naver, GitHub] {
            for (name, value, proving) in [
                ("email_verified", json!(true), &[Oidc, Google, Apple, Kakao][..]),
                ("email_verified", json!("true"), &[Apple]),
                ("email_verified", json!("True"), &[]),
                ("email_verified", json!("false"), &[]),
                ("email_verified", json!(false), &[]),
                ("email_verified", json!(1), &[]),
                ("email_verified", Value::Null, &[]),
                ("verified", json!(true), &[]),
                ("xms_edov", json!(true), &[Microsoft]),
                ("xms_edov", json!("true"), &[]),
                ("xms_edov", json!(false), &[]),
            ] {
                let found = person(kind, &json!({"email": "mina@example.org", name: value}));
                assert_eq!(
                    found.proved_email().is_some(),
                    proving.contains(&kind),
                    "{kind:?} {name} {value}"
                );
            }
        }
        assert!(person(Google, &json!({"email_verified": true})).proved_email().is_none());
    }

    #[test]
    fn a_username_is_suggested_from_what_is_known() {
        for (claims, username) in [
            (json!({"preferred_username": "mina"}), "mina"),
            (json!({"preferred_username": "mina@example.org"}), "mina"),
            (json!({"email": "mina+x@example.org"}), "mina.x"),
            (json!({"preferred_username": "***", "email": "m@example.org"}), "m"),
            (json!({"name": "민아 김"}), "민아.김"),
            (json!({"name": "<script>"}), "script"),
            (json!({"name": "…"}), ""),
        ] {
            let names = person(ProviderKind::Oidc, &claims).usernames();
            let best = names.first().map_or("", |name| &*name.shown);
            assert_eq!(best, username, "{claims}");
        }
        let apple = person(ProviderKind::Apple, &json!({}));
        assert_eq!((apple.name.as_deref(), apple.label().as_str()), (Some("Mina Kim"), "Mina Kim"));
        let groups = person(ProviderKind::Oidc, &json!({"groups": ["a", 7, "b"]})).groups;
        assert_eq!(groups, ["a", "b"]);
    }
}
