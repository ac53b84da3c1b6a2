//! Flashes: a sentence that survives one redirect and is shown once.

use std::borrow::Cow;

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::i18n::{LayoutTexts, Texts};
use crate::platform::lang::Lang;

use super::layout::PageMember;
use super::site::Site;

const NAME: &str = "munjigi-notice";
/// Stands between the flash and what it is about.
const ABOUT: char = '~';
/// Characters of a name that are shown.
const LONGEST_NAME: usize = 80;

/// The cookie stores the flash's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
pub enum Flash {
    Welcome,
    Saved,
    PasswordChanged,
    SessionEnded,
    OthersEnded,
    SignedOut,
    SessionOver,
    AccountDeleted,
    Done,
    RecoveryMailed,
    PostSaved,
    PostDeleted,
    PasswordSet,
    MailSent,
    EmailConfirmed,
    StageOver,
    FactorsChanged,
    DeviceForgotten,
    TokenDeleted,
    NotFollowed,
    NotRecognised,
    TooManyCodes,
    AppDisconnected,
    PasskeyAdded,
    PasskeyRemoved,
    AppAdded,
    AppRemoved,
    NotSentYet,
    NotSent,
    OtherMember,
    ProviderFailed,
    ProviderCancelled,
    ProviderLate,
    ProviderClosed,
    ProviderDomain,
    ProviderGroup,
    ProviderUninvited,
    ProviderDisabled,
    ProviderLinked,
    ProviderUnlinked,
    ProviderOfAnother,
    ProviderHasOne,
    ProviderConfirmed,
    // These name what was acted on.
    DeviceSignedOut,
    NamedDeviceForgotten,
    UserDisabled,
    UserEnabled,
    UserSignedOut,
    EmailVouched,
    PasswordRequired,
    RecoveryMailedTo,
    GroupsSaved,
    Created,
    NameSaved,
    Deleted,
    MemberAdded,
    MemberRemoved,
    AppAddedByStaff,
    AppRemovedByStaff,
    SecretEnded,
    NamedTokenDeleted,
    NamedAppDisconnected,
    NamedPostDeleted,
    NamedPasskeyAdded,
    NamedPasskeyRemoved,
}

impl Flash {
    /// In words, with the provider that it is about.
    pub fn text(self, t: &LayoutTexts, provider: &str) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Welcome => t.welcome,
            Self::Saved => t.saved,
            Self::PasswordChanged => t.password_changed,
            Self::SessionEnded => t.session_ended,
            Self::OthersEnded => t.others_ended,
            Self::SignedOut => t.signed_out,
            Self::SessionOver => t.session_over,
            Self::AccountDeleted => t.account_deleted,
            Self::RecoveryMailed => t.recovery_mailed,
            Self::PostSaved => t.post_saved,
            Self::PostDeleted => t.post_deleted,
            Self::PasswordSet => t.password_set,
            Self::MailSent => t.mail_sent,
            Self::EmailConfirmed => t.email_confirmed,
            Self::StageOver => t.stage_over,
            Self::FactorsChanged => t.factors_changed,
            Self::DeviceForgotten => t.device_forgotten,
            Self::TokenDeleted => t.token_deleted,
            Self::NotFollowed => t.not_followed,
            Self::NotRecognised => t.not_recognised,
            Self::TooManyCodes => t.too_many_codes,
            Self::AppDisconnected => t.app_disconnected,
            Self::PasskeyAdded => t.passkey_added,
            Self::PasskeyRemoved => t.passkey_removed,
            Self::AppAdded => t.app_added,
            Self::AppRemoved => t.app_removed,
            Self::NotSentYet => t.not_sent_yet,
            Self::NotSent => t.not_sent,
            Self::OtherMember => t.other_member,
            Self::ProviderFailed => return t.provider_failed(provider).into(),
            Self::ProviderCancelled => return t.provider_cancelled(provider).into(),
            Self::ProviderLate => return t.provider_late(provider).into(),
            Self::ProviderClosed => return t.provider_closed(provider).into(),
            Self::ProviderDomain => return t.provider_domain(provider).into(),
            Self::ProviderGroup => return t.provider_group(provider).into(),
            Self::ProviderUninvited => return t.provider_uninvited(provider).into(),
            Self::ProviderDisabled => return t.provider_disabled(provider).into(),
            Self::ProviderLinked => return t.provider_linked(provider).into(),
            Self::ProviderUnlinked => return t.provider_unlinked(provider).into(),
            Self::ProviderOfAnother => return t.provider_of_another(provider).into(),
            Self::ProviderHasOne => return t.provider_has_one(provider).into(),
            Self::ProviderConfirmed => return t.provider_confirmed(provider).into(),
            _ => t.done,
        })
    }

    /// The sentence with the name of what was acted on, if this flash has one.
    pub fn named(self, t: &Texts, name: &str) -> Option<String> {
        let t = &t.done;
        Some(match self {
            Self::DeviceSignedOut => t.device_signed_out(name),
            Self::NamedDeviceForgotten => t.device_forgotten(name),
            Self::UserDisabled => t.disabled(name),
            Self::UserEnabled => t.enabled(name),
            Self::UserSignedOut => t.signed_out(name),
            Self::EmailVouched => t.email_vouched(name),
            Self::PasswordRequired => t.password_required(name),
            Self::RecoveryMailedTo => t.recovery_mailed(name),
            Self::GroupsSaved => t.groups_saved(name),
            Self::Created => t.created(name),
            Self::NameSaved => t.saved(name),
            Self::Deleted => t.deleted(name),
            Self::MemberAdded => t.member_added(name),
            Self::MemberRemoved => t.member_removed(name),
            Self::AppAddedByStaff => t.app_added(name),
            Self::AppRemovedByStaff => t.app_removed(name),
            Self::SecretEnded => t.secret_ended(name),
            Self::NamedTokenDeleted => t.token_deleted(name),
            Self::NamedAppDisconnected => t.disconnected(name),
            Self::NamedPostDeleted => t.post_deleted(name),
            Self::NamedPasskeyAdded => t.passkey_added(name),
            Self::NamedPasskeyRemoved => t.passkey_removed(name),
            _ => return None,
        })
    }

    /// "warn" where something was not done; empty elsewhere.
    pub fn tone(self) -> &'static str {
        match self {
            Self::SessionOver
            | Self::StageOver
            | Self::NotFollowed
            | Self::NotRecognised
            | Self::TooManyCodes
            | Self::NotSentYet
            | Self::NotSent
            | Self::OtherMember
            | Self::ProviderFailed
            | Self::ProviderLate
            | Self::ProviderClosed
            | Self::ProviderDomain
            | Self::ProviderGroup
            | Self::ProviderUninvited
            | Self::ProviderDisabled
            | Self::ProviderOfAnother
            | Self::ProviderHasOne => "warn",
            _ => "",
        }
    }

    /// The flash from the browser's cookie, if it applies to the member.
    pub fn brought(headers: &HeaderMap, site: &Site, member: Option<&PageMember>) -> Option<Self> {
        let value = site.cookies.read(NAME, headers)?;
        let flash: Self = value.split(ABOUT).next()?.parse().ok()?;
        // A name that this server has not written is not shown.
        if flash.named(Texts::of(Lang::En), "").is_some() && Self::named_in(headers, site).is_none() {
            return None;
        }
        // A signed-in member's session is active, whatever an earlier request with an older id reported.
        (flash != Self::SessionOver || member.is_none()).then_some(flash)
    }

    /// The cookie that carries the flash to the next page.
    pub fn cookie(self, site: &Site) -> Cookie<'static> {
        site.cookies.write(NAME, <&str>::from(self).to_owned(), Some(Duration::minutes(1)))
    }

    /// The name of the provider that the flash in the browser's cookie is about.
    pub fn about(headers: &HeaderMap, site: &Site) -> Option<String> {
        site.cookies.read(NAME, headers)?.split_once(ABOUT).map(|(_, provider)| provider.to_owned())
    }

    /// The cookie that carries the flash about a provider, by its name.
    pub fn cookie_about(self, provider: &str, site: &Site) -> Cookie<'static> {
        let value = format!("{}{ABOUT}{provider}", <&str>::from(self));
        site.cookies.write(NAME, value, Some(Duration::minutes(1)))
    }

    /// What the flash in the browser's cookie was about, if this server has signed it.
    pub fn named_in(headers: &HeaderMap, site: &Site) -> Option<String> {
        let value = site.cookies.open(NAME, headers)?;
        let (_, name) = value.split_once(ABOUT)?;
        String::from_utf8(URL_SAFE_NO_PAD.decode(name).ok()?).ok()
    }

    /// The cookie that carries the flash about what has this name. It is signed: others could otherwise put words on the
    /// page.
    pub fn cookie_named(self, name: &str, site: &Site) -> Cookie<'static> {
        let short: String = match name.char_indices().nth(LONGEST_NAME) {
            Some((end, _)) => format!("{}…", &name[..end]),
            None => name.to_owned(),
        };
        let value = format!("{}{ABOUT}{}", <&str>::from(self), URL_SAFE_NO_PAD.encode(short));
        site.cookies.seal(NAME, &value, Some(Duration::minutes(1)))
    }

    /// Removes the flash after it was shown.
    pub fn expire(site: &Site) -> Cookie<'static> {
        site.cookies.expire(NAME)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_stay_as_they_were_released() {
        for flash in Flash::VARIANTS {
            assert_eq!(<&str>::from(*flash).parse(), Ok(*flash));
        }
        assert_eq!(<&str>::from(Flash::SessionOver), "SessionOver");
    }
}
