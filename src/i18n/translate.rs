//! The types of `identity` and `board` in words: events, reasons, rejections, scopes, permissions. A text that is missing
//! does not compile.

use crate::board::PostProblem;
use crate::identity::accounts::{Permission, Scope};
use crate::identity::audit::Event;
use crate::identity::invalid::{
    ApplicationProblem, GroupProblem, NameProblem, PasswordProblem, Reason, TokenProblem,
};
use crate::identity::sign_in::Rejection;

use super::locales::{EventTexts, GroupsTexts, LoginTexts, Texts, TokensTexts};

/// Why a value of a field was refused.
pub trait Translate {
    fn text(&self, field: &str, t: &Texts) -> String;
}

impl Translate for Reason {
    fn text(&self, field: &str, t: &Texts) -> String {
        match *self {
            Self::Name(problem) => name(problem, field, t),
            Self::Password(problem) => password(problem, t),
            Self::Token(problem) => token(problem, t),
            Self::Application(problem) => application(problem, t),
            Self::Group(problem) => group(problem, t),
            Self::Taken if field == "username" => t.field.taken_username,
            Self::Taken => t.field.taken_email,
            Self::WrongPassword => t.field.wrong_password,
            Self::SamePassword => t.security.same,
            Self::WrongCode => t.field.wrong_code,
            Self::WrongAppCode => t.security.app_code_wrong,
            Self::EmptyCode => t.login.empty_code,
            Self::BadChoice => t.field.bad_choice,
            Self::EmptyPasskeyName => t.security.empty_passkey_name,
            Self::PasskeyRefused => t.security.passkey_refused,
            Self::PasskeyLate => t.login.late_passkey,
            Self::PasskeyKnown => t.security.passkey_known,
            Self::LastWayIn => t.security.last_way_in,
        }
        .to_owned()
    }
}

impl Translate for PostProblem {
    fn text(&self, _: &str, t: &Texts) -> String {
        match *self {
            Self::EmptyTitle => t.board.empty_title.to_owned(),
            Self::OddTitle => t.board.odd_title.to_owned(),
            Self::EmptyBody => t.board.empty_body.to_owned(),
            Self::OddBody => t.board.odd_body.to_owned(),
            Self::TooLong { max, count } => t.board.too_long(max, count.saturating_sub(max)),
        }
    }
}

fn name(problem: NameProblem, field: &str, t: &Texts) -> &'static str {
    let (login, t) = (&t.login, &t.field);
    match (field, problem) {
        ("login", NameProblem::Empty) => login.empty_login,
        ("login" | "username" | "email", NameProblem::Invisible) => t.invisible,
        ("username", NameProblem::Empty) => t.empty_username,
        ("username", NameProblem::TooLong) => t.long_username,
        ("username", _) => t.odd_username,
        ("email", NameProblem::Empty) => t.empty_email,
        ("email", NameProblem::TooLong) => t.long_email,
        ("email", NameProblem::LongLocalPart) => t.long_local,
        ("email", NameProblem::LookAlike) => t.look_alike_email,
        ("email", _) => t.bad_email,
        (_, NameProblem::TooLong) => t.long_display_name,
        (_, _) => t.odd_display_name,
    }
}

fn password(problem: PasswordProblem, t: &Texts) -> &'static str {
    match problem {
        PasswordProblem::Empty => t.field.empty_password,
        PasswordProblem::TooShort => t.field.short_password,
        PasswordProblem::TooLong => t.field.long_password,
        PasswordProblem::Common => t.field.common_password,
        PasswordProblem::Personal => t.field.personal_password,
    }
}

fn token(problem: TokenProblem, t: &Texts) -> &'static str {
    match problem {
        TokenProblem::EmptyName => t.tokens.empty_name,
        TokenProblem::NoScopes => t.tokens.no_scopes,
        TokenProblem::BeyondGranted => t.tokens.beyond_granted,
        TokenProblem::PastExpiry => t.tokens.past_expiry,
        TokenProblem::LateExpiry => t.tokens.late_expiry,
        TokenProblem::InvalidExpiry => t.tokens.odd_expiry,
        TokenProblem::TooMany => t.tokens.too_many,
    }
}

fn application(problem: ApplicationProblem, t: &Texts) -> &'static str {
    match problem {
        ApplicationProblem::EmptyName => t.apps.empty_name,
        ApplicationProblem::LongName => t.apps.long_name,
        ApplicationProblem::OddName => t.apps.odd_name,
        ApplicationProblem::EmptyAddress => t.apps.empty_address,
        ApplicationProblem::LongAddress => t.apps.long_address,
        ApplicationProblem::OddAddress => t.apps.odd_address,
        ApplicationProblem::Scheme => t.apps.wrong_scheme,
        ApplicationProblem::Userinfo => t.apps.userinfo,
        ApplicationProblem::Icon => t.apps.odd_icon,
        ApplicationProblem::GroupsGone => t.apps.groups_gone,
    }
}

fn group(problem: GroupProblem, t: &Texts) -> &'static str {
    match problem {
        GroupProblem::EmptyName => t.groups.empty_name,
        GroupProblem::LongName => t.groups.long_name,
        GroupProblem::OddName => t.groups.odd_name,
        GroupProblem::TakenName => t.groups.taken_name,
        GroupProblem::NoSuchUser => t.groups.no_such_user,
    }
}

/// A type in words.
pub trait Words<T> {
    fn text(&self, t: &T) -> &'static str;
}

impl Words<LoginTexts> for Rejection {
    fn text(&self, t: &LoginTexts) -> &'static str {
        match self {
            Rejection::WrongPassword => t.wrong,
            Rejection::Disabled => t.disabled,
            Rejection::Unverified => t.unverified,
            Rejection::CodeRequired => t.code_needed,
            Rejection::WrongCode | Rejection::Expired | Rejection::Exhausted | Rejection::InvalidLink => {
                t.wrong_code
            }
            Rejection::WrongPasskey => t.wrong_passkey,
            Rejection::LatePasskey => t.late_passkey,
            Rejection::SetupRequired => t.set_up_first,
        }
    }
}

impl Words<TokensTexts> for Scope {
    fn text(&self, t: &TokensTexts) -> &'static str {
        match self {
            Scope::ProfileRead => t.profile_read,
            Scope::ProfileWrite => t.profile_write,
            Scope::SessionsRead => t.sessions_read,
            Scope::SessionsWrite => t.sessions_write,
            Scope::PostsRead => t.posts_read,
            Scope::PostsWrite => t.posts_write,
            Scope::SecurityRead => t.security_read,
            Scope::SecurityWrite => t.security_write,
        }
    }
}

impl Words<GroupsTexts> for Permission {
    fn text(&self, t: &GroupsTexts) -> &'static str {
        match self {
            Permission::AddPost => t.add_post,
            Permission::ChangePost => t.change_post,
            Permission::DeletePost => t.delete_post,
            Permission::ViewPost => t.view_post,
        }
    }
}

impl Words<EventTexts> for Event {
    #[expect(clippy::too_many_lines, reason = "a table")]
    fn text(&self, t: &EventTexts) -> &'static str {
        match self {
            Event::Registered => t.registered,
            Event::SignedIn => t.signed_in,
            Event::SignInFailed => t.sign_in_failed,
            Event::SignedOut => t.signed_out,
            Event::SessionEnded => t.session_ended,
            Event::OthersEnded => t.others_ended,
            Event::AllEnded => t.all_ended,
            Event::RefreshReused => t.refresh_reused,
            Event::PasswordChanged => t.password_changed,
            Event::PasswordFailed => t.password_failed,
            Event::PasswordConfirmed => t.password_confirmed,
            Event::ProviderConfirmed => t.provider_confirmed,
            Event::PasswordRequired => t.password_required,
            Event::PasswordLinkShown => t.password_link_shown,
            Event::ShownLinkUsed => t.shown_link_used,
            Event::PasswordReset => t.password_reset,
            Event::PasswordResetAsked => t.password_reset_asked,
            Event::RecoveryStarted => t.recovery_started,
            Event::SignInLinkSent => t.sign_in_link_sent,
            Event::SignInLinkUsed => t.sign_in_link_used,
            Event::EmailVerified => t.email_verified,
            Event::EmailVouched => t.email_vouched,
            Event::EmailChangeAsked => t.email_change_asked,
            Event::TotpAdded => t.totp_added,
            Event::TotpRemoved => t.totp_removed,
            Event::PasskeyAdded => t.passkey_added,
            Event::PasskeyRenamed => t.passkey_renamed,
            Event::PasskeyRemoved => t.passkey_removed,
            Event::RecoveryCodesMade => t.recovery_codes_made,
            Event::RecoveryCodeUsed => t.recovery_code_used,
            Event::SecondFactorFailed => t.second_factor_failed,
            Event::SecondFactorConfirmed => t.second_factor_confirmed,
            Event::FactorsRemoved => t.factors_removed,
            Event::IdentityLinked => t.identity_linked,
            Event::IdentityUnlinked => t.identity_unlinked,
            Event::ProviderSignedOut => t.provider_signed_out,
            Event::DeviceTrusted => t.device_trusted,
            Event::DeviceForgotten => t.device_forgotten,
            Event::EmailChanged => t.email_changed,
            Event::AccountDeleted => t.account_deleted,
            Event::Disabled => t.disabled,
            Event::Enabled => t.enabled,
            Event::Promoted => t.promoted,
            Event::Demoted => t.demoted,
            Event::GroupCreated => t.group_created,
            Event::GroupChanged => t.group_changed,
            Event::GroupDeleted => t.group_deleted,
            Event::GroupJoined => t.group_joined,
            Event::GroupLeft => t.group_left,
            Event::PostEdited => t.post_edited,
            Event::PostDeleted => t.post_deleted,
            Event::ApplicationAdded => t.application_added,
            Event::ApplicationChanged => t.application_changed,
            Event::ApplicationRemoved => t.application_removed,
            Event::AppSecretRotated => t.app_secret_rotated,
            Event::AppSecretEnded => t.app_secret_ended,
            Event::AppDisabled => t.app_disabled,
            Event::AppEnabled => t.app_enabled,
            Event::AppSignedIn => t.app_signed_in,
            Event::AppConnected => t.app_connected,
            Event::AppDisconnected => t.app_disconnected,
            Event::AppCodeReused => t.app_code_reused,
            Event::AppRefreshReused => t.app_refresh_reused,
            Event::TokenCreated => t.token_created,
            Event::TokenDeleted => t.token_deleted,
            Event::KeysRotated => t.keys_rotated,
            Event::KeysForgotten => t.keys_forgotten,
            Event::AuditExported => t.audit_exported,
        }
    }
}
