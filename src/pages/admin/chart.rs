//! The chart of sign-ins: bars above the line, failures below it, in the units of the drawing.

use crate::i18n::Texts;
use crate::identity::audit::{Counter, DailyCounts, start_of};
use crate::platform::clock::Timestamp;

/// Size of the drawing, which is stretched to its place.
const WIDTH: f64 = 280.0;
const HEIGHT: f64 = 120.0;
/// About as many lines are drawn above or below zero at most.
const LINES: i64 = 4;

pub struct Chart {
    /// What it shows, for those who do not see it.
    pub summary: String,
    /// The numbers beside the lines, from top to bottom.
    pub labels: Vec<String>,
    /// The heights of the lines other than zero.
    pub lines: Vec<String>,
    pub zero: String,
    pub bars: Vec<Bar>,
    pub width: String,
    /// Below the first, the middle and the last bar.
    pub days: [String; 3],
}

/// A day.
pub struct Bar {
    pub day: String,
    pub title: String,
    pub signed_in: String,
    pub failed: String,
    pub x: String,
    pub y: String,
    pub height: String,
    pub depth: String,
}

impl Chart {
    /// Of these days, the oldest first, of which there is at least one.
    pub fn of(counts: &[DailyCounts], t: &Texts, now: Timestamp) -> Self {
        let day = |counts: &DailyCounts| t.day_in_utc(start_of(counts.day), now);
        let failed = |counts: &DailyCounts| counts.get(Counter::SignInFailed);
        let most = counts.iter().map(DailyCounts::signed_in).max().unwrap_or_default();
        let fewest = counts.iter().map(DailyCounts::signed_in).min().unwrap_or_default();
        let worst = counts.iter().rev().max_by_key(|counts| failed(counts));
        let most_failed = worst.map(failed).unwrap_or_default();
        let scale = Scale::of(most, most_failed);
        let slot = WIDTH / counts.len().max(1) as f64;
        let bar = |(place, counts): (usize, &DailyCounts)| {
            let (name, signed_in, failed) = (day(counts), counts.signed_in(), failed(counts));
            Bar {
                title: t.overview.bar(&name, t.number(signed_in), t.number(failed)),
                signed_in: t.number(signed_in),
                failed: t.number(failed),
                x: coordinate(slot * (place as f64 + 0.2)),
                y: coordinate(scale.zero() - scale.length(signed_in)),
                height: coordinate(scale.length(signed_in)),
                depth: coordinate(scale.length(failed)),
                day: name,
            }
        };
        let (first, middle) = (counts.first(), counts.get(counts.len() / 2));
        let name = |counts: Option<&DailyCounts>| counts.map(day).unwrap_or_default();
        let (from, to) = (name(first), name(counts.last()));
        let on = name(worst);
        let (fewest, most) = (t.number(fewest), t.number(most));
        let summary = match most_failed {
            0 => t.overview.chart_calm(&fewest, &from, &most, &to),
            _ => t.overview.chart(t.number(most_failed), &fewest, &from, &most, &on, &to),
        };
        Self {
            summary,
            labels: scale.steps().map(|step| t.number((step * scale.step).abs())).collect(),
            lines: scale.steps().filter(|step| *step != 0).map(|step| coordinate(scale.at(step))).collect(),
            zero: coordinate(scale.zero()),
            bars: counts.iter().enumerate().map(bar).collect(),
            width: coordinate(slot * 0.6),
            days: [from, name(middle), t.overview.today_short.to_owned()],
        }
    }
}

/// Lines at whole multiples of a round step, some above zero, some below.
struct Scale {
    step: i64,
    above: i64,
    below: i64,
}

impl Scale {
    fn of(most: i64, most_failed: i64) -> Self {
        let step = round_step(most.max(most_failed));
        let lines = |n: i64| (n + step - 1) / step;
        Self { step, above: lines(most).max(1), below: lines(most_failed) }
    }

    /// From top to bottom, 0 is the line of zero.
    fn steps(&self) -> impl Iterator<Item = i64> + use<> {
        (-self.below..=self.above).rev()
    }

    fn unit(&self) -> f64 {
        HEIGHT / (self.above + self.below) as f64
    }

    fn at(&self, step: i64) -> f64 {
        (self.above - step) as f64 * self.unit()
    }

    fn zero(&self) -> f64 {
        self.at(0)
    }

    fn length(&self, n: i64) -> f64 {
        n as f64 * self.unit() / self.step as f64
    }
}

/// The least of 1, 2, 5, 10, 20, 50 … of which a few reach `most`.
fn round_step(most: i64) -> i64 {
    let steps = (0..18).flat_map(|zeros| [1, 2, 5].map(|digit| digit * 10_i64.pow(zeros)));
    steps.into_iter().find(|step| step.saturating_mul(LINES) >= most).unwrap_or(i64::MAX)
}

fn coordinate(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_few_and_at_round_numbers() {
        let found = [0, 1, 4, 5, 9, 64, 389, 1_000_000].map(round_step);
        assert_eq!(found, [1, 1, 1, 2, 5, 20, 100, 500_000]);
    }

    #[test]
    fn bars_stay_within_the_drawing() {
        for (most, failed) in [(0, 0), (389, 64), (3, 100_000), (1_000_000, 1), (4, 4)] {
            let scale = Scale::of(most, failed);
            assert!(scale.length(most) <= scale.zero() + 1e-9, "{most}");
            assert!(scale.zero() + scale.length(failed) <= HEIGHT + 1e-9, "{failed}");
            assert!(scale.steps().count() <= 2 * LINES as usize + 1);
            assert!(scale.at(scale.above).abs() < 1e-9 && (scale.at(-scale.below) - HEIGHT).abs() < 1e-9);
        }
        assert_eq!([0.0, 37.64, 12.0].map(coordinate), ["0", "37.6", "12"]);
    }
}
