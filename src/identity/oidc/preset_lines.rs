//! The lines to paste into an app, in the syntax of its own settings.

use url::Url;

use super::preset::Preset;
use super::redirect_uri::RedirectUri;
use super::registration::Registration;

/// Stands for a secret that is not known any more.
const SOME_SECRET: &str = "CLIENT_SECRET";

/// Where some lines belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this file of the app.
    File(&'static str),
    /// On the command line of the machine on which the app runs.
    Terminal,
    /// On this page of the app.
    Page(&'static str),
    /// Wherever the app has its settings.
    Anywhere,
}

/// Lines to paste.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paste {
    pub place: Place,
    /// Without a line break at its end.
    pub text: String,
}

/// What the lines of an app are made of.
pub struct Setup<'a> {
    pub name: &'a str,
    pub client_id: &'a str,
    /// None if the app has none, or if it is not known any more.
    pub secret: Option<&'a str>,
    pub issuer: &'a Url,
    pub registration: &'a Registration,
}

impl Setup<'_> {
    /// The very lines to paste into the app.
    pub fn lines(&self) -> Vec<Paste> {
        let preset = self.registration.preset.parse().unwrap_or_default();
        let file = |name, text| vec![Paste { place: Place::File(name), text }];
        let terminal = |text| vec![Paste { place: Place::Terminal, text }];
        match preset {
            Preset::Grafana => file("grafana.ini", grafana(self)),
            Preset::Nextcloud => terminal(nextcloud(self)),
            Preset::Immich => {
                let place = Place::Page("Administration › Settings › Authentication Settings › OAuth");
                vec![Paste { place, text: immich(self) }]
            }
            Preset::Proxmox => terminal(proxmox(self)),
            Preset::Jupyterhub => file("jupyterhub_config.py", jupyterhub(self)),
            Preset::Gitea => terminal(gitea(self)),
            Preset::Jellyfin => terminal(jellyfin(self)),
            Preset::HomeAssistant => file("configuration.yaml", home_assistant(self)),
            Preset::Oauth2Proxy => file("oauth2-proxy.cfg", oauth2_proxy(self)),
            Preset::ModAuthOpenidc => file("apache2.conf", mod_auth_openidc(self)),
            Preset::Mcp => terminal(mcp(self)),
            Preset::Custom => vec![Paste { place: Place::Anywhere, text: custom(self) }],
        }
    }

    fn secret(&self) -> &str {
        self.secret.unwrap_or(SOME_SECRET)
    }

    /// As discovery has it: without a slash at its end.
    pub fn issuer_text(&self) -> &str {
        self.issuer.as_str().trim_end_matches('/')
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.issuer_text())
    }

    fn discovery(&self) -> String {
        self.at("/.well-known/openid-configuration")
    }

    /// What a button of the app says.
    fn site(&self) -> &str {
        self.issuer.host_str().unwrap_or_default()
    }

    fn preset(&self) -> Preset {
        self.registration.preset.parse().unwrap_or_default()
    }

    fn redirect_uri(&self) -> &str {
        self.registration.redirect_uris.first().map(RedirectUri::as_str).unwrap_or_default()
    }

    /// The app's own address, without a slash at its end.
    fn app(&self) -> String {
        let uris = &self.registration.redirect_uris;
        let base = self.preset().base_of(uris).or_else(|| Url::parse(&uris.first()?.origin()).ok());
        base.map(|url| url.as_str().trim_end_matches('/').to_owned()).unwrap_or_default()
    }

    /// The scopes that the app is registered for; `offline_access` is for programs that live on without a browser.
    fn scope(&self) -> String {
        let known = self.preset().scopes().iter().copied().filter(|scope| *scope != "offline_access");
        let registered: Vec<&str> = known.filter(|scope| self.registration.scopes.contains(*scope)).collect();
        registered.join(" ")
    }

    /// Where signing out of the app leads to: the user is signed out here, then comes back to it.
    fn logout(&self) -> String {
        let mut url = self.issuer.clone();
        url.set_path("/oauth/logout");
        let back = self.registration.post_logout_redirect_uris.first();
        url.query_pairs_mut().append_pair("client_id", self.client_id);
        if let Some(back) = back {
            url.query_pairs_mut().append_pair("post_logout_redirect_uri", back.as_str());
        }
        url.into()
    }
}

fn grafana(setup: &Setup<'_>) -> String {
    format!(
        "[server]\n\
         root_url = {app}/\n\
         \n\
         [auth.generic_oauth]\n\
         enabled = true\n\
         name = {site}\n\
         client_id = {id}\n\
         client_secret = {secret}\n\
         scopes = {scope}\n\
         auth_url = {authorize}\n\
         token_url = {token}\n\
         api_url = {userinfo}\n\
         signout_redirect_url = {logout}\n\
         use_pkce = true\n\
         use_refresh_token = true\n\
         allow_sign_up = true\n\
         login_attribute_path = preferred_username\n\
         name_attribute_path = name\n\
         email_attribute_path = email\n\
         groups_attribute_path = groups\n\
         role_attribute_path = contains(groups[*], 'grafana-admins') && 'Admin' || 'Viewer'",
        app = setup.app(),
        site = setup.site(),
        id = setup.client_id,
        secret = setup.secret(),
        scope = setup.scope(),
        authorize = setup.at("/oauth/authorize"),
        token = setup.at("/oauth/token"),
        userinfo = setup.at("/oauth/userinfo"),
        logout = setup.logout(),
    )
}

fn nextcloud(setup: &Setup<'_>) -> String {
    format!(
        "occ user_oidc:provider munjigi \\\n  \
           --clientid={id} \\\n  \
           --clientsecret={secret} \\\n  \
           --discoveryuri={discovery} \\\n  \
           --scope={scope} \\\n  \
           --unique-uid=0 \\\n  \
           --mapping-uid=preferred_username \\\n  \
           --mapping-display-name=name \\\n  \
           --mapping-email=email \\\n  \
           --mapping-groups=groups \\\n  \
           --group-provisioning=1 \\\n  \
           --send-id-token-hint=1",
        id = shell(setup.client_id),
        secret = shell(setup.secret()),
        discovery = shell(&setup.discovery()),
        scope = shell(&setup.scope()),
    )
}

fn immich(setup: &Setup<'_>) -> String {
    format!(
        "Issuer URL: {issuer}\n\
         Client ID: {id}\n\
         Client Secret: {secret}\n\
         Token Endpoint Auth Method: client_secret_post\n\
         Scope: {scope}\n\
         ID Token Signed Response Algorithm: RS256\n\
         Userinfo Signed Response Algorithm: none\n\
         Storage Label Claim: preferred_username\n\
         Button Text: {site}\n\
         Auto Register: on",
        issuer = setup.issuer_text(),
        id = setup.client_id,
        secret = setup.secret(),
        scope = setup.scope(),
        site = setup.site(),
    )
}

fn proxmox(setup: &Setup<'_>) -> String {
    format!(
        "pveum realm add munjigi --type openid \\\n  \
           --issuer-url {issuer} \\\n  \
           --client-id {id} \\\n  \
           --client-key {secret} \\\n  \
           --scopes {scope} \\\n  \
           --username-claim username \\\n  \
           --autocreate 1 \\\n  \
           --groups-claim groups \\\n  \
           --groups-autocreate 1 \\\n  \
           --groups-overwrite 1",
        issuer = shell(setup.issuer_text()),
        id = shell(setup.client_id),
        secret = shell(setup.secret()),
        scope = shell(&setup.scope()),
    )
}

fn jupyterhub(setup: &Setup<'_>) -> String {
    let scopes: Vec<String> = setup.scope().split(' ').map(quoted).collect();
    format!(
        "c.JupyterHub.authenticator_class = \"generic-oauth\"\n\
         c.GenericOAuthenticator.login_service = {site}\n\
         c.GenericOAuthenticator.client_id = {id}\n\
         c.GenericOAuthenticator.client_secret = {secret}\n\
         c.GenericOAuthenticator.oauth_callback_url = {callback}\n\
         c.GenericOAuthenticator.authorize_url = {authorize}\n\
         c.GenericOAuthenticator.token_url = {token}\n\
         c.GenericOAuthenticator.userdata_url = {userinfo}\n\
         c.GenericOAuthenticator.logout_redirect_url = {logout}\n\
         c.GenericOAuthenticator.scope = [{scopes}]\n\
         c.GenericOAuthenticator.username_claim = \"preferred_username\"\n\
         c.GenericOAuthenticator.manage_groups = True\n\
         c.GenericOAuthenticator.auth_state_groups_key = \"oauth_user.groups\"\n\
         c.GenericOAuthenticator.admin_groups = {{\"jupyterhub-admins\"}}\n\
         c.GenericOAuthenticator.allow_all = True\n\
         c.GenericOAuthenticator.enable_auth_state = True\n\
         c.GenericOAuthenticator.auth_refresh_age = 60",
        site = quoted(setup.site()),
        id = quoted(setup.client_id),
        secret = quoted(setup.secret()),
        callback = quoted(setup.redirect_uri()),
        authorize = quoted(&setup.at("/oauth/authorize")),
        token = quoted(&setup.at("/oauth/token")),
        userinfo = quoted(&setup.at("/oauth/userinfo")),
        logout = quoted(&setup.logout()),
        scopes = scopes.join(", "),
    )
}

fn gitea(setup: &Setup<'_>) -> String {
    format!(
        "gitea admin auth add-oauth \\\n  \
           --name {name} \\\n  \
           --provider openidConnect \\\n  \
           --key {id} \\\n  \
           --secret {secret} \\\n  \
           --auto-discover-url {discovery} \\\n  \
           --scopes {scopes} \\\n  \
           --group-claim-name groups \\\n  \
           --admin-group gitea-admins",
        name = shell(setup.preset().provider_of(&setup.registration.redirect_uris)),
        id = shell(setup.client_id),
        secret = shell(setup.secret()),
        discovery = shell(&setup.discovery()),
        scopes = shell(&setup.scope().replace(' ', ",")),
    )
}

fn jellyfin(setup: &Setup<'_>) -> String {
    let provider = setup.preset().provider_of(&setup.registration.redirect_uris);
    let settings = serde_json::json!({
        "oidEndpoint": setup.issuer_text(),
        "oidClientId": setup.client_id,
        "oidSecret": setup.secret(),
        "enabled": true,
        "enableAuthorization": true,
        "enableAllFolders": true,
        "roleClaim": "groups",
        "roles": [],
        "adminRoles": ["jellyfin-admins"],
        "oidScopes": setup.scope().split(' ').filter(|scope| *scope != "openid").collect::<Vec<_>>(),
        "defaultUsernameClaim": "preferred_username",
    });
    let text = serde_json::to_string_pretty(&settings).unwrap_or_default();
    format!(
        "curl --fail --header 'Content-Type: application/json' --data {data} \\\n  \
           {address}\"$JELLYFIN_API_KEY\"",
        data = shell(&text),
        address = shell(&format!("{}/sso/OID/Add/{provider}?api_key=", setup.app())),
    )
}

fn home_assistant(setup: &Setup<'_>) -> String {
    let secret = match setup.registration.auth_method.has_secret() {
        true => format!("  client_secret: {}\n", quoted(setup.secret())),
        false => String::new(),
    };
    format!(
        "auth_oidc:\n  \
           client_id: {id}\n\
         {secret}  \
           discovery_url: {discovery}\n  \
           display_name: {site}\n  \
           roles:\n    \
             admin: \"home-admins\"",
        id = quoted(setup.client_id),
        discovery = quoted(&setup.discovery()),
        site = quoted(setup.site()),
    )
}

fn oauth2_proxy(setup: &Setup<'_>) -> String {
    let domain = match setup.issuer.port() {
        Some(port) => format!("{}:{port}", setup.site()),
        None => setup.site().to_owned(),
    };
    format!(
        "provider = \"oidc\"\n\
         provider_display_name = {site}\n\
         oidc_issuer_url = {issuer}\n\
         client_id = {id}\n\
         client_secret = {secret}\n\
         redirect_url = {callback}\n\
         scope = {scope}\n\
         code_challenge_method = \"S256\"\n\
         oidc_groups_claim = \"groups\"\n\
         email_domains = [\"*\"]\n\
         whitelist_domains = [{domain}]\n\
         cookie_refresh = \"1m\"",
        site = quoted(setup.site()),
        issuer = quoted(setup.issuer_text()),
        id = quoted(setup.client_id),
        secret = quoted(setup.secret()),
        callback = quoted(setup.redirect_uri()),
        scope = quoted(&setup.scope()),
        domain = quoted(&domain),
    )
}

fn mod_auth_openidc(setup: &Setup<'_>) -> String {
    format!(
        "OIDCProviderMetadataURL {discovery}\n\
         OIDCClientID {id}\n\
         OIDCClientSecret {secret}\n\
         OIDCRedirectURI {callback}\n\
         OIDCScope {scope}\n\
         OIDCPKCEMethod S256\n\
         OIDCRemoteUserClaim preferred_username\n\
         OIDCDefaultLoggedOutURL {app}/\n\
         OIDCCryptoPassphrase \"exec:/bin/cat /etc/apache2/oidc-passphrase\"\n\
         \n\
         <Location />\n  \
           AuthType openid-connect\n  \
           Require valid-user\n\
         </Location>",
        discovery = apache(&setup.discovery()),
        id = apache(setup.client_id),
        secret = apache(setup.secret()),
        callback = apache(setup.redirect_uri()),
        scope = apache(&setup.scope()),
        app = setup.app(),
    )
}

fn mcp(setup: &Setup<'_>) -> String {
    let server = setup.registration.resources.first().map(String::as_str).unwrap_or_default();
    let name: String =
        setup.name.to_lowercase().split(|c: char| !c.is_ascii_alphanumeric()).collect::<Vec<_>>().join("-");
    let name = name.trim_matches('-');
    format!(
        "claude mcp add --transport http \\\n  \
           --client-id {id} --callback-port 8085 \\\n  \
           {name} {server}",
        id = shell(setup.client_id),
        name = shell(if name.is_empty() { "server" } else { name }),
        server = shell(server),
    )
}

fn custom(setup: &Setup<'_>) -> String {
    let mut rows = vec![
        ("issuer", setup.issuer_text().to_owned()),
        ("discovery", setup.discovery()),
        ("client id", setup.client_id.to_owned()),
    ];
    if setup.registration.auth_method.has_secret() {
        rows.push(("client secret", setup.secret().to_owned()));
    }
    rows.push(("scopes", setup.registration.scopes.iter().cloned().collect::<Vec<_>>().join(" ")));
    rows.extend(setup.registration.redirect_uris.iter().map(|uri| ("redirect URI", uri.as_str().to_owned())));
    let lines: Vec<String> = rows.iter().map(|(name, value)| format!("{name:<15}{value}")).collect();
    lines.join("\n")
}

/// One word of a POSIX shell.
fn shell(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    match !text.is_empty() && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

/// A string in double quotes, as JSON, TOML, YAML and Python read it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// One word of Apache's configuration.
fn apache(text: &str) -> String {
    match text.contains([' ', '"', '\'', '\\']) {
        true => format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\"")),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_a_shell_stays_one_word() {
        for (text, word) in [
            ("https://app.example.org/a?b=c", "'https://app.example.org/a?b=c'"),
            ("https://app.example.org/a", "https://app.example.org/a"),
            ("it's $(id)", r"'it'\''s $(id)'"),
            ("", "''"),
        ] {
            assert_eq!(shell(text), word);
        }
        assert_eq!(quoted("a\"b\\c\nd"), r#""a\"b\\c\nd""#);
        assert_eq!(apache(r#"a "b" \c"#), r#""a \"b\" \\c""#);
    }
}
