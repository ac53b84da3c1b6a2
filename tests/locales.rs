//! The files of texts: what `build.rs` refuses, and what they hold.

use std::path::Path;

use munjigi::platform::lang::Lang;

use catalog::{Catalog, Part};

#[allow(dead_code, reason = "the build uses the rest")]
#[path = "../build/catalog.rs"]
mod catalog;

const ENGLISH: &str = "## apps
## The page of apps.

apps-title = Apps
apps-lose =
    { $people ->
        [one] 1 person loses { $app }
       *[other] { $people } people lose { $app }
    }
apps-left = { NUMBER($left) } left
";

/// What is wrong with a Korean file, the first lines of which are right.
fn problems(title: &str, lose: &str, left: &str, rest: &str) -> Vec<String> {
    let korean = format!("apps-title = {title}\napps-lose = {lose}\napps-left = {left}\n{rest}");
    catalog::read(&[("en", ENGLISH), ("ko", &korean)]).err().unwrap_or_default()
}

#[test]
fn the_build_refuses_a_language_that_differs_from_english() {
    let (title, lose, left) = ("앱", "{ $people }명이 { $app } 앱을 잃어요", "{ $left }개 남음");
    assert_eq!(problems(title, lose, left, ""), [""; 0]);

    let plural = "{ $left ->\n [0] 없음\n *[other] { $left }개\n }";
    assert_eq!(problems(title, lose, plural, ""), [""; 0]);
    let plural = "{ $app ->\n [one] 하나\n *[other] { $people }\n }";
    assert_eq!(
        problems(title, plural, left, ""),
        ["locales/ko.ftl:2: apps-lose: plural forms need { NUMBER($app) } in en.ftl"]
    );
    assert_eq!(
        catalog::read(&[("en", ENGLISH), ("ko", "apps-title = 앱\n")]).err().unwrap(),
        ["locales/ko.ftl: the text apps-lose is missing", "locales/ko.ftl: the text apps-left is missing"]
    );
    assert_eq!(
        problems(title, lose, left, "apps-more = 더\n"),
        ["locales/ko.ftl:4: apps-more: this text is unknown; en.ftl has none of this name"]
    );
    assert_eq!(
        problems(title, "{ $people }명", left, ""),
        ["locales/ko.ftl:2: apps-lose: the variable $app is missing"]
    );
    assert_eq!(
        problems("{ $name } 앱", lose, left, ""),
        ["locales/ko.ftl:1: apps-title: the variable $name is unknown; en.ftl has none of this name"]
    );
    assert_eq!(
        problems(title, lose, "{ $left ->\n [lots] 많이\n *[other] { $left }개\n }", ""),
        ["locales/ko.ftl:3: apps-left: [lots] is not a plural form"]
    );
    assert_eq!(
        problems(title, lose, left, "apps-title = 응용\n"),
        ["locales/ko.ftl:1: apps-title: this text stands twice"]
    );
    assert_eq!(
        problems("{ -brand }", lose, left, ""),
        ["locales/ko.ftl:1: apps-title: the term -brand is unknown"]
    );
    assert_eq!(problems("{ -brand }", lose, left, "-brand = 문지기\n"), [""; 0]);
    assert!(problems("{ $app", lose, left, "")[0].starts_with("locales/ko.ftl:"));
    assert_eq!(problems("{ \" \" }", lose, left, ""), ["locales/ko.ftl:1: apps-title: this text is empty"]);
    assert_eq!(
        catalog::read(&[("en", "## apps\n\nusers-title = Users\n")]).err().unwrap()[0],
        "locales/en.ftl:3: users-title: its name does not begin with the one of its section (## name)"
    );
}

/// The files as they are.
fn read() -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let source = |lang: Lang| {
        let path = folder.join(lang.code()).with_extension("ftl");
        (lang.code(), std::fs::read_to_string(path).unwrap())
    };
    let sources: Vec<(&str, String)> = Lang::ALL.into_iter().map(source).collect();
    let sources: Vec<catalog::Source> =
        sources.iter().map(|(tag, content)| (*tag, content.as_str())).collect();
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), Lang::ALL.len());
    catalog::read(&sources).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The words of a text, without its variables.
fn words(parts: &[Part]) -> String {
    let words = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Variable(_) => String::new(),
        Part::Select { cases, default, .. } => {
            cases.iter().map(|(_, parts)| words(parts)).collect::<String>() + words(default).as_str()
        }
    };
    parts.iter().map(words).collect()
}

/// Texts that hold names and signs only, or words that are the same in English.
const SAME: [&str; 5] =
    ["layout-product", "mail-signature", "event-line", "sessions-browser-on-system", "oidc-apps-openid"];

#[test]
fn no_translation_was_left_in_english() {
    let is_hangul = |c: char| ('가'..='힣').contains(&c);
    let is_kana = |c: char| ('ぁ'..='ヿ').contains(&c);
    let is_han = |c: char| ('一'..='鿿').contains(&c);
    let catalog = read();
    let english = &catalog.languages.iter().find(|language| language.tag == "en").unwrap().texts;
    for language in &catalog.languages {
        let mut same = 0;
        for (id, parts) in &language.texts {
            let (words, of) = (words(parts), format!("{id} in {}", language.tag));
            let is_exempt = SAME.contains(&id.as_str()) || !words.chars().any(char::is_alphabetic);
            match language.tag.as_str() {
                _ if is_exempt => {}
                "ko" => assert!(words.chars().any(is_hangul), "{of}: {words}"),
                "ja" => assert!(words.chars().any(|c| is_kana(c) || is_han(c)), "{of}: {words}"),
                "zh-Hans" => {
                    assert!(words.chars().any(is_han) && !words.chars().any(is_kana), "{of}: {words}");
                }
                tag => {
                    assert!(!words.chars().any(|c| is_hangul(c) || is_kana(c) || is_han(c)), "{of}: {words}");
                    let is_same = tag != "en" && english[id] == *parts;
                    // One or two words, such as "Name", may be the same. A sentence is not.
                    assert!(!is_same || words.split(' ').count() < 3, "{of}: {words}");
                    same += usize::from(is_same);
                }
            }
        }
        assert!(same < 40, "{same} texts of {} are the English ones", language.tag);
    }
}

/// A plural form that the language does not have would never be shown.
#[test]
fn plural_forms_are_those_of_the_language() {
    let forms = |tag: &str| {
        let locale: icu_locale_core::Locale = tag.parse().unwrap();
        let rules = icu_plurals::PluralRules::try_new_cardinal((&locale).into()).unwrap();
        rules.categories().map(|form| format!("{form:?}").to_lowercase()).collect::<Vec<_>>()
    };
    fn plurals(parts: &[Part], found: &mut Vec<String>) {
        for part in parts {
            if let Part::Select { cases, default, .. } = part {
                for (case, parts) in cases {
                    if let catalog::Case::Plural(form) = case {
                        found.push(form.clone());
                    }
                    plurals(parts, found);
                }
                plurals(default, found);
            }
        }
    }
    for language in &read().languages {
        let forms = forms(&language.tag);
        for (id, parts) in &language.texts {
            let mut found = Vec::new();
            plurals(parts, &mut found);
            assert!(found.iter().all(|form| forms.contains(form)), "{id} in {}: {found:?}", language.tag);
        }
    }
}
