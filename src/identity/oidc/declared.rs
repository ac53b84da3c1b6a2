//! Apps that a file declares (`MUNJIGI_APPS`): TOML, a table `[[app]]` for each. Every error names the entry and its line.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::Deserialize;
use toml::Spanned;
use url::Url;

use crate::config::{duration, read_secret};
use crate::platform::private_files::exposed_mode;

use super::logo::Logo;
use super::new_client::{ClientInput, NewClient, address_or_set};
use super::registration::TokenLifetimes;
use super::secret::ClientSecret;

/// Secrets of an app, so that it can change from one to the next.
const SECRETS: usize = 2;

#[derive(Debug, thiserror::Error)]
#[error("MUNJIGI_APPS: {0}")]
pub struct DeclarationError(pub(super) String);

/// An app as a file declares it.
pub struct DeclaredApp {
    pub new: NewClient,
    /// Chosen by the operator, so that the app's own settings can be written ahead.
    pub client_id: Option<String>,
    /// The newest first.
    pub secrets: Vec<ClientSecret>,
    pub groups: Vec<String>,
    pub logo: Option<Logo>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    app: Vec<Spanned<Written>>,
}

/// An app as the operator writes it: the options of `munjigi app add`, with underscores.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    client_id: Option<String>,
    client_secret: Option<Texts>,
    client_secret_file: Option<Texts>,
    preset: Option<String>,
    address: Option<String>,
    redirect_uri: Option<Texts>,
    auth_method: Option<String>,
    grant: Option<Texts>,
    scope: Option<Texts>,
    group: Option<Texts>,
    level: Option<String>,
    #[serde(default)]
    first_party: bool,
    post_logout_redirect_uri: Option<Texts>,
    backchannel_logout_uri: Option<String>,
    /// A file, or an address that they are fetched from.
    jwks: Option<String>,
    id_token_alg: Option<String>,
    subject: Option<String>,
    access_token_lifetime: Option<String>,
    id_token_lifetime: Option<String>,
    refresh_token_lifetime: Option<String>,
    resource: Option<Texts>,
    logo: Option<PathBuf>,
}

/// A string or a list of strings.
#[derive(Deserialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    Many(Vec<String>),
}

fn seconds(text: Option<String>, key: &str) -> Result<Option<i64>, String> {
    text.map(|text| duration(&text).map_err(|expected| format!("{key}: it takes {expected}"))).transpose()
}

fn list(texts: Option<Texts>) -> Vec<String> {
    match texts {
        None => Vec::new(),
        Some(Texts::One(text)) => vec![text],
        Some(Texts::Many(texts)) => texts,
    }
}

/// Reads the file and those that it names.
///
/// # Errors
/// A sentence that names the file, the entry and its line.
pub fn read(path: &Path, issuer: Option<&Url>) -> Result<Vec<DeclaredApp>, DeclarationError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| DeclarationError(format!("{} cannot be read: {error}", path.display())))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let apps = parse(&text, folder, issuer)
        .map_err(|problem| DeclarationError(format!("{}: {problem}", path.display())))?;
    if let Some(mode) = exposed_mode(path).filter(|_| text.contains("client_secret")) {
        tracing::warn!(
            "MUNJIGI_APPS: other users of this machine may read or change {} (mode {mode:o}); chmod 600",
            path.display()
        );
    }
    Ok(apps)
}

fn parse(text: &str, folder: &Path, issuer: Option<&Url>) -> Result<Vec<DeclaredApp>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
    let mut apps: Vec<DeclaredApp> = Vec::new();
    for (place, written) in file.app.into_iter().enumerate() {
        let line = 1 + text.get(..written.span().start).unwrap_or_default().matches('\n').count();
        let written = written.into_inner();
        let of = format!("app {} ({:?}, line {line})", place + 1, written.name);
        let app = written.check(folder, issuer).map_err(|problem| format!("{of}: {problem}"))?;
        let is_same = |other: &&DeclaredApp| {
            other.new.name.to_lowercase() == app.new.name.to_lowercase()
                || (app.client_id.is_some() && other.client_id == app.client_id)
        };
        if let Some(other) = apps.iter().find(is_same) {
            return Err(format!("{of}: it has the name or the client_id of {:?}", other.new.name));
        }
        apps.push(app);
    }
    Ok(apps)
}

impl Written {
    fn check(self, folder: &Path, issuer: Option<&Url>) -> Result<DeclaredApp, String> {
        let client_id = self.client_id.map(client_id).transpose()?;
        let secrets = secrets(list(self.client_secret), list(self.client_secret_file), folder)?;
        let (jwks_uri, jwks) = address_or_set(self.jwks);
        let jwks = jwks.map(|path| {
            let path = folder.join(path);
            std::fs::read_to_string(&path)
                .map_err(|error| format!("jwks: {} cannot be read: {error}", path.display()))
        });
        let logo = self
            .logo
            .map(|path| Logo::read(&folder.join(path)).map_err(|problem| format!("logo: {problem}")));
        let grants = list(self.grant).iter().map(|name| word(name, "grant")).collect::<Result<_, _>>()?;
        let input = ClientInput {
            name: self.name,
            preset: self.preset.map(|name| word(&name, "preset")).transpose()?.unwrap_or_default(),
            address: self.address.unwrap_or_default(),
            exact: false,
            redirect_uris: list(self.redirect_uri),
            auth_method: self.auth_method.map(|name| word(&name, "auth_method")).transpose()?,
            grants,
            scopes: list(self.scope),
            level: self.level.map(|name| word(&name, "level")).transpose()?.unwrap_or_default(),
            first_party: self.first_party,
            post_logout_redirect_uris: list(self.post_logout_redirect_uri),
            backchannel_logout_uri: self.backchannel_logout_uri,
            jwks: jwks.transpose()?,
            jwks_uri,
            id_token_alg: self
                .id_token_alg
                .map(|name| word(&name, "id_token_alg"))
                .transpose()?
                .unwrap_or_default(),
            lifetimes: TokenLifetimes {
                access: seconds(self.access_token_lifetime, "access_token_lifetime")?,
                id: seconds(self.id_token_lifetime, "id_token_lifetime")?,
                refresh: seconds(self.refresh_token_lifetime, "refresh_token_lifetime")?,
            },
            subject_type: self.subject.map(|name| word(&name, "subject")).transpose()?.unwrap_or_default(),
            resources: list(self.resource),
        };
        let new = NewClient::parse(input, issuer).map_err(|invalid| {
            let problems = invalid.0.iter().map(|(field, problem)| format!("{}: {problem}", key(field)));
            problems.collect::<Vec<_>>().join("; ")
        })?;
        match (new.registration.auth_method.has_secret(), secrets.is_empty()) {
            (true, true) => {
                Err("client_secret or client_secret_file is missing; make one by: openssl rand -hex 32")?
            }
            (false, false) => Err("client_secret: an app with this auth_method has none")?,
            _ => {}
        }
        Ok(DeclaredApp { new, client_id, secrets, groups: list(self.group), logo: logo.transpose()? })
    }
}

/// What the file calls a field of RFC 7591.
fn key(field: &str) -> &str {
    match field {
        "redirect_uris" | "post_logout_redirect_uris" | "grants" | "resources" => field.trim_end_matches('s'),
        other => other,
    }
}

fn word<T: FromStr>(text: &str, field: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("{field} {text:?} is not one of those that munjigi app add --help names"))
}

/// Characters that no app and no address needs to encode (RFC 3986 §2.3).
fn is_unreserved(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

fn client_id(text: String) -> Result<String, String> {
    let has_letter = text.bytes().any(|byte| byte.is_ascii_alphanumeric());
    match (1..=100).contains(&text.len()) && is_unreserved(&text) && has_letter {
        true => Ok(text),
        false => Err(format!("client_id {text:?} does not fit; it takes 1 to 100 letters, digits and -._~")),
    }
}

/// No error repeats a secret.
fn secrets(texts: Vec<String>, files: Vec<String>, folder: &Path) -> Result<Vec<ClientSecret>, String> {
    if !texts.is_empty() && !files.is_empty() {
        return Err(
            "client_secret is given as well as client_secret_file; it takes one of the two".to_owned()
        );
    }
    let mut all = texts;
    for file in files {
        let path = folder.join(file);
        let secret = read_secret(&path.display().to_string())
            .map_err(|problem| format!("client_secret_file: {problem}"))?;
        all.push(secret);
    }
    if all.len() > SECRETS {
        return Err("client_secret: at most two, the new one first".to_owned());
    }
    match all.iter().all(|secret| (32..=200).contains(&secret.len()) && is_unreserved(secret)) {
        true => Ok(all.into_iter().map(ClientSecret::declared).collect()),
        false => Err("client_secret does not fit; it takes 32 to 200 random letters, digits and -._~, made by: openssl rand -hex 32".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn problem(text: &str) -> String {
        parse(text, Path::new("/nowhere"), None).err().unwrap_or_else(|| panic!("{text} is fine"))
    }

    #[test]
    fn an_entry_has_the_options_of_the_command() {
        let text = format!(
            "[[app]]\nname = \"Cloud\"\nclient_id = \"cloud\"\nclient_secret = [\"{SECRET}\", \"old-{SECRET}\"]\n\
             preset = \"nextcloud\"\naddress = \"https://cloud.example.org\"\ngroup = \"family\"\nlevel = \"two_factor\"\n\
             [[app]]\nname = \"Phone\"\nauth_method = \"none\"\nredirect_uri = \"app.phone:/cb\"\nscope = [\"openid\"]\n"
        );
        let apps = parse(&text, Path::new(""), None).unwrap();
        assert_eq!(apps.len(), 2);
        assert_eq!((apps[0].client_id.as_deref(), apps[0].secrets.len()), (Some("cloud"), 2));
        assert_eq!(apps[0].groups, ["family"]);
        assert!(apps[0].new.registration.backchannel_logout_uri.is_some());
        assert!(apps[1].secrets.is_empty());
        assert!(parse("", Path::new(""), None).unwrap().is_empty());
    }

    #[test]
    fn an_error_names_the_entry_and_its_line_and_repeats_no_secret() {
        let first = format!(
            "[[app]]\nname = \"A\"\nclient_secret = \"{SECRET}\"\nredirect_uri = \"https://a.example.org/cb\"\n\n"
        );
        let with = |rest: &str| {
            problem(&format!(
                "{first}[[app]]\nname = \"B\"\nredirect_uri = \"https://b.example.org/cb\"\n{rest}"
            ))
        };
        for (rest, said) in [
            ("", "client_secret or client_secret_file is missing"),
            ("client_secret = \"short\"", "client_secret does not fit"),
            ("client_secret = \"0123456789abcdef0123456789abcdef+/\"", "client_secret does not fit"),
            ("client_secret_file = \"gone\"", "client_secret_file: the file that it names cannot be read"),
            ("auth_method = \"none\"\nclient_secret = \"0123456789abcdef0123456789abcdef\"", "has none"),
            ("auth_method = \"magic\"", "auth_method \"magic\""),
            ("preset = \"magic\"", "preset \"magic\""),
            ("client_id = \"https://b.example.org\"", "client_id"),
            ("auth_method = \"none\"\nlogo = \"gone.svg\"", "logo: /nowhere/gone.svg"),
            ("jwks = \"gone.json\"", "jwks: /nowhere/gone.json"),
            ("auth_method = \"none\"\ngrant = \"client_credentials\"", "grant: an app without a secret"),
        ] {
            let found = with(rest);
            assert!(found.starts_with("app 2 (\"B\", line 6): ") && found.contains(said), "{rest}: {found}");
            assert!(!found.contains("0123456789abcdef"), "{found}");
        }
        let unknown = with("color = \"red\"");
        assert!(unknown.contains("line 9") && unknown.contains("color"), "{unknown}");
        assert!(problem("[[app]]\nname = 1").contains("line 2"));
        let twice = format!("{first}{}", first.replace("\"A\"", "\"a\""));
        assert!(problem(&twice).contains("has the name or the client_id of \"A\""));
    }
}
