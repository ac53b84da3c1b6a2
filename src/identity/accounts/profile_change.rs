//! Changes to a profile, as typed and as parsed.

use diesel::prelude::*;

use crate::identity::invalid::{Checks, Invalid, Reason};
use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::lang::Lang;
use crate::platform::near_cache::Topic;
use crate::platform::schema::users::{self, dsl};
use crate::platform::time_zone::TimeZone;

use super::error::AccountError;
use super::mailbox;
use super::name::{Email, display_name};
use super::preferences::Theme;
use super::user::User;

/// A profile as typed. Absent fields stay as they are.
#[derive(Default)]
pub struct ProfileForm {
    pub display_name: Option<String>,
    pub email: Option<String>,
    /// A language code, or empty to follow the browser.
    pub language: Option<String>,
    pub theme: Option<String>,
    /// A name such as `Asia/Seoul`, or empty to follow the browser.
    pub time_zone: Option<String>,
}

/// Changes to a profile. Absent fields stay as they are.
#[derive(Default, PartialEq, Eq)]
pub struct ProfileChange {
    pub display_name: Option<String>,
    pub email: Option<Email>,
    /// The inner `None` follows the browser.
    pub language: Option<Option<Lang>>,
    pub theme: Option<Theme>,
    /// The inner `None` follows the browser.
    pub time_zone: Option<Option<TimeZone>>,
}

impl ProfileForm {
    pub fn parse(&self) -> Result<ProfileChange, Invalid> {
        let mut checks = Checks::<Reason>::default();
        let typed = self.display_name.as_deref();
        let display_name = typed.and_then(|typed| checks.check("display_name", display_name(typed)));
        let typed = self.email.as_deref();
        let email = typed.and_then(|typed| checks.check("email", Email::parse(typed)));
        let typed = self.language.as_deref();
        let language = typed.and_then(|typed| checks.check("language", parse_language(typed)));
        let typed = self.theme.as_deref();
        let theme =
            typed.and_then(|typed| checks.check("theme", Theme::parse(typed).ok_or(Reason::BadChoice)));
        let typed = self.time_zone.as_deref();
        let time_zone = typed.and_then(|typed| checks.check("time_zone", parse_time_zone(typed)));
        checks.finish(ProfileChange { display_name, email, language, theme, time_zone })
    }
}

fn parse_language(typed: &str) -> Result<Option<Lang>, Reason> {
    match typed {
        "" => Ok(None),
        code => Lang::parse(code).map(Some).ok_or(Reason::BadChoice),
    }
}

fn parse_time_zone(typed: &str) -> Result<Option<TimeZone>, Reason> {
    match typed {
        "" => Ok(None),
        name => TimeZone::parse(name).map(Some).ok_or(Reason::BadChoice),
    }
}

impl ProfileChange {
    /// Whether the email would change, which requires re-authentication.
    pub fn changes_email(&self, user: &User) -> bool {
        self.email.as_ref().is_some_and(|email| email.shown != user.email)
    }
}

/// Stores the change.
pub(in crate::identity) fn store(
    write: &mut Write<'_>,
    user: &User,
    change: &ProfileChange,
) -> Result<(), AccountError> {
    if change.display_name.as_ref().is_some_and(|name| *name != user.display_name) {
        // Posts show their authors' names.
        write.topic(Topic::Posts);
    }
    let email = match &change.email {
        Some(email) => Some((email, mailbox::claim(write, &email.key, Some(user.id))?)),
        None => None,
    };
    let unverified = email.as_ref().map(|_| dsl::email_verified_at.eq(None::<Timestamp>));
    let time_zone = change.time_zone.as_ref().map(|zone| zone.as_ref().map(TimeZone::name));
    diesel::update(users::table.find(user.id))
        .set((
            // An update without any column would be invalid SQL.
            dsl::epoch.eq(dsl::epoch),
            change.display_name.as_ref().map(|name| dsl::display_name.eq(name)),
            email.map(|(email, key)| (dsl::email.eq(&email.shown), dsl::email_key.eq(key))),
            // A new address is not verified yet.
            unverified,
            change.language.map(|language| dsl::language.eq(language.map(Lang::code))),
            change.theme.map(|theme| dsl::theme.eq(theme.code())),
            time_zone.map(|name| dsl::time_zone.eq(name)),
            dsl::updated_at.eq(write.now()),
        ))
        .execute(write.user(user.id))?;
    Ok(())
}
