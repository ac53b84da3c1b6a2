//! The board as its readers and writers see it; permissions on posts are tested in `moderation`.

use std::collections::HashSet;

use crate::support::{Persona, Reply, TestApp, encode, over_both_stores};

/// Writes a post through the real form and returns its path.
pub async fn write(persona: &Persona, title: &str, body: &str) -> String {
    let reply = persona.fill("/board/new", "/board/new", &[("title", title), ("body", body)]).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    reply.header("location").to_owned()
}

fn titles(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.find(".rows .name a")
}

async fn search(persona: &Persona, words: &str) -> Vec<String> {
    titles(&persona.get(&format!("/board?{}", encode(&[("q", words)]))).await)
}

over_both_stores![a_member_writes_edits_and_deletes, the_dashboard_shows_the_newest_five_at_once,];

async fn a_member_writes_edits_and_deletes(app: TestApp) {
    let mina = app.member("mina").await;
    assert_eq!(mina.get("/board").await.find(".empty h2"), ["Nothing posted yet"]);
    let path = write(&mina, "  첫 글 ", "one\r\n\r\n  two\r\n").await;
    let page = mina.get(&path).await;
    assert_eq!(
        (page.find(".note[role=status]"), page.find("h1")),
        (vec!["Your post is on the board.".to_owned()], vec!["첫 글".to_owned()])
    );
    assert_eq!(page.find(".head .meta"), ["mina just now"]);
    assert!(page.body.contains(">one\n\n  two</div>"), "lines stay lines");

    app.clock.advance(3_600);
    let form = mina.get(&format!("{path}/edit")).await.form(&format!("{path}/edit"));
    assert_eq!(form["body"].as_deref(), Some("one\n\n  two"));
    mina.fill(&format!("{path}/edit"), &format!("{path}/edit"), &[("title", "Second thoughts")])
        .await
        .assert_redirect(&path);
    let page = mina.get(&path).await;
    assert_eq!(
        (page.find("h1"), page.find(".head .meta")),
        (vec!["Second thoughts".to_owned()], vec!["mina 1 hour ago edited just now".to_owned()])
    );
    let exact = page.attributes(".head .meta time", "title");
    assert!(exact.len() == 2 && exact.iter().all(|time| time.ends_with(" UTC")), "{exact:?}");

    assert!(mina.get(&format!("{path}/delete")).await.text().contains("Second thoughts"));
    assert_eq!(mina.get(&path).await.status, 200, "asking deletes nothing");
    mina.fill(&format!("{path}/delete"), &format!("{path}/delete"), &[]).await.assert_redirect("/board");
    assert_eq!(mina.get("/board").await.find(".note[role=status]"), ["Deleted “Second thoughts”."]);
    assert_eq!(mina.get(&path).await.status, 404);
    assert_eq!(mina.post(&format!("{path}/delete"), &[]).await.status, 404);
    assert_eq!(
        app.count("audit_events WHERE event LIKE 'post%'"),
        0,
        "changes to a user's own posts are not audited"
    );
}

async fn the_dashboard_shows_the_newest_five_at_once(app: TestApp) {
    let (mina, noa) = (app.member("mina").await, app.member("noa").await);
    app.warm().await;
    assert!(noa.get("/dashboard").await.find(".empty").contains(&"Nothing posted yet.".to_owned()));
    for round in 0..7 {
        let path = write(&mina, &format!("Post {round}"), "x").await;
        let page = noa.get("/dashboard").await;
        let found = titles(&page);
        assert_eq!((found[0].as_str(), found.len()), (format!("Post {round}").as_str(), (round + 1).min(5)));
        assert_eq!(page.attributes(".rows .name a", "href")[0], path);
    }
    mina.fill("/profile", "/profile", &[("display_name", "민아")]).await.assert_redirect("/profile");
    assert_eq!(noa.get("/dashboard").await.find(".rows .meta")[0], "민아 (mina) just now");
    mina.fill("/board/7/delete", "/board/7/delete", &[]).await.assert_redirect("/board");
    assert_eq!(titles(&noa.get("/dashboard").await)[0], "Post 5");
    mina.fill("/profile/delete", "/profile/delete", &[]).await.assert_redirect("/");
    assert_eq!(noa.get("/dashboard").await.find(".rows .meta")[0], "someone who left just now");
}

#[tokio::test]
async fn a_visitor_reads_and_is_sent_to_sign_in_for_writing() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let path = write(&mina, "Hello", "to all").await;
    let visitor = app.visitor();
    let list = visitor.get("/board").await;
    assert_eq!(titles(&list), ["Hello"]);
    assert_eq!(list.attributes(".head .acts a", "href"), ["/login?next=%2Fboard%2Fnew"]);
    assert_eq!(mina.get("/board").await.attributes(".head .acts a", "href"), ["/board/new"]);
    let page = visitor.get(&path).await;
    assert!(page.text().contains("to all") && page.find(".acts").is_empty());
    visitor.get("/board/new").await.assert_redirect("/login?next=%2Fboard%2Fnew");
    for path in ["/board/new", "/board/1/edit", "/board/1/delete"] {
        visitor.post(path, &[("title", "x"), ("body", "y")]).await.assert_redirect("/login");
    }
    assert_eq!((app.count("posts"), app.count("posts WHERE version = 1")), (1, 1));
    let reply = visitor.get("/login?next=%2Fboard%2Fnew").await.form("/login");
    assert_eq!(reply["next"].as_deref(), Some("/board/new"));
}

#[tokio::test]
async fn what_is_no_id_is_not_there() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    write(&mina, "Hello", "x").await;
    for id in
        ["0", "-1", "+1", "01", "1.0", "2", "9223372036854775807", "9223372036854775808", "abc", "%20", "%00"]
    {
        for path in [format!("/board/{id}"), format!("/board/{id}/edit"), format!("/board/{id}/delete")] {
            assert_eq!(mina.get(&path).await.status, 404, "{path}");
        }
        assert_eq!(mina.post(&format!("/board/{id}/delete"), &[]).await.status, 404, "{id}");
    }
    assert_eq!(app.count("posts"), 1);
}

#[tokio::test]
async fn paging_visits_each_post_exactly_once() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for number in 1..=45 {
        mina.post("/board/new", &[("title", &format!("Post {number}")), ("body", "tea & more")]).await;
    }
    for (query, pages) in
        [("", 3), ("?size=1000", 1), ("?size=10", 5), ("?q=tea+%26+more", 3), ("?size=45", 1)]
    {
        let (mut path, mut seen, mut count) = (format!("/board{query}"), Vec::new(), 0);
        loop {
            let page = mina.get(&path).await;
            seen.extend(titles(&page));
            count += 1;
            // Posts written since then do not shift the pages.
            mina.post("/board/new", &[("title", "Newcomer"), ("body", "of other words")]).await;
            match page.attributes("a[rel=next]", "href").pop() {
                Some(next) => path = next,
                None => break,
            }
        }
        app.execute("DELETE FROM posts WHERE title = 'Newcomer'");
        let newest_first: Vec<String> = (1..=45).rev().map(|number| format!("Post {number}")).collect();
        assert_eq!((seen, count), (newest_first, pages), "{query}");
    }
    for size in ["0", "-1", "9223372036854775808", "many", "", "1e3", "%00"] {
        assert_eq!(titles(&mina.get(&format!("/board?size={size}")).await).len(), 20, "{size}");
    }
    for query in
        ["before=0", "before=-1", "before=x", "before=9223372036854775807", "before=9223372036854775808"]
    {
        assert_eq!(titles(&mina.get(&format!("/board?{query}")).await).len(), 20, "{query}");
    }
    let end = mina.get("/board?before=1").await;
    assert_eq!(end.find(".empty"), ["There are no older posts"]);
    assert_eq!(mina.get("/board?size=2&size=3&q=%ff").await.status, 200);
}

#[tokio::test]
async fn search_takes_every_character_as_it_is() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let posts = [
        ("Sale: 50% off", "x"),
        ("snake_case", "x"),
        ("It's \"quoted\"", "x"),
        ("C:\\temp", "x"),
        ("고양이", "귀여운 Cat"),
    ];
    for (title, body) in posts {
        write(&mina, title, body).await;
    }
    for (words, found) in [
        ("50%", "Sale: 50% off"),
        ("%", "Sale: 50% off"),
        ("_", "snake_case"),
        ("'", "It's \"quoted\""),
        ("\"quoted\"", "It's \"quoted\""),
        ("\\", "C:\\temp"),
        ("귀여운 cat", "고양이"),
        (" 고양이 ", "고양이"),
        ("\u{1100}\u{1169}양", "고양이"),
    ] {
        assert_eq!(search(&mina, words).await, [found], "{words}");
    }
    for words in ["'; DROP TABLE posts; --", "%_%", "x%x", "\\%"] {
        let page = mina.get(&format!("/board?{}", encode(&[("q", words)]))).await;
        assert_eq!(page.find(".empty"), ["No post has these words"], "{words}");
        assert_eq!(page.attributes("input[name=q]", "value"), [words]);
    }
    let long = "가".repeat(5_000);
    assert_eq!(mina.get(&format!("/board?{}", encode(&[("q", &long)]))).await.status, 200);
    assert_eq!(search(&mina, " ").await.len(), 5);
}

#[tokio::test]
async fn html_is_shown_as_text_and_only_web_addresses_are_links() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let tricky = "<b>&\"'</b><script>x</script>{{7*7}}";
    let body = format!(
        "{tricky} javascript:alert(1) javascript://example.org/%0aalert(1) data:text/html,<script>x</script>\n\
         https://example.org/a?b=\"><script>x</script> and (https://example.org/é?a=1&b=2)."
    );
    let path = write(&mina, tricky, &body).await;
    let [edit, delete] = [format!("{path}/edit"), format!("{path}/delete")];
    for path in [&path, &edit, &delete, "/board", "/dashboard", "/board?q=%22%3E%3Cscript%3Ex"] {
        let reply = mina.get(path).await;
        assert_eq!(reply.status, 200);
        assert!(!reply.body.contains("<script>") && !reply.body.contains("<b>"), "{path}");
    }
    let page = mina.get(&path).await;
    assert_eq!(page.find("h1"), [tricky]);
    let links = page.attributes(".prose a", "href");
    assert_eq!(links, ["https://example.org/a?b=", "https://example.org/"]);
    for rel in page.attributes(".prose a", "rel") {
        let words: HashSet<&str> = rel.split(' ').collect();
        assert!(words.is_superset(&HashSet::from(["nofollow", "noopener", "noreferrer", "ugc"])), "{rel}");
    }
}

#[tokio::test]
async fn texts_of_every_length_are_stored_or_refused_with_nothing_lost() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let long = "가".repeat(10_000);
    let path = write(&mina, &"제".repeat(150), &long).await;
    assert_eq!(mina.get(&path).await.find(".prose"), [long.as_str()]);
    let longer = format!("{long}나");
    let refused = mina.fill("/board/new", "/board/new", &[("title", "draft <b>"), ("body", &longer)]).await;
    refused.assert_refused("body");
    let form = refused.form("/board/new");
    assert_eq!(form["title"].as_deref(), Some("draft <b>"));
    assert_eq!(form["body"].as_deref(), Some(longer.as_str()));
    let wide = "제".repeat(151);
    for (title, body, field) in [
        ("", "x", "title"),
        (" \t ", "x", "title"),
        (wide.as_str(), "x", "title"),
        ("a\nb", "x", "title"),
        ("a\0b", "x", "title"),
        ("a\u{202e}b", "x", "title"),
        ("x", "", "body"),
        ("x", "\r\n ", "body"),
        ("x", "a\0b", "body"),
        ("x", "a\u{1b}[31mb", "body"),
    ] {
        mina.post("/board/new", &[("title", title), ("body", body)]).await.assert_refused(field);
        mina.post(&format!("{path}/edit"), &[("title", title), ("body", body), ("version", "1")])
            .await
            .assert_refused(field);
    }
    assert_eq!((app.count("posts"), app.count("posts WHERE version = 1")), (1, 1));
}

#[tokio::test]
async fn of_two_concurrent_edits_the_second_gets_a_conflict() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let phone = app.another_browser("mina").await;
    let path = write(&mina, "Plan", "first").await;
    let edit = format!("{path}/edit");
    let slow = mina.get(&edit).await.form(&edit);
    phone.fill(&edit, &edit, &[("title", "Plan B"), ("body", "second <i>")]).await.assert_redirect(&path);
    let version = slow["version"].as_deref().unwrap();
    let conflict = mina.post(&edit, &[("title", "Plan C"), ("body", "third"), ("version", version)]).await;
    assert_eq!(conflict.status, 409);
    assert!(conflict.find(".note.bad").join(" ").contains("Someone else changed this post"));
    let theirs = conflict.find(".theirs").join(" ");
    assert!(theirs.contains("Plan B") && theirs.contains("second <i>"), "{theirs}");
    let form = conflict.form(&edit);
    assert_eq!((form["title"].as_deref(), form["version"].as_deref()), (Some("Plan C"), Some("2")));
    assert_eq!(mina.get(&path).await.find("h1"), ["Plan B"], "nothing was overwritten unasked");
    for odd in ["", "x", "-1", "9223372036854775808"] {
        let reply = mina.post(&edit, &[("title", "y"), ("body", "y"), ("version", odd)]).await;
        assert_eq!(reply.status, 409, "{odd}");
    }
    let again = [("title", "Plan C"), ("body", "third"), ("version", "2")];
    mina.post(&edit, &again).await.assert_redirect(&path);
    mina.post(&edit, &again).await.assert_redirect(&path);
    assert_eq!(
        app.count("posts WHERE title = 'Plan C' AND body = 'third' AND version = 3"),
        1,
        "sent twice, done once"
    );

    let slow = mina.get(&edit).await.form(&edit);
    phone.fill(&format!("{path}/delete"), &format!("{path}/delete"), &[]).await.assert_redirect("/board");
    let version = slow["version"].as_deref().unwrap();
    assert_eq!(mina.post(&edit, &[("title", "x"), ("body", "x"), ("version", version)]).await.status, 409);
}

#[tokio::test]
async fn a_post_outlives_its_authors_account() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let path = write(&mina, "Hello", "x").await;
    mina.fill("/profile/delete", "/profile/delete", &[]).await.assert_redirect("/");
    // The name would stay taken for a year.
    app.execute("DELETE FROM retired_names");
    let again = app.member("mina").await;
    for (language, name) in [("en", "someone who left"), ("ko", "탈퇴한 회원")] {
        let mut visitor = app.visitor();
        visitor.language = language;
        assert!(visitor.get(&path).await.find(".head .meta")[0].starts_with(name), "{language}");
    }
    assert_eq!(
        again.get(&format!("{path}/edit")).await.status,
        403,
        "an account of the same name is another"
    );
}

/// Without a board nothing leads to one, and nothing answers for one.
#[tokio::test]
async fn the_board_can_be_switched_off() {
    let app = TestApp::with(|config| config.board = false).await;
    let staff = app.staff("sofia").await;
    for path in ["/board", "/board/new", "/board/1", "/board/1/edit", "/board/1/delete", "/board/"] {
        assert_eq!(staff.get(path).await.status, 404, "{path}");
        assert_eq!(staff.post(path, &[("title", "A title"), ("body", "A body")]).await.status, 404, "{path}");
    }
    for (method, path) in [("GET", "/api/posts"), ("POST", "/api/posts"), ("DELETE", "/api/posts/1")] {
        let reply = staff.send(staff.request(method.parse().unwrap(), path)).await;
        assert_eq!(reply.status, 404, "{method} {path}");
    }
    for path in ["/dashboard", "/profile", "/security", "/tokens", "/admin/users"] {
        let reply = staff.get(path).await;
        assert_eq!(reply.status, 200);
        assert!(!reply.attributes("a", "href").iter().any(|href| href.starts_with("/board")), "{path}");
    }
    let home = app.visitor().get("/").await;
    assert!(!home.body.contains("/board"), "{}", home.body);
    let description = app.visitor().get("/api/openapi.json").await;
    let described: serde_json::Value = serde_json::from_str(&description.body).unwrap();
    let paths = described["paths"].as_object().unwrap();
    assert!(paths.contains_key("/api/auth/check") && !paths.keys().any(|path| path.contains("posts")));
    let shapes = described["components"]["schemas"].as_object().unwrap();
    assert!(!shapes.keys().any(|name| name.contains("Post")), "{:?}", shapes.keys());
    // With one, all of it is there: the switch is what hides it.
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    assert_eq!(mina.get("/board").await.status, 200);
    assert!(mina.get("/dashboard").await.attributes("a", "href").contains(&"/board".to_owned()));
}
