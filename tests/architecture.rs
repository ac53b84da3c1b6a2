//! The house keeps its order: arrows point downward, files stay small, and the README tells of every setting.

use std::path::{Path, PathBuf};

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let local = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_owned();
                found.push((local, text));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

/// Rooms from top to bottom; whoever stands in a lower band knows nothing of a higher one.
const BANDS: &[&[&str]] = &[
    &["main"],
    &["cli"],
    &["server"],
    &["routes"],
    &[
        "admin",
        "api",
        "authz",
        "board",
        "dashboard",
        "home",
        "language",
        "login",
        "password_reset",
        "probe",
        "profile",
        "register",
        "security",
        "sessions",
        "sign_in_link",
        "tokens",
        "verify_email",
    ],
    &["gate", "post"],
    &["identity"],
    &["web"],
    &["i18n"],
    &["db", "schema", "config", "keys", "clock", "mail", "metrics", "redis", "traces", "work_queue"],
];

fn band(room: &str) -> usize {
    BANDS.iter().position(|rooms| rooms.contains(&room)).unwrap_or_else(|| panic!("{room} stands in no band"))
}

#[test]
fn arrows_point_downward_and_features_do_not_know_each_other() {
    for (path, text) in sources("src") {
        let room = path
            .components()
            .nth(1)
            .unwrap()
            .as_os_str()
            .to_string_lossy()
            .trim_end_matches(".rs")
            .to_owned();
        if room == "lib" {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap();
        for import in code.split("crate::").skip(1) {
            let names: Vec<&str> = match import.strip_prefix('{') {
                Some(list) => list
                    .split('}')
                    .next()
                    .unwrap()
                    .split(',')
                    .map(|name| name.trim().split("::").next().unwrap())
                    .collect(),
                None => vec![import.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()],
            };
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                let (from, to) = (band(&room), band(name));
                let last = BANDS.len() - 1;
                assert!(
                    from < to || room == name || (from == last && to == last),
                    "{}: {room} imports {name}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn files_stay_small_and_say_what_they_are_for() {
    for (path, text) in sources("src") {
        let lines = text.lines().count();
        let is_generated = text.starts_with("// @generated");
        assert!(lines <= 300 || is_generated, "{} has {lines} lines", path.display());
        let told = text.starts_with("//!") || is_generated;
        assert!(
            told || path.starts_with("src/i18n") || path.ends_with("tests.rs"),
            "{} does not say what it is for",
            path.display()
        );
    }
}

#[test]
fn the_readme_tells_of_every_setting() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    for name in munjigi::config::Settings::ENVIRONMENT {
        assert!(readme.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn both_languages_have_every_text() {
    // That both exist, the compiler sees to; that none was left in the other language, this does.
    for (path, text) in sources("src/i18n") {
        for line in text.lines().filter(|line| line.trim_end().ends_with(';') && line.contains(": \"")) {
            let parts: Vec<&str> = line.split('"').collect();
            if parts.len() >= 5 {
                let is_korean = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
                assert!(!is_korean(parts[1]), "{}: {line}", path.display());
                assert!(is_korean(parts[3]), "{}: {line}", path.display());
            }
        }
    }
}

/// A crate of the tests may turn on features of a crate that both have, and with them other behaviour. Where JSON is
/// concerned that would be seen: in the order of members, in numbers.
#[test]
fn json_is_tested_as_it_ships() {
    let features = |edges: &str| {
        let words = ["tree", "--locked", "--offline", "--prefix", "none", "-f", "{p} {f}", "-e", edges];
        let output = std::process::Command::new(env!("CARGO"))
            .args(words)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let told = String::from_utf8(output.stdout).unwrap();
        told.lines().find(|line| line.starts_with("serde_json ")).expect("it is built in").to_owned()
    };
    assert_eq!(features("normal").trim_end_matches(" (*)"), features("normal,dev").trim_end_matches(" (*)"));
}
