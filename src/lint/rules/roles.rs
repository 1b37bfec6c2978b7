//! Handing a role over: whoever creates a flow must be allowed to pass its role.

use super::Rule;
use crate::access::action_matches;
use crate::catalog::document::DocumentKind;
use crate::lint::{At, Findings, Judged, Read};
use crate::policy::view::{Effect, Statement};

pub(super) const RULE: Rule = Rule { name: "roles", codes: CODES, judge };

const CODES: &[&str] = &["passrole-missing", "passrole-reminder", "passrole-open", "passrole-not-resource"];

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    let identity =
        || judged.documents.iter().enumerate().filter(|(_, read)| read.kind == DocumentKind::Identity);
    let passes = |read: &Read<'a>| read.view.statements.iter().any(|s| allows(s, "iam:PassRole"));
    let creates = |read: &Read<'a>| {
        read.view.statements.iter().find(|s| allows(s, "bedrock:CreateFlow")).map(|s| s.node)
    };
    let anybody_passes = identity().any(|(_, read)| passes(read));
    for (index, read) in identity() {
        if let Some(node) = creates(read).filter(|_| !anybody_passes) {
            findings.raise("passrole-missing", At::Node(index, node), &[]);
        }
        for statement in read.view.statements.iter().filter(|s| allows(s, "iam:PassRole")) {
            if let Some(terms) = statement.resources.as_ref().filter(|terms| terms.negated) {
                findings.raise("passrole-not-resource", At::Node(index, terms.node), &[]);
                continue;
            }
            let limited =
                statement.conditions.iter().any(|c| c.key.eq_ignore_ascii_case("iam:PassedToService"));
            let wide = statement
                .resources
                .iter()
                .flat_map(|terms| &terms.items)
                .any(|node| node.as_str().is_some_and(|text| text == "*" || text.ends_with(":role/*")));
            if wide && !limited {
                findings.raise("passrole-open", At::Node(index, statement.node), &[]);
            }
        }
    }
    let role =
        judged.documents.iter().position(|read| read.kind == DocumentKind::Trust && trusts_bedrock(read));
    let somebody_creates = identity().any(|(_, read)| creates(read).is_some());
    if let Some(index) = role
        && judged.bundle.is_some()
        && !somebody_creates
        && !anybody_passes
    {
        findings.raise("passrole-reminder", At::Document(index), &[]);
    }
}

fn allows(statement: &Statement<'_>, action: &str) -> bool {
    let actions = statement.actions.iter().filter(|terms| !terms.negated).flat_map(|terms| &terms.items);
    statement.effect == Some(Effect::Allow)
        && actions.filter_map(|node| node.as_str()).any(|pattern| action_matches(pattern, action))
}

fn trusts_bedrock(read: &Read<'_>) -> bool {
    let principals = read.view.statements.iter().flat_map(|s| &s.principal).flat_map(|p| &p.items);
    principals.filter_map(|(_, node)| node.as_str()).any(|service| service == "bedrock.amazonaws.com")
}
