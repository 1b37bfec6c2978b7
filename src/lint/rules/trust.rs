//! Trust policies: no resource, only IAM actions of STS, and not everybody.

use super::Rule;
use crate::catalog::document::DocumentKind;
use crate::lint::{At, Findings, Judged};
use crate::policy::view::Statement;

pub(super) const RULE: Rule =
    Rule { name: "trust", codes: &["trust-resource", "trust-action", "trust-everybody"], judge };

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    for (index, read) in judged.documents.iter().enumerate() {
        if read.kind == DocumentKind::Trust {
            read.view.statements.iter().for_each(|statement| one(index, statement, findings));
        }
    }
}

fn one<'a>(index: usize, statement: &Statement<'a>, findings: &mut Findings<'a>) {
    if let Some(terms) = &statement.resources {
        let element = if terms.negated { "NotResource" } else { "Resource" };
        findings.raise("trust-resource", At::Node(index, terms.node), &[("element", element)]);
    }
    for node in statement.actions.iter().filter(|terms| !terms.negated).flat_map(|terms| &terms.items) {
        let action = node.as_str().unwrap_or_default();
        if !action.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("sts:")) {
            findings.raise("trust-action", At::Node(index, node), &[("action", action)]);
        }
    }
    for (kind, node) in statement.principal.iter().flat_map(|principal| &principal.items) {
        if *kind == "*" {
            findings.raise("trust-everybody", At::Node(index, node), &[]);
        }
    }
}
