//! Names in every script, as apps receive them.

use super::{forward, sent, start};
use crate::support::Reply;

fn bytes<'r>(reply: &'r Reply, name: &str) -> &'r [u8] {
    reply.headers.get(name).unwrap().as_bytes()
}

#[tokio::test]
async fn names_arrive_as_the_bytes_of_their_utf_8() {
    let (app, _rules) = start().await;
    let sofia = app.staff("소피아").await;
    for (number, name) in ["편집자", "a, b", "100%"].into_iter().enumerate() {
        let page = format!("/admin/groups/{}", number + 1);
        sofia.post("/admin/groups", &[("name", name)]).await.assert_redirect(&page);
        sofia.post(&format!("{page}/members"), &[("login", "소피아")]).await.assert_redirect(&page);
    }
    sofia
        .fill("/profile", "/profile", &[("display_name", "소피아 🦉 Ångström")])
        .await
        .assert_redirect("/profile");
    let id = app.user_id("소피아");
    app.write_user(id, format!("UPDATE users SET email_verified_at = 1 WHERE id = {id}")).await;
    let reply = forward(&sofia, &sent("GET", "/x")).await;
    assert_eq!(bytes(&reply, "remote-user"), "소피아".as_bytes());
    assert_eq!(bytes(&reply, "remote-name"), "소피아 🦉 Ångström".as_bytes());
    assert_eq!(bytes(&reply, "remote-email"), "소피아@example.org".as_bytes());
    let groups = String::from_utf8(bytes(&reply, "remote-groups").to_vec()).unwrap();
    let mut groups: Vec<&str> = groups.split(',').collect();
    groups.sort_unstable();
    assert_eq!(groups, ["100%25", "a%2C b", "편집자"], "a comma within a name makes no group");
}

#[tokio::test]
async fn a_name_that_could_end_the_header_is_never_sent() {
    let (app, _rules) = start().await;
    let mina = app.member("mina").await;
    // Only direct writes to the database create this name.
    for odd in ["\r\nRemote-Groups: staff", "\u{1}", "\u{7f}", "\u{85}"] {
        app.execute(&format!("UPDATE users SET display_name = 'mina{odd}'"));
        app.identity.sessions.reader.cache().users.invalidate(&app.user_id("mina"));
        let reply = forward(&mina, &sent("GET", "/x")).await;
        assert_eq!(reply.status, 500, "{odd:?}");
        assert!(reply.headers.get("remote-user").is_none() && reply.headers.get("remote-groups").is_none());
    }
}
