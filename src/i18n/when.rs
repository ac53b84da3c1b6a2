//! A moment in words.

use jiff::ZonedDateTime;

use crate::platform::clock::Timestamp;
use crate::platform::time_zone::TimeZone;

use super::locales::{Texts, TimeTexts};

const WEEK: i64 = 7 * 86_400;

/// A moment as pages show it: roughly, and exactly on a closer look.
pub struct When {
    /// Such as `2 hours ago`, and after a week the date.
    pub ago: String,
    /// The date in words: `21 Nov`, and its year if that is another.
    pub date: String,
    /// With the zone, and in UTC too: `2026-11-20 18:30 KST (09:30 UTC)`.
    pub exact: String,
    /// Without the zone, for tables that name it once: `2026-11-20 18:30`.
    pub local: String,
    /// RFC 3339, for the `datetime` attribute.
    pub iso: String,
}

impl When {
    /// The date in the reader's zone: `2026-11-20`.
    pub fn day(&self) -> &str {
        self.local.split(' ').next().unwrap_or_default()
    }

    pub(super) fn of(t: &Texts, (at, now): (Timestamp, Timestamp), zone: &TimeZone) -> Self {
        let moment = zone.at(at);
        let date = t.date(moment.date(), zone.at(now).date());
        Self {
            ago: if now - at < WEEK { ago(&t.time, now - at) } else { date.clone() },
            date,
            exact: exact(&moment),
            local: moment.strftime("%Y-%m-%d %H:%M").to_string(),
            iso: moment.timestamp().to_string(),
        }
    }
}

/// In the largest whole unit.
fn ago(t: &TimeTexts, seconds: i64) -> String {
    match seconds {
        ..60 => t.just_now.to_owned(),
        60..3_600 => t.minutes_ago(seconds / 60),
        3_600..86_400 => t.hours_ago(seconds / 3_600),
        _ => t.days_ago(seconds / 86_400),
    }
}

fn exact(moment: &ZonedDateTime) -> String {
    let (local, utc) = (moment.strftime("%Y-%m-%d %H:%M %Z"), moment.with_time_zone(jiff::tz::TimeZone::UTC));
    match (moment.datetime() == utc.datetime(), moment.date() == utc.date()) {
        (true, _) => utc.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        (false, true) => format!("{local} ({})", utc.strftime("%H:%M UTC")),
        (false, false) => format!("{local} ({})", utc.strftime("%Y-%m-%d %H:%M UTC")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::lang::Lang;

    /// 2026-11-20 18:30 UTC.
    const AT: Timestamp = 1_795_199_400;

    fn when(lang: Lang, at: Timestamp, seconds: i64, zone: &str) -> When {
        When::of(Texts::of(lang), (at, at + seconds), &TimeZone::named(zone).unwrap())
    }

    #[test]
    fn a_moment_has_the_readers_zone_and_utc() {
        let exact = |zone: &str, at| when(Lang::En, at, 0, zone).exact;
        assert_eq!(exact("UTC", AT), "2026-11-20 18:30 UTC");
        assert_eq!(exact("Europe/London", AT), "2026-11-20 18:30 UTC");
        assert_eq!(exact("Asia/Seoul", AT), "2026-11-21 03:30 KST (2026-11-20 18:30 UTC)");
        assert_eq!(exact("America/New_York", AT), "2026-11-20 13:30 EST (18:30 UTC)");
        assert_eq!(exact("Asia/Kathmandu", AT - 3600 * 12), "2026-11-20 12:15 +0545 (06:30 UTC)");
        // The same zone in summer, and zones of half and quarter hours, one of which moves its clocks by half an hour.
        let summer = AT - 3600 * 24 * 140;
        for (zone, at, shown) in [
            ("Europe/London", summer, "2026-07-03 19:30 BST (18:30 UTC)"),
            ("America/New_York", summer, "2026-07-03 14:30 EDT (18:30 UTC)"),
            ("Asia/Kolkata", AT, "2026-11-21 00:00 IST (2026-11-20 18:30 UTC)"),
            ("America/St_Johns", AT, "2026-11-20 15:00 NST (18:30 UTC)"),
            ("America/St_Johns", summer, "2026-07-03 16:00 NDT (18:30 UTC)"),
            ("Australia/Lord_Howe", AT, "2026-11-21 05:30 +11 (2026-11-20 18:30 UTC)"),
            ("Australia/Lord_Howe", summer, "2026-07-04 05:00 +1030 (2026-07-03 18:30 UTC)"),
            ("Pacific/Chatham", AT, "2026-11-21 08:15 +1345 (2026-11-20 18:30 UTC)"),
            ("Pacific/Kiritimati", AT, "2026-11-21 08:30 +14 (2026-11-20 18:30 UTC)"),
        ] {
            assert_eq!(exact(zone, at), shown, "{zone}");
        }
        // The hour that London's clocks show twice.
        let twice = [0, 3600].map(|later| exact("Europe/London", 1_792_888_200 + later));
        assert_eq!(twice, ["2026-10-25 01:30 BST (00:30 UTC)", "2026-10-25 01:30 UTC"]);
        let when = when(Lang::En, AT, 0, "Asia/Seoul");
        assert_eq!((when.local.as_str(), when.iso.as_str()), ("2026-11-21 03:30", "2026-11-20T18:30:00Z"));
    }

    #[test]
    fn the_time_since_is_in_words_and_after_a_week_the_date_is() {
        const DAY: i64 = 86_400;
        for (seconds, en, ko) in [
            (-5, "just now", "방금"),
            (59, "just now", "방금"),
            (60, "1 minute ago", "1분 전"),
            (7_300, "2 hours ago", "2시간 전"),
            (DAY * 6, "6 days ago", "6일 전"),
            (DAY * 7, "21 Nov", "11월 21일"),
            (DAY * 60, "21 Nov 2026", "2026년 11월 21일"),
        ] {
            assert_eq!(when(Lang::En, AT, seconds, "Asia/Seoul").ago, en);
            assert_eq!(when(Lang::Ko, AT, seconds, "Asia/Seoul").ago, ko);
        }
    }
}
