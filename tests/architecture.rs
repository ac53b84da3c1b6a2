//! The architecture holds: arrows point downward, faces define nothing, and no files import each other in a circle.

mod house;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use house::{Arrows, House, Type, circles};

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

/// Rooms from top to bottom: a lower band imports nothing from a higher one, and rooms side by side do not import
/// each other. A room is a folder or a file, given by its path in `src`.
const HOUSE: &[&[&str]] = &[
    &["cli"],
    &["server"],
    &["api", "forward_auth", "oidc_provider", "pages"],
    &["http/auth"],
    &["http"],
    &["i18n"],
    &["board"],
    &["identity"],
    &["config"],
    &["platform"],
];

/// The same within `identity`.
const IDENTITY: &[&[&str]] = &[
    &["housekeeping"],
    &["mod"],
    &["bundle", "operator"],
    &["observers"],
    &["upstream"],
    &["readiness", "registration"],
    &["sign_in"],
    &["oidc"],
    &["credentials", "tokens"],
    &["access", "applications", "sessions"],
    &["accounts"],
    &["clock_doubt", "email"],
    &["unit_of_work"],
    &["audit"],
    &["invalid", "marks"],
];

/// The same within `platform`.
const PLATFORM: &[&[&str]] = &[
    &["mod"],
    &["form_answers", "mail", "near_cache", "rate_limit"],
    &["keys"],
    &["db", "redis"],
    &["metrics"],
    &["outgoing", "time_zone", "traces"],
    &["clock", "jws", "lang", "outage", "private_files", "schema", "work_queue"],
];

static CODE: LazyLock<House> = LazyLock::new(|| {
    let files = sources("src");
    let files = files.iter().filter(|(path, _)| !path.ends_with("main.rs"));
    let files: Vec<(String, &str)> = files
        .map(|(path, text)| (path.strip_prefix("src").unwrap().to_string_lossy().into_owned(), text.as_str()))
        .collect();
    House::read(files.iter().map(|(path, text)| (path.as_str(), *text)))
});

static ARROWS: LazyLock<Arrows> = LazyLock::new(|| CODE.arrows());

/// The band of a file: that of the longest name that its path starts with.
fn band(file: &str, bands: &[&[&str]]) -> Option<(usize, String)> {
    let is_in =
        |room: &str| file.strip_prefix(room).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'));
    let rooms =
        bands.iter().enumerate().flat_map(|(band, rooms)| rooms.iter().map(move |room| (band, *room)));
    let found = rooms.filter(|(_, room)| is_in(room)).max_by_key(|(_, room)| room.len())?;
    Some((found.0, found.1.to_owned()))
}

/// Arrows between the rooms of `folder` that do not point downward, and arrows of files that are in no room.
fn upward(arrows: &Arrows, folder: &str, bands: &[&[&str]]) -> Vec<String> {
    let points_up = |(from, to): &&(String, String)| {
        let (Some(from), Some(to)) = (from.strip_prefix(folder), to.strip_prefix(folder)) else {
            return false;
        };
        // The root of the crate names its rooms and is named by none.
        match (band(from, bands), band(to, bands)) {
            (Some((above, from)), Some((below, to))) => from != to && above >= below,
            _ => from != "lib.rs",
        }
    };
    arrows.iter().filter(points_up).map(|(from, to)| format!("{from} uses {to}")).collect()
}

#[test]
fn arrows_point_downward_and_rooms_side_by_side_do_not_know_each_other() {
    assert_eq!(upward(&ARROWS, "", HOUSE), [""; 0]);
    assert_eq!(upward(&ARROWS, "identity/", IDENTITY), [""; 0]);
    assert_eq!(upward(&ARROWS, "platform/", PLATFORM), [""; 0]);
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let circles = circles(&ARROWS);
    assert!(circles.is_empty(), "{circles:#?}");
}

/// Methods that a type of `identity` has at most, private ones included, and fields of a service: more is more than one
/// thing.
const MOST_METHODS: usize = 20;
const MOST_FIELDS: usize = 8;

/// A service acts on the database, or shares something with other services.
fn is_service(each: &Type<'_>) -> bool {
    let is_of_service = |name: &&str| each.fields.iter().any(|field| field.names.contains(*name));
    each.takes_self && ["Arc", "Db", "Writer"].iter().any(is_of_service)
}

/// Types of `identity` that are too large, and services that write to the database and show their fields.
fn too_large(house: &House) -> Vec<String> {
    let mut found = Vec::new();
    for each in house.types().iter().filter(|each| each.file.starts_with("identity/")) {
        if each.methods > MOST_METHODS {
            found.push(format!("{} has {} methods", each.name, each.methods));
        }
        if is_service(each) && each.fields.len() > MOST_FIELDS {
            found.push(format!("{} has {} fields", each.name, each.fields.len()));
        }
        let writes = each.takes_self && each.fields.iter().any(|field| field.names.contains("Writer"));
        if writes && each.fields.iter().any(|field| !field.is_private) {
            found.push(format!("{} shows its fields", each.name));
        }
    }
    found
}

#[test]
fn no_type_of_identity_does_everything() {
    assert_eq!(too_large(&CODE), [""; 0]);
    let types = CODE.types();
    assert!(types.iter().any(|each| each.name == "TokenIssuer" && is_service(each)));
}

#[test]
fn a_type_with_many_methods_or_fields_is_an_offence() {
    let methods = |range: std::ops::Range<usize>| {
        range.map(|number| format!("async fn f{number}(&self) {{}} ")).collect::<String>()
    };
    let fields = |count: usize| (0..count).map(|number| format!("f{number}: u8, ")).collect::<String>();
    let found = |first: &str, second: &str| {
        too_large(&House::read([("identity/a/first.rs", first), ("identity/a/second.rs", second)]))
    };
    let half = format!("pub struct Much {{ db: Db }} impl Much {{ {} }}", methods(0..10));
    let other = |count| format!("use super::first::Much; impl Much {{ {} }}", methods(10..count));
    assert_eq!(found(&half, &other(20)), [""; 0]);
    assert_eq!(found(&half, &other(21)), ["Much has 21 methods"]);
    let in_tests = format!("use super::first::Much; #[cfg(test)] impl Much {{ {} }}", methods(10..30));
    assert_eq!(found(&half, &in_tests), [""; 0]);
    let service = |count, of: &str| format!("struct Wide {{ db: {of}, {} }}", fields(count));
    let acts = "impl Wide { fn act(&self) {} }";
    assert_eq!(found(&format!("{} {acts}", service(7, "Db")), ""), [""; 0]);
    assert_eq!(found(&format!("{} {acts}", service(8, "Db")), ""), ["Wide has 9 fields"]);
    assert_eq!(found(&format!("{} {acts}", service(8, "Option<Arc<u8>>")), ""), ["Wide has 9 fields"]);
    let bundle = "impl Wide { fn open() -> Self {} }";
    for harmless in [format!("{} {bundle}", service(8, "Db")), format!("{} {acts}", service(8, "u8"))] {
        assert_eq!(found(&harmless, ""), [""; 0]);
    }
    let shown = "struct Bare { pub(super) writer: Writer } impl Bare { fn act(&self) {} }";
    assert_eq!(found(shown, ""), ["Bare shows its fields"]);
    let elsewhere = House::read([("board/a.rs", shown)]);
    assert_eq!(too_large(&elsewhere), [""; 0]);
}

/// Items that a folder's `mod.rs` defines itself instead of re-exporting.
fn defined_in_face(path: &str, text: &str) -> Vec<String> {
    let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let names_only = |item: &syn::Item| match item {
        syn::Item::Mod(inner) => inner.content.is_none(),
        syn::Item::Use(_) => true,
        _ => false,
    };
    let defines = parsed.items.iter().filter(|item| !names_only(item));
    defines.map(|_| format!("{path} defines something")).collect()
}

#[test]
fn the_face_of_a_folder_defines_nothing() {
    for (path, text) in sources("src").iter().filter(|(path, _)| path.ends_with("mod.rs")) {
        assert_eq!(defined_in_face(&path.to_string_lossy(), text), [""; 0]);
    }
    for offence in
        ["pub fn f() {}", "mod inner { fn f() {} }", "struct Thing;", "macro_rules! m { () => {} }"]
    {
        assert_eq!(defined_in_face("a/mod.rs", offence).len(), 1, "{offence}");
    }
    assert_eq!(defined_in_face("a/mod.rs", "//! A room.\nmod b;\npub use b::B;"), [""; 0]);
}

/// Names that identity may not import: any protocol uses it, and tests run it without a server.
#[test]
fn identity_knows_neither_actix_nor_pages() {
    for (path, text) in sources("src/identity") {
        for name in ["actix", "askama", "crate::http", "crate::i18n", "crate::pages"] {
            assert!(!text.contains(name), "{} names {name}", path.display());
        }
    }
}

/// A small crate with one file for each text: whether the reader sees that the first uses the second.
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
        ("api.rs", "fn f() { crate::pages::show() }"),
        ("attic.rs", "use crate::server::Server;"),
    ];
    let arrows = House::read(files).arrows();
    let found = [
        "api.rs uses pages.rs",
        "attic.rs uses server.rs",
        "pages.rs uses server.rs",
        "server.rs uses cli/mod.rs",
    ];
    assert_eq!(upward(&arrows, "", HOUSE), found);
    let circles = circles(&arrows);
    assert_eq!(circles.len(), 1);
    assert_eq!(circles[0].iter().collect::<Vec<_>>(), ["cli/mod.rs", "server.rs"]);
}

#[test]
fn an_arrow_upward_within_a_room_is_an_offence() {
    let files = [
        ("identity/audit/log.rs", "use crate::identity::accounts::User;"),
        ("identity/accounts/mod.rs", "pub struct User;"),
        ("identity/tokens.rs", "fn f() { super::credentials::check() }"),
        ("identity/credentials.rs", "pub fn check() {}"),
        ("http/page.rs", "use super::auth::locks::member;"),
        ("http/auth/locks.rs", "pub fn member() {}"),
    ];
    let arrows = House::read(files).arrows();
    let within = ["audit/log.rs uses accounts/mod.rs", "tokens.rs uses credentials.rs"];
    assert_eq!(
        upward(&arrows, "identity/", IDENTITY),
        within.map(|arrow| {
            let (from, to) = arrow.split_once(" uses ").unwrap();
            format!("identity/{from} uses identity/{to}")
        })
    );
    assert_eq!(upward(&arrows, "", HOUSE), ["http/page.rs uses http/auth/locks.rs"]);
}

/// Files and functions that the walks of ARCHITECTURE.md name, as `src/file.rs` `function`.
fn steps(document: &str) -> Vec<(&str, &str)> {
    let step = |part: &&[&str]| part[0].starts_with("src/") && part[0].ends_with(".rs") && part[1] == " ";
    let parts: Vec<&str> = document.split('`').collect();
    parts.windows(3).filter(|part| step(part)).map(|part| (part[0], part[2])).collect()
}

#[test]
fn the_walks_of_the_document_lead_through_files_and_functions_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = std::fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let walks = document.split_once("## Six walks").unwrap().1.split_once("## How to add").unwrap().0;
    assert_eq!(walks.matches("\n### ").count(), 6);
    let steps = steps(walks);
    assert!(steps.len() > 30, "{steps:?}");
    for (file, function) in steps {
        let text = std::fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let is_there =
            [format!("fn {function}("), format!("fn {function}<")].iter().any(|it| text.contains(it));
        assert!(is_there, "{file} has no {function}");
    }
}

#[test]
fn files_say_what_they_are_for() {
    for (path, text) in sources("src") {
        let is_exempt = path.starts_with("src/i18n") || path.ends_with("tests.rs");
        let says = text.starts_with("//!") || text.starts_with("// @generated");
        assert!(says || is_exempt, "{} does not say what it is for", path.display());
    }
}

/// A test dependency may enable features of a crate that the product uses too, and so change its behaviour.
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
        let features = |list: &str| {
            let line = list.lines().find(|line| line.starts_with(&format!("{name} v"))).expect(name);
            line.trim_end_matches(" (*)").to_owned()
        };
        assert_eq!(features(&product), features(&with_tests));
    }
}
