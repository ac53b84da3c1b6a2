//! Words that no native reader would write here, in sources and documents.

use std::path::{Path, PathBuf};

/// Each with a better one.
const FORBIDDEN: &[(&str, &str)] = &[
    ("told", "reported, logged, sent"),
    ("tells", "says, reports"),
    ("whoever", "the noun: the user, the client"),
    ("somebody", "the noun: a user, a client"),
    ("nobody", "no user, no client"),
    ("stranger", "anonymous user"),
    ("meanwhile", "concurrently, since then"),
    ("anew", "again"),
    ("believe", "accept, trust"),
    ("lately", "recently"),
    ("at hand", "available"),
];

/// Where one of them may stand, and why. A folder ends with a slash; no word means any of them.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("tests/words.rs", "", "lists them"),
    ("tests/", "nobody", "a name that no account has, and the text of an empty page"),
    ("benches/", "nobody", "a name that no account has"),
    ("src/config/tests.rs", "nobody", "a value that is refused"),
    ("src/identity/sign_in/limits.rs", "nobody", "the key of a limit that nodes of all versions share"),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match path.is_dir() {
            // Texts in two languages, and what browsers and tools have made.
            true if ["i18n", "ko", "pictures", "node_modules", "target"].contains(&name.as_str()) => {}
            true => files(&path, found),
            false if name.ends_with(".rs") || name.ends_with(".md") => found.push(path),
            false => {}
        }
    }
}

/// Whether a word of the text, in whatever case, is this one.
fn uses(text: &str, word: &str) -> bool {
    let is_boundary = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    let text = text.to_lowercase();
    text.match_indices(word).any(|(start, _)| {
        let (before, after) = (&text[..start], &text[start + word.len()..]);
        is_boundary(before.chars().next_back()) && is_boundary(after.chars().next())
    })
}

#[test]
fn sources_and_documents_use_the_terms_of_the_field() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    ["src", "tests", "benches", "docs"].iter().for_each(|folder| files(&root.join(folder), &mut found));
    let documents = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];
    found.extend(documents.map(|name| root.join(name)));
    let mut offences = Vec::new();
    for path in found {
        let local = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            for (word, better) in FORBIDDEN {
                let is_excepted = EXCEPTIONS.iter().any(|(place, excepted, _)| {
                    let is_there = local == *place || place.ends_with('/') && local.starts_with(place);
                    is_there && (excepted.is_empty() || excepted == word)
                });
                if !is_excepted && uses(line, word) {
                    offences.push(format!("{local}:{}: {word}, better {better}", number + 1));
                }
            }
        }
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn a_forbidden_word_is_found_as_a_word_only() {
    assert!(uses("It is told by nobody.", "told") && uses("Nobody knows", "nobody"));
    assert!(!uses("A threshold untold", "told") && !uses("Allows::Nobody_else", "nobody"));
}
