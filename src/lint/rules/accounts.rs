//! Accounts and partitions: another account's resource without its other half, two partitions, a
//! bucket whose owner is only assumed, a group or session where a principal is wanted.

use super::Rule;
use crate::catalog::document::DocumentKind;
use crate::compose::resolve::State;
use crate::lint::{At, Cause, Findings, Judged};
use crate::policy::arn::{Arn, is_account};
use crate::policy::tree::Node;
use crate::policy::view::{Effect, Statement};

pub(super) const RULE: Rule = Rule {
    name: "accounts",
    codes: &[
        "other-half-missing",
        "two-partitions",
        "bucket-owner-assumed",
        "group-as-principal",
        "principal-session",
    ],
    judge,
};

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    partitions(judged, findings);
    owners(judged, findings);
    for (index, read) in judged.documents.iter().enumerate() {
        for statement in &read.view.statements {
            principals(index, statement, findings);
            if read.kind == DocumentKind::Identity && statement.effect == Some(Effect::Allow) {
                other_half(judged, index, statement, findings);
            }
        }
    }
}

/// ARNs of two partitions cannot work in one policy: a role lives in one.
fn partitions<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    let mut first: Option<&str> = None;
    for (index, read) in judged.documents.iter().enumerate() {
        for node in read.view.statements.iter().flat_map(|statement| resources(statement)) {
            let Some(arn) = node.as_str().and_then(Arn::parse) else { continue };
            if arn.partition.contains(['*', '<', '$']) {
                continue;
            }
            match first {
                None => first = Some(arn.partition),
                Some(known) if known != arn.partition => {
                    let details = [("one", known), ("other", arn.partition)];
                    return findings.raise("two-partitions", At::Node(index, node), &details);
                }
                Some(_) => {}
            }
        }
    }
}

fn resources<'a, 's>(statement: &'s Statement<'a>) -> impl Iterator<Item = &'a Node> + use<'a, 's> {
    statement.resources.iter().flat_map(|terms| terms.items.iter().copied())
}

/// A bucket's owner that was not given is taken to be the scope's account.
fn owners(judged: &Judged<'_>, findings: &mut Findings<'_>) {
    let (Some(blueprint), Some(resolved)) = (judged.blueprint, judged.resolved) else { return };
    for one in &resolved.uses {
        let instance = blueprint.ticks.get(one.at.tick).and_then(|tick| tick.instances.get(one.at.instance));
        let Some(instance) = instance else { continue };
        let bucket = one.capability.parameters.iter().find(|p| p.kind == "bucket");
        let bucket = bucket.and_then(|p| instance.values.text(&p.name));
        let owner = one.capability.parameters.iter().find(|p| p.kind == "account" && p.default.is_some());
        let (Some(bucket), Some(owner)) = (bucket, owner) else { continue };
        let assumed = instance.values.text(&owner.name).is_none();
        let Some((_, State::Values(values), _)) = one.owner.find(&owner.name) else { continue };
        if let Some(account) = values.first().filter(|_| assumed) {
            let cause = Cause {
                capability: Some(one.capability.id.clone()),
                instance: Some(instance.name.clone()),
                parameter: Some(owner.name.clone()),
            };
            findings.raise(
                "bucket-owner-assumed",
                At::Cause(cause),
                &[("bucket", bucket), ("account", account)],
            );
        }
    }
}

/// Groups are nobody's principal, and a session is not the role behind it.
fn principals<'a>(index: usize, statement: &Statement<'a>, findings: &mut Findings<'a>) {
    for (_, node) in statement.principal.iter().flat_map(|principal| &principal.items) {
        let text = node.as_str().unwrap_or_default();
        let Some(arn) = Arn::parse(text) else { continue };
        if arn.service == "iam" && arn.resource.starts_with("group/") {
            findings.raise("group-as-principal", At::Node(index, node), &[("principal", text)]);
        }
        if arn.service == "sts" && arn.resource.starts_with("assumed-role/") {
            findings.raise("principal-session", At::Node(index, node), &[("principal", text)]);
        }
    }
}

/// Another account's resource needs that account's consent in a policy of its own.
fn other_half<'a>(judged: &Judged<'a>, index: usize, statement: &Statement<'a>, findings: &mut Findings<'a>) {
    let Some(own) = judged.blueprint.and_then(|blueprint| blueprint.scope.account.as_deref()) else { return };
    for node in resources(statement) {
        let text = node.as_str().unwrap_or_default();
        let Some(arn) = Arn::parse(text) else { continue };
        if !is_account(arn.account) || arn.account == own || is_half_there(judged, &arn, text) {
            continue;
        }
        let details = [("resource", text), ("account", arn.account), ("service", arn.service)];
        findings.raise("other-half-missing", At::Node(index, node), &details);
    }
}

/// True when the bundle holds the other side: that key's policy, or a statement on that resource.
fn is_half_there(judged: &Judged<'_>, arn: &Arn<'_>, text: &str) -> bool {
    let Some(bundle) = judged.bundle else { return false };
    bundle.documents.iter().zip(&judged.documents).any(|(document, read)| match document.kind {
        DocumentKind::Key => document.resource.as_deref() == Some(text),
        DocumentKind::Resource => {
            let mut named = read.view.statements.iter().flat_map(resources);
            document.account.as_deref() == Some(arn.account) && named.any(|node| node.as_str() == Some(text))
        }
        _ => false,
    })
}
