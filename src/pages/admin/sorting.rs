//! The heads of a table that sort it: links, so that it works without a script.

use serde::Deserialize;

use super::paging::address;

/// The parameter of the links: a column, after `-` in descending order. Unknown values sort by the first column.
#[derive(Deserialize)]
pub struct Sorting {
    #[serde(default)]
    pub sort: String,
}

/// The columns that sort, and by which of them the table is sorted. The first one listed is the default.
pub struct Heads {
    path: &'static str,
    /// What else the address says.
    other: Vec<(&'static str, String)>,
    default: &'static str,
    by: &'static str,
    down: bool,
}

impl Heads {
    /// `columns`: their names; the first one may begin with `-`, and is then in descending order by default.
    pub fn of(
        path: &'static str,
        columns: &[&'static str],
        sort: &str,
        other: &[(&'static str, &str)],
    ) -> Self {
        let (wanted, wanted_down) = parse(sort);
        let default = columns[0];
        let known = columns.iter().map(|column| parse(column).0).find(|column| *column == wanted);
        let (by, down) = known.map_or(parse(default), |column| (column, wanted_down));
        let other = other.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Self { path, other, default, by, down }
    }

    pub fn is_by(&self, column: &str) -> bool {
        self.by == column
    }

    pub fn is_down(&self) -> bool {
        self.down
    }

    /// As in the address; empty for the default.
    pub fn code(&self) -> String {
        let code = code(self.by, self.down);
        if code == self.default { String::new() } else { code }
    }

    /// The value of `aria-sort`; empty if the table is not sorted by this column.
    pub fn aria(&self, column: &str) -> &'static str {
        match (self.is_by(column), self.down) {
            (false, _) => "",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    }

    /// The address of the same table sorted by this column; by the current one, the other way around.
    pub fn link(&self, column: &str) -> String {
        let code = code(column, self.is_by(column) && !self.down);
        let code = if code == self.default { String::new() } else { code };
        let mut fields: Vec<(&str, &str)> =
            self.other.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fields.push(("sort", &code));
        address(self.path, &fields)
    }
}

fn code(column: &str, down: bool) -> String {
    if down { format!("-{column}") } else { column.to_owned() }
}

fn parse(code: &str) -> (&str, bool) {
    code.strip_prefix('-').map_or((code, false), |column| (column, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_sorts_by_its_column_and_then_the_other_way_around() {
        let heads = |sort: &str| Heads::of("/x", &["-since", "name"], sort, &[("q", "a b")]);
        let newest = heads("");
        assert_eq!(
            (newest.aria("since"), newest.aria("name"), newest.code().as_str()),
            ("descending", "", "")
        );
        assert_eq!(
            (newest.link("since").as_str(), newest.link("name").as_str()),
            ("/x?q=a+b&sort=since", "/x?q=a+b&sort=name")
        );
        let by_name = heads("name");
        assert_eq!(
            (by_name.aria("name"), by_name.link("name").as_str()),
            ("ascending", "/x?q=a+b&sort=-name")
        );
        assert_eq!(heads("-name").link("since"), "/x?q=a+b&sort=since");
        assert_eq!(heads("since").link("since"), "/x?q=a+b");
        for odd in ["x", "-", "--name", "-x", "NAME"] {
            assert_eq!(heads(odd).code(), "", "{odd}");
        }
    }
}
