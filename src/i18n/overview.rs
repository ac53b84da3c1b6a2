//! The staff's overview: numbers, days, and the ways to sign in.

use crate::identity::audit::Counter;
use crate::platform::clock::Timestamp;
use crate::platform::lang::Lang;
use crate::platform::time_zone::TimeZone;

use super::locales::Texts;

impl Texts {
    /// With what the language puts between thousands.
    pub fn number(&self, n: i64) -> String {
        let separator = match self.lang {
            Lang::De | Lang::Es | Lang::PtBr => '.',
            Lang::Fr => '\u{202f}',
            _ => ',',
        };
        grouped(n, separator)
    }

    /// A day of UTC, such as `21 Nov`.
    pub fn day_in_utc(&self, at: Timestamp, now: Timestamp) -> String {
        self.date(TimeZone::UTC.at(at).date(), TimeZone::UTC.at(now).date())
    }

    pub fn way(&self, way: Counter) -> &'static str {
        let t = &self.overview;
        match way {
            Counter::SignedInByTwoSteps => t.by_two_steps,
            Counter::SignedInByPasskey => t.by_passkey,
            Counter::SignedInByLink => t.by_link,
            Counter::SignedInByProvider => t.by_provider,
            _ => t.by_password,
        }
    }
}

fn grouped(n: i64, separator: char) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::from(if n < 0 { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_apart() {
        let numbers = [0, 7, 999, 1_000, 65_536, 1_000_000, -1_234].map(|n| grouped(n, ','));
        assert_eq!(numbers, ["0", "7", "999", "1,000", "65,536", "1,000,000", "-1,234"]);
    }
}
