//! Apps that prove by their own key that they are themselves (OpenID Connect Core 1.0 §9, RFC 7523).

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use munjigi::identity::oidc::{Actor, AuthMethod, ClientInput, GrantType, NewClient};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::own_key::{ASSERTION_TYPE, OwnKey, public_bytes};
use crate::support::relying_party::{CALLBACK, RelyingParty, TokenSet, input};
use crate::support::{Reply, TestApp, encode, get, over_both_stores};

over_both_stores![an_app_proves_by_its_key_at_every_endpoint];

fn keyed(name: &str, key: &OwnKey) -> ClientInput {
    ClientInput {
        auth_method: Some(AuthMethod::PrivateKeyJwt),
        grants: vec![GrantType::AuthorizationCode, GrantType::ClientCredentials, GrantType::DeviceCode],
        scopes: vec!["openid".to_owned(), "files:read".to_owned()],
        jwks: Some(key.set()),
        ..input(name)
    }
}

/// An app and its key.
struct Party<'a> {
    app: &'a TestApp,
    client_id: String,
    key: OwnKey,
}

impl<'a> Party<'a> {
    async fn register(app: &'a TestApp, name: &str, alg: Algorithm) -> Self {
        let key = OwnKey::generate(alg, "one");
        let client_id = RelyingParty::with(app, keyed(name, &key)).await.client_id;
        Self { app, client_id, key }
    }

    /// Signed claims, some of which are replaced.
    fn assertion(&self, other: Value) -> String {
        let now = self.app.clock.now();
        self.key.sign(&OwnKey::claims(&self.client_id, (&self.app.url, now), other))
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.post_with(path, fields, &self.assertion(json!({}))).await
    }

    async fn post_with(&self, path: &str, fields: &[(&str, &str)], assertion: &str) -> Reply {
        let proof = [("client_assertion_type", ASSERTION_TYPE), ("client_assertion", assertion)];
        self.post_raw(path, &[fields, &proof].concat(), None).await
    }

    async fn post_raw(&self, path: &str, fields: &[(&str, &str)], authorization: Option<&str>) -> Reply {
        let request = crate::support::client().request(Method::POST, format!("{}{path}", self.app.url));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request = match authorization {
            Some(value) => request.header("authorization", value),
            None => request,
        };
        self.app.visitor().send(request.body(encode(fields))).await
    }

    /// Asks for a token of its own.
    async fn token(&self, assertion: &str) -> Reply {
        self.post_with("/oauth/token", &[("grant_type", "client_credentials")], assertion).await
    }
}

fn error_of(reply: &Reply) -> (u16, String) {
    let answer: Value = serde_json::from_str(&reply.body).unwrap_or_else(|_| panic!("{}", reply.body));
    (reply.status, answer["error"].as_str().unwrap_or_default().to_owned())
}

fn refused() -> (u16, String) {
    (401, "invalid_client".to_owned())
}

async fn an_app_proves_by_its_key_at_every_endpoint(app: TestApp) {
    let discovered: Value =
        get(&format!("{}/.well-known/openid-configuration", app.url)).await.unwrap().json().await.unwrap();
    for endpoint in ["token", "introspection", "revocation"] {
        let supported = |what: &str| discovered[format!("{endpoint}_endpoint_auth_{what}_supported")].clone();
        assert!(supported("methods").as_array().unwrap().contains(&json!("private_key_jwt")), "{endpoint}");
        let algs = supported("signing_alg_values");
        assert!(["RS256", "PS256", "ES256"].iter().all(|alg| algs.as_array().unwrap().contains(&json!(alg))));
    }
    let mina = app.member("mina").await;
    for alg in [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA] {
        let party = Party::register(&app, &format!("{alg:?}"), alg).await;
        let tokens = TokenSet::of(&party.token(&party.assertion(json!({}))).await);
        let token = [("token", tokens.access.as_str())];
        let answer = party.post("/oauth/introspect", &token).await;
        assert!(answer.body.contains("\"active\":true"), "{alg:?} {}", answer.body);
        assert_eq!(party.post("/oauth/device_authorization", &[]).await.status, 200);
        let request = [
            ("response_type", "code"),
            ("redirect_uri", CALLBACK),
            ("scope", "openid"),
            ("client_id", &party.client_id),
        ];
        let pushed = party.post("/oauth/par", &request).await;
        assert_eq!(pushed.status, 201, "{}", pushed.body);
        assert_eq!(error_of(&party.post("/oauth/revoke", &token).await).1, "unsupported_token_type");
        // Whichever name of this server it is for; by an array of one, with times in fractions, and without a client_id.
        let now = app.clock.now();
        for other in [
            json!({"aud": format!("{}/oauth/token", app.url)}),
            json!({"aud": format!("{}/oauth/par", app.url)}),
            json!({"aud": [app.url]}),
            json!({"exp": now as f64 + 30.5, "iat": null, "nbf": now}),
            json!({"exp": now + 300}),
        ] {
            assert_eq!(party.token(&party.assertion(other.clone())).await.status, 200, "{other}");
        }
        assert!(mina.is_signed_in().await);
    }
    // A token ends when the keys that it was got with are replaced.
    let party = Party::register(&app, "Changing", Algorithm::ES256).await;
    let tokens = TokenSet::of(&party.token(&party.assertion(json!({}))).await);
    let clients = &app.identity.oidc_clients;
    let client = clients.named("Changing").await.unwrap().unwrap();
    let next = OwnKey::generate(Algorithm::ES256, "two");
    let changed = NewClient::parse(keyed("Changing", &next), None).unwrap();
    clients.change(Actor::Operator, &client, changed, vec![]).await.unwrap();
    assert_eq!(error_of(&party.token(&party.assertion(json!({}))).await), refused(), "the key before");
    let party = Party { key: next, ..party };
    let answer = party.post("/oauth/introspect", &[("token", &tokens.access)]).await;
    assert_eq!(answer.body, r#"{"active":false}"#);
}

#[tokio::test]
async fn an_assertion_counts_once_at_any_endpoint_and_is_forgotten_when_it_has_expired() {
    let app = TestApp::start().await;
    let party = Party::register(&app, "Backup", Algorithm::ES256).await;
    let other = Party::register(&app, "Other", Algorithm::ES256).await;
    let assertion = party.assertion(json!({"jti": "the same"}));
    assert_eq!(party.token(&assertion).await.status, 200);
    assert_eq!(error_of(&party.token(&assertion).await), refused(), "replayed");
    let again = party.post_with("/oauth/introspect", &[("token", "x")], &assertion).await;
    assert_eq!(error_of(&again), refused(), "at another endpoint too");
    assert_eq!(error_of(&party.token(&party.assertion(json!({"jti": "the same"}))).await), refused());
    assert_eq!(
        other.token(&other.assertion(json!({"jti": "the same"}))).await.status,
        200,
        "each app names its own"
    );
    // What did not prove anything uses nothing up.
    let forged = OwnKey::generate(Algorithm::ES256, "one");
    let claims = OwnKey::claims(&party.client_id, (&app.url, app.clock.now()), json!({"jti": "next"}));
    assert_eq!(error_of(&party.token(&forged.sign(&claims)).await), refused());
    assert_eq!(party.token(&party.key.sign(&claims)).await.status, 200);
    app.clock.advance(1_000);
    app.purge().await;
    assert_eq!(app.count("oidc_assertions"), 0);
}

#[tokio::test]
async fn what_the_app_has_not_signed_for_this_server_now_proves_nothing() {
    let app = TestApp::start().await;
    for alg in [Algorithm::RS256, Algorithm::ES256] {
        let party = Party::register(&app, &format!("{alg:?}"), alg).await;
        let usual = OwnKey::claims(&party.client_id, (&app.url, app.clock.now()), json!({}));
        let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let none = format!("{}.{}.", encoded(&json!({"alg": "none"})), encoded(&usual));
        let public = public_bytes(&party.key.jwk);
        let by_public = |secret: &[u8]| {
            let header = Header { kid: Some("one".to_owned()), ..Header::new(Algorithm::HS256) };
            jsonwebtoken::encode(&header, &usual, &EncodingKey::from_secret(secret)).unwrap()
        };
        let good = party.key.sign(&usual);
        let (head, rest) = good.split_once('.').unwrap();
        let renamed = |header: Value| format!("{}.{rest}", encoded(&header));
        for (forged, why) in [
            (none.clone(), "unsigned"),
            (none.trim_end_matches('.').to_owned(), "without its third part"),
            (by_public(&public), "by HMAC with the public key"),
            (by_public(party.key.set().as_bytes()), "by HMAC with the set"),
            (OwnKey::generate(alg, "one").sign(&usual), "by another key of the same name"),
            (OwnKey::generate(alg, "two").sign(&usual), "by another key"),
            (renamed(json!({"alg": "PS256", "kid": "one"})), "by another algorithm than it says"),
            (renamed(json!({"alg": "none", "kid": "one"})), "signed, and said to be unsigned"),
            (
                format!("{head}.{}.{}", encoded(&json!({"iss": "x"})), good.rsplit('.').next().unwrap()),
                "with other claims",
            ),
            (good[..good.len() - 4].to_owned(), "cut off"),
        ] {
            assert_eq!(error_of(&party.token(&forged).await), refused(), "{why}");
        }
        assert_eq!(party.token(&good).await.status, 200, "the good one");
    }
}

#[tokio::test]
async fn what_names_another_app_server_or_time_proves_nothing() {
    let app = TestApp::start().await;
    let (party, other) = (
        Party::register(&app, "Backup", Algorithm::ES256).await,
        Party::register(&app, "Other", Algorithm::ES256).await,
    );
    let now = app.clock.now();
    for wrong in [
        json!({"iss": other.client_id}),
        json!({"sub": other.client_id, "iss": other.client_id}),
        json!({"iss": app.url}),
        json!({"aud": "https://login.other.example/"}),
        json!({"aud": format!("{}.evil.example", app.url)}),
        json!({"aud": [app.url, "https://login.other.example/"]}),
        json!({"aud": []}),
        json!({"aud": null}),
        json!({"exp": now - 100}),
        json!({"exp": now + 3_600}),
        json!({"exp": null}),
        json!({"exp": "soon"}),
        json!({"nbf": now + 200}),
        json!({"iat": now + 200}),
        json!({"jti": null}),
        json!({"jti": ""}),
        json!({"jti": "x".repeat(501)}),
    ] {
        let fields = [("grant_type", "client_credentials"), ("client_id", &party.client_id)];
        let reply = party.post_with("/oauth/token", &fields, &party.assertion(wrong.clone())).await;
        assert_eq!(error_of(&reply), refused(), "{wrong}");
    }
    let critical = Header { kid: Some("one".to_owned()), ..Header::new(Algorithm::ES256) };
    let mut head = serde_json::to_value(&critical).unwrap();
    head["crit"] = json!(["b64"]);
    let good = party.assertion(json!({}));
    let bent = format!("{}.{}", URL_SAFE_NO_PAD.encode(head.to_string()), good.split_once('.').unwrap().1);
    assert_eq!(error_of(&party.token(&bent).await), refused());
}

#[tokio::test]
async fn an_app_proves_itself_in_one_way_that_it_is_registered_for() {
    let app = TestApp::start().await;
    let party = Party::register(&app, "Backup", Algorithm::ES256).await;
    let good = party.assertion(json!({}));
    let proof = [
        ("grant_type", "client_credentials"),
        ("client_assertion_type", ASSERTION_TYPE),
        ("client_assertion", &good),
    ];
    let secret = [&proof[..], &[("client_secret", "x")]].concat();
    assert_eq!(
        error_of(&party.post_raw("/oauth/token", &secret, None).await),
        (400, "invalid_request".to_owned())
    );
    let basic = party.post_raw("/oauth/token", &proof, Some("Basic eDp4")).await;
    assert_eq!(error_of(&basic), (400, "invalid_request".to_owned()));
    let named = [
        ("grant_type", "client_credentials"),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"),
        ("client_assertion", &good),
    ];
    assert_eq!(error_of(&party.post_raw("/oauth/token", &named, None).await), refused());
    let bare = [("grant_type", "client_credentials"), ("client_id", &party.client_id)];
    assert_eq!(error_of(&party.post_raw("/oauth/token", &bare, None).await), refused());
    let with_secret = [&bare[..], &[("client_secret", "guess")]].concat();
    assert_eq!(error_of(&party.post_raw("/oauth/token", &with_secret, None).await), refused());
    let web = RelyingParty::register(&app, "Wiki").await;
    let as_web = party.key.sign(&OwnKey::claims(&web.client_id, (&app.url, app.clock.now()), json!({})));
    assert_eq!(error_of(&party.token(&as_web).await), refused(), "an app with a secret has no keys");
    assert_eq!(party.token(&good).await.status, 200, "none of this used it up");
}

/// A server of an app, which publishes its keys.
struct KeyServer {
    url: String,
    hits: Arc<AtomicUsize>,
    answer: Arc<Mutex<String>>,
}

impl KeyServer {
    async fn start(body: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://127.0.0.1:{}/keys", listener.local_addr().unwrap().port());
        let (hits, answer) = (Arc::<AtomicUsize>::default(), Arc::new(Mutex::new(String::new())));
        let server = Self { url, hits: Arc::clone(&hits), answer: Arc::clone(&answer) };
        server.publish("200 OK", &body);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                hits.fetch_add(1, Ordering::SeqCst);
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(stream.read_u8().await.unwrap());
                }
                let text = answer.lock().unwrap().clone();
                stream.write_all(text.as_bytes()).await.unwrap();
                let _ = stream.shutdown().await;
            }
        });
        server
    }

    fn publish(&self, status: &str, body: &str) {
        let length = body.len();
        *self.answer.lock().unwrap() =
            format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
    }

    fn hits(&self) -> usize {
        self.hits.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn keys_are_fetched_once_again_for_a_new_one_and_not_for_whoever_names_one() {
    let app = TestApp::start().await;
    let key = OwnKey::generate(Algorithm::ES256, "one");
    let server = KeyServer::start(key.set()).await;
    let fetched = ClientInput { jwks: None, jwks_uri: Some(server.url.clone()), ..keyed("Backup", &key) };
    let client_id = RelyingParty::with(&app, fetched).await.client_id;
    let mut party = Party { app: &app, client_id, key };
    let status = async |party: &Party<'_>| party.token(&party.assertion(json!({}))).await.status;
    assert_eq!((status(&party).await, status(&party).await, server.hits()), (200, 200, 1));

    // Unknown keys make it ask once in ten seconds, not each time.
    app.clock.stop();
    let forge = async || {
        for number in 0..3 {
            let forged = OwnKey::generate(Algorithm::ES256, &format!("unknown {number}"));
            let claims = OwnKey::claims(&party.client_id, (&app.url, app.clock.now()), json!({}));
            assert_eq!(party.token(&forged.sign(&claims)).await.status, 401);
        }
    };
    forge().await;
    assert!(server.hits() <= 2, "it has just asked");
    app.clock.advance(11);
    forge().await;
    let asked = server.hits();
    app.clock.advance(9);
    forge().await;
    assert_eq!(server.hits(), asked, "it asked nine seconds ago");
    let next = OwnKey::generate(Algorithm::EdDSA, "two");
    server.publish("200 OK", &next.set());
    app.clock.advance(2);
    party.key = next;
    assert_eq!(
        (status(&party).await, status(&party).await, server.hits()),
        (200, 200, asked + 1),
        "a new key"
    );

    // The app's server is away: the keys that are known count for a day.
    server.publish("503 Service Unavailable", "");
    app.clock.advance(3_700);
    assert_eq!((status(&party).await, server.hits()), (200, asked + 2));
    app.clock.advance(24 * 3600);
    let unavailable = party.token(&party.assertion(json!({}))).await;
    assert_eq!(error_of(&unavailable), (503, "temporarily_unavailable".to_owned()));
    assert!(!unavailable.header("retry-after").is_empty());

    // It follows no redirect and reads no endless answer.
    let other = KeyServer::start(party.key.set()).await;
    let padded = format!(r#"{{"pad":"{}","keys":[{}]}}"#, "x".repeat(70_000), party.key.jwk);
    let redirect = format!("302 Found\r\nlocation: {}", other.url);
    for (answer, body) in
        [(redirect.as_str(), ""), ("200 OK", padded.as_str()), ("200 OK", "no JSON"), ("200 OK", "[]")]
    {
        app.clock.advance(901);
        server.publish(answer, body);
        assert_eq!(status(&party).await, 503, "{answer}");
    }
    assert_eq!(other.hits(), 0);
    app.clock.advance(901);
    server.publish("200 OK", &party.key.set());
    assert_eq!(status(&party).await, 200);
}
