//! The most common passwords, which attackers try first: those of the top hundred thousand (ASVS 6.2.4) that meet the
//! minimum length.
//!
//! `common_passwords.txt` has one per line, sorted by bytes: 47,324 of the 99,838 in `data/common-passwords.json` of
//! the crate `passwords` 3.1.19 (MIT). As one text it takes only its own length in the binary; a slice of `&str`
//! would take 40 bytes more for each, all of them relocated at each start.

static LIST: &str = include_str!("common_passwords.txt");

/// Whether `password` is on the list, exactly as typed.
pub fn contains(password: &str) -> bool {
    let (mut low, mut high) = (0, LIST.len());
    // Both ends are at the start of a line.
    while low < high {
        let middle = (low + high) / 2;
        let start =
            LIST.as_bytes()[..middle].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let line = LIST.as_bytes()[start..].split(|byte| *byte == b'\n').next().unwrap_or_default();
        match line.cmp(password.as_bytes()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = start + line.len() + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::credentials::password::{MAX, MIN};

    #[test]
    fn the_list_is_sorted_and_holds_what_can_be_typed() {
        let lines: Vec<&str> = LIST.lines().collect();
        assert_eq!(lines.len(), 47_324);
        assert!(lines.is_sorted_by(|one, next| one < next));
        assert!(lines.iter().all(|line| (MIN..=MAX).contains(&line.chars().count())));
        assert!(LIST.ends_with('\n'));
    }

    #[test]
    fn every_line_is_found_and_nothing_between_two_lines() {
        assert!(LIST.lines().all(contains));
        for line in LIST.lines().step_by(97) {
            for other in [format!("{line}\u{1}"), line[..line.len() / 2].to_owned(), format!("\n{line}")] {
                assert!(!contains(&other) || LIST.lines().any(|known| known == other), "{other:?}");
            }
        }
        for never in ["", "\n", "\u{0}", "\u{10ffff}", "walnut tram eleven"] {
            assert!(!contains(never), "{never:?}");
        }
    }
}
