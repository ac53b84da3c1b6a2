//! What an app that signs people in by OpenID Connect is registered with, in words.

use crate::identity::oidc::{AuthMethod, GrantType, LogoProblem, Preset};

use super::locales::OidcAppsTexts;

impl OidcAppsTexts {
    pub fn preset(&self, preset: Preset) -> &'static str {
        match preset {
            Preset::Custom => self.own_app,
            Preset::Mcp => self.mcp_client,
            known => known.title(),
        }
    }

    pub fn logo_problem(&self, problem: LogoProblem) -> &'static str {
        match problem {
            LogoProblem::Large => self.logo_large,
            LogoProblem::Kind => self.logo_kind,
            LogoProblem::Pixels => self.logo_pixels,
            LogoProblem::Active => self.logo_active,
        }
    }

    pub fn method(&self, method: AuthMethod) -> &'static str {
        match method {
            AuthMethod::ClientSecretBasic => self.with_basic,
            AuthMethod::ClientSecretPost => self.with_post,
            AuthMethod::PrivateKeyJwt => self.with_key,
            AuthMethod::None => self.with_none,
        }
    }

    pub fn grant(&self, grant: GrantType) -> &'static str {
        match grant {
            GrantType::AuthorizationCode => self.grant_code,
            GrantType::RefreshToken => self.grant_refresh,
            GrantType::ClientCredentials => self.grant_credentials,
            GrantType::DeviceCode => self.grant_device,
        }
    }
}
