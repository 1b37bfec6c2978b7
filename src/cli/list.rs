//! `list`: what there is, for people and for programs.

use std::fmt::Write as _;

use super::args::{List, Listed};
use super::{Exit, Output};
use crate::catalog::Catalog;
use crate::catalog::capability::{Capability, Requirement};
use crate::catalog::kinds::KINDS;
use crate::export::json::{object, string};
use crate::policy::print::pretty;
use crate::policy::tree::{Node, Place, Value};
use crate::text::wrapped;

/// Runs `list`.
pub(super) fn run(arguments: &List, output: &mut Output<'_>) -> Exit {
    let catalog = Catalog::builtin();
    let text = match (arguments.what, arguments.json) {
        (Listed::Capabilities, true) => {
            pretty(&Node::array(catalog.capabilities().map(capability_node).collect()))
        }
        (Listed::Capabilities, false) => capabilities(catalog),
        (Listed::Documents, json) => documents(catalog, json),
        (Listed::Messages, json) => messages(catalog, json),
        (Listed::Kinds, json) => kinds(json),
        (Listed::Actions, json) => actions(catalog, json),
    };
    output.result(&text);
    Exit::Clean
}

fn boolean(value: bool) -> Node {
    Node::new(Value::Bool(value), Place::Nowhere)
}

fn strings<'a>(texts: impl IntoIterator<Item = &'a str>) -> Node {
    Node::array(texts.into_iter().map(string).collect())
}

/// The names of the documents a capability can write to.
pub(super) fn documents_of(capability: &Capability) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    for requirement in &capability.requires {
        match requirement {
            Requirement::Always(name) | Requirement::When { document: name, .. } => add(name),
        }
    }
    for template in capability.grants.iter().filter_map(|grant| grant.document.as_ref()) {
        match (template.plain(), template.single_reference().and_then(|r| capability.parameter(&r.name))) {
            (Some(name), _) => add(name),
            (None, Some(parameter)) => parameter.choices.iter().for_each(|choice| add(&choice.value)),
            _ => {}
        }
    }
    names
}

fn capability_node(capability: &Capability) -> Node {
    let parameters = capability.parameters.iter().map(|parameter| {
        object(vec![
            ("name", string(parameter.name)),
            ("kind", string(&parameter.kind)),
            ("label", string(&parameter.label)),
            ("required", boolean(parameter.required)),
            ("several", boolean(parameter.several)),
            ("help", string(&parameter.help)),
        ])
    });
    object(vec![
        ("id", string(&capability.id)),
        ("group", string(capability.group())),
        ("title", string(&capability.title)),
        ("help", string(&capability.help)),
        ("parameters", Node::array(parameters.collect())),
        ("documents", Node::array(documents_of(capability).iter().map(|name| string(name)).collect())),
    ])
}

fn capabilities(catalog: &Catalog) -> String {
    let mut out = String::new();
    let mut group = "";
    for capability in catalog.capabilities() {
        if capability.group() != group {
            group = capability.group();
            let _ = writeln!(out, "{}{group}", if out.is_empty() { "" } else { "\n" });
        }
        let line = format!("  {:<30} {}", capability.id, capability.help);
        let _ = writeln!(out, "{}", wrapped(&line, 33));
        for parameter in &capability.parameters {
            let mark = parameter.need();
            let words = parameter.kind_in_words();
            let line = format!("      .{:<20} {mark}, {words}: {}", parameter.name, parameter.label);
            let _ = writeln!(out, "{}", wrapped(&line, 28));
        }
    }
    out.push_str("\nsubjects\n");
    for subject in catalog.subjects() {
        for parameter in &subject.parameters {
            let name = format!("{}.{}", subject.id, parameter.name);
            let line = format!("  {name:<30} {}: {}", parameter.kind, parameter.help);
            let _ = writeln!(out, "{}", wrapped(&line, 33));
        }
    }
    out
}

fn documents(catalog: &Catalog, json: bool) -> String {
    if json {
        let nodes = catalog.documents().map(|document| {
            object(vec![
                ("name", string(&document.name)),
                ("kind", string(document.kind.word())),
                ("title", string(&document.title)),
                ("help", string(&document.help)),
                ("per", crate::export::json::optional(document.per.as_deref())),
            ])
        });
        return pretty(&Node::array(nodes.collect()));
    }
    let line = |name: &str, kind: &str, help: &str| {
        format!("{}\n", wrapped(&format!("{name:<22} {kind:<9} {help}"), 33))
    };
    catalog.documents().map(|document| line(&document.name, document.kind.word(), &document.help)).collect()
}

fn messages(catalog: &Catalog, json: bool) -> String {
    if json {
        let nodes = catalog.messages().map(|message| {
            object(vec![
                ("code", string(&message.code)),
                ("severity", string(message.severity.word())),
                ("title", string(&message.title)),
                ("why", string(&message.why)),
                ("fix", string(&message.fix)),
                ("analyzer", crate::export::json::optional(message.analyzer.as_deref())),
            ])
        });
        return pretty(&Node::array(nodes.collect()));
    }
    let lines = catalog.messages();
    let mut out = String::new();
    for message in lines {
        let line = format!("{:<28} {:<10} {}", message.code, message.severity.word(), message.title);
        let _ = writeln!(out, "{}", wrapped(&line, 40));
    }
    out
}

fn kinds(json: bool) -> String {
    if json {
        let nodes = KINDS.iter().map(|kind| {
            let facets = kind
                .facets
                .iter()
                .map(|(name, help)| object(vec![("name", string(name)), ("help", string(help))]));
            object(vec![
                ("name", string(kind.name)),
                ("title", string(kind.title)),
                ("form", string(kind.form)),
                ("example", string(kind.example)),
                ("facets", Node::array(facets.collect())),
            ])
        });
        return pretty(&Node::array(nodes.collect()));
    }
    let mut out = String::new();
    for kind in KINDS {
        let line = format!("{:<18} {}, for example {}", kind.name, kind.form, kind.example);
        let _ = writeln!(out, "{}", wrapped(&line, 19));
        for (name, help) in kind.facets {
            let _ = writeln!(out, "{}", wrapped(&format!("    .{name:<15} {help}"), 21));
        }
    }
    out
}

fn actions(catalog: &Catalog, json: bool) -> String {
    let reference = catalog.reference();
    let mut nodes = Vec::new();
    let mut out = String::new();
    for service in reference.services() {
        for name in service.action_names() {
            let Some((name, action)) = service.action(name) else { continue };
            if !json {
                let resources =
                    if action.resources.is_empty() { "*".to_owned() } else { action.resources.join(" ") };
                let full = format!("{}:{name}", service.prefix);
                let line = format!("{full:<48} {:<22} {resources}", action.levels.join(", "));
                let _ = writeln!(out, "{}", wrapped(&line, 4));
                continue;
            }
            let resources = action.resources.iter().map(|kind| {
                object(vec![
                    ("type", string(kind.trim_end_matches('*'))),
                    ("required", boolean(kind.ends_with('*'))),
                ])
            });
            nodes.push(object(vec![
                ("service", string(service.prefix)),
                ("name", string(name)),
                ("level", string(&action.levels.join(", "))),
                ("resources", Node::array(resources.collect())),
                ("condition_keys", strings(action.keys.iter().map(String::as_str))),
                ("dependent", strings(action.dependent.iter().map(String::as_str))),
            ]));
        }
    }
    if json {
        return pretty(&Node::array(nodes));
    }
    let _ = writeln!(
        out,
        "\nService Authorization Reference as of {}.\nA * behind a resource type means required.",
        reference.source().date
    );
    out
}
