//! A session that gets a new id: the old id is refused, and races gain nothing.

use futures_util::future::join_all;

use crate::support::{PASSWORD, Persona, TestApp, over_both_stores};

const NEW: &str = "orchard 계단 velvet seven";

over_both_stores![
    ending_others_proves_nothing,
    guesses_are_counted_across_ids,
    signing_out_ends_what_gets_a_new_id_at_the_same_time,
    an_owner_who_ends_a_session_ends_the_one_that_took_its_place,
    of_two_who_end_all_others_at_once_one_is_left,
    a_change_under_way_does_not_undo_the_operators,
];

async fn ending_others_proves_nothing(app: TestApp) {
    let mina = app.member("mina").await;
    app.clock.advance(50 * 60);
    mina.post("/sessions/end-others", &[]).await.assert_redirect("/sessions");
    let fields = [("display_name", ""), ("email", "thief@example.org"), ("language", ""), ("theme", "auto")];
    assert_eq!(mina.post("/profile", &fields).await.status, 422, "another email still takes the password");
    assert_eq!(app.count("users WHERE email = 'mina@example.org'"), 1);
}

async fn guesses_are_counted_across_ids(app: TestApp) {
    let mina = app.member("mina").await;
    let guess = [("current_password", "guess"), ("new_password", NEW)];
    for _ in 0..5 {
        assert_eq!(mina.post("/security", &guess).await.status, 422);
    }
    mina.post("/sessions/end-others", &[]).await.assert_redirect("/sessions");
    assert_eq!(mina.post("/security", &guess).await.status, 429);
}

async fn signing_out_ends_what_gets_a_new_id_at_the_same_time(app: TestApp) {
    app.member("mina").await;
    for round in 0..20 {
        let mina = app.another_browser("mina").await;
        let (thief, owner) = (Persona::with_cookies_of(&mina), Persona::with_cookies_of(&mina));
        let (rotated, out) =
            tokio::join!(thief.post("/sessions/end-others", &[]), owner.post("/logout", &[]));
        out.assert_redirect("/");
        assert!(matches!(rotated.status, 303), "{}", rotated.status);
        assert!(!thief.is_signed_in().await, "round {round}: whichever was first");
    }
}

async fn an_owner_who_ends_a_session_ends_the_one_that_took_its_place(app: TestApp) {
    let mina = app.member("mina").await;
    for round in 0..15 {
        let thief = app.another_browser("mina").await;
        // The sessions of earlier rounds are gone, so this one is the only other.
        let page = mina.get("/sessions").await;
        let action = page.attributes(".session:not(.now) form", "action").remove(0);
        app.clock.advance(16 * 60);
        mina.get("/sessions").await;
        let fields = [
            ("display_name", ""),
            ("email", "mina@example.net"),
            ("language", ""),
            ("theme", "auto"),
            ("current_password", PASSWORD),
        ];
        let (_, ended) = tokio::join!(thief.post("/profile", &fields), mina.post(&action, &[]));
        if ended.status == 303 {
            assert!(!thief.is_signed_in().await, "round {round}: the owner saw that it ended");
        } else {
            assert_eq!(ended.status, 404);
            thief.post("/logout", &[]).await;
        }
        app.execute("UPDATE users SET email = 'mina@example.org', email_key = 'mina@example.org'");
    }
}

async fn of_two_who_end_all_others_at_once_one_is_left(app: TestApp) {
    for round in 0..10 {
        let name = format!("mina{round}x");
        app.member(&name).await;
        let (one, two) = (app.another_browser(&name).await, app.another_browser(&name).await);
        let replies =
            tokio::join!(one.post("/sessions/end-others", &[]), two.post("/sessions/end-others", &[]));
        let places = [replies.0.header("location").to_owned(), replies.1.header("location").to_owned()];
        assert_eq!(places.iter().filter(|place| *place == "/sessions").count(), 1, "{places:?}");
        assert_eq!(
            [one.is_signed_in().await, two.is_signed_in().await].iter().filter(|live| **live).count(),
            1
        );
    }
}

async fn a_change_under_way_does_not_undo_the_operators(app: TestApp) {
    let thief = app.member("mina").await;
    for _ in 0..5 {
        // As the command line does: another hash, another epoch.
        let slow = join_all(
            (0..4).map(|_| thief.post("/security", &[("current_password", PASSWORD), ("new_password", NEW)])),
        );
        let operator = async {
            app.execute("UPDATE users SET epoch = epoch + 1, password_hash = 'set by the operator'");
        };
        tokio::join!(slow, operator);
        let updated = app.count("users WHERE password_hash = 'set by the operator'");
        let thiefs = thief.is_signed_in().await;
        assert!(updated == 1 && !thiefs, "the operator's word was the last: {updated} {thiefs}");
    }
}

#[tokio::test]
async fn an_account_deleted_during_a_change_is_gone_and_nothing_breaks() {
    let app = TestApp::start().await;
    for round in 0..8 {
        let mina = app.member(&format!("mina{round}x")).await;
        let security = [("current_password", PASSWORD), ("new_password", NEW)];
        let (changed, deleted) = tokio::join!(
            mina.post("/security", &security),
            mina.post("/profile/delete", &[("current_password", PASSWORD)])
        );
        assert!(changed.status == 303 && deleted.status == 303, "{} {}", changed.status, deleted.status);
    }
}

#[tokio::test]
async fn a_late_answer_to_an_old_id_does_not_take_the_new_cookie_away() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let other_tab = Persona::with_cookies_of(&mina);
    mina.post("/sessions/end-others", &[]).await.assert_redirect("/sessions");
    let late = other_tab.get("/profile").await;
    assert_eq!(late.status, 303);
    let set: Vec<_> = late.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap()).collect();
    assert!(!set.iter().any(|line| line.starts_with("munjigi=")), "{set:?}");
    mina.set_cookie("munjigi-notice", "SessionOver");
    assert!(
        mina.get("/sessions").await.find(".note[role=status]").is_empty(),
        "a member does not learn that their session is over"
    );
}
