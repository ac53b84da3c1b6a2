//! Access by rule.

use reqwest::Method;

use super::{by_nginx, forward, sent, start};

#[tokio::test]
async fn rules_decide_by_place_method_group_and_network() {
    let (app, _rules) = start().await;
    let (anonymous, mina, sofia) = (app.visitor(), app.member("mina").await, app.staff("sofia").await);
    sofia.post("/admin/groups", &[("name", "Moderators")]).await.assert_redirect("/admin/groups/1");
    for (method, place, statuses) in [
        ("GET", "/x", [302, 200]),
        ("POST", "/x", [303, 200]),
        ("DELETE", "/x", [403, 403]),
        ("GET", "/public/x", [200, 200]),
        ("DELETE", "/public/x", [200, 200]),
        ("GET", "/admin/x", [302, 403]),
        ("GET", "//admin/x", [302, 403]),
        ("GET", "/public/../admin/x", [302, 403]),
        ("GET", "/closed", [403, 403]),
        ("GET", "/local", [302, 200]),
    ] {
        for (persona, status) in [&anonymous, &mina].into_iter().zip(statuses) {
            let reply = forward(persona, &sent(method, place)).await;
            assert_eq!(reply.status, status, "{method} {place}");
            let names = ["remote-user", "remote-user-id", "remote-email", "remote-email-verified"];
            let all = names.iter().all(|name| reply.headers.contains_key(*name));
            assert_eq!(all, status == 200, "{method} {place}: every header, or none");
            if all {
                let name = if persona.cookie("munjigi").is_some() { "mina" } else { "" };
                assert_eq!(reply.header("remote-user"), name);
            }
        }
    }
    let mut nowhere = sent("GET", "/x");
    nowhere[2].1 = "elsewhere.example.org".to_owned();
    assert_eq!(forward(&mina, &nowhere).await.status, 403, "the default is to refuse");
    for (forwarded, status) in
        [("10.1.1.1", 200), ("10.1.1.1, 203.0.113.9", 302), ("203.0.113.9, 10.1.1.1", 200)]
    {
        let mut sent = sent("GET", "/local");
        sent.push(("x-forwarded-for", forwarded.to_owned()));
        assert_eq!(forward(&anonymous, &sent).await.status, status, "from {forwarded}");
    }
    sofia.post("/admin/groups/1/members", &[("login", "mina")]).await.assert_redirect("/admin/groups/1");
    let reply = forward(&mina, &sent("GET", "/admin/x")).await;
    assert_eq!((reply.status, reply.header("remote-groups")), (200, "Moderators"), "it counts at once");
}

#[tokio::test]
async fn a_path_with_too_many_readings_is_let_in_where_all_of_them_are() {
    let (app, _rules) = start().await;
    let (anonymous, mina) = (app.visitor(), app.member("mina").await);
    for (place, statuses, is_unclear) in [
        ("/job/x/job/feature%252Ffoo/", [302, 200], false),
        ("/public/feature%252Ffoo", [200, 200], false),
        ("/x/y#z", [302, 200], false),
        ("/admin/a%252fb", [302, 403], false),
        ("/closed/a%252fb", [403, 403], false),
        ("/%61dmin", [302, 403], false),
        ("/%2561dmin", [403, 403], true),
        ("/%252561dmin", [403, 403], true),
        ("/%25252561dmin", [403, 403], true),
        ("/public/..%2fadmin", [403, 403], true),
        ("/public/..%252fadmin", [403, 403], true),
        ("/public/%252e%252e/admin", [403, 403], true),
        ("/public/..;/admin", [403, 403], true),
        ("/public/..\\admin", [403, 403], true),
        ("/public/%c0%ae%c0%ae/admin", [403, 403], true),
        ("/public/%ff", [403, 403], true),
        ("/%00", [403, 403], true),
        ("/x#y", [403, 403], true),
    ] {
        for (persona, status) in [&anonymous, &mina].into_iter().zip(statuses) {
            let reply = forward(persona, &sent("GET", place)).await;
            assert_eq!(reply.status, status, "{place}");
            if status == 403 {
                let explains = reply.body.contains("can be read in more than one way");
                assert_eq!(explains, is_unclear, "{place}: {}", reply.body);
            }
            let url = format!("https://app.example.org{place}");
            let status = if status == 302 { 401 } else { status };
            assert_eq!(by_nginx(persona, "GET", &url).await.status, status, "{place}");
            let denied = persona.request(Method::GET, "/api/authz/denied").header("accept", "text/html");
            let denied = denied.header("x-original-method", "GET").header("x-original-url", &url);
            let denied = persona.send(denied).await;
            assert_eq!(denied.status, 403);
            if status == 403 {
                assert_eq!(denied.body.contains("more than one way"), is_unclear, "{place}");
            }
        }
    }
    let mut korean = sent("GET", "/%2561dmin");
    korean.push(("accept-language", "ko".to_owned()));
    let request = reqwest::Client::new().get(format!("{}/api/authz/forward-auth", app.url));
    let request = korean.iter().fold(request, |request, (name, value)| request.header(*name, value));
    let page = request.send().await.unwrap().text().await.unwrap();
    assert!(page.contains("여러 가지로 읽힐 수 있는 주소예요"), "{page}");
}

#[tokio::test]
async fn bytes_that_are_not_text_count_as_if_they_were_encoded() {
    let (app, _rules) = start().await;
    let mina = app.member("mina").await;
    for (place, status) in
        [(&b"/x/\xff"[..], 403), (b"/x?\xff", 200), (b"/public/\xc0\xae\xc0\xae/admin", 403)]
    {
        let request = mina.request(Method::GET, "/api/authz/auth-request").header("x-original-method", "GET");
        let url = [b"https://app.example.org", place].concat();
        assert_eq!(mina.send(request.header("x-original-url", url)).await.status, status, "{place:?}");
    }
    let request = mina.request(Method::GET, "/api/authz/auth-request").header("x-original-method", "GET");
    let odd_host = request.header("x-original-url", &b"https://app.example.org\xff/x"[..]);
    assert_eq!(mina.send(odd_host).await.status, 400);
}

#[tokio::test]
async fn a_level_of_two_factors_takes_a_session_that_was_begun_by_them() {
    let (app, _rules) = start().await;
    let (anonymous, mina) = (app.visitor(), app.member("mina").await);
    let asked = forward(&anonymous, &sent("GET", "/vault/x")).await;
    assert!(asked.status == 302 && asked.header("location").contains("/login?rd="));
    let asked = forward(&mina, &sent("GET", "/vault/x")).await;
    assert_eq!(asked.status, 302);
    let place = "/security/totp?next=https%3A%2F%2Fapp%2Eexample%2Eorg%2Fvault%2Fx";
    assert!(asked.header("location").ends_with(place), "{}", asked.header("location"));
    assert!(!asked.headers.contains_key("remote-user"));
    assert_eq!(forward(&mina, &sent("POST", "/vault/x")).await.status, 303);
    let authenticator = app.set_up_totp(&mina).await;
    assert_eq!(forward(&mina, &sent("GET", "/vault/x")).await.header("remote-user"), "mina");
    let phone = app.pending_sign_in("mina").await;
    assert_eq!(forward(&phone, &sent("GET", "/vault/x")).await.status, 302, "half of a sign-in opens no app");
    phone.verify(&authenticator.next_code(&app)).await.assert_redirect("/dashboard");
    assert_eq!(forward(&phone, &sent("GET", "/vault/x")).await.status, 200);
}

#[tokio::test]
async fn nothing_behind_the_gate_is_open_to_who_must_set_up_a_second_factor_first() {
    let (app, _rules) = start().await;
    let (mina, sofia) = (app.member("mina").await, app.staff("sofia").await);
    assert_eq!(forward(&mina, &sent("GET", "/x")).await.status, 200);
    sofia.post("/admin/groups", &[("name", "Careful")]).await.assert_redirect("/admin/groups/1");
    sofia.post("/admin/groups/1/members", &[("login", "mina")]).await.assert_redirect("/admin/groups/1");
    let fields = [("second_factor", "yes")];
    sofia.fill("/admin/groups/1", "/admin/groups/1", &fields).await.assert_redirect("/admin/groups/1");
    assert_eq!(forward(&mina, &sent("GET", "/x")).await.status, 302);
    let led = mina.get("/login?rd=https%3A%2F%2Fapp.example.org%2Fx").await;
    led.assert_redirect("/security/totp?next=https%3A%2F%2Fapp%2Eexample%2Eorg%2Fx");
    app.set_up_totp(&mina).await;
    assert_eq!(forward(&mina, &sent("GET", "/x")).await.status, 200);
}
