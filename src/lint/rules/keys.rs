//! KMS keys: a key of one Region behind a condition on a service of another.

use super::Rule;
use crate::catalog::document::DocumentKind;
use crate::lint::{At, Findings, Judged};
use crate::policy::arn::Arn;
use crate::policy::view::{Clause, Effect, Statement};

pub(super) const RULE: Rule = Rule { name: "keys", codes: &["key-region-mismatch"], judge };

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    let mut told = Vec::new();
    for (index, read) in judged.documents.iter().enumerate() {
        if read.kind != DocumentKind::Identity {
            continue;
        }
        for statement in read.view.statements.iter().filter(|s| s.effect == Some(Effect::Allow)) {
            for clause in statement.conditions.iter().filter(|clause| is_through(clause)) {
                one(index, statement, clause, &mut told, findings);
            }
        }
    }
}

/// True for a condition that asks through which service a call comes.
fn is_through(clause: &Clause<'_>) -> bool {
    clause.key.eq_ignore_ascii_case("kms:ViaService")
        && !clause.operator.contains("Not")
        && clause.operator != "Null"
}

/// The Region in `bedrock.us-east-1.amazonaws.com`; `None` while it is open.
fn region_of(via: &str) -> Option<&str> {
    via.split('.').nth(1).filter(|region| is_plain(region))
}

fn is_plain(region: &str) -> bool {
    !region.is_empty() && !region.contains(['*', '?', '$', '<'])
}

/// Tells each key once, however many documents name it.
fn one<'a>(
    index: usize,
    statement: &Statement<'a>,
    clause: &Clause<'a>,
    told: &mut Vec<&'a str>,
    findings: &mut Findings<'a>,
) {
    let services = || clause.values.iter().map(|node| node.as_str().unwrap_or_default());
    let Some(via) = services().next().filter(|_| services().all(|via| region_of(via).is_some())) else {
        return;
    };
    for node in statement.resources.iter().filter(|terms| !terms.negated).flat_map(|terms| &terms.items) {
        let text = node.as_str().unwrap_or_default();
        let Some(arn) = Arn::parse(text).filter(|arn| arn.service == "kms" && is_plain(arn.region)) else {
            continue;
        };
        if !services().any(|via| region_of(via) == Some(arn.region)) && !told.contains(&text) {
            told.push(text);
            let details = [("resource", text), ("region", arn.region), ("via", via)];
            findings.raise("key-region-mismatch", At::Node(index, node), &details);
        }
    }
}
