//! A letter's content and format: plain text and HTML alternatives (RFC 2046 §5.1.4).

use std::time::{Duration, SystemTime};

use askama::Template;
use lettre::Message as Built;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use crate::platform::clock::Timestamp;
use crate::platform::keys::random_id;

use super::address;
use super::failure::Undeliverable;
use super::message::Message;

/// A letter to one person in their language. No header contains text that a user chose.
#[derive(Default)]
pub struct Letter {
    /// BCP 47.
    pub language: &'static str,
    /// A fixed text of this server.
    pub subject: &'static str,
    pub greeting: String,
    pub paragraphs: Vec<String>,
    pub button: Option<Button>,
    /// A code to type, and the label before it.
    pub code: Option<(String, String)>,
    /// Small print.
    pub notes: Vec<String>,
    /// The name of the site.
    pub site: String,
    /// Who sends it, in a sentence.
    pub signature: String,
    /// Help, terms and the like, below it.
    pub links: Vec<Button>,
    /// Seconds after which sending it is pointless.
    pub good_for: Option<i64>,
    pub colours: Colours,
}

/// The colours of a letter that an installation may choose, as CSS.
#[derive(Clone)]
pub struct Colours {
    pub accent: String,
    pub on_accent: String,
    pub dark_accent: String,
    pub dark_on_accent: String,
    pub dark_edge: String,
}

impl Default for Colours {
    fn default() -> Self {
        let [accent, on_accent, dark_accent, dark_on_accent, dark_edge] =
            ["#0e6650", "#ffffff", "#69cfae", "#06231a", "#4fb897"].map(str::to_owned);
        Self { accent, on_accent, dark_accent, dark_on_accent, dark_edge }
    }
}

pub struct Button {
    pub label: &'static str,
    pub link: String,
}

#[derive(Template)]
#[template(path = "mail/letter.txt")]
struct PlainLetter<'l> {
    letter: &'l Letter,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct HtmlLetter<'l> {
    letter: &'l Letter,
}

impl Letter {
    pub(super) fn compose(&self, from: &Mailbox, to: &str, now: Timestamp) -> Result<Message, Undeliverable> {
        let to = address::parse(to)?;
        let id = format!("{}@{}", random_id(), from.email.domain());
        let body = MultiPart::alternative_plain_html(
            PlainLetter { letter: self }.render()?,
            HtmlLetter { letter: self }.render()?,
        );
        // Read from the headers, it would lack an address of such a script.
        let envelope = Envelope::new(Some(from.email.clone()), vec![to.clone()])?;
        let built = Built::builder()
            .envelope(envelope)
            .from(from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(self.subject)
            .message_id(Some(format!("<{id}>")))
            .date(SystemTime::UNIX_EPOCH + Duration::from_secs(now.max(0) as u64))
            // Suppresses automatic replies (RFC 3834 §5).
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("Content-Language", self.language))
            .multipart(body)?;
        Ok(Message { id, from: from.email.to_string(), to: to.to_string(), content: built.formatted() })
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;
    use proptest::prelude::*;

    fn compose(to: &str, name: &str) -> Result<Message, Undeliverable> {
        let from = Mailbox::from_str("Munjigi <id@example.org>").unwrap();
        let letter = Letter {
            language: "ko",
            subject: "새 비밀번호 정하기",
            greeting: name.to_owned(),
            paragraphs: vec![name.to_owned()],
            ..Letter::default()
        };
        letter.compose(&from, to, 1_000_000_000)
    }

    #[test]
    fn a_letter_is_one_message_to_one_address_whatever_its_text() {
        let message = compose("mina@bücher.example", "<b>Mina</b>").unwrap();
        assert_eq!(message.to, "mina@xn--bcher-kva.example");
        let parsed = mailparse::parse_mail(&message.content).unwrap();
        let header = |name: &str| {
            let found = parsed.headers.iter().filter(|header| header.get_key().eq_ignore_ascii_case(name));
            found.map(|header| header.get_value()).collect::<Vec<_>>()
        };
        assert_eq!(header("Subject"), ["새 비밀번호 정하기"]);
        assert_eq!(header("Message-ID"), [format!("<{}>", message.id)]);
        assert_eq!((header("To").len(), header("Auto-Submitted").len(), header("Date").len()), (1, 1, 1));
        let bodies: Vec<String> = parsed.subparts.iter().map(|part| part.get_body().unwrap()).collect();
        assert!(bodies[0].contains("<b>Mina</b>") && !bodies[1].contains("<b>Mina"), "{bodies:?}");
        assert!(message.content.is_ascii());
    }

    #[test]
    fn an_address_of_another_script_keeps_its_letters() {
        for (typed, sent) in [
            ("민아@예.example", "민아@xn--2j5b.example"),
            ("हिन्दी@example.com", "हिन्दी@example.com"),
            ("ไทยแลนด์น้ำ@example.com", "ไทยแลนด์น้ำ@example.com"),
            ("ශ්\u{200d}රී@example.lk", "ශ්\u{200d}රී@example.lk"),
            ("weiß@example.de", "weiß@example.de"),
            ("🦊fox@example.org", "🦊fox@example.org"),
        ] {
            let message = compose(typed, "").unwrap_or_else(|error| panic!("{typed}: {error}"));
            assert_eq!(message.to, sent);
            let parsed = mailparse::parse_mail(&message.content).unwrap();
            let to = parsed.headers.iter().find(|header| header.get_key() == "To").unwrap().get_value();
            assert_eq!(to, message.to, "{}", String::from_utf8_lossy(&message.content));
        }
    }

    #[test]
    fn malformed_addresses_are_rejected() {
        for odd in [
            "",
            "mina",
            "a@b@c",
            "a@x.org\r\nBcc: b@x.org",
            "a@x.org, b@x.org",
            "<a@x.org>",
            "a@x.org>",
            "a b@x.org",
            "हि\u{a0}न्दी@x.org",
            "हि\u{85}न्दी@x.org",
            "हि\u{2028}न्दी@x.org",
            "हि\r\nBcc: b@x.org",
            "हि> RCPT TO:<b@x.org",
        ] {
            assert!(compose(odd, "").is_err(), "{odd:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_adds_a_header_or_a_recipient(name in "(?s).{0,80}") {
            let message = compose("mina@example.org", &format!("{name}\r\nBcc: x@example.org\r\n\r\n")).unwrap();
            let parsed = mailparse::parse_mail(&message.content).unwrap();
            prop_assert!(parsed.headers.iter().all(|header| !header.get_key().eq_ignore_ascii_case("bcc")));
            prop_assert_eq!(parsed.subparts.len(), 2);
        }
    }
}
