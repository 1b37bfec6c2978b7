//! Models: a profile without its foundation-model leg or called from elsewhere, a custom model called by
//! its own ARN.

use super::Rule;
use crate::access::{action_matches, overlap};
use crate::catalog::document::DocumentKind;
use crate::catalog::kinds::model::{Geography, geography};
use crate::compose::size::Entity;
use crate::lint::{At, Findings, Judged};
use crate::policy::arn::Arn;
use crate::policy::tree::Node;
use crate::policy::view::{Effect, Statement};

pub(super) const RULE: Rule = Rule {
    name: "models",
    codes: &[
        "profile-leg-missing",
        "global-leg-missing",
        "profile-of-another-partition",
        "profile-geography",
        "custom-model-target",
    ],
    judge,
};

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    let invoked = invoked(judged);
    for (index, read) in judged.documents.iter().enumerate() {
        if read.kind != DocumentKind::Identity {
            continue;
        }
        let invoking: Vec<&Statement<'a>> = read.view.statements.iter().filter(|s| invokes(s)).collect();
        for node in invoking
            .iter()
            .flat_map(|s| s.resources.iter().filter(|r| !r.negated).flat_map(|terms| &terms.items))
        {
            let Some(arn) = node.as_str().and_then(Arn::parse) else { continue };
            if arn.service != "bedrock" {
                continue;
            }
            match arn.typed_resource() {
                Some(("custom-model", _)) => {
                    let text = node.as_str().unwrap_or_default();
                    findings.raise("custom-model-target", At::Node(index, node), &[("resource", text)]);
                }
                Some(("inference-profile", id)) => {
                    profile(&invoked, index, &arn, (id, At::Node(index, node)), findings);
                    place(&arn, id, At::Node(index, node), findings);
                }
                _ => {}
            }
        }
    }
}

/// True for an Allow of calling a model.
fn invokes(statement: &Statement<'_>) -> bool {
    let actions = statement.actions.iter().filter(|terms| !terms.negated).flat_map(|terms| &terms.items);
    statement.effect == Some(Effect::Allow)
        && actions
            .filter_map(|node| node.as_str())
            .any(|action| action_matches(action, "bedrock:InvokeModel"))
}

/// A resource of a statement that allows to call a model.
struct Invoked<'a> {
    /// The document's place.
    index: usize,
    /// Who holds the document.
    holder: Option<(Entity, &'a str)>,
    /// The resource.
    node: &'a Node,
}

/// The resources of every statement that allows to call a model.
fn invoked<'a>(judged: &Judged<'a>) -> Vec<Invoked<'a>> {
    let mut out = Vec::new();
    for (index, read) in judged.documents.iter().enumerate() {
        if read.kind != DocumentKind::Identity {
            continue;
        }
        let holder = holder(judged, index);
        for statement in read.view.statements.iter().filter(|statement| invokes(statement)) {
            let nodes = statement.resources.iter().flat_map(|terms| terms.items.iter().copied());
            out.extend(nodes.map(|node| Invoked { index, holder, node }));
        }
    }
    out
}

/// A profile's ARN alone is not enough: the models behind it are checked too, for the same principal.
fn profile<'a>(
    invoked: &[Invoked<'a>],
    index: usize,
    arn: &Arn<'_>,
    (id, at): (&str, At<'a>),
    findings: &mut Findings<'a>,
) {
    let Some((label, model)) = id.split_once('.') else { return };
    let leg = format!("arn:{}:bedrock:*::foundation-model/{model}", arn.partition);
    let holder = invoked.iter().find(|one| one.index == index).and_then(|one| one.holder);
    let is_same = |one: &&Invoked<'a>| one.index == index || holder.is_some() && one.holder == holder;
    let is_leg = |node: &&Node| node.as_str().is_some_and(|text| text == "*" || overlap(text, &leg, &[]));
    let legs: Vec<&Node> = invoked.iter().filter(is_same).map(|one| one.node).filter(is_leg).collect();
    if legs.is_empty() {
        return findings.raise("profile-leg-missing", at, &[("profile", id), ("leg", &leg)]);
    }
    let regionless = |node: &&&Node| {
        let text = node.as_str().unwrap_or_default();
        text == "*" || Arn::parse(text).is_some_and(|arn| arn.region.is_empty() || arn.region.contains('*'))
    };
    if label == "global" && legs.iter().find(regionless).is_none() {
        let leg = format!("arn:{}:bedrock:::foundation-model/{model}", arn.partition);
        findings.raise("global-leg-missing", at, &[("profile", id), ("leg", &leg)]);
    }
}

/// The role, user or group that a composed document goes to.
fn holder<'j>(judged: &Judged<'j>, index: usize) -> Option<(Entity, &'j str)> {
    let attachment = judged.bundle?.documents.get(index)?.attachment.as_ref()?;
    Some((attachment.entity, &attachment.name))
}

/// The label in front of a profile says in which part of the world it can be called.
fn place<'a>(arn: &Arn<'_>, id: &str, at: At<'a>, findings: &mut Findings<'a>) {
    let Some(Geography { label, partition, regions }) = id.split_once('.').and_then(|(l, _)| geography(l))
    else {
        return;
    };
    let open = |field: &str| field.is_empty() || field.contains(['*', '?', '$', '<']);
    if open(arn.partition) || open(arn.region) {
        return;
    }
    if arn.partition != *partition && is_apart(label, partition, arn.partition) {
        let details = [("profile", id), ("partition", arn.partition), ("home", *partition)];
        return findings.raise("profile-of-another-partition", at, &details);
    }
    if !regions.iter().any(|start| arn.region.starts_with(start)) {
        let regions: Vec<String> = regions.iter().map(|start| format!("{start}*")).collect();
        let details = [("profile", id), ("region", arn.region), ("regions", &regions.join(", "))];
        findings.raise("profile-geography", at, &details);
    }
}

/// True where it is certain that no profile of the label exists: between `GovCloud` and the commercial
/// Regions. A listing shows a `us.` profile in `GovCloud`, and of other partitions nothing is known.
fn is_apart(label: &str, home: &str, partition: &str) -> bool {
    home == "aws-us-gov" || partition == "aws-us-gov" && label != "us"
}
