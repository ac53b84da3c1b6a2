//! Reads which file of a crate uses which: imports, paths, those within macros and inner modules, re-exports followed to
//! where a name is defined, and calls through `self` of a type that is written in several files.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

type Segments = Vec<String>;

/// A module: its file, and what its names mean.
#[derive(Default)]
struct Module {
    file: String,
    /// Names that it defines itself.
    defined: BTreeSet<String>,
    /// Names that it imports or re-exports, with their targets.
    imported: HashMap<String, Segments>,
    /// Modules and types from which it imports every name.
    globs: Vec<Segments>,
    /// Paths in its code, as they are written.
    mentioned: Vec<Segments>,
    /// Fields of its structs, by name of the struct.
    structs: HashMap<String, Vec<Field>>,
    methods: Vec<Method>,
    /// Methods called through `self` in them.
    calls: Vec<(Segments, String)>,
}

/// A field of a struct.
pub struct Field {
    pub is_private: bool,
    /// Names in its type.
    pub names: BTreeSet<String>,
}

/// A method of an inherent `impl` block.
struct Method {
    /// Its type as written.
    owner: Segments,
    name: String,
    takes_self: bool,
}

/// A type that has methods.
pub struct Type<'h> {
    /// The file that defines it.
    pub file: &'h str,
    pub name: String,
    /// Over all files.
    pub methods: usize,
    pub takes_self: bool,
    /// None unless it is a struct.
    pub fields: &'h [Field],
}

/// All modules of a crate.
#[derive(Default)]
pub struct House {
    modules: BTreeMap<Segments, Module>,
}

/// One file uses another.
pub type Arrows = BTreeSet<(String, String)>;

impl House {
    /// Reads the files of a crate's `src`, by path from there.
    pub fn read<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        let mut house = Self::default();
        for (path, text) in files {
            let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            house.enter(module_of(path), path, &parsed.items);
        }
        house
    }

    fn enter(&mut self, name: Segments, file: &str, items: &[syn::Item]) {
        let mut module = Module { file: file.to_owned(), ..Module::default() };
        for item in items.iter().filter(|item| !is_test(attributes(item))) {
            if let syn::Item::Mod(inner) = item {
                module.defined.insert(inner.ident.to_string());
                if let Some((_, items)) = &inner.content {
                    let name = name.iter().cloned().chain([inner.ident.to_string()]).collect();
                    self.enter(name, file, items);
                }
                continue;
            }
            Reader { module: &mut module, own: None }.visit_item(item);
        }
        self.modules.insert(name, module);
    }

    /// Which file uses which. A re-export counts for the file that re-exports the name and for the one that defines it.
    pub fn arrows(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for (name, module) in &self.modules {
            let mut uses = BTreeSet::new();
            for path in &module.mentioned {
                self.lookup(name, path, &mut uses);
            }
            for (owner, method) in &module.calls {
                uses.extend(self.definition_of_method(name, owner, method));
            }
            uses.remove(&module.file);
            arrows.extend(uses.into_iter().map(|file| (module.file.clone(), file)));
        }
        arrows
    }

    /// Every type that has methods, with those of all its `impl` blocks but traits'.
    pub fn types(&self) -> Vec<Type<'_>> {
        let mut found: BTreeMap<(Segments, String), Vec<&Method>> = BTreeMap::new();
        for (place, module) in &self.modules {
            for method in &module.methods {
                if let Some(owner) = self.definition(place, &method.owner) {
                    found.entry(owner).or_default().push(method);
                }
            }
        }
        let shape = |((place, name), methods): ((Segments, String), Vec<&Method>)| {
            let module = &self.modules[&place];
            Type {
                file: &module.file,
                methods: methods.len(),
                takes_self: methods.iter().any(|method| method.takes_self),
                fields: module.structs.get(&name).map(Vec::as_slice).unwrap_or_default(),
                name,
            }
        };
        found.into_iter().map(shape).collect()
    }

    /// The file that defines a method of the type that `owner` means here.
    fn definition_of_method(&self, here: &[String], owner: &[String], method: &str) -> Option<String> {
        let owner = self.definition(here, owner)?;
        self.modules.iter().find_map(|(place, module)| {
            let is_it =
                |of: &Method| of.name == method && self.definition(place, &of.owner).as_ref() == Some(&owner);
            module.methods.iter().any(is_it).then(|| module.file.clone())
        })
    }

    /// Module and name of what a path means in a module.
    fn definition(&self, here: &[String], path: &[String]) -> Option<(Segments, String)> {
        self.walk(&self.absolute(here, path)?, &mut BTreeSet::new(), 0)
    }

    fn lookup(&self, here: &[String], path: &[String], uses: &mut BTreeSet<String>) {
        if let Some(path) = self.absolute(here, path) {
            self.walk(&path, uses, 0);
        }
    }

    /// A path from the root of the crate; none if it leads out of it.
    fn absolute(&self, here: &[String], path: &[String]) -> Option<Segments> {
        let (first, rest) = path.split_first()?;
        let start = match first.as_str() {
            "crate" => Vec::new(),
            "self" => here.to_vec(),
            "super" => here.split_last()?.1.to_vec(),
            name => {
                let module = self.modules.get(here)?;
                if module.defined.contains(name) {
                    here.iter().cloned().chain([name.to_owned()]).collect()
                } else {
                    // An import names its origin itself.
                    let meant = module.imported.get(name).filter(|meant| meant.first() != Some(first))?;
                    self.absolute(here, meant)?
                }
            }
        };
        let ups = rest.iter().take_while(|segment| *segment == "super").count();
        let start = &start[..start.len().checked_sub(ups)?];
        Some(start.iter().chain(&rest[ups..]).cloned().collect())
    }

    /// Follows a path from the root to its definition, and records the files on the way.
    fn walk(&self, path: &[String], uses: &mut BTreeSet<String>, depth: usize) -> Option<(Segments, String)> {
        let inner = (1..=path.len()).rev().find(|end| self.modules.contains_key(&path[..*end]));
        let end = inner.unwrap_or(0);
        let (place, rest) = path.split_at(end);
        let module = self.modules.get(place)?;
        let Some((name, further)) = rest.split_first() else {
            uses.insert(module.file.clone());
            return None;
        };
        if module.defined.contains(name) || depth > 8 {
            uses.insert(module.file.clone());
            return Some((place.to_vec(), name.clone()));
        }
        if let Some(meant) = module.imported.get(name) {
            let absolute = self.absolute(place, meant)?;
            uses.insert(module.file.clone());
            let followed: Segments = absolute.into_iter().chain(further.iter().cloned()).collect();
            return self.walk(&followed, uses, depth + 1);
        }
        for glob in &module.globs {
            let Some(absolute) = self.absolute(place, glob) else { continue };
            let followed: Segments = absolute.into_iter().chain(rest.iter().cloned()).collect();
            let mut asked = BTreeSet::new();
            if let Some(found) = self.walk(&followed, &mut asked, depth + 1) {
                uses.insert(module.file.clone());
                uses.extend(asked);
                return Some(found);
            }
        }
        // Written by a macro: only the compiler sees it.
        uses.insert(module.file.clone());
        None
    }
}

/// Groups of files that use one another in a circle, the largest first.
pub fn circles(arrows: &Arrows) -> Vec<BTreeSet<String>> {
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, to) in arrows {
        next.entry(from).or_default().insert(to);
    }
    let reach = |start: &str| {
        let (mut seen, mut waiting) = (BTreeSet::new(), vec![start]);
        while let Some(file) = waiting.pop() {
            for to in next.get(file).into_iter().flatten() {
                if seen.insert(*to) {
                    waiting.push(to);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> = next.keys().map(|file| (*file, reach(file))).collect();
    let mut found: BTreeSet<BTreeSet<String>> = BTreeSet::new();
    for (file, seen) in &reached {
        let circle: BTreeSet<String> = seen
            .iter()
            .filter(|other| reached.get(**other).is_some_and(|back| back.contains(file)))
            .map(|other| (*other).to_owned())
            .collect();
        if circle.len() > 1 {
            found.insert(circle);
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    found
}

fn module_of(path: &str) -> Segments {
    let path = Path::new(path).with_extension("");
    let mut segments: Segments =
        path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    if segments.last().is_some_and(|last| last == "mod" || segments.len() == 1 && last == "lib") {
        segments.pop();
    }
    segments
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Trait(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Reads the code of one module.
struct Reader<'m> {
    module: &'m mut Module,
    /// The type whose `impl` block is being read.
    own: Option<Segments>,
}

impl Reader<'_> {
    fn import(&mut self, before: &Segments, tree: &syn::UseTree) {
        let with = |name: &syn::Ident| before.iter().cloned().chain([name.to_string()]).collect::<Segments>();
        match tree {
            syn::UseTree::Path(path) => self.import(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) if name.ident == "self" => {
                let named = before.last().cloned().unwrap_or_default();
                self.take(named, before.clone());
            }
            syn::UseTree::Name(name) => self.take(name.ident.to_string(), with(&name.ident)),
            syn::UseTree::Rename(rename) => self.take(rename.rename.to_string(), with(&rename.ident)),
            syn::UseTree::Glob(_) => {
                self.module.globs.push(before.clone());
                self.module.mentioned.push(before.clone());
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(before, tree)),
        }
    }

    fn take(&mut self, name: String, path: Segments) {
        self.module.mentioned.push(path.clone());
        self.module.imported.insert(name, path);
    }

    /// Records what looks like a path among the tokens of a macro.
    fn read_tokens(&mut self, tokens: TokenStream) {
        let mut path = Segments::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.end(&mut path);
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.end(&mut path);
                    self.read_tokens(group.stream());
                }
                _ => self.end(&mut path),
            }
        }
        self.end(&mut path);
    }

    fn end(&mut self, path: &mut Segments) {
        if path.len() > 1 {
            self.module.mentioned.push(std::mem::take(path));
        }
        path.clear();
    }
}

/// The names in a type.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl<'ast> Visit<'ast> for Names {
    fn visit_path_segment(&mut self, segment: &'ast syn::PathSegment) {
        self.0.insert(segment.ident.to_string());
        visit::visit_path_segment(self, segment);
    }
}

fn segments(path: &syn::Path) -> Segments {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let name = match item {
            syn::Item::Const(item) => Some(&item.ident),
            syn::Item::Enum(item) => Some(&item.ident),
            syn::Item::Fn(item) => Some(&item.sig.ident),
            syn::Item::Macro(item) => item.ident.as_ref(),
            syn::Item::Static(item) => Some(&item.ident),
            syn::Item::Struct(item) => Some(&item.ident),
            syn::Item::Trait(item) => Some(&item.ident),
            syn::Item::Type(item) => Some(&item.ident),
            _ => None,
        };
        self.module.defined.extend(name.map(ToString::to_string));
        visit::visit_item(self, item);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        let fields = item.fields.iter().map(|field| {
            let mut names = Names::default();
            names.visit_type(&field.ty);
            Field { is_private: matches!(field.vis, syn::Visibility::Inherited), names: names.0 }
        });
        self.module.structs.insert(item.ident.to_string(), fields.collect());
        visit::visit_item_struct(self, item);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&Segments::new(), &item.tree);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if let (None, syn::Type::Path(owner)) = (&item.trait_, &*item.self_ty) {
            let owner = segments(&owner.path);
            let methods = item.items.iter().filter_map(|item| match item {
                syn::ImplItem::Fn(method) => Some(Method {
                    owner: owner.clone(),
                    name: method.sig.ident.to_string(),
                    takes_self: method.sig.receiver().is_some(),
                }),
                _ => None,
            });
            self.module.methods.extend(methods);
            self.own = Some(owner);
        }
        visit::visit_item_impl(self, item);
        self.own = None;
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let is_own = matches!(&*call.receiver, syn::Expr::Path(path) if path.path.is_ident("self"));
        if let (true, Some(own)) = (is_own, &self.own) {
            self.module.calls.push((own.clone(), call.method.to_string()));
        }
        visit::visit_expr_method_call(self, call);
    }

    /// A visibility is not a use of a name.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        match (segments(path).as_slice(), &self.own) {
            ([first, method], Some(own)) if first == "Self" => {
                self.module.calls.push((own.clone(), method.clone()));
            }
            (path, _) if path.len() > 1 => self.module.mentioned.push(path.to_vec()),
            _ => {}
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, code: &'ast syn::Macro) {
        self.read_tokens(code.tokens.clone());
        visit::visit_macro(self, code);
    }
}
