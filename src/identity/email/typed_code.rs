//! Codes as people type them.

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use unicode_normalization::UnicodeNormalization;

/// A typed code without what separates its characters, and with its digits as ASCII: keyboards of many scripts have digits of
/// their own, and an input method may make them full-width.
pub fn plain_code(typed: &str) -> String {
    typed.nfkc().filter(|c| c.is_alphanumeric()).map(|c| digit(c).unwrap_or(c)).collect()
}

/// The ASCII digit with the value of a decimal digit of any script. In Unicode the ten digits of a script stand in a row.
fn digit(c: char) -> Option<char> {
    let is_digit = |code: u32| {
        let c = char::from_u32(code)?;
        (CodePointMapData::<GeneralCategory>::new().get(c) == GeneralCategory::DecimalNumber).then_some(())
    };
    is_digit(u32::from(c))?;
    let before = (1..=u32::from(c)).take_while(|back| is_digit(u32::from(c) - back).is_some()).count();
    char::from_digit((before % 10) as u32, 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digits_of_every_script_have_their_value() {
        for digits in [
            "0123456789",
            "０１２３４５６７８９",
            "٠١٢٣٤٥٦٧٨٩",
            "۰۱۲۳۴۵۶۷۸۹",
            "०१२३४५६७८९",
            "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡",
            "᪐᪑᪒᪓᪔᪕᪖᪗᪘᪙",
        ] {
            assert_eq!(plain_code(digits), "0123456789", "{digits}");
        }
    }

    #[test]
    fn separators_are_dropped_and_letters_are_not() {
        for typed in
            ["123-456", "123 456", "123.456", "(123) 456", "123·456", "\u{2066}123–456\u{2069}", "1️⃣2️⃣3️⃣456"]
        {
            assert_eq!(plain_code(typed), "123456", "{typed}");
        }
        assert_eq!(plain_code("12345é"), "12345é");
        assert_eq!(plain_code("一二三456"), "一二三456");
        assert_eq!(plain_code(" - "), "");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(typed in "\\PC{0,40}|.{0,40}") {
            let plain = plain_code(&typed);
            prop_assert_eq!(plain_code(&plain), plain);
        }
    }
}
