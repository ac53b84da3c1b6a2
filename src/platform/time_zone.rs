//! Time zones, by their IANA names. The database of zones is part of the binary.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::ZonedDateTime;
use jiff::civil::Date;

use super::clock::Timestamp;

/// The zone in which someone reads times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeZone(jiff::tz::TimeZone);

/// Zones whose names say where they are, and UTC: no abbreviations, offsets or names of whole countries.
const REGIONS: [&str; 10] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];

impl TimeZone {
    pub const UTC: Self = Self(jiff::tz::TimeZone::UTC);

    /// By its name, such as `Asia/Seoul`, in any case.
    pub fn parse(name: &str) -> Option<Self> {
        let known = Self::names().iter().find(|known| known.eq_ignore_ascii_case(name))?;
        jiff::tz::TimeZone::get(known).ok().map(Self)
    }

    /// One whose name `parse` gave.
    pub fn named(name: &str) -> Option<Self> {
        jiff::tz::TimeZone::get(name).ok().map(Self)
    }

    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The names to choose from, UTC first, then in alphabetical order.
    pub fn names() -> &'static [String] {
        static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
            let known = jiff::tz::db().available().map(|name| name.to_string());
            let is_place =
                |name: &String| name.split_once('/').is_some_and(|(region, _)| REGIONS.contains(&region));
            let mut names: Vec<String> = known.filter(is_place).collect();
            names.sort();
            names.insert(0, "UTC".to_owned());
            names
        });
        &NAMES
    }

    /// The moment on this zone's clocks.
    pub fn at(&self, moment: Timestamp) -> ZonedDateTime {
        jiff::Timestamp::from_second(moment).unwrap_or_default().to_zoned_datetime(self.0.clone())
    }

    /// From the first second of a day, given as `2026-11-20`, to the first of the next.
    pub fn day(&self, text: &str) -> Option<Range<Timestamp>> {
        let day: Date = text.trim().parse().ok()?;
        let start = |day: Date| Some(day.to_zoned_datetime(self.0.clone()).ok()?.timestamp().as_second());
        Some(start(day)?..start(day.tomorrow().ok()?)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_have_the_names_of_places() {
        let names = TimeZone::names();
        assert_eq!(names[0], "UTC");
        assert!(names.len() > 300 && names.iter().any(|name| name == "Asia/Seoul"));
        for name in names {
            assert_eq!(TimeZone::named(name).unwrap().name(), name);
        }
        assert_eq!(TimeZone::parse("asia/seoul").unwrap().name(), "Asia/Seoul");
        assert_eq!(TimeZone::parse("Arctic/Longyearbyen").unwrap().name(), "Arctic/Longyearbyen");
        for odd in [
            "",
            "KST",
            "GMT+9",
            "+09:00",
            "Asia/Seoul ",
            "Asia/서울",
            "America/",
            "EST5EDT",
            "Asia",
            "../etc/passwd",
            "Asia/Seoul\0",
            "posix/Asia/Seoul",
        ] {
            assert_eq!(TimeZone::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_day_starts_where_its_reader_is_whatever_the_clocks_do_there() {
        let day = |zone: &str, text: &str| TimeZone::named(zone).unwrap().day(text).unwrap();
        let start = 1_795_132_800;
        assert_eq!(day("UTC", "2026-11-20"), start..start + 24 * 3600);
        assert_eq!(day("Asia/Seoul", " 2026-11-20").start, start - 9 * 3600);
        // Clocks are put forward at midnight, and back.
        for (text, hours) in [("2026-03-29", 23), ("2026-10-25", 24), ("2026-10-24", 25)] {
            let day = day("Asia/Beirut", text);
            assert_eq!(day.end - day.start, hours * 3600, "{text}");
        }
        assert_eq!(TimeZone::UTC.day("2026-02-30"), None);
    }
}
