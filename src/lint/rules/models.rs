//! Models: a profile without its foundation-model leg, a custom model called by its own ARN.

use super::Rule;
use crate::access::{action_matches, overlap};
use crate::catalog::document::DocumentKind;
use crate::lint::{At, Findings, Judged};
use crate::policy::arn::Arn;
use crate::policy::tree::Node;
use crate::policy::view::{Effect, Statement};

pub(super) const RULE: Rule = Rule {
    name: "models",
    codes: &["profile-leg-missing", "global-leg-missing", "custom-model-target"],
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
                    profile(&invoked, &arn, id, At::Node(index, node), findings);
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

/// The resources of every statement that allows to call a model.
fn invoked<'a>(judged: &Judged<'a>) -> Vec<&'a Node> {
    let identity = judged.documents.iter().filter(|read| read.kind == DocumentKind::Identity);
    let invoking = identity.flat_map(|read| read.view.statements.iter().filter(|s| invokes(s)));
    invoking.flat_map(|s| s.resources.iter().flat_map(|terms| terms.items.iter().copied())).collect()
}

/// A profile's ARN alone is not enough: the models behind it are checked too.
fn profile<'a>(invoked: &[&'a Node], arn: &Arn<'_>, id: &str, at: At<'a>, findings: &mut Findings<'a>) {
    let Some((label, model)) = id.split_once('.') else { return };
    let leg = format!("arn:{}:bedrock:*::foundation-model/{model}", arn.partition);
    let is_leg = |node: &&&Node| node.as_str().is_some_and(|text| text == "*" || overlap(text, &leg, &[]));
    let legs: Vec<&&Node> = invoked.iter().filter(is_leg).collect();
    if legs.is_empty() {
        return findings.raise("profile-leg-missing", at, &[("profile", id), ("leg", &leg)]);
    }
    let regionless = |node: &&&&Node| {
        let text = node.as_str().unwrap_or_default();
        text == "*" || Arn::parse(text).is_some_and(|arn| arn.region.is_empty() || arn.region.contains('*'))
    };
    if label == "global" && legs.iter().find(regionless).is_none() {
        let leg = format!("arn:{}:bedrock:::foundation-model/{model}", arn.partition);
        findings.raise("global-leg-missing", at, &[("profile", id), ("leg", &leg)]);
    }
}
