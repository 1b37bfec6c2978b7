//! The bundle as one JSON object, for programs.
//!
//! Its form is a contract: `documents`, `runbook`, `findings`, and beside them `wide` and
//! `managed_policies`.

use super::{runbook, shell};
use crate::blueprint::Blueprint;
use crate::catalog::Catalog;
use crate::catalog::messages::Severity;
use crate::compose::{Bundle, Document, Step};
use crate::lint::Finding;
use crate::policy::print::{each_leaf, pretty};
use crate::policy::tree::{Member, Node, Place, Value};

/// The object as text. `severity` says how bad a finding counts here.
#[must_use]
pub fn bundle(
    catalog: &Catalog,
    blueprint: &Blueprint,
    bundle: &Bundle,
    findings: &[Finding],
    severity: &dyn Fn(&Finding) -> Severity,
) -> String {
    let steps = crate::compose::runbook::steps(catalog, blueprint, bundle);
    let documents =
        bundle.documents.iter().map(|document| one(blueprint, bundle, &steps, document)).collect();
    let steps = steps.iter().map(|step| {
        object(vec![
            ("title", string(&step.title)),
            ("console", string(&step.console)),
            ("command", string(&shell::command(&step.command))),
            ("document", optional(step.document.as_deref())),
        ])
    });
    let findings = findings.iter().map(|finding| one_finding(catalog, finding, severity(finding)));
    let wide = runbook::wide(catalog, bundle).into_iter().map(|wide| {
        object(vec![
            ("document", string(&wide.document)),
            ("path", string(&wide.path)),
            ("text", string(&wide.text)),
            ("why", string(&wide.why)),
        ])
    });
    let managed = bundle.managed.iter().filter_map(|managed| {
        let policy = catalog.reference().managed_policy(&managed.policy)?;
        let document = crate::policy::parse::parse(policy.document.get()).root?;
        Some(object(vec![
            ("name", string(&managed.policy)),
            ("arn", string(&policy.arn)),
            ("version", string(&policy.version)),
            ("date", string(&policy.date)),
            ("policy", document),
        ]))
    });
    pretty(&object(vec![
        ("documents", Node::array(documents)),
        ("runbook", Node::array(steps.collect())),
        ("findings", Node::array(findings.collect())),
        ("wide", Node::array(wide.collect())),
        ("managed_policies", Node::array(managed.collect())),
    ]))
}

fn one(blueprint: &Blueprint, bundle: &Bundle, steps: &[Step], document: &Document) -> Node {
    let step = steps.iter().find(|step| step.document.as_ref() == Some(&document.name));
    let attach = object(vec![
        ("to", string(&document.attach_to)),
        ("command", string(&step.map(|step| shell::command(&step.command)).unwrap_or_default())),
        ("console", string(step.map_or("", |step| &step.console))),
    ]);
    let mut origins = Vec::new();
    each_leaf(&document.root, &mut |node, path, _| {
        for origin in bundle.origins_of(node) {
            origins.push(object(vec![
                ("path", string(path)),
                ("capability", string(origin.capability(blueprint))),
                ("instance", string(origin.instance(blueprint))),
                ("parameter", optional(origin.parameter.as_ref().map(crate::compose::Parameter::name))),
            ]));
        }
    });
    object(vec![
        ("name", string(&document.name)),
        ("kind", string(document.kind.word())),
        ("file", string(&document.file)),
        ("attach", attach),
        ("policy", document.root.clone()),
        ("origins", Node::array(origins)),
    ])
}

fn one_finding(catalog: &Catalog, finding: &Finding, severity: Severity) -> Node {
    let location = finding.location.as_ref();
    let line = match location {
        Some(at) => Node::new(Value::Number(at.line.to_string()), Place::Nowhere),
        None => Node::new(Value::Null, Place::Nowhere),
    };
    object(vec![
        ("code", string(finding.code)),
        ("severity", string(severity.word())),
        ("title", string(&finding.title(catalog))),
        ("document", optional(finding.document.as_deref())),
        ("path", optional(location.map(|at| at.path.as_str()))),
        ("line", line),
        ("capability", optional(finding.cause.capability.as_deref())),
        ("instance", optional(finding.cause.instance.as_deref())),
        ("parameter", optional(finding.cause.parameter.as_deref())),
        ("why", string(finding.why(catalog))),
        ("fix", string(&finding.fix(catalog))),
    ])
}

/// An object of these members.
#[must_use]
pub fn object(members: Vec<(&'static str, Node)>) -> Node {
    Node::object(members.into_iter().map(|(key, value)| Member::new(key, value)).collect())
}

/// A string.
#[must_use]
pub fn string(text: &str) -> Node {
    Node::string(text)
}

/// A string or null.
#[must_use]
pub fn optional(text: Option<&str>) -> Node {
    text.map_or_else(|| Node::new(Value::Null, Place::Nowhere), string)
}
