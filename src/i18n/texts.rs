//! Sentences that are put together from several texts.

use jiff::civil::Date;

use crate::platform::clock::Timestamp;
use crate::platform::lang::Lang;
use crate::platform::time_zone::TimeZone;

use super::locales::Texts;
use super::when::When;

/// Stands for a value that a page marks up. No text holds it.
const MARK: char = '\u{1}';

impl Texts {
    /// What a connected app sees, by its scopes.
    pub fn seen_by_app(&self, scopes: &[&str]) -> String {
        let t = &self.oidc;
        let seen = scopes.iter().filter(|scope| **scope != "openid").map(|scope| match *scope {
            "profile" => t.scope_profile,
            "email" => t.scope_email,
            "groups" => t.scope_groups,
            "offline_access" => t.scope_offline,
            own => own,
        });
        let seen: Vec<&str> = seen.collect();
        if seen.is_empty() { t.sees_identity.to_owned() } else { seen.join(self.layout.comma) }
    }

    /// What stands before and after the address that a mail was sent to.
    pub fn around_address(&self) -> (String, String) {
        halves(&self.verify_email.member_lead(MARK))
    }

    /// What stands before and after the app that sign-in leads to.
    pub fn around_host(&self) -> (String, String) {
        halves(&self.login.leads_to(MARK))
    }

    /// The author of a post, or that the account was deleted.
    pub fn author<'a>(&'a self, name: Option<&'a str>) -> &'a str {
        name.unwrap_or(self.board.left)
    }

    /// A day as a heading, from `2026-11-20`; with the year if it is another than today's.
    pub fn day(&self, date: &str, today: &str) -> String {
        let Ok(day) = date.parse::<Date>() else { return date.to_owned() };
        let (month, weekday) = (self.month(day), self.weekday(day));
        match date.get(..4) == today.get(..4) {
            true => self.time.heading(day.day(), month, weekday),
            false => self.time.heading_of_year(day.day(), month, weekday, day.year()),
        }
    }

    /// A date in a sentence; with the year if it is another than today's.
    pub(super) fn date(&self, day: Date, today: Date) -> String {
        match day.year() == today.year() {
            true => self.time.date(day.day(), self.month_short(day)),
            false => self.time.date_of_year(day.day(), self.month_short(day), day.year()),
        }
    }

    fn weekday(&self, day: Date) -> &'static str {
        let t = &self.time;
        let names =
            [t.weekday_1, t.weekday_2, t.weekday_3, t.weekday_4, t.weekday_5, t.weekday_6, t.weekday_7];
        names[day.weekday().to_monday_zero_offset() as usize]
    }

    fn month(&self, day: Date) -> &'static str {
        let t = &self.time;
        let names = [
            t.month_1, t.month_2, t.month_3, t.month_4, t.month_5, t.month_6, t.month_7, t.month_8,
            t.month_9, t.month_10, t.month_11, t.month_12,
        ];
        names[day.month() as usize - 1]
    }

    fn month_short(&self, day: Date) -> &'static str {
        let t = &self.time;
        let names = [
            t.month_1_short,
            t.month_2_short,
            t.month_3_short,
            t.month_4_short,
            t.month_5_short,
            t.month_6_short,
            t.month_7_short,
            t.month_8_short,
            t.month_9_short,
            t.month_10_short,
            t.month_11_short,
            t.month_12_short,
        ];
        names[day.month() as usize - 1]
    }

    /// What the members of a deleted group lose, and what becomes of its apps.
    pub fn group_losses(&self, members: i64, apps: usize) -> Vec<String> {
        let apps = (apps > 0).then(|| self.groups.apps_close(apps));
        [Some(self.groups.members_lose(members)), apps].into_iter().flatten().collect()
    }

    pub fn try_again_in(&self, seconds: u64) -> String {
        self.time.try_again_in(self.wait(seconds))
    }

    /// An event in words, with what it was about.
    pub fn event_line(&self, event: &str, subject: &str) -> String {
        if subject.is_empty() { event.to_owned() } else { self.event.line(event, subject) }
    }

    /// Where failures came from; with how many there were, and when the last one was, if there was more than one.
    pub fn place_of_repeats(&self, place: &str, count: i64, last: &str) -> String {
        if count > 1 { self.event.repeats(count, last, place) } else { place.to_owned() }
    }

    /// Device and address, or that it was the operator, who has neither.
    pub fn place(&self, device: &str, address: &str) -> String {
        let device = if device.is_empty() { String::new() } else { self.device(device) };
        let parts: Vec<&str> =
            [device.as_str(), address].into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { self.security.by_operator.to_owned() } else { parts.join(self.layout.comma) }
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
        // Japanese and Chinese have no space between sentences.
        let space = if act.ends_with('。') { "" } else { " " };
        format!("{act}{space}{proof}")
    }

    /// The languages that the switch in the footer offers.
    pub fn languages(&self) -> [Lang; Lang::ALL.len()] {
        Lang::ALL
    }

    /// The offer to trust a device.
    pub fn trust_for(&self, seconds: i64) -> String {
        match seconds / 86_400 {
            ..1 => self.login.trust_hours((seconds / 3_600).max(1)),
            days => self.login.trust_days(days),
        }
    }

    pub fn too_many_failures(&self, seconds: u64) -> String {
        self.login.too_many_failures(self.wait(seconds))
    }

    /// A device as sessions record it, `browser · system`, in words.
    pub fn device(&self, recorded: &str) -> String {
        match recorded.split_once(" · ") {
            _ if recorded.is_empty() => self.sessions.unknown_device.to_owned(),
            None => recorded.to_owned(),
            Some((browser, system)) => self.sessions.browser_on_system(browser, system),
        }
    }

    /// A moment in words, as its reader's clock shows it.
    pub fn when(&self, at: Timestamp, now: Timestamp, zone: &TimeZone) -> When {
        When::of(self, (at, now), zone)
    }

    /// A wait of so many seconds, rounded up to minutes beyond the first.
    pub fn wait(&self, seconds: u64) -> String {
        match seconds {
            ..=90 => self.time.seconds(seconds.max(1)),
            _ => self.time.minutes(seconds.div_ceil(60)),
        }
    }
}

fn halves(sentence: &str) -> (String, String) {
    let (before, after) = sentence.split_once(MARK).unwrap_or((sentence, ""));
    (before.to_owned(), after.to_owned())
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
        assert_eq!(
            (Texts::of(Lang::En).wait(0), Texts::of(Lang::En).wait(1)),
            ("1 second".into(), "1 second".into())
        );
    }

    #[test]
    fn a_day_has_its_year_if_it_is_another() {
        let day = |lang| {
            (Texts::of(lang).day("2026-11-20", "2026-12-01"), Texts::of(lang).day("2025-11-20", "2026-12-01"))
        };
        assert_eq!(day(Lang::En), ("Friday 20 November".into(), "Thursday 20 November 2025".into()));
        assert_eq!(day(Lang::Ko), ("11월 20일 금요일".into(), "2025년 11월 20일 목요일".into()));
    }
}
