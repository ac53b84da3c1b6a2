//! The available rules, with the semantics of Django REST framework's permission classes, and their combinations.

use std::marker::PhantomData;

use super::rule::{Action, Denial, Model, Object, Rule, RuleContext};

/// Anyone. (AllowAny)
pub struct AllowAny;

/// Any signed-in user. (IsAuthenticated)
pub struct IsAuthenticated;

/// Anyone reads, members write. (IsAuthenticatedOrReadOnly)
pub struct IsAuthenticatedOrReadOnly;

/// Users with the staff flag. (IsAdminUser)
pub struct IsAdminUser;

/// Members may read; to add, change or delete they need the model's permission. (DjangoModelPermissions)
pub struct ModelPermissions<M>(PhantomData<M>);

/// The same, but anyone reads. (DjangoModelPermissionsOrAnonReadOnly)
pub struct ModelPermissionsOrAnonReadOnly<M>(PhantomData<M>);

/// Like `ModelPermissions`, but for each object too: users who may not read it do not learn that it exists.
/// (DjangoObjectPermissions)
pub struct ObjectPermissions<M>(PhantomData<M>);

/// Only the author may change an object. Allows reading, and requests without an object.
pub struct IsAuthor;

/// Both rules must allow.
pub struct And<A, B>(PhantomData<(A, B)>);

/// One rule must allow both the request and the object.
pub struct Or<A, B>(PhantomData<(A, B)>);

/// Allows what the other rule denies.
pub struct Not<A>(PhantomData<A>);

impl Rule for AllowAny {
    fn name() -> String {
        "AllowAny".to_owned()
    }

    fn decide(_: &RuleContext<'_>) -> Result<(), Denial> {
        Ok(())
    }
}

impl Rule for IsAuthenticated {
    fn name() -> String {
        "IsAuthenticated".to_owned()
    }

    fn decide(context: &RuleContext<'_>) -> Result<(), Denial> {
        context.member.map(drop).ok_or_else(Denial::by::<Self>)
    }
}

impl Rule for IsAuthenticatedOrReadOnly {
    fn name() -> String {
        "IsAuthenticatedOrReadOnly".to_owned()
    }

    fn decide(context: &RuleContext<'_>) -> Result<(), Denial> {
        let allowed = context.action == Action::View || context.member.is_some();
        allowed.then_some(()).ok_or_else(Denial::by::<Self>)
    }
}

impl Rule for IsAdminUser {
    fn name() -> String {
        "IsAdminUser".to_owned()
    }

    fn decide(context: &RuleContext<'_>) -> Result<(), Denial> {
        context.member.filter(|member| member.staff).map(drop).ok_or_else(Denial::by::<Self>)
    }
}

impl<M: Model> Rule for ModelPermissions<M> {
    fn name() -> String {
        "ModelPermissions".to_owned()
    }

    fn decide(context: &RuleContext<'_>) -> Result<(), Denial> {
        let member = context.member.ok_or_else(Denial::by::<Self>)?;
        match M::needs(context.action) {
            Some(permission) if !member.permissions.contains(permission) => {
                Err(Denial::because(format!("{}: {}", Self::name(), permission.codename())))
            }
            _ => Ok(()),
        }
    }
}

impl<M: Model> Rule for ModelPermissionsOrAnonReadOnly<M> {
    fn name() -> String {
        "ModelPermissionsOrAnonReadOnly".to_owned()
    }

    fn decide(context: &RuleContext<'_>) -> Result<(), Denial> {
        if context.action == Action::View && context.member.is_none() {
            return Ok(());
        }
        ModelPermissions::<M>::decide(context)
    }
}

impl<M: Model> Rule for ObjectPermissions<M> {
    fn name() -> String {
        "ObjectPermissions".to_owned()
    }

    fn decide(context: &RuleContext<'_>) -> Result<(), Denial> {
        ModelPermissions::<M>::decide(context)
    }

    fn decide_on(context: &RuleContext<'_>, _: &dyn Object) -> Result<(), Denial> {
        let held = context.member.map(|member| member.permissions).unwrap_or_default();
        let lacks = |action| {
            let needed = if action == Action::View { M::READING_NEEDS } else { M::needs(action) };
            needed.filter(|permission| !held.contains(*permission))
        };
        match lacks(context.action) {
            None => Ok(()),
            Some(permission) => {
                let hidden = lacks(Action::View).is_some();
                let rule = format!("{}: {}", Self::name(), permission.codename());
                Err(Denial { rule, hidden })
            }
        }
    }
}

impl Rule for IsAuthor {
    fn name() -> String {
        "IsAuthor".to_owned()
    }

    fn decide(_: &RuleContext<'_>) -> Result<(), Denial> {
        Ok(())
    }

    fn decide_on(context: &RuleContext<'_>, object: &dyn Object) -> Result<(), Denial> {
        let is_author = context.member.is_some_and(|member| object.author() == Some(member.id));
        (is_author || context.action == Action::View).then_some(()).ok_or_else(Denial::by::<Self>)
    }
}

impl<A: Rule, B: Rule> Rule for And<A, B> {
    fn name() -> String {
        format!("({} and {})", A::name(), B::name())
    }

    fn decide(context: &RuleContext<'_>) -> Result<(), Denial> {
        A::decide(context).and_then(|()| B::decide(context))
    }

    fn decide_on(context: &RuleContext<'_>, object: &dyn Object) -> Result<(), Denial> {
        A::decide_on(context, object).and_then(|()| B::decide_on(context, object))
    }
}

impl<A: Rule, B: Rule> Rule for Or<A, B> {
    fn name() -> String {
        format!("({} or {})", A::name(), B::name())
    }

    fn decide(context: &RuleContext<'_>) -> Result<(), Denial> {
        A::decide(context).or_else(|one| B::decide(context).map_err(|other| one.or(other)))
    }

    /// A rule that denied the request cannot allow the object.
    fn decide_on(context: &RuleContext<'_>, object: &dyn Object) -> Result<(), Denial> {
        let one = A::decide(context).and_then(|()| A::decide_on(context, object));
        one.or_else(|one| {
            let other = B::decide(context).and_then(|()| B::decide_on(context, object));
            other.map_err(|other| one.or(other))
        })
    }
}

impl<A: Rule> Rule for Not<A> {
    fn name() -> String {
        format!("(not {})", A::name())
    }

    fn decide(context: &RuleContext<'_>) -> Result<(), Denial> {
        match A::decide(context) {
            Ok(()) => Err(Denial::by::<Self>()),
            Err(_) => Ok(()),
        }
    }

    fn decide_on(context: &RuleContext<'_>, object: &dyn Object) -> Result<(), Denial> {
        match A::decide_on(context, object) {
            Ok(()) => Err(Denial::by::<Self>()),
            Err(_) => Ok(()),
        }
    }
}
