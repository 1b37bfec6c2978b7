//! Everybody as a principal: policies of resources, keys and roles that let the whole of AWS in.

use super::Rule;
use crate::catalog::document::DocumentKind;
use crate::lint::{At, Findings, Judged};
use crate::policy::view::{Clause, Effect, Statement};

pub(super) const RULE: Rule = Rule { name: "public", codes: &["principal-public"], judge };

/// Condition keys that say who comes, or from where: with one of them pinned, everybody is no longer
/// everybody.
static NARROWING: &[&str] = &[
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceOwner",
    "aws:SourceVpc",
    "aws:SourceVpcArn",
    "aws:SourceVpce",
    "aws:userid",
    "aws:username",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
    "kms:CallerAccount",
    "s3:DataAccessPointAccount",
    "s3:DataAccessPointArn",
];

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    for (index, read) in judged.documents.iter().enumerate() {
        let open: fn(&str) -> bool = match read.kind {
            DocumentKind::Resource | DocumentKind::Key => |kind| matches!(kind, "*" | "AWS"),
            // A bare star has no place in a trust policy at all, which is told apart.
            DocumentKind::Trust => |kind| kind == "AWS",
            _ => continue,
        };
        for statement in read.view.statements.iter().filter(|s| s.effect == Some(Effect::Allow)) {
            let principals = statement.principal.iter().filter(|p| !p.negated).flat_map(|p| &p.items);
            let mut everybody =
                principals.filter(|(kind, node)| open(kind) && node.as_str() == Some("*")).map(|(_, n)| *n);
            if let Some(node) = everybody.next()
                && !is_narrowed(statement)
            {
                findings.raise("principal-public", At::Node(index, node), &[]);
            }
        }
    }
}

/// True when a condition leaves only some of everybody.
fn is_narrowed(statement: &Statement<'_>) -> bool {
    statement.conditions.iter().any(|clause| pins(clause))
}

/// True for a condition that fails when its key is not there and that not every value meets.
fn pins(clause: &Clause<'_>) -> bool {
    let positive = !clause.operator.contains("Not")
        && !clause.operator.starts_with("ForAllValues:")
        && !clause.operator.ends_with("IfExists")
        && clause.operator != "Null";
    let anything = |text: &str| text.chars().all(|c| c == '*') || matches!(text, "0.0.0.0/0" | "::/0");
    positive
        && NARROWING.iter().any(|key| clause.key.eq_ignore_ascii_case(key))
        && !clause.values.iter().any(|node| node.as_str().is_some_and(anything))
}
