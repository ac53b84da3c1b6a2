//! Labels of fields.

use super::locales::FieldTexts;

impl FieldTexts {
    /// The label of a field by the name that forms give it.
    pub fn label(&self, name: &str) -> &'static str {
        match name {
            "login" => self.login,
            "user_code" => self.user_code,
            "username" => self.username,
            "email" => self.email,
            "password" => self.password,
            "new_password" => self.new_password,
            "current_password" => self.current_password,
            "code" | "current_code" => self.code,
            "display_name" => self.display_name,
            "name" => self.name,
            "address" => self.app_address,
            "icon" => self.icon,
            "groups" => self.app_groups,
            "language" => self.language,
            "theme" => self.theme,
            "time_zone" => self.time_zone,
            "title" => self.title,
            "body" => self.body,
            "scopes" => self.scopes,
            "redirect_uris" => self.redirect_uris,
            "post_logout_redirect_uris" => self.post_logout_redirect_uris,
            "backchannel_logout_uri" => self.backchannel_logout_uri,
            "jwks" => self.jwks,
            "grants" => self.grants,
            "scope" => self.scope,
            "resources" => self.resources,
            "expires_at" => self.expires_at,
            _ => "",
        }
    }
}
