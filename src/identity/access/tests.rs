use super::rule::*;
use super::rules::*;
use crate::identity::accounts::{Member, Permission, User};

struct Note(Option<i64>);

impl Object for Note {
    fn author(&self) -> Option<i64> {
        self.0
    }
}

/// Reading needs no permission.
struct Open;
/// Reading needs a permission.
struct Closed;

impl Model for Open {
    const ADD: Permission = Permission::AddPost;
    const CHANGE: Permission = Permission::ChangePost;
    const DELETE: Permission = Permission::DeletePost;
}

impl Model for Closed {
    const ADD: Permission = Permission::AddPost;
    const CHANGE: Permission = Permission::ChangePost;
    const DELETE: Permission = Permission::DeletePost;
    const READING_NEEDS: Option<Permission> = Some(Permission::ViewPost);
}

fn member(id: i64, staff: bool, permissions: &[Permission]) -> Member {
    let mut user = User::example(id);
    user.staff = staff;
    let permissions = permissions.iter().copied().collect();
    Member {
        user,
        groups: Vec::new(),
        permissions,
        api_tokens: Vec::new(),
        factor_asked: false,
        ended_until: None,
    }
}

const ACTIONS: [Action; 4] = [Action::View, Action::Add, Action::Change, Action::Delete];

/// What a rule decides for requests: view, add, change, delete.
fn requests<R: Rule>(member: Option<&Member>) -> [bool; 4] {
    ACTIONS.map(|action| R::decide(&RuleContext { member, action }).is_ok())
}

fn objects<R: Rule>(member: Option<&Member>, note: &Note) -> [bool; 4] {
    ACTIONS.map(|action| R::decide_on(&RuleContext { member, action }, note).is_ok())
}

const ALL: [bool; 4] = [true; 4];
const NONE: [bool; 4] = [false; 4];
const READ: [bool; 4] = [true, false, false, false];

#[test]
fn each_rule_allows_whom_its_namesake_allows() {
    let plain = member(1, false, &[]);
    let staff = member(2, true, &[]);
    let changer = member(3, false, &[Permission::ChangePost]);
    let everyone = [None, Some(&plain), Some(&staff), Some(&changer)];
    let check = |table: [[bool; 4]; 4], asked: [[bool; 4]; 4], rule: &str| assert_eq!(asked, table, "{rule}");
    check([ALL; 4], everyone.map(requests::<AllowAny>), "AllowAny");
    check([NONE, ALL, ALL, ALL], everyone.map(requests::<IsAuthenticated>), "IsAuthenticated");
    check(
        [READ, ALL, ALL, ALL],
        everyone.map(requests::<IsAuthenticatedOrReadOnly>),
        "IsAuthenticatedOrReadOnly",
    );
    check([NONE, NONE, ALL, NONE], everyone.map(requests::<IsAdminUser>), "IsAdminUser");
    let changes = [true, false, true, false];
    check([NONE, READ, READ, changes], everyone.map(requests::<ModelPermissions<Open>>), "ModelPermissions");
    check(
        [READ, READ, READ, changes],
        everyone.map(requests::<ModelPermissionsOrAnonReadOnly<Open>>),
        "ModelPermissionsOrAnonReadOnly",
    );
    check(
        [NONE, READ, READ, changes],
        everyone.map(requests::<ObjectPermissions<Open>>),
        "ObjectPermissions",
    );
}

#[test]
fn the_author_rule_asks_of_objects_only() {
    let (mina, noa) = (member(1, false, &[]), member(2, true, &[]));
    assert_eq!(requests::<IsAuthor>(None), ALL);
    assert_eq!(objects::<IsAuthor>(Some(&mina), &Note(Some(1))), ALL);
    assert_eq!(objects::<IsAuthor>(Some(&noa), &Note(Some(1))), READ, "not even staff");
    assert_eq!(objects::<IsAuthor>(None, &Note(None)), READ, "no author, no right to change");
    assert_eq!(objects::<IsAuthor>(Some(&mina), &Note(None)), READ);
}

#[test]
fn an_object_is_hidden_from_who_may_not_read_it_and_forbidden_to_who_may() {
    let deny = |member: &Member, action| {
        let context = RuleContext { member: Some(member), action };
        let open =
            ObjectPermissions::<Open>::decide_on(&context, &Note(None)).map_err(|denial| denial.hidden);
        let closed =
            ObjectPermissions::<Closed>::decide_on(&context, &Note(None)).map_err(|denial| denial.hidden);
        (open, closed)
    };
    let plain = member(1, false, &[]);
    let reader = member(2, false, &[Permission::ViewPost]);
    let changer = member(3, false, &[Permission::ChangePost]);
    assert_eq!(deny(&plain, Action::View), (Ok(()), Err(true)));
    assert_eq!(deny(&plain, Action::Change), (Err(false), Err(true)));
    assert_eq!(deny(&reader, Action::View), (Ok(()), Ok(())));
    assert_eq!(deny(&reader, Action::Change), (Err(false), Err(false)));
    assert_eq!(deny(&changer, Action::Change), (Ok(()), Ok(())));
}

#[test]
fn rules_compose() {
    let plain = member(1, false, &[]);
    let staff = member(2, true, &[Permission::ChangePost]);
    type Both = And<IsAuthenticated, ModelPermissionsOrAnonReadOnly<Open>>;
    assert_eq!(requests::<Both>(None), NONE);
    assert_eq!(requests::<Both>(Some(&plain)), READ);
    type Either = Or<IsAdminUser, IsAuthenticatedOrReadOnly>;
    assert_eq!(requests::<Either>(None), READ);
    assert_eq!(requests::<Either>(Some(&staff)), ALL);
    assert_eq!(requests::<Not<IsAuthenticated>>(None), ALL);
    assert_eq!(requests::<Not<IsAuthenticated>>(Some(&plain)), NONE);
    assert_eq!(Either::name(), "(IsAdminUser or IsAuthenticatedOrReadOnly)");
    let denial = Either::decide(&RuleContext { member: None, action: Action::Add }).unwrap_err();
    assert_eq!(denial.rule, "IsAdminUser, IsAuthenticatedOrReadOnly", "the denial names both sides");
}

/// `IsAdminUser` does not check objects, so an alternative that checked only objects would allow anyone to change all.
#[test]
fn a_side_that_refuses_the_request_opens_no_object() {
    type Rule = Or<IsAdminUser, And<IsAuthenticated, IsAuthor>>;
    let (mina, noa, staff) = (member(1, false, &[]), member(2, false, &[]), member(3, true, &[]));
    assert_eq!(requests::<Rule>(Some(&noa)), ALL, "as a request it may pass");
    assert_eq!(objects::<Rule>(Some(&noa), &Note(Some(1))), READ);
    assert_eq!(objects::<Rule>(Some(&mina), &Note(Some(1))), ALL);
    assert_eq!(objects::<Rule>(Some(&staff), &Note(Some(1))), ALL);
    assert_eq!(objects::<Rule>(None, &Note(None)), NONE);
}
