//! Usernames that people take for those who run the site, or for a part of it. Only staff and the command line give them.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use super::name::{Username, username_key};

/// Roles and programs, and mailboxes of RFC 2142 and of certificate authorities (CA/Browser Forum BR §3.2.2.4.4).
const RESERVED: &[&str] = &[
    // People who run a site.
    "admin",
    "administrator",
    "administration",
    "superadmin",
    "sysadmin",
    "sysop",
    "root",
    "superuser",
    "operator",
    "owner",
    "moderator",
    "staff",
    "official",
    "team",
    "support",
    "helpdesk",
    "help",
    "service",
    "customerservice",
    // Mailboxes.
    "abuse",
    "noc",
    "security",
    "postmaster",
    "hostmaster",
    "webmaster",
    "usenet",
    "news",
    "info",
    "marketing",
    "sales",
    "billing",
    "contact",
    "legal",
    "privacy",
    "compliance",
    "ssladmin",
    "ssladministrator",
    "sslwebmaster",
    "noreply",
    "donotreply",
    "mailerdaemon",
    "daemon",
    "notifications",
    // Programs, and the absence of a person.
    "system",
    "munjigi",
    "gatekeeper",
    "api",
    "auth",
    "www",
    "ftp",
    "uucp",
    "mail",
    "smtp",
    "imap",
    "localhost",
    "anonymous",
    "guest",
    "everyone",
    "deleted",
    "unknown",
    "null",
    "undefined",
    // The same in Korean.
    "운영자",
    "운영진",
    "운영팀",
    "관리자",
    "관리팀",
    "최고관리자",
    "총관리자",
    "부관리자",
    "시스템관리자",
    "사이트관리자",
    "어드민",
    "루트",
    "시스템",
    "스태프",
    "공식",
    "공식계정",
    "공지",
    "공지사항",
    "알림",
    "고객센터",
    "고객지원",
    "고객상담",
    "상담원",
    "지원팀",
    "담당자",
    "보안",
    "보안팀",
    "개인정보보호",
    "문지기",
    "웹마스터",
    "포스트마스터",
    "모더레이터",
    "익명",
    "손님",
    "탈퇴회원",
    "알수없음",
];

/// The reserved names, as they are compared.
pub struct ReservedNames(HashSet<String>);

impl ReservedNames {
    /// The built-in names, and `more` of the operator's.
    pub fn new(more: &[String]) -> Self {
        let names = RESERVED.iter().copied().chain(more.iter().map(String::as_str));
        Self(names.map(comparable).filter(|name| !name.is_empty()).collect())
    }

    pub fn contains(&self, name: &Username) -> bool {
        self.0.contains(&comparable(&name.shown))
    }
}

/// Names are compared as usernames are, and without separators and accents: `no-reply` and `nóreply` are `noreply`.
fn comparable(name: &str) -> String {
    let plain: String = name.nfkd().filter(|c| c.is_alphanumeric()).collect();
    username_key(&plain.nfc().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_reserved_by_itself_and_look_alikes_are() {
        let names = ReservedNames::new(&["사장".to_owned(), "Big Boss".to_owned()]);
        let is_reserved = |name: &str| names.contains(&Username::parse(name).expect(name));
        assert!(RESERVED.iter().all(|name| is_reserved(name)));
        for name in [
            "사장",
            "big.boss",
            "BIGBOSS",
            "аdmin",
            "adrnin",
            "r00t",
            "rооt",
            "ádmin",
            "ad\u{b7}min",
            "no-reply",
        ] {
            assert!(is_reserved(name), "{name}");
        }
        for name in ["mina", "admins", "minaroot", "관리", "administer", "운영", "in", "help-me"] {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
