//! The letters that an account's owner gets. What a person chose stands in the greeting alone, and only if it reads like
//! a name: nobody has us mail their advertisement.

use super::{Lang, Texts};
use crate::platform::mail::{Button, Letter, Mailer};

use crate::identity::accounts::user::User;
use crate::identity::email::token as mail_token;
use crate::identity::email::token::Secrets;

/// Characters of a name that a greeting has room for.
const NAME_MAX: usize = 40;

/// Writes to one person.
pub struct Letters<'m> {
    t: &'static Texts,
    greeting: String,
    mail: &'m Mailer,
}

impl<'m> Letters<'m> {
    /// In the user's language, or else in the one of whoever caused the letter.
    pub fn to(user: &User, otherwise: Lang, mail: &'m Mailer) -> Self {
        let t = user.language().unwrap_or(otherwise).texts();
        Self { t, greeting: t.mail_greeting(&greeted(user.name())), mail }
    }

    /// To an address of which we do not know whose it is: without any name.
    pub fn to_stranger(lang: Lang, mail: &'m Mailer) -> Self {
        let t = lang.texts();
        Self { t, greeting: t.mail_greeting(""), mail }
    }

    pub fn password_reset(&self, secrets: &Secrets) -> Letter {
        let (t, path) = (&self.t.mail, "/password-reset");
        self.with_secrets(t.reset_subject, t.reset, t.reset_button, path, secrets)
    }

    pub fn sign_in(&self, secrets: &Secrets) -> Letter {
        let (t, path) = (&self.t.mail, "/sign-in-link");
        self.with_secrets(t.sign_in_subject, t.sign_in, t.sign_in_button, path, secrets)
    }

    /// Started by staff: there is no page where its owner has asked, so the letter names the one where the code is typed.
    pub fn recovery(&self, secrets: &Secrets) -> Letter {
        let (t, path) = (&self.t.mail, "/password-reset");
        let letter = self.with_secrets(t.recovery_subject, t.recovery, t.reset_button, path, secrets);
        let words = self.t.mail_recovery_code(&self.mail.link("/password-reset/recovery"));
        let notes = vec![t.once.to_owned(), t.recovery_ignore.to_owned()];
        Letter { code: Some((words, secrets.code.clone())), notes, ..letter }
    }

    pub fn register(&self, secrets: &Secrets) -> Letter {
        self.verification(self.t.mail.register, secrets)
    }

    pub fn verify(&self, secrets: &Secrets) -> Letter {
        self.verification(self.t.mail.verify, secrets)
    }

    pub fn change(&self, secrets: &Secrets) -> Letter {
        self.verification(self.t.mail.change, secrets)
    }

    /// The address that somebody typed is this user's already.
    pub fn taken(&self) -> Letter {
        let t = &self.t.mail;
        let button = Button { label: t.taken_button, link: self.mail.link("/login") };
        let letter = self.letter(t.taken_subject, vec![t.taken.to_owned()]);
        Letter { button: Some(button), notes: vec![t.ignore.to_owned()], ..letter }
    }

    /// Something happened to the account; `circumstances` tell when and from where.
    pub fn notice(&self, subject: &'static str, text: &str, circumstances: String) -> Letter {
        let t = &self.t.mail;
        let button = Button { label: t.not_you_button, link: self.mail.link("/password-reset") };
        let paragraphs = vec![text.to_owned(), circumstances, t.not_you.to_owned()];
        Letter { button: Some(button), ..self.letter(subject, paragraphs) }
    }

    /// Shows the operator that mail arrives.
    pub fn test(&self) -> Letter {
        self.letter(self.t.mail.test_subject, vec![self.t.mail.test.to_owned()])
    }

    fn verification(&self, text: &str, secrets: &Secrets) -> Letter {
        let t = &self.t.mail;
        self.with_secrets(t.register_subject, text, t.verify_button, "/verify-email", secrets)
    }

    fn with_secrets(
        &self,
        subject: &'static str,
        text: &str,
        label: &'static str,
        path: &str,
        secrets: &Secrets,
    ) -> Letter {
        let t = &self.t.mail;
        let link = self.mail.link(&format!("{path}?token={}", secrets.token.as_str()));
        Letter {
            button: Some(Button { label, link }),
            code: Some((t.code.to_owned(), secrets.code.clone())),
            notes: vec![t.once.to_owned(), t.ignore.to_owned()],
            good_for: Some(mail_token::LIFETIME),
            ..self.letter(subject, vec![text.to_owned()])
        }
    }

    fn letter(&self, subject: &'static str, paragraphs: Vec<String>) -> Letter {
        Letter {
            language: self.t.lang.code(),
            subject,
            greeting: self.greeting.clone(),
            paragraphs,
            signature: self.t.mail.signature,
            ..Letter::default()
        }
    }
}

/// The name to greet with; none if a mail program could take it for a link, or a reader for more than a name.
fn greeted(name: &str) -> String {
    if name.chars().any(|c| matches!(c, '.' | '/' | ':' | '@' | '\\' | '<' | '>') || c.is_control()) {
        return String::new();
    }
    match name.char_indices().nth(NAME_MAX) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greeting_holds_names_and_no_links() {
        assert_eq!((greeted("Mina Kim"), greeted("민아")), ("Mina Kim".to_owned(), "민아".to_owned()));
        for odd in ["win.example", "see https://x", "a@b", "x\r\ny", "<b>"] {
            assert_eq!(greeted(odd), "");
        }
        assert_eq!(greeted(&"é".repeat(60)), format!("{}…", "é".repeat(40)));
    }
}
