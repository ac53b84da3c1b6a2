//! Permissions by their codenames, and the sets of them that groups give.

/// Declares the permissions with their codenames (`app.action_model`) and texts, so that none lacks either.
macro_rules! permissions {
    ($($permission:ident = $code:literal, $text:ident;)+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Permission {
            $($permission,)+
        }

        impl Permission {
            pub const ALL: &[Permission] = &[$(Permission::$permission),+];

            /// As stored and as Django names it; never changed once released.
            pub fn codename(self) -> &'static str {
                match self {
                    $(Self::$permission => $code,)+
                }
            }

            pub fn text(self, t: &crate::i18n::groups::Groups) -> &'static str {
                match self {
                    $(Self::$permission => t.$text,)+
                }
            }
        }
    };
}

permissions! {
    AddPost = "board.add_post", add_post;
    ChangePost = "board.change_post", change_post;
    DeletePost = "board.delete_post", delete_post;
    ViewPost = "board.view_post", view_post;
}

impl Permission {
    pub fn parse(codename: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|permission| permission.codename() == codename)
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permissions(u64);

impl Permissions {
    pub fn contains(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u64) != 0
    }

    /// What is in it, in the order of `Permission::ALL`.
    pub fn list(self) -> Vec<Permission> {
        Permission::ALL.iter().copied().filter(|permission| self.contains(*permission)).collect()
    }

    pub fn insert(&mut self, permission: Permission) {
        self.0 |= 1 << permission as u64;
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        let mut set = Self::default();
        permissions.into_iter().for_each(|permission| set.insert(permission));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codenames_are_distinct_shaped_as_djangos_and_read_back() {
        let codenames: HashSet<_> = Permission::ALL.iter().map(|permission| permission.codename()).collect();
        assert_eq!(codenames.len(), Permission::ALL.len());
        for permission in Permission::ALL {
            assert_eq!(Permission::parse(permission.codename()), Some(*permission));
            let (app, rest) = permission.codename().split_once('.').unwrap();
            let (action, model) = rest.split_once('_').unwrap();
            assert!(!app.is_empty() && !model.is_empty());
            assert!(["add", "change", "delete", "view"].contains(&action));
        }
    }

    #[test]
    fn a_set_holds_what_was_put_in_and_nothing_else() {
        let set: Permissions = [Permission::AddPost, Permission::DeletePost].into_iter().collect();
        assert_eq!(set.list(), [Permission::AddPost, Permission::DeletePost]);
    }
}
