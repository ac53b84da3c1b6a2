//! The possible readings of a path: proxies and apps disagree on `%2f`, `//`, `..` and `;`, so each likely
//! reading is checked. Of a path with too many, only what all of them share is known.

use percent_encoding::percent_decode_str;

/// What proxies and apps may take a path for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readings {
    /// Every likely reading, decoded; most paths have one.
    Few(Vec<String>),
    /// Too many to list. Each is this path or below it.
    Below(String),
}

impl Readings {
    /// None if the path does not begin with a slash.
    pub fn of(path: &str) -> Option<Self> {
        let many = || Self::Below(shared_prefix(path));
        path.starts_with('/').then(|| few(path).map_or_else(many, Self::Few))
    }

    /// The path as it is, if it is its only reading.
    pub fn is_only(&self, path: &str) -> bool {
        matches!(self, Self::Few(readings) if *readings == [path])
    }
}

/// Every reading of a path. None for those with too many:
///
/// - What browsers resolve or never send: a backslash, a control character, `..` above the root, or a dot
///   segment beside any other unusual syntax.
/// - What some programs decode twice: `%252f`.
/// - What is not text: a broken `%` or bytes that are not UTF-8.
fn few(path: &str) -> Option<Vec<String>> {
    if path.contains(['?', '#', ' ']) {
        return None;
    }
    if !path.contains(['%', ';', '\\']) && !path.contains("//") && !path.contains("/.") {
        return is_plain(path).then(|| vec![path.to_owned()]);
    }
    let literal = decode_segments(path)?;
    let decoded = decode(path)?;
    let has_hidden_slash = literal.contains("%2F");
    let segments = || decoded.split('/').map(without_parameters);
    if segments().any(|segment| segment == "." || segment == "..") {
        let is_odd = path.contains(['%', ';']) || path.contains("//");
        return if is_odd { None } else { Some(vec![resolved(&decoded)?, literal]) };
    }
    if has_hidden_slash && path.contains(';') {
        return None;
    }
    let mut interpretations = vec![merged(decoded.split('/')), literal];
    if path.contains(';') {
        // A Java server drops what follows a semicolon, but not what follows `%3b`.
        let bare: Vec<&str> = path.split('/').map(without_parameters).collect();
        interpretations.push(merged(decode(&bare.join("/"))?.split('/')));
    }
    interpretations.dedup();
    Some(interpretations)
}

/// The longest path that every reading is at or below: the plain segments at the beginning, unless something behind
/// them could lead up again.
fn shared_prefix(path: &str) -> String {
    if may_lead_up(path) {
        return "/".to_owned();
    }
    let plain: Vec<String> = path.split('/').skip(1).map_while(plain_segment).collect();
    format!("/{}", plain.join("/"))
}

/// Whether `..` stands in the path at any depth of encoding, or anything that some program may read as dots: bytes that
/// are not UTF-8 (such as an overlong dot), control characters, which some drop, or `%u002e`.
fn may_lead_up(path: &str) -> bool {
    let Ok(text) = String::from_utf8(decode_fully(path)) else { return true };
    text.contains('%')
        || text.chars().any(char::is_control)
        || text.split(['/', '\\']).any(|segment| segment.trim_start().starts_with(".."))
}

/// Decodes until nothing is left to decode, in linear time.
fn decode_fully(path: &str) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(path.len());
    for byte in path.bytes() {
        decoded.push(byte);
        while let [.., b'%', high, low] = decoded[..] {
            let (Some(high), Some(low)) = (digit(high), digit(low)) else { break };
            decoded.truncate(decoded.len() - 3);
            decoded.push(high << 4 | low);
        }
    }
    decoded
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// A segment that every program reads alike, decoded.
fn plain_segment(segment: &str) -> Option<String> {
    let decoded = decode(segment)?;
    let is_odd = decoded.is_empty() || decoded.contains(['/', ';', '?', '#', '%', ' ']);
    (!is_odd && decoded != "." && decoded != "..").then_some(decoded)
}

/// Whether `path` is `prefix` or below it, segment by segment.
pub fn is_below(path: &str, prefix: &str) -> bool {
    let prefix = prefix.trim_end_matches('/');
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || c == '\\')
}

fn without_parameters(segment: &str) -> &str {
    segment.split(';').next().unwrap_or_default()
}

/// Decodes once; none if decoding again could change the result.
fn decode(text: &str) -> Option<String> {
    let broken = |part: &str| !part.as_bytes().iter().take(2).all(u8::is_ascii_hexdigit) || part.len() < 2;
    if text.split('%').skip(1).any(broken) {
        return None;
    }
    let decoded = percent_decode_str(text).decode_utf8().ok()?.into_owned();
    let is_code = |part: &str| match part.as_bytes() {
        [b'u' | b'U', ..] => true,
        [high, low, ..] => high.is_ascii_hexdigit() && low.is_ascii_hexdigit(),
        _ => false,
    };
    let is_double_encoded = decoded.split('%').skip(1).any(is_code);
    (is_plain(&decoded) && !is_double_encoded).then_some(decoded)
}

/// Decodes segment by segment: a slash written as `%2f` stays distinct from those between segments.
fn decode_segments(path: &str) -> Option<String> {
    let segments = path.split('/').map(|segment| Some(decode(segment)?.replace('/', "%2F")));
    Some(segments.collect::<Option<Vec<_>>>()?.join("/"))
}

fn merged<'s>(segments: impl Iterator<Item = &'s str>) -> String {
    let mut path = String::from("/");
    for segment in segments {
        if !segment.is_empty() && !path.ends_with('/') {
            path.push('/');
        }
        path.push_str(segment);
        if segment.is_empty() && !path.ends_with('/') {
            path.push('/');
        }
    }
    path
}

/// Removes dot segments (RFC 3986 §5.2.4); none if they lead above the root.
fn resolved(path: &str) -> Option<String> {
    let mut normalized: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    normalized.pop()?;
                }
                if is_last {
                    normalized.push("");
                }
            }
            name => normalized.push(name),
        }
    }
    Some(format!("/{}", normalized.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_ordinary_path_has_one_reading() {
        for path in ["/", "/a", "/a/", "/a.b/c-d_e~f", "/가", "/.well-known/x", "/a/..b/...", "/a:b@c,d=e"] {
            let found = few(path).unwrap();
            assert!(found.iter().all(|reading| reading == path), "{path} {found:?}");
        }
        assert_eq!(few("/%EA%B0%80%20b").unwrap(), ["/가 b"]);
        assert_eq!(few("/%61dmin").unwrap(), ["/admin"]);
    }

    #[test]
    fn what_can_be_read_in_two_ways_is() {
        for (path, expected) in [
            ("/admin%2fx", &["/admin/x", "/admin%2Fx"][..]),
            ("/a//b", &["/a/b", "/a//b"]),
            ("//admin", &["/admin", "//admin"]),
            ("/a//", &["/a/", "/a//"]),
            ("/public/../admin", &["/admin", "/public/../admin"]),
            ("/a/./b", &["/a/b", "/a/./b"]),
            ("/a/b/..", &["/a/", "/a/b/.."]),
            ("/admin;x=1/y", &["/admin;x=1/y", "/admin/y"]),
            ("/admin%3bx", &["/admin;x"]),
        ] {
            assert_eq!(few(path).unwrap(), expected, "{path}");
        }
    }

    #[test]
    fn what_has_too_many_readings_is_not_listed() {
        for path in [
            "/a b",
            "/a#b",
            "/..",
            "/../a",
            "/a/../../b",
            "/a\\b",
            "/a%5cb",
            "/a%5C..%5Cb",
            "/%2e%2e/a",
            "/a/.%2e/b",
            "/a/%2e/b",
            "/a%2f..%2fb",
            "/a%2f../b",
            "/a//../b",
            "/a/..;/b",
            "/a/..;x=1/b",
            "/a/.;/b",
            "/a;b%2fc",
            "/a%252fb",
            "/a%252e%252e/b",
            "/a%25252f",
            "/%2561dmin",
            "/%252561dmin",
            "/%25%36%31dmin",
            "/%25u0061dmin",
            "/%u0061dmin",
            "/a%00b",
            "/a%0ab",
            "/a\tb",
            "/a%zz",
            "/a%",
            "/a%4",
            "/%c0%ae%c0%ae/a",
            "/%ff",
            "/a%7fb",
        ] {
            assert_eq!(few(path), None, "{path}");
        }
    }

    #[test]
    fn what_all_readings_share_is_known() {
        for (path, shared) in [
            ("/job/x/job/feature%252Ffoo/", "/job/x/job"),
            ("/job/x/job/feature%25252525252Ffoo/", "/job/x/job"),
            ("/jo%62/%EA%B0%80/a%252fb", "/job/가"),
            ("/a/b%5cc", "/a"),
            ("/a/b#c/d", "/a"),
            ("/a/b c/d", "/a"),
            ("/a/./b%252f", "/a"),
            ("/a//b/c%252f", "/a"),
            ("/a/b;c%2fd/e", "/a"),
            ("/a/b%3fc/d%2561", "/a"),
            ("/a/x...y%2561", "/a"),
            ("/%2561dmin", "/"),
            ("/%252561dmin", "/"),
        ] {
            assert_eq!(Readings::of(path), Some(Readings::Below(shared.to_owned())), "{path}");
        }
    }

    #[test]
    fn what_may_lead_up_shares_nothing() {
        for end in [
            "..%2fx",
            "%2e%2e/x",
            ".%2E/%61",
            "%252e%252e/x",
            "%25252525252e%252e/x",
            "%25%32%65./x",
            "x/..;/y",
            "x/%2e.%3bx/y",
            "x%5c..%5cy",
            "x\\..\\y",
            "x%255c%252e.",
            "%2520../x",
            ".%00./x",
            ".%2500./x",
            "%c0%ae%c0%ae/x",
            "%25c0%25ae./x",
            "%e0%80%ae./x",
            "%ff",
            "%u002e%u002e/x",
            "%25u002e/x",
            "x%",
            "x%2",
            "x%zz",
            ".%0a./x",
            ".%7f./x",
        ] {
            let path = format!("/public/{end}");
            assert_eq!(Readings::of(&path), Some(Readings::Below("/".to_owned())), "{path}");
        }
        assert!(["", "a", "*"].iter().all(|path| Readings::of(path).is_none()));
    }

    #[test]
    fn deep_encoding_is_decoded_in_linear_time() {
        let path = format!("/a/%{}41", "25".repeat(2_000_000));
        assert_eq!(decode_fully(&path), b"/a/A");
    }

    #[test]
    fn a_prefix_ends_at_a_segment() {
        for (path, prefix, is) in [
            ("/admin", "/admin", true),
            ("/admin/", "/admin", true),
            ("/admin/x", "/admin/", true),
            ("/admin", "/admin/", true),
            ("/administrator", "/admin", false),
            ("/admin%2Fx", "/admin", false),
            ("/", "/", true),
            ("/x", "/", true),
            ("//x", "/", true),
            ("/x", "/admin", false),
        ] {
            assert_eq!(is_below(path, prefix), is, "{path} {prefix}");
        }
    }

    proptest! {
        #[test]
        fn readings_never_hold_what_another_reader_would_resolve(path in "(/|%2f|%2e|\\.|\\.\\.|;|%5c|%25|a|b|\\\\){0,12}") {
            let path = format!("/{path}");
            for reading in few(&path).unwrap_or_default() {
                prop_assert!(reading.starts_with('/') && !reading.contains('\\'));
            }
            if let Some(found) = few(&path) {
                prop_assert!(!found[0].contains("//"), "{} {:?}", path, found);
                prop_assert!(!found[0].split('/').any(|segment| segment == ".."), "{} {:?}", path, found);
            }
        }

        #[test]
        fn no_program_reads_a_path_outside_the_shared_prefix(
            end in "(/|%|%25|2f|2e|%2f|%2e|\\.|\\.\\.|;|%5c|%3b|%00|%c0%ae|a|b|\\\\){0,12}",
            depth in 1..5,
        ) {
            let path = format!("/public/{end}");
            let Some(Readings::Below(shared)) = Readings::of(&path) else { return Ok(()) };
            // A program that decodes so many times, turns backslashes, drops parameters and resolves dots.
            let mut bytes = path.into_bytes();
            for _ in 0..depth {
                bytes = percent_encoding::percent_decode(&bytes).collect();
            }
            let text = String::from_utf8_lossy(&bytes).replace('\\', "/").replace('\0', "");
            let mut read: Vec<&str> = Vec::new();
            for segment in text.split('/').map(without_parameters) {
                match segment {
                    "" | "." => {}
                    ".." => drop(read.pop()),
                    name => read.push(name),
                }
            }
            let read = format!("/{}", read.join("/"));
            prop_assert!(is_below(&read, &shared), "{} below {}", read, shared);
        }
    }
}
