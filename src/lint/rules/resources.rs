//! Resources that do not fit the IAM actions beside them.

use super::Rule;
use crate::access::{arn_fits_form, open_variables};
use crate::catalog::Catalog;
use crate::catalog::document::DocumentKind;
use crate::catalog::reference::{Action, ArnForm, Service};
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
    let forms_of = |known: &Known<'a, 'a>| catalog.reference().forms(known.1, known.2, known.3);
    let mut pairs: Vec<_> = known.iter().map(|known| (known, forms_of(known), false)).collect();
    let mut unfitted: Vec<&'a Node> = Vec::new();
    for resource in &resources.items {
        let text = resource.as_str().unwrap_or_default();
        let opened = open_variables(text);
        let arn = Arn::parse(&opened);
        let fits = |form: &ArnForm| text == "*" || arn.is_some_and(|arn| arn_fits_form(&arn, form));
        let mut fitted = false;
        for ((_, _, _, action), forms, any) in &mut pairs {
            if forms.iter().any(fits) {
                *any = true;
                fitted |= !action.resources.is_empty();
            }
        }
        if !fitted && text != "*" && text.starts_with("arn:") {
            unfitted.push(resource);
        }
    }
    for ((node, service, name, action), _, any) in pairs {
        if action.resources.is_empty() {
            if !star && !any {
                let action = format!("{}:{name}", service.prefix);
                findings.raise("no-resource-level", At::Node(index, node), &[("action", &action)]);
            }
        } else if !any {
            let wanted = wanted_forms(service, action);
            let action = format!("{}:{name}", service.prefix);
            findings.raise(
                "action-without-resource",
                At::Node(index, node),
                &[("action", &action), ("wanted", &wanted)],
            );
        }
    }
    for resource in unfitted {
        let text = resource.as_str().unwrap_or_default();
        findings.raise("resource-without-action", At::Node(index, resource), &[("resource", text)]);
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

/// The simplest ARN form the IAM action takes, for the message.
fn wanted_forms(service: &Service, action: &Action) -> String {
    let types = action.resource_types().filter_map(|kind| service.resource_type(kind));
    let simplest = types.flat_map(|kind| &kind.arns).min_by_key(|form| form.len());
    simplest.map_or_else(|| "*".to_owned(), |form| form.replace("${", "").replace('}', ""))
}
