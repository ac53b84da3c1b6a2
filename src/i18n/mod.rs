//! Texts in Korean and English. A text that lacks one of the two does not compile.

use crate::platform::clock::Timestamp;

/// Declares a struct of texts, each in English and in Korean.
macro_rules! texts {
    ($(#[$meta:meta])* $name:ident { $($field:ident: $en:literal, $ko:literal;)+ }) => {
        $(#[$meta])*
        pub struct $name {
            $(pub $field: &'static str,)+
        }

        impl $name {
            pub const EN: Self = Self { $($field: $en,)+ };
            pub const KO: Self = Self { $($field: $ko,)+ };
        }
    };
}

pub mod admin;
pub mod apps;
pub mod audit;
pub mod board;
pub mod dashboard;
pub mod error;
pub mod event;
pub mod field;
pub mod forward_auth;
pub mod groups;
pub mod home;
pub mod layout;
pub mod letters;
pub mod login;
pub mod mail;
pub mod password_reset;
pub mod profile;
pub mod register;
pub mod security;
pub mod sessions;
pub mod sign_in_link;
pub mod tokens;
pub mod users;
pub mod verify_email;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    En,
    Ko,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Ko];

    /// BCP 47.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ko => "ko",
        }
    }

    /// What the language calls itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ko => "한국어",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    pub fn texts(self) -> &'static Texts {
        match self {
            Self::En => &EN,
            Self::Ko => &KO,
        }
    }
}

/// Every text of one language, by feature.
pub struct Texts {
    pub lang: Lang,
    pub layout: layout::Layout,
    pub field: field::Field,
    pub error: error::ErrorTexts,
    pub event: event::Events,
    pub groups: groups::Groups,
    pub home: home::Home,
    pub register: register::Register,
    pub login: login::Login,
    pub mail: mail::Mail,
    pub password_reset: password_reset::PasswordReset,
    pub admin: admin::Admin,
    pub audit: audit::Audit,
    pub forward_auth: forward_auth::ForwardAuth,
    pub apps: apps::Apps,
    pub board: board::Board,
    pub dashboard: dashboard::Dashboard,
    pub profile: profile::Profile,
    pub sessions: sessions::Sessions,
    pub sign_in_link: sign_in_link::SignInLink,
    pub verify_email: verify_email::VerifyEmail,
    pub users: users::Users,
    pub security: security::Security,
    pub tokens: tokens::Tokens,
}

macro_rules! language {
    ($lang:ident, $code:ident) => {
        Texts {
            lang: Lang::$lang,
            layout: layout::Layout::$code,
            field: field::Field::$code,
            error: error::ErrorTexts::$code,
            event: event::Events::$code,
            groups: groups::Groups::$code,
            home: home::Home::$code,
            register: register::Register::$code,
            login: login::Login::$code,
            mail: mail::Mail::$code,
            password_reset: password_reset::PasswordReset::$code,
            admin: admin::Admin::$code,
            audit: audit::Audit::$code,
            forward_auth: forward_auth::ForwardAuth::$code,
            apps: apps::Apps::$code,
            board: board::Board::$code,
            dashboard: dashboard::Dashboard::$code,
            profile: profile::Profile::$code,
            sessions: sessions::Sessions::$code,
            sign_in_link: sign_in_link::SignInLink::$code,
            verify_email: verify_email::VerifyEmail::$code,
            users: users::Users::$code,
            security: security::Security::$code,
            tokens: tokens::Tokens::$code,
        }
    };
}

static EN: Texts = language!(En, EN);
static KO: Texts = language!(Ko, KO);

/// A moment as pages show it: roughly, and exactly on a closer look.
pub struct When {
    pub ago: String,
    /// Such as `2026-11-20 09:30 UTC`.
    pub exact: String,
    /// RFC 3339, for the `datetime` attribute.
    pub iso: String,
}

impl Texts {
    pub fn when(&self, at: Timestamp, now: Timestamp) -> When {
        let moment = jiff::Timestamp::from_second(at).unwrap_or_default();
        When {
            ago: self.ago(at, now),
            exact: moment.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            iso: moment.to_string(),
        }
    }

    /// How long ago `then` was, in the largest whole unit.
    pub fn ago(&self, then: Timestamp, now: Timestamp) -> String {
        let seconds = (now - then).max(0);
        let (count, en, ko) = match seconds {
            ..60 => {
                return match self.lang {
                    Lang::En => "just now",
                    Lang::Ko => "방금",
                }
                .to_owned();
            }
            60..3_600 => (seconds / 60, "minute", "분"),
            3_600..86_400 => (seconds / 3_600, "hour", "시간"),
            _ => (seconds / 86_400, "day", "일"),
        };
        match self.lang {
            Lang::En if count == 1 => format!("1 {en} ago"),
            Lang::En => format!("{count} {en}s ago"),
            Lang::Ko => format!("{count}{ko} 전"),
        }
    }

    /// A wait of so many seconds, rounded up to minutes beyond the first.
    pub fn wait(&self, seconds: u64) -> String {
        let minutes = seconds.div_ceil(60);
        match (self.lang, seconds) {
            (Lang::En, ..=1) => "1 second".to_owned(),
            (Lang::En, ..=90) => format!("{seconds} seconds"),
            (Lang::En, _) => format!("{minutes} minutes"),
            (Lang::Ko, ..=90) => format!("{seconds}초"),
            (Lang::Ko, _) => format!("{minutes}분"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well_in_both_languages() {
        for (seconds, en, ko) in [
            (-5, "just now", "방금"),
            (59, "just now", "방금"),
            (60, "1 minute ago", "1분 전"),
            (7_300, "2 hours ago", "2시간 전"),
            (86_400 * 3, "3 days ago", "3일 전"),
        ] {
            assert_eq!(EN.ago(0, seconds), en);
            assert_eq!(KO.ago(0, seconds), ko);
        }
        assert_eq!((EN.wait(900), KO.wait(30)), ("15 minutes".to_owned(), "30초".to_owned()));
        let when = EN.when(0, 60);
        assert_eq!(
            (when.exact.as_str(), when.iso.as_str()),
            ("1970-01-01 00:00 UTC", "1970-01-01T00:00:00Z")
        );
    }
}
