//! Every page that people see, with something on it, and the answers to forms: for the checkers, which find faults on none.

use munjigi::config::Verification;
use munjigi::identity::oidc::{AuthMethod, ClientInput, GrantType};
use munjigi::server::routes::{Row, table};
use serde_json::json;

use crate::support::provider::{FakeProvider, offer, sign_in_by};
use crate::support::relying_party::{RelyingParty, input};
use crate::support::{Chromium, Persona, Reply, SoftPasskey, TestApp, mails_in};

/// What stands at these addresses is no page, or answers a GET by leading on.
const NO_PAGES: &[&str] = &[
    "/api/",
    "/oauth/userinfo",
    "/oauth/jwks.json",
    "/static/",
    "/app-logos/",
    "/healthz",
    "/readyz",
    "/login/passkey",
    "/security/passkeys/new",
    "/security/passkeys/shown",
    "/sign-in/{name}/callback",
    "/.well-known/",
    "/robots.txt",
    "/favicon.ico",
];

/// The browser of a person, and where it goes.
pub struct Walk {
    pub who: Persona,
    pub paths: Vec<String>,
}

/// The answer to a form, which has no address of its own.
pub struct Answer {
    pub name: &'static str,
    pub html: String,
}

pub struct Site {
    pub app: TestApp,
    pub sofia: Persona,
    pub walks: Vec<Walk>,
    pub answers: Vec<Answer>,
    _provider: FakeProvider,
}

struct Apps {
    wiki: RelyingParty,
    tv: RelyingParty,
}

fn owned(paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

fn answer(name: &'static str, reply: Reply, status: u16) -> Answer {
    assert_eq!(reply.status, status, "{name}: {} {}", reply.header("location"), reply.text());
    Answer { name, html: reply.body }
}

/// The newest letter that links to this page.
async fn letter(app: &TestApp, path: &str) -> String {
    let link = format!("{}{path}?token=", app.url);
    for _ in 0..1_000 {
        if let Some(mail) = mails_in(&app.outbox()).into_iter().rfind(|mail| mail.text.contains(&link)) {
            return mail.path(app);
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("no letter leads to {path}");
}

async fn apps(app: &TestApp, sofia: &Persona, mina: &Persona) -> Apps {
    sofia.post("/admin/groups", &[("name", "Editors")]).await.assert_redirect("/admin/groups/1");
    sofia.post("/admin/groups/1/members", &[("login", "mina")]).await.assert_redirect("/admin/groups/1");
    let wiki = [("name", "Wiki"), ("address", "https://wiki.example.org/"), ("icon", "")];
    sofia.post("/admin/apps", &wiki).await.assert_redirect("/admin/apps");
    let wiki = RelyingParty::register(app, "Notes").await;
    wiki.sign_in(mina, &[]).await;
    let tv = ClientInput {
        redirect_uris: vec![],
        auth_method: Some(AuthMethod::None),
        grants: vec![GrantType::DeviceCode, GrantType::RefreshToken],
        ..input("Television")
    };
    Apps { wiki, tv: RelyingParty::with(app, tv).await }
}

async fn user_code(apps: &Apps) -> String {
    let asked = apps.tv.post("/oauth/device_authorization", &[("scope", "openid profile")]).await;
    asked.json()["user_code"].as_str().unwrap().to_owned()
}

/// A site with something on every page.
pub async fn site() -> Site {
    let provider = FakeProvider::start().await;
    let section = provider.section("fake", "oidc", "label = \"Example\"");
    let app = TestApp::named(|config| {
        offer(config, &section);
        config.mail.sign_in_links = true;
        config.mail.verification = Verification::Optional;
    })
    .await;
    provider.follow(&app);
    let (sofia, mina) = (app.staff("sofia").await, app.member("mina").await);
    app.another_browser("mina").await;
    app.visitor().post("/login", &[("login", "mina"), ("password", "not the password")]).await;
    let post = [("version", "0"), ("title", "Hello"), ("body", "https://example.org/ and more")];
    mina.post("/board/new", &post).await.assert_redirect("/board/1");
    let apps = apps(&app, &sofia, &mina).await;
    let (yuna, totp) = app.member_with_totp("yuna").await;
    yuna.add_passkey(&mut SoftPasskey::new(1), &app.url, "Key").await.assert_redirect("/security/passkeys");
    // What was just done stands in the next page's title, which is longer than the checkers like.
    yuna.get("/security/passkeys").await;
    let mut answers = of_members(&mina, &yuna, &apps).await;
    answers.extend(of_staff(&app, &sofia).await);
    app.clock.advance(11 * 60);
    answers.push(answer("proof", yuna.post("/security/totp/remove", &[]).await, 422));
    answers.push(answer("question", sofia.post("/admin/groups/1/delete", &[("ask", "yes")]).await, 422));
    drop(totp);
    let mut walks = vec![visitors(&app).await, members(mina, &apps).await, staff(&app, &apps).await];
    walks.push(Walk { paths: owned(PROTECTED), who: yuna });
    walks.push(Walk { paths: owned(&["/login/verify"]), who: app.pending_sign_in("yuna").await });
    walks.extend(of_provider(&app, &provider).await);
    walks.extend(halted(&app).await);
    answers.extend(of_visitors(&app).await);
    Site { app, sofia, walks, answers, _provider: provider }
}

async fn visitors(app: &TestApp) -> Walk {
    let who = app.visitor();
    let mut paths = owned(PUBLIC);
    for path in ["/password-reset", "/sign-in-link"] {
        who.post(path, &[("login", "mina")]).await.assert_redirect(&format!("{path}/code"));
        paths.push(letter(app, path).await);
    }
    paths.push(letter(app, "/verify-email").await);
    Walk { who, paths }
}

async fn members(mina: Persona, apps: &Apps) -> Walk {
    let mut paths = owned(MEMBER);
    paths.extend([
        apps.wiki.address(&[("prompt", "consent")]),
        apps.wiki.address(&[("prompt", "select_account")]),
        apps.wiki.address(&[("redirect_uri", "https://other.example.org/")]),
        format!("/device?user_code={}", user_code(apps).await),
    ]);
    Walk { who: mina, paths }
}

async fn staff(app: &TestApp, apps: &Apps) -> Walk {
    let client = &apps.wiki.client_id;
    let mut paths = owned(STAFF);
    paths.extend(["", "/change", "/remove"].map(|below| format!("/admin/apps/oidc/{client}{below}")));
    Walk { who: app.another_browser("sofia").await, paths }
}

/// Those who come from a provider for the first time: without an account, and with the address of an account.
async fn of_provider(app: &TestApp, provider: &FakeProvider) -> [Walk; 2] {
    let (new, owner) = (app.visitor(), app.visitor());
    provider.person(json!({"sub": "new", "email": "new@example.org", "preferred_username": "mina"}));
    sign_in_by(&new, provider, "fake").await.assert_redirect("/sign-in/fake/register");
    provider.person(json!({"sub": "own", "email": "mina@example.org", "email_verified": true}));
    sign_in_by(&owner, provider, "fake").await.assert_redirect("/sign-in/fake/link");
    [
        Walk { who: new, paths: owned(&["/sign-in/fake/register"]) },
        Walk { who: owner, paths: owned(&["/sign-in/fake/link"]) },
    ]
}

/// Those whom a group makes set up a second factor, and whose form waits for them.
async fn halted(app: &TestApp) -> [Walk; 2] {
    let (noa, waits) = (app.member("noa").await, app.member("waits").await);
    let sofia = app.another_browser("sofia").await;
    sofia.post("/admin/groups", &[("name", "Careful")]).await.assert_redirect("/admin/groups/2");
    sofia.post("/admin/groups/2/members", &[("login", "noa")]).await.assert_redirect("/admin/groups/2");
    let asks = [("second_factor", "yes")];
    sofia.fill("/admin/groups/2", "/admin/groups/2", &asks).await.assert_redirect("/admin/groups/2");
    let form = waits.get("/board/new").await.form("/board/new");
    let mut form: Vec<(&str, &str)> =
        form.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))).collect();
    form.retain(|(name, _)| !["title", "body"].contains(name));
    form.extend([("title", "Later"), ("body", "Text")]);
    waits.post("/logout", &[]).await.assert_redirect("/");
    assert_eq!(waits.post("/board/new", &form).await.status, 303);
    waits.sign_in("waits").await;
    [Walk { who: noa, paths: owned(&["/security/totp"]) }, Walk { who: waits, paths: owned(&["/unsent"]) }]
}

async fn of_members(mina: &Persona, yuna: &Persona, apps: &Apps) -> Vec<Answer> {
    let token = [("name", "Backup"), ("profile:read", "yes"), ("expires_at", "90")];
    let code = user_code(apps).await;
    let asked = mina.post("/device", &[("user_code", &code)]).await;
    let form = asked.form("/device");
    let mut form: Vec<(&str, &str)> =
        form.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))).collect();
    form.retain(|(name, _)| *name != "decision");
    form.push(("decision", "deny"));
    let denied = mina.post("/device", &form).await;
    vec![
        answer("codes", yuna.post("/security/recovery-codes", &[]).await, 200),
        answer("token", mina.post("/tokens", &token).await, 200),
        answer("no token", mina.post("/tokens", &[]).await, 422),
        answer("profile", mina.post("/profile", &[("email", "x"), ("display_name", "\u{7}")]).await, 422),
        answer("password", mina.post("/security", &[("new_password", "x")]).await, 422),
        answer("post", mina.post("/board/new", &[]).await, 422),
        answer("edit", mina.post("/board/1/edit", &[("version", "1"), ("title", "")]).await, 422),
        answer("authenticator", mina.get("/security/totp").await, 200),
        answer("device", asked, 200),
        answer("device denied", denied, 200),
    ]
}

async fn of_staff(app: &TestApp, sofia: &Persona) -> Vec<Answer> {
    app.member("gone").await;
    let place = format!("/admin/users/{}", app.user_id("gone"));
    vec![
        answer("link", sofia.post(&format!("{place}/require-password"), &[]).await, 200),
        answer("disable", sofia.post(&format!("{place}/disable"), &[("ask", "yes")]).await, 422),
        answer("no group", sofia.post("/admin/groups", &[]).await, 422),
        answer("no app", sofia.post("/admin/apps", &[("address", "javascript:alert(1)")]).await, 422),
        answer("no client", sofia.post("/admin/apps/new/custom", &[]).await, 422),
        answer("remove app", sofia.post("/admin/apps/1/delete", &[("ask", "yes")]).await, 422),
    ]
}

async fn of_visitors(app: &TestApp) -> Vec<Answer> {
    let visitor = app.visitor();
    let wrong = [("username", "a b"), ("email", "x"), ("password", "password1")];
    let mut answers = vec![
        answer("register", visitor.post("/register", &wrong).await, 422),
        answer("login", visitor.post("/login", &[]).await, 422),
        answer("wrong login", visitor.post("/login", &[("login", "x"), ("password", "y")]).await, 422),
        answer("ask", visitor.post("/password-reset", &[]).await, 422),
        answer("wrong code", visitor.post("/password-reset/code", &[("code", "1")]).await, 422),
        answer("broken", visitor.post("/language", &[]).await, 400),
        answer("method", visitor.post("/", &[]).await, 405),
    ];
    for _ in 0..200 {
        let reply = visitor.post("/password-reset", &[("login", "mina")]).await;
        if reply.status == 429 {
            answers.push(answer("too many", reply, 429));
            return answers;
        }
    }
    panic!("no limit is reached: {}", answers.len());
}

const PUBLIC: &[&str] = &[
    "/",
    "/login",
    "/register",
    "/password-reset",
    "/password-reset?token=x",
    "/password-reset/code",
    "/password-reset/recovery",
    "/sign-in-link",
    "/sign-in-link?token=x",
    "/sign-in-link/code",
    "/verify-email",
    "/verify-email?token=x",
    "/board",
    "/board?q=nothing",
    "/board/1",
    "/nowhere",
    "/logout",
    "/oauth/authorize?client_id=unknown",
    "/api/authz/denied",
];
const MEMBER: &[&str] = &[
    "/dashboard",
    "/profile",
    "/profile/delete",
    "/security",
    "/security/password",
    "/security/activity",
    "/security/totp",
    "/security/passkeys",
    "/security/connected-apps",
    "/sessions",
    "/tokens",
    "/verify-email",
    "/board",
    "/board/new",
    "/board/1",
    "/board/1/edit",
    "/board/1/delete",
    "/device",
    "/logout",
    "/oauth/logout",
    "/oauth/logout?id_token_hint=x",
    "/admin",
    "/api/authz/denied",
];
/// Of a member with two-step verification.
const PROTECTED: &[&str] = &[
    "/security",
    "/security/totp",
    "/security/passkeys",
    "/security/passkeys/1/rename",
    "/security/recovery-codes",
    "/security/connected-apps",
    "/dashboard",
];
const STAFF: &[&str] = &[
    "/admin",
    "/admin?days=30",
    "/admin/search",
    "/admin/search?q=mina",
    "/admin/search?q=nobody",
    "/admin/users",
    "/admin/users?sort=name",
    "/admin/users?q=nobody",
    "/admin/users/1",
    "/admin/users/2",
    "/admin/groups",
    "/admin/groups?sort=-members",
    "/admin/groups/new",
    "/admin/groups/1",
    "/admin/apps",
    "/admin/apps/1",
    "/admin/apps/new",
    "/admin/apps/new/proxy",
    "/admin/apps/new/grafana",
    "/admin/sessions",
    "/admin/audit",
    "/admin/audit?user=nobody",
];

impl Site {
    /// The routes of pages that no one here visits.
    pub fn left_out(&self) -> Vec<&'static str> {
        let went: Vec<&str> = self
            .walks
            .iter()
            .flat_map(|walk| &walk.paths)
            .map(|path| path.split('?').next().unwrap_or(path))
            .collect();
        let is_page = |row: &Row| {
            row.methods.iter().any(|method| method.as_str() == "GET")
                && !NO_PAGES.iter().any(|prefix| row.path.starts_with(prefix))
        };
        let mut left: Vec<&str> = table().into_iter().filter(is_page).map(|row| row.path).collect();
        left.retain(|route| !went.iter().any(|path| matches(route, path)));
        left
    }
}

/// Whether a route such as `/board/{id}` is that of the path.
fn matches(route: &str, path: &str) -> bool {
    let (route, path) = (route.split('/'), path.split('/'));
    route.clone().count() == path.clone().count()
        && route.zip(path).all(|(one, other)| one == other || one.starts_with('{'))
}

/// Gives the browser the cookies of this person, and takes those of others.
pub async fn wear(browser: &Chromium, app: &TestApp, person: &Persona) {
    let tools = browser.driver.cdp();
    tools.send_raw("Network.clearBrowserCookies", json!({})).await.unwrap();
    for (name, value) in person.cookies() {
        let cookie = json!({"name": name, "value": value, "url": app.url});
        tools.send_raw("Network.setCookie", cookie).await.unwrap();
    }
}

/// Shows the answer to a form in place of the page that is open.
pub async fn show(browser: &Chromium, html: &str) {
    let tools = browser.driver.cdp();
    let tree = tools.send_raw("Page.getFrameTree", json!({})).await.unwrap();
    let frame = &tree["frameTree"]["frame"]["id"];
    tools.send_raw("Page.setDocumentContent", json!({"frameId": frame, "html": html})).await.unwrap();
    let ready =
        "return document.querySelector('h1') !== null && getComputedStyle(document.body).display === 'flex'";
    for _ in 0..400 {
        if browser.driver.execute(ready, vec![]).await.unwrap().convert::<bool>().unwrap() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("the sheet is not loaded: {html}");
}
