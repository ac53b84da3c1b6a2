//! The API's description, and checks of answers against it.

use std::collections::BTreeSet;
use std::sync::Mutex;

use jsonschema::Validator;
use serde_json::{Value, json};

use super::Reply;

/// The served description, with a record of every answer checked against it.
pub struct Described {
    document: Value,
    seen: Mutex<BTreeSet<(String, u16)>>,
}

impl Described {
    pub fn read(text: &str) -> Self {
        let mut document = serde_json::from_str(text).unwrap();
        close(&mut document);
        Self { document, seen: Mutex::default() }
    }

    /// Every operation with every described status: `GET /api/posts` and 200.
    pub fn answers(&self) -> BTreeSet<(String, u16)> {
        let paths = self.document["paths"].as_object().unwrap();
        let operations = paths.iter().flat_map(|(path, item)| {
            item.as_object().unwrap().iter().map(move |(method, operation)| (path, method, operation))
        });
        let answers = operations.flat_map(|(path, method, operation)| {
            let statuses = operation["responses"].as_object().unwrap().keys();
            statuses.map(move |status| (format!("{} {path}", method.to_uppercase()), status.parse().unwrap()))
        });
        answers.collect()
    }

    pub fn operations(&self) -> BTreeSet<String> {
        self.answers().into_iter().map(|(operation, _)| operation).collect()
    }

    /// The operations that take an access token, and whether it needs a scope.
    pub fn guarded(&self) -> Vec<(String, bool)> {
        let needs = |operation: &String| {
            let (method, path) = operation.split_once(' ').unwrap();
            let security = &self.document["paths"][path][method.to_lowercase()]["security"];
            security
                .as_array()
                .unwrap()
                .iter()
                .find_map(|way| way["bearer"].as_array())
                .map(|scopes| !scopes.is_empty())
        };
        self.operations()
            .into_iter()
            .filter_map(|operation| Some((operation.clone(), needs(&operation)?)))
            .collect()
    }

    /// Described answers that no test has seen.
    pub fn unseen(&self) -> BTreeSet<(String, u16)> {
        self.answers().difference(&self.seen.lock().unwrap()).cloned().collect()
    }

    /// Checks an answer against the description of `operation`.
    pub fn check(&self, operation: &str, reply: &Reply) {
        let (method, path) = operation.split_once(' ').unwrap();
        let case = format!("{operation} answered {} {}", reply.status, reply.body);
        let responses = &self.document["paths"][path][method.to_lowercase()]["responses"];
        let response = self.resolved(&responses[reply.status.to_string()]);
        assert!(response.is_object(), "not described: {case}");
        for name in response["headers"].as_object().into_iter().flat_map(|headers| headers.keys()) {
            assert!(reply.headers.contains_key(name), "{name} is missing: {case}");
        }
        match response["content"].as_object() {
            None => assert_eq!(reply.body, "", "no body is described: {case}"),
            Some(content) => {
                let kind = reply.header("content-type");
                let media = content.get(kind).unwrap_or_else(|| panic!("{kind} is not described: {case}"));
                let body = serde_json::from_str(&reply.body).unwrap();
                let errors: Vec<_> = self
                    .validator(&media["schema"])
                    .iter_errors(&body)
                    .map(|error| error.to_string())
                    .collect();
                assert!(errors.is_empty(), "{errors:?}: {case}");
            }
        }
        self.seen.lock().unwrap().insert((operation.to_owned(), reply.status));
    }

    fn validator(&self, schema: &Value) -> Validator {
        let mut root = schema.clone();
        root["components"] = self.document["components"].clone();
        jsonschema::options().should_validate_formats(true).build(&root).unwrap()
    }

    fn resolved<'d>(&'d self, value: &'d Value) -> &'d Value {
        match value["$ref"].as_str() {
            Some(place) => self.document.pointer(place.strip_prefix('#').unwrap()).unwrap(),
            None => value,
        }
    }
}

/// Forbids undescribed members in objects: programs must accept new ones, but the description must
/// match the code.
fn close(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members.contains_key("properties") {
                members.entry("additionalProperties").or_insert(json!(false));
            }
            members.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}
