//! A mail server's reply (RFC 5321 §4.2): three digits decide, and the text is for people.

use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    code: u16,
    /// The lines after the code, without what cannot be read.
    text: Vec<String>,
}

impl Reply {
    /// Parses a reply of one or more lines, in any charset; none if it is not one.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).peekable();
        let code = digits(lines.peek()?)?;
        let text =
            lines.map(|line| (digits(line)? == code).then(|| readable(line.get(4..).unwrap_or_default())));
        Some(Self { code, text: text.collect::<Option<_>>()? })
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.iter().map(String::as_str)
    }

    /// The reply if it is positive (2yz or 3yz).
    pub(super) fn positive(self) -> Result<Self, Self> {
        if matches!(self.code, 200..400) { Ok(self) } else { Err(self) }
    }

    pub(super) fn is_permanent(&self) -> bool {
        self.code >= 500
    }

    /// Whether a permanent reply to RCPT is about the connection or the sender rather than the recipient: servers may
    /// defer such refusals until RCPT. By the enhanced code (RFC 3463) if there is one: a bad sender (X.1.7, X.1.8), the
    /// protocol (X.5), security and policy (X.7).
    pub(super) fn is_about_us(&self) -> bool {
        if matches!(self.code, 500 | 502..=504 | 521 | 530 | 534 | 535 | 538) {
            return true;
        }
        let enhanced = self.text.first().and_then(|line| line.split_whitespace().next()).unwrap_or_default();
        matches!(enhanced, "5.1.7" | "5.1.8") || enhanced.starts_with("5.5.") || enhanced.starts_with("5.7.")
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.text.join(" "))
    }
}

/// The code of a line. What follows it, if anything, is a space or a hyphen.
fn digits(line: &[u8]) -> Option<u16> {
    let code = line.get(..3).filter(|code| code.iter().all(u8::is_ascii_digit))?;
    let fits = matches!(line.get(3), None | Some(b' ' | b'-' | b'\r'));
    let code: u16 = std::str::from_utf8(code).ok()?.parse().ok()?;
    (fits && (200..600).contains(&code)).then_some(code)
}

fn readable(text: &[u8]) -> String {
    String::from_utf8_lossy(text).chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_decide_whatever_the_text() {
        let parse = |bytes: &[u8]| Reply::parse(bytes).map(|reply| reply.to_string());
        assert_eq!(parse(b"250 \xb7\xa2 ok\r\n").as_deref(), Some("250 \u{fffd}\u{fffd} ok"));
        assert_eq!(parse(b"250-one\r\n250-two\r\n250\r\n").as_deref(), Some("250 one two "));
        assert_eq!(parse("250 배달\r\n".as_bytes()).as_deref(), Some("250 배달"));
        assert_eq!(parse(b"550 \x1b[2Ja\x07b\r\n").as_deref(), Some("550 [2Jab"));
        for odd in [
            &b"\r\n"[..],
            b"25 ok\r\n",
            b"2500 ok\r\n",
            b"250-a\r\n251 b\r\n",
            b"\xb7\xa2 ok\r\n",
            b"099 ok\r\n",
        ] {
            assert_eq!(parse(odd), None, "{}", String::from_utf8_lossy(odd));
        }
    }

    #[test]
    fn a_refusal_at_rcpt_may_be_about_the_sender_or_the_connection() {
        let about_us = |text: &str| Reply::parse(format!("{text}\r\n").as_bytes()).unwrap().is_about_us();
        for ours in [
            "504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname",
            "530 5.7.0 Authentication required",
            "554 5.7.1 Relay access denied",
            "550 5.1.8 sender domain does not exist",
            "503 bad sequence",
        ] {
            assert!(about_us(ours), "{ours}");
        }
        for theirs in [
            "550 5.1.1 no such mailbox",
            "550 no such mailbox",
            "552 5.2.2 full",
            "553 5.1.3 syntax",
            "501 bad",
        ] {
            assert!(!about_us(theirs), "{theirs}");
        }
    }
}
