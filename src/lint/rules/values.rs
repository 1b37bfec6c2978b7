//! Values against their kinds, and names that the catalog does not know.

use super::Rule;
use crate::blueprint::{Entry, Values};
use crate::catalog::capability::Parameter;
use crate::catalog::kinds::{Context, Kind, common_problems, kind};
use crate::compose::resolve::{Owner, Resolved, State};
use crate::lint::{At, Cause, Findings, Judged};

pub(super) const RULE: Rule = Rule {
    name: "values",
    codes: &[
        "unknown-capability",
        "unknown-parameter",
        "unknown-subject",
        "value-type",
        "value-single",
        "single-instance",
        "value-unused",
        "policy-variable",
        "region-without-flows",
        "region-missing-from-limit",
    ],
    judge,
};

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    let (Some(blueprint), Some(resolved)) = (judged.blueprint, judged.resolved) else { return };
    scope(resolved, judged, findings);
    for (id, values) in &blueprint.subjects {
        let cause =
            |parameter: &str| Cause { parameter: Some(format!("{id}.{parameter}")), ..Cause::default() };
        match judged.catalog.subject(id) {
            None => {
                let cause = Cause { parameter: Some(id.clone()), ..Cause::default() };
                findings.raise("unknown-subject", At::Cause(cause), &[("subject", id)]);
            }
            Some(subject) => names_known(values, &subject.parameters, &cause, findings),
        }
        if let Some(owner) = resolved.subject(id) {
            check_owner(resolved, (owner, Some(values)), &cause, findings);
        }
    }
    for tick in &blueprint.ticks {
        let Some(capability) = judged.catalog.capability(&tick.capability) else {
            let like = crate::text::nearest(&tick.capability, judged.catalog.capability_ids());
            let cause = Cause { capability: Some(tick.capability.clone()), ..Cause::default() };
            let nearest = like.unwrap_or("one that `bedrock-policy list` shows");
            let details = [("capability", tick.capability.as_str()), ("nearest", nearest)];
            findings.raise("unknown-capability", At::Cause(cause), &details);
            continue;
        };
        if capability.single && tick.instances.len() > 1 {
            let cause = Cause { capability: Some(tick.capability.clone()), ..Cause::default() };
            findings.raise("single-instance", At::Cause(cause), &[("capability", &tick.capability)]);
        }
        for instance in &tick.instances {
            let cause = |parameter: &str| Cause {
                capability: Some(tick.capability.clone()),
                instance: Some(instance.name.clone()),
                parameter: Some(parameter.to_owned()),
            };
            names_known(&instance.values, &capability.parameters, &cause, findings);
        }
    }
    for one in &resolved.uses {
        let instance = blueprint.ticks.get(one.at.tick).and_then(|tick| tick.instances.get(one.at.instance));
        let cause = |parameter: &str| Cause {
            capability: Some(one.capability.id.clone()),
            instance: instance.map(|instance| instance.name.clone()),
            parameter: Some(parameter.to_owned()),
        };
        check_owner(resolved, (&one.owner, instance.map(|instance| &instance.values)), &cause, findings);
        for parameter in &one.capability.parameters {
            let given = instance.is_some_and(|instance| instance.values.text(parameter.name).is_some());
            let unused = matches!(one.owner.find(parameter.name), Some((_, State::NotAsked)));
            if given && unused {
                let details = [("parameter", parameter.name), ("capability", &one.capability.id)];
                findings.raise("value-unused", At::Cause(cause(parameter.name)), &details);
            }
        }
    }
}

/// The scope's own values, and whether flows exist in the Region.
fn scope(resolved: &Resolved<'_>, judged: &Judged<'_>, findings: &mut Findings<'_>) {
    let scope = &resolved.blueprint.scope;
    let context = resolved.context();
    for (name, value) in
        [("partition", &scope.partition), ("region", &scope.region), ("account", &scope.account)]
    {
        let (Some(value), Some(kind)) = (value, kind(name)) else { continue };
        let cause = || Cause { parameter: Some(format!("scope.{name}")), ..Cause::default() };
        check_value(kind, value, &context, &cause, findings);
    }
    let flows = judged
        .documents
        .iter()
        .any(|read| matches!(read.name, "flow-role-trust" | "author-flows" | "run-flows"));
    let regions = judged.catalog.reference().regions();
    if let Some(region) = &scope.region
        && flows
        && regions.partition_of(region).is_some()
        && !regions.has_flows(region)
    {
        let cause = Cause { parameter: Some("scope.region".into()), ..Cause::default() };
        findings.raise("region-without-flows", At::Cause(cause), &[("region", region)]);
    }
    limits(resolved, findings);
}

/// A Region limit that shuts out the Region that everything else here is for.
fn limits(resolved: &Resolved<'_>, findings: &mut Findings<'_>) {
    let Some(region) = &resolved.blueprint.scope.region else { return };
    for one in resolved.uses.iter().filter(|one| one.capability.group() == "deny") {
        let Some((_, State::Values(allowed))) = one.owner.find("regions") else { continue };
        if !allowed.iter().any(|name| name.as_ref() == region) {
            let cause = Cause {
                capability: Some(one.capability.id.clone()),
                parameter: Some("regions".into()),
                ..Cause::default()
            };
            findings.raise("region-missing-from-limit", At::Cause(cause), &[("region", region)]);
        }
    }
}

fn names_known(
    values: &Values,
    known: &[Parameter],
    cause: &dyn Fn(&str) -> Cause,
    findings: &mut Findings<'_>,
) {
    for (name, entry) in values.entries() {
        let Some(parameter) = known.iter().find(|parameter| parameter.name == name) else {
            let like = crate::text::nearest(name, known.iter().map(|parameter| parameter.name));
            let nearest = like.unwrap_or("one that `bedrock-policy list` shows");
            findings.raise(
                "unknown-parameter",
                At::Cause(cause(name)),
                &[("parameter", name), ("nearest", nearest)],
            );
            continue;
        };
        match entry {
            Entry::Other(node) => {
                let details = [("parameter", name), ("found", node.type_name())];
                findings.raise("value-type", At::Cause(cause(name)), &details);
            }
            Entry::Texts(texts) if texts.len() > 1 && !parameter.several => {
                findings.raise("value-single", At::Cause(cause(name)), &[("parameter", name)]);
            }
            Entry::Texts(_) => {}
        }
    }
}

fn check_owner(
    resolved: &Resolved<'_>,
    (owner, given): (&Owner<'_>, Option<&Values>),
    cause: &dyn Fn(&str) -> Cause,
    findings: &mut Findings<'_>,
) {
    let context = resolved.context();
    for parameter in owner.parameters {
        // A default is judged where its value was given.
        if given.is_none_or(|given| given.text(parameter.name).is_none()) {
            continue;
        }
        let Some((_, State::Values(values))) = owner.find(parameter.name) else { continue };
        let Some(kind) = kind(&parameter.kind) else { continue };
        let context = Context { choices: &parameter.choices, ..context };
        for value in values {
            check_value(kind, value, &context, &|| cause(parameter.name), findings);
        }
    }
}

fn check_value(
    kind: &Kind,
    value: &str,
    context: &Context<'_>,
    cause: &dyn Fn() -> Cause,
    findings: &mut Findings<'_>,
) {
    let mut problems = common_problems(value);
    if problems.is_empty() {
        problems = (kind.check)(value, context);
        if let Some(variable) = variable(value) {
            findings.raise("policy-variable", At::Cause(cause()), &[("variable", variable)]);
        }
    }
    for problem in problems {
        findings.raise_with(problem.code, At::Cause(cause()), problem.details);
    }
}

/// A policy variable in a value; what is no variable at all is told as a placeholder.
fn variable(value: &str) -> Option<&str> {
    let tail = value.get(value.find("${")?..)?;
    tail.get(..tail.find('}')? + 1)
}
