//! Identity without a web server: a user signs in, steps up, has their session rotated, refreshes tokens and is revoked, all by
//! services alone.

use std::sync::Arc;

use munjigi::config::{Config, Settings};
use munjigi::i18n::letters::Letters;
use munjigi::identity::accounts::{KnownDevice, Scopes, User};
use munjigi::identity::credentials::Password;
use munjigi::identity::registration::{NewAccount, Registered};
use munjigi::identity::sessions::{ActiveSession, Id};
use munjigi::identity::sign_in::{
    Attempt, Issue, Outcome, Reauth, ReauthError, ReauthPolicy, ReauthProof, Rejection, SignedIn, Supplied,
};
use munjigi::identity::tokens::{Presented, TokenError};
use munjigi::identity::{Identity, Parts};
use munjigi::platform::clock::Clock;
use munjigi::platform::db::Db;
use munjigi::platform::keys::{Keys, SecretKey};
use munjigi::platform::mail::Mailer;
use munjigi::platform::near_cache::{Feed, follow_sql};

use crate::support::{PASSWORD, local_client, scratch};

/// Every service over a database of its own, and no server.
fn open(folder: &std::path::Path) -> Identity {
    let settings = Settings { data_dir: Some(folder.to_string_lossy().into_owned()), ..Settings::default() };
    let mut config = Config::from_settings(settings).unwrap();
    config.bcrypt_cost = 4;
    config.hash_wait = std::time::Duration::from_secs(60);
    let (db, clock) = (Db::open(&config.database).unwrap(), Clock::default());
    let keys = Keys::of_one(&SecretKey::random());
    let feed = Feed::new(false);
    follow_sql::follow(&db, &feed).unwrap();
    let public_url = "https://id.example.org".parse().unwrap();
    let mailer = Mailer::new(config.mail.from.clone(), "https://id.example.org".parse().unwrap(), &keys);
    Identity::open(Parts {
        config: &config,
        public_url: &public_url,
        db,
        clock,
        keys,
        feed,
        redis: None,
        mailer,
        render: Arc::new(Letters::default()),
        threads: 1,
    })
}

/// Every request moves the future of its check, so what a miss needs stands apart.
#[tokio::test]
async fn a_check_is_small_to_move() {
    let folder = scratch();
    let identity = open(folder.path());
    let bytes = size_of_val(&identity.sessions.reader.check(&Id::random()));
    assert!(bytes <= 1024, "{bytes} bytes");
}

fn attempt(issue: Issue) -> Attempt {
    Attempt {
        client: local_client(),
        device: KnownDevice::unknown(),
        issue,
        presented: Presented::default(),
        return_to: String::new(),
        trust_device: false,
    }
}

async fn register(identity: &Identity, username: &str) -> User {
    let (email, password) = (format!("{username}@example.org"), Password::new(PASSWORD.to_owned()));
    let new = NewAccount { username: username.to_owned(), email, password, browser: None };
    match identity.accounts.registration.create(new, &local_client()).await.unwrap() {
        Registered::Now(user) => *user,
        Registered::ByMail => panic!("no address is confirmed here"),
    }
}

async fn sign_in(identity: &Identity, password: &str, issue: Issue) -> Outcome {
    let password = Password::new(password.to_owned());
    identity.sign_in.password.with_password("mina", password, &attempt(issue)).await.unwrap()
}

async fn signed_in(identity: &Identity, issue: Issue) -> SignedIn {
    match sign_in(identity, PASSWORD, issue).await {
        Outcome::SignedIn(signed_in) => *signed_in,
        Outcome::SecondFactorRequired(_) | Outcome::Rejected(_) => panic!("no sign-in"),
    }
}

async fn active(identity: &Identity, id: &Id) -> Option<ActiveSession> {
    identity.sessions.reader.check(id).await.unwrap()
}

const BROWSER: Issue = Issue::Cookie { remember: false };

#[tokio::test]
async fn a_user_signs_in_steps_up_and_is_revoked_without_a_server() {
    let folder = scratch();
    let identity = open(folder.path());
    register(&identity, "mina").await;
    let wrong = sign_in(&identity, "something else", BROWSER).await;
    assert!(matches!(wrong, Outcome::Rejected(Rejection::WrongPassword)));
    let here = signed_in(&identity, BROWSER).await.session;
    let elsewhere = signed_in(&identity, BROWSER).await.session;
    let before = active(&identity, &here).await.unwrap();

    let client = local_client();
    let accepted = ReauthPolicy::Either.accepted_from(&before.user);
    let reauth = Reauth { active: &before, by_cookie: true, accepted, client: &client };
    let proof = |password: &str| ReauthProof::of_call(Some(Password::new(password.to_owned())), None);
    let refused = identity.step_up.verify(reauth, proof("something else")).await.unwrap();
    assert_eq!(refused, Err(ReauthError::Wrong(Supplied::Password)));
    let method = identity.step_up.verify(reauth, proof(PASSWORD)).await.unwrap().unwrap();
    let rotated = identity.step_up.elevate(&before, method, &client).await.unwrap();
    assert!(active(&identity, &here).await.is_none(), "the id from before the step-up");
    let now = active(&identity, &rotated).await.unwrap();
    assert!(now.session.reauthenticated && !before.session.reauthenticated);

    let alone = identity.sessions.sessions.end_others(&now, &client).await.unwrap().unwrap();
    for ended in [&elsewhere, &rotated] {
        assert!(active(&identity, ended).await.is_none());
    }
    identity.sessions.sessions.end(&alone.key()).await.unwrap();
    assert!(active(&identity, &alone).await.is_none());
}

#[tokio::test]
async fn a_program_refreshes_its_tokens_and_a_stolen_one_ends_the_session_without_a_server() {
    let folder = scratch();
    let identity = open(folder.path());
    register(&identity, "mina").await;
    let issue = Issue::Tokens { scopes: Scopes::all() };
    let signed_in = signed_in(&identity, issue).await;
    let first = signed_in.tokens.expect("tokens were asked for");
    let tokens = &identity.tokens.tokens;
    assert!(tokens.authenticate(&first.access).await.unwrap().is_some());
    let second = tokens.refresh(&first.refresh, None, &local_client()).await.unwrap();
    let third = tokens.refresh(&second.refresh, None, &local_client()).await.unwrap();
    assert!(tokens.authenticate(&third.access).await.unwrap().is_some());

    let stolen = tokens.refresh(&first.refresh, None, &local_client()).await;
    assert!(matches!(stolen, Err(TokenError::Invalid)));
    assert!(tokens.authenticate(&third.access).await.unwrap().is_none(), "the thief's attempt ends it");
    assert!(active(&identity, &signed_in.session).await.is_none());
}
