//! The page of settings is generated from their rows. `UPDATE_DOCS=1` writes it again.

use std::fmt::Write;

use munjigi::config::{Row, Settings};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/settings.md");
/// The text before it is written by hand.
const MARK: &str =
    "<!-- From src/config/config.rs by: UPDATE_DOCS=1 cargo test --test suite settings_docs -->\n";

/// Text as Markdown shows it.
fn escaped(text: &str) -> String {
    text.replace('<', "\\<").replace('*', "\\*").replace('|', "\\|")
}

fn line(row: &Row) -> String {
    let default = if row.kind == "default" { format!("`{}`", row.default) } else { escaped(row.default) };
    let file = row.file_variable.map(|variable| format!(", `{variable}`")).unwrap_or_default();
    format!("| `{}`{file} | {default} | {} |\n", row.variable, escaped(row.help))
}

fn tables() -> String {
    let mut text = String::new();
    for rows in Settings::ROWS.chunk_by(|one, next| one.subject == next.subject) {
        write!(text, "\n## {}\n\n| setting | default | |\n| --- | --- | --- |\n", rows[0].subject).unwrap();
        text.extend(rows.iter().map(line));
    }
    text
}

#[test]
fn the_page_of_settings_is_that_of_the_rows() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let (prose, _) = page.split_once(MARK).expect("the mark");
    let made = format!("{prose}{MARK}{}", tables());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(PAGE, &made).unwrap();
    } else {
        assert!(page == made, "docs/settings.md is out of date: run this test with UPDATE_DOCS=1");
    }
}

/// The exceptions are named in the page.
#[test]
fn variables_follow_from_names_but_for_three() {
    let odd = |row: &&Row| row.variable != format!("MUNJIGI_{}", row.name.to_uppercase());
    let odd: Vec<(&str, &str)> =
        Settings::ROWS.iter().filter(odd).map(|row| (row.variable, row.name)).collect();
    let known = [
        ("DATABASE_URL", "database_url"),
        ("REDIS_URL", "redis_url"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "otlp_endpoint"),
    ];
    assert_eq!(odd, known);
    let page = std::fs::read_to_string(PAGE).unwrap();
    assert!(known.iter().all(|(variable, name)| page.contains(&format!("`{variable}` is `{name}`"))));
}
