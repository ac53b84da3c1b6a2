//! A number that a text speaks of, and its plural form.

use std::fmt;

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

use crate::platform::lang::Lang;

thread_local! {
    /// The rules of CLDR for each language, in the order of `Lang::ALL`.
    static RULES: [Option<PluralRules>; Lang::ALL.len()] = Lang::ALL.map(rules);
}

fn rules(lang: Lang) -> Option<PluralRules> {
    let locale: Locale = lang.code().parse().ok()?;
    PluralRules::try_new_cardinal((&locale).into()).ok()
}

/// A number of things, never below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(u64);

impl Count {
    pub fn value(self) -> u64 {
        self.0
    }

    /// The plural form that a language has for this many.
    pub fn plural(self, lang: Lang) -> PluralCategory {
        RULES.with(|rules| {
            let rules = rules[lang as usize].as_ref();
            rules.map_or(PluralCategory::Other, |rules| rules.category_for(self.0))
        })
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<u64> for Count {
    fn from(count: u64) -> Self {
        Self(count)
    }
}

impl From<usize> for Count {
    fn from(count: usize) -> Self {
        Self(count as u64)
    }
}

impl From<i64> for Count {
    fn from(count: i64) -> Self {
        Self(count.max(0).unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_plural_form_of_their_language() {
        for lang in Lang::ALL {
            assert!(rules(lang).is_some(), "{lang:?}");
        }
        let plural = |count: u64, lang| Count::from(count).plural(lang);
        assert_eq!(plural(0, Lang::En), PluralCategory::Other);
        assert_eq!(plural(1, Lang::En), PluralCategory::One);
        assert_eq!(plural(1, Lang::Ko), PluralCategory::Other);
        assert_eq!((plural(0, Lang::Fr), plural(2, Lang::Fr)), (PluralCategory::One, PluralCategory::Other));
        assert_eq!(
            (plural(0, Lang::PtBr), plural(0, Lang::Es)),
            (PluralCategory::One, PluralCategory::Other)
        );
        assert_eq!((plural(1, Lang::De), plural(1, Lang::Ja)), (PluralCategory::One, PluralCategory::Other));
    }
}
