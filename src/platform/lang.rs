//! The supported languages.

/// In the order in which they are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    En,
    Ko,
    De,
    Es,
    Fr,
    Ja,
    PtBr,
    ZhHans,
}

/// Tags that mean a supported language without beginning with its code, in lower case. Traditional Chinese has none.
const ALIASES: [(&str, Option<Lang>); 9] = [
    ("pt", Some(Lang::PtBr)),
    ("zh", Some(Lang::ZhHans)),
    ("zh-cn", Some(Lang::ZhHans)),
    ("zh-sg", Some(Lang::ZhHans)),
    ("cmn", Some(Lang::ZhHans)),
    ("zh-hant", None),
    ("zh-tw", None),
    ("zh-hk", None),
    ("zh-mo", None),
];

impl Lang {
    pub const ALL: [Lang; 8] =
        [Lang::En, Lang::Ko, Lang::De, Lang::Es, Lang::Fr, Lang::Ja, Lang::PtBr, Lang::ZhHans];

    /// BCP 47.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ko => "ko",
            Self::De => "de",
            Self::Es => "es",
            Self::Fr => "fr",
            Self::Ja => "ja",
            Self::PtBr => "pt-BR",
            Self::ZhHans => "zh-Hans",
        }
    }

    /// The language's own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ko => "한국어",
            Self::De => "Deutsch",
            Self::Es => "Español",
            Self::Fr => "Français",
            Self::Ja => "日本語",
            Self::PtBr => "Português (Brasil)",
            Self::ZhHans => "简体中文",
        }
    }

    /// The language with exactly this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The language for a range that a browser or an app asks for, such as `ko-KR`: without its last part until one fits
    /// (lookup, RFC 4647 §3.4).
    pub fn lookup(range: &str) -> Option<Self> {
        let mut range = range.to_ascii_lowercase();
        loop {
            if let Some(lang) = Self::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(&range)) {
                return Some(lang);
            }
            if let Some((_, lang)) = ALIASES.iter().find(|(tag, _)| *tag == range) {
                return *lang;
            }
            let (shorter, _) = range.rsplit_once('-')?;
            // A single letter only introduces what followed it.
            let shorter = shorter
                .rsplit_once('-')
                .filter(|(_, last)| last.len() == 1)
                .map_or(shorter, |(rest, _)| rest);
            range = shorter.to_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_finds_the_language_that_it_begins_with() {
        for (range, lang) in [
            ("ko-KR", Some(Lang::Ko)),
            ("KO", Some(Lang::Ko)),
            ("de-AT", Some(Lang::De)),
            ("de-DE-1996", Some(Lang::De)),
            ("es-419", Some(Lang::Es)),
            ("fr-CA-x-private", Some(Lang::Fr)),
            ("ja-JP-u-ca-japanese", Some(Lang::Ja)),
            ("pt", Some(Lang::PtBr)),
            ("pt-br", Some(Lang::PtBr)),
            ("pt-PT", Some(Lang::PtBr)),
            ("zh", Some(Lang::ZhHans)),
            ("zh-CN", Some(Lang::ZhHans)),
            ("zh-Hans-CN", Some(Lang::ZhHans)),
            ("zh-Hant-TW", None),
            ("zh-TW", None),
            ("zh-HK", None),
            ("nl", None),
            ("kok", None),
            ("*", None),
            ("", None),
            ("-", None),
            ("e-n", None),
        ] {
            assert_eq!(Lang::lookup(range), lang, "{range}");
        }
        for lang in Lang::ALL {
            assert_eq!((Lang::lookup(lang.code()), Lang::parse(lang.code())), (Some(lang), Some(lang)));
        }
    }
}
