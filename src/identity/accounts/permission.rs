//! Permissions by codename, and sets of them, as groups grant them.

use strum::{EnumString, IntoStaticStr, VariantArray};

/// Named as Django does, `app.action_model`; a codename never changes once released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
pub enum Permission {
    #[strum(serialize = "board.add_post")]
    AddPost,
    #[strum(serialize = "board.change_post")]
    ChangePost,
    #[strum(serialize = "board.delete_post")]
    DeletePost,
    #[strum(serialize = "board.view_post")]
    ViewPost,
}

impl Permission {
    pub const ALL: &[Permission] = Permission::VARIANTS;

    /// As stored.
    pub fn codename(self) -> &'static str {
        self.into()
    }

    pub fn parse(codename: &str) -> Option<Self> {
        codename.parse().ok()
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permissions(u64);

impl Permissions {
    pub fn contains(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u64) != 0
    }

    /// The permissions in it, in the order of `Permission::ALL`.
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
