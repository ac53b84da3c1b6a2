//! Reads the languages' files (Fluent, <https://projectfluent.org>) and holds every language to the English one: the same
//! texts with the same variables. docs/translating.md says what a file may contain.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Comment, Message, Resource, Variant, VariantKey};
use fluent_syntax::ast::{Entry, Expression, Identifier, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use fluent_syntax::unicode::unescape_unicode_to_string;

/// The language that declares texts and variables.
pub const REFERENCE: &str = "en";

/// The names of plural forms in CLDR (Unicode Technical Standard 35, part 3).
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What is wrong, with file, line and text: one sentence each.
pub type Problems = Vec<String>;

pub struct Catalog {
    pub groups: Vec<Group>,
    pub languages: Vec<Language>,
}

/// A section of the English file.
pub struct Group {
    /// As in the file: `oidc-apps`.
    pub name: String,
    pub about: String,
    pub texts: Vec<Text>,
}

pub struct Text {
    /// With the group: `oidc-apps-title`.
    pub id: String,
    pub arguments: BTreeMap<String, Kind>,
}

/// What a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Words,
    /// Decides on plural forms.
    Number,
}

pub struct Language {
    /// BCP 47, the name of the file.
    pub tag: String,
    pub texts: BTreeMap<String, Vec<Part>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Text(String),
    Variable(String),
    Select { variable: String, cases: Vec<(Case, Vec<Part>)>, default: Vec<Part> },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Case {
    Exactly(u64),
    /// In the language's plural form.
    Plural(String),
}

/// A file of texts, by tag and content.
pub type Source<'s> = (&'s str, &'s str);

/// Reads the files and compares them.
pub fn read(sources: &[Source]) -> Result<Catalog, Problems> {
    let mut problems = Problems::new();
    let mut languages = Vec::new();
    let mut groups = Vec::new();
    for &(tag, content) in sources {
        let mut file = File { tag, content, problems: Vec::new() };
        let resource = file.parse();
        if tag == REFERENCE {
            groups = file.groups(&resource);
        }
        languages.push((file.texts(&resource), file.numbers(&resource)));
        problems.append(&mut file.problems);
    }
    let Some(reference) = sources.iter().position(|(tag, _)| *tag == REFERENCE) else {
        return Err(vec![format!("locales/{REFERENCE}.ftl is missing")]);
    };
    let (english, numbers) = &languages[reference];
    for text in groups.iter_mut().flat_map(|group| &mut group.texts) {
        let parts = english.texts.get(&text.id).map(Vec::as_slice).unwrap_or_default();
        let empty = BTreeSet::new();
        let numbers = numbers.get(&text.id).unwrap_or(&empty);
        let kind = |name: &String| if numbers.contains(name) { Kind::Number } else { Kind::Words };
        text.arguments = variables(parts).into_iter().map(|name| (name.clone(), kind(&name))).collect();
    }
    for (index, &(tag, content)) in sources.iter().enumerate() {
        let file = File { tag, content, problems: Vec::new() };
        let more = compare(&groups, &languages[index], file);
        // What cannot be read lacks everything else too.
        let is_known = |problem: &String| problems.iter().any(|known| is_of_same_text(known, problem));
        let mut more: Problems = more.into_iter().filter(|problem| !is_known(problem)).collect();
        problems.append(&mut more);
    }
    let languages = languages.into_iter().map(|(language, _)| language).collect();
    if problems.is_empty() { Ok(Catalog { groups, languages }) } else { Err(problems) }
}

/// Whether two problems begin with the same file, line and text.
fn is_of_same_text(one: &str, other: &str) -> bool {
    let place = |problem: &str| problem.splitn(3, ": ").take(2).map(str::to_owned).collect::<Vec<_>>();
    place(one) == place(other)
}

/// The variables that decide between plural forms, by text.
type Numbers = BTreeMap<String, BTreeSet<String>>;

/// What a language lacks or has beyond English.
fn compare(groups: &[Group], (language, numbers): &(Language, Numbers), mut file: File) -> Problems {
    let mut known = BTreeSet::new();
    for text in groups.iter().flat_map(|group| &group.texts) {
        known.insert(&text.id);
        let Some(parts) = language.texts.get(&text.id) else {
            file.problems.push(format!("locales/{}.ftl: the text {} is missing", file.tag, text.id));
            continue;
        };
        let used = variables(parts);
        if has_empty(parts) {
            file.report(&text.id, "this text is empty");
        }
        for name in text.arguments.keys().filter(|name| !used.contains(*name)) {
            file.report(&text.id, &format!("the variable ${name} is missing"));
        }
        for name in used.iter().filter(|name| !text.arguments.contains_key(*name)) {
            file.report(
                &text.id,
                &format!("the variable ${name} is unknown; {REFERENCE}.ftl has none of this name"),
            );
        }
        let empty = BTreeSet::new();
        for name in numbers.get(&text.id).unwrap_or(&empty) {
            if text.arguments.get(name) == Some(&Kind::Words) {
                file.report(&text.id, &format!("plural forms need {{ NUMBER(${name}) }} in {REFERENCE}.ftl"));
            }
        }
    }
    for id in language.texts.keys().filter(|id| !known.contains(id)) {
        file.report(id, &format!("this text is unknown; {REFERENCE}.ftl has none of this name"));
    }
    file.problems
}

/// Whether nothing can be read, in one of the cases at least.
fn has_empty(parts: &[Part]) -> bool {
    let is_blank = |part: &Part| match part {
        Part::Text(text) => text.trim().is_empty(),
        Part::Variable(_) => false,
        Part::Select { cases, default, .. } => {
            cases.iter().any(|(_, parts)| has_empty(parts)) || has_empty(default)
        }
    };
    parts.iter().all(is_blank)
}

/// The variables of a text, in their Rust spelling.
fn variables(parts: &[Part]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for part in parts {
        match part {
            Part::Text(_) => {}
            Part::Variable(name) => drop(found.insert(name.clone())),
            Part::Select { variable, cases, default } => {
                found.insert(variable.clone());
                cases.iter().for_each(|(_, parts)| found.append(&mut variables(parts)));
                found.append(&mut variables(default));
            }
        }
    }
    found
}

struct File<'s> {
    tag: &'s str,
    content: &'s str,
    problems: Problems,
}

type Terms<'r, 's> = BTreeMap<&'s str, &'r Pattern<&'s str>>;

impl<'s> File<'s> {
    fn parse(&mut self) -> Resource<&'s str> {
        parser::parse(self.content).unwrap_or_else(|(resource, errors)| {
            for error in errors {
                let line = self.content[..error.pos.start].lines().count().max(1);
                self.problems.push(format!("locales/{}.ftl:{line}: {}", self.tag, error.kind));
            }
            resource
        })
    }

    /// Reports a problem of a text, with its line.
    fn report(&mut self, id: &str, problem: &str) {
        let is_it = |line: &str| line.strip_prefix(id).is_some_and(|rest| rest.trim_start().starts_with('='));
        let line = self.content.lines().position(is_it).map_or(1, |index| index + 1);
        self.problems.push(format!("locales/{}.ftl:{line}: {id}: {problem}", self.tag));
    }

    /// The sections, each with the texts that it declares.
    fn groups(&mut self, resource: &Resource<&'s str>) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for entry in &resource.body {
            match entry {
                Entry::GroupComment(Comment { content }) => {
                    let name = content.first().copied().unwrap_or_default().trim().to_owned();
                    let about = content.iter().skip(1).copied().collect::<Vec<_>>().join(" ");
                    groups.push(Group { name, about, texts: Vec::new() });
                }
                Entry::Message(message) => {
                    let id = message.id.name.to_owned();
                    let group = groups.last_mut().filter(|group| name_in(group, &id).is_some());
                    match group {
                        Some(group) => group.texts.push(Text { id, arguments: BTreeMap::new() }),
                        None => {
                            self.report(&id, "its name does not begin with the one of its section (## name)")
                        }
                    }
                }
                _ => {}
            }
        }
        groups
    }

    fn texts(&mut self, resource: &Resource<&'s str>) -> Language {
        let terms: Terms = resource.body.iter().filter_map(term).collect();
        let mut texts = BTreeMap::new();
        for Message { id, value, attributes, .. } in resource.body.iter().filter_map(message) {
            if !attributes.is_empty() {
                self.report(id.name, "attributes are not supported");
            }
            let parts = match value.as_ref().map(|pattern| parts(pattern, &terms)) {
                Some(Ok(parts)) => parts,
                Some(Err(problem)) => {
                    self.report(id.name, &problem);
                    Vec::new()
                }
                None => Vec::new(),
            };
            if texts.insert(id.name.to_owned(), parts).is_some() {
                self.report(id.name, "this text stands twice");
            }
        }
        Language { tag: self.tag.to_owned(), texts }
    }

    fn numbers(&self, resource: &Resource<&'s str>) -> Numbers {
        let mut numbers = Numbers::new();
        for Message { id, value, .. } in resource.body.iter().filter_map(message) {
            let mut found = BTreeSet::new();
            value.iter().for_each(|pattern| numbers_of(pattern, &mut found));
            numbers.insert(id.name.to_owned(), found);
        }
        numbers
    }
}

/// The name of a text within its group, in its Rust spelling.
pub fn name_in(group: &Group, id: &str) -> Option<String> {
    let name = id.strip_prefix(&group.name)?.strip_prefix('-')?;
    (!name.is_empty() && !group.name.is_empty()).then(|| snake_case(name))
}

pub fn snake_case(name: &str) -> String {
    name.replace('-', "_")
}

fn message<'r, 's>(entry: &'r Entry<&'s str>) -> Option<&'r Message<&'s str>> {
    match entry {
        Entry::Message(message) => Some(message),
        _ => None,
    }
}

fn term<'r, 's>(entry: &'r Entry<&'s str>) -> Option<(&'s str, &'r Pattern<&'s str>)> {
    match entry {
        Entry::Term(term) => Some((term.id.name, &term.value)),
        _ => None,
    }
}

fn numbers_of(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                found.extend(number(selector).or_else(|| variable(selector)));
                variants.iter().for_each(|variant| numbers_of(&variant.value, found));
            }
            PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                found.extend(number(inline))
            }
            PatternElement::TextElement { .. } => {}
        }
    }
}

fn variable(inline: &InlineExpression<&str>) -> Option<String> {
    match inline {
        InlineExpression::VariableReference { id } => Some(snake_case(id.name)),
        _ => None,
    }
}

/// The variable in `NUMBER($variable)`.
fn number(inline: &InlineExpression<&str>) -> Option<String> {
    match inline {
        InlineExpression::FunctionReference { id: Identifier { name: "NUMBER" }, arguments }
            if arguments.named.is_empty() && arguments.positional.len() == 1 =>
        {
            variable(&arguments.positional[0])
        }
        _ => None,
    }
}

fn parts(pattern: &Pattern<&str>, terms: &Terms) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => push(&mut parts, value),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                parts_of(inline, terms, &mut parts)?;
            }
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                parts.push(select(selector, variants, terms)?);
            }
        }
    }
    Ok(parts)
}

fn push(parts: &mut Vec<Part>, more: &str) {
    match parts.last_mut() {
        Some(Part::Text(text)) => text.push_str(more),
        _ => parts.push(Part::Text(more.to_owned())),
    }
}

fn parts_of(inline: &InlineExpression<&str>, terms: &Terms, into: &mut Vec<Part>) -> Result<(), String> {
    if let Some(name) = variable(inline).or_else(|| number(inline)) {
        into.push(Part::Variable(name));
        return Ok(());
    }
    match inline {
        InlineExpression::StringLiteral { value } => push(into, &unescape_unicode_to_string(value)),
        InlineExpression::NumberLiteral { value } => push(into, value),
        InlineExpression::TermReference { id, attribute: None, arguments: None } => {
            let pattern = terms.get(id.name).ok_or_else(|| format!("the term -{} is unknown", id.name))?;
            // Terms hold words, not other terms, so this ends.
            for part in parts(pattern, &Terms::new())? {
                match part {
                    Part::Text(text) => push(into, &text),
                    other => into.push(other),
                }
            }
        }
        _ => {
            return Err(
                "only variables, NUMBER($variable), terms and \"text\" may stand in braces".to_owned()
            );
        }
    }
    Ok(())
}

fn select(
    selector: &InlineExpression<&str>,
    variants: &[Variant<&str>],
    terms: &Terms,
) -> Result<Part, String> {
    let variable = variable(selector).or_else(|| number(selector)).ok_or("a choice needs a variable")?;
    let (mut cases, mut default) = (Vec::new(), Vec::new());
    for variant in variants {
        let parts = parts(&variant.value, terms)?;
        match &variant.key {
            _ if variant.default => default = parts,
            VariantKey::NumberLiteral { value } => {
                let number = value.parse().map_err(|_| format!("[{value}] is not a whole number"))?;
                cases.push((Case::Exactly(number), parts));
            }
            VariantKey::Identifier { name } if CATEGORIES.contains(name) => {
                cases.push((Case::Plural((*name).to_owned()), parts));
            }
            VariantKey::Identifier { name } => return Err(format!("[{name}] is not a plural form")),
        }
    }
    Ok(Part::Select { variable, cases, default })
}
