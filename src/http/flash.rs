//! Flashes: a sentence that survives one redirect and is shown once.

use std::borrow::Cow;

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::i18n::Texts;
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
    OthersEnded,
    SignedOut,
    SessionOver,
    AccountDeleted,
    PostSaved,
    PasswordSet,
    MailSent,
    EmailConfirmed,
    StageOver,
    NotFollowed,
    NotRecognised,
    TooManyCodes,
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
    // These name what was acted on, in a signed cookie.
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
    /// In words, with the provider or the name that it is about; none if it lacks the name.
    pub fn text(self, t: &Texts, provider: &str, name: Option<&str>) -> Option<Cow<'static, str>> {
        let (t, done) = (&t.layout, &t.done);
        Some(match self {
            Self::Welcome => t.welcome.into(),
            Self::Saved => t.saved.into(),
            Self::PasswordChanged => t.password_changed.into(),
            Self::OthersEnded => t.others_ended.into(),
            Self::SignedOut => t.signed_out.into(),
            Self::SessionOver => t.session_over.into(),
            Self::AccountDeleted => t.account_deleted.into(),
            Self::PostSaved => t.post_saved.into(),
            Self::PasswordSet => t.password_set.into(),
            Self::MailSent => t.mail_sent.into(),
            Self::EmailConfirmed => t.email_confirmed.into(),
            Self::StageOver => t.stage_over.into(),
            Self::NotFollowed => t.not_followed.into(),
            Self::NotRecognised => t.not_recognised.into(),
            Self::TooManyCodes => t.too_many_codes.into(),
            Self::AppAdded => t.app_added.into(),
            Self::AppRemoved => t.app_removed.into(),
            Self::NotSentYet => t.not_sent_yet.into(),
            Self::NotSent => t.not_sent.into(),
            Self::OtherMember => t.other_member.into(),
            Self::ProviderFailed => t.provider_failed(provider).into(),
            Self::ProviderCancelled => t.provider_cancelled(provider).into(),
            Self::ProviderLate => t.provider_late(provider).into(),
            Self::ProviderClosed => t.provider_closed(provider).into(),
            Self::ProviderDomain => t.provider_domain(provider).into(),
            Self::ProviderGroup => t.provider_group(provider).into(),
            Self::ProviderUninvited => t.provider_uninvited(provider).into(),
            Self::ProviderDisabled => t.provider_disabled(provider).into(),
            Self::ProviderLinked => t.provider_linked(provider).into(),
            Self::ProviderUnlinked => t.provider_unlinked(provider).into(),
            Self::ProviderOfAnother => t.provider_of_another(provider).into(),
            Self::ProviderHasOne => t.provider_has_one(provider).into(),
            Self::ProviderConfirmed => t.provider_confirmed(provider).into(),
            Self::DeviceSignedOut => done.device_signed_out(name?).into(),
            Self::NamedDeviceForgotten => done.device_forgotten(name?).into(),
            Self::UserDisabled => done.disabled(name?).into(),
            Self::UserEnabled => done.enabled(name?).into(),
            Self::UserSignedOut => done.signed_out(name?).into(),
            Self::EmailVouched => done.email_vouched(name?).into(),
            Self::PasswordRequired => done.password_required(name?).into(),
            Self::RecoveryMailedTo => done.recovery_mailed(name?).into(),
            Self::GroupsSaved => done.groups_saved(name?).into(),
            Self::Created => done.created(name?).into(),
            Self::NameSaved => done.saved(name?).into(),
            Self::Deleted => done.deleted(name?).into(),
            Self::MemberAdded => done.member_added(name?).into(),
            Self::MemberRemoved => done.member_removed(name?).into(),
            Self::AppAddedByStaff => done.app_added(name?).into(),
            Self::AppRemovedByStaff => done.app_removed(name?).into(),
            Self::SecretEnded => done.secret_ended(name?).into(),
            Self::NamedTokenDeleted => done.token_deleted(name?).into(),
            Self::NamedAppDisconnected => done.disconnected(name?).into(),
            Self::NamedPostDeleted => done.post_deleted(name?).into(),
            Self::NamedPasskeyAdded => done.passkey_added(name?).into(),
            Self::NamedPasskeyRemoved => done.passkey_removed(name?).into(),
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
        flash.text(Texts::of(Lang::En), "", Self::named_in(headers, site).as_deref())?;
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

    /// The cookie that carries the flash and the name of what was acted on. It is signed: others could otherwise put words
    /// on the page.
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
