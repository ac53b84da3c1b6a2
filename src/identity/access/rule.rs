//! Who may do what: rules as types. A handler's first argument, such as `Allowed<IsAdminUser>`, is its rule.

use crate::identity::accounts::{Member, Permission};

/// What a request is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    View,
    Add,
    Change,
    Delete,
}

/// Who makes a request, and for what.
pub struct RuleContext<'a> {
    pub member: Option<&'a Member>,
    pub action: Action,
}

/// Why something is denied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial {
    /// The rule that denied, as the log and staff see it.
    pub rule: String,
    /// The caller must not learn that the object exists.
    pub hidden: bool,
}

/// Something of which a rule may ask more than of the request.
pub trait Object {
    /// The id of the user who wrote it, while the account lives.
    fn author(&self) -> Option<i64>;
}

/// A kind of objects, with the permissions on it.
pub trait Model: 'static {
    const ADD: Permission;
    const CHANGE: Permission;
    const DELETE: Permission;
    /// What reading one object takes; as in Django REST framework, usually nothing.
    const READING_NEEDS: Option<Permission> = None;

    fn needs(action: Action) -> Option<Permission> {
        match action {
            Action::View => None,
            Action::Add => Some(Self::ADD),
            Action::Change => Some(Self::CHANGE),
            Action::Delete => Some(Self::DELETE),
        }
    }
}

/// A rule, of requests and of the objects that they touch.
pub trait Rule: 'static {
    fn name() -> String;

    /// Whether the request is allowed.
    fn decide(context: &RuleContext<'_>) -> Result<(), Denial>;

    /// Whether an allowed request may touch the object.
    fn decide_on(_context: &RuleContext<'_>, _object: &dyn Object) -> Result<(), Denial> {
        Ok(())
    }
}

impl Denial {
    pub(super) fn by<R: Rule + ?Sized>() -> Self {
        Self::because(R::name())
    }

    pub(super) fn because(rule: String) -> Self {
        Self { rule, hidden: false }
    }

    /// Both sides of an alternative have denied. If either hides the object, it stays hidden.
    pub(super) fn or(self, other: Self) -> Self {
        Self { rule: format!("{}, {}", self.rule, other.rule), hidden: self.hidden || other.hidden }
    }
}
