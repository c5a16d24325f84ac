//! The JSON forms: what each is, and what stands at its top.

use serde_json::Value;

use super::reference::path;
use super::{Pages, printed};
use crate::sandbox::Sandbox;

pub(super) fn add(sandbox: &Sandbox, pages: &mut Pages) {
    let mut text = String::from(
        "# The JSON forms\n\n`--format json` gives the result of a command to programs, and `detente schema FORM` prints \
         the JSON Schema of what it may contain: every field, with its meaning. Here stands what is at the top of each \
         form. Fields marked with `?` may be missing or null.\n",
    );
    let commands = printed(sandbox, &["man", "--markdown"]);
    let forms = forms(&commands);
    assert!(forms.len() > 30, "{forms:?}");
    for (form, what) in forms {
        let schema = printed(sandbox, &["schema", &form]);
        let schema: Value = serde_json::from_str(&schema).unwrap();
        text.push_str(&format!("\n## {form}\n\n{what}\n\n{}", top(&schema)));
    }
    pages.insert(path("schemas.md"), text);
}

/// The forms that `detente schema` knows, with what each is, as the reference of the command lists them.
fn forms(commands: &str) -> Vec<(String, String)> {
    let section = commands.split("\n## detente schema\n").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let items = section.lines().filter_map(|l| l.strip_prefix("  - `"));
    items
        .filter_map(|item| item.split_once("`: "))
        .map(|(form, what)| (form.to_owned(), what.to_owned()))
        .collect()
}

/// What a schema refers to, in its own definitions.
fn meant<'a>(whole: &'a Value, part: &'a Value) -> &'a Value {
    let reference = part["$ref"].as_str();
    let pointer = reference.and_then(|r| r.strip_prefix('#'));
    pointer.and_then(|p| whole.pointer(p)).unwrap_or(part)
}

/// The fields at the top of a form, as a list.
fn top(schema: &Value) -> String {
    let mut part = meant(schema, schema);
    let mut text = String::new();
    if part["type"] == "array" {
        text.push_str("A list; of each entry:\n\n");
        part = meant(schema, &part["items"]);
    }
    let fields = part["properties"].as_object();
    let required: Vec<&str> = part["required"]
        .as_array()
        .map(|r| r.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    for (name, field) in fields.into_iter().flatten() {
        let own = field["description"].as_str();
        let referred = meant(schema, field)["description"].as_str();
        let description = own.or(referred).unwrap_or_default();
        let first = description.split("\n\n").next().unwrap_or_default();
        let optional = !required.contains(&name.as_str()) || may_be_null(field);
        let mark = if optional { "?" } else { "" };
        text.push_str(&format!("- `{name}{mark}`: {}\n", first.replace('\n', " ")));
    }
    for one in part["oneOf"].as_array().into_iter().flatten() {
        if let Some(description) = meant(schema, one)["description"].as_str() {
            text.push_str(&format!("- One way: {}\n", description.replace('\n', " ")));
        }
    }
    text
}

fn may_be_null(field: &Value) -> bool {
    let is_null = |v: &Value| v == "null" || v["type"] == "null";
    ["type", "anyOf"]
        .iter()
        .any(|k| field[k].as_array().is_some_and(|l| l.iter().any(is_null)))
}
