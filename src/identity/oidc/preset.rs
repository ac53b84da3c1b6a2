//! Software whose settings are known: what an app of each kind is registered with.

use strum::{EnumString, IntoStaticStr, VariantArray, VariantNames};
use url::Url;

use super::redirect_uri::RedirectUri;
use super::registration::AuthMethod;

/// The scopes with a meaning here (OpenID Connect Core 1.0 §5.4, §11); others belong to an app's own API.
pub const STANDARD_SCOPES: [&str; 5] = ["openid", "profile", "email", "groups", "offline_access"];

/// What this server is called in addresses of apps that name the provider there.
const PROVIDER: &str = "munjigi";

/// Software whose settings are known.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumString, IntoStaticStr, VariantNames, VariantArray,
)]
#[strum(serialize_all = "kebab-case")]
pub enum Preset {
    Grafana,
    Nextcloud,
    Immich,
    Proxmox,
    Jupyterhub,
    Gitea,
    Jellyfin,
    HomeAssistant,
    #[strum(serialize = "oauth2-proxy")]
    Oauth2Proxy,
    #[strum(serialize = "mod_auth_openidc")]
    ModAuthOpenidc,
    Mcp,
    #[default]
    Custom,
}

/// What follows from the address of an app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppAddresses {
    pub redirect_uris: Vec<String>,
    pub post_logout_redirect_uris: Vec<String>,
    pub backchannel_logout_uri: Option<String>,
    pub resources: Vec<String>,
}

impl Preset {
    pub const ALL: &[Self] = <Self as VariantArray>::VARIANTS;

    pub fn name(self) -> &'static str {
        self.into()
    }

    /// What the software is called; empty for an app of one's own.
    pub fn title(self) -> &'static str {
        match self {
            Self::Grafana => "Grafana",
            Self::Nextcloud => "Nextcloud",
            Self::Immich => "Immich",
            Self::Proxmox => "Proxmox VE",
            Self::Jupyterhub => "JupyterHub",
            Self::Gitea => "Gitea, Forgejo",
            Self::Jellyfin => "Jellyfin",
            Self::HomeAssistant => "Home Assistant",
            Self::Oauth2Proxy => "oauth2-proxy",
            Self::ModAuthOpenidc => "Apache (mod_auth_openidc)",
            Self::Mcp => "MCP",
            Self::Custom => "",
        }
    }

    /// How this software authenticates.
    pub fn auth_method(self) -> AuthMethod {
        match self {
            Self::Immich | Self::Jellyfin => AuthMethod::ClientSecretPost,
            Self::HomeAssistant | Self::Mcp => AuthMethod::None,
            _ => AuthMethod::ClientSecretBasic,
        }
    }

    /// What this software asks for. Only apps of programs keep tokens that outlive the browser's session.
    pub fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Custom | Self::Mcp => &STANDARD_SCOPES,
            _ => &STANDARD_SCOPES[..4],
        }
    }

    /// What stands in its redirect URI behind its own address, before and after the name of the provider.
    fn callback(self) -> Option<(&'static str, Option<&'static str>)> {
        Some(match self {
            Self::Grafana => ("/login/generic_oauth", None),
            Self::Nextcloud => ("/apps/user_oidc/code", None),
            Self::Immich => ("/auth/login", None),
            Self::Proxmox => ("", None),
            Self::Jupyterhub => ("/hub/oauth_callback", None),
            Self::Gitea => ("/user/oauth2/", Some("/callback")),
            Self::Jellyfin => ("/sso/OID/redirect/", Some("")),
            Self::HomeAssistant => ("/auth/oidc/callback", None),
            Self::Oauth2Proxy => ("/oauth2/callback", None),
            Self::ModAuthOpenidc => ("/oidc/callback", None),
            Self::Mcp | Self::Custom => return None,
        })
    }

    /// The addresses of an app that people open at `address`. An app of one's own has none that could be known.
    pub fn addresses(self, address: &Url) -> AppAddresses {
        let base = address.as_str().trim_end_matches('/');
        let at = |path: &str| format!("{base}{path}");
        let own = self.callback().map(|(before, after)| match after {
            Some(after) => at(&format!("{before}{PROVIDER}{after}")),
            None => at(before),
        });
        let mut redirect_uris: Vec<String> = own.into_iter().collect();
        match self {
            Self::Nextcloud => redirect_uris.push(at("/index.php/apps/user_oidc/code")),
            Self::Immich => {
                redirect_uris.extend([at("/user-settings"), "app.immich:///oauth-callback".to_owned()])
            }
            // A program on the user's own machine: any port matches (RFC 8252 §7.3).
            Self::Mcp => {
                redirect_uris.extend(["localhost", "127.0.0.1"].map(|host| format!("http://{host}/callback")))
            }
            _ => {}
        }
        AppAddresses {
            redirect_uris,
            post_logout_redirect_uris: self.after_logout().map(at).into_iter().collect(),
            backchannel_logout_uri: self.backchannel().map(at),
            resources: if self == Self::Mcp { vec![address.as_str().to_owned()] } else { Vec::new() },
        }
    }

    /// Where this software lets the browser return to after signing out here.
    pub(super) fn after_logout(self) -> Option<&'static str> {
        match self {
            Self::Grafana => Some("/login"),
            Self::Jupyterhub => Some("/hub/login"),
            Self::Nextcloud | Self::Oauth2Proxy | Self::ModAuthOpenidc => Some("/"),
            _ => None,
        }
    }

    /// Where this software takes logout tokens.
    fn backchannel(self) -> Option<&'static str> {
        match self {
            Self::Nextcloud => Some("/apps/user_oidc/backchannel-logout/munjigi"),
            Self::Immich => Some("/api/oauth/backchannel-logout"),
            Self::ModAuthOpenidc => Some("/oidc/callback?logout=backchannel"),
            _ => None,
        }
    }

    /// The app's own address, as its redirect URIs have it.
    pub fn base_of(self, redirect_uris: &[RedirectUri]) -> Option<Url> {
        let (before, after) = self.callback()?;
        let found = redirect_uris.iter().find_map(|uri| {
            let text = uri.as_str().trim_end_matches('/');
            match after {
                Some(after) => Some(text.strip_suffix(after)?.rsplit_once(before)?.0),
                None => text.strip_suffix(before),
            }
        });
        Url::parse(found?.trim_end_matches("/index.php")).ok()
    }

    /// What this server is called in the app's redirect URI.
    pub(super) fn provider_of(self, redirect_uris: &[RedirectUri]) -> &str {
        let named = match self.callback() {
            Some((before, Some(after))) => redirect_uris
                .iter()
                .find_map(|uri| Some(uri.as_str().strip_suffix(after)?.rsplit_once(before)?.1)),
            _ => None,
        };
        named.filter(|name| !name.is_empty() && !name.contains('/')).unwrap_or(PROVIDER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uris(texts: &[String]) -> Vec<RedirectUri> {
        texts.iter().map(|text| RedirectUri::parse(text).unwrap()).collect()
    }

    #[test]
    fn each_has_addresses_that_can_be_registered_and_lead_back_to_the_app() {
        for text in
            ["https://app.example.org/", "https://example.org:8443/under/a/path", "http://localhost:3000/"]
        {
            let address = Url::parse(text).unwrap();
            for &preset in Preset::ALL {
                let made = preset.addresses(&address);
                let redirect_uris = uris(&made.redirect_uris);
                uris(&made.post_logout_redirect_uris);
                let base = preset.base_of(&redirect_uris);
                let known = !matches!(preset, Preset::Mcp | Preset::Custom);
                let expected = known.then(|| text.trim_end_matches('/').to_owned());
                assert_eq!(
                    base.map(|url| url.as_str().trim_end_matches('/').to_owned()),
                    expected,
                    "{preset:?}"
                );
                assert_eq!(redirect_uris.is_empty(), preset == Preset::Custom, "{preset:?}");
            }
        }
    }

    #[test]
    fn a_provider_may_be_called_something_else_in_an_app() {
        let named = uris(&["https://git.example.org/user/oauth2/staff/callback".to_owned()]);
        assert_eq!(Preset::Gitea.provider_of(&named), "staff");
        assert_eq!(Preset::Gitea.base_of(&named).unwrap().as_str(), "https://git.example.org/");
        assert_eq!(Preset::Jellyfin.provider_of(&uris(&["https://tv.example.org/x".to_owned()])), "munjigi");
    }
}
