//! The crate `openidconnect`, as an app of Rust uses it: discovery, a code with PKCE, ID token, userinfo, renewal.

use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreGenderClaim, CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::{
    AccessTokenHash, AdditionalClaims, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest,
    HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, RedirectUrl, RefreshToken, Scope,
    TokenResponse, UserInfoClaims, http,
};
use serde::{Deserialize, Serialize};
use url::Position;

use munjigi::identity::oidc::{AuthMethod, ClientInput, SigningAlg};

use crate::support::foreign_app::server_with_reader;
use crate::support::relying_party::{CALLBACK, RelyingParty, allow, destination, input, query};
use crate::support::{PASSWORD, Persona, TestApp, client};

/// What this server says besides the claims of the standard.
#[derive(Debug, Deserialize, Serialize)]
struct Groups {
    groups: Vec<String>,
}

impl AdditionalClaims for Groups {}

/// Carries its requests.
async fn send(request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
    let answer = client().execute(request.try_into()?).await?;
    let mut built = http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        built = built.header(name, value);
    }
    Ok(built.body(answer.bytes().await?.into()).unwrap())
}

/// Signs the person in to an app by this crate, to the end of the app's sign-in.
async fn walk(server: &TestApp, person: &Persona, app: &RelyingParty, alg: CoreJwsSigningAlgorithm) {
    let issuer = IssuerUrl::new(server.url.clone()).unwrap();
    let metadata = CoreProviderMetadata::discover_async(issuer, &send).await.unwrap();
    assert!(metadata.id_token_signing_alg_values_supported().contains(&alg), "{alg:?}");
    let secret = app.secret.clone().map(ClientSecret::new);
    let crate_ = CoreClient::from_provider_metadata(metadata, ClientId::new(app.client_id.clone()), secret)
        .set_redirect_uri(RedirectUrl::new(CALLBACK.to_owned()).unwrap());
    let verifier = crate_.id_token_verifier().set_allowed_algs([alg.clone()]);

    let (challenge, pkce) = PkceCodeChallenge::new_random_sha256();
    let scopes = ["profile", "email", "groups"].map(|scope| Scope::new(scope.to_owned()));
    let (address, state, nonce) = crate_
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
        .add_scopes(scopes)
        .set_pkce_challenge(challenge)
        .url();
    assert!(address.as_str().starts_with(&server.url), "{address}");
    let asked = person.get(&address[Position::BeforePath..]).await;
    let answer = query(&destination(&allow(person, asked).await));
    assert_eq!(answer["state"], *state.secret());

    let code = AuthorizationCode::new(answer["code"].clone());
    let exchange = crate_.exchange_code(code).unwrap().set_pkce_verifier(pkce);
    let tokens = exchange.request_async(&send).await.unwrap();
    let id = tokens.id_token().unwrap();
    let claims = id.claims(&verifier, &nonce).unwrap();
    assert_eq!(*id.signing_alg().unwrap(), alg);
    let key = id.signing_key(&verifier).unwrap();
    let hash = AccessTokenHash::from_token(tokens.access_token(), id.signing_alg().unwrap(), key).unwrap();
    assert_eq!(claims.access_token_hash(), Some(&hash));
    assert_eq!(claims.subject().as_str(), server.user_id("mina").to_string());
    assert_eq!(claims.preferred_username().unwrap().as_str(), "mina");
    assert!(id.claims(&verifier, &Nonce::new("another".to_owned())).is_err(), "it checks the nonce");

    let subject = Some(claims.subject().clone());
    let request = crate_.user_info(tokens.access_token().clone(), subject).unwrap();
    let person_is: UserInfoClaims<Groups, CoreGenderClaim> = request.request_async(&send).await.unwrap();
    assert_eq!(person_is.additional_claims().groups, ["Readers"]);
    assert_eq!(person_is.email().unwrap().as_str(), "mina@example.org");

    let renew =
        async |token: &RefreshToken| crate_.exchange_refresh_token(token).unwrap().request_async(&send).await;
    let renewed = renew(tokens.refresh_token().unwrap()).await.unwrap();
    let again = renewed.id_token().unwrap().claims(&verifier, |_: Option<&Nonce>| Ok(())).unwrap();
    assert_eq!((again.subject(), again.auth_time()), (claims.subject(), claims.auth_time()));

    let last = renewed.refresh_token().unwrap();
    // The crate itself revokes at https addresses only.
    assert_eq!(app.post("/oauth/revoke", &[("token", last.secret())]).await.status, 200);
    assert!(renew(last).await.is_err(), "it is revoked");
}

#[tokio::test]
async fn an_app_of_rust_signs_its_users_in_by_each_algorithm() {
    let server = server_with_reader().await;
    let mina = server.visitor();
    mina.post("/login", &[("login", "mina"), ("password", PASSWORD)]).await.assert_redirect("/dashboard");
    for (alg, expected, method) in [
        (SigningAlg::Rs256, CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, None),
        (SigningAlg::Es256, CoreJwsSigningAlgorithm::EcdsaP256Sha256, Some(AuthMethod::None)),
        (SigningAlg::EdDsa, CoreJwsSigningAlgorithm::EdDsa, Some(AuthMethod::ClientSecretPost)),
    ] {
        let own = ClientInput { id_token_alg: alg, auth_method: method, ..input(&format!("{alg:?}")) };
        walk(&server, &mina, &RelyingParty::with(&server, own).await, expected).await;
    }
}
