//! What the buttons of providers say in every language.

use std::collections::HashSet;

use munjigi::platform::lang::Lang;

use crate::support::provider::{offer, several};
use crate::support::{Reply, TestApp};

/// The sentence of a language's file, with the label in its place.
fn sentence(language: Lang, label: &str) -> String {
    let path = format!("{}/locales/{}.ftl", env!("CARGO_MANIFEST_DIR"), language.code());
    let file = std::fs::read_to_string(path).unwrap();
    let line = file.lines().find_map(|line| line.strip_prefix("upstream-continue-with = ")).unwrap();
    line.replace("{ $provider }", label)
}

/// The texts of the buttons, and their names for those who do not see them.
async fn buttons(app: &TestApp, language: Lang, page: &str) -> (Vec<String>, Vec<String>) {
    let mut person = app.visitor();
    person.language = language.code();
    let shown: Reply = person.get(page).await;
    assert_eq!(shown.attributes("html", "lang"), [language.code()]);
    let selector = "button[formaction^='/sign-in/']";
    (shown.find(selector), shown.attributes(selector, "aria-label"))
}

#[tokio::test]
async fn a_button_says_in_each_language_what_it_does_and_with_whom() {
    const LABEL: &str = "Müller & 김 <Work>";
    let one = several(1).replace("label = \"Google\"", &format!("label = \"{LABEL}\""));
    let one = TestApp::with(|config| offer(config, &one)).await;
    let three = TestApp::with(|config| offer(config, &several(3))).await;
    let mut seen = HashSet::new();
    for language in Lang::ALL {
        let expected = sentence(language, LABEL);
        assert!(expected.contains(LABEL) && expected != LABEL, "{expected}");
        assert!(!expected.contains(['{', '}', '$', '\u{2068}', '\u{2069}']), "{expected}");
        for page in ["/login", "/register"] {
            assert_eq!(buttons(&one, language, page).await, (vec![expected.clone()], vec![]), "{page}");
            let (texts, names) = buttons(&three, language, page).await;
            let labels = ["Google", "GitHub", "Kakao"];
            assert_eq!(texts, labels, "{page}");
            assert_eq!(names, labels.map(|label| sentence(language, label)), "{page}");
        }
        assert!(seen.insert(expected), "{language:?} has a sentence of its own");
    }
    assert_eq!(seen.len(), 8);
}
