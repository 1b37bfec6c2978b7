//! The grammar of policies: elements that are unknown, missing, of a wrong type or exclusive.

use super::Rule;
use crate::catalog::document::DocumentKind;
use crate::lint::{At, Findings, Judged, Read};
use crate::policy::tree::Value;
use crate::policy::view::FaultKind;

pub(super) const RULE: Rule = Rule {
    name: "shape",
    codes: &[
        "unknown-element",
        "element-type",
        "element-missing",
        "elements-exclude",
        "statement-empty",
        "version-missing",
        "version-unknown",
        "version-old",
        "version-variables",
        "principal-not-allowed",
    ],
    judge,
};

const ELEMENTS: &[&str] = &[
    "Version",
    "Id",
    "Statement",
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    for (index, read) in judged.documents.iter().enumerate() {
        for fault in &read.view.faults {
            let at = At::Node(index, fault.node);
            match &fault.kind {
                FaultKind::UnknownElement(name) => {
                    let nearest =
                        crate::text::nearest(name, ELEMENTS.iter().copied()).unwrap_or("another element");
                    findings.raise("unknown-element", at, &[("element", name), ("nearest", nearest)]);
                }
                FaultKind::WrongType { element, wanted } => {
                    let details =
                        [("element", *element), ("wanted", *wanted), ("found", fault.node.type_name())];
                    findings.raise("element-type", at, &details);
                }
                FaultKind::Missing(element) => findings.raise("element-missing", at, &[("element", element)]),
                FaultKind::Both(one, other) => {
                    findings.raise("elements-exclude", at, &[("one", one), ("other", other)]);
                }
            }
        }
        if let Some(node) = read.view.root.get("Statement")
            && matches!(&node.value, Value::Array(items) if items.is_empty())
        {
            findings.raise("statement-empty", At::Node(index, node), &[]);
        }
        version(index, read, findings);
        for statement in &read.view.statements {
            let at = || At::Node(index, statement.node);
            match (read.kind, statement.principal.is_some(), statement.resources.is_some()) {
                (DocumentKind::Identity | DocumentKind::Scp, true, _) => {
                    findings.raise("principal-not-allowed", at(), &[("kind", read.kind.word())]);
                }
                (
                    DocumentKind::Trust | DocumentKind::Resource | DocumentKind::Key | DocumentKind::Rcp,
                    false,
                    _,
                ) => {
                    findings.raise("element-missing", at(), &[("element", "Principal")]);
                }
                (DocumentKind::Identity | DocumentKind::Scp, false, false) => {
                    findings.raise("element-missing", at(), &[("element", "Resource")]);
                }
                _ => {}
            }
        }
    }
}

/// The version of the policy language, and variables where it does not know them.
fn version<'a>(index: usize, read: &Read<'a>, findings: &mut Findings<'a>) {
    match read.view.version.map(|node| (node, node.as_str())) {
        Some((_, Some("2012-10-17"))) => return,
        None => findings.raise("version-missing", At::Document(index), &[]),
        Some((node, Some("2008-10-17"))) => findings.raise("version-old", At::Node(index, node), &[]),
        Some((node, found)) => {
            let details = [("version", found.unwrap_or_else(|| node.type_name()))];
            return findings.raise("version-unknown", At::Node(index, node), &details);
        }
    }
    let texts = read.view.statements.iter().flat_map(|statement| {
        let resources = statement.resources.iter().flat_map(|terms| &terms.items);
        resources.chain(statement.conditions.iter().flat_map(|clause| &clause.values))
    });
    let mut variables = texts.filter(|node| node.as_str().is_some_and(|text| text.contains("${")));
    if let Some(node) = variables.next() {
        let details = [("text", node.as_str().unwrap_or_default())];
        findings.raise("version-variables", At::Node(index, node), &details);
    }
}
