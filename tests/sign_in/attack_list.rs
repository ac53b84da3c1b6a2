//! `attacks.md` names each attack on sign-in by a provider, and the test that tries it.

#[test]
fn every_attack_has_a_test() {
    let rows: Vec<&str> = include_str!("attacks.md")
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains("::"))
        .collect();
    assert!(rows.len() > 35, "{}", rows.len());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sign_in");
    for row in rows {
        for test in row.rsplit('|').nth(1).unwrap().split(", ") {
            let (file, name) = test.trim().trim_matches('`').split_once("::").unwrap();
            let source = std::fs::read_to_string(format!("{folder}/{file}.rs")).unwrap();
            assert!(source.contains(&format!("fn {name}(")), "there is no such test: {row}");
        }
    }
}
