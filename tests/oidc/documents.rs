//! Apps that are not registered and describe themselves at an address, such as MCP clients (OAuth Client ID Metadata
//! Document).

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use munjigi::identity::oidc::{AuthMethod, ClientInput, GrantType, Preset};
use munjigi::platform::outgoing::{TestWeb, Trust};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::support::relying_party::{
    RelyingParty, TokenSet, VERIFIER, allow, challenge, claims, destination, input, query,
};
use crate::support::{Persona, Reply, TestApp, encode, get, make_certificate, scratch};

const ID: &str = "https://editor.example.test/client.json";
const BACK: &str = "http://127.0.0.1:3333/cb";
const NOTES: &str = "https://mcp.example.org/notes";
const PHOTOS: &str = "https://mcp.example.org/photos";

/// The public web: one server with the names of many, and what it serves.
struct Web {
    hits: Arc<AtomicUsize>,
    pages: Arc<Mutex<HashMap<String, (String, String)>>>,
    known: TestWeb,
}

impl Web {
    async fn start() -> Self {
        let folder = scratch();
        let certificate = make_certificate(folder.path());
        let chain = rustls::pki_types::pem::PemObject::pem_file_iter(&certificate.chain).unwrap();
        let key = rustls::pki_types::pem::PemObject::from_pem_file(&certificate.key).unwrap();
        crate::support::choose_tls();
        let tls = rustls::ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(chain.collect::<Result<Vec<_>, _>>().unwrap(), key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server: SocketAddr = listener.local_addr().unwrap();
        let (hits, pages) =
            (Arc::<AtomicUsize>::default(), Arc::<Mutex<HashMap<String, (String, String)>>>::default());
        let (counted, served, acceptor) =
            (Arc::clone(&hits), Arc::clone(&pages), TlsAcceptor::from(Arc::new(tls)));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let (acceptor, served) = (acceptor.clone(), Arc::clone(&served));
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else { return };
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        head.push(stream.read_u8().await.unwrap());
                    }
                    let head = String::from_utf8(head).unwrap();
                    let path = head.split(' ').nth(1).unwrap();
                    if path == "/silent.json" {
                        return std::future::pending().await;
                    }
                    let missing = ("404 Not Found".to_owned(), String::new());
                    let (status, body) = served.lock().unwrap().get(path).cloned().unwrap_or(missing);
                    let text = format!(
                        "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                        body.len()
                    );
                    stream.write_all(text.as_bytes()).await.unwrap();
                    let _ = stream.shutdown().await;
                });
            }
        });
        let names = [
            ("editor.example.test", "93.184.215.14"),
            ("loopback.example.test", "127.0.0.1"),
            ("private.example.test", "10.0.0.1"),
            ("shared.example.test", "100.64.0.1"),
            ("cloud.example.test", "169.254.169.254"),
            ("six.example.test", "::1"),
            ("mapped.example.test", "::ffff:192.168.1.1"),
            ("unique.example.test", "fd00::1"),
            ("nat.example.test", "64:ff9b::a00:1"),
        ];
        let names = names.map(|(name, address)| (name.to_owned(), address.parse().unwrap())).into();
        let trust = Trust::only(certificate.authority.as_bytes()).unwrap();
        let web = Self { hits, pages, known: TestWeb { names, server, trust } };
        web.publish("/client.json", &document(json!({})));
        web
    }

    fn publish(&self, path: &str, document: &Value) {
        self.serve(path, "200 OK", &document.to_string());
    }

    fn serve(&self, path: &str, status: &str, body: &str) {
        self.pages.lock().unwrap().insert(path.to_owned(), (status.to_owned(), body.to_owned()));
    }

    fn hits(&self) -> usize {
        self.hits.load(Ordering::SeqCst)
    }

    /// A server that allows such apps.
    async fn app(&self) -> TestApp {
        TestApp::with(|config| {
            config.oidc_metadata_clients = true;
            config.test_web = Some(self.known.clone());
            config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
        })
        .await
    }
}

fn document(other: Value) -> Value {
    let mut document = json!({
        "client_id": ID,
        "client_name": "Editor",
        "redirect_uris": ["http://127.0.0.1/cb", "https://editor.example.test/cb"],
        "grant_types": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_method": "none",
        "logo_uri": "https://private.example.test/logo.png",
    });
    for (name, value) in other.as_object().unwrap() {
        document[name] = value.clone();
    }
    document
}

/// The MCP server, which asks about tokens.
fn notes() -> ClientInput {
    ClientInput {
        preset: Preset::Mcp,
        auth_method: Some(AuthMethod::ClientSecretBasic),
        grants: vec![GrantType::ClientCredentials],
        scopes: vec!["openid".to_owned(), "notes:read".to_owned()],
        resources: vec![NOTES.to_owned()],
        redirect_uris: vec![],
        ..input("Notes")
    }
}

/// Another one.
fn photos() -> ClientInput {
    ClientInput {
        name: "Photos".to_owned(),
        scopes: vec!["openid".to_owned(), "photos:read".to_owned()],
        resources: vec![PHOTOS.to_owned()],
        ..notes()
    }
}

fn address(other: &[(&str, &str)]) -> String {
    let challenge = challenge(VERIFIER);
    let mut fields = vec![
        ("client_id", ID),
        ("redirect_uri", BACK),
        ("response_type", "code"),
        ("resource", NOTES),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in other {
        fields.retain(|(known, _)| known != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
    }
    format!("/oauth/authorize?{}", encode(&fields))
}

fn editor(app: &TestApp) -> RelyingParty {
    RelyingParty { url: app.url.clone(), client_id: ID.to_owned(), secret: None }
}

async fn sign_in(app: &TestApp, person: &Persona, other: &[(&str, &str)]) -> TokenSet {
    let reply = person.get(&address(other)).await;
    let code = query(&destination(&allow(person, reply).await)).remove("code").unwrap();
    TokenSet::of(&editor(app).exchange(&code, &[("redirect_uri", BACK)]).await)
}

/// A page, and no redirect to wherever the request said.
fn is_unknown(reply: &Reply, why: &str) {
    assert_eq!((reply.status, reply.header("location")), (400, ""), "{why}: {}", reply.text());
}

#[tokio::test]
async fn an_app_that_describes_itself_calls_a_server_for_the_person_who_allows_it() {
    let web = Web::start().await;
    let app = web.app().await;
    let (mina, notes) = (app.member("mina").await, RelyingParty::with(&app, notes()).await);
    for path in ["openid-configuration", "oauth-authorization-server"] {
        let discovered: Value =
            get(&format!("{}/.well-known/{path}", app.url)).await.unwrap().json().await.unwrap();
        assert_eq!(discovered["client_id_metadata_document_supported"], true, "{path}");
        assert_eq!(discovered["issuer"], app.url);
        assert!(
            discovered["token_endpoint_auth_methods_supported"].as_array().unwrap().contains(&json!("none"))
        );
        assert_eq!(discovered["code_challenge_methods_supported"], json!(["S256"]));
    }
    let page = mina.get(&address(&[])).await;
    for seen in ["Editor (editor.example.test)", "haven’t checked this app", "127.0.0.1:3333", NOTES] {
        assert!(page.text().contains(seen), "{seen}: {}", page.text());
    }
    assert_eq!(app.count("oidc_clients"), 1, "nothing is stored for who only looks");
    let code = query(&destination(&allow(&mina, page).await)).remove("code").unwrap();
    let tokens = TokenSet::of(&editor(&app).exchange(&code, &[("redirect_uri", BACK)]).await);
    let read = claims(&tokens.access);
    assert_eq!((&read["aud"], &read["client_id"]), (&json!(NOTES), &json!(ID)));
    assert!(tokens.id.is_none(), "it asked for no openid");
    let answer = notes.introspect(&tokens.access).await;
    assert_eq!((&answer["active"], &answer["username"]), (&json!(true), &json!("mina")));
    let renewed = TokenSet::of(&editor(&app).refresh(tokens.refresh.as_ref().unwrap()).await);
    assert_eq!(claims(&renewed.access)["aud"], NOTES);
    let with_scope = sign_in(&app, &mina, &[("scope", "openid notes:read notes:write")]).await;
    assert_eq!(with_scope.answer["scope"], "notes:read openid");
    assert_eq!(web.hits(), 1, "the document is cached");

    let connected = mina.get("/security/connected-apps").await;
    assert!(connected.text().contains("Editor (editor.example.test)"), "{}", connected.text());
    let withdraw = connected.attributes("form[action$='/withdraw']", "action");
    mina.post(&withdraw[0], &[]).await.assert_redirect("/security/connected-apps");
    assert_eq!(notes.introspect(&renewed.access).await["active"], false);
    app.purge().await;
    assert_eq!(app.count("oidc_clients"), 2, "its codes are remembered for a day");
    app.clock.advance(25 * 3600);
    app.purge().await;
    assert_eq!(app.count("oidc_clients"), 1, "nobody allows it anything");
}

#[tokio::test]
async fn it_follows_its_document_and_the_groups_of_the_server() {
    let web = Web::start().await;
    let app = web.app().await;
    let (mina, sofia) = (app.member("mina").await, app.staff("sofia").await);
    sofia.post("/admin/groups", &[("name", "Family")]).await.assert_redirect("/admin/groups/1");
    let notes = RelyingParty::in_groups(&app, notes(), vec![1]).await;
    assert_eq!(mina.get(&address(&[])).await.status, 403, "the server is not open to her");
    let silent = async || query(&destination(&mina.get(&address(&[("prompt", "none")])).await));
    assert_eq!(
        silent().await["error"],
        "consent_required",
        "it learns nothing of those who allow it nothing"
    );
    app.join_group(1, app.user_id("mina")).await;
    let tokens = sign_in(&app, &mina, &[]).await;
    assert_eq!(notes.introspect(&tokens.access).await["active"], true);
    app.leave_group(1, app.user_id("mina")).await;
    assert_eq!(silent().await["error"], "access_denied");
    assert_eq!(notes.introspect(&tokens.access).await["active"], false);
    assert_eq!(editor(&app).refresh(tokens.refresh.as_ref().unwrap()).await.status, 400);
    app.join_group(1, app.user_id("mina")).await;

    // The app now returns elsewhere, and has another name.
    let moved = document(json!({"client_name": "Writer", "redirect_uris": ["http://127.0.0.1/other"]}));
    web.publish("/client.json", &moved);
    assert_eq!(mina.get(&address(&[("prompt", "none")])).await.status, 303, "cached");
    app.clock.advance(601);
    is_unknown(&mina.get(&address(&[])).await, "the address is no longer its own");
    let reply =
        mina.get(&address(&[("redirect_uri", "http://127.0.0.1:1/other"), ("prompt", "consent")])).await;
    assert!(reply.text().contains("Writer (editor.example.test)"), "{}", reply.text());
    allow(&mina, reply).await;
    assert!(mina.get("/security/connected-apps").await.text().contains("Writer (editor.example.test)"));
    assert_eq!(app.count("oidc_clients"), 2, "it is the same app");
    web.serve("/client.json", "404 Not Found", "");
    app.clock.advance(601);
    is_unknown(&mina.get(&address(&[])).await, "its document is gone");
}

#[tokio::test]
async fn consent_to_one_server_is_none_to_another() {
    let web = Web::start().await;
    let app = web.app().await;
    let mina = app.member("mina").await;
    RelyingParty::with(&app, notes()).await;
    RelyingParty::with(&app, photos()).await;
    let silent = async |other: &[(&str, &str)]| {
        let asked: Vec<(&str, &str)> = [("prompt", "none")].iter().chain(other).copied().collect();
        query(&destination(&mina.get(&address(&asked)).await))
    };
    sign_in(&app, &mina, &[("scope", "openid")]).await;
    assert!(silent(&[("scope", "openid")]).await.contains_key("code"), "remembered");
    let other = [("scope", "openid"), ("resource", PHOTOS)];
    assert_eq!(silent(&other).await["error"], "consent_required");
    let page = mina.get(&address(&other)).await;
    assert!(page.status == 200 && page.text().contains(PHOTOS), "{}", page.text());
    allow(&mina, page).await;
    assert!(silent(&other).await.contains_key("code"));
}

#[tokio::test]
async fn an_app_gets_no_scopes_of_servers_that_it_does_not_call() {
    let web = Web::start().await;
    let app = web.app().await;
    let mina = app.member("mina").await;
    RelyingParty::with(&app, notes()).await;
    let photos = RelyingParty::with(&app, photos()).await;
    let tokens = sign_in(&app, &mina, &[("scope", "openid notes:read photos:read")]).await;
    assert_eq!(tokens.answer["scope"], "notes:read openid");
    assert_eq!(claims(&tokens.access)["scope"], "notes:read openid");
    assert_eq!(sign_in(&app, &mina, &[]).await.answer["scope"], "notes:read", "those of the server");
    let alone = [("scope", "openid notes:read"), ("resource", "")];
    assert_eq!(sign_in(&app, &mina, &alone).await.answer["scope"], "openid", "it names no server");
    let foreign = mina.get(&address(&[("scope", "photos:read")])).await;
    assert_eq!(query(&destination(&foreign))["error"], "invalid_scope");
    // Of several servers that are allowed, each token is for one, with the scopes of that one.
    let both = format!("{NOTES} {PHOTOS}");
    let asked = [("scope", "openid notes:read photos:read"), ("resource", both.as_str())];
    let reply = mina.get(&address(&asked)).await;
    let code = query(&destination(&allow(&mina, reply).await)).remove("code").unwrap();
    let fields = [("redirect_uri", BACK), ("resource", PHOTOS)];
    let tokens = TokenSet::of(&editor(&app).exchange(&code, &fields).await);
    assert_eq!(tokens.answer["scope"], "openid photos:read");
    assert_eq!(photos.introspect(&tokens.access).await["scope"], "openid photos:read");
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", tokens.refresh.as_ref().unwrap()),
        ("resource", NOTES),
    ];
    let other = TokenSet::of(&editor(&app).post("/oauth/token", &fields).await);
    assert_eq!(other.answer["scope"], "notes:read openid");
}

#[tokio::test]
async fn tokens_for_a_server_end_with_it() {
    let web = Web::start().await;
    let app = web.app().await;
    let mina = app.member("mina").await;
    let (notes_server, photos_server) =
        (RelyingParty::with(&app, notes()).await, RelyingParty::with(&app, photos()).await);
    let both = format!("{NOTES} {PHOTOS}");
    let sign_in = async || {
        let reply = mina.get(&address(&[("resource", &both)])).await;
        let code = query(&destination(&allow(&mina, reply).await)).remove("code").unwrap();
        let fields = [("redirect_uri", BACK), ("resource", PHOTOS)];
        TokenSet::of(&editor(&app).exchange(&code, &fields).await)
    };
    let refresh = async |tokens: &TokenSet| {
        let fields = [
            ("grant_type", "refresh_token"),
            ("refresh_token", tokens.refresh.as_ref().unwrap()),
            ("resource", PHOTOS),
        ];
        editor(&app).post("/oauth/token", &fields).await
    };
    let tokens = sign_in().await;
    assert_eq!(photos_server.introspect(&tokens.access).await["active"], true);
    let tokens = TokenSet::of(&refresh(&tokens).await);
    // It stands for no server any more, though its resource is registered.
    notes_server.change(&app, ClientInput { preset: Preset::default(), ..notes() }).await;
    assert_eq!(photos_server.introspect(&tokens.access).await["active"], false);
    assert_eq!(refresh(&tokens).await.status, 400);
    notes_server.change(&app, notes()).await;
    assert_eq!(photos_server.introspect(&tokens.access).await["active"], true, "the grant is there");

    let reply = mina.get(&address(&[])).await;
    let code = query(&destination(&allow(&mina, reply).await)).remove("code").unwrap();
    notes_server.remove(&app).await;
    assert_eq!(photos_server.introspect(&tokens.access).await["active"], false);
    assert_eq!(refresh(&tokens).await.status, 400);
    assert_eq!(editor(&app).exchange(&code, &[("redirect_uri", BACK)]).await.status, 400);
    assert_eq!(query(&destination(&mina.get(&address(&[])).await))["error"], "invalid_target");
}

#[tokio::test]
async fn no_document_leads_into_the_network() {
    let web = Web::start().await;
    let app = web.app().await;
    let mina = app.member("mina").await;
    let ask = async |mina: &Persona, id: &str| mina.get(&address(&[("client_id", id)])).await;
    for host in ["loopback", "private", "shared", "cloud", "six", "mapped", "unique", "nat", "nowhere"] {
        is_unknown(&ask(&mina, &format!("https://{host}.example.test/client.json")).await, host);
    }
    for id in [
        "https://127.0.0.1/client.json",
        "https://[::1]/client.json",
        "https://2130706433/client.json",
        "https://localhost/client.json",
        "http://editor.example.test/client.json",
        "https://editor.example.test/",
        "https://editor.example.test/x/../client.json",
        "https://editor.example.test/client.json#x",
        "https://a:b@editor.example.test/client.json",
        "https://EDITOR.example.test/client.json",
        "https://editor.example.test:443/client.json",
    ] {
        is_unknown(&ask(&mina, id).await, id);
    }
    assert_eq!(web.hits(), 0, "no request has left");
}

#[tokio::test]
async fn no_document_speaks_for_another_or_is_read_without_end() {
    let web = Web::start().await;
    let app = web.app().await;
    let mut mina = app.member("mina").await;
    RelyingParty::with(&app, notes()).await;
    let ask = async |mina: &Persona, id: &str| mina.get(&address(&[("client_id", id)])).await;
    let at = |path: &str| format!("https://editor.example.test{path}");
    let own = |path: &str, other: Value| {
        let mut document = document(other);
        document["client_id"] = json!(at(path));
        document
    };
    web.publish("/foreign.json", &document(json!({})));
    web.publish("/secret.json", &own("/secret.json", json!({"client_secret": "x"})));
    web.publish(
        "/post.json",
        &own("/post.json", json!({"token_endpoint_auth_method": "client_secret_post"})),
    );
    web.publish("/script.json", &own("/script.json", json!({"redirect_uris": ["javascript:alert(1)"]})));
    web.publish("/long.json", &own("/long.json", json!({"pad": "x".repeat(6_000)})));
    web.serve("/moved.json", &format!("302 Found\r\nlocation: {ID}"), "");
    web.serve("/page.json", "200 OK", "<html>");
    web.publish("/error.json", &own("/error.json", json!({})));
    web.serve("/error.json", "500 Internal Server Error", &own("/error.json", json!({})).to_string());
    for path in [
        "/foreign.json",
        "/secret.json",
        "/post.json",
        "/script.json",
        "/long.json",
        "/moved.json",
        "/page.json",
        "/error.json",
        "/missing.json",
        "/silent.json",
    ] {
        is_unknown(&ask(&mina, &at(path)).await, path);
    }
    let before = web.hits();
    is_unknown(&ask(&mina, &at("/missing.json")).await, "asked again at once");
    assert_eq!(web.hits(), before, "what failed is not asked for again at once");

    let refused =
        async |other: &[(&str, &str)]| query(&destination(&mina.get(&address(other)).await))["error"].clone();
    assert_eq!(refused(&[("code_challenge", ""), ("code_challenge_method", "")]).await, "invalid_request");
    assert_eq!(refused(&[("resource", "https://other.example.org/")]).await, "invalid_target");
    assert_eq!(refused(&[("scope", "admin")]).await, "invalid_scope");
    is_unknown(&mina.get(&address(&[("redirect_uri", "https://evil.example/cb")])).await, "another address");
    assert_eq!(app.count("oidc_clients"), 1);
    // One address makes this server fetch only so much.
    mina.forwarded_for = Some("203.0.113.9".to_owned());
    for number in 0..30 {
        is_unknown(&ask(&mina, &at(&format!("/{number}.json"))).await, "missing");
    }
    assert_eq!(ask(&mina, &at("/more.json")).await.status, 429);
    assert_eq!(ask(&mina, ID).await.status, 200, "what is known goes on");
}

#[tokio::test]
async fn unless_the_operator_allows_it_no_document_is_fetched() {
    let web = Web::start().await;
    let app = TestApp::with(|config| config.test_web = Some(web.known.clone())).await;
    let mina = app.member("mina").await;
    let discovered: Value = get(&format!("{}/.well-known/oauth-authorization-server", app.url))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(discovered["client_id_metadata_document_supported"], false);
    is_unknown(&mina.get(&address(&[])).await, "off");
    assert_eq!(web.hits(), 0);
    // One that is left from when they were allowed is as unknown as the others.
    app.execute(&format!(
        "INSERT INTO oidc_clients (client_id, name, name_key, registration, created_at) VALUES ('{ID}', 'Editor', '{ID}', '{{\"auth_method\":\"none\",\"grants\":[\"refresh_token\"]}}', 0)"
    ));
    let reply = editor(&app).refresh("mjor_x").await;
    assert_eq!(reply.status, 401, "{}", reply.body);
    is_unknown(&mina.get(&address(&[])).await, "off");
}

async fn push(app: &TestApp, id: &str, from: &str, other: &[(&str, &str)]) -> Reply {
    let asked = address(&[&[("client_id", id)], other].concat());
    let body = asked.split_once('?').unwrap().1.to_owned();
    let mut editor = app.visitor();
    editor.forwarded_for = Some(from.to_owned());
    editor.post_raw("/oauth/par", &body).await
}

/// The request that has been sent ahead, as a browser brings it.
fn ahead(id: &str, pushed: &Reply) -> String {
    assert_eq!(pushed.status, 201, "{}", pushed.body);
    let named: Value = serde_json::from_str(&pushed.body).unwrap();
    let fields = [("client_id", id), ("request_uri", named["request_uri"].as_str().unwrap())];
    format!("/oauth/authorize?{}", encode(&fields))
}

#[tokio::test]
async fn an_app_that_describes_itself_sends_its_request_ahead_before_anyone_allows_it() {
    let web = Web::start().await;
    let app = web.app().await;
    let (mina, noa) = (app.member("mina").await, app.member("noa").await);
    RelyingParty::with(&app, notes()).await;
    let registered = RelyingParty::register(&app, "Wiki").await;
    let other_id = "https://editor.example.test/other.json";
    web.publish("/other.json", &document(json!({"client_id": other_id})));

    let first = ahead(ID, &push(&app, ID, "203.0.113.1", &[("state", "first")]).await);
    assert_eq!((app.count("oidc_clients"), app.count("oidc_pushed_by_address")), (2, 1), "no app is stored");
    // Another app cannot bring it, and it is there after that.
    for id in [other_id, &registered.client_id, "https://editor.example.test/"] {
        let stolen = first.replace(&encode(&[("client_id", ID)]), &encode(&[("client_id", id)]));
        assert_ne!(stolen, first);
        is_unknown(&mina.get(&stolen).await, id);
    }
    let page = mina.get(&first).await;
    assert!(page.text().contains("Editor (editor.example.test)"), "{}", page.text());
    let answer = query(&destination(&allow(&mina, page).await));
    assert_eq!(answer["state"], "first");
    let tokens = TokenSet::of(&editor(&app).exchange(&answer["code"], &[("redirect_uri", BACK)]).await);
    assert_eq!(claims(&tokens.access)["aud"], NOTES);
    is_unknown(&mina.get(&first).await, "twice");

    // Sent before the app was stored, used after that; and now that it has a row.
    let unstored = ahead(other_id, &push(&app, other_id, "203.0.113.1", &[]).await);
    let direct = mina.get(&address(&[("client_id", other_id)])).await;
    allow(&mina, direct).await;
    assert_eq!(app.count("oidc_clients"), 4);
    assert_eq!(noa.get(&unstored).await.status, 200, "noa is asked");
    let stored = ahead(ID, &push(&app, ID, "203.0.113.1", &[]).await);
    assert_eq!((app.count("oidc_pushed"), app.count("oidc_pushed_by_address")), (1, 0));
    assert_eq!(mina.get(&stored).await.status, 303, "remembered");

    // Of two at once, one counts.
    let once = ahead(other_id, &push(&app, other_id, "203.0.113.1", &[]).await);
    let (one, two) = tokio::join!(mina.get(&once), mina.get(&once));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 400]);
    app.clock.advance(3_600);
    web.publish("/late.json", &document(json!({"client_id": "https://editor.example.test/late.json"})));
    let late_id = "https://editor.example.test/late.json";
    let late = ahead(late_id, &push(&app, late_id, "203.0.113.1", &[]).await);
    app.clock.advance(91);
    is_unknown(&mina.get(&late).await, "too late");
    app.purge().await;
    assert_eq!(app.count("oidc_pushed_by_address"), 0);
}

#[tokio::test]
async fn what_is_sent_ahead_by_an_address_is_fetched_and_kept_within_limits() {
    let web = Web::start().await;
    let app = web.app().await;
    RelyingParty::with(&app, notes()).await;
    let error = |reply: &Reply| {
        let answer: Value = serde_json::from_str(&reply.body).unwrap_or_else(|_| panic!("{}", reply.body));
        (reply.status, answer["error"].as_str().unwrap_or_default().to_owned())
    };
    let unknown = (401, "invalid_client".to_owned());
    for host in ["loopback", "private", "shared", "cloud", "six", "mapped", "unique", "nat", "nowhere"] {
        let id = format!("https://{host}.example.test/client.json");
        assert_eq!(error(&push(&app, &id, "203.0.113.1", &[]).await), unknown, "{host}");
    }
    for id in [
        "https://127.0.0.1/client.json",
        "https://[::1]/client.json",
        "http://editor.example.test/client.json",
    ] {
        assert_eq!(error(&push(&app, id, "203.0.113.2", &[]).await), unknown, "{id}");
    }
    // It has no secret, so a client that presents one is another, and nothing is fetched for them.
    let secret = push(&app, ID, "203.0.113.2", &[("client_secret", "x")]).await;
    assert_eq!(error(&secret), unknown);
    let assertion = [
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", "e30.e30.AAAA"),
    ];
    assert_eq!(error(&push(&app, ID, "203.0.113.2", &assertion).await), unknown);
    assert_eq!(web.hits(), 0, "no request has left");

    let at = |path: &str| format!("https://editor.example.test{path}");
    web.publish("/foreign.json", &document(json!({})));
    web.publish("/long.json", &document(json!({"client_id": at("/long.json"), "pad": "x".repeat(6_000)})));
    web.serve("/moved.json", &format!("302 Found\r\nlocation: {ID}"), "");
    for path in ["/foreign.json", "/long.json", "/moved.json", "/missing.json"] {
        assert_eq!(error(&push(&app, &at(path), "203.0.113.3", &[]).await), unknown, "{path}");
    }
    for (other, code) in [
        (("redirect_uri", "https://evil.example/cb"), "invalid_request"),
        (("code_challenge", ""), "invalid_request"),
        (("resource", "https://other.example.org/"), "invalid_target"),
        (("scope", "admin"), "invalid_scope"),
        (("request_uri", "urn:ietf:params:oauth:request_uri:x"), "request_uri_not_supported"),
    ] {
        let (status, got) = error(&push(&app, ID, "203.0.113.3", &[other]).await);
        assert_eq!(status, 400, "{other:?}");
        assert!(got == code || other.0 == "request_uri", "{other:?}: {got}");
    }
    assert_eq!(app.count("oidc_pushed_by_address"), 0);

    // One address makes this server fetch only so much, by whichever endpoint.
    for number in 0..30 {
        assert_eq!(error(&push(&app, &at(&format!("/{number}.json")), "203.0.113.4", &[]).await), unknown);
    }
    let limited = push(&app, &at("/more.json"), "203.0.113.4", &[]).await;
    assert_eq!(limited.status, 429, "{}", limited.body);
    assert!(!limited.header("retry-after").is_empty());
    let mut mina = app.member("mina").await;
    mina.forwarded_for = Some("203.0.113.4".to_owned());
    assert_eq!(mina.get(&address(&[("client_id", &at("/more.json"))])).await.status, 429);

    // However many apps it thinks of, it does not fill the database.
    for number in 0..99 {
        let until = app.clock.now() + 80;
        app.execute(&format!(
            "INSERT INTO oidc_pushed_by_address VALUES ('{number}', 'https://{number}.example.test/x', '203.0.113.5', 'x=1', {until})"
        ));
    }
    assert_eq!(push(&app, ID, "203.0.113.5", &[]).await.status, 201);
    let full = push(&app, ID, "203.0.113.5", &[]).await;
    assert_eq!(full.status, 429, "{}", full.body);
    assert!((1..=90).contains(&full.header("retry-after").parse::<u64>().unwrap()));
    assert_eq!(push(&app, ID, "203.0.113.6", &[]).await.status, 201, "another address");
    app.clock.advance(91);
    assert_eq!(push(&app, ID, "203.0.113.5", &[]).await.status, 201);
    assert_eq!(app.count("oidc_pushed_by_address"), 1, "expired ones are deleted on the way");

    let off = TestApp::with(|config| config.test_web = Some(web.known.clone())).await;
    let before = web.hits();
    let refused = editor(&off).post("/oauth/par", &[("redirect_uri", BACK), ("response_type", "code")]).await;
    assert_eq!((error(&refused), web.hits()), (unknown, before), "unless the operator allows it");
}
