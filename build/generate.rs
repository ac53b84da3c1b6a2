//! Writes the catalog as Rust: a struct a group, with a field for each text without variables and a method for each with
//! some. So nothing is looked up at run time.

use std::fmt::Write as _;

use super::catalog::{Case, Catalog, Group, Kind, Language, Part, REFERENCE, Text, name_in, snake_case};

/// The whole module.
pub fn generate(catalog: &Catalog) -> String {
    let mut code = String::from("// @generated from locales/*.ftl by build.rs.\n\n");
    write_root(&mut code, catalog);
    catalog.groups.iter().for_each(|group| write_group(&mut code, group, catalog));
    catalog.languages.iter().for_each(|language| write_language(&mut code, language, catalog));
    code
}

fn write_root(code: &mut String, catalog: &Catalog) {
    code.push_str("/// Every text of one language, by section.\npub struct Texts {\n    pub lang: Lang,\n");
    for group in &catalog.groups {
        let (field, name) = (snake_case(&group.name), type_name(group));
        let _ = writeln!(code, "    /// {}\n    pub {field}: {name},", group.about);
    }
    code.push_str("}\n\nimpl Texts {\n    /// The texts of a language.\n");
    code.push_str("    pub fn of(lang: Lang) -> &'static Self {\n        match lang {\n");
    for Language { tag, .. } in &catalog.languages {
        let _ = writeln!(code, "            Lang::{} => &{},", variant(tag), constant(tag));
    }
    code.push_str("        }\n    }\n}\n");
}

fn write_group(code: &mut String, group: &Group, catalog: &Catalog) {
    let _ = writeln!(code, "\n/// {}\npub struct {} {{", group.about, type_name(group));
    let (methods, fields): (Vec<&Text>, Vec<&Text>) =
        group.texts.iter().partition(|text| !text.arguments.is_empty());
    if !methods.is_empty() {
        code.push_str("    lang: Lang,\n");
    }
    let english = catalog.languages.iter().find(|language| language.tag == REFERENCE);
    for text in fields {
        let words = english.map(|english| words(english, text)).unwrap_or_default();
        let (about, name) = (words.replace('\n', " "), name_of(group, text));
        let _ = writeln!(code, "    /// {about}\n    pub {name}: &'static str,");
    }
    code.push_str("}\n");
    if methods.is_empty() {
        return;
    }
    let _ = writeln!(code, "\nimpl {} {{", type_name(group));
    methods.iter().for_each(|text| write_method(code, (group, text), catalog));
    code.push_str("}\n");
}

fn write_method(code: &mut String, (group, text): (&Group, &Text), catalog: &Catalog) {
    let _ = write!(code, "    pub fn {}(&self", name_of(group, text));
    for (name, kind) in &text.arguments {
        let kind = match kind {
            Kind::Words => "impl Display",
            Kind::Number => "impl Into<Count>",
        };
        let _ = write!(code, ", {name}: {kind}");
    }
    code.push_str(") -> String {\n");
    for name in text.arguments.iter().filter(|(_, kind)| **kind == Kind::Number).map(|(name, _)| name) {
        let _ = writeln!(code, "        let {name}: Count = {name}.into();");
    }
    code.push_str("        match self.lang {\n");
    for language in &catalog.languages {
        let lang = variant(&language.tag);
        let _ =
            writeln!(code, "            Lang::{lang} => {},", expression(&language.texts[&text.id], &lang));
    }
    code.push_str("        }\n    }\n\n");
}

fn write_language(code: &mut String, language: &Language, catalog: &Catalog) {
    let (constant, lang) = (constant(&language.tag), variant(&language.tag));
    let _ = writeln!(code, "\nstatic {constant}: Texts = Texts {{\n    lang: Lang::{lang},");
    for group in &catalog.groups {
        let _ = writeln!(code, "    {}: {} {{", snake_case(&group.name), type_name(group));
        if group.texts.iter().any(|text| !text.arguments.is_empty()) {
            let _ = writeln!(code, "        lang: Lang::{lang},");
        }
        for text in group.texts.iter().filter(|text| text.arguments.is_empty()) {
            let _ = writeln!(code, "        {}: {:?},", name_of(group, text), words(language, text));
        }
        code.push_str("    },\n");
    }
    code.push_str("};\n");
}

/// A text without variables.
fn words<'l>(language: &'l Language, text: &Text) -> &'l str {
    match language.texts.get(&text.id).map(Vec::as_slice) {
        Some([Part::Text(words)]) => words,
        _ => "",
    }
}

/// An expression of type `String`.
fn expression(parts: &[Part], lang: &str) -> String {
    match parts {
        [] => "String::new()".to_owned(),
        [Part::Text(text)] => format!("{text:?}.to_owned()"),
        [Part::Select { variable, cases, default }] => choice(variable, cases, default, lang),
        _ => {
            let (mut format, mut choices) = (String::new(), String::new());
            for part in parts {
                match part {
                    Part::Text(text) => format.push_str(&text.replace('{', "{{").replace('}', "}}")),
                    Part::Variable(name) => drop(write!(format, "{{{name}}}")),
                    Part::Select { variable, cases, default } => {
                        format.push_str("{}");
                        let _ = write!(choices, ", {}", choice(variable, cases, default, lang));
                    }
                }
            }
            format!("format!({format:?}{choices})")
        }
    }
}

fn choice(variable: &str, cases: &[(Case, Vec<Part>)], default: &[Part], lang: &str) -> String {
    let is_plural = cases.iter().any(|(case, _)| matches!(case, Case::Plural(_)));
    let plural = if is_plural { format!("{variable}.plural(Lang::{lang})") } else { "()".to_owned() };
    let mut code = format!("match ({variable}.value(), {plural}) {{ ");
    for (case, parts) in cases {
        let pattern = match case {
            Case::Exactly(number) => format!("({number}, _)"),
            Case::Plural(name) => format!("(_, PluralCategory::{})", variant(name)),
        };
        let _ = write!(code, "{pattern} => {}, ", expression(parts, lang));
    }
    let _ = write!(code, "_ => {} }}", expression(default, lang));
    code
}

/// `apps-address-hint` in the group `apps` becomes `address_hint`.
fn name_of(group: &Group, text: &Text) -> String {
    name_in(group, &text.id).unwrap_or_default()
}

/// `oidc-apps` becomes `OidcAppsTexts`.
fn type_name(group: &Group) -> String {
    format!("{}Texts", variant(&group.name))
}

/// `zh-Hans` becomes `ZhHans`, and `pt-BR` `PtBr`.
fn variant(tag: &str) -> String {
    tag.split('-').fold(String::new(), |name, part| {
        let (first, rest) = part.split_at(part.len().min(1));
        name + &first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
    })
}

/// `zh-Hans` becomes `ZH_HANS`.
fn constant(tag: &str) -> String {
    snake_case(tag).to_ascii_uppercase()
}
