//! Stars: those that nobody asked for, and those that can be pinned.

use super::Rule;
use super::holes::spelled;
use crate::catalog::document::DocumentKind;
use crate::lint::{At, Cause, Findings, Judged, cause_from};
use crate::policy::tree::{Node, Place};
use crate::policy::view::{Effect, Statement};

pub(super) const RULE: Rule = Rule {
    name: "stars",
    codes: &["star-unasked", "star-action", "until-given", "profile-regions-open"],
    judge,
};

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    let mut told = Vec::new();
    for (index, read) in judged.documents.iter().enumerate() {
        for statement in &read.view.statements {
            for node in leaves(statement) {
                star(judged, (index, node), &mut told, findings);
            }
            // In a key policy `*` is this key, and an organization's policy grants nothing.
            let grants = matches!(read.kind, DocumentKind::Identity | DocumentKind::Resource);
            if grants && statement.effect == Some(Effect::Allow) {
                wide(judged, index, statement, findings);
            }
        }
    }
}

/// Every text of actions, resources and condition values.
fn leaves<'a>(statement: &Statement<'a>) -> Vec<&'a Node> {
    let terms =
        statement.actions.iter().chain(&statement.resources).flat_map(|terms| terms.items.iter().copied());
    terms.chain(statement.conditions.iter().flat_map(|clause| clause.values.iter().copied())).collect()
}

/// A composed text with a star has a declared reason. What can be pinned is told once: a value that
/// is not known yet by its parameter, a profile by its text.
fn star<'a>(
    judged: &Judged<'a>,
    (index, node): (usize, &'a Node),
    told: &mut Vec<(&'static str, String)>,
    findings: &mut Findings<'a>,
) {
    let Some(text) = node.text().filter(|text| text.has_wildcard()) else { return };
    if !matches!(node.place, Place::Built(_)) {
        return;
    }
    let known = |reason: &str| judged.catalog.star(reason).is_some();
    if !text.stars().iter().any(|reason| known(reason)) {
        findings.raise("star-unasked", At::Node(index, node), &[("text", text.as_str())]);
    }
    for reason in text.stars() {
        let shown = || ("text", text.as_str().to_owned());
        let (code, what, details) = match reason.as_ref() {
            "until-given" => {
                let (name, how) = spelled(&open_parameter(judged, node));
                ("until-given", name.clone(), vec![shown(), ("parameter", name), ("how", how)])
            }
            "regions-behind-profile" | "models-behind-profile" | "models-behind-router" => {
                ("profile-regions-open", text.as_str().to_owned(), vec![shown()])
            }
            _ => continue,
        };
        if !told.contains(&(code, what.clone())) {
            told.push((code, what));
            findings.raise_with(code, At::Node(index, node), details);
        }
    }
}

/// The parameter behind a text that a pattern stands in for.
fn open_parameter(judged: &Judged<'_>, node: &Node) -> Cause {
    let (Some(blueprint), Some(bundle)) = (judged.blueprint, judged.bundle) else { return Cause::default() };
    let causes = bundle.origins_of(node).map(|origin| cause_from(blueprint, origin));
    let names_one = |cause: &Cause| cause.parameter.as_ref().is_some_and(|name| !name.starts_with("scope."));
    let mut causes = causes;
    causes.find(names_one).unwrap_or_default()
}

/// In a policy that somebody brought: all actions of a service, or `*` where an ARN would do.
fn wide<'a>(judged: &Judged<'a>, index: usize, statement: &Statement<'a>, findings: &mut Findings<'a>) {
    let (Some(actions), Some(resources)) = (&statement.actions, &statement.resources) else { return };
    let Some(everything) = resources.items.iter().find(|node| node.as_str() == Some("*")) else { return };
    if actions.negated || matches!(everything.place, Place::Built(_)) || !statement.conditions.is_empty() {
        return;
    }
    let reference = judged.catalog.reference();
    let scoped = actions.items.iter().find_map(|node| {
        let action = node.as_str()?;
        let whole = action == "*" || action.ends_with(":*");
        let takes = reference.action(action).is_some_and(|(_, _, found)| !found.resources.is_empty());
        (whole || takes).then_some((*node, action, whole))
    });
    if let Some((node, action, whole)) = scoped {
        let code = if whole { "star-action" } else { "star-unasked" };
        let at = if whole { node } else { everything };
        findings.raise(code, At::Node(index, at), &[("text", if whole { action } else { "*" })]);
    }
}
