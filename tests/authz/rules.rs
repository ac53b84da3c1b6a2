//! Who is let in where.

use super::{forward, start, told};

#[tokio::test]
async fn rules_decide_by_place_method_group_and_network() {
    let (app, _rules) = start().await;
    let (stranger, mina, sofia) = (app.visitor(), app.member("mina").await, app.staff("sofia").await);
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
        for (persona, status) in [&stranger, &mina].into_iter().zip(statuses) {
            let reply = forward(persona, &told(method, place)).await;
            assert_eq!(reply.status, status, "{method} {place}");
            let names = ["remote-user", "remote-groups", "remote-name", "remote-email"];
            let all = names.iter().all(|name| reply.headers.contains_key(*name));
            assert_eq!(all, status == 200, "{method} {place}: every header, or none");
            if all {
                let name = if persona.cookie("munjigi").is_some() { "mina" } else { "" };
                assert_eq!(reply.header("remote-user"), name);
            }
        }
    }
    let mut nowhere = told("GET", "/x");
    nowhere[2].1 = "elsewhere.example.org".to_owned();
    assert_eq!(forward(&mina, &nowhere).await.status, 403, "the default is nobody");
    for (forwarded, status) in
        [("10.1.1.1", 200), ("10.1.1.1, 203.0.113.9", 302), ("203.0.113.9, 10.1.1.1", 200)]
    {
        let mut told = told("GET", "/local");
        told.push(("x-forwarded-for", forwarded.to_owned()));
        assert_eq!(forward(&stranger, &told).await.status, status, "from {forwarded}");
    }
    sofia.post("/admin/groups/1/members", &[("login", "mina")]).await.assert_redirect("/admin/groups/1");
    let reply = forward(&mina, &told("GET", "/admin/x")).await;
    assert_eq!((reply.status, reply.header("remote-groups")), (200, "Moderators"), "it counts at once");
}
