//! The possible readings of a path: proxies and apps disagree on `%2f`, `//`, `..` and `;`, so each likely
//! reading is checked, and a path with too many is rejected.

use percent_encoding::percent_decode_str;

/// Every reading of a path, decoded; most paths have one. None for paths that no legitimate client sends:
///
/// - What browsers resolve or never send: a backslash, a control character, `..` above the root, or a dot
///   segment beside any other unusual syntax.
/// - What some programs decode twice: `%252f`.
/// - What is not text: a broken `%` or bytes that are not UTF-8.
pub fn interpretations(path: &str) -> Option<Vec<String>> {
    if !path.starts_with('/') || path.contains(['?', '#', ' ']) {
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

/// Decodes once; none if decoding again would change the result.
fn decode(text: &str) -> Option<String> {
    let broken = |part: &str| !part.as_bytes().iter().take(2).all(u8::is_ascii_hexdigit) || part.len() < 2;
    if text.split('%').skip(1).any(broken) {
        return None;
    }
    let decoded = percent_decode_str(text).decode_utf8().ok()?.into_owned();
    let tail = |part: &str| part.get(..2).map(str::to_ascii_lowercase);
    let is_double_encoded = decoded.split('%').skip(1).any(|part| {
        tail(part).is_some_and(|digits| matches!(&*digits, "2e" | "2f" | "5c" | "25" | "3b" | "00"))
    });
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
            let found = interpretations(path).unwrap();
            assert!(found.iter().all(|reading| reading == path), "{path} {found:?}");
        }
        assert_eq!(interpretations("/%EA%B0%80%20b").unwrap(), ["/가 b"]);
        assert_eq!(interpretations("/%61dmin").unwrap(), ["/admin"]);
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
            assert_eq!(interpretations(path).unwrap(), expected, "{path}");
        }
    }

    #[test]
    fn what_has_too_many_readings_is_refused() {
        for path in [
            "",
            "a",
            "*",
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
            assert_eq!(interpretations(path), None, "{path}");
        }
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
            for reading in interpretations(&path).unwrap_or_default() {
                prop_assert!(reading.starts_with('/') && !reading.contains('\\'));
            }
            if let Some(found) = interpretations(&path) {
                prop_assert!(!found[0].contains("//"), "{} {:?}", path, found);
                prop_assert!(!found[0].split('/').any(|segment| segment == ".."), "{} {:?}", path, found);
            }
        }
    }
}
