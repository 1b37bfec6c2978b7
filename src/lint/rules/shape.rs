//! The grammar of policies: elements that are unknown, missing, of a wrong type or exclusive.

use super::Rule;
use crate::catalog::document::DocumentKind;
use crate::lint::{At, Findings, Judged};
use crate::policy::view::FaultKind;

pub(super) const RULE: Rule = Rule {
    name: "shape",
    codes: &[
        "unknown-element",
        "element-type",
        "element-missing",
        "elements-exclude",
        "version-missing",
        "version-old",
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
        match read.view.version.map(|node| (node, node.as_str())) {
            Some((_, Some("2012-10-17"))) => {}
            None => findings.raise("version-missing", At::Document(index), &[]),
            Some((node, _)) => findings.raise("version-old", At::Node(index, node), &[]),
        }
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
