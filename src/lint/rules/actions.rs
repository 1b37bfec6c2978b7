//! IAM actions that do not exist.
//!
//! An IAM action is called unknown only where the service's list is complete. API names that IAM
//! knows under another name are mapped.

use super::Rule;
use crate::catalog::Catalog;
use crate::catalog::api_names::meant_by;
use crate::lint::{At, Findings, Judged};
use crate::text::nearest;

pub(super) const RULE: Rule = Rule {
    name: "actions",
    codes: &["unknown-action", "api-name", "unknown-service", "action-form", "action-matches-nothing"],
    judge,
};

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    for (index, read) in judged.documents.iter().enumerate() {
        for statement in &read.view.statements {
            for node in statement.actions.iter().flat_map(|terms| &terms.items) {
                if let Some(action) = node.as_str() {
                    one(judged.catalog, action, At::Node(index, node), findings);
                }
            }
        }
    }
}

fn one<'a>(catalog: &Catalog, action: &str, at: At<'a>, findings: &mut Findings<'a>) {
    if matches!(action, "*" | "*:*") {
        return;
    }
    let Some((prefix, name)) = action.split_once(':') else {
        return findings.raise("action-form", at, &[("action", action)]);
    };
    let reference = catalog.reference();
    let Some(service) = reference.service(prefix) else {
        if let Some(meant) = meant_by(action) {
            return findings.raise("api-name", at, &[("action", action), ("meant", &meant)]);
        }
        if reference.service_name(prefix).is_none() {
            let like = nearest(prefix, reference.prefixes()).unwrap_or("bedrock");
            findings.raise(
                "unknown-service",
                at,
                &[("prefix", prefix), ("nearest", like), ("date", &reference.source().date)],
            );
        }
        return;
    };
    if name.contains(['*', '?']) {
        let any = service.action_names().any(|known| crate::access::action_matches(name, known));
        if !any && service.complete {
            findings.raise("action-matches-nothing", at, &[("action", action), ("service", &service.name)]);
        }
        return;
    }
    if service.action(name).is_some() || !service.complete {
        return;
    }
    if let Some(meant) = meant_by(action) {
        return findings.raise("api-name", at, &[("action", action), ("meant", &meant)]);
    }
    let like = nearest(name, service.action_names());
    let nearest = like.map_or_else(
        || format!("one of the actions of {}", service.name),
        |like| format!("{}:{like}", service.prefix),
    );
    let details = [
        ("action", action),
        ("service", service.name.as_str()),
        ("nearest", &nearest),
        ("date", &reference.source().date),
    ];
    findings.raise("unknown-action", at, &details);
}
