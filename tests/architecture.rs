//! The house keeps its order: arrows point downward, and files stay small.

mod house;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use house::{Arrows, House, circles};

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

/// Rooms from top to bottom; whoever stands in a lower band knows nothing of a higher one, and rooms side by side do not
/// know each other, but for those of the last band.
const BANDS: &[&[&str]] = &[
    &["cli"],
    &["server"],
    &["api", "forward_auth", "pages"],
    &["http/auth", "board"],
    &["identity"],
    &["http"],
    &["i18n"],
    &["config", "platform"],
];

/// How many files stand in each circle today. It may only get better: a circle that shrinks is written down here.
const CIRCLES: &[usize] = &[49, 14, 10, 3, 2, 2, 2];

static ARROWS: LazyLock<Arrows> = LazyLock::new(|| {
    let files = sources("src");
    let files = files.iter().filter(|(path, _)| !path.ends_with("main.rs"));
    let files: Vec<(String, &str)> = files
        .map(|(path, text)| (path.strip_prefix("src").unwrap().to_string_lossy().into_owned(), text.as_str()))
        .collect();
    House::read(files.iter().map(|(path, text)| (path.as_str(), *text))).arrows()
});

/// The room that a file of `src` is in: its folder, or one within that which has a place of its own.
fn room(file: &str) -> &str {
    if file.starts_with("http/auth/") {
        return "http/auth";
    }
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Arrows between rooms that do not point downward.
fn upward(arrows: &Arrows, bands: &[&[&str]]) -> Vec<String> {
    let band = |room: &str| bands.iter().position(|rooms| rooms.contains(&room));
    let points_up = |(from, to): &&(String, String)| {
        let (from, to) = (room(from), room(to));
        match (band(from), band(to)) {
            (Some(above), Some(below)) => {
                from != to && above >= below && !(above == below && above == bands.len() - 1)
            }
            // The root of the crate names its rooms and is named by nobody.
            _ => from != "lib",
        }
    };
    arrows.iter().filter(points_up).map(|(from, to)| format!("{from} uses {to}")).collect()
}

#[test]
fn arrows_point_downward_and_features_do_not_know_each_other() {
    assert_eq!(upward(&ARROWS, BANDS), [""; 0]);
}

#[test]
fn circles_of_files_only_get_fewer_and_smaller() {
    let circles = circles(&ARROWS);
    let sizes: Vec<usize> = circles.iter().map(std::collections::BTreeSet::len).collect();
    assert_eq!(sizes, CIRCLES, "{circles:#?}");
}

/// A small house with one file for each text: does its reader see that the first uses the second?
fn sees(first: &str, second: &str, others: &[(&str, &str)]) -> bool {
    let files = [("a/first.rs", first), ("b/second.rs", second)].into_iter().chain(others.iter().copied());
    House::read(files).arrows().contains(&("a/first.rs".to_owned(), "b/second.rs".to_owned()))
}

#[test]
fn every_way_to_use_another_file_is_seen() {
    let thing = "pub struct Thing; pub fn make() {}";
    for first in [
        "use crate::b::second::Thing;",
        "use crate::b::{self, second::{Thing as Other}};",
        "use crate::b::second; fn f() { second::make() }",
        "use crate::b; fn f() { b::second::make() }",
        "use super::super::b::second::Thing;",
        "use crate::b::second::*;",
        "fn f() { crate::b::second::make() }",
        "fn f(thing: crate::b::second::Thing) {}",
        "fn f() { println!(\"{}\", crate::b::second::make()) }",
        "macro_rules! m { () => { crate::b::second::make() } }",
        "mod inner { fn f() { crate::b::second::make() } }",
        "mod inner { use super::super::super::b::second::Thing; }",
        "fn f() { use crate::b::second::make; make() }",
    ] {
        assert!(sees(first, thing, &[]), "{first}");
    }
    assert!(!sees("use crate::b::third::Thing;", thing, &[("b/third.rs", thing)]));
    assert!(!sees("#[cfg(test)] mod tests { use crate::b::second::Thing; }", thing, &[]));
}

#[test]
fn a_re_export_is_followed_to_the_file_that_defines_the_name() {
    let face = ("b/mod.rs", "mod second; pub use second::Thing; pub use self::second::make as build;");
    for first in ["use crate::b::Thing;", "fn f() { crate::b::build() }", "use crate::b; type T = b::Thing;"]
    {
        assert!(sees(first, "pub struct Thing; pub fn make() {}", &[face]), "{first}");
    }
    let glob = ("b/mod.rs", "mod second; pub use second::*;");
    assert!(sees("use crate::b::Thing;", "pub struct Thing;", &[glob]));
}

#[test]
fn a_call_through_self_leads_to_the_file_of_the_method() {
    let first = "use crate::c::Thing; impl Thing { fn one(&self) { self.two() } }";
    let second = "use crate::c::Thing; impl Thing { pub fn two(&self) {} }";
    assert!(sees(first, second, &[("c.rs", "pub struct Thing;")]));
    let associated = "use crate::c::Thing; impl Thing { fn one() { Self::two() } }";
    assert!(sees(associated, second, &[("c.rs", "pub struct Thing;")]));
    let other = "use crate::c::Other; impl Other { pub fn two(&self) {} }";
    assert!(!sees(first, other, &[("c.rs", "pub struct Thing; pub struct Other;")]));
}

#[test]
fn an_arrow_upward_and_a_circle_are_offences() {
    let files = [
        ("cli/mod.rs", "use crate::server::Server;"),
        ("server.rs", "pub struct Server; fn f() { crate::cli::run() }"),
        ("pages.rs", "mod inner { use super::super::server::Server; }"),
    ];
    let arrows = House::read(files).arrows();
    assert_eq!(upward(&arrows, BANDS), ["pages.rs uses server.rs", "server.rs uses cli/mod.rs"]);
    let circles = circles(&arrows);
    assert_eq!(circles.len(), 1);
    assert_eq!(circles[0].iter().collect::<Vec<_>>(), ["cli/mod.rs", "server.rs"]);
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

/// A crate of the tests may turn on features of a crate that the product uses too, and with them other behaviour.
#[test]
fn what_is_tested_is_what_ships() {
    let tree = |edges: &str| {
        let words = ["tree", "--locked", "--offline", "--prefix", "none", "-f", "{p} {f}", "-e", edges];
        let output = std::process::Command::new(env!("CARGO"))
            .args(words)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let (product, with_tests) = (tree("normal"), tree("normal,dev"));
    for name in ["serde", "serde_json", "smallvec", "tokio"] {
        let features = |told: &str| {
            let line = told.lines().find(|line| line.starts_with(&format!("{name} v"))).expect(name);
            line.trim_end_matches(" (*)").to_owned()
        };
        assert_eq!(features(&product), features(&with_tests));
    }
}
