//! Second factors in a real Chromium without JavaScript, in both languages, from set-up to removal.

use crate::support::{Authenticator, Chromium, PASSWORD, TestApp, chromium_setup};

/// The texts of the pages on the way, in order.
struct Words {
    set_up: &'static str,
    wrong: &'static str,
    codes: &'static str,
    verify: &'static str,
    trust: &'static str,
    trusted: &'static str,
    nine_left: &'static str,
    confirm: &'static str,
    by_factor: &'static str,
    by_either: &'static str,
    removed: &'static str,
}

async fn walk(language: &'static str, name: &str, words: Words) {
    let app = TestApp::start().await;
    let browser = Chromium::open_as(&app.url, chromium_setup(language, false)).await;
    browser.register(name).await;
    browser.go("/security").await;
    browser.click("a[href='/security/totp']").await;
    browser.arrives_at("/security/totp").await;
    assert_eq!(browser.find("h1").await.text().await.unwrap(), words.set_up);
    assert!(browser.find("svg.qr").await.is_displayed().await.unwrap());
    let secret = browser.find("#totp-secret").await.text().await.unwrap();
    let mut authenticator = Authenticator { secret, recovery: Vec::new() };
    browser.type_into("#code", "000000").await;
    browser.click("main form button").await;
    assert!(browser.find(".problem[id]").await.text().await.unwrap().contains(words.wrong));
    browser.type_into("#code", &authenticator.code_at(app.clock.now())).await;
    browser.click("main form button").await;
    assert!(browser.find(".codes").await.text().await.unwrap().contains('-'));
    assert_eq!(browser.find("h1").await.text().await.unwrap(), words.codes);
    let list = browser.find(".codes").await.text().await.unwrap();
    authenticator.recovery =
        list.split_whitespace().filter(|word| word.contains('-')).map(str::to_owned).collect();
    assert_eq!(authenticator.recovery.len(), 10, "{list}");
    assert!(
        browser.find("a[download]").await.attr("href").await.unwrap().unwrap().starts_with("data:text/plain")
    );

    // Signs in by a code, and trusts the browser.
    sign_out_and_in(&browser, name, "/login/verify").await;
    assert_eq!(browser.find("h1").await.text().await.unwrap(), words.verify);
    assert_eq!(browser.find("label:has(#trust)").await.text().await.unwrap(), words.trust);
    browser.type_into("#code", &authenticator.next_code(&app)).await;
    browser.click("#trust").await;
    browser.click("main form button").await;
    browser.arrives_at("/dashboard").await;
    sign_out_and_in(&browser, name, "/dashboard").await;
    browser.go("/sessions").await;
    assert!(browser.text().await.contains(words.trusted));
    browser.click("form[action^='/sessions/trusted/'] button").await;
    browser.find(".note[role=status]").await;

    // Signs in by a recovery code.
    sign_out_and_in(&browser, name, "/login/verify").await;
    browser.type_into("#code", &authenticator.recovery[0]).await;
    browser.click("main form button").await;
    browser.arrives_at("/dashboard").await;
    browser.go("/security").await;
    assert!(browser.text().await.contains(words.nine_left));

    // Re-authenticates: by code for a change of address, by password where any proof is accepted.
    app.clock.advance(601);
    browser.go("/profile").await;
    browser.find("#email").await.clear().await.unwrap();
    browser.type_into("#email", "new@example.org").await;
    browser.click("form[action='/profile'] button").await;
    browser.find("#current_code").await;
    assert_eq!(browser.find("h1").await.text().await.unwrap(), words.confirm);
    assert!(browser.find("main").await.text().await.unwrap().contains(words.by_factor));
    browser.type_into("#current_code", "000000").await;
    browser.click("main form button").await;
    browser.find(".problem[id]").await;
    browser.type_into("#current_code", &authenticator.next_code(&app)).await;
    browser.click("main form button").await;
    browser.arrives_at("/profile").await;
    assert_eq!(browser.find("#email").await.attr("value").await.unwrap().as_deref(), Some("new@example.org"));
    app.make_staff(app.user_id(name)).await;
    app.clock.advance(601);
    browser.go("/admin/groups/new").await;
    browser.type_into("#name", "Cooks").await;
    browser.click("main form button").await;
    browser.find("#current_code").await;
    assert!(browser.find("main").await.text().await.unwrap().contains(words.by_either));
    browser.type_into("#current_password", PASSWORD).await;
    browser.click("main form button").await;
    browser.arrives_at("/admin/groups/1").await;

    // Then removes the app.
    app.clock.advance(601);
    browser.go("/security/totp").await;
    browser.click("form[action='/security/totp/remove'] button").await;
    browser.find("#current_code").await;
    assert_eq!(browser.find("h1").await.text().await.unwrap(), words.confirm);
    browser.type_into("#current_code", &authenticator.next_code(&app)).await;
    browser.click("main form button").await;
    assert_eq!(browser.find(".note[role=status]").await.text().await.unwrap(), words.removed);
    sign_out_and_in(&browser, name, "/dashboard").await;
    browser.close().await;
}

async fn sign_out_and_in(browser: &Chromium, name: &str, to: &str) {
    browser.sign_out().await;
    browser.arrives_at("/").await;
    browser.go("/login").await;
    browser.type_into("#login", name).await;
    browser.type_into("#password", PASSWORD).await;
    browser.click("main form button").await;
    browser.arrives_at(to).await;
}

#[tokio::test]
async fn english_without_scripts() {
    let words = Words {
        set_up: "Set up an authenticator app",
        wrong: "This isn’t the code the app shows now.",
        codes: "Your recovery codes",
        verify: "Enter your code",
        trust: "Don’t ask on this device for 30 days",
        trusted: "Trusted devices",
        nine_left: "9 of 10 left",
        confirm: "Confirm it’s you",
        by_factor: "so use your second step.",
        by_either: "Use your second step or your password.",
        removed: "The authenticator app was removed. You were signed out on all other devices.",
    };
    walk("en", "mina", words).await;
}

#[tokio::test]
async fn korean_without_scripts() {
    let words = Words {
        set_up: "인증 앱 설정",
        wrong: "앱에 지금 보이는 코드가 아니에요.",
        codes: "복구 코드",
        verify: "인증 코드 입력",
        trust: "이 기기에서 30일 동안 묻지 않기",
        trusted: "신뢰하는 기기",
        nine_left: "10개 중 9개 남음",
        confirm: "본인 확인",
        by_factor: "2단계 인증이 필요해요.",
        by_either: "2단계 인증이나 비밀번호로 확인해 주세요.",
        removed: "인증 앱을 삭제했어요. 다른 기기에서는 모두 로그아웃했어요.",
    };
    walk("ko", "민아", words).await;
}
