//! A post's text in parts: plain text, and addresses that are safe to link.

use linkify::{LinkFinder, LinkKind};

#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Plain(&'a str),
    Link(&'a str),
}

/// Only http and https addresses become links, and only their ASCII part: in Korean, a particle follows an
/// address without a space.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_can_be_iri(false);
    let mut pieces = Vec::new();
    for span in finder.spans(text) {
        let text = span.as_str();
        let end = match span.kind() {
            Some(_) if is_web(text) => text.find(|c: char| !c.is_ascii()).unwrap_or(text.len()),
            _ => 0,
        };
        let (address, rest) = text.split_at(end);
        pieces.extend((!address.is_empty()).then_some(Piece::Link(address)));
        pieces.extend((!rest.is_empty()).then_some(Piece::Plain(rest)));
    }
    pieces
}

fn is_web(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn links(text: &str) -> Vec<&str> {
        let link = |piece| if let Piece::Link(address) = piece { Some(address) } else { None };
        pieces(text).into_iter().filter_map(link).collect()
    }

    #[test]
    fn addresses_of_the_web_are_links() {
        for (text, address) in [
            ("see https://example.org/a?b=c&d#e.", "https://example.org/a?b=c&d#e"),
            ("(HTTP://example.org/a_(b))", "HTTP://example.org/a_(b)"),
            ("https://example.org에서 보세요", "https://example.org"),
            ("https://example.org/help를 보세요", "https://example.org/help"),
            ("여기https://example.org", "https://example.org"),
            ("https://example.org/a에서/b", "https://example.org/a"),
            ("\"https://example.org/\"><script>", "https://example.org/"),
        ] {
            assert_eq!(links(text), [address], "{text}");
        }
    }

    #[test]
    fn nothing_else_is_a_link() {
        for text in [
            "javascript:alert(1)",
            "javascript://example.org/%0aalert(1)",
            "data://text/html,x",
            "ftp://example.org/",
            "mina@example.org",
            "example.org",
            "https://",
            "xhttps ://example.org",
        ] {
            assert_eq!(links(text), Vec::<&str>::new(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_whole_text(text in "(?s)(https?://[a-z.]{1,9}|\\PC|[ \n\"'<>():/@.]){0,40}") {
            let whole: String = pieces(&text)
                .into_iter()
                .map(|piece| match piece {
                    Piece::Plain(text) | Piece::Link(text) => text,
                })
                .collect();
            prop_assert_eq!(whole, text);
        }
    }
}
