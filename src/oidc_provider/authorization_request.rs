//! An app's request to sign a person in (OpenID Connect Core 1.0 §3.1.2.1, RFC 6749 §4.1.1), checked before anything else.

use std::sync::Arc;

use serde_json::Value;

use crate::identity::audit::Client as Caller;
use crate::identity::oidc::{
    ACR_ONE, ACR_TWO, AccessRequest, AddressParameter, AuthMethod, ClaimsRequest, ClientDirectory, GrantType,
    OFFLINE_ACCESS, Offered, OidcClient, ScopeSet,
};
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Timestamp;

use super::parameters::Parameters;

/// Set on the way through the sign-in form: the answer is then a page that navigates, because Chromium applies
/// `form-action` to every redirect that follows a form.
pub const AFTER_FORM: &str = "after_form";

/// Bytes of a request. Longer ones would not survive the way through the sign-in page.
const LONGEST: usize = 3_500;

/// How the answer reaches the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseMode {
    Query,
    FormPost,
}

/// Where the answer goes: checked, so that an error may be sent there.
#[derive(Clone)]
pub struct ReturnAddress {
    pub client: Arc<OidcClient>,
    pub redirect_uri: String,
    pub mode: ResponseMode,
    pub state: Option<String>,
}

/// Whether the app wants two factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TwoFactors {
    No,
    /// If the person has a second factor.
    Preferred,
    Essential,
}

/// What the person is asked (§3.1.2.1), beyond what is needed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    pub none: bool,
    pub login: bool,
    pub consent: bool,
    pub select_account: bool,
}

pub struct AuthorizationRequest {
    pub to: ReturnAddress,
    pub asked: AccessRequest,
    pub challenge: Option<String>,
    pub nonce: Option<String>,
    pub prompt: Prompt,
    /// Seconds since the person last authenticated.
    pub max_age: Option<Timestamp>,
    pub two_factors: TwoFactors,
    pub id_token_hint: Option<String>,
    /// The person whom the app expects, as often as it says so.
    pub sub: Vec<String>,
    pub after_form: bool,
    pub parameters: Parameters,
}

/// An error for the app, by its registered code.
#[derive(Clone, Copy, Debug)]
pub struct AppFault {
    pub code: &'static str,
    pub description: &'static str,
}

/// Why a request goes no further.
pub enum Rejected {
    /// Nothing may be sent to an address that is not the app's, so the person sees why.
    Unreadable,
    UnknownClient,
    RedirectUri(Arc<OidcClient>),
    /// The app learns why.
    Fault(Box<ReturnAddress>, AppFault),
    Failed(Failure),
}

impl From<Failure> for Rejected {
    fn from(error: Failure) -> Self {
        Self::Failed(error)
    }
}

const fn fault(code: &'static str, description: &'static str) -> AppFault {
    AppFault { code, description }
}

pub const UNAVAILABLE: AppFault = fault("temporarily_unavailable", "try again in a moment");

fn invalid(description: &'static str) -> AppFault {
    fault("invalid_request", description)
}

impl AuthorizationRequest {
    /// Checks a request.
    ///
    /// # Errors
    /// As a page until the app and the redirect URI are known to be right; for the app from then on.
    pub async fn read(
        parameters: Parameters,
        (directory, from): (&ClientDirectory, &Caller),
    ) -> Result<Self, Rejected> {
        let to = return_address(&parameters, directory, from).await?;
        let all = match directory.all().await {
            Ok(all) => all,
            Err(error) => {
                tracing::warn!(%error, "an authorization request could not be checked");
                return Err(Rejected::Fault(Box::new(to), UNAVAILABLE));
            }
        };
        let offered = Offered::to(&to.client, &all, &named_resources(&parameters));
        match Self::of(&to, &offered, parameters) {
            Ok(request) => Ok(request),
            Err(fault) => Err(Rejected::Fault(Box::new(to), fault)),
        }
    }

    fn of(to: &ReturnAddress, offered: &Offered<'_>, parameters: Parameters) -> Result<Self, AppFault> {
        shape(&parameters)?;
        let registration = &to.client.registration;
        if !registration.allows(GrantType::AuthorizationCode) {
            return Err(fault("unauthorized_client", "the app is not registered for codes"));
        }
        let (claims, prompt) = (claims(&parameters)?, prompt(&parameters)?);
        let get = |name: &str| parameters.get(name).map(str::to_owned);
        Ok(Self {
            asked: AccessRequest {
                scope: scope(&parameters, &to.client, offered)?,
                resources: resources(&parameters, &to.client)?,
                claims: ClaimsRequest::read(&claims, &registration.scopes),
            },
            challenge: challenge(&parameters, registration.auth_method)?,
            prompt,
            max_age: max_age(&parameters)?,
            two_factors: two_factors(&parameters, &claims),
            sub: ["id_token", "userinfo"]
                .iter()
                .filter_map(|place| claims[place]["sub"]["value"].as_str())
                .map(str::to_owned)
                .collect(),
            nonce: get("nonce"),
            id_token_hint: get("id_token_hint"),
            // A silent request comes through no form.
            after_form: parameters.get(AFTER_FORM).is_some() && !prompt.none,
            to: to.clone(),
            parameters,
        })
    }

    /// Notes that the person has just authenticated: pages that follow do not ask again.
    pub fn is_authenticated(&mut self) {
        self.prompt.login = false;
        self.max_age = None;
        self.parameters.take("max_age");
        self.write_prompt();
    }

    /// Notes that the person has chosen their account.
    pub fn is_selected(&mut self) {
        self.prompt.select_account = false;
        self.write_prompt();
    }

    fn write_prompt(&mut self) {
        let Prompt { none, login, consent, select_account } = self.prompt;
        let values =
            [("none", none), ("login", login), ("consent", consent), ("select_account", select_account)];
        let left: Vec<&str> = values.iter().filter(|(_, set)| *set).map(|(name, _)| *name).collect();
        self.parameters.take("prompt");
        if !left.is_empty() {
            self.parameters.set("prompt", &left.join(" "));
        }
    }

    /// The address of this request here.
    pub fn address(&self) -> String {
        format!("/oauth/authorize?{}", self.parameters.encode())
    }
}

/// The app and its redirect URI. What did not match is logged, for the operator of the app.
async fn return_address(
    parameters: &Parameters,
    directory: &ClientDirectory,
    from: &Caller,
) -> Result<ReturnAddress, Rejected> {
    let (id, uri) = (parameters.get("client_id"), parameters.get("redirect_uri"));
    if parameters.is_repeated("client_id") || parameters.is_repeated("redirect_uri") {
        return Err(Rejected::Unreadable);
    }
    let client = match id {
        Some(id) => directory.find_or_fetch(id, from).await?,
        None => None,
    };
    let Some(client) = client else {
        tracing::warn!(received = ?id.unwrap_or_default(), "an authorization request names an unknown app");
        return Err(Rejected::UnknownClient);
    };
    let registered = &client.registration.redirect_uris;
    let Some(uri) = uri.filter(|uri| registered.iter().any(|known| known.matches(uri))) else {
        let difference = (uri.unwrap_or_default(), registered.as_slice());
        directory.note_refusal((&client, from), AddressParameter::RedirectUri, difference).await;
        return Err(Rejected::RedirectUri(client));
    };
    let mode = match parameters.get("response_mode") {
        Some("form_post") => ResponseMode::FormPost,
        _ => ResponseMode::Query,
    };
    let state = parameters.get("state").map(str::to_owned);
    Ok(ReturnAddress { redirect_uri: uri.to_owned(), client, mode, state })
}

/// What is wrong for every app.
fn shape(parameters: &Parameters) -> Result<(), AppFault> {
    if parameters.has_repetitions() {
        return Err(invalid("a parameter is repeated"));
    }
    if parameters.encode().len() > LONGEST {
        return Err(invalid("the request is longer than 3500 bytes"));
    }
    for (name, code) in [
        ("request", "request_not_supported"),
        ("request_uri", "request_uri_not_supported"),
        ("registration", "registration_not_supported"),
    ] {
        if parameters.get(name).is_some() {
            return Err(fault(code, "this parameter is not supported"));
        }
    }
    if !matches!(parameters.get("response_mode"), None | Some("query" | "form_post")) {
        return Err(invalid("response_mode is query or form_post"));
    }
    match parameters.get("response_type") {
        Some("code") => Ok(()),
        Some(_) => Err(fault("unsupported_response_type", "response_type is code")),
        None => Err(invalid("response_type is missing")),
    }
}

/// What the app is registered for, of what it asks for. An app that names nothing gets the scopes of its own API.
pub fn scope(
    parameters: &Parameters,
    client: &OidcClient,
    offered: &Offered<'_>,
) -> Result<ScopeSet, AppFault> {
    let asked = parameters.get("scope").map_or_else(|| offered.own_scopes(), ScopeSet::parse);
    let refreshes = client.registration.allows(GrantType::RefreshToken);
    let granted = asked.filter(|name| offered.has_scope(name) && (name != OFFLINE_ACCESS || refreshes));
    // A token may be for an API and nothing more.
    let asks_for_api = parameters.get("scope").is_none() && parameters.get("resource").is_some();
    match granted.is_empty() && !asks_for_api {
        true => Err(fault("invalid_scope", "the app is registered for none of these scopes")),
        false => Ok(granted),
    }
}

/// PKCE with S256 (RFC 7636). An app without a secret needs it (RFC 9700 §2.1.1).
fn challenge(parameters: &Parameters, method: AuthMethod) -> Result<Option<String>, AppFault> {
    let challenge = parameters.get("code_challenge");
    match (challenge, parameters.get("code_challenge_method")) {
        (None, None) if method == AuthMethod::None => Err(invalid("code_challenge is missing")),
        (None, None) => Ok(None),
        (Some(challenge), Some("S256")) => {
            let fits = challenge.len() == 43
                && challenge.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
            fits.then(|| Some(challenge.to_owned())).ok_or(invalid("code_challenge is no S256 challenge"))
        }
        (Some(_), _) => Err(invalid("code_challenge_method is S256")),
        (None, Some(_)) => Err(invalid("code_challenge is missing")),
    }
}

fn prompt(parameters: &Parameters) -> Result<Prompt, AppFault> {
    let mut prompt = Prompt::default();
    let values: Vec<&str> =
        parameters.get("prompt").unwrap_or_default().split(' ').filter(|value| !value.is_empty()).collect();
    for value in &values {
        match *value {
            "none" if values.len() > 1 => return Err(invalid("prompt=none stands alone")),
            "none" => prompt.none = true,
            "login" => prompt.login = true,
            "consent" => prompt.consent = true,
            "select_account" => prompt.select_account = true,
            _ => return Err(invalid("prompt is none, login, consent or select_account")),
        }
    }
    Ok(prompt)
}

fn max_age(parameters: &Parameters) -> Result<Option<Timestamp>, AppFault> {
    let Some(text) = parameters.get("max_age") else { return Ok(None) };
    let age = text.parse().ok().filter(|age| (0..=i64::from(i32::MAX)).contains(age));
    age.map(Some).ok_or(invalid("max_age is a number of seconds"))
}

/// APIs, for each of which the app is registered (RFC 8707 §2).
pub fn resources(parameters: &Parameters, client: &OidcClient) -> Result<Vec<String>, AppFault> {
    let asked = named_resources(parameters);
    match asked.iter().all(|one| client.registration.resources.contains(one)) {
        true => Ok(asked),
        false => Err(fault("invalid_target", "the app is not registered for this resource")),
    }
}

/// The APIs that a request names. A form of our own puts several into one field; no address contains a space.
pub fn named_resources(parameters: &Parameters) -> Vec<String> {
    let mut named: Vec<String> = Vec::new();
    for one in parameters.all("resource").flat_map(|value| value.split(' ')) {
        if !named.iter().any(|known| known == one) {
            named.push(one.to_owned());
        }
    }
    named
}

/// The `claims` parameter (§5.5); null without one.
fn claims(parameters: &Parameters) -> Result<Value, AppFault> {
    let Some(text) = parameters.get("claims") else { return Ok(Value::Null) };
    let claims = serde_json::from_str(text).ok().filter(Value::is_object);
    claims.ok_or(invalid("claims is a JSON object"))
}

/// By `acr_values`, in the order of preference, or by an essential claim (§5.5.1.1).
fn two_factors(parameters: &Parameters, claims: &Value) -> TwoFactors {
    let acr = &claims["id_token"]["acr"];
    let listed = acr["values"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let named: Vec<&str> = listed.chain(acr["value"].as_str()).collect();
    let only_two = |values: &[&str]| values.contains(&ACR_TWO) && !values.contains(&ACR_ONE);
    if acr["essential"] == true && only_two(&named) {
        return TwoFactors::Essential;
    }
    let values: Vec<&str> = parameters.get("acr_values").unwrap_or_default().split(' ').collect();
    let first = values.iter().chain(&named).find(|value| [ACR_ONE, ACR_TWO].contains(*value));
    if first == Some(&ACR_TWO) { TwoFactors::Preferred } else { TwoFactors::No }
}
