//! What each row of a setting generates: a flag, a variable, a name in the file, a line of `--help`, and the parsed
//! value.

use std::fmt::Display;

use super::error::ConfigError;
use super::parse::Expected;

/// The documentation of a setting.
pub struct Row {
    pub subject: &'static str,
    /// The name in the file; the flag has dashes instead of underscores.
    pub name: &'static str,
    pub variable: &'static str,
    pub help: &'static str,
    /// The text that is parsed if none is given, or a description of the default.
    pub default: &'static str,
    /// The method of `Given` that parses it; only `default` parses the default.
    pub kind: &'static str,
}

/// Generates `Settings` (the texts as given) and `Config` (their values) from one row per setting:
///
/// ```text
/// /// Help
/// name: Type = parser, "VARIABLE", "PLACEHOLDER", kind "default";
/// ```
///
/// Rows in braces are fields of `Config`. Rows after `parts` are parsed by the code for the last fields.
macro_rules! settings {
    (@settings $($subject:literal { $(
        $(#[doc = $help:literal])+
        $name:ident: $type:ty = $parse:expr, $variable:literal, $placeholder:literal, $kind:ident $default:literal;
    )+ })+) => {
        /// Texts that are not checked yet; `Config::from_settings` parses them.
        #[derive(Clone, Default, clap::Args, serde::Deserialize)]
        #[serde(deny_unknown_fields, default)]
        #[command(next_help_heading = "Settings")]
        pub struct Settings {
            /// File with settings (TOML), named as the flags with underscores [default: munjigi.toml, if it exists]
            #[serde(skip)]
            #[arg(long, env = "MUNJIGI_CONFIG", value_name = "FILE", global = true)]
            pub config: Option<PathBuf>,
            $($(
                $(#[doc = $help])+
                #[serde(deserialize_with = "super::file::text")]
                #[arg(long, env = $variable, value_name = $placeholder, global = true, hide_env_values = true)]
                #[arg(help = concat!($($help,)+ " [default: ", $default, "]").trim_start())]
                pub $name: Option<String>,
            )+)+
        }

        impl Settings {
            /// The environment variable of every setting, as documented.
            pub const ENVIRONMENT: &[&str] = &["MUNJIGI_CONFIG", $($($variable),+),+];

            /// Every setting except the settings file.
            pub const ROWS: &[Row] = &[$($(Row {
                subject: $subject,
                name: stringify!($name),
                variable: $variable,
                help: concat!($($help),+).trim_ascii_start(),
                default: $default,
                kind: stringify!($kind),
            }),+),+];

            $($(fn $name(&self) -> Result<$type, ConfigError> {
                Given { text: self.$name.as_deref(), variable: $variable, default: $default }.$kind($parse)
            })+)+

            /// Takes missing or empty settings from `file`.
            fn or(self, file: Settings) -> Settings {
                let filled = |text: &String| !text.trim().is_empty();
                Settings {
                    config: self.config,
                    $($($name: self.$name.filter(filled).or(file.$name.filter(filled)),)+)+
                }
            }
        }
    };
    (@config $settings:ident $(
        $(#[doc = $help:literal])+
        $name:ident: $type:ty = $parse:expr, $variable:literal, $placeholder:literal, $kind:ident $default:literal;
    )+ { $($(#[doc = $about:literal])* $field:ident: $field_type:ty = $value:expr;)+ }) => {
        /// Parsed and checked settings.
        #[derive(Clone)]
        pub struct Config {
            $($(#[doc = $help])+ pub $name: $type,)+
            $($(#[doc = $about])* pub $field: $field_type,)+
        }

        impl Config {
            fn read($settings: &Settings) -> Result<Self, ConfigError> {
                Ok(Self { $($name: $settings.$name()?,)+ $($field: $value,)+ })
            }
        }
    };
    ($($subject:literal $({ $($row:tt)+ })? $(parts { $($part:tt)+ })?)+ fields of $settings:ident $fields:tt) => {
        settings!(@settings $($subject { $($($row)+)? $($($part)+)? })+);
        settings!(@config $settings $($($($row)+)?)+ $fields);
    };
}
pub(super) use settings;

/// The text given for a setting, if any, and its row.
pub(super) struct Given<'s> {
    pub text: Option<&'s str>,
    pub variable: &'static str,
    pub default: &'static str,
}

impl Given<'_> {
    /// The given value, or else the default.
    pub fn default<T, E: Display>(self, parse: fn(&str) -> Result<T, E>) -> Result<T, ConfigError> {
        let text = self.text.unwrap_or(self.default);
        parse(text.trim()).map_err(|expected| self.wrong(text, expected))
    }

    /// The given value, if any.
    pub fn optional<T, E: Display>(self, parse: fn(&str) -> Result<T, E>) -> Result<Option<T>, ConfigError> {
        self.text.map(|_| self.default(parse)).transpose()
    }

    /// The same, but no error repeats the value: the parser words the whole problem.
    pub fn secret<T, E: Display>(self, parse: fn(&str) -> Result<T, E>) -> Result<Option<T>, ConfigError> {
        let wrong = |problem: E| ConfigError::new(self.variable, problem.to_string());
        self.text.map(|text| parse(text.trim()).map_err(wrong)).transpose()
    }

    /// Items separated by commas, or none.
    pub fn list<T, L: FromIterator<T>>(
        self,
        item: fn(&str) -> Result<T, Expected>,
    ) -> Result<L, ConfigError> {
        let text = self.text.unwrap_or_default();
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(item);
        items.collect::<Result<_, _>>().map_err(|expected| self.wrong(text, expected))
    }

    fn wrong(&self, text: &str, expected: impl Display) -> ConfigError {
        ConfigError::new(self.variable, format!("{text:?} does not fit; it takes {expected}"))
    }
}
