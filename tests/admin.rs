//! The staff's pages: users and sessions.

use munjigi::identity::sessions::NewSession;

use crate::support::{PASSWORD, Persona, TestApp, encode, over_both_stores};

over_both_stores![
    disabling_ends_every_session_at_once_and_enabling_revives_none,
    one_session_or_all_of_anyone_can_be_ended,
    a_list_of_many_sessions_is_shown_page_by_page,
];

async fn disabling_ends_every_session_at_once_and_enabling_revives_none(app: TestApp) {
    let (sofia, mina) = (app.staff("sofia").await, app.member("mina").await);
    app.warm().await;
    assert!(mina.is_signed_in().await);
    let id = app.user_id("mina");
    let place = format!("/admin/users/{id}");
    sofia.post(&format!("{place}/disable"), &[]).await.assert_redirect(&place);
    assert!(!mina.is_signed_in().await, "at the very next click");
    let refused = app.visitor().sign_in("mina").await;
    refused.assert_refused_whole("disabled");
    assert_eq!(sofia.get(&place).await.find("h1 .badge.bad"), ["Disabled"]);
    sofia.fill(&place, &format!("{place}/enable"), &[]).await.assert_redirect(&place);
    assert!(!mina.is_signed_in().await, "what was ended stays ended");
    app.visitor().sign_in("mina").await.assert_redirect("/dashboard");
}

async fn one_session_or_all_of_anyone_can_be_ended(app: TestApp) {
    let (sofia, mina) = (app.staff("sofia").await, app.member("mina").await);
    let (phone, laptop) = (app.another_browser("mina").await, app.another_browser("mina").await);
    let id = app.user_id("mina");
    let place = format!("/admin/users/{id}");
    app.clock.advance(5 * 60);
    assert!(mina.is_signed_in().await);
    let page = sofia.get("/admin/sessions").await;
    assert!(page.find("tbody tr")[2..].iter().all(|row| row.contains("5 minutes ago Signed in") || row.contains("5 minutes ago 5 minutes ago")), "{}", page.text());
    assert_eq!(page.find("tbody tr").len(), 4, "{}", page.text());
    assert_eq!(page.attributes("tbody form", "action").len(), 3, "one's own is ended elsewhere");
    let end = sofia.get(&place).await.attributes("form[action^='/admin/sessions/']", "action");
    assert_eq!(end.len(), 3);
    sofia.fill(&place, &end[0], &[]).await.assert_redirect(&place);
    let mut left = 0;
    for browser in [&mina, &phone, &laptop] {
        left += i32::from(browser.is_signed_in().await);
    }
    assert_eq!(left, 2);
    sofia.fill(&place, &format!("{place}/end-sessions"), &[]).await.assert_redirect(&place);
    for browser in [&mina, &phone, &laptop] {
        assert!(!browser.is_signed_in().await);
    }
    assert!(sofia.is_signed_in().await);
    assert_eq!(sofia.get("/admin/sessions").await.find("tbody tr").len(), 1, "only what is live is listed");
}

async fn a_list_of_many_sessions_is_shown_page_by_page(app: TestApp) {
    let sofia = app.staff("sofia").await;
    let sofias = app.user("sofia");
    for number in 0..160 {
        let new = NewSession::by_operator(&sofias, &format!("Device {number}"));
        app.identity.sessions.sessions.begin(new).await.unwrap();
    }
    let mut seen = std::collections::BTreeSet::new();
    let mut place = "/admin/sessions".to_owned();
    for _ in 0..20 {
        let page = sofia.get(&place).await;
        seen.extend(page.attributes("form[action^='/admin/sessions/']", "action"));
        match page.attributes("a[rel=next]", "href").first() {
            Some(next) => place.clone_from(next),
            None => break,
        }
    }
    assert_eq!(seen.len(), 160, "each is found");
}

#[tokio::test]
async fn users_are_searched_filtered_and_shown_page_by_page() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    app.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120)
         INSERT INTO users (username, username_key, email, email_key, display_name, password_hash, password_changed_at,
           disabled, epoch, created_at)
         SELECT 'p' || i, 'p' || i, 'p' || i || '@example.org', 'p' || i || '@example.org',
           CASE i WHEN 7 THEN '100% _sure_ \\ ''quoted'' <b>' ELSE '' END, '!', 1, i % 10 = 0, 1, 1 FROM n",
    );
    let mut names = Vec::new();
    let mut place = "/admin/users".to_owned();
    for _ in 0..5 {
        let page = sofia.get(&place).await;
        names.extend(page.find("tbody td:first-child a"));
        match page.attributes("a[rel=next]", "href").first() {
            Some(next) => place.clone_from(next),
            None => break,
        }
    }
    assert_eq!(names.len(), 121);
    assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), 121, "each once");
    let found = async |query: &[(&str, &str)]| {
        let reply = sofia.get(&format!("/admin/users?{}", encode(query))).await;
        assert_eq!(reply.status, 200, "{query:?}");
        reply.find("tbody td:first-child a")
    };
    assert_eq!(found(&[("q", "p77@")]).await, ["p77"]);
    for wild in ["100%", "_sure_", "\\", "'quoted'", "<b>"] {
        assert_eq!(found(&[("q", wild)]).await, ["p7"], "{wild} means itself");
    }
    assert_eq!(found(&[("q", "p%7")]).await, Vec::<String>::new());
    assert_eq!(found(&[("status", "staff")]).await, ["sofia"]);
    assert_eq!(found(&[("status", "disabled")]).await.len(), 12);
    assert_eq!(found(&[("status", "disabled"), ("q", "p1")]).await.len(), 4);
    for odd in ["0", "-1", "9223372036854775808", "abc", "9223372036854775807"] {
        found(&[("before", odd)]).await;
    }
    assert!(sofia.get("/admin/users?q=%3Cscript%3E").await.body.contains("&#60;script&#62;"));
}

#[tokio::test]
async fn staff_act_on_others_only_and_odd_ids_are_nothing() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    let rival = app.staff("rival").await;
    let own = format!("/admin/users/{}", app.user_id("sofia"));
    for act in ["disable", "enable", "end-sessions", "require-password", "mail-recovery"] {
        assert_eq!(sofia.post(&format!("{own}/{act}"), &[]).await.status, 403, "{act} on oneself");
        for id in ["0", "-1", "999", "9223372036854775808", "abc"] {
            assert_eq!(
                sofia.post(&format!("/admin/users/{id}/{act}"), &[]).await.status,
                404,
                "{act} on {id}"
            );
        }
    }
    let other = format!("/admin/users/{}", app.user_id("rival"));
    for act in ["require-password", "mail-recovery"] {
        let refused = sofia.post(&format!("{other}/{act}"), &[]).await;
        assert_eq!(refused.status, 403, "{act} on a colleague's account");
        assert!(!sofia.get(&other).await.body.contains(act));
    }
    assert!(rival.is_signed_in().await);
    for id in ["0", "-1", "999", "9223372036854775808", "abc"] {
        assert_eq!(sofia.get(&format!("/admin/users/{id}")).await.status, 404, "{id}");
        assert_eq!(sofia.get(&format!("/admin/groups/{id}")).await.status, 404, "{id}");
        assert_eq!(sofia.post(&format!("/admin/users/{id}/groups"), &[]).await.status, 404, "{id}");
        assert_eq!(sofia.post(&format!("/admin/sessions/{id}/end"), &[]).await.status, 404, "{id}");
    }
}

#[tokio::test]
async fn a_member_gets_no_staff_page_and_staff_lose_theirs_with_the_flag() {
    let app = TestApp::start().await;
    let (mina, sofia) = (app.member("mina").await, app.staff("sofia").await);
    let denied = mina.get("/admin/users").await;
    assert_eq!(denied.status, 403);
    assert!(!denied.body.contains("IsAdminUser"), "rules are for staff to see");
    assert!(!mina.get("/dashboard").await.body.contains("/admin"));
    assert_eq!(sofia.get("/dashboard").await.attributes(".bar a[href='/admin']", "href").len(), 1);
    app.execute("UPDATE users SET staff = FALSE WHERE username = 'sofia'");
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    assert_eq!(sofia.get("/admin/users").await.status, 403);
    assert!(sofia.is_signed_in().await, "as a member");
}

#[tokio::test]
async fn sensitive_acts_ask_for_the_password_and_carry_the_form_along() {
    let app = TestApp::start().await;
    let (sofia, mina) = (app.staff("sofia").await, app.member("mina").await);
    app.clock.advance(16 * 60);
    let act = format!("/admin/users/{}/disable", app.user_id("mina"));
    let before = sofia.cookie("munjigi").unwrap();
    let copy = Persona::with_cookies_of(&sofia);
    let asked = sofia.post(&act, &[("ask", "yes"), ("note", "<typed & \"quoted\">")]).await;
    assert_eq!((asked.status, asked.find("h1")), (422, vec!["Disable mina?".to_owned()]));
    assert_eq!(asked.form(&act)["note"].as_deref(), Some("<typed & \"quoted\">"));
    assert!(mina.is_signed_in().await, "nothing was done yet");
    let unproven = sofia.post(&act, &[]).await;
    assert_eq!((unproven.status, unproven.find("#current_password").len()), (422, 1));
    let wrong = sofia.post(&act, &[("current_password", "guess")]).await;
    assert_eq!(wrong.find("h1"), ["Disable mina?"]);
    wrong.assert_refused("current_password");
    assert!(mina.is_signed_in().await);
    sofia
        .post(&act, &[("current_password", PASSWORD)])
        .await
        .assert_redirect(act.trim_end_matches("/disable"));
    assert!(!mina.is_signed_in().await);
    assert_ne!(sofia.cookie("munjigi").unwrap(), before, "a new id for a session of higher standing");
    assert!(sofia.is_signed_in().await && !copy.is_signed_in().await);
    let enable = act.replace("disable", "enable");
    sofia.post(&enable, &[]).await.assert_redirect(act.trim_end_matches("/disable"));
}

#[tokio::test]
async fn what_changes_nothing_ends_no_session_and_is_no_event() {
    let app = TestApp::start().await;
    let (sofia, mina) = (app.staff("sofia").await, app.member("mina").await);
    let place = format!("/admin/users/{}", app.user_id("mina"));
    sofia.post(&format!("{place}/enable"), &[]).await.assert_redirect(&place);
    assert!(mina.is_signed_in().await, "a second click on an old page");
    assert_eq!(app.count("audit_events WHERE event = 'enabled'"), 0);
    for _ in 0..2 {
        sofia.post(&format!("{place}/disable"), &[]).await.assert_redirect(&place);
    }
    assert_eq!(app.count("audit_events WHERE event = 'disabled'"), 1);
}

#[tokio::test]
async fn a_user_disabled_or_demoted_while_their_password_is_checked_does_nothing_more() {
    // A cost high enough that the check takes a while.
    let app = TestApp::with(|config| config.bcrypt_cost = 13).await;
    for disable in [true, false] {
        let name = if disable { "sofia" } else { "tessa" };
        let (staff, victim) = (app.staff(name).await, app.member(&format!("victim{name}")).await);
        let act = format!("/admin/users/{}/disable", app.user_id(&format!("victim{name}")));
        app.clock.advance(16 * 60);
        let id = app.user_id(name);
        let sent = staff.post(&act, &[("current_password", PASSWORD)]);
        let fired = async {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            let change = if disable { "disabled = true, epoch = epoch + 1" } else { "staff = false" };
            app.write_user(id, format!("UPDATE users SET {change} WHERE id = {id}")).await;
        };
        let (reply, ()) = tokio::join!(sent, fired);
        assert!(
            [303, 403].contains(&reply.status)
                && reply.header("location") != act.trim_end_matches("/disable")
        );
        assert!(victim.is_signed_in().await, "{name} was no member of staff any more");
    }
    assert_eq!(app.count("audit_events WHERE event = 'disabled'"), 0);
}

#[tokio::test]
async fn a_search_of_any_length_is_a_search() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    assert_eq!(sofia.get(&format!("/admin/users?q={}", "a".repeat(30_000))).await.status, 200);
}

/// What others feel is asked first, with what is lost counted; after a recent sign-in without another proof.
#[tokio::test]
async fn disabling_and_deleting_a_group_ask_first() {
    let app = TestApp::start().await;
    let (sofia, mina) = (app.staff("sofia").await, app.member("mina").await);
    app.visitor().sign_in("mina").await.assert_redirect("/dashboard");
    let place = format!("/admin/users/{}", app.user_id("mina"));
    let asked = sofia.fill(&place, &format!("{place}/disable"), &[]).await;
    assert_eq!((asked.status, asked.find("h1")), (422, vec!["Disable mina?".to_owned()]));
    let bullets = asked.find(".bullets li");
    assert!(bullets[0].starts_with("They’re signed out of 2 devices at once"), "{bullets:?}");
    assert!(asked.find("#current_password").is_empty(), "the sign-in was a moment ago");
    assert_eq!(asked.find("main button"), ["Disable"]);
    assert_eq!(asked.attributes("main .acts a", "href"), [place.as_str()], "the way out");
    assert!(mina.is_signed_in().await, "asking does nothing");
    let done = sofia.answer(&asked, &format!("{place}/disable")).await;
    done.assert_redirect(&place);
    assert!(!mina.is_signed_in().await);

    sofia.post("/admin/groups", &[("name", "Cooks")]).await.assert_redirect("/admin/groups/1");
    sofia.post("/admin/groups/1/members", &[("login", "mina")]).await.assert_redirect("/admin/groups/1");
    let asked = sofia.fill("/admin/groups/1", "/admin/groups/1/delete", &[]).await;
    assert_eq!((asked.status, asked.find("h1")), (422, vec!["Delete the group Cooks?".to_owned()]));
    assert_eq!(asked.find(".bullets li")[0], "1 member loses what the group permits, at once");
    assert_eq!(app.count("groups"), 1);
    let done = sofia.answer(&asked, "/admin/groups/1/delete").await;
    done.assert_redirect("/admin/groups");
    assert_eq!(app.count("groups"), 0);
    // Only staff are asked.
    let noa = app.member("noa").await;
    assert_eq!(noa.post(&format!("{place}/disable"), &[]).await.status, 403);
    let mut korean = sofia;
    korean.language = "ko";
    app.execute("UPDATE users SET disabled = FALSE");
    let asked = korean.post(&format!("{place}/disable"), &[("ask", "yes")]).await;
    assert_eq!(asked.find("h1"), ["mina 계정을 사용 중지할까요?"]);
}
