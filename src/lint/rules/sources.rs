//! Source conditions of service principals: what keeps a stranger from using them through AWS.

use super::Rule;
use crate::catalog::document::DocumentKind;
use crate::lint::{At, Findings, Judged};
use crate::policy::arn::Arn;
use crate::policy::view::{Clause, Effect, Statement};

pub(super) const RULE: Rule =
    Rule { name: "sources", codes: &["source-conditions-missing", "source-conditions-wide"], judge };

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    for (index, read) in judged.documents.iter().enumerate() {
        if !matches!(read.kind, DocumentKind::Trust | DocumentKind::Resource | DocumentKind::Key) {
            continue;
        }
        for statement in read.view.statements.iter().filter(|s| s.effect == Some(Effect::Allow)) {
            let services = statement.principal.iter().filter(|p| !p.negated).flat_map(|p| &p.items);
            let Some((_, service)) = services.clone().find(|(kind, _)| *kind == "Service") else { continue };
            let name = service.as_str().unwrap_or_default();
            let tied: Vec<&Clause<'a>> =
                statement.conditions.iter().filter(|clause| is_tie(clause)).collect();
            // Lambda, EC2 and other services that run code send no source when they assume a role.
            let told = read.kind != DocumentKind::Trust || name.starts_with("bedrock");
            if tied.is_empty() && !told {
                continue;
            }
            if tied.is_empty() {
                let at = At::Node(index, statement.node);
                findings.raise("source-conditions-missing", at, &[("service", name)]);
            } else if let Some(clause) = all_wide(&tied) {
                let value = clause.values.first().and_then(|node| node.as_str()).unwrap_or_default();
                let details = [("service", name), ("key", clause.key), ("value", value)];
                findings.raise("source-conditions-wide", At::Node(index, clause.node), &details);
            }
            wide_arn(index, statement, findings);
        }
    }
}

/// True for a condition that says whose resource is behind the service's call.
fn is_tie(clause: &Clause<'_>) -> bool {
    let positive = !clause.operator.contains("Not")
        && !clause.operator.ends_with("IfExists")
        && clause.operator != "Null";
    let key = clause.key.to_ascii_lowercase();
    let source = matches!(
        key.as_str(),
        "aws:sourceaccount" | "aws:sourcearn" | "aws:sourceorgid" | "aws:sourceowner" | "aws:sourceorgpaths"
    );
    let context = key.starts_with("kms:encryptioncontext:")
        && clause.values.iter().all(|node| node.as_str().and_then(Arn::parse).is_some());
    positive && (source || context)
}

/// A condition that lets every account in, when no other one pins the account.
fn all_wide<'c, 'a>(tied: &[&'c Clause<'a>]) -> Option<&'c Clause<'a>> {
    let pins = |clause: &&Clause<'_>| {
        clause.values.iter().all(|node| {
            node.as_str().is_some_and(|text| {
                let account = Arn::parse(text).map_or(text, |arn| arn.account);
                !account.is_empty() && !account.contains(['*', '?'])
            })
        })
    };
    if tied.iter().any(pins) { None } else { tied.first().copied() }
}

/// An `aws:SourceArn` that covers every service, whatever else is pinned.
fn wide_arn<'a>(index: usize, statement: &Statement<'a>, findings: &mut Findings<'a>) {
    for clause in statement.conditions.iter().filter(|c| c.key.eq_ignore_ascii_case("aws:SourceArn")) {
        for node in &clause.values {
            let text = node.as_str().unwrap_or_default();
            let open = text == "*" || Arn::parse(text).is_some_and(|arn| arn.service.contains('*'));
            if open {
                let details = [("service", "the service"), ("key", clause.key), ("value", text)];
                findings.raise("source-conditions-wide", At::Node(index, node), &details);
            }
        }
    }
}
