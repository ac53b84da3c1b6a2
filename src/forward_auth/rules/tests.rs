use std::collections::BTreeSet;

use super::*;
use crate::identity::accounts::GroupName;
use crate::identity::accounts::Member;
use crate::identity::accounts::Permissions;
use crate::identity::accounts::User;
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
        ended_until: None,
        factor_asked: false,
    }
}

fn app(address: &str, groups: &[i64]) -> Application {
    let groups: BTreeSet<i64> = groups.iter().copied().collect();
    let new = NewApplication::parse("App", address, "", &groups).unwrap_or_else(|odd| panic!("{odd:?}"));
    let NewApplication { name, address, icon, groups, unverified_email } = new;
    Application { id: 1, name, address, icon, restricted: !groups.is_empty(), groups, unverified_email }
}

fn by_one_factor(member: &Member) -> Subject<'_> {
    Subject { member, two_factors: false }
}

struct Case<'c> {
    access_rules: &'c Rules,
    apps: &'c [Application],
}

impl Case<'_> {
    fn ask(&self, method: &str, from: &str, url: &str, member: Option<&Member>) -> Decision {
        let target = Target::parse(url).unwrap_or_else(|| panic!("{url}"));
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let question = AccessRequest { target: &target, method: &method, address: from.parse().unwrap() };
        decide(&self.access_rules.sources(&question, self.apps), member.map(by_one_factor))
    }

    fn get(&self, url: &str, member: Option<&Member>) -> Decision {
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
    let access_rules = Rules::parse(RULES).unwrap();
    let case = Case { access_rules: &access_rules, apps: &[] };
    let (moderator, other) = (member(&[(1, "Moderators")]), member(&[(2, "Readers")]));
    use Decision::{Allow, Deny, SignIn};
    for (url, anonymous, others, moderators) in [
        ("https://wiki.example.org/health", Allow, Allow, Allow),
        ("https://wiki.example.org/healthy", SignIn, Allow, Allow),
        ("https://wiki.example.org/api/v1/x", SignIn, Allow, Allow),
        ("https://wiki.example.org/admin", SignIn, Deny, Allow),
        ("https://wiki.example.org/%EA%B4%80%EB%A6%AC/x", SignIn, Deny, Allow),
        ("https://wiki.example.org/admin?x=/health", SignIn, Deny, Allow),
        ("https://wiki.example.org/closed/x", Deny, Deny, Deny),
        ("https://wiki.example.org:8443/", SignIn, Allow, Allow),
        ("https://a.apps.example.org/", SignIn, Allow, Allow),
        ("https://a.b.apps.example.org/", SignIn, Allow, Allow),
        ("https://apps.example.org/", Deny, Deny, Deny),
        ("https://xapps.example.org/", Deny, Deny, Deny),
        ("https://local.example.org:8443/", SignIn, Allow, Allow),
        ("https://local.example.org/", Deny, Deny, Deny),
        ("https://wiki.example.org.evil.example/", Deny, Deny, Deny),
        ("https://evil.example/", Deny, Deny, Deny),
    ] {
        assert_eq!(case.get(url, None), anonymous, "an anonymous user at {url}");
        assert_eq!(case.get(url, Some(&other)), others, "a member at {url}");
        assert_eq!(case.get(url, Some(&moderator)), moderators, "a moderator at {url}");
    }
}

#[test]
fn methods_and_networks_say_what_a_rule_is_about() {
    let access_rules = Rules::parse(RULES).unwrap();
    let case = Case { access_rules: &access_rules, apps: &[] };
    let url = "https://wiki.example.org/api/v1/x";
    for (method, from, expected) in [
        ("GET", "10.1.2.3", Decision::Allow),
        ("HEAD", "10.1.2.3", Decision::Allow),
        ("POST", "10.1.2.3", Decision::SignIn),
        ("get", "10.1.2.3", Decision::SignIn),
        ("GET", "11.1.2.3", Decision::SignIn),
        ("GET", "::1", Decision::SignIn),
    ] {
        assert_eq!(case.ask(method, from, url, None), expected, "{method} from {from}");
    }
}

#[test]
fn a_path_that_can_be_read_in_two_ways_must_be_open_in_both() {
    let access_rules = Rules::parse(RULES).unwrap();
    let case = Case { access_rules: &access_rules, apps: &[] };
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
        let target = Target::parse(&format!("https://wiki.example.org{path}")).unwrap();
        let question = AccessRequest { target: &target, method: &Method::GET, address: [10, 0, 0, 1].into() };
        let sources = access_rules.sources(&question, case.apps);
        assert_eq!(decide(&sources, Some(by_one_factor(&reader))), Decision::Deny, "{path}");
        // Too many readings: one of them may be `/closed`.
        let is_few = matches!(target.path, Readings::Few(_));
        let anonymous = if is_few { Decision::SignIn } else { Decision::Deny };
        assert_eq!(decide(&sources, None), anonymous, "{path}");
    }
    assert_eq!(
        case.get("https://wiki.example.org/health%2fx", None),
        Decision::SignIn,
        "read literally, it is another"
    );
}

#[test]
fn a_path_with_too_many_readings_must_be_open_in_all_of_them() {
    let access_rules = Rules::parse(RULES).unwrap();
    let case = Case { access_rules: &access_rules, apps: &[] };
    let (moderator, other) = (member(&[(1, "Moderators")]), member(&[]));
    use Decision::{Allow, Deny, SignIn};
    for (path, anonymous, others, moderators) in [
        ("/job/x/job/feature%252Ffoo/", SignIn, Allow, Allow),
        ("/health/a%252fb", Allow, Allow, Allow),
        ("/health/a%5cb", Allow, Allow, Allow),
        ("/admin/a%252fb", SignIn, Deny, Allow),
        ("/closed/a%252fb", Deny, Deny, Deny),
        // Below the root is what is closed to everyone.
        ("/%2561dmin", Deny, Deny, Deny),
        ("/%252561dmin", Deny, Deny, Deny),
        ("/health/..%252fx", Deny, Deny, Deny),
        ("/health%252f..%252fadmin", Deny, Deny, Deny),
        ("/health/%252e%252e/admin", Deny, Deny, Deny),
        ("/health/..%5cadmin", Deny, Deny, Deny),
        ("/health/..;/admin", Deny, Deny, Deny),
        ("/health/.%00./admin", Deny, Deny, Deny),
        ("/health/%c0%ae%c0%ae/admin", Deny, Deny, Deny),
        ("/health/%ff", Deny, Deny, Deny),
        ("/../health", Deny, Deny, Deny),
    ] {
        let url = format!("https://wiki.example.org{path}");
        assert_eq!(case.get(&url, None), anonymous, "an anonymous user at {path}");
        assert_eq!(case.get(&url, Some(&other)), others, "a member at {path}");
        assert_eq!(case.get(&url, Some(&moderator)), moderators, "a moderator at {path}");
        // A rule for the whole host does not look at the path.
        let whole = format!("https://a.apps.example.org{path}");
        assert_eq!(case.get(&whole, Some(&other)), Allow, "{path}");
    }
    // A regular expression may fit any reading.
    let url = "https://wiki.example.org/api/v1/a%252fb";
    assert_eq!(case.ask("GET", "10.1.2.3", url, None), SignIn, "not certainly open to the office");
    assert_eq!(case.ask("GET", "10.1.2.3", url, Some(&other)), Allow, "open in both cases");
}

#[test]
fn only_what_is_judged_differently_is_disputed() {
    let access_rules = Rules::parse(RULES).unwrap();
    for (path, is) in [
        ("/admin/x", false),
        ("/admin/a%252fb", false),
        ("/closed/a%252fb", false),
        ("/x%2fy", false),
        ("/admin%2fx", true),
        ("/%2561dmin", true),
        ("/x/../admin", true),
    ] {
        let target = Target::parse(&format!("https://wiki.example.org{path}")).unwrap();
        let question =
            AccessRequest { target: &target, method: &Method::GET, address: [203, 0, 113, 9].into() };
        let other = member(&[]);
        let who = Some(by_one_factor(&other));
        assert_eq!(is_disputed(&access_rules.sources(&question, &[]), who), is, "{path}");
    }
}

#[test]
fn an_app_must_be_open_wherever_a_path_with_too_many_readings_may_lead() {
    let access_rules = Rules::default();
    let mut apps = [
        app("https://docs.example.org/", &[]),
        app("https://docs.example.org/team/", &[7]),
        app("https://docs.example.org/team/all", &[]),
        app("https://odd.example.org/", &[]),
        app("https://odd.example.org/a%252fb", &[7]),
    ];
    let passes = |apps: &[Application], path: &str| {
        let target = Target::parse(&format!("https://docs.example.org{path}")).unwrap();
        let question = AccessRequest { target: &target, method: &Method::GET, address: [10, 0, 0, 1].into() };
        Rules::default().passes_unverified_email(&question, apps)
    };
    let (other, seven) = (member(&[]), member(&[(7, "a")]));
    use Decision::{Allow, Deny, SignIn};
    let case = Case { access_rules: &access_rules, apps: &apps };
    for (url, others, sevens) in [
        ("https://docs.example.org/x/a%252fb", Allow, Allow),
        ("https://docs.example.org/teams/a%252fb", Allow, Allow),
        ("https://docs.example.org/team/all/a%252fb", Allow, Allow),
        ("https://docs.example.org/team/a%252fb", Deny, Allow),
        ("https://docs.example.org/%2574eam", Deny, Allow),
        ("https://docs.example.org/x/..%252fteam", Deny, Allow),
        ("https://odd.example.org/a%252fb", Deny, Allow),
        ("https://odd.example.org/x", Allow, Allow),
        ("https://none.example.org/a%252fb", Deny, Deny),
    ] {
        assert_eq!(case.get(url, Some(&other)), others, "a member at {url}");
        assert_eq!(case.get(url, Some(&seven)), sevens, "one of group 7 at {url}");
        assert_eq!(case.get(url, None), if sevens == Deny { Deny } else { SignIn }, "{url}");
    }
    apps[0].unverified_email = true;
    assert!(passes(&apps, "/x/a%252fb") && !passes(&apps, "/%2574eam"));
    apps[1].unverified_email = true;
    assert!(!passes(&apps, "/team/x%252f"), "the third app is there too");
    apps[2].unverified_email = true;
    assert!(passes(&apps, "/team/x%252f") && passes(&apps, "/%2574eam"));
}

#[test]
fn apps_are_open_to_whom_they_are_for_unless_a_rule_says_otherwise() {
    let access_rules =
        Rules::parse("[[rule]]\nhost = \"docs.example.org\"\npath = \"/private\"\nallow = false").unwrap();
    let apps = [
        app("https://docs.example.org/", &[]),
        app("https://docs.example.org/team/", &[7]),
        app("https://docs.example.org/team", &[8]),
        app("http://local.example.org:3000/x", &[]),
        app("https://%EC%95%B1.example.org/%EA%B0%80", &[]),
    ];
    let case = Case { access_rules: &access_rules, apps: &apps };
    let (other, seven, eight) = (member(&[]), member(&[(7, "a")]), member(&[(8, "b")]));
    use Decision::{Allow, Deny, SignIn};
    for (url, anonymous, others, sevens) in [
        ("https://docs.example.org/", SignIn, Allow, Allow),
        ("https://docs.example.org/any?x", SignIn, Allow, Allow),
        ("https://docs.example.org/private", Deny, Deny, Deny),
        ("https://docs.example.org/team", SignIn, Deny, Allow),
        ("https://docs.example.org/team/x", SignIn, Deny, Allow),
        ("https://docs.example.org/x/../team/x", SignIn, Deny, Allow),
        ("https://docs.example.org/teams", SignIn, Allow, Allow),
        ("http://docs.example.org/", Deny, Deny, Deny),
        ("https://docs.example.org:444/", Deny, Deny, Deny),
        ("http://local.example.org:3000/x/y", SignIn, Allow, Allow),
        ("http://local.example.org:3000/", Deny, Deny, Deny),
        ("https://앱.example.org/가/나", SignIn, Allow, Allow),
    ] {
        assert_eq!(case.get(url, None), anonymous, "an anonymous user at {url}");
        assert_eq!(case.get(url, Some(&other)), others, "a member at {url}");
        assert_eq!(case.get(url, Some(&seven)), sevens, "one of group 7 at {url}");
    }
    assert_eq!(case.get("https://docs.example.org/team/", Some(&eight)), Allow, "either app's group");
}

#[test]
fn the_documentation_shows_rules_that_fit() {
    let page = include_str!("../../../docs/rules.md");
    let shown = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(Rules::parse(shown).unwrap().rules().len(), 5);
}

#[test]
fn two_factors_are_asked_for_where_a_rule_says_so_and_of_nobody_whom_it_keeps_out_anyway() {
    let rules = "[[rule]]\nhost = \"vault.example.org\"\ngroups = \"Cooks\"\nlevel = \"two_factor\"\n";
    let access_rules = Rules::parse(rules).unwrap();
    let (cook, other) = (member(&[(1, "Cooks")]), member(&[]));
    let target = Target::parse("https://vault.example.org/x").unwrap();
    let question = AccessRequest { target: &target, method: &Method::GET, address: "::1".parse().unwrap() };
    let sources = access_rules.sources(&question, &[]);
    let asked = |member, two_factors| decide(&sources, Some(Subject { member, two_factors }));
    assert_eq!(decide(&sources, None), Decision::SignIn);
    assert_eq!((asked(&cook, false), asked(&cook, true)), (Decision::SecondFactor, Decision::Allow));
    assert_eq!((asked(&other, false), asked(&other, true)), (Decision::Deny, Decision::Deny));
}
