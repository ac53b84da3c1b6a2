//! What each row of a setting generates: a flag, a variable, a name in the file, a line of `--help`, and the parsed
//! value.

use std::fmt::Display;

use super::error::ConfigError;
use super::parse::{Expected, unfit};

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
    /// The variable that names a file with the value instead, for secrets.
    pub file_variable: Option<&'static str>,
}

/// Generates `Settings` (the texts as given) and `Config` (their values) from one row per setting:
///
/// ```text
/// /// Help
/// name: Type = parser, "VARIABLE", "PLACEHOLDER", kind "default";
/// name: Type = parser, "VARIABLE", "PLACEHOLDER", secret "default", file name_file "VARIABLE_FILE";
/// ```
///
/// Rows in braces are fields of `Config`. Rows after `parts` are parsed by the code for the last fields.
macro_rules! settings {
    (@settings $($subject:literal { $(
        $(#[doc = $help:literal])+
        $name:ident: $type:ty = $parse:expr, $variable:literal, $placeholder:literal, $kind:ident $default:literal
            $(, file $file:ident $file_variable:literal)?;
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
                $(
                    #[serde(deserialize_with = "super::file::text")]
                    #[arg(long, env = $file_variable, value_name = "FILE", global = true, hide_env_values = true)]
                    #[arg(help = concat!("File that contains ", $variable, ", or - for a line of standard input"))]
                    pub $file: Option<String>,
                )?
            )+)+
            /// What the operator should know about the files with secrets, once there is a log.
            #[serde(skip)]
            #[arg(skip)]
            pub warnings: Vec<String>,
        }

        impl Settings {
            /// The environment variable of every setting, as documented.
            pub const ENVIRONMENT: &[&str] = &["MUNJIGI_CONFIG", $($($variable, $($file_variable,)?)+)+];

            /// Every setting except the settings file.
            pub const ROWS: &[Row] = &[$($(Row {
                subject: $subject,
                name: stringify!($name),
                variable: $variable,
                help: concat!($($help),+).trim_ascii_start(),
                default: $default,
                kind: stringify!($kind),
                file_variable: [$($file_variable)?].first().copied(),
            }),+),+];

            $($(fn $name(&self) -> Result<$type, ConfigError> {
                Given { text: self.$name.as_deref(), variable: $variable, default: $default }.$kind($parse)
            })+)+

            /// Takes missing or empty settings from `file`. A secret and the file that contains it count as one setting.
            fn or(self, mut file: Settings) -> Settings {
                let is_filled = |text: &String| !text.trim().is_empty();
                $($($(
                    if self.$name.as_ref().is_some_and(is_filled) || self.$file.as_ref().is_some_and(is_filled) {
                        (file.$name, file.$file) = (None, None);
                    }
                )?)+)+
                Settings {
                    config: self.config,
                    $($(
                        $name: self.$name.filter(is_filled).or(file.$name.filter(is_filled)),
                        $($file: self.$file.filter(is_filled).or(file.$file.filter(is_filled)),)?
                    )+)+
                    warnings: self.warnings,
                }
            }

            /// Whether it contains a secret itself, not the name of a file with one.
            fn has_secrets(&self) -> bool {
                [$($($({ let _ = $file_variable; self.$name.is_some() },)?)+)+].contains(&true)
            }

            /// Reads the secrets from the files that contain them.
            fn read_secret_files(&mut self) -> Result<(), ConfigError> {
                let mut files = SecretFiles::default();
                $($($(
                    files.settle(&mut self.$name, $variable, self.$file.take().as_deref(), $file_variable)?;
                )?)+)+
                self.warnings.append(&mut files.warnings);
                Ok(())
            }
        }
    };
    (@config $settings:ident $(
        $(#[doc = $help:literal])+
        $name:ident: $type:ty = $parse:expr, $variable:literal, $placeholder:literal, $kind:ident $default:literal
            $(, file $file:ident $file_variable:literal)?;
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
        parse(text.trim()).map_err(|expected| self.wrong(expected))
    }

    /// The given value, if any.
    pub fn optional<T, E: Display>(self, parse: fn(&str) -> Result<T, E>) -> Result<Option<T>, ConfigError> {
        self.text.map(|_| self.default(parse)).transpose()
    }

    /// The same, but the parser words the whole problem.
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
        items.collect::<Result<_, _>>().map_err(|expected| self.wrong(expected))
    }

    /// The value is not repeated: a secret may have got into the wrong setting.
    fn wrong(&self, expected: impl Display) -> ConfigError {
        ConfigError::new(self.variable, unfit(expected))
    }
}
