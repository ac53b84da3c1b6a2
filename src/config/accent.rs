//! The accent of an installation: one colour as given, from which the colours of both themes are derived, and whether
//! text in them can be read (WCAG 2.2, 1.4.3: 4.5 to 1).

use std::fmt;
use std::str::FromStr;

/// What the accent is read against in the light theme: the pages' ground, and white for the label of a button.
const LIGHT: [Rgb; 2] = [Rgb([0xf5, 0xf7, 0xf6]), Rgb([0xff, 0xff, 0xff])];
/// The lightest ground of the dark theme.
const DARK_WELL: Rgb = Rgb([0x20, 0x28, 0x24]);
const DARK_CARD: Rgb = Rgb([0x17, 0x1d, 0x1a]);
const DARK_PAPER: Rgb = Rgb([0x0f, 0x14, 0x12]);
const WHITE: Rgb = Rgb([0xff; 3]);
const BLACK: Rgb = Rgb([0; 3]);

/// WCAG AA for text, and for graphics.
const TEXT: f64 = 4.5;
const GRAPHICS: f64 = 3.0;

/// A colour of sRGB, 8 bits a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb([u8; 3]);

/// A colour that passes as the accent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent(Rgb);

impl Rgb {
    /// This colour with `share` of another mixed into it, 0 to 1.
    fn mixed(self, other: Rgb, share: f64) -> Rgb {
        let mix =
            |i: usize| (f64::from(self.0[i]) * (1.0 - share) + f64::from(other.0[i]) * share).round() as u8;
        Rgb([mix(0), mix(1), mix(2)])
    }

    /// The first colour on the way to `end` that passes.
    fn toward(self, end: Rgb, passes: impl Fn(Rgb) -> bool) -> Rgb {
        let steps = (0..=1000).map(|step| self.mixed(end, f64::from(step) / 1000.0));
        steps.into_iter().find(|colour| passes(*colour)).unwrap_or(end)
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|value| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast ratio of two colours (WCAG 2.2), 1 to 21.
    fn contrast(self, other: Rgb) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for Rgb {
    type Err = ();

    /// `#rrggbb` or `#rgb`, as in CSS.
    fn from_str(text: &str) -> Result<Self, ()> {
        let digits =
            text.strip_prefix('#').filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let value = |digits: &str| u32::from_str_radix(digits, 16).map_err(|_| ());
        match digits {
            Some(digits) if digits.len() == 6 => {
                let [_, red, green, blue] = value(digits)?.to_be_bytes();
                Ok(Rgb([red, green, blue]))
            }
            Some(digits) if digits.len() == 3 => {
                let value = value(digits)?;
                Ok(Rgb([8, 4, 0].map(|shift| (value >> shift & 0xf) as u8 * 0x11)))
            }
            _ => Err(()),
        }
    }
}

/// The ground of "on" in the light theme.
fn tint(accent: Rgb) -> Rgb {
    accent.mixed(WHITE, 0.89)
}

fn passes(colour: Rgb) -> bool {
    LIGHT.into_iter().chain([tint(colour)]).all(|ground| colour.contrast(ground) >= TEXT)
}

impl Accent {
    /// # Errors
    /// What it takes; for a colour that is too light, the nearest of the same hue that passes.
    pub fn parse(text: &str) -> Result<Self, String> {
        let colour: Rgb = text.parse().map_err(|()| "a colour such as #0e6650".to_owned())?;
        if passes(colour) {
            return Ok(Self(colour));
        }
        let nearest = colour.toward(BLACK, passes);
        Err(format!(
            "a colour with a contrast of 4.5 to white and to the page (WCAG AA); the nearest is {nearest}"
        ))
    }

    /// The tokens of the stylesheet that depend on the accent.
    pub fn tokens(self) -> String {
        let line =
            |(name, light, dark): (&str, Rgb, Rgb)| format!("  --{name}: light-dark({light}, {dark});\n");
        format!(":root {{\n{}}}\n", self.pairs().map(line).concat())
    }

    /// The colours of a token in both themes; none if it does not depend on the accent.
    pub fn pair(self, token: &str) -> Option<(Rgb, Rgb)> {
        self.pairs().into_iter().find(|(name, ..)| *name == token).map(|(_, light, dark)| (light, dark))
    }

    /// By name, light and dark.
    fn pairs(self) -> [(&'static str, Rgb, Rgb); 6] {
        let accent = self.0;
        // The label on a button is black or white of the accent's hue, so that it passes on any dark accent.
        let dark = accent.toward(WHITE, |colour| colour.contrast(DARK_WELL) >= 7.0);
        let on_dark = dark.mixed(BLACK, 0.85);
        let dark_tint = DARK_CARD.mixed(dark, 0.16);
        let eave = accent.toward(WHITE, |colour| colour.contrast(DARK_PAPER) >= GRAPHICS);
        let drawn = accent.toward(WHITE, |colour| colour.contrast(DARK_CARD) >= TEXT);
        [
            ("accent", accent, dark),
            ("accent-strong", accent.mixed(BLACK, 0.25), dark.mixed(WHITE, 0.35)),
            ("on-accent", WHITE, on_dark),
            ("tint", tint(accent), dark_tint),
            ("eave", accent, eave),
            ("c1", accent, drawn),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rgb(text: &str) -> Rgb {
        text.parse().unwrap()
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((rgb("#000").contrast(rgb("#fff")) - 21.0).abs() < 1e-9);
        // The best known grey that passes on white, and the next that does not.
        assert!(rgb("#767676").contrast(WHITE) >= 4.5 && rgb("#777777").contrast(WHITE) < 4.5);
        assert_eq!(rgb("#fff"), WHITE);
        assert_eq!(rgb("#0E6650").to_string(), "#0e6650");
    }

    #[test]
    fn what_is_no_colour_or_too_light_is_refused_with_what_would_do() {
        for text in ["", "0e6650", "#0e665", "#0e66500", "green", "#gggggg", "#+12345", "#é12", "rgb(1,2,3)"]
        {
            assert_eq!(Accent::parse(text), Err("a colour such as #0e6650".to_owned()), "{text}");
        }
        let refused = Accent::parse("#f2b134").unwrap_err();
        let (_, nearest) = refused.rsplit_once(' ').unwrap();
        assert!(Accent::parse(nearest).is_ok(), "{refused}");
        assert!(Accent::parse("#0e6650").is_ok() && Accent::parse("#000").is_ok());
    }

    /// The colours named in a declaration.
    fn pair(tokens: &str, name: &str) -> (Rgb, Rgb) {
        let line = tokens.lines().find(|line| line.trim_start().starts_with(&format!("--{name}:"))).unwrap();
        let (_, values) = line.split_once("light-dark(").unwrap();
        let (light, dark) = values.trim_end_matches(");").split_once(", ").unwrap();
        (rgb(light), rgb(dark))
    }

    proptest! {
        #[test]
        fn whatever_passes_can_be_read_in_both_themes(bytes in any::<[u8; 3]>()) {
            let given = Rgb(bytes);
            let text = match Accent::parse(&given.to_string()) {
                Ok(_) => given.to_string(),
                Err(refused) => refused.rsplit(' ').next().unwrap().to_owned(),
            };
            let accent = Accent::parse(&text).unwrap();
            let tokens = accent.tokens();
            let [accent, strong, on, tint, eave, drawn] =
                ["accent", "accent-strong", "on-accent", "tint", "eave", "c1"].map(|name| pair(&tokens, name));
            // The button in the light theme has the very colour that was given.
            prop_assert_eq!(accent.0.to_string(), text);
            prop_assert!(on.0.contrast(accent.0) >= TEXT && on.1.contrast(accent.1) >= TEXT, "{}", tokens);
            prop_assert!(on.0.contrast(strong.0) >= TEXT && on.1.contrast(strong.1) >= TEXT, "{}", tokens);
            for ground in [WHITE, LIGHT[0], tint.0] {
                prop_assert!(accent.0.contrast(ground) >= TEXT && strong.0.contrast(ground) >= TEXT, "{}", tokens);
            }
            for ground in [DARK_CARD, DARK_PAPER, DARK_WELL, tint.1] {
                prop_assert!(accent.1.contrast(ground) >= TEXT && strong.1.contrast(ground) >= TEXT, "{}", tokens);
            }
            prop_assert!(eave.1.contrast(DARK_PAPER) >= GRAPHICS && drawn.1.contrast(DARK_CARD) >= TEXT, "{}", tokens);
            prop_assert!(rgb("#15201b").contrast(tint.0) >= TEXT && rgb("#e8edea").contrast(tint.1) >= TEXT, "{}", tokens);
        }
    }
}
