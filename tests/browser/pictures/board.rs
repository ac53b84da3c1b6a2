//! The board.

use super::Camera;
use crate::support::TestApp;

/// The board empty and full, the user's own post, its forms, and a conflicting edit.
pub async fn visit_the_board(app: &TestApp, camera: &Camera<'_>, name: &str) {
    let browser = camera.browser;
    camera.go_and_take(&[("board-empty", "/board")]).await;
    let other = app.member("noa").await;
    for number in 1..=21 {
        let title = format!("{number} 번째 소식: what happened in week {number}, and what comes next");
        other
            .post("/board/new", &[("title", &title), ("body", "x")])
            .await
            .assert_redirect(&format!("/board/{number}"));
    }
    let long = format!("W{}", "ide".repeat(40));
    other.post("/board/new", &[("title", &long), ("body", "x")]).await;
    browser.go("/board/new").await;
    browser.type_into("#title", " ").await;
    browser.type_into("#body", &"가".repeat(3)).await;
    browser.click("main button").await;
    camera.take("board-refused").await;
    browser.type_into("#title", "봄 소풍 안내 / Spring outing").await;
    let body = "\n안녕하세요, 다음 주 토요일에 소풍을 갑니다.\n\n  - https://example.org/outing?day=saturday&place=a-very-long-name-of-a-place-beyond-the-river을 봐 주세요.\n\nBring lunch & a hat.";
    browser.type_into("#body", body).await;
    browser.click("main button").await;
    camera.take("post-saved").await;
    browser.go("/board/23/edit").await;
    let phone = app.another_browser(name).await;
    phone
        .fill(
            "/board/23/edit",
            "/board/23/edit",
            &[("title", "봄 소풍: 일요일"), ("body", "일요일로 바꿨습니다.\n\nSee you on Sunday.")],
        )
        .await
        .assert_redirect("/board/23");
    browser.type_into("#title", "!").await;
    browser.click("main button").await;
    camera.take("board-conflict").await;
    let pages = [
        ("board", "/board"),
        ("board-last", "/board?before=4&q=week"),
        ("post", "/board/23"),
        ("post-delete", "/board/23/delete"),
        ("board-none", "/board?q=zebra"),
        ("dashboard-posts", "/dashboard"),
    ];
    camera.go_and_take(&pages).await;
}
