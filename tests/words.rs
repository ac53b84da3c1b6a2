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
    ("strangers", "anonymous users"),
    ("meanwhile", "concurrently, since then"),
    ("anew", "again"),
    ("believe", "accept, trust"),
    ("lately", "recently"),
    ("at hand", "available"),
];

/// Words and phrases of the former private vocabulary, as sentences and identifiers used them.
const PRIVATE: &[(&str, &str)] = &[
    ("kept", "stored, cached"),
    ("let in", "allow"),
    ("lets in", "allows"),
    ("let_in", "allow"),
    ("lets_in", "allows"),
    ("of ours", "issued by this server"),
    ("none of ours", "not issued by this server"),
    ("where there is one", "if there is one"),
    ("where there is", "if there is"),
    ("is good", "is valid"),
    ("good for", "valid for"),
    ("no good", "invalid or expired"),
    ("who it is", "re-authentication"),
    ("believed", "accepted, trusted"),
    ("believes", "accepts, trusts"),
    ("neighbourhood", "rate limit subject"),
    ("not_shown_lately", "reauth_required"),
    ("is_timely", "is_valid_at"),
    ("lives_for", "max_lifetime"),
    ("are_behind", "is_missing_keys"),
    ("hand_out", "issue"),
    ("hand_back", "reissue"),
    ("forget_all", "clear_cookies"),
    ("look_up", "lookup"),
    ("going_on_as", "with_session"),
    ("go_on", "resume"),
    ("close_links", "revoke_links"),
    ("end_everything", "revoke_all"),
    ("keep_house", "housekeeping"),
    ("keep_half", "suspend"),
    ("leads_on", "redirects_members"),
    ("living_there", "apps_at"),
    ("told_apart", "a name for the difference"),
    ("told_of_others", "reveals_account"),
    ("step_back", "lower_priority"),
    ("make_up_for", "equalize_time"),
    ("turn_away", "reject"),
    ("last_resort", "fallback"),
    ("act_telling", "write_audited"),
    ("known_facts", "personal_words"),
    ("known_caller", "from_caller"),
    ("is_twofold", "is_double_encoded"),
    ("give_up", "discard"),
    ("proved_again", "reauthenticated"),
    ("has_shown", "is_recently_authenticated"),
    ("show_again", "require"),
    ("begin_anew", "reset"),
];

/// Types and constants that meant several things or nothing to a reader, case and all.
const TYPES: &[&str] = &[
    "Wanted",
    "Asked",
    "Asker",
    "Kept",
    "Half",
    "Halfway",
    "Entered",
    "Arrival",
    "Beginning",
    "Live",
    "Listed",
    "Sighting",
    "Confined",
    "Whither",
    "Decider",
    "Desk",
    "Held",
    "HeldToken",
    "StandIn",
    "Landing",
    "Odd",
    "Lasting",
    "Lanes",
    "Noted",
    "Patient",
    "Guest",
    "NotShownLately",
    "Teaser",
    "TypedProfile",
    "TokenWish",
    "UserShape",
    "SessionShape",
    "Obtained",
    "Faults",
    "Lacking",
    "Pace",
    "SIGHTINGS_EVERY",
    "LAST_POST",
    "NOTED_EVERY",
    "KNOWN_WITHIN",
    "PROGRAM_KNOWN",
    "YOUNG",
    "KEPT",
    "LED",
    "LANES",
    "GLANCE",
];

/// Where one of them may stand, and why. A folder ends with a slash; no word means any of them.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("tests/words.rs", "", "lists them"),
    ("tests/", "nobody", "a name that no account has, and the text of an empty page"),
    ("benches/", "nobody", "a name that no account has"),
    ("src/config/tests.rs", "nobody", "a value that is refused"),
    ("src/identity/sign_in/limits.rs", "nobody", "the key of a limit that nodes of all versions share"),
    ("tests/browser/pictures/factors.rs", "kept", "the name of a device in a picture"),
];

/// Names that the API's description has always used for its schemas, as their types are annotated.
const SCHEMA: &str = "#[schema(as = ";

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
    uses_exactly(&text.to_lowercase(), word)
}

/// Whether a word of the text is this one, case and all.
fn uses_exactly(text: &str, word: &str) -> bool {
    let is_boundary = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    text.match_indices(word).any(|(start, _)| {
        let (before, after) = (&text[..start], &text[start + word.len()..]);
        is_boundary(before.chars().next_back()) && is_boundary(after.chars().next())
    })
}

/// Every source and document, by its path from the root of the repository.
fn texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    ["src", "tests", "benches", "docs"].iter().for_each(|folder| files(&root.join(folder), &mut found));
    let documents = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];
    found.extend(documents.map(|name| root.join(name)));
    let local = |path: &Path| path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
    found.iter().map(|path| (local(path), std::fs::read_to_string(path).unwrap())).collect()
}

fn is_excepted(path: &str, word: &str) -> bool {
    EXCEPTIONS.iter().any(|(place, excepted, _)| {
        let is_there = path == *place || place.ends_with('/') && path.starts_with(place);
        is_there && (excepted.is_empty() || *excepted == word)
    })
}

#[test]
fn sources_and_documents_use_the_terms_of_the_field() {
    let mut offences = Vec::new();
    for (path, text) in texts() {
        for (number, line) in text.lines().enumerate() {
            for (word, better) in FORBIDDEN.iter().chain(PRIVATE) {
                if uses(line, word) && !is_excepted(&path, word) {
                    offences.push(format!("{path}:{}: {word}, better {better}", number + 1));
                }
            }
        }
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn types_have_names_that_say_what_they_are() {
    let mut offences = Vec::new();
    for (path, text) in texts().into_iter().filter(|(path, _)| path.ends_with(".rs")) {
        for (number, line) in text.lines().enumerate() {
            // Prose may begin a sentence with one of them.
            let code = line.split("//").next().unwrap_or_default();
            if code.contains('"') || code.trim().starts_with(SCHEMA) || is_excepted(&path, "") {
                continue;
            }
            let used = TYPES.iter().filter(|name| uses_exactly(code, name));
            offences.extend(used.map(|name| format!("{path}:{}: {name}", number + 1)));
        }
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn a_forbidden_word_is_found_as_a_word_only() {
    assert!(uses("It is told by nobody.", "told") && uses("Nobody knows", "nobody"));
    assert!(uses_exactly("fn of(asked: Asked)", "Asked") && !uses_exactly("NotAsked, asked", "Asked"));
    assert!(!uses("A threshold untold", "told") && !uses("Allows::Nobody_else", "nobody"));
}
