//! The guides of apps in `docs/apps`: what they show is what `munjigi app add` prints. `UPDATE_DOCS=1` writes it again.

use std::path::Path;

use munjigi::identity::oidc::Preset;
use regex::Regex;

use crate::support::{Munjigi, scratch};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/apps");

/// What the command prints, with a known id and secret.
fn printed(script: &str, data: &Path) -> String {
    let mut shell = Munjigi::shell(&format!("munjigi migrate > /dev/null\n{script}"), data);
    let output = shell.env("MUNJIGI_PUBLIC_URL", "https://login.example.org").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{script}\n{text}{}", String::from_utf8_lossy(&output.stderr));
    let value = |name: &str| {
        let line = Regex::new(&format!(r"(?m)^{name} +(\S+)$")).unwrap();
        line.captures(&text).map(|found| found[1].to_owned())
    };
    let known = text.replace(&value("client id").expect("an id"), "CLIENT_ID");
    match value("client secret") {
        Some(secret) => known.replace(&secret, "CLIENT_SECRET"),
        None => known,
    }
}

/// The fenced blocks of a page: where each begins and ends, without its fences.
fn blocks(page: &str) -> Vec<(usize, usize)> {
    let fences: Vec<(usize, &str)> = Regex::new("(?m)^```.*\n")
        .unwrap()
        .find_iter(page)
        .map(|found| (found.start(), found.as_str()))
        .collect();
    fences.chunks_exact(2).map(|pair| (pair[0].0 + pair[0].1.len(), pair[1].0)).collect()
}

#[test]
fn each_guide_shows_the_lines_that_its_command_prints() {
    let folder = scratch();
    for preset in Preset::ALL {
        let path = Path::new(FOLDER).join(format!("{}.md", preset.name()));
        let page = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
        let found = blocks(&page);
        let &[(from, to), (first, last)] = found.as_slice() else {
            panic!("{}: one command and one block of lines", path.display())
        };
        let (command, shown) = (&page[from..to], &page[first..last]);
        let text = printed(command, &folder.path().join("data"));
        let (_, lines) = text.split_once(":\n\n").unwrap_or_else(|| panic!("{text}"));
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&path, format!("{}{lines}{}", &page[..first], &page[last..])).unwrap();
        } else {
            assert_eq!(shown, lines, "{}: run this test with UPDATE_DOCS=1", path.display());
        }
    }
}

/// The guides that tests follow; the others follow documentation alone, and say so.
#[test]
fn each_guide_says_whether_tests_run_it() {
    let mut run = Vec::new();
    for entry in std::fs::read_dir(FOLDER).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let page = std::fs::read_to_string(&path).unwrap();
        let paragraphs = page.split("\n\n").filter(|paragraph| paragraph.starts_with("Our tests "));
        let [says] =
            paragraphs.collect::<Vec<_>>().try_into().unwrap_or_else(|_| panic!("{name}: one paragraph"));
        if !says.starts_with("Our tests do not run ") {
            run.push(name);
        }
    }
    run.sort();
    assert_eq!(run, ["custom", "jupyterhub", "mcp", "mod_auth_openidc", "node-red"]);
}
