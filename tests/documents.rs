//! The documents: their examples run unchanged, every link resolves, and the README stays short.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::process::Output;

use munjigi::config::Settings;
use regex::Regex;
use serde_json::Value;

use crate::support::{Munjigi, PASSWORD, scratch, snippets};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Every document, by its path from the root of the repository.
fn pages() -> BTreeMap<PathBuf, String> {
    let files = ["", "docs", "docs/apps", "docs/ko"]
        .map(|folder| std::fs::read_dir(Path::new(ROOT).join(folder)).unwrap());
    let paths = files.into_iter().flatten().map(|entry| entry.unwrap().path());
    let pages = paths.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (path.strip_prefix(ROOT).unwrap().to_owned(), text)
        })
        .collect()
}

/// The lines of a page outside code blocks.
fn prose(page: &str) -> Vec<&str> {
    let mut in_code = false;
    let mut is_prose = |line: &&str| {
        let is_fence = line.starts_with("```");
        in_code ^= is_fence;
        !in_code && !is_fence
    };
    page.lines().filter(|line| is_prose(line)).collect()
}

/// The anchor of a heading: lower case, without punctuation, with hyphens for spaces.
fn anchors(page: &str) -> BTreeSet<String> {
    let headings = prose(page).into_iter().filter(|line| line.starts_with('#'));
    let anchor = |heading: &str| {
        let text = heading.trim_start_matches('#').trim().to_lowercase();
        let chars = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        chars.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(anchor).collect()
}

/// The target of a link on this page, from the root of the repository.
fn resolve(page: &Path, link: &str) -> PathBuf {
    let mut place = page.parent().unwrap().to_owned();
    for part in Path::new(link).components() {
        match part {
            Component::ParentDir => assert!(place.pop(), "{link} leaves the repository"),
            part => place.push(part),
        }
    }
    place
}

/// The links of a page within the repository: as written, their page, and their anchor.
fn links(path: &Path, page: &str) -> Vec<(String, PathBuf, String)> {
    let link = Regex::new(r"\]\(([^)\s]+)\)").unwrap();
    let text = prose(page).join("\n");
    let written = link.captures_iter(&text).map(|found| found[1].to_owned());
    let own = written.filter(|link| !link.contains("://"));
    own.map(|link| {
        let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
        let file = if file.is_empty() { path.to_owned() } else { resolve(path, file) };
        (link.clone(), file, anchor.to_owned())
    })
    .collect()
}

#[test]
fn every_link_between_the_documents_leads_somewhere() {
    let pages = pages();
    let mut broken = Vec::new();
    for (path, page) in &pages {
        for (link, file, anchor) in links(path, page) {
            let has_anchor = || pages.get(&file).is_some_and(|page| anchors(page).contains(&anchor));
            if !Path::new(ROOT).join(&file).exists() || !(anchor.is_empty() || has_anchor()) {
                broken.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_page_is_linked_from_the_readme() {
    let pages = pages();
    for (readme, folder) in [("README.md", "docs"), ("README.ko.md", "docs/ko")] {
        let readme = Path::new(readme);
        let linked: BTreeSet<PathBuf> =
            links(readme, &pages[readme]).into_iter().map(|link| link.1).collect();
        let own = pages.keys().filter(|path| path.parent() == Some(Path::new(folder)));
        let missing: Vec<&PathBuf> = own.filter(|path| !linked.contains(*path)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", readme.display());
    }
}

#[test]
fn the_readme_stays_short() {
    let pages = pages();
    for readme in ["README.md", "README.ko.md"] {
        let lines = pages[Path::new(readme)].lines().count();
        assert!(lines <= 150, "{readme} has {lines} lines");
    }
}

/// The commands, without their comments.
fn commands(page: &str) -> Vec<&str> {
    let code = page.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    code.flat_map(str::lines).map(|line| line.split("  #").next().unwrap().trim()).collect()
}

#[test]
fn translations_show_the_same_commands() {
    let pages = pages();
    for (page, translation) in [
        ("README.md", "README.ko.md"),
        ("docs/getting-started.md", "docs/ko/getting-started.md"),
        ("docs/sessions-or-tokens.md", "docs/ko/sessions-or-tokens.md"),
        ("docs/social-sign-in.md", "docs/ko/social-sign-in.md"),
    ] {
        let [page, translation] = [page, translation].map(|path| commands(&pages[Path::new(path)]));
        assert!(!page.is_empty());
        assert_eq!(page, translation);
    }
}

#[test]
fn both_guides_to_other_providers_show_the_same_settings() {
    let pages = pages();
    let [page, translation] =
        ["docs", "docs/ko"].map(|folder| &pages[&Path::new(folder).join("social-sign-in.md")]);
    let sections = |page: &str| page.lines().filter(|line| line.starts_with("## ")).count();
    let examples = |page: &str| -> Vec<String> {
        page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
    };
    let names = |page: &str| -> Vec<String> {
        let rows = page.lines().filter(|line| line.starts_with("| `"));
        rows.map(|row| row.split('|').nth(1).unwrap().replace(" 또는 ", " or ").trim().to_owned()).collect()
    };
    assert_eq!(sections(page), sections(translation));
    assert_eq!(examples(page), examples(translation));
    assert_eq!(names(page), names(translation));
}

#[test]
fn the_documents_name_every_setting_and_no_other() {
    let all: String = pages().into_values().collect();
    for name in Settings::ENVIRONMENT {
        assert!(Regex::new(&format!(r"\b{name}\b")).unwrap().is_match(&all), "{name} is named nowhere");
    }
    for found in Regex::new(r"\bMUNJIGI_[A-Z_]+\b").unwrap().find_iter(&all) {
        assert!(Settings::ENVIRONMENT.contains(&found.as_str()), "{} is no setting", found.as_str());
    }
}

/// Runs a script of the documents in this folder.
fn run(script: &str, folder: &Path) -> Output {
    let mut shell = Munjigi::shell(script, &folder.join("data"));
    let output = shell.current_dir(folder).env("PASSWORD", PASSWORD).output().unwrap();
    assert!(output.status.success(), "{script}\n{}", printed(&output));
    output
}

fn printed(output: &Output) -> String {
    String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).unwrap()
}

const MAKE_MINA: &str = "printf '%s\\n' \"$PASSWORD\" | munjigi user create mina --email mina@example.org\n";

/// Another staff account, because the last one stays staff.
const MAKE_SOFIA: &str =
    "printf '%s\\n' \"$PASSWORD\" | munjigi user create sofia --email sofia@example.org --staff\n";

/// Commands that need more than this binary and its folder, or never end by themselves.
const ELSEWHERE: &[&str] =
    &["cargo ", "REDIS_URL=", "DATABASE_URL=", "export ", "munjigi doctor proxy", "munjigi rules"];

#[test]
fn the_commands_for_operators_work_as_written() {
    for page in ["getting-started.md", "accounts.md", "permissions.md", "sessions.md", "keys.md"] {
        let shown = snippets(page, "sh");
        let here = |block: &&String| !ELSEWHERE.iter().any(|word| block.starts_with(word));
        for block in shown.iter().filter(here) {
            let folder = scratch();
            if page == "getting-started.md" {
                std::fs::write(folder.path().join("munjigi.toml"), &snippets(page, "toml")[0]).unwrap();
            }
            let before = if block.contains("user create mina") { "" } else { MAKE_MINA };
            // A password is read from standard input.
            let block = block.replace("munjigi user password", "echo \"$PASSWORD\" | munjigi user password");
            run(&format!("{before}{MAKE_SOFIA}{block}"), folder.path());
        }
    }
}

#[test]
fn the_check_of_a_rule_says_what_its_page_shows() {
    let folder = scratch();
    std::fs::write(folder.path().join("rules.toml"), &snippets("rules.md", "toml")[0]).unwrap();
    let command = snippets("rules.md", "sh").remove(0);
    let output = run(&format!("{MAKE_MINA}export MUNJIGI_RULES=rules.toml\n{command}"), folder.path());
    let page = &pages()[Path::new("docs/rules.md")];
    let shown: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    let logs = printed(&output);
    // The first two lines are about the database and the account.
    assert_eq!(logs.lines().skip(2).collect::<Vec<&str>>(), shown);
}

#[test]
fn the_walk_with_curl_works_as_written() {
    let folder = scratch();
    let server = Munjigi::serve(Munjigi::command(&folder.path().join("data")));
    let written = snippets("api.md", "sh").remove(0);
    let steps = written.strip_prefix("MUNJIGI=http://127.0.0.1:8080\n").expect("the server's usual address");
    let output = run(&format!("MUNJIGI={}\n{steps}", server.url), folder.path());

    let answers: Vec<Value> =
        serde_json::Deserializer::from_slice(&output.stdout).into_iter().map(Result::unwrap).collect();
    let problems: Vec<&Value> = answers.iter().filter(|answer| answer.get("status").is_some()).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    let [registered, check, post, posts, sessions, keys] = answers.as_slice() else { panic!("{answers:#?}") };
    assert_eq!(registered["user"]["username"], "mina");
    assert_eq!((&check["carrier"], &check["user"]["username"]), (&"access_token".into(), &"mina".into()));
    assert_eq!(post["title"], "Hello");
    assert_eq!(posts["posts"][0]["title"], "Hello", "read with the API token");
    assert_eq!(sessions["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(keys["keys"][0]["kty"], "OKP");
}
