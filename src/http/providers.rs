//! The providers by which people sign in, as pages show them.

use crate::config::ProviderConfig;

/// A button.
#[derive(Clone, Debug)]
pub struct ProviderButton {
    /// In paths.
    pub name: String,
    pub label: String,
    /// What its tile shows: the icon of the settings, or the first letter.
    pub mark: String,
}

impl ProviderButton {
    pub fn of(config: &ProviderConfig) -> Self {
        let letter = config.label.chars().next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
        Self {
            name: config.name.clone(),
            label: config.label.clone(),
            mark: config.icon.clone().unwrap_or(letter),
        }
    }
}
