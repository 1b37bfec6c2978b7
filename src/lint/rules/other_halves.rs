//! Resources of another account: what that account has to do, by the kind of resource.
//!
//! Between two accounts both sides must say yes. Which resources can have a policy that admits
//! another account differs by service, so each has a code of its own.

use super::Rule;
use crate::access::fits_form;
use crate::catalog::Catalog;
use crate::catalog::document::DocumentKind;
use crate::lint::{At, Findings, Judged};
use crate::policy::arn::{Arn, is_account};
use crate::policy::view::{Effect, Statement};

pub(super) const RULE: Rule = Rule {
    name: "other_halves",
    codes: &["other-half-missing", "guardrail-not-shared", "knowledge-base-not-shared", "no-other-half"],
    judge,
};

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    let Some(own) = judged.blueprint.and_then(|blueprint| blueprint.scope.account.as_deref()) else { return };
    for (index, read) in judged.documents.iter().enumerate() {
        if read.kind != DocumentKind::Identity {
            continue;
        }
        for statement in read.view.statements.iter().filter(|s| s.effect == Some(Effect::Allow)) {
            one(judged, own, index, statement, findings);
        }
    }
}

fn one<'a>(
    judged: &Judged<'a>,
    own: &str,
    index: usize,
    statement: &Statement<'a>,
    findings: &mut Findings<'a>,
) {
    for node in statement.resources.iter().flat_map(|terms| &terms.items) {
        let text = node.as_str().unwrap_or_default();
        let Some(arn) = Arn::parse(text) else { continue };
        if !is_account(arn.account) || arn.account == own || is_half_there(judged, &arn, text) {
            continue;
        }
        let at = At::Node(index, node);
        let details = [("resource", text), ("account", arn.account)];
        match half_of(judged.catalog, &arn, text) {
            Half::Guardrail => findings.raise("guardrail-not-shared", at, &details),
            Half::KnowledgeBase => findings.raise("knowledge-base-not-shared", at, &details),
            Half::Impossible => findings.raise("no-other-half", at, &details),
            Half::Unknown => {
                let details = [("resource", text), ("account", arn.account), ("service", arn.service)];
                findings.raise("other-half-missing", at, &details);
            }
        }
    }
}

/// What the other account can do.
enum Half {
    /// A guardrail's policy, within one organization (Amazon Bedrock User Guide:
    /// guardrails-resource-based-policies).
    Guardrail,
    /// A knowledge base's policy: the reference has it among the targets of `PutResourcePolicy`.
    KnowledgeBase,
    /// Nothing. Bedrock's other resources are no target of `PutResourcePolicy`, and a Lex policy cannot
    /// admit another account (Amazon Lex V2 API reference: `CreateResourcePolicyStatement`).
    Impossible,
    /// Something that is not known here.
    Unknown,
}

fn half_of(catalog: &Catalog, arn: &Arn<'_>, text: &str) -> Half {
    match (arn.service, arn.typed_resource().map(|(kind, _)| kind)) {
        ("bedrock", Some("guardrail" | "guardrail-profile")) => Half::Guardrail,
        ("bedrock", Some("knowledge-base")) => Half::KnowledgeBase,
        // It only stands for the SageMaker endpoint beside it.
        ("bedrock", Some("marketplace")) => Half::Unknown,
        ("bedrock", _) if takes_policy(catalog, text) => Half::Unknown,
        ("bedrock" | "lex", _) => Half::Impossible,
        _ => Half::Unknown,
    }
}

/// True for a Bedrock resource that can have a policy of its own.
fn takes_policy(catalog: &Catalog, text: &str) -> bool {
    let found = catalog.reference().action("bedrock:PutResourcePolicy");
    found.is_none_or(|(service, name, action)| {
        catalog.reference().forms(service, name, action).iter().any(|form| fits_form(text, form))
    })
}

/// True when the bundle holds the other side: that key's policy, or a statement on that resource.
fn is_half_there(judged: &Judged<'_>, arn: &Arn<'_>, text: &str) -> bool {
    let Some(bundle) = judged.bundle else { return false };
    bundle.documents.iter().zip(&judged.documents).any(|(document, read)| match document.kind {
        DocumentKind::Key => document.resource.as_deref() == Some(text),
        DocumentKind::Resource => {
            let mut named = read.view.statements.iter().flat_map(|s| &s.resources).flat_map(|t| &t.items);
            document.account.as_deref() == Some(arn.account) && named.any(|node| node.as_str() == Some(text))
        }
        _ => false,
    })
}
