use std::collections::BTreeSet;

use super::*;
use crate::identity::accounts::member::GroupName;
use crate::identity::accounts::member::Member;
use crate::identity::accounts::permission::Permissions;
use crate::identity::accounts::user::User;
use crate::identity::applications::Application;
use crate::identity::applications::NewApplication;
use actix_web::http::Method;

fn member(groups: &[(i64, &str)]) -> Member {
    let groups = groups.iter().map(|(id, name)| GroupName { id: *id, name: (*name).to_owned() }).collect();
    Member {
        user: User::example(1),
        groups,
        permissions: Permissions::default(),
        api_tokens: Vec::new(),
        factor_asked: false,
    }
}

fn app(address: &str, groups: &[i64]) -> Application {
    let groups: BTreeSet<i64> = groups.iter().copied().collect();
    let new = NewApplication::parse("App", address, "", &groups).unwrap_or_else(|odd| panic!("{odd:?}"));
    let NewApplication { name, address, icon, groups } = new;
    Application { id: 1, name, address, icon, restricted: !groups.is_empty(), groups }
}

struct Case<'c> {
    gate: &'c Gate,
    apps: &'c [Application],
}

impl Case<'_> {
    fn ask(&self, method: &str, from: &str, url: &str, member: Option<&Member>) -> Verdict {
        let target = Target::parse(url).unwrap_or_else(|| panic!("{url}"));
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let question = Question { target: &target, method: &method, address: from.parse().unwrap() };
        verdict(&self.gate.deciders(&question, self.apps), member.map(Who::by_one_factor))
    }

    fn get(&self, url: &str, member: Option<&Member>) -> Verdict {
        self.ask("GET", "203.0.113.9", url, member)
    }
}

const RULES: &str = r#"
[[rule]]
host = "wiki.example.org"
path = "/health"
level = "none"

[[rule]]
host = "wiki.example.org"
path = "^/api/v[0-9]+/"
methods = ["GET", "HEAD"]
networks = ["10.0.0.0/8"]
level = "none"

[[rule]]
host = "wiki.example.org"
path = ["/admin", "/관리"]
groups = ["Moderators", "운영진"]

[[rule]]
host = "wiki.example.org"
path = "/closed"
allow = false

[[rule]]
host = ["wiki.example.org", "*.apps.example.org", "local.example.org:8443"]
"#;

#[test]
fn the_first_rule_about_a_request_decides_and_the_default_is_nobody() {
    let gate = Gate::parse(RULES).unwrap();
    let case = Case { gate: &gate, apps: &[] };
    let (moderator, other) = (member(&[(1, "Moderators")]), member(&[(2, "Readers")]));
    use Verdict::{Admitted, Refused, SignIn};
    for (url, stranger, others, moderators) in [
        ("https://wiki.example.org/health", Admitted, Admitted, Admitted),
        ("https://wiki.example.org/healthy", SignIn, Admitted, Admitted),
        ("https://wiki.example.org/api/v1/x", SignIn, Admitted, Admitted),
        ("https://wiki.example.org/admin", SignIn, Refused, Admitted),
        ("https://wiki.example.org/%EA%B4%80%EB%A6%AC/x", SignIn, Refused, Admitted),
        ("https://wiki.example.org/admin?x=/health", SignIn, Refused, Admitted),
        ("https://wiki.example.org/closed/x", Refused, Refused, Refused),
        ("https://wiki.example.org:8443/", SignIn, Admitted, Admitted),
        ("https://a.apps.example.org/", SignIn, Admitted, Admitted),
        ("https://a.b.apps.example.org/", SignIn, Admitted, Admitted),
        ("https://apps.example.org/", Refused, Refused, Refused),
        ("https://xapps.example.org/", Refused, Refused, Refused),
        ("https://local.example.org:8443/", SignIn, Admitted, Admitted),
        ("https://local.example.org/", Refused, Refused, Refused),
        ("https://wiki.example.org.evil.example/", Refused, Refused, Refused),
        ("https://evil.example/", Refused, Refused, Refused),
    ] {
        assert_eq!(case.get(url, None), stranger, "a stranger at {url}");
        assert_eq!(case.get(url, Some(&other)), others, "a member at {url}");
        assert_eq!(case.get(url, Some(&moderator)), moderators, "a moderator at {url}");
    }
}

#[test]
fn methods_and_networks_say_what_a_rule_is_about() {
    let gate = Gate::parse(RULES).unwrap();
    let case = Case { gate: &gate, apps: &[] };
    let url = "https://wiki.example.org/api/v1/x";
    for (method, from, expected) in [
        ("GET", "10.1.2.3", Verdict::Admitted),
        ("HEAD", "10.1.2.3", Verdict::Admitted),
        ("POST", "10.1.2.3", Verdict::SignIn),
        ("get", "10.1.2.3", Verdict::SignIn),
        ("GET", "11.1.2.3", Verdict::SignIn),
        ("GET", "::1", Verdict::SignIn),
    ] {
        assert_eq!(case.ask(method, from, url, None), expected, "{method} from {from}");
    }
}

#[test]
fn a_path_that_can_be_read_in_two_ways_must_be_open_in_both() {
    let gate = Gate::parse(RULES).unwrap();
    let case = Case { gate: &gate, apps: &[] };
    let reader = member(&[]);
    for path in [
        "/health/../admin",
        "/admin/../health",
        "//admin",
        "/./admin",
        "/x/../admin/y",
        "/admin;x=1",
        "/admin;/health",
        "/admin%2fx",
        "/%61dmin",
        "/admin//x",
        "/health/..//admin",
        "/x/..;/admin",
    ] {
        let Some(target) = Target::parse(&format!("https://wiki.example.org{path}")) else { continue };
        let question = Question { target: &target, method: &Method::GET, address: [10, 0, 0, 1].into() };
        let deciders = gate.deciders(&question, case.apps);
        assert_eq!(verdict(&deciders, Some(Who::by_one_factor(&reader))), Verdict::Refused, "{path}");
        assert_eq!(verdict(&deciders, None), Verdict::SignIn, "{path}");
    }
    assert_eq!(
        case.get("https://wiki.example.org/health%2fx", None),
        Verdict::SignIn,
        "read literally, it is another"
    );
}

#[test]
fn apps_are_open_to_whom_they_are_for_unless_a_rule_says_otherwise() {
    let gate =
        Gate::parse("[[rule]]\nhost = \"docs.example.org\"\npath = \"/private\"\nallow = false").unwrap();
    let apps = [
        app("https://docs.example.org/", &[]),
        app("https://docs.example.org/team/", &[7]),
        app("https://docs.example.org/team", &[8]),
        app("http://local.example.org:3000/x", &[]),
        app("https://%EC%95%B1.example.org/%EA%B0%80", &[]),
    ];
    let case = Case { gate: &gate, apps: &apps };
    let (other, seven, eight) = (member(&[]), member(&[(7, "a")]), member(&[(8, "b")]));
    use Verdict::{Admitted, Refused, SignIn};
    for (url, stranger, others, sevens) in [
        ("https://docs.example.org/", SignIn, Admitted, Admitted),
        ("https://docs.example.org/any?x", SignIn, Admitted, Admitted),
        ("https://docs.example.org/private", Refused, Refused, Refused),
        ("https://docs.example.org/team", SignIn, Refused, Admitted),
        ("https://docs.example.org/team/x", SignIn, Refused, Admitted),
        ("https://docs.example.org/x/../team/x", SignIn, Refused, Admitted),
        ("https://docs.example.org/teams", SignIn, Admitted, Admitted),
        ("http://docs.example.org/", Refused, Refused, Refused),
        ("https://docs.example.org:444/", Refused, Refused, Refused),
        ("http://local.example.org:3000/x/y", SignIn, Admitted, Admitted),
        ("http://local.example.org:3000/", Refused, Refused, Refused),
        ("https://앱.example.org/가/나", SignIn, Admitted, Admitted),
    ] {
        assert_eq!(case.get(url, None), stranger, "a stranger at {url}");
        assert_eq!(case.get(url, Some(&other)), others, "a member at {url}");
        assert_eq!(case.get(url, Some(&seven)), sevens, "one of group 7 at {url}");
    }
    assert_eq!(case.get("https://docs.example.org/team/", Some(&eight)), Admitted, "either app's group");
}

#[test]
fn the_documentation_shows_rules_that_fit() {
    let page = include_str!("../../../docs/rules.md");
    let shown = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(Gate::parse(shown).unwrap().rules().len(), 5);
}

#[test]
fn two_factors_are_asked_for_where_a_rule_says_so_and_of_nobody_whom_it_keeps_out_anyway() {
    let rules = "[[rule]]\nhost = \"vault.example.org\"\ngroups = \"Cooks\"\nlevel = \"two_factor\"\n";
    let gate = Gate::parse(rules).unwrap();
    let (cook, other) = (member(&[(1, "Cooks")]), member(&[]));
    let target = Target::parse("https://vault.example.org/x").unwrap();
    let question = Question { target: &target, method: &Method::GET, address: "::1".parse().unwrap() };
    let deciders = gate.deciders(&question, &[]);
    let asked = |member, two_factors| verdict(&deciders, Some(Who { member, two_factors }));
    assert_eq!(verdict(&deciders, None), Verdict::SignIn);
    assert_eq!((asked(&cook, false), asked(&cook, true)), (Verdict::SecondFactor, Verdict::Admitted));
    assert_eq!((asked(&other, false), asked(&other, true)), (Verdict::Refused, Verdict::Refused));
}
