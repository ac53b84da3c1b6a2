//! Keys of real processes: rotated, listed, given by the operator, lost, and leaked.

use std::path::{Path, PathBuf};
use std::process::Output;

use crate::support::{Munjigi, Persona, scratch};

struct Site {
    _folder: tempfile::TempDir,
    data: PathBuf,
}

impl Site {
    fn new() -> Self {
        let folder = scratch();
        let data = folder.path().join("data");
        Self { _folder: folder, data }
    }

    /// A node with this value of `MUNJIGI_SECRET_KEY`; with none, it uses the key file.
    fn node(&self, secrets: Option<&str>) -> Munjigi {
        let mut command = Munjigi::command(&self.data);
        command.envs(secrets.map(|secrets| ("MUNJIGI_SECRET_KEY", secrets)));
        Munjigi::serve(command)
    }

    fn run(&self, secrets: Option<&str>, words: &[&str]) -> Output {
        let mut command = Munjigi::command(&self.data);
        command.envs(secrets.map(|secrets| ("MUNJIGI_SECRET_KEY", secrets)));
        command.args(words).output().unwrap()
    }

    fn output(&self, secrets: Option<&str>, words: &[&str]) -> String {
        let output = self.run(secrets, words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

fn lines(path: &Path) -> Vec<String> {
    std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

/// The same browser at another node.
fn at(node: &Munjigi, persona: &Persona) -> Persona {
    let there = Persona::new(&node.url);
    there.set_cookie("munjigi", &persona.cookie("munjigi").unwrap());
    there
}

#[tokio::test]
async fn a_new_secret_takes_over_in_running_nodes_and_the_old_one_goes_when_it_is_needed_no_more() {
    let site = Site::new();
    let (here, there) = (site.node(None), site.node(None));
    let mina = Persona::new(&here.url);
    mina.register("mina").await;
    let before = mina.cookie("munjigi").unwrap();
    let file = site.data.join("secret.key");
    let old = lines(&file);

    site.output(None, &["keys", "rotate", "--secret"]);
    assert_eq!(lines(&file)[1..], old, "the new one stands before the old one");
    assert!(at(&there, &mina).is_signed_in().await && mina.is_signed_in().await);
    let after = mina.cookie("munjigi").unwrap();
    assert_ne!(before, after, "signed again with the new key");
    assert!(at(&there, &mina).is_signed_in().await, "the other node has read the file again");
    let list = site.output(None, &["keys", "list"]);
    assert!(list.contains("comes next") && list.contains("signs and encrypts"), "{list}");
    assert!(list.contains("accepted until") && !list.contains("not needed"), "{list}");
    let fresh = site.node(None);
    assert!(at(&fresh, &mina).is_signed_in().await);

    site.output(None, &["keys", "rotate", "--forget-old"]);
    assert_eq!(lines(&file), lines(&file)[..1], "no key comes from the old one any more");
    for node in [&here, &there, &fresh] {
        for cookie in [&before, &after] {
            let leaked = Persona::new(&node.url);
            leaked.set_cookie("munjigi", cookie);
            assert!(!leaked.is_signed_in().await);
        }
    }
    mina.sign_in("mina").await.assert_redirect("/dashboard");
    assert!(at(&there, &mina).is_signed_in().await);
    let list = site.output(None, &["keys", "list"]);
    assert!(!list.contains("accepted until"), "{list}");
}

#[tokio::test]
async fn given_secrets_are_replaced_node_by_node_with_no_user_signed_out() {
    let site = Site::new();
    let (old, new) = ("ab".repeat(64), "cd".repeat(64));
    let both = format!("{new},{old}");
    let first = site.node(Some(&old));
    let mina = Persona::new(&first.url);
    mina.register("mina").await;

    // One node has both secrets, the other does not yet.
    let second = site.node(Some(&both));
    assert!(at(&second, &mina).is_signed_in().await);
    let noa = Persona::new(&second.url);
    noa.register("noa").await;
    assert!(at(&first, &noa).is_signed_in().await, "until a rotation the old secret is used");

    // Too early: the node that lacks the new secret logs it and continues.
    site.output(Some(&both), &["keys", "rotate"]);
    assert!(noa.is_signed_in().await);
    assert_eq!(
        Persona::new(&first.url).get("/readyz").await.status,
        503,
        "a load balancer must not send requests there"
    );
    assert_eq!(Persona::new(&second.url).get("/readyz").await.status, 200);
    assert!(mina.is_signed_in().await);
    let log = first.stop();
    assert!(log.contains("new keys were not learnt"), "{log}");

    let refused = site.run(Some(&old), &["serve"]);
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && why.contains("is not available"), "{why}");
    assert!(!why.contains("abab"), "{why}");
    let refused = site.run(Some(&both), &["keys", "rotate", "--secret"]);
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && why.contains("only you can change it"), "{why}");

    let third = site.node(Some(&both));
    assert!(at(&third, &mina).is_signed_in().await && at(&third, &noa).is_signed_in().await);
    let text = site.output(Some(&both), &["keys", "rotate", "--forget-old"]);
    assert!(text.contains("Not every secret in MUNJIGI_SECRET_KEY is needed"), "{text}");
    assert!(site.output(Some(&both), &["keys", "list"]).contains("not needed any more"));
    let last = site.node(Some(&new));
    let mina = Persona::new(&last.url);
    mina.sign_in("mina").await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn a_lost_secret_is_reported_at_the_start_and_nothing_is_overwritten_until_the_operator_says_so() {
    let site = Site::new();
    let node = site.node(None);
    let mina = Persona::new(&node.url);
    mina.register("mina").await;
    node.stop();
    std::fs::rename(site.data.join("secret.key"), site.data.join("mislaid")).unwrap();
    let refused = site.run(None, &["serve"]);
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && why.contains("--forget-old"), "{why}");

    std::fs::rename(site.data.join("mislaid"), site.data.join("secret.key")).unwrap();
    let node = site.node(None);
    assert!(at(&node, &mina).is_signed_in().await, "found again");
    node.stop();

    std::fs::remove_file(site.data.join("secret.key")).unwrap();
    site.output(None, &["keys", "rotate", "--forget-old"]);
    let node = site.node(None);
    assert!(!at(&node, &mina).is_signed_in().await);
    let mina = Persona::new(&node.url);
    mina.sign_in("mina").await.assert_redirect("/dashboard");
}
