//! Condition keys and operators.

use super::Rule;
use crate::catalog::Catalog;
use crate::catalog::reference::key_fits;
use crate::lint::{At, Findings, Judged};
use crate::policy::view::{Clause, Statement};

pub(super) const RULE: Rule = Rule {
    name: "conditions",
    codes: &[
        "unknown-operator",
        "unknown-condition-key",
        "condition-key-form",
        "operator-key-mismatch",
        "star-compared-literally",
    ],
    judge,
};

/// The operators without prefix and suffix, by family (IAM User Guide: condition operators).
static OPERATORS: &[(&str, &str)] = &[
    ("StringEquals", "String"),
    ("StringNotEquals", "String"),
    ("StringEqualsIgnoreCase", "String"),
    ("StringNotEqualsIgnoreCase", "String"),
    ("StringLike", "String"),
    ("StringNotLike", "String"),
    ("NumericEquals", "Numeric"),
    ("NumericNotEquals", "Numeric"),
    ("NumericLessThan", "Numeric"),
    ("NumericLessThanEquals", "Numeric"),
    ("NumericGreaterThan", "Numeric"),
    ("NumericGreaterThanEquals", "Numeric"),
    ("DateEquals", "Date"),
    ("DateNotEquals", "Date"),
    ("DateLessThan", "Date"),
    ("DateLessThanEquals", "Date"),
    ("DateGreaterThan", "Date"),
    ("DateGreaterThanEquals", "Date"),
    ("Bool", "Bool"),
    ("BinaryEquals", "Binary"),
    ("IpAddress", "IPAddress"),
    ("NotIpAddress", "IPAddress"),
    ("ArnEquals", "ARN"),
    ("ArnLike", "ARN"),
    ("ArnNotEquals", "ARN"),
    ("ArnNotLike", "ARN"),
    ("Null", "Null"),
];

fn judge<'a>(judged: &Judged<'a>, findings: &mut Findings<'a>) {
    for (index, read) in judged.documents.iter().enumerate() {
        for statement in &read.view.statements {
            for clause in &statement.conditions {
                one(judged.catalog, index, statement, clause, findings);
            }
        }
    }
}

/// The operator without set prefix and `IfExists`.
fn bare(operator: &str) -> &str {
    let base = operator.strip_prefix("ForAllValues:").or_else(|| operator.strip_prefix("ForAnyValue:"));
    let base = base.unwrap_or(operator);
    base.strip_suffix("IfExists").filter(|base| *base != "Null").unwrap_or(base)
}

fn one<'a>(
    catalog: &Catalog,
    index: usize,
    statement: &Statement<'a>,
    clause: &Clause<'a>,
    findings: &mut Findings<'a>,
) {
    let at = || At::Node(index, clause.node);
    let base = bare(clause.operator);
    let family = OPERATORS.iter().find(|(name, _)| *name == base).map(|(_, family)| *family);
    if family.is_none() {
        let like =
            crate::text::nearest(base, OPERATORS.iter().map(|(name, _)| *name)).unwrap_or("StringEquals");
        findings.raise("unknown-operator", at(), &[("operator", clause.operator), ("nearest", like)]);
    }
    let key = clause.key;
    if !key.contains(':') {
        return findings.raise("condition-key-form", at(), &[("key", key)]);
    }
    let Some(kind) = key_type(catalog, statement, key) else {
        if is_checkable(catalog, key) {
            let nearest = nearest_key(catalog, key);
            let date = &catalog.reference().source().date;
            findings.raise(
                "unknown-condition-key",
                at(),
                &[("key", key), ("nearest", &nearest), ("date", date)],
            );
        }
        return;
    };
    if let Some(family) = family
        && !suits(family, kind, key)
    {
        let details = [("operator", clause.operator), ("key", key), ("type", kind)];
        findings.raise("operator-key-mismatch", at(), &details);
    }
    let literal = matches!(
        base,
        "StringEquals" | "StringNotEquals" | "StringEqualsIgnoreCase" | "StringNotEqualsIgnoreCase"
    );
    let starred = clause
        .values
        .iter()
        .find(|node| node.as_str().is_some_and(|text| text.contains('*') && !text.contains("${*}")));
    if let Some(node) = starred.filter(|_| literal) {
        let text = node.as_str().unwrap_or_default();
        findings.raise(
            "star-compared-literally",
            At::Node(index, node),
            &[("operator", clause.operator), ("text", text)],
        );
    }
}

/// The key's type: a global key's, or that of a service among the statement's actions or of the
/// key's own prefix.
fn key_type<'c>(catalog: &'c Catalog, statement: &Statement<'_>, key: &str) -> Option<&'c str> {
    let reference = catalog.reference();
    if let Some(kind) = reference.global_key(key) {
        return Some(kind);
    }
    let own = key
        .split(':')
        .next()
        .and_then(|prefix| reference.service(prefix))
        .and_then(|service| service.key(key));
    if own.is_some() {
        return own;
    }
    let actions = statement.actions.iter().flat_map(|terms| &terms.items).filter_map(|node| node.as_str());
    let mut services = actions.filter_map(|action| reference.service(action.split(':').next()?));
    services.find_map(|service| service.key(key))
}

/// True when the facts are complete enough to say that a key does not exist.
fn is_checkable(catalog: &Catalog, key: &str) -> bool {
    let prefix = key.split(':').next().unwrap_or_default();
    let reference = catalog.reference();
    prefix.eq_ignore_ascii_case("aws")
        || reference.service(prefix).is_some_and(|service| service.complete)
        || (reference.service_name(prefix).is_none() && !prefix.contains('.'))
}

fn nearest_key(catalog: &Catalog, key: &str) -> String {
    let reference = catalog.reference();
    let prefix = key.split(':').next().unwrap_or_default();
    let own: Vec<&str> =
        reference.service(prefix).map(|service| service.key_names().collect()).unwrap_or_default();
    if let Some(family) = own.iter().find(|name| {
        name.strip_suffix("${EncryptionContextKey}")
            .is_some_and(|start| start.trim_end_matches(':').eq_ignore_ascii_case(key))
    }) {
        return family.replace("${EncryptionContextKey}", "NAME");
    }
    let all = own.iter().copied().chain(reference.global_key_names()).filter(|name| !key_fits(name, key));
    crate::text::nearest(key, all).unwrap_or("a key of the service or an aws: key").to_owned()
}

/// True when an operator's family reads a key of this type. String operators on ARN keys work too,
/// ARN operators on the encryption contexts whose values are ARNs, and numeric ones on the seconds
/// of `aws:EpochTime`.
fn suits(family: &str, kind: &str, key: &str) -> bool {
    let kind = kind.strip_prefix("ArrayOf").unwrap_or(kind);
    let starts = |prefix: &str| key.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    match family {
        "Null" => true,
        "String" => matches!(kind, "String" | "ARN"),
        "ARN" => kind == "ARN" || starts("kms:EncryptionContext:"),
        "Numeric" => kind == "Numeric" || starts("aws:EpochTime"),
        family => family == kind,
    }
}
