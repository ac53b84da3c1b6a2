//! The form of an app that signs people in by OpenID Connect, as staff fill it in.

use std::collections::BTreeSet;

use strum::VariantNames;

use crate::config::{duration, duration_text};
use crate::http::Fields;
use crate::i18n::Texts;
use crate::identity::oidc::{
    AuthMethod, ClientInput, GrantType, Level, OidcClient, Preset, RedirectUri, Registration, SigningAlg,
    SubjectType, TokenLifetimes, address_or_set,
};

use super::staff_form::chosen_groups;

/// What was typed. Lists are one a line, as in the page's text areas.
#[derive(Default)]
pub struct OidcForm {
    pub preset: Preset,
    pub name: String,
    pub address: String,
    pub redirect_uris: String,
    pub post_logout_redirect_uris: String,
    pub backchannel_logout_uri: String,
    pub auth_method: String,
    /// A JWK Set, or an address that it is fetched from.
    pub jwks: String,
    pub grants: BTreeSet<String>,
    pub scope: String,
    pub id_token_alg: String,
    pub subject_type: String,
    pub resources: String,
    pub lifetimes: LifetimesForm,
    pub level: String,
    pub first_party: bool,
    pub groups: BTreeSet<i64>,
}

/// Lifetimes as a person writes them, such as 10m; empty for what is usual.
#[derive(Default)]
pub struct LifetimesForm {
    pub access: String,
    pub id: String,
    pub refresh: String,
}

impl LifetimesForm {
    pub fn of(lifetimes: &TokenLifetimes) -> Self {
        let text = |seconds: Option<i64>| seconds.map(duration_text).unwrap_or_default();
        Self { access: text(lifetimes.access), id: text(lifetimes.id), refresh: text(lifetimes.refresh) }
    }

    /// What is no duration becomes 0 seconds, which no token may have.
    fn input(&self) -> TokenLifetimes {
        let seconds = |text: &str| (!text.is_empty()).then(|| duration(text).unwrap_or(0));
        TokenLifetimes {
            access: seconds(&self.access),
            id: seconds(&self.id),
            refresh: seconds(&self.refresh),
        }
    }
}

/// A choice of a form: its name, its text, and whether it is chosen.
pub struct Choice {
    pub name: &'static str,
    pub text: &'static str,
    pub chosen: bool,
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn joined(uris: &[RedirectUri]) -> String {
    uris.iter().map(RedirectUri::as_str).collect::<Vec<_>>().join("\n")
}

impl OidcForm {
    /// An empty form for this software.
    pub fn new(preset: Preset) -> Self {
        let Registration { level, id_token_alg, subject_type, .. } = Registration::default();
        Self {
            preset,
            name: preset.title().to_owned(),
            auth_method: preset.auth_method().name().to_owned(),
            grants: [GrantType::AuthorizationCode, GrantType::RefreshToken]
                .map(|grant| grant.name().to_owned())
                .into(),
            scope: preset.scopes().join(" "),
            id_token_alg: id_token_alg.name().to_owned(),
            subject_type: subject_type.name().to_owned(),
            level: level.name().to_owned(),
            ..Self::default()
        }
    }

    /// The form of an app as it is registered.
    pub fn of(client: &OidcClient) -> Self {
        let registration = &client.registration;
        let set = registration.jwks.as_ref().map(|set| format!("{set:#}"));
        let jwks = set.or_else(|| registration.jwks_uri.clone()).unwrap_or_default();
        Self {
            preset: registration.preset.parse().unwrap_or_default(),
            name: client.name.clone(),
            address: String::new(),
            redirect_uris: joined(&registration.redirect_uris),
            post_logout_redirect_uris: joined(&registration.post_logout_redirect_uris),
            backchannel_logout_uri: registration.backchannel_logout_uri.clone().unwrap_or_default(),
            auth_method: registration.auth_method.name().to_owned(),
            jwks,
            grants: registration.grants.iter().map(|grant| grant.name().to_owned()).collect(),
            scope: registration.scopes.iter().cloned().collect::<Vec<_>>().join(" "),
            id_token_alg: registration.id_token_alg.name().to_owned(),
            subject_type: registration.subject_type.name().to_owned(),
            resources: registration.resources.iter().cloned().collect::<Vec<_>>().join("\n"),
            lifetimes: LifetimesForm::of(&registration.lifetimes),
            level: registration.level.name().to_owned(),
            first_party: registration.first_party,
            groups: client.groups.iter().copied().collect(),
        }
    }

    pub fn read(preset: Preset, mut fields: Fields) -> Self {
        let grants = fields.all().filter_map(|(name, _)| name.strip_prefix("grant-"));
        let grants = grants.map(str::to_owned).collect();
        Self {
            preset,
            name: fields.take("name"),
            address: fields.take("address").trim().to_owned(),
            redirect_uris: fields.take("redirect_uris"),
            post_logout_redirect_uris: fields.take("post_logout_redirect_uris"),
            backchannel_logout_uri: fields.take("backchannel_logout_uri").trim().to_owned(),
            auth_method: fields.take("auth_method"),
            jwks: fields.take("jwks").trim().to_owned(),
            grants,
            scope: fields.take("scope"),
            id_token_alg: fields.take("id_token_alg"),
            subject_type: fields.take("subject_type"),
            resources: fields.take("resources"),
            lifetimes: LifetimesForm {
                access: fields.take("access_token_lifetime").trim().to_owned(),
                id: fields.take("id_token_lifetime").trim().to_owned(),
                refresh: fields.take("refresh_token_lifetime").trim().to_owned(),
            },
            level: fields.take("level"),
            first_party: fields.checked("first_party"),
            groups: chosen_groups(&fields),
        }
    }

    /// Choices that no page offers count as not made. `exact` is whether what is left empty is meant so.
    pub fn input(&self, exact: bool) -> ClientInput {
        let (jwks_uri, jwks) = address_or_set(Some(self.jwks.clone()).filter(|text| !text.is_empty()));
        ClientInput {
            name: self.name.clone(),
            preset: self.preset,
            address: self.address.clone(),
            exact,
            redirect_uris: lines(&self.redirect_uris),
            auth_method: self.auth_method.parse().ok(),
            grants: self.grants.iter().flat_map(|name| name.parse()).collect(),
            scopes: self.scope.split_whitespace().map(str::to_owned).collect(),
            level: self.level.parse().unwrap_or_default(),
            first_party: self.first_party,
            post_logout_redirect_uris: lines(&self.post_logout_redirect_uris),
            backchannel_logout_uri: Some(self.backchannel_logout_uri.clone()).filter(|uri| !uri.is_empty()),
            jwks,
            jwks_uri,
            id_token_alg: self.id_token_alg.parse().unwrap_or_default(),
            lifetimes: self.lifetimes.input(),
            subject_type: self.subject_type.parse().unwrap_or_default(),
            resources: lines(&self.resources),
        }
    }

    pub fn methods(&self, t: &Texts) -> Vec<Choice> {
        choices::<AuthMethod>(|name| &self.auth_method == name, |method| t.oidc_apps.method(method))
    }

    pub fn grant_choices(&self, t: &Texts) -> Vec<Choice> {
        choices::<GrantType>(|name| self.grants.contains(name), |grant| t.oidc_apps.grant(grant))
    }

    pub fn levels(&self, t: &Texts) -> Vec<Choice> {
        let text = |level| match level {
            Level::OneFactor => t.oidc_apps.one_factor,
            Level::TwoFactor => t.oidc_apps.two_factor,
        };
        choices::<Level>(|name| &self.level == name, text)
    }

    pub fn subject_types(&self, t: &Texts) -> Vec<Choice> {
        let text = |kind| match kind {
            SubjectType::Public => t.oidc_apps.public_subject,
            SubjectType::Pairwise => t.oidc_apps.pairwise_subject,
        };
        choices::<SubjectType>(|name| &self.subject_type == name, text)
    }

    pub fn algs(&self) -> Vec<Choice> {
        choices::<SigningAlg>(|name| &self.id_token_alg == name, SigningAlg::name)
    }
}

fn choices<T>(is_chosen: impl Fn(&String) -> bool, text: impl Fn(T) -> &'static str) -> Vec<Choice>
where
    T: VariantNames + std::str::FromStr,
{
    let parsed = T::VARIANTS.iter().flat_map(|name| Some((*name, name.parse().ok()?)));
    parsed
        .map(|(name, value)| Choice { name, text: text(value), chosen: is_chosen(&name.to_owned()) })
        .collect()
}
