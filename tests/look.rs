//! The look: every pair of colours that meets on a page is readable in both themes (WCAG 2.2, 1.4.3 and 1.4.11).

use std::collections::HashMap;

const SHEET: &str = include_str!("../static/look.css");

/// Text needs 4.5 to 1, edges of controls and drawings 3 to 1.
const TEXT: f64 = 4.5;
const EDGE: f64 = 3.0;

const PAIRS: &[(f64, &[&str], &[&str])] = &[
    (TEXT, &["ink"], &["paper", "card", "well", "tint", "warn-tint", "danger-tint", "info-tint"]),
    (TEXT, &["soft"], &["paper", "card", "well"]),
    (TEXT, &["accent", "accent-strong"], &["paper", "card", "tint"]),
    (TEXT, &["on-accent"], &["accent", "accent-strong"]),
    (TEXT, &["danger", "danger-strong"], &["card", "danger-tint"]),
    (TEXT, &["on-danger"], &["danger", "danger-strong"]),
    (TEXT, &["warn"], &["warn-tint"]),
    (TEXT, &["info"], &["info-tint"]),
    (EDGE, &["edge"], &["paper", "card", "well"]),
    (EDGE, &["c1", "c2", "c3", "c4", "c5"], &["card"]),
    (EDGE, &["eave"], &["paper"]),
];

/// Each token's colours, light and dark.
fn tokens() -> HashMap<&'static str, [f64; 2]> {
    let pair = |line: &'static str| {
        let (name, rest) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
        let (light, dark) = rest.strip_suffix(");")?.split_once(", ")?;
        Some((name, [luminance(light)?, luminance(dark)?]))
    };
    SHEET.lines().filter_map(pair).collect()
}

/// Relative luminance (WCAG 2.2) of `#rrggbb`.
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let linear = |at: usize| {
        let channel = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).ok()?) / 255.0;
        Some(if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * linear(0)? + 0.7152 * linear(2)? + 0.0722 * linear(4)?)
}

fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_pair_of_colours_can_be_told_apart() {
    assert!((contrast(luminance("#000000").unwrap(), luminance("#ffffff").unwrap()) - 21.0).abs() < 1e-9);
    let tokens = tokens();
    for (least, fronts, grounds) in PAIRS {
        for (front, ground) in
            fronts.iter().flat_map(|front| grounds.iter().map(move |ground| (front, ground)))
        {
            for theme in [0, 1] {
                let found = contrast(tokens[front][theme], tokens[ground][theme]);
                assert!(found >= *least, "{front} on {ground}, {}: {found:.2}", ["light", "dark"][theme]);
            }
        }
    }
}
