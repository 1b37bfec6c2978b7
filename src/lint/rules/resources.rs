//! Resources that do not fit the IAM actions beside them.

use super::Rule;
use crate::access::fits_form;
use crate::catalog::Catalog;
use crate::catalog::document::DocumentKind;
use crate::catalog::reference::{Action, Service};
use crate::lint::{At, Findings, Judged};
use crate::policy::arn::Arn;
use crate::policy::tree::{Node, Value};
use crate::policy::view::Terms;

pub(super) const RULE: Rule = Rule {
    name: "resources",
    codes: &[
        "no-resource-level",
        "action-without-resource",
        "resource-without-action",
        "arn-form",
        "latest-without-policy",
    ],
    judge,
};

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    for (index, read) in judged.documents.iter().enumerate() {
        if read.kind == DocumentKind::Trust {
            continue;
        }
        for statement in &read.view.statements {
            let (Some(actions), Some(resources)) = (&statement.actions, &statement.resources) else {
                continue;
            };
            forms(index, resources, findings);
            if read.kind == DocumentKind::Resource {
                latest(index, resources, findings);
            }
            if !actions.negated && !resources.negated {
                fit(judged, index, actions, resources, findings);
            }
        }
    }
}

/// Every resource is `*` or begins like an ARN.
fn forms<'a>(index: usize, resources: &Terms<'a>, findings: &mut Findings<'a>) {
    for node in &resources.items {
        let text = node.as_str().unwrap_or_default();
        let fine =
            text == "*" || text.starts_with("arn:") && text.bytes().filter(|b| *b == b':').count() >= 2;
        if !fine && !text.starts_with('*') {
            findings.raise("arn-form", At::Node(index, node), &[("resource", text)]);
        }
    }
}

/// Lambda keeps a policy for the function, each version and each alias, and none for `$LATEST`.
fn latest<'a>(index: usize, resources: &Terms<'a>, findings: &mut Findings<'a>) {
    for node in &resources.items {
        let text = node.as_str().unwrap_or_default();
        if text.ends_with(":$LATEST") && Arn::parse(text).is_some_and(|arn| arn.service == "lambda") {
            findings.raise("latest-without-policy", At::Node(index, node), &[("resource", text)]);
        }
    }
}

fn fit<'a>(
    judged: &Judged<'a>,
    index: usize,
    actions: &Terms<'a>,
    resources: &Terms<'a>,
    findings: &mut Findings<'a>,
) {
    let catalog = judged.catalog;
    let known: Vec<_> = actions.items.iter().filter_map(|node| known_action(catalog, node)).collect();
    if known.len() != actions.items.len()
        || is_open(judged, resources)
        || !is_read(actions)
        || !is_read(resources)
    {
        return;
    }
    let star = resources.items.iter().any(|node| node.as_str() == Some("*"));
    let mut fitted = vec![false; resources.items.len()];
    for (node, service, name, action) in &known {
        if action.resources.is_empty() {
            let excepted = || resources.items.iter().filter_map(|node| node.as_str());
            if !star && !excepted().any(|text| fits(catalog, service, name, action, text)) {
                let action = format!("{}:{name}", service.prefix);
                findings.raise("no-resource-level", At::Node(index, node), &[("action", &action)]);
            }
            continue;
        }
        let mut any = false;
        for (resource, fitted) in resources.items.iter().zip(&mut fitted) {
            let text = resource.as_str().unwrap_or_default();
            if fits(catalog, service, name, action, text) {
                *fitted = true;
                any = true;
            }
        }
        if !any {
            let wanted = wanted_forms(service, action);
            let action = format!("{}:{name}", service.prefix);
            findings.raise(
                "action-without-resource",
                At::Node(index, node),
                &[("action", &action), ("wanted", &wanted)],
            );
        }
    }
    for (resource, fitted) in resources.items.iter().zip(fitted) {
        let text = resource.as_str().unwrap_or_default();
        if !fitted && text != "*" && text.starts_with("arn:") {
            findings.raise("resource-without-action", At::Node(index, resource), &[("resource", text)]);
        }
    }
}

type Known<'c, 'a> = (&'a Node, &'c Service, &'c str, &'c Action);

fn known_action<'c, 'a>(catalog: &'c Catalog, node: &'a Node) -> Option<Known<'c, 'a>> {
    let (service, name, action) = catalog.reference().action(node.as_str()?)?;
    Some((node, service, name, action))
}

/// True when every entry is a string; one that is not has been told already.
fn is_read(terms: &Terms<'_>) -> bool {
    let entries = if matches!(terms.node.value, Value::Array(_)) { terms.node.items().len() } else { 1 };
    entries == terms.items.len()
}

/// True when a resource holds a hole or a value that is wrong in itself: that is told where it
/// belongs, and what it was composed into is unknown.
fn is_open(judged: &Judged<'_>, terms: &Terms<'_>) -> bool {
    let hole = |node: &&Node| node.text().is_some_and(|text| !text.holes().is_empty());
    terms.items.iter().any(|node| hole(node) || judged.is_doubtful(node))
}

/// True when a resource pattern can name something the IAM action takes.
fn fits(catalog: &Catalog, service: &Service, name: &str, action: &Action, resource: &str) -> bool {
    let types = action.resource_types();
    let full = format!("{}:{name}", service.prefix);
    let excepted = catalog.reference().exceptions().iter().filter(|exception| exception.action == full);
    types
        .chain(excepted.map(|exception| exception.resource_type.as_str()))
        .filter_map(|kind| service.resource_type(kind))
        .flat_map(|kind| &kind.arns)
        .any(|form| fits_form(resource, form))
}

/// The simplest ARN form the IAM action takes, for the message.
fn wanted_forms(service: &Service, action: &Action) -> String {
    let types = action.resource_types().filter_map(|kind| service.resource_type(kind));
    let simplest = types.flat_map(|kind| &kind.arns).min_by_key(|form| form.len());
    simplest.map_or_else(|| "*".to_owned(), |form| form.replace("${", "").replace('}', ""))
}
