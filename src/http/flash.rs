//! Notices: one sentence that survives a redirect and is shown once.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use crate::i18n::layout::Layout;

use super::Site;
use super::page::PageMember;

const NAME: &str = "munjigi-notice";

/// Declares the notices with their texts, so that none lacks one.
macro_rules! notices {
    ($($notice:ident = $text:ident;)+) => {
        /// One sentence shown once, on the page after a redirect.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Notice {
            $($notice,)+
        }

        impl Notice {
            pub const ALL: &[Notice] = &[$(Notice::$notice),+];

            pub fn text(self, t: &Layout) -> &'static str {
                match self {
                    $(Self::$notice => t.$text,)+
                }
            }
        }
    };
}

notices! {
    Welcome = welcome;
    Saved = saved;
    PasswordChanged = password_changed;
    SessionEnded = session_ended;
    OthersEnded = others_ended;
    SignedOut = signed_out;
    SessionOver = session_over;
    AccountDeleted = account_deleted;
    Done = done;
    PostSaved = post_saved;
    PostDeleted = post_deleted;
    PasswordSet = password_set;
    MailSent = mail_sent;
    EmailConfirmed = email_confirmed;
    StageOver = stage_over;
    FactorsChanged = factors_changed;
    DeviceForgotten = device_forgotten;
    TokenDeleted = token_deleted;
    NotFollowed = not_followed;
    NotRecognised = not_recognised;
}

impl Notice {
    fn code(self) -> String {
        format!("{self:?}")
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|notice| notice.code() == code)
    }

    /// What the browser brings from the page before, if it fits who comes.
    pub fn brought(headers: &HeaderMap, site: &Site, member: Option<&PageMember>) -> Option<Self> {
        site.cookies.read(NAME, headers).and_then(Self::parse).filter(|notice| notice.fits(member))
    }

    /// Carries the notice to the next page.
    pub fn cookie(self, site: &Site) -> Cookie<'static> {
        site.cookies.write(NAME, self.code(), Some(Duration::minutes(1)))
    }

    /// Takes it away once it was shown.
    pub fn expire(site: &Site) -> Cookie<'static> {
        site.cookies.expire(NAME)
    }

    /// A member's session is not over, whatever a request with an older id has been told.
    fn fits(self, member: Option<&PageMember>) -> bool {
        self != Self::SessionOver || member.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for notice in Notice::ALL {
            assert_eq!(Notice::parse(&notice.code()), Some(*notice));
        }
    }
}
