//! Behaviour behind every proxy: nginx and Caddy, configured as `docs/` shows.

mod cookies;
mod doctor;
mod hosts;
mod identity;
mod paths;

use reqwest::Method;
use serde_json::json;

use crate::support::{Behind, PASSWORD, Surfer, over_both_proxies, send};

/// Mina, signed in at the portal, with the cookies that a browser would then have.
async fn mina(behind: &Behind) -> Surfer {
    behind.app.member("mina").await;
    let mina = behind.surfer();
    mina.sign_in("mina").await;
    mina
}

over_both_proxies![
    an_anonymous_user_signs_in_and_returns_to_the_page_with_its_query,
    the_app_learns_who_is_there_and_sees_no_key,
    signing_out_at_the_portal_ends_every_app_at_once,
    a_user_without_access_gets_an_explanation_and_a_way_back,
    a_public_page_is_public_and_names_no_user,
    a_large_post_arrives_whole,
    headers_that_a_client_forges_change_nothing,
];

async fn an_anonymous_user_signs_in_and_returns_to_the_page_with_its_query(behind: Behind) {
    behind.app.member("mina").await;
    let mina = behind.surfer();
    let page = behind.at(&format!("/page?a=1&b=%2f%20x&long={}", "x".repeat(2_500)));
    let asked = mina.get(&page).await;
    assert_eq!(asked.status, 302);
    let portal = asked.header("location").to_owned();
    assert!(portal.starts_with(&behind.portal("/login?rd=https://app.example.test:")), "{portal}");
    assert!(portal.ends_with("&rm=GET"));
    let form = mina.get(&portal).await;
    assert_eq!(form.status, 200);
    let next = form.body.split("name=\"next\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let next = next.replace("&#38;", "&");
    assert_eq!(next, page);
    let policy = form.header("content-security-policy");
    let origin = behind.at("");
    assert!(policy.contains(&format!("form-action 'self' {origin}")), "{policy}");
    let fields = [("login", "mina"), ("password", PASSWORD), ("next", &next)];
    let signed_in = mina.post("/login", &fields).await;
    let refresh = format!("content=\"0; url={}\"", page.replace('&', "&#38;"));
    assert!(signed_in.status == 200 && signed_in.body.contains(&refresh), "{}", signed_in.body);
    let landed = mina.get(&page).await;
    assert!(landed.status == 200 && landed.body.contains("<h1 id=user>mina</h1>"), "{}", landed.body);
    assert!(landed.body.contains("a=1&b=%2f%20x"));
}

async fn the_app_learns_who_is_there_and_sees_no_key(behind: Behind) {
    let sofia = behind.app.staff("sofia").await;
    sofia.post("/admin/groups", &[("name", "Moderators, 운영진")]).await.assert_redirect("/admin/groups/1");
    let mina = mina(&behind).await;
    sofia.post("/admin/groups/1/members", &[("login", "mina")]).await.assert_redirect("/admin/groups/1");
    let request = mina.request(Method::GET, &behind.at("/x")).header("remote-user", "sofia");
    let answer = send(request).await;
    assert_eq!(answer.received("remote-user"), ["mina"]);
    assert_eq!(answer.received("remote-groups"), ["Moderators%2C 운영진"]);
    assert_eq!(answer.received("remote-name"), ["mina"]);
    let id = behind.app.user_id("mina");
    assert_eq!(answer.received("remote-user-id"), [id.to_string()]);
    assert_eq!(answer.received("remote-email").concat(), "", "not confirmed");
    assert_eq!(answer.received("remote-email-verified").concat(), "");
    let confirmed = format!("UPDATE users SET email_verified_at = 1 WHERE id = {id}");
    behind.app.write_user(id, confirmed).await;
    let confirmed = mina.get(&behind.at("/x")).await;
    assert_eq!(confirmed.received("remote-email"), ["mina@example.org"]);
    assert_eq!(confirmed.received("remote-email-verified"), ["true"]);
    assert!(!answer.received("cookie").join(";").contains("munjigi"), "{:?}", answer.received("cookie"));
}

async fn signing_out_at_the_portal_ends_every_app_at_once(behind: Behind) {
    let mina = mina(&behind).await;
    assert!(mina.get(&behind.at("/x")).await.is_of_the_app());
    // What an attacker with the cookie would send.
    let stolen = mina.cookie(&behind.at("/")).expect("the proxy cookie");
    let out = mina.post("/logout", &[]).await;
    assert_eq!(out.status, 303);
    assert_eq!(mina.cookie(&behind.at("/")), None, "the browser has forgotten it");
    assert_eq!(mina.get(&behind.at("/x")).await.status, 302);
    let thief = behind.surfer();
    let request = thief.request(Method::GET, &behind.at("/x")).header("cookie", stolen);
    assert_eq!(send(request).await.status, 302);
}

async fn a_user_without_access_gets_an_explanation_and_a_way_back(behind: Behind) {
    let mina = mina(&behind).await;
    let answer = mina.get(&behind.at("/admin/x")).await;
    assert_eq!(answer.status, 403);
    assert!(answer.body.contains("This page isn’t open to you"), "{}", answer.body);
    assert!(answer.body.contains("You’re signed in as mina"), "{}", answer.body);
    assert!(answer.body.contains(&format!("href=\"{}\"", behind.portal("/dashboard"))), "{}", answer.body);
    let mut korean = mina.request(Method::GET, &behind.at("/admin/x")).build().unwrap();
    korean.headers_mut().insert("accept-language", "ko".parse().unwrap());
    let korean = mina.execute(korean).await;
    assert!(korean.contains("이 페이지를 열 권한이 없어요") && korean.contains("mina 계정"), "{korean}");
    let anonymous = behind.surfer();
    assert_eq!(anonymous.get(&behind.at("/admin/x")).await.status, 302, "the user may be a moderator");
}

async fn a_public_page_is_public_and_names_no_user(behind: Behind) {
    let anonymous = behind.surfer();
    let spoofed = [
        ("remote-user", "root"),
        ("remote-groups", "staff"),
        ("remote-email", "x@y.z"),
        ("remote-name", "r"),
    ];
    let request = spoofed
        .iter()
        .fold(anonymous.request(Method::GET, &behind.at("/public/x")), |request, (name, value)| {
            request.header(*name, *value)
        });
    let answer = send(request).await;
    assert!(answer.is_of_the_app(), "{}", answer.status);
    for (name, _) in spoofed {
        assert!(answer.received(name).iter().all(String::is_empty), "{name} {:?}", answer.received(name));
    }
}

async fn a_large_post_arrives_whole(behind: Behind) {
    let mina = mina(&behind).await;
    let body: Vec<u8> = (0..3_000_000_u32).map(|n| n as u8).collect();
    let sum: u64 = body.iter().map(|byte| u64::from(*byte)).sum();
    let answer = send(mina.request(Method::POST, &behind.at("/upload")).body(body.clone())).await;
    assert_eq!((answer.echo("method"), answer.echo("bytes")), (json!("POST"), json!(3_000_000)));
    assert_eq!(answer.echo("sum"), json!(sum));
    let chunked = reqwest::Body::wrap_stream(futures_util::stream::iter([Ok::<_, std::io::Error>(body)]));
    let answer = send(mina.request(Method::POST, &behind.at("/upload")).body(chunked)).await;
    assert_eq!((answer.echo("bytes"), answer.echo("sum")), (json!(3_000_000), json!(sum)));
}

async fn headers_that_a_client_forges_change_nothing(behind: Behind) {
    behind.app.member("mina").await;
    let anonymous = behind.surfer();
    for forged in [
        &[("x-forwarded-uri", "/public")][..],
        &[("x-forwarded-uri", "/public"), ("x-forwarded-uri", "/public")],
        &[("x-original-url", "https://app.example.test/public")],
        &[("x-original-method", "OPTIONS"), ("x-forwarded-method", "OPTIONS")],
        &[("x-forwarded-host", "id.example.test")],
        &[("x-forwarded-host", "app.example.test"), ("x-forwarded-uri", "/public")],
        &[("x-forwarded-for", "127.0.0.1"), ("x-forwarded-for", "127.0.0.1")],
        &[("x_forwarded_uri", "/public")],
        &[("x_original_url", "https://app.example.test/public")],
        &[("x-rewrite-url", "/public"), ("x-http-method-override", "OPTIONS")],
        &[("connection", "x-forwarded-uri, x-original-url, x-forwarded-host")],
        &[("connection", "cookie")],
        &[("cookie", "__Secure-munjigi-proxy=x.y")],
        &[("authorization", "Basic bWluYTp4")],
    ] {
        let request =
            forged.iter().fold(anonymous.request(Method::GET, &behind.at("/x")), |request, (name, value)| {
                request.header(*name, *value)
            });
        let answer = send(request).await;
        assert!(!answer.is_of_the_app(), "{forged:?}");
        assert!(matches!(answer.status, 302 | 400 | 401 | 500), "{forged:?} {}", answer.status);
    }
    let mina = mina_again(&behind).await;
    for forged in [
        ("remote-user", "sofia"),
        ("Remote_User", "sofia"),
        ("remote_groups", "staff"),
        ("connection", "remote-user, remote-groups"),
        ("connection", "Remote-User"),
        ("remote-groups", "staff"),
    ] {
        let answer = send(mina.request(Method::GET, &behind.at("/x")).header(forged.0, forged.1)).await;
        if answer.is_of_the_app() {
            assert_eq!(answer.received("remote-user"), ["mina"], "{forged:?}");
            assert_eq!(answer.received("remote-groups").concat(), "", "{forged:?}");
            assert!(answer.received("remote_user").is_empty() && answer.received("remote_groups").is_empty());
        } else {
            assert!(matches!(answer.status, 400 | 500), "{forged:?} {}", answer.status);
        }
    }
}

async fn mina_again(behind: &Behind) -> Surfer {
    let mina = behind.surfer();
    mina.sign_in("mina").await;
    mina
}
