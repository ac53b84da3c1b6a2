//! Every text of one language, by feature.

use crate::platform::clock::Timestamp;
use crate::platform::lang::Lang;
use crate::platform::time_zone::TimeZone;

use super::when::When;

use super::{
    admin, apps, audit, board, dashboard, error, event, field, forward_auth, groups, home, layout, login,
    mail, oidc, oidc_apps, password_reset, profile, register, security, sessions, sign_in_link, tokens,
    unsent, upstream, users, verify_email,
};

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
    pub oidc: oidc::Oidc,
    pub oidc_apps: oidc_apps::OidcApps,
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
    pub unsent: unsent::Unsent,
    pub upstream: upstream::Upstream,
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
            oidc: oidc::Oidc::$code,
            oidc_apps: oidc_apps::OidcApps::$code,
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
            unsent: unsent::Unsent::$code,
            upstream: upstream::Upstream::$code,
            users: users::Users::$code,
            security: security::Security::$code,
            tokens: tokens::Tokens::$code,
        }
    };
}

static EN: Texts = language!(En, EN);
static KO: Texts = language!(Ko, KO);

impl Texts {
    /// The texts of a language.
    pub fn of(lang: Lang) -> &'static Texts {
        match lang {
            Lang::En => &EN,
            Lang::Ko => &KO,
        }
    }

    pub fn sign_in_to(&self, app: &str) -> String {
        match self.lang {
            Lang::En => format!("Sign in to {app}"),
            Lang::Ko => format!("{app}에 로그인"),
        }
    }

    /// The label of a provider's button.
    pub fn continue_with(&self, provider: &str) -> String {
        match self.lang {
            Lang::En => format!("Sign in with {provider}"),
            Lang::Ko => format!("{provider} 계정으로 로그인"),
        }
    }

    pub fn first_sign_in_by(&self, provider: &str) -> String {
        match self.lang {
            Lang::En => format!("You’re signed in at {provider}. Choose a username for this site, once."),
            Lang::Ko => {
                format!("{provider} 계정을 확인했어요. 이 사이트에서 쓸 아이디를 한 번만 정해 주세요.")
            }
        }
    }

    pub fn link_account_of(&self, provider: &str) -> String {
        match self.lang {
            Lang::En => format!("Link your {provider} account?"),
            Lang::Ko => format!("{provider} 계정을 연결할까요?"),
        }
    }

    /// Asks a member whether an account elsewhere shall sign in to this one.
    pub fn link_to_account(&self, username: &str) -> String {
        match self.lang {
            Lang::En => format!("It will sign in to {username} from now on."),
            Lang::Ko => format!("연결하면 그 계정으로 {username} 계정에 로그인할 수 있어요."),
        }
    }

    /// The button that asks a provider for a proof.
    pub fn confirm_with(&self, provider: &str) -> String {
        match self.lang {
            Lang::En => format!("Confirm with {provider}"),
            Lang::Ko => format!("{provider} 계정으로 확인"),
        }
    }

    pub fn continue_to(&self, app: &str) -> String {
        match self.lang {
            Lang::En => format!("Continue to {app}"),
            Lang::Ko => format!("{app}에서 계속"),
        }
    }

    /// Before the list of what an app learns.
    pub fn will_see(&self, app: &str) -> String {
        match self.lang {
            Lang::En => format!("{app} will see"),
            Lang::Ko => format!("{app}에서 볼 수 있는 것"),
        }
    }

    /// What a connected app sees, by its scopes.
    pub fn seen_by_app(&self, scopes: &[&str]) -> String {
        let words = |scope: &str| match (self.lang, scope) {
            (_, "openid") => None,
            (Lang::En, "profile") => Some("name and username".to_owned()),
            (Lang::Ko, "profile") => Some("이름과 아이디".to_owned()),
            (Lang::En, "email") => Some("email address".to_owned()),
            (Lang::Ko, "email") => Some("이메일 주소".to_owned()),
            (Lang::En, "groups") => Some("groups".to_owned()),
            (Lang::Ko, "groups") => Some("그룹".to_owned()),
            (Lang::En, "offline_access") => Some("also while you’re away".to_owned()),
            (Lang::Ko, "offline_access") => Some("자리를 비운 동안에도".to_owned()),
            (_, own) => Some(own.to_owned()),
        };
        let seen: Vec<String> = scopes.iter().filter_map(|scope| words(scope)).collect();
        if seen.is_empty() { self.oidc.sees_identity.to_owned() } else { seen.join(", ") }
    }

    pub fn device_allowed(&self, app: &str) -> String {
        match self.lang {
            Lang::En => format!("{app} is connected"),
            Lang::Ko => format!("{app}을(를) 연결했어요"),
        }
    }

    pub fn device_denied(&self, app: &str) -> String {
        match self.lang {
            Lang::En => format!("{app} isn’t connected"),
            Lang::Ko => format!("{app}을(를) 연결하지 않았어요"),
        }
    }

    pub fn not_your_app(&self, app: &str) -> String {
        match self.lang {
            Lang::En => format!("{app} isn’t open to you"),
            Lang::Ko => format!("{app}에 들어갈 권한이 없어요"),
        }
    }

    pub fn wrong_redirect_uri(&self, app: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "{app} asked to send you to an address that it isn’t registered with. Tell the people who run the app; the log of this site says what differs."
            ),
            Lang::Ko => format!(
                "{app}에서 등록되지 않은 주소로 보내려고 했어요. 앱의 운영자에게 알려 주세요. 무엇이 다른지는 이 사이트의 로그에 있어요."
            ),
        }
    }

    /// The author of a post, or that the account was deleted.
    pub fn author<'a>(&'a self, name: Option<&'a str>) -> &'a str {
        name.unwrap_or(self.board.left)
    }

    pub fn too_long(&self, max: usize, count: usize) -> String {
        let over = count.saturating_sub(max);
        match (self.lang, over) {
            (Lang::En, 1) => format!("Use at most {max} characters; this is 1 too many."),
            (Lang::En, _) => format!("Use at most {max} characters; these are {over} too many."),
            (Lang::Ko, _) => format!("{max}자까지 쓸 수 있어요. {over}자를 줄여 주세요."),
        }
    }

    /// A day as a heading, from `2026-11-20`; with the year if it is another than today's.
    pub fn day(&self, date: &str, today: &str) -> String {
        const WEEKDAYS: [&str; 7] = ["월", "화", "수", "목", "금", "토", "일"];
        let Ok(day) = date.parse::<jiff::civil::Date>() else { return date.to_owned() };
        let is_this_year = date.get(..4) == today.get(..4);
        match (self.lang, is_this_year) {
            (Lang::En, true) => day.strftime("%A %-d %B").to_string(),
            (Lang::En, false) => day.strftime("%A %-d %B %Y").to_string(),
            (Lang::Ko, _) => {
                let weekday = WEEKDAYS[day.weekday().to_monday_zero_offset() as usize];
                let year = if is_this_year { String::new() } else { format!("{}년 ", day.year()) };
                format!("{year}{}월 {}일 {weekday}요일", day.month(), day.day())
            }
        }
    }

    /// The zone that a page's times are in.
    pub fn times_are_in(&self, zone: &str) -> String {
        match self.lang {
            Lang::En => format!("Times are in {zone}"),
            Lang::Ko => format!("시각은 {zone} 기준이에요"),
        }
    }

    pub fn nobody_found(&self, text: &str) -> String {
        match self.lang {
            Lang::En => format!("No user matches “{text}”"),
            Lang::Ko => format!("‘{text}’에 맞는 사용자가 없어요"),
        }
    }

    pub fn disable_whom(&self, name: &str) -> String {
        match self.lang {
            Lang::En => format!("Disable {name}?"),
            Lang::Ko => format!("{name} 계정을 사용 중지할까요?"),
        }
    }

    /// What happens to the devices of a disabled account.
    pub fn disabled_devices(&self, devices: usize) -> String {
        match (self.lang, devices) {
            (Lang::En, 0) => "They can’t sign in again".to_owned(),
            (Lang::En, 1) => "They’re signed out of 1 device at once, and can’t sign in again".to_owned(),
            (Lang::En, _) => {
                format!("They’re signed out of {devices} devices at once, and can’t sign in again")
            }
            (Lang::Ko, 0) => "다시 로그인할 수 없어요".to_owned(),
            (Lang::Ko, _) => format!("기기 {devices}대에서 바로 로그아웃되고 다시 로그인할 수 없어요"),
        }
    }

    pub fn delete_group(&self, name: &str) -> String {
        match self.lang {
            Lang::En => format!("Delete the group {name}?"),
            Lang::Ko => format!("{name} 그룹을 삭제할까요?"),
        }
    }

    /// What the members of a deleted group lose, and what becomes of its apps.
    pub fn group_losses(&self, members: i64, apps: usize) -> Vec<String> {
        let members = match (self.lang, members) {
            (Lang::En, 1) => "1 member loses what the group permits, at once".to_owned(),
            (Lang::En, _) => format!("{members} members lose what the group permits, at once"),
            (Lang::Ko, _) => format!("구성원 {members}명이 이 그룹의 권한을 바로 잃어요"),
        };
        let apps = match (self.lang, apps) {
            (_, 0) => None,
            (Lang::En, 1) => Some("1 app is no longer open to them through it".to_owned()),
            (Lang::En, _) => Some(format!("{apps} apps are no longer open to them through it")),
            (Lang::Ko, _) => Some(format!("이 그룹으로 열던 앱 {apps}개를 더 이상 열 수 없어요")),
        };
        [Some(members), apps].into_iter().flatten().collect()
    }

    pub fn try_again_in(&self, seconds: u64) -> String {
        let wait = self.wait(seconds);
        match self.lang {
            Lang::En => format!("Try again in {wait}."),
            Lang::Ko => format!("{wait} 뒤에 다시 시도해 주세요."),
        }
    }

    /// An event in words, with what it was about.
    pub fn event_line(&self, event: &str, subject: &str) -> String {
        if subject.is_empty() { event.to_owned() } else { format!("{event}: {subject}") }
    }

    /// Where failures came from; with how many there were, and when the last one was, if there was more than one.
    pub fn place_of_repeats(&self, place: &str, count: i64, last: &When) -> String {
        let last = &last.exact;
        match (self.lang, count) {
            (_, ..=1) => place.to_owned(),
            (Lang::En, _) => format!("{place} · {count} times, last {last}"),
            (Lang::Ko, _) => format!("{place} · {count}회, 마지막 {last}"),
        }
    }

    /// Device and address, or that it was the operator, who has neither.
    pub fn place(&self, device: &str, address: &str) -> String {
        let device = if device.is_empty() { String::new() } else { self.device(device) };
        let parts: Vec<&str> =
            [device.as_str(), address].into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { self.security.by_operator.to_owned() } else { parts.join(", ") }
    }

    /// Which app is next after sign-in.
    pub fn leading_on_to(&self, host: &str) -> String {
        match self.lang {
            Lang::En => format!("{host} opens in a moment."),
            Lang::Ko => format!("곧 {host} 페이지가 열려요."),
        }
    }

    /// Who is signed in, but may not open this.
    pub fn not_open_to(&self, name: &str) -> String {
        match self.lang {
            Lang::En => format!("You are signed in as {name}, but this page is not open to you."),
            Lang::Ko => format!("{name} 님으로 로그인되어 있지만, 이 페이지를 볼 수 있는 권한은 없습니다."),
        }
    }

    /// What a posted form is about to do, and how the member confirms it.
    pub fn confirm_lead(&self, path: &str, by_password: bool, by_factor: bool) -> String {
        let t = &self.layout;
        let proof = match (by_password, by_factor) {
            (true, true) => t.confirm_either,
            (false, true) => t.confirm_factor,
            _ => t.confirm_lead,
        };
        let act = match path.split('/').skip(1).collect::<Vec<_>>()[..] {
            ["profile"] => t.act_change_email,
            ["profile", "delete"] => t.act_delete_account,
            ["security"] => t.act_change_password,
            ["security", "totp"] => t.act_add_app,
            ["security", "totp", "remove"] => t.act_remove_app,
            ["security", "recovery-codes"] => t.act_new_codes,
            ["security", "passkeys", _, "remove"] => t.act_remove_passkey,
            ["security", "passkeys", ..] => t.act_add_passkey,
            ["tokens"] => t.act_create_token,
            ["admin", ..] => t.act_staff,
            _ => return proof.to_owned(),
        };
        format!("{act} {proof}")
    }

    /// The languages that the switch in the footer offers.
    pub fn languages(&self) -> [Lang; 2] {
        Lang::ALL
    }

    /// The offer to trust a device.
    pub fn trust_for(&self, seconds: i64) -> String {
        let (days, hours) = (seconds / 86_400, (seconds / 3_600).max(1));
        match (self.lang, days) {
            (Lang::En, 1) => "Don't ask on this device for a day".to_owned(),
            (Lang::En, 2..) => format!("Don't ask on this device for {days} days"),
            (Lang::En, _) => format!("Don't ask on this device for {hours} hours"),
            (Lang::Ko, 1..) => format!("이 기기에서 {days}일 동안 묻지 않기"),
            (Lang::Ko, _) => format!("이 기기에서 {hours}시간 동안 묻지 않기"),
        }
    }

    pub fn too_many_failures(&self, seconds: u64) -> String {
        let wait = self.wait(seconds);
        match self.lang {
            Lang::En => format!("Too many failed attempts. Try again in {wait}."),
            Lang::Ko => format!("여러 번 실패했어요. {wait} 뒤에 다시 시도해 주세요."),
        }
    }

    /// The greeting, with the name if there is one.
    pub fn mail_greeting(&self, name: &str) -> String {
        match self.lang {
            _ if name.is_empty() => self.mail.hello.to_owned(),
            Lang::En => format!("Hello {name},"),
            Lang::Ko => format!("{name} 님, 안녕하세요."),
        }
    }

    /// Before the code of a recovery, which is typed on this page.
    pub fn mail_recovery_code(&self, link: &str) -> String {
        match self.lang {
            Lang::En => format!("Or type this code, with your username, at {link}"),
            Lang::Ko => format!("또는 {link} 에서 사용자 이름과 함께 이 코드를 입력해 주세요."),
        }
    }

    /// When the operator did something.
    pub fn mail_by_operator(&self, exact: &str) -> String {
        match self.lang {
            Lang::En => format!("{exact} · by the operator of this site"),
            Lang::Ko => format!("{exact} · 사이트 운영자"),
        }
    }

    /// When and from where something happened.
    pub fn mail_circumstances(&self, exact: &str, device: &str, address: &str) -> String {
        let device = if device.is_empty() { self.sessions.unknown_device } else { device };
        match self.lang {
            Lang::En => format!("{exact}, {device}, from {address}."),
            Lang::Ko => format!("{exact}, {device}, 접속 주소 {address}"),
        }
    }

    /// How many recovery codes are left of a full set.
    pub fn recovery_left(&self, left: i64) -> String {
        match self.lang {
            Lang::En => format!("{left} of 10 left"),
            Lang::Ko => format!("10개 중 {left}개 남음"),
        }
    }

    /// What happens to the recovery codes that are left when new ones are made.
    pub fn codes_stop(&self, left: i64) -> String {
        match (self.lang, left) {
            (Lang::En, 1) => "The 1 code you have left stops working.".to_owned(),
            (Lang::En, _) => format!("The {left} codes you have left stop working."),
            (Lang::Ko, _) => format!("남은 코드 {left}개는 더 이상 쓸 수 없어요."),
        }
    }

    /// From how many places a deleted account is signed out.
    pub fn signed_out_of(&self, sessions: usize) -> String {
        match (self.lang, sessions) {
            (Lang::En, ..=1) => "You're signed out on this device and of every app".to_owned(),
            (Lang::En, _) => format!("You're signed out on {sessions} devices and of every app"),
            (Lang::Ko, ..=1) => "이 기기와 모든 앱에서 로그아웃돼요".to_owned(),
            (Lang::Ko, _) => format!("기기 {sessions}대와 모든 앱에서 로그아웃돼요"),
        }
    }

    /// How many API tokens go with an account.
    pub fn tokens_stop(&self, tokens: usize) -> String {
        match (self.lang, tokens) {
            (Lang::En, 1) => "Your API token stops working".to_owned(),
            (Lang::En, _) => format!("Your {tokens} API tokens stop working"),
            (Lang::Ko, _) => format!("API 토큰 {tokens}개를 더 이상 쓸 수 없어요"),
        }
    }

    /// A token that was just made.
    pub fn is_ready(&self, name: &str) -> String {
        match self.lang {
            Lang::En => format!("“{name}” is ready"),
            Lang::Ko => format!("‘{name}’ 토큰을 만들었어요"),
        }
    }

    /// A device as sessions record it, `browser · system`, in words.
    pub fn device(&self, recorded: &str) -> String {
        match (self.lang, recorded.split_once(" · ")) {
            _ if recorded.is_empty() => self.sessions.unknown_device.to_owned(),
            (_, None) => recorded.to_owned(),
            (Lang::En, Some((browser, system))) => format!("{browser} on {system}"),
            (Lang::Ko, Some((browser, system))) => format!("{system} {browser}"),
        }
    }

    /// A moment in words, as its reader's clock shows it.
    pub fn when(&self, at: Timestamp, now: Timestamp, zone: &TimeZone) -> When {
        When::of(self.lang, (at, now), zone)
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
        assert_eq!(
            (Texts::of(Lang::En).wait(900), Texts::of(Lang::Ko).wait(30)),
            ("15 minutes".to_owned(), "30초".to_owned())
        );
    }
}
