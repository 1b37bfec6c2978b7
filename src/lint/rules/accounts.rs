//! Accounts and partitions: two partitions, a bucket whose owner is only assumed or is two, a group or
//! session where a principal is wanted.

use super::Rule;
use crate::catalog::capability::{Capability, Parameter};
use crate::compose::Origin;
use crate::compose::resolve::State;
use crate::lint::{At, Cause, Findings, Judged, cause_from};
use crate::policy::arn::Arn;
use crate::policy::tree::Node;
use crate::policy::view::Statement;

pub(super) const RULE: Rule = Rule {
    name: "accounts",
    codes: &[
        "two-partitions",
        "bucket-owner-assumed",
        "bucket-owners-differ",
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

/// A bucket's owner that was not given is taken to be the scope's account, and one bucket has one.
fn owners(judged: &Judged<'_>, findings: &mut Findings<'_>) {
    let (Some(blueprint), Some(resolved)) = (judged.blueprint, judged.resolved) else { return };
    let mut owned: Vec<(&str, &str, usize)> = Vec::new();
    let cause = |at: usize| {
        let one = resolved.uses.get(at)?;
        let origin = Origin { by: one.at, with: None, parameter: None };
        let parameter = Some(owner_of(one.capability)?.name.to_owned());
        Some(At::Cause(Cause { parameter, ..cause_from(blueprint, &origin) }))
    };
    for (at, one) in resolved.uses.iter().enumerate() {
        let instance = blueprint.ticks.get(one.at.tick).and_then(|tick| tick.instances.get(one.at.instance));
        let Some(instance) = instance else { continue };
        let bucket = one.capability.parameters.iter().find(|p| p.kind == "bucket");
        let bucket = bucket.and_then(|p| instance.values.text(p.name));
        let (Some(bucket), Some(owner)) = (bucket, owner_of(one.capability)) else { continue };
        let Some((_, State::Values(values))) = one.owner.find(owner.name) else { continue };
        let Some(account) = values.first() else { continue };
        if instance.values.text(owner.name).is_none()
            && let Some(cause) = cause(at)
        {
            let details = [("bucket", bucket), ("account", account.as_ref())];
            findings.raise("bucket-owner-assumed", cause, &details);
        }
        owned.push((Arn::parse(bucket).map_or(bucket, |arn| arn.resource), account, at));
    }
    owned.sort_unstable();
    for pair in owned.windows(2) {
        if let [(bucket, other, _), (same, account, at)] = pair
            && bucket == same
            && other != account
            && let Some(cause) = cause(*at)
        {
            let details = [("bucket", *bucket), ("other", *other), ("account", *account)];
            findings.raise("bucket-owners-differ", cause, &details);
        }
    }
}

/// The parameter that says which account a capability's bucket belongs to.
fn owner_of(capability: &Capability) -> Option<&Parameter> {
    capability.parameters.iter().find(|p| p.kind == "account" && p.default.is_some())
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
