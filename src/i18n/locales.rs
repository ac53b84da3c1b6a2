//! The texts of `locales`, as `build.rs` has written them: a field for each text without variables, a method for each other.

use std::fmt::Display;

use icu_plurals::PluralCategory;

use crate::platform::lang::Lang;

use super::count::Count;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
