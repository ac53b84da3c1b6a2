//! Signing in, by way and outcome; sessions that begin and end.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

use super::{Label, Look, Maybe, figures, set};

/// Declares an enum with the word that stands for each in a label.
macro_rules! words {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $of:literal])* $variant:ident = $word:literal;)+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[doc = $of])* $variant,)+
        }

        impl $name {
            fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

words! {
    /// By what someone comes in.
    Way {
        Password = "password";
        Passkey = "passkey";
        MailLink = "mail_link";
        Api = "api";
        /// A code, or a passkey, after the password or the link.
        SecondFactor = "second_factor";
    }
}

words! {
    /// How it ended.
    Outcome {
        Right = "right";
        Wrong = "wrong";
        /// Right so far; the second factor comes next.
        SecondFactorAsked = "second_factor_asked";
        /// Right, but a second factor must be set up first.
        SetUpFirst = "set_up_first";
        Disabled = "disabled";
        Unverified = "unverified";
        Limited = "limited";
        /// The sign-in was over by then.
        Over = "over";
        /// Nobody could tell: too busy, or the database did not answer.
        Unknown = "unknown";
    }
}

pub(super) struct SignIns {
    sign_ins: Family<[Label; 2], Counter>,
    begun: Family<[Label; 1], Counter>,
    ended: Counter,
    sessions: Maybe,
}

impl SignIns {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let (sign_ins, begun) = (Family::default(), Family::default());
        let (ended, sessions) = (Counter::default(), Maybe::default());
        registry.register("sign_ins", "Attempts to sign in, each stage by itself", sign_ins.clone());
        registry.register("sessions_begun", "Sessions that began", begun.clone());
        registry.register("sessions_ended", "Sessions that were ended one by one", ended.clone());
        registry.register("sessions", "Sessions in the embedded store", sessions.clone());
        Self { sign_ins, begun, ended, sessions }
    }

    pub(super) fn see(&self, look: &Look) {
        set(&self.sessions, look.sessions);
    }
}

/// Somebody tried to sign in.
pub fn sign_in(way: Way, outcome: Outcome) {
    if let Some(figures) = figures() {
        let labels = [("way", way.word()), ("outcome", outcome.word())];
        figures.sign_ins.sign_ins.get_or_create(&labels).inc();
    }
}

pub fn session_begun(kind: &'static str) {
    if let Some(figures) = figures() {
        figures.sign_ins.begun.get_or_create(&[("kind", kind)]).inc();
    }
}

pub fn session_ended() {
    if let Some(figures) = figures() {
        figures.sign_ins.ended.inc();
    }
}
