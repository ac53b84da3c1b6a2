//! Letters in words. What a person chose stands in the greeting alone, and only if it reads like a name: nobody can have
//! their advertisement mailed.

use url::Url;

use crate::config::{Accent, Config};
use crate::identity::audit::Client;
use crate::identity::email::{
    LIFETIME, Letter, LinkSecrets, Notice, REQUIRED_LIFETIME, Recipient, RenderLetter,
};
use crate::platform::clock::Timestamp;
use crate::platform::mail::{self, Button, Colours, Mailer};
use crate::platform::time_zone::TimeZone;

use super::locales::Texts;

/// Characters of a name that a greeting has room for.
const NAME_MAX: usize = 40;

/// Puts letters into the words of their recipients, with what the operator changed about them.
#[derive(Default)]
pub struct Letters {
    /// None: the host.
    site_name: Option<String>,
    help: Option<Url>,
    terms: Option<Url>,
    privacy: Option<Url>,
    colours: Colours,
}

impl Letters {
    pub fn of(config: &Config) -> Self {
        Self {
            site_name: config.site_name.clone(),
            help: config.help_url.clone(),
            terms: config.terms_url.clone(),
            privacy: config.privacy_url.clone(),
            colours: config.accent.and_then(colours).unwrap_or_default(),
        }
    }

    fn site(&self, mailer: &Mailer) -> String {
        self.site_name.clone().unwrap_or_else(|| mailer.host().to_owned())
    }

    fn links(&self, t: &Texts) -> Vec<Button> {
        let t = &t.layout;
        let links = [(t.help, &self.help), (t.terms, &self.terms), (t.privacy, &self.privacy)];
        let link = |(label, url): (&'static str, &Option<Url>)| {
            Some(Button { label, link: url.as_ref()?.to_string() })
        };
        links.into_iter().filter_map(link).collect()
    }
}

/// Those that follow from the accent.
fn colours(accent: Accent) -> Option<Colours> {
    let ((accent, dark_accent), (on_accent, dark_on_accent), (_, dark_edge)) =
        (accent.pair("accent")?, accent.pair("on-accent")?, accent.pair("c1")?);
    let [accent, on_accent, dark_accent, dark_on_accent, dark_edge] =
        [accent, on_accent, dark_accent, dark_on_accent, dark_edge].map(|colour| colour.to_string());
    Some(Colours { accent, on_accent, dark_accent, dark_on_accent, dark_edge })
}

impl RenderLetter for Letters {
    fn render(&self, letter: &Letter, recipient: &Recipient, mailer: &Mailer) -> mail::Letter {
        let t = Texts::of(recipient.language);
        let greeting = match greeted(&recipient.name) {
            name if name.is_empty() => t.mail.hello.to_owned(),
            name => t.mail.greeting(name),
        };
        let writing = Writing { t, greeting, zone: &recipient.time_zone, mailer, letters: self };
        match letter {
            Letter::PasswordReset(secrets) => writing.password_reset(secrets),
            Letter::SignIn(secrets) => writing.sign_in(secrets),
            Letter::Recovery(secrets) => writing.recovery(secrets),
            Letter::NewPassword(secrets) => writing.new_password(secrets),
            Letter::Register(secrets) => writing.verification(t.mail.register, secrets),
            Letter::VerifyEmail(secrets) => writing.verification(t.mail.verify, secrets),
            Letter::ChangeEmail(secrets) => writing.verification(t.mail.change, secrets),
            Letter::AddressTaken => writing.taken(),
            Letter::Notice { notice, at, client, is_last } => {
                let notes = is_last.then(|| t.mail.notices_withheld.to_owned()).into_iter().collect();
                mail::Letter { notes, ..writing.notice(*notice, *at, client.as_ref()) }
            }
            Letter::Test => writing.letter(t.mail.test_subject, vec![t.mail.test.to_owned()]),
        }
    }
}

/// A letter that is being written.
struct Writing<'w> {
    t: &'static Texts,
    greeting: String,
    zone: &'w TimeZone,
    mailer: &'w Mailer,
    letters: &'w Letters,
}

/// What a letter with a link and a code says.
struct Linked {
    subject: &'static str,
    text: &'static str,
    button: &'static str,
    path: &'static str,
}

impl Writing<'_> {
    fn password_reset(&self, secrets: &LinkSecrets) -> mail::Letter {
        let t = &self.t.mail;
        let (subject, text, button, path) = (t.reset_subject, t.reset, t.reset_button, "/password-reset");
        self.linked(Linked { subject, text, button, path }, secrets)
    }

    fn sign_in(&self, secrets: &LinkSecrets) -> mail::Letter {
        let t = &self.t.mail;
        let (subject, text, button, path) = (t.sign_in_subject, t.sign_in, t.sign_in_button, "/sign-in-link");
        self.linked(Linked { subject, text, button, path }, secrets)
    }

    fn recovery(&self, secrets: &LinkSecrets) -> mail::Letter {
        let t = &self.t.mail;
        let (subject, text, button, path) =
            (t.recovery_subject, t.recovery, t.reset_button, "/password-reset");
        let letter = self.linked(Linked { subject, text, button, path }, secrets);
        let notes = vec![t.once.to_owned(), t.recovery_ignore.to_owned()];
        mail::Letter { code: Some(self.code_with_name(secrets)), notes, ..letter }
    }

    fn new_password(&self, secrets: &LinkSecrets) -> mail::Letter {
        let t = &self.t.mail;
        let (subject, text, button, path) =
            (t.reset_subject, t.new_password, t.reset_button, "/password-reset");
        let letter = self.linked(Linked { subject, text, button, path }, secrets);
        let (code, notes) = (Some(self.code_with_name(secrets)), vec![t.once_in_a_day.to_owned()]);
        mail::Letter { code, notes, good_for: Some(REQUIRED_LIFETIME), ..letter }
    }

    /// A code that no browser has asked for: it is typed together with a name.
    fn code_with_name(&self, secrets: &LinkSecrets) -> (String, String) {
        let words = self.t.mail.recovery_code(self.mailer.link("/password-reset/recovery"));
        (words, secrets.code.clone())
    }

    fn verification(&self, text: &'static str, secrets: &LinkSecrets) -> mail::Letter {
        let t = &self.t.mail;
        let (subject, button, path) = (t.register_subject, t.verify_button, "/verify-email");
        self.linked(Linked { subject, text, button, path }, secrets)
    }

    /// The address that someone typed is this user's already.
    fn taken(&self) -> mail::Letter {
        let t = &self.t.mail;
        let button = Button { label: t.taken_button, link: self.mailer.link("/login") };
        let letter = self.letter(t.taken_subject, vec![t.taken.to_owned()]);
        mail::Letter { button: Some(button), notes: vec![t.ignore.to_owned()], ..letter }
    }

    /// Something happened to the account, at this time, by this client or the operator.
    fn notice(&self, notice: Notice, at: Timestamp, client: Option<&Client>) -> mail::Letter {
        let t = &self.t.mail;
        let (subject, text) = match notice {
            Notice::NewDevice => (t.device_subject, t.device),
            Notice::PasswordChanged => (t.password_subject, t.password),
            Notice::PasswordRemoved => (t.password_removed_subject, t.password_removed),
            Notice::FactorsChanged => (t.factors_subject, t.factors),
            Notice::IdentityLinked => (t.linked_subject, t.linked),
            Notice::IdentityUnlinked => (t.unlinked_subject, t.unlinked),
            Notice::TokenCreated => (t.token_subject, t.token),
            Notice::AddressMoving => (t.moving_subject, t.moving),
            Notice::AddressMoved => (t.moved_subject, t.moved),
        };
        let when = self.t.when(at, at, self.zone).exact;
        let circumstances = match client {
            Some(client) => t.circumstances(client.address, self.t.device(&client.device), &when),
            None => t.by_operator(&when),
        };
        let button = Button { label: t.not_you_button, link: self.mailer.link("/password-reset") };
        let paragraphs = vec![text.to_owned(), circumstances, t.not_you.to_owned()];
        mail::Letter { button: Some(button), ..self.letter(subject, paragraphs) }
    }

    fn linked(&self, linked: Linked, secrets: &LinkSecrets) -> mail::Letter {
        let (t, Linked { subject, text, button, path }) = (&self.t.mail, linked);
        let link = self.mailer.link(&format!("{path}?token={}", secrets.token.as_str()));
        let mut notes = vec![t.once.to_owned(), t.ignore.to_owned()];
        notes.extend(secrets.asked.as_ref().map(|(client, at)| {
            t.asked(client.address, self.t.device(&client.device), self.t.when(*at, *at, self.zone).exact)
        }));
        mail::Letter {
            button: Some(Button { label: button, link }),
            code: Some((t.code.to_owned(), secrets.code.clone())),
            notes,
            good_for: Some(LIFETIME),
            ..self.letter(subject, vec![text.to_owned()])
        }
    }

    fn letter(&self, subject: &'static str, paragraphs: Vec<String>) -> mail::Letter {
        let site = self.letters.site(self.mailer);
        mail::Letter {
            language: self.t.lang.code(),
            subject,
            greeting: self.greeting.clone(),
            paragraphs,
            signature: self.t.mail.signature(&site),
            colours: self.letters.colours.clone(),
            site,
            links: self.letters.links(self.t),
            ..mail::Letter::default()
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
