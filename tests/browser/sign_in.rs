//! Sign-in with an account at another Munjigi, in a real Chromium. The two have other host names, so that neither sees the
//! other's cookies.

use crate::support::provider::{offer, section_of_above};
use crate::support::{Chromium, PASSWORD, TestApp, chromium_setup};

/// What the pages say.
struct Words {
    language: &'static str,
    suggested: &'static str,
    not_linked: &'static str,
    linked: &'static str,
    unlinked: &'static str,
    only_way: &'static str,
    confirm: &'static str,
    confirmed: &'static str,
    no_password: &'static str,
}

const ENGLISH: Words = Words {
    language: "en",
    suggested: "You’re signed in at Above. Choose a username for this site, once.",
    not_linked: "Not linked",
    linked: "Your Above account was linked",
    unlinked: "Your Above account was unlinked",
    only_way: "This is your only way in",
    confirm: "Confirm with Above",
    confirmed: "Above confirmed that it’s you",
    no_password: "None so far",
};

const KOREAN: Words = Words {
    language: "ko",
    suggested: "Above 계정을 확인했어요. 이 사이트에서 쓸 아이디를 한 번만 정해 주세요.",
    not_linked: "연결 안 됨",
    linked: "Above 계정을 연결했어요",
    unlinked: "Above 계정의 연결을 끊었어요",
    only_way: "유일한",
    confirm: "Above 계정으로 확인",
    confirmed: "Above에서 본인 확인",
    no_password: "아직 없음",
};

struct Two {
    above: TestApp,
    here: TestApp,
    browser: Chromium,
    words: Words,
}

impl Two {
    async fn start(words: Words, scripts: bool) -> Self {
        let above = TestApp::start().await;
        let text = section_of_above(&above, "localhost").await;
        let here = TestApp::named(|config| offer(config, &text)).await;
        let browser = Chromium::open_as(&here.url, chromium_setup(words.language, scripts)).await;
        Self { above, here, browser, words }
    }

    async fn says(&self, text: &str) {
        let mut seen = String::new();
        for _ in 0..200 {
            seen = self.browser.text().await;
            if seen.contains(text) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        panic!("{text:?} is not in {seen}");
    }

    /// Types the password at the other server.
    async fn type_there(&self, field: Option<&str>) {
        match field {
            Some(field) => self.browser.type_into(field, PASSWORD).await,
            None => {
                self.browser.type_into("#login", "mina").await;
                self.browser.type_into("#password", PASSWORD).await;
            }
        }
        self.browser.click("main button").await;
    }
}

/// A person who is new here, from the first sign-in to what they cannot do.
async fn come_by_the_other_server(words: Words, scripts: bool) {
    let two = Two::start(words, scripts).await;
    let Two { above, here, browser, words } = &two;
    above.member("mina").await;
    above.verify_address("mina").await;
    browser.go("/login?next=/sessions").await;
    browser.click("button[formaction='/sign-in/above']").await;
    two.type_there(None).await;
    browser.click("button[value=allow]").await;
    browser.arrives_at("/sign-in/above/register").await;
    two.says(words.suggested).await;
    assert_eq!(browser.find("#username").await.prop("value").await.unwrap().as_deref(), Some("mina"));
    two.says("mina@example.org").await;
    browser.click("main button").await;
    browser.arrives_at("/sessions").await;

    // The only way in stays, and says so.
    browser.go("/security").await;
    two.says(words.no_password).await;
    browser.click("form[action='/security/providers/above/unlink'] button").await;
    two.says(words.only_way).await;
    assert_eq!(here.count("identities"), 1);

    // The next time nothing is asked on either side.
    browser.go("/dashboard").await;
    browser.sign_out().await;
    browser.arrives_at("/").await;
    browser.go("/login").await;
    browser.click("button[formaction='/sign-in/above']").await;
    browser.arrives_at("/dashboard").await;

    // Later, what is sensitive is asked of the other server, which asks for the password.
    for app in [above, here] {
        app.clock.advance(3600);
    }
    browser.go("/profile/delete").await;
    browser.click("main form[action='/profile/delete'] button").await;
    two.says(words.confirm).await;
    browser.click("form[action='/sign-in/above/step-up'] button").await;
    two.type_there(Some("#current_password")).await;
    two.says(words.confirmed).await;
    assert_eq!(browser.path().await, "/profile/delete");
    browser.click("main form[action='/profile/delete'] button").await;
    browser.arrives_at("/").await;
    assert_eq!(here.count("users"), 0, "and then it is done");
    two.browser.close().await;
}

/// A member with a password, who links and unlinks.
async fn link_and_unlink(words: Words, scripts: bool) {
    let two = Two::start(words, scripts).await;
    let Two { above, here, browser, words } = &two;
    above.member("mina").await;
    browser.register("noa").await;
    browser.go("/security").await;
    two.says(words.not_linked).await;
    browser.click("form[action='/security/providers/above/link'] button").await;
    two.type_there(None).await;
    browser.click("button[value=allow]").await;
    browser.arrives_at("/security").await;
    two.says(words.linked).await;
    two.says("mina@example.org").await;
    assert_eq!(here.count("identities"), 1);
    browser.click("form[action='/security/providers/above/unlink'] button").await;
    two.says(words.unlinked).await;
    two.says(words.not_linked).await;
    assert_eq!(here.count("identities"), 0);
    two.browser.close().await;
}

#[tokio::test]
async fn a_newcomer_in_english() {
    come_by_the_other_server(ENGLISH, true).await;
}

#[tokio::test]
async fn a_newcomer_in_korean_without_scripts() {
    come_by_the_other_server(KOREAN, false).await;
}

#[tokio::test]
async fn a_member_links_and_unlinks_in_english() {
    link_and_unlink(ENGLISH, true).await;
}

#[tokio::test]
async fn a_member_links_and_unlinks_in_korean() {
    link_and_unlink(KOREAN, true).await;
}

#[tokio::test]
async fn a_member_links_and_unlinks_in_english_without_scripts() {
    link_and_unlink(ENGLISH, false).await;
}

#[tokio::test]
async fn a_member_links_and_unlinks_in_korean_without_scripts() {
    link_and_unlink(KOREAN, false).await;
}
