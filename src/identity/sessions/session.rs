//! A session of a browser or API client: its data and its lifetime.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::auth_method::Methods;
use super::provider_methods::ProviderMethods;
use crate::config::{Lifetime, Lifetimes};
use crate::platform::clock::{LEEWAY, Timestamp};

use super::record::State;

/// Seconds for which an authentication counts as recent.
pub const RECENT_SECONDS: i64 = 10 * 60;
const RECENT: std::ops::Range<i64> = -LEEWAY..RECENT_SECONDS;

/// Seconds by which a clock may be set back without signing users out.
const SET_BACK: i64 = 2 * 3600;

/// How a session was begun, which determines its lifetime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionKind {
    /// In a browser, until it is closed.
    #[serde(rename = "b")]
    Browser,
    /// In a browser, with "remember me".
    #[serde(rename = "r")]
    Remembered,
    /// In a program that holds tokens.
    #[serde(rename = "c")]
    Client,
}

impl SessionKind {
    pub fn is_remembered(self) -> bool {
        self == Self::Remembered
    }

    /// As named in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Remembered => "remembered",
            Self::Client => "client",
        }
    }

    pub fn limits(self, lifetimes: &Lifetimes) -> Lifetime {
        match self {
            Self::Browser => lifetimes.browser,
            Self::Remembered => lifetimes.remembered,
            Self::Client => lifetimes.client,
        }
    }
}

/// The data of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub user_id: i64,
    /// The user's epoch at sign-in; in any other epoch the session is revoked.
    pub epoch: i64,
    pub signed_in_at: Timestamp,
    /// The idle limit counts from here; renewed at most twice per idle limit.
    pub renewed_at: Timestamp,
    /// When the user last authenticated by a password or a second factor.
    pub authenticated_at: Timestamp,
    /// When they last did so by a second factor; a trusted device does not count.
    pub second_factor_at: Option<Timestamp>,
    /// Whether they have authenticated again since sign-in.
    pub reauthenticated: bool,
    /// All methods that they have used.
    pub methods: Methods,
    /// How the provider by which they signed in has authenticated them.
    pub provider_methods: ProviderMethods,
    pub kind: SessionKind,
    pub device: String,
    pub address: String,
}

/// The same as stored: short, because Redis holds one per session.
#[derive(Serialize, Deserialize)]
struct StoredSession {
    user: i64,
    /// Epoch.
    e: i64,
    /// Time of sign-in.
    t: Timestamp,
    /// Seconds from sign-in to renewal.
    r: i64,
    /// Seconds from sign-in to the last authentication.
    p: i64,
    /// Seconds from sign-in to the last second factor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    f: Option<i64>,
    /// Re-authenticated since sign-in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    s: bool,
    /// Methods.
    #[serde(default)]
    m: Methods,
    /// Methods of the provider.
    #[serde(default, skip_serializing_if = "ProviderMethods::is_empty")]
    u: ProviderMethods,
    /// Kind.
    k: SessionKind,
    /// Device.
    d: String,
    /// Address.
    a: String,
}

impl Session {
    /// The `amr` claim (RFC 8176 §1) with these methods of this server, and what the provider has said of its own.
    pub fn amr(&self, methods: Methods) -> Vec<&'static str> {
        let mut names = methods.names();
        let others: Vec<&str> = self.provider_methods.names().filter(|name| !names.contains(name)).collect();
        names.extend(others);
        names
    }

    pub(super) fn to_state(&self) -> State {
        let stored = StoredSession {
            user: self.user_id,
            e: self.epoch,
            t: self.signed_in_at,
            r: self.renewed_at - self.signed_in_at,
            p: self.authenticated_at - self.signed_in_at,
            f: self.second_factor_at.map(|at| at - self.signed_in_at),
            s: self.reauthenticated,
            m: self.methods,
            u: self.provider_methods,
            k: self.kind,
            d: self.device.clone(),
            a: self.address.clone(),
        };
        let Ok(Value::Object(fields)) = serde_json::to_value(stored) else { return State::new() };
        fields.into_iter().map(|(name, value)| (name, value.to_string())).collect()
    }

    pub(super) fn from_state(state: &State) -> Result<Self, serde_json::Error> {
        let fields = state.iter().map(|(name, json)| Ok((name.clone(), serde_json::from_str(json)?)));
        let fields = Value::Object(fields.collect::<Result<_, serde_json::Error>>()?);
        let stored: StoredSession = serde_json::from_value(fields)?;
        Ok(Self {
            user_id: stored.user,
            epoch: stored.e,
            signed_in_at: stored.t,
            renewed_at: stored.t.saturating_add(stored.r),
            authenticated_at: stored.t.saturating_add(stored.p),
            second_factor_at: stored.f.map(|after| stored.t.saturating_add(after)),
            reauthenticated: stored.s,
            methods: stored.m,
            provider_methods: stored.u,
            kind: stored.k,
            device: stored.d,
            address: stored.a,
        })
    }

    /// Seconds until the idle or the absolute limit. None for a session that began in the future because of a wrong
    /// clock: its age is unknown.
    pub(super) fn seconds_left(&self, limits: Lifetime, now: Timestamp) -> i64 {
        if self.signed_in_at > now + SET_BACK {
            return 0;
        }
        let idle = self.idle_since(now) + limits.idle;
        let absolute = self.signed_in_at + limits.absolute;
        idle.min(absolute) - now
    }

    /// The last renewal at a time that can be. One in the future was made by a wrong clock, so the sign-in counts.
    fn idle_since(&self, now: Timestamp) -> Timestamp {
        if self.renewed_at > now + SET_BACK { self.signed_in_at } else { self.renewed_at }
    }

    /// Whether more than half of the idle limit has passed, unless the absolute limit prevents a renewal.
    pub(super) fn wants_renewal(&self, limits: Lifetime, now: Timestamp) -> bool {
        let idle_until = self.idle_since(now) + limits.idle;
        2 * (idle_until - now) < limits.idle && idle_until < self.signed_in_at + limits.absolute
    }

    /// Whether the user authenticated recently enough for a sensitive action (ASVS 7.5.1).
    pub fn is_recently_authenticated(&self, now: Timestamp) -> bool {
        RECENT.contains(&(now - self.authenticated_at))
    }

    /// Whether they did so by a second factor.
    pub fn is_second_factor_recent(&self, now: Timestamp) -> bool {
        self.second_factor_at.is_some_and(|at| RECENT.contains(&(now - at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Lifetime = Lifetime { idle: 100, absolute: 250 };

    fn session(signed_in_at: i64, renewed_at: i64) -> Session {
        Session {
            user_id: 7,
            epoch: 3,
            signed_in_at,
            renewed_at,
            authenticated_at: signed_in_at,
            second_factor_at: Some(signed_in_at + 1),
            reauthenticated: true,
            methods: Methods::PASSWORD,
            provider_methods: ProviderMethods::default(),
            kind: SessionKind::Remembered,
            device: "Firefox · Linux".to_owned(),
            address: "::1".to_owned(),
        }
    }

    #[test]
    fn a_session_survives_its_way_through_the_store() {
        let session = session(10, 20);
        let state = session.to_state();
        assert_eq!(state["user"], "7");
        assert_eq!(Session::from_state(&state).unwrap(), session);
        assert!(Session::from_state(&State::new()).is_err());
    }

    #[test]
    fn a_session_from_before_methods_were_stored_was_begun_by_a_password() {
        let mut state = session(10, 20).to_state();
        state.remove("m");
        state.remove("f");
        state.remove("s");
        let read = Session::from_state(&state).unwrap();
        assert_eq!(
            (read.methods, read.second_factor_at, read.reauthenticated),
            (Methods::PASSWORD, None, false)
        );
    }

    #[test]
    fn the_sooner_limit_counts() {
        assert_eq!(session(0, 0).seconds_left(LIMITS, 30), 70);
        assert_eq!(session(0, 200).seconds_left(LIMITS, 210), 40);
        assert!(session(0, 0).seconds_left(LIMITS, 100) <= 0);
    }

    #[test]
    fn renewal_waits_for_half_of_the_idle_limit_and_stops_before_the_absolute_one() {
        assert!(!session(0, 0).wants_renewal(LIMITS, 50));
        assert!(session(0, 0).wants_renewal(LIMITS, 51));
        assert!(!session(0, 150).wants_renewal(LIMITS, 240), "the absolute limit is nearer than any renewal");
    }
}
