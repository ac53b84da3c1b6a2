//! Authorization: rules as types. A handler's first argument, such as `Allowed<IsAdminUser>`, is its rule.

use crate::identity::accounts::{Member, Permission};

/// The kind of action that a request performs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    View,
    Add,
    Change,
    Delete,
}

/// The user and the action of a request.
pub struct RuleContext<'a> {
    pub member: Option<&'a Member>,
    pub action: Action,
}

/// Why access was denied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial {
    /// The rule that denied, as shown in the log and to staff.
    pub rule: String,
    /// The caller must not learn that the object exists.
    pub hidden: bool,
}

/// An object on which a rule may require more than on the request.
pub trait Object {
    /// The id of the author, unless the account was deleted.
    fn author(&self) -> Option<i64>;
}

/// A type of object, with its permissions.
pub trait Model: 'static {
    const ADD: Permission;
    const CHANGE: Permission;
    const DELETE: Permission;
    /// The permission for reading one object; as in Django REST framework, usually none.
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

/// A rule for requests and for the objects that they access.
pub trait Rule: 'static {
    fn name() -> String;

    /// Whether the request is allowed.
    fn decide(context: &RuleContext<'_>) -> Result<(), Denial>;

    /// Whether an allowed request may access the object.
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

    /// Both alternatives have denied. If either hides the object, it stays hidden.
    pub(super) fn or(self, other: Self) -> Self {
        Self { rule: format!("{}, {}", self.rule, other.rule), hidden: self.hidden || other.hidden }
    }
}
