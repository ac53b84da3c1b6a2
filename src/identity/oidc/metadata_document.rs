//! The document by which an app describes itself at its own address, without being registered (OAuth Client ID Metadata
//! Document, draft-ietf-oauth-client-id-metadata-document).

use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::client::OidcClient;
use super::new_client::{ClientInput, NewClient};
use super::preset::{Preset, STANDARD_SCOPES};
use super::registration::{AuthMethod, GrantType};

/// Bytes of an address.
const LONGEST: usize = 500;

/// The address, if it may be an id (§3): it has a path, and nothing by which two texts could name one document.
fn address(client_id: &str) -> Option<Url> {
    let url = Url::parse(client_id).ok().filter(|_| client_id.len() <= LONGEST)?;
    let fits = url.scheme() == "https"
        && url.as_str() == client_id
        && url.path().len() > 1
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none()
        && matches!(url.host(), Some(url::Host::Domain(name)) if name.contains('.'));
    fits.then_some(url)
}

/// Whether an id may be the address of a document.
pub fn is_address(client_id: &str) -> bool {
    address(client_id).is_some()
}

/// What is read of a document (RFC 7591 §2); the rest does not matter.
#[derive(Deserialize)]
struct Document {
    client_id: String,
    client_name: Option<String>,
    redirect_uris: Vec<String>,
    grant_types: Option<Vec<String>>,
    token_endpoint_auth_method: Option<String>,
    /// An app that shows its secret to everyone has none.
    client_secret: Option<Value>,
    client_secret_expires_at: Option<Value>,
}

/// What such apps may ask for, by the registered apps that stand for APIs.
pub struct OfferedApis {
    scopes: Vec<String>,
    resources: Vec<String>,
}

impl OfferedApis {
    /// The scopes and addresses of MCP servers.
    pub fn of<'c>(all: impl Iterator<Item = &'c OidcClient>) -> Self {
        let (mut scopes, mut resources): (Vec<String>, Vec<String>) =
            (STANDARD_SCOPES.map(str::to_owned).to_vec(), Vec::new());
        for server in all.filter(|client| is_server(client)) {
            let own = server.registration.scopes.iter();
            scopes.extend(own.filter(|name| !STANDARD_SCOPES.contains(&name.as_str())).cloned());
            resources.extend(server.registration.resources.iter().cloned());
        }
        Self { scopes, resources }
    }
}

/// Whether an app stands for an MCP server.
pub fn is_server(client: &OidcClient) -> bool {
    client.registration.preset == Preset::Mcp.name() && !client.disabled
}

/// The app that a document describes.
///
/// # Errors
/// What is wrong with it.
pub fn read(client_id: &str, body: &[u8], apis: OfferedApis) -> Result<NewClient, String> {
    let url = address(client_id).ok_or("the id is no address that may be one")?;
    let document: Document = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    if document.client_id != client_id {
        return Err("client_id in it is another".to_owned());
    }
    if document.client_secret.is_some() || document.client_secret_expires_at.is_some() {
        return Err("it contains a secret".to_owned());
    }
    if document.token_endpoint_auth_method.is_some_and(|method| method != AuthMethod::None.name()) {
        return Err("token_endpoint_auth_method in it is not none".to_owned());
    }
    let is_asked =
        |name: &str| document.grant_types.as_ref().is_some_and(|all| all.iter().any(|one| one == name));
    if document.grant_types.is_some() && !is_asked(GrantType::AuthorizationCode.name()) {
        return Err("grant_types in it lacks authorization_code".to_owned());
    }
    let mut grants = vec![GrantType::AuthorizationCode];
    grants.extend(is_asked(GrantType::RefreshToken.name()).then_some(GrantType::RefreshToken));
    let input = ClientInput {
        name: document.client_name.unwrap_or_default(),
        redirect_uris: document.redirect_uris,
        auth_method: Some(AuthMethod::None),
        grants,
        scopes: apis.scopes,
        resources: apis.resources,
        ..ClientInput::default()
    };
    let host = url.host_str().unwrap_or_default();
    let named = NewClient::parse(input.clone(), None);
    // A name that cannot be shown is no reason to refuse the app; its host says more anyway.
    let new = named
        .or_else(|_| NewClient::parse(ClientInput { name: host.chars().take(60).collect(), ..input }, None));
    let mut new = new.map_err(|invalid| {
        let problems = invalid.0.iter().map(|(field, problem)| format!("{field}: {problem}"));
        problems.collect::<Vec<_>>().join("; ")
    })?;
    // Anyone can call an app by any name, so the host always stands beside it.
    if new.name != host {
        new.name = format!("{} ({host})", new.name);
    }
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ID: &str = "https://editor.example.org/client.json";

    fn none() -> OfferedApis {
        OfferedApis::of(std::iter::empty())
    }

    fn document(other: Value) -> Vec<u8> {
        let mut document =
            json!({"client_id": ID, "client_name": "Editor", "redirect_uris": ["http://127.0.0.1/cb"]});
        for (name, value) in other.as_object().unwrap() {
            document[name] = value.clone();
        }
        document.to_string().into_bytes()
    }

    #[test]
    fn a_document_describes_an_app_without_a_secret() {
        let new = read(
            ID,
            &document(json!({"grant_types": ["authorization_code", "refresh_token"], "logo_uri": 5})),
            none(),
        );
        let new = new.unwrap();
        assert_eq!(new.name, "Editor (editor.example.org)");
        assert_eq!(new.registration.auth_method, AuthMethod::None);
        assert!(new.registration.allows(GrantType::RefreshToken) && new.registration.resources.is_empty());
        let bare = read(ID, &document(json!({"client_name": null})), none()).unwrap();
        assert_eq!(bare.name, "editor.example.org");
        assert!(!bare.registration.allows(GrantType::RefreshToken));
        let odd = read(ID, &document(json!({"client_name": "\u{202e}\n"})), none()).unwrap();
        assert_eq!(odd.name, "editor.example.org");
    }

    #[test]
    fn a_document_that_is_another_or_holds_a_secret_is_refused() {
        for other in [
            json!({"client_id": "https://editor.example.org/other.json"}),
            json!({"client_id": null}),
            json!({"client_secret": "x"}),
            json!({"client_secret_expires_at": 0}),
            json!({"token_endpoint_auth_method": "client_secret_post"}),
            json!({"grant_types": ["client_credentials"]}),
            json!({"redirect_uris": []}),
            json!({"redirect_uris": ["http://editor.example.org/cb"]}),
            json!({"redirect_uris": ["javascript:alert(1)"]}),
            json!({"redirect_uris": "https://editor.example.org/cb"}),
        ] {
            assert!(read(ID, &document(other.clone()), none()).is_err(), "{other}");
        }
        assert!(read(ID, b"<html>", none()).is_err() && read(ID, b"", none()).is_err());
    }

    #[test]
    fn an_id_is_a_plain_address_with_a_path() {
        for id in [ID, "https://editor.example.org:8443/a/b?c=d"] {
            assert!(address(id).is_some(), "{id}");
        }
        for id in [
            "http://editor.example.org/client.json",
            "https://editor.example.org",
            "https://editor.example.org/",
            "https://editor.example.org/a/../client.json",
            "https://editor.example.org/./client.json",
            "https://editor.example.org/client.json#x",
            "https://a@editor.example.org/client.json",
            "https://EDITOR.example.org/client.json",
            "https://editor.example.org:443/client.json",
            "https://editor.example.org\\client.json",
            "https://localhost/client.json",
            "https://127.0.0.1/client.json",
            "https://[::1]/client.json",
            "https://2130706433/client.json",
            "https:///client.json",
        ] {
            assert!(address(id).is_none(), "{id}");
        }
    }
}
