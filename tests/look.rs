//! The look: every pair of colours that meets on a page is readable in both themes (WCAG 2.2, 1.4.3 and 1.4.11).

use std::collections::HashMap;

const SHEET: &str = include_str!("../static/look.css");

/// Text needs 4.5 to 1, edges of controls and drawings 3 to 1.
const TEXT: f64 = 4.5;
const EDGE: f64 = 3.0;

/// What stands on what. The last of a mixed ground is the share of the first colour in percent.
const PAIRS: &[(f64, &[&str], &[&str])] = &[
    // Texts, links and icons of pages, panels, insets, rows under the pointer and the row of this device.
    (TEXT, &["ink"], &["paper", "card", "well", "tint", "warn-tint", "danger-tint", "info-tint", HOVER, NOW]),
    (TEXT, &["soft"], &["paper", "card", "well", HOVER, NOW]),
    (TEXT, &["accent", "accent-strong"], &["paper", "card", "well", "tint", HOVER, NOW]),
    (TEXT, &["danger", "danger-strong"], &["paper", "card", "well", "danger-tint", HOVER]),
    (TEXT, &["warn"], &["warn-tint"]),
    (TEXT, &["info"], &["info-tint"]),
    // Labels of buttons, and the letter of a provider.
    (TEXT, &["on-accent"], &["accent", "accent-strong"]),
    (TEXT, &["on-danger"], &["danger", "danger-strong"]),
    (TEXT, &["card"], &["ink"]),
    // Borders of fields, of fields with a problem, of a dangerous button and of the chosen segment.
    (EDGE, &["edge"], &["paper", "card", "well"]),
    (EDGE, &["danger", DANGER_BORDER], &["card"]),
    // The ring of focus, on whatever it may stand.
    (
        EDGE,
        &["accent"],
        &["paper", "card", "well", "tint", "warn-tint", "danger-tint", "info-tint", HOVER, NOW],
    ),
    // Charts, dots and drawings.
    (EDGE, &["c1", "c2", "c3", "c4", "c5"], &["card"]),
    (EDGE, &["c1"], &["paper"]),
    (EDGE, &["eave"], &["paper"]),
];

/// Grounds and borders that the sheet mixes.
const NOW: &str = "tint 45%, card";
const HOVER: &str = "well 55%, card";
const DANGER_BORDER: &str = "danger 75%, card";

/// Hairlines and borders of buttons are decoration: what they part or hold is known without them.
const DECORATION: &[&str] = &["line", "rim"];

type Tokens<'s> = HashMap<&'s str, [[f64; 3]; 2]>;

/// Each token's colours, light and dark, as red, green and blue from 0 to 255.
fn tokens(sheet: &str) -> Tokens<'_> {
    fn pair(line: &str) -> Option<(&str, [[f64; 3]; 2])> {
        let (name, rest) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
        let (light, dark) = rest.strip_suffix(");")?.split_once(", ")?;
        Some((name, [channels(light)?, channels(dark)?]))
    }
    sheet.lines().filter_map(pair).collect()
}

/// Of `#rrggbb`.
fn channels(colour: &str) -> Option<[f64; 3]> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok().map(f64::from);
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// A token's colour, or that of two mixed ones (`color-mix(in srgb, …)`).
fn colour(tokens: &Tokens<'_>, name: &str, theme: usize) -> [f64; 3] {
    let of = |token: &str| tokens.get(token).unwrap_or_else(|| panic!("no token {token}"))[theme];
    let Some((mixed, other)) = name.split_once(", ") else { return of(name) };
    let (one, percent) = mixed.split_once(' ').unwrap();
    let share = percent.strip_suffix('%').unwrap().parse::<f64>().unwrap() / 100.0;
    std::array::from_fn(|i| of(one)[i] * share + of(other)[i] * (1.0 - share))
}

/// Relative luminance (WCAG 2.2).
fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] = colour.map(|value| {
        let channel = value / 255.0;
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The colours that one rule of the sheet sets for its text and its ground.
fn set_together(sheet: &str) -> Vec<(String, String)> {
    let value = |rule: &str, property: &str| {
        let declarations = rule.rsplit('{').next()?;
        let (_, value) = declarations
            .split(';')
            .filter_map(|it| it.split_once(':'))
            .find(|(name, _)| name.trim() == property)?;
        let mixed = value.trim().strip_prefix("color-mix(in srgb, ").unwrap_or(value.trim());
        let plain = mixed.replace("var(--", "").replace(')', "");
        Some(plain.split(" no-repeat").next()?.to_owned())
    };
    let both = |rule: &str| {
        let ground = value(rule, "background").or_else(|| value(rule, "background-color"))?;
        Some((value(rule, "color")?, ground))
    };
    let is_coloured = |(front, ground): &(String, String)| {
        !["inherit", "transparent"].contains(&front.as_str())
            && ground != "none"
            && !ground.contains("transparent")
    };
    sheet.split('}').filter_map(both).filter(is_coloured).collect()
}

/// Pairs with too little contrast, and those that are not checked at all.
fn faults(sheet: &str) -> Vec<String> {
    let (tokens, mut faults) = (tokens(sheet), Vec::new());
    for (least, fronts, grounds) in PAIRS {
        for (front, ground) in
            fronts.iter().flat_map(|front| grounds.iter().map(move |ground| (front, ground)))
        {
            for theme in [0, 1] {
                let found = contrast(colour(&tokens, front, theme), colour(&tokens, ground, theme));
                if found < *least {
                    faults.push(format!("{front} on {ground}, {}: {found:.2}", ["light", "dark"][theme]));
                }
            }
        }
    }
    let is_checked = |front: &str, ground: &str| {
        PAIRS.iter().any(|(least, fronts, grounds)| {
            *least >= TEXT && fronts.contains(&front) && grounds.contains(&ground)
        })
    };
    let together = set_together(sheet).into_iter().filter(|(front, ground)| !is_checked(front, ground));
    faults.extend(together.map(|(front, ground)| format!("{front} on {ground} is not checked")));
    let used: Vec<&str> =
        PAIRS.iter().flat_map(|(_, fronts, grounds)| fronts.iter().chain(*grounds)).copied().collect();
    let unused = tokens.keys().filter(|token| !used.contains(token) && !DECORATION.contains(token));
    faults.extend(unused.map(|token| format!("{token} is not checked")));
    faults
}

#[test]
fn every_pair_of_colours_has_enough_contrast() {
    assert!((contrast([0.0; 3], [255.0; 3]) - 21.0).abs() < 1e-9);
    assert_eq!(faults(SHEET), Vec::<String>::new());
    assert!(set_together(SHEET).len() > 20, "{:?}", set_together(SHEET));
    // The mixed grounds are those of the sheet.
    for mixed in
        ["var(--tint) 45%, var(--card)", "var(--well) 55%, transparent", "var(--danger) 75%, var(--card)"]
    {
        assert!(SHEET.contains(mixed), "{mixed}");
    }
}

#[test]
fn a_colour_that_is_too_weak_or_a_pair_that_is_new_is_noticed() {
    for (good, bad, fault) in [
        ("--soft: light-dark(#53605a, ", "--soft: light-dark(#8a9690, ", "soft on paper, light: 2."),
        (
            "--soft: light-dark(#53605a, #a3aea8)",
            "--soft: light-dark(#53605a, #6a756f)",
            "soft on card, dark: 3.",
        ),
        ("--edge: light-dark(#7f8b85, ", "--edge: light-dark(#a9b3ae, ", "edge on card, light: 2."),
        (
            "--on-danger: light-dark(#ffffff, ",
            "--on-danger: light-dark(#ff9d8f, ",
            "on-danger on danger, light: ",
        ),
        (
            "[hidden] {",
            ".new { color: var(--soft); background: var(--danger); }\n[hidden] {",
            "soft on danger is not checked",
        ),
        ("  --c1:", "  --new: light-dark(#000000, #ffffff);\n  --c1:", "new is not checked"),
    ] {
        let sheet = SHEET.replacen(good, bad, 1);
        assert!(sheet != SHEET, "{good} is in the sheet");
        let found = faults(&sheet);
        assert!(found.iter().any(|line| line.starts_with(fault)), "{fault}: {found:?}");
    }
}
