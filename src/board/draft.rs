//! A title and a text that are valid for a post.

use unicode_normalization::UnicodeNormalization;

use crate::identity::accounts::name::is_unseen;
use crate::identity::invalid::{Checks, Invalid};

/// Characters, counted after normalisation.
const TITLE_MAX: usize = 150;
const BODY_MAX: usize = 10_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub title: String,
    pub body: String,
}

/// Why a title or a text was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostProblem {
    EmptyTitle,
    OddTitle,
    EmptyBody,
    OddBody,
    /// In characters.
    TooLong {
        max: usize,
        count: usize,
    },
}

impl Draft {
    pub fn parse(title: &str, body: &str) -> Result<Self, Invalid<PostProblem>> {
        let draft = Self { title: title.trim().nfc().collect(), body: lines(body) };
        let mut checks = Checks::default();
        draft.title_problem().into_iter().for_each(|problem| checks.add("title", problem));
        draft.body_problem().into_iter().for_each(|problem| checks.add("body", problem));
        checks.finish(draft)
    }

    fn title_problem(&self) -> Option<PostProblem> {
        let count = self.title.chars().count();
        let is_odd = |c: char| c.is_control() || breaks_a_line(c);
        if is_blank(&self.title) {
            Some(PostProblem::EmptyTitle)
        } else if count > TITLE_MAX {
            Some(PostProblem::TooLong { max: TITLE_MAX, count })
        } else {
            self.title.chars().any(is_odd).then_some(PostProblem::OddTitle)
        }
    }

    fn body_problem(&self) -> Option<PostProblem> {
        let count = self.body.chars().count();
        let is_odd = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        if is_blank(&self.body) {
            Some(PostProblem::EmptyBody)
        } else if count > BODY_MAX {
            Some(PostProblem::TooLong { max: BODY_MAX, count })
        } else {
            self.body.chars().any(is_odd).then_some(PostProblem::OddBody)
        }
    }
}

/// Normalises to NFC, ends every line with `\n` (browsers send `\r\n`), and drops empty lines at both ends.
fn lines(typed: &str) -> String {
    let text: String = typed.nfc().collect();
    text.replace("\r\n", "\n").replace('\r', "\n").trim_start_matches('\n').trim_end().to_owned()
}

/// Whether no character of it is visible.
fn is_blank(text: &str) -> bool {
    text.chars().all(is_unseen)
}

/// Whether it ends a line or changes the reading direction of the text after it.
fn breaks_a_line(c: char) -> bool {
    matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(title: &str, body: &str) -> Result<Draft, String> {
        Draft::parse(title, body).map_err(|Invalid(problems)| {
            problems.iter().map(|(field, _)| *field).collect::<Vec<_>>().join(" ")
        })
    }

    #[test]
    fn texts_are_trimmed_and_their_lines_end_in_one_way() {
        let draft = parse(" 제목 ", "\r\n  a\r\nb\rc\n\td\r\n \r\n").unwrap();
        assert_eq!((draft.title.as_str(), draft.body.as_str()), ("제목", "  a\nb\nc\n\td"));
        assert_eq!(parse("\u{1100}\u{1161}", "x").unwrap().title, "가");
    }

    #[test]
    fn limits_count_characters() {
        assert!(parse(&"가".repeat(150), &"가".repeat(10_000)).is_ok());
        assert_eq!(parse(&"가".repeat(151), &"가".repeat(10_001)), Err("title body".to_owned()));
        assert!(parse("x", &"👩‍👩‍👧\r\n".repeat(1_500)).is_ok());
    }

    #[test]
    fn nothing_to_see_is_refused() {
        for blank in ["", " \t\r\n", "\u{200B}\u{3164}", "\u{3000}"] {
            assert_eq!(parse(blank, blank), Err("title body".to_owned()), "{blank:?}");
        }
        assert!(parse("👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "한글").is_ok());
    }

    #[test]
    fn control_characters_are_refused() {
        for c in ['\0', '\u{1}', '\u{b}', '\u{1b}', '\u{7f}', '\u{85}'] {
            assert_eq!(parse(&format!("a{c}b"), &format!("a{c}b")), Err("title body".to_owned()), "{c:?}");
        }
        for c in ['\n', '\r', '\t', '\u{202E}', '\u{2028}'] {
            assert_eq!(parse(&format!("a{c}b"), "x"), Err("title".to_owned()), "{c:?}");
        }
    }
}
